//! What a request is, once it is verified: a handshake or a message.

use std::borrow::Cow;
use std::ops::Range;

use crate::account::{self, Account, Mode};
use crate::body::{Body, Content};
use crate::document::Format;
use crate::envelope::{Key, Opened};
use crate::message::{LongTexts, Message, UsedKeys, WriteOptions};
use crate::platform::Platform;
use crate::query::{Parameter, Query};
use crate::rejection::Rejection;
use crate::text::utf8;

/// Buffers that the caller keeps between calls, so that not every push allocates its own.
#[derive(Default)]
pub struct Scratch {
    decrypted: Vec<u8>,
    json: String,
    long_texts: Option<LongTexts>,
}

impl Scratch {
    /// These texts of a message stand beside its JSON ([`Message::long_texts`]).
    pub fn with_long_texts(long_texts: LongTexts) -> Self {
        Self { long_texts: Some(long_texts), ..Self::default() }
    }

    /// Gives the memory back when it is more than this many bytes.
    pub fn shrink(&mut self, bytes: usize) {
        if self.decrypted.capacity() + self.json.capacity() > bytes {
            *self = Self { long_texts: self.long_texts, ..Self::default() };
        }
    }
}

/// A GET by which WeChat checks the URL that was entered in its console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake<'a> {
    /// What the answer is, exactly.
    pub echostr: Cow<'a, str>,
    /// The index of the Token that signed it.
    pub token: usize,
    /// The parameter `signature`, where a push with a body of anybody's could carry it, too: it must be remembered
    /// as used.
    pub signature: Option<Cow<'a, str>>,
    /// The part of WeCom that it is for, where the account does not say it alone.
    pub receive_id: Option<String>,
}

/// What WeChat's check of the URL is. `url` is the request target, with its query.
///
/// # Errors
/// Why it is none of WeChat's.
pub fn receive_handshake<'a>(account: &Account, url: &'a str) -> Result<Handshake<'a>, Rejection> {
    if !account.has_token() {
        return Err(Rejection::OutsideCloud);
    }
    let mut query = Query::of_url(url)?;
    let covers_echostr = account.platform.handshake_signature == Parameter::MsgSignature;
    let token = if covers_echostr {
        let echostr = query.get(Parameter::Echostr).unwrap_or_default();
        check_msg_signature(account, &query, echostr)?
    } else {
        check_signature(account, &query)?
    };
    let echostr = query.take(Parameter::Echostr).filter(|text| !text.is_empty());
    let echostr = echostr.ok_or(Rejection::MissingEchostr)?;
    let (echostr, receive_id) = if account.platform.echostr_is_encrypted {
        let (plaintext, receiver) = decrypted_for(account, &echostr)?;
        // A push that somebody has seen encrypted must not come back in plaintext: it is signed in the same way.
        if Format::sniff(&plaintext).is_ok() {
            return Err(Rejection::Replayed);
        }
        (plaintext.into(), receiver)
    } else {
        (echostr, None)
    };
    let is_replayable = !covers_echostr && account.takes_plaintext();
    let signature = query.take(Parameter::Signature).filter(|_| is_replayable);
    Ok(Handshake { echostr, token, signature, receive_id })
}

/// The message or the event of a POST at `now`, in seconds since 1970; it stands in `scratch`.
///
/// # Errors
/// Why it is none of WeChat's, or none that this account takes.
pub fn receive_message<'a>(
    account: &Account,
    url: &'a str,
    body: Body<'a>,
    now: u64,
    scratch: &'a mut Scratch,
) -> Result<Message<'a>, Rejection> {
    let Checked { query, signer, age } = checked_query(account, url, now)?;
    account.check_size(body.len())?;
    let content = body.content(account.platform)?;
    let Scratch { decrypted, json, long_texts } = scratch;
    if let Some((ciphertext, spelling)) = ciphertext(account, &content)? {
        let token = check_msg_signature(account, &query, &ciphertext)?;
        let Decrypted { key, message, receiver } = decrypt(account, &ciphertext, decrypted)?;
        let receive_id = receiver.map(|receiver| utf8(&decrypted[receiver])).transpose()?;
        let content = Content::of_text(utf8(&decrypted[message])?)?;
        // In compat mode a `signature` alone, which does not cover the body, is enough for another, plaintext body.
        let is_replayable =
            account.mode == Mode::Compat && check_signature(account, &query).is_ok();
        let used = UsedKeys { key, token };
        let verified = Verified { token, used: Some(used), is_replayable, spelling, receive_id };
        return write(account, query, content, verified, json, *long_texts);
    }
    let token = match (signer, account.mode) {
        (Some(token), _) => token,
        (None, Mode::Secure) => return Err(Rejection::PlaintextRefused),
        (None, _) => check_signature(account, &query)?,
    };
    let verified =
        Verified { token, used: None, is_replayable: true, spelling: 0, receive_id: None };
    let message = write(account, query, content, verified, json, *long_texts);
    if message.as_ref().is_ok_and(|message| !message.is_event()) {
        account.check_age_of_plaintext_message(age)?;
    }
    message
}

/// The plaintext of a body that [`receive_message`] has accepted; nothing is verified again.
///
/// # Errors
/// Why it would not have been accepted.
pub fn plaintext(account: &Account, body: Body) -> Result<String, Rejection> {
    let content = body.content(account.platform)?;
    match ciphertext(account, &content)? {
        Some((ciphertext, _)) => {
            Ok(Content::of_text(&decrypted(account, &ciphertext)?)?.raw().to_owned())
        }
        None => Ok(content.raw().to_owned()),
    }
}

/// Refuses a POST whose URL alone shows that it is none of WeChat's, so that nobody has to read its body.
///
/// # Errors
/// Why [`receive_message`] would refuse it, whatever its body.
pub fn check_url(account: &Account, url: &str, now: u64) -> Result<(), Rejection> {
    if account.trust.is_some() && is_unsigned(account, &Query::of_url(url)?) {
        return Ok(());
    }
    checked_query(account, url, now).map(drop)
}

/// The same of any request before its account is known: whether it has the parameters of WeChat's requests, one of each,
/// and of a push (`is_push`), whether it is no older than `tolerance`, in seconds.
///
/// # Errors
/// Why every account would refuse it.
pub fn check_parameters(
    url: &str,
    is_push: bool,
    now: u64,
    tolerance: u64,
) -> Result<(), Rejection> {
    let query = Query::of_url(url)?;
    let timestamp = query.required(Parameter::Timestamp)?;
    if is_push {
        account::check_age(timestamp, now, tolerance)?;
    }
    query.required(Parameter::Nonce)?;
    match query.get(Parameter::MsgSignature) {
        Some(signature) if is_signature(signature) => Ok(()),
        Some(_) => Err(Rejection::MsgSignatureMismatch),
        None if is_signature(query.required(Parameter::Signature)?) => Ok(()),
        None => Err(Rejection::SignatureMismatch),
    }
}

/// Whether [`check_url`] may refuse a URL with which [`check_parameters`] finds nothing wrong by the same tolerance.
pub fn judges_urls(account: &Account) -> bool {
    account.mode == Mode::Plain
}

/// Whether nothing of it could be verified, by an account that may take it all the same.
pub(crate) fn is_unsigned(account: &Account, query: &Query) -> bool {
    let signatures = [Parameter::Signature, Parameter::MsgSignature];
    let is_signed = signatures.into_iter().any(|one| query.get(one).is_some());
    account.trust.is_some() && !(is_signed && account.has_token())
}

/// The message of a push that is believed without a signature.
///
/// # Errors
/// It is malformed, or encrypted.
pub(crate) fn write_unsigned<'a>(
    account: &Account,
    query: Query<'a>,
    content: Content<'a>,
    Scratch { json, long_texts, .. }: &'a mut Scratch,
) -> Result<Message<'a>, Rejection> {
    let believed =
        Verified { token: 0, used: None, is_replayable: false, spelling: 0, receive_id: None };
    write(account, query, content, believed, json, *long_texts)
}

/// How a push was verified.
struct Verified<'a> {
    /// The index of the Token that signed it.
    token: usize,
    /// What decrypted it.
    used: Option<UsedKeys>,
    /// Whether its `signature` is right and may be replayed.
    is_replayable: bool,
    /// How its envelope is spelt.
    spelling: usize,
    /// The part of WeCom that it is for.
    receive_id: Option<&'a str>,
}

/// The message of a push that is verified.
fn write<'a>(
    account: &Account,
    mut query: Query<'a>,
    content: Content<'a>,
    Verified { token, used, is_replayable, spelling, receive_id }: Verified<'a>,
    json: &'a mut String,
    long_texts: Option<LongTexts>,
) -> Result<Message<'a>, Rejection> {
    let (format, raw) = (content.format(), content.raw());
    let Platform { family, .. } = *account.platform;
    let ciphertext = account.platform.envelope(format, 0).ciphertext;
    let written = content.write(json, WriteOptions { long_texts, ciphertext, family })?;
    if used.is_none() && written.has_ciphertext {
        return Err(Rejection::EncryptedWithoutKey);
    }
    Ok(Message {
        format,
        json: written.json,
        long_texts: written.long_texts,
        fields: written.fields,
        takes: written.takes,
        raw,
        nonce: query.take(Parameter::Nonce).unwrap_or_default(),
        token,
        used,
        spelling,
        receive_id,
        signature: query.take(Parameter::Signature).filter(|_| is_replayable),
        platform: account.platform,
    })
}

/// The parameters of a push, and how many seconds old it is; in plain mode, where nothing but them is signed, also
/// the index of the Token that signed.
struct Checked<'q> {
    query: Query<'q>,
    signer: Option<usize>,
    age: i64,
}

fn checked_query<'q>(account: &Account, url: &'q str, now: u64) -> Result<Checked<'q>, Rejection> {
    let query = Query::of_url(url)?;
    let age = account.check_age(query.required(Parameter::Timestamp)?, now)?;
    query.required(Parameter::Nonce)?;
    let signer = match account.mode {
        Mode::Plain => Some(check_signature(account, &query)?),
        _ => None,
    };
    Ok(Checked { query, signer, age })
}

/// The index of the Token that signed.
pub(crate) fn check_signature(account: &Account, query: &Query) -> Result<usize, Rejection> {
    let given = query.required(Parameter::Signature)?;
    let (timestamp, nonce) = signed_parts(query)?;
    let signer = account.signer(given, |token| [token, timestamp, nonce]);
    signer.ok_or(Rejection::SignatureMismatch)
}

/// The index of the Token that signed.
fn check_msg_signature(
    account: &Account,
    query: &Query,
    ciphertext: &str,
) -> Result<usize, Rejection> {
    let given = query.required(Parameter::MsgSignature)?;
    let (timestamp, nonce) = signed_parts(query)?;
    let signer = account.signer(given, |token| [token, timestamp, nonce, ciphertext.as_bytes()]);
    signer.ok_or(Rejection::MsgSignatureMismatch)
}

/// Whether it has the form of one.
fn is_signature(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn signed_parts<'q>(query: &'q Query) -> Result<(&'q [u8], &'q [u8]), Rejection> {
    let timestamp = query.required(Parameter::Timestamp)?;
    Ok((timestamp.as_bytes(), query.required(Parameter::Nonce)?.as_bytes()))
}

/// The ciphertext of an encrypted push, and how its envelope is spelt; plain mode does not look for one.
fn ciphertext<'a>(
    account: &Account,
    content: &Content<'a>,
) -> Result<Option<(Cow<'a, str>, usize)>, Rejection> {
    match account.mode {
        Mode::Plain => Ok(None),
        Mode::Compat => content.ciphertext(account.platform),
        Mode::Secure => content.ciphertext_alone(account.platform),
    }
}

/// The text in a ciphertext.
pub(crate) fn decrypted(account: &Account, ciphertext: &str) -> Result<String, Rejection> {
    decrypted_for(account, ciphertext).map(|(text, _)| text)
}

/// The same, and whom it is for, where the account does not say it alone.
fn decrypted_for(
    account: &Account,
    ciphertext: &str,
) -> Result<(String, Option<String>), Rejection> {
    let mut buffer = vec![];
    let Decrypted { message, receiver, .. } = decrypt(account, ciphertext, &mut buffer)?;
    let text = |range: Range<usize>| utf8(&buffer[range]).map(ToOwned::to_owned);
    Ok((text(message)?, receiver.map(text).transpose()?))
}

/// What decrypted a push, and where its parts stand.
struct Decrypted {
    /// The index of the key.
    key: usize,
    message: Range<usize>,
    /// Whom it is for, where the account does not say it alone.
    receiver: Option<Range<usize>>,
}

/// Tries the keys in turn: what was encrypted with the previous one can arrive after a change. Returns which
/// key fits, and where in `buffer` the parts stand.
fn decrypt(
    account: &Account,
    ciphertext: &str,
    buffer: &mut Vec<u8>,
) -> Result<Decrypted, Rejection> {
    let mut refused = Rejection::DecryptionFailed;
    for (index, key) in account.keys.iter().enumerate() {
        match open(account, key, ciphertext, buffer) {
            Ok((message, receiver)) => return Ok(Decrypted { key: index, message, receiver }),
            Err(rejection) if index == 0 => refused = rejection,
            Err(_) => {}
        }
    }
    Err(refused)
}

fn open(
    account: &Account,
    key: &Key,
    ciphertext: &str,
    buffer: &mut Vec<u8>,
) -> Result<(Range<usize>, Option<Range<usize>>), Rejection> {
    let Opened { message, receiver } = key.open_into(ciphertext, buffer)?;
    let is_told = account.check_receiver(&buffer[receiver.clone()])?;
    Ok((message, is_told.then_some(receiver)))
}
