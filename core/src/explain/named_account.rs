//! An account whose options may be wrong.

use zeroize::Zeroize;

use crate::account::{Account, AccountError, AccountOptions};
use crate::envelope::Key;
use crate::platform::{THIRD_PARTY, WECOM, WECOM_BOT};
use crate::rejection::Rejection;
use crate::text::utf8;

/// An account as its owner configured it, right or wrong.
#[derive(Default)]
pub struct NamedAccount {
    /// What the owner calls it.
    pub name: String,
    /// As the owner gave them.
    pub options: AccountOptions,
    /// What was found wrong before the core saw it.
    pub wrong: Option<AccountError>,
}

impl NamedAccount {
    pub(super) fn account(&self) -> Result<Account, AccountError> {
        match &self.wrong {
            Some(error) => Err(error.clone()),
            None => Account::new(self.options.clone()),
        }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.options.encoding_aes_keys.iter().filter_map(|text| Key::new(text).ok())
    }

    pub(super) fn app_id(&self) -> &str {
        self.options.app_id.as_deref().unwrap_or_default()
    }

    /// Whether pushes of WeCom may name it.
    pub(super) fn has_receive_id(&self, id: &str) -> bool {
        self.options.receive_ids.iter().flatten().any(|one| one == id)
    }

    /// Ids of WeCom begin with `ww`, at least the newer ones.
    pub(super) fn is_wecom(&self) -> bool {
        self.options.platform.as_deref() == WECOM.name || self.is_bot() || is_corp_id(self.app_id())
    }

    pub(super) fn is_bot(&self) -> bool {
        self.options.platform.as_deref() == WECOM_BOT.name
    }

    pub(super) fn is_third_party(&self) -> bool {
        self.options.platform.as_deref() == THIRD_PARTY.name
    }

    /// Whether a key of this account decrypts it, whatever AppID it names.
    pub(super) fn opens(&self, encrypt: &str) -> bool {
        self.keys().any(|key| is_opened(&key, encrypt))
    }

    /// The message in it, whoever it is for.
    pub(super) fn opened(&self, encrypt: &str) -> Option<String> {
        let mut buffer = vec![];
        let opened = self.keys().find_map(|key| key.open_into(encrypt, &mut buffer).ok())?;
        utf8(&buffer[opened.message]).ok().map(Into::into)
    }
}

impl Drop for NamedAccount {
    fn drop(&mut self) {
        self.options.tokens.zeroize();
        self.options.encoding_aes_keys.zeroize();
    }
}

pub(super) fn is_corp_id(id: &str) -> bool {
    id.len() == 18 && id.starts_with("ww")
}

/// Whether the key is the right one: only the right one decrypts to a whole message.
pub(super) fn is_opened(key: &Key, encrypt: &str) -> bool {
    match key.open(encrypt, "") {
        Ok(_) => true,
        Err(Rejection::AppIdMismatch { got, .. }) => {
            got.bytes().all(|byte| byte.is_ascii_graphic())
        }
        Err(_) => false,
    }
}
