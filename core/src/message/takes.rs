//! What a push takes as its answer.

use crate::message::routing::RoutingFields;
use crate::message::row::Answer;
use crate::message::rows::Kind;
use crate::platform::Family;

/// What a push takes as its answer, beside `success`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A passive reply: a user sent it.
    Reply,
    /// A passive reply or data: an event.
    Any,
    /// An update of the card that was clicked.
    Update,
    /// A welcome: what a bot says to who comes.
    Welcome,
    /// The rest of a stream.
    Stream,
    /// Data only.
    Data,
    /// Nothing.
    Nothing,
}

impl Takes {
    pub(crate) fn of(fields: &RoutingFields, family: Family) -> Self {
        Self::of_kind(Kind::of(fields, family), fields)
    }

    /// The same, where the kind is known.
    pub(crate) fn of_kind(kind: Kind, fields: &RoutingFields) -> Self {
        match kind.answer() {
            // Nobody reads the answer to an info, also to one that nobody knows.
            _ if !fields.info.is_empty() => Self::Nothing,
            Answer::None => Self::Nothing,
            Answer::Data => Self::Data,
            Answer::Update => Self::Update,
            Answer::Welcome => Self::Welcome,
            Answer::Stream => Self::Stream,
            Answer::Passive if matches!(fields.kind.as_ref(), "" | "event") => Self::Any,
            Answer::Passive => Self::Reply,
        }
    }
}
