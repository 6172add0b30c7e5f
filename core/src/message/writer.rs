//! Writes a message as JSON, in its documented form, while a document is read: lists are lists, ids are
//! text, `CreateTime` is a number, and a wrapper that JSON drops is back.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::document::{has_escapes, write_text};
use crate::message::names::{
    CREATE_TIME, EVENT, EVERY_MESSAGE, MSG_ID, MSG_ID_OF_EVENTS, is_list, wrapper_of,
};
use crate::message::routing::RoutingFields;
use crate::text::is_digits;

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
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WriteOptions {
    /// Without it all texts stand in the JSON.
    pub(crate) long_texts: Option<LongTexts>,
    /// The name of the field whose presence is noted.
    pub(crate) ciphertext: &'static str,
}

/// What was written.
pub(crate) struct Written<'a> {
    pub(crate) json: &'a mut String,
    pub(crate) fields: RoutingFields<'a>,
    pub(crate) long_texts: Vec<Cow<'a, str>>,
    pub(crate) has_ciphertext: bool,
    pub(crate) is_empty: bool,
}

/// A message object that is being written.
pub(crate) struct MessageWriter<'a> {
    options: WriteOptions,
    written: Written<'a>,
    /// Whether text borrowed from the document may hold what JSON escapes.
    escapes: bool,
    open_fields: Vec<Field<'a>>,
    depth: usize,
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

/// The largest integer that JavaScript holds exactly.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

impl<'a> MessageWriter<'a> {
    /// Writes to `json`. `source` is the document, where it may hold what JSON escapes.
    pub(crate) fn new(json: &'a mut String, source: Option<&str>, options: WriteOptions) -> Self {
        let written = Written {
            json,
            fields: RoutingFields::default(),
            long_texts: vec![],
            has_ciphertext: false,
            is_empty: true,
        };
        let escapes = source.is_some_and(has_escapes);
        Self { options, written, escapes, open_fields: Vec::with_capacity(8), depth: 0 }
    }

    pub(crate) fn finish(self) -> Written<'a> {
        self.written
    }

    /// Begins an object.
    pub(crate) fn begin(&mut self) -> Level {
        self.written.json.push('{');
        self.depth += 1;
        Level { first: self.open_fields.len(), names: 0, repeats: false, regroup: false }
    }

    /// Names the next value of an object, in which the name may have been before; returns how many
    /// different names there are.
    pub(crate) fn name_once_or_more(&mut self, name: &'a str, level: &mut Level) -> usize {
        if self.open_fields[level.first..].iter().rev().any(|field| field.name == name) {
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
        let at = self.written.json.len();
        if self.open_fields.len() > level.first {
            self.written.json.push(',');
        }
        write_text(self.written.json, &name, self.escapes || matches!(name, Cow::Owned(_)));
        self.written.json.push(':');
        self.open_fields.push(Field { name, at, value: self.written.json.len() });
    }

    /// Writes a text.
    pub(crate) fn text(&mut self, text: Cow<'a, str>) {
        // With a character that is no constant, `starts_with` is slower.
        if let Some(LongTexts { over, mark }) = self.options.long_texts
            && (text.len() > over || text.chars().next().is_some_and(|first| first == mark))
        {
            let place = format!("{mark}{}", self.written.long_texts.len());
            write_text(self.written.json, &place, true);
            self.written.long_texts.push(text.clone());
            return self.note(text);
        }
        let escapes = self.escapes || matches!(text, Cow::Owned(_));
        match self.field() {
            Some(CREATE_TIME) if is_exact_number(&text) => self.written.json.push_str(&text),
            // JSON writes this event with a blank.
            Some(EVENT) if text == "complaint callback" => {
                return self.text("complaint_callback".into());
            }
            _ => write_text(self.written.json, &text, escapes),
        }
        self.note(text);
    }

    /// Writes a number, `true`, `false` or `null` as JSON does, but ids as text, and integers that
    /// JavaScript would round.
    pub(crate) fn literal(&mut self, literal: Cow<'a, str>) {
        let name = self.open_fields.last().map_or("", |field| &field.name);
        if matches!(name, MSG_ID | MSG_ID_OF_EVENTS) || is_large_integer(&literal) {
            write_text(self.written.json, &literal, false);
        } else {
            self.written.json.push_str(&literal);
        }
        self.note(literal);
    }

    /// Writes a list, each item by `write`.
    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.written.json.push('[');
        // What stands in a list has no name.
        let at = self.written.json.len();
        self.open_fields.push(Field { name: "".into(), at, value: at });
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self.written.json.push(',');
            }
            write(self, item);
        }
        self.open_fields.pop();
        self.written.json.push(']');
    }

    /// Ends an object.
    pub(crate) fn end(&mut self, level: &Level) {
        let fields = &self.open_fields[level.first..];
        let has = |name: &str| fields.iter().any(|field| field.name == name);
        let mut wrapper = None;
        if self.depth == 1 {
            self.written.is_empty = fields.is_empty();
            self.written.has_ciphertext = has(self.options.ciphertext);
            wrapper = wrapper_of(&self.written.fields.event).filter(|wrapper| !has(wrapper));
        }
        if level.regroup || wrapper.is_some() {
            self.regroup(level, wrapper);
        }
        self.open_fields.truncate(level.first);
        self.depth -= 1;
        self.written.json.push('}');
    }

    /// The name of the value to come, where it is one of the message itself.
    fn field(&self) -> Option<&str> {
        self.open_fields.last().filter(|_| self.depth == 1).map(|field| field.name.as_ref())
    }

    /// Keeps what is needed to route the message.
    fn note(&mut self, text: Cow<'a, str>) {
        if let Some(field) = self.open_fields.last().filter(|_| self.depth == 1)
            && let Some(slot) = self.written.fields.slot(&field.name)
        {
            *slot = text;
        }
    }

    /// Writes the fields of an object anew, from the first: repeated names become one list, names of
    /// lists hold lists, what belongs to the kind of event goes into `wrapper`.
    fn regroup(&mut self, level: &Level, wrapper: Option<&'static str>) {
        let start = self.open_fields[level.first].at;
        let old = self.written.json.split_off(start);
        let fields = self.open_fields.split_off(level.first);
        let ends = fields.iter().skip(1).map(|field| field.at).chain([start + old.len()]);
        let mut indexes: HashMap<&str, usize> = HashMap::new();
        let mut groups: Vec<(&str, Vec<&str>)> = vec![];
        for (field, end) in fields.iter().zip(ends) {
            let value = &old[field.value - start..end - start];
            match indexes.entry(&field.name) {
                Entry::Occupied(index) if level.repeats => groups[*index.get()].1.push(value),
                Entry::Occupied(index) => groups[*index.get()].1 = vec![value],
                Entry::Vacant(index) => {
                    index.insert(groups.len());
                    groups.push((&field.name, vec![value]));
                }
            }
        }
        if self.depth == 1 {
            for (name, _) in groups.iter().filter(|(_, values)| values.len() > 1) {
                self.written.fields.slot(name).map(std::mem::take);
            }
        }
        let Some(wrapper) = wrapper else { return write_groups(self.written.json, &groups) };
        let (common, others): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(name, _)| EVERY_MESSAGE.contains(name));
        write_groups(self.written.json, &common);
        self.written.json.extend([",\"", wrapper, "\":{"]);
        write_groups(self.written.json, &others);
        self.written.json.push('}');
    }
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

/// Whether it is the usual form of a number that a double holds exactly.
fn is_exact_number(text: &str) -> bool {
    (1..=15).contains(&text.len()) && is_digits(text) && (text.len() == 1 || !text.starts_with('0'))
}
