//! Signed and sealed requests of a sender who knows the account: whatever they hold is a message or
//! refused, and sealing changes nothing. The first byte chooses the mode and the way.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wechat_push_fuzz::{
    MODES, PLAIN, Received, Refused, assert_silent, encoded, encrypted, envelope, find_encrypt,
    handshake, plain_url, post, reply, sealed, sealed_url,
};

fuzz_target!(|data: &[u8]| {
    let Some((choice, data)) = data.split_first() else { return };
    let (mode, way) = (usize::from(choice % 3), choice / 3 % 7);
    let outcome = match way {
        0 => post(mode, &plain_url(), data, false),
        1 | 2 => sealed_as_plain(mode, data, way == 1),
        3 => decrypted(mode, data),
        4 => post(mode, &plain_url(), data, true),
        5 => in_any_envelope(mode, data),
        _ => return shaken(mode, data),
    };
    judge(mode, data, &outcome);
});

fn judge(mode: usize, data: &[u8], outcome: &Result<Received, Refused>) {
    match outcome {
        Ok(received) => {
            assert!(!received.id.is_empty());
            assert!(!received.id.chars().any(|c| c.is_ascii_control()));
            assert!(reply(mode, &received.address, r#""hi""#).is_ok());
        }
        Err(refused) => {
            assert_silent(&refused.text, data);
            assert!(refused.text.len() < 1000, "{}", refused.text);
        }
    }
}

/// A sealed document is read as it would be in plaintext.
fn sealed_as_plain(mode: usize, data: &[u8], xml: bool) -> Result<Received, Refused> {
    let encrypt = sealed(data);
    let body = envelope(&encrypt, xml);
    let outcome = post(mode, &sealed_url(&encrypt), body.as_bytes(), false);
    if mode == PLAIN {
        assert!(outcome.is_err());
        return outcome;
    }
    match (&outcome, post(PLAIN, &plain_url(), data, false)) {
        (_, Err(plain)) if plain.reason == "encrypted_without_key" => {}
        (Ok(sealed), Ok(plain)) => {
            assert_eq!(
                (&sealed.json, &sealed.id, &sealed.raw),
                (&plain.json, &plain.id, &plain.raw)
            );
        }
        (sealed, plain) => {
            assert_eq!(sealed.as_ref().err(), plain.as_ref().err(), "in {} mode", MODES[mode]);
        }
    }
    outcome
}

/// The bytes are what a right key decrypts to, with random, length, AppID and padding.
fn decrypted(mode: usize, data: &[u8]) -> Result<Received, Refused> {
    let encrypt = encrypted(data.to_vec());
    post(mode, &sealed_url(&encrypt), envelope(&encrypt, true).as_bytes(), false)
}

/// The bytes are the envelope, and whatever is sealed in it is signed.
fn in_any_envelope(mode: usize, data: &[u8]) -> Result<Received, Refused> {
    let encrypt = std::str::from_utf8(data).ok().and_then(find_encrypt).unwrap_or_default();
    post(mode, &sealed_url(&encrypt), data, false)
}

/// The handshake echoes what was sent, if it is text.
fn shaken(mode: usize, data: &[u8]) {
    let url = format!("{}&echostr={}", plain_url(), encoded(data));
    match (handshake(mode, &url), std::str::from_utf8(data)) {
        (Ok(echostr), Ok(text)) => assert_eq!(echostr, text),
        (Err(refused), Ok(text)) => assert_eq!((refused.reason, text), ("missing_echostr", "")),
        (outcome, Err(_)) => assert_eq!(outcome.unwrap_err().reason, "undecodable_parameter"),
    }
}
