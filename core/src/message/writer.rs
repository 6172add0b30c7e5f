//! Writes a message as JSON, in the shape that its row says, whatever the document was: lists are lists,
//! numbers are numbers, ids are text, and a wrapper that JSON drops is back.

use std::borrow::Cow;
use std::mem::take;

use crate::document::{Object, Value, has_escapes, write_text};
use crate::message::names::{EVENT, INFO_TYPE};
use crate::message::routing::RoutingFields;
use crate::message::row::{Field, Fields, Shape};
use crate::message::rows::Kind;
use crate::message::spelling::settle_variants;
use crate::message::takes::Takes;
use crate::platform::Family;
use crate::text::{is_digits, trim};

/// Which texts stand beside the JSON, and what it has in their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongTexts {
    /// Texts of more bytes.
    pub over: usize,
    /// The JSON has a text of this character and an index instead. What begins with it by itself stands beside
    /// the JSON, too.
    pub mark: char,
}

/// What the caller decides about the JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WriteOptions {
    /// Without it all texts stand in the JSON.
    pub(crate) long_texts: Option<LongTexts>,
    /// The name of the field whose presence is noted.
    pub(crate) ciphertext: &'static str,
    /// Whose rows it is written by.
    pub(crate) family: Family,
}

/// What was written.
pub(crate) struct Written<'a> {
    pub(crate) json: &'a mut String,
    pub(crate) fields: RoutingFields<'a>,
    pub(crate) takes: Takes,
    pub(crate) long_texts: Vec<Cow<'a, str>>,
    pub(crate) has_ciphertext: bool,
}

/// The largest integer that JavaScript holds exactly.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// So many significant digits are the same after JavaScript has read them.
const EXACT_DIGITS: usize = 15;

/// Writes a push to `json`. `source` is the document, where it may hold what JSON escapes.
pub(crate) fn write_push<'a>(
    mut push: Object<'a>,
    json: &'a mut String,
    source: Option<&str>,
    options: WriteOptions,
) -> Written<'a> {
    let has_ciphertext = push.get(options.ciphertext).is_some();
    let fields = RoutingFields::of(&push, options.family);
    let kind = Kind::of(&fields, options.family);
    let takes = Takes::of_kind(kind, &fields);
    if options.family != Family::Bot {
        drop_names_of_others(&mut push, &fields, kind);
    }
    wrap(&mut push, kind);
    if options.family != Family::WeChat && kind.has_variants() {
        settle_variants(&mut push, kind.fields());
    }
    let mut writer = Writer::new(json, source, options.long_texts);
    writer.object(push, Lookup::of_push(kind));
    let Writer { json, long_texts, .. } = writer;
    Written { json, fields, takes, long_texts, has_ciphertext }
}

/// Writes a reply to `json`.
pub(crate) fn write_reply(reply: Object, json: &mut String) {
    Writer::new(json, Some("\n"), None).object(reply, Lookup::of_push(Kind::of_reply()));
}

/// `Event` is there in events only, `InfoType` where there is no `MsgType`; unless the row has it of its own.
fn drop_names_of_others<'a>(push: &mut Object<'a>, fields: &RoutingFields<'a>, kind: Kind) {
    for (name, text) in [(EVENT, &fields.event), (INFO_TYPE, &fields.info)] {
        let Some(at) = push.0.iter().position(|(other, _)| other == name) else { continue };
        if !text.is_empty() {
            push.0[at].1 = Value::Text(text.clone());
        } else if kind.fields().find(name).is_none() {
            push.0.remove(at);
        }
    }
}

/// Brings back the element that JSON drops, around what is of this kind alone.
fn wrap(push: &mut Object, kind: Kind) {
    let Some(wrapper) = kind.wrapper().filter(|wrapper| push.get(wrapper.name).is_none()) else {
        return;
    };
    let (common, own) =
        take(&mut push.0).into_iter().partition(|(name, _)| kind.field(name).is_some());
    push.0 = common;
    push.0.push((wrapper.name.into(), Value::Object(Object(own))));
}

/// A message that is being written.
struct Writer<'j, 'a> {
    json: &'j mut String,
    long_texts: Vec<Cow<'a, str>>,
    limit: Option<LongTexts>,
    /// Whether text borrowed from the document may hold what JSON escapes.
    escapes: bool,
}

impl<'j, 'a> Writer<'j, 'a> {
    fn new(json: &'j mut String, source: Option<&str>, limit: Option<LongTexts>) -> Self {
        Self { json, long_texts: vec![], limit, escapes: source.is_some_and(has_escapes) }
    }

    /// Writes an object, with what it always has.
    fn object(&mut self, object: Object<'a>, mut lookup: Lookup) {
        let is_missing =
            |field: &&Field| field.is_always_there() && object.get(field.name).is_none();
        let missing: Vec<_> = lookup.fields.0.iter().filter(is_missing).collect();
        self.json.push('{');
        let start = self.json.len();
        for (name, value) in object.0 {
            self.name(&name, self.escapes || matches!(name, Cow::Owned(_)), start);
            match lookup.find(&name) {
                Some(field) => self.field(value, field),
                None => self.any(value),
            }
        }
        for field in missing {
            self.name(field.name, false, start);
            self.field(Value::default(), field);
        }
        self.json.push('}');
    }

    fn name(&mut self, name: &str, escapes: bool, start: usize) {
        if self.json.len() > start {
            self.json.push(',');
        }
        write_text(self.json, name, escapes);
        self.json.push(':');
    }

    fn field(&mut self, value: Value<'a>, field: &'static Field) {
        if !field.is_list {
            return self.shape(value, &field.shape);
        }
        let items = match value {
            Value::List(items) => items,
            value if is_blank(&value) => vec![],
            one => vec![one],
        };
        self.items(items, &field.shape);
    }

    fn items(&mut self, items: Vec<Value<'a>>, shape: &'static Shape) {
        self.json.push('[');
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self.json.push(',');
            }
            self.shape(item, shape);
        }
        self.json.push(']');
    }

    fn shape(&mut self, value: Value<'a>, shape: &'static Shape) {
        match (shape, value) {
            (Shape::Any, value) => self.any(value),
            (Shape::Object(fields), value) => {
                self.object(object_of(value, fields), Lookup::of(fields));
            }
            // Of what is there more than once the first counts.
            (_, Value::List(items)) => {
                self.shape(items.into_iter().next().unwrap_or_default(), shape);
            }
            // A parser of XML makes it of an empty element.
            (_, Value::Object(object)) if object.0.is_empty() => self.text(Cow::default()),
            // A leaf stays a leaf.
            (_, Value::Object(object)) => self.text(Value::Object(object).to_json().into()),
            (_, Value::Literal(literal)) if literal == "null" => self.text(Cow::default()),
            (shape, Value::Text(text) | Value::Literal(text)) => match shape {
                Shape::Number if is_exact_number(&text) => self.json.push_str(&text),
                Shape::Boolean if matches!(text.as_ref(), "true" | "false") => {
                    self.json.push_str(&text);
                }
                _ => self.text(text),
            },
        }
    }

    /// Writes what the table does not know as it came, but for integers that JavaScript would round.
    fn any(&mut self, value: Value<'a>) {
        match value {
            Value::Text(text) => self.text(text),
            Value::Literal(literal) if is_large_integer(&literal) => self.text(literal),
            Value::Literal(literal) => self.json.push_str(&literal),
            Value::List(items) => self.items(items, &Shape::Any),
            Value::Object(object) => self.object(object, Lookup::of(&NO_FIELDS)),
        }
    }

    fn text(&mut self, text: Cow<'a, str>) {
        // With a character that is no constant, `starts_with` is slower.
        if let Some(LongTexts { over, mark }) = self.limit
            && (text.len() > over || text.chars().next().is_some_and(|first| first == mark))
        {
            write_text(self.json, &format!("{mark}{}", self.long_texts.len()), true);
            return self.long_texts.push(text);
        }
        write_text(self.json, &text, self.escapes || matches!(text, Cow::Owned(_)));
    }
}

/// Finds the fields of one object; most often the next one is the one that is looked for.
struct Lookup {
    fields: &'static Fields,
    next: usize,
    common: &'static Fields,
    next_common: usize,
}

impl Lookup {
    fn of(fields: &'static Fields) -> Self {
        Self { fields, next: 0, common: &NO_FIELDS, next_common: 0 }
    }

    fn of_push(kind: Kind) -> Self {
        Self { common: kind.common(), ..Self::of(kind.fields()) }
    }

    fn find(&mut self, name: &str) -> Option<&'static Field> {
        let own = self.fields.find_from(&mut self.next, name);
        own.or_else(|| self.common.find_from(&mut self.next_common, name))
    }
}

static NO_FIELDS: Fields = Fields(vec![]);

/// The object that a value of these fields stands for. What is none has no fields.
fn object_of<'a>(value: Value<'a>, fields: &'static Fields) -> Object<'a> {
    match value {
        Value::Object(object) => object,
        Value::List(items) => match fields.only_list() {
            // JSON has the list in the place of what holds it.
            Some(list) if !items.iter().any(|item| holds(item, list)) => {
                Object(vec![(list.name.into(), Value::List(items))])
            }
            _ => items.into_iter().next().map(|first| object_of(first, fields)).unwrap_or_default(),
        },
        Value::Text(text) => split_list(&text, fields).unwrap_or_default(),
        Value::Literal(_) => Object::default(),
    }
}

/// Older pushes have texts with commas in the place of the list that holds them.
fn split_list<'a>(text: &str, fields: &'static Fields) -> Option<Object<'a>> {
    let list = fields.only_list()?;
    let is_plain = matches!(list.shape, Shape::Text) && !list.is_typed;
    let text = Some(trim(text)).filter(|text| is_plain && !text.is_empty())?;
    let items = text.split(',').map(|item| Value::Text(trim(item).to_owned().into()));
    Some(Object(vec![(list.name.into(), Value::List(items.collect()))]))
}

fn holds(value: &Value, field: &Field) -> bool {
    matches!(value, Value::Object(object) if object.get(field.name).is_some())
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Text(text) => trim(text).is_empty(),
        Value::Literal(literal) => literal == "null",
        _ => false,
    }
}

fn is_large_integer(literal: &str) -> bool {
    let digits = literal.strip_prefix('-').unwrap_or(literal);
    is_digits(digits) && !is_safe(digits)
}

fn is_safe(digits: &str) -> bool {
    digits.len() <= EXACT_DIGITS || digits.parse().is_ok_and(|value: u64| value <= MAX_SAFE_INTEGER)
}

/// Whether it is the usual form of a number that JavaScript holds exactly.
fn is_exact_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if is_digits(digits) {
        return is_usual(digits) && is_safe(digits) && text != "-0";
    }
    // The digits of a fraction stay the same where JavaScript would end it so, too.
    digits.split_once('.').is_some_and(|(whole, fraction)| {
        let is_exact = whole.len() + fraction.len() <= EXACT_DIGITS && !fraction.ends_with('0');
        is_exact
            && !fraction.is_empty()
            && is_digits(fraction)
            && is_usual(whole)
            && is_digits(whole)
    })
}

fn is_usual(whole: &str) -> bool {
    whole == "0" || !whole.is_empty() && !whole.starts_with('0')
}
