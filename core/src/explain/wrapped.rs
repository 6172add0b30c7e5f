//! A body that something on the way has packed into another form: what it is in, by the name of the hint.

use base64_simd::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::body::Body;
use crate::document::{Object, Value, is_cut_off};
use crate::text::{trim, utf8};

/// In bytes; so much of a body shows what it is.
const HEAD: usize = 256;
/// The first bytes of gzip, and of zlib by its levels.
const COMPRESSED: [&[u8]; 5] = [b"\x1f\x8b", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda"];
/// The same of gzip once it was taken for text, of UTF-8 or of Latin-1.
const COMPRESSED_TEXT: [&str; 2] = ["\u{1f}\u{fffd}", "\u{1f}\u{8b}"];
/// What else function platforms put into an event beside a `body`.
const OF_EVENTS: [&str; 4] = ["isBase64Encoded", "httpMethod", "headers", "requestContext"];

/// A hint, and whether it is about a body that begins so.
type Kind = (&'static str, fn(&str) -> bool);

/// The hint on what wraps a body; nothing where it stands as it was sent.
pub(super) fn wrapping(body: Body) -> Option<&'static str> {
    match body {
        Body::Bytes(bytes) => of_bytes(bytes),
        Body::Parsed(json) => of_object(&Object::of_json(utf8(json).ok()?).ok()?),
    }
}

fn of_bytes(bytes: &[u8]) -> Option<&'static str> {
    if COMPRESSED.iter().any(|first| bytes.starts_with(first)) {
        return Some("body_compressed");
    }
    let text = trim(std::str::from_utf8(bytes).ok()?);
    let head = head(text);
    let kinds: [Kind; 8] = [
        ("body_compressed", |head| COMPRESSED_TEXT.iter().any(|first| head.starts_with(first))),
        ("body_object_text", |head| head.starts_with("[object ")),
        ("body_buffer", |head| head.starts_with("<Buffer ")),
        ("body_html_escaped", |head| head.starts_with("&lt;") || head.starts_with("{&quot;")),
        ("body_percent_encoded", is_percent_encoded),
        ("body_multipart", |head| head.starts_with("--") && head.contains("ontent-")),
        ("body_quoted", is_quoted),
        ("body_form", is_form),
    ];
    if let Some((hint, _)) = kinds.iter().find(|(_, is)| is(head)) {
        return Some(hint);
    }
    if is_base64(head) {
        return Some("body_base64");
    }
    if text.starts_with('{') {
        return match Object::of_json(text) {
            Ok(object) => of_object(&object),
            Err(_) => is_cut_off(text).then_some("body_truncated"),
        };
    }
    (head.contains("<xml") && !text.contains("</xml")).then_some("body_truncated")
}

/// What an object is that is no message of WeChat's.
fn of_object(object: &Object) -> Option<&'static str> {
    let has = |name: &str| object.get(name).is_some();
    let is_list = || matches!(object.get("data"), Some(Value::List(_)));
    if has("0") && has("1") || object.text("type") == Some("Buffer") && is_list() {
        return Some("body_buffer");
    }
    if has("body") && OF_EVENTS.iter().any(|name| has(name)) {
        return Some("body_event");
    }
    let [(name, value)] = object.0.as_slice() else { return None };
    let is_document = |text: &str| is_document(text.trim_start());
    let is_field = is_document(name) || matches!(value, Value::Text(text) if is_document(text));
    is_field.then_some("body_form")
}

/// The first bytes, whole characters of them.
fn head(text: &str) -> &str {
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= HEAD).last();
    if text.len() <= HEAD { text } else { &text[..end.unwrap_or_default()] }
}

fn is_document(text: &str) -> bool {
    text.starts_with(['<', '{'])
}

fn is_percent_encoded(text: &str) -> bool {
    let Some(code) = text.strip_prefix('%') else { return false };
    let code = code.strip_prefix("25").unwrap_or(code).to_ascii_lowercase();
    code.starts_with("3c") || code.starts_with("7b")
}

/// A JSON string, or bytes as Python prints them.
fn is_quoted(text: &str) -> bool {
    let text = text.strip_prefix('b').unwrap_or(text);
    let Some(inside) = text.strip_prefix(['"', '\'']) else { return false };
    let inside = inside.trim_start_matches("\\n").trim_start();
    is_document(inside) || inside.starts_with(r"\u003c") || is_base64(inside)
}

/// `xml=<xml>…`
fn is_form(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.[]".contains(&byte));
    is_name && (is_document(value.trim_start_matches('+')) || is_percent_encoded(value))
}

/// Whether it begins with base64 of a document, or of a compressed one.
fn is_base64(text: &str) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
    let length = text.bytes().take_while(|byte| is_part(byte)).count() / 4 * 4;
    let text = &text[..length];
    let decoded =
        STANDARD_NO_PAD.decode_to_vec(text).or_else(|_| URL_SAFE_NO_PAD.decode_to_vec(text));
    let decoded = decoded.unwrap_or_default();
    length >= 16
        && (decoded.starts_with(b"<")
            || decoded.starts_with(b"{")
            || decoded.starts_with(COMPRESSED[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_as_it_was_sent_is_not_wrapped() {
        for body in [
            "",
            "<xml><ToUserName>a</ToUserName></xml>",
            " <?xml version='1.0'?>\n<xml><Content>xml=&lt;xml></Content></xml>\n",
            "<xml><Encrypt>PHhtbD48VG9Vc2VyTmFtZT4=</Encrypt></xml>",
            r#"{"ToUserName":"a","MsgType":"text","Content":"<xml>"}"#,
            r#"{"Encrypt":"PHhtbD48VG9Vc2VyTmFtZT4="}"#,
            "success",
        ] {
            assert_eq!(wrapping(Body::Bytes(body.as_bytes())), None, "{body}");
        }
        for object in [r#"{"xml":{"Encrypt":["a"]}}"#, r#"{"Encrypt":"PHhtbD48VG9Vc2VyTmFtZT4="}"#]
        {
            assert_eq!(wrapping(Body::Parsed(object.as_bytes())), None, "{object}");
        }
        let gbk = b"<xml><Content>\xc4\xe3</Content></xml>";
        assert_eq!(wrapping(Body::Bytes(gbk)), None);
    }
}
