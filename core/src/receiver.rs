//! One request in, one outcome out.

use std::borrow::Cow;

use crate::{Account, Query, Rejection};

/// One HTTP request as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `GET`, `POST`, …
    pub method: &'a [u8],
    /// The request target, with its query.
    pub url: &'a [u8],
}

/// What a request is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// WeChat checks the URL that was entered in its console: answer with exactly this.
    Handshake {
        /// The parameter, decoded.
        echostr: Cow<'a, str>,
    },
}

impl Account {
    /// Says what a request is.
    ///
    /// # Errors
    /// Why it is none of WeChat's, or none that this account takes.
    pub fn receive<'a>(&self, request: Request<'a>) -> Result<Outcome<'a>, Rejection> {
        match request.method {
            b"GET" => self.handshake(request.url),
            b"POST" => Err(Rejection::NotImplemented),
            _ => Err(Rejection::MethodNotAllowed),
        }
    }

    fn handshake<'a>(&self, url: &'a [u8]) -> Result<Outcome<'a>, Rejection> {
        let query = Query::of_url(url)?;
        let signature = required("signature", query.signature.as_deref())?;
        let timestamp = required("timestamp", query.timestamp.as_deref())?;
        let nonce = required("nonce", query.nonce.as_deref())?;
        if !self.signed(signature, timestamp, nonce) {
            return Err(Rejection::SignatureMismatch);
        }
        let echostr =
            query.echostr.filter(|text| !text.is_empty()).ok_or(Rejection::MissingEchostr)?;
        Ok(Outcome::Handshake { echostr })
    }
}

fn required<'q>(name: &'static str, value: Option<&'q str>) -> Result<&'q str, Rejection> {
    value.ok_or(Rejection::MissingParameter(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AccountOptions;

    const OFFICIAL: &str = "/wx?signature=f464b24fc39322e44b38aa78f5edd27bd1441696\
                            &timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249";

    fn receive<'a>(
        tokens: &[&str],
        method: &'a str,
        url: &'a str,
    ) -> Result<Outcome<'a>, Rejection> {
        let tokens = tokens.iter().map(ToString::to_string).collect();
        let account = Account::new(AccountOptions { tokens }).unwrap();
        account.receive(Request { method: method.as_bytes(), url: url.as_bytes() })
    }

    #[test]
    fn answers_the_official_example() {
        let outcome = Outcome::Handshake { echostr: "4375120948345356249".into() };
        assert_eq!(receive(&["AAAAA"], "GET", OFFICIAL), Ok(outcome.clone()));
        assert_eq!(receive(&["current", "AAAAA"], "GET", OFFICIAL), Ok(outcome));
    }

    #[test]
    fn refuses_what_is_no_handshake() {
        let refused = |url: &str| receive(&["AAAAA"], "GET", url).unwrap_err();
        assert_eq!(receive(&["BBBBB"], "GET", OFFICIAL), Err(Rejection::SignatureMismatch));
        assert_eq!(refused("/wx"), Rejection::MissingParameter("signature"));
        assert_eq!(
            refused(&OFFICIAL.replace("&nonce", "&non")),
            Rejection::MissingParameter("nonce")
        );
        assert_eq!(
            refused(&OFFICIAL.replace("&timestamp", "&t")),
            Rejection::MissingParameter("timestamp")
        );
        assert_eq!(refused(&OFFICIAL.replace("&echostr", "&e")), Rejection::MissingEchostr);
        assert_eq!(
            refused(&(OFFICIAL.to_owned() + "&nonce=1514711492")),
            Rejection::RepeatedParameter("nonce")
        );
        assert_eq!(refused(&OFFICIAL.replace("=f464", "=F464")), Rejection::SignatureMismatch);
    }

    #[test]
    fn takes_get_and_post_only() {
        for method in ["PUT", "HEAD", "get", ""] {
            assert_eq!(
                receive(&["AAAAA"], method, OFFICIAL),
                Err(Rejection::MethodNotAllowed),
                "{method}"
            );
        }
    }

    #[test]
    fn statuses_and_codes() {
        assert_eq!(Rejection::MethodNotAllowed.status(), 405);
        assert_eq!(Rejection::MissingEchostr.status(), 400);
        assert_eq!(Rejection::SignatureMismatch.code(), Some(-40001));
    }
}
