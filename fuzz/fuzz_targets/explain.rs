//! Whatever is pasted is explained, in both languages, and no secret is told. Two bytes choose, then
//! stand, with U+0000 between them: the text, the body, a Token, a key, an AppID.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wechat_push_fuzz::{APP_ID, Asked, KEY, NOW, TOKEN, assert_silent, explain, query, sign};

fuzz_target!(|data: &[u8]| {
    let Some(([one, two], input)) = data.split_first_chunk() else { return };
    let mut parts = input.splitn(5, |byte| *byte == 0);
    let text = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let body = parts.next();
    let mut given = |known: &'static str| match parts.next() {
        Some(part) => String::from_utf8_lossy(part).into_owned(),
        None => known.into(),
    };
    let (token, key, app_id) = (given(TOKEN), given(KEY), given(APP_ID));
    let pick = |choice: &u8, from: &[Option<&'static str>]| from[usize::from(*choice) % from.len()];
    let told = explain(&Asked {
        method: pick(one, &[None, Some("GET"), Some("POST"), Some("PUT")]),
        mode: pick(&(one >> 2), &[None, Some("plain"), Some("compat"), Some("secure")]),
        now: [None, Some(NOW), Some(NOW + 8 * 3600), Some(u64::MAX)][usize::from(two % 4)],
        parsed: two >> 2 & 1 == 1,
        tokens: if two >> 3 & 1 == 1 { vec!["changed1", &token] } else { vec![&token] },
        keys: if two >> 4 & 1 == 1 { vec![] } else { vec![&key] },
        app_id: (two >> 5 & 1 == 0).then_some(&app_id),
        text: &text,
        body,
    });
    assert_eq!(told[0].len(), told[1].len());
    for told in told {
        assert!(told.iter().all(|sentence| !sentence.is_empty()));
        let told = told.join("\n");
        assert!(told.len() < 20_000 + 8 * input.len());
        assert_silent(&told, input);
        assert_no_right_signature(&told, &text);
    }
});

/// Whoever chose the nonce could use it.
fn assert_no_right_signature(told: &str, text: &str) {
    let known = query(text).unwrap_or_default();
    let value = |name| known.iter().find(|pair| pair.0 == name).map_or("", |pair| &pair.1);
    let right = sign([TOKEN, value("timestamp"), value("nonce")]);
    assert!(!told.contains(&right) || text.contains(&right));
}
