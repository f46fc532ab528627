//! Figures: what a directive becomes in the page. Markdown and HTML that are readable
//! without JavaScript.

use std::fmt::Write;

use similar::TextDiff;

use crate::golden::Golden;
use crate::listing::Listing;

/// Lines of a listing that stay around a change in a diff.
const CONTEXT: usize = 2;

/// The whole figure: code, how to run it, output. `id` is unique in its page;
/// `repository` is the address of the book's repository.
pub fn listing(
    listing: &Listing,
    golden: &Golden,
    id: &str,
    repository: Option<&str>,
) -> String {
    let name = &listing.name;
    let mut figure = open(listing, id);
    figure += &caption(listing, repository);
    let command = format!("cargo run -p {name}");
    figure += &code("Rust", "rust,no_run", &listing.shown_source(), &command);
    if let Some(python) = &listing.python {
        let file = listing.python_file();
        let command = format!("python3 {}", file.display());
        figure += &code("Python", "python", python, &command);
    }
    figure += &output(golden);
    figure += "</figure>\n";
    figure
}

/// A part of a listing's code, in a figure of its own.
pub fn part(
    listing: &Listing,
    lines: &str,
    id: &str,
    repository: Option<&str>,
) -> String {
    let mut figure = open(listing, id);
    figure += &caption(listing, repository);
    // The whole program is compiled elsewhere; a part of it need not be one.
    figure += &fenced("rust,ignore", lines);
    figure += "</figure>\n";
    figure
}

/// What a listing prints, in a figure of its own.
pub fn output_alone(
    listing: &Listing,
    golden: &Golden,
    id: &str,
    repository: Option<&str>,
) -> String {
    let mut figure = open(listing, id);
    figure += &caption(listing, repository);
    figure += &output(golden);
    figure += "</figure>\n";
    figure
}

/// What changes from one listing to the other: the program, not the sentence above it.
/// Each comes with a link to the figure that shows the whole of it, if there is one.
pub fn diff(
    old: (&Listing, Option<String>),
    new: (&Listing, Option<String>),
) -> String {
    let (before, after) = (old.0.program(), new.0.program());
    let diff = TextDiff::from_lines(&before, &after);
    let mut lines = String::new();
    let groups = diff.grouped_ops(CONTEXT);
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            lines += "…\n";
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let _ = write!(lines, "{}{}", change.tag(), change.value());
        }
    }
    let linked = |(listing, link): (&Listing, Option<String>)| match link {
        Some(link) => format!("[`{}`]({link})", listing.name),
        None => format!("`{}`", listing.name),
    };
    format!(
        "<figure class=\"diff\">\n<figcaption>\n\nFrom {} to {}\n\n</figcaption>\n\n\
         {}</figure>\n",
        linked(old),
        linked(new),
        fenced("diff", &lines),
    )
}

fn open(listing: &Listing, id: &str) -> String {
    format!(
        "<figure class=\"listing\" data-listing=\"{}\" id=\"{id}\">\n",
        listing.name
    )
}

fn code(language: &str, info: &str, source: &str, command: &str) -> String {
    format!(
        "<div class=\"listing-code\" data-language=\"{language}\">\n\n{}\n\
         <p class=\"listing-command\"><span>Run it:</span> <code>{command}</code></p>\n\n\
         </div>\n",
        fenced(info, source)
    )
}

fn output(golden: &Golden) -> String {
    format!(
        "<div class=\"listing-output\">\n\
         <p>It prints, in {}:</p>\n\n{}\n</div>\n",
        golden.seconds().in_words(),
        fenced("text", &golden.output)
    )
}

/// The listing's name, and a link to its source.
fn caption(listing: &Listing, repository: Option<&str>) -> String {
    let name = &listing.name;
    let file = listing.source_file();
    let file = file.display();
    let source = match repository {
        Some(address) => {
            let address = html(address.trim_end_matches('/'));
            format!("<a href=\"{address}/blob/HEAD/{file}\">{file}</a>")
        }
        None => file.to_string(),
    };
    format!(
        "<figcaption><code class=\"listing-name\">{name}</code> \
         <span class=\"listing-source\">{source}</span></figcaption>\n\n"
    )
}

/// A fenced block, closed by a fence that does not occur in the text.
fn fenced(info: &str, text: &str) -> String {
    let longest = text
        .lines()
        .map(|line| line.trim_start().chars().take_while(|c| *c == '`').count())
        .max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let end = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("{fence}{info}\n{text}{end}{fence}\n")
}

/// The text with the characters escaped that mean something in HTML.
pub fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_any_in_the_text() {
        assert_eq!(fenced("text", "a\n```\nb"), "````text\na\n```\nb\n````\n");
        assert_eq!(fenced("text", ""), "```text\n```\n");
    }
}
