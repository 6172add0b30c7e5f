//! WeChat's parameters in a text that is no URL: JSON, a dictionary of some language, lines, a table. The
//! rule is the same for all: a known name, something that separates, a value.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::names::NAMES;
use crate::names::is_timestamp;
use crate::parameters::letters;

/// In bytes; what stands between a name and its value is shorter.
const LONGEST_GLUE: usize = 96;
/// In bytes; values of WeChat's are shorter.
const LONGEST_VALUE: usize = 4096;
/// More of a list are not read: two are one too many already.
const MAX_VALUES: usize = 3;

/// How many names are looked at again that were found with an unlikely value.
const MOST_AGAIN: usize = 16;

/// Types that are printed with the length of the value: `string(40) "…"`, `array(1) {`.
const SIZED: [&str; 3] = ["string", "array", "str"];
const QUOTES: [char; 5] = ['"', '\'', '`', '“', '‘'];
/// What languages print for a value that is not there.
const ABSENT: [&str; 5] = ["undefined", "null", "NULL", "None", "nil"];
/// Java prints an array as its type and its place in memory.
const ARRAY_OF_JAVA: &str = "Ljava.";
/// What a list of pairs calls its second part.
const VALUE: &str = "value";

/// A parameter as it was found.
pub(super) struct Pair<'a> {
    /// Its place among [`NAMES`].
    pub(super) index: usize,
    /// The name as it is written.
    name: &'a str,
    /// One, or more where a list stands in its place.
    values: Vec<&'a str>,
    /// Whether it is a piece of a URL, so that its value is percent-encoded.
    is_encoded: bool,
}

/// The first of each parameter that looks like WeChat's, or else the first: logs have a `timestamp` of
/// their own.
pub(super) fn pairs(text: &str) -> Vec<Pair<'_>> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut again = MOST_AGAIN;
    let mut at = 0;
    while let Some((start, word)) = next_word(text, at) {
        at = start + word.len();
        let Some(index) = index_of(word) else { continue };
        let known = pairs.iter().position(|pair| pair.index == index);
        if known.is_some_and(|known| again == 0 || pairs[known].is_likely()) {
            continue;
        }
        let Some((values, width)) = values(&text[at..]) else { continue };
        at += width;
        let is_encoded = text[..start].ends_with(['&', '?']);
        let pair = Pair { index, name: word, values, is_encoded };
        match known {
            None => pairs.push(pair),
            Some(known) => {
                again -= 1;
                if pair.is_likely() {
                    pairs[known] = pair;
                }
            }
        }
    }
    pairs
}

impl Pair<'_> {
    fn is_likely(&self) -> bool {
        self.values.iter().all(|value| match NAMES[self.index] {
            "timestamp" => is_timestamp(value),
            "signature" | "msg_signature" => value.len() == 40,
            _ => true,
        })
    }
}

/// The target of the request that had these parameters.
pub(super) fn target(pairs: &[Pair]) -> String {
    // Fields of a struct in Go or C#; parameters that were misnamed would not all be so.
    let are_fields = pairs.iter().all(|pair| pair.name.starts_with(|c: char| c.is_uppercase()));
    let written = |pair: &Pair, value: &str| {
        let encoded = || Cow::from(utf8_percent_encode(value, NON_ALPHANUMERIC));
        let value = if pair.is_encoded { value.into() } else { encoded() };
        format!("{}={value}", if are_fields { NAMES[pair.index] } else { pair.name })
    };
    let all =
        pairs.iter().flat_map(|pair| pair.values.iter().map(move |value| written(pair, value)));
    ["?", &all.collect::<Vec<_>>().join("&")].concat()
}

fn index_of(word: &str) -> Option<usize> {
    NAMES.iter().position(|known| letters(known).eq(letters(word)))
}

/// The next word from `at` on that could be a name, and where it stands.
fn next_word(text: &str, at: usize) -> Option<(usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    // A command has `--name value`.
    let start = at + text[at..].find(|c| is_part(c) && c != '-')?;
    let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
    Some((start, text[start..start + length].trim_end_matches('-')))
}

/// What stands behind a name: its values, and how far they reach.
fn values(text: &str) -> Option<(Vec<&str>, usize)> {
    let glue = glue(text)?;
    let between = &text[..glue];
    let (first, mut end) = value(text, glue);
    let is_none = ABSENT.contains(&first) || first.starts_with(ARRAY_OF_JAVA);
    if first.is_empty() || is_none || index_of(first).is_some() {
        return None;
    }
    // Prose has blanks between its words too, but no digits in them.
    if !between.contains(is_separator) && !first.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut values = vec![first];
    let list = between.rfind('[').filter(|at| !between[*at..].contains([']', '=', ':', '>']));
    while list.is_some() && values.len() < MAX_VALUES {
        let gap = text[end..].find(|c: char| !" ,\n\"'".contains(c)).unwrap_or_default();
        if gap == 0 || !text[end + gap..].starts_with(is_first) {
            break;
        }
        let (more, reached) = value(text, end + gap);
        values.push(more);
        end = reached;
    }
    Some((values, end))
}

/// Whether a value may begin so.
fn is_first(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+/%".contains(c)
}

/// Arrows and the lines of tables, too.
fn is_separator(c: char) -> bool {
    "=:|,;>".contains(c) || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{257f}')
}

/// How much stands between a name and its value; nothing where no value follows.
fn glue(text: &str) -> Option<usize> {
    let mut at = 0;
    while at <= LONGEST_GLUE {
        let rest = &text[at..];
        let c = rest.chars().next()?;
        let skipped =
            if c == '<' { tag(rest) } else { annotation(rest, text[..at].ends_with(QUOTES)) };
        at += match skipped {
            Some(width) => width,
            None if is_first(c) => return (at > 0).then_some(at),
            None if c == '&' => return None,
            None => c.len_utf8(),
        };
    }
    None
}

/// The width of `<td class="…">`.
fn tag(text: &str) -> Option<usize> {
    let end = text.bytes().take(LONGEST_GLUE).position(|byte| byte == b'>')?;
    Some(end + 1)
}

/// The width of what some languages write before a value: `string(40) `, `Array (`, `Some(`, `u'`, `[0]`,
/// `"value":`.
fn annotation(text: &str, is_quoted: bool) -> Option<usize> {
    let word = word_of(text, 12, u8::is_ascii_alphanumeric);
    let rest = &text[word.len()..];
    let sized = rest.strip_prefix('(').map(|inside| word_of(inside, 6, u8::is_ascii_digit));
    let is = |name: &&str| word.eq_ignore_ascii_case(name);
    match sized {
        _ if word.is_empty() => None,
        _ if is(&VALUE) && rest.starts_with(['"', '\'', ':', '=']) => Some(word.len()),
        _ if is_quoted => None,
        Some(size) if !size.is_empty() && SIZED.iter().any(is) => Some(word.len() + size.len() + 2),
        _ if word.bytes().all(|byte| byte.is_ascii_digit()) => {
            (word.len() <= 2 && rest.starts_with(']')).then_some(word.len())
        }
        _ if word.bytes().any(|byte| byte.is_ascii_digit()) => None,
        _ if rest.starts_with(['(', '[', '{']) => Some(word.len() + 1),
        _ if word.len() <= 2 && rest.starts_with(['"', '\'']) => Some(word.len()),
        _ if is(&"array") && rest.trim_start().starts_with('(') => Some(word.len()),
        _ => None,
    }
}

fn word_of(text: &str, longest: usize, is_part: impl Fn(&u8) -> bool) -> &str {
    let length = text.bytes().take(longest + 1).take_while(is_part).count();
    if length > longest { "" } else { &text[..length] }
}

/// The value at `at`, and where it ends.
fn value(text: &str, at: usize) -> (&str, usize) {
    let close = match text[..at].chars().next_back() {
        Some('“' | '”') => Some('”'),
        Some('‘' | '’') => Some('’'),
        Some(quote @ ('"' | '\'' | '`')) => Some(quote),
        _ => None,
    };
    let mut ends = text[at..].char_indices().take(LONGEST_VALUE);
    let quoted = close.and_then(|close| ends.find(|(_, c)| *c == close || *c == '\n'));
    let length = match quoted {
        Some((length, c)) if c != '\n' => length,
        _ => bare(&text[at..]),
    };
    (&text[at..at + length], at + length)
}

/// The length of a value without quotes. It ends before the next name, too.
fn bare(text: &str) -> usize {
    let is_end = |c: char| !c.is_ascii_graphic() || "\"'`<>[](){},;:&|#\\".contains(c);
    let longest = text.len().min(LONGEST_VALUE);
    let length = text.bytes().take(longest).position(|byte| is_end(byte.into())).unwrap_or(longest);
    let value = text.get(..length).unwrap_or_default();
    let next = NAMES.iter().filter_map(|name| value.find(name)).min();
    match next {
        Some(next) => value[..next].trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len(),
        None => value.trim_end_matches(['.', '!', '?']).len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pair_is_not_found() {
        for text in [
            "",
            "signature",
            "signature mismatch, timestamp and nonce",
            "the signature. The timestamp",
            "| signature | timestamp | nonce |",
            "x_signature: 1 signatures=2",
            "signature: , timestamp= ; nonce:''",
            "{ signature: undefined, nonce: null, 'timestamp': None }",
            "{nonce=[Ljava.lang.String;@1a2b3c4d}",
        ] {
            let found: Vec<_> = pairs(text).iter().map(|pair| pair.name).collect();
            assert_eq!(found, Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn a_list_of_several_is_seen() {
        for text in ["{ nonce: [ '1', '2' ], echostr: 'x' }", "map[nonce:[1 2] echostr:[x]]"] {
            assert_eq!(target(&pairs(text)), "?nonce=1&nonce=2&echostr=x", "{text}");
        }
    }

    #[test]
    fn pieces_of_a_url_are_encoded_already() {
        assert_eq!(
            target(&pairs("a ?nonce=a%2Bb c echostr=a%2Bb")),
            "?nonce=a%2Bb&echostr=a%252Bb"
        );
    }
}
