//! What is odd about the options of an account.

use wechat_push_clues::{Hint, bare};

use crate::account::{AccountError, AccountOptions};
use crate::envelope::Key;
use crate::platform::{THIRD_PARTY, WECOM, WECOM_BOT};

/// What is odd about a Token, whatever it signed.
pub(super) fn token_hint(token: &str) -> Option<Hint> {
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

pub(super) fn option_hint(error: &AccountError, options: &AccountOptions) -> Hint {
    let wrong = options.encoding_aes_keys.iter().find(|key| Key::new(key).is_err());
    match (error.option, wrong) {
        ("encodingAESKey", Some(key)) => key_hint(key),
        ("encodingAESKey", None) => Hint::new("key_missing"),
        ("token", _) => Hint::new("token_missing"),
        ("appId" | "mode", _) if options.platform.as_deref() == WECOM.name => {
            Hint::new("wecom_options")
        }
        ("appId" | "mode" | "receiveId", _) if options.platform.as_deref() == WECOM_BOT.name => {
            Hint::new("bot_options")
        }
        ("receiveId", _) => Hint::new("wecom_options"),
        ("appId", _) => Hint::new("app_id_missing"),
        ("mode", _) if options.platform.as_deref() == THIRD_PARTY.name => {
            Hint::new("encrypted_only")
        }
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
