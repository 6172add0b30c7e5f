//! The other side, for tests: what WeChat's server sends, and how it judges what it gets.

mod answer;
mod as_sent;
mod bot;
mod random;
mod request;

pub use answer::{AnswerFlaw, check_answer, check_echo, read_answer};
pub use random::ENTROPY;
pub use request::{PushError, WeChatRequest, handshake, push};
