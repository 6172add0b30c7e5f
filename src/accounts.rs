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

/// Opens an account under a free number until [`close`], or says which option is wrong.
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
