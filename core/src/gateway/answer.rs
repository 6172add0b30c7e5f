//! What a server answered to a push, read as WeChat reads it.

use std::fmt;

use wechat_push_clues::is_timestamp;

use crate::account::{Account, Mode};
use crate::document::{Format, Object, root};
use crate::explain::Language;
use crate::message::names::{EVENT, FROM_USER_NAME, MSG_TYPE, TO_USER_NAME};
use crate::message::reply_to_json;
use crate::platform::{EnvelopeNames, Family};
use crate::quoted::quoted;
use crate::receiver::decrypted;
use crate::rejection::Rejection;
use crate::reply::{Answered, Objection, judge};
use crate::text::trim;
use crate::trust::LOOKED_AT;

/// What is wrong with an answer: the user gets no reply, or is told that the service is unavailable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerFlaw {
    /// Not 200.
    UnexpectedStatus {
        /// The one that came.
        status: u16,
        /// Where a redirect leads.
        location: Option<Box<str>>,
    },
    /// The body has a content coding, which WeChat does not ask for.
    Encoded(Box<str>),
    /// The body is not `echostr`, which has this many digits.
    EchostrMismatch(usize),
    /// The body is not what a look at the path wants to hear.
    PathUnanswered,
    /// The body is not UTF-8.
    InvalidUtf8,
    /// It is neither `success` nor a reply in XML or JSON.
    Malformed(Box<str>),
    /// Not encrypted, in secure mode.
    Plaintext,
    /// Encrypted, where WeChat reads plaintext.
    Encrypted,
    /// The envelope lacks a field, or has it under another name.
    MissingField {
        /// The name that it needs.
        name: &'static str,
        /// One that differs in case only.
        similar: Option<Box<str>>,
    },
    /// `TimeStamp` is not ten digits.
    InvalidTimestamp,
    /// `MsgSignature` is not that of the envelope.
    MsgSignatureMismatch,
    /// The ciphertext does not decrypt.
    Undecryptable(Rejection),
    /// A JSON reply to a user of an account whose data format is XML.
    Json,
    /// A reply in XML, of a bot, whose answers are JSON.
    Xml,
    /// The envelope of a bot's answer has another nonce than the URL of the push.
    OtherNonce,
    /// It breaks a rule that a reply is judged by before it is sent.
    Objectionable(Objection),
    /// A reply to somebody else, or from somebody else.
    Misaddressed {
        /// `ToUserName` or `FromUserName`.
        name: &'static str,
        /// Who it should be.
        expected: Box<str>,
    },
}

impl AnswerFlaw {
    /// The stable name, `snake_case`.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::UnexpectedStatus { .. } => "unexpected_status",
            Self::Encoded(_) => "encoded_answer",
            Self::EchostrMismatch(_) => "echostr_mismatch",
            Self::PathUnanswered => "path_unanswered",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::Malformed(_) => "malformed_reply",
            Self::Plaintext => "plaintext_reply",
            Self::Encrypted => "encrypted_reply",
            Self::MissingField { .. } => "missing_field",
            Self::InvalidTimestamp => "invalid_timestamp",
            Self::MsgSignatureMismatch => "msg_signature_mismatch",
            Self::Undecryptable(rejection) => rejection.reason(),
            Self::Json => "json_reply",
            Self::Xml => "xml_reply",
            Self::OtherNonce => "other_nonce",
            Self::Objectionable(objection) => objection.rule(),
            Self::Misaddressed { .. } => "misaddressed_reply",
        }
    }

    /// The same sentence in Chinese, where there is one.
    pub fn in_chinese(&self) -> Option<String> {
        match self {
            Self::Objectionable(objection) => Some(objection.text(Language::Chinese)),
            _ => None,
        }
    }
}

/// Whether WeChat looks into the body of an answer with this status and these headers.
///
/// # Errors
/// Why not.
pub fn check_answer(
    status: u16,
    content_encoding: Option<&str>,
    location: Option<&str>,
) -> Result<(), AnswerFlaw> {
    if status != 200 {
        return Err(AnswerFlaw::UnexpectedStatus { status, location: location.map(Into::into) });
    }
    match content_encoding {
        None | Some("identity") => Ok(()),
        Some(coding) => Err(AnswerFlaw::Encoded(coding.into())),
    }
}

/// Whether the body of the answer to a handshake is `echostr`, byte for byte; a look at the path takes nothing as well.
///
/// # Errors
/// [`AnswerFlaw::EchostrMismatch`], [`AnswerFlaw::PathUnanswered`]
pub fn check_echo(body: &[u8], echostr: &str) -> Result<(), AnswerFlaw> {
    let is_look = echostr == LOOKED_AT;
    match body == echostr.as_bytes() || is_look && body.is_empty() {
        true => Ok(()),
        false if is_look => Err(AnswerFlaw::PathUnanswered),
        false => Err(AnswerFlaw::EchostrMismatch(echostr.len())),
    }
}

/// The reply in the body of an answer as JSON, or `None` for no reply: an empty body or
/// `success`. `format` is the account's data format, `message` the one that was pushed and `nonce` that of its URL, where
/// they are known. From XML every leaf but `CreateTime` is text, and `item` a list.
///
/// # Errors
/// What WeChat would not take.
pub fn read_answer(
    account: &Account,
    body: &[u8],
    format: Format,
    message: &Object,
    nonce: &str,
) -> Result<Option<String>, AnswerFlaw> {
    let is_bot = account.platform.family == Family::Bot;
    let format = account.platform.pushed_in(format);
    let text = std::str::from_utf8(body).map_err(|_| AnswerFlaw::InvalidUtf8)?;
    if is_bot && trim(text) == "success" {
        let why = "a bot that says nothing answers with an empty body, not with success";
        return Err(AnswerFlaw::Malformed(why.into()));
    }
    let Some((found, json)) = document(text)? else { return Ok(None) };
    if is_bot && found == Format::Xml {
        return Err(AnswerFlaw::Xml);
    }
    let tree = Object::of_json(&json).map_err(malformed)?;
    let event = message.text(EVENT).unwrap_or_default();
    let wants_encrypted = match account.mode {
        Mode::Plain => Some(false),
        Mode::Compat => None,
        Mode::Secure => Some(!account.platform.wants_plaintext_reply(event)),
    };
    let spellings = account.platform.envelopes(found);
    let names = spellings.iter().find(|names| tree.get(names.ciphertext).is_some());
    let names = names.unwrap_or(&spellings[0]);
    let encrypted = tree.0.iter().any(|(name, _)| name.eq_ignore_ascii_case(names.ciphertext));
    match (wants_encrypted, encrypted) {
        (Some(true), false) => return Err(AnswerFlaw::Plaintext),
        (Some(false), true) => return Err(AnswerFlaw::Encrypted),
        (_, false) => return reply(account, found, json, format, message).map(Some),
        (_, true) => {}
    }
    let plaintext = open(account, &tree, names)?;
    if is_bot && !nonce.is_empty() && tree.text(names.nonce) != Some(nonce) {
        return Err(AnswerFlaw::OtherNonce);
    }
    let Some((found, json)) = document(&plaintext)? else { return Ok(None) };
    reply(account, found, json, format, message).map(Some)
}

/// What the envelope holds, once its own signature is right.
fn open(account: &Account, envelope: &Object, names: &EnvelopeNames) -> Result<String, AnswerFlaw> {
    let ciphertext = field(envelope, names.ciphertext)?;
    let given = field(envelope, names.signature)?;
    let timestamp = field(envelope, names.timestamp)?;
    let nonce = field(envelope, names.nonce)?;
    if !is_timestamp(timestamp) {
        return Err(AnswerFlaw::InvalidTimestamp);
    }
    let parts = [timestamp, nonce, ciphertext].map(str::as_bytes);
    let signer = account.signer(given, |token| [token, parts[0], parts[1], parts[2]]);
    signer.ok_or(AnswerFlaw::MsgSignatureMismatch)?;
    decrypted(account, ciphertext).map_err(AnswerFlaw::Undecryptable)
}

/// A body as JSON, and its format; `None` when it says that there is no reply.
fn document(text: &str) -> Result<Option<(Format, String)>, AnswerFlaw> {
    if matches!(trim(text), "" | "success") {
        return Ok(None);
    }
    let (format, text) = Format::sniff(text).map_err(malformed)?;
    if format == Format::Xml {
        let root = root(text).map_err(malformed)?;
        if root != "xml" {
            let why = format!("its root element is <{root:.64}>, not <xml>; is it a page?");
            return Err(AnswerFlaw::Malformed(why.into()));
        }
    }
    reply_to_json(format, text).map(|json| Some((format, json))).map_err(malformed)
}

fn reply(
    account: &Account,
    found: Format,
    json: String,
    format: Format,
    message: &Object,
) -> Result<String, AnswerFlaw> {
    let tree = Object::of_json(&json).map_err(malformed)?;
    if account.platform.family != Family::Bot && tree.get(MSG_TYPE).is_some() {
        if (found, format) == (Format::Json, Format::Xml) {
            return Err(AnswerFlaw::Json);
        }
        check_address(&tree, TO_USER_NAME, message.text(FROM_USER_NAME))?;
        check_address(&tree, FROM_USER_NAME, message.text(TO_USER_NAME))?;
    }
    let answered = Answered::pushed(message, account.platform.family);
    judge(&tree, &answered, account.platform).map_err(AnswerFlaw::Objectionable)?;
    Ok(json)
}

fn check_address(
    reply: &Object,
    name: &'static str,
    expected: Option<&str>,
) -> Result<(), AnswerFlaw> {
    match expected {
        Some(expected) if reply.text(name) != Some(expected) => {
            Err(AnswerFlaw::Misaddressed { name, expected: expected.into() })
        }
        _ => Ok(()),
    }
}

fn field<'t>(envelope: &'t Object, name: &'static str) -> Result<&'t str, AnswerFlaw> {
    if let Some(text) = envelope.text(name).map(trim).filter(|text| !text.is_empty()) {
        return Ok(text);
    }
    let mut names = envelope.0.iter().map(|(key, _)| key.as_ref());
    let similar = names.find(|key| *key != name && key.eq_ignore_ascii_case(name)).map(Into::into);
    Err(AnswerFlaw::MissingField { name, similar })
}

fn malformed(rejection: Rejection) -> AnswerFlaw {
    AnswerFlaw::Malformed(match rejection {
        Rejection::MalformedBody(why) => why,
        Rejection::DoctypeRefused => "it has a DOCTYPE; is it an HTML page?".into(),
        other => other.to_string().into(),
    })
}

/// One English sentence with names, never a secret.
impl fmt::Display for AnswerFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedStatus { status, location } => {
                write!(f, "the status is {status}")?;
                if let Some(location) = location {
                    write!(f, " to {location}")?;
                }
                f.write_str("; WeChat takes 200 only")
            }
            Self::Encoded(coding) => {
                write!(f, "the answer is encoded ({coding}), which WeChat did not ask for")
            }
            Self::EchostrMismatch(digits) => {
                write!(f, "the answer is not the {digits} digits of echostr, byte for byte")
            }
            Self::PathUnanswered => {
                write!(f, "the answer to the look at the path is neither {LOOKED_AT} nor empty")
            }
            Self::InvalidUtf8 => f.write_str("the reply is not UTF-8"),
            Self::Malformed(why) => {
                write!(f, "the answer is neither success nor empty nor a reply: {why}")
            }
            Self::Plaintext => f.write_str(
                "the reply is not encrypted, which secure mode asks for; \
                 only success and an empty body may be plaintext",
            ),
            Self::Encrypted => f.write_str(
                "the reply is encrypted, where WeChat reads plaintext: in plain mode, \
                 and from mini-game delivery in any mode",
            ),
            Self::MissingField { name, similar: None } => write!(f, "the envelope has no {name}"),
            Self::MissingField { name, similar: Some(similar) } => {
                let similar = quoted(similar);
                write!(f, "the envelope has {similar} where WeChat reads {name}")
            }
            Self::InvalidTimestamp => {
                f.write_str("TimeStamp of the envelope is not ten digits, seconds since 1970")
            }
            Self::MsgSignatureMismatch => f.write_str(
                "MsgSignature is not the SHA-1 of the sorted Token and the envelope's own \
                 TimeStamp, Nonce and Encrypt",
            ),
            Self::Undecryptable(Rejection::AppIdMismatch { expected, got }) => {
                let [expected, got] = [expected, got].map(|id| quoted(id));
                write!(f, "the reply is encrypted for the AppID {got}, not for {expected}")
            }
            Self::Undecryptable(Rejection::ReceiveIdMismatch { expected, got }) => {
                let got = quoted(got);
                write!(f, "the reply is encrypted for the receiveid {got}, not for {expected}")
            }
            Self::Undecryptable(Rejection::InvalidBase64) => f.write_str("Encrypt is not base64"),
            Self::Undecryptable(Rejection::InvalidUtf8) => {
                f.write_str("what the reply's envelope holds is not UTF-8")
            }
            Self::Undecryptable(_) => f.write_str(
                "Encrypt does not open under this encodingAESKey: another key, a wrong padding \
                 or a wrong length",
            ),
            Self::Json => f.write_str(
                "the reply is JSON, while the data format is XML; WeChat then takes XML only",
            ),
            Self::Xml => f.write_str("the answer is XML, and a bot's is JSON: {\"encrypt\": …}"),
            Self::OtherNonce => f.write_str(
                "nonce of the envelope is not the one of the push's URL, which a bot's answer repeats",
            ),
            Self::Objectionable(objection) => f.write_str(&objection.text(Language::English)),
            Self::Misaddressed { name, expected } => {
                let expected = quoted(expected);
                write!(f, "{name} of the reply must be {expected}, the other side of the message")
            }
        }
    }
}
