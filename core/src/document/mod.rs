//! A body, XML or JSON, as a tree, and a tree as a body.

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

pub(crate) use json_reader::{is_cut_off, names};
pub(crate) use json_writer::{has_escapes, write_text};
pub(crate) use xml_reader::{CDATA_END, Token, Traits, Xml, root};

impl<'a> Object<'a> {
    /// Reads a whole body, by its bytes alone.
    ///
    /// # Errors
    /// It is malformed, has a DOCTYPE, or is too deep.
    pub fn read(format: Format, body: &'a str) -> Result<Self, Rejection> {
        match format {
            Format::Xml => Self::of_xml(body),
            Format::Json => Self::of_json(body),
        }
    }
}

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
