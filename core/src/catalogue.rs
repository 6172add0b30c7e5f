//! The table of messages, events and infos, `core/messages.json`, as far as the core needs it:
//! the spelling of names that a body parser wrote in lower case.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../messages.json");

/// Names that every push may have, and the envelope's.
const COMMON: &str =
    "ToUserName,FromUserName,CreateTime,MsgType,Event,InfoType,MsgId,Encrypt,AppId,AgentID";

/// The official spelling of a name in lower case. Where spellings compete, the more frequent one,
/// and at a tie the one that stands first in the table.
pub(crate) fn official_name(lower: &str) -> Option<&'static str> {
    static NAMES: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    NAMES.get_or_init(official_names).get(lower).copied()
}

fn official_names() -> HashMap<String, &'static str> {
    let mut ranks: HashMap<&str, (usize, Reverse<usize>)> = HashMap::new();
    for (place, name) in names(TABLE).enumerate() {
        ranks.entry(name).or_insert((0, Reverse(place))).0 += 1;
    }
    for name in names(COMMON) {
        ranks.insert(name, (usize::MAX, Reverse(0)));
    }
    let mut sorted: Vec<_> = ranks.into_iter().collect();
    sorted.sort_unstable_by_key(|(_, rank)| *rank);
    sorted.into_iter().map(|(name, _)| (name.to_ascii_lowercase(), name)).collect()
}

/// Every word of the table; keys and values are both made of names.
fn names(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::shape::{is_list, wrapper_of};

    #[test]
    fn restores_names() {
        for name in [
            "ToUserName",
            "MsgType",
            "Content",
            "EventKey",
            "MediaId",
            "SubscribeMsgPopupEvent",
            "trace_id",
        ] {
            assert_eq!(official_name(&name.to_ascii_lowercase()), Some(name));
        }
        assert_eq!(official_name("brand_new"), None);
    }

    #[test]
    fn the_first_of_equally_frequent_spellings_wins() {
        let uses = |spelling| names(TABLE).filter(|name| *name == spelling).count();
        let first = |spelling| names(TABLE).position(|name| name == spelling);
        assert_eq!(uses("Content"), uses("content"));
        assert!(first("Content") < first("content"));
        assert_eq!(official_name("content"), Some("Content"));
    }

    #[test]
    fn lists_of_the_table_are_the_lists_of_the_code() {
        let lists: HashSet<&str> =
            TABLE.match_indices("[]").filter_map(|(end, _)| names(&TABLE[..end]).last()).collect();
        assert!(!lists.is_empty());
        for name in names(TABLE) {
            assert_eq!(is_list(name), lists.contains(name), "{name}");
        }
    }

    #[test]
    fn wrappers_of_the_table_are_the_wrappers_of_the_code() {
        let events: serde_json::Value = serde_json::from_str(TABLE).unwrap();
        for (event, fields) in events["Event"].as_object().unwrap() {
            let wrapper = fields.as_str().unwrap().strip_prefix('^').map(|rest| names_of(rest)[0]);
            assert_eq!(wrapper_of(event), wrapper, "{event}");
        }
    }

    fn names_of(text: &str) -> Vec<&str> {
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect()
    }
}
