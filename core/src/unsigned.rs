//! What a POST is to an account that trusts more than signatures.

use crate::account::Account;
use crate::body::Body;
use crate::document::Value;
use crate::message::Message;
use crate::query::{Parameter, Query};
use crate::receiver::{Scratch, is_unsigned, receive_message, write_unsigned};
use crate::rejection::Rejection;
use crate::trust::{ACTION, LOOKED_AT, Trust};

/// A POST that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "nearly all are messages")]
pub enum Trusted<'a> {
    /// A look at whether the path answers, which wants to hear this.
    Check(&'static str),
    /// A message or an event.
    Message(Message<'a>),
}

/// So many bytes has a look at the path at the most.
const CHECK: usize = 256;

/// The same as [`receive_message`] for an account with [`trust`](crate::AccountOptions::trust): what is signed is verified
/// as ever where there is a Token for it; what is not is taken where `is_vouched`, that is where the request has one of
/// the [`headers`](Trust::headers).
///
/// A look at the path is answered to anybody: it makes nothing happen.
///
/// # Errors
/// Why it is none of WeChat's, or none that this account takes.
pub fn receive_trusting<'a>(
    account: &Account,
    url: &'a str,
    body: Body<'a>,
    now: u64,
    is_vouched: bool,
    scratch: &'a mut Scratch,
) -> Result<Trusted<'a>, Rejection> {
    let query = Query::of_url(url)?;
    if !is_unsigned(account, &query) {
        return receive_message(account, url, body, now, scratch).map(Trusted::Message);
    }
    account.check_size(body.len())?;
    if account.trust.is_some_and(|trust| is_check(trust, body, account)) {
        return Ok(Trusted::Check(LOOKED_AT));
    }
    if !is_vouched {
        return Err(Rejection::OutsideCloud);
    }
    write_unsigned(account, query, body.content(account.platform)?, scratch)
        .map_err(|refused| match refused {
            // Of what is encrypted, that is the first thing that is missing.
            Rejection::EncryptedWithoutKey => {
                Rejection::MissingParameter(Parameter::MsgSignature.name())
            }
            refused => refused,
        })
        .map(Trusted::Message)
}

fn is_check(trust: &Trust, body: Body, account: &Account) -> bool {
    body.len() <= CHECK
        && body.content(account.platform).is_ok_and(|content| {
            content.fields(account.platform.family).is_ok_and(|fields| {
                let action = fields.get(ACTION);
                matches!(action, Some(Value::Text(action)) if action == trust.check)
            })
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::account::AccountOptions;
    use crate::signature;

    const TEXT: &str = "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName>\
                        <CreateTime>1714036504</CreateTime><MsgType>text</MsgType>\
                        <Content>hi</Content><MsgId>1</MsgId></xml>";
    const CHECKS: [&str; 3] = [
        r#"{"action":"CheckContainerPath"}"#,
        "<xml><action>CheckContainerPath</action></xml>",
        "\u{feff} <xml>\n <action><![CDATA[CheckContainerPath]]></action></xml>",
    ];
    const NOW: u64 = 1_714_036_504;

    fn account(token: Option<&str>, trust: Option<&str>) -> Account {
        Account::new(AccountOptions {
            tokens: token.map(Into::into).into_iter().collect(),
            trust: trust.map(Into::into),
            tolerance: 300,
            body_limit: 4096,
            ..AccountOptions::default()
        })
        .unwrap()
    }

    /// What becomes of a POST: `check`, the text of the message, or the reason.
    fn taken(account: &Account, url: &str, body: Body, is_vouched: bool) -> String {
        let mut scratch = Scratch::default();
        match receive_trusting(account, url, body, NOW, is_vouched, &mut scratch) {
            Ok(Trusted::Check(answer)) => answer.into(),
            Ok(Trusted::Message(message)) => {
                assert!(message.authentication().is_none() || url.contains("signature"));
                message.json().into()
            }
            Err(refused) => refused.reason().into(),
        }
    }

    fn signed(token: &str) -> String {
        let signature = signature::sign_text([token, "1714036504", "15"]);
        format!("/?signature={signature}&timestamp=1714036504&nonce=15")
    }

    #[test]
    fn what_is_unsigned_needs_a_header() {
        for token in [None, Some("sesame")] {
            let account = account(token, Some("cloudrun"));
            let body = Body::Bytes(TEXT.as_bytes());
            assert!(taken(&account, "/push", body, true).contains(r#""Content":"hi""#));
            assert_eq!(taken(&account, "/push", body, false), "outside_cloud");
            assert_eq!(check_url_of(&account, "/push"), Ok(()));
        }
    }

    #[test]
    fn a_token_checks_what_is_signed_whatever_the_headers_are() {
        let account = account(Some("sesame"), Some("cloudrun"));
        let body = Body::Bytes(TEXT.as_bytes());
        for is_vouched in [true, false] {
            assert!(taken(&account, &signed("sesame"), body, is_vouched).contains("hi"));
            let forged = taken(&account, &signed("other"), body, is_vouched);
            assert_eq!(forged, "signature_mismatch");
            let half = taken(&account, "/?msg_signature=x", body, is_vouched);
            assert_eq!(half, "missing_parameter");
        }
        assert!(check_url_of(&account, &signed("other")).is_err());
    }

    #[test]
    fn without_a_token_a_signature_says_nothing() {
        let account = account(None, Some("cloudrun"));
        let body = Body::Bytes(TEXT.as_bytes());
        assert!(taken(&account, &signed("any"), body, true).contains("hi"));
        assert_eq!(taken(&account, &signed("any"), body, false), "outside_cloud");
        // Not even that of an empty Token, which anybody can make.
        let url = format!("{}&echostr=1", signed(""));
        assert_eq!(
            crate::receiver::receive_handshake(&account, &url),
            Err(Rejection::OutsideCloud)
        );
        assert_eq!(taken(&account, &signed(""), body, false), "outside_cloud");
    }

    #[test]
    fn a_look_at_the_path_is_answered_to_anybody() {
        let account = account(None, Some("cloudrun"));
        for check in CHECKS {
            for is_vouched in [true, false] {
                let body = Body::Bytes(check.as_bytes());
                assert_eq!(taken(&account, "/", body, is_vouched), "success", "{check}");
            }
        }
        let parsed = Body::Parsed(br#"{"xml":{"action":["CheckContainerPath"]}}"#);
        assert_eq!(taken(&account, "/", parsed, false), "success");
        for other in [
            r#"{"action":"checkcontainerpath"}"#,
            r#"{"action":["CheckContainerPath"]}"#,
            r#"{"x":{"action":"CheckContainerPath"}}"#,
            "CheckContainerPath",
            "",
        ] {
            let body = Body::Bytes(other.as_bytes());
            assert_eq!(taken(&account, "/", body, false), "outside_cloud", "{other}");
        }
    }

    #[test]
    fn what_is_encrypted_has_to_be_signed() {
        let account = account(None, Some("cloudrun"));
        let body = Body::Bytes(b"<xml><ToUserName>gh_1</ToUserName><Encrypt>AAAA</Encrypt></xml>");
        assert_eq!(taken(&account, "/", body, true), "missing_parameter");
        assert_eq!(taken(&account, "/", Body::Bytes(&[b'x'; 5000]), true), "body_too_large");
    }

    #[test]
    fn without_trust_a_token_is_needed_and_nothing_is_believed() {
        let options = AccountOptions::default();
        assert_eq!(Account::new(options).unwrap_err().option, "token");
        let options = AccountOptions { trust: Some("cloud".into()), ..AccountOptions::default() };
        assert_eq!(Account::new(options).unwrap_err().option, "trust");
        let account = account(Some("sesame"), None);
        for body in [TEXT, CHECKS[0], CHECKS[1]] {
            let reason = taken(&account, "/", Body::Bytes(body.as_bytes()), true);
            assert_eq!(reason, "missing_parameter");
        }
    }

    fn check_url_of(account: &Account, url: &str) -> Result<(), Rejection> {
        crate::receiver::check_url(account, url, NOW)
    }

    proptest! {
        #[test]
        fn nothing_from_outside_is_a_message(
            url in "[a-z/]{0,8}(\\?([a-z_]{0,9}=[a-z0-9%]{0,9}&?){0,4})?",
            body in proptest::collection::vec(any::<u8>(), 0..400),
        ) {
            let account = account(None, Some("cloudrun"));
            let refused = taken(&account, &url, Body::Bytes(&body), false);
            let known = ["outside_cloud", "repeated_parameter", "undecodable_parameter"];
            prop_assert!(known.contains(&refused.as_str()), "{refused}");
            taken(&account, &url, Body::Bytes(&body), true);
        }
    }
}
