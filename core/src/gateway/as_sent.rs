//! Turns a message from its documented form into the form in which WeChat's server sends it.

use crate::document::{Format, Object, Value};
use crate::message::names::{EVENT, MSG_ID, MSG_ID_OF_EVENTS};
use crate::message::row::{Field, Shape};
use crate::message::rows::Kind;

/// A normalised message as it is sent: ids are numbers, JSON drops wrappers; in XML what users type stands in
/// CDATA as it is, and an empty list is an empty element.
pub(super) fn as_sent(mut message: Object, kind: Kind, format: Format) -> Object {
    match format {
        Format::Json => drop_wrapper(&mut message, kind),
        Format::Xml => write_typed(&mut message, &|name| kind.field(name)),
    }
    message.visit(&mut |name, value| match value {
        Value::Text(id)
            if matches!(name.as_ref(), MSG_ID | MSG_ID_OF_EVENTS) && is_json_integer(id) =>
        {
            *value = Value::Literal(std::mem::take(id));
        }
        Value::List(items) if format == Format::Xml && items.is_empty() => {
            *value = Value::default();
        }
        _ => {}
    });
    message
}

/// Drops the wrapper that JSON does not have, where a receiver can bring it back.
fn drop_wrapper(message: &mut Object, kind: Kind) {
    let Some(wrapper) = kind.wrapper().map(|wrapper| wrapper.name) else { return };
    let is_common = |name: &str| kind.field(name).is_some();
    let alone = message.0.iter().all(|(name, value)| match value {
        Value::Object(inner) if name == wrapper => !inner.0.iter().any(|(name, _)| is_common(name)),
        _ => name != wrapper && is_common(name),
    });
    let index = message.0.iter().position(|(name, _)| name == wrapper);
    let (true, Some(index)) = (alone, index) else { return };
    if let (_, Value::Object(inner)) = message.0.remove(index) {
        message.0.extend(inner.0);
    }
    for (name, value) in &mut message.0 {
        if let (EVENT, Value::Text(event)) = (name.as_ref(), value) {
            *event = event.replace("complaint_callback", "complaint callback").into();
        }
    }
}

/// WeChat escapes nothing in CDATA, not even its end.
fn write_typed(object: &mut Object, find: &dyn Fn(&str) -> Option<&'static Field>) {
    for (name, value) in &mut object.0 {
        if let Some(field) = find(name) {
            write_typed_in(value, field);
        }
    }
}

fn write_typed_in(value: &mut Value, field: &'static Field) {
    match (value, &field.shape) {
        (Value::List(items), _) => items.iter_mut().for_each(|item| write_typed_in(item, field)),
        (Value::Object(inner), Shape::Object(fields)) => {
            write_typed(inner, &|name| fields.find(name));
        }
        (value, _) if field.is_typed => {
            if let Value::Text(text) = value {
                *value = Value::Literal(format!("<![CDATA[{text}]]>").into());
            }
        }
        _ => {}
    }
}

/// Whether the digits are those of a number that JSON writes so.
fn is_json_integer(text: &str) -> bool {
    text.parse::<u64>().is_ok_and(|number| number.to_string() == text)
}
