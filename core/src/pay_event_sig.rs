//! The signature inside mini-game delivery pushes, over what was bought.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Whether `given` is the lower-case hex HMAC-SHA256 of `event&payload` under the payment's key;
/// `payload` is the text as it was pushed. Compared in constant time.
///
/// <https://developers.weixin.qq.com/minigame/dev/guide/open-ability/virtual-payment/message-push.html>
pub fn pay_event_sig_matches(app_key: &str, event: &str, payload: &str, given: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(app_key.as_bytes()) else { return false };
    for part in [event, "&", payload] {
        mac.update(part.as_bytes());
    }
    let mut digest = [0; 32];
    let lower = !given.bytes().any(|byte| byte.is_ascii_uppercase());
    lower && hex::decode_to_slice(given, &mut digest).is_ok() && mac.verify_slice(&digest).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = "minigame_coin_deliver_completed";
    const PAYLOAD: &str = r#"{"OpenId":"o1","Env":0}"#;
    const SIGNED: &str = "bbfd236f5c19ccaa2c3ffa27f595d1560186865cec69a8dd810cab84c2804aa6";

    #[test]
    fn accepts_the_right_key_only() {
        assert!(pay_event_sig_matches("key", EVENT, PAYLOAD, SIGNED));
        assert!(!pay_event_sig_matches("yek", EVENT, PAYLOAD, SIGNED));
        assert!(!pay_event_sig_matches("key", "other", PAYLOAD, SIGNED));
        assert!(!pay_event_sig_matches("key", EVENT, "{}", SIGNED));
        assert!(!pay_event_sig_matches("key", EVENT, PAYLOAD, &SIGNED.to_uppercase()));
        for odd in ["", "00", "xx", &SIGNED[1..]] {
            assert!(!pay_event_sig_matches("key", EVENT, PAYLOAD, odd), "{odd}");
        }
    }
}
