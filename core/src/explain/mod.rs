//! What probably went wrong, for the person who configures it.
//!
//! It judges as a receiver does, then makes the mistakes that people make until one of them fits. Owners
//! put its words into public issues. So they hold no Token, no key, and no signature that would have been
//! right: the sender who chose the nonce could use that signature.

mod account_hints;
mod bots;
mod case;
mod hints;
mod named_account;
mod request;
#[cfg(feature = "tables")]
mod sentences;
mod verdict;
mod words;
mod wrapped;

use case::Case;

pub use hints::{fix, give_sentences, say};
pub(crate) use hints::{of_reply, outcome};
pub use named_account::NamedAccount;
pub use request::ExplainRequest;
pub use wechat_push_clues::Hint;
pub use words::{AllSentences, Language, Sentences};

/// What was found, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The reason of a [`Rejection`], `invalid_options` or `body_not_given`; nothing when all is well.
    pub reason: Option<&'static str>,
    /// The return code of the official sample library, where it has one.
    pub code: Option<i32>,
    /// One English sentence.
    pub detail: String,
    /// What to do, the most probable first.
    pub hints: Vec<Hint>,
}

/// Explains what the first of the accounts makes of a request; the others are those that it may be
/// meant for.
pub fn explain(request: ExplainRequest, accounts: &[NamedAccount]) -> Explanation {
    let nobody = [NamedAccount::default()];
    let accounts = if accounts.is_empty() { &nobody } else { accounts };
    let case = Case::new(request, &accounts[0], &accounts[1..]);
    let verdict = case.verdict();
    let hints = case.hints(&verdict);
    Explanation { reason: verdict.reason(), code: verdict.code(), detail: verdict.detail(), hints }
}
