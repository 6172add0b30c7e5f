//! Random bytes for envelopes, fetched from the system for many replies at a time.

use std::cell::RefCell;

const POOL: usize = 1024;

struct Pool {
    bytes: [u8; POOL],
    used: usize,
}

thread_local! {
    static RANDOM: RefCell<Pool> = const { RefCell::new(Pool { bytes: [0; POOL], used: POOL }) };
}

/// Bytes that were never handed out before; `None` when the system has none.
pub(crate) fn random<const N: usize>() -> Option<[u8; N]> {
    const { assert!(N <= POOL) }
    RANDOM.with_borrow_mut(|pool| {
        if pool.used + N > POOL {
            getrandom::fill(&mut pool.bytes).ok()?;
            pool.used = 0;
        }
        let bytes = pool.bytes[pool.used..].first_chunk().copied();
        pool.used += N;
        bytes
    })
}
