//! The addon: JavaScript ↔ Rust and nothing else.

#![deny(unsafe_code)]
#![expect(clippy::missing_errors_doc, reason = "only Node calls these, and gets an exception")]

mod callback;
mod random;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use napi::bindgen_prelude::*;
use napi_derive::napi;
use wechat_push_core::document::{self, Format};
use wechat_push_core::{
    Account, AccountError, AccountOptions, Body, Configured, Language, Outcome, Query, Question,
    Rejection, Reply, Request, Returned, Scratch, Sent, check_answer, check_echo, signature,
};

use callback::{Answer, Bytes, Call, function};
use random::random;

const NO_RANDOM: &str = "the system has no random bytes";

/// Bytes that stay allocated between calls, at the most: enough for a body of the default limit.
const KEPT: usize = 4 << 20;

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// `check(signature, timestamp, nonce): boolean` of [`checker`].
#[expect(clippy::ptr_arg, reason = "the form of every callback")]
fn check(token: &String, call: &Call) -> Answer {
    call.with_texts(|[given, timestamp, nonce]| {
        let parts = [token, timestamp, nonce].map(str::as_bytes);
        call.boolean(signature::matches(given.as_bytes(), parts))
    })
}

/// `nothing()`, what crossing into Rust costs by itself; for the benchmark.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form of every callback")]
fn nothing((): &(), _: &Call) -> Answer {
    Answer::UNDEFINED
}

/// `receiveGet(url): string`, see [`outcome`].
fn receive_get(account: &Account, call: &Call) -> Answer {
    call.with_texts(|[url]| {
        outcome(account, call, Request { method: "GET", url, body: Body::Bytes(&[]), now: 0 })
    })
}

/// `receivePost(url, body, now, parsed): string | array`, see [`outcome`]. `parsed` when the body is JSON of
/// what a body parser made.
fn receive_post(account: &Account, call: &Call) -> Answer {
    call.with_texts(|[url]| {
        let bytes = call.bytes(1);
        let body = body(&bytes, call.flag(3));
        outcome(account, call, Request { method: "POST", url, body, now: seconds(call.number(2)) })
    })
}

/// `checkUrl(url, now): string`: empty, or `R` and the rejection as JSON of a POST whose body is not worth
/// reading.
fn check_url(account: &Account, call: &Call) -> Answer {
    call.with_texts(|[url]| match account.check_url(url, seconds(call.number(1))) {
        Ok(()) => call.text(""),
        Err(rejection) => call.text(&["R", &rejection.to_json()].concat()),
    })
}

/// The first letter tells the outcome: `H` and the echostr; `R` and the rejection as JSON; `{` begins
/// a message as JSON, after which come its id, its ticket and its proof, each after a unit separator.
/// With texts that stand beside the JSON it is an array of that and of them, a long one in pieces.
fn outcome(account: &Account, call: &Call, request: Request) -> Answer {
    SCRATCH.with_borrow_mut(|scratch| {
        let answer = match account.receive(request, scratch) {
            Ok(Outcome::Handshake { echostr }) => call.text(&["H", &echostr].concat()),
            Ok(Outcome::Message(message)) => call.texts(message.joined(), message.apart()),
            Err(rejection) => call.text(&["R", &rejection.to_json()].concat()),
        };
        if scratch.capacity() > KEPT {
            *scratch = Scratch::default();
        }
        answer
    })
}

/// `plaintext(body, parsed): string` of a push that was received. Made on demand: few handlers look
/// at it, and handing it over with every message costs more than opening the envelope again.
fn plaintext(account: &Account, call: &Call) -> Answer {
    let bytes = call.bytes(0);
    call.text(&account.plaintext(body(&bytes, call.flag(1))).unwrap_or_default())
}

fn body(bytes: &[u8], parsed: bool) -> Body<'_> {
    if parsed { Body::Parsed(bytes) } else { Body::Bytes(bytes) }
}

/// `reply(ticket, value, now, json): string`; `json` when the value is JSON, not the text itself. The
/// first letter tells the format: `T` and `success`, `X` and XML, `J` and JSON, or `E` and why the
/// value cannot be sent.
fn reply(account: &Account, call: &Call) -> Answer {
    call.with_texts(|[ticket, value]| {
        let Some(random) = random() else {
            return call.text(&["E", NO_RANDOM].concat());
        };
        let value = if call.flag(3) { Returned::Json(value) } else { Returned::Text(value) };
        let (format, text) = match account.reply(ticket, value, seconds(call.number(2)), random) {
            Ok(Reply { body, format: None }) => ("T", body),
            Ok(Reply { body, format: Some(Format::Xml) }) => ("X", body),
            Ok(Reply { body, format: Some(Format::Json) }) => ("J", body),
            Err(error) => ("E", error.to_string()),
        };
        call.text(&[format, &text].concat())
    })
}

/// `handshakeRequest(now): string`: what WeChat's server sends, as JSON; or `E` and why not.
fn handshake_request(account: &Account, call: &Call) -> Answer {
    let now = seconds(call.number(0));
    let sent = random().map(|random| account.handshake_request(now, random).to_json());
    call.text(&sent.unwrap_or_else(|| ["E", NO_RANDOM].concat()))
}

/// `pushRequest(message, now, json): string`: what WeChat's server sends for a message, as JSON; or
/// `E` and why the message cannot be pushed. `json` when that is the data format.
fn push_request(account: &Account, call: &Call) -> Answer {
    call.with_texts(|[message]| {
        let Some(random) = random() else { return call.text(&["E", NO_RANDOM].concat()) };
        let now = seconds(call.number(1));
        let sent = account.push_request(message, format(call.flag(2)), now, random);
        call.text(&sent.map_or_else(|error| ["E", &error.to_string()].concat(), Sent::to_json))
    })
}

/// `readAnswer(message, body, json): string`: the reply to the message as JSON, `N` for none, or `F`
/// and what is wrong with it as JSON.
fn read_answer(account: &Account, call: &Call) -> Answer {
    call.with_texts(|[message]| {
        let message = match document::Value::from_json(message) {
            Ok(document::Value::Object(message)) => message,
            _ => document::Object::default(),
        };
        call.text(&match account.read_answer(&call.bytes(1), format(call.flag(2)), &message) {
            Ok(Some(reply)) => reply,
            Ok(None) => "N".into(),
            Err(flaw) => ["F", &flaw.to_json()].concat(),
        })
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

/// `checker(token)`: a function that checks signatures under this Token, which it need not read again.
#[napi(catch_unwind)]
pub fn checker(env: &Env, token: String) -> Result<Unknown<'_>> {
    function(env, "check", Rc::new(token), check)
}

/// An account's options; checked by JavaScript for their types, by the core for their sense.
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
            tolerance: options.tolerance.into(),
            body_limit: options.body_limit as usize,
        }
    }
}

/// Tells the option and what is wrong with it, since an error made here is no `TypeError`.
#[napi(object)]
pub struct WrongOption {
    /// The option's name.
    pub option: String,
    /// What it has to be.
    pub message: String,
}

/// `account(options)`: the account's functions, or the option that is wrong.
#[napi(catch_unwind)]
pub fn account(env: &Env, options: Options) -> Result<Either<Object<'_>, WrongOption>> {
    let account = match Account::new(options.into()) {
        Ok(account) => Rc::new(account),
        Err(error) => {
            let option = error.option.to_owned();
            return Ok(Either::B(WrongOption { option, message: error.message }));
        }
    };
    let mut functions = Object::new(env)?;
    functions.set("receiveGet", function(env, "receiveGet", account.clone(), receive_get)?)?;
    functions.set("receivePost", function(env, "receivePost", account.clone(), receive_post)?)?;
    functions.set("checkUrl", function(env, "checkUrl", account.clone(), check_url)?)?;
    functions.set("plaintext", function(env, "plaintext", account.clone(), plaintext)?)?;
    functions.set("reply", function(env, "reply", account.clone(), reply)?)?;
    let handshake = function(env, "handshakeRequest", account.clone(), handshake_request)?;
    functions.set("handshakeRequest", handshake)?;
    functions.set("pushRequest", function(env, "pushRequest", account.clone(), push_request)?)?;
    functions.set("readAnswer", function(env, "readAnswer", account, read_answer)?)?;
    Ok(Either::A(functions))
}

/// `query(url)`: the parameters that WeChat appends, those that are there.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]
pub fn query(url: String) -> HashMap<String, String> {
    let query = Query::of_url(&url).unwrap_or_default();
    query.known().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// `refusal(reason, limit)`: the rejection, as [`outcome`] tells it, for what only JavaScript can see.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]
pub fn refusal(reason: String, limit: u32) -> String {
    let rejection = Rejection::named(&reason, limit as usize).unwrap_or(Rejection::BodyConsumed);
    ["R", &rejection.to_json()].concat()
}

/// `answerFlaw(status, contentEncoding, location): string | null`: why WeChat does not look into such
/// an answer, as JSON.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]
pub fn answer_flaw(
    status: u16,
    content_encoding: Option<String>,
    location: Option<String>,
) -> Option<String> {
    let checked = check_answer(status, content_encoding.as_deref(), location.as_deref());
    checked.err().map(|flaw| flaw.to_json())
}

/// `echoFlaw(body, echostr): string | null`: why the body does not answer the handshake, as JSON.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]
pub fn echo_flaw(body: Bytes, echostr: String) -> Option<String> {
    check_echo(&body.0, &echostr).err().map(|flaw| flaw.to_json())
}

/// What is to be explained.
#[napi(object, object_to_js = false)]
pub struct Asked {
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

/// An account that may be wrong.
#[napi(object, object_to_js = false)]
pub struct Named {
    /// What its owner calls it.
    pub name: String,
    /// Its options, as far as they have the right types.
    pub options: Options,
    /// What JavaScript found wrong.
    pub wrong: Option<WrongOption>,
}

/// `explain(asked, accounts, chinese)`: the explanation as JSON.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]
pub fn explain(asked: Asked, accounts: Vec<Named>, chinese: bool) -> String {
    let question = Question {
        method: asked.method.as_deref(),
        text: &asked.text,
        body: asked.body.as_ref().map(|bytes| body(&bytes.0, asked.parsed)),
        now: asked.now.map(seconds),
    };
    let accounts: Vec<Configured> = accounts.into_iter().map(Into::into).collect();
    wechat_push_core::explain(question, &accounts).to_json(language(chinese))
}

impl From<Named> for Configured {
    fn from(named: Named) -> Self {
        let wrong =
            named.wrong.map(|wrong| AccountError::found_outside(&wrong.option, wrong.message));
        Self { name: named.name, options: named.options.into(), wrong }
    }
}

/// `hint(reason, chinese)`: what to do about a reason.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]
pub fn hint(reason: String, chinese: bool) -> String {
    wechat_push_core::fix(&reason, language(chinese)).to_owned()
}

fn language(chinese: bool) -> Language {
    if chinese { Language::Chinese } else { Language::English }
}

/// `payEventSigMatches(appKey, event, payload, given)`
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]
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
#[allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]
pub fn doubtful_token(token: String) -> Option<String> {
    wechat_push_core::doubtful_token(&token)
}

#[napi(module_exports)]
/// A plain callback, beside what the macro exports.
pub fn exports(mut exports: Object, env: Env) -> Result<()> {
    exports.set("nothing", function(&env, "nothing", Rc::new(()), nothing)?)
}
