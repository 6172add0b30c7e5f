//! A document → the JSON of its message.

use crate::document::{Format, MAX_DEPTH, Object, Text, Token, Value, Xml, resolve, too_deep};
use crate::message::writer::{Level, MessageWriter, WriteOptions, Written};
use crate::rejection::Rejection;

/// How many different names one element may hold, so that merging repeated ones takes linear time.
const MAX_NAMES: usize = 256;

/// A whole body as the JSON of a message.
///
/// # Errors
/// It is malformed, has a DOCTYPE, or is too deep.
pub fn to_json(format: Format, body: &str) -> Result<String, Rejection> {
    let mut json = String::new();
    write(format, body, &mut json, WriteOptions::default())?;
    Ok(json)
}

/// The same, written to `json`.
pub(crate) fn write<'a>(
    format: Format,
    body: &'a str,
    json: &'a mut String,
    options: WriteOptions,
) -> Result<Written<'a>, Rejection> {
    let written = match format {
        Format::Xml => {
            let mut writer = MessageWriter::new(json, Some(body), options);
            let mut xml = Xml::new(body);
            if xml.enter_root()? {
                write_element(&mut xml, &mut writer, 1)?;
                xml.end()?;
            }
            writer.finish()
        }
        Format::Json => write_object(Object::of_json(body)?, json, options),
    };
    if written.is_empty { Err(Rejection::malformed("it has no fields")) } else { Ok(written) }
}

/// An object as the JSON of a message, written to `json`.
pub(crate) fn write_object<'a>(
    object: Object<'a>,
    json: &'a mut String,
    options: WriteOptions,
) -> Written<'a> {
    // A string that JSON borrowed has nothing to escape.
    let mut writer = MessageWriter::new(json, None, options);
    write_fields_of(object, &mut writer);
    writer.finish()
}

fn write_fields_of<'a>(object: Object<'a>, writer: &mut MessageWriter<'a>) {
    let mut level = writer.begin();
    for (name, value) in object.0 {
        writer.name(name, &mut level);
        write_value(value, writer);
    }
    writer.end(&level);
}

fn write_value<'a>(value: Value<'a>, writer: &mut MessageWriter<'a>) {
    match value {
        Value::Text(text) => writer.text(text),
        Value::Literal(literal) => writer.literal(literal),
        Value::List(items) => writer.list(items, |writer, item| write_value(item, writer)),
        Value::Object(object) => write_fields_of(object, writer),
    }
}

/// Writes what stands between the tags of an element whose start tag was read.
fn write_element<'a>(
    xml: &mut Xml<'a>,
    writer: &mut MessageWriter<'a>,
    depth: usize,
) -> Result<(), Rejection> {
    if depth > MAX_DEPTH {
        return Err(too_deep());
    }
    let mut text = Text::default();
    loop {
        match xml.next()? {
            Token::Open(name) => return write_elements(xml, name, false, writer, depth),
            Token::Empty(name) => return write_elements(xml, name, true, writer, depth),
            Token::Close => {
                writer.text(text.finish());
                return Ok(());
            }
            token => text.add(&token)?,
        }
    }
}

/// Writes the elements of an element, the start tag of the first of which was read. Stray text
/// between them is passed over.
fn write_elements<'a>(
    xml: &mut Xml<'a>,
    first: &'a str,
    empty: bool,
    writer: &mut MessageWriter<'a>,
    depth: usize,
) -> Result<(), Rejection> {
    let mut level = writer.begin();
    write_field(xml, first, empty, writer, &mut level, depth)?;
    loop {
        match xml.next()? {
            Token::Open(name) => write_field(xml, name, false, writer, &mut level, depth)?,
            Token::Empty(name) => write_field(xml, name, true, writer, &mut level, depth)?,
            Token::Reference(name) => drop(resolve(name)?),
            Token::Close => {
                writer.end(&level);
                return Ok(());
            }
            _ => {}
        }
    }
}

fn write_field<'a>(
    xml: &mut Xml<'a>,
    name: &'a str,
    empty: bool,
    writer: &mut MessageWriter<'a>,
    level: &mut Level,
    depth: usize,
) -> Result<(), Rejection> {
    if name == "__proto__" {
        return if empty { Ok(()) } else { xml.skip() };
    }
    if writer.name_once_or_more(name, level) > MAX_NAMES {
        let why = format!("an element holds more than {MAX_NAMES} different names");
        return Err(Rejection::malformed(why));
    }
    if empty {
        writer.text("".into());
        return Ok(());
    }
    write_element(xml, writer, depth + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;
    use crate::message::LongTexts;
    use crate::message::names::is_list;
    use serde_json::Value;

    fn normalised(body: &str) -> String {
        let (format, body) = Format::sniff(body).unwrap();
        to_json(format, body).unwrap()
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
    fn long_texts_and_what_looks_like_their_mark_stand_beside_the_json() {
        let long = "x".repeat(41);
        for (mark, escaped) in [('\u{1f}', r"\u001f"), ('"', r#"\""#), ('#', "#"), ('长', "长")] {
            let with = |b: &str, d: &str| {
                format!(r#"{{"a":"x","b":"{b}","c":"{}","d":"{d}"}}"#, &long[1..])
            };
            let [first, second] = [0, 1].map(|index| format!("{escaped}{index}"));
            let mut json = String::new();
            let long_texts = Some(LongTexts { over: 40, mark });
            let options = WriteOptions { long_texts, ciphertext: "" };
            let body = with(&long, &first);
            let written = write(Format::Json, &body, &mut json, options).unwrap();
            assert_eq!(*written.json, with(&first, &second));
            assert_eq!(written.long_texts, [long.as_str(), &format!("{mark}0")]);
        }
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
        let expected =
            r#"{"MsgId":[1e5,{"MsgId":"7"}],"Event":["complaint callback"],"CreateTime":["1"]}"#;
        assert_eq!(normalised(body), expected);
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
                let json = to_json(Format::Xml, &body).unwrap();
                prop_assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), naive(&node));
            }
        }
    }
}
