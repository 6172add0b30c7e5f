//! A request target, taken out of what somebody pasted: a URL, a query, a line of a log, a command, the
//! parameters in any other notation.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::hint::Hint;
use crate::names::NAMES;
use crate::notation::{Pair, pairs, target};
use crate::parameters::Parameters;
use crate::retyped::retyped;

const METHODS: [&str; 7] = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"];

/// How often somebody may have encoded the whole.
const MOST_ENCODED: usize = 3;

/// What a text says about one request.
pub struct Pasted {
    /// Where it is told.
    pub method: Option<String>,
    /// From the address, or its `?`, to the last parameter.
    pub target: String,
    /// Those of the target.
    pub parameters: Parameters,
    /// Whether all of the URL is known, so that what is not in it is missing.
    pub is_url: bool,
    /// What the log says that was answered.
    pub status: Option<String>,
    /// What had happened to the text.
    pub hints: Vec<Hint>,
}

impl Pasted {
    /// The URL as a server got it.
    #[inline(never)]
    pub fn url(url: &str) -> Self {
        let mut url = Self::new(url.into(), true);
        if url.parameters.is_empty() && decoded(&url.target).is_some() {
            url.hints.push(Hint::new("encoded_whole"));
        }
        url
    }

    /// A URL, a query, a line of a log, or whatever holds WeChat's parameters.
    #[inline(never)]
    pub fn read(text: &str) -> Self {
        let (text, mut hints) = retyped(text);
        let decoded = decoded(&text);
        let text = decoded.as_deref().unwrap_or(&text).trim();
        let run = Run::find(text);
        if decoded.is_some() && run.is_some() {
            hints.push(Hint::new("encoded_whole"));
        }
        let pairs = pairs(text);
        let mut read = match run {
            Some(run) => run.read(text, &pairs),
            None if pairs.is_empty() => Self::address(text),
            None => Self::notation(text, &pairs),
        };
        read.is_url = read.is_url && !read.overlooks(&text.to_ascii_lowercase());
        read.hints = hints;
        read
    }

    /// Whether a text is a URL as it stands in a request, and nothing else.
    pub fn is_url(text: &str) -> bool {
        is_address(text) && !text.contains(|c: char| c.is_whitespace() || c.is_control())
    }

    fn new(target: String, is_url: bool) -> Self {
        let parameters = Parameters::read(&target);
        Self { method: None, target, parameters, is_url, status: None, hints: Vec::new() }
    }

    /// An address without any of WeChat's parameters, if there is one.
    fn address(text: &str) -> Self {
        let mut words = text.split(is_end);
        let found = words.clone().find(|word| is_address(word) && word.contains('?'));
        let found = found.or_else(|| words.find(|word| is_address(word)));
        Self {
            method: method(text),
            ..Self::new(found.unwrap_or_default().into(), found.is_some())
        }
    }

    fn notation(text: &str, pairs: &[Pair]) -> Self {
        Self { method: method(text), ..Self::new(target(pairs), false) }
    }

    /// Whether a text in lower case speaks of a parameter that was not read.
    fn overlooks(&self, text: &str) -> bool {
        // `signature` is also the end of `msg_signature`.
        let is_name =
            |name: &str, at: usize| name != "signature" || !text[..at].ends_with(['_', '-', 'g']);
        let mut unread = NAMES.iter().filter(|name| self.parameters.get(name).is_none());
        unread.any(|name| text.match_indices(name).any(|(at, _)| is_name(name, at)))
    }
}

/// The stretch of a text that looks like a URL with parameters in it.
struct Run<'a> {
    start: usize,
    end: usize,
    target: &'a str,
}

impl<'a> Run<'a> {
    fn find(text: &'a str) -> Option<Self> {
        let at = start_of_parameter(text)?;
        let word = text[..at].rfind(is_end).map_or(0, |end| end + width(text, end));
        // A URL in the query of another one begins at its own `?`.
        let start = match text[word..at].rfind('?') {
            Some(mark) if text[word..word + mark].contains('?') => word + mark,
            Some(_) => word,
            None => at,
        };
        let end = end(text, start, at);
        let target = text[start..end].trim_end_matches([',', ';', ')', ']', '}', '。']);
        // A fragment, or the second half of a link as Markdown and Slack write it.
        let parameters = &target[at - start..];
        let ends = ["#", "](", "|"].iter().filter_map(|mark| parameters.find(mark));
        let length = at - start + ends.min().unwrap_or(parameters.len());
        Some(Self { start, end, target: &target[..length] })
    }

    /// The request, unless the text has more of it than the run.
    fn read(self, text: &str, pairs: &[Pair]) -> Pasted {
        let marked = if self.target.contains('?') { "" } else { "?" };
        let url = Pasted::new([marked, self.target].concat(), true);
        let has = |name| url.parameters.get(name).is_some();
        let is_whole =
            has("timestamp") && has("nonce") && (has("signature") || has("msg_signature"));
        if !is_whole && pairs.iter().any(|pair| !has(NAMES[pair.index])) {
            return Pasted::notation(text, pairs);
        }
        let (before, after) = (&text[..self.start], &text[self.end..]);
        Pasted { method: method(before).or_else(|| method(after)), status: status(after), ..url }
    }
}

/// A text that was percent-encoded as a whole, if it was.
fn decoded(text: &str) -> Option<String> {
    let mut decoded = Cow::Borrowed(text);
    for _ in 0..MOST_ENCODED {
        if start_of_parameter(&decoded).is_some() || !decoded.contains('%') {
            break;
        }
        decoded = percent_decode_str(&decoded).decode_utf8_lossy().into_owned().into();
    }
    let is_better = |text: &str| start_of_parameter(text).is_some() || !pairs(text).is_empty();
    (decoded != text && is_better(&decoded) && !is_better(text)).then(|| decoded.into_owned())
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

/// A word that follows a URL is seldom base64; one that is has digits and letters in it, or signs.
fn could_be_base64(word: &str) -> bool {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    let letters = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let base64 = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    base64 && !digits && !letters
}

fn is_end(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`<>“”".contains(c)
}

fn width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Whether a word is a URL or a request target.
fn is_address(word: &str) -> bool {
    word.starts_with('?')
        || word.contains("://")
        || word.starts_with('/') && !word.starts_with("//")
}

/// The last method that stands as a word of its own.
fn method(text: &str) -> Option<String> {
    let mut words = text.rsplit(|c: char| !c.is_ascii_alphanumeric());
    words.find(|word| METHODS.contains(word)).map(ToOwned::to_owned)
}

/// The first number of three digits among the words behind the target, past `HTTP/1.1`; IIS has the port
/// there.
fn status(text: &str) -> Option<String> {
    let words = text.split(is_end).filter(|word| !word.is_empty()).take(3);
    let mut numbers = words.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    numbers.next().filter(|number| number.len() == 3 && *number != "443").map(ToOwned::to_owned)
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
        for text in ["", "Token验证失败", "what? why? // no"] {
            let pasted = Pasted::read(text);
            assert_eq!((pasted.target.as_str(), pasted.is_url), ("", false), "{text}");
        }
        assert_eq!(Pasted::read("GET /wx HTTP/1.1").target, "/wx");
        assert_eq!(Pasted::read("GET /wx?x=1 200").target, "/wx?x=1");
    }
}
