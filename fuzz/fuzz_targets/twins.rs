//! The XML and the JSON writing of one tree are one message.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};
use wechat_push_fuzz::{PLAIN, plain_url, post, read_json};

const LEVELS: usize = 12;

fuzz_target!(|data: &[u8]| {
    let Some(Value::Object(tree)) = read_json(data) else { return };
    let tree = in_both(tree, 0);
    let (mut xml, mut json) = (String::from("<xml>"), String::new());
    write_elements(&tree, &mut xml);
    xml.push_str("</xml>");
    write_message(&tree, &mut json);
    let [xml, json] = [xml, json].map(|body| post(PLAIN, &plain_url(), body.as_bytes(), false));
    match (xml, json) {
        (Ok(xml), Ok(json)) => {
            assert_eq!(xml.json, json.json);
            assert_eq!(xml.address_but_for_format(), json.address_but_for_format());
            let is_hash =
                |id: &str| id.len() == 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
            // That of an event is the hash of its body.
            assert!(xml.id == json.id || is_hash(&xml.id) && is_hash(&json.id));
        }
        (Err(xml), Err(json)) => assert_eq!(xml, json),
        (xml, json) => panic!("{xml:?} is not {json:?}"),
    }
});

/// The nearest tree that both formats can say: leaves are text, an object has fields, and a list has two items or
/// more, since what is there once is no list by its bytes.
fn in_both(object: Map<String, Value>, level: usize) -> Map<String, Value> {
    let named = object.into_iter().filter(|(name, _)| is_name(name));
    named.filter_map(|(name, value)| field(value, level).map(|value| (name, value))).collect()
}

fn field(value: Value, level: usize) -> Option<Value> {
    let Value::Array(items) = value else { return Some(item(value, level)) };
    let mut items: Vec<_> = items.into_iter().map(|value| item(value, level)).collect();
    if items.len() < 2 { items.pop() } else { Some(items.into()) }
}

fn item(value: Value, level: usize) -> Value {
    match value {
        Value::Object(object) if level < LEVELS => match in_both(object, level + 1) {
            object if object.is_empty() => "".into(),
            object => object.into(),
        },
        Value::String(text) => text.into(),
        Value::Number(number) => number.to_string().into(),
        _ => "".into(),
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn write_elements(fields: &Map<String, Value>, out: &mut String) {
    for (name, value) in fields {
        match value {
            Value::Array(items) => items.iter().for_each(|item| write_element(name, item, out)),
            one => write_element(name, one, out),
        }
    }
}

fn write_element(name: &str, value: &Value, out: &mut String) {
    out.extend(["<", name, ">"]);
    match value {
        Value::Object(inner) => write_elements(inner, out),
        leaf => write_text(leaf.as_str().unwrap_or_default(), out),
    }
    out.extend(["</", name, ">\n"]);
}

/// In a CDATA section, or escaped, where blanks at the ends do not count.
fn write_text(text: &str, out: &mut String) {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    if text.len().is_multiple_of(2) || text.starts_with(blank) || text.ends_with(blank) {
        out.extend([" <![CDATA[", &text.replace("]]>", "]]]]><![CDATA[>"), "]]> "]);
        return;
    }
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&#34;"),
            '好' => out.push_str("&#x597d;"),
            other => out.push(other),
        }
    }
}

fn write_json(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => write_fields(fields, &|_, value| json_of(value), out),
        Value::Array(items) => {
            out.extend(["[", &items.iter().map(json_of).collect::<Vec<_>>().join(","), "]"]);
        }
        leaf => out.push_str(&quoted(leaf.as_str().unwrap_or_default())),
    }
}

fn json_of(value: &Value) -> String {
    let mut text = String::new();
    write_json(value, &mut text);
    text
}

/// The message's own id is a number where JSON can write it so.
fn write_message(fields: &Map<String, Value>, out: &mut String) {
    let is_id = |text: &str| text.parse::<u64>().is_ok_and(|id| id.to_string() == text);
    let field = |name: &str, value: &Value| match value {
        Value::String(text) if name == "MsgId" && is_id(text) => text.clone(),
        other => json_of(other),
    };
    write_fields(fields, &field, out);
}

fn write_fields(
    fields: &Map<String, Value>,
    field: &dyn Fn(&str, &Value) -> String,
    out: &mut String,
) {
    let pair = |(name, value): (&String, &Value)| quoted(name) + ":" + &field(name, value);
    out.extend(["{", &fields.iter().map(pair).collect::<Vec<_>>().join(","), "}"]);
}

/// Half a surrogate pair is U+FFFD.
fn quoted(text: &str) -> String {
    json!(text).to_string().replace('\u{fffd}', r"\udc00")
}
