//! A document as a tree.

use std::borrow::Cow;

/// One node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A number, `true`, `false` or `null`, as JSON writes it.
    Literal(Cow<'a, str>),
    /// An array; in XML an element for each item.
    List(Vec<Value<'a>>),
    /// An object; in XML an element with elements in it.
    Object(Object<'a>),
}

impl Default for Value<'_> {
    fn default() -> Self {
        Self::Text(Cow::default())
    }
}

impl<'a> Value<'a> {
    /// The text of a leaf, or of a number as it was written; of several, the first. `null` has none.
    pub(crate) fn text(&self) -> Option<&Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Literal(literal) => Some(literal).filter(|literal| *literal != "null"),
            Self::List(items) => items.first()?.text(),
            Self::Object(_) => None,
        }
    }

    /// The object that it is; of several, the first.
    pub(crate) fn object(&self) -> Option<&Object<'a>> {
        match self {
            Self::Object(object) => Some(object),
            Self::List(items) => items.first()?.object(),
            _ => None,
        }
    }

    /// Shows the object that it is, or those that are its items.
    pub(crate) fn each_object(&mut self, visit: &mut dyn FnMut(&mut Object<'a>)) {
        match self {
            Self::Object(object) => visit(object),
            Self::List(items) => items.iter_mut().for_each(|item| item.each_object(visit)),
            _ => {}
        }
    }

    /// Shows every named value in it to `visit`, an object before what is in it.
    pub(crate) fn visit(&mut self, visit: &mut impl FnMut(&mut Cow<'a, str>, &mut Value<'a>)) {
        match self {
            Self::Object(object) => object.visit(visit),
            Self::List(items) => items.iter_mut().for_each(|item| item.visit(visit)),
            _ => {}
        }
    }
}

/// Named values in the order of the body; no name is there twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object<'a>(pub Vec<(Cow<'a, str>, Value<'a>)>);

impl<'a> Object<'a> {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The text of a leaf, or of a number as it was written; of several, the first.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.text().map(AsRef::as_ref)
    }

    /// The value that stands there in objects within each other.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Value<'a>> {
        let (name, inside) = path.split_first()?;
        let value = self.get(name)?;
        if inside.is_empty() { Some(value) } else { value.object()?.at(inside) }
    }

    /// The same, where it is a leaf.
    pub(crate) fn text_at(&self, path: &[&str]) -> Option<&Cow<'a, str>> {
        self.at(path)?.text()
    }

    /// The same with another value of this name.
    pub(crate) fn with(&self, name: &str, value: Value<'a>) -> Self {
        let others = self.0.iter().filter(|(key, _)| key != name).cloned();
        Self(others.chain([(name.to_owned().into(), value)]).collect())
    }

    /// Shows every named value to `visit`, an object before what is in it.
    pub(crate) fn visit(&mut self, visit: &mut impl FnMut(&mut Cow<'a, str>, &mut Value<'a>)) {
        for (name, value) in &mut self.0 {
            visit(name, value);
            value.visit(visit);
        }
    }
}

/// One of 64 bits, for a name: names of other marks are other names.
pub(super) fn mark(name: &str) -> u64 {
    let byte = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
    let (first, last) = (name.as_bytes().first(), name.as_bytes().last());
    1 << ((byte(first) + byte(last) + 12 * name.len()) % 64)
}
