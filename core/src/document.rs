//! A body, XML or JSON: its format, `Encrypt` in it, the tree of a JSON body.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::de::StrRead;
use serde_json::value::RawValue;

use crate::shape::{LongTexts, Shape, write_text};
use crate::{Rejection, xml_reader};

/// How deep elements and objects may stand in each other.
pub(crate) const MAX_DEPTH: usize = 32;

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
    /// Text.
    Text(Cow<'a, str>),
    /// A number, `true`, `false` or `null`, as JSON writes it.
    Literal(Cow<'a, str>),
    /// An array; in XML an element for each item.
    List(Vec<Value<'a>>),
    /// An object; in XML an element with elements in it.
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
    /// Reads a whole JSON body.
    ///
    /// # Errors
    /// It is malformed, no object, or too deep.
    pub fn of_json(body: &'a str) -> Result<Self, Rejection> {
        parse_json_object(body, 1)
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
}

/// A whole body in the shape of a message, as JSON.
///
/// # Errors
/// It is malformed, has a DOCTYPE, or is too deep.
pub fn to_json(format: Format, body: &str) -> Result<String, Rejection> {
    let mut json = String::new();
    write(format, body, &mut json, LongTexts::Inside)?;
    Ok(json)
}

/// Writes a whole body in the shape of a message, as JSON.
pub(crate) fn write<'a>(
    format: Format,
    body: &'a str,
    json: &'a mut String,
    long: LongTexts,
) -> Result<Shape<'a>, Rejection> {
    let shape = match format {
        Format::Xml => {
            let mut shape = Shape::new(json, Some(body), long);
            xml_reader::write(body, &mut shape)?;
            shape
        }
        Format::Json => Object::of_json(body)?.shape(json, long),
    };
    if shape.is_empty() { Err(malformed("it has no fields")) } else { Ok(shape) }
}

/// The text of `Encrypt`, read no further than that.
///
/// # Errors
/// The body is malformed before it.
pub fn find_encrypt(format: Format, body: &str) -> Result<Option<Cow<'_, str>>, Rejection> {
    let found = match format {
        Format::Xml => xml_reader::find_encrypt(body)?,
        Format::Json => whole(body, |json| json.deserialize_map(FindEncrypt))?,
    };
    Ok(found.map(trim_cow))
}

fn parse_json_object(text: &str, depth: usize) -> Result<Object<'_>, Rejection> {
    let fields = json_fields(text)?;
    let mut object = Object(Vec::with_capacity(fields.len()));
    for (Name(name), raw) in fields {
        if name != "__proto__" {
            object.0.push((name, json_value(raw, depth)?));
        }
    }
    Ok(object)
}

/// The fields of an object, each value unread. Half a surrogate pair in a name is met at a second look.
fn json_fields(text: &str) -> Result<Vec<(Name<'_>, &RawValue)>, Rejection> {
    whole(text, |json| json.deserialize_map(RawFields(PhantomData))).or_else(|rejection| {
        let unread = whole(text, |json| json.deserialize_map(RawFields::<&RawValue>(PhantomData)))?;
        let named =
            unread.into_iter().map(|(name, value)| Ok((Name(json_text(name.get())?), value)));
        named.collect::<Result<_, Rejection>>().map_err(|_| rejection)
    })
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
        Some(b'"') => Value::Text(json_text(text)?),
        _ => Value::Literal(text.into()),
    })
}

fn json_text(text: &str) -> Result<Cow<'_, str>, Rejection> {
    whole(text, |json| json.deserialize_str(TextVisitor)).or_else(|rejection| {
        let bytes = whole(text, |json| json.deserialize_bytes(BytesVisitor))?;
        String::from_utf8(without_halves(bytes)).map(Cow::Owned).map_err(|_| rejection)
    })
}

/// Half a surrogate pair, which JSON can escape and UTF-8 cannot hold, as it is left where a text was cut
/// off inside an emoji, becomes U+FFFD: both have three bytes.
fn without_halves(mut text: Vec<u8>) -> Vec<u8> {
    for at in memchr::memchr_iter(0xed, &text.clone()) {
        if text.get(at + 1).is_some_and(|byte| *byte >= 0xa0) {
            text[at..at + 3].copy_from_slice("\u{fffd}".as_bytes());
        }
    }
    text
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

/// The fields of a JSON object, each value unread; a name is a [`Name`], or unread as well.
struct RawFields<N>(PhantomData<N>);

impl<'de, N: Deserialize<'de>> Visitor<'de> for RawFields<N> {
    type Value = Vec<(N, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut fields = Vec::with_capacity(8);
        while let Some(field) = map.next_entry()? {
            fields.push(field);
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
        while let Some(name) = map.next_key::<&RawValue>()? {
            if json_text(name.get()).is_ok_and(|name| name == "Encrypt") {
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

/// A JSON string in which half a surrogate pair is encoded like any other character.
struct BytesVisitor;

impl Visitor<'_> for BytesVisitor {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E>(self, text: &[u8]) -> Result<Self::Value, E> {
        Ok(text.to_owned())
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
            Self::Text(text) => write_text(out, text, true),
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

impl<'a> Object<'a> {
    /// Writes the object in the shape of a message, as JSON.
    pub(crate) fn shape(self, json: &'a mut String, long: LongTexts) -> Shape<'a> {
        // A string that JSON borrowed has nothing to escape.
        let mut shape = Shape::new(json, None, long);
        self.shape_into(&mut shape);
        shape
    }

    fn shape_into(self, shape: &mut Shape<'a>) {
        let mut level = shape.begin();
        for (name, value) in self.0 {
            shape.name(name, &mut level);
            value.shape_into(shape);
        }
        shape.end(&level);
    }
}

impl<'a> Value<'a> {
    fn shape_into(self, shape: &mut Shape<'a>) {
        match self {
            Self::Text(text) => shape.text(text),
            Self::Literal(literal) => shape.literal(literal),
            Self::List(items) => shape.list(items, |shape, item| item.shape_into(shape)),
            Self::Object(object) => object.shape_into(shape),
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
            write_text(out, name, true);
            out.push(':');
            value.write_json(out);
        }
        out.push('}');
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

pub(crate) fn trim_cow(text: Cow<str>) -> Cow<str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
        Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
    }
}

pub(crate) fn too_deep() -> Rejection {
    malformed(format!("it is more than {MAX_DEPTH} levels deep"))
}

/// Tells the place only: what stands there is the sender's.
fn malformed_json(error: &serde_json::Error) -> Rejection {
    malformed(format!("the JSON is broken at line {} column {}", error.line(), error.column()))
}

pub(crate) fn malformed(detail: impl Into<Box<str>>) -> Rejection {
    Rejection::MalformedBody(detail.into())
}
