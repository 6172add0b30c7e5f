//! What the addon exports to Node.

#![expect(clippy::missing_errors_doc, reason = "only Node calls these, and gets an exception")]
#![allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]

use std::collections::HashMap;
use std::rc::Rc;

use napi::bindgen_prelude::*;
use napi_derive::napi;
use wechat_push_core::gateway;
use wechat_push_core::signature::Token;
use wechat_push_core::{
    Account, AccountError, AccountOptions, AllSentences, Objection, Query, Rejection,
};

use zeroize::Zeroizing;

use crate::accounts;
use crate::call::Call;
use crate::callback::{Bytes, JsValue, NodeCall, function};
use crate::functions::{self, body, language, seconds, sentences};
use crate::wire;

/// The body of an exported function whose first argument is the number of an account.
type OfAccount = fn(&Account, &NodeCall) -> JsValue;

const OF_ACCOUNT: [(&str, OfAccount); 9] = [
    ("receiveHandshake", functions::receive_handshake),
    ("receiveMessage", functions::receive_message),
    ("receiveTrusting", functions::receive_trusting),
    ("checkUrl", functions::check_url),
    ("plaintext", functions::plaintext),
    ("reply", functions::reply),
    ("handshakeRequest", functions::handshake_request),
    ("pushRequest", functions::push_request),
    ("readAnswer", functions::read_answer),
];

/// That of an exported function of no account.
type OfNone = fn(&NodeCall) -> JsValue;

const OF_NONE: [(&str, OfNone); 3] = [
    ("digest", functions::digest),
    ("split", functions::split),
    ("checkParameters", functions::check_parameters),
];

/// Adds the exports that are plain callbacks to those that the macro made.
#[napi(module_exports)]
pub fn exports(mut exports: Object, env: Env) -> Result<()> {
    for (name, body) in OF_ACCOUNT {
        exports.set(name, function(&env, name, Rc::new(body), with_account)?)?;
    }
    for (name, body) in OF_NONE {
        exports.set(name, function(&env, name, Rc::new(body), without_account)?)?;
    }
    Ok(())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form of every callback")]
fn with_account(body: &OfAccount, call: &NodeCall) -> JsValue {
    match accounts::account(number(call.number(0))) {
        Some(open) => body(&open.account, &call.rest()),
        None => JsValue::UNDEFINED,
    }
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

/// `check(signature, timestamp, nonce)` of a Token: whether it has signed.
fn check(token: &Token, call: &NodeCall) -> JsValue {
    call.with_texts(|[given, timestamp, nonce]| {
        let [given, timestamp, nonce] = [given, timestamp, nonce].map(str::as_bytes);
        call.boolean(token.has_signed(given, timestamp, nonce))
    })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form of every callback")]
fn without_account(body: &OfNone, call: &NodeCall) -> JsValue {
    body(call)
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
    /// What may stand there in a push of WeCom.
    pub receive_ids: Option<Vec<String>>,
    /// The mode.
    pub mode: Option<String>,
    /// The platform.
    pub platform: Option<String>,
    /// What it trusts.
    pub trust: Option<String>,
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
            receive_ids: options.receive_ids,
            mode: options.mode,
            platform: options.platform,
            trust: options.trust,
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
    match accounts::add(options.into()) {
        Ok(number) => Either::A(number),
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

/// `judgesUrls(account)`: whether `checkUrl` may refuse a URL that passed `checkParameters` by the account's tolerance.
#[napi(catch_unwind)]
pub fn judges_urls(account: u32) -> bool {
    accounts::judges_urls(account)
}

/// `confusion(one, other)`: why nothing tells the pushes of two accounts apart, or null.
#[napi(catch_unwind)]
pub fn confusion(one: u32, other: u32) -> Option<&'static str> {
    accounts::confusion(one, other)
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

/// `version()`, by which JavaScript knows that both come from one package.
#[napi(catch_unwind)]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// `trusts()`: see [`functions::trusts`].
#[napi(catch_unwind)]
pub fn trusts() -> Vec<String> {
    functions::trusts().collect()
}

/// `platforms()`: see [`functions::platforms`].
#[napi(catch_unwind)]
pub fn platforms() -> Vec<String> {
    functions::platforms().collect()
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

/// `giveRows(rows)`: see [`functions::rows`].
#[napi(catch_unwind)]
pub fn give_rows(rows: Vec<String>) {
    wechat_push_core::give_rows(|| functions::rows(rows));
}

/// `giveSentences(hints, fixes, replies)`: see [`functions::sentences`].
#[napi(catch_unwind)]
pub fn give_sentences(hints: Vec<String>, fixes: Vec<String>, replies: Vec<String>) {
    wechat_push_core::give_sentences(|| AllSentences {
        hints: sentences(hints),
        fixes: sentences(fixes),
        replies: sentences(replies),
    });
}

/// `hint(reason, chinese)`: what to do about a reason.
#[napi(catch_unwind)]
pub fn hint(reason: String, chinese: bool) -> String {
    wechat_push_core::fix(&reason, language(chinese)).to_owned()
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

/// `sign(token, timestamp, nonce, encrypt)`: see [`functions::sign`].
#[napi(catch_unwind)]
pub fn sign(token: String, timestamp: String, nonce: String, encrypt: String) -> String {
    functions::sign(&Zeroizing::new(token), &timestamp, &nonce, &encrypt)
}

/// `openEnvelope(encodingAESKey, encrypt)`: see [`functions::open_envelope`].
#[napi(catch_unwind)]
pub fn open_envelope(encoding_aes_key: String, encrypt: String) -> String {
    functions::open_envelope(&Zeroizing::new(encoding_aes_key), &encrypt)
}

/// `sealEnvelope(encodingAESKey, message, receiver, random)`: see [`functions::seal_envelope`].
#[napi(catch_unwind)]
pub fn seal_envelope(
    encoding_aes_key: String,
    message: String,
    receiver: String,
    random: Option<Bytes>,
) -> String {
    let random = random.as_ref().map(|bytes| &*bytes.0);
    functions::seal_envelope(&Zeroizing::new(encoding_aes_key), &message, &receiver, random)
}

/// `doubtfulToken(token)`: why WeChat's console could not hold it.
#[napi(catch_unwind)]
pub fn doubtful_token(token: String) -> Option<String> {
    wechat_push_core::doubtful_token(&token)
}
