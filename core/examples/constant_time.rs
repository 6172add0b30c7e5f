//! Whether the time that comparing a signature takes tells where its first wrong digit is: Welch's t-test
//! over interleaved random classes, as dudect does it. `npm run test:timing` runs it.

#![expect(clippy::print_stdout, reason = "the figures are the output")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts and nanoseconds are far below 2^52"
)]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use wechat_push_core::signature::{self, Signature};

/// A million measurements for each place.
const BATCHES: usize = 1000;
const BATCH: usize = 1000;

/// Calls to a measurement, so that it is longer than a tick of the clock.
const CALLS: usize = 8;

/// Of |t|; dudect takes 4.5 for a hint and 10 for a proof.
const LIMIT: f64 = 10.0;

/// Where the first wrong digit is, in the class that is compared with a wrong first digit.
const PLACES: [usize; 4] = [1, 8, 20, 39];

/// The shares of the measurements that are looked at, the fastest ones.
const CROPS: [f64; 3] = [0.5, 0.9, 1.0];

const PARTS: [&[u8]; 3] = [b"AAAAA", b"1714036504", b"1514711492"];

fn main() -> ExitCode {
    // What finds nothing must be able to find something: a comparison that stops at the first wrong digit.
    let found = tell("a comparison that stops at the first wrong digit", naive);
    let sound = tell("signature::matches", signature::matches::<3>);
    let passed = found > LIMIT && sound < LIMIT;
    println!("{}", if passed { "constant time: nothing found" } else { "constant time: failed" });
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints the largest |t|, and returns it.
fn tell(name: &str, matches: impl Fn(&[u8], [&[u8]; 3]) -> bool) -> f64 {
    let worst = worst(&mut Random(0), matches);
    println!("{name}: |t| = {worst:.1}, limit {LIMIT}");
    worst
}

/// The largest |t| over all places and crops.
fn worst(random: &mut Random, matches: impl Fn(&[u8], [&[u8]; 3]) -> bool) -> f64 {
    let places = PLACES.map(|place| {
        let times = measure(random, place, &matches);
        CROPS.map(|crop| welch(&times, crop).abs()).into_iter().fold(0.0, f64::max)
    });
    places.into_iter().fold(0.0, f64::max)
}

/// Nanoseconds, and whether the first wrong digit was at `place`; otherwise it was the first.
fn measure(
    random: &mut Random,
    place: usize,
    matches: impl Fn(&[u8], [&[u8]; 3]) -> bool,
) -> Vec<(f64, bool)> {
    let right = signature::sign(PARTS);
    let mut times = Vec::with_capacity(BATCHES * BATCH);
    for _ in 0..BATCHES {
        // All of them before the first is measured: making one takes longer in one class than in the other.
        let forged: Vec<(Signature, bool)> = (0..BATCH)
            .map(|_| {
                let late = random.next().is_multiple_of(2);
                (forge(random, &right, if late { place } else { 0 }), late)
            })
            .collect();
        for (given, late) in forged {
            let start = Instant::now();
            for _ in 0..CALLS {
                assert!(!black_box(matches(black_box(&given), black_box(PARTS))), "it is forged");
            }
            times.push((start.elapsed().as_nanos() as f64, late));
        }
    }
    times
}

/// A signature that is right before `place`, wrong there, and anything behind.
fn forge(random: &mut Random, right: &Signature, place: usize) -> Signature {
    let mut digits = *right;
    for digit in &mut digits[place..] {
        *digit = random.digit();
    }
    while digits[place] == right[place] {
        digits[place] = random.digit();
    }
    digits
}

/// Welch's t between the classes, of the fastest measurements only: what interrupts a measurement hides what it shows.
fn welch(times: &[(f64, bool)], crop: f64) -> f64 {
    let mut sorted: Vec<f64> = times.iter().map(|(time, _)| *time).collect();
    sorted.sort_by(f64::total_cmp);
    let longest = sorted[(sorted.len() as f64 * crop) as usize - 1];
    let class = |of| times.iter().filter(move |(time, late)| *late == of && *time <= longest);
    let [(n, mean, variance), (m, other_mean, other_variance)] = [false, true].map(|of| {
        let count = class(of).count() as f64;
        let mean = class(of).map(|(time, _)| time).sum::<f64>() / count;
        let squares = class(of).map(|(time, _)| (time - mean).powi(2)).sum::<f64>();
        (count, mean, squares / (count - 1.0))
    });
    (mean - other_mean) / (variance / n + other_variance / m).sqrt()
}

/// What must be found.
fn naive(given: &[u8], parts: [&[u8]; 3]) -> bool {
    given.iter().zip(signature::sign(parts)).all(|(a, b)| *a == b)
}

/// `SplitMix64`: good enough to shuffle with, and the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn digit(&mut self) -> u8 {
        b"0123456789abcdef"[(self.next() >> 60) as usize]
    }
}
