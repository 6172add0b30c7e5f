//! WeChat's side: any answer is read or found wrong without a secret; any message that it sends is received
//! as it was told. The first byte chooses the mode, the format and the way, the second the message that was pushed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use wechat_push_fuzz::{NONCE, NOW, TOKEN, assert_silent, post, push, read_answer, sealed, sign};

const PUSHED: [&str; 4] = [
    "{}",
    r#"{"ToUserName":"gh_1","FromUserName":"o1","MsgType":"text"}"#,
    r#"{"ToUserName":"gh_1","FromUserName":"o1","MsgType":"event","Event":"xpay_goods_deliver_notify"}"#,
    r#"{"ToUserName":"gh_1","FromUserName":"o1","MsgType":"event","Event":"minigame_coin_deliver_completed"}"#,
];

fuzz_target!(|data: &[u8]| {
    let Some(([choice, which], data)) = data.split_first_chunk() else { return };
    let (mode, xml) = (usize::from(choice % 3), choice / 3 % 2 == 0);
    let pushed = PUSHED[usize::from(which % 4)];
    match choice / 6 % 4 {
        0 => judge(mode, data, xml, pushed, data),
        1 => judge(mode, envelope_in_xml(&sealed(data)).as_bytes(), xml, pushed, data),
        2 => judge(mode, envelope_in_json(&sealed(data)).as_bytes(), xml, pushed, data),
        _ => arrives(mode, xml, data),
    }
});

fn judge(mode: usize, body: &[u8], xml: bool, pushed: &str, data: &[u8]) {
    match read_answer(mode, body, xml, pushed) {
        Ok(None) => {}
        Ok(Some(reply)) => {
            let reply: Value = serde_json::from_str(&reply).expect("a reply is JSON");
            assert!(reply.as_object().is_some_and(|fields| !fields.is_empty()));
        }
        Err(flaw) => {
            assert_silent(&flaw.text, data);
            assert!(!flaw.reason.is_empty());
        }
    }
}

/// A message that can be sent is received as the sender says it was.
fn arrives(mode: usize, xml: bool, data: &[u8]) {
    let Ok(message) = std::str::from_utf8(data) else { return };
    let Ok(sent) = push(mode, message, xml) else { return };
    match post(mode, &sent.url, sent.body.as_bytes(), false) {
        Ok(received) if !xml => {
            let told: Value = serde_json::from_str(&sent.message).expect("a message is JSON");
            assert_eq!(received.json, told.to_string());
        }
        Ok(_) => {}
        Err(refused) => {
            assert_eq!(refused.reason, "encrypted_without_key", "{}: {}", refused.text, sent.body);
        }
    }
}

fn envelope_in_xml(encrypt: &str) -> String {
    let signature = signature(encrypt);
    format!(
        "<xml><Encrypt>{encrypt}</Encrypt><MsgSignature>{signature}</MsgSignature>\
         <TimeStamp>{NOW}</TimeStamp><Nonce>{NONCE}</Nonce></xml>"
    )
}

fn envelope_in_json(encrypt: &str) -> String {
    let signature = signature(encrypt);
    format!(
        r#"{{"Encrypt":"{encrypt}","MsgSignature":"{signature}","TimeStamp":{NOW},"Nonce":"{NONCE}"}}"#
    )
}

fn signature(encrypt: &str) -> String {
    sign([TOKEN, &NOW.to_string(), NONCE, encrypt])
}
