//! Reads XML so that what a user typed stays text. WeChat puts it into CDATA as it is, `]]>` and all, so that
//! bytes alone do not tell where such a text ends.
//!
//! A text that was typed can only leave its section by the end tag of its own name, and what follows has to come
//! back to the real one. So a document in which every name is where the table has it, and once, is what it seems
//! to be. Of any other, readings are tried: each typed text reaches as far as the rest still makes a whole.
//! Only where two texts stand around a field, and one of them names it and both of their ends, two pushes are one body.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use crate::document::{CDATA_END, Object, Token, Traits, Value, Xml};
use crate::message::routing::RoutingFields;
use crate::message::row::{Field, Fields, Shape};
use crate::message::rows::Kind;
use crate::platform::Family;
use crate::rejection::Rejection;

/// What stands behind a typed text, before the name of its element.
const END: &str = "]]></";

/// In a list, so many ends of a text are tried from the first on, and then the last one.
const FIRST_ENDS: usize = 16;

/// All readings of which the same is allowed together read so many bytes of a short document.
const LEAST_EFFORT: usize = 256 * 1024;

/// A reading costs as much as so many bytes, however short it is.
const READING: usize = 64;

/// A whole body as a tree.
///
/// # Errors
/// It is malformed, has a DOCTYPE, or is too deep.
pub(super) fn read(body: &str, family: Family) -> Result<Object<'_>, Rejection> {
    let mut xml = Xml::new(body);
    let mut root = Object::default();
    let strict = xml.read(&mut root);
    let Traits { is_nested, repeats, scatters, is_split, is_odd } = xml.traits;
    let is_bare = strict.is_ok() && !is_odd && !is_split;
    if is_bare && !is_nested && !repeats {
        return Ok(root);
    }
    let kind = Kind::of(&RoutingFields::of(&root, family), family);
    let names = kind.typed_names();
    let plain = Plain { kind, names: &names };
    if is_bare && !scatters && plain.has_root(&root) {
        return Ok(root);
    }
    let Some(sections) = Search::new(body, kind, &names).sections() else {
        return strict.map(|()| root);
    };
    root.0.clear();
    Xml::with_sections(body, sections).read(&mut root).map(|()| root)
}

/// Whether a document is what it seems to be.
struct Plain<'n> {
    kind: Kind,
    names: &'n [&'static str],
}

impl Plain<'_> {
    fn has_root(&self, root: &Object) -> bool {
        self.names.is_empty() || self.has_all(root, &|name| self.kind.field(name))
    }

    /// Nothing repeats but lists, and names of typed texts stand nowhere else.
    fn has_all(&self, object: &Object, find: &dyn Fn(&str) -> Option<&'static Field>) -> bool {
        object.0.iter().all(|(name, value)| match find(name) {
            Some(field) if field.is_typed || !self.names.contains(&name.as_ref()) => {
                self.has(value, field)
            }
            None if !self.names.contains(&name.as_ref()) => self.has_unknown(value),
            _ => false,
        })
    }

    fn has(&self, value: &Value, field: &'static Field) -> bool {
        match (value, &field.shape) {
            (Value::List(items), _) if field.is_list => {
                items.iter().all(|item| !matches!(item, Value::List(_)) && self.has(item, field))
            }
            (Value::Object(inner), Shape::Object(fields)) => {
                self.has_all(inner, &|name| fields.find(name))
            }
            (Value::List(_) | Value::Object(_), _) => false,
            _ => true,
        }
    }

    fn has_unknown(&self, value: &Value) -> bool {
        match value {
            Value::Object(inner) => self.has_all(inner, &|_| None),
            Value::List(items) => items.iter().all(|item| self.has_unknown(item)),
            _ => true,
        }
    }
}

/// What a reading may have, beside what those before it may; the first that is found counts.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Allowed {
    /// Fields that the table knows, among them all that the push always has.
    Known,
    /// That some of them are not there.
    Missing,
    /// Fields that the table does not know.
    Unknown,
    /// Fields that are there more than once and are no lists.
    Repeated,
}

const ALLOWED: [Allowed; 4] =
    [Allowed::Known, Allowed::Missing, Allowed::Unknown, Allowed::Repeated];

impl Allowed {
    /// How many times the document's length all such readings together may read.
    fn effort(self) -> usize {
        match self {
            Self::Missing | Self::Unknown => 12,
            Self::Known | Self::Repeated => 2,
        }
    }
}

/// Looks for the ends of the typed texts.
struct Search<'a, 'n> {
    body: &'a str,
    kind: Kind,
    names: &'n [&'static str],
    /// Where a typed text of each of the names may end.
    ends: Vec<Vec<usize>>,
}

/// How reading went on.
enum Step {
    /// The document is over, and whole.
    Whole,
    /// The text of this field begins, in a list or not.
    Typed(&'static Field, bool),
    /// It is no whole document, whatever was before.
    Broken,
    /// What was before does not go with it: a field is there again, or was not there.
    Unfit,
}

impl<'a, 'n> Search<'a, 'n> {
    fn new(body: &'a str, kind: Kind, names: &'n [&'static str]) -> Self {
        let mut ends = vec![vec![]; names.len()];
        for at in memmem::find_iter(body.as_bytes(), END) {
            let behind = &body[at + END.len()..];
            let is_end =
                |name: &&str| behind.strip_prefix(*name).is_some_and(|rest| rest.starts_with('>'));
            if let Some(index) = names.iter().position(is_end) {
                ends[index].push(at);
            }
        }
        Self { body, kind, names, ends }
    }

    /// Where the contents of the sections of typed texts stand, in order.
    fn sections(&self) -> Option<Vec<Range<usize>>> {
        for allowed in ALLOWED {
            let mut effort = LEAST_EFFORT.max(allowed.effort() * self.body.len());
            let sections = self.sections_with(allowed, &mut effort);
            // Where not all was tried, more may only be allowed that adds nothing to the push.
            if sections.is_some() || (effort == 0 && allowed >= Allowed::Missing) {
                return sections;
            }
        }
        None
    }

    /// The same in `effort`, of which it takes what it needs: all, where not all readings could be tried.
    fn sections_with(&self, allowed: Allowed, effort: &mut usize) -> Option<Vec<Range<usize>>> {
        let mut reading = Reading::new(self.body)?;
        let mut choices: Vec<Choice> = vec![];
        let mut failed = BTreeSet::new();
        loop {
            let before = reading.xml.at();
            let step = reading.go_on(self.kind, allowed);
            spend(effort, READING + reading.xml.at() - before)?;
            match step {
                Step::Whole => return Some(choices.iter().map(Choice::section).collect()),
                Step::Typed(field, is_in_list) => {
                    choices.push(self.choice(reading, field, is_in_list)?);
                }
                Step::Unfit => {
                    let certain = choices.iter_mut().rev().take_while(|choice| choice.is_certain);
                    certain.for_each(|choice| choice.is_certain = false);
                }
                Step::Broken => {}
            }
            reading = next_reading(&mut choices, &mut failed, effort)?;
        }
    }

    fn choice(
        &self,
        before: Reading<'a>,
        field: &'static Field,
        is_in_list: bool,
    ) -> Option<Choice<'a, '_>> {
        let start = before.xml.section()?;
        let ends = &self.ends[self.names.iter().position(|name| *name == field.name)?];
        let left = &ends[ends.partition_point(|end| *end < start)..];
        Some(Choice {
            before,
            field,
            start,
            left,
            is_in_list,
            tries: 0,
            end: start,
            is_certain: false,
        })
    }
}

fn spend(effort: &mut usize, cost: usize) -> Option<()> {
    *effort = effort.saturating_sub(cost);
    (*effort > 0).then_some(())
}

/// The next reading that was not tried yet.
fn next_reading<'a>(
    choices: &mut Vec<Choice<'a, '_>>,
    failed: &mut BTreeSet<(usize, *const Field)>,
    effort: &mut usize,
) -> Option<Reading<'a>> {
    loop {
        spend(effort, 1)?;
        let choice = choices.last_mut()?;
        if choice.is_certain {
            failed.insert((choice.end, choice.field));
        }
        match choice.next_end() {
            Some(end) => {
                choice.end = end;
                choice.is_certain = !failed.contains(&(end, std::ptr::from_ref(choice.field)));
                if choice.is_certain {
                    return choice.reading();
                }
            }
            None => drop(choices.pop()),
        }
    }
}

/// A typed text, of which the end has to be chosen.
struct Choice<'a, 'e> {
    /// How the document was read up to it.
    before: Reading<'a>,
    field: &'static Field,
    start: usize,
    /// The ends that were not tried yet.
    left: &'e [usize],
    is_in_list: bool,
    tries: usize,
    end: usize,
    /// Whether what is behind the end decides alone, and not also what is before the text.
    is_certain: bool,
}

impl<'a> Choice<'a, '_> {
    fn section(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The last one first; in a list, where every item has such ends, the first one.
    fn next_end(&mut self) -> Option<usize> {
        self.tries += 1;
        let (end, left) = if self.is_in_list && self.tries <= FIRST_ENDS {
            self.left.split_first()?
        } else {
            self.left.split_last()?
        };
        self.left = if self.is_in_list && self.tries > FIRST_ENDS { &[] } else { left };
        Some(*end)
    }

    /// The document, read up to the end of the element.
    fn reading(&self) -> Option<Reading<'a>> {
        let mut reading = self.before.clone();
        reading.xml.skip_to(self.end + CDATA_END.len());
        reading.xml.next().ok().map(|_| reading)
    }
}

/// A document that is read up to some place.
#[derive(Clone)]
struct Reading<'a> {
    xml: Xml<'a>,
    /// The elements that are open.
    open: Vec<Element<'a>>,
}

/// An element that is open.
#[derive(Clone)]
struct Element<'a> {
    /// What may be in it; `None` of the root.
    fields: Option<&'static Fields>,
    is_in_list: bool,
    /// The known names that were in it.
    names: Vec<&'a str>,
}

impl<'a> Reading<'a> {
    /// Of a document with a root that has content.
    fn new(body: &'a str) -> Option<Self> {
        let mut xml = Xml::new(body).without_comments();
        let root = Element { fields: None, is_in_list: false, names: vec![] };
        xml.enter_root()
            .is_ok_and(|has_content| has_content)
            .then(|| Self { xml, open: vec![root] })
    }

    /// Reads on, to the next typed text or to the end.
    fn go_on(&mut self, kind: Kind, allowed: Allowed) -> Step {
        loop {
            let step = match self.xml.next() {
                Ok(Token::Open(name)) => self.enter(name, true, kind, allowed),
                Ok(Token::Empty(name)) => self.enter(name, false, kind, allowed),
                Ok(Token::Text(_) | Token::Reference(_)) => None,
                Ok(Token::Close) => self.leave(kind, allowed),
                _ => Some(Step::Broken),
            };
            if self.xml.traits.is_odd {
                return Step::Broken;
            }
            if let Some(step) = step {
                return step;
            }
        }
    }

    fn leave(&mut self, kind: Kind, allowed: Allowed) -> Option<Step> {
        let element = self.open.pop()?;
        if allowed < Allowed::Missing
            && !element.has_all_of(element.fields.unwrap_or_else(|| kind.fields()))
        {
            return Some(Step::Unfit);
        }
        if !self.open.is_empty() {
            return None;
        }
        Some(if self.xml.end().is_ok() { Step::Whole } else { Step::Broken })
    }

    fn enter(
        &mut self,
        name: &'a str,
        has_content: bool,
        kind: Kind,
        allowed: Allowed,
    ) -> Option<Step> {
        let depth = self.open.len() + 1;
        let parent = self.open.last_mut()?;
        let Some(field) = parent.find(name, kind, allowed) else {
            let is_whole =
                allowed >= Allowed::Unknown && (!has_content || self.xml.value(depth).is_ok());
            return (!is_whole).then_some(Step::Broken);
        };
        let is_in_list = parent.is_in_list || field.is_list;
        if !parent.note(name, field) && allowed < Allowed::Repeated {
            return Some(Step::Unfit);
        }
        if !has_content {
            return None;
        }
        if field.is_typed && self.xml.section().is_some() {
            return Some(Step::Typed(field, is_in_list));
        }
        if let Shape::Object(fields) = &field.shape {
            self.open.push(Element { fields: Some(fields), is_in_list, names: vec![] });
            return None;
        }
        match self.xml.value(depth) {
            Ok(Value::Object(_)) if allowed < Allowed::Unknown => Some(Step::Broken),
            Ok(_) => None,
            Err(_) => Some(Step::Broken),
        }
    }
}

impl<'a> Element<'a> {
    /// What is known of a name in it. Where nothing unknown is allowed, what any push may have counts only where
    /// every push has it.
    fn find(&self, name: &str, kind: Kind, allowed: Allowed) -> Option<&'static Field> {
        match self.fields {
            Some(fields) => fields.find(name),
            None if allowed >= Allowed::Unknown => kind.field(name),
            None => kind.own_field(name),
        }
    }

    /// Whether it has what is always there.
    fn has_all_of(&self, fields: &Fields) -> bool {
        fields.0.iter().all(|field| field.is_optional || self.names.contains(&field.name))
    }

    /// Whether a field may be there, after those that were.
    fn note(&mut self, name: &'a str, field: &Field) -> bool {
        if !self.names.contains(&name) {
            self.names.push(name);
            return true;
        }
        field.is_list && self.names.last() == Some(&name)
    }
}
