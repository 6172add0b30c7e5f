//! The parts sorted as bytes, joined without separator, SHA-1, lower-case hex.

use sha1::block_api::compress;
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

/// A signature as WeChat writes it: 40 lower-case hexadecimal digits.
pub type Signature = [u8; 40];

/// Bytes that SHA-1 takes as one block, as those of a handshake are.
const ONE_BLOCK: usize = 55;
/// What SHA-1 begins with (RFC 3174, 6.1).
const INITIAL: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];

/// The signature of `parts`, which it sorts.
#[inline(never)]
pub fn sign(parts: &mut [&[u8]]) -> Signature {
    sort(parts);
    let mut signature = [0; 40];
    for (digits, word) in signature.as_chunks_mut().0.iter_mut().zip(sha1(parts)) {
        *digits = hex_digits(word).to_be_bytes();
    }
    signature
}

/// The eight digits of a number, all at once.
fn hex_digits(number: u32) -> u64 {
    let mut digits = u64::from(number);
    digits = (digits & 0xffff_0000) << 16 | digits & 0xffff;
    digits = (digits & 0x0000_ff00_0000_ff00) << 8 | digits & 0x0000_00ff_0000_00ff;
    digits = (digits & 0x00f0_00f0_00f0_00f0) << 4 | digits & 0x000f_000f_000f_000f;
    // Now each has its byte. Those above nine carry when six is added.
    let letters = (digits + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101;
    digits + 0x3030_3030_3030_3030 + letters * u64::from(b'a' - b'9' - 1)
}

/// By insertion: they are four at the most.
fn sort(parts: &mut [&[u8]]) {
    for end in 1..parts.len() {
        let mut at = end;
        while at > 0 && parts[at - 1] > parts[at] {
            parts.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// SHA-1 of the parts one behind another.
fn sha1(parts: &[&[u8]]) -> [u32; 5] {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    if length > ONE_BLOCK {
        let mut sha1 = Sha1::new();
        for part in parts {
            sha1.update(part);
        }
        let digest: [u8; 20] = sha1.finalize().into();
        return std::array::from_fn(|i| u32::from_be_bytes(digest.as_chunks().0[i]));
    }
    // What the library does for any length takes longer than the block itself.
    let mut block = Zeroizing::new([0; 64]);
    let mut rest = &mut block[..];
    for part in parts {
        let (place, others) = rest.split_at_mut(part.len());
        place.copy_from_slice(part);
        rest = others;
    }
    rest[0] = 0x80;
    block[56..].copy_from_slice(&(8 * length as u64).to_be_bytes());
    let mut state = INITIAL;
    compress(&mut state, std::slice::from_ref(&*block));
    state
}
