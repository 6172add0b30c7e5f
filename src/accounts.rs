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

#[derive(Default)]
struct Accounts {
    by_number: Vec<Option<Rc<OpenAccount>>>,
    /// Numbers whose accounts were closed.
    free: Vec<u32>,
}

thread_local! {
    static ACCOUNTS: RefCell<Accounts> = RefCell::default();
}

/// Keeps an account until [`close`]; returns its number.
pub(crate) fn open(account: OpenAccount) -> u32 {
    ACCOUNTS.with_borrow_mut(|Accounts { by_number, free }| {
        let number = free.pop().unwrap_or_else(|| {
            by_number.push(None);
            u32::try_from(by_number.len() - 1).unwrap_or(u32::MAX)
        });
        by_number[number as usize] = Some(Rc::new(account));
        number
    })
}

pub(crate) fn account(number: u32) -> Option<Rc<OpenAccount>> {
    ACCOUNTS.with_borrow(|accounts| accounts.by_number.get(number as usize)?.clone())
}

pub(crate) fn close(number: u32) {
    let closed = ACCOUNTS.with_borrow_mut(|Accounts { by_number, free }| {
        let closed = by_number.get_mut(number as usize)?.take()?;
        free.push(number);
        Some(closed)
    });
    drop(closed);
}
