//! Every row of `core/messages.json`: its sample arrives in its documented shape, however it was written, and
//! what users type in it stays text.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::sync::OnceLock;

use proptest::prelude::*;
use support::{account, plain_url, post, send};
use wechat_push_core::document::{Format, Object, Value};
use wechat_push_core::{Account, AccountOptions, Body};

const TABLE: &str = include_str!("../messages.json");

/// A row, with its sample as a whole message.
#[derive(Debug)]
struct Row {
    name: &'static str,
    family: &'static str,
    fields: Vec<Field>,
    sample: Object<'static>,
}

#[derive(Debug)]
struct Field {
    name: &'static str,
    /// `#`, `!`, `~` or nothing.
    mark: &'static str,
    is_wrapper: bool,
    is_list: bool,
    is_optional: bool,
    fields: Option<Vec<Field>>,
}

/// Where a value stands: names, and indexes of items.
type Path = Vec<Step>;

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Name(String),
    Item(usize),
}

mod shapes {
    use super::*;

    #[test]
    fn a_sample_is_in_its_documented_shape_in_both_formats() {
        for row in rows() {
            arrives_as(row, &row.sample, &row.sample);
        }
    }

    #[test]
    fn a_scalar_has_one_type_whatever_was_sent() {
        for row in rows() {
            let mut other = row.sample.clone();
            each_leaf(&mut other, &mut |value| {
                *value = match std::mem::take(value) {
                    Value::Literal(literal) => Value::Text(literal),
                    Value::Text(text) if is_integer(&text) => Value::Literal(text),
                    other => other,
                };
            });
            assert_eq!(arrived(&json(&other)), row.sample, "{}", row.name);
        }
    }

    #[test]
    fn a_wrapper_may_be_missing_from_json() {
        for row in rows().iter().filter(|row| row.fields.iter().any(|field| field.is_wrapper)) {
            let mut sent = row.sample.clone();
            let wrapper = row.fields[0].name;
            let at = sent.0.iter().position(|(name, _)| name == wrapper).unwrap();
            let (_, Value::Object(inner)) = sent.0.remove(at) else { panic!("{wrapper}") };
            sent.0.extend(inner.0);
            assert_eq!(arrived(&json(&sent)), row.sample, "{}", row.name);
        }
    }

    #[test]
    fn a_list_of_one_may_be_its_item() {
        for row in rows() {
            for path in paths(row, |field| field.is_list) {
                let sample = with(&row.sample, &path, |value| {
                    if let Value::List(items) = value {
                        items.truncate(1);
                    }
                });
                let single = with(&sample, &path, |value| {
                    if let Value::List(items) = value
                        && let Some(item) = items.pop()
                    {
                        *value = item;
                    }
                });
                arrives_as(row, &single, &sample);
            }
        }
    }

    #[test]
    fn a_holder_of_a_list_may_be_the_list() {
        let mut tried = 0;
        for row in rows() {
            let has_one = |field: &Field| {
                field
                    .fields
                    .as_ref()
                    .is_some_and(|fields| matches!(&fields[..], [one] if one.is_list))
            };
            for path in paths(row, |field| !field.is_list && has_one(field)) {
                let sent = with(&row.sample, &path, |value| {
                    let Value::Object(inner) = value else { panic!("{path:?}") };
                    *value = inner.0.pop().map(|(_, list)| list).unwrap_or_default();
                });
                assert_eq!(arrived(&json(&sent)), row.sample, "{} {path:?}", row.name);
                tried += 1;
            }
        }
        assert!(tried > 5);
    }

    #[test]
    fn what_is_empty_or_missing_has_its_shape() {
        for row in rows() {
            let is_holder = |field: &Field| field.is_list || field.fields.is_some();
            for path in paths(row, |field| is_holder(field) && !finds_row(field)) {
                let field = field_at(row, &path);
                let empty = with(&row.sample, &path, |value| *value = empty_of(field));
                for sent in [Value::default(), Value::Text(" \n ".into()), empty_of(field)] {
                    let sent = with(&row.sample, &path, |value| *value = sent.clone());
                    arrives_as(row, &sent, &empty);
                }
                let null = with(&row.sample, &path, |value| *value = Value::Literal("null".into()));
                assert_eq!(arrived(&json(&null)), empty, "{} {path:?}", row.name);
                if !field.is_optional && !matches!(path.last(), Some(Step::Item(_))) {
                    let missing = without(&row.sample, &path);
                    let expected = at_the_end(&empty, &path);
                    assert_eq!(arrived(&xml(&missing)), expected, "{} {path:?}", row.name);
                    // Where a wrapper is missing from JSON, its fields are where it was.
                    if !field.is_wrapper {
                        assert_eq!(arrived(&json(&missing)), expected, "{} {path:?}", row.name);
                    }
                }
            }
        }
    }

    #[test]
    fn of_what_is_there_twice_the_first_counts() {
        for row in rows() {
            for path in paths(row, |field| !field.is_list) {
                let [.., Step::Name(name)] = path.as_slice() else { continue };
                let twice = with(&row.sample, &path[..path.len() - 1], |parent| {
                    let Value::Object(parent) = parent else { panic!("{path:?}") };
                    let value = match parent.get(name).unwrap() {
                        Value::Object(_) => {
                            Value::Object(Object(vec![("x".into(), "y".into_text())]))
                        }
                        _ => "other".into_text(),
                    };
                    parent.0.push((name.clone().into(), value));
                });
                assert_eq!(arrived(&json(&twice)), row.sample, "{} {path:?}", row.name);
                // A text that users type reaches to the last end of its name; in a list, over items that do not fit.
                if field_at(row, &path).mark != "~" && !in_list(&path) {
                    assert_eq!(arrived(&xml(&twice)), row.sample, "{} {path:?}", row.name);
                }
            }
        }
    }

    #[test]
    fn a_leaf_stays_a_leaf() {
        for row in rows() {
            let is_leaf = |field: &Field| !field.is_list && field.fields.is_none();
            for path in paths(row, |field| is_leaf(field) && !finds_row(field)) {
                let sent = with(&row.sample, &path, |value| {
                    *value = Value::Object(Object(vec![("x".into(), "y".into_text())]));
                });
                let expected =
                    with(&row.sample, &path, |value| *value = r#"{"x":"y"}"#.into_text());
                assert_eq!(arrived(&json(&sent)), expected, "{} {path:?}", row.name);
                if !in_list(&path) {
                    assert_eq!(arrived(&xml(&sent)), expected, "{} {path:?}", row.name);
                }
            }
        }
    }

    #[test]
    fn an_empty_leaf_is_an_empty_text() {
        for row in rows() {
            let is_leaf = |field: &Field| !field.is_list && field.fields.is_none();
            for path in paths(row, |field| is_leaf(field) && !finds_row(field)) {
                let expected = with(&row.sample, &path, |value| *value = "".into_text());
                let empty = [Value::Object(Object::default()), Value::List(vec![])];
                for empty in empty.into_iter().chain([Value::Literal("null".into())]) {
                    let sent = with(&row.sample, &path, |value| *value = empty.clone());
                    assert_eq!(arrived(&json(&sent)), expected, "{} {path:?}", row.name);
                }
            }
        }
    }

    #[test]
    fn unknown_fields_come_through_whole() {
        for row in rows() {
            let mut more = row.sample.clone();
            let both = Value::List(vec!["1".into_text(), "2".into_text()]);
            let inner = vec![("One".into(), "1".into_text()), ("Both".into(), both)];
            more.0.push(("Unknown".into(), Value::Object(Object(inner))));
            arrives_as(row, &more, &more);
        }
    }

    #[test]
    fn what_is_no_usual_number_that_javascript_holds_stays_text() {
        let number = |literal: &'static str| Value::Literal(literal.into());
        for (text, expected) in [
            ("0", number("0")),
            ("-7", number("-7")),
            ("9007199254740991", number("9007199254740991")),
            ("9007199254740992", "9007199254740992".into_text()),
            ("0.25", number("0.25")),
            ("0.250", "0.250".into_text()),
            ("1e9", "1e9".into_text()),
            ("-0", "-0".into_text()),
            ("12345678901234.56", "12345678901234.56".into_text()),
        ] {
            let expected =
                with(&location(number("15")), &[name("Scale")], |value| *value = expected);
            assert_eq!(arrived(&xml(&location(text.into_text()))), expected, "{text}");
            assert_eq!(arrived(&json(&location(text.into_text()))), expected, "{text}");
            assert_eq!(arrived(&json(&location(number(text)))), expected, "{text}");
        }
        for text in ["", "007", "+1", "1 2", "0x1f", "NaN", "１"] {
            let expected = location(text.into_text());
            assert_eq!(arrived(&xml(&location(text.into_text()))), expected, "{text:?}");
        }
    }

    fn location(scale: Value<'static>) -> Object<'static> {
        let row = rows().iter().find(|row| row.name == "location").unwrap();
        with(&row.sample, &[name("Scale")], |value| *value = scale)
    }
}

mod parsers {
    use super::*;

    #[test]
    fn that_write_names_in_lower_case_lose_none() {
        for row in rows().iter().filter(|row| row.family.is_empty()) {
            for in_arrays in [false, true] {
                let parsed = Value::Object(as_parsed(&row.sample, in_arrays, true));
                let body = json(&Object(vec![("xml".into(), parsed)]));
                assert_eq!(
                    sorted(arrived_parsed(&body)),
                    sorted(row.sample.clone()),
                    "{}",
                    row.name
                );
            }
        }
    }

    /// Of names that are spelt alike, the parser has put the second beside the first.
    fn sorted(mut message: Object) -> Object {
        message.0.sort_by(|(one, _), (other, _)| one.cmp(other));
        message
    }

    #[test]
    fn that_keep_names_and_stray_text_add_no_field() {
        for row in rows().iter().filter(|row| row.family.is_empty()) {
            for in_arrays in [false, true] {
                let mut parsed = as_parsed(&row.sample, in_arrays, false);
                parsed.0.insert(0, ("_".into(), "stray".into_text()));
                let body = json(&Object(vec![("xml".into(), Value::Object(parsed))]));
                assert_eq!(arrived_parsed(&body), row.sample, "{} {in_arrays}", row.name);
            }
        }
    }

    #[test]
    fn that_give_a_text_with_attributes_give_its_text() {
        let body = r#"{"xml":{"ToUserName":["gh_1"],"MsgType":["text"],"Content":[{"_":"a","$":{"b":"c"}}]}}"#;
        let expected = r#"{"ToUserName":"gh_1","MsgType":"text","Content":"a"}"#;
        assert_eq!(json(&arrived_parsed(body)), expected);
    }

    /// As xml2js has it: every leaf is text, a list of one is its item, what is spelt alike is one.
    fn as_parsed(object: &Object<'static>, in_arrays: bool, lower: bool) -> Object<'static> {
        let mut fields: Vec<(String, Vec<Value<'static>>)> = vec![];
        for (name, value) in &object.0 {
            let name = if lower { name.to_ascii_lowercase() } else { name.to_string() };
            let items = match value {
                Value::List(items) if items.is_empty() => vec![Value::default()],
                Value::List(items) => {
                    items.iter().map(|item| leaf(item, in_arrays, lower)).collect()
                }
                one => vec![leaf(one, in_arrays, lower)],
            };
            match fields.iter_mut().find(|(other, _)| *other == name) {
                Some((_, others)) => others.extend(items),
                None => fields.push((name, items)),
            }
        }
        let value = |mut items: Vec<Value<'static>>| match items.len() {
            1 if !in_arrays => items.remove(0),
            _ => Value::List(items),
        };
        Object(fields.into_iter().map(|(name, items)| (name.into(), value(items))).collect())
    }

    fn leaf(value: &Value<'static>, in_arrays: bool, lower: bool) -> Value<'static> {
        match value {
            Value::Object(inner) => Value::Object(as_parsed(inner, in_arrays, lower)),
            Value::Literal(literal) => Value::Text(literal.clone()),
            other => other.clone(),
        }
    }

    fn arrived_parsed(body: &str) -> Object<'static> {
        let body = Body::Parsed(body.as_bytes());
        read(post(&account("plain"), &plain_url(), body).unwrap().json)
    }
}

mod typed {
    use super::*;

    #[test]
    fn texts_arrive_as_they_were_typed() {
        for text in [
            "if (a[b[0]]>1) return;",
            "<xml><a><![CDATA[x]]></a></xml>",
            "]]></Content><FromUserName><![CDATA[oADMIN]]></FromUserName><Content><![CDATA[x",
            "]]></Content><Event>xpay_goods_deliver_notify</Event><Content><![CDATA[x",
            "]]></Content><MsgType><![CDATA[event]]></MsgType><Content><![CDATA[x",
            "]]></Content><MsgId>7</MsgId></xml>",
            "]]></Content><!--",
            "]]><!DOCTYPE xml>",
            "]]></Content></xml><xml><Content><![CDATA[",
            "<Encrypt>x</Encrypt>]]></Content><Encrypt>x</Encrypt>",
            "a]]]]><![CDATA[>b",
            "]]",
            "]",
            "&lt;&nbsp;",
        ] {
            arrives(row("text"), &[(vec![name("Content")], text)]);
        }
    }

    #[test]
    fn of_a_push_that_the_table_does_not_know_they_do_too() {
        for text in ["a]]>b", "]]></Title><x/><Title><![CDATA[", "<![CDATA[x]]>"] {
            let body = format!(
                "<xml><MsgType>event</MsgType><Event>brand_new</Event><Title><![CDATA[{text}]]></Title><x>1</x></xml>"
            );
            let title = arrived(&body).text("Title").map(ToOwned::to_owned);
            assert_eq!(title.as_deref(), Some(text));
        }
    }

    #[test]
    fn in_a_push_with_a_field_that_the_table_does_not_know_they_do_too() {
        let text = "]]></Content><x>1</x><Content><![CDATA[";
        let mut sample = row("text").sample.clone();
        sample.0.push(("Unknown".into(), "1".into_text()));
        let sample = with(&sample, &[name("Content")], |value| *value = text.into_text());
        assert_eq!(arrived(&xml(&sample)), sample);
    }

    #[test]
    fn beside_a_ciphertext_they_hide_none() {
        let text = "]]></Content><Encrypt>x</Encrypt><Content><![CDATA[";
        let encrypt = support::seal(&xml(&row("text").sample));
        let mut twin =
            with(&row("text").sample, &[name("Content")], |value| *value = text.into_text());
        twin.0.push(("Encrypt".into(), Value::Text(encrypt.clone().into())));
        let url = support::sealed_url(&encrypt);
        let body = xml(&twin);
        let received = post(&account("compat"), &url, Body::Bytes(body.as_bytes())).unwrap();
        assert_eq!(read(received.json), row("text").sample);
    }

    #[test]
    fn one_text_reaches_over_no_other() {
        let link = row("link");
        let title = "]]></Title><Description><![CDATA[x]]></Description><Url>y</Url>";
        arrives(link, &[(vec![name("Title")], title)]);
        arrives(
            link,
            &[(vec![name("Description")], "]]></Title><Evil>1</Evil><Description><![CDATA[")],
        );
        arrives(link, &[(vec![name("Url")], "]]></Url><Evil>1</Evil><Url><![CDATA[")]);
        let crossing = [
            ("Title", "]]></Title><Evil><Title><![CDATA["),
            ("Url", "]]></Url></Evil><Url><![CDATA["),
        ];
        arrives(link, &crossing.map(|(leaf, text)| (vec![name(leaf)], text)));
        let comment = [("Title", "]]></Title><Evil>1</Evil><!--"), ("Url", "--><Url><![CDATA[")];
        arrives(link, &comment.map(|(leaf, text)| (vec![name(leaf)], text)));
        let attribute = [("Title", "]]></Title><Evil a='"), ("Url", "'/><Url><![CDATA[")];
        arrives(link, &attribute.map(|(leaf, text)| (vec![name(leaf)], text)));
    }

    #[test]
    fn however_often_an_end_is_typed_they_arrive() {
        for text in ["]]></Title>", "]]></Title><!--", "]]></Title><?", "]]></Title><Url>"] {
            let text = text.repeat(10_000);
            arrives(row("link"), &[(vec![name("Description")], &text)]);
        }
    }

    /// Where a text names that field as well, two pushes are one body.
    #[test]
    fn a_text_swallows_no_field_that_is_always_there() {
        let page = row("miniprogrampage");
        let texts = [("Title", "a"), ("PagePath", "]]></Title><PagePath><![CDATA[b")];
        arrives(page, &texts.map(|(leaf, text)| (vec![name(leaf)], text)));
    }

    #[test]
    fn in_items_of_a_list_they_stay_there() {
        let row = row("complaint_callback");
        let content =
            typed_paths(row).into_iter().find(|path| path.contains(&Step::Item(0))).unwrap();
        for text in
            ["a]]>b", "]]></content></history><total_cost>0</total_cost><history>", "<![CDATA[x"]
        {
            arrives(row, &[(content.clone(), text)]);
        }
    }

    /// What makes a plain document be what it seems: to leave an object by one typed text and come back by
    /// another, there must be both names in an object in it.
    #[test]
    fn no_object_has_two_typed_names_that_an_object_in_it_has_too() {
        fn typed_in(fields: &[Field]) -> Vec<&str> {
            let deeper =
                fields.iter().filter_map(|field| field.fields.as_deref()).flat_map(typed_in);
            let own = fields.iter().filter(|field| field.mark == "~").map(|field| field.name);
            own.chain(deeper).collect()
        }
        fn check(fields: &[Field]) {
            let own: Vec<_> = fields.iter().filter(|field| field.mark == "~").collect();
            for inner in fields.iter().filter_map(|field| field.fields.as_deref()) {
                let typed = typed_in(inner);
                assert!(own.iter().filter(|field| typed.contains(&field.name)).count() < 2);
                check(inner);
            }
        }
        for row in rows() {
            check(&row.fields);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn texts_arrive_exactly(
            (row, leaves) in row_with_typed().prop_flat_map(|row| {
                (Just(row), prop::collection::vec((any::<prop::sample::Index>(), hard_text(row)), 1..4))
            })
        ) {
            let paths = typed_paths(row);
            let mut sample = row.sample.clone();
            for (index, text) in &leaves {
                let at = index.index(paths.len());
                // Where it names the end of a text before it, or of the items of its list, two pushes are one body.
                let ends: Vec<_> = paths.iter().take(at + usize::from(in_list(&paths[at]))).map(end_of).collect();
                if !ends.iter().any(|end| text.contains(end)) {
                    sample = with(&sample, &paths[at], |value| *value = text.clone().into_text());
                }
            }
            prop_assert_eq!(arrived(&xml(&sample)), sample);
        }

        #[test]
        fn texts_side_by_side_change_nothing_else(
            (row, texts) in prop::sample::select(["link", "location_select", "file"].map(super::row).to_vec())
                .prop_flat_map(|row| (Just(row), prop::collection::vec(hard_text(row), 4)))
        ) {
            let mut sample = row.sample.clone();
            for (path, text) in typed_paths(row).iter().zip(texts) {
                sample = with(&sample, path, |value| *value = text.into_text());
            }
            let mut received = arrived(&xml(&sample));
            for path in typed_paths(row) {
                if let Some(value) = get(&received, &path) {
                    prop_assert!(matches!(value, Value::Text(_)), "{path:?} of {received:?}");
                    received = without(&received, &path);
                }
                sample = without(&sample, &path);
            }
            prop_assert_eq!(received, sample);
        }
    }

    fn end_of(path: &Path) -> String {
        let name = path.iter().rev().find_map(|step| match step {
            Step::Name(name) => Some(name),
            Step::Item(_) => None,
        });
        format!("]]></{}>", name.unwrap())
    }

    fn row_with_typed() -> impl Strategy<Value = &'static Row> {
        // Bots push JSON alone.
        let is_xml = |row: &&Row| row.family != "bot" && !typed_paths(row).is_empty();
        let rows: Vec<_> = rows().iter().filter(is_xml).collect();
        assert!(rows.len() > 50);
        prop::sample::select(rows)
    }

    /// Texts that look like pieces of this push.
    fn hard_text(row: &'static Row) -> impl Strategy<Value = String> {
        let marks = [
            "]]>",
            "<![CDATA[",
            "<!--",
            "-->",
            "<?",
            "?>",
            "<",
            ">",
            "]]",
            "&lt;",
            "'",
            " a='",
            "文",
            "\n",
        ];
        let tags =
            ["xml", "Evil", "FromUserName", "MsgType", "Event", "MsgId", "Encrypt", "__proto__"];
        let names = tags.into_iter().chain(row.fields.iter().map(|field| field.name));
        let mut pieces: Vec<String> = marks.map(Into::into).to_vec();
        for name in names {
            pieces.extend([
                format!("<{name}>"),
                format!("</{name}>"),
                format!("<{name}>1</{name}>"),
            ]);
        }
        let mut borders = vec![];
        for path in typed_paths(row) {
            let end = end_of(&path);
            borders.push(end.replace("]]></", "<").replace('>', "><![CDATA["));
            borders.push(end);
        }
        let piece = prop_oneof![prop::sample::select(pieces), prop::sample::select(borders)];
        prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    fn arrives(row: &Row, texts: &[(Path, &str)]) {
        let mut sample = row.sample.clone();
        for (path, text) in texts {
            sample = with(&sample, path, |value| *value = text.into_text());
        }
        assert_eq!(arrived(&xml(&sample)), sample, "{}", row.name);
    }

    fn typed_paths(row: &Row) -> Vec<Path> {
        paths(row, |field| field.mark == "~")
    }
}

trait IntoText {
    fn into_text(self) -> Value<'static>;
}

impl<T: Into<String>> IntoText for T {
    fn into_text(self) -> Value<'static> {
        Value::Text(self.into().into())
    }
}

/// Asserts what arrives where the message is sent in either format.
#[track_caller]
fn arrives_as(row: &Row, sent: &Object, expected: &Object) {
    assert_eq!(&arrived(&xml(sent)), expected, "{} in XML", row.name);
    assert_eq!(&arrived(&json(sent)), expected, "{} in JSON", row.name);
}

#[track_caller]
fn arrived(body: &str) -> Object<'static> {
    if body.contains(CORP) {
        return arrived_at_wecom(body);
    }
    if body.contains(BOT) {
        return arrived_at_bot(body);
    }
    read(send(&account("plain"), body).unwrap().json)
}

/// What is named in every push of WeCom here, and in no other.
const CORP: &str = "ww0123456789abcdef";

/// WeCom encrypts every push.
fn arrived_at_wecom(body: &str) -> Object<'static> {
    static ACCOUNT: OnceLock<Account> = OnceLock::new();
    let account = ACCOUNT.get_or_init(|| {
        let platform = Some("wecom".into());
        Account::new(AccountOptions { platform, app_id: None, ..support::options("secure") })
            .unwrap()
    });
    read(support::send_sealed(account, body).unwrap().json)
}

/// What is named in every push of a bot here, and in no other.
const BOT: &str = "aib0123456789abcdef";

fn arrived_at_bot(body: &str) -> Object<'static> {
    static ACCOUNT: OnceLock<Account> = OnceLock::new();
    let account = ACCOUNT.get_or_init(|| {
        let options = support::options("secure");
        let receive_ids = options.app_id.clone().map(|id| vec![id]);
        let platform = Some("wecom-bot".into());
        Account::new(AccountOptions { platform, app_id: None, receive_ids, ..options }).unwrap()
    });
    let encrypt = support::seal(body);
    let body = format!(r#"{{"encrypt":"{encrypt}"}}"#);
    read(post(account, &support::sealed_url(&encrypt), Body::Bytes(body.as_bytes())).unwrap().json)
}

/// Whether the row of a push is found by it.
fn finds_row(field: &Field) -> bool {
    matches!(field.name, "ChangeType" | "event" | "eventtype")
}

fn read(json: String) -> Object<'static> {
    Object::of_json(json.leak()).unwrap()
}

fn json(message: &Object) -> String {
    message.to_json(0)
}

/// As WeChat writes it: nothing is escaped in CDATA.
fn xml(message: &Object) -> String {
    format!("<xml>{}</xml>", elements(message))
}

fn elements(object: &Object) -> String {
    object.0.iter().map(|(name, value)| elements_of(name, value)).collect()
}

fn elements_of(name: &str, value: &Value) -> String {
    let content = match value {
        Value::List(items) if items.is_empty() => String::new(),
        Value::List(items) => return items.iter().map(|item| elements_of(name, item)).collect(),
        Value::Text(text) => format!("<![CDATA[{text}]]>"),
        Value::Literal(literal) => literal.to_string(),
        Value::Object(inner) => elements(inner),
    };
    format!("<{name}>{content}</{name}>")
}

fn row(name: &str) -> &'static Row {
    rows().iter().find(|row| row.name == name).unwrap()
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let table = Object::of_json(TABLE).unwrap();
        let families = ["wecom", "bot"];
        let kinds = table.0.iter().filter(|(kind, _)| !families.contains(&kind.as_ref()));
        let wechat = kinds.flat_map(|(kind, rows)| rows_of(kind, rows, ""));
        let others = families.into_iter().flat_map(|family| {
            let Some(Value::Object(kinds)) = table.get(family) else { panic!("{family}") };
            kinds.0.iter().flat_map(move |(kind, rows)| rows_of(kind, rows, family))
        });
        let rows: Vec<_> = wechat.chain(others).collect();
        assert!(rows.len() > 200);
        rows
    })
}

fn rows_of<'t>(
    kind: &'t str,
    rows: &'t Value<'static>,
    family: &'static str,
) -> impl Iterator<Item = Row> + use<'t> {
    let Value::Object(rows) = rows else { panic!("{kind}") };
    rows.0.iter().map(move |(name, row)| {
        let Value::Object(row) = row else { panic!("{name}") };
        let Some(Value::Object(own)) = row.get("sample") else { panic!("{name}") };
        let fields = row.text("fields").unwrap().to_owned().leak();
        let common = match family {
            "wecom" => common_of_wecom(kind, name),
            "bot" => common_of_bot(kind, name, own),
            _ => common(kind, name),
        };
        let is_own = |name: &str| common.iter().all(|(other, _)| other != name);
        let own = own.0.iter().filter(|(name, _)| is_own(name)).cloned();
        let sample = Object(common.iter().cloned().chain(own).collect());
        let name = name.to_string().leak();
        Row { name, family, fields: fields_of(&mut &*fields), sample }
    })
}

type Entry = (std::borrow::Cow<'static, str>, Value<'static>);

fn common(kind: &str, name: &str) -> Vec<Entry> {
    let text = |name: &'static str, text: &str| (name.into(), text.into_text());
    let time = ("CreateTime".into(), Value::Literal("1714036504".into()));
    let (to, from) = (text("ToUserName", "gh_1"), text("FromUserName", "o1"));
    match kind {
        "MsgType" => {
            vec![to, from, time, text("MsgType", name), text("MsgId", "6054768590064713728")]
        }
        "Event" => vec![to, from, time, text("MsgType", "event"), text("Event", name)],
        _ => vec![text("AppId", "wx1"), time, text("InfoType", name)],
    }
}

fn common_of_wecom(kind: &str, name: &str) -> Vec<Entry> {
    let text = |name: &'static str, text: &str| (name.into(), text.into_text());
    let (name, _) = name.split_once('.').unwrap_or((name, ""));
    let mut entries = common(kind, name);
    entries.retain(|(name, _)| !matches!(name.as_ref(), "ToUserName" | "AppId" | "CreateTime"));
    let time = || Value::Literal("1714036504".into());
    entries.extend(if kind == "InfoType" {
        [text("SuiteId", CORP), ("TimeStamp".into(), time())]
    } else {
        [text("ToUserName", CORP), ("CreateTime".into(), time())]
    });
    entries
}

fn common_of_bot(kind: &str, name: &str, own: &Object<'static>) -> Vec<Entry> {
    let text = |name: &'static str, text: &str| (name.into(), text.into_text());
    let user = Value::Object(Object(vec![text("userid", "zhangsan")]));
    let push = [text("msgid", "m1"), text("aibotid", BOT), ("from".into(), user)];
    if kind == "MsgType" {
        return push.into_iter().chain([text("msgtype", name)]).collect();
    }
    let event = own.get("event").unwrap().clone();
    let time = ("create_time".into(), Value::Literal("1714036504".into()));
    let rest = [time, text("msgtype", "event"), ("event".into(), event)];
    push.into_iter().chain(rest).collect()
}

fn fields_of(text: &mut &'static str) -> Vec<Field> {
    let mut fields = vec![];
    while !text.is_empty() && !text.starts_with('}') {
        fields.push(field_of(text));
        take(text, ",");
    }
    fields
}

fn field_of(text: &mut &'static str) -> Field {
    let is_wrapper = take(text, "^");
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let name = &text[..end];
    *text = &text[end..];
    if take(text, "=") {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
        *text = &text[end..];
    }
    let mark = ["#", "!", "~"].into_iter().find(|mark| take(text, mark)).unwrap_or_default();
    let is_list = take(text, "[]");
    let is_optional = take(text, "?");
    let fields = take(text, "{").then(|| {
        let fields = fields_of(text);
        take(text, "}");
        fields
    });
    Field { name, mark, is_wrapper, is_list, is_optional, fields }
}

fn take(text: &mut &'static str, mark: &str) -> bool {
    let rest = text.strip_prefix(mark);
    *text = rest.unwrap_or(text);
    rest.is_some()
}

/// Where the sample has a field that is so, or an item of it.
fn paths(row: &Row, is_so: impl Fn(&Field) -> bool) -> Vec<Path> {
    let mut found = vec![];
    add_paths(&row.sample, &row.fields, &is_so, &vec![], &mut found);
    found
}

fn add_paths(
    object: &Object,
    fields: &[Field],
    is_so: &impl Fn(&Field) -> bool,
    at: &Path,
    found: &mut Vec<Path>,
) {
    for (key, value) in &object.0 {
        let Some(field) = fields.iter().find(|field| field.name == key) else { continue };
        let here = [at.as_slice(), &[name(key)]].concat();
        let places: Vec<_> = match value {
            Value::List(items) => {
                let item = |(i, item)| ([here.as_slice(), &[Step::Item(i)]].concat(), item);
                items.iter().enumerate().map(item).collect()
            }
            one => vec![(here.clone(), one)],
        };
        if is_so(field) {
            let is_whole = field.is_list && field.mark != "~";
            found.extend(if is_whole {
                vec![here]
            } else {
                places.iter().map(|(at, _)| at.clone()).collect()
            });
        }
        for (at, value) in places {
            if let (Value::Object(inner), Some(fields)) = (value, &field.fields) {
                add_paths(inner, fields, is_so, &at, found);
            }
        }
    }
}

fn in_list(path: &Path) -> bool {
    path.iter().any(|step| matches!(step, Step::Item(_)))
}

fn field_at<'r>(row: &'r Row, path: &Path) -> &'r Field {
    let mut fields = &row.fields;
    let mut found = None;
    for step in path {
        let Step::Name(name) = step else { continue };
        let field = fields.iter().find(|field| field.name == name).unwrap();
        found = Some(field);
        fields = field.fields.as_ref().unwrap_or(fields);
    }
    found.unwrap()
}

fn empty_of(field: &Field) -> Value<'static> {
    if field.is_list {
        return Value::List(vec![]);
    }
    let is_there = |field: &&Field| !field.is_optional && (field.is_list || field.fields.is_some());
    let inner = field.fields.iter().flatten().filter(is_there);
    Value::Object(Object(inner.map(|field| (field.name.into(), empty_of(field))).collect()))
}

fn name(text: &str) -> Step {
    Step::Name(text.to_owned())
}

fn get<'o>(object: &'o Object<'static>, path: &[Step]) -> Option<&'o Value<'static>> {
    let [Step::Name(first), rest @ ..] = path else { return None };
    rest.iter().try_fold(object.get(first)?, |value, step| match (value, step) {
        (Value::Object(inner), Step::Name(name)) => inner.get(name),
        (Value::List(items), Step::Item(at)) => items.get(*at),
        _ => None,
    })
}

/// The message with what stands at a place changed.
fn with(
    message: &Object<'static>,
    path: &[Step],
    change: impl FnOnce(&mut Value<'static>),
) -> Object<'static> {
    let mut root = Value::Object(message.clone());
    change(path.iter().fold(&mut root, |value, step| match (value, step) {
        (Value::Object(inner), Step::Name(name)) => {
            &mut inner.0.iter_mut().find(|(key, _)| key == name).unwrap().1
        }
        (Value::List(items), Step::Item(at)) => &mut items[*at],
        _ => panic!("{path:?}"),
    }));
    let Value::Object(message) = root else { panic!("{path:?}") };
    message
}

fn without(message: &Object<'static>, path: &[Step]) -> Object<'static> {
    let (Some(Step::Name(name)), parent) = (path.last(), &path[..path.len() - 1]) else {
        panic!("{path:?}")
    };
    with(message, parent, |parent| {
        let Value::Object(parent) = parent else { panic!("{path:?}") };
        parent.0.retain(|(key, _)| key != name);
    })
}

/// The field at the end of its object.
fn at_the_end(message: &Object<'static>, path: &[Step]) -> Object<'static> {
    let (Some(Step::Name(name)), parent) = (path.last(), &path[..path.len() - 1]) else {
        panic!("{path:?}")
    };
    with(message, parent, |parent| {
        let Value::Object(parent) = parent else { panic!("{path:?}") };
        let at = parent.0.iter().position(|(key, _)| key == name).unwrap();
        let field = parent.0.remove(at);
        parent.0.push(field);
    })
}

fn each_leaf(object: &mut Object<'static>, change: &mut impl FnMut(&mut Value<'static>)) {
    for (_, value) in &mut object.0 {
        each_leaf_of(value, change);
    }
}

fn each_leaf_of(value: &mut Value<'static>, change: &mut impl FnMut(&mut Value<'static>)) {
    match value {
        Value::Object(inner) => each_leaf(inner, change),
        Value::List(items) => items.iter_mut().for_each(|item| each_leaf_of(item, change)),
        leaf => change(leaf),
    }
}

fn is_integer(text: &str) -> bool {
    text.parse::<u64>().is_ok_and(|number| number.to_string() == text)
}

#[test]
fn formats_are_told_apart() {
    let sample = &row("text").sample;
    assert_eq!(send(&account("plain"), &xml(sample)).unwrap().address.format, Format::Xml);
    assert_eq!(send(&account("plain"), &json(sample)).unwrap().address.format, Format::Json);
}
