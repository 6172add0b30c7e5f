//! Where a text that is too long is cut.

/// Ends of sentences, before which nothing is cut.
const ENDS: [char; 9] = ['。', '！', '？', '；', '…', '!', '?', ';', '\n'];

/// The beginning of a text that has at most `limit` bytes, and the rest: cut after a sentence of its second half, else
/// after a blank, else between two characters as people see them.
pub(super) fn split(text: &str, limit: usize) -> (&str, &str) {
    if text.len() <= limit {
        return (text, "");
    }
    let most = floor_char_boundary(text, limit);
    let head = &text[..most];
    let cut = after_sentence(head, &text[most..])
        .or_else(|| after_blank(head))
        .unwrap_or_else(|| between_characters(text, most));
    text.split_at(cut)
}

fn floor_char_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The end of the last sentence in the second half of `head`; `next` follows it.
fn after_sentence(head: &str, next: &str) -> Option<usize> {
    let mut followed_by_blank = next.starts_with(char::is_whitespace);
    for (at, c) in head.char_indices().rev() {
        let end = at + c.len_utf8();
        if end * 2 < head.len() {
            return None;
        }
        // A full stop of ASCII also stands in numbers and addresses.
        if ENDS.contains(&c) || (c == '.' && followed_by_blank) {
            return Some(end);
        }
        followed_by_blank = c.is_whitespace();
    }
    None
}

fn after_blank(head: &str) -> Option<usize> {
    let (at, blank) = head.char_indices().rev().find(|(_, c)| c.is_whitespace())?;
    let end = at + blank.len_utf8();
    (end * 2 >= head.len()).then_some(end)
}

/// Goes back while what follows belongs to the character before: emoji are made of up to ten.
fn between_characters(text: &str, most: usize) -> usize {
    let mut at = most;
    for _ in 0..16 {
        let before = text[..at].chars().next_back();
        let joins = text[at..].chars().next().is_some_and(belongs_to_previous)
            || before == Some(JOINER)
            || is_inside_flag(&text[..at], &text[at..]);
        match before {
            Some(c) if joins => at -= c.len_utf8(),
            _ => break,
        }
    }
    if at == 0 { most } else { at }
}

const JOINER: char = '\u{200d}';

/// Joiners, variation selectors, accents, keycaps, skin tones and tags.
fn belongs_to_previous(c: char) -> bool {
    matches!(c,
        JOINER | '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

/// A flag is two letters, so one of an odd number of them is its first half.
fn is_inside_flag(before: &str, after: &str) -> bool {
    let is_letter = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    let letters = before.chars().rev().take_while(|c| is_letter(*c)).count();
    letters % 2 == 1 && after.starts_with(is_letter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cuts_after_a_sentence() {
        assert_eq!(split("第一句。第二句。第三句", 27), ("第一句。第二句。", "第三句"));
        assert_eq!(split("One. Two is 3.14159 long", 18), ("One. Two is ", "3.14159 long"));
        assert_eq!(split("A line\nand another", 12), ("A line\n", "and another"));
    }

    #[test]
    fn cuts_between_characters_as_people_see_them() {
        for (text, limit, first) in [
            ("好好好", 8, "好好"),
            ("a👨‍👩‍👧b", 10, "a"),
            ("aa👍🏽", 7, "aa"),
            ("e\u{301}e\u{301}", 4, "e\u{301}"),
            ("🇨🇳🇨🇳", 12, "🇨🇳"),
        ] {
            assert_eq!(split(text, limit).0, first, "{text} {limit}");
        }
    }

    #[test]
    fn goes_on_where_no_character_ends() {
        let endless = "a".to_owned() + &"\u{301}".repeat(41);
        let (first, rest) = split(&endless, 60);
        assert!(!first.is_empty() && first.len() <= 60);
        assert_eq!([first, rest].concat(), endless);
    }

    proptest! {
        #[test]
        fn loses_nothing(text in "(\\PC|[。!?. \n🇨👍\u{200d}\u{1f3fd}]){0,80}", limit in 4_usize..200) {
            let (first, rest) = split(&text, limit);
            prop_assert!(first.len() <= limit);
            prop_assert_eq!([first, rest].concat(), text.clone());
            prop_assert!(!first.is_empty() || text.is_empty());
        }
    }
}
