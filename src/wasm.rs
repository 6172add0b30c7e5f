//! What the WebAssembly module exports to `lib/engine/wasm.js`, which writes what it gives to a function into
//! the memory at [`input`], and reads a text that it gets where [`result`] says. No imports: time and random bytes are
//! handed in. A panic ends in a trap, after which JavaScript makes a new instance.
//!
//! Functions that see every request take their texts one behind another, and the length of each as an argument.
//! The others take one record of [`Fields`], of which nothing stays in the input: it may hold secrets.

#![allow(unsafe_code, reason = "to export by name; nothing in here reads or writes by an address")]

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};

use wechat_push_core::document;
use wechat_push_core::gateway::{self, ENTROPY};
use wechat_push_core::signature::Token;
use wechat_push_core::{
    Account, AccountError, AccountOptions, AllSentences, ExplainRequest, NamedAccount, Objection,
    Query, Rejection,
};
use zeroize::{Zeroize, Zeroizing};

use crate::accounts;
use crate::call::Call;
use crate::functions::{self, body, language, seconds, sentences, size};
use crate::numbered::Numbered;
use crate::random;
use crate::wire;

/// Between the parts of a text that is more than one.
const PART: char = '\u{1f}';

/// The length of a field that is not there.
const ABSENT: u32 = u32::MAX;

thread_local! {
    /// What JavaScript writes.
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(vec![]) };
    /// The last text for JavaScript.
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
    /// Texts that stand beside the last one.
    static BESIDE: RefCell<Vec<String>> = const { RefCell::new(vec![]) };
    /// What each account and each Token was opened with, for JavaScript to open it again in another instance.
    static RECORDS: RefCell<Numbered<Zeroizing<Vec<u8>>>> = const { RefCell::new(Numbered::new()) };
    static TOKENS: RefCell<Numbered<Token>> = const { RefCell::new(Numbered::new()) };
}

/// The address and the length of what a function returned.
static RESULT: [AtomicUsize; 2] = [const { AtomicUsize::new(0) }; 2];

// A function returns how many texts it gives, if that is not said otherwise; the first of them is at `RESULT`.
const NOTHING: u32 = 0;
const ONE_TEXT: u32 = 1;

/// A call with texts, bytes, numbers and flags.
struct WasmCall<'a> {
    input: &'a [u8],
    /// Of a text its length, of a flag 0 or 1.
    args: [f64; 4],
}

/// Exports functions under the names that JavaScript has for them.
macro_rules! exports {
    ($($(#[doc = $doc:literal])* $name:literal fn $function:ident($($arg:ident: $type:ty),*) -> $result:ty $body:block)*) => {
        $(
            $(#[doc = $doc])*
            #[cfg_attr(target_arch = "wasm32", unsafe(export_name = $name))]
            pub(crate) extern "C" fn $function($($arg: $type),*) -> $result $body
        )*
    };
}

/// Exports functions whose first argument is the number of an account.
macro_rules! account_exports {
    ($($name:literal $function:ident)*) => {
        exports! {$(
            $name fn $function(account: u32, a: f64, b: f64, c: f64, d: f64) -> u32 {
                of_account(account, [a, b, c, d], |account, call| functions::$function(account, call))
            }
        )*}
    };
}

account_exports! {
    "receiveHandshake" receive_handshake
    "receiveMessage" receive_message
    "receiveTrusting" receive_trusting
    "checkUrl" check_url
    "plaintext" plaintext
    "reply" reply
    "handshakeRequest" handshake_request
    "pushRequest" push_request
    "readAnswer" read_answer
}

exports! {
    /// Where JavaScript may write this many bytes; what stands there already stays.
    "input" fn input(bytes: usize) -> usize {
        INPUT.with_borrow_mut(|input| {
            if input.len() < bytes {
                let mut larger = vec![0; bytes];
                larger[..input.len()].copy_from_slice(input);
                input.zeroize();
                *input = larger;
            }
            input.as_ptr() as usize
        })
    }

    /// Where the address and the length of a returned text stand.
    "result" fn result() -> usize {
        RESULT.as_ptr() as usize
    }

    /// Points [`result`] at one of the texts that stand beside the last one.
    "beside" fn beside(index: usize) -> u32 {
        BESIDE.with_borrow(|beside| beside.get(index).map_or(NOTHING, |text| point_at(text.as_bytes())))
    }

    /// How many random bytes have to be in the input for [`hand_in_random`] before a function may need some; 0 while
    /// there are enough.
    "randomNeeded" fn random_needed() -> usize {
        if random::left() < ENTROPY { random::POOL } else { 0 }
    }

    /// Takes random bytes from the input.
    "handInRandom" fn hand_in_random() -> u32 {
        INPUT.with_borrow_mut(|input| {
            let Some(bytes) = input.first_chunk_mut() else { return };
            random::hand_in(bytes);
            bytes.zeroize();
        });
        NOTHING
    }

    /// Takes the rows of all messages.
    "giveRows" fn give_rows(length: usize) -> u32 {
        with_fields(length, |fields| {
            wechat_push_core::give_rows(|| functions::rows(fields.list()));
            NOTHING
        })
    }

    /// Takes what there is to say: hints, what to do about reasons, what is held against replies.
    "giveSentences" fn give_sentences(length: usize) -> u32 {
        with_fields(length, |fields| {
            wechat_push_core::give_sentences(|| AllSentences {
                hints: sentences(fields.list()),
                fixes: sentences(fields.list()),
                replies: sentences(fields.list()),
            });
            NOTHING
        })
    }

    /// Opens an account under a number that nothing has had: its record, or the option that is wrong and why.
    "openAccount" fn open_account(number: u32, length: usize) -> u32 {
        with_fields(length, |fields| {
            let record = fields.0;
            match accounts::open(number, account_options(fields)) {
                Ok(()) => keep_record(number, record),
                Err(error) => one_text(&format!("{}{PART}{}", error.option, error.message)),
            }
        })
    }

    /// The same for a Token, see [`check`].
    "openToken" fn open_token(number: u32, length: usize) -> u32 {
        with_fields(length, |fields| {
            let record = fields.0;
            TOKENS.with_borrow_mut(|tokens| tokens.open(number, Token::from(fields.text())));
            keep_record(number, record)
        })
    }

    /// Closes an account or a Token.
    "close" fn close(number: u32) -> u32 {
        accounts::close(number);
        TOKENS.with_borrow_mut(|tokens| drop(tokens.close(number)));
        RECORDS.with_borrow_mut(|records| drop(records.close(number)));
        NOTHING
    }

    /// 1 when the Token has signed, of which it gets the lengths: signature, timestamp and nonce.
    "check" fn check(token: u32, signature: usize, timestamp: usize, nonce: usize) -> u32 {
        TOKENS.with_borrow(|tokens| {
            let Some(token) = tokens.look_at(token) else { return NOTHING };
            INPUT.with_borrow(|input| {
                let (given, rest) = input.split_at(signature);
                let (timestamp, rest) = rest.split_at(timestamp);
                token.has_signed(given, timestamp, &rest[..nonce]).into()
            })
        })
    }

    /// See `checkParameters` of the addon.
    "checkParameters" fn check_parameters(length: f64, is_push: f64, now: f64, tolerance: f64) -> u32 {
        with_call([length, is_push, now, tolerance], |call| functions::check_parameters(call))
    }

    /// 1 for true, see `judgesUrls` of the addon.
    "judgesUrls" fn judges_urls(account: u32) -> u32 {
        accounts::judges_urls(account).into()
    }

    /// See `confusion` of the addon.
    "confusion" fn confusion(one: u32, other: u32) -> u32 {
        accounts::confusion(one, other).map_or(NOTHING, one_text)
    }

    /// See `digest` of the addon.
    "digest" fn digest(length: f64) -> u32 {
        with_call([length, 0.0, 0.0, 0.0], |call| functions::digest(call))
    }

    /// See `split` of the addon.
    "split" fn split(length: f64, limit: f64, growing: f64) -> u32 {
        with_call([length, limit, growing, 0.0], |call| functions::split(call))
    }

    /// The parameters that WeChat appends, as JSON.
    "query" fn query(length: usize) -> u32 {
        with_fields(length, |fields| {
            let url = fields.text();
            let query = Query::of_url(&url).unwrap_or_default();
            let text = |text: &str| document::Value::Text(text.to_owned().into());
            let known = query.known().map(|(name, value)| (name.to_owned().into(), text(value)));
            one_text(&document::Object(known.collect()).to_json(url.len()))
        })
    }

    /// See `rejection` of the addon.
    "rejection" fn rejection(length: usize, limit: usize) -> u32 {
        with_fields(length, |fields| {
            one_or_none(Rejection::named(&fields.text(), limit).map(|found| wire::rejection(&found)))
        })
    }

    /// See `objection` of the addon.
    "objection" fn objection(length: usize) -> u32 {
        with_fields(length, |fields| {
            one_or_none(Objection::named(&fields.text()).map(|found| wire::objection(&found)))
        })
    }

    /// See [`functions::platforms`].
    "platforms" fn platforms() -> u32 {
        one_text(&functions::platforms().collect::<Vec<_>>().join(&PART.to_string()))
    }

    /// See [`functions::trusts`].
    "trusts" fn trusts() -> u32 {
        one_text(&functions::trusts().collect::<Vec<_>>().join(&PART.to_string()))
    }

    /// See `answerFlaw` of the addon.
    "answerFlaw" fn answer_flaw(length: usize, status: u32) -> u32 {
        with_fields(length, |fields| {
            let (coding, location) = (fields.optional_text(), fields.optional_text());
            let status = u16::try_from(status).unwrap_or_default();
            let checked = gateway::check_answer(status, coding.as_deref(), location.as_deref());
            one_or_none(checked.err().map(|flaw| wire::flaw(&flaw)))
        })
    }

    /// See `echoFlaw` of the addon.
    "echoFlaw" fn echo_flaw(length: usize) -> u32 {
        with_fields(length, |fields| {
            let (body, echostr) = (fields.bytes().unwrap_or_default(), fields.text());
            one_or_none(gateway::check_echo(body, &echostr).err().map(|flaw| wire::flaw(&flaw)))
        })
    }

    /// See `explain` of the addon.
    "explain" fn explain(length: usize, now: f64, chinese: u32) -> u32 {
        with_fields(length, |fields| {
            let request = Request::of(fields, now);
            let accounts: Vec<_> = (0..fields.count()).map(|_| named_account(fields)).collect();
            request.explanation(&accounts, chinese)
        })
    }

    /// See `explainFor` of the addon.
    "explainFor" fn explain_for(account: u32, length: usize, now: f64, chinese: u32) -> u32 {
        with_fields(length, |fields| {
            let open = accounts::account(account);
            let named = open.as_ref().map_or(&[][..], |open| std::slice::from_ref(&open.named));
            Request::of(fields, now).explanation(named, chinese)
        })
    }

    /// What to do about a reason.
    "hint" fn hint(length: usize, chinese: u32) -> u32 {
        with_fields(length, |fields| {
            one_text(wechat_push_core::fix(&fields.text(), language(chinese != 0)))
        })
    }

    /// 1 when a payment's signature is right.
    "payEventSigMatches" fn pay_event_sig_matches(length: usize) -> u32 {
        with_fields(length, |fields| {
            let app_key = Zeroizing::new(fields.text());
            let (event, payload, given) = (fields.text(), fields.text(), fields.text());
            wechat_push_core::pay_event_sig_matches(&app_key, &event, &payload, &given).into()
        })
    }

    /// See `sign` of the addon.
    "sign" fn sign(length: usize) -> u32 {
        with_fields(length, |fields| {
            let token = Zeroizing::new(fields.text());
            let (timestamp, nonce, encrypt) = (fields.text(), fields.text(), fields.text());
            one_text(&functions::sign(&token, &timestamp, &nonce, &encrypt))
        })
    }

    /// See `openEnvelope` of the addon.
    "openEnvelope" fn open_envelope(length: usize) -> u32 {
        with_fields(length, |fields| {
            let key = Zeroizing::new(fields.text());
            one_text(&functions::open_envelope(&key, &fields.text()))
        })
    }

    /// See `sealEnvelope` of the addon.
    "sealEnvelope" fn seal_envelope(length: usize) -> u32 {
        with_fields(length, |fields| {
            let key = Zeroizing::new(fields.text());
            let (message, receiver) = (fields.text(), fields.text());
            one_text(&functions::seal_envelope(&key, &message, &receiver, fields.bytes()))
        })
    }

    /// Why WeChat's console could not hold a Token.
    "doubtfulToken" fn doubtful_token(length: usize) -> u32 {
        with_fields(length, |fields| {
            one_or_none(wechat_push_core::doubtful_token(&Zeroizing::new(fields.text())))
        })
    }
}

impl Call for WasmCall<'_> {
    type Value = u32;

    fn with_texts<const N: usize>(&self, body: impl FnOnce([&str; N]) -> u32) -> u32 {
        let texts = std::array::from_fn(|index| str::from_utf8(self.part(index)));
        if texts.iter().any(Result::is_err) {
            return NOTHING;
        }
        body(texts.map(Result::unwrap_or_default))
    }

    fn bytes(&self, index: usize) -> Cow<'_, [u8]> {
        self.part(index).into()
    }

    fn number(&self, index: usize) -> f64 {
        self.args[index]
    }

    fn flag(&self, index: usize) -> bool {
        self.args[index] != 0.0
    }

    fn text(&self, text: &str) -> u32 {
        one_text(text)
    }

    fn texts(&self, text: &str, long_texts: &[Cow<str>]) -> u32 {
        BESIDE.set(long_texts.iter().map(ToString::to_string).collect());
        one_text(text) + u32::try_from(long_texts.len()).unwrap_or_default()
    }
}

impl WasmCall<'_> {
    fn part(&self, index: usize) -> &[u8] {
        let from: usize = self.args[..index].iter().map(|length| size(*length)).sum();
        &self.input[from..from + size(self.args[index])]
    }
}

/// What stands in a record, one after another: each has its length in four bytes before it.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn bytes(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.0.split_first_chunk()?;
        let length = u32::from_le_bytes(*length);
        let (field, rest) = rest.split_at(if length == ABSENT { 0 } else { length as usize });
        self.0 = rest;
        (length != ABSENT).then_some(field)
    }

    fn optional_text(&mut self) -> Option<String> {
        self.bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    fn text(&mut self) -> String {
        self.optional_text().unwrap_or_default()
    }

    fn count(&mut self) -> u32 {
        self.optional_text().and_then(|text| text.parse().ok()).unwrap_or_default()
    }

    fn flag(&mut self) -> bool {
        self.bytes().is_some_and(|bytes| !bytes.is_empty())
    }

    fn list(&mut self) -> Vec<String> {
        (0..self.count()).map(|_| self.text()).collect()
    }
}

fn account_options(fields: &mut Fields) -> AccountOptions {
    AccountOptions {
        tokens: fields.list(),
        encoding_aes_keys: fields.list(),
        app_id: fields.optional_text(),
        receive_ids: fields.flag().then(|| fields.list()),
        mode: fields.optional_text(),
        platform: fields.optional_text(),
        trust: fields.optional_text(),
        tolerance: fields.count().into(),
        body_limit: fields.count() as usize,
    }
}

fn named_account(fields: &mut Fields) -> NamedAccount {
    let mut named = NamedAccount::default();
    named.name = fields.text();
    named.options = account_options(fields);
    named.wrong =
        fields.optional_text().map(|option| AccountError::found_outside(&option, fields.text()));
    named
}

/// The request to explain.
struct Request<'a> {
    method: Option<String>,
    text: String,
    body: Option<&'a [u8]>,
    parsed: bool,
    /// NaN where no age is judged.
    now: f64,
}

impl<'a> Request<'a> {
    fn of(fields: &mut Fields<'a>, now: f64) -> Self {
        Self {
            method: fields.optional_text(),
            text: fields.text(),
            body: fields.bytes(),
            parsed: fields.flag(),
            now,
        }
    }

    fn explanation(&self, accounts: &[NamedAccount], chinese: u32) -> u32 {
        let request = ExplainRequest {
            method: self.method.as_deref(),
            text: &self.text,
            body: self.body.map(|bytes| body(bytes, self.parsed)),
            now: (!self.now.is_nan()).then(|| seconds(self.now)),
        };
        let explanation = wechat_push_core::explain(request, accounts);
        one_text(&wire::explanation(&explanation, language(chinese != 0)))
    }
}

fn of_account(account: u32, args: [f64; 4], body: impl FnOnce(&Account, &WasmCall) -> u32) -> u32 {
    let Some(open) = accounts::account(account) else { return NOTHING };
    with_call(args, |call| body(&open.account, call))
}

fn with_call(args: [f64; 4], body: impl FnOnce(&WasmCall) -> u32) -> u32 {
    INPUT.with_borrow(|input| body(&WasmCall { input, args }))
}

/// Reads a record from the input, and wipes it there.
fn with_fields(length: usize, body: impl FnOnce(&mut Fields) -> u32) -> u32 {
    INPUT.with_borrow_mut(|input| {
        let record = &mut input[..length];
        let value = body(&mut Fields(record));
        record.zeroize();
        value
    })
}

/// Keeps a record where it stays until [`close`], and points at it; it is no text.
fn keep_record(number: u32, record: &[u8]) -> u32 {
    RECORDS.with_borrow_mut(|records| {
        records.open(number, Zeroizing::new(record.to_vec()));
        if let Some(record) = records.get(number) {
            point_at(&record);
        }
    });
    NOTHING
}

fn one_text(text: &str) -> u32 {
    OUTPUT.with_borrow_mut(|output| {
        output.clear();
        output.push_str(text);
        point_at(output.as_bytes())
    })
}

fn one_or_none(text: Option<String>) -> u32 {
    text.map_or(NOTHING, |text| one_text(&text))
}

/// Says where JavaScript finds one text.
fn point_at(bytes: &[u8]) -> u32 {
    RESULT[0].store(bytes.as_ptr() as usize, Ordering::Relaxed);
    RESULT[1].store(bytes.len(), Ordering::Relaxed);
    ONE_TEXT
}
