//! The parameters that WeChat appends to the URL.

use std::borrow::Cow;

use memchr::{memchr, memchr2};
use percent_encoding::percent_decode_str;
use wechat_push_clues::NAMES;

use crate::rejection::Rejection;

/// A parameter that WeChat appends, in the order of [`NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// SHA-1 over Token, timestamp and nonce.
    Signature,
    /// SHA-1 over Token, timestamp, nonce and `Encrypt`.
    MsgSignature,
    /// When it was sent, seconds since 1970.
    Timestamp,
    /// Chosen by the sender.
    Nonce,
    /// What the handshake wants to hear back.
    Echostr,
    /// `aes` for an encrypted body.
    EncryptType,
    /// The user who caused the push.
    Openid,
}

/// The known parameters of one push, percent-decoded. Parameters of other names are passed over:
/// they belong to the address that the owner entered in the console.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Query<'a> {
    values: [Option<Cow<'a, str>>; NAMES.len()],
}

impl Parameter {
    /// The name in the URL.
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }
}

impl<'a> Query<'a> {
    /// Reads the query of a request target such as `/push?signature=…&timestamp=…`.
    ///
    /// # Errors
    /// A known parameter that is repeated, or whose value is not UTF-8 once decoded.
    pub fn of_url(url: &'a str) -> Result<Self, Rejection> {
        let mut query = Self::default();
        let mut rest = cut(url, memchr(b'?', url.as_bytes())).1;
        // Few pushes have any, and one look at all values is quicker than one at each.
        let is_encoded = memchr2(b'+', b'%', rest.as_bytes()).is_some();
        while !rest.is_empty() {
            let (pair, next) = cut(rest, memchr(b'&', rest.as_bytes()));
            rest = next;
            // `memchr` is no quicker in a text as short as a name.
            let (name, value) = cut(pair, pair.bytes().position(|byte| byte == b'='));
            let Some(index) = NAMES.iter().position(|known| *known == name) else { continue };
            let slot = &mut query.values[index];
            if slot.is_some() {
                return Err(Rejection::RepeatedParameter(NAMES[index]));
            }
            let decoded = if is_encoded { decode(value) } else { Some(value.into()) };
            *slot = Some(decoded.ok_or(Rejection::UndecodableParameter(NAMES[index]))?);
        }
        Ok(query)
    }

    /// The value of a parameter.
    pub fn get(&self, parameter: Parameter) -> Option<&str> {
        self.values[parameter as usize].as_deref()
    }

    pub(crate) fn required(&self, parameter: Parameter) -> Result<&str, Rejection> {
        self.get(parameter).ok_or(Rejection::MissingParameter(parameter.name()))
    }

    pub(crate) fn take(&mut self, parameter: Parameter) -> Option<Cow<'a, str>> {
        self.values[parameter as usize].take()
    }

    /// The names and values of those that are there.
    pub fn known(&self) -> impl Iterator<Item = (&'static str, &str)> {
        NAMES
            .into_iter()
            .zip(&self.values)
            .filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }
}

/// What stands before and behind the byte `at`; all and nothing without it.
fn cut(text: &str, at: Option<usize>) -> (&str, &str) {
    match at {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    }
}

/// `+` is a blank and `%XX` a byte, as in every HTML form; a stray `%` stays.
fn decode(value: &str) -> Option<Cow<'_, str>> {
    if memchr2(b'+', b'%', value.as_bytes()).is_none() {
        return Some(Cow::Borrowed(value));
    }
    let spaced = value.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(|text| Cow::Owned(text.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_the_parameters_in_any_order() {
        let query =
            Query::of_url("/wx?nonce=n&b=2&signature=s&echostr=e&timestamp=1&x=1&x=2").unwrap();
        assert_eq!(query.get(Parameter::Signature), Some("s"));
        assert_eq!(query.get(Parameter::Timestamp), Some("1"));
        assert_eq!(query.get(Parameter::Nonce), Some("n"));
        assert_eq!(query.get(Parameter::Echostr), Some("e"));
        assert_eq!(query.get(Parameter::MsgSignature), None);
    }

    #[test]
    fn decodes_plus_and_percent() {
        let value = |text: &str| {
            let url = format!("/?echostr={text}");
            Query::of_url(&url).map(|query| query.get(Parameter::Echostr).unwrap().to_owned())
        };
        assert_eq!(value("a+b").unwrap(), "a b");
        assert_eq!(value("a%2Bb%3d%3D").unwrap(), "a+b==");
        assert_eq!(value("%E4%BD%A0").unwrap(), "你");
        assert_eq!(value("100%").unwrap(), "100%");
        assert_eq!(value("%zz%4").unwrap(), "%zz%4");
        assert_eq!(value("a=b").unwrap(), "a=b");
        assert_eq!(value("%ff"), Err(Rejection::UndecodableParameter("echostr")));
    }

    #[test]
    fn refuses_a_repeated_parameter() {
        assert_eq!(Query::of_url("/?nonce=1&nonce=1"), Err(Rejection::RepeatedParameter("nonce")));
    }

    #[test]
    fn brackets_make_another_name() {
        assert_eq!(Query::of_url("/?nonce[]=1&nonce[a]=2").unwrap().get(Parameter::Nonce), None);
    }

    #[test]
    fn reads_odd_urls() {
        for url in ["", "?", "/", "/?", "/?&&", "/?=", "/?signature", "/?&=&=&"] {
            let query = Query::of_url(url).unwrap();
            assert_eq!(query.get(Parameter::Nonce), None, "{url}");
        }
        assert_eq!(Query::of_url("nonce=1").unwrap().get(Parameter::Nonce), None);
        assert_eq!(Query::of_url("/?nonce").unwrap().get(Parameter::Nonce), Some(""));
    }

    proptest! {
        #[test]
        fn never_panics(url in "[?&=%+a-fA-F0-9é好]{0,80}") {
            let _ = Query::of_url(&url);
        }

        #[test]
        fn reads_back_what_was_encoded(nonce in ".{0,40}", echostr in ".{0,40}") {
            use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
            let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
            let url = format!("/wx?nonce={}&echostr={}", encode(&nonce), encode(&echostr));
            let query = Query::of_url(&url).unwrap();
            prop_assert_eq!(query.get(Parameter::Nonce), Some(nonce.as_str()));
            prop_assert_eq!(query.get(Parameter::Echostr), Some(echostr.as_str()));
        }

        #[test]
        fn agrees_with_the_naive_reference(pairs in proptest::collection::vec(("(nonce|echostr|openid|x)", "[a-z0-9=]{0,8}"), 0..6)) {
            let url = "/?".to_owned() + &pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
            let values = |name: &str| pairs.iter().filter(|pair| pair.0 == name).map(|pair| pair.1.as_str()).collect::<Vec<_>>();
            let known = ["nonce", "echostr", "openid"];
            match Query::of_url(&url) {
                Err(_) => prop_assert!(known.iter().any(|name| values(name).len() > 1)),
                Ok(query) => for (name, parameter) in known.iter().zip([Parameter::Nonce, Parameter::Echostr, Parameter::Openid]) {
                    prop_assert_eq!(query.get(parameter).into_iter().collect::<Vec<_>>(), values(name));
                },
            }
        }
    }
}
