//! The parameters of a URL that may be damaged: what stands there, and how it was damaged.

use percent_encoding::percent_decode_str;

use crate::hint::Hint;
use crate::names::NAMES;

/// So many of the names, from the first, stand for what some request needs.
const NEEDED: usize = 5;

const MAX_HINTS: usize = 10;

/// WeChat's parameters by name, the first of each.
pub struct Parameters {
    values: Vec<(&'static str, String)>,
    /// What is odd about them.
    pub hints: Vec<Hint>,
}

impl Parameters {
    /// Those of a request target such as `/push?signature=…`.
    pub fn read(target: &str) -> Self {
        let mut read = Self { values: Vec::new(), hints: Vec::new() };
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let mut counts = [0_usize; NAMES.len()];
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let Some(index) = read.index_of(name) else { continue };
            counts[index] += 1;
            if counts[index] == 1 {
                read.add(NAMES[index], value);
            }
        }
        for (name, count) in NAMES.into_iter().zip(counts).filter(|(_, count)| *count > 1) {
            read.hint(Hint::new("repeated").with("name", name).with("count", count));
        }
        match read.values.as_slice() {
            [] => read.hint(Hint::new("no_query")),
            [(name, _)] if *name == "signature" || *name == "msg_signature" => {
                read.hint(Hint::new("cut_at_ampersand").with("name", *name));
            }
            _ => {}
        }
        read
    }

    /// Whether there is none of them.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The names of those that are there.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.values.iter().map(|(name, _)| *name)
    }

    /// The value as a receiver reads it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The value as it was before it was damaged, as far as that can be seen.
    pub fn repaired(&self, name: &str) -> Option<String> {
        self.get(name).map(|value| repaired(value).1)
    }

    /// Which parameter a name stands for, however it is written.
    fn index_of(&mut self, name: &str) -> Option<usize> {
        let index = |name: &str| NAMES.iter().position(|known| *known == name);
        if let Some(index) = index(name) {
            return Some(index);
        }
        let decoded = percent_decode_str(name).decode_utf8_lossy();
        let unescaped = decoded.trim_start_matches("amp;");
        if unescaped.len() < decoded.len()
            && let Some(index) = index(unescaped)
        {
            self.hint(Hint::new("html_escaped"));
            return Some(index);
        }
        if let Some((base, _)) = unescaped.split_once('[') {
            let index = index(base)?;
            self.hint(Hint::new("not_a_string").with("name", NAMES[index]));
            return Some(index);
        }
        let same = |known: &str| letters(known).eq(letters(unescaped));
        let index = NAMES[..NEEDED].iter().position(|known| same(known))?;
        let hint = Hint::new("misnamed").with("found", shown(unescaped));
        self.hint(hint.with("name", NAMES[index]));
        Some(index)
    }

    fn add(&mut self, name: &'static str, raw: &str) {
        let value = percent_decode_str(&raw.replace('+', " ")).decode_utf8_lossy().into_owned();
        if let (Some(damage), _) = repaired(&value) {
            self.hint(Hint::new(damage).with("name", name));
        }
        self.values.push((name, value));
    }

    /// Each is said once, and not too many: a sender can misname a parameter in many ways.
    fn hint(&mut self, hint: Hint) {
        if self.hints.len() < MAX_HINTS && !self.hints.contains(&hint) {
            self.hints.push(hint);
        }
    }
}

/// What has happened to a value, by the name of its hint, and what it was.
fn repaired(value: &str) -> (Option<&'static str>, String) {
    let trimmed = value.trim();
    let is_escape = |(at, _): (usize, _)| {
        let digits = trimmed.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if trimmed.match_indices('%').any(is_escape) {
        let decoded = percent_decode_str(trimmed).decode_utf8_lossy().into_owned();
        return (Some("double_encoded"), decoded);
    }
    if trimmed.contains(' ') {
        return (Some("plus_became_blank"), trimmed.replace(' ', "+"));
    }
    ((trimmed.len() < value.len()).then_some("blank_around"), trimmed.into())
}

/// For names that differ in case and punctuation only.
pub(crate) fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

/// What a sender wrote, short and without what a terminal would obey.
pub fn shown(text: &str) -> String {
    text.chars().take(64).map(|c| if c.is_ascii_graphic() { c } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(query: &str) -> Vec<&'static str> {
        Parameters::read(query).hints.iter().map(Hint::key).collect()
    }

    #[test]
    fn sound_parameters_have_no_hints() {
        let query = "/?signature=a&timestamp=1&nonce=2&echostr=a%2Bb%3D&x=a+b&x[]=1";
        assert_eq!(keys(query), Vec::<&str>::new());
        assert_eq!(Parameters::read(query).get("echostr"), Some("a+b="));
    }

    #[test]
    fn sees_what_has_happened_to_names() {
        for (query, expected) in [
            ("?signature=a&amp;timestamp=1&amp;nonce=2", "html_escaped"),
            ("?signature=a&timestamp=1&timestamp=2", "repeated"),
            ("?signature=a&nonce[]=2", "not_a_string"),
            ("?signature=a&nonce%5Ba%5D=2", "not_a_string"),
            ("?signature=a&timeStamp=1", "misnamed"),
            ("?signature=a&msgSignature=1", "misnamed"),
            ("?signature=a", "cut_at_ampersand"),
            ("/wx", "no_query"),
            ("?x=1", "no_query"),
        ] {
            assert_eq!(keys(query), [expected], "{query}");
        }
    }

    #[test]
    fn sees_what_has_happened_to_values() {
        for (query, expected, before) in [
            ("?timestamp=1&nonce=%25%32%42", "double_encoded", "+"),
            ("?timestamp=1&nonce=a%252Bb", "double_encoded", "a+b"),
            ("?timestamp=1&nonce=a+b", "plus_became_blank", "a+b"),
            ("?timestamp=1&nonce=a%20b", "plus_became_blank", "a+b"),
            ("?timestamp=1&nonce=ab%0A", "blank_around", "ab"),
        ] {
            assert_eq!(keys(query), [expected], "{query}");
            assert_eq!(Parameters::read(query).repaired("nonce").as_deref(), Some(before));
        }
    }

    #[test]
    fn hints_are_few() {
        let many: Vec<String> = (1..1000).map(|i| "-".repeat(i) + "nonce=1").collect();
        let many = many.join("&");
        assert_eq!(keys(&format!("?{many}")).len(), MAX_HINTS);
    }

    #[test]
    fn a_sender_does_not_write_on_terminals() {
        let query = "?signature=a&%1b%5b2Jtime-stamp=1&NONCE=1&nonce[\u{1b}[2J]=2";
        for hint in Parameters::read(query).hints {
            let template = if hint.key() == "misnamed" { "{found} {name}" } else { "{name}" };
            assert!(!hint.filled(template).contains('\u{1b}'));
        }
        assert_eq!(shown("a\u{1b}[2J\n好"), "a?[2J??");
    }
}
