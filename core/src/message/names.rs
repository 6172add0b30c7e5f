//! The names of fields: those that every message has, and what the table of messages, events and infos
//! (`core/messages.json`) says of the others.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::message::row::Row;
use crate::message::table::{EVENTS, INFO_TYPES, MSG_TYPES};
use crate::platform::WECHAT;

pub(crate) const TO_USER_NAME: &str = "ToUserName";
pub(crate) const FROM_USER_NAME: &str = "FromUserName";
pub(crate) const CREATE_TIME: &str = "CreateTime";
pub(crate) const MSG_TYPE: &str = "MsgType";
pub(crate) const EVENT: &str = "Event";
pub(crate) const INFO_TYPE: &str = "InfoType";
pub(crate) const MSG_ID: &str = "MsgId";
pub(crate) const MSG_ID_OF_EVENTS: &str = "MsgID";
pub(crate) const APP_ID: &str = "AppId";
pub(crate) const AGENT_ID: &str = "AgentID";

/// What any message or event may have; every other field belongs to its kind.
pub(crate) const EVERY_MESSAGE: [&str; 7] =
    [TO_USER_NAME, FROM_USER_NAME, CREATE_TIME, MSG_TYPE, EVENT, MSG_ID, APP_ID];

/// The official spelling of a name in lower case. Where spellings compete, the more frequent one,
/// and at a tie the one that stands first in the table.
pub(crate) fn official_name(lower: &str) -> Option<&'static str> {
    static NAMES: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    NAMES.get_or_init(official_names).get(lower).copied()
}

fn official_names() -> HashMap<String, &'static str> {
    let mut ranks: HashMap<&str, (usize, Reverse<usize>)> = HashMap::new();
    for (index, name) in names().enumerate() {
        ranks.entry(name).or_insert((0, Reverse(index))).0 += 1;
    }
    for name in
        EVERY_MESSAGE.into_iter().chain([INFO_TYPE, AGENT_ID, WECHAT.xml_envelope.ciphertext])
    {
        ranks.insert(name, (usize::MAX, Reverse(0)));
    }
    let mut sorted: Vec<_> = ranks.into_iter().collect();
    sorted.sort_unstable_by_key(|(_, rank)| *rank);
    sorted.into_iter().map(|(name, _)| (name.to_ascii_lowercase(), name)).collect()
}

/// The name of every field in the table.
fn names() -> impl Iterator<Item = &'static str> {
    rows().flat_map(|row| words(row.fields))
}

fn rows() -> impl Iterator<Item = &'static Row> {
    [MSG_TYPES, EVENTS, INFO_TYPES].into_iter().flatten()
}

fn words(fields: &'static str) -> impl Iterator<Item = &'static str> {
    fields.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|name| !name.is_empty())
}

/// Names that the table defines as lists, whatever they stand in.
pub(crate) fn is_list(name: &str) -> bool {
    static LISTS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let before =
        |row: &'static Row| row.fields.match_indices("[]").map(|(end, _)| &row.fields[..end]);
    let lists = || rows().flat_map(before).filter_map(|text| words(text).last()).collect();
    LISTS.get_or_init(lists).contains(name)
}

/// The element that holds an event's fields in XML and that JSON drops.
pub(crate) fn wrapper_of(event: &str) -> Option<&'static str> {
    let row = EVENTS.binary_search_by_key(&event, |row| row.name).ok().map(|at| &EVENTS[at])?;
    row.fields.strip_prefix('^').and_then(|rest| words(rest).next())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let first = |spelling| names().position(|name| name == spelling);
        assert!(first("Content") < first("content"));
        assert_eq!(official_name("content"), Some("Content"));
    }

    #[test]
    fn lists_and_wrappers_are_those_of_the_table() {
        assert!(["List", "item", "fail_idx", "history"].into_iter().all(is_list));
        assert!(!["Content", "ResultList", "PicList"].into_iter().any(is_list));
        assert_eq!(wrapper_of("complaint_callback"), Some("BussiCallBackInfo"));
        assert_eq!(wrapper_of("subscribe_msg_popup_event"), Some("SubscribeMsgPopupEvent"));
        assert_eq!(wrapper_of("CLICK"), None);
        assert_eq!(wrapper_of("brand_new"), None);
    }

    #[test]
    fn rows_are_sorted_by_name() {
        for rows in [MSG_TYPES, EVENTS, INFO_TYPES] {
            assert!(rows.is_sorted_by_key(|row| row.name));
        }
    }
}
