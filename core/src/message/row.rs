//! A row of the table of messages, events and infos: what a kind of push is made of.

use std::sync::OnceLock;

/// What a push wants to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A passive reply, or nothing is known to the contrary.
    Passive,
    /// An update of the card that was clicked.
    Update,
    /// A card, or the words that welcome the user to a bot.
    Welcome,
    /// More of the stream that a bot's answer is.
    Stream,
    /// An object with data.
    Data,
    /// Neither.
    None,
}

/// What is known of a kind of push.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) answer: Answer,
    /// Its fields, in the grammar of `core/messages.json`.
    text: &'static str,
    fields: OnceLock<Fields>,
}

/// The fields of one object.
#[derive(Debug, Default)]
pub(crate) struct Fields(pub(crate) Vec<Field>);

/// A field of an object.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// Another spelling under which it is pushed, too; empty where there is none.
    pub(crate) variant: &'static str,
    pub(crate) shape: Shape,
    /// Whether it is a list of what `shape` says.
    pub(crate) is_list: bool,
    /// Whether it may be absent.
    pub(crate) is_optional: bool,
    /// Whether a user, or another stranger, types or chooses its text.
    pub(crate) is_typed: bool,
    /// Whether XML has it and JSON has its fields in its place.
    pub(crate) is_wrapper: bool,
}

/// What a field, or an item of it, is in a message.
#[derive(Debug)]
pub(crate) enum Shape {
    /// Whatever came.
    Any,
    Text,
    Number,
    Boolean,
    Object(Fields),
}

impl Row {
    pub(super) const fn new(name: &'static str, text: &'static str, answer: Answer) -> Self {
        Self { name, answer, text, fields: OnceLock::new() }
    }

    /// Reads a line of the table: its name, what it wants to be answered, its fields.
    pub(super) fn read(line: &'static str) -> Self {
        let mut parts = line.splitn(3, ' ');
        let mut next = || parts.next().unwrap_or_default();
        let (name, answer, text) = (next(), next(), next());
        let answer = match answer {
            "update" => Answer::Update,
            "welcome" => Answer::Welcome,
            "stream" => Answer::Stream,
            "data" => Answer::Data,
            "none" => Answer::None,
            _ => Answer::Passive,
        };
        Self::new(name, text, answer)
    }

    /// Its fields, read at the first use.
    pub(crate) fn fields(&self) -> &Fields {
        self.fields.get_or_init(|| read_fields(&mut { self.text }))
    }

    /// Whether some of its fields are pushed under another spelling, too.
    pub(super) fn has_variants(&self) -> bool {
        self.text.contains('=')
    }

    /// The names of the texts that users type, wherever they stand in it.
    pub(super) fn typed_names(&self) -> impl Iterator<Item = &'static str> {
        self.text.match_indices('~').map(|(end, _)| {
            let before = &self.text[..end];
            &before[before.rfind(|c| !is_letter(c)).map_or(0, |at| at + 1)..]
        })
    }
}

impl Fields {
    pub(crate) fn find(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.name == name)
    }

    /// The same. The one at `next`, which then is the one behind it, is looked at first.
    pub(crate) fn find_from(&self, next: &mut usize, name: &str) -> Option<&Field> {
        let expected = self.0.get(*next).filter(|field| field.name == name);
        if expected.is_some() {
            *next += 1;
            return expected;
        }
        let at = self.0.iter().position(|field| field.name == name)?;
        *next = at + 1;
        Some(&self.0[at])
    }

    /// The field whose name is spelt so, in whatever case.
    pub(crate) fn spelt_like(&self, name: &str) -> Option<&Field> {
        let like = |field: &&Field| field.name.eq_ignore_ascii_case(name);
        self.find(name).or_else(|| self.0.iter().find(like))
    }

    /// The list, where there is no other.
    pub(crate) fn only_list(&self) -> Option<&Field> {
        let mut lists = self.0.iter().filter(|field| field.is_list);
        lists.next().filter(|_| lists.next().is_none())
    }
}

impl Field {
    /// Whether a message has it even where the push has not.
    pub(crate) fn is_always_there(&self) -> bool {
        !self.is_optional && (self.is_list || matches!(self.shape, Shape::Object(_)))
    }
}

fn read_fields(text: &mut &'static str) -> Fields {
    let mut fields = vec![];
    while !text.is_empty() && !text.starts_with('}') {
        fields.push(read_field(text));
        take(text, ',');
    }
    Fields(fields)
}

/// A name and its marks, in this order.
fn read_field(text: &mut &'static str) -> Field {
    let is_wrapper = take(text, '^');
    let name = take_name(text);
    let variant = if take(text, '=') { take_name(text) } else { "" };
    let is_number = take(text, '#');
    let is_boolean = take(text, '!');
    let is_typed = take(text, '~');
    let is_list = take(text, '[') && take(text, ']');
    let is_optional = take(text, '?');
    let shape = if take(text, '{') {
        let fields = read_fields(text);
        take(text, '}');
        Shape::Object(fields)
    } else if is_number {
        Shape::Number
    } else if is_boolean {
        Shape::Boolean
    } else {
        Shape::Text
    };
    Field { name, variant, shape, is_list, is_optional, is_typed, is_wrapper }
}

fn take_name(text: &mut &'static str) -> &'static str {
    let (name, rest) = text.split_at(text.find(|c| !is_letter(c)).unwrap_or(text.len()));
    *text = rest;
    name
}

fn take(text: &mut &'static str, mark: char) -> bool {
    let rest = text.strip_prefix(mark);
    *text = rest.unwrap_or(text);
    rest.is_some()
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields as the table has them.
    fn written(fields: &Fields) -> String {
        fields.0.iter().map(written_field).collect::<Vec<_>>().join(",")
    }

    fn written_field(field: &Field) -> String {
        let mark = |is_there, mark: &'static str| if is_there { mark } else { "" };
        let inner = match &field.shape {
            Shape::Object(fields) => format!("{{{}}}", written(fields)),
            _ => String::new(),
        };
        [
            mark(field.is_wrapper, "^"),
            field.name,
            mark(!field.variant.is_empty(), "="),
            field.variant,
            mark(matches!(field.shape, Shape::Number), "#"),
            mark(matches!(field.shape, Shape::Boolean), "!"),
            mark(field.is_typed, "~"),
            mark(field.is_list, "[]"),
            mark(field.is_optional, "?"),
            &inner,
        ]
        .concat()
    }

    #[test]
    fn fields_are_read_as_they_are_written() {
        for text in
            ["", "a", "^a{b[]{c#,d!?},e~}", "a_1#?,B~[]?,c[]?{d{e[]}},f?{g~?}", "a=b#,c=d{e=f[]}"]
        {
            let row = Row::new("any", text, Answer::None);
            assert_eq!(written(row.fields()), text);
        }
    }

    #[test]
    fn every_row_of_the_table_is_read_whole() {
        for row in crate::message::rows::all() {
            assert_eq!(written(row.fields()), row.text, "{}", row.name);
        }
    }

    #[test]
    fn names_of_typed_texts_are_found_at_any_depth() {
        let row = Row::new("any", "a~?,b{c~[],d#},e", Answer::None);
        assert_eq!(row.typed_names().collect::<Vec<_>>(), ["a", "c"]);
    }
}
