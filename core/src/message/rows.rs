//! Which row of the table a push belongs to.

use std::sync::OnceLock;

use crate::message::routing::RoutingFields;
use crate::message::row::{Answer, Field, Fields, Row, Shape};
use crate::message::sorted_rows::SortedRows;
use crate::platform::Family;

/// The rows of one family.
#[derive(Debug)]
struct Rows {
    /// Of messages, of events and of infos.
    tables: [SortedRows; 3],
    /// What any push may have beside the fields of its row.
    common: Row,
    /// What a push that has no row is read by.
    unknown: OnceLock<Fields>,
}

static WECHAT: Rows = Rows {
    tables: [
        SortedRows::new("wechat MsgType"),
        SortedRows::new("wechat Event"),
        SortedRows::new("wechat InfoType"),
    ],
    common: Row::new(
        "",
        "ToUserName,FromUserName,CreateTime#,MsgType,Event,InfoType,MsgId?,MsgID?,AppId?,AgentID#?,\
         MsgDataId?,Idx#?,BusinessId?,Encrypt?",
        Answer::Passive,
    ),
    unknown: OnceLock::new(),
};

static WECOM: Rows = Rows {
    tables: [
        SortedRows::new("wecom MsgType"),
        SortedRows::new("wecom Event"),
        SortedRows::new("wecom InfoType"),
    ],
    common: Row::new(
        "",
        "ToUserName,FromUserName,CreateTime#,MsgType,Event,InfoType,ChangeType?,MsgId?,AgentID#?,\
         SuiteId?,AuthCorpId?,ServiceCorpId?,TimeStamp#?,Encrypt?",
        Answer::Passive,
    ),
    unknown: OnceLock::new(),
};

static BOT: Rows = Rows {
    // No push of a bot is an info.
    tables: [
        SortedRows::new("bot MsgType"),
        SortedRows::new("bot Event"),
        SortedRows::new("bot InfoType"),
    ],
    common: Row::new(
        "",
        "msgid,aibotid,chatid?,chattype?,from{userid,corpid?},response_url?,create_time#?,msgtype",
        Answer::Passive,
    ),
    unknown: OnceLock::new(),
};

/// A passive reply, as far as its shape is not plain from its bytes.
static REPLY: Row = Row::new("", "Articles?{item[]{Title,Description,PicUrl,Url}}", Answer::None);

/// What a document is read by: its row, or that it has none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    row: Option<&'static Row>,
    rows: &'static Rows,
}

impl Kind {
    /// The kind of a reply.
    pub(crate) fn of_reply() -> Self {
        Self { row: Some(&REPLY), rows: &WECHAT }
    }

    /// The kind of a push.
    pub(crate) fn of(fields: &RoutingFields, family: Family) -> Self {
        let rows = match family {
            Family::WeChat => &WECHAT,
            Family::WeCom => &WECOM,
            Family::Bot => &BOT,
        };
        let [msg_types, events, info_types] = &rows.tables;
        let row = match fields.kind.as_ref() {
            // What a company did that authorised a suite has the fields of the event.
            "" => info_types
                .find(&fields.info, &fields.change)
                .or_else(|| events.find(&fields.info, &fields.change)),
            "event" => events.find(&fields.event, &fields.change),
            // So few that looking at each is faster.
            kind => msg_types.rows().iter().find(|row| row.name == kind),
        };
        Self { row, rows }
    }

    /// What any push may have.
    pub(crate) fn common(self) -> &'static Fields {
        self.rows.common.fields()
    }

    /// The fields of its row.
    pub(crate) fn fields(self) -> &'static Fields {
        self.row.map_or_else(|| self.rows.unknown(), Row::fields)
    }

    /// A field of the push itself: one of its row, or one that any push may have.
    pub(crate) fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().find(name).or_else(|| self.common().find(name))
    }

    /// The same without what only some pushes have beside the fields of their row.
    pub(crate) fn own_field(self, name: &str) -> Option<&'static Field> {
        let is_everywhere = |field: &&Field| !field.is_optional;
        self.fields().find(name).or_else(|| self.common().find(name).filter(is_everywhere))
    }

    /// A field of the push itself whose name is spelt so, in whatever case.
    pub(crate) fn spelt_like(self, name: &str) -> Option<&'static Field> {
        let own = self.row.and_then(|row| row.fields().spelt_like(name));
        own.or_else(|| self.common().spelt_like(name))
    }

    /// What any push may have that is spelt like a field of its row, but for the case.
    pub(crate) fn common_beside(self, name: &str) -> Option<&'static Field> {
        let own = self.row?.fields().spelt_like(name)?;
        self.common().spelt_like(name).filter(|common| common.name != own.name)
    }

    /// The element that holds its fields in XML and that JSON drops.
    pub(crate) fn wrapper(self) -> Option<&'static Field> {
        self.fields().0.first().filter(|field| field.is_wrapper)
    }

    /// What the push wants to be answered; one that is not in the table may want a passive reply.
    pub(crate) fn answer(self) -> Answer {
        self.row.map_or(Answer::Passive, |row| row.answer)
    }

    /// Whether some of its fields are pushed under another spelling, too.
    pub(crate) fn has_variants(self) -> bool {
        self.row.is_some_and(Row::has_variants)
    }

    /// The names of the texts that users type, wherever they stand in it.
    pub(crate) fn typed_names(self) -> Vec<&'static str> {
        match self.row {
            Some(row) => row.typed_names().collect(),
            None => self.rows.unknown().0.iter().map(|field| field.name).collect(),
        }
    }
}

impl Rows {
    fn all(&'static self) -> impl Iterator<Item = &'static Row> {
        self.tables.iter().flat_map(SortedRows::rows)
    }

    /// Of a push that is not in the table, what users type may stand in any field in which they type elsewhere.
    fn unknown(&'static self) -> &'static Fields {
        self.unknown.get_or_init(|| {
            let mut names: Vec<_> = self.all().flat_map(Row::typed_names).collect();
            names.sort_unstable();
            names.dedup();
            Fields(names.into_iter().map(typed).collect())
        })
    }
}

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static Row> {
    [&WECHAT, &WECOM, &BOT].into_iter().flat_map(Rows::all)
}

fn typed(name: &'static str) -> Field {
    Field {
        name,
        variant: "",
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
        for table in [&WECHAT, &WECOM, &BOT].into_iter().flat_map(|rows| &rows.tables) {
            assert!(table.rows().is_sorted_by_key(|row| row.name));
        }
    }

    #[test]
    fn a_row_says_of_common_fields_what_is_said_of_all() {
        for (row, common) in [&WECHAT, &WECOM, &BOT]
            .into_iter()
            .flat_map(|rows| rows.all().map(|row| (row, rows.common.fields())))
        {
            for common in &common.0 {
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
        let fields = RoutingFields { kind, event, info, ..RoutingFields::default() };
        Kind::of(&fields, Family::WeChat).answer()
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
