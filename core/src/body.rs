//! The body of a request: bytes as they came, or the object that a body parser made of them.

use std::borrow::Cow;

use crate::Rejection;
use crate::catalogue::official_name;
use crate::document::{self, Format, Object, Value, find_encrypt, malformed, trim};
use crate::message::{Message, Proof};
use crate::shape::LongTexts;

/// Every push and every envelope has one of these.
const OFFICIAL_NAMES: [&str; 6] =
    ["ToUserName", "AppId", "MsgType", "InfoType", "Encrypt", "action"];

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

    pub(crate) fn content(self) -> Result<Content<'a>, Rejection> {
        match self {
            Self::Bytes(bytes) => Content::of_text(utf8(bytes)?),
            Self::Parsed(json) => Content::of_parsed(utf8(json)?),
        }
    }
}

pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Rejection> {
    simdutf8::basic::from_utf8(bytes).map_err(|_| Rejection::InvalidUtf8)
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
    fn of_parsed(text: &'a str) -> Result<Self, Rejection> {
        let mut tree = Object::of_json(text)?;
        let root = matches!(tree.0.as_slice(), [(name, Value::Object(_))] if name == "xml");
        if root && let Some((_, Value::Object(inner))) = tree.0.pop() {
            tree = inner;
        }
        let lower_case = OFFICIAL_NAMES.iter().all(|name| tree.get(name).is_none());
        if lower_case {
            restore_names(&mut tree);
        }
        let official = || OFFICIAL_NAMES.iter().filter_map(|name| tree.get(name));
        if official().next().is_none() {
            return Err(malformed("a body parser made something else of it"));
        }
        // Only a parser of XML wraps one value in an array, or changes the case of names.
        let from_xml =
            root || lower_case || official().any(|value| matches!(value, Value::List(_)));
        if from_xml {
            unwrap_arrays(&mut tree);
        }
        let format = if from_xml { Format::Xml } else { Format::Json };
        Ok(Self::Parsed { format, tree, text })
    }

    /// The text of `Encrypt`.
    pub(crate) fn encrypt(&self) -> Result<Option<Cow<'a, str>>, Rejection> {
        match self {
            Self::Text { format, text } => find_encrypt(*format, text),
            Self::Parsed { tree, .. } => {
                Ok(tree.text("Encrypt").map(|text| trim(text).to_owned().into()))
            }
        }
    }

    /// The plaintext as it came.
    pub(crate) fn raw(&self) -> &'a str {
        match self {
            Self::Text { text, .. } | Self::Parsed { text, .. } => text,
        }
    }

    /// The message, written to `json`.
    pub(crate) fn message(
        self,
        nonce: &str,
        proof: Proof,
        json: &'a mut String,
    ) -> Result<Message<'a>, Rejection> {
        json.clear();
        json.reserve(self.raw().len() + 256);
        let raw = self.raw();
        let (format, shape) = match self {
            Self::Text { format, text } => {
                (format, document::write(format, text, json, LongTexts::Apart)?)
            }
            Self::Parsed { format, tree, .. } => (format, tree.shape(json, LongTexts::Apart)),
        };
        Message::new(format, shape, raw, nonce, proof)
    }
}

/// `<ToUserName>` may have come as `tousername`.
fn restore_names(tree: &mut Object) {
    tree.visit(&mut |name, _| {
        if let Some(official) = official_name(name) {
            *name = official.into();
        }
    });
}

/// An array of one is what a parser made of one element; where the protocol has a list, normalising
/// makes it one again.
fn unwrap_arrays(tree: &mut Object) {
    tree.visit(&mut |_, value| {
        if let Value::List(items) = value
            && items.len() == 1
        {
            *value = items.remove(0);
        }
    });
}
