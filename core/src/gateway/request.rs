//! What WeChat's server sends: the handshake, and a message as a signed and encrypted request.

use std::borrow::Cow;
use std::fmt;

use crate::account::{Account, Mode};
use crate::document::{Format, Object, Value, XmlError};
use crate::gateway::as_sent::as_sent;
use crate::gateway::bot;
use crate::gateway::random::{ENTROPY, Random};
use crate::message::names::{
    AGENT_ID, APP_ID, CREATE_TIME, EVENT, FROM_USER_NAME, INFO_TYPE, MSG_ID, MSG_TYPE,
    SERVICE_CORP_ID, SUITE_ID, TIME_STAMP, TO_USER_NAME,
};
use crate::message::routing::RoutingFields;
use crate::message::rows::Kind;
use crate::message::{WriteOptions, write_push};
use crate::platform::Family;
use crate::query::Parameter;
use crate::signature;
use crate::trust::{ACTION, LOOKED_AT, Trust};

/// The account and the user of a message that names none.
const ACCOUNT: &str = "gh_0123456789ab";
const USER: &str = "oUser0123456789_abcdefghijkl";
/// The same of WeCom: a company, its application, a member, and a suite.
const CORP: &str = "ww0123456789abcdef";
const AGENT: &str = "1000002";
const MEMBER: &str = "zhangsan";
const SUITE: &str = "ww0123456789abcde0";
/// The third-party platform of an info that names none, where no AppID is configured.
const COMPONENT: &str = "wx0123456789abcdef";
/// Where a push of WeCom says whom it is for.
const RECEIVERS: [&str; 3] = [TO_USER_NAME, SUITE_ID, SERVICE_CORP_ID];

/// One request of WeChat's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeChatRequest {
    /// The parameters to append to the URL, in WeChat's order.
    pub query: Object<'static>,
    /// The headers.
    pub headers: Object<'static>,
    /// The body of a POST; nothing for the handshake.
    pub body: String,
    /// The message with its defaults, in its documented form, as JSON; `null` for the handshake.
    pub message: String,
    /// What the handshake wants to hear.
    pub echo: Option<String>,
}

/// Why an object cannot be pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushError {
    /// It is no object, or too deep.
    Broken,
    /// It does not say what it is.
    Kind,
    /// The same, to a bot.
    KindOfBot,
    /// It has no form in XML.
    Xml(XmlError),
}

/// What WeChat sends when the URL is entered in its console; of a cloud that sends no signatures, its look at the path.
/// `now` is in seconds.
pub fn handshake(account: &Account, now: u64, random: [u8; ENTROPY]) -> WeChatRequest {
    if let (false, Some(trust)) = (account.has_token(), account.trust) {
        return look_at_path(trust);
    }
    let random = Random::new(random);
    let stamp = Stamp::new(now, &random);
    let echo = random.echostr();
    let sealed = account.keys.first().filter(|_| account.platform.echostr_is_encrypted);
    let sealed = sealed.map(|key| key.seal(&echo, account.own_id(), random.salt));
    let signature = match &sealed {
        Some(echostr) => (Parameter::MsgSignature, stamp.msg_signature(account, echostr)),
        None => (Parameter::Signature, stamp.signature(account)),
    };
    let query = parameters(vec![
        signature,
        (Parameter::Echostr, sealed.unwrap_or_else(|| echo.clone())),
        (Parameter::Timestamp, stamp.timestamp),
        (Parameter::Nonce, stamp.nonce),
    ]);
    WeChatRequest {
        query,
        headers: headers(None),
        body: String::new(),
        message: "null".into(),
        echo: Some(echo),
    }
}

fn look_at_path(trust: &Trust) -> WeChatRequest {
    let mut headers = headers(Some(Format::Json));
    headers.0.push(vouching_header(trust));
    WeChatRequest {
        query: Object::default(),
        headers,
        body: ["{\"", ACTION, "\":\"", trust.check, "\"}"].concat(),
        message: "null".into(),
        echo: Some(LOOKED_AT.into()),
    }
}

/// A message, given as JSON, as the account's server gets it: in plaintext, encrypted, or both in
/// compat mode; without a signature where the account has no Token. What every push of its kind has is filled in where it is absent: addresses,
/// `CreateTime`, and `MsgId` unless it is an event. `now` is in seconds.
///
/// # Errors
/// The message has no form that a push can have.
pub fn push(
    account: &Account,
    message: &str,
    format: Format,
    now: u64,
    random: [u8; ENTROPY],
) -> Result<WeChatRequest, PushError> {
    let random = Random::new(random);
    let platform = account.platform;
    let format = platform.pushed_in(format);
    let json = completed(account, message, now, &random)?;
    let message = Object::of_json(&json).map_err(|_| PushError::Broken)?;
    let kind = Kind::of(&RoutingFields::of(&message, platform.family), platform.family);
    let mut sent = as_sent(message.clone(), kind, format);
    let mut body = sent.write(format, 512)?;
    if !account.has_token() {
        let mut headers = headers(Some(format));
        headers.0.extend(account.trust.map(vouching_header));
        return Ok(WeChatRequest {
            query: Object::default(),
            headers,
            body,
            message: json,
            echo: None,
        });
    }
    let stamp = Stamp::new(now, &random);
    let ciphertext =
        account.keys.first().map(|key| key.seal(&body, receiver(account, &message), random.salt));
    let query = push_query(account, stamp, message.text(FROM_USER_NAME), ciphertext.as_deref());
    if let Some(ciphertext) = ciphertext {
        let ciphertext_name = platform.envelope(format, 0).ciphertext;
        match platform.family {
            Family::WeCom => sent = wecom_envelope(&message),
            Family::Bot => sent = Object::default(),
            Family::WeChat => {
                let secure = account.mode == Mode::Secure;
                sent.0.retain(|(name, _)| {
                    if secure { is_receiver(name, &message) } else { name != ciphertext_name }
                });
            }
        }
        sent.0.push((ciphertext_name.into(), Value::Text(ciphertext.into())));
        body = sent.write(format, body.len() * 3)?;
    }
    Ok(WeChatRequest { query, headers: headers(Some(format)), body, message: json, echo: None })
}

/// Whom a push is sealed for: of several parts of WeCom the one that the message names.
fn receiver<'a>(account: &'a Account, message: &Object) -> &'a str {
    let mut named = RECEIVERS.into_iter().filter_map(|name| message.text(name));
    named.find_map(|id| account.own_id_like(id)).unwrap_or(account.own_id())
}

/// What stands beside the ciphertext: the receiver, and the application, which a suite has not.
fn wecom_envelope<'a>(message: &Object) -> Object<'a> {
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| message.text(name));
        Value::Text(found.unwrap_or_default().to_owned().into())
    };
    Object(vec![(TO_USER_NAME.into(), text(&RECEIVERS)), (AGENT_ID.into(), text(&[AGENT_ID]))])
}

fn push_query(
    account: &Account,
    stamp: Stamp,
    user: Option<&str>,
    ciphertext: Option<&str>,
) -> Object<'static> {
    let msg_signature = ciphertext.map(|text| stamp.msg_signature(account, text));
    let signature = stamp.signature(account);
    let stamped = [(Parameter::Timestamp, stamp.timestamp), (Parameter::Nonce, stamp.nonce)];
    let mut query = vec![];
    if account.platform.handshake_signature == Parameter::MsgSignature {
        query.extend(msg_signature.map(|signature| (Parameter::MsgSignature, signature)));
        query.extend(stamped);
        return parameters(query);
    }
    query.push((Parameter::Signature, signature));
    query.extend(stamped);
    query.extend(user.map(|user| (Parameter::Openid, user.to_owned())));
    if let Some(msg_signature) = msg_signature {
        query.push((Parameter::EncryptType, "aes".to_owned()));
        query.push((Parameter::MsgSignature, msg_signature));
    }
    parameters(query)
}

/// The message with what every push of its kind has, in the documented order and form.
fn completed(
    account: &Account,
    message: &str,
    now: u64,
    random: &Random,
) -> Result<String, PushError> {
    let Ok(Value::Object(mut given)) = Value::from_json(message) else {
        return Err(PushError::Broken);
    };
    let family = account.platform.family;
    if family == Family::Bot {
        let message = bot::completed(&given, now, random).ok_or(PushError::KindOfBot)?;
        return Ok(written(message, family));
    }
    let kind = [INFO_TYPE, MSG_TYPE, EVENT].into_iter().find_map(|name| given.get(name));
    if !matches!(kind, Some(Value::Text(_))) {
        return Err(PushError::Kind);
    }
    let is_info = given.get(INFO_TYPE).is_some();
    let is_wecom = family == Family::WeCom;
    let is_of_provider = given.get(SERVICE_CORP_ID).is_some();
    let mut fields = vec![];
    let mut common = |name: &'static str, default: Value<'static>| {
        let index = given.0.iter().position(|(key, _)| key == name);
        fields.push((name.into(), index.map_or(default, |index| given.0.remove(index).1)));
    };
    let text = |text: &str| Value::Text(text.to_owned().into());
    let own = |default| Some(account.own_id()).filter(|id| !id.is_empty()).unwrap_or(default);
    let sent_at = Value::Literal(now.to_string().into());
    match (is_info, is_wecom) {
        (true, false) => common(APP_ID, text(own(COMPONENT))),
        (true, true) if !is_of_provider => common(SUITE_ID, text(own(SUITE))),
        (true, true) => {}
        (false, false) => {
            common(TO_USER_NAME, text(ACCOUNT));
            common(FROM_USER_NAME, text(USER));
        }
        (false, true) => {
            common(TO_USER_NAME, text(own(CORP)));
            common(FROM_USER_NAME, text(MEMBER));
        }
    }
    common(if is_info && is_wecom { TIME_STAMP } else { CREATE_TIME }, sent_at);
    if !is_info {
        common(MSG_TYPE, text("event"));
    }
    fields.extend(given.0);
    let mut message = Object(fields);
    let is_message = !is_info && message.text(MSG_TYPE) != Some("event");
    if is_message && message.get(MSG_ID).is_none() {
        message.0.push((MSG_ID.into(), Value::Text(random.msg_id().into())));
    }
    if is_message && is_wecom && message.get(AGENT_ID).is_none() {
        message.0.push((AGENT_ID.into(), Value::Literal(AGENT.into())));
    }
    Ok(written(message, family))
}

fn written(message: Object, family: Family) -> String {
    let mut json = String::new();
    write_push(message, &mut json, None, WriteOptions { long_texts: None, ciphertext: "", family });
    json
}

/// When a request is sent, and the sender's own number for it.
struct Stamp {
    timestamp: String,
    nonce: String,
}

impl Stamp {
    fn new(now: u64, random: &Random) -> Self {
        Self { timestamp: now.to_string(), nonce: random.nonce() }
    }

    fn signature(&self, account: &Account) -> String {
        let token = account.token(0).unwrap_or_default();
        signature::sign_text([token, &self.timestamp, &self.nonce])
    }

    fn msg_signature(&self, account: &Account, ciphertext: &str) -> String {
        let token = account.token(0).unwrap_or_default();
        signature::sign_text([token, &self.timestamp, &self.nonce, ciphertext])
    }
}

/// Whether the field names who receives the push: the account, or a third-party platform.
fn is_receiver(name: &str, message: &Object) -> bool {
    name == if message.get(INFO_TYPE).is_some() { APP_ID } else { TO_USER_NAME }
}

/// The headers that real pushes have; no receiver should rely on them.
fn headers(format: Option<Format>) -> Object<'static> {
    let content_type = match format {
        Some(Format::Xml) => Some("text/xml"),
        Some(Format::Json) => Some("application/json"),
        None => None,
    };
    let always = [("User-Agent", "Mozilla/4.0"), ("Accept", "*/*"), ("Pragma", "no-cache")];
    let typed = content_type.map(|value| ("Content-Type", value));
    texts(typed.into_iter().chain(always).map(|(name, value)| (name, value.to_owned())))
}

/// What the cloud puts on a push; which value it has there, no page says.
fn vouching_header(trust: &Trust) -> (Cow<'static, str>, Value<'static>) {
    (trust.headers[0].into(), Value::Text("wx_unknown".into()))
}

fn parameters(pairs: Vec<(Parameter, String)>) -> Object<'static> {
    texts(pairs.into_iter().map(|(parameter, value)| (parameter.name(), value)))
}

fn texts(pairs: impl IntoIterator<Item = (&'static str, String)>) -> Object<'static> {
    Object(pairs.into_iter().map(|(name, text)| (name.into(), Value::Text(text.into()))).collect())
}

impl From<XmlError> for PushError {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl fmt::Display for PushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken => f.write_str("a message is an object, at most 32 levels deep"),
            Self::Kind => f.write_str(
                "a message needs MsgType, such as 'text', or Event, or InfoType, each a string",
            ),
            Self::KindOfBot => f.write_str(
                "a push to a bot needs msgtype, such as 'text', or event.eventtype, each a string",
            ),
            Self::Xml(error) => error.fmt(f),
        }
    }
}
