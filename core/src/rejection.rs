//! Why a request was refused.

use std::fmt;

use crate::document::{Object, Value};

/// Why a request was refused. The sender is told only the status; the rest is for the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// Neither GET nor POST.
    MethodNotAllowed,
    /// A parameter that the push must carry is absent.
    MissingParameter(&'static str),
    /// A parameter stands in the URL more than once.
    RepeatedParameter(&'static str),
    /// A parameter is not UTF-8 once percent-decoded.
    UndecodableParameter(&'static str),
    /// The signature holds, but it is no handshake.
    MissingEchostr,
    /// The timestamp is not ten digits.
    InvalidTimestamp,
    /// The push is too old or too far ahead.
    StaleTimestamp {
        /// Seconds between now and then; negative when it is ahead.
        age: i64,
        /// The seconds that are allowed.
        tolerance: u64,
    },
    /// The body has more bytes than allowed.
    BodyTooLarge {
        /// The bytes that are allowed.
        limit: usize,
    },
    /// The body has nothing in it.
    EmptyBody,
    /// The body was read by something else and not kept.
    BodyConsumed,
    /// The sender stopped sending.
    BodyTimeout,
    /// The sender went away.
    BodyAborted,
    /// Too many large bodies are on their way, and nobody knows yet who sends them.
    Overloaded,
    /// The body, or the message in its envelope, is not UTF-8.
    InvalidUtf8,
    /// The body is neither XML nor JSON that a push can be.
    MalformedBody(Box<str>),
    /// The XML has a DOCTYPE.
    DoctypeRefused,
    /// `signature` is not that of Token, timestamp and nonce.
    SignatureMismatch,
    /// `msg_signature` is not that of Token, timestamp, nonce and `Encrypt`.
    MsgSignatureMismatch,
    /// An encrypted push for an account in plain mode.
    EncryptedWithoutKey,
    /// A plaintext push for an account in secure mode.
    PlaintextRefused,
    /// `Encrypt` is not base64.
    InvalidBase64,
    /// `Encrypt` does not decrypt, or its padding is wrong.
    DecryptionFailed,
    /// The decrypted buffer is too short for what it says of itself.
    IllegalBuffer,
    /// The same signature was there before, with another body.
    Replayed,
    /// The envelope names another AppID.
    AppIdMismatch {
        /// The configured one.
        expected: Box<str>,
        /// The one in the envelope.
        got: Box<str>,
    },
}

impl Rejection {
    /// The rejection for what only the one who holds the connection can see, by its stable name;
    /// `limit` in bytes.
    pub fn named(reason: &str, limit: usize) -> Option<Self> {
        [
            Self::MethodNotAllowed,
            Self::BodyTooLarge { limit },
            Self::BodyConsumed,
            Self::BodyTimeout,
            Self::BodyAborted,
            Self::Overloaded,
            Self::Replayed,
        ]
        .into_iter()
        .find(|rejection| rejection.reason() == reason)
    }

    /// The stable name, `snake_case`.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::MethodNotAllowed => "method_not_allowed",
            Self::MissingParameter(_) => "missing_parameter",
            Self::RepeatedParameter(_) => "repeated_parameter",
            Self::UndecodableParameter(_) => "undecodable_parameter",
            Self::MissingEchostr => "missing_echostr",
            Self::InvalidTimestamp => "invalid_timestamp",
            Self::StaleTimestamp { .. } => "stale_timestamp",
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::EmptyBody => "empty_body",
            Self::BodyConsumed => "body_consumed",
            Self::BodyTimeout => "body_timeout",
            Self::BodyAborted => "body_aborted",
            Self::Overloaded => "overloaded",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::MalformedBody(_) => "malformed_body",
            Self::DoctypeRefused => "doctype_refused",
            Self::SignatureMismatch => "signature_mismatch",
            Self::MsgSignatureMismatch => "msg_signature_mismatch",
            Self::EncryptedWithoutKey => "encrypted_without_key",
            Self::PlaintextRefused => "plaintext_refused",
            Self::InvalidBase64 => "invalid_base64",
            Self::DecryptionFailed => "decryption_failed",
            Self::IllegalBuffer => "illegal_buffer",
            Self::Replayed => "replayed",
            Self::AppIdMismatch { .. } => "appid_mismatch",
        }
    }

    /// The return code of the official sample library, where it has one.
    pub fn code(&self) -> Option<i32> {
        match self {
            Self::SignatureMismatch | Self::MsgSignatureMismatch => Some(-40001),
            Self::EmptyBody | Self::MalformedBody(_) | Self::DoctypeRefused => Some(-40002),
            Self::AppIdMismatch { .. } => Some(-40005),
            Self::DecryptionFailed => Some(-40007),
            Self::IllegalBuffer | Self::InvalidUtf8 => Some(-40008),
            Self::InvalidBase64 => Some(-40010),
            _ => None,
        }
    }

    /// The HTTP status to answer with.
    pub fn status(&self) -> u16 {
        match self {
            Self::MethodNotAllowed => 405,
            Self::BodyTimeout => 408,
            Self::BodyTooLarge { .. } => 413,
            Self::Overloaded => 503,
            _ => 400,
        }
    }
}

impl Rejection {
    /// `{"reason":…,"code":…,"status":…,"detail":…}`
    pub fn to_json(&self) -> String {
        let number = |number: String| Value::Literal(number.into());
        Object(vec![
            ("reason".into(), Value::Text(self.reason().into())),
            ("code".into(), number(self.code().map_or("null".into(), |code| code.to_string()))),
            ("status".into(), number(self.status().to_string())),
            ("detail".into(), Value::Text(self.to_string().into())),
        ])
        .to_json(256)
    }
}

/// One English sentence with numbers and names, never a secret.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MethodNotAllowed => f.write_str("WeChat sends GET and POST only"),
            Self::MissingParameter(name) => write!(f, "the URL has no parameter {name}"),
            Self::RepeatedParameter(name) => write!(f, "the URL has the parameter {name} more than once"),
            Self::UndecodableParameter(name) => {
                write!(f, "the parameter {name} is not UTF-8 once percent-decoded")
            }
            Self::MissingEchostr => f.write_str("the signature holds, but the URL has no echostr"),
            Self::InvalidTimestamp => f.write_str("timestamp is not ten digits, seconds since 1970"),
            Self::StaleTimestamp { age, tolerance } if *age >= 0 => {
                write!(f, "the push is {age} s old, tolerance allows {tolerance} s; is the clock right?")
            }
            Self::StaleTimestamp { age, tolerance } => {
                let ahead = age.unsigned_abs();
                write!(f, "the push is {ahead} s ahead, tolerance allows {tolerance} s; is the clock right?")
            }
            Self::BodyTooLarge { limit } => write!(f, "the body has more than {limit} bytes (bodyLimit)"),
            Self::EmptyBody => f.write_str("the body is empty"),
            Self::BodyConsumed => f.write_str(
                "something read the request's body before and left nothing in req.body or req.rawBody; \
                 mount messagePush before it, or let it keep the body",
            ),
            Self::BodyTimeout => f.write_str("the sender stopped before the body was complete"),
            Self::BodyAborted => f.write_str("the sender went away before the body was complete"),
            Self::Overloaded => f.write_str("too many large bodies are being read at once"),
            Self::InvalidUtf8 => f.write_str("the message is not UTF-8"),
            Self::MalformedBody(why) => write!(f, "the body is not what WeChat sends: {why}"),
            Self::DoctypeRefused => f.write_str("the XML has a DOCTYPE, which WeChat never sends"),
            Self::SignatureMismatch => f.write_str(
                "signature is not the SHA-1 of the sorted Token, timestamp and nonce; \
                 is the Token here the one in WeChat's console?",
            ),
            Self::MsgSignatureMismatch => f.write_str(
                "msg_signature is not the SHA-1 of the sorted Token, timestamp, nonce and Encrypt; \
                 is the Token here the one in WeChat's console?",
            ),
            Self::EncryptedWithoutKey => f.write_str(
                "the push is encrypted, but no encodingAESKey is configured, or mode is 'plain'",
            ),
            Self::PlaintextRefused => f.write_str(
                "the push is not encrypted, but mode is 'secure'; choose 安全模式 in WeChat's console, \
                 or 'compat' here while the setting changes",
            ),
            Self::InvalidBase64 => f.write_str("Encrypt is not base64"),
            Self::DecryptionFailed => f.write_str(
                "Encrypt does not decrypt; is the encodingAESKey here the one in WeChat's console?",
            ),
            Self::IllegalBuffer => f.write_str(
                "what Encrypt holds is shorter than it says; is the encodingAESKey here the one in WeChat's console?",
            ),
            Self::Replayed => f.write_str(
                "the same signature was there before, with another body; WeChat's retries repeat the body",
            ),
            Self::AppIdMismatch { expected, got } => {
                write!(f, "the push is for the AppID {got:?}, appId is {expected:?}")
            }
        }
    }
}
