//! The addon: JavaScript ↔ Rust and nothing else.

#![deny(unsafe_code)]
#![expect(clippy::missing_errors_doc, reason = "only Node calls these, and gets an exception")]

mod callback;

use std::rc::Rc;

use napi::bindgen_prelude::*;
use napi_derive::napi;
use wechat_push_core::{Account, AccountOptions, Outcome, Rejection, Request, signature};

use callback::{Answer, Call, function};

/// `checkSignature(signature, timestamp, nonce, token): boolean`
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form of every callback")]
fn check_signature((): &(), call: &Call) -> Answer {
    call.with_texts(|[given, timestamp, nonce, token]| {
        Answer::Bool(signature::matches(given, [token, timestamp, nonce]))
    })
}

/// `nothing()`, what crossing into Rust costs by itself; for the benchmark.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form of every callback")]
fn nothing((): &(), _: &Call) -> Answer {
    Answer::Undefined
}

/// `receive(method, url): string`. The first letter tells the outcome: `H` and the echostr, or `R`
/// and the rejection as JSON.
fn receive(account: &Account, call: &Call) -> Answer {
    call.with_texts(|[method, url]| outcome(account, Request { method, url }))
}

/// `receiveGet(url): string`, which spares the handshake the reading of its method.
fn receive_get(account: &Account, call: &Call) -> Answer {
    call.with_texts(|[url]| outcome(account, Request { method: b"GET", url }))
}

fn outcome(account: &Account, request: Request) -> Answer {
    Answer::Text(match account.receive(request) {
        Ok(Outcome::Handshake { echostr }) => ["H", &echostr].concat(),
        Err(rejection) => rejected(&rejection),
    })
}

fn rejected(rejection: &Rejection) -> String {
    let code = rejection.code().map_or("null".into(), |code| code.to_string());
    let (reason, status) = (rejection.reason(), rejection.status());
    let detail = rejection.to_string().replace('"', "\\\"");
    format!(r#"R{{"reason":"{reason}","code":{code},"status":{status},"detail":"{detail}"}}"#)
}

/// Tells the option and what is wrong with it, since an error made here is no `TypeError`.
#[napi(object, object_from_js = false)]
pub struct WrongOption {
    /// The option's name.
    pub option: String,
    /// What it has to be.
    pub message: String,
}

/// `account(options)`: the account's functions, or the option that is wrong.
#[napi(catch_unwind)]
pub fn account(env: &Env, tokens: Vec<String>) -> Result<Either<Object<'_>, WrongOption>> {
    let account = match Account::new(AccountOptions { tokens }) {
        Ok(account) => Rc::new(account),
        Err(error) => {
            let option = error.option.to_owned();
            return Ok(Either::B(WrongOption { option, message: error.message }));
        }
    };
    let mut functions = Object::new(env)?;
    functions.set("receive", function(env, "receive", account.clone(), receive)?)?;
    functions.set("receiveGet", function(env, "receiveGet", account, receive_get)?)?;
    Ok(Either::A(functions))
}

/// `doubtfulToken(token)`: why WeChat's console could not hold it.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value, reason = "the macro hands over what it read")]
pub fn doubtful_token(token: String) -> Option<String> {
    wechat_push_core::doubtful_token(&token)
}

#[napi(module_exports)]
/// The plain callbacks, beside what the macro exports.
pub fn exports(mut exports: Object, env: Env) -> Result<()> {
    exports
        .set("checkSignature", function(&env, "checkSignature", Rc::new(()), check_signature)?)?;
    exports.set("nothing", function(&env, "nothing", Rc::new(()), nothing)?)
}
