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

/// Named values in the order of the body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object<'a>(pub Vec<(Cow<'a, str>, Value<'a>)>);

impl<'a> Object<'a> {
    /// The value of a name; of the last one, where JSON repeats it.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The text of a leaf, or of a number as it was written.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) | Value::Literal(text) => Some(text),
            _ => None,
        }
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
            match value {
                Value::Object(inner) => inner.visit(visit),
                Value::List(items) => items.iter_mut().for_each(|item| {
                    if let Value::Object(inner) = item {
                        inner.visit(visit);
                    }
                }),
                _ => {}
            }
        }
    }
}
