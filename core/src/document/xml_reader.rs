//! XML as a tree or token by token, and the ciphertext in an XML envelope.

use std::borrow::Cow;
use std::io::BufRead;
use std::ops::Range;
use std::vec;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, escape};

use crate::document::format::{MAX_DEPTH, too_deep};
use crate::document::tree::{Object, Value, mark};
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

impl<'a> Object<'a> {
    /// Reads a whole XML body.
    pub(super) fn of_xml(body: &'a str) -> Result<Self, Rejection> {
        let mut root = Self::default();
        Xml::new(body).read(&mut root).map(|()| root)
    }
}

/// How many different names one element may hold, so that merging repeated ones takes linear time.
const MAX_NAMES: usize = 256;

const CDATA: &str = "<![CDATA[";
pub(crate) const CDATA_END: &str = "]]>";

/// One XML body that is being read. A DOCTYPE is refused.
#[derive(Clone)]
pub(crate) struct Xml<'a> {
    body: &'a str,
    reader: Reader<&'a [u8]>,
    at: usize,
    /// CDATA sections whose ends are known, in order.
    sections: vec::IntoIter<Range<usize>>,
    pub(crate) traits: Traits,
}

/// What a document has that WeChat writes seldom or never.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Traits {
    /// Elements in elements of the root.
    pub(crate) is_nested: bool,
    /// Elements of one name in one parent.
    pub(crate) repeats: bool,
    /// Other elements between them.
    pub(crate) scatters: bool,
    /// Attributes, comments, instructions, a stray `]]>`, or CDATA that is not the whole of a leaf.
    pub(crate) is_odd: bool,
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
        Self::with_sections(body, vec![])
    }

    /// The contents of these CDATA sections are text, whatever it looks like.
    pub(crate) fn with_sections(body: &'a str, sections: Vec<Range<usize>>) -> Self {
        let (reader, sections) = (Reader::from_str(body), sections.into_iter());
        Self { body, reader, at: 0, sections, traits: Traits::default() }
    }

    /// Reads the whole document. What was read before it is refused is in `root`.
    ///
    /// # Errors
    /// It is malformed, has a DOCTYPE, or is too deep.
    pub(crate) fn read(&mut self, root: &mut Object<'a>) -> Result<(), Rejection> {
        if self.enter_root()? {
            let first = self.next()?;
            self.content(root, first, Text::default(), 1)?;
            self.end()?;
        }
        Ok(())
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
        let has_attributes = |tag: &BytesStart| tag.len() != tag.name().0.len();
        Ok(match event {
            Event::Start(tag) => {
                let token = Token::Open(name(&tag));
                self.traits.is_odd |= has_attributes(&tag);
                token
            }
            Event::Empty(tag) => {
                let token = Token::Empty(name(&tag));
                self.traits.is_odd |= has_attributes(&tag);
                token
            }
            Event::End(_) => Token::Close,
            Event::Text(_) => {
                let text = inner(0, 0);
                self.traits.is_odd |= has_cdata_end(text);
                Token::Text(text)
            }
            Event::CData(_) => Token::CData(inner(CDATA.len(), CDATA_END.len())),
            Event::GeneralRef(_) => Token::Reference(inner(1, 1)),
            Event::DocType(_) => return Err(Rejection::DoctypeRefused),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {
                self.traits.is_odd = true;
                Token::Other
            }
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
        let has_content = loop {
            match self.next()? {
                Token::Open(_) => break true,
                Token::Empty(_) => break false,
                _ => {}
            }
        };
        self.traits = Traits::default();
        Ok(has_content)
    }

    /// Passes over an element whose start tag was read, and keeps nothing of it.
    fn skip(&mut self) -> Result<(), Rejection> {
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

    /// What stands between the tags of an element whose start tag was read.
    pub(crate) fn value(&mut self, depth: usize) -> Result<Value<'a>, Rejection> {
        if depth > MAX_DEPTH {
            return Err(too_deep());
        }
        if let Some(start) = self.sections.as_slice().first().map(|section| section.start)
            && self.section() == Some(start)
            && let Some(section) = self.sections.next()
        {
            self.skip_to(section.end + CDATA_END.len());
            self.next()?;
            return Ok(Value::Text(self.body.get(section).unwrap_or_default().into()));
        }
        let first = self.next()?;
        let (Token::CData(content) | Token::Text(content)) = first else {
            return self.value_from(first, Text::default(), depth);
        };
        let next = self.next()?;
        // Nearly every text stands so.
        if let Token::Close = next {
            let is_cdata = matches!(first, Token::CData(_));
            return Ok(Value::Text(if is_cdata { content } else { trim(content) }.into()));
        }
        let mut text = Text::default();
        text.add(&first)?;
        self.value_from(next, text, depth)
    }

    /// The same, where `text` was read before `token`.
    fn value_from(
        &mut self,
        token: Token<'a>,
        text: Text<'a>,
        depth: usize,
    ) -> Result<Value<'a>, Rejection> {
        let mut object = Object::default();
        let text = self.content(&mut object, token, text, depth)?;
        if object.0.is_empty() {
            return Ok(Value::Text(text.finish()));
        }
        self.traits.is_nested = true;
        Ok(Value::Object(object))
    }

    /// Where the content of a CDATA section begins that stands next.
    pub(crate) fn section(&self) -> Option<usize> {
        self.body.get(self.at..)?.starts_with(CDATA).then_some(self.at + CDATA.len())
    }

    /// Passes over what stands before a place in the body.
    pub(crate) fn skip_to(&mut self, at: usize) {
        self.reader.stream().consume(at - self.at);
        self.at = at;
    }

    /// Reads on, from `token`, what stands between the tags of an element: elements, or a text. Stray text between
    /// elements is passed over.
    fn content(
        &mut self,
        object: &mut Object<'a>,
        mut token: Token<'a>,
        mut text: Text<'a>,
        depth: usize,
    ) -> Result<Text<'a>, Rejection> {
        let mut marks = 0;
        loop {
            match token {
                Token::Open("__proto__") => self.skip()?,
                Token::Open(name) => {
                    let value = self.value(depth + 1)?;
                    self.add(object, name, value, &mut marks)?;
                }
                Token::Empty("__proto__") => {}
                Token::Empty(name) => self.add(object, name, Value::default(), &mut marks)?,
                Token::Close => {
                    let is_leaf = object.0.is_empty();
                    self.traits.is_odd |= text.has_cdata && !(is_leaf && text.parts == 1);
                    return Ok(text);
                }
                Token::Text(_) if !object.0.is_empty() => {}
                token => text.add(&token)?,
            }
            token = self.next()?;
        }
    }

    /// What stands more than once is a list. `marks` has those of the names that are there.
    fn add(
        &mut self,
        object: &mut Object<'a>,
        name: &'a str,
        value: Value<'a>,
        marks: &mut u64,
    ) -> Result<(), Rejection> {
        let mark = mark(name);
        let is_new = *marks & mark == 0;
        *marks |= mark;
        let same = |(other, _): &(Cow<str>, Value)| other == name;
        let Some(at) = (if is_new { None } else { object.0.iter().rposition(same) }) else {
            if object.0.len() == MAX_NAMES {
                let why = format!("an element holds more than {MAX_NAMES} different names");
                return Err(Rejection::malformed(why));
            }
            if object.0.is_empty() {
                object.0 = Vec::with_capacity(8);
            }
            object.0.push((name.into(), value));
            return Ok(());
        };
        self.traits.repeats = true;
        self.traits.scatters |= at + 1 < object.0.len();
        match &mut object.0[at].1 {
            Value::List(items) => items.push(value),
            one => *one = Value::List(vec![std::mem::take(one), value]),
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

/// Such a text is seldom, so that one byte of it is looked for first.
fn has_cdata_end(text: &str) -> bool {
    memchr::memchr(b']', text.as_bytes()).is_some() && text.contains(CDATA_END)
}

/// The text of an element. Blanks around a CDATA section do not belong to it.
#[derive(Default)]
struct Text<'a> {
    content: Cow<'a, str>,
    has_cdata: bool,
    /// How many sections and texts it is made of.
    parts: usize,
}

impl<'a> Text<'a> {
    fn add(&mut self, token: &Token<'a>) -> Result<(), Rejection> {
        self.parts += 1;
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

    fn finish(self) -> Cow<'a, str> {
        if self.has_cdata { self.content } else { trim_cow(self.content) }
    }
}

/// The five predefined entities and character references; there is no DOCTYPE to define others.
fn resolve(name: &str) -> Result<Cow<'static, str>, Rejection> {
    if let Some(text) = escape::resolve_xml_entity(name) {
        return Ok(text.into());
    }
    match BytesRef::new(name).resolve_char_ref() {
        Ok(Some(char)) => Ok(char.to_string().into()),
        _ => Err(Rejection::malformed("it refers to an entity that XML does not define")),
    }
}
