//! A body, XML or JSON, as one tree.

use std::borrow::Cow;
use std::fmt;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, escape};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::de::StrRead;
use serde_json::value::RawValue;

use crate::Rejection;

/// How deep elements and objects may stand in each other.
const MAX_DEPTH: usize = 32;
/// How many different names one XML element may hold; with it, merging repeated ones stays linear.
const MAX_NAMES: usize = 256;
/// The largest integer that JavaScript holds exactly.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// The data format of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `<xml>…</xml>`
    Xml,
    /// `{…}`
    Json,
}

/// One node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text, also of an integer that JavaScript would round.
    Text(Cow<'a, str>),
    /// A number, `true`, `false` or `null`, as JSON writes it.
    Literal(Cow<'a, str>),
    /// A JSON array, or an XML element that is there more than once.
    List(Vec<Value<'a>>),
    /// A JSON object, or an XML element with elements in it.
    Object(Object<'a>),
}

/// Named values in the order of the body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object<'a>(pub Vec<(Cow<'a, str>, Value<'a>)>);

impl Format {
    /// The format of a body, told by its first character, and the body from there on.
    ///
    /// # Errors
    /// It is neither.
    pub fn sniff(body: &str) -> Result<(Self, &str), Rejection> {
        let body = trim(body);
        match body.as_bytes().first() {
            Some(b'<') => Ok((Self::Xml, body)),
            Some(b'{') => Ok((Self::Json, body)),
            Some(_) => Err(malformed("it starts neither with < nor with {")),
            None => Err(Rejection::EmptyBody),
        }
    }
}

impl<'a> Object<'a> {
    /// Reads a whole body.
    ///
    /// # Errors
    /// It is malformed, has a DOCTYPE, nothing in it, or too much of it.
    pub fn parse(format: Format, body: &'a str) -> Result<Self, Rejection> {
        match format {
            Format::Xml => parse_xml(body)?.or_malformed(),
            Format::Json => parse_json_object(body, 1)?.or_malformed(),
        }
    }

    /// Refuses an object without fields.
    pub(crate) fn or_malformed(self) -> Result<Self, Rejection> {
        if self.0.is_empty() { Err(malformed("it has no fields")) } else { Ok(self) }
    }

    /// The value of a name; of the last one, where JSON repeats it.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The text of a leaf, or of a number as it was written.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) | Value::Literal(text) => Some(text),
            _ => None,
        }
    }

    /// Shows every named value to `visit`, an object before what is in it.
    pub(crate) fn visit(&mut self, visit: &mut impl FnMut(&mut Cow<'a, str>, &mut Value<'a>)) {
        for (name, value) in &mut self.0 {
            visit(name, value);
            match value {
                Value::Object(inner) => inner.visit(visit),
                Value::List(items) => items.iter_mut().for_each(|item| {
                    if let Value::Object(inner) = item {
                        inner.visit(visit);
                    }
                }),
                _ => {}
            }
        }
    }

    /// Adds a value; a name that is there already becomes a list.
    fn merge(&mut self, name: &'a str, value: Value<'a>) -> Result<(), Rejection> {
        if name == "__proto__" {
            return Ok(());
        }
        match self.0.iter_mut().rev().find(|(key, _)| *key == name) {
            Some((_, Value::List(list))) => list.push(value),
            Some((_, one)) => {
                let first = std::mem::replace(one, Value::List(vec![]));
                *one = Value::List(vec![first, value]);
            }
            None => self.0.push((name.into(), value)),
        }
        if self.0.len() > MAX_NAMES {
            return Err(malformed(format!(
                "an element holds more than {MAX_NAMES} different names"
            )));
        }
        Ok(())
    }
}

/// The text of `Encrypt`, read no further than that.
///
/// # Errors
/// The body is malformed before it.
pub fn find_encrypt(format: Format, body: &str) -> Result<Option<Cow<'_, str>>, Rejection> {
    let found = match format {
        Format::Xml => find_encrypt_in_xml(body)?,
        Format::Json => whole(body, |json| json.deserialize_map(FindEncrypt))?,
    };
    Ok(found.map(trim_cow))
}

fn find_encrypt_in_xml(body: &str) -> Result<Option<Cow<'_, str>>, Rejection> {
    let mut xml = Xml::new(body);
    if !xml.enter_root()? {
        return Ok(None);
    }
    loop {
        match xml.next()? {
            Token::Open("Encrypt") => {
                return Ok(Some(match xml.element(2)? {
                    Value::Text(text) => text,
                    _ => "".into(),
                }));
            }
            Token::Empty("Encrypt") => return Ok(Some("".into())),
            Token::Open(_) => xml.skip()?,
            Token::Close => return Ok(None),
            _ => {}
        }
    }
}

/// The name of the root element.
///
/// # Errors
/// There is none.
pub(crate) fn xml_root(body: &str) -> Result<&str, Rejection> {
    let mut xml = Xml::new(body);
    loop {
        if let Token::Open(name) | Token::Empty(name) = xml.next()? {
            return Ok(name);
        }
    }
}

fn parse_xml(body: &str) -> Result<Object<'_>, Rejection> {
    let mut xml = Xml::new(body);
    if !xml.enter_root()? {
        return Ok(Object::default());
    }
    let root = xml.element(1)?;
    xml.end()?;
    match root {
        Value::Object(object) => Ok(object),
        _ => Ok(Object::default()),
    }
}

/// The tokens of one XML body, with what is never allowed refused.
struct Xml<'a> {
    body: &'a str,
    reader: Reader<&'a [u8]>,
    at: usize,
}

/// What stands next; slices of the body, so that nothing is copied or checked again.
enum Token<'a> {
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
    fn new(body: &'a str) -> Self {
        Self { body, reader: Reader::from_str(body), at: 0 }
    }

    fn token(&mut self) -> Result<Token<'a>, Rejection> {
        let Ok(event) = self.reader.read_event() else {
            return Err(malformed(format!(
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
    fn next(&mut self) -> Result<Token<'a>, Rejection> {
        match self.token()? {
            Token::End => Err(malformed("it ends inside an element")),
            token => Ok(token),
        }
    }

    /// Passes over everything up to the root's start tag; whether the root has content.
    fn enter_root(&mut self) -> Result<bool, Rejection> {
        loop {
            match self.next()? {
                Token::Open(_) => return Ok(true),
                Token::Empty(_) => return Ok(false),
                _ => {}
            }
        }
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
    fn element(&mut self, depth: usize) -> Result<Value<'a>, Rejection> {
        if depth > MAX_DEPTH {
            return Err(too_deep());
        }
        let mut text = Text::default();
        loop {
            match self.next()? {
                Token::Open(name) => return self.fields(name, depth),
                Token::Empty(name) => return self.more_fields(name, Value::Text("".into()), depth),
                Token::Text(part) => text.add(part),
                Token::CData(part) => text.add_cdata(part),
                Token::Reference(name) => text.add_owned(&resolve(name)?),
                Token::Close => return Ok(Value::Text(text.finish())),
                Token::Other | Token::End => {}
            }
        }
    }

    /// The elements of an element, the start tag of the first of which was read. Stray text between
    /// them is passed over.
    fn fields(&mut self, first: &'a str, depth: usize) -> Result<Value<'a>, Rejection> {
        let value = self.element(depth + 1)?;
        self.more_fields(first, value, depth)
    }

    fn more_fields(
        &mut self,
        first: &'a str,
        value: Value<'a>,
        depth: usize,
    ) -> Result<Value<'a>, Rejection> {
        let mut object = Object(Vec::with_capacity(if depth == 1 { 8 } else { 1 }));
        object.merge(first, value)?;
        loop {
            match self.next()? {
                Token::Open(name) => {
                    let value = self.element(depth + 1)?;
                    object.merge(name, value)?;
                }
                Token::Empty(name) => object.merge(name, Value::Text("".into()))?,
                Token::Reference(name) => drop(resolve(name)?),
                Token::Close => return Ok(Value::Object(object)),
                _ => {}
            }
        }
    }

    /// Nothing but blanks, comments and stray text may follow the root.
    fn end(&mut self) -> Result<(), Rejection> {
        loop {
            match self.token()? {
                Token::End => return Ok(()),
                Token::Text(_) | Token::Other => {}
                _ => return Err(malformed("something follows the root element")),
            }
        }
    }
}

/// The text of an element. Blanks around a CDATA section do not belong to it.
#[derive(Default)]
struct Text<'a> {
    content: Cow<'a, str>,
    has_cdata: bool,
}

impl<'a> Text<'a> {
    fn add(&mut self, part: &'a str) {
        if !self.has_cdata || !trim(part).is_empty() {
            self.append(part);
        }
    }

    fn add_cdata(&mut self, part: &'a str) {
        if !self.has_cdata && trim(&self.content).is_empty() {
            self.content = Cow::default();
        }
        self.has_cdata = true;
        self.append(part);
    }

    fn add_owned(&mut self, part: &str) {
        self.content.to_mut().push_str(part);
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
        _ => Err(malformed("it refers to an entity that XML does not define")),
    }
}

fn parse_json_object(text: &str, depth: usize) -> Result<Object<'_>, Rejection> {
    let fields = whole(text, |json| json.deserialize_map(RawFields))?;
    let mut object = Object(Vec::with_capacity(fields.len()));
    for (name, raw) in fields {
        if name != "__proto__" {
            object.0.push((name, json_value(raw, depth)?));
        }
    }
    Ok(object)
}

fn json_value(raw: &RawValue, depth: usize) -> Result<Value<'_>, Rejection> {
    if depth >= MAX_DEPTH {
        return Err(too_deep());
    }
    let text = raw.get();
    Ok(match text.as_bytes().first() {
        Some(b'{') => Value::Object(parse_json_object(text, depth + 1)?),
        Some(b'[') => {
            let items = whole(text, |json| json.deserialize_seq(RawItems))?;
            Value::List(
                items
                    .into_iter()
                    .map(|item| json_value(item, depth + 1))
                    .collect::<Result<_, _>>()?,
            )
        }
        Some(b'"') => Value::Text(whole(text, |json| json.deserialize_str(TextVisitor))?),
        _ if is_large_integer(text) => Value::Text(text.into()),
        _ => Value::Literal(text.into()),
    })
}

fn is_large_integer(literal: &str) -> bool {
    let digits = literal.strip_prefix('-').unwrap_or(literal);
    digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.parse::<u64>().map_or(true, |value| value > MAX_SAFE_INTEGER)
}

/// Runs a deserializer over a text and makes sure that nothing follows.
fn whole<'a, T>(
    text: &'a str,
    read: impl FnOnce(&mut serde_json::Deserializer<StrRead<'a>>) -> serde_json::Result<T>,
) -> Result<T, Rejection> {
    let mut json = serde_json::Deserializer::from_str(text);
    read(&mut json)
        .and_then(|value| json.end().map(|()| value))
        .map_err(|error| malformed_json(&error))
}

/// The fields of a JSON object, each value unread.
struct RawFields;

impl<'de> Visitor<'de> for RawFields {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut fields = Vec::with_capacity(8);
        while let Some(Name(name)) = map.next_key()? {
            fields.push((name, map.next_value()?));
        }
        Ok(fields)
    }
}

/// The items of a JSON array, each unread.
struct RawItems;

impl<'de> Visitor<'de> for RawItems {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<Self::Value, S::Error> {
        let mut list = vec![];
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(list)
    }
}

/// The text of `Encrypt` in a JSON envelope, everything else unread.
struct FindEncrypt;

impl<'de> Visitor<'de> for FindEncrypt {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut found = None;
        while let Some(Name(name)) = map.next_key()? {
            if name == "Encrypt" {
                found = Some(map.next_value::<Name>()?.0);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// A JSON string, borrowed where nothing is escaped in it.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

impl<'a> Value<'a> {
    /// Reads one JSON value.
    ///
    /// # Errors
    /// It is malformed or too deep.
    pub fn from_json(text: &'a str) -> Result<Self, Rejection> {
        let raw = serde_json::from_str(text).map_err(|error| malformed_json(&error))?;
        json_value(raw, 0)
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Text(text) => write_json_text(text, out),
            Self::Literal(literal) => out.push_str(literal),
            Self::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    separate(i, out);
                    item.write_json(out);
                }
                out.push(']');
            }
            Self::Object(object) => object.write_json(out),
        }
    }
}

impl Object<'_> {
    /// The object as JSON, in a string with room for `more` bytes.
    pub fn to_json(&self, more: usize) -> String {
        let mut out = String::with_capacity(more);
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        out.push('{');
        for (i, (name, value)) in self.0.iter().enumerate() {
            separate(i, out);
            write_json_text(name, out);
            out.push(':');
            value.write_json(out);
        }
        out.push('}');
    }
}

/// Writes a JSON string. Most have nothing to escape, which SIMD sees faster than a serialiser.
fn write_json_text(text: &str, out: &mut String) {
    let escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    if text.bytes().fold(false, |found, byte| found | escaped(byte)) {
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
    } else {
        out.extend(["\"", text, "\""]);
    }
}

fn separate(i: usize, out: &mut String) {
    if i > 0 {
        out.push(',');
    }
}

/// Without the blanks around it, of which the zero-width ones are met in real pushes.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
}

fn trim_cow(text: Cow<str>) -> Cow<str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
        Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
    }
}

fn too_deep() -> Rejection {
    malformed(format!("it is more than {MAX_DEPTH} levels deep"))
}

/// Tells the place only: what stands there is the sender's.
fn malformed_json(error: &serde_json::Error) -> Rejection {
    malformed(format!("the JSON is broken at line {} column {}", error.line(), error.column()))
}

fn malformed(detail: impl Into<Box<str>>) -> Rejection {
    Rejection::MalformedBody(detail.into())
}
