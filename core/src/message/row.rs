//! A row of the table of messages, events and infos.

/// What a push wants to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A passive reply, or nothing is known to the contrary.
    Passive,
    /// An object with data.
    Data,
    /// Neither.
    None,
}

/// What is known of a kind of push.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// Its fields, in the grammar of `core/messages.json`.
    pub(crate) fields: &'static str,
    pub(crate) answer: Answer,
}

impl Row {
    pub(super) const fn new(name: &'static str, fields: &'static str, answer: Answer) -> Self {
        Self { name, fields, answer }
    }
}
