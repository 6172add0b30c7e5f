//! A tree as JSON.

use crate::document::tree::{Object, Value};

impl Object<'_> {
    /// The object as JSON, in a string with room for `more` bytes.
    pub fn to_json(&self, more: usize) -> String {
        let mut out = String::with_capacity(more);
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        out.push('{');
        for (i, (name, value)) in self.0.iter().enumerate() {
            separate(i, out);
            write_text(out, name, true);
            out.push(':');
            value.write_json(out);
        }
        out.push('}');
    }
}

fn separate(i: usize, out: &mut String) {
    if i > 0 {
        out.push(',');
    }
}

impl Value<'_> {
    /// The value as JSON.
    pub(crate) fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Text(text) => write_text(out, text, true),
            Self::Literal(literal) => out.push_str(literal),
            Self::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    separate(i, out);
                    item.write_json(out);
                }
                out.push(']');
            }
            Self::Object(object) => object.write_json(out),
        }
    }
}

/// Writes a JSON string; `escapes` when it may hold what JSON escapes.
pub(crate) fn write_text(json: &mut String, text: &str, escapes: bool) {
    if escapes && has_escapes(text) {
        json.push_str(&serde_json::to_string(text).unwrap_or_default());
    } else {
        json.push('"');
        json.push_str(text);
        json.push('"');
    }
}

/// Whether JSON escapes anything of it. There is no early exit, so that the compiler uses SIMD.
pub(crate) fn has_escapes(text: &str) -> bool {
    let escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    text.bytes().fold(false, |found, byte| found | escaped(byte))
}
