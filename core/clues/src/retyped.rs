//! A text without what terminals, shells, web pages, editors and keyboards put between its characters.

use std::borrow::Cow;

use crate::hint::Hint;

/// What HTML writes for characters that notations use.
const ENTITIES: [(&str, &str); 9] = [
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&#61;", "="),
    ("&nbsp;", " "),
];
const AMPERSANDS: [&str; 5] = ["&amp;amp;", "&amp;", "&#38;", "&#038;", "&#x26;"];
/// `&times` is the sign × in HTML, even without its semicolon.
const TIMES: [&str; 2] = ["×tamp", "&times;tamp"];

/// The text as it was meant, and what had happened to it that may be the trouble itself.
pub(super) fn retyped(text: &str) -> (String, Vec<Hint>) {
    let mut hints = Vec::new();
    let mut text = joined(&unescaped(&uncoloured(text)));
    let mut replace = |from: &[&str], to: &str, hint: Option<&'static str>| {
        for from in from.iter().filter(|from| text.contains(**from)).copied().collect::<Vec<_>>() {
            text = text.replace(from, to);
            if let Some(key) = hint.filter(|key| hints.iter().all(|hint: &Hint| hint.key() != *key))
            {
                hints.push(Hint::new(key));
            }
        }
    };
    replace(&AMPERSANDS, "&", Some("html_escaped"));
    replace(&TIMES, "&timestamp", Some("times_sign"));
    for (entity, character) in ENTITIES {
        replace(&[entity], character, None);
    }
    if is_behind_hash(&text) {
        hints.push(Hint::new("behind_hash"));
        text = text.replacen('#', "", 1);
    }
    (text, hints)
}

/// Whether the first query stands in a fragment: `/#/wx?signature=…`.
fn is_behind_hash(text: &str) -> bool {
    let Some((before, after)) = text.split_once('#') else { return false };
    let route = after.split(char::is_whitespace).next().unwrap_or_default();
    after.starts_with(['/', '!', '?']) && route.contains('?') && !before.contains('?')
}

/// Without the colours of a terminal.
fn uncoloured(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return text.into();
    }
    let mut pieces = text.split("\u{1b}[");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    pieces.for_each(|piece| plain.push_str(piece.split_once('m').map_or("", |(_, rest)| rest)));
    plain.into()
}

/// Without the escapes of JSON and shells (`\u0026`, `\&`, `^&`), in half-width characters, without those
/// that nobody sees.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let escaped = rest.trim_start_matches('\\');
                let (width, meant) = escape(escaped);
                plain.extend(meant);
                rest = &escaped[width..];
            }
            '^' if rest.starts_with(|c: char| c.is_ascii_punctuation()) => {}
            '\u{3000}' | '\u{a0}' => plain.push(' '),
            '！'..='～' => plain.extend(char::from_u32(u32::from(c) - 0xfee0)),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            _ => plain.push(c),
        }
    }
    plain
}

/// How much follows the backslash of an escape, and what is meant by it.
fn escape(text: &str) -> (usize, Option<char>) {
    let coded = |digits: Option<&str>| {
        u32::from_str_radix(digits?, 16).ok().and_then(char::from_u32).filter(char::is_ascii)
    };
    let code = match text.chars().next() {
        Some('n' | 'r') => return (1, Some('\n')),
        Some('t') => return (1, Some('\t')),
        Some('u') => coded(text.get(1..5)).map(|c| (5, Some(c))),
        Some('x') => coded(text.get(1..3)).map(|c| (3, Some(c))),
        _ => None,
    };
    code.unwrap_or_default()
}

/// A URL that was broken before or behind an `&`, on one line again.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split('\n') {
        let next = line.trim_start();
        if joined.is_empty() {
            joined.push_str(line);
        } else if next.starts_with('&') || joined.trim_end().ends_with(['&', '?']) {
            joined.truncate(joined.trim_end().len());
            joined.push_str(next);
        } else {
            joined.push('\n');
            joined.push_str(line);
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_out_what_was_put_in() {
        for (text, meant) in [
            ("a\u{1b}[33m=1\u{1b}[0m", "a=1"),
            (r"\?a\=1\&b", "?a=1&b"),
            (r"a\u003d1\u0026b\x26c", "a=1&b&c"),
            (r#"{\\\"a\\\":\"1\"}"#, r#"{"a":"1"}"#),
            (r"a: 1\nb: 2\r\n\tc", "a: 1\nb: 2\n\n\tc"),
            ("a=1^&b=^%2B", "a=1&b=%2B"),
            ("？ａ＝１＆ｂ：２", "?a=1&b:2"),
            ("a\u{200b}b\u{ad}c\u{a0}d", "abc d"),
            ("a=1\n  &b=2&\r\n c=3\nd", "a=1&b=2&c=3\nd"),
            ("{&quot;a&quot;:&#39;1&#39;}", "{\"a\":'1'}"),
            (r"\uzzzz\x\", "uzzzzx"),
        ] {
            assert_eq!(retyped(text), (meant.into(), vec![]), "{text}");
        }
    }

    #[test]
    fn says_what_may_be_the_trouble() {
        for (text, meant, key) in [
            ("a=1&amp;b=2&#38;c", "a=1&b=2&c", "html_escaped"),
            ("a=1×tamp=2", "a=1&timestamp=2", "times_sign"),
            ("a=1&times;tamp=2", "a=1&timestamp=2", "times_sign"),
            ("https://x/#/wx?a=1", "https://x//wx?a=1", "behind_hash"),
        ] {
            let (retyped, hints) = retyped(text);
            assert_eq!((retyped.as_str(), hints.as_slice()), (meant, &[Hint::new(key)][..]));
        }
        assert_eq!(retyped("/wx?a=1#/top?b").1, []);
    }
}
