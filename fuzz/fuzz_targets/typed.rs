//! What a user types arrives as it is, and what a stranger writes into several fields changes no other.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use wechat_push_fuzz::{PLAIN, plain_url, post};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let message = received("text", &[("Content", text)]);
    assert_eq!(message["Content"], text);
    assert_eq!(others(message, &["Content"]), common("text"));

    let names = ["Title", "Description", "Url"];
    let mut texts = text.splitn(3, '|');
    let message = received("link", &names.map(|name| (name, texts.next().unwrap_or_default())));
    assert_eq!(others(message, &names), common("link"));
});

/// A message in XML, as WeChat writes it, in which these fields were typed.
fn received(kind: &str, typed: &[(&str, &str)]) -> Value {
    let typed = typed.iter().map(|(name, text)| format!("<{name}><![CDATA[{text}]]></{name}>"));
    let body = format!(
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>\
         <CreateTime>1</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{}<MsgId>7</MsgId></xml>",
        typed.collect::<String>()
    );
    let received = post(PLAIN, &plain_url(), body.as_bytes(), false).expect("it is whole");
    serde_json::from_str(&received.json).expect("a message is JSON")
}

fn others(mut message: Value, typed: &[&str]) -> Value {
    let fields = message.as_object_mut().expect("a message is an object");
    for name in typed {
        assert!(fields.remove(*name).is_none_or(|text| text.is_string()), "{name}");
    }
    message
}

fn common(kind: &str) -> Value {
    json!({ "ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1, "MsgType": kind, "MsgId": "7" })
}
