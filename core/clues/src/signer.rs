//! How a signature was made that is not the one it should be: every single mistake that people are
//! known to make is made here too, until one of them gives the same digest.

use std::borrow::Cow;
use std::cmp::Reverse;

use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use sha1::{Digest, Sha1};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::hint::Hint;

/// How many bytes one search hashes at most, whatever it was given: some milliseconds.
const BUDGET: usize = 4 << 20;
/// Up to how many letters of a Token are tried in every combination of cases.
const ALL_CASES: u32 = 12;
/// What stands between the parts when they are joined the usual wrong ways.
const SEPARATORS: [(&str, &str); 12] = [
    (",", "\",\""),
    ("&", "\"&\""),
    (" ", "a blank"),
    ("\n", "a line break"),
    ("\r\n", "a line break"),
    ("|", "\"|\""),
    ("-", "\"-\""),
    ("_", "\"_\""),
    (":", "\":\""),
    (";", "\";\""),
    (".", "\".\""),
    ("+", "\"+\""),
];
/// The texts that an unset variable becomes in its place.
const NO_TOKENS: [&str; 5] = ["", "undefined", "null", "None", "nil"];

/// The ciphertext that stands in the URL.
const ECHOSTR: &str = "echostr";

/// What was signed, and by which name it was given.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    /// `signature` or `msg_signature`.
    pub name: &'static str,
    /// Its value.
    pub given: &'a str,
    /// The value of the parameter.
    pub timestamp: &'a str,
    /// The value of the parameter.
    pub nonce: &'a str,
    /// `Encrypt` or [`ECHOSTR`]; signed by `msg_signature` only.
    pub ciphertext: Option<(&'static str, &'a str)>,
    /// The values as they were before they were damaged.
    pub repaired: [Option<&'a str>; 3],
}

/// The strings that could have been used for a Token.
pub struct Suspects<'a> {
    /// The account's Tokens.
    pub tokens: &'a [String],
    /// What else it has: its keys and its AppID.
    pub keys: &'a [String],
    /// Its AppID.
    pub app_id: Option<&'a str>,
    /// The name and one Token of each other account.
    pub others: Vec<(&'a str, &'a str)>,
}

/// Who signed, and how.
pub enum Signer {
    /// One of the account's Tokens, by its index, in WeChat's way.
    Right(usize),
    /// Found, with the mistake that was made.
    Mistaken(Vec<Hint>),
    /// Not found; hints from the form of the signature, if any.
    Unknown(Vec<Hint>),
}

/// Finds the mistake.
#[inline(never)]
pub fn find(signed: &Signed, suspects: &Suspects) -> Signer {
    let (mut search, form) = match Search::new(signed.given) {
        Ok(begun) => begun,
        Err(hint) => return Signer::Unknown(vec![hint]),
    };
    let found = search
        .by_token(signed, suspects)
        .or_else(|| search.by_parts(signed, suspects))
        .or_else(|| search.by_arrangement(signed, suspects))
        .or_else(|| search.by_case(signed, suspects));
    match found {
        Some(Found { right: Some(index), .. }) if form.is_empty() => Signer::Right(index),
        Some(found) => Signer::Mistaken([form, found.hints].concat()),
        None => Signer::Unknown(form),
    }
}

/// A mistake, or none.
struct Found {
    right: Option<usize>,
    hints: Vec<Hint>,
}

impl Found {
    fn mistake(hint: Hint) -> Self {
        Self { right: None, hints: vec![hint] }
    }
}

/// A Token or a key without the blanks, line breaks and quotes around it.
pub fn bare(token: &str) -> &str {
    token.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || "\"'`“”‘’\u{feff}\u{200b}".contains(c)
    })
}

struct Search {
    digest: Vec<u8>,
    left: usize,
}

impl Search {
    /// What to look for, and what is odd about the form it was given in.
    fn new(given: &str) -> Result<(Self, Vec<Hint>), Hint> {
        let mut hints = Vec::new();
        let text = given.trim();
        let digest = hex::decode(text).unwrap_or_default();
        match digest.len() {
            20 => {}
            32 => hints.push(Hint::new("sha256")),
            16 => hints.push(Hint::new("md5")),
            64 => return Err(Hint::new("sha512")),
            _ => return Self::of_base64(text),
        }
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            hints.push(Hint::new("upper_case_hex"));
        }
        Ok((Self { digest, left: BUDGET }, hints))
    }

    fn of_base64(text: &str) -> Result<(Self, Vec<Hint>), Hint> {
        let digest = base64_simd::STANDARD.decode_to_vec(text).unwrap_or_default();
        let mut hints = vec![Hint::new("base64_digest")];
        match digest.len() {
            20 => {}
            32 => hints.push(Hint::new("sha256")),
            16 => hints.push(Hint::new("md5")),
            _ => return Err(Hint::new("no_digest").with("length", text.chars().count())),
        }
        Ok((Self { digest, left: BUDGET }, hints))
    }

    /// Signed as WeChat does, by something that may not be the account's Token.
    fn by_token(&mut self, signed: &Signed, suspects: &Suspects) -> Option<Found> {
        let parts = signed.parts(signed.covers_ciphertext());
        for (index, token) in suspects.tokens.iter().enumerate() {
            if self.is_signed(token, &parts) {
                return Some(Found { right: Some(index), hints: vec![] });
            }
        }
        let mut suspected = suspects.own_variants().into_iter().chain(suspects.other_secrets());
        suspected
            .find(|(token, _)| self.is_signed(token, &parts))
            .map(|(_, hint)| Found::mistake(hint))
    }

    /// Signed with the right Token, over other parts.
    fn by_parts(&mut self, signed: &Signed, suspects: &Suspects) -> Option<Found> {
        let swapped = if signed.covers_ciphertext() {
            "signature_in_msg_signature"
        } else {
            "msg_signature_in_signature"
        };
        let others = signed.other_parts();
        for token in suspects.tokens {
            if signed.ciphertext.is_some()
                && self.is_signed(token, &signed.parts(!signed.covers_ciphertext()))
            {
                return Some(Found::mistake(Hint::new(swapped)));
            }
            let part = others.iter().find(|(parts, _)| {
                let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
                self.is_signed(token, &parts)
            });
            if let Some((_, key)) = part {
                return Some(Found::mistake(Hint::new(key)));
            }
        }
        None
    }

    /// Signed with the right Token over the right parts, put together otherwise.
    fn by_arrangement(&mut self, signed: &Signed, suspects: &Suspects) -> Option<Found> {
        let parts = signed.parts(signed.covers_ciphertext());
        for token in suspects.tokens {
            let all = [&[token.as_str()], parts.as_slice()].concat();
            let names = [&["Token"], signed.part_names().as_slice()].concat();
            for order in permutations(all.len()) {
                if self.is_exhausted() {
                    return None;
                }
                let texts: Vec<&str> = order.iter().map(|index| all[*index]).collect();
                if let Some(hint) = self.joined_otherwise(token, &texts) {
                    return Some(Found::mistake(hint));
                }
                if self.is(&[texts.concat().as_bytes()]) {
                    let order_names: Vec<&str> = order.iter().map(|index| names[*index]).collect();
                    let hint = Hint::new(order_key(&all, &order));
                    return Some(Found::mistake(hint.with("order", order_names.join(", "))));
                }
            }
            if self.is_pairs(&names, &all) {
                return Some(Found::mistake(Hint::new("joined_as_pairs")));
            }
        }
        None
    }

    /// The parts in one order, but with something between them or under a key.
    fn joined_otherwise(&mut self, token: &str, texts: &[&str]) -> Option<Hint> {
        for (separator, name) in SEPARATORS {
            if self.is(&[texts.join(separator).as_bytes()]) {
                return Some(Hint::new("separator").with("separator", name));
            }
        }
        if self.is(&[format!("[\"{}\"]", texts.join("\",\"")).as_bytes()]) {
            return Some(Hint::new("joined_as_json"));
        }
        let others: Vec<&str> = texts.iter().copied().filter(|text| *text != token).collect();
        let messages = ["", "&", ",", "\n"].map(|separator| others.join(separator));
        let whole = texts.concat();
        let keyed = self.is_hmac(token, whole.as_bytes())
            || messages.iter().any(|message| self.is_hmac(token, message.as_bytes()));
        keyed.then(|| Hint::new("hmac"))
    }

    /// `nonce=…&timestamp=…&token=…`
    fn is_pairs(&mut self, names: &[&str], texts: &[&str]) -> bool {
        let mut pairs: Vec<String> = names
            .iter()
            .zip(texts)
            .map(|(name, text)| format!("{}={text}", name.to_ascii_lowercase()))
            .collect();
        let listed = pairs.join("&");
        pairs.sort_unstable();
        self.is(&[listed.as_bytes()]) || self.is(&[pairs.join("&").as_bytes()])
    }

    /// Signed with the Token in other cases: all combinations of a short one, the usual of a long one.
    fn by_case(&mut self, signed: &Signed, suspects: &Suspects) -> Option<Found> {
        let parts = signed.parts(signed.covers_ciphertext());
        let mut tokens = suspects.tokens.iter();
        let found = tokens.any(|token| {
            !self.is_exhausted() && cases(token).iter().any(|other| self.is_signed(other, &parts))
        });
        found.then(|| Found::mistake(Hint::new("token_case")))
    }

    /// Whether `token` signed the `parts` as WeChat does.
    fn is_signed(&mut self, token: &str, parts: &[&str]) -> bool {
        let mut sorted: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        sorted.push(token.as_bytes());
        sorted.sort_unstable();
        self.is(&sorted)
    }

    fn is(&mut self, pieces: &[&[u8]]) -> bool {
        if !self.may_hash(pieces.iter().map(|piece| piece.len()).sum()) {
            return false;
        }
        match self.digest.len() {
            16 => self.is_digest(&digest::<Md5>(pieces)),
            20 => self.is_digest(&digest::<Sha1>(pieces)),
            _ => self.is_digest(&digest::<Sha256>(pieces)),
        }
    }

    fn is_hmac(&mut self, key: &str, message: &[u8]) -> bool {
        if !self.may_hash(key.len() + message.len()) {
            return false;
        }
        let made = match self.digest.len() {
            16 => mac::<Hmac<Md5>>(key, message),
            20 => mac::<Hmac<Sha1>>(key, message),
            _ => mac::<Hmac<Sha256>>(key, message),
        };
        made.is_some_and(|made| self.is_digest(&made))
    }

    /// In constant time, so that how long an explanation takes tells nothing of a right digest.
    fn is_digest(&self, made: &[u8]) -> bool {
        made.ct_eq(&self.digest).into()
    }

    fn is_exhausted(&self) -> bool {
        self.left == 0
    }

    fn may_hash(&mut self, bytes: usize) -> bool {
        let cost = bytes + 64;
        let enough = self.left >= cost;
        self.left = self.left.saturating_sub(cost);
        enough
    }
}

fn digest<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    for piece in pieces {
        digest.update(piece);
    }
    digest.finalize().to_vec()
}

fn mac<M: Mac + KeyInit>(key: &str, message: &[u8]) -> Option<Vec<u8>> {
    let mut mac = <M as KeyInit>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(message);
    Some(mac.finalize().into_bytes().to_vec())
}

impl<'a> Signed<'a> {
    fn covers_ciphertext(&self) -> bool {
        self.name == "msg_signature"
    }

    fn parts(&self, with_ciphertext: bool) -> Vec<&'a str> {
        let ciphertext = self.ciphertext.filter(|_| with_ciphertext).map(|(_, text)| text);
        [Some(self.timestamp), Some(self.nonce), ciphertext].into_iter().flatten().collect()
    }

    fn part_names(&self) -> Vec<&'static str> {
        let ciphertext = self.ciphertext.filter(|_| self.covers_ciphertext()).map(|(name, _)| name);
        [Some("timestamp"), Some("nonce"), ciphertext].into_iter().flatten().collect()
    }

    /// What the parts may have been, and the name of the hint that says so.
    fn other_parts(&self) -> Vec<(Vec<Cow<'a, str>>, &'static str)> {
        let parts: Vec<Cow<str>> =
            self.parts(self.covers_ciphertext()).into_iter().map(Cow::Borrowed).collect();
        let mut others = Vec::new();
        if let Some(unit) = other_unit(self.timestamp) {
            others.push((replaced(&parts, 0, unit.into()), "signed_other_unit"));
        }
        let mut repaired = parts.clone();
        for (part, was) in repaired.iter_mut().zip(self.repaired) {
            *part = was.map_or(part.clone(), Cow::Borrowed);
        }
        if repaired != parts {
            others.push((repaired, "token_fits"));
        }
        let of_body = |(name, _): &(&str, &str)| *name != ECHOSTR && self.covers_ciphertext();
        if let Some((_, ciphertext)) = self.ciphertext.filter(of_body) {
            for before in undamaged(ciphertext) {
                others.push((replaced(&parts, 2, before.into()), "encrypt_altered"));
            }
        }
        others
    }
}

fn replaced<'a>(parts: &[Cow<'a, str>], index: usize, by: Cow<'a, str>) -> Vec<Cow<'a, str>> {
    let mut parts = parts.to_vec();
    parts[index] = by;
    parts
}

/// Seconds for milliseconds and the reverse.
fn other_unit(timestamp: &str) -> Option<String> {
    let digits = timestamp.bytes().all(|byte| byte.is_ascii_digit());
    match timestamp.len() {
        13 if digits => Some(timestamp[..10].to_owned()),
        10 if digits => Some([timestamp, "000"].concat()),
        _ => None,
    }
}

/// What base64 was before a form parser, a line wrapper or a URL encoder had it.
fn undamaged(base64: &str) -> Vec<String> {
    let decoded = percent_encoding::percent_decode_str(base64).decode_utf8_lossy().into_owned();
    let unbroken: String = base64.chars().filter(|c| !c.is_whitespace()).collect();
    let all = [base64.replace(' ', "+"), unbroken, decoded];
    all.into_iter().filter(|before| before != base64).collect()
}

type Suspected = (Zeroizing<String>, Hint);

impl Suspects<'_> {
    /// The account's Tokens with what sticks to them when they are copied.
    fn own_variants(&self) -> Vec<Suspected> {
        let mut variants = Vec::new();
        let mut add = |text: String, hint| variants.push((Zeroizing::new(text), Hint::new(hint)));
        for token in self.tokens {
            let bare = bare(token);
            if bare.len() < token.len() {
                add(bare.to_owned(), "token_wrapped");
            }
            for wrapped in ["{}\n", "{}\r\n", "{} ", " {}", "\"{}\"", "'{}'"] {
                add(wrapped.replace("{}", bare), "signed_with_wrapped");
            }
        }
        variants
    }

    /// Texts that are no Token of this account.
    fn other_secrets(&self) -> Vec<Suspected> {
        let keys = self.keys.iter().map(|key| (key.as_str(), Hint::new("signed_with_key")));
        let app_id = self.app_id.map(|id| (id, Hint::new("signed_with_app_id")));
        let others = self
            .others
            .iter()
            .map(|(name, token)| (*token, Hint::new("other_account").with("name", name)));
        let none = NO_TOKENS.map(|token| (token, Hint::new("signed_without_token")));
        let all = keys.chain(app_id).chain(others).chain(none);
        all.map(|(text, hint)| (Zeroizing::new(text.to_owned()), hint)).collect()
    }
}

/// A Token with its letters in other cases.
fn cases(token: &str) -> Vec<Zeroizing<String>> {
    let letters: Vec<usize> =
        token.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).map(|(at, _)| at).collect();
    let flipped = |positions: &mut dyn Iterator<Item = usize>| {
        let mut bytes = token.as_bytes().to_vec();
        positions.for_each(|at| bytes[at] ^= 0x20);
        Zeroizing::new(String::from_utf8(bytes).unwrap_or_default())
    };
    let count = u32::try_from(letters.len()).unwrap_or(u32::MAX);
    if count <= ALL_CASES {
        let masks = 1..1_u32 << count;
        let chosen = |mask: u32| {
            let mut chosen =
                letters.iter().enumerate().filter(move |(bit, _)| mask >> bit & 1 == 1);
            flipped(&mut chosen.by_ref().map(|(_, at)| *at))
        };
        return masks.map(chosen).collect();
    }
    let whole = [token.to_ascii_lowercase(), token.to_ascii_uppercase()].map(Zeroizing::new);
    let one = letters.iter().map(|at| flipped(&mut std::iter::once(*at)));
    let all = std::iter::once(flipped(&mut letters.iter().copied()));
    whole.into_iter().chain(all).chain(one.take(64)).collect()
}

/// The name of the hint for parts that were hashed in another order than that of their bytes.
fn order_key(parts: &[&str], order: &[usize]) -> &'static str {
    let is_number = |index: &&usize| {
        let text = parts[**index];
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let numbers: Vec<&str> = order.iter().filter(is_number).map(|index| parts[*index]).collect();
    let value =
        |text: &&str| (text.trim_start_matches('0').len(), text.trim_start_matches('0').to_owned());
    let by_locale =
        order.windows(2).all(|pair| collation_key(parts[pair[0]]) <= collation_key(parts[pair[1]]));
    if order.is_sorted() {
        "not_sorted"
    } else if !numbers.is_sorted() && numbers.is_sorted_by_key(value) {
        "sorted_as_numbers"
    } else if by_locale {
        "sorted_by_locale"
    } else {
        "not_sorted"
    }
}

/// Roughly what collation compares: punctuation before digits before letters, and upper case after
/// lower case only where nothing else differs.
fn collation_key(text: &str) -> (Vec<(u8, char)>, Reverse<&str>) {
    let weight = |c: char| match c {
        '0'..='9' => (1, c),
        c if c.is_alphabetic() => (2, c.to_ascii_lowercase()),
        _ => (0, c),
    };
    (text.chars().map(weight).collect(), Reverse(text))
}

/// The orders of `count` things, the one they stand in first.
fn permutations(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![vec![]];
    }
    let shorter = permutations(count - 1);
    let insert = |at: usize| {
        shorter.iter().map(move |order| {
            let mut order = order.clone();
            order.insert(at, count - 1);
            order
        })
    };
    (0..count).rev().flat_map(insert).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permutes() {
        assert_eq!(permutations(3)[0], [0, 1, 2]);
        let mut all = permutations(4);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 24);
    }

    #[test]
    fn short_tokens_are_tried_in_all_cases() {
        assert_eq!(cases("aB1").len(), 3);
        assert!(cases("aB1").contains(&Zeroizing::new("Ab1".into())));
        assert_eq!(cases("123").len(), 0);
        assert_eq!(cases(&"a".repeat(12)).len(), 4095);
        assert!(cases(&"a".repeat(1000)).len() < 100);
    }

    #[test]
    fn names_orders() {
        let parts = ["token", "1549949926", "982754662"];
        assert_eq!(order_key(&parts, &[0, 1, 2]), "not_sorted");
        assert_eq!(order_key(&parts, &[2, 1, 0]), "sorted_as_numbers");
        assert_eq!(order_key(&parts, &[1, 0, 2]), "not_sorted");
        assert_eq!(order_key(&["_t", "1", "2"], &[0, 1, 2]), "not_sorted");
        assert_eq!(order_key(&["1", "_t", "2"], &[1, 0, 2]), "sorted_by_locale");
        assert_eq!(order_key(&["B", "1", "a"], &[1, 2, 0]), "sorted_by_locale");
    }

    #[test]
    fn a_search_ends() {
        let mut search = Search { digest: vec![0; 20], left: BUDGET };
        let long = vec![b'a'; BUDGET / 4];
        let hashed = (0..100).filter(|_| {
            search.is(&[&long]);
            search.left > 0
        });
        assert_eq!(hashed.count(), 3);
    }
}
