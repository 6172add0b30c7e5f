//! Why a request was refused.

use std::fmt;

/// Why a request was refused. The sender is told only the status; the rest is for the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// Neither GET nor POST.
    MethodNotAllowed,
    /// A parameter that every push carries is absent.
    MissingParameter(&'static str),
    /// A parameter stands in the URL more than once.
    RepeatedParameter(&'static str),
    /// A parameter is not UTF-8 once percent-decoded.
    UndecodableParameter(&'static str),
    /// The signature is not that of Token, timestamp and nonce.
    SignatureMismatch,
    /// The signature holds, but it is no handshake.
    MissingEchostr,
    /// Messages are not received yet.
    NotImplemented,
}

impl Rejection {
    /// The stable name, `snake_case`.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::MethodNotAllowed => "method_not_allowed",
            Self::MissingParameter(_) => "missing_parameter",
            Self::RepeatedParameter(_) => "repeated_parameter",
            Self::UndecodableParameter(_) => "undecodable_parameter",
            Self::SignatureMismatch => "signature_mismatch",
            Self::MissingEchostr => "missing_echostr",
            Self::NotImplemented => "not_implemented",
        }
    }

    /// The return code of the official sample library, where it has one.
    pub fn code(&self) -> Option<i32> {
        match self {
            Self::SignatureMismatch => Some(-40001),
            _ => None,
        }
    }

    /// The HTTP status to answer with.
    pub fn status(&self) -> u16 {
        match self {
            Self::MethodNotAllowed => 405,
            Self::NotImplemented => 501,
            _ => 400,
        }
    }
}

/// One English sentence with numbers and names, never a secret.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MethodNotAllowed => f.write_str("WeChat sends GET and POST only"),
            Self::MissingParameter(name) => write!(f, "the URL has no parameter {name}"),
            Self::RepeatedParameter(name) => {
                write!(f, "the URL has the parameter {name} more than once")
            }
            Self::UndecodableParameter(name) => {
                write!(f, "the parameter {name} is not UTF-8 once percent-decoded")
            }
            Self::SignatureMismatch => f.write_str(
                "signature is not the SHA-1 of the sorted Token, timestamp and nonce; \
                 is the Token here the one in WeChat's console?",
            ),
            Self::MissingEchostr => f.write_str("the signature holds, but the URL has no echostr"),
            Self::NotImplemented => f.write_str("receiving messages is not implemented yet"),
        }
    }
}
