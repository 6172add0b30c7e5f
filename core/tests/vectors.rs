//! Every vector of `vectors.json` behaves as its `expect` says. They are the worked examples of
//! WeChat's and WeCom's documentation, and our own for what those leave out.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::collections::BTreeSet;

use serde_json::Value;
use wechat_push_core::document::{Format, Object};
use wechat_push_core::envelope::{Key, RANDOM};
use wechat_push_core::gateway::read_answer;
use wechat_push_core::{
    Account, AccountOptions, Body, HandlerValue, Rejection, Scratch, receive_handshake,
    receive_message, signature,
};

const VECTORS: &str = include_str!("vectors.json");

#[test]
fn no_vector_is_passed_over() {
    let tested = ["encrypt-reply", "encrypted-message", "handshake", "json", "wecom-echostr"]
        .map(Into::into);
    let kinds: BTreeSet<String> =
        all().iter().map(|vector| text(vector, "kind").to_owned()).collect();
    assert_eq!(kinds, BTreeSet::from(tested));
    for vector in all() {
        assert!(matches!(text(&vector, "expect"), "accept" | "reject"), "{vector}");
        assert_eq!(text(&vector, "expect") == "reject", vector.get("codes").is_some(), "{vector}");
    }
}

#[test]
fn handshakes_are_answered_with_their_echostr() {
    for vector in of_kind("handshake") {
        assert!(signature_matches(&vector), "{vector}");
        let Some(echostr) = vector.get("echostr") else { continue };
        let account = Account::new(options(&vector)).unwrap();
        let url = url(&vector);
        let answer = receive_handshake(&account, &url).map(|handshake| handshake.echostr);
        assert_eq!(answer.as_deref(), Ok(echostr.as_str().unwrap()));
    }
}

#[test]
fn plaintext_pushes_are_read() {
    for vector in of_kind("json") {
        assert!(signature_matches(&vector), "{vector}");
        let body = text(&vector, "body");
        assert_eq!(receive(&vector, body).as_deref(), Ok(body));
    }
}

#[test]
fn sealed_messages_open_to_their_plaintext() {
    for vector in accepted("encrypted-message") {
        let encrypt = text(&vector, "encrypt");
        assert!(msg_signature_matches(&vector, encrypt), "{vector}");
        if vector.get("signature").is_some() {
            assert!(signature_matches(&vector), "{vector}");
        }
        assert_eq!(open(&vector, encrypt).as_deref(), Ok(text(&vector, "expected_plaintext")));
    }
}

#[test]
fn sealed_documents_come_through_whole() {
    for vector in accepted("encrypted-message") {
        let plaintext = text(&vector, "expected_plaintext");
        if text(&vector, "appid").is_empty() {
            assert_eq!(Account::new(options(&vector)).unwrap_err().option, "appId");
            continue;
        }
        for body in bodies(&vector) {
            let received = receive(&vector, &body);
            if plaintext.starts_with(['<', '{']) {
                assert_eq!(received.as_deref(), Ok(plaintext), "{body}");
            } else {
                // What was sealed is no push.
                assert_eq!(received.unwrap_err().code(), Some(-40002), "{body}");
            }
        }
    }
}

#[test]
fn broken_envelopes_are_refused_with_the_official_code() {
    for vector in of_kind("encrypted-message").filter(|vector| text(vector, "expect") == "reject") {
        let encrypt = text(&vector, "encrypt");
        if msg_signature_matches(&vector, encrypt) {
            assert_code(&vector, &open(&vector, encrypt).unwrap_err());
        }
        for body in bodies(&vector) {
            assert_code(&vector, &receive(&vector, &body).unwrap_err());
        }
    }
}

#[test]
fn replies_are_sealed_to_the_letter() {
    for vector in of_kind("encrypt-reply") {
        let (plaintext, encrypt) = (text(&vector, "expected_plaintext"), text(&vector, "encrypt"));
        assert_eq!(key(&vector).seal(plaintext, text(&vector, "appid"), random(&vector)), encrypt);
        assert_eq!(open(&vector, encrypt).as_deref(), Ok(plaintext));
        let parts = ["token", "timestamp", "nonce", "encrypt"].map(|name| bytes(&vector, name));
        assert_eq!(&signature::sign(parts), bytes(&vector, "msg_signature"));
    }
}

#[test]
fn a_json_push_is_answered_as_published() {
    let named = |id| all().into_iter().find(|vector| text(vector, "id") == id).unwrap();
    let (push, answer) = (named("v003"), named("v004"));
    assert_eq!(push["nonce"], answer["nonce"]);
    let account = Account::new(options(&push)).unwrap();
    let url = url(&push);
    let body = Body::Bytes(bytes(&push, "body"));
    let mut scratch = Scratch::default();
    let message = receive_message(&account, &url, body, 0, &mut scratch).unwrap();
    let now = text(&answer, "timestamp").parse().unwrap();
    let value = text(&answer, "expected_plaintext");
    let reply = wechat_push_core::reply(
        &account,
        &message.reply_address(),
        HandlerValue::Json(value),
        now,
        random(&answer),
    )
    .unwrap()
    .reply;
    assert_eq!(reply.body, text(&answer, "body"));
}

#[test]
fn wecom_encrypts_the_echostr() {
    for vector in of_kind("wecom-echostr") {
        let echostr = text(&vector, "echostr");
        assert!(msg_signature_matches(&vector, echostr), "{vector}");
        assert_eq!(open(&vector, echostr).as_deref(), Ok(text(&vector, "expected_plaintext")));
        let account = Account::new(wecom_options(&vector)).unwrap();
        let url = url(&vector).replace('+', "%2B");
        let answer = receive_handshake(&account, &url).map(|handshake| handshake.echostr);
        assert_eq!(answer.as_deref(), Ok(text(&vector, "expected_plaintext")), "{vector}");
        let forged = url.replace("&nonce=", "&nonce=1");
        let refusal = receive_handshake(&account, &forged).unwrap_err();
        assert_eq!(refusal, Rejection::MsgSignatureMismatch);
    }
}

/// The same vector at an application of WeCom.
fn wecom_options(vector: &Value) -> AccountOptions {
    let options = options(vector);
    AccountOptions {
        receive_ids: options.app_id.map(|id| vec![id]),
        app_id: None,
        platform: Some("wecom".into()),
        ..options
    }
}

#[test]
fn wecom_is_answered_in_the_spelling_of_its_push() {
    let vector = of_kind("wecom-echostr").next().unwrap();
    let options = AccountOptions { receive_ids: None, ..wecom_options(&vector) };
    let token = options.tokens[0].clone();
    let account = Account::new(options).unwrap();
    let message = r#"{"MsgType":"text","MsgId":"1","FromUserName":"u","ToUserName":"a"}"#;
    let encrypt = key(&vector).seal(message, "", *b"0123456789abcdef");
    let parts = [token.as_bytes(), b"1714036504", b"15", encrypt.as_bytes()];
    let signature = String::from_utf8(signature::sign(parts).to_vec()).unwrap();
    let url = format!("/?msg_signature={signature}&timestamp=1714036504&nonce=15");
    let body = format!(r#"{{"encrypt":"{encrypt}"}}"#);
    let (body, mut scratch) = (Body::Bytes(body.as_bytes()), Scratch::default());
    let message = receive_message(&account, &url, body, 0, &mut scratch).unwrap();
    let (address, value) = (message.reply_address(), HandlerValue::Text("hi"));
    let reply = wechat_push_core::reply(&account, &address, value, 1_714_036_504, random(&vector))
        .unwrap()
        .reply;
    let read = read_answer(&account, reply.body.as_bytes(), Format::Json, &Object::default(), "");
    assert!(read.unwrap().unwrap().contains(r#""Content":"hi""#));
    assert!(reply.body.starts_with(r#"{"encrypt":""#) && reply.body.contains(r#""msgsignature":"#));
}

fn all() -> Vec<Value> {
    serde_json::from_str(VECTORS).unwrap()
}

/// Those of a kind, of which there is at least one.
fn of_kind(kind: &'static str) -> impl Iterator<Item = Value> {
    let found: Vec<_> = all().into_iter().filter(|vector| text(vector, "kind") == kind).collect();
    assert!(!found.is_empty(), "{kind}");
    found.into_iter()
}

fn accepted(kind: &'static str) -> impl Iterator<Item = Value> {
    of_kind(kind).filter(|vector| text(vector, "expect") == "accept")
}

fn text<'v>(vector: &'v Value, name: &str) -> &'v str {
    vector[name].as_str().unwrap_or_else(|| panic!("{name} of {vector}"))
}

fn bytes<'v>(vector: &'v Value, name: &str) -> &'v [u8] {
    text(vector, name).as_bytes()
}

fn signature_matches(vector: &Value) -> bool {
    let parts = ["token", "timestamp", "nonce"].map(|name| bytes(vector, name));
    signature::matches(bytes(vector, "signature"), parts)
}

fn msg_signature_matches(vector: &Value, sealed: &str) -> bool {
    let [token, timestamp, nonce] = ["token", "timestamp", "nonce"].map(|name| bytes(vector, name));
    let parts = [token, timestamp, nonce, sealed.as_bytes()];
    signature::matches(bytes(vector, "msg_signature"), parts)
}

fn open(vector: &Value, sealed: &str) -> Result<String, Rejection> {
    key(vector).open(sealed, text(vector, "appid"))
}

fn random(vector: &Value) -> [u8; RANDOM] {
    bytes(vector, "random16").try_into().unwrap()
}

fn key(vector: &Value) -> Key {
    Key::new(text(vector, "encodingAESKey")).unwrap()
}

/// An envelope around `encrypt`, and the published body where there is one.
fn bodies(vector: &Value) -> Vec<String> {
    let encrypt = text(vector, "encrypt");
    let wrapped = format!(
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
    );
    let published = vector.get("body").map(|body| body.as_str().unwrap().to_owned());
    [wrapped].into_iter().chain(published).collect()
}

/// The plaintext of a push.
fn receive(vector: &Value, body: &str) -> Result<String, Rejection> {
    let account = Account::new(options(vector)).unwrap();
    let (url, body) = (url(vector), Body::Bytes(body.as_bytes()));
    let mut scratch = Scratch::default();
    receive_message(&account, &url, body, 0, &mut scratch).map(|message| message.raw().into())
}

/// The account of a vector: secure where it has a key; its timestamps are of years ago.
fn options(vector: &Value) -> AccountOptions {
    let owned = |name: &str| vector.get(name).map(|value| value.as_str().unwrap().to_owned());
    AccountOptions {
        tokens: owned("token").into_iter().collect(),
        encoding_aes_keys: owned("encodingAESKey").into_iter().collect(),
        app_id: owned("appid"),
        receive_ids: None,
        mode: None,
        platform: None,
        trust: None,
        tolerance: 0,
        body_limit: 1 << 20,
    }
}

fn url(vector: &Value) -> String {
    let names = ["signature", "msg_signature", "timestamp", "nonce", "echostr"];
    let has = |name: &&&str| vector.get(name).is_some();
    let pairs = names.iter().filter(has).map(|name| format!("{name}={}", text(vector, name)));
    format!("/push?{}", pairs.collect::<Vec<_>>().join("&"))
}

#[track_caller]
fn assert_code(vector: &Value, rejection: &Rejection) {
    let codes = vector["codes"].as_array().unwrap();
    assert!(codes.contains(&rejection.code().into()), "{rejection:?} for {vector}");
}
