//! The body of a request: bytes as they came, or the object that a body parser made of them.

use std::borrow::Cow;

use crate::document::{Format, Object, Value, find_text};
use crate::message::names::{APP_ID, INFO_TYPE, MSG_TYPE, TO_USER_NAME, official_name};
use crate::message::{self, WriteOptions, Written};
use crate::platform::Platform;
use crate::rejection::Rejection;
use crate::text::{trim, utf8};

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
        let names = [TO_USER_NAME, APP_ID, MSG_TYPE, INFO_TYPE, "action"]
            .into_iter()
            .chain([&platform.xml_envelope, &platform.json_envelope].map(|names| names.ciphertext));
        let lower_case = names.clone().all(|name| tree.get(name).is_none());
        if lower_case {
            restore_names(&mut tree);
        }
        let mut official = names.filter_map(|name| tree.get(name)).peekable();
        if official.peek().is_none() {
            return Err(Rejection::malformed("a body parser made something else of it"));
        }
        // Only a parser of XML wraps one value in an array, or changes the case of names.
        let from_xml = root || lower_case || official.any(|value| matches!(value, Value::List(_)));
        if from_xml {
            unwrap_arrays(&mut tree);
        }
        let format = if from_xml { Format::Xml } else { Format::Json };
        Ok(Self::Parsed { format, tree, text })
    }

    /// The ciphertext in an envelope; nothing where the body is plaintext.
    pub(crate) fn ciphertext(
        &self,
        platform: &Platform,
    ) -> Result<Option<Cow<'a, str>>, Rejection> {
        let name = platform.envelope(self.format()).ciphertext;
        match self {
            Self::Text { format, text } => find_text(*format, text, name),
            Self::Parsed { tree, .. } => {
                Ok(tree.text(name).map(|text| trim(text).to_owned().into()))
            }
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
            Self::Parsed { tree, .. } => Ok(message::write_object(tree, json, options)),
        }
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
