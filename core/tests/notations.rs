//! A request is explained alike, in whatever notation somebody pasted it.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod support;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use support::{KEY, LIMIT, TOKEN, options, sign};
use wechat_push_core::envelope::Key;
use wechat_push_core::{
    AccountOptions, Body, ExplainRequest, Explanation, Hint, NamedAccount, explain,
};

type Pairs = [(&'static str, String)];

/// A notation by its name, and how it writes parameters.
type Notation = (&'static str, fn(&Pairs) -> String);

const NOTATIONS: &[Notation] = &[
    ("a query", query),
    ("a URL", |pairs| url(pairs)),
    ("a URL in quotes", |pairs| format!("“{}”，", url(pairs))),
    ("a log line", |pairs| format!("1.2.3.4 - - [25/Apr/2024] \"{} HTTP/1.1\" 200 9", line(pairs))),
    ("JSON", |pairs| json(pairs, ":", ",")),
    ("JSON over lines", |pairs| json(pairs, ": ", ",\n  ")),
    ("JSON in JSON", |pairs| format!("{:?}", json(pairs, ":", ","))),
    ("JSON in JSON in JSON", |pairs| format!("{:?}", format!("{:?}", json(pairs, ":", ",")))),
    ("JSON in HTML", |pairs| json(pairs, ":", ",").replace('"', "&quot;")),
    ("an event", |pairs| {
        format!("{{\"queryStringParameters\":{},\"isBase64Encoded\":true}}", json(pairs, ":", ","))
    }),
    ("a log in JSON", |pairs| {
        let query = json(pairs, ":", ",");
        format!(
            "{{\"timestamp\":\"2024-04-25T09:15:04.1Z\",\"signature\":\"x1\",\"query\":{query}}}"
        )
    }),
    ("a log in JSON with milliseconds", |pairs| {
        format!("{{\"timestamp\":1714036504123,\"message\":{:?}}}", json(pairs, ":", ","))
    }),
    ("HAR", |pairs| {
        let each = |(name, value): &_| format!("{{\"name\": \"{name}\", \"value\": \"{value}\"}}");
        all(pairs, each, ", ")
    }),
    ("util.inspect", |pairs| {
        format!(
            "[Object: null prototype] {{\n  {}\n}}",
            all(pairs, |p| format!("{}: '{}'", p.0, p.1), ",\n  ")
        )
    }),
    ("util.inspect of lists", |pairs| {
        format!("{{ {} }}", all(pairs, |p| format!("{}: [ '{}' ]", p.0, p.1), ", "))
    }),
    ("URLSearchParams", |pairs| {
        format!("URLSearchParams {{ {} }}", all(pairs, |p| format!("'{}' => '{}'", p.0, p.1), ", "))
    }),
    ("a Python dict", |pairs| {
        format!("{{{}}}", all(pairs, |p| format!("'{}': '{}'", p.0, p.1), ", "))
    }),
    ("a Python 2 dict", |pairs| {
        format!("{{{}}}", all(pairs, |p| format!("u'{}': u'{}'", p.0, p.1), ", "))
    }),
    ("a QueryDict", |pairs| {
        let dict = all(pairs, |p| format!("'{}': ['{}']", p.0, p.1), ", ");
        format!("<QueryDict: {{{dict}}}>")
    }),
    ("a list of tuples", |pairs| {
        format!("[{}]", all(pairs, |p| format!("('{}', '{}')", p.0, p.1), ", "))
    }),
    ("a Go map", |pairs| format!("map[{}]", all(pairs, |p| format!("{}:[{}]", p.0, p.1), " "))),
    ("a Go map with quotes", |pairs| {
        let map = all(pairs, |p| format!("{:?}:[]string{{{:?}}}", p.0, p.1), ", ");
        format!("url.Values{{{map}}}")
    }),
    ("a Java map", |pairs| format!("{{{}}}", all(pairs, |p| format!("{}={}", p.0, p.1), ", "))),
    ("a Java map of lists", |pairs| {
        format!("{{{}}}", all(pairs, |p| format!("{}=[{}]", p.0, p.1), ", "))
    }),
    ("a Java object", |pairs| {
        format!("Push({})", all(pairs, |p| format!("{}={}", p.0, p.1), ", "))
    }),
    ("a Ruby hash", |pairs| {
        format!("{{{}}}", all(pairs, |p| format!("{:?}=>{:?}", p.0, p.1), ", "))
    }),
    ("Ruby symbols", |pairs| {
        format!("{{{}}}", all(pairs, |p| format!(":{} => {:?}", p.0, p.1), ", "))
    }),
    ("print_r", |pairs| {
        format!("Array\n(\n{})", all(pairs, |p| format!("    [{}] => {}\n", p.0, p.1), ""))
    }),
    ("print_r of lists", |pairs| {
        let list = |p: &(&str, String)| {
            format!("    [{}] => Array\n        (\n            [0] => {}\n        )\n\n", p.0, p.1)
        };
        format!("Array\n(\n{})", all(pairs, list, ""))
    }),
    ("var_dump", |pairs| {
        let entry =
            |p: &(&str, String)| format!("  [{:?}]=>\n  string({}) {:?}\n", p.0, p.1.len(), p.1);
        format!("array(4) {{\n{}}}", all(pairs, entry, ""))
    }),
    ("var_export", |pairs| {
        format!("array (\n{})", all(pairs, |p| format!("  '{}' => '{}',\n", p.0, p.1), ""))
    }),
    ("C# pairs", |pairs| all(pairs, |p| format!("[{}, {}]", p.0, p.1), "\n")),
    ("a Rust struct", |pairs| {
        format!("Query {{ {} }}", all(pairs, |p| format!("{}: Some({:?})", p.0, p.1), ", "))
    }),
    ("a Go struct", |pairs| {
        format!("{{{}}}", all(pairs, |p| format!("{}:{}", field(p.0), p.1), " "))
    }),
    ("a C# object", |pairs| {
        format!("{{ {} }}", all(pairs, |p| format!("{} = {}", field(p.0), p.1), ", "))
    }),
    ("a link of Markdown", |pairs| format!("[{0}]({0})", url(pairs))),
    ("a link of Slack", |pairs| format!("<{0}|{0}>", url(pairs))),
    ("a log line of IIS", |pairs| {
        format!("2024-04-25 09:15:04 10.0.0.1 GET /wx {} 443 - 1.2.3.4 -", query(pairs))
            .replace("GET", method(pairs))
    }),
    ("words behind a URL", |pairs| format!("{} signature check fail", url(pairs))),
    ("an NSDictionary", |pairs| {
        format!("{{\n{}}}", all(pairs, |p| format!("    {} = {:?};\n", p.0, p.1), ""))
    }),
    ("lines", |pairs| all(pairs, |p| format!("{}: {}", p.0, p.1), "\n")),
    ("lines of CRLF", |pairs| all(pairs, |p| format!("{}: {}", p.0, p.1), "\r\n")),
    ("lines with =", |pairs| all(pairs, |p| format!("{}={}", p.0, p.1), "\n")),
    ("lines in Chinese", |pairs| all(pairs, |p| format!("{}：{}", p.0, p.1), "；\n")),
    ("names above values", |pairs| all(pairs, |p| format!("{}\n{}", p.0, p.1), "\n")),
    ("names with colons above values", |pairs| all(pairs, |p| format!("{}:\n{}", p.0, p.1), "\n")),
    ("columns", |pairs| all(pairs, |p| format!("{}\t{}", p.0, p.1), "\n")),
    ("a table of Markdown", |pairs| {
        format!(
            "| name | value |\n|---|---|\n{}",
            all(pairs, |p| format!("| `{}` | `{}` |", p.0, p.1), "\n")
        )
    }),
    ("console.table", |pairs| {
        format!(
            "┌───┬───┐\n{}\n└───┴───┘",
            all(pairs, |p| format!("│ {} │ '{}' │", p.0, p.1), "\n")
        )
    }),
    ("arrows", |pairs| all(pairs, |p| format!("{} → {}", p.0, p.1), "\n")),
    ("a table of HTML", |pairs| {
        let row = |p: &(&str, String)| {
            format!("<tr><td class=\"key\">{}</td><td class=\"text\">{}</td></tr>", p.0, p.1)
        };
        format!("<table>{}</table>", all(pairs, row, ""))
    }),
    ("XML", |pairs| {
        format!("<query>{}</query>", all(pairs, |p| format!("<{0}>{1}</{0}>", p.0, p.1), ""))
    }),
    ("logfmt", |pairs| {
        format!("level=info {} status=400", all(pairs, |p| format!("{}={}", p.0, p.1), " "))
    }),
    ("assignments", |pairs| all(pairs, |p| format!("const {} = '{}';", p.0, p.1), "\n")),
    ("a sentence", |pairs| {
        format!("收到 {}。", all(pairs, |p| format!("{}为“{}”", p.0, p.1), "、"))
    }),
    ("curl", |pairs| format!("curl -i '{}' \\\n  -H 'Accept: */*'", url(pairs))),
    ("curl in zsh", |pairs| format!("curl {}", url(pairs).replace('&', "\\&").replace('?', "\\?"))),
    ("curl in cmd", |pairs| {
        format!("curl ^\"{}^\"", url(pairs).replace('&', "^&").replace('%', "^%"))
    }),
    ("curl -G", |pairs| {
        let data = all(pairs, |p| format!("--data-urlencode '{}={}'", p.0, p.1), " \\\n  ");
        format!("curl -G https://example.com/wx \\\n  {data}")
    }),
    ("httpie", |pairs| {
        format!("http example.com/wx {}", all(pairs, |p| format!("{}=={}", p.0, p.1), " "))
    }),
    ("&times;", |pairs| url(pairs).replace("&times", "×")),
    ("&times; with a semicolon", |pairs| url(pairs).replace("&times", "&times;")),
    ("&amp;", |pairs| url(pairs).replace('&', "&amp;")),
    ("&amp;amp;", |pairs| url(pairs).replace('&', "&amp;amp;")),
    ("full-width", |pairs| url(pairs).replace('?', "？").replace('&', "＆").replace('=', "＝")),
    ("a hash route", |pairs| url(pairs).replace("/wx", "/#/wx")),
    ("a fragment behind it", |pairs| url(pairs) + "#/top?x=1"),
    ("encoded", |pairs| encoded(&url(pairs))),
    ("encoded twice", |pairs| encoded(&encoded(&url(pairs)))),
    ("in another query", |pairs| format!("https://example.com/?to={}", encoded(&url(pairs)))),
    ("JSON, encoded", |pairs| encoded(&json(pairs, ":", ","))),
    ("JSON with \\u0026", |pairs| {
        format!("{{\"url\":\"{}\"}}", url(pairs).replace('&', "\\u0026"))
    }),
    ("wrapped before &", |pairs| url(pairs).replace('&', "\n&")),
    ("wrapped behind &", |pairs| url(pairs).replace('&', "&\r\n  ")),
    ("with zero-width blanks", |pairs| url(pairs).replace('&', "\u{200b}&")),
];

/// Nobody writes so, and nothing reads it.
const UNKNOWN: &[Notation] = &[
    ("values apart from names", |pairs| {
        format!("{}\n{}", all(pairs, |p| p.0.into(), ","), all(pairs, |p| p.1.clone(), ","))
    }),
    ("values before names", |pairs| all(pairs, |p| format!("{} <- {}", p.1, p.0), " ")),
    ("names that touch", |pairs| all(pairs, |p| format!("{}AND{}", p.0, p.1), " ")),
    ("a word between", |pairs| all(pairs, |p| format!("{} seems to be {}", p.0, p.1), "\n")),
    ("joined by --", |pairs| all(pairs, |p| format!("{}={}", p.0, p.1), "--")),
    ("joined by words", |pairs| url(pairs).replace('&', "_and_")),
    ("only the first as a URL", |pairs| {
        url(pairs).replacen('=', "\0", 1).replace('=', "~").replace('\0', "=")
    }),
    ("base64", |pairs| base64_simd::STANDARD.encode_to_string(url(pairs))),
    ("reversed", |pairs| url(pairs).chars().rev().collect()),
    ("in capitals", |pairs| url(pairs).to_ascii_uppercase().replace('&', " ")),
];

fn all(pairs: &Pairs, each: impl Fn(&(&'static str, String)) -> String, between: &str) -> String {
    pairs.iter().map(each).collect::<Vec<_>>().join(between)
}

fn json(pairs: &Pairs, colon: &str, comma: &str) -> String {
    format!("{{{}}}", all(pairs, |p| format!("{:?}{colon}{:?}", p.0, p.1), comma))
}

fn query(pairs: &Pairs) -> String {
    all(pairs, |p| format!("{}={}", p.0, encoded(&p.1)), "&")
}

fn url(pairs: &Pairs) -> String {
    format!("https://example.com/wx?{}", query(pairs))
}

fn line(pairs: &Pairs) -> String {
    format!("{} /wx?{}", method(pairs), query(pairs))
}

fn method(pairs: &Pairs) -> &'static str {
    if pairs.iter().any(|p| p.0 == "echostr") { "GET" } else { "POST" }
}

/// `MsgSignature` for `msg_signature`.
fn field(name: &str) -> String {
    name.split('_').map(|part| part[..1].to_ascii_uppercase() + &part[1..]).collect()
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn plain() -> NamedAccount {
    let tokens = vec![TOKEN.into()];
    let options =
        AccountOptions { tokens, tolerance: 300, body_limit: LIMIT, ..Default::default() };
    NamedAccount { name: "mine".into(), options, wrong: None }
}

fn secure() -> NamedAccount {
    NamedAccount { name: "mine".into(), options: options("secure"), wrong: None }
}

fn ask(text: &str, body: Option<&str>, account: NamedAccount) -> Explanation {
    let body = body.map(|body| Body::Bytes(body.as_bytes()));
    explain(ExplainRequest { method: None, text, body, now: None }, &[account])
}

/// What is said of the request, without the hints that are about the notation.
fn verdict(explanation: Explanation) -> (Option<&'static str>, Option<i32>, String, Vec<Hint>) {
    let of_notation = ["html_escaped", "times_sign", "behind_hash", "encoded_whole"];
    let mut hints = explanation.hints;
    hints.retain(|hint| !of_notation.contains(&hint.key()));
    (explanation.reason, explanation.code, explanation.detail, hints)
}

/// The parameters of a request, in any order, signed with one Token or another.
fn requests() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let token = prop_oneof![Just(TOKEN), Just("SESAME42"), Just("unlike")];
    let time = "1[0-9]{9}";
    let nonce = prop_oneof!["[0-9]{8,10}", "[a-z]{0,3}[0-9][A-Za-z0-9]{6}"];
    let echostr = prop_oneof![Just(String::new()), "[0-9]{17,20}", "[A-Za-z0-9+/]{43}="];
    (token, time, nonce, echostr)
        .prop_map(|(token, time, nonce, echostr)| {
            let mut pairs = vec![("signature", sign([token, &time, &nonce]))];
            pairs.extend((!echostr.is_empty()).then_some(("echostr", echostr)));
            pairs.extend([("timestamp", time), ("nonce", nonce)]);
            pairs
        })
        .prop_flat_map(|pairs| Just(pairs).prop_shuffle())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_notation_has_the_verdict_of_the_url(mut pairs in requests()) {
        // `×tamp` and the first parameter need one before them.
        if pairs[0].0 == "timestamp" {
            pairs.rotate_left(1);
        }
        let expected = verdict(ask(&line(&pairs), None, plain()));
        for (name, write) in NOTATIONS {
            let text = write(&pairs);
            prop_assert_eq!(verdict(ask(&text, None, plain())), expected.clone(), "{}: {}", name, text);
        }
    }

    #[test]
    fn so_has_a_push_with_its_body(message in "<xml><Content>[a-z]{0,40}</Content></xml>", nonce in "[0-9]{9}") {
        let encrypt = Key::new(KEY).unwrap().seal(&message, support::APP_ID, support::RANDOM);
        let time = support::NOW.to_string();
        let pairs = [
            ("signature", sign([TOKEN, &time, &nonce])),
            ("timestamp", time.clone()),
            ("nonce", nonce.clone()),
            ("openid", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M".into()),
            ("encrypt_type", "aes".into()),
            ("msg_signature", sign([TOKEN, &time, &nonce, &encrypt])),
        ];
        let body = support::envelope(&message, &encrypt);
        for (name, write) in NOTATIONS {
            let text = write(&pairs);
            let explanation = ask(&text, Some(&body), secure());
            prop_assert_eq!(explanation.reason, None, "{}: {}", name, text);
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_missing(pairs in requests()) {
        for (name, write) in UNKNOWN {
            let text = write(&pairs);
            let explanation = ask(&text, None, plain());
            let keys: Vec<_> = explanation.hints.iter().map(Hint::key).collect();
            prop_assert_ne!(explanation.reason, Some("missing_parameter"), "{}: {}", name, text);
            let blames = ["cut_at_ampersand", "no_query"];
            prop_assert!(!keys.iter().any(|key| blames.contains(key)), "{}: {} {:?}", name, text, keys);
        }
    }

    #[test]
    fn any_text_is_explained(text in "(signature|timestamp|nonce|echostr|value|[=:\\[\\]{}(),;&?%#<>\"'\\\\^ \n×！“好a1]){0,40}") {
        let explanation = ask(&text, None, plain());
        prop_assert!(!explanation.hints.is_empty());
    }
}

#[test]
fn what_a_url_lacks_is_missing() {
    for text in [
        "GET /wx HTTP/1.1",
        "https://example.com/wx",
        "/wx?a=1",
        "?signature=a",
        "/?nonce=1&timestamp=1714036504",
    ] {
        assert_eq!(ask(text, None, plain()).reason, Some("missing_parameter"), "{text}");
    }
    for text in
        ["", "Token验证失败", "what? why?", "signature", "{\"signature\":\"a\"}", "nonce: 1"]
    {
        assert_eq!(ask(text, None, plain()).reason, Some("unreadable"), "{text}");
    }
}
