//! What a call from JavaScript gives and takes, whichever interface it came by.

use std::borrow::Cow;

/// One call. Its texts come first and its bytes next, then the numbers and the flags.
pub(crate) trait Call {
    /// What the call returns to JavaScript.
    type Value;

    /// Reads the first `N` arguments as texts and hands them to `body`; undefined when one is none. Lone surrogates
    /// become U+FFFD, as in Node's own `Buffer.from`.
    fn with_texts<const N: usize>(
        &self,
        body: impl FnOnce([&str; N]) -> Self::Value,
    ) -> Self::Value;

    /// The bytes of an argument: those of a `Uint8Array`, or a string as UTF-8; of anything else none.
    fn bytes(&self, index: usize) -> Cow<'_, [u8]>;

    /// A number; 0 where there is none.
    fn number(&self, index: usize) -> f64;

    /// Whether an argument is `true`.
    fn flag(&self, index: usize) -> bool;

    /// A string to return.
    fn text(&self, text: &str) -> Self::Value;

    /// The same; with more texts an array of it and of them.
    fn texts(&self, text: &str, long_texts: &[Cow<str>]) -> Self::Value;
}
