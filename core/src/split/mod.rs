//! Where a text that is too long is cut.

mod markup;

use std::borrow::Cow;
use std::ops::Range;

use crate::text::is_blank;
use markup::{Block, blocks, links};

/// Ends of sentences that are nothing else.
const ENDS: [char; 5] = ['。', '！', '？', '；', '…'];
/// Those that also stand in addresses and code: between letters of ASCII they end nothing.
const ASCII_ENDS: [char; 3] = ['!', '?', ';'];
/// What may stand between the end of a sentence and the next.
const CLOSERS: [char; 12] = ['”', '’', '」', '』', '）', '】', '》', ')', ']', '"', '\'', '*'];

/// The beginning of a text that has at most `limit` bytes, which are 4 or more, and the rest: cut after a sentence or a
/// line of its second half, else after a word, else between two characters as people see them; but not in a link or a
/// block of code that can go whole. A block that has to be cut is closed and opened again.
///
/// Of a text that `is_growing` what is not finished belongs to the rest, too: the last sentence, or the last word.
pub fn split(text: &str, limit: usize, is_growing: bool) -> (Cow<'_, str>, Cow<'_, str>) {
    if text.len() <= limit && !is_growing {
        return (text.into(), "".into());
    }
    let most = floor_char_boundary(text, limit);
    let window = &text[..floor_char_boundary(text, most.saturating_add(limit))];
    let blocks = blocks(window);
    let fits = |block: &Block| {
        let has_end = block.is_closed || (window.len() == text.len() && !is_growing);
        has_end && block.range.len() <= limit
    };
    if let Some(block) = blocks.iter().find(|block| block.is_cut_at(most)) {
        let start = block.range.start;
        let can_go_later = !is_blank(&text[..start]);
        if can_go_later && (fits(block) || start * 2 >= most) {
            return cut(text, start);
        }
        if let Some(parts) = split_block(text, limit, block) {
            return parts;
        }
        if can_go_later {
            return cut(text, start);
        }
    }
    let whole = blocks.iter().filter(|block| !block.is_cut_at(most) && fits(block));
    let whole = whole.map(|block| block.range.clone());
    let links = links(window).into_iter().filter(|link| link.len() <= limit);
    let wholes = Wholes::of(links.chain(whole).collect());
    let is_whole = is_growing && most == text.len();
    let before_whole = || wholes.around(most).map(|whole| whole.start);
    let at = after_sentence(text, most, &wholes)
        .or_else(|| after_word(text, most, &wholes))
        .or_else(|| before_whole().filter(|at| !is_blank(&text[..*at])));
    cut(text, at.unwrap_or_else(|| if is_whole { most } else { between_characters(text, most) }))
}

fn cut(text: &str, at: usize) -> (Cow<'_, str>, Cow<'_, str>) {
    let (first, rest) = text.split_at(at);
    (first.into(), rest.into())
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Cuts within a block of code, after a line of it where there is one; not where its fences would take too much.
fn split_block<'a>(
    text: &'a str,
    limit: usize,
    block: &Block,
) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
    let Block { range, opening, fence, .. } = block;
    let code = range.start + opening.len();
    if (opening.len() + fence.len()) * 4 > limit {
        return None;
    }
    let most = floor_char_boundary(text, limit - fence.len() - 1);
    let second_half = floor_char_boundary(text, most.div_ceil(2)).max(code + 1);
    let candidates = text.get(second_half..most)?;
    let after = |found: Option<usize>| found.map(|at| second_half + at + 1);
    let at = after(candidates.rfind('\n'))
        .or_else(|| after(candidates.rfind([' ', '\t'])))
        .unwrap_or_else(|| between_characters(text, most).max(second_half));
    let (first, rest) = text.split_at(at);
    let line_end = if first.ends_with('\n') { "" } else { "\n" };
    Some((format!("{first}{line_end}{fence}").into(), format!("{opening}\n{rest}").into()))
}

/// The end of the last sentence, or line, of the second half of what is before `most`.
fn after_sentence(text: &str, most: usize, wholes: &Wholes) -> Option<usize> {
    let mut next = text[most..].chars().next();
    if next == Some('\n') && wholes.around(most).is_none() {
        return Some(most);
    }
    for (at, c) in text[..most].char_indices().rev() {
        let end = at + c.len_utf8();
        if end * 2 < most {
            return None;
        }
        if ends_sentence(&text[..end], next) && wholes.around(end).is_none() {
            return Some(end);
        }
        next = Some(c);
    }
    None
}

/// Whether a sentence or a line ends with `head`, which `next` follows.
fn ends_sentence(head: &str, next: Option<char>) -> bool {
    let goes_on = |c: char| ENDS.contains(&c) || ASCII_ENDS.contains(&c) || CLOSERS.contains(&c);
    if next.is_some_and(goes_on) {
        return false;
    }
    match head.chars().rev().take(4).find(|c| !CLOSERS.contains(c)) {
        Some('\n') => head.ends_with('\n'),
        Some('.') => next.is_some_and(char::is_whitespace),
        Some(c) if ASCII_ENDS.contains(&c) => {
            next.is_none_or(|next| next.is_whitespace() || !next.is_ascii())
        }
        Some(c) => ENDS.contains(&c),
        None => false,
    }
}

/// The end of the last word of the second half of what is before `most`.
fn after_word(text: &str, most: usize, wholes: &Wholes) -> Option<usize> {
    let is_free = |end: usize| wholes.around(end).is_none();
    if text[most..].starts_with(char::is_whitespace) && is_free(most) {
        return Some(most);
    }
    let mut ends = text[..most]
        .char_indices()
        .rev()
        .map(|(at, c)| (at + c.len_utf8(), c))
        .take_while(|(end, _)| end * 2 >= most);
    ends.find(|(end, c)| c.is_whitespace() && is_free(*end)).map(|(end, _)| end)
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

/// Joiners, variation selectors, accents, keycaps, skin tones and tags; and the vowels and tones of scripts that have few
/// blanks to cut at: Indic ones, Thai, Lao, Tibetan, Burmese, Khmer and kana. The tables of Unicode would make the
/// WebAssembly larger by a tenth.
fn belongs_to_previous(c: char) -> bool {
    matches!(c,
        JOINER | '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}'
        | '\u{93a}'..='\u{93c}' | '\u{93e}'..='\u{94f}'
        | '\u{e31}' | '\u{e33}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{eb1}' | '\u{eb3}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{f71}'..='\u{f84}' | '\u{f8d}'..='\u{fbc}'
        | '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}' | '\u{3099}' | '\u{309a}')
}

/// A flag is two letters, so one of an odd number of them is its first half.
fn is_inside_flag(before: &str, after: &str) -> bool {
    let is_letter = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    let letters = before.chars().rev().take_while(|c| is_letter(*c)).count();
    letters % 2 == 1 && after.starts_with(is_letter)
}

impl Block<'_> {
    fn is_cut_at(&self, at: usize) -> bool {
        self.range.start < at && (at < self.range.end || !self.is_closed)
    }
}

/// Ranges that are not to be cut, none of which touches another.
struct Wholes(Vec<Range<usize>>);

impl Wholes {
    fn of(mut ranges: Vec<Range<usize>>) -> Self {
        ranges.sort_unstable_by_key(|range| range.start);
        let mut merged: Vec<Range<usize>> = vec![];
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        Self(merged)
    }

    /// That in which a cut here would be.
    fn around(&self, at: usize) -> Option<&Range<usize>> {
        let index = self.0.partition_point(|range| range.end <= at);
        self.0.get(index).filter(|range| range.start < at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(text: &str, limit: usize) -> Vec<String> {
        let (mut parts, mut left) = (vec![], text.to_owned());
        while !left.is_empty() {
            let (first, rest) = split(&left, limit, false);
            parts.push(first.into_owned());
            left = rest.into_owned();
        }
        parts
    }

    fn first(text: &str, limit: usize) -> String {
        split(text, limit, false).0.into_owned()
    }

    #[test]
    fn cuts_after_a_sentence() {
        for (text, limit, expected) in [
            ("第一句。第二句。第三句", 27, "第一句。第二句。"),
            ("他说：“好。”然后走了", 24, "他说：“好。”"),
            ("真的吗？！我不信", 18, "真的吗？！"),
            ("好的!然后呢,我", 14, "好的!"),
            ("One. Two is 3.14159 long", 18, "One. Two is "),
            ("A line\nand another", 12, "A line\n"),
            ("exactly\none line", 7, "exactly"),
            ("two words", 3, "two"),
            ("do go to a.cn/x?y=1;z=2", 17, "do go to "),
        ] {
            assert_eq!(first(text, limit), expected, "{text} {limit}");
        }
    }

    #[test]
    fn cuts_between_characters_as_people_see_them() {
        for (text, limit, expected) in [
            ("好好好", 8, "好好"),
            ("a👨‍👩‍👧b", 10, "a"),
            ("aa👍🏽", 7, "aa"),
            ("e\u{301}e\u{301}", 4, "e\u{301}"),
            ("🇨🇳🇨🇳", 12, "🇨🇳"),
            ("न\u{93f}न\u{93f}", 10, "न\u{93f}"),
            ("ท\u{e35}\u{e48}ท\u{e35}\u{e48}", 16, "ท\u{e35}\u{e48}"),
            ("葛\u{e0100}葛\u{e0100}", 11, "葛\u{e0100}"),
        ] {
            assert_eq!(first(text, limit), expected, "{text} {limit}");
        }
    }

    #[test]
    fn goes_on_where_no_character_ends() {
        let endless = format!("a{}", "\u{301}".repeat(41));
        assert!(parts(&endless, 60).iter().all(|part| part.len() <= 60));
        assert_eq!(parts(&endless, 60).concat(), endless);
    }

    #[test]
    fn leaves_links_whole() {
        for (link, limit) in [
            ("https://example.com/a?b=1;c=2", 40),
            ("<a href=\"https://example.com\">two words</a>", 50),
            ("[two words](https://example.com/a)", 45),
        ] {
            let text = format!("一二三四 {link} 五六七八。");
            assert_eq!(first(&text, limit), "一二三四 ", "{link}");
            assert!(first(&text, 13 + link.len()).ends_with(link), "{link}");
        }
        let endless = format!("https://{}", "a".repeat(100));
        assert_eq!(parts(&endless, 40).concat(), endless);
    }

    #[test]
    fn leaves_a_block_of_code_whole_where_it_fits() {
        let code = "```js\nconst a = 1;\nconst b = 2;\n```";
        let text = format!("Here it is:\n{code}\nThat was it.");
        assert_eq!(parts(&text, 40), ["Here it is:\n", &format!("{code}\n"), "That was it."]);
    }

    #[test]
    fn closes_a_long_block_of_code_and_opens_it_again() {
        let lines: Vec<_> = (10..40).map(|number| format!("line {number}\n")).collect();
        let text = format!("Look:\n```text\n{}```\nDone", lines.concat());
        let parts = parts(&text, 100);
        assert!(parts.iter().all(|part| part.len() <= 100));
        assert!(parts.iter().all(|part| part.matches("```").count() % 2 == 0), "{parts:?}");
        let joined = parts.join("").replace("``````text\n", "");
        assert_eq!(joined, text);
    }

    #[test]
    fn of_a_growing_text_keeps_what_is_not_finished() {
        for (text, finished) in [
            ("第一句。第二句。第三", "第一句。第二句。"),
            ("第一句。第二句。", "第一句。第二句。"),
            ("One. The pi of this is 3.", "One. The pi of this is "),
            ("好的，我来看看", "好的，我来看看"),
            ("see https://example.com/a", "see "),
            ("see <a href=\"https", "see "),
            ("a b\n```js\none\ntwo\nthr", "a b\n```js\none\ntwo\n```"),
            ("", ""),
        ] {
            assert_eq!(split(text, 2047, true).0, finished, "{text}");
        }
        let (first, rest) = split("```js\none\ntwo\nthr", 2047, true);
        assert_eq!((&*first, &*rest), ("```js\none\ntwo\n```", "```js\nthr"));
    }

    proptest! {
        #[test]
        fn loses_nothing(
            text in "(\\PC|[。!?. \n🇨👍\u{200d}\u{1f3fd}]|https://|<a |</a>|\\[|\\]\\(|\\)){0,80}",
            limit in 4_usize..200,
            is_growing: bool,
        ) {
            let (first, rest) = split(&text, limit, is_growing);
            prop_assert!(first.len() <= limit);
            prop_assert_eq!(format!("{first}{rest}"), text.clone());
            prop_assert!(!first.is_empty() || text.is_empty());
        }

        #[test]
        fn ends_within_its_fences(text in "(a b|\n|\n```\n|\n~~~~\n|\n```js\n|。){0,60}", limit in 4_usize..60) {
            let parts = parts(&text, limit);
            prop_assert!(parts.iter().all(|part| part.len() <= limit));
            let plain = |text: &str| text.replace(['`', '~', '\n'], "").replace("js", "");
            prop_assert_eq!(plain(&parts.concat()), plain(&text));
        }
    }
}
