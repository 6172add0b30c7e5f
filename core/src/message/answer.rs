//! What a push takes as its answer.

use crate::message::routing::RoutingFields;
use crate::message::row::{Answer, Row};
use crate::message::table::{EVENTS, MSG_TYPES};

/// What a push takes as its answer, beside `success`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A passive reply: a user sent it.
    Reply,
    /// A passive reply or data: an event.
    Any,
    /// Data only.
    Data,
    /// Nothing.
    Nothing,
}

impl Takes {
    pub(crate) fn of(fields: &RoutingFields) -> Self {
        match answer_of(fields) {
            Answer::Passive if matches!(fields.kind.as_ref(), "" | "event") => Self::Any,
            Answer::Passive => Self::Reply,
            Answer::Data => Self::Data,
            Answer::None => Self::Nothing,
        }
    }
}

/// What the table says; of kinds that it does not have, nothing is known to the contrary.
fn answer_of(fields: &RoutingFields) -> Answer {
    if !fields.info.is_empty() {
        return Answer::None;
    }
    let (table, name) = match fields.kind.as_ref() {
        "event" => (EVENTS, &fields.event),
        _ => (MSG_TYPES, &fields.kind),
    };
    row(table, name).map_or(Answer::Passive, |row| row.answer)
}

fn row(sorted: &'static [Row], name: &str) -> Option<&'static Row> {
    sorted.binary_search_by(|row| row.name.cmp(name)).ok().map(|index| &sorted[index])
}
