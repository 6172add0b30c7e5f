//! What must not be cut in two: links, and blocks of code between fences.

use std::ops::Range;

/// A block of code between two lines of backticks or tildes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block<'a> {
    /// From its first line to the end of its last.
    pub(super) range: Range<usize>,
    /// Its first line.
    pub(super) opening: &'a str,
    /// The backticks or tildes alone.
    pub(super) fence: &'a str,
    /// Whether its last line is there.
    pub(super) is_closed: bool,
}

/// The blocks of code of a text, in order. The last one goes to the end where it is not closed.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block> = vec![];
    let mut open: Option<Block> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let line = line.trim_end();
        match open.take() {
            None => {
                open = fence_of(line).map(|fence| Block {
                    range: start..text.len(),
                    opening: line,
                    fence,
                    is_closed: false,
                });
            }
            Some(block) if closes(line, block.fence) => {
                blocks.push(Block { range: block.range.start..end, is_closed: true, ..block });
            }
            block => open = block,
        }
    }
    blocks.extend(open);
    blocks
}

/// The fence that a line begins with, if it opens a block: three or more, and behind backticks no other backtick.
fn fence_of(line: &str) -> Option<&str> {
    let line = without_indent(line)?;
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let (fence, info) = line.split_at(line.len() - line.trim_start_matches(mark).len());
    (fence.len() >= 3 && !(mark == '`' && info.contains('`'))).then_some(fence)
}

fn closes(line: &str, fence: &str) -> bool {
    let mark = |c| fence.starts_with(c);
    without_indent(line).is_some_and(|line| line.len() >= fence.len() && line.chars().all(mark))
}

/// Behind more than three blanks there is no fence, but in lists.
fn without_indent(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(' ');
    (line.len() - text.len() <= 12).then_some(text)
}

/// The links of a text, sorted by their beginnings: addresses, `<a …>…</a>` and `[…](…)`. One that the text ends in
/// reaches behind the end.
pub(super) fn links(text: &str) -> Vec<Range<usize>> {
    let mut links = addresses(text);
    links.extend(anchors(text));
    links.extend(markdown_links(text));
    links.sort_unstable_by_key(|link| link.start);
    links
}

/// Whatever has a scheme, up to a blank, a bracket of HTML, a quote, or the end of ASCII.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut from = 0;
    while let Some(at) = text[from..].find("://").map(|at| from + at) {
        let scheme = text[from..at].bytes().rev().take(32).take_while(u8::is_ascii_alphanumeric);
        let start = at - scheme.count();
        let rest = &text[at..];
        let length = rest.find(|c: char| !c.is_ascii_graphic() || "<>\"".contains(c));
        let end = length.map_or(text.len() + 1, |length| at + length);
        if start < at {
            found.push(start..end);
        }
        from = end.min(text.len());
    }
    found
}

fn anchors(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut open = None;
    for (at, _) in text.match_indices('<') {
        let tag = &text.as_bytes()[at..];
        let is =
            |name: &[u8]| tag.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
        if is(b"<a ") {
            open = Some(at);
        } else if is(b"</a>") {
            found.extend(open.take().map(|start| start..at + 4));
        }
    }
    found.extend(open.map(|start| start..text.len() + 1));
    found
}

/// On one line each.
fn markdown_links(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    // Where a bracket is open, and where the link begins whose address is being read, with its open parentheses.
    let (mut brackets, mut address) = (vec![], None);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, address) {
            (b'\n', _) => {
                brackets.clear();
                address = None;
            }
            (b')', Some((start, 1))) => {
                found.push(start..at + 1);
                address = None;
            }
            (b')', Some((start, depth))) => address = Some((start, depth - 1)),
            (b'(', Some((start, depth))) => address = Some((start, depth + 1)),
            (b'[', None) => brackets.push(at),
            (b']', None) => {
                let start: Option<usize> = brackets.pop();
                if bytes.get(at + 1) == Some(&b'(') {
                    address = start.map(|start| (start, 0));
                }
            }
            _ => {}
        }
    }
    found.extend(address.map(|(start, _)| start..text.len() + 1));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(text: &str) -> Vec<&str> {
        links(text).into_iter().map(|link| &text[link.start..link.end.min(text.len())]).collect()
    }

    #[test]
    fn finds_links() {
        assert_eq!(linked("见https://a.cn/b?c=1。然后"), ["https://a.cn/b?c=1"]);
        assert_eq!(linked("(weixin://dl/x) and x"), ["weixin://dl/x)"]);
        assert_eq!(linked("a <A href='x'>b c</a> d"), ["<A href='x'>b c</a>"]);
        assert_eq!(linked("a [b c](/d_(e)) f"), ["[b c](/d_(e))"]);
        assert_eq!(linked("[a] (b) [c [d](e) f"), ["[d](e)"]);
        assert_eq!(linked("a[0](\n) :// x"), Vec::<&str>::new());
    }

    #[test]
    fn one_at_the_end_may_go_on() {
        for text in ["https://a.cn", "<a href=", "[b](http"] {
            assert_eq!(links(text)[0], 0..text.len() + 1, "{text}");
        }
    }

    #[test]
    fn finds_blocks_of_code() {
        let text = "a\n```js\nb\n```\nc ```d```\n  ~~~~\n~~~\n```\ne";
        let found = blocks(text);
        let of = |block: &Block| text[block.range.clone()].to_owned();
        assert_eq!(
            found.iter().map(of).collect::<Vec<_>>(),
            ["```js\nb\n```\n", "  ~~~~\n~~~\n```\ne"]
        );
        assert_eq!((found[0].opening, found[0].fence, found[0].is_closed), ("```js", "```", true));
        assert_eq!(
            (found[1].opening, found[1].fence, found[1].is_closed),
            ("  ~~~~", "~~~~", false)
        );
    }
}
