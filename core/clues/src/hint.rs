//! One thing to do, or to know.

/// By its name in `core/hints.json`, and with what fills the gaps of its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Hint {
    /// A hint of the table, or what to do about a reason.
    pub fn new(key: &'static str) -> Self {
        Self { key, values: Vec::new() }
    }

    /// The same, with the value of a gap.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "so that callers pass numbers and texts alike"
    )]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Its name in the table.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Fills each `{name}` of a sentence in; other braces stay.
    #[inline(never)]
    pub fn filled(&self, template: &str) -> String {
        let mut pieces = template.split('{');
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let Some((name, rest)) = placeholder(piece) else {
                text.push('{');
                text.push_str(piece);
                continue;
            };
            let value = self.values.iter().find(|(known, _)| *known == name);
            debug_assert!(value.is_some(), "{} lacks {name}", self.key);
            text.push_str(value.map_or("?", |(_, value)| value));
            text.push_str(rest);
        }
        text
    }
}

/// The name and what follows, when what stands behind a brace is a name.
pub fn placeholder(piece: &str) -> Option<(&str, &str)> {
    let (name, rest) = piece.split_once('}')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    is_name.then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_values_in_once() {
        let hint = Hint::new("x").with("a", "{b}").with("b", 1);
        assert_eq!(hint.filled("{a} and {b}, {} { a }."), "{b} and 1, {} { a }.");
    }
}
