//! A tree as a document: JSON, or XML in WeChat's own style.

use std::borrow::Cow;
use std::fmt;

use crate::document::format::Format;
use crate::document::tree::{Object, Value};
use crate::document::xml_reader::{CDATA_END, has_cdata_end};
use crate::quoted::quoted;

/// Why an object has no form in XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XmlError {
    /// An array stands in another, where no element can repeat.
    List,
    /// A property's name cannot be the name of an element.
    Name(String),
}

impl Object<'_> {
    /// The whole body, in a string with room for `more` bytes.
    ///
    /// # Errors
    /// It has no form in XML.
    pub(crate) fn write(&self, format: Format, more: usize) -> Result<String, XmlError> {
        match format {
            Format::Json => Ok(self.to_json(more)),
            Format::Xml => self.to_xml(more),
        }
    }

    fn to_xml(&self, more: usize) -> Result<String, XmlError> {
        let mut out = String::with_capacity(more);
        out.push_str("<xml>");
        write_elements(self, &mut out)?;
        out.push_str("</xml>");
        Ok(out)
    }
}

fn write_elements(object: &Object, out: &mut String) -> Result<(), XmlError> {
    for (name, value) in &object.0 {
        if !is_element_name(name) {
            return Err(XmlError::Name(name.to_string()));
        }
        match value {
            Value::List(items) => {
                items.iter().try_for_each(|item| write_element(name, item, out))?;
            }
            one => write_element(name, one, out)?,
        }
    }
    Ok(())
}

fn write_element(name: &str, value: &Value, out: &mut String) -> Result<(), XmlError> {
    out.extend(["<", name, ">"]);
    match value {
        Value::Text(text) => write_cdata(text, out),
        Value::Literal(literal) if literal == "null" => {}
        Value::Literal(literal) => out.push_str(literal),
        Value::Object(object) => write_elements(object, out)?,
        Value::List(_) => return Err(XmlError::List),
    }
    out.extend(["</", name, ">"]);
    Ok(())
}

/// Without the characters that XML forbids, and then with every `]]>` split over two sections.
fn write_cdata(text: &str, out: &mut String) {
    let allowed: Cow<str> = if may_be_forbidden(text) && !text.chars().all(is_xml_char) {
        text.chars().filter(|c| is_xml_char(*c)).collect()
    } else {
        text.into()
    };
    out.push_str("<![CDATA[");
    if has_cdata_end(&allowed) {
        out.push_str(&allowed.replace(CDATA_END, "]]]]><![CDATA[>"));
    } else {
        out.push_str(&allowed);
    }
    out.push_str(CDATA_END);
}

/// Whether the bytes are there in which a forbidden character begins. There are no early exits, so that the compiler
/// uses SIMD.
fn may_be_forbidden(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_control = |byte: u8| byte < b' ';
    // U+FFFE and U+FFFF; U+FF0C, the comma of Chinese, also begins with 0xef.
    let is_noncharacter = |pair: u16| pair == 0xefbf;
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let pairs = pairs.map(|(first, second)| u16::from_be_bytes([*first, *second]));
    bytes.iter().fold(false, |found, byte| found | is_control(*byte))
        || pairs.fold(false, |found, pair| found | is_noncharacter(pair))
}

fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// The names that WeChat has are ASCII.
fn is_element_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List => f.write_str("an array cannot stand in another array"),
            Self::Name(name) => {
                let name = quoted(name);
                write!(f, "the property {name} cannot be the name of an XML element")
            }
        }
    }
}
