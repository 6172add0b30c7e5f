//! What the owner configured.

use std::fmt;

use crate::signature;

/// What the owner configured in WeChat's console, as given.
#[derive(Default)]
pub struct AccountOptions {
    /// The Token; the previous one may follow while it is being changed.
    pub tokens: Vec<String>,
}

/// A checked account.
pub struct Account {
    tokens: Vec<String>,
}

/// Which option is wrong, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountError {
    /// The option's name in the JavaScript API.
    pub option: &'static str,
    /// A sentence that says what it has to be.
    pub message: String,
}

impl Account {
    /// Checks the options.
    ///
    /// # Errors
    /// The first option that no account can have.
    pub fn new(options: AccountOptions) -> Result<Self, AccountError> {
        if options.tokens.is_empty() || options.tokens.iter().any(String::is_empty) {
            return Err(AccountError {
                option: "token",
                message: "must be the Token from WeChat's console, or an array of them".into(),
            });
        }
        Ok(Self { tokens: options.tokens })
    }

    /// Whether one of the Tokens signed `timestamp` and `nonce`.
    pub(crate) fn signed(&self, given: &str, timestamp: &str, nonce: &str) -> bool {
        self.tokens.iter().any(|token| {
            let parts = [token.as_bytes(), timestamp.as_bytes(), nonce.as_bytes()];
            signature::matches(given.as_bytes(), parts)
        })
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").finish_non_exhaustive()
    }
}

/// Why WeChat's console could not hold this Token: it takes 3 to 32 letters and digits.
pub fn doubtful_token(token: &str) -> Option<String> {
    let length = token.chars().count();
    if let Some(odd) = token.chars().find(|c| !c.is_ascii_alphanumeric()) {
        return Some(format!(
            "the token contains {odd:?}, WeChat's console takes letters and digits only"
        ));
    }
    (!(3..=32).contains(&length))
        .then(|| format!("the token has {length} characters, WeChat's console takes 3 to 32"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(tokens: &[&str]) -> Result<Account, AccountError> {
        Account::new(AccountOptions { tokens: tokens.iter().map(ToString::to_string).collect() })
    }

    #[test]
    fn wants_a_token() {
        assert_eq!(account(&[]).unwrap_err().option, "token");
        assert_eq!(account(&["good", ""]).unwrap_err().option, "token");
        assert!(account(&["good"]).is_ok());
    }

    #[test]
    fn debug_hides_the_token() {
        assert!(!format!("{:?}", account(&["sesame"]).unwrap()).contains("sesame"));
    }

    #[test]
    fn doubts_tokens_that_the_console_refuses() {
        assert_eq!(doubtful_token("abc"), None);
        assert_eq!(doubtful_token(&"a".repeat(32)), None);
        assert!(doubtful_token(&"a".repeat(33)).unwrap().contains("33"));
        assert!(doubtful_token("ab").unwrap().contains('2'));
        assert!(doubtful_token("my token").unwrap().contains("' '"));
        assert!(doubtful_token("令牌令牌").is_some());
    }
}
