//! A body, XML or JSON, as a tree or token by token, and a tree as a body.

mod format;
mod json_reader;
mod json_writer;
mod tree;
mod xml_reader;
mod xml_writer;

use std::borrow::Cow;

use crate::rejection::Rejection;
use crate::text::trim_cow;

pub use format::Format;
pub use tree::{Object, Value};
pub use xml_writer::XmlError;

pub(crate) use format::{MAX_DEPTH, too_deep};
pub(crate) use json_writer::{has_escapes, write_text};
pub(crate) use xml_reader::{Text, Token, Xml, resolve, root};

/// The text of the field of a body that has this name, without reading further than needed.
///
/// # Errors
/// The body is malformed before it.
pub fn find_text<'a>(
    format: Format,
    body: &'a str,
    name: &str,
) -> Result<Option<Cow<'a, str>>, Rejection> {
    let found = match format {
        Format::Xml => xml_reader::find_text(body, name)?,
        Format::Json => json_reader::find_text(body, name)?,
    };
    Ok(found.map(trim_cow))
}
