//! Every mistake is made, and named.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::collections::BTreeSet;

use base64_simd::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sha1::{Digest, Sha1};
use sha2::Sha256;
use wechat_push_core::envelope::Key;
use wechat_push_core::{
    AccountError, AccountOptions, Body, ExplainRequest, Explanation, Hint, Language, NamedAccount,
    explain,
};

use support::{APP_ID, KEY, LIMIT, NONCE, NOW, RANDOM, TOKEN, envelope, seal, sign};

const TIME: &str = "1714036504";
const OTHER_KEY: &str = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba";
const CORP_ID: &str = "ww0123456789abcdef";
const XML: &str = "<xml><ToUserName>gh_1</ToUserName><MsgType>text</MsgType></xml>";

/// An account with nothing but Tokens.
fn plain(tokens: &[&str]) -> NamedAccount {
    let tokens = tokens.iter().map(ToString::to_string).collect();
    let options =
        AccountOptions { tokens, tolerance: 300, body_limit: LIMIT, ..Default::default() };
    NamedAccount { name: "mine".into(), options, wrong: None }
}

fn secure(change: impl FnOnce(&mut AccountOptions)) -> NamedAccount {
    let mut options = support::options("secure");
    change(&mut options);
    NamedAccount { name: "mine".into(), options, wrong: None }
}

fn named(name: &str, mut account: NamedAccount) -> NamedAccount {
    account.name = name.into();
    account
}

fn url(signature: &str) -> String {
    format!("/wx?signature={signature}&echostr=437&timestamp={TIME}&nonce={NONCE}")
}

/// What is hashed, as text and not as parts.
fn sha1(text: &str) -> String {
    hex::encode(Sha1::digest(text))
}

fn md5(text: &str) -> String {
    hex::encode(Md5::digest(text))
}

fn hmac_sha1(key: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// The right signature of the handshake in [`url`].
fn right() -> String {
    sign([TOKEN, TIME, NONCE])
}

fn get(text: &str, account: NamedAccount) -> Explanation {
    get_among(text, &[account])
}

fn get_among(text: &str, accounts: &[NamedAccount]) -> Explanation {
    ask(ExplainRequest { method: None, text, body: None, now: None }, accounts)
}

fn post(text: &str, body: &str, accounts: &[NamedAccount]) -> Explanation {
    let body = Some(Body::Bytes(body.as_bytes()));
    ask(ExplainRequest { method: Some("POST"), text, body, now: Some(NOW) }, accounts)
}

/// No explanation may hold a secret, nor a signature that would have been taken.
fn ask(question: ExplainRequest, accounts: &[NamedAccount]) -> Explanation {
    let explanation = explain(question, accounts);
    for language in [Language::English, Language::Chinese] {
        let hints: Vec<String> =
            explanation.hints.iter().map(|hint| wechat_push_core::say(hint, language)).collect();
        let shown = format!("{explanation:?} {hints:?}");
        let secrets = accounts.iter().flat_map(|account| {
            account.options.tokens.iter().chain(&account.options.encoding_aes_keys)
        });
        for secret in secrets.filter(|secret| secret.trim().len() > 3) {
            assert!(!shown.contains(secret.trim()), "{shown}");
        }
        for token in [TOKEN, "Sesame42"] {
            assert!(!shown.contains(&sign([token, TIME, NONCE])), "{shown}");
        }
        assert!(!shown.contains(&seal(XML)[..40]), "{shown}");
    }
    explanation
}

/// The URL of an encrypted push, signed twice as WeChat does, and its body.
fn push(token: &str, key: &str, app_id: &str, text: &str) -> (String, String) {
    let encrypt = Key::new(key).unwrap().seal(text, app_id, RANDOM);
    (sealed_url(token, &encrypt), envelope(text, &encrypt))
}

fn sealed_url(token: &str, encrypt: &str) -> String {
    let [signature, msg_signature] =
        [sign([token, TIME, NONCE]), sign([token, TIME, NONCE, encrypt])];
    format!(
        "/wx?signature={signature}&timestamp={TIME}&nonce={NONCE}&openid=o1&encrypt_type=aes&msg_signature={msg_signature}"
    )
}

/// WeCom signs no push without its body.
fn wecom_url(token: &str, encrypt: &str) -> String {
    let signature = sign([token, TIME, NONCE, encrypt]);
    format!("/wx?msg_signature={signature}&timestamp={TIME}&nonce={NONCE}")
}

type Case = (&'static str, &'static str, Explanation);

/// The name of the hint, the reason, and what was explained.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(of_parameters());
    cases.extend(of_tokens());
    cases.extend(of_signers());
    cases.extend(of_times());
    cases.extend(of_options());
    cases.extend(of_modes());
    cases.extend(of_msg_signatures());
    cases.extend(of_envelopes());
    cases.extend(of_bodies());
    cases.extend(of_wrapped_bodies());
    cases.extend(of_platforms());
    cases.extend(of_bots());
    cases.extend(of_other_ways());
    cases.extend(of_success());
    cases
}

fn of_parameters() -> Vec<Case> {
    let account = || plain(&[TOKEN]);
    let right = url(&right());
    let encoded = right.replace('&', "%26").replace('=', "%3D").replace('?', "%3F");
    let one = |text: &str| get(text, account());
    let exact = |text: &str| {
        ask(ExplainRequest { method: Some("GET"), text, body: None, now: None }, &[account()])
    };
    let echostr = |value: &str| one(&right.replace("echostr=437", &format!("echostr={value}")));
    let damaged_nonce = |sent: &str, signed: &str| {
        let signature = sign([TOKEN, TIME, signed]);
        one(&format!("?signature={signature}&timestamp={TIME}&nonce={sent}&echostr=1"))
    };
    vec![
        ("no_query", "missing_parameter", one("GET /wx HTTP/1.1")),
        ("missing_parameter", "missing_parameter", one("?timestamp=1714036504&nonce=1&echostr=1")),
        ("cut_at_ampersand", "missing_parameter", one(right.split_once('&').unwrap().0)),
        ("repeated", "repeated_parameter", one(&format!("{right}&nonce={NONCE}"))),
        ("token_fits", "repeated_parameter", one(&format!("{right}&nonce={NONCE}"))),
        ("not_a_string", "missing_parameter", one(&right.replace("nonce=", "nonce[]="))),
        ("not_a_string", "missing_parameter", one(&right.replace("nonce=", "nonce[a]="))),
        ("misnamed", "missing_parameter", one(&right.replace("timestamp=", "timeStamp="))),
        ("token_fits", "missing_parameter", one(&right.replace("timestamp=", "timeStamp="))),
        (
            "undecodable_parameter",
            "undecodable_parameter",
            one(&right.replace("nonce=", "nonce=%ff")),
        ),
        ("html_escaped", "", one(&right.replace('&', "&amp;"))),
        ("html_escaped", "missing_parameter", exact(&right.replace('&', "&amp;"))),
        ("token_fits", "missing_parameter", exact(&right.replace('&', "&amp;"))),
        ("encoded_whole", "missing_parameter", exact(&encoded)),
        ("times_sign", "", one(&right.replace("&times", "×"))),
        ("behind_hash", "", one(&right.replace("/wx", "https://example.com/#/wx"))),
        ("unreadable", "unreadable", one("Token验证失败")),
        ("unreadable", "unreadable", one(&format!("nonce: {NONCE}, timestamp: {TIME}"))),
        ("misnamed", "unreadable", one(&format!("{{nonce:{NONCE} timeStamp:{TIME}}}"))),
        ("encoded_whole", "", one(&encoded)),
        ("double_encoded", "signature_mismatch", damaged_nonce("a%252Bb", "a+b")),
        ("token_fits", "signature_mismatch", damaged_nonce("a%252Bb", "a+b")),
        ("plus_became_blank", "signature_mismatch", damaged_nonce("a+b", "a+b")),
        ("token_fits", "signature_mismatch", damaged_nonce("a+b", "a+b")),
        ("blank_around", "signature_mismatch", damaged_nonce("ab%0A", "ab")),
        ("plus_became_blank", "", echostr("ab+cd==")),
        ("double_encoded", "", echostr("ab%252Bcd")),
        ("missing_echostr", "missing_echostr", {
            ask(
                ExplainRequest {
                    method: Some("GET"),
                    text: &right.replace("echostr", "x"),
                    body: None,
                    now: None,
                },
                &[account()],
            )
        }),
    ]
}

fn of_tokens() -> Vec<Case> {
    let signed_by = |token: &str| url(&sign([token, TIME, NONCE]));
    let shaped = |token: &str| get(&url(&right()), plain(&[token]));
    let case = |here: &str, there: &str| get(&signed_by(there), plain(&[here]));
    let others =
        || vec![plain(&["unlike"]), named("shop", plain(&[TOKEN])), named("test", plain(&["x1"]))];
    let long = "abcdefghijklmnopqrstuvwxyz012345";
    let mismatch = "signature_mismatch";
    vec![
        ("signature_mismatch", mismatch, shaped("unlike")),
        ("token_wrapped", mismatch, shaped(&format!("{TOKEN}\n"))),
        ("token_wrapped", mismatch, shaped(&format!("\"{TOKEN}\""))),
        ("token_wrapped", mismatch, shaped(&format!(" {TOKEN} "))),
        ("token_wrapped", mismatch, shaped("'unlike' ")),
        ("token_case", mismatch, case("Sesame42", TOKEN)),
        ("token_case", mismatch, case("sesame42", "sEsaMe42")),
        ("token_case", mismatch, case(long, &long.to_uppercase())),
        ("token_case", mismatch, case(long, &long.replace('k', "K"))),
        ("token_looks_like_key", mismatch, shaped(OTHER_KEY)),
        ("token_looks_like_secret", mismatch, shaped("0123456789abcdef0123456789abcdef")),
        ("token_looks_like_app_id", mismatch, shaped(APP_ID)),
        ("token_character", mismatch, shaped("un-like")),
        ("token_length", mismatch, shaped(&"a".repeat(40))),
        ("other_account", mismatch, get_among(&url(&right()), &others())),
        ("previous_token", "", get(&url(&right()), plain(&["newer", TOKEN]))),
        ("signed_with_key", mismatch, get(&signed_by(KEY), secure(|_| ()))),
        ("signed_with_app_id", mismatch, get(&signed_by(APP_ID), secure(|_| ()))),
        ("signed_with_wrapped", mismatch, case(TOKEN, &format!("{TOKEN}\n"))),
        ("signed_with_wrapped", mismatch, case(TOKEN, &format!("\"{TOKEN}\""))),
        ("signed_without_token", mismatch, case(TOKEN, "")),
        ("signed_without_token", mismatch, case(TOKEN, "undefined")),
    ]
}

fn of_signers() -> Vec<Case> {
    let made = |signature: &str| get(&url(signature), plain(&[TOKEN]));
    let sorted = [NONCE, TIME, TOKEN];
    let digits = |order: [&str; 3]| {
        let signature = sha1(&order.concat());
        get(
            &format!("?signature={signature}&timestamp=1549949926&nonce=982754662&echostr=1"),
            plain(&["mytoken"]),
        )
    };
    let by_locale = format!(
        "?signature={}&timestamp={TIME}&nonce=abc&echostr=1",
        sha1(&[TIME, "abc", "Zoo1"].concat())
    );
    let echostr = sign([TOKEN, TIME, NONCE, "437"]);
    let sha256 = hex::encode(Sha256::digest(sorted.concat()));
    let mut hmac_sha256 = Hmac::<Sha256>::new_from_slice(TOKEN.as_bytes()).unwrap();
    hmac_sha256.update([NONCE, TIME].concat().as_bytes());
    let hmac_sha256 = hex::encode(hmac_sha256.finalize().into_bytes());
    let mut hmac_md5 = Hmac::<Md5>::new_from_slice(TOKEN.as_bytes()).unwrap();
    hmac_md5.update([NONCE, TIME].concat().as_bytes());
    let hmac_md5 = hex::encode(hmac_md5.finalize().into_bytes());
    let base64 = "9GSyT8OTIuRLOKp49e3Se9FEFpY%3D";
    let mismatch = "signature_mismatch";
    vec![
        ("sorted_as_numbers", mismatch, digits(["982754662", "1549949926", "mytoken"])),
        ("sorted_as_numbers", mismatch, digits(["mytoken", "982754662", "1549949926"])),
        ("sorted_by_locale", mismatch, get(&by_locale, plain(&["Zoo1"]))),
        ("not_sorted", mismatch, made(&sha1(&[TOKEN, TIME, NONCE].concat()))),
        ("not_sorted", mismatch, made(&sha1(&[TOKEN, NONCE, TIME].concat()))),
        ("not_sorted", mismatch, digits(["mytoken", "1549949926", "982754662"])),
        ("separator", mismatch, made(&sha1(&sorted.join(",")))),
        ("separator", mismatch, made(&sha1(&sorted.join("&")))),
        ("separator", mismatch, made(&sha1(&[TOKEN, TIME, NONCE].join("\n")))),
        ("joined_as_json", mismatch, made(&sha1(&format!("[\"{}\"]", sorted.join("\",\""))))),
        (
            "joined_as_pairs",
            mismatch,
            made(&sha1(&format!("nonce={NONCE}&timestamp={TIME}&token={TOKEN}"))),
        ),
        ("upper_case_hex", mismatch, made(&right().to_uppercase())),
        ("hmac", mismatch, made(&hmac_sha1(TOKEN, &sorted.concat()))),
        ("hmac", mismatch, made(&hmac_sha1(TOKEN, &[TIME, NONCE].concat()))),
        ("hmac", mismatch, made(&hmac_sha256)),
        ("sha256", mismatch, made(&sha256)),
        ("sha256", mismatch, made(&hmac_sha256)),
        ("md5", mismatch, made("0123456789abcdef0123456789abcdef")),
        ("md5", mismatch, made(&md5(&sorted.concat()))),
        ("hmac", mismatch, made(&hmac_md5)),
        ("sha512", mismatch, made(&"0123456789abcdef".repeat(8))),
        (
            "base64_digest",
            mismatch,
            get(
                &format!("?signature={base64}&timestamp={TIME}&nonce=1514711492&echostr=1"),
                plain(&["AAAAA"]),
            ),
        ),
        ("no_digest", mismatch, made(&right()[1..])),
        ("no_digest", mismatch, made("")),
        ("msg_signature_in_signature", mismatch, made(&echostr)),
    ]
}

fn of_times() -> Vec<Case> {
    let at = |now| {
        let signature = right();
        let text = format!("?signature={signature}&timestamp={TIME}&nonce={NONCE}");
        ask(
            ExplainRequest {
                method: Some("POST"),
                text: &text,
                body: Some(Body::Bytes(XML.as_bytes())),
                now: Some(now),
            },
            &[plain(&[TOKEN])],
        )
    };
    let milliseconds = |signed: &str| {
        let signature = sign([TOKEN, signed, NONCE]);
        let text = format!("?signature={signature}&timestamp={TIME}000&nonce={NONCE}");
        post(&text, XML, &[plain(&[TOKEN])])
    };
    let seconds = get(&url(&sign([TOKEN, &format!("{TIME}000"), NONCE])), plain(&[TOKEN]));
    vec![
        ("late", "stale_timestamp", at(NOW + 400)),
        ("early", "stale_timestamp", at(NOW - 400)),
        ("time_zone", "stale_timestamp", at(NOW + 8 * 3600 - 5)),
        ("time_zone", "stale_timestamp", at(NOW - 8 * 3600)),
        ("milliseconds", "invalid_timestamp", milliseconds(&format!("{TIME}000"))),
        ("milliseconds", "invalid_timestamp", milliseconds(TIME)),
        ("signed_other_unit", "invalid_timestamp", milliseconds(TIME)),
        ("signed_other_unit", "signature_mismatch", seconds),
    ]
}

fn of_options() -> Vec<Case> {
    let wrong = "invalid_options";
    let handshake = url(&right());
    let with = |change: fn(&mut AccountOptions)| get(&handshake, secure(change));
    let key = |key: &str| get(&handshake, secure(|o| o.encoding_aes_keys = vec![key.into()]));
    let swapped = secure(|o| {
        o.tokens = vec![KEY.into()];
        o.encoding_aes_keys = vec![TOKEN.into()];
    });
    let mut seen_before = plain(&[TOKEN]);
    seen_before.wrong = Some(AccountError::found_outside("tolerance", "must be a number".into()));
    vec![
        ("token_missing", wrong, get(&handshake, plain(&[]))),
        ("token_missing", wrong, get(&handshake, plain(&[""]))),
        ("token_missing", wrong, get_among(&handshake, &[])),
        ("key_missing", wrong, with(|o| o.encoding_aes_keys.clear())),
        ("key_wrapped", wrong, key(&format!("{KEY}\n"))),
        ("key_padded", wrong, key(&format!("{KEY}="))),
        ("key_looks_like_secret", wrong, key("0123456789abcdef0123456789abcdef")),
        ("key_length", wrong, key(&KEY[1..])),
        ("key_character", wrong, key(&KEY.replace('m', "-"))),
        ("token_fits", wrong, key(&KEY[1..])),
        ("signed_with_key", wrong, get(&handshake, swapped)),
        ("app_id_missing", wrong, with(|o| o.app_id = None)),
        ("mode_unknown", wrong, with(|o| o.mode = Some("safe".into()))),
        ("wecom_options", wrong, with(|o| o.receive_ids = Some(vec![CORP_ID.into()]))),
        ("wecom_options", wrong, with(|o| o.platform = Some("wecom".into()))),
        ("invalid_options", wrong, get(&handshake, seen_before)),
    ]
}

/// A push as WeChat sends it, to [`ours`].
fn good_push() -> (String, String) {
    push(TOKEN, KEY, APP_ID, XML)
}

fn ours() -> NamedAccount {
    secure(|_| ())
}

/// An application of WeCom.
fn wecom_app(receive_ids: &[&str]) -> NamedAccount {
    secure(|o| {
        o.app_id = None;
        o.mode = None;
        o.receive_ids = Some(receive_ids.iter().map(ToString::to_string).collect());
        o.platform = Some("wecom".into());
    })
}

/// WeCom's check of a URL.
fn checked(token: &str, key: &str, receive_id: &str, accounts: &[NamedAccount]) -> Explanation {
    let echostr = Key::new(key).unwrap().seal("4375120948345356249", receive_id, RANDOM);
    let signature = sign([token, TIME, NONCE, &echostr]);
    let echostr = utf8_percent_encode(&echostr, NON_ALPHANUMERIC);
    let url =
        format!("/wx?msg_signature={signature}&timestamp={TIME}&nonce={NONCE}&echostr={echostr}");
    get_among(&url, accounts)
}

/// A push of WeCom to it.
fn of_wecom(receive_id: &str, accounts: &[NamedAccount]) -> Explanation {
    sealed_for(receive_id, XML, accounts)
}

fn sealed_for(receive_id: &str, message: &str, accounts: &[NamedAccount]) -> Explanation {
    let encrypt = Key::new(KEY).unwrap().seal(message, receive_id, RANDOM);
    let url = wecom_url(TOKEN, &encrypt);
    let body = format!(r#"{{"tousername":"ww","agentid":"1","encrypt":"{encrypt}"}}"#);
    post(&url, &body, accounts)
}

fn with_token(token: &str) -> NamedAccount {
    secure(|o| o.tokens = vec![token.into()])
}

fn with_key(key: &str) -> NamedAccount {
    secure(|o| o.encoding_aes_keys = vec![key.into()])
}

fn with_app_id(app_id: &str) -> NamedAccount {
    secure(|o| o.app_id = Some(app_id.into()))
}

fn plain_url() -> String {
    format!("?signature={}&timestamp={TIME}&nonce={NONCE}", right())
}

fn of_modes() -> Vec<Case> {
    let (sealed, body) = good_push();
    let (no_key, refused) = ("encrypted_without_key", "plaintext_refused");
    let key_in_vain = secure(|o| o.mode = Some("plain".into()));
    vec![
        ("body_not_given", "body_not_given", get(&sealed, ours())),
        ("token_fits", "body_not_given", get(&sealed, ours())),
        ("token_case", "body_not_given", get(&sealed, with_token("SESAME42"))),
        (no_key, no_key, get(&sealed, plain(&[TOKEN]))),
        (no_key, no_key, post(&sealed, &body, &[plain(&[TOKEN])])),
        ("mode_ignores_key", no_key, post(&sealed, &body, &[key_in_vain])),
        (refused, refused, get(&plain_url(), ours())),
        (refused, refused, post(&plain_url(), XML, &[ours()])),
        ("encrypt_missing", refused, post(&sealed, XML, &[ours()])),
    ]
}

fn of_msg_signatures() -> Vec<Case> {
    let (sealed, body) = good_push();
    let encrypt = seal(XML);
    let broken = body.replace(&encrypt, &format!("{}\n{}", &encrypt[..64], &encrypt[64..]));
    let blank = body.replace('+', " ");
    let (_, other) = push(TOKEN, KEY, "wxother", XML);
    assert_ne!(blank, body);
    let signed_as = |name: &str, signature: &str| {
        format!("?{name}={signature}&timestamp={TIME}&nonce={NONCE}&encrypt_type=aes")
    };
    let msg_signature = signed_as("signature", &sign([TOKEN, TIME, NONCE, &encrypt]));
    let signature = signed_as("msg_signature", &right());
    let unlike = || post(&sealed, &body, &[with_token("unlike")]);
    let mismatch = "msg_signature_mismatch";
    vec![
        ("encrypt_altered", mismatch, post(&sealed, &broken, &[ours()])),
        ("encrypt_altered", mismatch, post(&sealed, &blank, &[ours()])),
        ("encrypt_altered", mismatch, post(&sealed, &other, &[ours()])),
        ("signature_in_msg_signature", mismatch, post(&signature, &body, &[ours()])),
        ("msg_signature_in_signature", "missing_parameter", {
            post(&msg_signature, &body, &[ours()])
        }),
        ("key_fits", mismatch, unlike()),
        (mismatch, mismatch, unlike()),
        ("token_case", mismatch, post(&sealed, &body, &[with_token("Sesame42")])),
        ("previous_token", "", {
            post(&sealed, &body, &[secure(|o| o.tokens.insert(0, "newer".into()))])
        }),
    ]
}

fn of_envelopes() -> Vec<Case> {
    let (sealed, body) = good_push();
    let for_app = |app_id: &str, accounts: &[NamedAccount]| {
        let (url, body) = push(TOKEN, KEY, app_id, XML);
        post(&url, &body, accounts)
    };
    let two = [ours(), named("shop", with_app_id("wx1"))];
    let not_base64 = post(&sealed_url(TOKEN, "***"), &envelope(XML, "***"), &[ours()]);
    let mismatch = "appid_mismatch";
    vec![
        ("decryption_failed", "decryption_failed", post(&sealed, &body, &[with_key(OTHER_KEY)])),
        ("other_account_key", "decryption_failed", {
            post(&sealed, &body, &[with_key(OTHER_KEY), named("shop", with_app_id("wx1"))])
        }),
        ("invalid_base64", "invalid_base64", not_base64),
        ("app_ids", mismatch, for_app("wxfedcba9876543210", &[ours()])),
        ("other_account_app_id", mismatch, for_app("wx1", &two)),
        ("app_id_is_original_id", mismatch, for_app(APP_ID, &[with_app_id("gh_0123456789ab")])),
        ("app_id_of_wecom", mismatch, for_app(CORP_ID, &[ours()])),
        ("app_id_of_wecom", mismatch, for_app("", &[ours()])),
        ("decryption_failed", mismatch, for_app("\u{1}\u{fffd}", &[ours()])),
        ("previous_key", "", {
            post(&sealed, &body, &[secure(|o| o.encoding_aes_keys.insert(0, OTHER_KEY.into()))])
        }),
    ]
}

fn of_bodies() -> Vec<Case> {
    let (sealed, _) = good_push();
    let (plain_url, html) = (plain_url(), "<!DOCTYPE html><html><a>1</a></html>");
    let parsed = |json: &str| {
        let body = Some(Body::Parsed(json.as_bytes()));
        ask(ExplainRequest { method: Some("POST"), text: &sealed, body, now: Some(NOW) }, &[ours()])
    };
    let put = ExplainRequest { method: Some("PUT"), text: &plain_url, body: None, now: None };
    let large = post(&plain_url, &" ".repeat(LIMIT + 1), &[plain(&[TOKEN])]);
    vec![
        ("body_consumed", "body_consumed", parsed("{}")),
        ("malformed_body", "malformed_body", parsed(r#"{"a":1}"#)),
        ("empty_body", "empty_body", post(&sealed, "", &[ours()])),
        ("doctype_refused", "doctype_refused", post(&plain_url, html, &[plain(&[TOKEN])])),
        ("body_too_large", "body_too_large", large),
        ("method_not_allowed", "method_not_allowed", ask(put, &[ours()])),
    ]
}

/// The same body in all that platforms wrap around it.
fn of_wrapped_bodies() -> Vec<Case> {
    let (url, body) = good_push();
    let quoted = serde_json::to_string(&body).unwrap();
    let base64 = STANDARD.encode_to_string(&body);
    let encoded = utf8_percent_encode(&body, NON_ALPHANUMERIC).to_string();
    let escaped = body.replace('<', "&lt;").replace('>', "&gt;");
    let buffer = format!(r#"{{"type":"Buffer","data":{:?}}}"#, body.as_bytes());
    let event = format!(r#"{{"httpMethod":"POST","body":"{base64}","isBase64Encoded":true}}"#);
    let multipart =
        format!("--x\r\nContent-Disposition: form-data; name=\"xml\"\r\n\r\n{body}\r\n--x--");
    let json = json!({ "ToUserName": "gh_1", "Encrypt": seal(XML) }).to_string();
    let bytes = |hint, reason, body: &[u8]| {
        let body = Some(Body::Bytes(body));
        let question = ExplainRequest { method: Some("POST"), text: &url, body, now: Some(NOW) };
        (hint, reason, ask(question, &[ours()]))
    };
    let text = |hint, body: &str| bytes(hint, "malformed_body", body.as_bytes());
    let parsed = |hint, json: &str| {
        let body = Some(Body::Parsed(json.as_bytes()));
        let question = ExplainRequest { method: Some("POST"), text: &url, body, now: Some(NOW) };
        (hint, "malformed_body", ask(question, &[ours()]))
    };
    vec![
        text("body_base64", &base64),
        text("body_base64", &base64.replace('+', "-").replace('/', "_")),
        text("body_base64", &STANDARD.encode_to_string(b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0\0")),
        bytes("body_event", "plaintext_refused", event.as_bytes()),
        parsed("body_event", &event),
        text("body_quoted", &quoted),
        text("body_quoted", &format!("'{body}'")),
        text("body_quoted", &format!("b'{body}'")),
        text("body_quoted", &serde_json::to_string(&json).unwrap()),
        text("body_quoted", &format!("\"{base64}\"")),
        text("body_html_escaped", &escaped),
        text("body_percent_encoded", &encoded),
        text("body_percent_encoded", &encoded.replace('%', "%25")),
        text("body_form", &format!("xml={body}")),
        text("body_form", &format!("xml={encoded}")),
        text("body_form", &format!("data={json}")),
        bytes("body_form", "plaintext_refused", json!({ "xml": body }).to_string().as_bytes()),
        parsed("body_form", &json!({ "xml": body }).to_string()),
        parsed("body_form", &json!({ body.as_str(): "" }).to_string()),
        text("body_object_text", "[object Object]"),
        bytes("body_buffer", "plaintext_refused", buffer.as_bytes()),
        parsed("body_buffer", &buffer),
        text("body_buffer", "<Buffer 3c 78 6d 6c 3e ... 40 more bytes>"),
        parsed("body_buffer", r#"{"0":60,"1":120}"#),
        text("body_multipart", &multipart),
        bytes("body_compressed", "invalid_utf8", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"),
        bytes("body_compressed", "invalid_utf8", b"x\x9c\xb3\xa9"),
        text("body_compressed", "\u{1f}\u{fffd}\u{8}"),
        text("body_truncated", &body[..body.len() - 20]),
        text("body_truncated", &json[..json.len() - 1]),
        text("body_truncated", "<xml><ToUserName>gh_"),
        bytes("invalid_utf8", "invalid_utf8", b"<xml><Content>\xc4\xe3</Content></xml>"),
    ]
}

fn of_platforms() -> Vec<Case> {
    let echostr = "c29tZXRoaW5nIHNlYWxlZA==";
    let wecom = |token: &str| {
        let signature = sign([token, TIME, NONCE, echostr]);
        format!(
            "?msg_signature={signature}&timestamp={TIME}&nonce={NONCE}&echostr=c29tZXRoaW5nIHNlYWxlZA%3D%3D"
        )
    };
    let damaged = format!(
        "?msg_signature={}&timestamp={TIME}&nonce={NONCE}&echostr=ab+cd==",
        sign([TOKEN, TIME, NONCE, "ab+cd=="])
    );
    let (_, body) = push(TOKEN, KEY, CORP_ID, XML);
    let encrypt = Key::new(KEY).unwrap().seal(XML, CORP_ID, RANDOM);
    let with_agent = body.replace("<Encrypt>", "<AgentID>1</AgentID><Encrypt>");
    let corp = || secure(|o| o.app_id = Some(CORP_ID.into()));
    let mine = [wecom_app(&[CORP_ID])];
    vec![
        ("wecom_push", "missing_parameter", get(&wecom(TOKEN), plain(&[TOKEN]))),
        ("token_fits", "missing_parameter", get(&wecom(TOKEN), plain(&[TOKEN]))),
        ("token_case", "missing_parameter", get(&wecom("SESAME42"), plain(&[TOKEN]))),
        ("plus_became_blank", "missing_parameter", get(&damaged, plain(&[TOKEN]))),
        ("token_fits", "missing_parameter", get(&damaged, plain(&[TOKEN]))),
        (
            "wecom_push",
            "appid_mismatch",
            post(&sealed_url(TOKEN, &encrypt), &with_agent, &[secure(|_| ())]),
        ),
        ("wechat_push", "missing_parameter", get(&url(&right()), wecom_app(&[CORP_ID]))),
        (
            "wechat_push",
            "missing_parameter",
            get(&url(&sign(["other", TIME, NONCE])), wecom_app(&[CORP_ID])),
        ),
        ("wechat_push", "receiveid_mismatch", {
            let (sealed, body) = push(TOKEN, KEY, APP_ID, XML);
            post(&sealed, &body, &[wecom_app(&[CORP_ID])])
        }),
        ("receive_id_of_company", "receiveid_mismatch", of_wecom("ww_other", &mine)),
        ("receive_id_of_suite", "receiveid_mismatch", {
            sealed_for("ww_suite", "<xml><SuiteId>ww_suite</SuiteId></xml>", &mine)
        }),
        ("receive_id_of_provider", "receiveid_mismatch", {
            sealed_for("ww_provider", r#"{"ServiceCorpId":"ww_provider"}"#, &mine)
        }),
        ("receive_ids", "receiveid_mismatch", sealed_for("ww_other", "<xml></xml>", &mine)),
        ("receive_id_of_check", "receiveid_mismatch", checked(TOKEN, KEY, "ww_other", &mine)),
        ("key_fits", "msg_signature_mismatch", checked("other", KEY, CORP_ID, &mine)),
        ("decryption_failed", "decryption_failed", checked(TOKEN, OTHER_KEY, CORP_ID, &mine)),
        ("receive_id_empty", "receiveid_mismatch", of_wecom("", &[wecom_app(&[CORP_ID])])),
        (
            "other_account_receive_id",
            "receiveid_mismatch",
            of_wecom(
                "ww_other",
                &[wecom_app(&[CORP_ID]), named("theirs", wecom_app(&["ww_other"]))],
            ),
        ),
        ("wechat_push", "", get(&url(&right()), corp())),
        ("wechat_push", "signature_mismatch", get(&url(&sign(["other", TIME, NONCE])), corp())),
    ]
}

/// Pushes at a bot of WeCom, and those of bots elsewhere.
fn of_bots() -> Vec<Case> {
    let bot = || {
        secure(|o| {
            (o.mode, o.app_id) = (None, None);
            o.platform = Some("wecom-bot".into());
        })
    };
    let with = |change: fn(&mut AccountOptions)| {
        secure(|o| {
            o.platform = Some("wecom-bot".into());
            (o.mode, o.app_id) = (None, None);
            change(o);
        })
    };
    let text = r#"{"msgtype":"text","text":{"content":"hi"}}"#;
    let pushed = |name: &str, receive_id: &str, account: NamedAccount| {
        let encrypt = Key::new(KEY).unwrap().seal(text, receive_id, RANDOM);
        let body = format!(r#"{{"{name}":"{encrypt}"}}"#);
        post(&wecom_url(TOKEN, &encrypt), &body, &[account])
    };
    let of_app = |token: &str, receive_id: &str| {
        let (_, body) = push(token, KEY, receive_id, XML);
        let encrypt = Key::new(KEY).unwrap().seal(XML, receive_id, RANDOM);
        post(&wecom_url(token, &encrypt), &body, &[bot()])
    };
    let refused = "plaintext_refused";
    let mismatch = "receiveid_mismatch";
    assert_eq!(pushed("encrypt", "", bot()).hints, []);
    vec![
        ("bot_push", mismatch, pushed("encrypt", "", wecom_app(&[CORP_ID]))),
        ("bot_push", refused, pushed("encrypt", "", ours())),
        ("bot_push", "missing_parameter", pushed("encrypt", "", plain(&[TOKEN]))),
        ("bot_push", mismatch, {
            let encrypt = Key::new(KEY).unwrap().seal(text, "", RANDOM);
            let body = format!("<xml><Encrypt>{encrypt}</Encrypt></xml>");
            post(&wecom_url(TOKEN, &encrypt), &body, &[wecom_app(&[CORP_ID])])
        }),
        ("app_push_at_bot", mismatch, of_app(TOKEN, CORP_ID)),
        ("app_push_at_bot", "msg_signature_mismatch", of_app("other", CORP_ID)),
        ("bot_receive_id", mismatch, pushed("encrypt", CORP_ID, bot())),
        ("bot_receive_id", mismatch, checked(TOKEN, KEY, CORP_ID, &[bot()])),
        ("handshake_right", "", checked(TOKEN, KEY, "", &[bot()])),
        ("encrypt_spelling", refused, pushed("Encrypt", "", bot())),
        ("bot_answer", "msg_signature_mismatch", {
            let encrypt = Key::new(KEY).unwrap().seal(text, "", RANDOM);
            let body = format!(
                r#"{{"encrypt":"{encrypt}","msgsignature":"x","timestamp":1,"nonce":"n"}}"#
            );
            post(&wecom_url("other", &encrypt), &body, &[bot()])
        }),
        ("bot_options", "invalid_options", {
            pushed("encrypt", "", with(|o| o.app_id = Some(APP_ID.into())))
        }),
        ("bot_options", "invalid_options", {
            pushed("encrypt", "", with(|o| o.mode = Some("compat".into())))
        }),
        ("wechat_push", "missing_parameter", get(&url(&right()), bot())),
    ]
}

/// What is for a third-party platform, for one of its authorizers, or comes from a cloud.
fn of_other_ways() -> Vec<Case> {
    let platform = || {
        secure(|o| {
            o.mode = None;
            o.platform = Some("third-party".into());
        })
    };
    let moded = secure(|o| o.platform = Some("third-party".into()));
    let compat = secure(|o| {
        o.platform = Some("third-party".into());
        o.mode = Some("compat".into());
    });
    assert_eq!(get(&url(&right()), moded).reason, None);
    let info = "<xml><AppId>wx_component</AppId><InfoType>authorized</InfoType></xml>";
    let encrypt = Key::new(KEY).unwrap().seal(info, "wx_component", RANDOM);
    let body = format!("<xml><AppId>wx_component</AppId><Encrypt>{encrypt}</Encrypt></xml>");
    let component = |accounts: &[NamedAccount]| post(&sealed_url(TOKEN, &encrypt), &body, accounts);
    let json = r#"{"ToUserName":"gh_1","MsgType":"text"}"#;
    let unsigned = |body: &str, account| post("/wx", body, &[account]);
    let missing = "missing_parameter";
    vec![
        ("component_push", "appid_mismatch", component(&[ours()])),
        ("component_push", "encrypted_without_key", component(&[plain(&[TOKEN])])),
        ("app_ids", "appid_mismatch", component(&[platform()])),
        ("encrypted_only", "invalid_options", get(&url(&right()), compat)),
        ("encrypted_only", "plaintext_refused", post(&plain_url(), XML, &[platform()])),
        ("cloudrun_push", missing, unsigned(XML, plain(&[TOKEN]))),
        ("cloudrun_push", missing, unsigned(json, ours())),
        ("cloudrun_push", missing, unsigned(json, wecom_app(&[CORP_ID]))),
        ("cloudrun_push", missing, unsigned(r#"{"action":"CheckContainerPath"}"#, ours())),
    ]
}

#[test]
fn a_push_of_another_kind_is_not_suspected_of_what_is_right() {
    let keys =
        |explanation: Explanation| explanation.hints.iter().map(Hint::key).collect::<Vec<_>>();
    let platform = secure(|o| {
        o.mode = None;
        o.platform = Some("third-party".into());
    });
    let info = format!("<xml><AppId>{APP_ID}</AppId><InfoType>authorized</InfoType></xml>");
    let encrypt = Key::new(KEY).unwrap().seal(&info, APP_ID, RANDOM);
    let body = format!("<xml><AppId>{APP_ID}</AppId><Encrypt>{encrypt}</Encrypt></xml>");
    for account in [platform, ours()] {
        assert_eq!(keys(post(&sealed_url(TOKEN, &encrypt), &body, &[account])), [""; 0]);
    }
    assert_eq!(keys(post("/wx", "<xml></xml>", &[ours()])), ["no_query"]);
    assert_eq!(keys(of_wecom(CORP_ID, &[wecom_app(&[CORP_ID])])), [""; 0]);
    assert_eq!(keys(checked(TOKEN, KEY, CORP_ID, &[wecom_app(&[CORP_ID])])), ["handshake_right"]);
}

fn of_success() -> Vec<Case> {
    let handshake = url(&right());
    let (sealed, body) = push(TOKEN, KEY, APP_ID, XML);
    let plain_url = format!("?signature={}&timestamp={TIME}&nonce={NONCE}", right());
    let taken = post(&sealed, &body, &[secure(|_| ())]);
    assert_eq!(taken.hints, []);
    vec![
        (
            "handshake_right",
            "",
            get(&format!("GET {handshake} HTTP/1.1\" 200 19"), plain(&[TOKEN])),
        ),
        ("handshake_right", "", get(&handshake, secure(|_| ()))),
        ("answered_with", "", get(&format!("GET {handshake} 302"), plain(&[TOKEN]))),
        ("url_right", "", get(&plain_url, plain(&[TOKEN]))),
    ]
}

#[test]
fn every_mistake_is_named() {
    for (hint, reason, explanation) in cases() {
        assert_eq!(explanation.reason.unwrap_or_default(), reason, "{hint}: {explanation:?}");
        let keys: Vec<&str> = explanation.hints.iter().map(Hint::key).collect();
        assert!(keys.contains(&hint), "{hint} is not in {keys:?}");
    }
}

/// A hint that nobody can get would be a hint too many.
#[test]
fn every_hint_is_given() {
    let table: Value = serde_json::from_str(include_str!("../hints.json")).unwrap();
    let known: BTreeSet<&str> =
        table["hints"].as_object().unwrap().keys().map(String::as_str).collect();
    let cases = cases();
    let given: BTreeSet<&str> = cases.iter().map(|(hint, _, _)| *hint).collect();
    assert_eq!(known.difference(&given).collect::<Vec<_>>(), Vec::<&&str>::new());
}

/// Nothing else is suspected when the cause is certain.
#[test]
fn the_cause_stands_first() {
    for (hint, reason, explanation) in [of_tokens(), of_signers(), of_options()].concat() {
        if !["token_fits", "signed_with_key", "hmac", "previous_token"].contains(&hint) {
            assert_eq!(explanation.hints[0].key(), hint, "{reason}: {explanation:?}");
        }
    }
}

/// What is said of malformed bodies in general would only hide what happened to this one.
#[test]
fn a_wrapped_body_has_one_hint() {
    for (hint, reason, explanation) in of_wrapped_bodies() {
        let keys: Vec<&str> = explanation.hints.iter().map(Hint::key).collect();
        assert_eq!(keys, [hint], "{reason}: {explanation:?}");
    }
}

/// It is computed, not guessed from its length: what else is wrong is seen through it.
#[test]
fn looks_behind_an_md5() {
    let hints = |text: &str, accounts: &[NamedAccount]| {
        let explanation = get_among(&url(&md5(text)), accounts);
        explanation.hints.iter().map(Hint::key).collect::<Vec<_>>()
    };
    let sorted = [NONCE, TIME, TOKEN].concat();
    assert_eq!(hints(&sorted, &[plain(&[TOKEN])]), ["md5"]);
    assert_eq!(hints(&[TOKEN, TIME, NONCE].concat(), &[plain(&[TOKEN])]), ["md5", "not_sorted"]);
    assert_eq!(
        hints(&sorted, &[plain(&["newer"]), named("other", plain(&[TOKEN]))]),
        ["md5", "other_account"]
    );
}

#[test]
fn codes_are_the_official_ones() {
    for (_, reason, explanation) in cases() {
        let code = match reason {
            "signature_mismatch" | "msg_signature_mismatch" => Some(-40001),
            "appid_mismatch" => Some(-40005),
            "decryption_failed" => Some(-40007),
            "invalid_options" if explanation.detail.contains("encodingAESKey ") => continue,
            "invalid_options" | "missing_parameter" | "body_not_given" | "" => None,
            _ => continue,
        };
        assert_eq!(explanation.code, code, "{explanation:?}");
    }
    let short = get(&url(&right()), secure(|o| o.encoding_aes_keys = vec!["short".into()]));
    assert_eq!(short.code, Some(-40004));
}

#[test]
fn without_a_clock_nothing_is_stale() {
    let text = format!("?signature={}&timestamp={TIME}&nonce={NONCE}", right());
    let body = Some(Body::Bytes(XML.as_bytes()));
    let question = ExplainRequest { method: None, text: &text, body, now: None };
    assert_eq!(explain(question, &[plain(&[TOKEN])]).reason, None);
}

/// However much was given, a search ends after some milliseconds of hashing.
#[test]
fn large_requests_are_explained_too() {
    let body = envelope(XML, &"A".repeat(LIMIT - 1000));
    let tokens: Vec<String> = (0..3).map(|i| format!("abcdefghijkl{i}")).collect();
    let account = secure(|o| o.tokens = tokens);
    let others = (0..2000).map(|i| plain(&[format!("t{i}").as_str()]));
    let accounts: Vec<NamedAccount> = std::iter::once(account).chain(others).collect();
    let (url, _) = push("unlike", KEY, APP_ID, XML);
    let explanation = explain(
        ExplainRequest {
            method: Some("POST"),
            text: &url,
            body: Some(Body::Bytes(body.as_bytes())),
            now: None,
        },
        &accounts,
    );
    assert_eq!(explanation.reason, Some("msg_signature_mismatch"));
    let long = format!(
        "?signature={}&timestamp={}&nonce={}&echostr=1",
        right(),
        "1".repeat(1 << 20),
        "%252B".repeat(1 << 18)
    );
    let explanation =
        explain(ExplainRequest { method: None, text: &long, body: None, now: None }, &accounts);
    assert_eq!(explanation.reason, Some("signature_mismatch"));
}
