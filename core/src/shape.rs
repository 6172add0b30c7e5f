//! The documented shape of a message, written as JSON text while a document is read: lists are lists,
//! ids are text, `CreateTime` is a number, wrappers that JSON drops are back.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A message object that is being written.
pub(crate) struct Shape<'a> {
    json: &'a mut String,
    /// Whether text borrowed from the document may hold what JSON escapes.
    escapes: bool,
    fields: Vec<Field<'a>>,
    depth: usize,
    known: Known<'a>,
    /// The texts that stand beside the JSON, where they may.
    apart: Option<Vec<Cow<'a, str>>>,
}

/// Where texts of more than 16 kB go, and those that could be taken for the place of one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum LongTexts {
    /// Into the JSON.
    Inside,
    /// Beside it.
    Apart,
}

/// A field of an object that is not closed yet.
struct Field<'a> {
    name: Cow<'a, str>,
    /// Where its comma or name begins in the JSON.
    at: usize,
    /// Where its value begins.
    value: usize,
}

/// An object that is not closed yet.
pub(crate) struct Level {
    first: usize,
    names: usize,
    /// Whether a name was there more than once and makes a list.
    repeats: bool,
    /// Whether its fields have to be put together anew at its end.
    regroup: bool,
}

/// The fields that the core itself looks at.
#[derive(Default)]
pub(crate) struct Known<'a> {
    pub(crate) to: Cow<'a, str>,
    pub(crate) from: Cow<'a, str>,
    pub(crate) time: Cow<'a, str>,
    pub(crate) kind: Cow<'a, str>,
    pub(crate) event: Cow<'a, str>,
    pub(crate) id: Cow<'a, str>,
    /// Whether there is an `Encrypt`.
    pub(crate) encrypt: bool,
    any: bool,
}

/// What every message or event has; everything else belongs to its kind.
pub(crate) const COMMON: [&str; 7] =
    ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "MsgId", "AppId"];

/// In bytes. To Node, a longer text is faster by itself than as a part of the JSON.
const LONG: usize = 16 * 1024;
/// The largest integer that JavaScript holds exactly.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;
/// Begins what the JSON has for a text that stands beside it, before its place there.
const MARK: char = '\u{1f}';

impl<'a> Shape<'a> {
    /// Writes to `json`. `source` is the document, where it may hold what JSON escapes.
    pub(crate) fn new(json: &'a mut String, source: Option<&str>, long: LongTexts) -> Self {
        Self {
            json,
            escapes: source.is_some_and(has_escapes),
            fields: Vec::with_capacity(8),
            depth: 0,
            known: Known::default(),
            apart: (long == LongTexts::Apart).then(Vec::new),
        }
    }

    /// The JSON, what is known of it, and the texts beside it.
    pub(crate) fn finish(self) -> (&'a mut String, Known<'a>, Vec<Cow<'a, str>>) {
        (self.json, self.known, self.apart.unwrap_or_default())
    }

    /// Whether no field of the message itself was written.
    pub(crate) fn is_empty(&self) -> bool {
        !self.known.any
    }

    /// Begins an object.
    pub(crate) fn begin(&mut self) -> Level {
        self.json.push('{');
        self.depth += 1;
        Level { first: self.fields.len(), names: 0, repeats: false, regroup: false }
    }

    /// Names the next value of an object, in which the name may have been before; returns how many
    /// different names there are.
    pub(crate) fn name_once_or_more(&mut self, name: &'a str, level: &mut Level) -> usize {
        if self.fields[level.first..].iter().rev().any(|field| field.name == name) {
            level.repeats = true;
            level.regroup = true;
        } else {
            level.names += 1;
        }
        self.name(name.into(), level);
        level.names
    }

    /// Names the next value of an object. A name that was there before hides the former value.
    pub(crate) fn name(&mut self, name: Cow<'a, str>, level: &mut Level) {
        level.regroup |= is_list(&name);
        let at = self.json.len();
        if self.fields.len() > level.first {
            self.json.push(',');
        }
        write_text(self.json, &name, self.escapes || matches!(name, Cow::Owned(_)));
        self.json.push(':');
        self.fields.push(Field { name, at, value: self.json.len() });
    }

    /// Writes a text.
    pub(crate) fn text(&mut self, text: Cow<'a, str>) {
        if let Some(apart) = &mut self.apart
            && (text.len() > LONG || text.starts_with(MARK))
        {
            self.json.extend([r#""\u001f"#, &apart.len().to_string(), "\""]);
            apart.push(text.clone());
            return self.learn(text);
        }
        let escapes = self.escapes || matches!(text, Cow::Owned(_));
        match self.field() {
            Some("CreateTime") if is_number(&text) => self.json.push_str(&text),
            // JSON writes this event with a blank.
            Some("Event") if text == "complaint callback" => {
                return self.text("complaint_callback".into());
            }
            _ => write_text(self.json, &text, escapes),
        }
        self.learn(text);
    }

    /// Writes a number, `true`, `false` or `null` as JSON does, but ids as text, and integers that
    /// JavaScript would round.
    pub(crate) fn literal(&mut self, literal: Cow<'a, str>) {
        let name = self.fields.last().map_or("", |field| &field.name);
        if matches!(name, "MsgId" | "MsgID") || is_large_integer(&literal) {
            write_text(self.json, &literal, false);
        } else {
            self.json.push_str(&literal);
        }
        self.learn(literal);
    }

    /// Writes a list, each item by `write`.
    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.json.push('[');
        // What stands in a list has no name.
        let at = self.json.len();
        self.fields.push(Field { name: "".into(), at, value: at });
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self.json.push(',');
            }
            write(self, item);
        }
        self.fields.pop();
        self.json.push(']');
    }

    /// Ends an object.
    pub(crate) fn end(&mut self, level: &Level) {
        let fields = &self.fields[level.first..];
        let has = |name: &str| fields.iter().any(|field| field.name == name);
        let mut wrapper = None;
        if self.depth == 1 {
            self.known.any = !fields.is_empty();
            self.known.encrypt = has("Encrypt");
            wrapper = wrapper_of(&self.known.event).filter(|wrapper| !has(wrapper));
        }
        if level.regroup || wrapper.is_some() {
            self.regroup(level, wrapper);
        }
        self.fields.truncate(level.first);
        self.depth -= 1;
        self.json.push('}');
    }

    /// The name of the value to come, where it is one of the message itself.
    fn field(&self) -> Option<&str> {
        self.fields.last().filter(|_| self.depth == 1).map(|field| field.name.as_ref())
    }

    /// Keeps what the core looks at.
    fn learn(&mut self, text: Cow<'a, str>) {
        if let Some(field) = self.fields.last().filter(|_| self.depth == 1)
            && let Some(slot) = self.known.slot(&field.name)
        {
            *slot = text;
        }
    }

    /// Writes the fields of an object anew, from the first: repeated names become one list, names of
    /// lists hold lists, what belongs to the kind of event goes into `wrapper`.
    fn regroup(&mut self, level: &Level, wrapper: Option<&'static str>) {
        let start = self.fields[level.first].at;
        let old = self.json.split_off(start);
        let fields = self.fields.split_off(level.first);
        let ends = fields.iter().skip(1).map(|field| field.at).chain([start + old.len()]);
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut groups: Vec<(&str, Vec<&str>)> = vec![];
        for (field, end) in fields.iter().zip(ends) {
            let value = &old[field.value - start..end - start];
            match places.entry(&field.name) {
                Entry::Occupied(place) if level.repeats => groups[*place.get()].1.push(value),
                Entry::Occupied(place) => groups[*place.get()].1 = vec![value],
                Entry::Vacant(place) => {
                    place.insert(groups.len());
                    groups.push((&field.name, vec![value]));
                }
            }
        }
        if self.depth == 1 {
            for (name, _) in groups.iter().filter(|(_, values)| values.len() > 1) {
                self.known.slot(name).map(std::mem::take);
            }
        }
        let Some(wrapper) = wrapper else { return write_groups(self.json, &groups) };
        let (common, own): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(name, _)| COMMON.contains(name));
        write_groups(self.json, &common);
        self.json.extend([",\"", wrapper, "\":{"]);
        write_groups(self.json, &own);
        self.json.push('}');
    }
}

impl<'a> Known<'a> {
    fn slot(&mut self, name: &str) -> Option<&mut Cow<'a, str>> {
        Some(match name {
            "ToUserName" => &mut self.to,
            "FromUserName" => &mut self.from,
            "CreateTime" => &mut self.time,
            "MsgType" => &mut self.kind,
            "Event" => &mut self.event,
            "MsgId" => &mut self.id,
            _ => return None,
        })
    }
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

fn write_groups(json: &mut String, groups: &[(&str, Vec<&str>)]) {
    for (i, (name, values)) in groups.iter().enumerate() {
        if i > 0 {
            json.push(',');
        }
        write_text(json, name, true);
        json.push(':');
        write_group(json, name, values);
    }
}

/// One element is a list of one, an empty element an empty list.
fn write_group(json: &mut String, name: &str, values: &[&str]) {
    match values {
        [one] if !is_list(name) || one.starts_with('[') => json.push_str(one),
        [r#""""# | "null"] => json.push_str("[]"),
        _ => json.extend(["[", &values.join(","), "]"]),
    }
}

fn is_large_integer(literal: &str) -> bool {
    let digits = literal.strip_prefix('-').unwrap_or(literal);
    digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.parse::<u64>().map_or(true, |value| value > MAX_SAFE_INTEGER)
}

/// Digits that JavaScript holds exactly.
fn is_number(text: &str) -> bool {
    (1..=15).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'))
}

/// Writes a JSON string; `escapes` when it may hold what JSON escapes.
pub(crate) fn write_text(json: &mut String, text: &str, escapes: bool) {
    if escapes && has_escapes(text) {
        json.push_str(&serde_json::to_string(text).unwrap_or_default());
    } else {
        json.push('"');
        json.push_str(text);
        json.push('"');
    }
}

/// Whether JSON escapes anything of it. Without an early exit, so that it is done with SIMD.
fn has_escapes(text: &str) -> bool {
    let escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    text.bytes().fold(false, |found, byte| found | escaped(byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::{LONG, LongTexts, is_list};
    use crate::document::{self, Format};

    fn normalised(body: &str) -> String {
        let (format, body) = Format::sniff(body).unwrap();
        document::to_json(format, body).unwrap()
    }

    #[test]
    fn xml_and_json_come_out_alike() {
        let xml = "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>\
                   <CreateTime>1610968440</CreateTime><MsgType><![CDATA[text]]></MsgType>\
                   <Content><![CDATA[<b>&amp;]]></Content><MsgId>6054768590064713728</MsgId></xml>";
        let json = r#"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1610968440,"MsgType":"text",
                   "Content":"<b>&amp;","MsgId":6054768590064713728}"#;
        assert_eq!(normalised(xml), normalised(json));
        let text = json
            .replace("1610968440", "\"1610968440\"")
            .replace("6054768590064713728", "\"6054768590064713728\"");
        assert_eq!(normalised(xml), normalised(&text));
    }

    #[test]
    fn long_texts_and_what_looks_like_their_place_stand_apart() {
        let long = "x".repeat(LONG + 1);
        let body = format!(r#"{{"a":"x","b":"{long}","c":"{}","d":"\u001f0"}}"#, &long[1..]);
        let mut json = String::new();
        let shape = document::write(Format::Json, &body, &mut json, LongTexts::Apart).unwrap();
        let (json, _, apart) = shape.finish();
        let rest = format!(r#"{{"a":"x","b":"\u001f0","c":"{}","d":"\u001f1"}}"#, &long[1..]);
        assert_eq!(*json, rest);
        assert_eq!(apart, [long.as_str(), "\u{1f}0"]);
    }

    #[test]
    fn small_ids_are_text_too() {
        assert_eq!(
            normalised(r#"{"MsgId":1,"a":1,"MsgID":2}"#),
            r#"{"MsgId":"1","a":1,"MsgID":"2"}"#
        );
    }

    #[test]
    fn lists_are_lists_even_of_one_or_none() {
        let one = "<xml><Actions><ActionType>1</ActionType></Actions></xml>";
        assert_eq!(normalised(one), r#"{"Actions":[{"ActionType":"1"}]}"#);
        let two = "<xml><fail_idx>1</fail_idx><fail_idx>2</fail_idx></xml>";
        assert_eq!(normalised(two), r#"{"fail_idx":["1","2"]}"#);
        assert_eq!(normalised("<xml><a>1</a><detail/></xml>"), r#"{"a":"1","detail":[]}"#);
        assert_eq!(
            normalised(r#"{"history":null,"detail":{"prob":9}}"#),
            r#"{"history":[],"detail":[{"prob":9}]}"#
        );
        let inner = "<xml><P><item><idx>1</idx><item>x</item></item></P></xml>";
        assert_eq!(normalised(inner), r#"{"P":{"item":[{"idx":"1","item":["x"]}]}}"#);
    }

    #[test]
    fn of_names_that_json_repeats_the_last_counts() {
        let body = r#"{"FromUserName":"a","List":{},"FromUserName":"b","List":1}"#;
        assert_eq!(normalised(body), r#"{"FromUserName":"b","List":[1]}"#);
    }

    #[test]
    fn what_stands_in_a_list_has_no_name() {
        let body =
            r#"{"MsgId":[1e5,{"MsgId":7}],"Event":["complaint callback"],"CreateTime":["1"]}"#;
        let shaped =
            r#"{"MsgId":[1e5,{"MsgId":"7"}],"Event":["complaint callback"],"CreateTime":["1"]}"#;
        assert_eq!(normalised(body), shaped);
    }

    #[test]
    fn wrappers_that_json_drops_come_back() {
        let xml = "<xml><Event>subscribe_msg_popup_event</Event><SubscribeMsgPopupEvent><List>\
                   <TemplateId>t</TemplateId><PopupScene>0</PopupScene></List></SubscribeMsgPopupEvent></xml>";
        let object =
            r#"{"Event":"subscribe_msg_popup_event","List":{"TemplateId":"t","PopupScene":"0"}}"#;
        let array =
            r#"{"Event":"subscribe_msg_popup_event","List":[{"TemplateId":"t","PopupScene":"0"}]}"#;
        assert_eq!(normalised(xml), normalised(object));
        assert_eq!(normalised(xml), normalised(array));
        let json =
            r#"{"ToUserName":"g","Event":"complaint callback","appid":"wx1","history":{"time":1}}"#;
        let wrapped = r#"{"ToUserName":"g","Event":"complaint_callback","BussiCallBackInfo":{"appid":"wx1","history":[{"time":1}]}}"#;
        assert_eq!(normalised(json), wrapped);
    }

    #[test]
    fn unknown_events_come_through_whole() {
        let body = r#"{"MsgType":"event","Event":"brand_new","CreateTime":7,"x":{"y":[1,2.50,true,null,"z"]}}"#;
        assert_eq!(normalised(body), body);
    }

    #[test]
    fn only_digits_become_a_time() {
        for odd in ["", "0123", "12a", "1e9", "1234567890123456"] {
            let body = format!("<xml><CreateTime>{odd}</CreateTime></xml>");
            assert_eq!(normalised(&body), format!(r#"{{"CreateTime":"{odd}"}}"#));
        }
        assert_eq!(normalised("<xml><CreateTime>0</CreateTime></xml>"), r#"{"CreateTime":0}"#);
    }

    #[derive(Debug, Clone)]
    enum Node {
        Text(String),
        Elements(Vec<(&'static str, Node)>),
    }

    fn node() -> impl Strategy<Value = Node> {
        let name = proptest::sample::select(vec!["a", "b", "c", "item", "List", "Event"]);
        "[a-z\"\\\\\n<&]{0,6}".prop_map(Node::Text).prop_recursive(3, 40, 6, move |inner| {
            proptest::collection::vec((name.clone(), inner), 1..6).prop_map(Node::Elements)
        })
    }

    fn xml(node: &Node) -> String {
        match node {
            Node::Text(text) => format!("<![CDATA[{text}]]>"),
            Node::Elements(elements) => {
                let element = |(name, inner): &(&str, Node)| {
                    ["<", name, ">", &xml(inner), "</", name, ">"].concat()
                };
                elements.iter().map(element).collect()
            }
        }
    }

    /// Groups by name, then decides what is a list.
    fn naive(node: &Node) -> Value {
        let Node::Elements(elements) = node else {
            let Node::Text(text) = node else { unreachable!() };
            return json!(text);
        };
        let mut fields = Map::new();
        for (name, _) in elements {
            let same = elements.iter().filter(|(other, _)| other == name);
            let mut values: Vec<Value> = same.map(|(_, inner)| naive(inner)).collect();
            let value = match values.as_slice() {
                [one] if is_list(name) && one == "" => json!([]),
                [_] if !is_list(name) => values.remove(0),
                _ => json!(values),
            };
            fields.insert((*name).to_owned(), value);
        }
        fields.into()
    }

    proptest! {
        #[test]
        fn repeated_elements_agree_with_the_naive_reference(node in node()) {
            if let Node::Elements(_) = node {
                let body = format!("<xml>{}</xml>", xml(&node));
                let json = document::to_json(Format::Xml, &body).unwrap();
                prop_assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), naive(&node));
            }
        }
    }
}
