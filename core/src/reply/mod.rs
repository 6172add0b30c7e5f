//! What a handler returned → judged → XML or JSON in the push's own format, encrypted when the push was.

mod bot;
mod objection;
mod rules;

use std::fmt;

use crate::account::Account;
use crate::document::{Format, Object, Value, XmlError, write_text};
use crate::envelope::RANDOM;
use crate::message::names::{CREATE_TIME, FROM_USER_NAME, MSG_TYPE, TO_USER_NAME};
use crate::message::{ReplyAddress, UsedKeys};
use crate::platform::{Family, Platform};
use crate::signature;
use crate::split::split;
use crate::text::is_blank;
use rules::{CONTENT, Form, LONG_TEXT, is_doubtful, shortened};

pub use objection::{Objection, Outcome};

pub(crate) use rules::Answered;

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
    /// Its format; `None` where it says that there is no reply.
    pub format: Option<Format>,
}

/// What becomes of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What goes now.
    pub reply: Reply,
    /// Whether the user of a mini program, which this account may be, would not see it.
    pub is_doubtful: bool,
    /// Why that is not the value as it is.
    pub objection: Option<Objection>,
    /// Where only the beginning of the value goes now, that and the rest.
    pub split: Option<Split>,
}

/// A value in two parts, each of its kind, as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What goes now.
    pub first: String,
    /// What is left.
    pub rest: String,
}

/// Why nothing can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyError {
    /// The address names keys that this account does not have, or is none.
    OtherReceiver,
}

/// Judges what a handler returned, and writes what goes now. `now` is in seconds; `random` fills the envelope.
///
/// # Errors
/// The address is none of this account's.
pub fn reply(
    account: &Account,
    address: &ReplyAddress,
    value: HandlerValue,
    now: u64,
    random: [u8; RANDOM],
) -> Result<Verdict, ReplyError> {
    let platform = account.platform;
    let nothing = |objection| Ok(Verdict::nothing(objection, platform));
    let object = match object_of(value, address, platform) {
        Ok(Some(object)) => object,
        Ok(None) => return nothing(None),
        Err(objection) => return nothing(Some(objection)),
    };
    let (object, form, objection, split) = match judge(&object, &Answered::by(address), platform) {
        Ok(form) => (object, form, None, None),
        Err(objection) => match beginning(&object, value, &objection, platform) {
            None => return nothing(Some(objection)),
            Some((first, None)) => (first, form_of_text(platform), None, None),
            Some((first, split)) => (first, form_of_text(platform), Some(objection), split),
        },
    };
    let is_doubtful = is_doubtful(&object, address.format, platform);
    Ok(match written(account, address, object, form, now, random)? {
        Ok(reply) => Verdict { reply, is_doubtful, objection, split },
        Err(error) => Verdict::nothing(Some(error.into()), platform),
    })
}

/// Whether the platform takes this object as the answer.
///
/// # Errors
/// The first rule that it breaks.
pub(crate) fn judge(
    object: &Object,
    answered: &Answered,
    platform: &Platform,
) -> Result<Form, Objection> {
    match platform.family {
        _ if object.0.is_empty() => Err(Objection::new("empty_reply")),
        Family::Bot => bot::judge(object, answered, platform),
        Family::WeChat | Family::WeCom => rules::judge(object, answered, platform),
    }
}

impl Verdict {
    fn nothing(objection: Option<Objection>, platform: &Platform) -> Self {
        let reply = Reply { body: platform.no_reply.into(), format: None };
        Self { reply, is_doubtful: false, objection, split: None }
    }
}

/// What a value asks to send; `None` for no reply.
fn object_of<'a>(
    value: HandlerValue<'a>,
    address: &ReplyAddress,
    platform: &Platform,
) -> Result<Option<Object<'a>>, Objection> {
    match object_returned(value)? {
        Some(object) if platform.family == Family::Bot => {
            bot::completed(object, address.takes, &address.subject).map(Some)
        }
        object => Ok(object),
    }
}

fn object_returned(value: HandlerValue<'_>) -> Result<Option<Object<'_>>, Objection> {
    let value = match value {
        HandlerValue::Text(text) => Value::Text(text.into()),
        HandlerValue::Json(json) => {
            Value::from_json(json).map_err(|_| Objection::new("unreadable_reply"))?
        }
    };
    match value {
        Value::Literal(_) => Ok(None),
        Value::Text(text) if matches!(text.as_ref(), "" | "success") => Ok(None),
        Value::Text(text) => Ok(Some(Object(vec![
            (MSG_TYPE.into(), Value::Text("text".into())),
            (CONTENT.into(), Value::Text(text)),
        ]))),
        Value::Object(object) => Ok(Some(object)),
        Value::List(_) => Err(Objection::new("array_reply")),
    }
}

/// The beginning of a text that is too long, and how the value is split there; nothing of other values. Where nothing
/// but blanks is left, nothing is.
fn beginning<'a>(
    object: &Object<'a>,
    value: HandlerValue,
    objection: &Objection,
    platform: &Platform,
) -> Option<(Object<'a>, Option<Split>)> {
    let is_text = objection.rule() == LONG_TEXT;
    let is_bot = platform.family == Family::Bot;
    let content = if is_bot { bot::text_of(object) } else { object.text(CONTENT) };
    let content = content.filter(|_| is_text)?;
    let (first, rest) = split(content, platform.replies.text_bytes, false);
    if is_blank(&first) {
        return None;
    }
    let with = |content: &str| {
        if is_bot {
            return bot::with_text(object, content);
        }
        object.with(CONTENT, Value::Text(content.to_owned().into()))
    };
    let as_json = |content: &str| match value {
        HandlerValue::Json(json) if json.starts_with('{') => {
            with(content).to_json(content.len() * 2)
        }
        _ => text_json(content),
    };
    // No second stream answers the same push.
    let rest_as_json = |rest: &str| if is_bot { text_json(rest) } else { as_json(rest) };
    let split =
        (!is_blank(&rest)).then(|| Split { first: as_json(&first), rest: rest_as_json(&rest) });
    Some((with(&first), split))
}

fn form_of_text(platform: &Platform) -> Form {
    if platform.family == Family::Bot { Form::Data } else { Form::Passive }
}

fn text_json(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    write_text(&mut json, text, true);
    json
}

/// A reply as it crosses the network, or why it has no form there.
fn written(
    account: &Account,
    address: &ReplyAddress,
    object: Object,
    form: Form,
    now: u64,
    random: [u8; RANDOM],
) -> Result<Result<Reply, XmlError>, ReplyError> {
    let object = match form {
        Form::Passive => to_user(address, object, now),
        Form::Data => object,
    };
    let mut body = match object.write(address.format, 512) {
        Ok(body) => body,
        Err(error) => return Ok(Err(error)),
    };
    if let Some(used) = address.used {
        let sealed = encrypted(account, &body, address, used, now, random);
        body = sealed.ok_or(ReplyError::OtherReceiver)?;
    }
    Ok(Ok(Reply { body, format: Some(address.format) }))
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
    let receiver = address.receive_id.as_deref().unwrap_or_else(|| account.own_id());
    let ciphertext = key.seal(body, receiver, random);
    let timestamp = now.to_string();
    let signature = signature::sign_text([token, &timestamp, &address.nonce, &ciphertext]);
    let names = account.platform.envelope(address.format, address.spelling);
    let stamped = if names.timestamp_is_text { Value::Text } else { Value::Literal };
    let envelope = Object(vec![
        (names.ciphertext.into(), Value::Text(ciphertext.into())),
        (names.signature.into(), Value::Text(signature.into())),
        (names.timestamp.into(), stamped(timestamp.into())),
        (names.nonce.into(), Value::Text(address.nonce.as_ref().into())),
    ]);
    envelope.write(address.format, body.len() * 2).ok()
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

impl From<XmlError> for Objection {
    fn from(error: XmlError) -> Self {
        match error {
            XmlError::List => Self::new("nested_array"),
            XmlError::Name(name) => Self::new("element_name").with("name", shortened(&name)),
        }
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reply is not for a message of this receiver")
    }
}
