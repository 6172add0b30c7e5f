//! A shaped document → the message: its object, its idempotency key, and what its reply needs.

use std::borrow::Cow;

use crate::document::Format;
use crate::reply::{Seal, Ticket, has_control};
use crate::shape::{Known, Shape};
use crate::{Rejection, signature};

/// Between the parts of a message; none of them holds one.
const SEPARATOR: char = '\u{1f}';

/// A verified, opened, normalised push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    text: &'a str,
    id: usize,
    ticket: usize,
    proof: usize,
    apart: Vec<Cow<'a, str>>,
    raw: &'a str,
}

/// How a push proved where it comes from.
#[derive(Clone, Copy)]
pub(crate) enum Proof<'a> {
    /// By `msg_signature`, which covers the body. Its `signature` is told where plaintext is taken too:
    /// by it alone somebody might send another body.
    Sealed(Seal, Option<&'a str>),
    /// By `signature`, which does not cover the body, so that it must never be seen with another.
    Signed(&'a str),
}

impl<'a> Message<'a> {
    /// Makes the message of a document that was shaped.
    pub(crate) fn new(
        format: Format,
        shape: Shape<'a>,
        raw: &'a str,
        nonce: &str,
        proof: Proof,
    ) -> Result<Self, Rejection> {
        let (text, known, apart) = shape.finish();
        let (seal, signature) = match proof {
            Proof::Sealed(seal, signature) => (Some(seal), signature),
            Proof::Signed(signature) => (None, Some(signature)),
        };
        if seal.is_none() && known.encrypt {
            return Err(Rejection::EncryptedWithoutKey);
        }
        text.push(SEPARATOR);
        let id = text.len();
        write_id(&known, raw, text);
        text.push(SEPARATOR);
        let ticket = text.len();
        let sealed = seal.filter(|_| !is_mini_game_delivery(&known.event));
        let (user, account) = (&known.from, &known.to);
        Ticket { format, encrypted: seal.is_some(), sealed, user, account, nonce }.encode(text);
        text.push(SEPARATOR);
        let place = text.len();
        if let Some(signature) = signature {
            text.push_str(signature);
            push_hash(raw, text);
        }
        Ok(Self { text, id, ticket, proof: place, apart, raw })
    }

    /// The message object as JSON, in which a text of [`Message::apart`] is U+001F and its place there.
    pub fn json(&self) -> &'a str {
        &self.text[..self.id - 1]
    }

    /// The idempotency key.
    pub fn id(&self) -> &'a str {
        &self.text[self.id..self.ticket - 1]
    }

    /// What [`crate::Account::reply`] needs to answer it: an encoded [`Ticket`]. It begins with `x`
    /// or `j` for XML or JSON and `e` or `p` for encrypted or plaintext.
    pub fn ticket(&self) -> &'a str {
        &self.text[self.ticket..self.proof - 1]
    }

    /// Where plaintext is taken, the `signature` of the push (40 characters) and the SHA-1 of what it
    /// says (40 more): the same signature with another body is a replay. Else empty, since `msg_signature`
    /// covers the body.
    pub fn proof(&self) -> &'a str {
        &self.text[self.proof..]
    }

    /// The four with a unit separator (U+001F) between them, which none of them holds.
    pub fn joined(&self) -> &'a str {
        self.text
    }

    /// The texts of more than 16 kB, and those that begin with U+001F as a place does.
    pub fn apart(&self) -> &[Cow<'a, str>] {
        &self.apart
    }

    /// The plaintext that the message was read from.
    pub fn raw(&self) -> &'a str {
        self.raw
    }
}

/// Whether the event is a mini-game delivery, which wants its reply in plaintext, even in secure mode.
pub(crate) fn is_mini_game_delivery(event: &str) -> bool {
    event.starts_with("minigame_")
}

/// Writes the idempotency key. A message has its `MsgId`, which repeats across users; an event has none,
/// and the documented `FromUserName` + `CreateTime` loses real events, so the whole body is hashed.
fn write_id(known: &Known, body: &str, out: &mut String) {
    let from = out.len();
    let is_message = !known.id.is_empty() && !matches!(known.kind.as_ref(), "" | "event");
    if is_message {
        out.extend([&known.id, &known.from, &known.to, &known.time].map(Cow::as_ref));
    }
    if !is_message || has_control(&out[from..]) {
        out.truncate(from);
        push_hash(body, out);
    }
}

/// The SHA-1 in hex, which is how one part is signed.
fn push_hash(body: &str, out: &mut String) {
    out.extend(signature::sign([body.as_bytes()]).map(char::from));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::shape::LongTexts;

    fn id_of(body: &str) -> String {
        let (format, body) = Format::sniff(body).unwrap();
        let mut json = String::new();
        let shape = document::write(format, body, &mut json, LongTexts::Inside).unwrap();
        Message::new(format, shape, body, "nonce", Proof::Signed("signature")).unwrap().id().into()
    }

    #[test]
    fn a_message_is_named_by_its_id_its_people_and_its_time() {
        let xml = "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>\
                   <CreateTime>1610968440</CreateTime><MsgType><![CDATA[text]]></MsgType>\
                   <MsgId>6054768590064713728</MsgId></xml>";
        let json = r#"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1610968440,"MsgType":"text",
                   "MsgId":6054768590064713728}"#;
        assert_eq!(id_of(xml), "6054768590064713728o1gh_11610968440");
        assert_eq!(id_of(xml), id_of(json));
    }

    #[test]
    fn events_of_one_second_that_differ_have_different_ids() {
        let event = |trace| {
            format!(
                r#"{{"FromUserName":"o","CreateTime":1,"MsgType":"event","Event":"wxa_media_check","MsgId":1,"trace_id":"{trace}"}}"#
            )
        };
        assert_ne!(id_of(&event("a")), id_of(&event("b")));
        assert_eq!(id_of(&event("a")), id_of(&event("a")));
        assert_eq!(id_of(&event("a")).len(), 40);
        assert_eq!(id_of(r#"{"MsgType":"text","MsgId":"1\u0000","FromUserName":"o"}"#).len(), 40);
    }
}
