//! The rows of all kinds of pushes, as text: `core/rows.json`, generated from `core/messages.json`.

use std::sync::OnceLock;

/// Of each kind its name and its rows.
static ALL: OnceLock<Vec<(String, String)>> = OnceLock::new();

/// Gives the core the rows of all messages, where it was built without the feature `tables`, as it is for JavaScript,
/// whose package has them once for all platforms: of each kind, such as `wecom Event`, its name, and its rows in
/// lines. A second time changes nothing.
pub fn give_rows(given: impl FnOnce() -> Vec<(String, String)>) {
    ALL.get_or_init(given);
}

/// The rows of a kind, a line for each.
pub(super) fn lines(kind: &str) -> impl Iterator<Item = &'static str> {
    let rows = all().iter().find(|(name, _)| name == kind);
    rows.into_iter().flat_map(|(_, rows)| rows.lines())
}

#[cfg(feature = "tables")]
fn all() -> &'static [(String, String)] {
    use std::collections::BTreeMap;

    ALL.get_or_init(|| {
        let text = include_str!("../../rows.json");
        let kinds: BTreeMap<String, Vec<String>> = serde_json::from_str(text).expect("it is ours");
        kinds.into_iter().map(|(kind, rows)| (kind, rows.join("\n"))).collect()
    })
}

/// Without them every push would be read as one that nobody knows.
#[cfg(not(feature = "tables"))]
fn all() -> &'static [(String, String)] {
    ALL.get().expect("the rows are given before the first message")
}
