//! The request to explain, as far as it is known.

use crate::body::Body;

/// The request to explain.
#[derive(Debug, Clone, Copy)]
pub struct ExplainRequest<'a> {
    /// Where it is not given, the one that the text names, or that the parameters speak for.
    pub method: Option<&'a str>,
    /// With a method the URL of the request, as a server got it; otherwise whatever somebody pasted: a URL,
    /// a query, a line of a log, the parameters in any notation.
    pub text: &'a str,
    /// The body of a POST, where it is known.
    pub body: Option<Body<'a>>,
    /// The time in seconds since 1970; without it no age is judged.
    pub now: Option<u64>,
}
