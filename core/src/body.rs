//! The body of a request: bytes as they came, or the object that a body parser made of them.

use std::borrow::Cow;

use crate::document::{Format, Object, Value, find_text};
use crate::message::names::{APP_ID, INFO_TYPE, MSG_TYPE, TO_USER_NAME};
use crate::message::{self, WriteOptions, Written, restore_names};
use crate::platform::{Family, Platform};
use crate::rejection::Rejection;
use crate::text::{trim, utf8};
use crate::trust::ACTION;

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// As it came over the wire.
    Bytes(&'a [u8]),
    /// As JSON text of the object that a body parser made of it.
    Parsed(&'a [u8]),
}

impl<'a> Body<'a> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) | Self::Parsed(bytes) => bytes.len(),
        }
    }

    pub(crate) fn content(self, platform: &Platform) -> Result<Content<'a>, Rejection> {
        match self {
            Self::Bytes(bytes) => Content::of_text(utf8(bytes)?),
            Self::Parsed(json) => Content::of_parsed(utf8(json)?, platform),
        }
    }
}

/// A body whose format is known.
pub(crate) enum Content<'a> {
    Text { format: Format, text: &'a str },
    Parsed { format: Format, tree: Object<'a>, text: &'a str },
}

impl<'a> Content<'a> {
    pub(crate) fn of_text(text: &'a str) -> Result<Self, Rejection> {
        let (format, text) = Format::sniff(text)?;
        Ok(Self::Text { format, text })
    }

    /// Parsers of XML keep the root element or drop it, wrap each value in an array or not, and may
    /// write names in lower case.
    fn of_parsed(text: &'a str, platform: &Platform) -> Result<Self, Rejection> {
        let mut tree = Object::of_json(text)?;
        let root = matches!(tree.0.as_slice(), [(name, Value::Object(_))] if name == "xml");
        if root && let Some((_, Value::Object(inner))) = tree.0.pop() {
            tree = inner;
        }
        // Every push and every envelope has one of these.
        // Where the root is there, it was XML, and another spelling is that of the parser.
        let formats = if root { &[Format::Xml][..] } else { &[Format::Xml, Format::Json] };
        let ciphertexts = formats.iter().flat_map(|format| platform.envelopes(*format));
        let names = [TO_USER_NAME, APP_ID, MSG_TYPE, INFO_TYPE, ACTION]
            .into_iter()
            .chain(ciphertexts.map(|names| names.ciphertext));
        let lower_case = names.clone().all(|name| tree.get(name).is_none());
        if lower_case {
            restore_names(&mut tree, platform.family);
        }
        let mut official = names.filter_map(|name| tree.get(name)).peekable();
        if official.peek().is_none() {
            return Err(Rejection::malformed("a body parser made something else of it"));
        }
        // Only a parser of XML wraps one value in an array, or changes the case of names.
        let from_xml = root || lower_case || official.any(|value| matches!(value, Value::List(_)));
        if from_xml {
            tree = object_as_read(tree);
        }
        let format = if from_xml { Format::Xml } else { Format::Json };
        Ok(Self::Parsed { format, tree, text })
    }

    /// The ciphertext of a push that has nothing else to be read, not looked for any further than there, and how its
    /// envelope is spelt; nothing where the body is plaintext.
    pub(crate) fn ciphertext_alone(
        &self,
        platform: &Platform,
    ) -> Result<Option<(Cow<'a, str>, usize)>, Rejection> {
        let Self::Text { format, text } = self else { return self.ciphertext(platform) };
        for (spelling, names) in platform.envelopes(*format).iter().enumerate() {
            if let Some(found) = find_text(*format, text, names.ciphertext)? {
                return Ok(Some((found, spelling)));
            }
        }
        Ok(None)
    }

    /// The ciphertext beside a message in plaintext, in which a user may have typed anything.
    pub(crate) fn ciphertext(
        &self,
        platform: &Platform,
    ) -> Result<Option<(Cow<'a, str>, usize)>, Rejection> {
        let names = platform.envelopes(self.format()).iter().map(|names| names.ciphertext);
        let text = |tree: &Object| {
            let mut texts = names.enumerate().map(|(spelling, name)| (tree.text(name), spelling));
            texts.find_map(|(text, spelling)| Some((trim(text?).to_owned().into(), spelling)))
        };
        match self {
            Self::Text { format, text: body } => {
                message::read(*format, body, platform.family).map(|tree| text(&tree))
            }
            Self::Parsed { tree, .. } => Ok(text(tree)),
        }
    }

    pub(crate) fn format(&self) -> Format {
        match self {
            Self::Text { format, .. } | Self::Parsed { format, .. } => *format,
        }
    }

    /// The plaintext as it came.
    pub(crate) fn raw(&self) -> &'a str {
        match self {
            Self::Text { text, .. } | Self::Parsed { text, .. } => text,
        }
    }

    /// Its fields.
    pub(crate) fn fields(self, family: Family) -> Result<Object<'a>, Rejection> {
        match self {
            Self::Text { format, text } => message::read(format, text, family),
            Self::Parsed { tree, .. } => Ok(tree),
        }
    }

    /// The message, written to `json`.
    pub(crate) fn write(
        self,
        json: &'a mut String,
        options: WriteOptions,
    ) -> Result<Written<'a>, Rejection> {
        json.clear();
        json.reserve(self.raw().len() + 256);
        match self {
            Self::Text { format, text } => message::write(format, text, json, options),
            Self::Parsed { tree, .. } => Ok(message::write_push(tree, json, None, options)),
        }
    }
}

/// The text of an element that has attributes or elements, too, and its attributes, as parsers name them.
const TEXT: &str = "_";
const ATTRIBUTES: &str = "$";

/// What a parser of XML made of an element, as the core reads it: an array of one is one element, and neither
/// attributes nor stray text are fields.
fn as_read(value: Value) -> Value {
    match value {
        Value::List(mut items) if items.len() == 1 => as_read(items.remove(0)),
        Value::List(items) => Value::List(items.into_iter().map(as_read).collect()),
        Value::Object(mut object) => match object.0.as_mut_slice() {
            [(name, text)] if name == TEXT => as_read(std::mem::take(text)),
            [(one, text), (other, _)] if one == TEXT && other == ATTRIBUTES => {
                as_read(std::mem::take(text))
            }
            _ => Value::Object(object_as_read(object)),
        },
        leaf => leaf,
    }
}

fn object_as_read(object: Object) -> Object {
    let fields = object.0.into_iter().filter(|(name, _)| name != TEXT && name != ATTRIBUTES);
    Object(fields.map(|(name, value)| (name, as_read(value))).collect())
}
