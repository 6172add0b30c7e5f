//! The request to explain, as far as it is known.

use crate::body::Body;

/// The request to explain.
#[derive(Debug, Clone, Copy)]
pub struct ExplainRequest<'a> {
    /// Where it is not given, the log line's, or the one that the parameters speak for.
    pub method: Option<&'a str>,
    /// A URL, a query, or a line that holds one.
    pub text: &'a str,
    /// The body of a POST, where it is known.
    pub body: Option<Body<'a>>,
    /// The time in seconds since 1970; without it no age is judged.
    pub now: Option<u64>,
}
