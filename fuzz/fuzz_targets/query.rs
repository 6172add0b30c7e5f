//! The parameters of a URL are those that another reader of forms finds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wechat_push_fuzz::query;

const KNOWN: [&str; 7] =
    ["signature", "msg_signature", "timestamp", "nonce", "echostr", "encrypt_type", "openid"];

fuzz_target!(|url: &str| {
    let expected = pairs(url);
    let repeated = KNOWN.iter().any(|name| values(&expected, name).count() > 1);
    match query(url) {
        Ok(found) => {
            assert!(!repeated);
            let expected = KNOWN
                .iter()
                .filter_map(|name| Some((*name, values(&expected, name).next()?.clone())));
            assert_eq!(found, expected.collect::<Vec<_>>());
        }
        Err(refused) if refused.reason == "repeated_parameter" => assert!(repeated),
        Err(refused) => {
            assert_eq!(refused.reason, "undecodable_parameter");
            assert!(expected.iter().any(|(_, value)| value.contains('\u{fffd}')));
        }
    }
});

/// Names as they are, values decoded; what is no UTF-8 becomes U+FFFD.
fn pairs(url: &str) -> Vec<(&str, String)> {
    let pairs = url.split_once('?').map_or("", |(_, query)| query).split('&');
    let decoded = |(name, value): (_, &str)| {
        let pair = format!("x={value}");
        (
            name,
            form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).collect(),
        )
    };
    pairs.map(|pair| decoded(pair.split_once('=').unwrap_or((pair, "")))).collect()
}

fn values<'a>(pairs: &'a [(&str, String)], name: &'a str) -> impl Iterator<Item = &'a String> {
    pairs.iter().filter(move |pair| pair.0 == name).map(|pair| &pair.1)
}
