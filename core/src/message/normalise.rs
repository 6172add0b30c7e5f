//! A document → the JSON of its message.

use crate::document::{Format, Object};
use crate::message::typed_text;
use crate::message::writer::{WriteOptions, Written, write_push, write_reply};
use crate::platform::Family;
use crate::rejection::Rejection;

/// A whole body as the JSON of a message, written to `json`.
///
/// # Errors
/// Those of [`read`], or it has no fields.
pub(crate) fn write<'a>(
    format: Format,
    body: &'a str,
    json: &'a mut String,
    options: WriteOptions,
) -> Result<Written<'a>, Rejection> {
    // A string that JSON borrowed has nothing to escape.
    let source = Some(body).filter(|_| format == Format::Xml);
    Ok(write_push(not_empty(read(format, body, options.family)?)?, json, source, options))
}

/// A whole body as a tree, in which what users typed is text.
///
/// # Errors
/// It is malformed, has a DOCTYPE, or is too deep.
pub(crate) fn read(format: Format, body: &str, family: Family) -> Result<Object<'_>, Rejection> {
    match format {
        Format::Xml => typed_text::read(body, family),
        Format::Json => Object::of_json(body),
    }
}

/// A reply as JSON.
///
/// # Errors
/// Those of [`write`].
pub(crate) fn reply_to_json(format: Format, body: &str) -> Result<String, Rejection> {
    let mut json = String::new();
    write_reply(not_empty(Object::read(format, body)?)?, &mut json);
    Ok(json)
}

fn not_empty(object: Object) -> Result<Object, Rejection> {
    if object.0.is_empty() { Err(Rejection::malformed("it has no fields")) } else { Ok(object) }
}
