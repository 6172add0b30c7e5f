//! What the addon exports to Node.

#![expect(clippy::missing_errors_doc, reason = "only Node calls these, and gets an exception")]
#![allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use napi::bindgen_prelude::*;
use napi_derive::napi;
use wechat_push_core::document::{self, Format};
use wechat_push_core::gateway;
use wechat_push_core::platform::PLATFORMS;
use wechat_push_core::signature::Token;
use wechat_push_core::{
    Account, AccountError, AccountOptions, Body, HandlerValue, Language, Objection, Query,
    Rejection, Scratch,
};

use crate::accounts::{self, OpenAccount};
use crate::callback::{Bytes, Call, JsValue, function};
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

/// The body of an exported function whose first argument is the number of an account.
type OfAccount = fn(&Account, &Call) -> JsValue;

const OF_ACCOUNT: [(&str, OfAccount); 8] = [
    ("receiveHandshake", receive_handshake),
    ("receiveMessage", receive_message),
    ("checkUrl", check_url),
    ("plaintext", plaintext),
    ("reply", reply),
    ("handshakeRequest", handshake_request),
    ("pushRequest", push_request),
    ("readAnswer", read_answer),
];

/// Adds the exports that are plain callbacks to those that the macro made.
#[napi(module_exports)]
pub fn exports(mut exports: Object, env: Env) -> Result<()> {
    for (name, body) in OF_ACCOUNT {
        exports.set(name, function(&env, name, Rc::new(body), with_account)?)?;
    }
    Ok(())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form of every callback")]
fn with_account(body: &OfAccount, call: &Call) -> JsValue {
    match accounts::account(number(call.number(0))) {
        Some(open) => body(&open.account, &call.rest()),
        None => JsValue::UNDEFINED,
    }
}

/// `receiveHandshake(account, url)`: see [`wire::handshake`].
fn receive_handshake(account: &Account, call: &Call) -> JsValue {
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
fn receive_message(account: &Account, call: &Call) -> JsValue {
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

/// `checkUrl(account, url, now)`: the rejection of a POST whose URL alone is enough to refuse it, or an empty
/// text when its body has to be read.
fn check_url(account: &Account, call: &Call) -> JsValue {
    call.with_texts(|[url]| {
        match wechat_push_core::check_url(account, url, seconds(call.number(1))) {
            Ok(()) => call.text(""),
            Err(rejection) => call.text(&wire::rejection(&rejection)),
        }
    })
}

/// `plaintext(account, body, parsed)` of a push that was received. Made on demand: few handlers look
/// at it, and handing it over with every message costs more than opening the envelope again.
fn plaintext(account: &Account, call: &Call) -> JsValue {
    let bytes = call.bytes(0);
    let body = body(&bytes, call.flag(1));
    call.text(&wechat_push_core::plaintext(account, body).unwrap_or_default())
}

fn body(bytes: &[u8], parsed: bool) -> Body<'_> {
    if parsed { Body::Parsed(bytes) } else { Body::Bytes(bytes) }
}

/// `reply(account, address, value, now, json)`: see [`wire::verdict`]; `json` when the value is JSON, not the
/// text itself.
fn reply(account: &Account, call: &Call) -> JsValue {
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
fn handshake_request(account: &Account, call: &Call) -> JsValue {
    let Some(random) = random() else { return call.text(&wire::failure(NO_RANDOM)) };
    let request = gateway::handshake(account, seconds(call.number(0)), random);
    call.text(&wire::request(Ok(request)))
}

/// `pushRequest(account, message, now, json)`: see [`wire::request`]; `json` when that is the data format.
fn push_request(account: &Account, call: &Call) -> JsValue {
    call.with_texts(|[message]| {
        let Some(random) = random() else { return call.text(&wire::failure(NO_RANDOM)) };
        let (now, format) = (seconds(call.number(1)), format(call.flag(2)));
        call.text(&wire::request(gateway::push(account, message, format, now, random)))
    })
}

/// `readAnswer(account, message, body, json)`: see [`wire::answer`].
fn read_answer(account: &Account, call: &Call) -> JsValue {
    call.with_texts(|[message]| {
        let message = match document::Value::from_json(message) {
            Ok(document::Value::Object(message)) => message,
            _ => document::Object::default(),
        };
        let (bytes, format) = (call.bytes(1), format(call.flag(2)));
        call.text(&wire::answer(gateway::read_answer(account, &bytes, format, &message)))
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
fn seconds(now: f64) -> u64 {
    now as u64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and no account has that number"
)]
fn number(account: f64) -> u32 {
    account as u32
}

/// `checker(token)`: a function `(signature, timestamp, nonce): boolean` that checks signatures under this
/// Token, which it need not read again. The Token is wiped once the function is gone.
#[napi(catch_unwind)]
pub fn checker(env: &Env, token: String) -> Result<Unknown<'_>> {
    function(env, "check", Rc::new(Token::from(token)), check)
}

fn check(token: &Token, call: &Call) -> JsValue {
    call.with_texts(|[given, timestamp, nonce]| {
        call.boolean(token.has_signed(given, timestamp, nonce))
    })
}

/// An account's options; checked by JavaScript for their types, by the core for their sense. To be changed
/// together with `EngineOptions` in `lib/engine/addon.js`.
#[napi(object, object_to_js = false)]
pub struct Options {
    /// The Tokens.
    pub tokens: Vec<String>,
    /// One or more EncodingAESKey.
    pub encoding_aes_keys: Vec<String>,
    /// The AppID.
    pub app_id: Option<String>,
    /// The mode.
    pub mode: Option<String>,
    /// The platform.
    pub platform: Option<String>,
    /// In seconds.
    pub tolerance: u32,
    /// In bytes.
    pub body_limit: u32,
}

impl From<Options> for AccountOptions {
    fn from(options: Options) -> Self {
        Self {
            tokens: options.tokens,
            encoding_aes_keys: options.encoding_aes_keys,
            app_id: options.app_id,
            mode: options.mode,
            platform: options.platform,
            tolerance: options.tolerance.into(),
            body_limit: options.body_limit as usize,
        }
    }
}

/// An option that is wrong, for JavaScript to throw: an error made here would be no `TypeError` there.
#[napi(object)]
pub struct WrongOption {
    /// The option's name.
    pub option: String,
    /// What it has to be.
    pub message: String,
}

/// An account whose options may be wrong. To be changed together with `NamedAccount` in `lib/engine/addon.js`.
#[napi(object, object_to_js = false)]
pub struct NamedAccount {
    /// What its owner calls it.
    pub name: String,
    /// Its options, as far as they have the right types.
    pub options: Options,
    /// What JavaScript found wrong.
    pub wrong: Option<WrongOption>,
}

impl From<NamedAccount> for wechat_push_core::NamedAccount {
    fn from(named: NamedAccount) -> Self {
        let wrong =
            named.wrong.map(|wrong| AccountError::found_outside(&wrong.option, wrong.message));
        Self { name: named.name, options: named.options.into(), wrong }
    }
}

/// `openAccount(options)`: the number of the account, or the option that is wrong.
#[napi(catch_unwind)]
pub fn open_account(options: Options) -> Either<u32, WrongOption> {
    let mut named = wechat_push_core::NamedAccount::default();
    named.options = options.into();
    match Account::new(named.options.clone()) {
        Ok(account) => Either::A(accounts::open(OpenAccount { account, named })),
        Err(error) => {
            let option = error.option.to_owned();
            Either::B(WrongOption { option, message: error.message })
        }
    }
}

/// `closeAccount(account)`, once nothing uses it any more.
#[napi(catch_unwind)]
pub fn close_account(account: u32) {
    accounts::close(account);
}

/// `query(url)`: the parameters that WeChat appends, those that are there.
#[napi(catch_unwind)]
pub fn query(url: String) -> HashMap<String, String> {
    let query = Query::of_url(&url).unwrap_or_default();
    query.known().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// `rejection(reason, limit)`: that for what only JavaScript can see; null where there is none of that name.
#[napi(catch_unwind)]
pub fn rejection(reason: String, limit: u32) -> Option<String> {
    Rejection::named(&reason, limit as usize).map(|rejection| wire::rejection(&rejection))
}

/// `objection(rule)`: that to what only JavaScript can see, see [`wire::objection`]; null where there is none of that
/// name.
#[napi(catch_unwind)]
pub fn objection(rule: String) -> Option<String> {
    Objection::named(&rule).map(|objection| wire::objection(&objection))
}

/// `platforms()`: the names that the option `platform` can have.
#[napi(catch_unwind)]
pub fn platforms() -> Vec<&'static str> {
    PLATFORMS.iter().filter_map(|platform| platform.name).collect()
}

/// `answerFlaw(status, contentEncoding, location)`: why WeChat does not look into such an answer, or null.
#[napi(catch_unwind)]
pub fn answer_flaw(
    status: u16,
    content_encoding: Option<String>,
    location: Option<String>,
) -> Option<String> {
    let (coding, location) = (content_encoding.as_deref(), location.as_deref());
    gateway::check_answer(status, coding, location).err().map(|flaw| wire::flaw(&flaw))
}

/// `echoFlaw(body, echostr)`: why the body does not answer the handshake, or null.
#[napi(catch_unwind)]
pub fn echo_flaw(body: Bytes, echostr: String) -> Option<String> {
    gateway::check_echo(&body.0, &echostr).err().map(|flaw| wire::flaw(&flaw))
}

/// The request to explain. To be changed together with `ExplainRequest` in `lib/engine/addon.js`.
#[napi(object, object_to_js = false)]
pub struct ExplainRequest {
    /// Where it is known.
    pub method: Option<String>,
    /// A URL, a query, or a line that holds one.
    pub text: String,
    /// Where it is known.
    pub body: Option<Bytes>,
    /// When the body is JSON of what a body parser made.
    pub parsed: bool,
    /// In seconds; without it no age is judged.
    pub now: Option<f64>,
}

/// `explain(request, accounts, chinese)`: see [`wire::explanation`].
#[napi(catch_unwind)]
pub fn explain(request: ExplainRequest, accounts: Vec<NamedAccount>, chinese: bool) -> String {
    let accounts: Vec<_> = accounts.into_iter().map(Into::into).collect();
    explanation(&request, &accounts, chinese)
}

/// `explainFor(account, request, chinese)`: the same for an account that is open.
#[napi(catch_unwind)]
pub fn explain_for(account: u32, request: ExplainRequest, chinese: bool) -> String {
    let open = accounts::account(account);
    explanation(
        &request,
        open.as_ref().map_or(&[], |open| std::slice::from_ref(&open.named)),
        chinese,
    )
}

fn explanation(
    request: &ExplainRequest,
    accounts: &[wechat_push_core::NamedAccount],
    chinese: bool,
) -> String {
    let request = wechat_push_core::ExplainRequest {
        method: request.method.as_deref(),
        text: &request.text,
        body: request.body.as_ref().map(|bytes| body(&bytes.0, request.parsed)),
        now: request.now.map(seconds),
    };
    wire::explanation(&wechat_push_core::explain(request, accounts), language(chinese))
}

/// `hint(reason, chinese)`: what to do about a reason.
#[napi(catch_unwind)]
pub fn hint(reason: String, chinese: bool) -> String {
    wechat_push_core::fix(&reason, language(chinese)).to_owned()
}

fn language(chinese: bool) -> Language {
    if chinese { Language::Chinese } else { Language::English }
}

/// `payEventSigMatches(appKey, event, payload, given)`
#[napi(catch_unwind)]
pub fn pay_event_sig_matches(
    app_key: String,
    event: String,
    payload: String,
    given: String,
) -> bool {
    wechat_push_core::pay_event_sig_matches(&app_key, &event, &payload, &given)
}

/// `doubtfulToken(token)`: why WeChat's console could not hold it.
#[napi(catch_unwind)]
pub fn doubtful_token(token: String) -> Option<String> {
    wechat_push_core::doubtful_token(&token)
}
