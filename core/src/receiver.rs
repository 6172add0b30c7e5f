//! One request in, one outcome out.

use std::borrow::Cow;
use std::ops::Range;

use crate::account::Mode;
use crate::body::{Body, Content, utf8};
use crate::message::{Message, Proof};
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

/// Memory to work in, which the caller keeps, so that not every push has to ask for some.
#[derive(Default)]
pub struct Scratch {
    opened: Vec<u8>,
    text: String,
}

impl Scratch {
    /// How many bytes it holds on to.
    pub fn capacity(&self) -> usize {
        self.opened.capacity() + self.text.capacity()
    }
}

impl Account {
    /// Says what a request is; a message stands in `scratch`.
    ///
    /// # Errors
    /// Why it is none of WeChat's, or none that this account takes.
    pub fn receive<'a>(
        &self,
        request: Request<'a>,
        scratch: &'a mut Scratch,
    ) -> Result<Outcome<'a>, Rejection> {
        match request.method {
            "GET" => self.handshake(request.url),
            "POST" => self.message(request, scratch).map(Outcome::Message),
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
            Some(encrypt) => Ok(Content::of_text(&self.opened(&encrypt)?)?.raw().to_owned()),
            None => Ok(content.raw().to_owned()),
        }
    }

    /// Refuses a POST whose URL alone shows that it is none of WeChat's, so that nobody has to read its body.
    ///
    /// # Errors
    /// Why [`Account::receive`] would refuse it, whatever its body.
    pub fn check_url(&self, url: &str, now: u64) -> Result<(), Rejection> {
        self.checked_query(url, now).map(drop)
    }

    fn handshake<'a>(&self, url: &'a str) -> Result<Outcome<'a>, Rejection> {
        let query = Query::of_url(url)?;
        self.check_signature(&query)?;
        let echostr =
            query.echostr.filter(|text| !text.is_empty()).ok_or(Rejection::MissingEchostr)?;
        Ok(Outcome::Handshake { echostr })
    }

    fn message<'a>(
        &self,
        request: Request<'a>,
        scratch: &'a mut Scratch,
    ) -> Result<Message<'a>, Rejection> {
        let query = self.checked_query(request.url, request.now)?;
        let nonce = required("nonce", query.nonce.as_deref())?;
        self.check_size(request.body.len())?;
        let content = request.body.content()?;
        let encrypt = if self.mode == Mode::Plain { None } else { content.encrypt()? };
        let Scratch { opened, text } = scratch;
        if let Some(encrypt) = encrypt {
            let token = self.check_msg_signature(&query, &encrypt)?;
            let (key, range) = self.open(&encrypt, opened)?;
            let raw = utf8(&opened[range])?;
            let signature =
                if self.mode == Mode::Compat { self.check_signature(&query).ok() } else { None };
            let proof = Proof::Sealed(Seal { key, token }, signature);
            return Content::of_text(raw)?.message(nonce, proof, text);
        }
        if self.mode == Mode::Secure {
            return Err(Rejection::PlaintextRefused);
        }
        if self.mode == Mode::Compat {
            self.check_signature(&query)?;
        }
        let signature = required("signature", query.signature.as_deref())?;
        content.message(nonce, Proof::Signed(signature), text)
    }

    /// The parameters of a push; in plain mode nothing but them is signed.
    fn checked_query<'q>(&self, url: &'q str, now: u64) -> Result<Query<'q>, Rejection> {
        let query = Query::of_url(url)?;
        self.check_age(required("timestamp", query.timestamp.as_deref())?, now)?;
        required("nonce", query.nonce.as_deref())?;
        if self.mode == Mode::Plain {
            self.check_signature(&query)?;
        }
        Ok(query)
    }

    pub(crate) fn check_signature<'q>(&self, query: &'q Query) -> Result<&'q str, Rejection> {
        let given = required("signature", query.signature.as_deref())?;
        let (timestamp, nonce) = signed_parts(query)?;
        let signer = self.signer(given, |token| [token, timestamp, nonce]);
        signer.map(|_| given).ok_or(Rejection::SignatureMismatch)
    }

    fn check_msg_signature(&self, query: &Query, encrypt: &str) -> Result<usize, Rejection> {
        let given = required("msg_signature", query.msg_signature.as_deref())?;
        let (timestamp, nonce) = signed_parts(query)?;
        let signer = self.signer(given, |token| [token, timestamp, nonce, encrypt.as_bytes()]);
        signer.ok_or(Rejection::MsgSignatureMismatch)
    }

    /// The message in the text of `Encrypt`.
    pub(crate) fn opened(&self, encrypt: &str) -> Result<String, Rejection> {
        let mut buffer = vec![];
        let (_, range) = self.open(encrypt, &mut buffer)?;
        utf8(&buffer[range]).map(Into::into)
    }

    /// Tries the keys in turn: what was sealed with the previous one can arrive after a change.
    fn open(
        &self,
        encrypt: &str,
        buffer: &mut Vec<u8>,
    ) -> Result<(usize, Range<usize>), Rejection> {
        let mut refused = Rejection::DecryptionFailed;
        for (place, key) in self.keys.iter().enumerate() {
            match key.open_into(encrypt, &self.app_id, buffer) {
                Ok(range) => return Ok((place, range)),
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
