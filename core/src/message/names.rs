//! The names of fields: those that every message has, and what the table of messages, events and infos
//! (`core/messages.json`) says of the others.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::platform::WECHAT;

const TABLE: &str = include_str!("../../messages.json");

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
    for (index, name) in names(TABLE).enumerate() {
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

/// Every word of the table; keys and values are both made of names.
fn names(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|name| !name.is_empty())
}

/// Names that the protocol defines as lists, whatever they stand in (`core/messages.json`).
pub(crate) fn is_list(name: &str) -> bool {
    matches!(
        name,
        "Actions"
            | "DetailList"
            | "List"
            | "customer_material_media_id_list"
            | "detail"
            | "fail_idx"
            | "history"
            | "item"
            | "material"
            | "media_id_list"
            | "proof_material_id"
            | "scene_group_ext_list"
            | "update_fields"
    )
}

/// The element that holds an event's fields in XML and that JSON drops (`core/messages.json`).
pub(crate) fn wrapper_of(event: &str) -> Option<&'static str> {
    Some(match event {
        "subscribe_msg_popup_event" => "SubscribeMsgPopupEvent",
        "subscribe_msg_change_event" => "SubscribeMsgChangeEvent",
        "subscribe_msg_sent_event" => "SubscribeMsgSentEvent",
        "complaint_callback" => "BussiCallBackInfo",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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
