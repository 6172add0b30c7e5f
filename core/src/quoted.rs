//! How what somebody else wrote is shown in a message.

/// A text in quotes, without what acts on a terminal. `{:?}` does the same by tables of all of Unicode, which are a
/// fiftieth of WebAssembly.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        let is_plain = c.is_ascii_graphic() && c != '"' && c != '\\';
        if is_plain || c == ' ' || c.is_alphanumeric() {
            quoted.push(c);
        } else {
            quoted.extend(c.escape_default());
        }
    }
    quoted.push('"');
    quoted
}
