//! What the fuzz targets share. Every call into the core stands here, so that a change of its names
//! touches one file.

mod json;

use std::borrow::Cow;
use std::sync::OnceLock;

use aes::Aes256Enc;
use aes::cipher::{Array, BlockModeEncrypt, KeyIvInit};
use base64_simd::STANDARD;
use wechat_push_core::document::{self, Format, Object};
use wechat_push_core::envelope::Key;
use wechat_push_core::gateway::{self, ENTROPY};
use wechat_push_core::{
    self as core, Account, AccountOptions, Body, ExplainRequest, HandlerValue, Language, LongTexts,
    NamedAccount, ReplyAddress, Scratch,
};

pub use json::read_json;
pub use wechat_push_core::Split;

pub const TOKEN: &str = "sesame42";
pub const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
pub const APP_ID: &str = "wx0123456789abcdef";
/// Of WeCom, one of the two that its application may be pushed for.
pub const CORP: &str = "ww0123456789abcdef";
pub const NOW: u64 = 1_714_036_504;
pub const NONCE: &str = "1514711492";

/// The message encryption modes; each has one account.
pub const MODES: [&str; 3] = ["plain", "compat", "secure"];
pub const PLAIN: usize = 0;

/// Of few bytes, so that many texts stand beside the JSON.
const LONG_TEXTS: LongTexts = LongTexts { over: 32, mark: '\u{1f}' };

/// A push that was accepted.
#[derive(Debug, PartialEq, Eq)]
pub struct Received {
    pub json: String,
    pub id: String,
    pub address: ReplyAddress<'static>,
    pub raw: String,
}

impl Received {
    /// Where the reply goes, whatever its format.
    pub fn address_but_for_format(&self) -> ReplyAddress<'_> {
        ReplyAddress { format: Format::Xml, ..self.address.clone() }
    }
}

/// A reason and the text that the owner gets.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    pub reason: &'static str,
    pub text: String,
}

/// A reply as it is sent.
pub enum Sent {
    Success,
    Xml(String),
    Json(String),
}

/// What becomes of a handler's value.
pub struct Written {
    pub sent: Sent,
    /// Whether it is not the value as it is.
    pub is_objected_to: bool,
    /// The part that is sent, and the rest.
    pub split: Option<Split>,
}

/// A request of WeChat's server.
pub struct Push {
    pub url: String,
    pub body: String,
    pub message: String,
}

/// The known parameters of a URL.
pub fn query(url: &str) -> Result<Vec<(&'static str, String)>, Refused> {
    let query = core::Query::of_url(url).map_err(|why| refused(&why))?;
    Ok(query.known().map(|(name, value)| (name, value.to_owned())).collect())
}

/// Posts to the account of a mode; `parsed` when the body is what a body parser made.
pub fn post(mode: usize, url: &str, body: &[u8], parsed: bool) -> Result<Received, Refused> {
    let body = if parsed { Body::Parsed(body) } else { Body::Bytes(body) };
    let mut scratch = Scratch::with_long_texts(LONG_TEXTS);
    let received = core::receive_message(account(mode), url, body, NOW, &mut scratch);
    if let Err(early) = core::check_url(account(mode), url, NOW) {
        assert_eq!(received, Err(early), "the URL alone shows it");
    }
    let message = received.map_err(|why| refused(&why))?;
    match message.authentication() {
        None => assert_ne!(mode, PLAIN, "whatever can be replayed is remembered"),
        Some(authentication) => {
            assert_ne!(MODES[mode], "secure");
            assert_eq!(authentication.signature.len(), 40);
        }
    }
    let opened = core::plaintext(account(mode), body).expect("it was accepted");
    assert_eq!(
        document_of(&opened),
        document_of(message.raw()),
        "the plaintext is the one that was read"
    );
    Ok(Received {
        json: whole(message.json(), message.long_texts()),
        id: message.id(),
        address: owned(message.reply_address()),
        raw: message.raw().into(),
    })
}

/// What the handshake is answered with.
pub fn handshake(mode: usize, url: &str) -> Result<String, Refused> {
    let received = core::receive_handshake(account(mode), url).map_err(|why| refused(&why))?;
    assert_eq!(received.signature.is_some(), MODES[mode] != "secure", "it may be replayed");
    Ok(received.echostr.into_owned())
}

/// Posts to the application of WeCom.
pub fn post_to_wecom(url: &str, body: &[u8]) -> Result<Received, Refused> {
    post_sealed(wecom(), url, body)
}

/// Posts to the bot of WeCom.
pub fn post_to_bot(url: &str, body: &[u8]) -> Result<Received, Refused> {
    post_sealed(bot(), url, body)
}

/// What the bot answers a push with a value, given as JSON, is what WeCom takes, or nothing.
pub fn answer_of_bot(received: &Received, value: &str) {
    let value = HandlerValue::Json(value);
    let verdict = core::reply(bot(), &received.address, value, NOW, *b"0123456789abcdef");
    let reply = verdict.expect("the address is the bot's").reply;
    let message = Object::of_json(&received.json).expect("a message is JSON");
    let read = gateway::read_answer(bot(), reply.body.as_bytes(), Format::Json, &message, NONCE);
    assert_eq!(read.map(|read| read.is_some()), Ok(!reply.body.is_empty()));
}

fn post_sealed(account: &Account, url: &str, body: &[u8]) -> Result<Received, Refused> {
    let mut scratch = Scratch::with_long_texts(LONG_TEXTS);
    let received = core::receive_message(account, url, Body::Bytes(body), NOW, &mut scratch);
    let message = received.map_err(|why| refused(&why))?;
    assert!(message.authentication().is_none(), "the signature covers all of it");
    Ok(Received {
        json: whole(message.json(), message.long_texts()),
        id: message.id(),
        address: owned(message.reply_address()),
        raw: message.raw().into(),
    })
}

/// What WeCom's check of the URL is answered with, and whom it is for.
pub fn shaken_by_wecom(url: &str) -> Result<(String, Option<String>), Refused> {
    let received = core::receive_handshake(wecom(), url).map_err(|why| refused(&why))?;
    assert!(received.signature.is_none(), "it cannot be replayed");
    Ok((received.echostr.into_owned(), received.receive_id))
}

/// A post without a signature that is taken.
pub enum Unsigned {
    /// The look at the path.
    Check,
    /// A message, as JSON.
    Message(String),
}

/// Posts without a signature to a service in the cloud; `vouched` where it has the header of the cloud.
pub fn post_unsigned(body: &[u8], vouched: bool) -> Result<Unsigned, Refused> {
    let mut scratch = Scratch::with_long_texts(LONG_TEXTS);
    let body = Body::Bytes(body);
    let received = core::receive_trusting(cloud(), "/push", body, NOW, vouched, &mut scratch);
    Ok(match received.map_err(|why| refused(&why))? {
        core::Trusted::Check(_) => Unsigned::Check,
        core::Trusted::Message(message) => {
            Unsigned::Message(whole(message.json(), message.long_texts()))
        }
    })
}

/// What is sent for a value that a handler returned, given as JSON.
pub fn reply(mode: usize, address: &ReplyAddress, value: &str) -> Result<Written, String> {
    let value = HandlerValue::Json(value);
    let verdict = core::reply(account(mode), address, value, NOW, *b"0123456789abcdef");
    let core::Verdict { reply, objection, split, .. } =
        verdict.map_err(|error| error.to_string())?;
    let sent = match reply.format {
        None => {
            assert_eq!(reply.body, "success");
            Sent::Success
        }
        Some(Format::Xml) => Sent::Xml(reply.body),
        Some(Format::Json) => Sent::Json(reply.body),
    };
    Ok(Written { sent, is_objected_to: objection.is_some(), split })
}

/// Reads an answer as WeChat does; `message` is the one that was pushed, as JSON.
pub fn read_answer(
    mode: usize,
    body: &[u8],
    xml: bool,
    message: &str,
) -> Result<Option<String>, Refused> {
    let message = Object::of_json(message).expect("the target's own message");
    gateway::read_answer(account(mode), body, format(xml), &message, "")
        .map_err(|flaw| Refused { reason: flaw.reason(), text: flaw.to_string() })
}

/// What WeChat's server sends for a message, given as JSON.
pub fn push(mode: usize, message: &str, xml: bool) -> Result<Push, String> {
    let sent = gateway::push(account(mode), message, format(xml), NOW, [0x5a; ENTROPY]);
    let sent = sent.map_err(|error| error.to_string())?;
    let pair = |name: &str| {
        let value = sent.query.text(name).expect("every parameter is text");
        format!("{name}={}", encoded(value.as_bytes()))
    };
    let pairs: Vec<_> = sent.query.0.iter().map(|(name, _)| pair(name)).collect();
    Ok(Push { url: format!("/push?{}", pairs.join("&")), body: sent.body, message: sent.message })
}

/// What `explain` is asked; the options are those of the account that is asked about.
pub struct Asked<'a> {
    pub method: Option<&'a str>,
    pub text: &'a str,
    pub body: Option<&'a [u8]>,
    pub parsed: bool,
    pub now: Option<u64>,
    pub mode: Option<&'a str>,
    pub tokens: Vec<&'a str>,
    pub keys: Vec<&'a str>,
    pub app_id: Option<&'a str>,
}

/// What the owner is told, in English and in Chinese. A second account, with the known Token and key, is
/// among those that the request may be meant for.
pub fn explain(asked: &Asked) -> [Vec<String>; 2] {
    let body =
        asked.body.map(|body| if asked.parsed { Body::Parsed(body) } else { Body::Bytes(body) });
    let request = ExplainRequest { method: asked.method, text: asked.text, body, now: asked.now };
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    let options = AccountOptions {
        tokens: texts(&asked.tokens),
        encoding_aes_keys: texts(&asked.keys),
        app_id: asked.app_id.map(Into::into),
        receive_ids: None,
        mode: asked.mode.map(Into::into),
        ..options("compat")
    };
    let mine = NamedAccount { name: "mine".into(), options, wrong: None };
    let other = NamedAccount { name: "other".into(), options: options_of_another(), wrong: None };
    let explanation = core::explain(request, &[mine, other]);
    assert!(explanation.reason.is_some() || explanation.code.is_none(), "{explanation:?}");
    [Language::English, Language::Chinese].map(|language| {
        let hints = explanation.hints.iter().map(|hint| wechat_push_core::say(hint, language));
        [explanation.detail.clone()].into_iter().chain(hints).collect()
    })
}

/// The text of `Encrypt`, where a body has one.
pub fn find_encrypt(body: &str) -> Option<String> {
    let (format, body) = Format::sniff(body).ok()?;
    document::find_text(format, body, "Encrypt").ok()?.map(Into::into)
}

/// What a sealed text holds.
pub fn opened(encrypt: &str) -> String {
    Key::new(KEY)
        .and_then(|key| key.open(encrypt, APP_ID).map_err(|why| why.to_string()))
        .expect("it is sealed")
}

/// Seals any bytes for the known account.
pub fn sealed(message: &[u8]) -> String {
    sealed_for(message, APP_ID)
}

/// Seals any bytes with the known key.
pub fn sealed_for(message: &[u8], receiver: &str) -> String {
    let length = u32::try_from(message.len()).expect("inputs are small").to_be_bytes();
    let mut buffer = [b"0123456789abcdef", &length[..], message, receiver.as_bytes()].concat();
    let pad = 32 - buffer.len() % 32;
    buffer.resize(buffer.len() + pad, u8::try_from(pad).expect("at most 32"));
    encrypted(buffer)
}

/// Encrypts bytes as they are, filled up with zeros to whole blocks.
pub fn encrypted(mut buffer: Vec<u8>) -> String {
    buffer.resize(buffer.len().next_multiple_of(16), 0);
    let key = base64_simd::forgiving_decode_to_vec(KEY.as_bytes()).expect("it is base64");
    let mut cipher =
        cbc::Encryptor::<Aes256Enc>::new_from_slices(&key, &key[..16]).expect("32 bytes");
    let (blocks, _) = Array::slice_as_chunks_mut(&mut buffer);
    cipher.encrypt_blocks(blocks);
    STANDARD.encode_to_string(&buffer)
}

/// The envelope of a push.
pub fn envelope(encrypt: &str, xml: bool) -> String {
    if xml {
        format!("<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>")
    } else {
        format!(r#"{{"ToUserName":"gh_1","Encrypt":"{encrypt}"}}"#)
    }
}

/// A URL with `signature`, for a push in plaintext.
pub fn plain_url() -> String {
    url("signature", &sign([TOKEN, &NOW.to_string(), NONCE]))
}

/// A URL with `msg_signature`, for a sealed push.
pub fn sealed_url(encrypt: &str) -> String {
    url("msg_signature", &sign([TOKEN, &NOW.to_string(), NONCE, encrypt]))
}

/// The URL of WeCom's check, with an echostr that is encrypted.
pub fn decrypted_url(encrypt: &str) -> String {
    format!("{}&echostr={}", sealed_url(encrypt), encoded(encrypt.as_bytes()))
}

/// The signature of the parts.
pub fn sign<const N: usize>(parts: [&str; N]) -> String {
    core::signature::sign(parts.map(str::as_bytes)).map(char::from).iter().collect()
}

/// Percent-encoded.
pub fn encoded(bytes: &[u8]) -> String {
    percent_encoding::percent_encode(bytes, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// No text for people or logs shows a secret that was not in the input.
pub fn assert_silent(text: &str, input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    for secret in [TOKEN, KEY] {
        assert!(!text.contains(secret) || input.contains(secret), "a secret is shown: {text}");
    }
}

fn account(mode: usize) -> &'static Account {
    static ACCOUNTS: OnceLock<[Account; 3]> = OnceLock::new();
    let account = |mode| Account::new(options(mode)).expect("the options are right");
    &ACCOUNTS.get_or_init(|| MODES.map(account))[mode]
}

fn wecom() -> &'static Account {
    static ACCOUNT: OnceLock<Account> = OnceLock::new();
    ACCOUNT.get_or_init(|| {
        let receive_ids = Some(vec!["ww0123456789abcde0".into(), CORP.into()]);
        let platform = Some("wecom".into());
        let options =
            AccountOptions { app_id: None, receive_ids, mode: None, platform, ..options("secure") };
        Account::new(options).expect("the options are right")
    })
}

fn bot() -> &'static Account {
    static ACCOUNT: OnceLock<Account> = OnceLock::new();
    ACCOUNT.get_or_init(|| {
        let platform = Some("wecom-bot".into());
        let options = AccountOptions { app_id: None, mode: None, platform, ..options("secure") };
        Account::new(options).expect("the options are right")
    })
}

fn cloud() -> &'static Account {
    static ACCOUNT: OnceLock<Account> = OnceLock::new();
    ACCOUNT.get_or_init(|| {
        let options = AccountOptions {
            tokens: vec![],
            encoding_aes_keys: vec![],
            trust: Some("cloudrun".into()),
            ..options("plain")
        };
        Account::new(options).expect("the options are right")
    })
}

fn options(mode: &str) -> AccountOptions {
    AccountOptions {
        tokens: vec![TOKEN.into()],
        encoding_aes_keys: vec![KEY.into()],
        app_id: Some(APP_ID.into()),
        receive_ids: None,
        mode: Some(mode.into()),
        platform: None,
        trust: None,
        tolerance: 300,
        body_limit: 1 << 20,
    }
}

fn options_of_another() -> AccountOptions {
    AccountOptions { app_id: Some("wxanother".into()), ..options("secure") }
}

fn format(xml: bool) -> Format {
    if xml { Format::Xml } else { Format::Json }
}

fn url(name: &str, signature: &str) -> String {
    format!("/push?{name}={signature}&timestamp={NOW}&nonce={NONCE}")
}

fn refused(rejection: &core::Rejection) -> Refused {
    Refused { reason: rejection.reason(), text: rejection.to_string() }
}

fn owned(address: ReplyAddress) -> ReplyAddress<'static> {
    let ReplyAddress { user, account, nonce, receive_id, subject, .. } = address;
    let [user, account, nonce, subject] =
        [user, account, nonce, subject].map(|text| text.into_owned().into());
    let receive_id = receive_id.map(|id| id.into_owned().into());
    ReplyAddress { user, account, nonce, receive_id, subject, ..address }
}

/// A plaintext without what stands before and after the document.
fn document_of(text: &str) -> &str {
    Format::sniff(text).map_or(text, |(_, document)| document)
}

/// The message with the texts that stand beside it in their places.
fn whole(json: &str, long_texts: &[Cow<str>]) -> String {
    let mut value = serde_json::from_str(json).expect("a message is JSON");
    put_back(&mut value, long_texts);
    value.to_string()
}

fn put_back(value: &mut serde_json::Value, long_texts: &[Cow<str>]) {
    match value {
        serde_json::Value::String(text) => {
            if let Some(place) = text.strip_prefix(LONG_TEXTS.mark) {
                *text =
                    long_texts[place.parse::<usize>().expect("the place of a text")].to_string();
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                put_back(item, long_texts);
            }
        }
        serde_json::Value::Object(fields) => {
            fields.values_mut().for_each(|item| put_back(item, long_texts));
        }
        _ => {}
    }
}
