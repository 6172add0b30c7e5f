//! A reply, read by other parsers than ours and opened by its receiver, is what the handler returned.
//! The first byte chooses the mode and the push, the rest is the value.

#![no_main]

use libfuzzer_sys::fuzz_target;
use roxmltree::{Document, Node};
use serde_json::{Map, Value, json};
use wechat_push_fuzz::{
    NONCE, NOW, PLAIN, Received, Sent, Split, TOKEN, envelope, opened, plain_url, post, read_json,
    reply, sealed, sealed_url, sign,
};

const MAX_DEPTH: usize = 32;
const XML: &str = "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><MsgType>event</MsgType></xml>";
const JSON: &str = r#"{"ToUserName":"gh_1","FromUserName":"o1","MsgType":"event"}"#;

fuzz_target!(|data: &[u8]| {
    let Some((choice, data)) = data.split_first() else { return };
    let Some(value) = read_json(data) else { return };
    let (mode, xml) = (usize::from(choice % 3), choice / 3 % 2 == 0);
    let push = pushed(mode, if xml { XML } else { JSON }, xml);
    // JavaScript writes half a surrogate pair as its escape; it is sent as U+FFFD.
    let text = value.to_string().replace('\u{fffd}', r"\ud800");
    let written = match reply(mode, &push.address, &text) {
        Ok(written) => written,
        Err(why) => return assert!(is_unsendable(&value, xml), "{why}: {value}"),
    };
    match (written.is_objected_to, written.split) {
        (false, None) => assert_sent(mode, written.sent, expected(value)),
        (true, None) => {
            assert!(
                matches!(written.sent, Sent::Success),
                "{value} goes, in spite of an objection"
            );
            assert!(value.is_array() || expected(value).is_some(), "no reply is no fault");
        }
        (true, Some(Split { first, rest })) => {
            let [first, rest] =
                [first, rest].map(|part| serde_json::from_str(&part).expect("JSON"));
            assert_eq!(content(&first) + &content(&rest), content(&value));
            assert_sent(mode, written.sent, expected(first));
        }
        (false, Some(_)) => panic!("{value} is split without a reason"),
    }
});

fn assert_sent(mode: usize, sent: Sent, expected: Option<Vec<(String, Value)>>) {
    match (sent, expected) {
        (Sent::Success, None) => {}
        (Sent::Xml(body), Some(fields)) => {
            let body = if mode == PLAIN { body } else { opened(&verified_xml(&body)) };
            let document = Document::parse(&body).expect("a reply is XML");
            assert_elements(document.root_element(), &fields);
        }
        (Sent::Json(body), Some(fields)) => {
            let body = if mode == PLAIN { body } else { opened(&verified_json(&body)) };
            let found: Value = serde_json::from_str(&body).expect("a reply is JSON");
            assert_eq!(found, Value::Object(fields.into_iter().collect()));
        }
        (_, expected) => panic!("{expected:?} was expected"),
    }
}

/// The text of a reply.
fn content(reply: &Value) -> String {
    reply.as_str().or(reply["Content"].as_str()).expect("a text is split").to_owned()
}

fn pushed(mode: usize, document: &str, xml: bool) -> Received {
    if mode == PLAIN {
        return post(mode, &plain_url(), document.as_bytes(), false).expect("the push is right");
    }
    let encrypt = sealed(document.as_bytes());
    post(mode, &sealed_url(&encrypt), envelope(&encrypt, xml).as_bytes(), false)
        .expect("the push is right")
}

/// The fields of what is sent, in their order; nothing for no reply.
fn expected(value: Value) -> Option<Vec<(String, Value)>> {
    let object = match value {
        Value::String(text) if matches!(text.as_str(), "" | "success") => return None,
        Value::String(text) => {
            return Some(addressed(vec![
                ("MsgType".into(), json!("text")),
                ("Content".into(), json!(text)),
            ]));
        }
        Value::Object(object) => object,
        _ => return None,
    };
    let fields = without_prototype(object);
    Some(if fields.contains_key("MsgType") {
        addressed(fields.into_iter().collect())
    } else {
        fields.into_iter().collect()
    })
}

/// A passive reply goes back to the user.
fn addressed(fields: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let own =
        [("ToUserName", json!("o1")), ("FromUserName", json!("gh_1")), ("CreateTime", json!(NOW))];
    let others = fields.into_iter().filter(|(name, _)| own.iter().all(|(other, _)| name != other));
    own.clone().map(|(name, value)| (name.to_owned(), value)).into_iter().chain(others).collect()
}

/// `__proto__` is never sent.
fn without_prototype(object: Map<String, Value>) -> Map<String, Value> {
    fn clean(value: Value) -> Value {
        match value {
            Value::Object(object) => Value::Object(without_prototype(object)),
            Value::Array(items) => items.into_iter().map(clean).collect(),
            other => other,
        }
    }
    let kept = object.into_iter().filter(|(name, _)| name != "__proto__");
    kept.map(|(name, value)| (name, clean(value))).collect()
}

fn is_unsendable(value: &Value, xml: bool) -> bool {
    value.is_array() || depth(value) >= MAX_DEPTH || xml && has_no_xml(value)
}

fn depth(value: &Value) -> usize {
    let inner = match value {
        Value::Object(fields) => fields.values().map(depth).max(),
        Value::Array(items) => items.iter().map(depth).max(),
        _ => return 0,
    };
    1 + inner.unwrap_or(0)
}

/// Whether a name is none of an element, or a list stands in a list.
fn has_no_xml(value: &Value) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'))
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    match value {
        Value::Object(fields) => {
            fields.iter().any(|(name, value)| !is_name(name) || has_no_xml(value))
        }
        Value::Array(items) => items.iter().any(|item| item.is_array() || has_no_xml(item)),
        _ => false,
    }
}

fn verified_xml(body: &str) -> String {
    let document = Document::parse(body).expect("an envelope is XML");
    let text = |name: &str| {
        let element = document.root_element().children().find(|node| node.has_tag_name(name));
        element.and_then(|node| node.text()).expect("the envelope has it").to_owned()
    };
    verified(text)
}

fn verified_json(body: &str) -> String {
    let envelope: Value = serde_json::from_str(body).expect("an envelope is JSON");
    verified(|name| match &envelope[name] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
}

/// What is sealed, once the envelope's signature is right.
fn verified(text: impl Fn(&str) -> String) -> String {
    let encrypt = text("Encrypt");
    assert_eq!(text("Nonce"), NONCE);
    assert_eq!(text("MsgSignature"), sign([TOKEN, &text("TimeStamp"), NONCE, &encrypt]));
    encrypt
}

fn assert_elements(node: Node, fields: &[(String, Value)]) {
    let mut elements = node.children();
    for (name, value) in fields {
        let items = if let Value::Array(items) = value {
            items.as_slice()
        } else {
            std::slice::from_ref(value)
        };
        for item in items {
            let element = elements.next().expect("an element for every item");
            assert_eq!(element.tag_name().name(), name);
            match item {
                Value::Object(inner) => {
                    let inner: Vec<_> = inner.clone().into_iter().collect();
                    assert_elements(element, &inner);
                }
                leaf => assert_eq!(text_of(element), in_xml(leaf)),
            }
        }
    }
    assert!(elements.next().is_none());
}

fn text_of(element: Node) -> String {
    element.children().map(|child| child.text().expect("a leaf has text only")).collect()
}

/// A leaf as XML can hold it: without forbidden characters, every line ended by a line feed.
fn in_xml(leaf: &Value) -> String {
    match leaf {
        Value::Null => String::new(),
        Value::String(text) => {
            let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
            text.replace(forbidden, "").replace("\r\n", "\n").replace('\r', "\n")
        }
        other => other.to_string(),
    }
}
