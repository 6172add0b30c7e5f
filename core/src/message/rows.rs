//! Which row of the table a push belongs to.

use std::sync::OnceLock;

use crate::message::routing::RoutingFields;
use crate::message::row::{Answer, Field, Fields, Row, Shape};
use crate::message::table::{EVENTS, INFO_TYPES, MSG_TYPES};

/// The rows of one kind of push, sorted by name.
pub(super) struct Table {
    /// A line for each row, see [`Row::read`].
    text: &'static str,
    rows: OnceLock<Vec<Row>>,
}

impl Table {
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, rows: OnceLock::new() }
    }

    fn find(&'static self, name: &str) -> Option<&'static Row> {
        let rows = self.rows();
        rows.binary_search_by(|row| row.name.cmp(name)).ok().map(|at| &rows[at])
    }

    /// They are read at the first use.
    fn rows(&'static self) -> &'static [Row] {
        self.rows.get_or_init(|| self.text.split('\n').map(Row::read).collect())
    }
}

/// What any push may have beside the fields of its row.
static COMMON: Row = Row::new(
    "",
    "ToUserName,FromUserName,CreateTime#,MsgType,Event,InfoType,MsgId?,MsgID?,AppId?,AgentID#?,\
     MsgDataId?,Idx#?,BusinessId?,Encrypt?",
    Answer::Passive,
);

/// A passive reply, as far as its shape is not plain from its bytes.
static REPLY: Row = Row::new("", "Articles?{item[]{Title,Description,PicUrl,Url}}", Answer::None);

/// What a document is read by: its row, or that it has none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind(Option<&'static Row>);

impl Kind {
    /// The kind of a reply.
    pub(crate) fn of_reply() -> Self {
        Self(Some(&REPLY))
    }

    /// The kind of a push.
    pub(crate) fn of(fields: &RoutingFields) -> Self {
        Self(match fields.kind.as_ref() {
            "" => INFO_TYPES.find(&fields.info),
            "event" => EVENTS.find(&fields.event),
            // So few that looking at each is faster.
            kind => MSG_TYPES.rows().iter().find(|row| row.name == kind),
        })
    }

    /// What any push may have.
    pub(crate) fn common() -> &'static Fields {
        COMMON.fields()
    }

    /// The fields of its row.
    pub(crate) fn fields(self) -> &'static Fields {
        self.0.map_or_else(unknown, Row::fields)
    }

    /// A field of the push itself: one of its row, or one that any push may have.
    pub(crate) fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().find(name).or_else(|| COMMON.fields().find(name))
    }

    /// The same without what only some pushes have beside the fields of their row.
    pub(crate) fn own_field(self, name: &str) -> Option<&'static Field> {
        let is_everywhere = |field: &&Field| !field.is_optional;
        self.fields().find(name).or_else(|| COMMON.fields().find(name).filter(is_everywhere))
    }

    /// A field of the push itself whose name is spelt so, in whatever case.
    pub(crate) fn spelt_like(self, name: &str) -> Option<&'static Field> {
        let own = self.0.and_then(|row| row.fields().spelt_like(name));
        own.or_else(|| COMMON.fields().spelt_like(name))
    }

    /// What any push may have that is spelt like a field of its row, but for the case.
    pub(crate) fn common_beside(self, name: &str) -> Option<&'static Field> {
        let own = self.0?.fields().spelt_like(name)?;
        COMMON.fields().spelt_like(name).filter(|common| common.name != own.name)
    }

    /// The element that holds its fields in XML and that JSON drops.
    pub(crate) fn wrapper(self) -> Option<&'static Field> {
        self.fields().0.first().filter(|field| field.is_wrapper)
    }

    /// What the push wants to be answered; one that is not in the table may want a passive reply.
    pub(crate) fn answer(self) -> Answer {
        self.0.map_or(Answer::Passive, |row| row.answer)
    }

    /// The names of the texts that users type, wherever they stand in it.
    pub(crate) fn typed_names(self) -> Vec<&'static str> {
        match self.0 {
            Some(row) => row.typed_names().collect(),
            None => unknown().0.iter().map(|field| field.name).collect(),
        }
    }
}

pub(super) fn all() -> impl Iterator<Item = &'static Row> {
    [&MSG_TYPES, &EVENTS, &INFO_TYPES].into_iter().flat_map(Table::rows)
}

/// Of a push that is not in the table, what users type may stand in any field in which they type elsewhere.
fn unknown() -> &'static Fields {
    static FIELDS: OnceLock<Fields> = OnceLock::new();
    FIELDS.get_or_init(|| {
        let mut names: Vec<_> = all().flat_map(Row::typed_names).collect();
        names.sort_unstable();
        names.dedup();
        Fields(names.into_iter().map(typed).collect())
    })
}

fn typed(name: &'static str) -> Field {
    Field {
        name,
        shape: Shape::Any,
        is_list: false,
        is_optional: true,
        is_typed: true,
        is_wrapper: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_by_name() {
        for table in [&MSG_TYPES, &EVENTS, &INFO_TYPES] {
            assert!(table.rows().is_sorted_by_key(|row| row.name));
        }
    }

    #[test]
    fn a_row_says_of_common_fields_what_is_said_of_all() {
        for row in all() {
            for common in &COMMON.fields().0 {
                if let Some(own) = row.fields().find(common.name) {
                    let [own, common] = [own, common].map(|field| {
                        let shape = std::mem::discriminant(&field.shape);
                        (field.is_list, field.is_typed, field.is_wrapper, shape)
                    });
                    assert_eq!(own, common, "{}", row.name);
                }
            }
        }
    }

    fn answer(kind: &str, event: &str, info: &str) -> Answer {
        let [kind, event, info] = [kind, event, info].map(Into::into);
        Kind::of(&RoutingFields { kind, event, info, ..RoutingFields::default() }).answer()
    }

    #[test]
    fn the_answer_is_the_one_of_the_row() {
        assert_eq!(answer("text", "", ""), Answer::Passive);
        assert_eq!(answer("event", "xpay_goods_deliver_notify", ""), Answer::Data);
        assert_eq!(answer("event", "brand_new", ""), Answer::Passive);
        assert_eq!(answer("", "", "component_verify_ticket"), Answer::None);
        assert_eq!(answer("text", "xpay_goods_deliver_notify", ""), Answer::Passive);
    }
}
