//! Applications of WeCom: what they accept, what they refuse, and how they are answered.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod support;

use support::{KEY, NOW, TOKEN, owned};
use wechat_push_core::document::{Format, Object, Value};
use wechat_push_core::envelope::Key;
use wechat_push_core::gateway::{self, ENTROPY, read_answer};
use wechat_push_core::{
    Account, AccountError, AccountOptions, Body, HandlerValue, Rejection, ReplyAddress, Scratch,
    receive_handshake, receive_message, reply, signature,
};

const CORP: &str = "ww0123456789abcdef";
/// A key that sealed nothing here.
const OTHER_KEY: &str = "ZYXWVUTSRQPONMLKJIHGFEDCBA9876543210zyxwvut";
const SUITE: &str = "ww0123456789abcde0";
const TEXT: &str = "<xml><ToUserName><![CDATA[ww0123456789abcdef]]></ToUserName>\
    <FromUserName><![CDATA[zhangsan]]></FromUserName><CreateTime>1714036504</CreateTime>\
    <MsgType><![CDATA[text]]></MsgType><Content><![CDATA[hi]]></Content>\
    <MsgId>4561255354251345929</MsgId><AgentID>1000002</AgentID></xml>";
const JSON_TEXT: &str = r#"{"ToUserName":"ww0123456789abcdef","FromUserName":"zhangsan","CreateTime":1714036504,"MsgType":"text","Content":"hi","MsgId":4561255354251345929,"AgentID":1000002}"#;

fn options(receive_ids: Option<&[&str]>) -> AccountOptions {
    AccountOptions {
        tokens: vec![TOKEN.into()],
        encoding_aes_keys: vec![KEY.into()],
        receive_ids: receive_ids.map(|ids| ids.iter().map(ToString::to_string).collect()),
        platform: Some("wecom".into()),
        tolerance: 300,
        body_limit: 1 << 20,
        ..AccountOptions::default()
    }
}

fn account(receive_ids: Option<&[&str]>) -> Account {
    Account::new(options(receive_ids)).unwrap()
}

fn sealed_for(receiver: &str, text: &str) -> String {
    Key::new(KEY).unwrap().seal(text, receiver, *b"0123456789abcdef")
}

/// The query of a request whose ciphertext is this.
fn query(ciphertext: &str, nonce: &str) -> String {
    let time = NOW.to_string();
    let parts = [TOKEN, &time, nonce, ciphertext].map(str::as_bytes);
    let signature = String::from_utf8(signature::sign(parts).to_vec()).unwrap();
    format!("/wecom?msg_signature={signature}&timestamp={time}&nonce={nonce}")
}

fn handshake(account: &Account, receiver: &str, echo: &str) -> Result<String, Rejection> {
    let echostr = sealed_for(receiver, echo);
    let url = format!("{}&echostr={}", query(&echostr, "any-nonce"), encoded(&echostr));
    receive_handshake(account, &url).map(|handshake| handshake.echostr.into_owned())
}

fn encoded(text: &str) -> String {
    text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

#[derive(Debug)]
struct Received {
    json: String,
    id: String,
    receive_id: Option<String>,
    address: ReplyAddress<'static>,
}

fn post(account: &Account, body: &str, ciphertext: &str) -> Result<Received, Rejection> {
    let (url, mut scratch) = (query(ciphertext, "ceng0bjfK"), Scratch::default());
    let body = Body::Bytes(body.as_bytes());
    receive_message(account, &url, body, NOW, &mut scratch).map(|message| Received {
        json: message.json().into(),
        id: message.id(),
        receive_id: message.receive_id().map(Into::into),
        address: owned(message.reply_address()),
    })
}

/// An envelope of each form that is known, around one ciphertext.
fn envelopes(ciphertext: &str) -> [String; 5] {
    [
        format!(
            "<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID>\
             <Encrypt><![CDATA[{ciphertext}]]></Encrypt></xml>"
        ),
        format!(
            "<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><Encrypt><![CDATA[{ciphertext}]]></Encrypt>\
             <AgentID><![CDATA[1000002]]></AgentID></xml>"
        ),
        format!(
            "<xml><ToUserName><![CDATA[{SUITE}]]></ToUserName><Encrypt><![CDATA[{ciphertext}]]></Encrypt>\
             <AgentID></AgentID></xml>"
        ),
        format!(r#"{{"ToUserName":"{CORP}","AgentID":"1000002","Encrypt":"{ciphertext}"}}"#),
        format!(r#"{{"tousername":"{CORP}","encrypt":"{ciphertext}","agentid":"1000002"}}"#),
    ]
}

fn push(account: &Account, receiver: &str, text: &str) -> Result<Received, Rejection> {
    let ciphertext = sealed_for(receiver, text);
    post(account, &envelopes(&ciphertext)[0], &ciphertext)
}

mod options {
    use super::*;

    fn refused(change: impl FnOnce(&mut AccountOptions)) -> AccountError {
        let mut options = options(Some(&[CORP]));
        change(&mut options);
        Account::new(options).unwrap_err()
    }

    #[test]
    fn every_push_is_encrypted() {
        assert_eq!(refused(|o| o.encoding_aes_keys.clear()).option, "encodingAESKey");
        for mode in ["plain", "compat"] {
            assert_eq!(refused(|o| o.mode = Some(mode.into())).option, "mode");
        }
        let secure = AccountOptions { mode: Some("secure".into()), ..options(None) };
        assert!(Account::new(secure).is_ok());
    }

    #[test]
    fn a_receive_id_is_no_app_id() {
        assert_eq!(refused(|o| o.app_id = Some(CORP.into())).option, "appId");
        assert_eq!(refused(|o| o.platform = None).option, "receiveId");
        assert_eq!(refused(|o| o.receive_ids = Some(vec![])).option, "receiveId");
    }
}

mod receivers {
    use super::*;

    #[test]
    fn one_of_a_set_is_taken_and_told() {
        let account = account(Some(&[CORP, SUITE, ""]));
        for receiver in [CORP, SUITE, ""] {
            let received = push(&account, receiver, TEXT).unwrap();
            assert_eq!(received.receive_id.as_deref(), Some(receiver));
            assert_eq!(
                handshake(&account, receiver, "4375120948345356249").unwrap(),
                "4375120948345356249"
            );
        }
        let other = push(&account, "ww_other", TEXT).unwrap_err();
        assert_eq!((other.reason(), other.code()), ("receiveid_mismatch", Some(-40005)));
        assert_eq!(
            other.to_string(),
            r#"the push is for the receiveid "ww_other", receiveId is "ww0123456789abcdef" or "ww0123456789abcde0" or """#
        );
    }

    #[test]
    fn without_the_option_anybody_is_taken_and_told() {
        for receiver in [CORP, SUITE, ""] {
            let received = push(&account(None), receiver, TEXT).unwrap();
            assert_eq!(received.receive_id.as_deref(), Some(receiver));
        }
    }

    #[test]
    fn what_is_no_id_is_the_wrong_key() {
        for receiver in ["\u{1}", "a b", "企业"] {
            assert_eq!(push(&account(None), receiver, TEXT).unwrap_err(), Rejection::IllegalBuffer);
        }
    }

    #[test]
    fn the_previous_key_opens_what_it_sealed() {
        let keys = vec![OTHER_KEY.into(), KEY.into()];
        let account =
            Account::new(AccountOptions { encoding_aes_keys: keys, ..options(Some(&[CORP])) });
        let received = push(&account.unwrap(), CORP, TEXT).unwrap();
        assert_eq!(received.address.used.unwrap().key, 1);
    }

    #[test]
    fn a_reply_is_sealed_for_the_one_who_pushed() {
        for ids in [Some(&[CORP, SUITE][..]), None] {
            let account = account(ids);
            let Received { address, .. } = push(&account, SUITE, TEXT).unwrap();
            let answer = answered(&account, &address);
            let only = super::account(Some(&[SUITE]));
            let read = read_answer(&only, answer.as_bytes(), Format::Xml, &Object::default());
            assert!(read.unwrap().unwrap().contains(r#""Content":"hello""#));
        }
    }
}

fn answered(account: &Account, address: &ReplyAddress) -> String {
    reply(account, address, HandlerValue::Text("hello"), NOW, [7; 16]).unwrap().reply.body
}

mod envelopes {
    use super::*;

    #[test]
    fn each_form_is_read_and_answered_in_its_own_spelling() {
        let account = account(Some(&[CORP]));
        let names = ["Encrypt", "MsgSignature", "TimeStamp", "Nonce"];
        let lower_case = ["encrypt", "msgsignature", "timestamp", "nonce"];
        for (at, names) in [names, names, names, names, lower_case].into_iter().enumerate() {
            let ciphertext = sealed_for(CORP, if at < 3 { TEXT } else { JSON_TEXT });
            let body = &envelopes(&ciphertext)[at];
            let received = post(&account, body, &ciphertext).unwrap();
            assert!(received.json.contains(r#""AgentID":1000002"#), "{}", received.json);
            let answer = answered(&account, &received.address);
            let format = if body.starts_with('{') { Format::Json } else { Format::Xml };
            let envelope = Object::read(format, &answer).unwrap();
            let found: Vec<_> = envelope.0.iter().map(|(name, _)| name.as_ref()).collect();
            assert_eq!(found, names, "{answer}");
            assert_eq!(envelope.text(names[3]), Some("ceng0bjfK"));
            let read = read_answer(&account, answer.as_bytes(), format, &Object::default());
            assert!(read.unwrap().unwrap().contains(r#""Content":"hello""#));
        }
    }

    /// As the page prints it.
    #[test]
    fn only_the_upper_case_has_the_time_as_text() {
        let account = account(Some(&[CORP]));
        let ciphertext = sealed_for(CORP, JSON_TEXT);
        let [.., upper, lower] = envelopes(&ciphertext);
        let answer =
            |body: &str| answered(&account, &post(&account, body, &ciphertext).unwrap().address);
        assert!(answer(&upper).contains(&format!(r#""TimeStamp":"{NOW}""#)));
        assert!(answer(&lower).contains(&format!(r#""timestamp":{NOW},"#)));
    }

    #[test]
    fn what_a_body_parser_made_of_them_is_read_too() {
        let account = account(Some(&[CORP]));
        let ciphertext = sealed_for(CORP, TEXT);
        let url = query(&ciphertext, "n");
        for parsed in [
            format!(
                r#"{{"xml":{{"ToUserName":["{CORP}"],"Encrypt":["{ciphertext}"],"AgentID":[""]}}}}"#
            ),
            format!(r#"{{"xml":{{"tousername":"{CORP}","encrypt":"{ciphertext}","agentid":""}}}}"#),
            format!(r#"{{"ToUserName":"{CORP}","AgentID":"","Encrypt":"{ciphertext}"}}"#),
            format!(r#"{{"tousername":"{CORP}","agentid":"","encrypt":"{ciphertext}"}}"#),
        ] {
            let mut scratch = Scratch::default();
            let body = Body::Parsed(parsed.as_bytes());
            let message = receive_message(&account, &url, body, NOW, &mut scratch);
            assert_eq!(message.as_ref().map(|message| message.raw()), Ok(TEXT), "{parsed}");
        }
    }

    #[test]
    fn plaintext_is_refused() {
        let refused = post(&account(Some(&[CORP])), TEXT, "").unwrap_err();
        assert_eq!(refused, Rejection::PlaintextRefused);
    }

    #[test]
    fn the_signature_covers_the_ciphertext() {
        let account = account(Some(&[CORP]));
        let (signed, other) = (sealed_for(CORP, TEXT), sealed_for(CORP, "<xml><A>1</A></xml>"));
        for body in envelopes(&other) {
            let refused = post(&account, &body, &signed).unwrap_err();
            assert_eq!(refused, Rejection::MsgSignatureMismatch, "{body}");
        }
    }
}

mod ids {
    use super::*;

    #[test]
    fn a_push_without_msg_id_and_sender_is_known_by_its_plaintext() {
        let account = account(Some(&[CORP, SUITE]));
        let ticket = |ticket: &str| {
            format!(
                "<xml><SuiteId><![CDATA[{SUITE}]]></SuiteId><InfoType><![CDATA[suite_ticket]]></InfoType>\
                 <TimeStamp>1714036504</TimeStamp><SuiteTicket><![CDATA[{ticket}]]></SuiteTicket></xml>"
            )
        };
        let customer = |token: &str| {
            format!(
                "<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><CreateTime>1714036504</CreateTime>\
                 <MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event>\
                 <Token><![CDATA[{token}]]></Token><OpenKfId><![CDATA[wk1]]></OpenKfId></xml>"
            )
        };
        for made in [&ticket as &dyn Fn(&str) -> String, &customer] {
            let id = |token| push(&account, CORP, &made(token)).unwrap().id;
            let hash = String::from_utf8(signature::sign([made("one").as_bytes()]).to_vec());
            assert_eq!(id("one"), hash.unwrap());
            assert_ne!(id("one"), id("two"));
        }
    }
}

mod other_side {
    use super::*;

    #[test]
    fn the_gateway_speaks_wecom() {
        let account = account(Some(&[CORP]));
        let request = gateway::handshake(&account, NOW, [9; ENTROPY]);
        let names: Vec<_> = request.query.0.iter().map(|(name, _)| name.as_ref()).collect();
        assert_eq!(names, ["msg_signature", "echostr", "timestamp", "nonce"]);
        let url = url(&request.query);
        let heard = receive_handshake(&account, &url).unwrap().echostr;
        assert_eq!(Some(heard.as_ref()), request.echo.as_deref());
        for format in [Format::Xml, Format::Json] {
            for message in [
                r#"{"MsgType":"text","Content":"hi"}"#,
                r#"{"Event":"change_contact","ChangeType":"create_user","UserID":"zhangsan"}"#,
                r#"{"InfoType":"suite_ticket","SuiteTicket":"t"}"#,
            ] {
                let request = gateway::push(&account, message, format, NOW, [9; ENTROPY]).unwrap();
                let names: Vec<_> = request.query.0.iter().map(|(name, _)| name.as_ref()).collect();
                assert_eq!(names, ["msg_signature", "timestamp", "nonce"]);
                let (url, mut scratch) = (self::url(&request.query), Scratch::default());
                let body = Body::Bytes(request.body.as_bytes());
                let received = receive_message(&account, &url, body, NOW, &mut scratch).unwrap();
                assert_eq!(received.json(), request.message);
            }
        }
    }

    fn url(query: &Object) -> String {
        let pairs = query.0.iter().map(|(name, value)| {
            let Value::Text(text) = value else { panic!("{name}") };
            format!("{name}={}", encoded(text))
        });
        format!("/?{}", pairs.collect::<Vec<_>>().join("&"))
    }
}
