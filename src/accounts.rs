//! The accounts of this thread, by number: so that all accounts share the same JavaScript functions, each of
//! which takes more memory than an account.

use std::cell::RefCell;
use std::rc::Rc;

use wechat_push_core::{Account, AccountError, AccountOptions, NamedAccount};

use crate::numbered::Numbered;

/// An account, and its options for explanations. Both wipe their secrets when they are dropped.
pub(crate) struct OpenAccount {
    pub(crate) account: Account,
    pub(crate) named: NamedAccount,
}

thread_local! {
    static ACCOUNTS: RefCell<Numbered<OpenAccount>> = const { RefCell::new(Numbered::new()) };
}

/// The number that no account has had yet; in WebAssembly JavaScript counts.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn next() -> u32 {
    ACCOUNTS.with_borrow(Numbered::next)
}

/// Opens an account until [`close`], or says which option is wrong.
pub(crate) fn open(number: u32, options: AccountOptions) -> Result<(), AccountError> {
    let mut named = NamedAccount::default();
    named.options = options;
    let account = Account::new(named.options.clone())?;
    ACCOUNTS.with_borrow_mut(|accounts| accounts.open(number, OpenAccount { account, named }));
    Ok(())
}

pub(crate) fn account(number: u32) -> Option<Rc<OpenAccount>> {
    ACCOUNTS.with_borrow(|accounts| accounts.get(number))
}

pub(crate) fn close(number: u32) {
    let closed = ACCOUNTS.with_borrow_mut(|accounts| accounts.close(number));
    drop(closed);
}
