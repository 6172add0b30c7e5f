//! How a request was judged.

use crate::account::AccountError;
use crate::rejection::Rejection;

/// What was found.
pub(super) enum Verdict {
    Handshake,
    Message,
    /// A POST in plaintext whose body is not known.
    Url,
    /// An encrypted POST whose body is not known.
    BodyNotGiven,
    /// A text in which not all that is needed was recognised: these parameters at most.
    Unreadable(Vec<&'static str>),
    Refused(Rejection),
    WrongOption(AccountError),
}

impl Verdict {
    pub(super) fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Handshake | Self::Message | Self::Url => None,
            Self::BodyNotGiven => Some("body_not_given"),
            Self::Unreadable(_) => Some("unreadable"),
            Self::Refused(rejection) => Some(rejection.reason()),
            Self::WrongOption(_) => Some("invalid_options"),
        }
    }

    pub(super) fn code(&self) -> Option<i32> {
        match self {
            Self::Refused(rejection) => rejection.code(),
            Self::WrongOption(error) if error.option == "encodingAESKey" => Some(-40004),
            _ => None,
        }
    }

    pub(super) fn detail(&self) -> String {
        match self {
            Self::Handshake => "the signature of the handshake holds".into(),
            Self::Message => "the push is verified and read".into(),
            Self::Url => "the signature holds; in plaintext it does not cover the body".into(),
            Self::BodyNotGiven => {
                "msg_signature covers the body, and the body was not given".into()
            }
            Self::Unreadable(found) if found.is_empty() => {
                "none of WeChat's parameters was recognised in this text".into()
            }
            Self::Unreadable(found) => {
                format!("only this was recognised in this text: {}", found.join(", "))
            }
            Self::Refused(rejection) => rejection.to_string(),
            Self::WrongOption(error) => format!("option {} {}", error.option, error.message),
        }
    }

    /// Whether it was found without a look at the body, so that the signature still is news.
    pub(super) fn is_about_the_url(&self) -> bool {
        match self {
            Self::BodyNotGiven | Self::Unreadable(_) | Self::WrongOption(_) => true,
            Self::Refused(rejection) => matches!(
                rejection,
                Rejection::MissingParameter(_)
                    | Rejection::RepeatedParameter(_)
                    | Rejection::UndecodableParameter(_)
                    | Rejection::MissingEchostr
                    | Rejection::InvalidTimestamp
                    | Rejection::StaleTimestamp { .. }
                    | Rejection::SignatureMismatch
                    | Rejection::MsgSignatureMismatch
            ),
            _ => false,
        }
    }

    pub(super) fn is_mismatch(&self) -> bool {
        let mismatch = [Rejection::SignatureMismatch, Rejection::MsgSignatureMismatch];
        matches!(self, Self::Refused(rejection) if mismatch.contains(rejection))
    }
}
