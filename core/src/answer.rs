//! What a server answered to a push, read as WeChat reads it.

use std::fmt;

use crate::account::Mode;
use crate::document::{self, Format, Object, Value, trim};
use crate::{Account, Rejection, xml_reader};

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
    /// The body is not UTF-8.
    InvalidUtf8,
    /// It is neither `success` nor a reply in XML or JSON.
    Malformed(Box<str>),
    /// Not sealed, in secure mode.
    Plaintext,
    /// Sealed, where WeChat reads plaintext.
    Encrypted,
    /// The envelope lacks a field, or has it under another name.
    MissingField {
        /// The name that it needs.
        name: &'static str,
        /// The nearest that is there.
        near: Option<Box<str>>,
    },
    /// `TimeStamp` is not ten digits.
    InvalidTimestamp,
    /// `MsgSignature` is not that of the envelope.
    MsgSignatureMismatch,
    /// The envelope does not open.
    Sealed(Rejection),
    /// A JSON reply to a user of an account whose data format is XML.
    Json,
    /// A reply to a user's message that does not say what it is.
    MissingMsgType,
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
            Self::InvalidUtf8 => "invalid_utf8",
            Self::Malformed(_) => "malformed_reply",
            Self::Plaintext => "plaintext_reply",
            Self::Encrypted => "encrypted_reply",
            Self::MissingField { .. } => "missing_field",
            Self::InvalidTimestamp => "invalid_timestamp",
            Self::MsgSignatureMismatch => "msg_signature_mismatch",
            Self::Sealed(rejection) => rejection.reason(),
            Self::Json => "json_reply",
            Self::MissingMsgType => "missing_msgtype",
            Self::Misaddressed { .. } => "misaddressed_reply",
        }
    }

    /// `{"reason":…,"detail":…}`
    pub fn to_json(&self) -> String {
        Object(vec![
            ("reason".into(), Value::Text(self.reason().into())),
            ("detail".into(), Value::Text(self.to_string().into())),
        ])
        .to_json(256)
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

/// Whether the body of the answer to a handshake is `echostr`, byte for byte.
///
/// # Errors
/// [`AnswerFlaw::EchostrMismatch`]
pub fn check_echo(body: &[u8], echostr: &str) -> Result<(), AnswerFlaw> {
    if body == echostr.as_bytes() {
        Ok(())
    } else {
        Err(AnswerFlaw::EchostrMismatch(echostr.len()))
    }
}

impl Account {
    /// The reply in the body of an answer as JSON, or `None` for no reply: an empty body or
    /// `success`. `format` is the account's data format, `message` the one that was pushed, where it
    /// is known. From XML every leaf but `CreateTime` is text, and `item` a list.
    ///
    /// # Errors
    /// What WeChat would not take.
    pub fn read_answer(
        &self,
        body: &[u8],
        format: Format,
        message: &Object,
    ) -> Result<Option<String>, AnswerFlaw> {
        let text = std::str::from_utf8(body).map_err(|_| AnswerFlaw::InvalidUtf8)?;
        let Some((found, json)) = document(text)? else { return Ok(None) };
        let tree = Object::of_json(&json).map_err(malformed)?;
        let wanted = match self.mode {
            Mode::Plain => Some(false),
            Mode::Compat => None,
            Mode::Secure => Some(!is_mini_game_delivery(message)),
        };
        let sealed = tree.0.iter().any(|(name, _)| name.eq_ignore_ascii_case("Encrypt"));
        match (wanted, sealed) {
            (Some(true), false) => return Err(AnswerFlaw::Plaintext),
            (Some(false), true) => return Err(AnswerFlaw::Encrypted),
            (_, false) => return reply(found, json, format, message).map(Some),
            (_, true) => {}
        }
        let opened = self.answer_in(&tree)?;
        let Some((found, json)) = document(&opened)? else { return Ok(None) };
        reply(found, json, format, message).map(Some)
    }

    /// What the envelope holds, once its own signature is right.
    fn answer_in(&self, envelope: &Object) -> Result<String, AnswerFlaw> {
        let encrypt = field(envelope, "Encrypt")?;
        let given = field(envelope, "MsgSignature")?;
        let timestamp = field(envelope, "TimeStamp")?;
        let nonce = field(envelope, "Nonce")?;
        if timestamp.len() != 10 || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(AnswerFlaw::InvalidTimestamp);
        }
        let [timestamp, nonce, sealed] = [timestamp, nonce, encrypt].map(str::as_bytes);
        self.signer(given, |token| [token, timestamp, nonce, sealed])
            .ok_or(AnswerFlaw::MsgSignatureMismatch)?;
        self.opened(encrypt).map_err(AnswerFlaw::Sealed)
    }
}

/// A body as JSON, and its format; `None` when it says that there is no reply.
fn document(text: &str) -> Result<Option<(Format, String)>, AnswerFlaw> {
    if matches!(trim(text), "" | "success") {
        return Ok(None);
    }
    let (format, text) = Format::sniff(text).map_err(malformed)?;
    if format == Format::Xml {
        let root = xml_reader::root(text).map_err(malformed)?;
        if root != "xml" {
            let why = format!("its root element is <{root:.64}>, not <xml>; is it a page?");
            return Err(AnswerFlaw::Malformed(why.into()));
        }
    }
    document::to_json(format, text).map(|json| Some((format, json))).map_err(malformed)
}

fn reply(
    found: Format,
    json: String,
    format: Format,
    message: &Object,
) -> Result<String, AnswerFlaw> {
    let tree = Object::of_json(&json).map_err(malformed)?;
    if tree.get("MsgType").is_some() {
        if (found, format) == (Format::Json, Format::Xml) {
            return Err(AnswerFlaw::Json);
        }
        addressed(&tree, "ToUserName", message.text("FromUserName"))?;
        addressed(&tree, "FromUserName", message.text("ToUserName"))?;
    } else if message.text("MsgType").is_some_and(|kind| kind != "event") {
        return Err(AnswerFlaw::MissingMsgType);
    }
    Ok(json)
}

fn addressed(reply: &Object, name: &'static str, expected: Option<&str>) -> Result<(), AnswerFlaw> {
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
    let near = names.find(|key| *key != name && key.eq_ignore_ascii_case(name)).map(Into::into);
    Err(AnswerFlaw::MissingField { name, near })
}

/// It wants its reply in plaintext, even in secure mode.
fn is_mini_game_delivery(message: &Object) -> bool {
    message.text("Event").is_some_and(crate::message::is_mini_game_delivery)
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
            Self::MissingField { name, near: None } => write!(f, "the envelope has no {name}"),
            Self::MissingField { name, near: Some(near) } => {
                write!(f, "the envelope has {near:?} where WeChat reads {name}")
            }
            Self::InvalidTimestamp => {
                f.write_str("TimeStamp of the envelope is not ten digits, seconds since 1970")
            }
            Self::MsgSignatureMismatch => f.write_str(
                "MsgSignature is not the SHA-1 of the sorted Token and the envelope's own \
                 TimeStamp, Nonce and Encrypt",
            ),
            Self::Sealed(Rejection::AppIdMismatch { expected, got }) => {
                write!(f, "the reply is sealed for the AppID {got:?}, not for {expected:?}")
            }
            Self::Sealed(Rejection::InvalidBase64) => f.write_str("Encrypt is not base64"),
            Self::Sealed(Rejection::InvalidUtf8) => {
                f.write_str("what the reply's envelope holds is not UTF-8")
            }
            Self::Sealed(_) => f.write_str(
                "Encrypt does not open under this encodingAESKey: another key, a wrong padding \
                 or a wrong length",
            ),
            Self::Json => f.write_str(
                "the reply is JSON, while the data format is XML; WeChat then takes XML only",
            ),
            Self::MissingMsgType => {
                f.write_str("a reply to a user's message needs MsgType, such as 'text'")
            }
            Self::Misaddressed { name, expected } => {
                write!(f, "{name} of the reply must be {expected:?}, the other side of the message")
            }
        }
    }
}
