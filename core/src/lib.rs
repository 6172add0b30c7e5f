//! The WeChat message push (消息推送) protocol, without I/O.
//!
//! [`receive_handshake`] takes the URL of a GET, [`receive_message`] the URL and the body bytes of a POST,
//! as they arrived, and says what they are, or why they were refused; [`reply()`] writes the answer. The
//! crate reads no clock, no environment and no socket; time and randomness are arguments, nothing is kept
//! between calls, and no secret is printed by `Debug`.
//!
//! The other side is here too: [`gateway::push`] is what WeChat's server sends and
//! [`gateway::read_answer`] how it reads what it gets.
//!
//! Official documentation:
//! <https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html>

#![forbid(unsafe_code)]

mod account;
mod body;
pub mod document;
pub mod envelope;
mod explain;
mod few;
pub mod gateway;
mod message;
mod pay_event_sig;
pub mod platform;
mod query;
mod quoted;
mod receiver;
mod rejection;
mod reply;
mod short_text;
pub mod signature;
mod split;
mod text;
mod told_apart;
pub mod trust;
mod unsigned;

pub use account::{Account, AccountError, AccountOptions, doubtful_token};
pub use body::Body;
pub use explain::{
    AllSentences, ExplainRequest, Explanation, Hint, Language, NamedAccount, Sentences, explain,
    fix, give_sentences, say,
};
pub use message::{Authentication, LongTexts, Message, ReplyAddress, Takes, UsedKeys, give_rows};
pub use pay_event_sig::pay_event_sig_matches;
pub use query::{Parameter, Query};
pub use receiver::{
    Handshake, Scratch, check_parameters, check_url, judges_urls, plaintext, receive_handshake,
    receive_message,
};
pub use rejection::{REASONS, Reason, Rejection};
pub use reply::{HandlerValue, Objection, Outcome, Reply, ReplyError, Split, Verdict, reply};
pub use split::split;
pub use told_apart::{Confusion, confusion};
pub use unsigned::{Trusted, receive_trusting};
