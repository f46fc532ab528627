//! Which lines of a Markdown text stand in a fenced block.

/// A line of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: usize,
    /// Where it begins, in bytes.
    pub start: usize,
    /// The line, with its line ending.
    pub text: &'a str,
    /// Where it stands.
    pub place: Place<'a>,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// In no fenced block.
    Outside,
    /// It opens a block, with these words behind the fence.
    Opens(&'a str),
    /// In a block, or it closes one.
    Inside,
}

/// The lines of a text, each with its place.
pub fn lines(markdown: &str) -> impl Iterator<Item = Line<'_>> {
    let mut fence = None;
    let mut next = 0;
    markdown
        .split_inclusive('\n')
        .zip(1..)
        .map(move |(text, number)| {
            let start = next;
            next += text.len();
            Line {
                number,
                start,
                text,
                place: place(&mut fence, text),
            }
        })
}

/// The lines outside of fenced blocks.
pub fn outside(markdown: &str) -> impl Iterator<Item = Line<'_>> {
    lines(markdown).filter(|line| line.place == Place::Outside)
}

/// Follows the fences: an open one is known by its character and length.
fn place<'a>(fence: &mut Option<(char, usize)>, line: &'a str) -> Place<'a> {
    let text = line.trim();
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'));
    let length =
        mark.map_or(0, |mark| text.chars().take_while(|c| *c == mark).count());
    match (*fence, mark) {
        (None, Some(mark)) if length >= 3 => {
            *fence = Some((mark, length));
            Place::Opens(text[length..].trim())
        }
        (None, _) => Place::Outside,
        (Some((open, least)), Some(mark))
            if mark == open && length >= least && text.len() == length =>
        {
            *fence = None;
            Place::Inside
        }
        (Some(_), _) => Place::Inside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_ends_with_a_fence_like_the_one_it_began_with() {
        let text = "a\n````md x\n```\n~~~\n````\n~~~\nb\n~~~\nc\n";
        let places: Vec<Place> = lines(text).map(|line| line.place).collect();
        use Place::{Inside, Opens, Outside};
        assert_eq!(
            places,
            [
                Outside,
                Opens("md x"),
                Inside,
                Inside,
                Inside,
                Opens(""),
                Inside,
                Inside,
                Outside
            ]
        );
        let numbers: Vec<usize> =
            outside(text).map(|line| line.number).collect();
        assert_eq!(numbers, [1, 9]);
    }
}
