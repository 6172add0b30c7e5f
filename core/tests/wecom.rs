//! Applications of WeCom: what they accept, what they refuse, and how they are answered.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod support;

use support::{KEY, NOW, TOKEN, owned};
use wechat_push_core::document::{Format, Object, Value};
use wechat_push_core::envelope::Key;
use wechat_push_core::gateway::{self, ENTROPY, read_answer};
use wechat_push_core::{
    Account, AccountError, AccountOptions, Body, HandlerValue, Message, Rejection, ReplyAddress,
    Scratch, Takes, receive_handshake, receive_message, reply, signature,
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
    shaken(account, receiver, echo).map(|(echostr, _)| echostr)
}

/// The echostr, and whom it is for.
fn shaken(
    account: &Account,
    receiver: &str,
    echo: &str,
) -> Result<(String, Option<String>), Rejection> {
    let echostr = sealed_for(receiver, echo);
    let url = format!("{}&echostr={}", query(&echostr, "any-nonce"), encoded(&echostr));
    receive_handshake(account, &url)
        .map(|handshake| (handshake.echostr.into_owned(), handshake.receive_id))
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

/// Both are signed alike, and the answer to a handshake is plaintext.
#[test]
fn a_push_does_not_come_back_as_an_echo() {
    for text in [TEXT, JSON_TEXT, " <xml></xml>"] {
        let refused = handshake(&account(Some(&[CORP])), CORP, text).unwrap_err();
        assert_eq!(refused, Rejection::Replayed);
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
                shaken(&account, receiver, "4375120948345356249").unwrap(),
                ("4375120948345356249".to_owned(), Some(receiver.to_owned()))
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
            let read = read_answer(&only, answer.as_bytes(), Format::Xml, &Object::default(), "");
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
            let read = read_answer(&account, answer.as_bytes(), format, &Object::default(), "");
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
            assert_eq!(message.as_ref().map(Message::raw), Ok(TEXT), "{parsed}");
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

mod messages {
    use super::*;

    /// What arrives of an event with these elements.
    fn event(elements: &str) -> String {
        let body = format!(
            "<xml><ToUserName>{CORP}</ToUserName><FromUserName>sys</FromUserName><CreateTime>1</CreateTime>\
             <MsgType>event</MsgType>{elements}</xml>"
        );
        push(&account(Some(&[CORP])), CORP, &body).unwrap().json
    }

    #[track_caller]
    fn has(json: &str, part: &str) {
        assert!(json.contains(part), "{part} is not in {json}");
    }

    #[test]
    fn what_changed_is_the_second_level_of_a_name() {
        let id = |name: &str, change: &str| {
            event(&format!("<Event>{name}</Event><ChangeType>{change}</ChangeType><Id>2</Id>"))
        };
        has(&id("change_contact", "create_party"), r#""Id":2"#);
        has(&id("change_external_tag", "create"), r#""Id":"2""#);
        // In two families.
        has(&id("change_external_contact", "del_follow_user"), r#""ChangeType":"del_follow_user""#);
        // What is not known comes through as it came.
        has(&id("change_contact", "brand_new"), r#""Id":"2""#);
    }

    #[test]
    fn infos_are_read_like_the_events() {
        let body = format!(
            "<xml><SuiteId>{SUITE}</SuiteId><AuthCorpId>{CORP}</AuthCorpId><InfoType>change_contact</InfoType>\
             <TimeStamp>1403610513</TimeStamp><ChangeType>create_party</ChangeType><Id>2</Id></xml>"
        );
        let received = push(&account(Some(&[SUITE])), SUITE, &body).unwrap();
        has(&received.json, r#""TimeStamp":1403610513"#);
        has(&received.json, r#""Id":2"#);
        assert_eq!(received.address.takes, Takes::Nothing);
    }

    #[test]
    fn lists_with_commas_stay_text() {
        let json = event(
            "<Event>change_contact</Event><ChangeType>create_user</ChangeType><UserID>a</UserID>\
             <Department>1,2</Department><IsLeaderInDept>1,0</IsLeaderInDept>",
        );
        has(&json, r#""Department":"1,2","IsLeaderInDept":"1,0""#);
    }

    #[test]
    fn spellings_that_differ_arrive_as_one() {
        let json = event(
            "<Event>template_card_event</Event><SelectedItems><SelectedItem><QuestionKey>q</QuestionKey>\
             <OpitonIds><OpitonId>1</OpitonId><OpitonId>2</OpitonId></OpitonIds></SelectedItem></SelectedItems>",
        );
        has(&json, r#"[{"QuestionKey":"q","OptionIds":{"OptionId":["1","2"]}}]"#);
        has(&event("<Event>taskcard_click</Event><AgentId>7</AgentId>"), r#""AgentID":7"#);
        let json = event(
            "<Event>open_approval_change</Event><ApprovalInfo><NotifyNodes><NotifyNode><ItemUserid>a</ItemUserid>\
             </NotifyNode></NotifyNodes><ApproverStep>1</ApproverStep></ApprovalInfo>",
        );
        has(&json, r#""NotifyNode":[{"ItemUserId":"a"}]"#);
        has(&json, r#""approverstep":1"#);
        // The official one counts where both are there.
        let json = event("<Event>taskcard_click</Event><AgentId>7</AgentId><AgentID>8</AgentID>");
        has(&json, r#""AgentID":8"#);
    }

    #[test]
    fn a_list_that_came_as_one_text_is_a_list() {
        let change = "<Event>change_external_chat</Event><ChangeType>update</ChangeType>";
        for (sent, read) in [
            ("<MemChangeList>a,b</MemChangeList>", r#"{"Item":["a","b"]}"#),
            ("<MemChangeList>a</MemChangeList>", r#"{"Item":["a"]}"#),
            ("<MemChangeList> </MemChangeList>", r#"{"Item":[]}"#),
            (
                "<MemChangeList><Item>a</Item><Item>b</Item></MemChangeList>",
                r#"{"Item":["a","b"]}"#,
            ),
        ] {
            has(&event(&format!("{change}{sent}")), &format!(r#""MemChangeList":{read}"#));
        }
    }

    #[test]
    fn the_platform_decides_which_row_applies() {
        let body = "<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime>\
            <MsgType>event</MsgType><Event>view_miniprogram</Event><AgentID>7</AgentID></xml>";
        assert_eq!(push(&account(None), CORP, body).unwrap().address.takes, Takes::Any);
        let unsubscribe = |event| body.replace("view_miniprogram", event);
        let secure = Account::new(support::options("secure")).unwrap();
        for (event, wechat, wecom) in [
            ("unsubscribe", Takes::Nothing, Takes::Nothing),
            ("location_select", Takes::Any, Takes::Nothing),
            ("template_card_event", Takes::Any, Takes::Update),
        ] {
            let body = unsubscribe(event);
            assert_eq!(push(&account(None), CORP, &body).unwrap().address.takes, wecom, "{event}");
            let received = support::send_sealed(&secure, &body).unwrap();
            assert_eq!(received.address.takes, wechat, "{event}");
        }
    }
}

mod replies {
    use super::*;

    /// What is held against a reply to a push of these elements.
    fn objection(elements: &str, value: &str) -> Option<&'static str> {
        let body = format!(
            "<xml><ToUserName>{CORP}</ToUserName><FromUserName>zhangsan</FromUserName>\
             <CreateTime>1</CreateTime>{elements}</xml>"
        );
        let account = account(Some(&[CORP]));
        let Received { address, .. } = push(&account, CORP, &body).unwrap();
        let verdict = reply(&account, &address, HandlerValue::Json(value), NOW, [7; 16]).unwrap();
        verdict.objection.map(|objection| objection.rule())
    }

    const MESSAGE: &str = "<MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId>";

    fn event(name: &str) -> String {
        format!("<MsgType>event</MsgType><Event>{name}</Event>")
    }

    #[test]
    fn a_message_takes_what_the_page_lists() {
        for value in [
            r#""hi""#,
            r#"{"MsgType":"image","Image":{"MediaId":"m"}}"#,
            r#"{"MsgType":"voice","Voice":{"MediaId":"m"}}"#,
            r#"{"MsgType":"video","Video":{"MediaId":"m"}}"#,
            r#"{"MsgType":"news","ArticleCount":1,"Articles":{"item":[{"Title":"t"}]}}"#,
        ] {
            assert_eq!(objection(MESSAGE, value), None, "{value}");
            assert_eq!(objection(&event("enter_agent"), value), None, "{value}");
            assert_eq!(objection(&event("change_contact"), value), None, "unknown: {value}");
            assert_eq!(objection(&event("batch_job_result"), value), Some("reply_not_wanted"));
        }
        let music = r#"{"MsgType":"music","Music":{"ThumbMediaId":"m"}}"#;
        let transfer = r#"{"MsgType":"transfer_customer_service"}"#;
        for value in [music, transfer] {
            assert_eq!(objection(MESSAGE, value), Some("reply_not_taken"));
        }
    }

    #[test]
    fn data_is_no_answer() {
        assert_eq!(objection(&event("brand_new"), r#"{"ErrCode":0}"#), Some("data_not_wanted"));
        let info = "<InfoType>create_auth</InfoType><AuthCode>a</AuthCode>";
        assert_eq!(objection(info, r#"{"ErrCode":0}"#), Some("data_not_wanted"));
        assert_eq!(objection(info, r#""hi""#), Some("reply_not_wanted"));
        assert_eq!(objection(info, r#""success""#), None);
    }

    #[test]
    fn a_card_takes_its_update_alone() {
        let updates = [
            r#"{"MsgType":"update_button","Button":{"ReplaceName":"done"}}"#,
            r#"{"MsgType":"update_taskcard","TaskCard":{"ReplaceName":"done"}}"#,
            r#"{"MsgType":"update_template_card","TemplateCard":{"CardType":"text_notice"}}"#,
        ];
        for value in updates {
            assert_eq!(objection(&event("template_card_event"), value), None);
            assert_eq!(objection(&event("taskcard_click"), value), None);
            assert_eq!(objection(MESSAGE, value), Some("update_not_wanted"));
        }
        assert_eq!(objection(&event("template_card_event"), r#""hi""#), Some("update_wanted"));
        for (value, rule) in [
            (r#"{"MsgType":"update_button"}"#, "missing_part"),
            (r#"{"MsgType":"update_button","Button":{"ReplaceName":" "}}"#, "blank_part"),
            (r#"{"MsgType":"update_template_card","TemplateCard":[]}"#, "wrong_part"),
            (
                r#"{"MsgType":"update_template_card","TemplateCard":{"CardType":"text_notice","JumpList":[1,2,3,4]}}"#,
                "many_items",
            ),
        ] {
            assert_eq!(objection(&event("template_card_event"), value), Some(rule), "{value}");
        }
    }

    #[test]
    fn a_list_of_a_card_is_its_element_again_and_again() {
        let body = format!(
            "<xml><ToUserName>{CORP}</ToUserName><FromUserName>zhangsan</FromUserName>{}</xml>",
            event("template_card_event")
        );
        let account = account(Some(&[CORP]));
        let Received { address, .. } = push(&account, CORP, &body).unwrap();
        let value = r#"{"MsgType":"update_template_card","TemplateCard":{"CardType":"c","JumpList":[{"Title":"a"},{"Title":"b"}]}}"#;
        let sealed =
            reply(&account, &address, HandlerValue::Json(value), NOW, [7; 16]).unwrap().reply;
        let envelope = Object::read(Format::Xml, &sealed.body).unwrap();
        let opened = Key::new(KEY).unwrap().open(envelope.text("Encrypt").unwrap(), CORP).unwrap();
        has(
            &opened,
            "<JumpList><Title><![CDATA[a]]></Title></JumpList><JumpList><Title><![CDATA[b]]></Title></JumpList>",
        );
    }

    #[track_caller]
    fn has(text: &str, part: &str) {
        assert!(text.contains(part), "{text}");
    }

    #[test]
    fn a_text_has_2048_bytes() {
        for (bytes, rule) in [(2048, None), (2049, Some("long_text"))] {
            assert_eq!(objection(MESSAGE, &format!("{:?}", "a".repeat(bytes))), rule);
        }
    }
}

/// What a user typed stays text, here as well.
mod hostile {
    use super::*;

    #[test]
    fn typed_texts_change_no_other_field() {
        for typed in [
            "]]></Content><FromUserName><![CDATA[boss]]></FromUserName><Content><![CDATA[x",
            "]]></Content><AgentID>1</AgentID><Content><![CDATA[x",
            "]]></Content><Event>change_contact</Event><Content><![CDATA[x",
            "]]></Content><ChangeType>create_user</ChangeType><Content><![CDATA[x",
            "]]></Content><MsgType>event</MsgType><Content><![CDATA[x",
            "]]></Content><!--",
            "&lt;b&gt;]]>",
        ] {
            let body = TEXT.replace("<![CDATA[hi]]>", &format!("<![CDATA[{typed}]]>"));
            let received = push(&account(Some(&[CORP])), CORP, &body).unwrap();
            let message = Object::of_json(&received.json).unwrap();
            assert_eq!(message.text("Content"), Some(typed));
            assert_eq!(message.text("FromUserName"), Some("zhangsan"));
            assert_eq!(message.text("AgentID"), Some("1000002"));
            assert_eq!(message.0.len(), 7);
        }
    }

    #[test]
    fn what_is_no_push_is_refused() {
        let account = account(Some(&[CORP]));
        let deep = format!("<xml>{}{}</xml>", "<a>".repeat(40), "</a>".repeat(40));
        for (text, reason) in [
            ("", "empty_body"),
            ("success", "malformed_body"),
            ("<xml></xml>", "malformed_body"),
            ("<!DOCTYPE xml><xml><A>1</A></xml>", "doctype_refused"),
            (deep.as_str(), "malformed_body"),
            ("[1]", "malformed_body"),
        ] {
            assert_eq!(push(&account, CORP, text).unwrap_err().reason(), reason, "{text}");
        }
    }

    #[test]
    fn neither_is_a_broken_envelope() {
        let account = account(Some(&[CORP]));
        for ciphertext in ["", "!", "QUJD", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="] {
            for body in envelopes(ciphertext) {
                let refused = post(&account, &body, ciphertext).unwrap_err();
                assert!(matches!(refused, Rejection::InvalidBase64 | Rejection::DecryptionFailed));
            }
            let url = format!("{}&echostr={}", query(ciphertext, "n"), encoded(ciphertext));
            assert!(receive_handshake(&account, &url).is_err());
        }
    }
}
