//! Random bytes for envelopes, fetched for many replies at a time.

use std::cell::RefCell;

pub(crate) const POOL: usize = 1024;

struct Pool {
    bytes: [u8; POOL],
    used: usize,
}

thread_local! {
    static RANDOM: RefCell<Pool> = const { RefCell::new(Pool { bytes: [0; POOL], used: POOL }) };
}

/// Bytes that were never handed out before; `None` when there are none.
pub(crate) fn random<const N: usize>() -> Option<[u8; N]> {
    const { assert!(N <= POOL) }
    RANDOM.with_borrow_mut(|pool| {
        if pool.used + N > POOL {
            fetch(&mut pool.bytes)?;
            pool.used = 0;
        }
        let bytes = pool.bytes[pool.used..].first_chunk().copied();
        pool.used += N;
        bytes
    })
}

/// How many bytes there are before more have to be fetched.
#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) fn left() -> usize {
    RANDOM.with_borrow(|pool| POOL - pool.used)
}

/// Takes bytes that JavaScript has fetched.
#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) fn hand_in(bytes: &[u8; POOL]) {
    RANDOM.set(Pool { bytes: *bytes, used: 0 });
}

#[cfg(not(target_arch = "wasm32"))]
fn fetch(bytes: &mut [u8; POOL]) -> Option<()> {
    getrandom::fill(bytes).ok()
}

/// WebAssembly has no system to ask: JavaScript hands them in before they run out.
#[cfg(target_arch = "wasm32")]
fn fetch(_: &mut [u8; POOL]) -> Option<()> {
    None
}
