//! A reply → XML or JSON in the push's own format, encrypted when the push was.

use std::fmt;

use crate::account::Account;
use crate::document::{Format, Object, Value, XmlError};
use crate::envelope::RANDOM;
use crate::message::names::{CREATE_TIME, FROM_USER_NAME, MSG_TYPE, TO_USER_NAME};
use crate::message::{ReplyAddress, UsedKeys};
use crate::signature;

/// What a handler returned: `""` and `"success"` mean no reply, another string a text message, an
/// object with `MsgType` a passive reply, another object that object; `null`, numbers and booleans
/// are no reply.
#[derive(Debug, Clone, Copy)]
pub enum HandlerValue<'a> {
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
    /// The value is not JSON, or the address names keys that this account does not have.
    Broken,
}

/// Writes the reply that a handler returned. `now` is in seconds; `random` fills the envelope.
///
/// # Errors
/// The value has no form that WeChat takes.
pub fn reply(
    account: &Account,
    address: &ReplyAddress,
    value: HandlerValue,
    now: u64,
    random: [u8; RANDOM],
) -> Result<Reply, ReplyError> {
    let Some(object) = reply_object(address, value, now)? else {
        return Ok(Reply { body: "success".into(), format: None });
    };
    let mut body = object.write(address.format, 512)?;
    if let Some(used) = address.used {
        body = encrypted(account, &body, address, used, now, random).ok_or(ReplyError::Broken)?;
    }
    Ok(Reply { body, format: Some(address.format) })
}

fn encrypted(
    account: &Account,
    body: &str,
    address: &ReplyAddress,
    used: UsedKeys,
    now: u64,
    random: [u8; RANDOM],
) -> Option<String> {
    let (key, token) = (account.keys.get(used.key)?, account.token(used.token)?);
    let ciphertext = key.seal(body, &account.app_id, random);
    let timestamp = now.to_string();
    let signature = signature::sign_text([token, &timestamp, &address.nonce, &ciphertext]);
    let names = account.platform.envelope(address.format);
    let envelope = Object(vec![
        (names.ciphertext.into(), Value::Text(ciphertext.into())),
        (names.signature.into(), Value::Text(signature.into())),
        (names.timestamp.into(), Value::Literal(timestamp.into())),
        (names.nonce.into(), Value::Text(address.nonce.as_ref().into())),
    ]);
    envelope.write(address.format, body.len() * 2).ok()
}

/// The object to send, or `None` for no reply.
fn reply_object<'a>(
    address: &'a ReplyAddress,
    value: HandlerValue<'a>,
    now: u64,
) -> Result<Option<Object<'a>>, ReplyError> {
    let value = match value {
        HandlerValue::Text(text) => Value::Text(text.into()),
        HandlerValue::Json(json) => Value::from_json(json).map_err(|_| ReplyError::Broken)?,
    };
    Ok(match value {
        Value::Literal(_) => None,
        Value::Text(text) if matches!(text.as_ref(), "" | "success") => None,
        Value::Text(text) => {
            let fields = vec![
                (MSG_TYPE.into(), Value::Text("text".into())),
                ("Content".into(), Value::Text(text)),
            ];
            Some(to_user(address, Object(fields), now))
        }
        Value::Object(object) if object.get(MSG_TYPE).is_some() => {
            Some(to_user(address, object, now))
        }
        Value::Object(object) => Some(object),
        Value::List(_) => return Err(ReplyError::List),
    })
}

/// A passive reply goes back to the user, from the account, now; whatever the handler wrote there.
fn to_user<'a>(address: &'a ReplyAddress, object: Object<'a>, now: u64) -> Object<'a> {
    let mut fields = Vec::with_capacity(object.0.len() + 3);
    fields.push((TO_USER_NAME.into(), Value::Text(address.user.as_ref().into())));
    fields.push((FROM_USER_NAME.into(), Value::Text(address.account.as_ref().into())));
    fields.push((CREATE_TIME.into(), Value::Literal(now.to_string().into())));
    let is_content = |name: &str| !matches!(name, TO_USER_NAME | FROM_USER_NAME | CREATE_TIME);
    fields.extend(object.0.into_iter().filter(|(name, _)| is_content(name)));
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
