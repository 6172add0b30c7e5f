//! A request target, taken out of what somebody pasted: a URL, a query, a line of a log, a command.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::explain::hints::Hint;
use crate::query::NAMES;

const METHODS: [&str; 7] = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"];

/// What a pasted text says about one request.
pub(super) struct Pasted {
    pub(super) method: Option<String>,
    /// From the address, or its `?`, to the last parameter.
    pub(super) target: String,
    /// What the log says that was answered.
    pub(super) status: Option<String>,
    pub(super) hints: Vec<Hint>,
}

impl Pasted {
    pub(super) fn read(text: &str) -> Self {
        let mut hints = Vec::new();
        let mut text = unescaped(text);
        if start_of_parameter(&text).is_none() && text.contains("%3D") {
            text = percent_decode_str(&text).decode_utf8_lossy().into_owned().into();
            hints.push(Hint::new("encoded_whole"));
        }
        let text = text.trim();
        let Some(at) = start_of_parameter(text) else {
            let target = text.split(is_end).find(|word| word.contains('?')).unwrap_or_default();
            return Self { method: method(text), target: target.into(), status: None, hints };
        };
        let start = text[..at].rfind(is_end).map_or(0, |end| end + width(text, end));
        let end = end(text, start, at);
        let target = text[start..end].trim_end_matches([',', ';', ')', ']', '}', '，', '。', '）']);
        let (target, _) = target.split_once('#').unwrap_or((target, ""));
        let has_mark = target.contains('?');
        Self {
            method: method(&text[..start]).or_else(|| method(&text[end..])),
            target: if has_mark { target.into() } else { ["?", target].concat() },
            status: status(&text[end..]),
            hints,
        }
    }
}

/// Without what terminals, shells and JSON put between the characters: colours, `\&`, `\u0026`.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '\u{1b}']) {
        return text.into();
    }
    let text = text.replace(r"\u0026", "&").replace(r"\u003d", "=").replace('\\', "");
    let mut plain = String::with_capacity(text.len());
    for (index, piece) in text.split("\u{1b}[").enumerate() {
        plain.push_str(if index == 0 { piece } else { piece.split_once('m').map_or("", |p| p.1) });
    }
    plain.into()
}

/// Where the first of WeChat's parameters begins.
fn start_of_parameter(text: &str) -> Option<usize> {
    let begins = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let start = |name: &str| {
        let mut starts = text.match_indices(name).map(|(at, _)| at);
        starts.find(|at| begins(*at) && text[at + name.len()..].starts_with(['=', '[']))
    };
    NAMES.iter().filter_map(|name| start(name)).min()
}

/// Where the target ends that begins at `start` and has a parameter at `at`. A blank inside it is a
/// `+` that was decoded: more parameters follow, or the text is nothing but a URL.
fn end(text: &str, start: usize, at: usize) -> usize {
    let line =
        &text[at..at + text[at..].find(|c| c != ' ' && is_end(c)).unwrap_or(text.len() - at)];
    let mut words = line.split(' ');
    let mut reached = words.next().map_or(0, str::len);
    let mut end = reached;
    let mut alone = start == 0;
    for word in words {
        reached += 1 + word.len();
        if word.contains("HTTP/") || word.contains('?') {
            break;
        }
        alone = alone && could_be_base64(word);
        if alone || NAMES.iter().any(|name| word.contains(&format!("&{name}="))) {
            end = reached;
        }
    }
    at + end
}

/// A word that follows a URL is seldom base64; one that is has more than a status or a method in it.
fn could_be_base64(word: &str) -> bool {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    let base64 = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    base64 && !digits && !METHODS.contains(&word)
}

fn is_end(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`<>“”".contains(c)
}

fn width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// The last method that stands as a word of its own.
fn method(text: &str) -> Option<String> {
    let mut words = text.rsplit(|c: char| !c.is_ascii_alphanumeric());
    words.find(|word| METHODS.contains(word)).map(ToOwned::to_owned)
}

/// The first number of three digits among the words behind the target, past `HTTP/1.1`.
fn status(text: &str) -> Option<String> {
    let words = text.split(is_end).filter(|word| !word.is_empty()).take(3);
    let mut numbers = words.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    numbers.next().filter(|number| number.len() == 3).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: &str = "/wx?signature=ab&echostr=12&timestamp=1714036504&nonce=34";

    #[test]
    fn takes_the_target_out_of_a_line() {
        for (line, method, status) in [
            ("{}", None, None),
            ("  {}\r\n", None, None),
            ("https://example.com{}", None, None),
            ("GET {} 200", Some("GET"), Some("200")),
            ("GET {} HTTP/1.1", Some("GET"), None),
            (
                r#"1.2.3.4 - - [25/Apr/2024:17:15:04 +0800] "POST {} HTTP/1.1" 499 0 "-" "Mozilla/4.0""#,
                Some("POST"),
                Some("499"),
            ),
            (
                r#"::1 - - [25/Apr/2024:09:15:04 GMT] "GET {} HTTP/1.1" 400 41 "-" "curl""#,
                Some("GET"),
                Some("400"),
            ),
            (
                "\u{1b}[0mGET {} \u{1b}[33m400 \u{1b}[0m1.234 ms - 41\u{1b}[0m",
                Some("GET"),
                Some("400"),
            ),
            (r#"{"level":30,"req":{"method":"POST","url":"{}"},"msg":"in"}"#, Some("POST"), None),
            ("<-- GET {}", Some("GET"), None),
            ("curl -i 'http://127.0.0.1:3000{}'", None, None),
            ("(见 {})，", None, None),
        ] {
            let pasted = Pasted::read(&line.replace("{}", TARGET));
            assert!(pasted.target.ends_with(TARGET), "{line}: {}", pasted.target);
            assert_eq!(pasted.method.as_deref(), method, "{line}");
            assert_eq!(pasted.status.as_deref(), status, "{line}");
        }
    }

    #[test]
    fn undoes_what_shells_and_json_write() {
        let zsh = TARGET.replace('?', r"\?").replace('=', r"\=").replace('&', r"\&");
        let json = format!(r#"{{"uri":"{}"}}"#, TARGET.replace('&', r"\u0026").replace('/', r"\/"));
        for text in [zsh, json, TARGET.replace('?', "%3F").replace('&', "%26").replace('=', "%3D")]
        {
            assert_eq!(Pasted::read(&text).target, TARGET, "{text}");
        }
    }

    #[test]
    fn a_bare_query_becomes_a_target() {
        assert_eq!(Pasted::read("signature=a&nonce=b").target, "?signature=a&nonce=b");
        assert_eq!(Pasted::read("nonce=b#top").target, "?nonce=b");
    }

    #[test]
    fn keeps_blanks_that_were_plus_signs() {
        let within = "/wx?msg_signature=a&echostr=b c d==&nonce=e";
        assert_eq!(Pasted::read(within).target, within);
        assert_eq!(Pasted::read(&format!("GET {within} HTTP/1.1")).target, within);
        let last = "/wx?nonce=e&echostr=b c/d==";
        assert_eq!(Pasted::read(last).target, last);
        assert_eq!(Pasted::read("/wx?nonce=e&echostr=b 200").target, "/wx?nonce=e&echostr=b");
        assert_eq!(Pasted::read("/wx?nonce=e&echostr=b GET").target, "/wx?nonce=e&echostr=b");
    }

    #[test]
    fn what_has_no_parameters_has_no_target() {
        for text in ["", "Token验证失败", "GET /wx HTTP/1.1"] {
            assert_eq!(Pasted::read(text).target, "", "{text}");
        }
        assert_eq!(Pasted::read("GET /wx?x=1 200").target, "/wx?x=1");
    }
}
