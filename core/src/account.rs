//! What the owner configured.

use std::fmt;

use wechat_push_clues::is_timestamp;
use zeroize::Zeroize;

use crate::envelope::{Key, shown};
use crate::few::Few;
use crate::platform::{PLATFORMS, Platform, Trailer, WECHAT};
use crate::quoted::quoted;
use crate::rejection::Rejection;
use crate::short_text::ShortText;
use crate::signature;
use crate::trust::{TRUSTS, Trust};

/// What the owner configured in WeChat's console, as given.
#[derive(Default, Clone)]
pub struct AccountOptions {
    /// The Token; the previous one may follow while it is being changed.
    pub tokens: Vec<String>,
    /// The EncodingAESKey, 43 letters and digits; the previous one may follow.
    pub encoding_aes_keys: Vec<String>,
    /// The AppID that stands at the end of every encrypted push.
    pub app_id: Option<String>,
    /// What may stand there in a push of WeCom; without it, anything.
    pub receive_ids: Option<Vec<String>>,
    /// `plain`, `compat` or `secure`; without it, `secure` when there is a key.
    pub mode: Option<String>,
    /// A name of [`crate::platform::PLATFORMS`]; without it, any account of WeChat.
    pub platform: Option<String>,
    /// A name of [`TRUSTS`]: who may push without a signature. No Token is needed then.
    pub trust: Option<String>,
    /// How many seconds a push may be old; 0 for any, also ahead. Ahead it may be 300, and so old may be a message
    /// in plaintext, whose signature does not cover the body; less where this is less.
    pub tolerance: u64,
    /// The largest body in bytes.
    pub body_limit: usize,
}

/// How far another clock may be off. What is signed without its body must be no older.
const CLOCKS_DIFFER: u64 = 300;

/// A checked account.
pub struct Account {
    pub(crate) platform: &'static Platform,
    tokens: Few<String>,
    pub(crate) keys: Few<Key>,
    pub(crate) receiver: Receiver,
    pub(crate) mode: Mode,
    pub(crate) trust: Option<&'static Trust>,
    tolerance: u64,
    body_limit: usize,
}

/// Whom an encrypted push has to be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Receiver {
    /// The account of this AppID.
    AppId(ShortText),
    /// One of these parts of WeCom, of which there is at least one.
    OneOf(Vec<String>),
    /// Anybody whom the key opens it for.
    Anybody,
}

/// The message encryption mode (消息加解密方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Plain,
    Compat,
    Secure,
}

/// Which option is wrong, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountError {
    /// The option's name in the JavaScript API.
    pub option: &'static str,
    /// A sentence that says what it has to be.
    pub message: String,
}

impl AccountError {
    /// An error of a kind that the core does not see, such as a wrong type.
    pub fn found_outside(option: &str, message: String) -> Self {
        let known = [
            "token",
            "encodingAESKey",
            "appId",
            "receiveId",
            "mode",
            "platform",
            "trust",
            "tolerance",
            "bodyLimit",
        ];
        let option = known.into_iter().find(|known| *known == option).unwrap_or("options");
        Self { option, message }
    }
}

impl Account {
    /// Checks the options of an account.
    ///
    /// # Errors
    /// The first option that no account can have.
    pub fn new(options: AccountOptions) -> Result<Self, AccountError> {
        let platform = platform(options.platform.as_deref())?;
        Self::of_platform(platform, options)
    }

    /// The same for an account of this platform, whatever the options name.
    ///
    /// # Errors
    /// Those of [`Account::new`].
    pub fn of_platform(
        platform: &'static Platform,
        mut options: AccountOptions,
    ) -> Result<Self, AccountError> {
        let trust = trust(options.trust.as_deref())?;
        if options.tokens.is_empty() && trust.is_none()
            || options.tokens.iter().any(String::is_empty)
        {
            return Err(wrong(
                "token",
                "must be the Token from WeChat's console, or an array of them",
            ));
        }
        let mode = if platform.encrypted_only {
            check_encrypted_only(&options)?;
            Mode::Secure
        } else {
            mode(options.mode.as_deref(), !options.encoding_aes_keys.is_empty())?
        };
        let keys = keys(&options.encoding_aes_keys)?;
        let keys = if mode == Mode::Plain { Few::with_capacity(0) } else { keys };
        options.encoding_aes_keys.zeroize();
        Ok(Self {
            platform,
            tokens: options.tokens.into(),
            keys,
            receiver: receiver(options.app_id, options.receive_ids, mode, platform)?,
            mode,
            trust,
            tolerance: options.tolerance,
            body_limit: options.body_limit,
        })
    }

    /// The index of the Token that signed the `parts`, which are made with it.
    pub(crate) fn signer<'a, const N: usize>(
        &'a self,
        given: &str,
        parts: impl Fn(&'a [u8]) -> [&'a [u8]; N],
    ) -> Option<usize> {
        let signed =
            |token: &'a String| signature::matches(given.as_bytes(), parts(token.as_bytes()));
        self.tokens.iter().position(signed)
    }

    pub(crate) fn has_token(&self) -> bool {
        self.tokens.first().is_some()
    }

    /// Refuses an opened push for another receiver. Whether only the push says who it is, of those that this account is.
    pub(crate) fn check_receiver(&self, receiver: &[u8]) -> Result<bool, Rejection> {
        let got = || shown(receiver);
        match &self.receiver {
            Receiver::AppId(app_id) if receiver == app_id.as_bytes() => Ok(false),
            Receiver::AppId(app_id) => {
                Err(Rejection::AppIdMismatch { expected: app_id.as_str().into(), got: got() })
            }
            Receiver::OneOf(ids) if ids.iter().any(|one| one.as_bytes() == receiver) => Ok(true),
            Receiver::OneOf(ids) => {
                Err(Rejection::ReceiveIdMismatch { expected: one_of(ids), got: got() })
            }
            // What another key decrypts to is no such text.
            Receiver::Anybody if receiver.iter().all(u8::is_ascii_graphic) => Ok(true),
            Receiver::Anybody => Err(Rejection::IllegalBuffer),
        }
    }

    /// What it has at the end of what it seals, where no push says it.
    pub(crate) fn own_id(&self) -> &str {
        match &self.receiver {
            Receiver::AppId(app_id) => app_id.as_str(),
            Receiver::OneOf(ids) => &ids[0],
            Receiver::Anybody => "",
        }
    }

    /// One of those ids, where it may have it there.
    pub(crate) fn own_id_like(&self, id: &str) -> Option<&str> {
        match &self.receiver {
            Receiver::OneOf(ids) => ids.iter().find(|one| *one == id).map(String::as_str),
            _ => None,
        }
    }

    pub(crate) fn token(&self, index: usize) -> Option<&str> {
        self.tokens.get(index).map(String::as_str)
    }

    pub(crate) fn shares_token(&self, other: &Self) -> bool {
        self.tokens.iter().any(|token| other.tokens.iter().any(|other| token == other))
    }

    /// Refuses a push that is too old, or too far ahead, at `now`, both in seconds. Returns its age.
    pub(crate) fn check_age(&self, timestamp: &str, now: u64) -> Result<i64, Rejection> {
        check_age(timestamp, now, self.tolerance)
    }

    /// Refuses a message in plaintext that is too old: whoever has its URL can send another body with it. Retries
    /// of messages come within seconds, while those of events go on for a day.
    pub(crate) fn check_age_of_plaintext_message(&self, age: i64) -> Result<(), Rejection> {
        check_tolerance(age, self.tolerance.min(CLOCKS_DIFFER))
    }

    /// Whether it takes pushes whose signature does not cover the body.
    pub(crate) fn takes_plaintext(&self) -> bool {
        self.mode != Mode::Secure
    }

    pub(crate) fn check_size(&self, bytes: usize) -> Result<(), Rejection> {
        if bytes > self.body_limit {
            Err(Rejection::BodyTooLarge { limit: self.body_limit })
        } else {
            Ok(())
        }
    }
}

/// [`Account::check_age`] where only the tolerance is known yet.
pub(crate) fn check_age(timestamp: &str, now: u64, tolerance: u64) -> Result<i64, Rejection> {
    let Some(sent) = is_timestamp(timestamp).then(|| timestamp.parse::<u64>().ok()).flatten()
    else {
        return Err(Rejection::InvalidTimestamp);
    };
    let age = i64::try_from(now).unwrap_or(i64::MAX) - i64::try_from(sent).unwrap_or(i64::MAX);
    let tolerance = if age < 0 { tolerance.min(CLOCKS_DIFFER) } else { tolerance };
    check_tolerance(age, tolerance).map(|()| age)
}

fn check_tolerance(age: i64, tolerance: u64) -> Result<(), Rejection> {
    if tolerance > 0 && age.unsigned_abs() > tolerance {
        return Err(Rejection::StaleTimestamp { age, tolerance });
    }
    Ok(())
}

fn platform(name: Option<&str>) -> Result<&'static Platform, AccountError> {
    let Some(name) = name else { return Ok(&WECHAT) };
    Platform::named(name).ok_or_else(|| {
        let names: Vec<_> = PLATFORMS.iter().filter_map(|one| one.name).collect();
        wrong("platform", format!("must be one of {}", names.join(", ")))
    })
}

fn trust(name: Option<&str>) -> Result<Option<&'static Trust>, AccountError> {
    let Some(name) = name else { return Ok(None) };
    Trust::named(name).map(Some).ok_or_else(|| {
        let names: Vec<_> = TRUSTS.iter().map(|one| one.name).collect();
        wrong("trust", format!("must be one of {}", names.join(", ")))
    })
}

/// An account of a platform that encrypts every push.
fn check_encrypted_only(options: &AccountOptions) -> Result<(), AccountError> {
    if options.mode.as_deref().is_some_and(|mode| mode != "secure") {
        return Err(wrong("mode", "must be left out: every push to this platform is encrypted"));
    }
    if options.encoding_aes_keys.is_empty() {
        return Err(wrong("encodingAESKey", "is needed: every push to this platform is encrypted"));
    }
    if options.trust.is_some() {
        return Err(wrong("trust", "must be left out: every push to this platform is signed"));
    }
    Ok(())
}

fn mode(given: Option<&str>, has_key: bool) -> Result<Mode, AccountError> {
    let mode = match given {
        None if has_key => Mode::Secure,
        None | Some("plain") => Mode::Plain,
        Some("compat") => Mode::Compat,
        Some("secure") => Mode::Secure,
        Some(_) => return Err(wrong("mode", "must be 'plain', 'compat' or 'secure'")),
    };
    if mode != Mode::Plain && !has_key {
        return Err(wrong("encodingAESKey", "is needed in compat and secure mode"));
    }
    Ok(mode)
}

fn keys(texts: &[String]) -> Result<Few<Key>, AccountError> {
    // `collect` would make room for four, which is most of what an account takes.
    let mut keys = Few::with_capacity(texts.len());
    for text in texts {
        keys.push(Key::new(text).map_err(|message| wrong("encodingAESKey", message))?);
    }
    Ok(keys)
}

fn receiver(
    app_id: Option<String>,
    receive_ids: Option<Vec<String>>,
    mode: Mode,
    platform: &Platform,
) -> Result<Receiver, AccountError> {
    match (platform.trailer, receive_ids) {
        (Trailer::AppId, Some(_)) => Err(wrong(
            "receiveId",
            "is for WeCom, platform: 'wecom'; an account of WeChat has its appId",
        )),
        (Trailer::AppId, None) => the_app_id(app_id, mode).map(|id| Receiver::AppId(id.into())),
        (Trailer::ReceiveId | Trailer::Nothing, _) if app_id.is_some() => Err(wrong(
            "appId",
            "is for accounts of WeChat; of WeCom give receiveId, the CorpID or the SuiteID",
        )),
        (_, Some(ids)) if ids.is_empty() => Err(wrong("receiveId", "must have at least one")),
        (_, Some(ids)) => Ok(Receiver::OneOf(ids)),
        (Trailer::Nothing, None) => Ok(Receiver::OneOf(vec![String::new()])),
        (Trailer::ReceiveId, None) => Ok(Receiver::Anybody),
    }
}

fn the_app_id(given: Option<String>, mode: Mode) -> Result<String, AccountError> {
    match given {
        _ if mode == Mode::Plain => Ok(String::new()),
        Some(id) if !id.is_empty() => Ok(id),
        _ => Err(wrong(
            "appId",
            "is needed with an encodingAESKey: every encrypted push names its AppID",
        )),
    }
}

fn one_of(ids: &[String]) -> Box<str> {
    ids.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(" or ").into()
}

fn wrong(option: &'static str, message: impl Into<String>) -> AccountError {
    AccountError { option, message: message.into() }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("receiver", &self.receiver)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        self.tokens.iter_mut().for_each(Zeroize::zeroize);
    }
}

/// Why WeChat's console could not hold this Token: it takes 3 to 32 letters and digits.
pub fn doubtful_token(token: &str) -> Option<String> {
    let length = token.chars().count();
    if let Some(at) = token.chars().position(|c| !c.is_ascii_alphanumeric()) {
        let number = at + 1;
        return Some(format!(
            "character {number} of the token is no letter or digit, WeChat's console takes nothing else"
        ));
    }
    (!(3..=32).contains(&length))
        .then(|| format!("the token has {length} characters, WeChat's console takes 3 to 32"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn options(change: impl FnOnce(&mut AccountOptions)) -> AccountOptions {
        let mut options = AccountOptions { tokens: vec!["sesame".into()], ..Default::default() };
        change(&mut options);
        options
    }

    fn refused(change: impl FnOnce(&mut AccountOptions)) -> &'static str {
        Account::new(options(change)).unwrap_err().option
    }

    #[test]
    fn wants_a_token() {
        assert_eq!(refused(|o| o.tokens.clear()), "token");
        assert_eq!(refused(|o| o.tokens.push(String::new())), "token");
        assert_eq!(Account::new(options(|_| ())).unwrap().mode, Mode::Plain);
    }

    #[test]
    fn wants_a_whole_key_and_an_app_id() {
        let with = |keys: &[&str], app_id: Option<&str>, mode: Option<&str>| {
            let change = |o: &mut AccountOptions| {
                o.encoding_aes_keys = keys.iter().map(ToString::to_string).collect();
                o.app_id = app_id.map(Into::into);
                o.mode = mode.map(Into::into);
            };
            Account::new(options(change)).map(|account| account.mode).map_err(|error| error.option)
        };
        assert_eq!(with(&[KEY], Some("wx1"), None), Ok(Mode::Secure));
        assert_eq!(with(&[KEY, KEY], Some("wx1"), Some("compat")), Ok(Mode::Compat));
        assert_eq!(with(&[KEY], None, Some("plain")), Ok(Mode::Plain));
        assert_eq!(with(&[KEY], None, None), Err("appId"));
        assert_eq!(with(&[KEY], Some(""), None), Err("appId"));
        assert_eq!(with(&[], Some("wx1"), Some("secure")), Err("encodingAESKey"));
        assert_eq!(with(&[&KEY[1..]], Some("wx1"), None), Err("encodingAESKey"));
        assert_eq!(with(&[KEY, ""], Some("wx1"), None), Err("encodingAESKey"));
        assert_eq!(with(&[KEY], Some("wx1"), Some("safe")), Err("mode"));
    }

    #[test]
    fn ages_are_absolute_and_timestamps_have_ten_digits() {
        let account = Account::new(options(|o| o.tolerance = 300)).unwrap();
        assert_eq!(account.check_age("1714036504", 1_714_036_804), Ok(300));
        assert_eq!(account.check_age("1714036804", 1_714_036_504), Ok(-300));
        let stale = |age| Err(Rejection::StaleTimestamp { age, tolerance: 300 });
        assert_eq!(account.check_age("1714036504", 1_714_036_805), stale(301));
        assert_eq!(account.check_age("1714036805", 1_714_036_504), stale(-301));
        for odd in ["", "171403650", "17140365040", "171403650x", "+171403650"] {
            assert_eq!(
                account.check_age(odd, 1_714_036_504),
                Err(Rejection::InvalidTimestamp),
                "{odd}"
            );
        }
        let any = Account::new(options(|_| ())).unwrap();
        assert_eq!(any.check_age("1000000000", 1_714_036_504), Ok(714_036_504));
        assert_eq!(any.check_age("1714036504000", 1_714_036_504), Err(Rejection::InvalidTimestamp));
    }

    #[test]
    fn what_is_ahead_or_a_message_in_plaintext_has_no_more_than_300_seconds() {
        let now = 1_714_036_504;
        for (tolerance, old, short) in [(90_000, 90_000, 300), (10, 10, 10)] {
            let account = Account::new(options(|o| o.tolerance = tolerance)).unwrap();
            let sent = |age: i64| (now - age).to_string();
            let check = |age| account.check_age(&sent(age), now.unsigned_abs());
            assert_eq!(check(old), Ok(old));
            assert!(check(old + 1).is_err());
            assert_eq!(check(-short), Ok(-short));
            let stale =
                Rejection::StaleTimestamp { age: -short - 1, tolerance: short.unsigned_abs() };
            assert_eq!(check(-short - 1), Err(stale));
            assert_eq!(account.check_age_of_plaintext_message(short), Ok(()));
            assert!(account.check_age_of_plaintext_message(short + 1).is_err());
        }
        let any = Account::new(options(|_| ())).unwrap();
        assert_eq!(any.check_age_of_plaintext_message(1 << 40), Ok(()));
    }

    #[test]
    fn debug_hides_the_secrets() {
        let account = Account::new(options(|o| {
            o.encoding_aes_keys = vec![KEY.into()];
            o.app_id = Some("wx1".into());
        }));
        let shown = format!("{:?}", account.unwrap());
        assert!(!shown.contains("sesame") && !shown.contains("AAAA"), "{shown}");
    }

    #[test]
    fn doubts_tokens_that_the_console_refuses() {
        assert_eq!(doubtful_token("abc"), None);
        assert_eq!(doubtful_token(&"a".repeat(32)), None);
        assert!(doubtful_token(&"a".repeat(33)).unwrap().contains("33"));
        assert!(doubtful_token("ab").unwrap().contains('2'));
        assert!(doubtful_token("my token").unwrap().contains("character 3 of"));
        assert!(doubtful_token("令牌令牌").is_some());
    }
}
