//! The signature: the parts sorted as bytes, joined without separator, SHA-1, lower-case hex.

use base64_simd::URL_SAFE_NO_PAD;
use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

pub use wechat_push_crypto::Signature;

/// Eight digits are compared at once.
const WORD: usize = 8;
/// So many of them are a signature.
const WORDS: usize = 5;

/// A Token by itself, for callers that check signatures without an account. It is wiped when it is dropped.
pub struct Token(Zeroizing<String>);

impl From<String> for Token {
    fn from(token: String) -> Self {
        Self(Zeroizing::new(token))
    }
}

impl Token {
    /// Whether `given` is the signature of the Token, the timestamp and the nonce; see [`matches`].
    pub fn has_signed(&self, given: &[u8], timestamp: &[u8], nonce: &[u8]) -> bool {
        matches(given, [self.0.as_bytes(), timestamp, nonce])
    }
}

/// A signature as text.
pub fn as_text(signature: &Signature) -> &str {
    str::from_utf8(signature).unwrap_or_default()
}

/// Whether `given` is the signature of `parts`, compared in constant time.
///
/// Plaintext pushes and the handshake sign Token, timestamp and nonce; encrypted pushes sign the
/// `Encrypt` text as well. Upper-case hex does not match: WeChat never sends it.
pub fn matches<const N: usize>(given: &[u8], parts: [&[u8]; N]) -> bool {
    let Ok(given) = <&Signature>::try_from(given) else { return false };
    let made = sign(parts);
    let (given, made) = (given.as_chunks::<WORD>().0, made.as_chunks::<WORD>().0);
    let mut difference = 0;
    for at in 0..WORDS {
        difference |= u64::from_ne_bytes(given[at]) ^ u64::from_ne_bytes(made[at]);
    }
    difference.ct_eq(&0).into()
}

/// The signature of `parts`, in whatever order they are given.
pub fn sign<const N: usize>(mut parts: [&[u8]; N]) -> Signature {
    wechat_push_crypto::sign(&mut parts)
}

/// The same of texts, as text.
pub(crate) fn sign_text<const N: usize>(parts: [&str; N]) -> String {
    String::from_utf8_lossy(&sign(parts.map(str::as_bytes))).into_owned()
}

/// The SHA-1 of a text in base64url, by which stores know what they remember; it signs nothing.
pub fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode_to_string(Sha1::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn signs_the_official_example() {
        let parts = [b"AAAAA".as_slice(), b"1714036504", b"1514711492"];
        assert_eq!(&sign(parts), b"f464b24fc39322e44b38aa78f5edd27bd1441696");
        assert!(matches(b"f464b24fc39322e44b38aa78f5edd27bd1441696", parts));
    }

    #[test]
    fn a_token_knows_what_it_signed_and_is_wiped() {
        fn is_wiped(_: &impl zeroize::ZeroizeOnDrop) {}
        let token = Token::from(String::from("AAAAA"));
        is_wiped(&token.0);
        let given = b"f464b24fc39322e44b38aa78f5edd27bd1441696";
        assert!(token.has_signed(given, b"1714036504", b"1514711492"));
        assert!(!token.has_signed(given, b"1714036504", b"1514711493"));
    }

    #[test]
    fn digests_the_example_of_the_standard() {
        // FIPS 180-2, appendix A.1: a9993e36 4706816a ba3e2571 7850c26c 9cd0d89d
        assert_eq!(digest("abc"), "qZk-NkcGgWq6PiVxeFDCbJzQ2J0");
    }

    #[test]
    fn refuses_upper_case_and_other_lengths() {
        let parts = [b"AAAAA".as_slice(), b"1714036504", b"1514711492"];
        assert!(!matches(b"F464B24FC39322E44B38AA78F5EDD27BD1441696", parts));
        assert!(!matches(b"f464b24fc39322e44b38aa78f5edd27bd144169", parts));
        assert!(!matches(b"f464b24fc39322e44b38aa78f5edd27bd14416960", parts));
        assert!(!matches(b"", parts));
    }

    #[test]
    fn sorts_bytes_not_numbers() {
        assert_eq!(sign([b"9", b"10", b"a"]), sign([b"10", b"9", b"a"]));
        assert_eq!(sign([b"9", b"10", b"a"]), naive(&["10", "9", "a"]));
    }

    proptest! {
        #[test]
        fn agrees_with_the_naive_reference(token in ".{0,80}", timestamp in ".{0,20}", nonce in ".{0,300}") {
            let mut sorted = [token.as_str(), &timestamp, &nonce];
            sorted.sort_by(|a, b| a.bytes().cmp(b.bytes()));
            let parts = [token.as_bytes(), timestamp.as_bytes(), nonce.as_bytes()];
            prop_assert_eq!(sign(parts), naive(&sorted));
            prop_assert!(matches(&naive(&sorted), parts));
        }

        #[test]
        fn one_block_or_more_is_no_matter(length in 0..=130_usize, at in 0..=130_usize) {
            let text = "x".repeat(length);
            let (first, second) = text.split_at(at.min(length));
            prop_assert_eq!(sign([first.as_bytes(), second.as_bytes()]), naive(&[&text]));
        }

        #[test]
        fn refuses_any_other_digit(at in 0..40_usize, digit in "[0-9a-fA-F]") {
            let parts = [b"token".as_slice(), b"1714036504", b"1514711492"];
            let mut forged = sign(parts);
            prop_assume!(forged[at] != digit.as_bytes()[0]);
            forged[at] = digit.as_bytes()[0];
            prop_assert!(!matches(&forged, parts));
        }
    }

    fn naive(sorted: &[&str]) -> Signature {
        let digest = Sha1::digest(sorted.concat());
        let digit = |value| char::from_digit(value, 16).unwrap();
        let text: String = digest
            .iter()
            .flat_map(|byte| [digit(u32::from(byte / 16)), digit(u32::from(byte % 16))])
            .collect();
        text.as_bytes().try_into().unwrap()
    }
}
