//! Whether a push itself shows which of two accounts it is for.

use crate::account::{Account, AccountOptions, Receiver};
use crate::envelope::is_same_key;

/// Why nothing tells two accounts apart that share a Token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confusion {
    /// One of them takes plaintext, of which nothing but the Token says whose it is.
    Plaintext,
    /// What is encrypted for the one opens for the other, too.
    SameKeyAndId,
}

impl Confusion {
    /// A sentence's end, behind the names of both.
    pub fn why(self) -> &'static str {
        match self {
            Self::Plaintext => {
                "have the same token, and one of them takes plaintext, of which nothing but the token says whose it is; \
                 give each its own"
            }
            Self::SameKeyAndId => {
                "have the same token, the same encodingAESKey and the same ID, so nothing tells them apart; leave one out, \
                 or give each its own token"
            }
        }
    }
}

/// Why nothing tells the pushes of two accounts apart; `None` where something does. Each comes with its options.
pub fn confusion(
    (one, its): (&Account, &AccountOptions),
    (other, others): (&Account, &AccountOptions),
) -> Option<Confusion> {
    if !one.shares_token(other) {
        return None;
    }
    if one.takes_plaintext() || other.takes_plaintext() {
        return Some(Confusion::Plaintext);
    }
    let has_key = |key: &String| others.encoding_aes_keys.iter().any(|one| is_same_key(one, key));
    let shares_key = its.encoding_aes_keys.iter().any(has_key);
    let shares_id = match (ids(one), ids(other)) {
        (Some(its), Some(others)) => its.iter().any(|id| others.contains(id)),
        // One of them takes any.
        _ => true,
    };
    (shares_key && shares_id).then_some(Confusion::SameKeyAndId)
}

/// Whom its pushes may be for; `None` for anybody.
fn ids(account: &Account) -> Option<Vec<&str>> {
    match &account.receiver {
        Receiver::AppId(_) => Some(vec![account.own_id()]),
        Receiver::OneOf(ids) => Some(ids.iter().map(String::as_str).collect()),
        Receiver::Anybody => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    /// The same: the last two of its 258 bits are noise.
    const SPELT_OTHERWISE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD";
    const OTHER: &str = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";

    fn options(token: &str, key: &str, app_id: &str, mode: &str) -> AccountOptions {
        AccountOptions {
            tokens: token.split(' ').map(Into::into).collect(),
            encoding_aes_keys: key
                .split(' ')
                .filter(|key| !key.is_empty())
                .map(Into::into)
                .collect(),
            app_id: Some(app_id.into()),
            mode: Some(mode.into()),
            ..Default::default()
        }
    }

    fn wecom(receive_ids: Option<&[&str]>) -> AccountOptions {
        AccountOptions {
            tokens: vec!["sesame".into()],
            encoding_aes_keys: vec![KEY.into()],
            receive_ids: receive_ids.map(|ids| ids.iter().map(|id| (*id).into()).collect()),
            platform: Some("wecom".into()),
            ..Default::default()
        }
    }

    fn bot(receive_ids: Option<&[&str]>) -> AccountOptions {
        AccountOptions { platform: Some("wecom-bot".into()), ..wecom(receive_ids) }
    }

    #[test]
    fn a_token_of_its_own_or_the_envelope_tells_an_account_from_another() {
        let one = options("sesame old", KEY, "wx1", "secure");
        let both = &[KEY, OTHER].join(" ");
        let cases = [
            (options("other", KEY, "wx1", "secure"), None),
            (options("sesame", KEY, "wx2", "secure"), None),
            (options("sesame", OTHER, "wx1", "secure"), None),
            (options("sesame", KEY, "wx1", "secure"), Some(Confusion::SameKeyAndId)),
            (options("sesame", SPELT_OTHERWISE, "wx1", "secure"), Some(Confusion::SameKeyAndId)),
            (options("new old", both, "wx1", "secure"), Some(Confusion::SameKeyAndId)),
            (options("sesame", OTHER, "wx2", "compat"), Some(Confusion::Plaintext)),
            (options("sesame", "", "wx2", "plain"), Some(Confusion::Plaintext)),
            (wecom(Some(&["ww1"])), None),
            (wecom(Some(&["ww1", "wx1"])), Some(Confusion::SameKeyAndId)),
            (wecom(None), Some(Confusion::SameKeyAndId)),
            (bot(None), None),
            (bot(Some(&["wx1"])), Some(Confusion::SameKeyAndId)),
        ];
        let account = |options: &AccountOptions| Account::new(options.clone()).unwrap();
        for (other, expected) in cases {
            let (a, b) = ((&account(&one), &one), (&account(&other), &other));
            assert_eq!(confusion(a, b), expected, "{:?} {:?}", other.tokens, other.app_id);
            assert_eq!(confusion(b, a), expected);
        }
    }
}
