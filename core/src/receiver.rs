//! One request in, one outcome out.

use std::borrow::Cow;

use crate::account::Mode;
use crate::body::{Body, Content};
use crate::message::Message;
use crate::reply::Seal;
use crate::{Account, Query, Rejection};

/// One HTTP request as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// The request target, with its query.
    pub url: &'a str,
    /// The body.
    pub body: Body<'a>,
    /// The time, in seconds since 1970.
    pub now: u64,
}

/// What a request is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// WeChat checks the URL that was entered in its console: answer with exactly this.
    Handshake {
        /// The parameter, decoded.
        echostr: Cow<'a, str>,
    },
    /// A message or an event.
    Message(Message<'a>),
}

impl Account {
    /// Says what a request is.
    ///
    /// # Errors
    /// Why it is none of WeChat's, or none that this account takes.
    pub fn receive<'a>(&self, request: Request<'a>) -> Result<Outcome<'a>, Rejection> {
        match request.method {
            "GET" => self.handshake(request.url),
            "POST" => self.message(request).map(Outcome::Message),
            _ => Err(Rejection::MethodNotAllowed),
        }
    }

    /// The plaintext of a body that [`Account::receive`] has accepted; nothing is verified again.
    ///
    /// # Errors
    /// Why it would not have been accepted.
    pub fn plaintext(&self, body: Body) -> Result<String, Rejection> {
        let content = body.content()?;
        let encrypt = if self.mode == Mode::Plain { None } else { content.encrypt()? };
        match encrypt {
            Some(encrypt) => self.open(&encrypt).map(|(_, raw)| raw),
            None => Ok(content.raw().to_owned()),
        }
    }

    fn handshake<'a>(&self, url: &'a str) -> Result<Outcome<'a>, Rejection> {
        let query = Query::of_url(url)?;
        self.check_signature(&query)?;
        let echostr =
            query.echostr.filter(|text| !text.is_empty()).ok_or(Rejection::MissingEchostr)?;
        Ok(Outcome::Handshake { echostr })
    }

    fn message<'a>(&self, request: Request<'a>) -> Result<Message<'a>, Rejection> {
        let query = Query::of_url(request.url)?;
        self.check_age(required("timestamp", query.timestamp.as_deref())?, request.now)?;
        let nonce = required("nonce", query.nonce.as_deref())?;
        self.check_size(request.body.len())?;
        let content = request.body.content()?;
        let encrypt = if self.mode == Mode::Plain { None } else { content.encrypt()? };
        if let Some(encrypt) = encrypt {
            let token = self.check_msg_signature(&query, &encrypt)?;
            let (key, raw) = self.open(&encrypt)?;
            let message = Content::of_text(&raw)?.message(nonce, Some(Seal { key, token }))?;
            return Ok(Message { raw: raw.into(), ..message });
        }
        if self.mode == Mode::Secure {
            return Err(Rejection::PlaintextRefused);
        }
        self.check_signature(&query)?;
        let raw = content.raw().into();
        Ok(Message { raw, ..content.message(nonce, None)? })
    }

    pub(crate) fn check_signature(&self, query: &Query) -> Result<(), Rejection> {
        let given = required("signature", query.signature.as_deref())?;
        let (timestamp, nonce) = signed_parts(query)?;
        let signer = self.signer(given, |token| [token, timestamp, nonce]);
        signer.map(drop).ok_or(Rejection::SignatureMismatch)
    }

    fn check_msg_signature(&self, query: &Query, encrypt: &str) -> Result<usize, Rejection> {
        let given = required("msg_signature", query.msg_signature.as_deref())?;
        let (timestamp, nonce) = signed_parts(query)?;
        let signer = self.signer(given, |token| [token, timestamp, nonce, encrypt.as_bytes()]);
        signer.ok_or(Rejection::MsgSignatureMismatch)
    }

    /// Tries the keys in turn: what was sealed with the previous one can arrive after a change.
    fn open(&self, encrypt: &str) -> Result<(usize, String), Rejection> {
        let mut refused = Rejection::DecryptionFailed;
        for (place, key) in self.keys.iter().enumerate() {
            match key.open(encrypt, &self.app_id) {
                Ok(raw) => return Ok((place, raw)),
                Err(rejection) if place == 0 => refused = rejection,
                Err(_) => {}
            }
        }
        Err(refused)
    }
}

fn signed_parts<'q>(query: &'q Query) -> Result<(&'q [u8], &'q [u8]), Rejection> {
    let timestamp = required("timestamp", query.timestamp.as_deref())?;
    let nonce = required("nonce", query.nonce.as_deref())?;
    Ok((timestamp.as_bytes(), nonce.as_bytes()))
}

pub(crate) fn required<'q>(
    name: &'static str,
    value: Option<&'q str>,
) -> Result<&'q str, Rejection> {
    value.ok_or(Rejection::MissingParameter(name))
}
