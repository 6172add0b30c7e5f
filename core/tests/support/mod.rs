//! WeChat's side of one account: signs, seals and posts.

#![allow(dead_code, reason = "each test file uses its part")]

use wechat_push_core::envelope::Key;
use wechat_push_core::signature::{self, Signature};
use wechat_push_core::{
    Account, AccountOptions, Body, Rejection, ReplyAddress, Scratch, receive_message,
};

pub(crate) const TOKEN: &str = "sesame42";
pub(crate) const APP_ID: &str = "wx0123456789abcdef";
pub(crate) const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
pub(crate) const NOW: u64 = 1_714_036_504;
pub(crate) const NONCE: &str = "1514711492";
pub(crate) const LIMIT: usize = 1 << 20;
pub(crate) const RANDOM: [u8; 16] = *b"0123456789abcdef";

/// A message that outlives its request.
#[derive(Debug, PartialEq)]
pub(crate) struct Received {
    pub(crate) json: String,
    pub(crate) id: String,
    pub(crate) raw: String,
    pub(crate) address: ReplyAddress<'static>,
}

pub(crate) fn account(mode: &str) -> Account {
    Account::new(options(mode)).unwrap()
}

pub(crate) fn options(mode: &str) -> AccountOptions {
    AccountOptions {
        tokens: vec![TOKEN.into()],
        encoding_aes_keys: vec![KEY.into()],
        app_id: Some(APP_ID.into()),
        receive_ids: None,
        mode: Some(mode.into()),
        platform: None,
        trust: None,
        tolerance: 300,
        body_limit: LIMIT,
    }
}

/// Posts a push in plaintext.
pub(crate) fn send(account: &Account, body: &str) -> Result<Received, Rejection> {
    post(account, &plain_url(), Body::Bytes(body.as_bytes()))
}

/// Seals a document and posts it in an envelope of its own format.
pub(crate) fn send_sealed(account: &Account, text: &str) -> Result<Received, Rejection> {
    let encrypt = seal(text);
    let body = envelope(text, &encrypt);
    post(account, &sealed_url(&encrypt), Body::Bytes(body.as_bytes()))
}

pub(crate) fn post(account: &Account, url: &str, body: Body) -> Result<Received, Rejection> {
    let mut scratch = Scratch::default();
    let message = receive_message(account, url, body, NOW, &mut scratch)?;
    Ok(Received {
        json: message.json().into(),
        id: message.id(),
        raw: message.raw().into(),
        address: owned(message.reply_address()),
    })
}

pub(crate) fn owned(address: ReplyAddress) -> ReplyAddress<'static> {
    let ReplyAddress {
        format,
        takes,
        encrypted,
        used,
        user,
        account,
        nonce,
        spelling,
        receive_id,
        subject,
    } = address;
    let [user, account, nonce, subject] =
        [user, account, nonce, subject].map(|text| text.into_owned().into());
    let receive_id = receive_id.map(|id| id.into_owned().into());
    ReplyAddress {
        format,
        takes,
        encrypted,
        used,
        user,
        account,
        nonce,
        spelling,
        receive_id,
        subject,
    }
}

pub(crate) fn plain_url() -> String {
    signed_url("signature", &NOW.to_string(), &[])
}

pub(crate) fn sealed_url(encrypt: &str) -> String {
    signed_url("msg_signature", &NOW.to_string(), &[encrypt])
}

/// A URL whose parameter `name` signs Token, timestamp, nonce and what more there is.
pub(crate) fn signed_url(name: &str, timestamp: &str, more: &[&str]) -> String {
    let signature = match more {
        [] => sign([TOKEN, timestamp, NONCE]),
        [encrypt] => sign([TOKEN, timestamp, NONCE, encrypt]),
        _ => panic!("nothing signs that much"),
    };
    format!("/push?{name}={signature}&timestamp={timestamp}&nonce={NONCE}")
}

pub(crate) fn sign<const N: usize>(parts: [&str; N]) -> String {
    let digits: Signature = signature::sign(parts.map(str::as_bytes));
    String::from_utf8(digits.to_vec()).unwrap()
}

pub(crate) fn seal(text: &str) -> String {
    Key::new(KEY).unwrap().seal(text, APP_ID, RANDOM)
}

/// The envelope in the format of `text`.
pub(crate) fn envelope(text: &str, encrypt: &str) -> String {
    if text.starts_with('{') {
        format!(r#"{{"ToUserName":"gh_1","Encrypt":"{encrypt}"}}"#)
    } else {
        format!(
            "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
        )
    }
}
