//! What a POST is: a message, or refused and why.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use wechat_push_core::document::Format;
use wechat_push_core::{
    Account, AccountOptions, Body, Rejection, ReplyAddress, check_parameters, check_url,
    judges_urls, plaintext, receive_handshake, signature,
};

use support::*;

const XML: &str = "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>\
    <CreateTime>1714036504</CreateTime><MsgType><![CDATA[text]]></MsgType>\
    <Content><![CDATA[hello]]></Content><MsgId>6054768590064713728</MsgId></xml>";
const JSON: &str = r#"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1714036504,"MsgType":"text","Content":"hello","MsgId":6054768590064713728}"#;
const ID: &str = "6054768590064713728o1gh_11714036504";
const OTHER_KEY: &str = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba";

mod modes {
    use super::*;

    #[test]
    fn plain_takes_plaintext() {
        for body in [XML, JSON] {
            assert_message(send(&account("plain"), body), body);
        }
    }

    #[test]
    fn plain_refuses_encrypted() {
        for text in [XML, JSON] {
            let encrypt = seal(text);
            // The push is signed both ways, as WeChat does.
            let url = format!(
                "{}&msg_signature={}",
                plain_url(),
                sign([TOKEN, &NOW.to_string(), NONCE, &encrypt])
            );
            let body = envelope(text, &encrypt);
            let refusal = post(&account("plain"), &url, Body::Bytes(body.as_bytes()));
            refused(refusal, "encrypted_without_key", None, 400);
        }
    }

    #[test]
    fn secure_takes_encrypted() {
        for text in [XML, JSON] {
            assert_message(send_sealed(&account("secure"), text), text);
        }
    }

    #[test]
    fn secure_refuses_plaintext() {
        for body in [XML, JSON] {
            refused(send(&account("secure"), body), "plaintext_refused", None, 400);
        }
    }

    #[test]
    fn a_key_makes_the_account_secure() {
        let account = Account::new(AccountOptions { mode: None, ..options("") }).unwrap();
        refused(send(&account, XML), "plaintext_refused", None, 400);
        assert_message(send_sealed(&account, XML), XML);
        let without = AccountOptions { app_id: None, mode: None, ..options("") };
        assert_eq!(Account::new(without).unwrap_err().option, "appId");
    }

    #[test]
    fn compat_takes_both() {
        for text in [XML, JSON] {
            assert_message(send(&account("compat"), text), text);
            assert_message(send_sealed(&account("compat"), text), text);
        }
    }

    #[test]
    fn compat_ignores_the_plaintext_twin() {
        let encrypt = seal(XML);
        let forged = XML.replace("hello", "forged");
        let after = forged.replace("</xml>", &format!("<Encrypt>{encrypt}</Encrypt></xml>"));
        let before = forged.replace("<xml>", &format!("<xml><Encrypt>{encrypt}</Encrypt>"));
        for body in [after, before] {
            let message = post(&account("compat"), &sealed_url(&encrypt), bytes(&body));
            assert_message(message, XML);
        }
        let forged = JSON.replace("hello", "forged");
        let encrypt = seal(JSON);
        let body = forged.replace('}', &format!(r#","Encrypt":"{encrypt}"}}"#));
        assert_message(post(&account("compat"), &sealed_url(&encrypt), bytes(&body)), JSON);
    }

    #[test]
    fn compat_wants_msg_signature_for_a_twin() {
        let encrypt = seal(XML);
        let body = XML.replace("</xml>", &format!("<Encrypt>{encrypt}</Encrypt></xml>"));
        let refusal = post(&account("compat"), &plain_url(), bytes(&body));
        refused(refusal, "missing_parameter", None, 400);
    }

    #[test]
    fn compat_is_not_confused_by_users_who_write_encrypt() {
        let content = format!("<Encrypt>{}</Encrypt>", seal(XML));
        let xml = XML.replace("hello", &content);
        let json = json!({ "Content": content, "x": { "Encrypt": content } }).to_string();
        for body in [xml, json] {
            let message = send(&account("compat"), &body).unwrap();
            assert!(!message.address.encrypted, "{body}");
            assert_eq!(read(&message)["Content"], content);
        }
    }

    #[test]
    fn the_mode_is_not_the_senders_choice() {
        for more in ["&encrypt_type=raw", "&encrypt_type=aes", "&encrypt_type="] {
            let url = plain_url() + more;
            let refusal = post(&account("secure"), &url, bytes(XML));
            refused(refusal, "plaintext_refused", None, 400);
            assert_message(post(&account("plain"), &url, bytes(XML)), XML);
        }
    }
}

mod rotation {
    use super::*;

    #[test]
    fn the_previous_key_still_opens() {
        let keys = |keys: [&str; 2]| {
            let encoding_aes_keys = keys.map(str::to_owned).to_vec();
            Account::new(AccountOptions { encoding_aes_keys, ..options("secure") }).unwrap()
        };
        assert_message(send_sealed(&keys([KEY, OTHER_KEY]), XML), XML);
        assert_message(send_sealed(&keys([OTHER_KEY, KEY]), XML), XML);
        let refusal = send_sealed(&keys([OTHER_KEY, OTHER_KEY]), XML);
        refused(refusal, "decryption_failed", -40007, 400);
    }

    #[test]
    fn the_previous_token_still_signs() {
        let tokens = |mode, tokens: [&str; 2]| {
            let tokens = tokens.map(str::to_owned).to_vec();
            Account::new(AccountOptions { tokens, ..options(mode) }).unwrap()
        };
        for order in [[TOKEN, "other"], ["other", TOKEN]] {
            assert_message(send(&tokens("plain", order), XML), XML);
            assert_message(send_sealed(&tokens("secure", order), XML), XML);
        }
        let neither = ["other", "another"];
        refused(send(&tokens("plain", neither), XML), "signature_mismatch", -40001, 400);
        let refusal = send_sealed(&tokens("secure", neither), XML);
        refused(refusal, "msg_signature_mismatch", -40001, 400);
    }
}

mod requests {
    use super::*;

    #[test]
    fn refuses_a_missing_parameter() {
        let url = plain_url();
        for name in ["signature", "timestamp", "nonce"] {
            let url = url.replace(&format!("{name}="), "x=");
            let refusal = post(&account("plain"), &url, bytes(XML));
            let refusal = refused(refusal, "missing_parameter", None, 400);
            assert_eq!(refusal, Rejection::MissingParameter(name));
        }
    }

    #[test]
    fn the_url_alone_is_refused_where_no_body_could_mend_it() {
        let url = plain_url();
        let check = |mode: &str, url: &str, now| {
            check_url(&account(mode), url, now).err().map(|r| r.reason())
        };
        for mode in ["plain", "compat", "secure"] {
            assert_eq!(check(mode, &url, NOW), None, "{mode}");
            assert_eq!(check(mode, &url, NOW + 301), Some("stale_timestamp"), "{mode}");
            assert_eq!(check(mode, "/", NOW), Some("missing_parameter"), "{mode}");
            let twice = format!("{url}&nonce=1");
            assert_eq!(check(mode, &twice, NOW), Some("repeated_parameter"), "{mode}");
        }
        let forged = url.replace(NONCE, "1");
        assert_eq!(check("plain", &forged, NOW), Some("signature_mismatch"));
        assert_eq!(check("compat", &forged, NOW), None);
        assert_eq!(check("secure", &forged, NOW), None);
    }

    proptest! {
        #[test]
        fn only_who_judges_urls_refuses_one_with_the_right_parameters(
            parts in proptest::collection::vec(parameter(), 3..6), late in 0..600_u64,
        ) {
            let (url, now) = (format!("/push?{}", parts.join("&")), NOW + late);
            let is_sound = check_parameters(&url, true, now, 300).is_ok();
            for mode in ["plain", "compat", "secure"] {
                let account = account(mode);
                prop_assert_eq!(judges_urls(&account), mode == "plain");
                let is_taken = check_url(&account, &url, now).is_ok();
                prop_assert!(!is_sound || is_taken || judges_urls(&account), "{} {}", mode, url);
            }
        }
    }

    /// One of WeChat's, right or nearly so.
    fn parameter() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(format!("timestamp={NOW}")),
            Just("nonce=1".to_owned()),
            "(msg_)?signature=[0-9a-f]{39,40}",
            "(timestamp|nonce|signature)=[0-9%x]{0,3}",
        ]
    }

    #[test]
    fn refuses_a_missing_msg_signature() {
        let encrypt = seal(XML);
        let body = envelope(XML, &encrypt);
        let refusal = post(&account("secure"), &plain_url(), bytes(&body));
        let refusal = refused(refusal, "missing_parameter", None, 400);
        assert_eq!(refusal, Rejection::MissingParameter("msg_signature"));
    }

    #[test]
    fn refuses_signature_where_msg_signature_belongs() {
        let encrypt = seal(XML);
        let url = plain_url().replace("signature=", "msg_signature=");
        let refusal = post(&account("secure"), &url, bytes(&envelope(XML, &encrypt)));
        refused(refusal, "msg_signature_mismatch", -40001, 400);
    }

    #[test]
    fn refuses_a_wrong_signature() {
        let url = plain_url().replace(NONCE, "1514711493");
        let refusal = post(&account("plain"), &url, bytes(XML));
        refused(refusal, "signature_mismatch", -40001, 400);
    }

    #[test]
    fn refuses_an_encrypt_that_was_not_signed() {
        let body = envelope(XML, &seal(JSON));
        let refusal = post(&account("secure"), &sealed_url(&seal(XML)), bytes(&body));
        refused(refusal, "msg_signature_mismatch", -40001, 400);
    }

    #[test]
    fn refuses_a_repeated_parameter() {
        for name in ["signature", "timestamp", "nonce", "msg_signature"] {
            let url = format!("{}&msg_signature=0&{name}=1", plain_url());
            let refusal = post(&account("plain"), &url, bytes(XML));
            let refusal = refused(refusal, "repeated_parameter", None, 400);
            assert_eq!(refusal, Rejection::RepeatedParameter(name));
        }
    }

    #[test]
    fn refuses_an_undecodable_parameter() {
        let url = plain_url() + "&echostr=%ff";
        let refusal = post(&account("plain"), &url, bytes(XML));
        refused(refusal, "undecodable_parameter", None, 400);
    }

    #[test]
    fn refuses_a_handshake_without_echostr() {
        for more in ["", "&echostr="] {
            let url = plain_url() + more;
            let refusal = receive_handshake(&account("plain"), &url).map(drop);
            refused(refusal, "missing_echostr", None, 400);
        }
    }

    #[test]
    fn refuses_timestamps_that_are_not_ten_digits() {
        for odd in
            ["171403650", "17140365040", "-171403650", "171403650x", "", "１７１４０３６５０４"]
        {
            let url = signed_url("signature", odd, &[]);
            let refusal = post(&account("plain"), &url, bytes(XML));
            refused(refusal, "invalid_timestamp", None, 400);
        }
    }

    #[test]
    fn takes_what_is_300_seconds_old_or_ahead_and_no_more() {
        for age in [0, 300, -300, 301, -301] {
            let url = signed_url("signature", &(NOW.cast_signed() - age).to_string(), &[]);
            let result = post(&account("plain"), &url, bytes(XML));
            if age.abs() <= 300 {
                assert_message(result, XML);
            } else {
                let refusal = refused(result, "stale_timestamp", None, 400);
                assert_eq!(refusal, Rejection::StaleTimestamp { age, tolerance: 300 });
            }
        }
    }

    #[test]
    fn with_a_longer_tolerance_a_plaintext_message_keeps_300_seconds_and_an_event_does_not() {
        let event = XML.replace("[text]", "[event]");
        let old = |mode, age: i64, body: &str| {
            let account =
                Account::new(AccountOptions { tolerance: 90_000, ..options(mode) }).unwrap();
            let timestamp = (NOW.cast_signed() - age).to_string();
            let url = signed_url("signature", &timestamp, &[]);
            post(&account, &url, bytes(body)).err().map(|refused| refused.reason())
        };
        for mode in ["plain", "compat"] {
            assert_eq!(old(mode, 300, XML), None);
            assert_eq!(old(mode, 301, XML), Some("stale_timestamp"));
            assert_eq!(old(mode, 90_000, &event), None);
            assert_eq!(old(mode, 90_001, &event), Some("stale_timestamp"));
            assert_eq!(old(mode, -300, &event), None);
            assert_eq!(old(mode, -301, &event), Some("stale_timestamp"));
        }
    }

    #[test]
    fn a_secure_message_may_be_as_old_as_the_tolerance() {
        let account =
            Account::new(AccountOptions { tolerance: 90_000, ..options("secure") }).unwrap();
        let encrypt = seal(XML);
        for (age, taken) in [(0, true), (90_000, true), (90_001, false)] {
            let timestamp = (NOW - age).to_string();
            let signature = sign([TOKEN, &timestamp, NONCE, &encrypt]);
            let url = format!("/?timestamp={timestamp}&nonce={NONCE}&msg_signature={signature}");
            let result = post(&account, &url, bytes(&envelope(XML, &encrypt)));
            assert_eq!(result.is_ok(), taken, "{age}");
        }
    }

    #[test]
    fn the_signature_of_a_handshake_is_told_where_a_push_could_carry_it() {
        let url = plain_url() + "&echostr=e";
        let told = |mode| receive_handshake(&account(mode), &url).unwrap().signature;
        assert_eq!(told("secure"), None);
        for mode in ["plain", "compat"] {
            assert!(url.contains(&format!("signature={}&", told(mode).unwrap())), "{mode}");
        }
    }

    #[test]
    fn tolerance_0_takes_any_age() {
        let account = Account::new(AccountOptions { tolerance: 0, ..options("plain") }).unwrap();
        for timestamp in ["0000000000", "9999999999"] {
            let url = signed_url("signature", timestamp, &[]);
            assert_message(post(&account, &url, bytes(XML)), XML);
        }
    }

    #[test]
    fn takes_a_body_of_the_limit_and_no_more() {
        let limit =
            |body_limit| Account::new(AccountOptions { body_limit, ..options("plain") }).unwrap();
        assert_message(send(&limit(XML.len()), XML), XML);
        let refusal = send(&limit(XML.len() - 1), XML);
        refused(refusal, "body_too_large", None, 413);
    }
}

mod envelopes {
    use super::*;

    #[test]
    fn refuses_another_appid_and_names_both() {
        let app_id = Some("wxffffffffffffffff".to_owned());
        let account = Account::new(AccountOptions { app_id, ..options("secure") }).unwrap();
        let refusal = refused(send_sealed(&account, XML), "appid_mismatch", -40005, 400);
        let detail = refusal.to_string();
        assert!(detail.contains(APP_ID) && detail.contains("wxffffffffffffffff"), "{detail}");
    }

    #[test]
    fn refuses_what_does_not_decrypt() {
        let sealed = seal(XML);
        let overlong = flipped(&sealed, 0);
        for (encrypt, reason, code) in [
            ("%%%%", "invalid_base64", -40010),
            ("QUFBQQ==", "decryption_failed", -40007),
            (&sealed[..64], "decryption_failed", -40007),
            (&overlong, "illegal_buffer", -40008),
        ] {
            for text in [XML, JSON] {
                let body = envelope(text, encrypt);
                let refusal = post(&account("secure"), &sealed_url(encrypt), bytes(&body));
                refused(refusal, reason, code, 400);
            }
        }
    }

    #[test]
    fn refuses_a_message_that_is_not_utf8() {
        let encrypt = flipped(&seal(XML), 5);
        let body = envelope(XML, &encrypt);
        let refusal = post(&account("secure"), &sealed_url(&encrypt), bytes(&body));
        refused(refusal, "invalid_utf8", -40008, 400);
    }

    #[test]
    fn refuses_a_message_that_is_no_document() {
        for (text, reason) in
            [("", "empty_body"), ("success", "malformed_body"), ("<a/>", "malformed_body")]
        {
            refused(send_sealed(&account("secure"), text), reason, -40002, 400);
        }
        let doctype = format!("<!DOCTYPE xml>{XML}");
        refused(send_sealed(&account("secure"), &doctype), "doctype_refused", -40002, 400);
    }

    #[test]
    fn passes_over_blanks_around_encrypt() {
        let encrypt = seal(XML);
        for body in [
            format!("<xml><Encrypt>\n\t{encrypt} \r\n</Encrypt></xml>"),
            format!("<xml><Encrypt>\n<![CDATA[{encrypt}]]>\n</Encrypt></xml>"),
            format!("<xml><Encrypt><![CDATA[ {encrypt}\n]]></Encrypt></xml>"),
            format!("<xml><Encrypt>\u{200b}<![CDATA[{encrypt}]]>\u{200b}</Encrypt></xml>"),
            format!(r#"{{ "Encrypt" : " {encrypt}\n" }}"#),
        ] {
            assert_message(post(&account("secure"), &sealed_url(&encrypt), bytes(&body)), XML);
        }
    }

    #[test]
    fn takes_every_envelope_that_is_met() {
        let encrypt = seal(XML);
        let escaped = encrypt.replace('/', r"\/");
        for body in [
            format!(
                "<?xml version=\"1.0\"?>\n<!-- hi -->\n<xml>\n<AppId>wx1</AppId><Encrypt>{encrypt}</Encrypt></xml>"
            ),
            format!(
                "\u{feff} \n<xml>\u{200b}<Encrypt>{encrypt}</Encrypt>\u{200b}<AgentID></AgentID></xml>\n"
            ),
            format!("<root>stray<ToUserName/><Encrypt x=\"1\">{encrypt}</Encrypt></root>"),
            format!(r#"{{"Encrypt":"{escaped}","ToUserName":"gh_1"}}"#),
            format!("\u{feff}\n{{\"ToUserName\":{{\"Encrypt\":1}},\"Encrypt\":\"{encrypt}\"}}\n"),
        ] {
            assert_message(post(&account("secure"), &sealed_url(&encrypt), bytes(&body)), XML);
        }
    }

    #[test]
    fn an_inner_encrypt_is_not_the_envelopes() {
        let encrypt = seal(XML);
        for body in [
            format!("<xml><a><Encrypt>{encrypt}</Encrypt></a></xml>"),
            format!(r#"{{"a":{{"Encrypt":"{encrypt}"}}}}"#),
        ] {
            let refusal = post(&account("secure"), &sealed_url(&encrypt), bytes(&body));
            refused(refusal, "plaintext_refused", None, 400);
        }
    }

    #[test]
    fn the_message_keeps_its_own_format() {
        let encrypt = seal(JSON);
        let body = envelope(XML, &encrypt);
        let message = post(&account("secure"), &sealed_url(&encrypt), bytes(&body));
        assert_message(message, JSON);
    }
}

mod documents {
    use super::*;

    #[test]
    fn refuses_what_is_no_document() {
        for (body, reason) in [
            ("", "empty_body"),
            (" \n\u{feff}\u{200b}", "empty_body"),
            ("<a/>", "malformed_body"),
            ("<xml></xml>", "malformed_body"),
            ("<xml>text</xml>", "malformed_body"),
            ("{}", "malformed_body"),
            ("[]", "malformed_body"),
            ("\"text\"", "malformed_body"),
            ("signature=1", "malformed_body"),
            ("<xml><a>1</a>", "malformed_body"),
            ("<xml><a>1</b></xml>", "malformed_body"),
            ("<xml><a>1</a></xml><xml/>", "malformed_body"),
            ("<xml><a>1</a><xml>", "malformed_body"),
            ("<", "malformed_body"),
            ("{\"a\":1", "malformed_body"),
            ("{\"a\":1}{", "malformed_body"),
            ("{\"a\":01}", "malformed_body"),
        ] {
            refused(send(&account("plain"), body), reason, -40002, 400);
        }
    }

    #[test]
    fn refuses_bytes_that_are_not_utf8() {
        for body in [b"<xml><a>\xff</a></xml>".as_slice(), b"{\"a\":\"\xc0\x80\"}", b"\xff\xfe<\0"]
        {
            let refusal = post(&account("plain"), &plain_url(), Body::Bytes(body));
            refused(refusal, "invalid_utf8", -40008, 400);
        }
    }

    #[test]
    fn refuses_a_doctype_wherever_it_stands() {
        for body in [
            "<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><Content>&a;</Content></xml>",
            "<?xml version=\"1.0\"?>\n<!-- --><!DOCTYPE xml SYSTEM \"file:///etc/passwd\"><xml><a>1</a></xml>",
            "<!doctype xml><xml><a>1</a></xml>",
            "<xml><!DOCTYPE xml><a>1</a></xml>",
        ] {
            refused(send(&account("plain"), body), "doctype_refused", -40002, 400);
            refused(send(&account("secure"), body), "doctype_refused", -40002, 400);
        }
    }

    #[test]
    fn refuses_entities_that_nobody_defined() {
        let bomb = format!("<xml><Content>{}</Content></xml>", "&lol9;".repeat(1000));
        for body in [
            bomb.as_str(),
            "<xml><a>&nbsp;</a></xml>",
            "<xml><a>&#0;</a></xml>",
            "<xml><a>&#xD800;</a></xml>",
            "<xml><a>&#x110000;</a></xml>",
        ] {
            refused(send(&account("plain"), body), "malformed_body", -40002, 400);
        }
    }

    #[test]
    fn takes_depth_32_and_refuses_33() {
        for nested in [nested_xml, nested_json] {
            assert_eq!(send(&account("plain"), &nested(32)).map(drop), Ok(()));
            refused(send(&account("plain"), &nested(33)), "malformed_body", -40002, 400);
        }
    }

    #[test]
    fn refuses_bottomless_nesting() {
        let (opened, closed) = ("<a>".repeat(30_000), "</a>".repeat(30_000));
        for body in [
            opened.clone(),
            opened + &closed,
            format!("{{\"a\":{}", "[".repeat(30_000)),
            format!("{{\"a\":{}{}}}", "[".repeat(30_000), "]".repeat(30_000)),
            "{\"a\":".repeat(30_000),
            format!("{}1{}", "{\"a\":".repeat(30_000), "}".repeat(30_000)),
        ] {
            refused(send(&account("plain"), &body), "malformed_body", -40002, 400);
            assert!(send(&account("secure"), &body).is_err());
            refused(send_sealed(&account("secure"), &body), "malformed_body", -40002, 400);
        }
    }

    #[test]
    fn takes_256_names_in_an_element_and_no_more() {
        let names = |count| (0..count).map(|i| format!("<n{i}/>")).collect::<Vec<_>>().concat();
        for (open, close) in [("<xml>", "</xml>"), ("<xml><a>", "</a></xml>")] {
            let body = |count| format!("{open}{}{close}", names(count));
            assert_eq!(send(&account("plain"), &body(256)).map(drop), Ok(()));
            refused(send(&account("plain"), &body(257)), "malformed_body", -40002, 400);
        }
    }
}

mod messages {
    use super::*;

    #[test]
    fn of_names_that_json_repeats_the_first_counts() {
        let twice = |i: i32| format!(r#""n{i}":1,"n{i}":2,"#);
        let many = (0..40).map(twice).collect::<Vec<_>>().concat();
        let body = format!(
            r#"{{{many}"Event":"a","FromUserName":"b","\u0045vent":"c","FromUserName":"d","MsgType":"event"}}"#
        );
        let message = message(&body);
        assert_eq!(message.as_object().unwrap().len(), 43);
        assert_eq!((&message["Event"], &message["FromUserName"]), (&json!("a"), &json!("b")));
        assert!((0..40).all(|i| message[format!("n{i}")] == 1));
        let [first, second] = [XML, JSON].map(seal);
        let body = format!(r#"{{"Encrypt":"{first}","Encrypt":"{second}"}}"#);
        for mode in ["secure", "compat"] {
            assert_message(post(&account(mode), &sealed_url(&first), bytes(&body)), XML);
        }
    }

    #[test]
    fn event_is_there_in_events_only_and_info_type_without_msg_type_only() {
        for body in [
            "<xml><MsgType>text</MsgType><Event>a</Event><InfoType>b</InfoType><x>1</x></xml>",
            r#"{"MsgType":"text","Event":"a","InfoType":"b","x":"1"}"#,
        ] {
            assert_eq!(message(body), json!({ "MsgType": "text", "x": "1" }));
        }
        let info = r#"{"InfoType":"a","Event":"b"}"#;
        assert_eq!(message(info), json!({ "InfoType": "a" }));
        let device = "<xml><MsgType>device_event</MsgType><Event>bind</Event></xml>";
        assert_eq!(message(device), json!({ "MsgType": "device_event", "Event": "bind" }));
    }

    #[test]
    fn repeated_elements_become_a_list() {
        let body = format!("<xml>{}</xml>", "<a>1</a>".repeat(1000));
        assert_eq!(message(&body)["a"].as_array().unwrap().len(), 1000);
    }

    #[test]
    fn proto_never_becomes_a_name() {
        for body in [
            "<xml><__proto__><x>1</x></__proto__><a>1</a></xml>",
            "<xml><__proto__/><a>1</a></xml>",
            "<xml><a>1</a><b><__proto__>1</__proto__><c>1</c></b></xml>",
            r#"{"__proto__":{"x":1},"a":"1"}"#,
            r#"{"\u005f_proto__":{"x":1},"a":"1"}"#,
            r#"{"a":"1","b":[{"__proto__":{"x":1}}]}"#,
        ] {
            let message = message(body);
            assert!(!message.to_string().contains("__proto__"), "{message}");
            assert_eq!(message["a"], "1");
        }
    }

    #[test]
    fn references_become_characters() {
        let body = "<xml><a>&lt;&gt;&amp;&quot;&apos; &#20320;&#x597d;&#128512;&amp;lt;</a></xml>";
        assert_eq!(message(body)["a"], "<>&\"' 你好😀&lt;");
        let cdata = "<xml><a><![CDATA[&lt;&#20320;&nbsp;<b>]]></a></xml>";
        assert_eq!(message(cdata)["a"], "&lt;&#20320;&nbsp;<b>");
    }

    #[test]
    fn cdata_may_be_split_and_has_its_blanks_around_it_dropped() {
        for (content, text) in [
            ("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b"),
            ("\n  <![CDATA[a]]>\n  ", "a"),
            ("\n<![CDATA[ a ]]> \n <![CDATA[ b ]]>\u{200b}", " a  b "),
            ("<![CDATA[ ]]>", " "),
            ("<![CDATA[]]>", ""),
            ("<!-- - -->a<!-- - -->", "a"),
            ("<?x y?>a<!-- <b> -->b", "ab"),
            ("&lt;<![CDATA[a]]>&gt;", "<a>"),
            ("<![CDATA[<b>]]><![CDATA[]]]><![CDATA[]>]]>", "<b>]]>"),
            (" \n a b \n ", "a b"),
            (" ", ""),
        ] {
            let body = format!("<xml><x>1</x><a>{content}</a></xml>");
            assert_eq!(message(&body)["a"], text, "{content}");
        }
    }

    #[test]
    fn everything_around_the_elements_is_passed_over() {
        let plain = message(XML);
        for body in [
            format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{XML}\n"),
            format!(" \n<!-- a < b -->{XML}<!-- c -->\u{feff}"),
            XML.replace("><", ">\u{200b}\n<"),
            XML.replace("<MsgType>", "stray<MsgType>"),
            XML.replace("<MsgType>", "<![CDATA[stray]]><MsgType><!-- -->"),
            XML.replace("<MsgType>", "<?php echo 1 ?><MsgType a=\"1\">"),
        ] {
            assert_eq!(message(&body), plain, "{body}");
        }
    }

    #[test]
    fn integers_that_javascript_would_round_are_text() {
        for (literal, read) in [
            ("9007199254740991", json!(9_007_199_254_740_991_i64)),
            ("-9007199254740991", json!(-9_007_199_254_740_991_i64)),
            ("9007199254740992", json!("9007199254740992")),
            ("-9007199254740993", json!("-9007199254740993")),
            ("1234567890123456789012345", json!("1234567890123456789012345")),
            ("-1234567890123456789012345", json!("-1234567890123456789012345")),
            ("1.5", json!(1.5)),
            ("0", json!(0)),
        ] {
            let body = format!(r#"{{"a": {literal} ,"b":[{literal}],"c":{{"d":{literal}}}}}"#);
            let expected = json!({ "a": read, "b": [read], "c": { "d": read } });
            assert_eq!(message(&body), expected, "{literal}");
        }
    }

    #[test]
    fn half_a_surrogate_pair_in_json_loses_nothing_else() {
        for (escaped, text) in [
            (r"a\ud83d", "a\u{fffd}"),
            (r"\ude00b", "\u{fffd}b"),
            (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
            (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
            ("\\ud83d\u{d7ff}你\\n", "\u{fffd}\u{d7ff}你\n"),
        ] {
            let body = format!(
                r#"{{"ToUserName":"g","Content":"{escaped}","List":["{escaped}"],"{escaped}":{{"{escaped}":1}}}}"#
            );
            let expected =
                json!({ "ToUserName": "g", "Content": text, "List": [text], text: { text: 1 } });
            assert_eq!(message(&body), expected);
            let sealed = format!(r#"{{"{escaped}":1,"Encrypt":"{}"}}"#, seal(&body));
            let url = sealed_url(&seal(&body));
            assert_eq!(read(&post(&account("secure"), &url, bytes(&sealed)).unwrap()), expected);
            assert_eq!(
                read(&post(&account("plain"), &plain_url(), parsed(&body)).unwrap()),
                expected
            );
        }
    }

    #[test]
    fn an_unknown_event_comes_through_whole() {
        let body = json!({
            "ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1_714_036_504,
            "MsgType": "event", "Event": "brand_new", "deep": { "list": [1, { "a": null }], "": true },
        });
        assert_eq!(message(&body.to_string()), body);
        let xml = "<xml><MsgType>event</MsgType><Event>brand_new</Event><新>1</新><a><b>1</b><b><c/></b></a></xml>";
        let expected = json!({
            "MsgType": "event", "Event": "brand_new", "新": "1", "a": { "b": ["1", { "c": "" }] },
        });
        assert_eq!(message(xml), expected);
    }

    #[test]
    fn raw_is_the_plaintext_as_it_came() {
        let body = format!("{}\n<!-- -->", XML.replace("><", "> <"));
        assert_eq!(send(&account("plain"), &body).unwrap().raw, body);
        assert_eq!(send_sealed(&account("secure"), &body).unwrap().raw, body);
    }

    #[test]
    fn the_id_of_an_event_is_the_hash_of_raw_however_it_came() {
        let event = r#"{"MsgType":"event","Event":"some","FromUserName":"o1","CreateTime":1}"#;
        for around in ["", "\u{feff}", "\n ", "\u{feff}\n"] {
            let body = format!("{around}{event}\n");
            let encrypt = seal(&body);
            let envelope = envelope(event, &encrypt);
            for (mode, sent, body) in [
                ("plain", send(&account("plain"), &body), bytes(&body)),
                ("secure", send_sealed(&account("secure"), &body), bytes(&envelope)),
            ] {
                let raw = plaintext(&account(mode), body).unwrap();
                let hash = String::from_utf8(signature::sign([raw.as_bytes()]).into()).unwrap();
                assert_eq!(sent.unwrap().id, hash, "{mode} {around:?}");
            }
        }
    }

    #[test]
    fn raw_can_be_had_of_the_body_again() {
        let encrypt = seal(XML);
        let envelope = envelope(XML, &encrypt);
        let parsed = json!({ "xml": { "encrypt": encrypt } }).to_string();
        for (mode, body, raw) in [
            ("plain", Body::Bytes(XML.as_bytes()), XML),
            ("compat", Body::Bytes(XML.as_bytes()), XML),
            ("compat", Body::Bytes(envelope.as_bytes()), XML),
            ("secure", Body::Bytes(envelope.as_bytes()), XML),
            ("secure", Body::Parsed(parsed.as_bytes()), XML),
            ("plain", Body::Bytes(envelope.as_bytes()), &envelope),
        ] {
            assert_eq!(plaintext(&account(mode), body).as_deref(), Ok(raw), "{mode}");
        }
        let refusal = plaintext(&account("secure"), bytes("<xml><Encrypt>%</Encrypt></xml>"));
        refused(refusal, "invalid_base64", -40010, 400);
    }
}

mod parsed {
    use super::*;

    #[test]
    fn takes_a_plaintext_message_of_every_parser() {
        for body in [
            // express-xml-bodyparser
            json!({ "xml": {
                "tousername": "gh_1", "fromusername": "o1", "createtime": "1714036504",
                "msgtype": "text", "content": "hello", "msgid": "6054768590064713728",
            } }),
            // body-parser-xml
            json!({ "xml": {
                "ToUserName": ["gh_1"], "FromUserName": ["o1"], "CreateTime": ["1714036504"],
                "MsgType": ["text"], "Content": ["hello"], "MsgId": ["6054768590064713728"],
            } }),
            // body-parser-xml with normalizeTags
            json!({ "xml": {
                "tousername": ["gh_1"], "fromusername": ["o1"], "createtime": ["1714036504"],
                "msgtype": ["text"], "content": ["hello"], "msgid": ["6054768590064713728"],
            } }),
            // express.json
            json!({
                "ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1_714_036_504,
                "MsgType": "text", "Content": "hello", "MsgId": "6054768590064713728",
            }),
        ] {
            let received = send_parsed(&body);
            let format = if body.get("xml").is_some() { Format::Xml } else { Format::Json };
            assert_eq!(read(&received), message(XML), "{body}");
            assert_eq!(received.id, ID);
            assert_eq!(received.address.format, format, "{body}");
        }
    }

    #[test]
    fn takes_an_envelope_of_every_parser() {
        for text in [XML, JSON] {
            let encrypt = seal(text);
            for body in [
                json!({ "xml": { "tousername": "gh_1", "encrypt": encrypt } }).to_string(),
                json!({ "xml": { "ToUserName": ["gh_1"], "Encrypt": [encrypt] } }).to_string(),
                json!({ "xml": { "tousername": ["gh_1"], "encrypt": [encrypt] } }).to_string(),
                json!({ "xml": { "appid": "wx1", "encrypt": encrypt } }).to_string(),
                json!({ "xml": { "AppId": ["wx1"], "Encrypt": [encrypt] } }).to_string(),
                format!(r#"{{"ToUserName":"gh_1","Encrypt":"{encrypt}"}}"#),
                format!(r#"{{"Encrypt":"{encrypt}","ToUserName":"gh_1"}}"#),
                format!(r#"{{"Encrypt":"{encrypt}"}}"#),
                format!(r#"{{"xml":{{"encrypt":"\n {encrypt} \u200b"}}}}"#),
            ] {
                for mode in ["secure", "compat"] {
                    let result = post(&account(mode), &sealed_url(&encrypt), parsed(&body));
                    assert_message(result, text);
                }
            }
        }
    }

    #[test]
    fn a_parsed_envelope_is_verified_and_the_mode_kept() {
        let encrypt = seal(XML);
        let forged = json!({ "xml": { "encrypt": seal(JSON) } }).to_string();
        let refusal = post(&account("secure"), &sealed_url(&encrypt), parsed(&forged));
        refused(refusal, "msg_signature_mismatch", -40001, 400);
        let plain = json!({ "xml": { "tousername": "gh_1" } }).to_string();
        let refusal = post(&account("secure"), &plain_url(), parsed(&plain));
        refused(refusal, "plaintext_refused", None, 400);
        let sealed = json!({ "xml": { "tousername": "gh_1", "encrypt": encrypt } }).to_string();
        let refusal = post(&account("plain"), &plain_url(), parsed(&sealed));
        refused(refusal, "encrypted_without_key", None, 400);
    }

    #[test]
    fn lists_stay_lists_and_other_arrays_of_one_are_unwrapped() {
        let expected = json!({
            "ToUserName": "gh_1", "MsgType": "event", "Event": "subscribe_msg_popup_event",
            "SubscribeMsgPopupEvent": { "List": [{ "TemplateId": "t", "PopupScene": 0 }] },
        });
        for body in [
            json!({ "xml": {
                "tousername": "gh_1", "msgtype": "event", "event": "subscribe_msg_popup_event",
                "subscribemsgpopupevent": { "list": { "templateid": "t", "popupscene": "0" } },
            } }),
            json!({ "xml": {
                "ToUserName": ["gh_1"], "MsgType": ["event"], "Event": ["subscribe_msg_popup_event"],
                "SubscribeMsgPopupEvent": [{ "List": [{ "TemplateId": ["t"], "PopupScene": ["0"] }] }],
            } }),
            json!({
                "ToUserName": "gh_1", "MsgType": "event", "Event": "subscribe_msg_popup_event",
                "List": { "TemplateId": "t", "PopupScene": "0" },
            }),
        ] {
            assert_eq!(read(&send_parsed(&body)), expected, "{body}");
        }
    }

    #[test]
    fn an_empty_list_is_the_same_however_it_was_parsed() {
        let event = "<MsgType>event</MsgType><Event>wxa_media_check</Event>";
        let expected = message(&format!("<xml>{event}<detail/></xml>"));
        assert_eq!(expected["detail"], json!([]));
        for body in [
            json!({ "xml": { "MsgType": ["event"], "Event": ["wxa_media_check"], "detail": [""] } }),
            json!({ "xml": { "msgtype": "event", "event": "wxa_media_check", "detail": "" } }),
        ] {
            assert_eq!(read(&send_parsed(&body)), expected, "{body}");
        }
    }

    #[test]
    fn an_array_of_several_stays_one() {
        let body = json!({ "xml": { "ToUserName": ["gh_1"], "a": ["1", { "b": ["2"] }] } });
        let expected = json!({ "ToUserName": "gh_1", "a": ["1", { "b": "2" }] });
        assert_eq!(read(&send_parsed(&body)), expected);
    }

    #[test]
    fn refuses_what_no_parser_makes_of_a_push() {
        for body in ["", "{}", "[]", "null", "\"<xml/>\"", r#"{"xml":{}}"#, "<xml><a>1</a></xml>"] {
            let refusal = post(&account("plain"), &plain_url(), parsed(body));
            refused(refusal, "malformed_body", -40002, 400);
        }
    }
}

mod ids {
    use super::*;

    fn id_of(body: &str) -> String {
        send(&account("plain"), body).unwrap().id
    }

    #[test]
    fn name_a_message_by_its_id_its_people_and_its_time() {
        let xml = "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>\
                   <CreateTime>1610968440</CreateTime><MsgType><![CDATA[text]]></MsgType>\
                   <MsgId>6054768590064713728</MsgId></xml>";
        let json = r#"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1610968440,"MsgType":"text",
                   "MsgId":6054768590064713728}"#;
        assert_eq!(id_of(xml), "6054768590064713728o1gh_11610968440");
        assert_eq!(id_of(xml), id_of(json));
    }

    #[test]
    fn tell_events_of_one_second_apart() {
        let event = |trace| {
            format!(
                r#"{{"FromUserName":"o","CreateTime":1,"MsgType":"event","Event":"wxa_media_check","MsgId":1,"trace_id":"{trace}"}}"#
            )
        };
        assert_ne!(id_of(&event("a")), id_of(&event("b")));
        assert_eq!(id_of(&event("a")), id_of(&event("a")));
        assert_eq!(id_of(&event("a")).len(), 40);
        assert_eq!(id_of(r#"{"MsgType":"text","MsgId":"1\u0000","FromUserName":"o"}"#).len(), 40);
    }
}

proptest! {
    #[test]
    fn never_panics_on_any_bytes(start in "[<{]", rest in prop::collection::vec(any::<u8>(), 0..200)) {
        let body = [start.as_bytes(), &rest].concat();
        let _ = post(&account("plain"), &plain_url(), Body::Bytes(&body));
        let _ = post(&account("secure"), &plain_url(), Body::Bytes(&body));
        let _ = post(&account("compat"), &plain_url(), Body::Parsed(&body));
    }

    #[test]
    fn what_is_made_of_half_a_document_is_whole(body in fragments()) {
        for body in [Body::Bytes(body.as_bytes()), Body::Parsed(body.as_bytes())] {
            if let Ok(message) = post(&account("plain"), &plain_url(), body) {
                prop_assert!(read(&message).is_object());
                let ReplyAddress { user, account, nonce, .. } = &message.address;
                let joined = [message.json.as_str(), &message.id, user, account, nonce].concat();
                prop_assert!(!joined.contains(|c| c < ' '), "{joined:?}");
            }
        }
    }

    #[test]
    fn any_text_comes_back_from_an_envelope(text in ".{0,200}", app_id in "[a-z0-9]{0,20}", random: [u8; 16]) {
        let key = wechat_push_core::envelope::Key::new(KEY).unwrap();
        let encrypt = key.seal(&text, &app_id, random);
        prop_assert_eq!(key.open(&encrypt, &app_id), Ok(text));
    }

    #[test]
    fn any_text_comes_back_from_cdata_that_was_split(text in text()) {
        let parts = text.replace("]]>", "]]]]><![CDATA[>");
        let body = XML.replace("<MsgId>", &format!("<Other><![CDATA[{parts}]]></Other><MsgId>"));
        prop_assert_eq!(&message(&body)["Other"], &json!(text));
    }

    #[test]
    fn any_text_comes_back_from_json(text in ".{0,40}") {
        prop_assert_eq!(&message(&json!({ "Content": text }).to_string())["Content"], &json!(text));
    }
}

/// Text without control characters, often such that XML has to mind it.
fn text() -> impl Strategy<Value = String> {
    let hard = prop::collection::vec(
        prop::sample::select(vec!["]", "]]>", "<", "&", " ", "\u{feff}", "a"]),
        0..12,
    );
    prop_oneof!["\\PC{0,40}", hard.prop_map(|parts| parts.concat())]
}

/// Pieces of documents in any order.
fn fragments() -> impl Strategy<Value = String> {
    let xml = "<xml>|</xml>|<a>|</a>|<Encrypt>|</Encrypt>|<List/>|<__proto__>|<![CDATA[|]]>|<!--|-->|<?|?>|&amp;|&#x1f;|&|;|1| |\u{1f}";
    let json =
        r#"{|}|[|]|"a"|"List"|"Event"|"subscribe_msg_popup_event"|"xml"|"\u001f"|:|,|1|-|null|"| "#;
    let pieces = |all: &'static str| prop::sample::select(all.split('|').collect::<Vec<_>>());
    let of = move |start: &'static str, all, end: &'static str| {
        prop::collection::vec(pieces(all), 0..12)
            .prop_map(move |parts| start.to_owned() + &parts.concat() + end)
    };
    prop_oneof![of("<xml>", xml, "</xml>"), of("{\"a\":", json, "}"), of("{", json, "")]
}

#[track_caller]
fn assert_message(result: Result<Received, Rejection>, raw: &str) {
    let received = result.unwrap();
    assert_eq!(received.raw, raw);
    assert_eq!(received.id, ID);
    let expected = json!({
        "ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1_714_036_504,
        "MsgType": "text", "Content": "hello", "MsgId": "6054768590064713728",
    });
    assert_eq!(read(&received), expected);
}

/// Asserts what the owner and the sender are told.
#[track_caller]
fn refused<T: std::fmt::Debug>(
    result: Result<T, Rejection>,
    reason: &str,
    code: impl Into<Option<i32>>,
    status: u16,
) -> Rejection {
    let rejection = result.unwrap_err();
    assert_eq!(rejection.reason(), reason, "{rejection}");
    assert_eq!(rejection.code(), code.into(), "{rejection}");
    assert_eq!(rejection.status(), status, "{rejection}");
    rejection
}

fn message(body: &str) -> Value {
    read(&send(&account("plain"), body).unwrap())
}

fn read(message: &Received) -> Value {
    serde_json::from_str(&message.json).unwrap()
}

fn send_parsed(body: &Value) -> Received {
    post(&account("plain"), &plain_url(), parsed(&body.to_string())).unwrap()
}

fn bytes(body: &str) -> Body<'_> {
    Body::Bytes(body.as_bytes())
}

fn parsed(json: &str) -> Body<'_> {
    Body::Parsed(json.as_bytes())
}

/// In CBC, a bit flipped in the first block flips the same bit of the second, where the length and
/// then the message begin.
fn flipped(encrypt: &str, at: usize) -> String {
    let mut bytes = base64_simd::STANDARD.decode_to_vec(encrypt).unwrap();
    bytes[at] ^= 0x80;
    base64_simd::STANDARD.encode_to_string(bytes)
}

/// That many elements in each other.
fn nested_xml(depth: usize) -> String {
    "<a>".repeat(depth) + "1" + &"</a>".repeat(depth)
}

/// That many values in each other.
fn nested_json(depth: usize) -> String {
    "{\"a\":".repeat(depth - 1) + "1" + &"}".repeat(depth - 1)
}

#[test]
fn a_refusal_does_not_quote_the_sender() {
    let long = "x".repeat(100_000);
    let bodies = [
        format!("<xml><{long}></y\u{1b}></xml>"),
        format!("<xml><a>&{long};</a></xml>"),
        format!("{{\"Encrypt\":[\"{long}\u{7}\"]}}"),
    ];
    for mode in ["plain", "secure"] {
        for body in &bodies {
            let refusal = send(&account(mode), body).unwrap_err().to_string();
            assert!(refusal.len() < 300 && !refusal.contains("xxx"), "{refusal}");
            assert!(!refusal.contains(|c: char| c.is_control()), "{refusal:?}");
        }
    }
}
