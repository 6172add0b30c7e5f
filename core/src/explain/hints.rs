//! What to do about it, in English and Chinese: the table `core/hints.json`, from which the pages on
//! troubleshooting are generated too (`npm run generate`).

use std::sync::OnceLock;

use wechat_push_clues::{Hint, placeholder};

use crate::explain::words::{AllSentences, Language, Sentences};

static ALL: OnceLock<AllSentences> = OnceLock::new();

/// Gives the core what is in its table, where it was built without the feature `tables`, as it is for JavaScript,
/// which has the table anyway. A second time changes nothing.
pub fn give_sentences(given: impl FnOnce() -> AllSentences) {
    ALL.get_or_init(given);
}

#[cfg(feature = "tables")]
fn all() -> &'static AllSentences {
    use crate::explain::sentences::{FIXES, HINTS, REPLIES};
    ALL.get_or_init(|| AllSentences { hints: HINTS, fixes: FIXES, replies: REPLIES })
}

#[cfg(not(feature = "tables"))]
fn all() -> &'static AllSentences {
    static NONE: AllSentences = AllSentences { hints: &[], fixes: &[], replies: &[] };
    ALL.get().unwrap_or(&NONE)
}

/// What to do about a reply that breaks a rule: one whose sentences have no gaps.
pub(crate) fn of_reply(rule: &str) -> Option<Hint> {
    let Sentences { key, en, .. } = found(all().replies, rule)?;
    let has_gaps = en.split('{').skip(1).any(|piece| placeholder(piece).is_some());
    (!has_gaps).then(|| Hint::new(key))
}

/// What becomes of such a reply.
pub(crate) fn outcome(hint: &Hint) -> &'static str {
    found(all().replies, hint.key()).map_or("", |sentences| sentences.outcome)
}

/// A hint in one or more sentences.
pub fn say(hint: &Hint, language: Language) -> String {
    hint.filled(template(hint.key(), language))
}

/// What to do about a reason, for one whose request is gone.
pub fn fix(reason: &str, language: Language) -> &'static str {
    found(all().fixes, reason).map_or("", |sentences| sentences.of(language))
}

fn template(key: &str, language: Language) -> &'static str {
    let AllSentences { hints, fixes, replies } = all();
    let sentences = [hints, replies, fixes].into_iter().find_map(|table| found(table, key));
    sentences.map_or("", |sentences| sentences.of(language))
}

fn found(table: &'static [Sentences], key: &str) -> Option<&'static Sentences> {
    table.iter().find(|sentences| sentences.key == key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::rejection::REASONS;

    fn table() -> Value {
        serde_json::from_str(include_str!("../../hints.json")).unwrap()
    }

    fn keys(kind: &str) -> BTreeSet<String> {
        table()[kind].as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn every_reason_has_its_entry() {
        let reasons = REASONS.iter().map(|reason| reason.name);
        let all = reasons.chain(["body_not_given", "invalid_options", "unreadable"]);
        let all: BTreeSet<_> = all.map(ToOwned::to_owned).collect();
        assert_eq!(keys("reasons"), all);
        assert!(keys("reasons").is_disjoint(&keys("hints")));
        assert!(keys("replies").is_disjoint(&keys("hints")));
        assert!(keys("replies").is_disjoint(&keys("reasons")));
    }

    #[test]
    fn every_hint_belongs_to_a_reason() {
        let table = table();
        let entries = table["reasons"].as_object().unwrap().values();
        let named: BTreeSet<_> = entries
            .flat_map(|entry| entry["hints"].as_array().into_iter().flatten())
            .map(|key| key.as_str().unwrap().to_owned())
            .collect();
        let (of_success, of_trouble): (BTreeSet<_>, _) =
            keys("hints").into_iter().partition(|key| table["hints"][key]["ok"] == true);
        assert_eq!(named, of_trouble);
        assert!(!of_success.is_empty());
    }

    #[test]
    fn everything_is_said_in_both_languages() {
        let table = table();
        for (key, hint) in table["hints"].as_object().unwrap() {
            assert_same_placeholders(key, hint);
        }
        for (rule, texts) in table["replies"].as_object().unwrap() {
            assert_same_placeholders(rule, texts);
            let outcome = texts["outcome"].as_str().unwrap();
            assert!(
                ["malformed", "too_long", "not_taken", "doubtful"].contains(&outcome),
                "{rule}"
            );
        }
        for (reason, entry) in table["reasons"].as_object().unwrap() {
            for part in ["means", "fix"] {
                assert_same_placeholders(reason, &entry[part]);
            }
        }
        for entry in table["console"].as_array().unwrap() {
            for part in ["means", "fix"] {
                assert_same_placeholders("console", &entry[part]);
            }
        }
    }

    fn assert_same_placeholders(key: &str, texts: &Value) {
        let [english, chinese] = ["en", "zh"].map(|language| {
            let text = texts[language].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{key} {language}");
            let pieces = text.split('{').skip(1).filter_map(placeholder);
            pieces.map(|(name, _)| name).collect::<BTreeSet<_>>()
        });
        assert_eq!(english, chinese, "{key}");
    }
}
