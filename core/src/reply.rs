//! A reply → XML or JSON in the push's own format, sealed when the push was.

use std::fmt;

use crate::document::{Format, Object, Value};
use crate::envelope::RANDOM;
use crate::xml_writer::XmlError;
use crate::{Account, signature};

/// What a reply needs to know of the push that it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket<'a> {
    /// The data format of the push.
    pub format: Format,
    /// Whether the push came encrypted.
    pub encrypted: bool,
    /// Which key opened the push and which Token signed it; `None` for a reply in plaintext.
    pub sealed: Option<Seal>,
    /// Who sent the message: `FromUserName`.
    pub user: &'a str,
    /// Who received it: `ToUserName`.
    pub account: &'a str,
    /// The nonce of the push.
    pub nonce: &'a str,
}

/// The places of a key and a Token among those configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// Place of the EncodingAESKey.
    pub key: usize,
    /// Place of the Token.
    pub token: usize,
}

/// What a handler returned: `""` and `"success"` mean no reply, another string a text message, an
/// object with `MsgType` a passive reply, another object that object; `null`, numbers and booleans
/// are no reply.
#[derive(Debug, Clone, Copy)]
pub enum Returned<'a> {
    /// A string.
    Text(&'a str),
    /// Anything, as JSON.
    Json(&'a str),
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What to send.
    pub body: String,
    /// Its format; `None` for the plain `success`.
    pub format: Option<Format>,
}

/// Why a value cannot be a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyError {
    /// It is an array.
    List,
    /// It has no form in XML.
    Xml(XmlError),
    /// The value is not JSON, or the ticket is not one that this account made.
    Broken,
}

const SEPARATOR: char = '\u{1e}';

impl<'a> Ticket<'a> {
    /// Writes it as a text to be handed back to [`Account::reply`].
    pub fn encode(&self, out: &mut String) {
        let place = |of: fn(&Seal) -> usize| {
            let place = self.sealed.as_ref().map_or(0, |seal| of(seal) + 1);
            u32::try_from(place)
                .ok()
                .and_then(|place| char::from_u32('0' as u32 + place))
                .unwrap_or('0')
        };
        out.push(if self.format == Format::Xml { 'x' } else { 'j' });
        out.push(if self.encrypted { 'e' } else { 'p' });
        out.push(place(|seal| seal.key));
        out.push(place(|seal| seal.token));
        for part in [self.user, self.account, self.nonce] {
            out.push(SEPARATOR);
            push_clean(part, out);
        }
    }

    /// Reads what [`Ticket::encode`] wrote.
    pub fn decode(text: &'a str) -> Option<Self> {
        let mut parts = text.split(SEPARATOR);
        let mut flags = parts.next()?.chars();
        let format = match flags.next()? {
            'x' => Format::Xml,
            'j' => Format::Json,
            _ => return None,
        };
        let encrypted = flags.next()? == 'e';
        let mut place = || (flags.next()? as usize).checked_sub('0' as usize);
        let (key, token) = (place()?, place()?);
        let sealed = match (key.checked_sub(1), token.checked_sub(1)) {
            (Some(key), Some(token)) => Some(Seal { key, token }),
            _ => None,
        };
        Some(Self {
            format,
            encrypted,
            sealed,
            user: parts.next()?,
            account: parts.next()?,
            nonce: parts.next()?,
        })
    }
}

/// Without control characters: XML cannot hold them, and one stands between the parts of a ticket.
fn push_clean(part: &str, out: &mut String) {
    if has_control(part) {
        out.extend(part.chars().filter(|c| !c.is_ascii_control()));
    } else {
        out.push_str(part);
    }
}

/// Whether one of the characters below U+0020 is in a text.
pub(crate) fn has_control(text: &str) -> bool {
    // Without an early exit, so that it is done with SIMD.
    text.bytes().fold(false, |found, byte| found | byte.is_ascii_control())
}

impl Account {
    /// Writes the reply that a handler returned. `now` is in seconds; `random` fills the envelope.
    ///
    /// # Errors
    /// The value has no form that WeChat takes.
    pub fn reply(
        &self,
        ticket: &str,
        value: Returned,
        now: u64,
        random: [u8; RANDOM],
    ) -> Result<Reply, ReplyError> {
        let ticket = Ticket::decode(ticket).ok_or(ReplyError::Broken)?;
        let Some(object) = reply_object(&ticket, value, now)? else {
            return Ok(Reply { body: "success".into(), format: None });
        };
        let mut body = object.write(ticket.format, 512)?;
        if let Some(seal) = ticket.sealed {
            body = self.sealed(&body, &ticket, seal, now, random).ok_or(ReplyError::Broken)?;
        }
        Ok(Reply { body, format: Some(ticket.format) })
    }

    fn sealed(
        &self,
        body: &str,
        ticket: &Ticket,
        seal: Seal,
        now: u64,
        random: [u8; RANDOM],
    ) -> Option<String> {
        let (key, token) = (self.keys.get(seal.key)?, self.token(seal.token)?);
        let encrypt = key.seal(body, &self.app_id, random);
        let timestamp = now.to_string();
        let parts =
            [token.as_bytes(), timestamp.as_bytes(), ticket.nonce.as_bytes(), encrypt.as_bytes()];
        let signed = signature::sign(parts);
        let signature = String::from_utf8_lossy(&signed);
        let envelope = Object(vec![
            ("Encrypt".into(), Value::Text(encrypt.into())),
            ("MsgSignature".into(), Value::Text(signature)),
            ("TimeStamp".into(), Value::Literal(timestamp.into())),
            ("Nonce".into(), Value::Text(ticket.nonce.into())),
        ]);
        envelope.write(ticket.format, body.len() * 2).ok()
    }
}

/// The object to send, or `None` for no reply.
fn reply_object<'a>(
    ticket: &Ticket<'a>,
    value: Returned<'a>,
    now: u64,
) -> Result<Option<Object<'a>>, ReplyError> {
    let value = match value {
        Returned::Text(text) => Value::Text(text.into()),
        Returned::Json(json) => Value::from_json(json).map_err(|_| ReplyError::Broken)?,
    };
    Ok(match value {
        Value::Literal(_) => None,
        Value::Text(text) if matches!(text.as_ref(), "" | "success") => None,
        Value::Text(text) => {
            let fields = vec![
                ("MsgType".into(), Value::Text("text".into())),
                ("Content".into(), Value::Text(text)),
            ];
            Some(addressed(ticket, Object(fields), now))
        }
        Value::Object(object) if object.get("MsgType").is_some() => {
            Some(addressed(ticket, object, now))
        }
        Value::Object(object) => Some(object),
        Value::List(_) => return Err(ReplyError::List),
    })
}

/// A passive reply goes back to the user, from the account, now; whatever the handler wrote there.
fn addressed<'a>(ticket: &Ticket<'a>, object: Object<'a>, now: u64) -> Object<'a> {
    let mut fields = Vec::with_capacity(object.0.len() + 3);
    fields.push(("ToUserName".into(), Value::Text(ticket.user.into())));
    fields.push(("FromUserName".into(), Value::Text(ticket.account.into())));
    fields.push(("CreateTime".into(), Value::Literal(now.to_string().into())));
    let own = |name: &str| !matches!(name, "ToUserName" | "FromUserName" | "CreateTime");
    fields.extend(object.0.into_iter().filter(|(name, _)| own(name)));
    Object(fields)
}

impl From<XmlError> for ReplyError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List => f.write_str("a reply is a string or an object; an array cannot be one"),
            Self::Xml(error) => error.fmt(f),
            Self::Broken => {
                f.write_str("the reply is too deep, or not for a message of this receiver")
            }
        }
    }
}
