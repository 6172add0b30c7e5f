//! A bot and an application of WeCom, whose sender knows Token and key, and a service in 微信云托管, which anybody can reach: what
//! they take, for whom it is and from whom, and a handshake that never gives a push back. The first byte chooses the way.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wechat_push_fuzz::{
    CORP, PLAIN, Received, Refused, Unsigned, answer_of_bot, assert_silent, decrypted_url,
    encrypted, envelope, find_encrypt, plain_url, post, post_to_bot, post_to_wecom, post_unsigned,
    read_json, sealed_for, sealed_url, shaken_by_wecom,
};

fuzz_target!(|data: &[u8]| {
    let Some((choice, data)) = data.split_first() else { return };
    let outcome = match choice % 7 {
        0 | 1 => sealed_document(data, choice % 7 == 0),
        2 => decrypted(data),
        3 => in_any_envelope(data),
        4 => return shaken(data),
        5 => return at_bot(data),
        _ => return unsigned(data),
    };
    judge(data, &outcome);
});

/// A message and what a handler returns for it, with a line break between them. What is sent is what WeCom takes.
fn at_bot(data: &[u8]) {
    let at = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (message, value) = data.split_at(at);
    let encrypt = sealed_for(message, "");
    let body = format!(r#"{{"encrypt":"{encrypt}"}}"#);
    match post_to_bot(&sealed_url(&encrypt), body.as_bytes()) {
        Ok(received) => {
            assert_eq!(received.address.receive_id.as_deref(), Some(""));
            assert!(!received.id.is_empty());
            answer_of_bot(&received, std::str::from_utf8(value).unwrap_or_default().trim());
        }
        Err(refused) => assert_silent(&refused.text, data),
    }
}

fn judge(data: &[u8], outcome: &Result<Received, Refused>) {
    match outcome {
        Ok(received) => assert_eq!(received.address.receive_id.as_deref(), Some(CORP)),
        Err(refused) => {
            assert_silent(&refused.text, data);
            assert!(refused.text.len() < 1000, "{}", refused.text);
        }
    }
}

fn sealed_document(data: &[u8], xml: bool) -> Result<Received, Refused> {
    let encrypt = sealed_for(data, CORP);
    post_to_wecom(&sealed_url(&encrypt), envelope(&encrypt, xml).as_bytes())
}

/// The bytes are what a right key decrypts to, with random, length, receiver and padding.
fn decrypted(data: &[u8]) -> Result<Received, Refused> {
    let encrypt = encrypted(data.to_vec());
    post_to_wecom(&sealed_url(&encrypt), envelope(&encrypt, true).as_bytes())
}

/// The bytes are the envelope, and whatever is sealed in it is signed.
fn in_any_envelope(data: &[u8]) -> Result<Received, Refused> {
    let encrypt = std::str::from_utf8(data).ok().and_then(find_encrypt).unwrap_or_default();
    post_to_wecom(&sealed_url(&encrypt), data)
}

/// Any text comes back but a document, which would be a push that somebody has seen encrypted.
fn shaken(data: &[u8]) {
    let text = std::str::from_utf8(data);
    match (shaken_by_wecom(&decrypted_url(&sealed_for(data, CORP))), text) {
        (Ok((echostr, receiver)), Ok(text)) => {
            assert_eq!((echostr.as_str(), receiver.as_deref()), (text, Some(CORP)));
            assert!(post(PLAIN, &plain_url(), data, false).is_err(), "it is a push");
        }
        (Err(refused), Ok(_)) => assert_eq!(refused.reason, "replayed"),
        (outcome, Err(_)) => assert_eq!(outcome.unwrap_err().reason, "invalid_utf8"),
    }
}

/// What the cloud vouches for is read as a signed push would be; of all else only the look at the path is answered.
fn unsigned(data: &[u8]) {
    match post_unsigned(data, false) {
        Ok(Unsigned::Check) => assert!(data.len() <= 256),
        Ok(Unsigned::Message(_)) => panic!("nobody has vouched for it"),
        Err(refused) => assert_eq!(refused.reason, "outside_cloud"),
    }
    match (post_unsigned(data, true), post(PLAIN, &plain_url(), data, false)) {
        (Ok(Unsigned::Check), _) => assert!(read_json(data).is_some() || data.contains(&b'<')),
        (Ok(Unsigned::Message(json)), signed) => assert_eq!(json, signed.unwrap().json),
        (Err(refused), signed) => {
            let signed = signed.unwrap_err();
            let sealed = ("missing_parameter", "encrypted_without_key");
            let is_sealed = (refused.reason, signed.reason) == sealed;
            assert!(is_sealed || refused == signed, "{refused:?} is not {signed:?}");
            assert_silent(&refused.text, data);
        }
    }
}
