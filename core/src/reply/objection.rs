//! Why a value is not sent as it is: a rule of `core/hints.json`, which says what to do.

use crate::explain::{self, Hint, Language};

/// A rule that a reply breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection(Hint);

/// What becomes of a reply that breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// WeChat would take it in no answer.
    Malformed,
    /// A part of it can go now, or nothing; what is left needs another way to the user.
    TooLong,
    /// This push, or this account, takes no such answer.
    NotTaken,
    /// It goes as it is, but its user may not see it.
    Doubtful,
}

impl Objection {
    /// One that only the caller can see, such as that the value is a function. `None` when there is no such rule, or
    /// when its sentences have gaps to fill.
    pub fn named(rule: &str) -> Option<Self> {
        explain::of_reply(rule).map(Self)
    }

    pub(super) fn new(rule: &'static str) -> Self {
        Self(Hint::new(rule))
    }

    pub(super) fn with(self, name: &'static str, value: impl ToString) -> Self {
        Self(self.0.with(name, value))
    }

    /// The stable name of the rule, `snake_case`.
    pub fn rule(&self) -> &'static str {
        self.0.key()
    }

    /// What becomes of the reply.
    pub fn outcome(&self) -> Outcome {
        match explain::outcome(&self.0) {
            "too_long" => Outcome::TooLong,
            "not_taken" => Outcome::NotTaken,
            "doubtful" => Outcome::Doubtful,
            _ => Outcome::Malformed,
        }
    }

    /// What is wrong and what to do, in one or two sentences.
    pub fn text(&self, language: Language) -> String {
        explain::say(&self.0, language)
    }
}

impl Outcome {
    /// Its name, `snake_case`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::TooLong => "too_long",
            Self::NotTaken => "not_taken",
            Self::Doubtful => "doubtful",
        }
    }
}
