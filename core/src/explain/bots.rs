//! What tells a push to a bot of WeCom from one to an application of it.

use crate::body::Body;
use crate::document::Object;
use crate::explain::named_account::NamedAccount;
use crate::message::names::{AGENT_ID, TO_USER_NAME};
use crate::platform::WECOM_BOT;

const ENCRYPT: &str = WECOM_BOT.json_envelopes[0].ciphertext;

/// The hint on an encrypted push that was refused; nothing where it may be what the account is for.
pub(super) fn hint(body: Body, mine: &NamedAccount) -> Option<&'static str> {
    let is_json = matches!(body, Body::Parsed(_)) || is_json(body);
    let fields = body.content(&WECOM_BOT).ok()?.fields(WECOM_BOT.family).ok()?;
    let has = |name: &str| fields.0.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
    let is_alone = fields.0.len() == 1 && has(ENCRYPT);
    match mine.is_bot() {
        false if is_alone && is_json && fields.get(ENCRYPT).is_some() => Some("bot_push"),
        true if has(ENCRYPT) && (has(TO_USER_NAME) || has(AGENT_ID)) => Some("app_push_at_bot"),
        true if is_alone && fields.get(ENCRYPT).is_none() => Some("encrypt_spelling"),
        _ => None,
    }
}

fn is_json(body: Body) -> bool {
    matches!(body, Body::Bytes(bytes) if bytes.trim_ascii_start().first() == Some(&b'{'))
}

/// Whether a message is one of a bot's, by its names.
pub(super) fn is_message(text: &str) -> bool {
    Object::of_json(text).is_ok_and(|message| message.get("msgtype").is_some())
}
