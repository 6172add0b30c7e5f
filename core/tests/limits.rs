//! What a stranger costs, in allocations: what is eight times as long may cost eight times as much, no
//! more, and hold no more memory than some lengths of it.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod support;

use allocation_counter::{AllocationInfo, measure};
use support::{account, envelope, options, plain_url, post, seal, sealed_url};
use wechat_push_core::{Body, ExplainRequest, Language, NamedAccount, Query, explain};

/// Two lengths, so far apart that a cost in their squares is no matter of constants.
const SHORT: usize = 35_000;
const LONG: usize = 8 * SHORT;

/// A document of about so many bytes.
type Document = fn(usize) -> String;

const DOCUMENTS: &[(&str, Document)] = &[
    ("open tags", |size| xml(&fill("<a>", size))),
    ("elements 31 deep", |size| xml(&fill(&nested("<a>", "x", "</a>"), size))),
    ("tiny elements", |size| xml(&fill("<a/>", size))),
    ("elements of 256 names in turns", |size| {
        xml(&fill(&names(256, |i| format!("<n{i}/>")), size))
    }),
    ("elements of ever new names", |size| xml(&counted(size, |i| format!("<n{i}/>")))),
    ("elements of two names, in each other", |size| xml(&fill("<a><b/><a/></a>", size))),
    ("items of a list", |size| xml(&fill("<item>1</item>", size))),
    ("attributes", |size| {
        format!("<xml {}><a>1</a></xml>", counted(size, |i| format!("a{i}='' ")))
    }),
    ("one attribute, repeated", |size| format!("<xml><a {}>1</a></xml>", fill("a='' ", size))),
    ("a long name", |size| format!("<xml><{0}>1</{0}></xml>", fill("a", size / 2))),
    ("names that differ at their ends", |size| {
        xml(&counted(size, |i| format!("<{}{}/>", "a".repeat(400), i % 64)))
    }),
    ("CDATA with many ]]", |size| xml(&format!("<a><![CDATA[{}]]></a>", fill("]] ]>", size)))),
    ("CDATA sections", |size| {
        xml(&format!("<a>{}</a>", fill("<![CDATA[]]]]><![CDATA[>]]>", size)))
    }),
    ("ends of a typed text", |size| {
        link(&format!("<Title><![CDATA[{}]]></Title>", fill("]]></Title>", size)))
    }),
    ("ends of a typed text that fit no more", |size| {
        link(&format!("<Title><![CDATA[{}", fill("]]></Title><Url><![CDATA[", size)))
    }),
    ("typed ends of another text, and comments", |size| {
        let text = fill("]]></Title><!--", size);
        link(&format!("<Title><![CDATA[a]]></Title><Description><![CDATA[{text}]]></Description>"))
    }),
    ("typed texts in each other", |size| {
        let text = "]]></Title><Description><![CDATA[]]></Description><Url><![CDATA[]]></Url>";
        link(&format!("<Title><![CDATA[{}]]></Title>", fill(text, size)))
    }),
    ("typed texts in a list that never ends", |size| {
        let item = "<history><content><![CDATA[]]></content></history>";
        let event = "<MsgType>event</MsgType><Event>complaint_callback</Event>";
        xml(&format!("{event}<BussiCallBackInfo>{}", fill(item, size)))
    }),
    ("references", |size| xml(&format!("<a>{}</a>", fill("&amp;&#x41;", size)))),
    ("references outside of texts", |size| xml(&fill("<a/>&amp;", size))),
    ("comments", |size| xml(&fill("<!-- -->", size))),
    ("text in pieces", |size| xml(&format!("<a>{}</a>", fill("x<!---->", size)))),
    ("instructions", |size| fill("<?a?>", size) + "<xml><a>1</a></xml>"),
    ("many Encrypt", |size| xml(&fill("<Encrypt>a</Encrypt>", size))),
    ("a long Encrypt", |size| xml(&format!("<Encrypt>{}</Encrypt>", fill("A", size)))),
    ("an Encrypt of references", |size| {
        xml(&format!("<Encrypt>{}</Encrypt>", fill("&#65;", size)))
    }),
    ("many MsgId", |size| {
        xml(&format!("<MsgType>text</MsgType>{}", fill("<MsgId>1</MsgId>", size)))
    }),
    ("a long MsgId", |size| {
        xml(&format!("<MsgType>text</MsgType><MsgId>{}</MsgId>", fill("1", size)))
    }),
    ("blanks", |size| fill(" ", size) + "<xml><a>1</a></xml>"),
    ("control characters", |size| xml(&format!("<a>{}</a>", fill("\u{1}", size)))),
    ("texts with one", |size| xml(&fill("<a>\u{1f}</a>", size))),
    ("texts that are long", |size| xml(&fill(&format!("<a>{}</a>", fill("x", 17_000)), size))),
    ("JSON, ever new names", |size| json(&counted(size, |i| format!(r#""n{i}":1,"#)))),
    ("JSON, one name", |size| json(&fill(r#""a":1,"#, size))),
    ("JSON, many Encrypt", |size| json(&fill(r#""Encrypt":"a","#, size))),
    ("JSON, many lists", |size| json(&fill(r#""item":[],"List":{},"#, size))),
    ("JSON, objects 30 deep", |size| {
        json(&counted(size, |i| format!(r#""n{i}":{},"#, nested(r#"{"a":"#, "1", "}"))))
    }),
    ("JSON, one list", |size| json(&format!(r#""a":[{}0],"#, fill("1,", size)))),
    ("JSON, lists 30 deep", |size| {
        json(&format!(r#""a":[{}0],"#, fill(&(nested("[", "1", "]") + ","), size)))
    }),
    ("JSON, long numbers", |size| {
        json(&counted(size, |i| format!(r#""n{i}":{},"#, "9".repeat(1000))))
    }),
    ("JSON, one number", |size| json(&format!(r#""a":{},"#, fill("9", size)))),
    ("JSON, a long fraction", |size| json(&format!(r#""a":0.{}e9,"#, fill("9", size)))),
    ("JSON, escapes", |size| json(&format!(r#""a":"{}","#, fill(r"\u0001\n", size)))),
    ("JSON, halves of characters", |size| json(&format!(r#""a":"{}","#, fill(r"\ud800", size)))),
    ("JSON, escaped names", |size| json(&counted(size, |i| format!(r#""\u0061{i}":1,"#)))),
    ("JSON, unclosed", |size| format!(r#"{{"a":{}"#, fill("[{\"a\":", size))),
];

#[test]
fn a_signed_document_costs_in_proportion_to_its_length() {
    for (name, document) in DOCUMENTS {
        in_proportion(&format!("{name}, in plaintext"), 80, document, |text| {
            let _ = support::send(&account("plain"), text);
        });
        in_proportion(&format!("{name}, sealed"), 80, document, |text| {
            let _ = support::send_sealed(&account("secure"), text);
        });
        in_proportion(&format!("{name}, from a body parser"), 120, document, |text| {
            let _ = post(&account("plain"), &plain_url(), Body::Parsed(text.as_bytes()));
        });
    }
}

#[test]
fn a_forged_document_is_hardly_looked_at() {
    for (name, document) in DOCUMENTS {
        in_proportion(&format!("{name}, in plaintext"), 1, document, |text| {
            let url = plain_url().replace("nonce=", "nonce=0");
            let refused = post(&account("plain"), &url, Body::Bytes(text.as_bytes()));
            assert!(refused.is_err(), "{name}");
        });
        in_proportion(&format!("{name}, where it must be sealed"), 3, document, |text| {
            let refused =
                post(&account("secure"), &sealed_url("forged"), Body::Bytes(text.as_bytes()));
            assert!(refused.is_err(), "{name}");
        });
    }
}

#[test]
fn an_envelope_costs_in_proportion_to_its_length() {
    let document: Document = |size| envelope("<", &seal(&fill("x", size / 2)));
    in_proportion("a sealed text that is no document", 6, &document, |body| {
        let encrypt = body.split("CDATA[").nth(2).and_then(|rest| rest.split(']').next());
        let url = sealed_url(encrypt.unwrap());
        assert!(post(&account("secure"), &url, Body::Bytes(body.as_bytes())).is_err());
    });
}

/// A query of about so many bytes.
const QUERIES: &[(&str, Document)] = &[
    ("&", |size| fill("&", size)),
    ("=", |size| fill("=", size)),
    ("%", |size| fill("%", size)),
    ("many parameters", |size| fill("a=1&", size)),
    ("names in brackets", |size| fill("nonce[]=1&", size)),
    ("one parameter, repeated", |size| fill("nonce=1&", size)),
    ("a long nonce", |size| format!("nonce={}", fill("1", size))),
    ("escapes", |size| format!("nonce={}", fill("%41", size))),
    ("blanks", |size| format!("nonce={}", fill("+", size))),
    ("stray percents", |size| format!("signature=a&timestamp=1&nonce={}", fill("%", size))),
    ("escaped escapes", |size| format!("signature=a&timestamp=1&nonce={}", fill("%25", size))),
    ("misnamed parameters", |size| counted(size, |i| format!("{}nonce=1&", "-".repeat(i % 50)))),
    ("HTML escapes", |size| fill("&amp;nonce=1", size)),
    ("a long escape of HTML", |size| fill("amp;", size) + "nonce=1"),
    ("question marks", |size| fill("?", size)),
    ("quotes", |size| fill("\"GET ", size)),
    ("blanks in a line", |size| fill(" ? ", size)),
    ("a signature of any length", |size| {
        format!("signature={}&timestamp=1&nonce=2", fill("a", size))
    }),
];

/// A text that somebody pasted, of about so many bytes.
const PASTED: &[(&str, Document)] = &[
    ("names without values", |size| fill("nonce ", size)),
    ("names that have names for values", |size| fill("nonce: timestamp: ", size)),
    ("names with long gaps", |size| fill(&format!("nonce{}\n", ":".repeat(90)), size)),
    ("names with open quotes", |size| fill("nonce: \"", size)),
    ("names with open tags", |size| fill("nonce <", size)),
    ("a list", |size| format!("nonce: [{}]", fill("1, ", size))),
    ("a long value", |size| format!("nonce: '{}", fill("1", size))),
    ("backslashes", |size| fill("\\", size)),
    ("escapes of JSON", |size| fill("\\u0026", size)),
    ("entities", |size| fill("&quot;", size)),
    ("multiplication signs", |size| fill("×tamp", size)),
    ("hashes", |size| fill("#/?", size)),
    ("lines that begin with &", |size| fill("\n&", size)),
    ("blank lines", |size| fill("\n", size)),
    ("colours", |size| fill("\u{1b}[0", size)),
    ("escapes of escapes", |size| fill("%25", size)),
];

#[test]
fn a_parameter_that_is_not_ours_costs_nothing() {
    for (name, query) in QUERIES {
        for size in [SHORT, LONG] {
            let url = format!("/?{}", query(size));
            let cost = measure(|| drop(Query::of_url(&url)));
            assert!(cost.count_total <= 4, "{name}: {cost:?}");
            assert!(cost.bytes_max <= 4 * url.len() as u64, "{name}: {cost:?}");
        }
    }
}

#[test]
fn an_explanation_costs_in_proportion_to_what_is_explained() {
    for (name, query) in QUERIES {
        let document = |size| format!("/?{}", query(size / 8));
        in_proportion(name, 60, &document, |text| explained(Some("POST"), text, None));
        in_proportion(&format!("{name}, pasted"), 60, &document, |text| {
            explained(None, text, None);
        });
    }
    for (name, text) in PASTED {
        let document = |size| text(size / 8);
        in_proportion(name, 60, &document, |text| explained(None, text, None));
    }
    for (name, document) in DOCUMENTS {
        let document = |size| document(size / 8);
        let url = sealed_url("forged");
        in_proportion(name, 200, &document, |text| explained(Some("POST"), &url, Some(text)));
    }
}

fn explained(method: Option<&str>, text: &str, body: Option<&str>) {
    let body = body.map(|body| Body::Bytes(body.as_bytes()));
    let account = NamedAccount { name: "mine".into(), options: options("secure"), wrong: None };
    let request = ExplainRequest { method, text, body, now: None };
    for hint in explain(request, &[account]).hints {
        wechat_push_core::say(&hint, Language::English);
    }
}

/// Makes the document in two lengths. The long one may be allocated for eight times as often and as much
/// as the short one, and hold no more than some times its length at once.
fn in_proportion(name: &str, times: u64, document: &impl Fn(usize) -> String, run: impl Fn(&str)) {
    let cost = |size| -> (AllocationInfo, u64) {
        let text = document(size);
        (measure(|| run(&text)), text.len() as u64)
    };
    let ((short, _), (long, length)) = (cost(SHORT), cost(LONG));
    // Not exactly: the shorter document may end within one of its repeated parts.
    let most = 8 * short.count_total + short.count_total / 20 + 100;
    assert!(long.count_total <= most, "{name}: {short:?} {long:?}");
    let growth = 8 * short.bytes_total + 4 * length;
    assert!(long.bytes_total <= growth, "{name}: {short:?} {long:?}");
    assert!(long.bytes_max <= times * length + 16_384, "{name}: {long:?}");
}

fn xml(inner: &str) -> String {
    format!("<xml>{inner}</xml>")
}

fn link(inner: &str) -> String {
    xml(&format!("<MsgType>link</MsgType>{inner}"))
}

fn json(inner: &str) -> String {
    format!(r#"{{{inner}"z":1}}"#)
}

fn fill(text: &str, size: usize) -> String {
    text.repeat(size / text.len())
}

fn counted(size: usize, part: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size);
    for i in 0.. {
        let part = part(i);
        if text.len() + part.len() > size {
            break;
        }
        text += &part;
    }
    text
}

fn names(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

fn nested(open: &str, inside: &str, close: &str) -> String {
    open.repeat(29) + inside + &close.repeat(29)
}
