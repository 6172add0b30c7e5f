//! Text helpers that several modules use.

use std::borrow::Cow;

use crate::rejection::Rejection;

pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Rejection> {
    simdutf8::basic::from_utf8(bytes).map_err(|_| Rejection::InvalidUtf8)
}

/// Without white space at both ends. Real pushes also have zero-width blanks there.
pub(crate) fn trim(text: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
}

pub(crate) fn trim_cow(text: Cow<str>) -> Cow<str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
        Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
    }
}

pub(crate) fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a control character is in it. There is no early exit, so that the compiler uses SIMD.
pub(crate) fn has_control(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | byte.is_ascii_control())
}

pub(crate) fn without_control(text: &str) -> Cow<'_, str> {
    if has_control(text) {
        text.chars().filter(|c| !c.is_ascii_control()).collect()
    } else {
        text.into()
    }
}

/// Whether a reader sees nothing of it: blanks, and characters that XML cannot hold.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    })
}
