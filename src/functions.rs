//! The functions that see every request, once for both interfaces to JavaScript.

use std::cell::RefCell;

use wechat_push_core::document::{self, Format};
use wechat_push_core::envelope::Key;
use wechat_push_core::gateway;
use wechat_push_core::platform::{Family, PLATFORMS, Trailer};
use wechat_push_core::signature;
use wechat_push_core::trust::TRUSTS;
use wechat_push_core::{Account, Body, HandlerValue, Language, Scratch, Sentences, Trusted};

use crate::call::Call;
use crate::random::random;
use crate::wire;

const NO_RANDOM: &str = "the system has no random bytes";

/// Bytes that stay allocated between calls, at the most: enough for a body of the default limit.
const KEPT: usize = 4 << 20;

/// Memory that all calls of a thread share.
struct Memory {
    scratch: Scratch,
    wire: String,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::new(Memory {
        scratch: Scratch::with_long_texts(wire::LONG_TEXTS),
        wire: String::new(),
    });
}

/// `receiveHandshake(account, url)`: see [`wire::handshake`].
pub(crate) fn receive_handshake<C: Call>(account: &Account, call: &C) -> C::Value {
    call.with_texts(|[url]| {
        MEMORY.with_borrow_mut(|Memory { wire, .. }| {
            wire.clear();
            wire::handshake(&wechat_push_core::receive_handshake(account, url), wire);
            call.text(wire)
        })
    })
}

/// `receiveMessage(account, url, body, now, parsed)`: see [`wire::message`]; with long texts an array of it and
/// of them. `parsed` when the body is JSON of what a body parser made.
pub(crate) fn receive_message<C: Call>(account: &Account, call: &C) -> C::Value {
    call.with_texts(|[url]| {
        let bytes = call.bytes(1);
        let (body, now) = (body(&bytes, call.flag(3)), seconds(call.number(2)));
        MEMORY.with_borrow_mut(|Memory { scratch, wire }| {
            let received = wechat_push_core::receive_message(account, url, body, now, scratch);
            wire.clear();
            wire::message(&received, wire);
            let value = match &received {
                Ok(message) => call.texts(wire, message.long_texts()),
                Err(_) => call.text(wire),
            };
            drop(received);
            scratch.shrink(KEPT);
            if wire.capacity() > KEPT {
                *wire = String::new();
            }
            value
        })
    })
}

/// `receiveTrusting(account, url, body, now, flags)`: the same for an account with `trust`, or the handshake that it may
/// be; the sum of 1 for a body that was `parsed`, and 2 where the request has one of the headers of [`trusts`].
pub(crate) fn receive_trusting<C: Call>(account: &Account, call: &C) -> C::Value {
    call.with_texts(|[url]| {
        let (bytes, flags) = (call.bytes(1), seconds(call.number(3)));
        let (body, now) = (body(&bytes, flags & 1 != 0), seconds(call.number(2)));
        let mut scratch = Scratch::with_long_texts(wire::LONG_TEXTS);
        let received = wechat_push_core::receive_trusting(
            account,
            url,
            body,
            now,
            flags & 2 != 0,
            &mut scratch,
        );
        let mut wire = String::new();
        wire::trusted(&received, &mut wire);
        match &received {
            Ok(Trusted::Message(message)) => call.texts(&wire, message.long_texts()),
            _ => call.text(&wire),
        }
    })
}

/// What the option `platform` can be: its name, and what is particular to it, with blanks between: whether every push
/// is encrypted, the `echostr` too, whether it has `receiveId`, whether it is empty unless it is given, whether its messages are those of WeCom or of a bot of it.
pub(crate) fn platforms() -> impl Iterator<Item = String> {
    PLATFORMS.iter().map(|platform| {
        let particular = [
            (platform.encrypted_only, " encrypted"),
            (platform.echostr_is_encrypted, " echostr"),
            (platform.trailer != Trailer::AppId, " receiveId"),
            (platform.trailer == Trailer::Nothing, " nobody"),
            (platform.family == Family::WeCom, " wecom"),
            (platform.family == Family::Bot, " bot"),
        ];
        let words = particular.into_iter().filter(|(has, _)| *has).map(|(_, word)| word);
        platform.name.into_iter().chain(words).collect()
    })
}

/// What the option `trust` can be: its name, and the headers by which pushes are known, with blanks between.
pub(crate) fn trusts() -> impl Iterator<Item = String> {
    TRUSTS.iter().map(|trust| [&[trust.name], trust.headers].concat().join(" "))
}

/// `checkUrl(account, url, now)`: the rejection of a POST whose URL alone is enough to refuse it, or an empty
/// text when its body has to be read.
pub(crate) fn check_url<C: Call>(account: &Account, call: &C) -> C::Value {
    call.with_texts(|[url]| {
        match wechat_push_core::check_url(account, url, seconds(call.number(1))) {
            Ok(()) => call.text(""),
            Err(rejection) => call.text(&wire::rejection(&rejection)),
        }
    })
}

/// `checkParameters(url, isPush, now, tolerance)`: the same of any request before its account is known.
pub(crate) fn check_parameters<C: Call>(call: &C) -> C::Value {
    call.with_texts(|[url]| {
        let (is_push, now, tolerance) = (call.flag(1), call.number(2), call.number(3));
        let (now, tolerance) = (seconds(now), seconds(tolerance));
        match wechat_push_core::check_parameters(url, is_push, now, tolerance) {
            Ok(()) => call.text(""),
            Err(rejection) => call.text(&wire::rejection(&rejection)),
        }
    })
}

/// `plaintext(account, body, parsed)` of a push that was received. Made on demand: few handlers look
/// at it, and handing it over with every message costs more than opening the envelope again.
pub(crate) fn plaintext<C: Call>(account: &Account, call: &C) -> C::Value {
    let bytes = call.bytes(0);
    let body = body(&bytes, call.flag(1));
    call.text(&wechat_push_core::plaintext(account, body).unwrap_or_default())
}

pub(crate) fn body(bytes: &[u8], parsed: bool) -> Body<'_> {
    if parsed { Body::Parsed(bytes) } else { Body::Bytes(bytes) }
}

/// `reply(account, address, value, now, json)`: see [`wire::verdict`]; `json` when the value is JSON, not the
/// text itself.
pub(crate) fn reply<C: Call>(account: &Account, call: &C) -> C::Value {
    call.with_texts(|[address, value]| {
        let Some(random) = random() else { return call.text(&wire::failure(NO_RANDOM)) };
        let value =
            if call.flag(3) { HandlerValue::Json(value) } else { HandlerValue::Text(value) };
        let verdict = match wire::reply_address(address) {
            Some(address) => {
                let now = seconds(call.number(2));
                wechat_push_core::reply(account, &address, value, now, random)
            }
            None => Err(wechat_push_core::ReplyError::OtherReceiver),
        };
        call.text(&wire::verdict(verdict))
    })
}

/// `handshakeRequest(account, now)`: see [`wire::request`].
pub(crate) fn handshake_request<C: Call>(account: &Account, call: &C) -> C::Value {
    let Some(random) = random() else { return call.text(&wire::failure(NO_RANDOM)) };
    let request = gateway::handshake(account, seconds(call.number(0)), random);
    call.text(&wire::request(Ok(request)))
}

/// `pushRequest(account, message, now, json)`: see [`wire::request`]; `json` when that is the data format.
pub(crate) fn push_request<C: Call>(account: &Account, call: &C) -> C::Value {
    call.with_texts(|[message]| {
        let Some(random) = random() else { return call.text(&wire::failure(NO_RANDOM)) };
        let (now, format) = (seconds(call.number(1)), format(call.flag(2)));
        call.text(&wire::request(gateway::push(account, message, format, now, random)))
    })
}

/// `readAnswer(account, message, nonce, body, json)`: see [`wire::answer`].
pub(crate) fn read_answer<C: Call>(account: &Account, call: &C) -> C::Value {
    call.with_texts(|[message, nonce]| {
        let message = match document::Value::from_json(message) {
            Ok(document::Value::Object(message)) => message,
            _ => document::Object::default(),
        };
        let (bytes, format) = (call.bytes(2), format(call.flag(3)));
        call.text(&wire::answer(gateway::read_answer(account, &bytes, format, &message, nonce)))
    })
}

fn format(json: bool) -> Format {
    if json { Format::Json } else { Format::Xml }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, which is right"
)]
pub(crate) fn seconds(now: f64) -> u64 {
    now as u64
}

/// `digest(text)`: see [`signature::digest`].
pub(crate) fn digest<C: Call>(call: &C) -> C::Value {
    call.with_texts(|[text]| call.text(&signature::digest(text)))
}

/// `sign(token, timestamp, nonce, encrypt)`: `msg_signature`.
pub(crate) fn sign(token: &str, timestamp: &str, nonce: &str, encrypt: &str) -> String {
    let parts = [token, timestamp, nonce, encrypt].map(str::as_bytes);
    signature::as_text(&signature::sign(parts)).to_owned()
}

/// `openEnvelope(encodingAESKey, encrypt)`: see [`wire::envelope`].
pub(crate) fn open_envelope(encoding_aes_key: &str, encrypt: &str) -> String {
    match Key::new(encoding_aes_key) {
        Ok(key) => wire::envelope(key.open_parts(encrypt)),
        Err(why) => wire::failure(&why),
    }
}

/// `sealEnvelope(encodingAESKey, message, receiver, random)`: see [`wire::sealed`]; 16 bytes, or none for those of the system.
pub(crate) fn seal_envelope(
    encoding_aes_key: &str,
    message: &str,
    receiver: &str,
    given: Option<&[u8]>,
) -> String {
    let key = match Key::new(encoding_aes_key) {
        Ok(key) => key,
        Err(why) => return wire::failure(&why),
    };
    match given.and_then(|given| given.try_into().ok()).or_else(random) {
        Some(random) => wire::sealed(&key.seal(message, receiver, random)),
        None => wire::failure(NO_RANDOM),
    }
}

/// `split(text, limit, growing)`: an array of the beginning and the rest, see [`wechat_push_core::split`].
pub(crate) fn split<C: Call>(call: &C) -> C::Value {
    call.with_texts(|[text]| {
        let (limit, growing) = (size(call.number(1)), call.flag(2));
        let (first, rest) = wechat_push_core::split(text, limit, growing);
        call.texts(&first, &[rest])
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and nothing is that long"
)]
pub(crate) fn size(bytes: f64) -> usize {
    bytes as usize
}

/// The rows of all messages: of each kind its name and its rows, one after another.
pub(crate) fn rows(texts: Vec<String>) -> Vec<(String, String)> {
    let mut next = texts.into_iter();
    std::iter::from_fn(|| next.next().zip(next.next())).collect()
}

/// What there is to say: of each its key, both texts and what becomes of a reply, one after another. They stay as long
/// as the process, or the instance.
pub(crate) fn sentences(texts: Vec<String>) -> &'static [Sentences] {
    let mut next = texts.into_iter().map(|text| -> &'static str { String::leak(text) });
    let mut row = || {
        Some(Sentences {
            key: next.next()?,
            en: next.next()?,
            zh: next.next()?,
            outcome: next.next()?,
        })
    };
    Vec::leak(std::iter::from_fn(&mut row).collect())
}

pub(crate) fn language(chinese: bool) -> Language {
    if chinese { Language::Chinese } else { Language::English }
}
