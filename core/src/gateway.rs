//! What WeChat's server sends: the handshake, and a message as a signed and sealed request.

use std::fmt;

use crate::account::Mode;
use crate::document::{Format, Object, Value};
use crate::envelope::RANDOM;
use crate::shape::{COMMON, LongTexts, is_list, wrapper_of};
use crate::xml_writer::XmlError;
use crate::{Account, signature};

/// How many random bytes one request takes: 16 for the envelope, 8 for ids, 8 for the nonce.
pub const ENTROPY: usize = RANDOM + 16;

/// The account and the user of a message that names none.
const ACCOUNT: &str = "gh_0123456789ab";
const USER: &str = "oUser0123456789_abcdefghijkl";
/// The third-party platform of an info that names none, where no AppID is configured.
const PLATFORM: &str = "wx0123456789abcdef";

/// One request of WeChat's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The parameters to append to the URL, in WeChat's order.
    pub query: Object<'static>,
    /// The headers.
    pub headers: Object<'static>,
    /// The body of a POST; nothing for the handshake.
    pub body: String,
    /// The message with its defaults, in the shape that is documented, as JSON; `null` for the handshake.
    pub message: String,
}

/// Why an object cannot be pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushError {
    /// It is no object, or too deep.
    Broken,
    /// It does not say what it is.
    Kind,
    /// It has no form in XML.
    Xml(XmlError),
}

impl Sent {
    /// `{"query":{…},"headers":{…},"body":"…","message":{…}}`
    pub fn to_json(self) -> String {
        let room = self.body.len() * 2 + 1024;
        Object(vec![
            ("query".into(), Value::Object(self.query)),
            ("headers".into(), Value::Object(self.headers)),
            ("body".into(), Value::Text(self.body.into())),
            ("message".into(), Value::Literal(self.message.into())),
        ])
        .to_json(room)
    }
}

impl Account {
    /// What WeChat sends when the URL is entered in its console. `now` is in seconds.
    pub fn handshake_request(&self, now: u64, random: [u8; ENTROPY]) -> Sent {
        let random = Random::new(random);
        let stamp = Stamp::new(now, &random);
        let query = texts([
            ("signature", self.signature(&stamp)),
            ("echostr", random.echostr()),
            ("timestamp", stamp.timestamp),
            ("nonce", stamp.nonce),
        ]);
        Sent { query, headers: headers(None), body: String::new(), message: "null".into() }
    }

    /// A message, given as JSON, as this account's server gets it: in plaintext, sealed, or both in
    /// compat mode. What every push of its kind has is filled in where it is absent: addresses,
    /// `CreateTime`, and `MsgId` unless it is an event. `now` is in seconds.
    ///
    /// # Errors
    /// The message has no form that a push can have.
    pub fn push_request(
        &self,
        message: &str,
        format: Format,
        now: u64,
        random: [u8; ENTROPY],
    ) -> Result<Sent, PushError> {
        let random = Random::new(random);
        let json = self.completed(message, now, &random)?;
        let message = Object::of_json(&json).map_err(|_| PushError::Broken)?;
        let mut wire = on_the_wire(message.clone(), format);
        let mut body = wire.write(format, 512)?;
        let stamp = Stamp::new(now, &random);
        let mut query = vec![("signature", self.signature(&stamp))];
        let sealed = self.keys.first().map(|key| key.seal(&body, &self.app_id, random.salt));
        let msg_signature = sealed.as_ref().map(|encrypt| self.msg_signature(&stamp, encrypt));
        query.extend([("timestamp", stamp.timestamp), ("nonce", stamp.nonce)]);
        if let Some(user) = message.text("FromUserName") {
            query.push(("openid", user.to_owned()));
        }
        if let (Some(encrypt), Some(msg_signature)) = (sealed, msg_signature) {
            query.extend([("encrypt_type", "aes".to_owned()), ("msg_signature", msg_signature)]);
            let secure = self.mode == Mode::Secure;
            wire.0.retain(
                |(name, _)| {
                    if secure { is_address(name, &message) } else { name != "Encrypt" }
                },
            );
            wire.0.push(("Encrypt".into(), Value::Text(encrypt.into())));
            body = wire.write(format, body.len() * 3)?;
        }
        Ok(Sent { query: texts(query), headers: headers(Some(format)), body, message: json })
    }

    fn signature(&self, stamp: &Stamp) -> String {
        signed([self.current_token(), &stamp.timestamp, &stamp.nonce])
    }

    fn msg_signature(&self, stamp: &Stamp, encrypt: &str) -> String {
        signed([self.current_token(), &stamp.timestamp, &stamp.nonce, encrypt])
    }

    fn current_token(&self) -> &str {
        self.token(0).unwrap_or_default()
    }

    /// The message with what every push of its kind has, in the order and the shape that is documented.
    fn completed(&self, message: &str, now: u64, random: &Random) -> Result<String, PushError> {
        let Ok(Value::Object(mut given)) = Value::from_json(message) else {
            return Err(PushError::Broken);
        };
        let kinds = ["InfoType", "MsgType", "Event"];
        let kind = kinds.into_iter().find_map(|name| given.get(name));
        if !matches!(kind, Some(Value::Text(_))) {
            return Err(PushError::Kind);
        }
        let is_info = given.get("InfoType").is_some();
        let mut fields = vec![];
        let mut common = |name: &'static str, default: Value<'static>| {
            let own = given.0.iter().position(|(key, _)| key == name);
            fields.push((name.into(), own.map_or(default, |place| given.0.remove(place).1)));
        };
        let text = |text: &str| Value::Text(text.to_owned().into());
        if is_info {
            common("AppId", text(if self.app_id.is_empty() { PLATFORM } else { &self.app_id }));
        } else {
            common("ToUserName", text(ACCOUNT));
            common("FromUserName", text(USER));
        }
        common("CreateTime", Value::Literal(now.to_string().into()));
        if !is_info {
            common("MsgType", text("event"));
        }
        fields.extend(given.0);
        let mut message = Object(fields);
        if !is_info && message.text("MsgType") != Some("event") && message.get("MsgId").is_none() {
            message.0.push(("MsgId".into(), Value::Text(random.msg_id().into())));
        }
        let mut json = String::new();
        message.shape(&mut json, LongTexts::Inside);
        Ok(json)
    }
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
}

/// The random bytes of one request by what they are for.
struct Random {
    salt: [u8; RANDOM],
    id: u64,
    nonce: u64,
}

impl Random {
    fn new(bytes: [u8; ENTROPY]) -> Self {
        let number =
            |at: usize| bytes[at..at + 8].iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
        let salt = std::array::from_fn(|i| bytes[i]);
        Self { salt, id: number(RANDOM), nonce: number(RANDOM + 8) }
    }

    /// Nine or ten digits.
    fn nonce(&self) -> String {
        (100_000_000 + (self.nonce >> 32) % 4_000_000_000).to_string()
    }

    /// 19 digits, as those of real messages.
    fn msg_id(&self) -> String {
        const LEAST: u64 = 10_u64.pow(18);
        (LEAST + self.id % (8 * LEAST)).to_string()
    }

    /// 17 to 20 digits; odd, for no such number survives in a double, so that rounding always shows.
    fn echostr(&self) -> String {
        let least = 10_u128.pow(16 + u32::from(self.nonce.to_le_bytes()[0] % 4));
        ((least + u128::from(self.id) % (9 * least)) | 1).to_string()
    }
}

/// A normalised message as it is sent: ids are numbers, JSON drops wrappers, an empty list is an
/// empty element.
fn on_the_wire(mut message: Object, format: Format) -> Object {
    if format == Format::Json {
        drop_wrapper(&mut message);
    }
    message.visit(&mut |name, value| match value {
        Value::Text(id) if matches!(name.as_ref(), "MsgId" | "MsgID") && is_number(id) => {
            *value = Value::Literal(std::mem::take(id));
        }
        Value::List(items) if format == Format::Xml && items.is_empty() && is_list(name) => {
            *value = Value::Text("".into());
        }
        _ => {}
    });
    message
}

/// Drops the wrapper that JSON does not have, where a receiver can bring it back.
fn drop_wrapper(message: &mut Object) {
    let Some(wrapper) = message.text("Event").and_then(wrapper_of) else { return };
    let is_common = |name: &str| COMMON.contains(&name);
    let alone = message.0.iter().all(|(name, value)| match value {
        Value::Object(inner) if name == wrapper => !inner.0.iter().any(|(name, _)| is_common(name)),
        _ => is_common(name),
    });
    let place = message.0.iter().position(|(name, _)| name == wrapper);
    let (true, Some(place)) = (alone, place) else { return };
    if let (_, Value::Object(inner)) = message.0.remove(place) {
        message.0.extend(inner.0);
    }
    for (name, value) in &mut message.0 {
        if let ("Event", Value::Text(event)) = (name.as_ref(), value) {
            *event = event.replace("complaint_callback", "complaint callback").into();
        }
    }
}

/// Whether the digits are those of a number that JSON writes so.
fn is_number(text: &str) -> bool {
    text.parse::<u64>().is_ok_and(|number| number.to_string() == text)
}

/// Whose envelope it is: the account's, or a third-party platform's.
fn is_address(name: &str, message: &Object) -> bool {
    name == if message.get("InfoType").is_some() { "AppId" } else { "ToUserName" }
}

fn signed<const N: usize>(parts: [&str; N]) -> String {
    String::from_utf8_lossy(&signature::sign(parts.map(str::as_bytes))).into_owned()
}

/// Those that a push was seen with; nobody should rest on them.
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
            Self::Xml(error) => error.fmt(f),
        }
    }
}
