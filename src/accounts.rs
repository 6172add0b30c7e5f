//! The accounts of this thread, by number: so that all accounts share the same JavaScript functions, each of
//! which takes more memory than an account.

use std::cell::RefCell;
use std::rc::Rc;

use wechat_push_core::{Account, AccountError, AccountOptions, Confusion, NamedAccount};

use crate::numbered::Numbered;

/// An account, and its options for explanations. Both wipe their secrets when they are dropped.
pub(crate) struct OpenAccount {
    pub(crate) account: Account,
    pub(crate) named: NamedAccount,
}

thread_local! {
    static ACCOUNTS: RefCell<Numbered<OpenAccount>> = const { RefCell::new(Numbered::new()) };
}

/// Opens an account until [`close`] and returns its number, or says which option is wrong.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn add(options: AccountOptions) -> Result<u32, AccountError> {
    let opened = opened(options)?;
    Ok(ACCOUNTS.with_borrow_mut(|accounts| accounts.add(opened)))
}

/// The same under a number that JavaScript gives.
#[cfg(any(test, target_arch = "wasm32"))]
#[cfg_attr(test, allow(dead_code))]
pub(crate) fn open(number: u32, options: AccountOptions) -> Result<(), AccountError> {
    let opened = opened(options)?;
    ACCOUNTS.with_borrow_mut(|accounts| accounts.open(number, opened));
    Ok(())
}

fn opened(options: AccountOptions) -> Result<OpenAccount, AccountError> {
    let mut named = NamedAccount::default();
    named.options = options;
    let account = Account::new(named.options.clone())?;
    Ok(OpenAccount { account, named })
}

pub(crate) fn account(number: u32) -> Option<Rc<OpenAccount>> {
    ACCOUNTS.with_borrow(|accounts| accounts.get(number))
}

/// Whether an account may refuse a URL that any account might take.
pub(crate) fn judges_urls(number: u32) -> bool {
    account(number).is_none_or(|open| wechat_push_core::judges_urls(&open.account))
}

/// Why nothing tells the pushes of two accounts apart.
pub(crate) fn confusion(one: u32, other: u32) -> Option<&'static str> {
    let (one, other) = (account(one)?, account(other)?);
    let confusion = wechat_push_core::confusion(
        (&one.account, &one.named.options),
        (&other.account, &other.named.options),
    );
    confusion.map(Confusion::why)
}

pub(crate) fn close(number: u32) {
    let closed = ACCOUNTS.with_borrow_mut(|accounts| accounts.close(number));
    drop(closed);
}
