//! What a stranger costs. Allocations are counted: what is sent twice as long may cost twice as much, no
//! more, and hold no more memory than some lengths of it. Time has a generous bound.

mod support;

use std::time::{Duration, Instant};

use allocation_counter::{AllocationInfo, measure};
use support::{KEY, TOKEN, account, envelope, options, plain_url, seal, sealed_url, sign, signed_url};
use wechat_push_core::{
    Body, Configured, Language, Question, Request, Scratch, explain,
};

const MEBIBYTE: usize = 1 << 20;

/// A document of about so many bytes.
type Document = fn(usize) -> String;

const DOCUMENTS: &[(&str, Document)] = &[
    ("open tags", |size| xml(&fill("<a>", size))),
    ("elements 31 deep", |size| xml(&fill(&nested("<a>", "x", "</a>"), size))),
    ("tiny elements", |size| xml(&fill("<a/>", size))),
    ("elements of 256 names in turns", |size| xml(&fill(&names(256, |i| format!("<n{i}/>")), size))),
    ("elements of ever new names", |size| xml(&counted(size, |i| format!("<n{i}/>")))),
    ("elements of two names, in each other", |size| xml(&fill("<a><b/><a/></a>", size))),
    ("items of a list", |size| xml(&fill("<item>1</item>", size))),
    ("attributes", |size| format!("<xml {}><a>1</a></xml>", counted(size, |i| format!("a{i}='' ")))),
    ("one attribute, repeated", |size| format!("<xml><a {}>1</a></xml>", fill("a='' ", size))),
    ("a long name", |size| format!("<xml><{0}>1</{0}></xml>", fill("a", size / 2))),
    ("names that differ at their ends", |size| {
        xml(&counted(size, |i| format!("<{}{}/>", "a".repeat(4000), i % 256)))
    }),
    ("CDATA with many ]]", |size| xml(&format!("<a><![CDATA[{}]]></a>", fill("]] ]>", size)))),
    ("CDATA sections", |size| xml(&format!("<a>{}</a>", fill("<![CDATA[]]]]><![CDATA[>]]>", size)))),
    ("references", |size| xml(&format!("<a>{}</a>", fill("&amp;&#x41;", size)))),
    ("references outside of texts", |size| xml(&fill("<a/>&amp;", size))),
    ("comments", |size| xml(&fill("<!-- -->", size))),
    ("text in pieces", |size| xml(&format!("<a>{}</a>", fill("x<!---->", size)))),
    ("instructions", |size| fill("<?a?>", size) + "<xml><a>1</a></xml>"),
    ("many Encrypt", |size| xml(&fill("<Encrypt>a</Encrypt>", size))),
    ("a long Encrypt", |size| xml(&format!("<Encrypt>{}</Encrypt>", fill("A", size)))),
    ("an Encrypt of references", |size| xml(&format!("<Encrypt>{}</Encrypt>", fill("&#65;", size)))),
    ("many MsgId", |size| xml(&format!("<MsgType>text</MsgType>{}", fill("<MsgId>1</MsgId>", size)))),
    ("a long MsgId", |size| xml(&format!("<MsgType>text</MsgType><MsgId>{}</MsgId>", fill("1", size)))),
    ("blanks", |size| fill(" ", size) + "<xml><a>1</a></xml>"),
    ("control characters", |size| xml(&format!("<a>{}</a>", fill("\u{1}", size)))),
    ("texts with one", |size| xml(&fill("<a>\u{1f}</a>", size))),
    ("texts that stand apart", |size| xml(&fill(&format!("<a>{}</a>", fill("x", 17_000)), size))),
    ("JSON, ever new names", |size| json(&counted(size, |i| format!(r#""n{i}":1,"#)))),
    ("JSON, one name", |size| json(&fill(r#""a":1,"#, size))),
    ("JSON, many Encrypt", |size| json(&fill(r#""Encrypt":"a","#, size))),
    ("JSON, many lists", |size| json(&fill(r#""item":[],"List":{},"#, size))),
    ("JSON, objects 30 deep", |size| {
        json(&counted(size, |i| format!(r#""n{i}":{},"#, nested(r#"{"a":"#, "1", "}"))))
    }),
    ("JSON, one list", |size| json(&format!(r#""a":[{}0],"#, fill("1,", size)))),
    ("JSON, lists 30 deep", |size| json(&format!(r#""a":[{}0],"#, fill(&(nested("[", "1", "]") + ","), size)))),
    ("JSON, long numbers", |size| json(&counted(size, |i| format!(r#""n{i}":{},"#, "9".repeat(10_000))))),
    ("JSON, one number", |size| json(&format!(r#""a":{},"#, fill("9", size)))),
    ("JSON, a long fraction", |size| json(&format!(r#""a":0.{}e9,"#, fill("9", size)))),
    ("JSON, escapes", |size| json(&format!(r#""a":"{}","#, fill(r"\u0001\n", size)))),
    ("JSON, halves of characters", |size| json(&format!(r#""a":"{}","#, fill(r"\ud800", size)))),
    ("JSON, escaped names", |size| json(&counted(size, |i| format!(r#""\u0061{i}":1,"#)))),
    ("JSON, unclosed", |size| format!(r#"{{"a":{}"#, fill("[{\"a\":", size))),
];

#[test]
fn print() {
    for (name, document) in DOCUMENTS {
        let body = document(MEBIBYTE - 200);
        let url = plain_url();
        let start = Instant::now();
        let r = received(&body);
        let plain = start.elapsed();
        let start = Instant::now();
        let s = support::send_sealed(&account("secure"), &document(700_000));
        let sealed = start.elapsed();
        let cost = |size| { let body = document(size); measure(|| { received(&body); }) };
        let (a, b) = (cost(100_000), cost(200_000));
        eprintln!("{name}: {} {plain:?} {sealed:?} {} {:?} count {} {} bytes {} {} max {} {}", body.len(), r, s.err().map(|r| r.reason()), a.count_total, b.count_total, a.bytes_total, b.bytes_total, a.bytes_max, b.bytes_max);
    }
}

fn received(body: &str) -> &'static str {
    match support::send(&account("plain"), body) { Ok(_) => "ok", Err(r) => r.reason() }
}

fn xml(inner: &str) -> String {
    format!("<xml>{inner}</xml>")
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
        if text.len() + part.len() > size { break }
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
