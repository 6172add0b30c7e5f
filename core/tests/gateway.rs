//! What WeChat's server sends is what a receiver takes, and what a receiver answers is what it reads.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use wechat_push_core::document::{self, Format, Object, XmlError};
use wechat_push_core::gateway::{
    AnswerFlaw, ENTROPY, PushError, WeChatRequest, check_answer, check_echo, handshake, push,
    read_answer,
};
use wechat_push_core::{Account, Body, HandlerValue, receive_handshake, reply};

use support::*;

const FORMATS: [Format; 2] = [Format::Xml, Format::Json];
const MODES: [&str; 3] = ["plain", "compat", "secure"];
const ENTROPIES: [[u8; ENTROPY]; 3] = [[0; ENTROPY], [0x5a; ENTROPY], [0xff; ENTROPY]];

mod requests {
    use super::*;

    #[test]
    fn arrive_as_they_were_in_every_mode_and_format() {
        let text = json!({
            "ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1, "MsgType": "text",
            "Content": "你好 ]]> <b>", "MsgId": "18446744073709551615",
        });
        let event = json!({
            "ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1, "MsgType": "event",
            "Event": "wxa_media_check", "appid": "wx1", "trace_id": "1", "detail": [],
        });
        for (mode, format) in MODES.into_iter().flat_map(|mode| FORMATS.map(|one| (mode, one))) {
            for message in [&text, &event] {
                let arrived = arrived(mode, format, message, ENTROPIES[1]);
                assert_eq!(&arrived, message, "{mode} {format:?}");
            }
        }
    }

    #[test]
    fn that_hold_an_encrypt_of_their_own_arrive_sealed() {
        let message = json!({
            "ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1, "MsgType": "event",
            "Event": "brand_new", "Encrypt": "theirs",
        });
        for mode in ["compat", "secure"] {
            for format in FORMATS {
                assert_eq!(
                    arrived(mode, format, &message, ENTROPIES[1]),
                    message,
                    "{mode} {format:?}"
                );
            }
        }
    }

    #[test]
    fn are_the_published_ones_but_for_the_nonce() {
        let vectors: Vec<Value> = serde_json::from_str(include_str!("vectors.json")).unwrap();
        let vector = vectors.iter().find(|vector| vector["id"] == "v003").unwrap();
        let text = |name: &str| vector[name].as_str().unwrap();
        let account = Account::new(wechat_push_core::AccountOptions {
            tokens: vec![text("token").into()],
            encoding_aes_keys: vec![text("encodingAESKey").into()],
            app_id: Some(text("appid").into()),
            ..Default::default()
        });
        let mut random = [0; ENTROPY];
        random[..16].copy_from_slice(text("random16").as_bytes());
        let now = text("timestamp").parse().unwrap();
        let account = account.unwrap();
        let sent = push(&account, text("expected_plaintext"), Format::Json, now, random);
        let sent = sent.unwrap();
        assert_eq!(sent.body, text("body"));
        assert_eq!(sent.query.text("timestamp"), Some(text("timestamp")));
    }

    #[test]
    fn are_completed_with_what_their_kind_has() {
        let people =
            r#""ToUserName":"gh_0123456789ab","FromUserName":"oUser0123456789_abcdefghijkl""#;
        let sent = |message: Value| {
            let message = message.to_string();
            let sent = push(&account("secure"), &message, Format::Xml, NOW, ENTROPIES[0]);
            sent.unwrap().message
        };
        assert_eq!(
            sent(json!({ "MsgType": "text", "Content": "hi" })),
            format!(
                r#"{{{people},"CreateTime":{NOW},"MsgType":"text","Content":"hi","MsgId":"1000000000000000000"}}"#
            )
        );
        assert_eq!(
            sent(json!({ "Event": "subscribe" })),
            format!(r#"{{{people},"CreateTime":{NOW},"MsgType":"event","Event":"subscribe"}}"#)
        );
        assert_eq!(
            sent(json!({ "InfoType": "authorized" })),
            format!(r#"{{"AppId":"{APP_ID}","CreateTime":{NOW},"InfoType":"authorized"}}"#)
        );
    }

    #[test]
    fn pushing_what_was_pushed_changes_nothing() {
        for message in [
            json!({ "MsgType": "text" }),
            json!({ "Event": "complaint callback", "history": { "time": 1 } }),
            json!({ "InfoType": "authorized", "List": "x" }),
        ] {
            let account = account("compat");
            let message = message.to_string();
            let once = push(&account, &message, Format::Json, NOW, ENTROPIES[0]).unwrap();
            let completed = once.message;
            let again = push(&account, &completed, Format::Json, NOW + 9, ENTROPIES[1]);
            assert_eq!(again.unwrap().message, completed);
        }
    }

    #[test]
    fn have_digits_of_the_right_length_whatever_the_randomness() {
        let length = |object: &Object, name: &str| {
            let text = object.text(name).unwrap();
            assert!(
                text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0'),
                "{text}"
            );
            text.len()
        };
        for random in ENTROPIES {
            let handshake = handshake(&account("plain"), NOW, random);
            assert!((17..=20).contains(&length(&handshake.query, "echostr")));
            assert!((9..=10).contains(&length(&handshake.query, "nonce")));
            let sent = push(&account("plain"), r#"{"MsgType":"text"}"#, Format::Xml, NOW, random);
            let message = sent.unwrap().message;
            assert_eq!(length(&Object::of_json(&message).unwrap(), "MsgId"), 19);
        }
    }

    #[test]
    fn that_are_handshakes_are_answered_with_their_echostr() {
        for random in ENTROPIES {
            let WeChatRequest { query, body, .. } = handshake(&account("secure"), NOW, random);
            assert_eq!(body, "");
            let url = url(&query);
            let received = receive_handshake(&account("secure"), &url).unwrap();
            assert_eq!(received.echostr, query.text("echostr").unwrap());
        }
    }

    #[test]
    fn cannot_be_made_of_anything() {
        let refused = |message: &str, format| {
            push(&account("plain"), message, format, NOW, ENTROPIES[0]).unwrap_err()
        };
        for odd in ["", "null", "7", "[]", r#""text""#, "{"] {
            assert_eq!(refused(odd, Format::Json), PushError::Broken, "{odd}");
        }
        for odd in ["{}", r#"{"Content":"hi"}"#, r#"{"MsgType":1}"#, r#"{"Event":null}"#] {
            assert_eq!(refused(odd, Format::Json), PushError::Kind, "{odd}");
        }
        let name = refused(r#"{"MsgType":"text","a b":1}"#, Format::Xml);
        assert_eq!(name, PushError::Xml(XmlError::Name("a b".into())));
        let list = refused(r#"{"MsgType":"text","a":[[1]]}"#, Format::Xml);
        assert_eq!(list, PushError::Xml(XmlError::List));
    }
}

mod answers {
    use super::*;

    #[test]
    fn of_the_receiver_are_read_as_they_were_meant() {
        for mode in MODES {
            for format in FORMATS {
                for (value, expected) in [
                    ("null", None),
                    (r#""hi""#, Some("hi")),
                    (r#"{"MsgType":"text","Content":"hi"}"#, Some("hi")),
                ] {
                    let (read, message) = answered(mode, format, value);
                    let read =
                        read.unwrap().map(|json| serde_json::from_str::<Value>(&json).unwrap());
                    let Some(content) = expected else {
                        assert_eq!(read, None);
                        continue;
                    };
                    let reply = read.unwrap();
                    assert_eq!(reply["Content"], content);
                    assert_eq!(reply["ToUserName"], message["FromUserName"]);
                    assert_eq!(reply["CreateTime"], NOW);
                }
            }
        }
    }

    #[test]
    fn need_the_encryption_that_the_mode_has() {
        let plain = "<xml><ErrCode>0</ErrCode></xml>";
        let sealed = json!({ "Encrypt": "x" }).to_string();
        let nobody = Object::default();
        let read = |mode, body: &str| {
            read_answer(&account(mode), body.as_bytes(), Format::Xml, &nobody, "")
        };
        assert!(read("plain", plain).is_ok() && read("compat", plain).is_ok());
        assert_eq!(read("secure", plain), Err(AnswerFlaw::Plaintext));
        assert_eq!(read("plain", &sealed), Err(AnswerFlaw::Encrypted));
        let missing = AnswerFlaw::MissingField { name: "MsgSignature", similar: None };
        assert_eq!(read("compat", &sealed), Err(missing.clone()));
        assert_eq!(read("secure", &sealed), Err(missing));
    }

    #[test]
    fn are_looked_into_when_they_are_200_and_not_encoded() {
        let reason = |status, coding, location| {
            check_answer(status, coding, location).err().map(|flaw| flaw.reason())
        };
        assert_eq!(reason(200, None, None), None);
        assert_eq!(reason(200, Some("identity"), Some("/elsewhere")), None);
        assert_eq!(reason(200, Some("gzip"), None), Some("encoded_answer"));
        for status in [0, 100, 199, 201, 204, 302, 404, 500, 65535] {
            assert_eq!(reason(status, Some("gzip"), None), Some("unexpected_status"));
        }
        let moved = check_answer(302, None, Some("/login")).unwrap_err();
        assert_eq!(moved.to_string(), "the status is 302 to /login; WeChat takes 200 only");
    }

    #[test]
    fn to_the_handshake_are_its_echostr() {
        assert_eq!(check_echo(b"437", "437"), Ok(()));
        assert_eq!(check_echo(b"", "success"), Ok(()));
        assert!(check_echo(b"", "437").is_err());
        let unanswered = check_echo(b"<html>", "success").unwrap_err();
        assert_eq!(unanswered, AnswerFlaw::PathUnanswered);
        assert!(!unanswered.to_string().contains("echostr"));
        for body in ["", "43", "437\n", "\u{feff}437", "\"437\""] {
            assert_eq!(check_echo(body.as_bytes(), "437"), Err(AnswerFlaw::EchostrMismatch(3)));
        }
    }

    #[test]
    fn show_no_secret_when_they_are_wrong() {
        let sealed = answer_to("secure", Format::Json, r#""hi""#).0;
        let other = Account::new(wechat_push_core::AccountOptions {
            tokens: vec!["othertoken".into()],
            ..options("secure")
        });
        let (other, message) = (other.unwrap(), Object::default());
        let flaw = read_answer(&other, sealed.as_bytes(), Format::Json, &message, "").unwrap_err();
        assert_eq!(flaw, AnswerFlaw::MsgSignatureMismatch);
        assert!(!flaw.to_string().contains("othertoken") && !flaw.to_string().contains(TOKEN));
    }
}

proptest! {
    #[test]
    fn what_is_sent_is_received(
        content in any_text(), random in any::<[u8; ENTROPY]>(), mode in 0..3_usize, xml in any::<bool>(),
    ) {
        let message = json!({
            "ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": NOW, "MsgType": "text",
            "Content": content, "MsgId": "7", "More": { "a": content, "b": [content.clone() + "x", "y"] },
        });
        let event = json!({
            "ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": NOW, "MsgType": "event",
            "Event": "subscribe_msg_sent_event",
            "SubscribeMsgSentEvent": { "List": [{ "TemplateId": content, "ErrorCode": 0 }] },
        });
        let format = if xml { Format::Xml } else { Format::Json };
        for message in [message, event] {
            prop_assert_eq!(&arrived(MODES[mode], format, &message, random), &message);
        }
    }

    #[test]
    fn no_answer_panics(body in any::<Vec<u8>>(), text in "[<{].{0,80}") {
        for mode in MODES {
            for body in [body.as_slice(), text.as_bytes()] {
                let _ = read_answer(&account(mode), body, Format::Xml, &Object::default(), "");
            }
        }
    }

    #[test]
    fn no_message_panics(message in ".{0,80}", fields in "[\\[\\]{}:,\"a-z0-9]{0,40}") {
        let close = format!(r#"{{"MsgType":"text","a":{fields}}}"#);
        for message in [&message, &close] {
            let _ = push(&account("secure"), message, Format::Xml, NOW, ENTROPIES[1]);
        }
    }
}

/// Any text that XML can hold.
fn any_text() -> impl Strategy<Value = String> {
    "[ -~\\t\\n\\r\u{a0}-\u{d7ff}\u{1f600}-\u{1f64f}]{0,40}|[\\]>&<]{1,6}"
}

/// A message as a receiver of the same account has it.
fn arrived(mode: &str, format: Format, message: &Value, random: [u8; ENTROPY]) -> Value {
    let account = account(mode);
    let message = message.to_string();
    let sent = push(&account, &message, format, NOW, random).unwrap();
    let received = post(&account, &url(&sent.query), Body::Bytes(sent.body.as_bytes())).unwrap();
    assert_eq!(received.address.encrypted, mode != "plain");
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(json(&received.json), json(&sent.message));
    json(&received.json)
}

/// What a receiver answers to a text, and the text.
fn answer_to(mode: &str, format: Format, value: &str) -> (String, String) {
    let account = account(mode);
    let sent = push(&account, r#"{"MsgType":"text"}"#, format, NOW, ENTROPIES[1]).unwrap();
    let received = post(&account, &url(&sent.query), Body::Bytes(sent.body.as_bytes())).unwrap();
    let reply = reply(&account, &received.address, HandlerValue::Json(value), NOW, RANDOM).unwrap();
    (reply.reply.body, sent.message)
}

fn answered(
    mode: &str,
    format: Format,
    value: &str,
) -> (Result<Option<String>, AnswerFlaw>, Value) {
    let (body, message) = answer_to(mode, format, value);
    let Ok(document::Value::Object(tree)) = document::Value::from_json(&message) else {
        panic!("{message} is an object");
    };
    let read = read_answer(&account(mode), body.as_bytes(), format, &tree, "");
    (read, serde_json::from_str(&message).unwrap())
}

/// Nothing that is sent here needs percent-encoding.
fn url(query: &Object) -> String {
    let pairs: Vec<_> =
        query.0.iter().map(|(name, _)| format!("{name}={}", query.text(name).unwrap())).collect();
    format!("/push?{}", pairs.join("&"))
}
