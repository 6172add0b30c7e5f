//! The WeChat message push (消息推送) protocol, without I/O.
//!
//! One request goes in, one outcome comes out: [`Account::receive`] takes the method, the URL and
//! the body bytes as they arrived and says what they are, or why they were refused. The crate reads
//! no clock, no environment and no socket; time and randomness are arguments, nothing is kept
//! between calls, and no secret is printed by `Debug`.
//!
//! The other side is here too: [`Account::push_request`] is what WeChat's server sends and
//! [`Account::read_answer`] how it reads what it gets.
//!
//! Official documentation:
//! <https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html>

#![forbid(unsafe_code)]

mod account;
mod answer;
mod body;
mod catalogue;
pub mod document;
pub mod envelope;
mod explain;
mod gateway;
mod hints;
mod message;
mod pay_event_sig;
mod query;
mod receiver;
mod rejection;
mod reply;
mod shape;
pub mod signature;
mod xml_reader;
mod xml_writer;

pub use account::{Account, AccountError, AccountOptions, doubtful_token};
pub use answer::{AnswerFlaw, check_answer, check_echo};
pub use body::Body;
pub use explain::{Configured, Explanation, Question, explain};
pub use gateway::{ENTROPY, PushError, Sent};
pub use hints::{Hint, Language, fix};
pub use message::Message;
pub use pay_event_sig::pay_event_sig_matches;
pub use query::Query;
pub use receiver::{Outcome, Request, Scratch};
pub use rejection::Rejection;
pub use reply::{Reply, ReplyError, Returned, Seal, Ticket};
pub use xml_writer::XmlError;
