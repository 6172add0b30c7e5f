//! A tree → the message object: one shape, whether the push was XML or JSON.

use std::borrow::Cow;

use sha1::{Digest, Sha1};

use crate::document::{Format, Object, Value};
use crate::reply::{Seal, Ticket, has_control};

/// A verified, opened, normalised push. No unit separator (U+001F) stands in `json`, `id` or `ticket`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// The message object as JSON.
    pub json: String,
    /// The idempotency key.
    pub id: String,
    /// The plaintext that the message was read from.
    pub raw: Cow<'a, str>,
    /// What [`crate::Account::reply`] needs to answer it: an encoded [`Ticket`]. It begins with `x`
    /// or `j` for XML or JSON and `e` or `p` for encrypted or plaintext.
    pub ticket: String,
}

impl Message<'static> {
    /// Makes the message of a tree; `seal` when it came in an envelope. `raw` is left to the caller.
    pub(crate) fn new(
        format: Format,
        mut tree: Object,
        raw: &str,
        nonce: &str,
        seal: Option<Seal>,
    ) -> Self {
        normalise(&mut tree);
        let known = Known::of(&tree);
        // Mini-game delivery wants its reply in plaintext, even in secure mode.
        let sealed = seal.filter(|_| !is_mini_game_delivery(known.event));
        let (user, account) = (known.from, known.to);
        let ticket = Ticket { format, encrypted: seal.is_some(), sealed, user, account, nonce };
        Self {
            json: tree.to_json(raw.len() + 256),
            id: id(&known, raw),
            raw: Cow::Borrowed(""),
            ticket: ticket.encode(),
        }
    }
}

/// The fields that the core itself looks at.
#[derive(Default)]
struct Known<'a> {
    to: &'a str,
    from: &'a str,
    time: &'a str,
    kind: &'a str,
    event: &'a str,
    id: &'a str,
}

impl<'a> Known<'a> {
    fn of(message: &'a Object) -> Self {
        let mut known = Self::default();
        for (name, value) in &message.0 {
            let (Value::Text(text) | Value::Literal(text)) = value else { continue };
            match name.as_ref() {
                "ToUserName" => known.to = text,
                "FromUserName" => known.from = text,
                "CreateTime" => known.time = text,
                "MsgType" => known.kind = text,
                "Event" => known.event = text,
                "MsgId" => known.id = text,
                _ => {}
            }
        }
        known
    }
}

/// What every message or event has; everything else belongs to its kind.
const COMMON: [&str; 7] =
    ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "MsgId", "AppId"];

/// Gives a message the shape that is documented, whatever its format was:
/// `CreateTime` is a number, ids are text, lists are lists, dropped wrappers are back.
pub(crate) fn normalise(message: &mut Object) {
    if let Some(wrapper) = message.text("Event").and_then(wrapper_of) {
        rewrap(message, wrapper);
    }
    normalise_fields(message);
    for (name, value) in &mut message.0 {
        if name == "CreateTime" {
            number(value);
        }
    }
}

/// The idempotency key. A message has its `MsgId`, which repeats across users; an event has none,
/// and the documented `FromUserName` + `CreateTime` loses real events, so the whole body is hashed.
fn id(known: &Known, body: &str) -> String {
    if !known.id.is_empty() && !matches!(known.kind, "" | "event") {
        let named = [known.id, known.from, known.to, known.time].concat();
        if !has_control(&named) {
            return named;
        }
    }
    hex::encode(Sha1::digest(body))
}

/// Names that the protocol defines as lists, whatever they stand in (`core/messages.json`).
pub(crate) fn is_list(name: &str) -> bool {
    matches!(
        name,
        "Actions"
            | "DetailList"
            | "List"
            | "customer_material_media_id_list"
            | "detail"
            | "fail_idx"
            | "history"
            | "item"
            | "material"
            | "media_id_list"
            | "proof_material_id"
            | "scene_group_ext_list"
            | "update_fields"
    )
}

/// The element that holds an event's fields in XML and that JSON drops (`core/messages.json`).
pub(crate) fn wrapper_of(event: &str) -> Option<&'static str> {
    Some(match event {
        "subscribe_msg_popup_event" => "SubscribeMsgPopupEvent",
        "subscribe_msg_change_event" => "SubscribeMsgChangeEvent",
        "subscribe_msg_sent_event" => "SubscribeMsgSentEvent",
        // JSON writes this event with a blank.
        "complaint_callback" | "complaint callback" => "BussiCallBackInfo",
        _ => return None,
    })
}

/// Whether the event is a mini-game delivery.
pub(crate) fn is_mini_game_delivery(event: &str) -> bool {
    event.starts_with("minigame_")
}

/// Drops the wrapper that JSON does not have; `rewrap` undoes it.
pub(crate) fn drop_wrapper(message: &mut Object) {
    let Some(wrapper) = message.text("Event").and_then(wrapper_of) else { return };
    let is_common = |name: &str| COMMON.contains(&name);
    let alone = message.0.iter().all(|(name, value)| match value {
        Value::Object(inner) if name == wrapper => !inner.0.iter().any(|(name, _)| is_common(name)),
        _ => is_common(name),
    });
    let place = message.0.iter().position(|(name, _)| name == wrapper);
    let (true, Some(place)) = (alone, place) else { return };
    if let (_, Value::Object(inner)) = message.0.remove(place) {
        message.0.extend(inner.0);
    }
    for (name, value) in &mut message.0 {
        if let ("Event", Value::Text(event)) = (name.as_ref(), value) {
            *event = Cow::Owned(event.replace("complaint_callback", "complaint callback"));
        }
    }
}

fn rewrap(message: &mut Object, wrapper: &'static str) {
    for (name, value) in &mut message.0 {
        if let ("Event", Value::Text(event)) = (name.as_ref(), value) {
            *event = Cow::Owned(event.replace(' ', "_"));
        }
    }
    if message.get(wrapper).is_some() {
        return;
    }
    let (common, own) = std::mem::take(&mut message.0)
        .into_iter()
        .partition(|(name, _): &(Cow<str>, Value)| COMMON.contains(&name.as_ref()));
    message.0 = common;
    message.0.push((wrapper.into(), Value::Object(Object(own))));
}

fn normalise_fields(message: &mut Object) {
    message.visit(&mut |name, value| {
        if is_list(name) {
            list(value);
        }
        if let Value::Literal(literal) = value
            && matches!(name.as_ref(), "MsgId" | "MsgID")
        {
            *value = Value::Text(std::mem::take(literal));
        }
    });
}

/// One element is a list of one, an empty element an empty list.
fn list(value: &mut Value) {
    if matches!(value, Value::List(_)) {
        return;
    }
    let one = std::mem::replace(value, Value::List(vec![]));
    let empty = matches!(&one, Value::Text(text) if text.is_empty())
        || matches!(&one, Value::Literal(literal) if literal == "null");
    if let (Value::List(items), false) = (value, empty) {
        items.push(one);
    }
}

/// Digits become a number; anything else stays what it is.
fn number(value: &mut Value) {
    if let Value::Text(text) = value
        && (1..=15).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'))
    {
        *value = Value::Literal(std::mem::take(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalised(body: &str) -> String {
        let (format, body) = Format::sniff(body).unwrap();
        let mut message = Object::parse(format, body).unwrap();
        normalise(&mut message);
        message.to_json(0)
    }

    fn id_of(body: &str) -> String {
        let (format, body) = Format::sniff(body).unwrap();
        id(&Known::of(&Object::parse(format, body).unwrap()), body)
    }

    #[test]
    fn xml_and_json_come_out_alike() {
        let xml = "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>\
                   <CreateTime>1610968440</CreateTime><MsgType><![CDATA[text]]></MsgType>\
                   <Content><![CDATA[<b>&amp;]]></Content><MsgId>6054768590064713728</MsgId></xml>";
        let json = r#"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1610968440,"MsgType":"text",
                   "Content":"<b>&amp;","MsgId":6054768590064713728}"#;
        assert_eq!(normalised(xml), normalised(json));
        assert_eq!(id_of(xml), "6054768590064713728o1gh_11610968440");
        assert_eq!(id_of(xml), id_of(json));
        let text = json
            .replace("1610968440", "\"1610968440\"")
            .replace("6054768590064713728", "\"6054768590064713728\"");
        assert_eq!(normalised(xml), normalised(&text));
    }

    #[test]
    fn small_ids_are_text_too() {
        assert_eq!(
            normalised(r#"{"MsgId":1,"a":1,"MsgID":2}"#),
            r#"{"MsgId":"1","a":1,"MsgID":"2"}"#
        );
    }

    #[test]
    fn lists_are_lists_even_of_one_or_none() {
        let one = "<xml><Actions><ActionType>1</ActionType></Actions></xml>";
        assert_eq!(normalised(one), r#"{"Actions":[{"ActionType":"1"}]}"#);
        let two = "<xml><fail_idx>1</fail_idx><fail_idx>2</fail_idx></xml>";
        assert_eq!(normalised(two), r#"{"fail_idx":["1","2"]}"#);
        assert_eq!(normalised("<xml><a>1</a><detail/></xml>"), r#"{"a":"1","detail":[]}"#);
        assert_eq!(
            normalised(r#"{"history":null,"detail":{"prob":9}}"#),
            r#"{"history":[],"detail":[{"prob":9}]}"#
        );
        let inner = "<xml><P><item><idx>1</idx><item>x</item></item></P></xml>";
        assert_eq!(normalised(inner), r#"{"P":{"item":[{"idx":"1","item":["x"]}]}}"#);
    }

    #[test]
    fn wrappers_that_json_drops_come_back() {
        let xml = "<xml><Event>subscribe_msg_popup_event</Event><SubscribeMsgPopupEvent><List>\
                   <TemplateId>t</TemplateId><PopupScene>0</PopupScene></List></SubscribeMsgPopupEvent></xml>";
        let object =
            r#"{"Event":"subscribe_msg_popup_event","List":{"TemplateId":"t","PopupScene":"0"}}"#;
        let array =
            r#"{"Event":"subscribe_msg_popup_event","List":[{"TemplateId":"t","PopupScene":"0"}]}"#;
        assert_eq!(normalised(xml), normalised(object));
        assert_eq!(normalised(xml), normalised(array));
        let json =
            r#"{"ToUserName":"g","Event":"complaint callback","appid":"wx1","history":{"time":1}}"#;
        let wrapped = r#"{"ToUserName":"g","Event":"complaint_callback","BussiCallBackInfo":{"appid":"wx1","history":[{"time":1}]}}"#;
        assert_eq!(normalised(json), wrapped);
    }

    #[test]
    fn unknown_events_come_through_whole() {
        let body = r#"{"MsgType":"event","Event":"brand_new","CreateTime":7,"x":{"y":[1,2.50,true,null,"z"]}}"#;
        assert_eq!(normalised(body), body);
    }

    #[test]
    fn only_digits_become_a_time() {
        for odd in ["", "0123", "12a", "1e9", "1234567890123456"] {
            let body = format!("<xml><CreateTime>{odd}</CreateTime></xml>");
            assert_eq!(normalised(&body), format!(r#"{{"CreateTime":"{odd}"}}"#));
        }
        assert_eq!(normalised("<xml><CreateTime>0</CreateTime></xml>"), r#"{"CreateTime":0}"#);
    }

    #[test]
    fn events_of_one_second_that_differ_have_different_ids() {
        let event = |trace| {
            format!(
                r#"{{"FromUserName":"o","CreateTime":1,"MsgType":"event","Event":"wxa_media_check","MsgId":1,"trace_id":"{trace}"}}"#
            )
        };
        assert_ne!(id_of(&event("a")), id_of(&event("b")));
        assert_eq!(id_of(&event("a")), id_of(&event("a")));
        assert_eq!(id_of(&event("a")).len(), 40);
        assert_eq!(id_of(r#"{"MsgType":"text","MsgId":"1\u0000","FromUserName":"o"}"#).len(), 40);
    }
}
