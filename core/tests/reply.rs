//! What a handler returned, as WeChat gets it.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use wechat_push_core::document::{Format, Object};
use wechat_push_core::envelope::Key;
use wechat_push_core::{
    Account, AccountOptions, HandlerValue, Outcome, Reply, ReplyError, Verdict, reply,
};

use support::*;

/// An event that nobody knows, which may be answered by anything.
const XML: &str = "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName>\
    <CreateTime>1</CreateTime><MsgType>event</MsgType><Event>brand_new</Event></xml>";
const JSON: &str = r#"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1,"MsgType":"event","Event":"brand_new"}"#;
/// `]]>` inside a CDATA section.
const SPLIT: &str = "]]]]><![CDATA[>";
const OTHER_KEY: &str = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba";

mod values {
    use super::*;

    #[test]
    fn nothing_is_success_in_plaintext_whatever_the_mode() {
        for value in ["null", r#""""#, r#""success""#, "true", "0"] {
            for push in [XML, JSON] {
                for mode in ["plain", "secure"] {
                    let reply = answer(mode, push, value).unwrap();
                    assert_eq!(reply, Reply { body: "success".into(), format: None }, "{value}");
                }
            }
        }
    }

    #[test]
    fn a_string_is_a_text_message() {
        assert_eq!(
            xml(r#""你好""#),
            passive_xml("<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好]]></Content>")
        );
        assert_eq!(json(r#""你好""#), passive_json(r#""MsgType":"text","Content":"你好""#));
        assert!(xml(r#""Success""#).contains("<Content>"));
    }

    #[test]
    fn an_object_with_msgtype_is_addressed_to_the_user() {
        let value = r#"{"MsgType":"image","Image":{"MediaId":"m"}}"#;
        let fields =
            "<MsgType><![CDATA[image]]></MsgType><Image><MediaId><![CDATA[m]]></MediaId></Image>";
        assert_eq!(xml(value), passive_xml(fields));
        assert_eq!(json(value), passive_json(r#""MsgType":"image","Image":{"MediaId":"m"}"#));
    }

    #[test]
    fn devices_of_the_old_platform_are_answered() {
        let value =
            r#"{"MsgType":"device_status","DeviceType":"gh_1","DeviceID":"d","DeviceStatus":1}"#;
        let fields = "<MsgType><![CDATA[device_status]]></MsgType><DeviceType><![CDATA[gh_1]]></DeviceType>\
            <DeviceID><![CDATA[d]]></DeviceID><DeviceStatus>1</DeviceStatus>";
        assert_eq!(xml(value), passive_xml(fields));
        for value in [
            r#"{"MsgType":"device_text","DeviceType":"gh_1","DeviceID":"d","SessionID":"9","Content":"aGk="}"#,
            r#"{"MsgType":"device_event","DeviceType":"gh_1","DeviceID":"d","Event":"bind","Content":"aGk="}"#,
            r#"{"MsgType":"hardware","HardWare":{"MessageView":"myrank","MessageAction":"ranklist"},"FuncFlag":0}"#,
        ] {
            assert!(xml(value).contains("<MsgType>"), "{value}");
        }
    }

    #[test]
    fn a_handler_cannot_misaddress_its_reply() {
        let value = r#"{"FromUserName":"x","MsgType":"text","ToUserName":"y","CreateTime":1714036504000,"Content":"c"}"#;
        assert_eq!(
            xml(value),
            passive_xml("<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[c]]></Content>")
        );
        assert_eq!(json(value), passive_json(r#""MsgType":"text","Content":"c""#));
    }

    #[test]
    fn any_other_object_is_sent_as_it_is() {
        let value = r#"{"ErrCode":0,"ErrMsg":"success"}"#;
        assert_eq!(
            xml(value),
            "<xml><ErrCode>0</ErrCode><ErrMsg><![CDATA[success]]></ErrMsg></xml>"
        );
        assert_eq!(json(value), value);
    }

    #[test]
    fn numbers_stay_numbers_however_large() {
        for number in ["9007199254740992", "-9007199254740993", "12345678901234567000", "1e+21"] {
            for push in [XML, JSON] {
                let reply = answer("plain", push, number).unwrap();
                assert_eq!(reply.body, "success", "a number is no reply");
            }
            let value = format!(r#"{{"a":{number},"b":[{number}]}}"#);
            assert_eq!(json(&value), value);
            assert_eq!(xml(&value), format!("<xml><a>{number}</a><b>{number}</b></xml>"));
        }
    }

    #[test]
    fn half_a_surrogate_pair_in_a_name_is_sent_as_in_a_text() {
        assert_eq!(json(r#"{"\ud83d":"\ud83d"}"#), "{\"\u{fffd}\":\"\u{fffd}\"}");
        let refusal = answer("plain", XML, r#"{"\ud83d":1}"#);
        assert_eq!(refusal, Err("element_name"));
    }

    #[test]
    fn an_array_in_an_object_repeats_its_element() {
        let value = r#"{"MsgType":"news","ArticleCount":2,"Articles":{"item":[{"Title":"a","Url":"u"},{"Title":"b"}]}}"#;
        let fields = "<MsgType><![CDATA[news]]></MsgType><ArticleCount>2</ArticleCount><Articles>\
            <item><Title><![CDATA[a]]></Title><Url><![CDATA[u]]></Url></item>\
            <item><Title><![CDATA[b]]></Title></item></Articles>";
        assert_eq!(xml(value), passive_xml(fields));
        assert_eq!(json(value), passive_json(inner(value)));
    }

    #[test]
    fn null_leaves_are_empty_elements() {
        let value = r#"{"MsgType":"video","Video":{"MediaId":"m","Title":null},"a":true,"b":1.5}"#;
        let fields = "<MsgType><![CDATA[video]]></MsgType><Video><MediaId><![CDATA[m]]></MediaId>\
            <Title></Title></Video><a>true</a><b>1.5</b>";
        assert_eq!(xml(value), passive_xml(fields));
        assert_eq!(json(value), passive_json(inner(value)));
    }

    #[test]
    fn objects_may_stand_in_each_other() {
        assert_eq!(
            xml(r#"{"a":{"b":{"c":"d"},"e":{}}}"#),
            "<xml><a><b><c><![CDATA[d]]></c></b><e></e></a></xml>"
        );
    }

    #[test]
    fn refuses_arrays_where_no_element_can_repeat() {
        for push in [XML, JSON] {
            assert_eq!(answer("plain", push, "[]"), Err("array_reply"));
            assert_eq!(answer("plain", push, r#"["a"]"#), Err("array_reply"));
        }
        for nested in [r#"{"a":[[1]]}"#, r#"{"a":[["b"],"c"]}"#] {
            assert_eq!(answer("plain", XML, nested), Err("nested_array"), "{nested}");
            assert_eq!(json(nested), nested);
        }
    }

    #[test]
    fn refuses_names_that_no_element_can_have() {
        for name in [
            "", " ", "a b", "1a", "-a", ".a", "a>", "<a", "a/", "a=\"b\"", "a&b", "!--", "?a",
            "a:b", "a\n", "名",
        ] {
            for value in
                [json!({ name: 1 }), json!({ "a": { name: 1 } }), json!({ "a": [{ name: 1 }] })]
            {
                let refusal = answer("plain", XML, &value.to_string());
                assert_eq!(refusal, Err("element_name"), "{value}");
            }
            assert_eq!(json(&json!({ name: 1 }).to_string()), json!({ name: 1 }).to_string());
        }
        for name in ["a", "_a", "A-1.b"] {
            assert_eq!(
                xml(&json!({ name: 1 }).to_string()),
                format!("<xml><{name}>1</{name}></xml>")
            );
        }
    }

    #[test]
    fn refuses_letters_and_digits_that_xml_does_not_take_in_names() {
        for name in ["a²", "ª", "a½", "µ", "a×"] {
            let refusal = answer("plain", XML, &json!({ name: 1 }).to_string());
            assert_eq!(refusal, Err("element_name"), "{name}");
        }
    }

    #[test]
    fn refuses_what_is_not_json() {
        let deep = "{\"a\":".repeat(30_000);
        for odd in ["", "undefined", "{", "'a'", "{\"a\":1}x", &deep] {
            assert_eq!(answer("plain", XML, odd), Err("unreadable_reply"));
        }
    }
}

mod text {
    use super::*;

    #[test]
    fn the_end_of_a_cdata_section_is_split() {
        for (text, written) in [
            ("a]]>b", "<![CDATA[a]]]]><![CDATA[>b]]>"),
            ("]]>", "<![CDATA[]]]]><![CDATA[>]]>"),
            ("]]]>", "<![CDATA[]]]]]><![CDATA[>]]>"),
            ("]]>]]>", "<![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]>"),
            ("]]", "<![CDATA[]]]]>"),
            ("", "<![CDATA[]]>"),
        ] {
            assert_eq!(
                xml(&json!({ "a": text }).to_string()),
                format!("<xml><a>{written}</a></xml>")
            );
        }
    }

    #[test]
    fn characters_that_xml_forbids_are_removed() {
        let text = "a\0b\u{1}\u{8}\u{b}\u{c}\u{e}\u{1f}c\u{fffe}\u{ffff}d\t\n\r\u{7f}\u{fffd}😀";
        let value = json!({ "a": text }).to_string();
        assert_eq!(xml(&value), "<xml><a><![CDATA[abcd\t\n\r\u{7f}\u{fffd}😀]]></a></xml>");
        assert_eq!(json(&value), value);
    }

    #[test]
    fn a_removed_character_does_not_make_the_end_of_a_section() {
        for text in ["]]\0>", "]\u{1}]>", "]]\u{fffe}></a><b>"] {
            let clean: String =
                text.chars().filter(|c| !matches!(c, '\0' | '\u{1}' | '\u{fffe}')).collect();
            let body = xml(&json!({ "a": text }).to_string());
            assert_eq!(fields(&body), json!({ "a": clean }), "{body}");
        }
    }

    #[test]
    fn hostile_names_of_users_stay_text() {
        for (user, written) in [
            ("]]></ToUserName><x>1</x>", "]]></ToUserName><x>1</x>"),
            ("&lt;\"'<!--", "&lt;\"'<!--"),
            ("o1\u{1e}gh_2\u{1e}nonce", "o1gh_2nonce"),
            ("]\u{1b}]\0>\u{1f}", "]]>"),
        ] {
            let push = json!({ "ToUserName": "gh_1", "FromUserName": user }).to_string();
            let read = fields(&answer("plain", &push, "\"hi\"").unwrap().body);
            assert_eq!(
                (&read["ToUserName"], &read["FromUserName"]),
                (&json!(written), &json!("gh_1"))
            );

            let push = XML.replace("o1", &format!("<![CDATA[{}]]>", user.replace("]]>", SPLIT)));
            let body = answer("plain", &push, "\"hi\"").unwrap().body;
            let section = format!("[{}]]>", written.replace("]]>", SPLIT));
            assert_eq!(body, xml("\"hi\"").replace("[o1]]>", &section));
        }
    }

    #[test]
    fn a_users_name_cannot_end_its_section() {
        let push = XML.replace("o1", "<![CDATA[]]\u{fffe}></ToUserName><x>]]>");
        let body = answer("plain", &push, "\"hi\"").unwrap().body;
        assert_eq!(fields(&body)["ToUserName"], "]]></ToUserName><x>", "{body}");
    }
}

mod sealing {
    use super::*;

    #[test]
    fn an_encrypted_push_gets_a_sealed_reply_in_its_own_format() {
        for mode in ["secure", "compat"] {
            let reply = answer(mode, XML, "\"hi\"").unwrap();
            let inner = "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[hi]]></Content>";
            let encrypt = seal(&passive_xml(inner));
            let signature = sign([TOKEN, &NOW.to_string(), NONCE, &encrypt]);
            assert_eq!(reply.format, Some(Format::Xml));
            assert_eq!(
                reply.body,
                format!(
                    "<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>\
                     <TimeStamp>{NOW}</TimeStamp><Nonce><![CDATA[{NONCE}]]></Nonce></xml>"
                )
            );

            let reply = answer(mode, JSON, "\"hi\"").unwrap();
            let encrypt = seal(&passive_json(r#""MsgType":"text","Content":"hi""#));
            let signature = sign([TOKEN, &NOW.to_string(), NONCE, &encrypt]);
            assert_eq!(reply.format, Some(Format::Json));
            assert_eq!(
                reply.body,
                format!(
                    r#"{{"Encrypt":"{encrypt}","MsgSignature":"{signature}","TimeStamp":{NOW},"Nonce":"{NONCE}"}}"#
                )
            );
        }
    }

    #[test]
    fn a_plaintext_push_gets_a_plaintext_reply_in_compat_mode() {
        let message = send(&account("compat"), XML).unwrap();
        let reply =
            reply(&account("compat"), &message.address, HandlerValue::Json("\"hi\""), NOW, RANDOM)
                .unwrap()
                .reply;
        assert_eq!(reply.body, xml("\"hi\""));
    }

    #[test]
    fn any_object_is_sealed() {
        for push in [XML, JSON] {
            let body = answer("secure", push, r#"{"ErrCode":0}"#).unwrap().body;
            let opened = opened(&body);
            assert_eq!(
                opened,
                if push == XML { "<xml><ErrCode>0</ErrCode></xml>" } else { r#"{"ErrCode":0}"# }
            );
        }
    }

    #[test]
    fn the_key_and_the_token_of_the_push_seal_the_reply() {
        let account = Account::new(AccountOptions {
            tokens: vec!["newtoken".into(), TOKEN.into()],
            encoding_aes_keys: vec![OTHER_KEY.into(), KEY.into()],
            ..options("secure")
        });
        let account = account.unwrap();
        let message = send_sealed(&account, JSON).unwrap();
        let reply =
            reply(&account, &message.address, HandlerValue::Json(r#"{"a":1}"#), NOW, RANDOM)
                .unwrap()
                .reply;
        assert_eq!(opened(&reply.body), r#"{"a":1}"#);
    }

    #[test]
    fn every_reply_has_its_own_time_and_random() {
        let message = send_sealed(&account("secure"), JSON).unwrap();
        let sent = |now, random| {
            reply(&account("secure"), &message.address, HandlerValue::Json("\"hi\""), now, random)
                .unwrap()
                .reply
                .body
        };
        let (one, other) = (sent(NOW, RANDOM), sent(NOW + 1, [0; 16]));
        assert_ne!(fields(&one)["Encrypt"], fields(&other)["Encrypt"]);
        assert_eq!(fields(&other)["TimeStamp"], NOW + 1);
        assert!(opened(&other).contains(&format!(r#""CreateTime":{}"#, NOW + 1)));
    }

    #[test]
    fn mini_game_delivery_is_answered_in_plaintext() {
        let value = r#"{"ErrCode":0,"ErrMsg":"Success"}"#;
        for event in ["minigame_coin_deliver_completed", "minigame_h5_goods_deliver_notify"] {
            let push = json!({ "MsgType": "event", "Event": event }).to_string();
            assert_eq!(answer("secure", &push, value).unwrap().body, value);
        }
        for event in ["xpay_coin_pay_notify", "minigame_deliver_goods"] {
            let push = json!({ "MsgType": "event", "Event": event }).to_string();
            let body = answer("secure", &push, value).unwrap().body;
            assert_eq!(opened(&body), value, "{event}");
        }
    }
}

mod rules {
    use super::*;

    #[test]
    fn what_wechat_would_never_take() {
        for (value, rule) in [
            ("[]", "array_reply"),
            ("{}", "empty_reply"),
            ("\" \"", "blank_part"),
            ("\"\\u0001\\n\\u3000\\u200b\\ufeff\"", "blank_part"),
            (r#"{"MsgType":"text"}"#, "missing_part"),
            (r#"{"MsgType":"text","Content":null}"#, "missing_part"),
            (r#"{"MsgType":"text","Content":""}"#, "blank_part"),
            (r#"{"MsgType":"text","Content":["a"]}"#, "wrong_part"),
            (r#"{"MsgType":"text","Content":{}}"#, "wrong_part"),
            (r#"{"MsgType":"text","Content":false}"#, "wrong_part"),
            (r#"{"MsgType":"text","content":"a"}"#, "missing_part"),
            (r#"{"MsgType":"image","Image":{}}"#, "missing_part"),
            (r#"{"MsgType":"image","MediaId":"m"}"#, "missing_part"),
            (r#"{"MsgType":"image","Image":"m"}"#, "wrong_part"),
            (r#"{"MsgType":"image","Image":""}"#, "blank_part"),
            (r#"{"MsgType":"voice","Voice":{"MediaId":" "}}"#, "blank_part"),
            (r#"{"MsgType":"video","Video":{"MediaId":"m","Title":[]}}"#, "wrong_part"),
            (r#"{"MsgType":"music","Music":{"Title":"t"}}"#, "missing_part"),
            (r#"{"MsgType":"news"}"#, "missing_part"),
            (r#"{"MsgType":"news","ArticleCount":0,"Articles":{"item":[]}}"#, "no_article"),
            (r#"{"MsgType":"news","ArticleCount":1,"Articles":{}}"#, "no_article"),
            (r#"{"MsgType":"news","ArticleCount":1,"Articles":[{"Title":"t"}]}"#, "wrong_part"),
            (r#"{"MsgType":"news","ArticleCount":1,"Articles":{"item":["t"]}}"#, "wrong_part"),
            (r#"{"MsgType":"news","ArticleCount":1,"Articles":{"item":[{}]}}"#, "missing_part"),
            (
                r#"{"MsgType":"news","ArticleCount":2,"Articles":{"item":[{"Title":"t"}]}}"#,
                "wrong_count",
            ),
            (r#"{"MsgType":"transfer_customer_service","TransInfo":{}}"#, "missing_part"),
            (r#"{"MsgType":"Text","Content":"a"}"#, "unknown_msgtype"),
            (r#"{"MsgType":1}"#, "unknown_msgtype"),
            (r#"{"MsgType":null}"#, "unknown_msgtype"),
            (r#"{"MsgType":{"a":1}}"#, "unknown_msgtype"),
            (r#"{"type":"text","content":"a"}"#, "lowercase_reply"),
        ] {
            for push in [XML, JSON] {
                let verdict = verdict(&account("plain"), false, push, value);
                let objection = verdict.objection.unwrap();
                assert_eq!(
                    (objection.rule(), objection.outcome()),
                    (rule, Outcome::Malformed),
                    "{value}"
                );
                assert_eq!((verdict.reply, verdict.split), (success(), None), "{value}");
            }
        }
    }

    #[test]
    fn what_goes_out() {
        for value in [
            r#"{"MsgType":"text","Content":7}"#,
            r#"{"MsgType":"music","Music":{"ThumbMediaId":"m","Title":""}}"#,
            r#"{"MsgType":"news","ArticleCount":"1","Articles":{"item":{"Title":"t"}}}"#,
            r#"{"MsgType":"transfer_customer_service"}"#,
            r#"{"MsgType":"event","Event":"brand_new","StatusCode":0}"#,
            r#"{"type":"parcel","content":"a"}"#,
        ] {
            for push in [XML, JSON] {
                assert!(answer("plain", push, value).unwrap().format.is_some(), "{value}");
            }
        }
        let addressed = xml(r#"{"MsgType":"event","StatusCode":0}"#);
        let fields = "<MsgType><![CDATA[event]]></MsgType><StatusCode>0</StatusCode>";
        assert_eq!(addressed, passive_xml(fields));
    }

    #[test]
    fn pushes_take_what_the_table_says() {
        const TEXT: &str = r#""hi""#;
        const DATA: &str = r#"{"ErrCode":0}"#;
        let event = |name: &str| json!({ "MsgType": "event", "Event": name, "FromUserName": "o1" });
        let message = json!({ "MsgType": "text", "FromUserName": "o1", "Content": "a" });
        let info = json!({ "InfoType": "brand_new", "AppId": "wx1" });
        let nobody = json!({ "MsgType": "event", "Event": "brand_new" });
        for (push, value, rule) in [
            (&message, DATA, "missing_msgtype"),
            (&message, r#"{"MsgType":"event","a":1}"#, "unknown_msgtype"),
            (&message, r#"{"MsgType":"miniprogrampage"}"#, "sent_otherwise"),
            (&event("unsubscribe"), TEXT, "reply_not_wanted"),
            (&event("TEMPLATESENDJOBFINISH"), TEXT, "reply_not_wanted"),
            (&event("TEMPLATESENDJOBFINISH"), DATA, "data_not_wanted"),
            (&event("xpay_goods_deliver_notify"), TEXT, "data_wanted"),
            (&info, TEXT, "reply_not_wanted"),
            (&info, DATA, "data_not_wanted"),
            (&nobody, TEXT, "no_addressee"),
        ] {
            assert_eq!(answer("plain", &push.to_string(), value), Err(rule), "{push} {value}");
        }
        for (push, value) in [
            (&message, TEXT),
            (&event("subscribe"), TEXT),
            (&event("xpay_goods_deliver_notify"), DATA),
            (&nobody, DATA),
        ] {
            assert!(answer("plain", &push.to_string(), value).is_ok(), "{push} {value}");
        }
    }

    #[test]
    fn accounts_take_what_their_platform_takes() {
        const TEXT: &str = r#""hi""#;
        const TRANSFER: &str = r#"{"MsgType":"transfer_customer_service"}"#;
        let message =
            json!({ "MsgType": "text", "FromUserName": "o1", "Content": "a" }).to_string();
        for (platform, push, value, taken) in [
            ("official-account", message.as_str(), TEXT, true),
            ("official-account", XML, TRANSFER, true),
            ("mini-program", &message, TEXT, false),
            ("mini-program", &message, TRANSFER, true),
            ("mini-program", XML, TRANSFER, false),
            ("mini-program", XML, r#"{"ErrCode":0}"#, true),
            ("mini-game", &message, TEXT, false),
            ("mini-game", &message, TRANSFER, true),
            ("store", &message, TRANSFER, false),
            ("store", XML, r#"{"ErrCode":0}"#, true),
        ] {
            let options = AccountOptions { platform: Some(platform.into()), ..options("plain") };
            let verdict = verdict(&Account::new(options).unwrap(), false, push, value);
            let rule = verdict.objection.map(|objection| objection.rule());
            assert_eq!(rule, (!taken).then_some("reply_not_taken"), "{platform} {push} {value}");
        }
    }

    #[test]
    fn a_platform_that_nobody_knows_is_refused() {
        let options = AccountOptions { platform: Some("miniprogram".into()), ..options("plain") };
        let error = Account::new(options).unwrap_err();
        assert_eq!(error.option, "platform");
        assert!(error.message.contains("mini-program"));
    }

    #[test]
    fn texts_may_have_2047_bytes() {
        for unit in ["a", "好", "😀", "e\u{301}"] {
            let fits = unit.repeat(2047 / unit.len()) + &"x".repeat(2047 % unit.len());
            assert_eq!(fits.len(), 2047);
            assert!(answer("plain", XML, &json!(fits).to_string()).is_ok(), "{unit}");
            let long = fits + "x";
            let verdict = verdict(&account("plain"), false, XML, &json!(long).to_string());
            let objection = verdict.objection.unwrap();
            assert_eq!((objection.rule(), objection.outcome()), ("long_text", Outcome::TooLong));
            let split = verdict.split.unwrap();
            let [first, rest]: [String; 2] =
                [&split.first, &split.rest].map(|part| serde_json::from_str(part).unwrap());
            assert_eq!(fields(&verdict.reply.body)["Content"], first);
            assert!(first.len() <= 2047 && first.len() > 2000, "{unit}");
            assert_eq!(first + &rest, long);
        }
    }

    #[test]
    fn a_long_text_whose_rest_is_blank_goes_without_it() {
        let long = json!("a".repeat(2047) + &" ".repeat(100)).to_string();
        let body = answer("plain", XML, &long).unwrap().body;
        assert_eq!(fields(&body)["Content"].as_str().map(str::len), Some(2047));
    }

    #[test]
    fn a_long_text_whose_beginning_is_blank_waits_whole() {
        let long = json!(" ".repeat(2047) + "a").to_string();
        let verdict = verdict(&account("plain"), false, XML, &long);
        assert_eq!((verdict.reply, verdict.split), (success(), None));
        assert_eq!(verdict.objection.unwrap().outcome(), Outcome::TooLong);
    }

    #[test]
    fn there_may_be_eight_articles() {
        let news = |count: usize| {
            let item = vec![json!({ "Title": "t" }); count];
            json!({ "MsgType": "news", "ArticleCount": count, "Articles": { "item": item } })
        };
        assert!(answer("plain", XML, &news(8).to_string()).is_ok());
        let verdict = verdict(&account("plain"), false, XML, &news(9).to_string());
        let objection = verdict.objection.unwrap();
        assert_eq!((objection.rule(), objection.outcome()), ("many_articles", Outcome::TooLong));
        assert_eq!((verdict.reply, verdict.split), (success(), None));
    }

    #[test]
    fn a_message_to_the_user_of_a_json_push_is_doubtful_but_for_official_accounts() {
        let is_doubtful = |platform: Option<&str>, push, value| {
            let options = AccountOptions { platform: platform.map(Into::into), ..options("plain") };
            verdict(&Account::new(options).unwrap(), false, push, value).is_doubtful
        };
        assert!(is_doubtful(None, JSON, "\"hi\""));
        assert!(!is_doubtful(None, XML, "\"hi\""));
        assert!(!is_doubtful(Some("official-account"), JSON, "\"hi\""));
        assert!(!is_doubtful(None, JSON, r#"{"ErrCode":0}"#));
        assert!(!is_doubtful(None, JSON, r#"{"MsgType":"transfer_customer_service"}"#));
    }

    fn success() -> Reply {
        Reply { body: "success".into(), format: None }
    }
}

mod addresses {
    use super::*;

    #[test]
    fn refuses_an_address_of_an_account_with_more_keys_or_tokens() {
        let keys = vec![OTHER_KEY.into(), KEY.into()];
        let tokens = vec!["newtoken".into(), TOKEN.into()];
        let more_keys = AccountOptions { encoding_aes_keys: keys, ..options("secure") };
        let more_tokens = AccountOptions { tokens, ..options("secure") };
        for more in [more_keys, more_tokens] {
            let message = send_sealed(&Account::new(more).unwrap(), XML).unwrap();
            let refusal = reply(
                &account("secure"),
                &message.address,
                HandlerValue::Json("\"hi\""),
                NOW,
                RANDOM,
            );
            assert_eq!(refusal, Err(ReplyError::OtherReceiver));
        }
        let sealed = send_sealed(&account("secure"), XML).unwrap();
        let refusal =
            reply(&account("plain"), &sealed.address, HandlerValue::Json("\"hi\""), NOW, RANDOM);
        assert_eq!(refusal, Err(ReplyError::OtherReceiver));
    }
}

proptest! {
    #[test]
    fn no_value_panics(value in ".{0,100}") {
        let _ = answer("plain", XML, &value);
        let _ = answer("plain", JSON, &value);
    }

    #[test]
    fn whatever_is_sent_is_whole(value in any_json()) {
        if let Ok(Reply { body, format: Some(_) }) = answer("plain", XML, &value.to_string()) {
            prop_assert!(body == "<xml></xml>" || Object::read(Format::Xml, &body).is_ok(), "{body}");
        }
        if let Ok(Reply { body, format: Some(_) }) = answer("plain", JSON, &value.to_string()) {
            prop_assert!(serde_json::from_str::<Value>(&body).is_ok(), "{body}");
        }
    }

    #[test]
    fn any_text_comes_back_but_for_what_xml_forbids(text in "(?s).{1,20}|[\\]>\u{0}\u{fffe}]{1,8}") {
        let text = format!("a{text}");
        let forbidden = |c: &char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
        let kept: String = text.chars().filter(|c| !forbidden(c)).collect();
        let content = kept.replace("]]>", SPLIT);
        let written = format!("<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content>");
        let body = xml(&json!(text).to_string());
        prop_assert_eq!(&body, &passive_xml(&written));
        prop_assert_eq!(&fields(&body)["Content"], &json!(kept));
    }

    #[test]
    fn a_sealed_reply_opens_to_the_plain_one(value in any_json()) {
        for push in [XML, JSON] {
            match (answer("plain", push, &value.to_string()), answer("secure", push, &value.to_string())) {
                (Ok(Reply { body, format: Some(_) }), Ok(sealed)) => prop_assert_eq!(opened(&sealed.body), body),
                (plain, sealed) => prop_assert_eq!(plain, sealed),
            }
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        "[\\]>\u{0}]{0,6}".prop_map(Value::from),
    ];
    let name = prop_oneof![9 => "[A-Za-z_][A-Za-z0-9_]{0,6}", 2 => Just("MsgType".to_owned()), 1 => ".{0,4}"];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => prop::collection::vec((name.clone(), inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The reply to a push that was sent as the mode has it, or the rule that it breaks.
fn answer(mode: &str, push: &str, value: &str) -> Result<Reply, &'static str> {
    let verdict = verdict(&account(mode), mode != "plain", push, value);
    verdict.objection.map_or(Ok(verdict.reply), |objection| Err(objection.rule()))
}

fn verdict(account: &Account, sealed: bool, push: &str, value: &str) -> Verdict {
    let message = if sealed { send_sealed(account, push) } else { send(account, push) };
    reply(account, &message.unwrap().address, HandlerValue::Json(value), NOW, RANDOM).unwrap()
}

fn xml(value: &str) -> String {
    let reply = answer("plain", XML, value).unwrap();
    assert_eq!(reply.format, Some(Format::Xml));
    reply.body
}

fn json(value: &str) -> String {
    let reply = answer("plain", JSON, value).unwrap();
    assert_eq!(reply.format, Some(Format::Json));
    reply.body
}

fn passive_xml(fields: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[o1]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName>\
         <CreateTime>{NOW}</CreateTime>{fields}</xml>"
    )
}

fn passive_json(fields: &str) -> String {
    format!(r#"{{"ToUserName":"o1","FromUserName":"gh_1","CreateTime":{NOW},{fields}}}"#)
}

/// The fields of a JSON object as text.
fn inner(object: &str) -> &str {
    object.strip_prefix('{').unwrap().strip_suffix('}').unwrap()
}

/// A reply, or its envelope, read again; from XML every leaf is text.
fn fields(body: &str) -> Value {
    let (format, body) = Format::sniff(body).unwrap();
    serde_json::from_str(&Object::read(format, body).unwrap().to_json(0)).unwrap()
}

/// What a sealed reply holds, once its signature is the right one.
fn opened(body: &str) -> String {
    let envelope = fields(body);
    let text = |name: &str| envelope[name].as_str().unwrap();
    let timestamp = envelope["TimeStamp"].to_string();
    let timestamp = timestamp.trim_matches('"');
    let signed = sign([TOKEN, timestamp, text("Nonce"), text("Encrypt")]);
    assert_eq!(text("MsgSignature"), signed);
    assert_eq!(text("Nonce"), NONCE);
    Key::new(KEY).unwrap().open(text("Encrypt"), APP_ID).unwrap()
}
