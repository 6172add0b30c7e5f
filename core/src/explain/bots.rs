//! What tells a push to a bot of WeCom from one to an application of it.

use crate::body::{Body, Content};
use crate::document::{Format, find_text, names};
use crate::explain::named_account::NamedAccount;
use crate::message::names::bot::MSG_TYPE;
use crate::message::names::{AGENT_ID, TO_USER_NAME};
use crate::platform::WECOM_BOT;

const ENCRYPT: &str = WECOM_BOT.json_envelopes[0].ciphertext;
/// Only an answer has one in it.
const SIGNATURE: &str = WECOM_BOT.json_envelopes[0].signature;

/// The hint on an encrypted push that was refused; nothing where it may be what the account is for.
pub(super) fn hint(body: Body, mine: &NamedAccount) -> Option<&'static str> {
    let fields = match body.content(&WECOM_BOT).ok()? {
        Content::Text { format: Format::Xml, text } => return of_xml(text, mine),
        Content::Text { format: Format::Json, text } => names(text).ok()?,
        Content::Parsed { tree, .. } => tree.0.into_iter().map(|(name, _)| name).collect(),
    };
    let has = |name: &str| fields.iter().any(|given| given.eq_ignore_ascii_case(name));
    let is_alone = fields.len() == 1 && has(ENCRYPT);
    let is_spelt_so = fields.iter().any(|given| given == ENCRYPT);
    match mine.is_bot() {
        false if is_alone && is_spelt_so => Some("bot_push"),
        true if has(ENCRYPT) && has(SIGNATURE) => Some("bot_answer"),
        true if has(ENCRYPT) && (has(TO_USER_NAME) || has(AGENT_ID)) => Some("app_push_at_bot"),
        true if is_alone && !is_spelt_so => Some("encrypt_spelling"),
        _ => None,
    }
}

/// No bot is pushed any.
fn of_xml(text: &str, mine: &NamedAccount) -> Option<&'static str> {
    let has = |name| find_text(Format::Xml, text, name).is_ok_and(|found| found.is_some());
    if !mine.is_bot() || !has(WECOM_BOT.xml_envelopes[0].ciphertext) {
        return None;
    }
    Some(if has(TO_USER_NAME) || has(AGENT_ID) { "app_push_at_bot" } else { "encrypt_spelling" })
}

/// Whether a message is one of a bot's, by its names.
pub(super) fn is_message(text: &str) -> bool {
    names(text).is_ok_and(|names| names.iter().any(|name| name == MSG_TYPE))
}
