//! A push: its message as JSON, what tells it from others, and what its reply needs.

pub(crate) mod names;
mod normalise;
mod reply_address;
pub(crate) mod routing;
pub(crate) mod row;
pub(crate) mod rows;
mod sorted_rows;
mod spelling;
mod table;
mod takes;
mod typed_text;
mod writer;

use std::borrow::Cow;

use crate::document::Format;
use crate::platform::{Family, Platform};
use crate::signature::{self, Signature};
use crate::text::{has_control, without_control};

pub use reply_address::{ReplyAddress, UsedKeys};
pub use table::give_rows;
pub use takes::Takes;
pub use writer::LongTexts;

pub(crate) use normalise::{read, reply_to_json, write};
pub(crate) use routing::RoutingFields;
pub(crate) use spelling::restore_names;
pub(crate) use writer::{WriteOptions, Written, write_push};

/// A verified, decrypted, normalised push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    pub(crate) format: Format,
    pub(crate) json: &'a str,
    pub(crate) long_texts: Vec<Cow<'a, str>>,
    pub(crate) fields: RoutingFields<'a>,
    pub(crate) takes: Takes,
    pub(crate) raw: &'a str,
    pub(crate) nonce: Cow<'a, str>,
    /// The index of the Token that signed it.
    pub(crate) token: usize,
    /// Which of the account's keys were used; `None` for a push in plaintext.
    pub(crate) used: Option<UsedKeys>,
    /// The `signature` of the URL, where it must not be accepted with another body.
    pub(crate) signature: Option<Cow<'a, str>>,
    /// How its envelope is spelt, an index of the platform's spellings.
    pub(crate) spelling: usize,
    /// Of WeCom, the part that it is for: the `receiveid`.
    pub(crate) receive_id: Option<&'a str>,
    pub(crate) platform: &'static Platform,
}

/// An authentication that does not cover the body: the same signature with another body is a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authentication<'a> {
    /// The parameter `signature`.
    pub signature: &'a str,
    /// The SHA-1 of the plaintext, in hex.
    pub body_hash: Signature,
}

impl<'a> Message<'a> {
    /// The message object as JSON. Where the caller wants long texts beside it, it has the mark and an index
    /// of [`Message::long_texts`] for each.
    pub fn json(&self) -> &'a str {
        self.json
    }

    /// The texts that stand beside the JSON: the long ones, and those that begin with the mark.
    pub fn long_texts(&self) -> &[Cow<'a, str>] {
        &self.long_texts
    }

    /// The `receiveid` that an encrypted push of WeCom ends with: a CorpID, a SuiteID or nothing.
    pub fn receive_id(&self) -> Option<&'a str> {
        self.receive_id
    }

    /// The index of the Token that signed the push.
    pub fn token(&self) -> usize {
        self.token
    }

    /// The index of the key that opened it; `None` for a push in plaintext.
    pub fn key(&self) -> Option<usize> {
        self.used.map(|used| used.key)
    }

    /// The idempotency key, which has no control characters.
    pub fn id(&self) -> String {
        let mut id = String::new();
        self.write_id(&mut id);
        id
    }

    /// The same, written to the end of `out`. A message has its `MsgId`, which repeats across users; an event
    /// has none, and the documented `FromUserName` + `CreateTime` loses real events, so the whole body is
    /// hashed.
    pub fn write_id(&self, out: &mut String) {
        let RoutingFields { to, from, time, id, .. } = &self.fields;
        let start = out.len();
        let is_message = !id.is_empty() && !self.is_event();
        // Every push of a bot has an id of its own.
        let is_of_bot = self.platform.family == Family::Bot && !id.is_empty();
        if is_of_bot {
            out.push_str(id);
        } else if is_message {
            out.extend([id, from, to, time].map(Cow::as_ref));
        }
        if !(is_message || is_of_bot) || has_control(&out[start..]) {
            out.truncate(start);
            out.push_str(signature::as_text(&self.body_hash()));
        }
    }

    /// Whether it is no message of a user's, but an event or the like.
    pub(crate) fn is_event(&self) -> bool {
        matches!(self.fields.kind.as_ref(), "" | "event")
    }

    /// What [`crate::reply`] needs to answer it.
    pub fn reply_address(&self) -> ReplyAddress<'_> {
        let plaintext = self.platform.wants_plaintext_reply(&self.fields.event);
        ReplyAddress {
            format: self.format,
            takes: self.takes,
            encrypted: self.used.is_some(),
            used: self.used.filter(|_| !plaintext),
            user: without_control(&self.fields.from),
            account: without_control(&self.fields.to),
            nonce: without_control(&self.nonce),
            spelling: self.spelling,
            receive_id: self.receive_id.map(without_control),
            subject: without_control(&self.fields.subject),
        }
    }

    /// What must be remembered against replays; nothing where `msg_signature`, which covers the body, is all
    /// that the account takes.
    pub fn authentication(&self) -> Option<Authentication<'_>> {
        let signature = self.signature.as_deref()?;
        Some(Authentication { signature, body_hash: self.body_hash() })
    }

    /// The plaintext that the message was read from.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// Signing a single part is hashing it.
    fn body_hash(&self) -> Signature {
        signature::sign([self.raw.as_bytes()])
    }
}
