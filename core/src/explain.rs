//! What probably went wrong, for the person who configures it.
//!
//! It judges as a receiver does, then makes the mistakes that people make until one of them fits. It
//! runs for owners, and its words end up in issues: they hold no Token, no key, and no signature that
//! would have been right, for whoever chose the nonce could use that.

mod parameters;
mod pasted;
mod signer;

use zeroize::Zeroize;

use crate::account::Mode;
use crate::body::{Body, Content};
use crate::document::{self, Object, Value};
use crate::envelope::Key;
use crate::receiver::required;
use crate::{
    Account, AccountError, AccountOptions, Hint, Language, Outcome, Query, Rejection, Request,
    Scratch,
};
use parameters::{Parameters, shown};
use pasted::Pasted;
use signer::{Signed, Signer, Suspects, bare};

/// What is to be explained.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Where it is not given, the log line's, or the one that the parameters speak for.
    pub method: Option<&'a str>,
    /// A URL, a query, or a line that holds one.
    pub text: &'a str,
    /// The body of a POST, where it is known.
    pub body: Option<Body<'a>>,
    /// The time in seconds since 1970; without it no age is judged.
    pub now: Option<u64>,
}

/// What the owner configured, right or wrong.
#[derive(Default)]
pub struct Configured {
    /// What the owner calls it.
    pub name: String,
    /// As given.
    pub options: AccountOptions,
    /// What was found wrong before the core saw it.
    pub wrong: Option<AccountError>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The reason of a [`Rejection`], `invalid_options` or `body_not_given`; nothing when all is well.
    pub reason: Option<&'static str>,
    /// The return code of the official sample library, where it has one.
    pub code: Option<i32>,
    /// One English sentence.
    pub detail: String,
    /// What to do, the most probable first.
    pub hints: Vec<Hint>,
}

/// Explains what the first of the accounts makes of a request; the others are those that it may be
/// meant for.
pub fn explain(question: Question, accounts: &[Configured]) -> Explanation {
    let nobody = [Configured::default()];
    let accounts = if accounts.is_empty() { &nobody } else { accounts };
    let case = Case::new(question, &accounts[0], &accounts[1..]);
    let verdict = case.verdict();
    let hints = case.hints(&verdict);
    Explanation { reason: verdict.reason(), code: verdict.code(), detail: verdict.detail(), hints }
}

impl Explanation {
    /// `{"ok":…,"reason":…,"code":…,"detail":…,"hints":[…]}`
    pub fn to_json(&self, language: Language) -> String {
        let literal = |text: String| Value::Literal(text.into());
        let hint = |hint: &Hint| Value::Text(hint.text(language).into());
        let reason =
            self.reason.map_or(literal("null".into()), |reason| Value::Text(reason.into()));
        Object(vec![
            ("ok".into(), literal(self.reason.is_none().to_string())),
            ("reason".into(), reason),
            ("code".into(), literal(self.code.map_or("null".into(), |code| code.to_string()))),
            ("detail".into(), Value::Text(self.detail.as_str().into())),
            ("hints".into(), Value::List(self.hints.iter().map(hint).collect())),
        ])
        .to_json(1024)
    }
}

impl Configured {
    fn account(&self) -> Result<Account, AccountError> {
        match &self.wrong {
            Some(error) => Err(error.clone()),
            None => Account::new(self.options.clone()),
        }
    }

    fn keys(&self) -> impl Iterator<Item = Key> {
        self.options.encoding_aes_keys.iter().filter_map(|text| Key::new(text).ok())
    }

    fn app_id(&self) -> &str {
        self.options.app_id.as_deref().unwrap_or_default()
    }

    /// Those of WeCom begin with `ww`, at least the newer ones.
    fn is_wecom(&self) -> bool {
        is_corp_id(self.app_id())
    }

    /// Whether a key of this account opens what was sealed, to whomever it was addressed.
    fn opens(&self, encrypt: &str) -> bool {
        self.keys().any(|key| is_opened(&key, encrypt))
    }
}

impl Drop for Configured {
    fn drop(&mut self) {
        self.options.tokens.zeroize();
        self.options.encoding_aes_keys.zeroize();
    }
}

/// What was found.
enum Verdict {
    Handshake,
    Message,
    /// A POST in plaintext whose body is not known.
    Url,
    /// An encrypted POST whose body is not known.
    BodyNotGiven,
    Refused(Rejection),
    WrongOption(AccountError),
}

impl Verdict {
    fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Handshake | Self::Message | Self::Url => None,
            Self::BodyNotGiven => Some("body_not_given"),
            Self::Refused(rejection) => Some(rejection.reason()),
            Self::WrongOption(_) => Some("invalid_options"),
        }
    }

    fn code(&self) -> Option<i32> {
        match self {
            Self::Refused(rejection) => rejection.code(),
            Self::WrongOption(error) if error.option == "encodingAESKey" => Some(-40004),
            _ => None,
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Handshake => "the signature of the handshake holds".into(),
            Self::Message => "the push is verified and read".into(),
            Self::Url => "the signature holds; in plaintext it does not cover the body".into(),
            Self::BodyNotGiven => {
                "msg_signature covers the body, and the body was not given".into()
            }
            Self::Refused(rejection) => rejection.to_string(),
            Self::WrongOption(error) => format!("option {} {}", error.option, error.message),
        }
    }

    /// Whether it was found without a look at the body, so that the signature still is news.
    fn is_about_the_url(&self) -> bool {
        match self {
            Self::BodyNotGiven | Self::WrongOption(_) => true,
            Self::Refused(rejection) => matches!(
                rejection,
                Rejection::MissingParameter(_)
                    | Rejection::RepeatedParameter(_)
                    | Rejection::UndecodableParameter(_)
                    | Rejection::MissingEchostr
                    | Rejection::InvalidTimestamp
                    | Rejection::StaleTimestamp { .. }
                    | Rejection::SignatureMismatch
                    | Rejection::MsgSignatureMismatch
            ),
            _ => false,
        }
    }

    fn is_mismatch(&self) -> bool {
        let mismatch = [Rejection::SignatureMismatch, Rejection::MsgSignatureMismatch];
        matches!(self, Self::Refused(rejection) if mismatch.contains(rejection))
    }
}

/// One request, and who was to take it.
struct Case<'a> {
    method: String,
    pasted: Pasted,
    parameters: Parameters,
    repaired: [Option<String>; 3],
    body: Option<Body<'a>>,
    encrypt: Option<String>,
    now: Option<u64>,
    mine: &'a Configured,
    others: &'a [Configured],
}

impl<'a> Case<'a> {
    fn new(question: Question<'a>, mine: &'a Configured, others: &'a [Configured]) -> Self {
        let pasted = Pasted::read(question.text);
        let parameters = Parameters::read(&pasted.target);
        let likely = if parameters.get("echostr").is_some() { "GET" } else { "POST" };
        let method = question.method.or(pasted.method.as_deref()).unwrap_or(likely).to_owned();
        let body = question.body.filter(|_| method == "POST");
        Self {
            method,
            repaired: ["timestamp", "nonce", "echostr"].map(|name| parameters.repaired(name)),
            pasted,
            parameters,
            body,
            encrypt: body.and_then(encrypt_of),
            now: question.now,
            mine,
            others,
        }
    }

    fn verdict(&self) -> Verdict {
        match self.mine.account() {
            Ok(account) => self.judge(&account).unwrap_or_else(Verdict::Refused),
            Err(error) => Verdict::WrongOption(error),
        }
    }

    fn judge(&self, account: &Account) -> Result<Verdict, Rejection> {
        let body = match self.body {
            None if self.method == "POST" => return self.judge_url(account),
            // What body parsers leave when they did not read.
            Some(Body::Parsed(b"{}")) => return Err(Rejection::BodyConsumed),
            body => body.unwrap_or(Body::Bytes(&[])),
        };
        let (method, url) = (self.method.as_str(), self.pasted.target.as_str());
        let request = Request { method, url, body, now: self.now() };
        match account.receive(request, &mut Scratch::default())? {
            Outcome::Handshake { .. } => Ok(Verdict::Handshake),
            Outcome::Message(_) => Ok(Verdict::Message),
        }
    }

    /// A POST of which only the URL is known.
    fn judge_url(&self, account: &Account) -> Result<Verdict, Rejection> {
        let query = Query::of_url(&self.pasted.target)?;
        account.check_age(required("timestamp", query.timestamp.as_deref())?, self.now())?;
        required("nonce", query.nonce.as_deref())?;
        let encrypted =
            query.encrypt_type.as_deref() == Some("aes") || query.msg_signature.is_some();
        match account.mode {
            Mode::Plain if encrypted => Err(Rejection::EncryptedWithoutKey),
            Mode::Secure if !encrypted => Err(Rejection::PlaintextRefused),
            _ if !encrypted => account.check_signature(&query).map(|_| Verdict::Url),
            _ => required("msg_signature", query.msg_signature.as_deref())
                .map(|_| Verdict::BodyNotGiven),
        }
    }

    /// The time that was given, or that at which the push is fresh.
    fn now(&self) -> u64 {
        let sent = || self.parameters.get("timestamp")?.parse().ok();
        self.now.or_else(sent).unwrap_or_default()
    }

    fn hints(&self, verdict: &Verdict) -> Vec<Hint> {
        let mut hints = Vec::new();
        if let Verdict::WrongOption(error) = verdict {
            hints.push(option_hint(error, &self.mine.options));
        }
        if verdict.reason().is_none() {
            hints.extend(self.status_hint());
        }
        hints.extend(self.pasted.hints.iter().chain(&self.parameters.hints).cloned());
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
            Verdict::Refused(rejection) if !explained => hints.push(Hint::new(rejection.reason())),
            Verdict::Message | Verdict::WrongOption(_) | Verdict::Refused(_) => {}
        }
        // What is right comes after what is wrong.
        hints.sort_by_key(|hint| matches!(hint.key(), "token_fits" | "key_fits"));
        hints
    }

    /// What the log says of an answer that should have been 200.
    fn status_hint(&self) -> Option<Hint> {
        let status = self.pasted.status.as_ref().filter(|status| *status != "200")?;
        Some(Hint::new("answered_with").with("status", status))
    }

    fn platform_hint(&self, verdict: &Verdict) -> Option<Hint> {
        let has = |name| self.parameters.get(name).is_some();
        let wecom = has("msg_signature") && !has("signature") && !has("encrypt_type")
            || self.body.is_some_and(has_agent_id);
        match (wecom, self.mine.is_wecom()) {
            (true, false) if verdict.reason().is_some() => Some(Hint::new("wecom_push")),
            (false, true) if has("signature") => Some(Hint::new("wechat_push")),
            _ => None,
        }
    }

    fn time_hint(&self, verdict: &Verdict) -> Option<Hint> {
        let timestamp = self.parameters.get("timestamp")?;
        if timestamp.len() == 13 && timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Hint::new("milliseconds"));
        }
        let Verdict::Refused(Rejection::StaleTimestamp { age, .. }) = verdict else { return None };
        Some(stale_hint(*age))
    }

    /// What the signature tells; nothing when it tells no more than that it is wrong.
    fn signer_hints(&self, verdict: &Verdict) -> Option<Vec<Hint>> {
        let signature = self.signed("signature");
        let msg_signature = self.signed("msg_signature").filter(|signed| signed.sealed.is_some());
        let sealed = self.encrypt.is_some() || signature.is_none();
        let signed = if sealed { msg_signature.or(signature) } else { signature }?;
        let suspects = self.suspects();
        match signer::find(&signed, &suspects) {
            Signer::Right(0) if !verdict.is_about_the_url() => None,
            Signer::Right(0) => Some(vec![Hint::new("token_fits")]),
            Signer::Right(_) => Some(vec![Hint::new("previous_token")]),
            Signer::Mistaken(hints) => Some(hints),
            Signer::Unknown(form) => {
                // Encrypted pushes are signed twice; the other signature is not over the body.
                let other = signature.filter(|other| other.name != signed.name);
                match other.map(|other| signer::find(&other, &suspects)) {
                    Some(Signer::Right(_)) => Some(vec![Hint::new("encrypt_altered")]),
                    Some(Signer::Mistaken(hints)) => Some(hints),
                    _ if form.is_empty() => None,
                    _ => Some(form),
                }
            }
        }
    }

    fn signed(&self, name: &'static str) -> Option<Signed<'_>> {
        let value = |name| self.parameters.get(name);
        let encrypt = self.encrypt.as_deref().map(|text| ("Encrypt", text));
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
            sealed: encrypt.or_else(echostr),
            repaired,
        })
    }

    fn suspects(&self) -> Suspects<'_> {
        let options = &self.mine.options;
        let tokens_of = |other: &'a Configured| {
            other.options.tokens.iter().map(|token| (other.name.as_str(), token.as_str()))
        };
        Suspects {
            tokens: &options.tokens,
            keys: &options.encoding_aes_keys,
            app_id: options.app_id.as_deref(),
            others: self.others.iter().flat_map(tokens_of).collect(),
        }
    }

    /// What the envelope tells.
    fn envelope_hint(&self, verdict: &Verdict) -> Option<Hint> {
        let Some(encrypt) = self.encrypt.as_deref() else {
            let promised = self.parameters.get("encrypt_type") == Some("aes");
            let refused = matches!(verdict, Verdict::Refused(Rejection::PlaintextRefused));
            let missing = self.body.is_some() && promised && refused;
            return missing.then(|| Hint::new("encrypt_missing"));
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
}

fn encrypt_of(body: Body) -> Option<String> {
    let encrypt = body.content().ok()?.encrypt().ok()??;
    Some(encrypt.into_owned())
}

/// WeCom names the application beside the ciphertext.
fn has_agent_id(body: Body) -> bool {
    let has = |tree: &Object| tree.get("AgentID").or_else(|| tree.get("agentid")).is_some();
    match body.content() {
        Ok(Content::Text { format, text }) => {
            let json = document::to_json(format, text).unwrap_or_default();
            Object::of_json(&json).is_ok_and(|tree| has(&tree))
        }
        Ok(Content::Parsed { tree, .. }) => has(&tree),
        Err(_) => false,
    }
}

fn is_corp_id(id: &str) -> bool {
    id.len() == 18 && id.starts_with("ww")
}

/// Whether the key is the right one: nothing but a right one gives a whole message.
fn is_opened(key: &Key, encrypt: &str) -> bool {
    match key.open(encrypt, "") {
        Ok(_) => true,
        Err(Rejection::AppIdMismatch { got, .. }) => {
            got.bytes().all(|byte| byte.is_ascii_graphic())
        }
        Err(_) => false,
    }
}

fn stale_hint(age: i64) -> Hint {
    let seconds = age.unsigned_abs();
    let hours = (seconds + 1800) / 3600;
    if (1..=14).contains(&hours) && seconds.abs_diff(hours * 3600) <= 120 {
        return Hint::new("time_zone").with("hours", hours).with("seconds", seconds);
    }
    Hint::new(if age > 0 { "late" } else { "early" }).with("seconds", seconds)
}

/// What is odd about a Token, whatever it signed.
fn token_hint(token: &str) -> Option<Hint> {
    let length = token.chars().count();
    if bare(token).len() < token.len() {
        return Some(Hint::new("token_wrapped"));
    }
    if let Some(at) = token.chars().position(|c| !c.is_ascii_alphanumeric()) {
        return Some(Hint::new("token_character").with("place", at + 1));
    }
    match length {
        43 => Some(Hint::new("token_looks_like_key")),
        32 if is_secret(token) => Some(Hint::new("token_looks_like_secret")),
        18 if token.starts_with("wx") => Some(Hint::new("token_looks_like_app_id")),
        3..=32 => None,
        _ => Some(Hint::new("token_length").with("length", length)),
    }
}

/// The form of an `AppSecret`.
fn is_secret(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn option_hint(error: &AccountError, options: &AccountOptions) -> Hint {
    let wrong = options.encoding_aes_keys.iter().find(|key| Key::new(key).is_err());
    match (error.option, wrong) {
        ("encodingAESKey", Some(key)) => key_hint(key),
        ("encodingAESKey", None) => Hint::new("key_missing"),
        ("token", _) => Hint::new("token_missing"),
        ("appId", _) => Hint::new("app_id_missing"),
        ("mode", _) => Hint::new("mode_unknown"),
        (option, _) => Hint::new("invalid_options").with("option", option),
    }
}

/// What is wrong with an EncodingAESKey.
fn key_hint(key: &str) -> Hint {
    let length = key.chars().count();
    if bare(key).len() < key.len() {
        Hint::new("key_wrapped")
    } else if length == 44 && key.ends_with('=') {
        Hint::new("key_padded")
    } else if is_secret(key) {
        Hint::new("key_looks_like_secret")
    } else if length == 43 {
        let at = key.chars().position(|c| !c.is_ascii_alphanumeric()).unwrap_or_default();
        Hint::new("key_character").with("place", at + 1)
    } else {
        Hint::new("key_length").with("length", length)
    }
}
