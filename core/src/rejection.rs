//! Why a request was refused: the one table of reasons. `index.d.ts` and the pages on troubleshooting
//! are generated from it (`npm run generate`).

use std::fmt;

use crate::quoted::quoted;

/// What is the same for every rejection of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// The stable name, `snake_case`.
    pub name: &'static str,
    /// The return code of the official sample library, where it has one.
    pub code: Option<i32>,
    /// The HTTP status to answer with. It stands here so that nobody can add a reason without one.
    pub status: u16,
}

/// Makes the enum and its lookups from rows of `Variant => name, code, status, sentence`.
macro_rules! reasons {
    ($(
        $(#[$doc:meta])*
        $variant:ident $(($inner:ident: $inner_type:ty))? $({$($(#[$field_doc:meta])* $field:ident: $type:ty),+})?
            => $name:literal, $code:expr, $status:literal, $detail:literal $(, $part:ident = $value:expr)*;
    )+) => {
        /// Why a request was refused. The sender is told only the status; the rest is for the owner.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Rejection {
            $($(#[$doc])* $variant $(($inner_type))? $({$($(#[$field_doc])* $field: $type),+})?,)+
        }

        /// Every reason.
        pub const REASONS: &[Reason] = &[$(Reason { name: $name, code: $code, status: $status }),+];

        impl Rejection {
            fn row(&self) -> Reason {
                match self {
                    $(Self::$variant { .. } => Reason { name: $name, code: $code, status: $status },)+
                }
            }
        }

        /// One English sentence with numbers and names, never a secret.
        impl fmt::Display for Rejection {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$variant $(($inner))? $({$($field),+})? => write!(f, $detail $(, $part = $value)*),)+
                }
            }
        }
    };
}

reasons! {
    /// Neither GET nor POST.
    MethodNotAllowed
        => "method_not_allowed", None, 405, "WeChat sends GET and POST only";
    /// A parameter that the push must carry is absent.
    MissingParameter(name: &'static str)
        => "missing_parameter", None, 400, "the URL has no parameter {name}";
    /// A parameter stands in the URL more than once.
    RepeatedParameter(name: &'static str)
        => "repeated_parameter", None, 400, "the URL has the parameter {name} more than once";
    /// A parameter is not UTF-8 once percent-decoded.
    UndecodableParameter(name: &'static str)
        => "undecodable_parameter", None, 400, "the parameter {name} is not UTF-8 once percent-decoded";
    /// Whoever was asked knows no account that the request is for.
    UnknownAccount
        => "unknown_account", None, 400, "the option account gave no account for this request";
    /// Whoever was asked for the account gave no answer that can be used.
    AccountFailed
        => "account_failed", None, 400,
        "the option account threw, gave what is no account, or took too long";
    /// The signature holds, but it is no handshake.
    MissingEchostr
        => "missing_echostr", None, 400, "the signature holds, but the URL has no echostr";
    /// The timestamp is not ten digits.
    InvalidTimestamp
        => "invalid_timestamp", None, 400, "timestamp is not ten digits, seconds since 1970";
    /// The push is too old or too far ahead.
    StaleTimestamp {
        /// Seconds between now and then; negative when it is ahead.
        age: i64,
        /// The seconds that are allowed.
        tolerance: u64
    }
        => "stale_timestamp", None, 400,
        "the push is {seconds} s {direction}, tolerance allows {tolerance} s; is the clock right?",
        seconds = age.unsigned_abs(), direction = if *age < 0 { "ahead" } else { "old" };
    /// The body has more bytes than allowed.
    BodyTooLarge {
        /// The bytes that are allowed.
        limit: usize
    }
        => "body_too_large", None, 413, "the body has more than {limit} bytes (bodyLimit)";
    /// The body has nothing in it.
    EmptyBody
        => "empty_body", Some(-40002), 400, "the body is empty";
    /// The body was read by something else and not kept.
    BodyConsumed
        => "body_consumed", None, 400,
        "something read the request's body before and left nothing in req.body or req.rawBody; \
         mount messagePush before it, or let it keep the body";
    /// The sender stopped sending.
    BodyTimeout
        => "body_timeout", None, 408, "the sender stopped before the body was complete";
    /// The sender went away.
    BodyAborted
        => "body_aborted", None, 400, "the sender went away before the body was complete";
    /// There is no memory left for the body of a sender who has not been verified yet.
    Overloaded
        => "overloaded", None, 503,
        "too many large bodies from unknown senders are being read at once";
    /// The body, or the message in its envelope, is not UTF-8.
    InvalidUtf8
        => "invalid_utf8", Some(-40008), 400, "the message is not UTF-8";
    /// The body is neither XML nor JSON that a push can be.
    MalformedBody(why: Box<str>)
        => "malformed_body", Some(-40002), 400, "the body is not what WeChat sends: {why}";
    /// The XML has a DOCTYPE.
    DoctypeRefused
        => "doctype_refused", Some(-40002), 400, "the XML has a DOCTYPE, which WeChat never sends";
    /// `signature` is not that of Token, timestamp and nonce.
    SignatureMismatch
        => "signature_mismatch", Some(-40001), 400,
        "signature is not the SHA-1 of the sorted Token, timestamp and nonce; \
         is the Token here the one in WeChat's console?";
    /// `msg_signature` is not that of Token, timestamp, nonce and `Encrypt`.
    MsgSignatureMismatch
        => "msg_signature_mismatch", Some(-40001), 400,
        "msg_signature is not the SHA-1 of the sorted Token, timestamp, nonce and Encrypt; \
         is the Token here the one in WeChat's console?";
    /// An encrypted push for an account in plain mode.
    EncryptedWithoutKey
        => "encrypted_without_key", None, 400,
        "the push is encrypted, but no encodingAESKey is configured, or mode is 'plain'";
    /// A plaintext push for an account in secure mode.
    PlaintextRefused
        => "plaintext_refused", None, 400,
        "the push is not encrypted, but mode is 'secure'; choose 安全模式 in WeChat's console, \
         or 'compat' here while the setting changes";
    /// Neither a signature that could be checked nor what the cloud puts on its pushes, for an account that trusts it.
    OutsideCloud
        => "outside_cloud", None, 400,
        "the push has no signature that could be checked, nor the header x-wx-source, \
         which 微信云托管 puts on what comes from WeChat";
    /// `Encrypt` is not base64.
    InvalidBase64
        => "invalid_base64", Some(-40010), 400, "Encrypt is not base64";
    /// `Encrypt` does not decrypt, or its padding is wrong.
    DecryptionFailed
        => "decryption_failed", Some(-40007), 400,
        "Encrypt does not decrypt; is the encodingAESKey here the one in WeChat's console?";
    /// The decrypted buffer is too short for what it says of itself.
    IllegalBuffer
        => "illegal_buffer", Some(-40008), 400,
        "what Encrypt holds is shorter than it says; is the encodingAESKey here the one in WeChat's console?";
    /// The same signature was there before, with another body.
    Replayed
        => "replayed", None, 400,
        "the same signature was there before, with another body or in a handshake; WeChat's retries repeat the body";
    /// The envelope names another AppID.
    AppIdMismatch {
        /// The configured one.
        expected: Box<str>,
        /// The one in the envelope.
        got: Box<str>
    }
        => "appid_mismatch", Some(-40005), 400, "the push is for the AppID {got}, appId is {expected}",
        got = quoted(got), expected = quoted(expected);
    /// The envelope names another part of WeCom.
    ReceiveIdMismatch {
        /// The configured ones, in quotes.
        expected: Box<str>,
        /// The one in the envelope.
        got: Box<str>
    }
        => "receiveid_mismatch", Some(-40005), 400,
        "the push is for the receiveid {got}, receiveId is {expected}", got = quoted(got);
}

impl Rejection {
    /// The rejection of this name, of those that only the one who holds the connection can see; `limit`
    /// in bytes.
    pub fn named(reason: &str, limit: usize) -> Option<Self> {
        [
            Self::MethodNotAllowed,
            Self::UnknownAccount,
            Self::AccountFailed,
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

    pub(crate) fn malformed(why: impl Into<Box<str>>) -> Self {
        Self::MalformedBody(why.into())
    }

    /// The stable name, `snake_case`.
    pub fn reason(&self) -> &'static str {
        self.row().name
    }

    /// The return code of the official sample library, where it has one.
    pub fn code(&self) -> Option<i32> {
        self.row().code
    }

    /// The HTTP status to answer with.
    pub fn status(&self) -> u16 {
        self.row().status
    }
}
