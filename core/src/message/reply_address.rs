//! What a reply needs to know of the push that it answers.

use std::borrow::Cow;

use crate::document::Format;
use crate::message::takes::Takes;

/// Where a reply goes, and how it is written. No text in it has control characters, which XML cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyAddress<'a> {
    /// The data format of the push.
    pub format: Format,
    /// What the push takes as its answer.
    pub takes: Takes,
    /// Whether the push came encrypted.
    pub encrypted: bool,
    /// What encrypts and signs the reply; `None` for a reply in plaintext.
    pub used: Option<UsedKeys>,
    /// Who sent the message: `FromUserName`.
    pub user: Cow<'a, str>,
    /// Who received it: `ToUserName`.
    pub account: Cow<'a, str>,
    /// The nonce of the push.
    pub nonce: Cow<'a, str>,
    /// How the envelope of the push is spelt, which the reply's repeats: an index of the platform's spellings.
    pub spelling: usize,
    /// The `receiveid` of the push, with which the reply is sealed; `None` where the account alone says it.
    pub receive_id: Option<Cow<'a, str>>,
    /// Of a bot, what the reply names: its stream, the card that was clicked, or the message; else empty.
    pub subject: Cow<'a, str>,
}

/// Which of the configured keys decrypted a push, and which of the Tokens signed it, by their indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedKeys {
    /// The index of the EncodingAESKey.
    pub key: usize,
    /// The index of the Token.
    pub token: usize,
}
