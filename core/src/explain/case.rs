//! One request and the accounts that may have to take it: the verdict and the hints.

use wechat_push_clues::{Hint, Pasted, Signed, Signer, Suspects, shown};

use crate::account::{Account, Mode};
use crate::body::{Body, Content};
use crate::document::find_text;
use crate::explain::account_hints::{option_hint, token_hint};
use crate::explain::bots;
use crate::explain::named_account::{NamedAccount, is_corp_id, is_opened};
use crate::explain::request::ExplainRequest;
use crate::explain::verdict::Verdict;
use crate::explain::wrapped::wrapping;
use crate::message::names::{AGENT_ID, APP_ID, MSG_TYPE, SERVICE_CORP_ID, SUITE_ID, TO_USER_NAME};
use crate::platform::{WECHAT, WECOM};
use crate::query::{Parameter, Query};
use crate::receiver::{Scratch, check_signature, is_unsigned, receive_handshake};
use crate::rejection::Rejection;
use crate::trust::ACTION;
use crate::unsigned::{Trusted, receive_trusting};

/// The name of the ciphertext in a body, the same in both formats.
const ENCRYPT: &str = WECHAT.xml_envelopes[0].ciphertext;

/// One request, and who was to take it.
pub(super) struct Case<'a> {
    method: String,
    pasted: Pasted,
    repaired: [Option<String>; 3],
    body: Option<Body<'a>>,
    encrypt: Option<String>,
    now: Option<u64>,
    mine: &'a NamedAccount,
    others: &'a [NamedAccount],
}

impl<'a> Case<'a> {
    pub(super) fn new(
        request: ExplainRequest<'a>,
        mine: &'a NamedAccount,
        others: &'a [NamedAccount],
    ) -> Self {
        // Who knows the method has the request itself, so that its URL need not be looked for.
        let pasted = if request.method.is_some() && Pasted::is_url(request.text) {
            Pasted::url(request.text)
        } else {
            Pasted::read(request.text)
        };
        let parameters = &pasted.parameters;
        let likely = if parameters.get("echostr").is_some() { "GET" } else { "POST" };
        let method = request.method.or(pasted.method.as_deref()).unwrap_or(likely).to_owned();
        let body = request.body.filter(|_| method == "POST");
        Self {
            method,
            repaired: ["timestamp", "nonce", "echostr"].map(|name| parameters.repaired(name)),
            pasted,
            body,
            encrypt: body.and_then(encrypt_of),
            now: request.now,
            mine,
            others,
        }
    }

    pub(super) fn verdict(&self) -> Verdict {
        match self.mine.account() {
            Ok(account) => self.judge(&account).unwrap_or_else(|rejection| self.refused(rejection)),
            Err(error) => Verdict::WrongOption(error),
        }
    }

    fn judge(&self, account: &Account) -> Result<Verdict, Rejection> {
        let url = self.pasted.target.as_str();
        match (self.method.as_str(), self.body) {
            ("GET", _) => receive_handshake(account, url).map(|_| Verdict::Handshake),
            ("POST", None) => self.judge_url(account),
            // The empty object that body parsers set when they did not read the body.
            ("POST", Some(Body::Parsed(b"{}"))) => Err(Rejection::BodyConsumed),
            ("POST", Some(body)) => {
                let mut scratch = Scratch::default();
                receive_trusting(account, url, body, self.now(), false, &mut scratch).map(|taken| {
                    match taken {
                        Trusted::Check(_) => Verdict::Handshake,
                        Trusted::Message(_) => Verdict::Message,
                    }
                })
            }
            _ => Err(Rejection::MethodNotAllowed),
        }
    }

    /// Nothing is missing that may stand in the text unrecognised.
    fn refused(&self, rejection: Rejection) -> Verdict {
        match rejection {
            Rejection::MissingParameter(_) | Rejection::MissingEchostr if !self.pasted.is_url => {
                Verdict::Unreadable(self.pasted.parameters.names().collect())
            }
            rejection => Verdict::Refused(rejection),
        }
    }

    /// A POST of which only the URL is known.
    fn judge_url(&self, account: &Account) -> Result<Verdict, Rejection> {
        let query = Query::of_url(&self.pasted.target)?;
        if is_unsigned(account, &query) {
            return Err(Rejection::OutsideCloud);
        }
        account.check_age(query.required(Parameter::Timestamp)?, self.now())?;
        query.required(Parameter::Nonce)?;
        let encrypted = query.get(Parameter::EncryptType) == Some("aes")
            || query.get(Parameter::MsgSignature).is_some();
        match account.mode {
            // A push of WeChat is signed without its body, too.
            Mode::Plain if encrypted => {
                query.required(Parameter::Signature)?;
                Err(Rejection::EncryptedWithoutKey)
            }
            Mode::Secure if !encrypted => Err(Rejection::PlaintextRefused),
            _ if !encrypted => check_signature(account, &query).map(|_| Verdict::Url),
            _ => query.required(Parameter::MsgSignature).map(|_| Verdict::BodyNotGiven),
        }
    }

    /// The time that was given, or that at which the push is fresh.
    fn now(&self) -> u64 {
        let sent = || self.pasted.parameters.get("timestamp")?.parse().ok();
        self.now.or_else(sent).unwrap_or_default()
    }

    pub(super) fn hints(&self, verdict: &Verdict) -> Vec<Hint> {
        let mut hints = Vec::new();
        if let Verdict::WrongOption(error) = verdict {
            hints.push(option_hint(error, &self.mine.options));
        }
        if verdict.reason().is_none() {
            hints.extend(self.status_hint());
        }
        hints.extend(self.pasted.hints.iter().chain(&self.pasted.parameters.hints).cloned());
        if !self.pasted.is_url {
            hints.retain(|hint| !matches!(hint.key(), "no_query" | "cut_at_ampersand"));
        }
        if matches!(verdict, Verdict::Refused(Rejection::OutsideCloud)) {
            // Inside of the cloud no push has any.
            hints.retain(|hint| hint.key() != "no_query");
        }
        hints.extend(self.wrapping_hint(verdict));
        hints.extend(self.platform_hint(verdict));
        hints.extend(self.time_hint(verdict));
        let signer = self.signer_hints(verdict).unwrap_or_default();
        let envelope = self.envelope_hint(verdict);
        let explained = if verdict.is_mismatch() {
            !signer.is_empty()
        } else {
            let mistaken = signer.iter().any(|hint| hint.key() != "token_fits");
            mistaken || envelope.is_some() || !hints.is_empty()
        };
        hints.extend(signer.into_iter().chain(envelope));
        if verdict.is_mismatch() && !explained {
            hints.extend(self.mine.options.tokens.iter().find_map(|token| token_hint(token)));
        }
        match verdict {
            Verdict::Handshake => hints.push(Hint::new("handshake_right")),
            Verdict::Url => hints.push(Hint::new("url_right")),
            Verdict::BodyNotGiven => hints.push(Hint::new("body_not_given")),
            Verdict::Unreadable(_) => hints.push(Hint::new("unreadable")),
            Verdict::Refused(rejection) if !explained => hints.push(Hint::new(rejection.reason())),
            Verdict::Message | Verdict::WrongOption(_) | Verdict::Refused(_) => {}
        }
        // Hints about what is wrong come first.
        hints.sort_by_key(|hint| matches!(hint.key(), "token_fits" | "key_fits"));
        hints
    }

    /// A hint when the log line has an answer with another status than 200.
    fn status_hint(&self) -> Option<Hint> {
        let status = self.pasted.status.as_ref().filter(|status| *status != "200")?;
        Some(Hint::new("answered_with").with("status", status))
    }

    /// A hint when something wrapped the body of a push that may be right but for that.
    fn wrapping_hint(&self, verdict: &Verdict) -> Option<Hint> {
        if verdict.is_about_the_url() {
            return None;
        }
        wrapping(self.body?).map(Hint::new)
    }

    fn platform_hint(&self, verdict: &Verdict) -> Option<Hint> {
        let has = |name| self.pasted.parameters.get(name).is_some();
        if matches!(verdict, Verdict::Unreadable(_)) {
            return None;
        }
        let names = |name| self.body.is_some_and(|body| has_field(body, name));
        let wecom =
            has("msg_signature") && !has("signature") && !has("encrypt_type") || names(AGENT_ID);
        let is_refused = verdict.reason().is_some();
        let is_open = self.encrypt.is_none() && (names(MSG_TYPE) || names(ACTION));
        let is_believed = self.mine.options.trust.is_some();
        let of_bots = self.body.filter(|_| is_refused && !has("signature"));
        if let Some(key) = of_bots.and_then(|body| bots::hint(body, self.mine)) {
            return Some(Hint::new(key));
        }
        let key = match (wecom, self.mine.is_wecom()) {
            (true, false) if is_refused => "wecom_push",
            (false, true) if has("signature") => "wechat_push",
            (false, _) if !is_refused => return None,
            _ if self.pasted.parameters.is_empty() && is_open && !is_believed => "cloudrun_push",
            (false, _) if self.mine.is_third_party() => match verdict {
                Verdict::Refused(Rejection::PlaintextRefused) => "encrypted_only",
                _ => return None,
            },
            (false, _) if self.encrypt.is_some() && names(APP_ID) && !names(TO_USER_NAME) => {
                "component_push"
            }
            _ => return None,
        };
        Some(Hint::new(key))
    }

    fn time_hint(&self, verdict: &Verdict) -> Option<Hint> {
        let timestamp = self.pasted.parameters.get("timestamp")?;
        if timestamp.len() == 13 && timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Hint::new("milliseconds"));
        }
        let Verdict::Refused(Rejection::StaleTimestamp { age, .. }) = verdict else { return None };
        Some(stale_hint(*age))
    }

    /// Hints from the signature; `None` when it adds nothing to the verdict.
    fn signer_hints(&self, verdict: &Verdict) -> Option<Vec<Hint>> {
        let signature = self.signed("signature");
        let msg_signature =
            self.signed("msg_signature").filter(|signed| signed.ciphertext.is_some());
        let is_encrypted = self.encrypt.is_some() || signature.is_none();
        let signed = if is_encrypted { msg_signature.or(signature) } else { signature }?;
        let suspects = self.suspects();
        match wechat_push_clues::find(&signed, &suspects) {
            Signer::Right(0) if !verdict.is_about_the_url() => None,
            Signer::Right(0) => Some(vec![Hint::new("token_fits")]),
            Signer::Right(_) => Some(vec![Hint::new("previous_token")]),
            Signer::Mistaken(hints) => Some(hints),
            Signer::Unknown(form) => {
                // Encrypted pushes are signed twice, and the other signature does not cover the body.
                let other = signature.filter(|other| other.name != signed.name);
                match other.map(|other| wechat_push_clues::find(&other, &suspects)) {
                    Some(Signer::Right(_)) => Some(vec![Hint::new("encrypt_altered")]),
                    Some(Signer::Mistaken(hints)) => Some(hints),
                    _ if form.is_empty() => None,
                    _ => Some(form),
                }
            }
        }
    }

    fn signed(&self, name: &'static str) -> Option<Signed<'_>> {
        let value = |name| self.pasted.parameters.get(name);
        let encrypt = self.encrypt.as_deref().map(|text| (ENCRYPT, text));
        let echostr = || value("echostr").map(|text| ("echostr", text));
        let mut repaired = self.repaired.each_ref().map(Option::as_deref);
        if encrypt.is_some() {
            repaired[2] = None;
        }
        Some(Signed {
            name,
            given: value(name)?,
            timestamp: value("timestamp")?,
            nonce: value("nonce")?,
            ciphertext: encrypt.or_else(echostr),
            repaired,
        })
    }

    fn suspects(&self) -> Suspects<'_> {
        let options = &self.mine.options;
        let tokens_of = |other: &'a NamedAccount| {
            other.options.tokens.iter().map(|token| (other.name.as_str(), token.as_str()))
        };
        Suspects {
            tokens: &options.tokens,
            keys: &options.encoding_aes_keys,
            app_id: options.app_id.as_deref(),
            others: self.others.iter().flat_map(tokens_of).collect(),
        }
    }

    /// Hints from the envelope.
    fn envelope_hint(&self, verdict: &Verdict) -> Option<Hint> {
        let Some(encrypt) = self.sealed() else {
            let promised = self.pasted.parameters.get("encrypt_type") == Some("aes");
            let refused = matches!(verdict, Verdict::Refused(Rejection::PlaintextRefused));
            let body = self.body.filter(|body| promised && refused && wrapping(*body).is_none());
            return body.map(|_| Hint::new("encrypt_missing"));
        };
        match verdict {
            Verdict::Message => {
                let current = self.mine.keys().next()?;
                let previous = self.mine.keys().count() > 1 && !is_opened(&current, encrypt);
                previous.then(|| Hint::new("previous_key"))
            }
            Verdict::Refused(Rejection::EncryptedWithoutKey) => {
                let ignored = !self.mine.options.encoding_aes_keys.is_empty();
                ignored.then(|| Hint::new("mode_ignores_key"))
            }
            Verdict::Refused(Rejection::AppIdMismatch { expected, got }) => {
                Some(self.app_id_hint(expected, got))
            }
            Verdict::Refused(Rejection::ReceiveIdMismatch { expected, got }) => {
                Some(self.receive_id_hint(encrypt, expected, got))
            }
            Verdict::Refused(
                Rejection::DecryptionFailed | Rejection::IllegalBuffer | Rejection::InvalidUtf8,
            ) => {
                let other = self.others.iter().find(|other| other.opens(encrypt))?;
                Some(Hint::new("other_account_key").with("name", &other.name))
            }
            Verdict::Refused(_) if verdict.is_about_the_url() && self.mine.opens(encrypt) => {
                Some(Hint::new("key_fits"))
            }
            _ => None,
        }
    }

    /// The ciphertext of a push, or of WeCom's check of a URL.
    fn sealed(&self) -> Option<&str> {
        let echostr = || self.pasted.parameters.get("echostr").filter(|_| self.mine.is_wecom());
        self.encrypt.as_deref().or_else(echostr)
    }

    fn app_id_hint(&self, expected: &str, got: &str) -> Hint {
        if let Some(other) = self.others.iter().find(|other| other.app_id() == got) {
            return Hint::new("other_account_app_id").with("name", &other.name);
        }
        // What another key decrypts to can end like padding, now and then.
        if !got.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
            return Hint::new("decryption_failed");
        }
        let key = match (expected.starts_with("gh_"), is_corp_id(got) || got.is_empty()) {
            (true, _) => "app_id_is_original_id",
            (_, true) => "app_id_of_wecom",
            _ => "app_ids",
        };
        Hint::new(key).with("expected", shown(expected)).with("got", shown(got))
    }

    fn receive_id_hint(&self, encrypt: &str, expected: &str, got: &str) -> Hint {
        if let Some(other) = self.others.iter().find(|other| other.has_receive_id(got)) {
            return Hint::new("other_account_receive_id").with("name", &other.name);
        }
        if got.is_empty() {
            let is_bots = self.mine.opened(encrypt).is_some_and(|text| bots::is_message(&text));
            let key = if is_bots { "bot_push" } else { "receive_id_empty" };
            return Hint::new(key).with("expected", expected);
        }
        if !got.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Hint::new("decryption_failed");
        }
        let key = match self.mine.opened(encrypt) {
            _ if self.mine.is_bot() => "bot_receive_id",
            _ if self.encrypt.is_none() => "receive_id_of_check",
            Some(message) => kind_of_receiver(&message),
            None => "receive_ids",
        };
        Hint::new(key).with("expected", expected).with("got", shown(got))
    }
}

fn encrypt_of(body: Body) -> Option<String> {
    [&WECHAT, &WECOM].into_iter().find_map(|platform| {
        let (encrypt, _) = body.content(platform).ok()?.ciphertext_alone(platform).ok()??;
        Some(encrypt.into_owned())
    })
}

/// Whether the body has this beside the ciphertext; WeCom may write it in lower case.
fn has_field(body: Body, name: &str) -> bool {
    match body.content(&WECHAT) {
        Ok(Content::Text { format, text }) => {
            find_text(format, text, name).is_ok_and(|found| found.is_some())
        }
        Ok(Content::Parsed { tree, .. }) => {
            tree.0.iter().any(|(given, _)| given.eq_ignore_ascii_case(name))
        }
        Err(_) => false,
    }
}

/// Which part of WeCom a message is for, by the name of the hint.
fn kind_of_receiver(message: &str) -> &'static str {
    let has = |name| {
        let found = Content::of_text(message);
        matches!(found, Ok(Content::Text { format, text }) if matches!(find_text(format, text, name), Ok(Some(_))))
    };
    let kinds = [
        (SUITE_ID, "receive_id_of_suite"),
        (SERVICE_CORP_ID, "receive_id_of_provider"),
        (MSG_TYPE, "receive_id_of_company"),
    ];
    kinds.into_iter().find(|(name, _)| has(name)).map_or("receive_ids", |(_, key)| key)
}

fn stale_hint(age: i64) -> Hint {
    let seconds = age.unsigned_abs();
    let hours = (seconds + 1800) / 3600;
    if (1..=14).contains(&hours) && seconds.abs_diff(hours * 3600) <= 120 {
        return Hint::new("time_zone").with("hours", hours).with("seconds", seconds);
    }
    Hint::new(if age > 0 { "late" } else { "early" }).with("seconds", seconds)
}
