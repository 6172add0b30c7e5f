//! What the core takes without JavaScript around it, in ns per call; `npm run bench` prints it.

#![expect(clippy::print_stdout, reason = "the figures are the output")]

use std::hint::black_box;
use std::time::Instant;

use wechat_push_core::{Account, AccountOptions, Body, Request, signature};

const SAMPLES: usize = 51;
const CALLS: u32 = 20_000;

fn main() {
    let signed = *b"f464b24fc39322e44b38aa78f5edd27bd1441696";
    let parts = [b"AAAAA".as_slice(), b"1714036504", b"1514711492"];
    measure("signature", || signature::matches(black_box(&signed), black_box(parts)));

    let account =
        Account::new(AccountOptions { tokens: vec!["AAAAA".into()], ..Default::default() })
            .expect("a token");
    let url = "/checkPushMsg?signature=f464b24fc39322e44b38aa78f5edd27bd1441696\
                &timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249";
    measure("handshake", || {
        account
            .receive(black_box(Request { method: "GET", url, body: Body::Bytes(&[]), now: 0 }))
            .is_ok()
    });
}

/// Prints the median of the samples.
fn measure(name: &str, mut call: impl FnMut() -> bool) {
    assert!(call(), "{name} must succeed");
    let mut samples: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..CALLS {
                black_box(call());
            }
            start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    println!("{name} {:.1}", samples[SAMPLES / 2]);
}
