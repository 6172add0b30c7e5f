//! What the core takes without JavaScript around it, in ns per call; `npm run bench` prints it.

#![expect(clippy::print_stdout, reason = "the figures are the output")]

use std::hint::black_box;
use std::time::Instant;

use wechat_push_core::envelope::Key;
use wechat_push_core::{
    Account, AccountOptions, Body, Scratch, receive_handshake, receive_message, signature,
};

const SAMPLES: usize = 1001;
/// So few that a sample is over before the system gives the core to somebody else.
const CALLS: u32 = 500;

const KEY: &str = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
const APP_ID: &str = "wx0123456789abcdef";
const MESSAGE: &str = "<xml><ToUserName><![CDATA[gh_7f083739789a]]></ToUserName>\
    <FromUserName><![CDATA[oia2TjuEGTNoeX76QEjQNrcURxG8]]></FromUserName>\
    <CreateTime>1714112445</CreateTime><MsgType><![CDATA[text]]></MsgType>\
    <Content><![CDATA[你好，今天的天气怎么样？]]></Content><MsgId>6054768590064713728</MsgId></xml>";

fn main() {
    handshake();
    secure_xml();
}

fn handshake() {
    let signed = *b"f464b24fc39322e44b38aa78f5edd27bd1441696";
    let parts = [b"AAAAA".as_slice(), b"1714036504", b"1514711492"];
    measure("signature", || signature::matches(black_box(&signed), black_box(parts)));

    let tokens = vec!["AAAAA".into()];
    let account = Account::new(AccountOptions { tokens, ..Default::default() }).expect("a token");
    let url = "/checkPushMsg?signature=f464b24fc39322e44b38aa78f5edd27bd1441696\
               &timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249";
    measure("handshake", || receive_handshake(&account, black_box(url)).is_ok());
}

fn secure_xml() {
    let key = Key::new(KEY).expect("a key");
    let encrypt = key.seal(MESSAGE, APP_ID, *b"0123456789abcdef");
    let parts = [b"token".as_slice(), b"1714112445", b"415670741", encrypt.as_bytes()];
    let signed = signature::sign(parts);
    let body = format!(
        "<xml><ToUserName><![CDATA[gh_7f083739789a]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
    );
    let url = format!(
        "/wx?signature={0}&timestamp=1714112445&nonce=415670741&openid=oia2TjuEGTNoeX76QEjQNrcURxG8\
         &encrypt_type=aes&msg_signature={0}",
        String::from_utf8_lossy(&signed)
    );
    let account = Account::new(AccountOptions {
        tokens: vec!["token".into()],
        encoding_aes_keys: vec![KEY.into()],
        app_id: Some(APP_ID.into()),
        body_limit: 1 << 20,
        ..Default::default()
    });
    let account = account.expect("options");
    let mut scratch = Scratch::default();
    measure("secure_xml", || {
        let (url, body) = (black_box(&url), Body::Bytes(black_box(body.as_bytes())));
        receive_message(&account, url, body, 0, &mut scratch).is_ok()
    });
}

/// Prints the median of the samples.
fn measure(name: &str, mut call: impl FnMut() -> bool) {
    assert!(call(), "{name} must succeed");
    let mut samples: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..CALLS {
                black_box(call());
            }
            start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    println!("{name} {:.1}", samples[SAMPLES / 2]);
}
