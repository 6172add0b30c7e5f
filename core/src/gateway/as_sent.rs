//! Turns a message from its documented form into the form in which WeChat's server sends it.

use crate::document::{Format, Object, Value};
use crate::message::names::{EVENT, EVERY_MESSAGE, MSG_ID, MSG_ID_OF_EVENTS, is_list, wrapper_of};

/// A normalised message as it is sent: ids are numbers, JSON drops wrappers, an empty list is an
/// empty element.
pub(super) fn as_sent(mut message: Object, format: Format) -> Object {
    if format == Format::Json {
        drop_wrapper(&mut message);
    }
    message.visit(&mut |name, value| match value {
        Value::Text(id)
            if matches!(name.as_ref(), MSG_ID | MSG_ID_OF_EVENTS) && is_json_integer(id) =>
        {
            *value = Value::Literal(std::mem::take(id));
        }
        Value::List(items) if format == Format::Xml && items.is_empty() && is_list(name) => {
            *value = Value::Text("".into());
        }
        _ => {}
    });
    message
}

/// Drops the wrapper that JSON does not have, where a receiver can bring it back.
fn drop_wrapper(message: &mut Object) {
    let Some(wrapper) = message.text(EVENT).and_then(wrapper_of) else { return };
    let is_common = |name: &str| EVERY_MESSAGE.contains(&name);
    let alone = message.0.iter().all(|(name, value)| match value {
        Value::Object(inner) if name == wrapper => !inner.0.iter().any(|(name, _)| is_common(name)),
        _ => is_common(name),
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

/// Whether the digits are those of a number that JSON writes so.
fn is_json_integer(text: &str) -> bool {
    text.parse::<u64>().is_ok_and(|number| number.to_string() == text)
}
