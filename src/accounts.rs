//! The accounts of this thread, by number: so that all accounts share the same JavaScript functions, each of
//! which takes more memory than an account.

use std::cell::RefCell;
use std::rc::Rc;

use wechat_push_core::{Account, NamedAccount};

/// An account, and its options for explanations. Both wipe their secrets when they are dropped.
pub(crate) struct OpenAccount {
    pub(crate) account: Account,
    pub(crate) named: NamedAccount,
}

thread_local! {
    static ACCOUNTS: RefCell<Vec<Option<Rc<OpenAccount>>>> = const { RefCell::new(vec![]) };
}

/// Keeps an account until [`close`]. No other account ever gets its number, so 8 bytes stay of every account that
/// was ever opened.
pub(crate) fn open(account: OpenAccount) -> u32 {
    ACCOUNTS.with_borrow_mut(|accounts| {
        accounts.push(Some(Rc::new(account)));
        u32::try_from(accounts.len() - 1).unwrap_or(u32::MAX)
    })
}

pub(crate) fn account(number: u32) -> Option<Rc<OpenAccount>> {
    ACCOUNTS.with_borrow(|accounts| accounts.get(number as usize)?.clone())
}

pub(crate) fn close(number: u32) {
    let closed = ACCOUNTS.with_borrow_mut(|accounts| accounts.get_mut(number as usize)?.take());
    drop(closed);
}
