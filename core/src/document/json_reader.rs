//! JSON as a tree, and the ciphertext in a JSON envelope.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::de::StrRead;
use serde_json::value::RawValue;

use crate::document::format::{MAX_DEPTH, too_deep};
use crate::document::tree::{Object, Value, mark};
use crate::rejection::Rejection;

/// So many names are compared with each other rather than sorted.
const FEW: usize = 32;

impl<'a> Object<'a> {
    /// Reads a whole JSON body.
    ///
    /// # Errors
    /// It is malformed, no object, or too deep.
    pub fn of_json(body: &'a str) -> Result<Self, Rejection> {
        object(body, 1)
    }
}

impl<'a> Value<'a> {
    /// Reads one JSON value.
    ///
    /// # Errors
    /// It is malformed or too deep.
    pub fn from_json(text: &'a str) -> Result<Self, Rejection> {
        let raw = serde_json::from_str(text).map_err(|error| malformed_json(&error))?;
        value(raw, 0)
    }
}

/// The text of the field that has this name, read no further than the object's end.
pub(crate) fn find_text<'a>(body: &'a str, name: &str) -> Result<Option<Cow<'a, str>>, Rejection> {
    by_names(|names| whole(body, |json| json.deserialize_map(FindText { name, names })))
}

/// The names of an object's fields, whose values are left unread.
pub(crate) fn names(body: &str) -> Result<Vec<Cow<'_, str>>, Rejection> {
    Ok(fields(body)?.into_iter().map(|(name, _)| name).collect())
}

/// Whether a JSON text is sound as far as it goes, but ends too early.
pub(crate) fn is_cut_off(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_err_and(|error| error.is_eof())
}

fn object(text: &str, depth: usize) -> Result<Object<'_>, Rejection> {
    let mut fields = fields(text)?;
    keep_first(&mut fields);
    let mut object = Object(Vec::with_capacity(fields.len()));
    for (name, raw) in fields {
        if name != "__proto__" {
            object.0.push((name, value(raw, depth)?));
        }
    }
    Ok(object)
}

/// A field of an object, its value unread.
type Field<'a> = (Cow<'a, str>, &'a RawValue);

/// Of fields of one name the first counts, as in XML.
fn keep_first(fields: &mut Vec<Field>) {
    let marks = fields.iter().fold(0, |marks: u64, (name, _)| marks | mark(name));
    let is_repeated = |at: usize| fields[..at].iter().any(|(before, _)| *before == fields[at].0);
    let is_small = fields.len() <= FEW;
    if marks.count_ones() as usize == fields.len()
        || is_small && !(1..fields.len()).any(is_repeated)
    {
        return;
    }
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_unstable_by_key(|at| (&fields[*at].0, *at));
    let mut is_first = vec![true; fields.len()];
    for pair in order.windows(2) {
        is_first[pair[1]] = fields[pair[0]].0 != fields[pair[1]].0;
    }
    let mut is_first = is_first.into_iter();
    fields.retain(|_| is_first.next() == Some(true));
}

fn fields(text: &str) -> Result<Vec<Field<'_>>, Rejection> {
    by_names(|names| whole(text, |json| json.deserialize_map(RawFields(names))))
}

/// Reads an object again where it is refused for half a surrogate pair in a name, which nearly none has.
fn by_names<T>(read: impl Fn(Names) -> Result<T, Rejection>) -> Result<T, Rejection> {
    read(Names::Whole).or_else(|rejection| read(Names::Halves).map_err(|_| rejection))
}

fn value(raw: &RawValue, depth: usize) -> Result<Value<'_>, Rejection> {
    if depth >= MAX_DEPTH {
        return Err(too_deep());
    }
    let text = raw.get();
    Ok(match text.as_bytes().first() {
        Some(b'{') => Value::Object(object(text, depth + 1)?),
        Some(b'[') => {
            let items = whole(text, |json| json.deserialize_seq(RawItems))?;
            Value::List(
                items.into_iter().map(|item| value(item, depth + 1)).collect::<Result<_, _>>()?,
            )
        }
        Some(b'"') => Value::Text(text_value(text)?),
        _ => Value::Literal(text.into()),
    })
}

/// The text of a JSON string that was read over once, and is one.
fn text_value(text: &str) -> Result<Cow<'_, str>, Rejection> {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if let Some(inner) = inner.filter(|inner| memchr::memchr(b'\\', inner.as_bytes()).is_none()) {
        return Ok(inner.into());
    }
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

/// How the names of an object are read.
#[derive(Clone, Copy)]
enum Names {
    /// As texts.
    Whole,
    /// As what may have half a surrogate pair, which takes five times as long.
    Halves,
}

impl<'de> DeserializeSeed<'de> for Names {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self {
            Self::Whole => deserializer.deserialize_str(TextVisitor),
            Self::Halves => {
                let name = <&RawValue>::deserialize(deserializer)?;
                text_value(name.get()).map_err(Error::custom)
            }
        }
    }
}

/// The fields of a JSON object, their values unread.
struct RawFields(Names);

impl<'de> Visitor<'de> for RawFields {
    type Value = Vec<Field<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut fields = Vec::with_capacity(8);
        while let Some(name) = map.next_key_seed(self.0)? {
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

/// The text of the field of this name, everything else unread.
struct FindText<'n> {
    name: &'n str,
    names: Names,
}

impl<'de> Visitor<'de> for FindText<'_> {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut found = None;
        while let Some(name) = map.next_key_seed(self.names)? {
            if found.is_none() && name == self.name {
                found = Some(map.next_value::<Text>()?.0);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// A JSON string, borrowed where nothing is escaped in it.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
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

/// Names the position only: the text is the sender's and may be private.
fn malformed_json(error: &serde_json::Error) -> Rejection {
    Rejection::malformed(format!(
        "the JSON is broken at line {} column {}",
        error.line(),
        error.column()
    ))
}
