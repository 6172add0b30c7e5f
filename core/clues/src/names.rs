//! The parameters that WeChat appends to the URL.

/// Their names, in the order of the core's `Parameter`.
pub const NAMES: [&str; 7] =
    ["signature", "msg_signature", "timestamp", "nonce", "echostr", "encrypt_type", "openid"];

/// Whether it has the form of a timestamp of this century: ten digits, seconds since 1970.
#[inline]
pub fn is_timestamp(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit())
}
