//! XML, token by token, and the ciphertext in an XML envelope.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, escape};

use crate::document::format::{MAX_DEPTH, too_deep};
use crate::rejection::Rejection;
use crate::text::{trim, trim_cow};

/// The text of the element that has this name, read no further than that.
pub(crate) fn find_text<'a>(body: &'a str, name: &str) -> Result<Option<Cow<'a, str>>, Rejection> {
    let mut xml = Xml::new(body);
    if !xml.enter_root()? {
        return Ok(None);
    }
    loop {
        match xml.next()? {
            Token::Open(found) if found == name => return xml.text().map(Some),
            Token::Empty(found) if found == name => return Ok(Some("".into())),
            Token::Open(_) => xml.skip()?,
            Token::Close => return Ok(None),
            _ => {}
        }
    }
}

/// The name of the root element.
pub(crate) fn root(body: &str) -> Result<&str, Rejection> {
    let mut xml = Xml::new(body);
    loop {
        if let Token::Open(name) | Token::Empty(name) = xml.next()? {
            return Ok(name);
        }
    }
}

/// The tokens of one XML body. A DOCTYPE is refused.
pub(crate) struct Xml<'a> {
    body: &'a str,
    reader: Reader<&'a [u8]>,
    at: usize,
}

/// What stands next; slices of the body, so that nothing is copied or checked again.
pub(crate) enum Token<'a> {
    /// A start tag.
    Open(&'a str),
    /// An element without content.
    Empty(&'a str),
    Close,
    Text(&'a str),
    CData(&'a str),
    /// `amp` of `&amp;`
    Reference(&'a str),
    /// A comment, a processing instruction or the declaration.
    Other,
    End,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(body: &'a str) -> Self {
        Self { body, reader: Reader::from_str(body), at: 0 }
    }

    fn token(&mut self) -> Result<Token<'a>, Rejection> {
        let Ok(event) = self.reader.read_event() else {
            return Err(Rejection::malformed(format!(
                "the XML is broken at byte {}",
                self.reader.error_position()
            )));
        };
        let from = self.at;
        self.at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let inner = |head, tail| self.body.get(from + head..self.at - tail).unwrap_or_default();
        let name = |tag: &BytesStart| {
            self.body.get(from + 1..from + 1 + tag.name().0.len()).unwrap_or_default()
        };
        Ok(match event {
            Event::Start(tag) => Token::Open(name(&tag)),
            Event::Empty(tag) => Token::Empty(name(&tag)),
            Event::End(_) => Token::Close,
            Event::Text(_) => Token::Text(inner(0, 0)),
            Event::CData(_) => Token::CData(inner("<![CDATA[".len(), "]]>".len())),
            Event::GeneralRef(_) => Token::Reference(inner(1, 1)),
            Event::DocType(_) => return Err(Rejection::DoctypeRefused),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Token::Other,
            Event::Eof => Token::End,
        })
    }

    /// The next token inside an element.
    pub(crate) fn next(&mut self) -> Result<Token<'a>, Rejection> {
        match self.token()? {
            Token::End => Err(Rejection::malformed("it ends inside an element")),
            token => Ok(token),
        }
    }

    /// Passes over everything up to the root's start tag; whether the root has content.
    pub(crate) fn enter_root(&mut self) -> Result<bool, Rejection> {
        loop {
            match self.next()? {
                Token::Open(_) => return Ok(true),
                Token::Empty(_) => return Ok(false),
                _ => {}
            }
        }
    }

    /// Passes over an element whose start tag was read, and keeps nothing of it.
    pub(crate) fn skip(&mut self) -> Result<(), Rejection> {
        let mut depth = 2;
        while depth > 1 {
            match self.next()? {
                Token::Open(_) => depth += 1,
                Token::Close => depth -= 1,
                _ => {}
            }
            if depth > MAX_DEPTH {
                return Err(too_deep());
            }
        }
        Ok(())
    }

    /// The text between the tags of an element whose start tag was read; none where elements are.
    fn text(&mut self) -> Result<Cow<'a, str>, Rejection> {
        let mut text = Text::default();
        loop {
            match self.next()? {
                Token::Open(_) | Token::Empty(_) => return Ok("".into()),
                Token::Close => return Ok(text.finish()),
                token => text.add(&token)?,
            }
        }
    }

    /// Nothing but blanks, comments and stray text may follow the root.
    pub(crate) fn end(&mut self) -> Result<(), Rejection> {
        loop {
            match self.token()? {
                Token::End => return Ok(()),
                Token::Text(_) | Token::Other => {}
                _ => return Err(Rejection::malformed("something follows the root element")),
            }
        }
    }
}

/// The text of an element. Blanks around a CDATA section do not belong to it.
#[derive(Default)]
pub(crate) struct Text<'a> {
    content: Cow<'a, str>,
    has_cdata: bool,
}

impl<'a> Text<'a> {
    pub(crate) fn add(&mut self, token: &Token<'a>) -> Result<(), Rejection> {
        match *token {
            Token::Text(part) if self.has_cdata && trim(part).is_empty() => {}
            Token::Text(part) => self.append(part),
            Token::CData(part) => self.add_cdata(part),
            Token::Reference(name) => self.content.to_mut().push_str(&resolve(name)?),
            _ => {}
        }
        Ok(())
    }

    fn add_cdata(&mut self, part: &'a str) {
        if !self.has_cdata && trim(&self.content).is_empty() {
            self.content = Cow::default();
        }
        self.has_cdata = true;
        self.append(part);
    }

    fn append(&mut self, part: &'a str) {
        if self.content.is_empty() {
            self.content = Cow::Borrowed(part);
        } else {
            self.content.to_mut().push_str(part);
        }
    }

    pub(crate) fn finish(self) -> Cow<'a, str> {
        if self.has_cdata { self.content } else { trim_cow(self.content) }
    }
}

/// The five predefined entities and character references; there is no DOCTYPE to define others.
pub(crate) fn resolve(name: &str) -> Result<Cow<'static, str>, Rejection> {
    if let Some(text) = escape::resolve_xml_entity(name) {
        return Ok(text.into());
    }
    match BytesRef::new(name).resolve_char_ref() {
        Ok(Some(char)) => Ok(char.to_string().into()),
        _ => Err(Rejection::malformed("it refers to an entity that XML does not define")),
    }
}
