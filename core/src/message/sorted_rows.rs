//! The rows of one kind of push, as text until they are needed.

use std::sync::OnceLock;

use crate::message::row::Row;
use crate::message::table;

/// The rows of one kind of push, sorted by name.
#[derive(Debug)]
pub(super) struct SortedRows {
    /// As the table names it.
    kind: &'static str,
    rows: OnceLock<Vec<Row>>,
}

impl SortedRows {
    pub(super) const fn new(kind: &'static str) -> Self {
        Self { kind, rows: OnceLock::new() }
    }

    /// The row of a name and of what changed; else that of the name alone.
    pub(super) fn find(&'static self, name: &str, change: &str) -> Option<&'static Row> {
        let rows = self.rows();
        let exact = |name: [&str; 3]| {
            let bytes = || name.into_iter().flat_map(str::bytes);
            rows.binary_search_by(|row| row.name.bytes().cmp(bytes())).ok().map(|at| &rows[at])
        };
        let changed = if change.is_empty() { None } else { exact([name, ".", change]) };
        changed.or_else(|| rows.binary_search_by(|row| row.name.cmp(name)).ok().map(|at| &rows[at]))
    }

    /// They are read at the first use.
    pub(super) fn rows(&'static self) -> &'static [Row] {
        self.rows.get_or_init(|| table::lines(self.kind).map(Row::read).collect())
    }
}
