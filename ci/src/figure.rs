//! Figures: what a directive becomes in the page. Markdown and HTML that are readable
//! without JavaScript.

use std::fmt::Write;
use std::path::Path;

use similar::TextDiff;

use crate::golden::Golden;
use crate::listing::{Exercise, Listing};
use crate::quiz::Quiz;
use crate::svg;
use crate::timeline::Timeline;

/// Lines of a listing that stay around a change in a diff.
const CONTEXT: usize = 2;

/// How a reader gets from a figure to the program.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    /// The address of the book's repository.
    pub repository: Option<&'a str>,
    /// Whether the pages can run what runs in a page.
    pub has_modules: bool,
}

/// The whole figure: code, how to run it, output. `id` is unique in its page; `asked`
/// names the listing of a quiz above that the figure answers.
pub fn listing(
    listing: &Listing,
    golden: &Golden,
    id: &str,
    way: Way<'_>,
    asked: Option<&str>,
) -> String {
    let name = &listing.name;
    let mut figure = open(listing, id);
    figure += &caption(listing, way.repository);
    let command = format!("cargo run -p {name}");
    let hidden: Vec<String> = listing
        .hidden_lines()
        .iter()
        .map(usize::to_string)
        .collect();
    let hidden = match hidden.is_empty() {
        true => String::new(),
        false => format!(" data-hidden-lines=\"{}\"", hidden.join(" ")),
    };
    let source = listing.shown_source();
    // Cargo compiles it, in its own edition and with its own dependencies.
    // It takes a single file.
    let playground = match listing.scenery.is_empty() {
        true => playground(golden),
        false => String::new(),
    };
    figure += &code(
        "Rust",
        &hidden,
        "rust,ignore",
        &source,
        &command,
        &playground,
    );
    if let Some(python) = &listing.python {
        let file = listing.python_file();
        let command = format!("python3 {}", file.display());
        figure += &code("Python", "", "python", python, &command, "");
    }
    if way.has_modules {
        figure += &here(listing);
    }
    let outcome = match &golden.errors {
        Some(errors) => format!(
            "<div class=\"listing-errors\">\n<p>It does not compile:</p>\n\n{}\n\
             </div>\n",
            fenced("text", errors)
        ),
        // Between the code and the output, so that either can be seen while it plays.
        None => {
            let drawing =
                drawing(&[(listing, golden)], &format!("{id}-timeline"));
            drawing + &output(listing, golden)
        }
    };
    figure += &outcome_of(&outcome, asked);
    if let Some(tests) = &golden.tests {
        figure += &format!(
            "<div class=\"listing-tests\">\n<p>Its tests, run by <code>cargo test -p \
             {name}</code>:</p>\n\n{}\n</div>\n",
            fenced("text", tests)
        );
    }
    figure += "</figure>\n";
    figure
}

/// The figure of an exercise: what it starts with, what its tests say of that, how to begin,
/// and in folds what helps.
pub fn exercise(
    listing: &Listing,
    exercise: &Exercise,
    golden: &Golden,
    id: &str,
    repository: Option<&str>,
) -> String {
    let name = &listing.name;
    let command = format!("cargo run -p {name}");
    let mut figure = open(listing, id);
    figure += &caption(listing, repository);
    let source = listing.shown_source();
    figure += &code("Rust", "", "rust,ignore", &source, &command, "");
    figure += &drawing(&[(listing, golden)], &format!("{id}-timeline"));
    figure += &output(listing, golden);
    figure += "</figure>\n\n";
    let [first, second, third] = &exercise.hints;
    let said = golden.tests.as_deref().unwrap_or_default();
    let folds = [
        ("What its tests say of the start", fenced("text", said)),
        (
            "A hint",
            format!(
                "{first}\n\n{}",
                fold(
                    "Another hint",
                    &format!("{second}\n\n{}", fold("The last hint", third))
                )
            ),
        ),
        ("A solution", fenced("rust,ignore", &exercise.solution)),
    ];
    let folds = folds.map(|(summary, text)| fold(summary, &text)).concat();
    format!(
        "<section class=\"exercise\" aria-label=\"Exercise {name}\">\n\n{figure}\
         <p class=\"exercise-begin\">Begin with <code>cargo run -- practice {name}</code>: it \
         copies the start for you, and looks at what you make of it each time that you save.\
         </p>\n\n{folds}</section>\n"
    )
}

/// What is to be seen only by who opens it.
fn fold(summary: &str, text: &str) -> String {
    format!(
        "<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>\n\n"
    )
}

/// A program that takes longer than this, in seconds, may be stopped in the public
/// playground, <https://play.rust-lang.org>.
const PLAYGROUND_PATIENCE: f64 = 5.0;

/// The way to the public playground. A script puts the address into it, which holds the
/// whole program.
fn playground(golden: &Golden) -> String {
    let seconds = golden.seconds();
    let but = match seconds.0 > PLAYGROUND_PATIENCE {
        true => format!(
            " (it stops programs after a few seconds, and this one takes {})",
            seconds.in_words()
        ),
        false => String::new(),
    };
    format!(
        " <span class=\"playground\"><a rel=\"noopener\">Open in the playground</a>{but}\
         </span>"
    )
}

/// Where the page runs a listing, or why it can't. A script makes a button of it.
fn here(listing: &Listing) -> String {
    let name = &listing.name;
    match &listing.metadata.cargo_only {
        _ if listing.runs_in_page() => {
            let limit = listing.metadata.timeout.0;
            let tolerance = listing.metadata.tolerance.0;
            format!(
                "<div class=\"here\" data-limit=\"{limit}\" \
                 data-tolerance=\"{tolerance}\"></div>\n"
            )
        }
        Some(why) => format!(
            "<p class=\"not-here\">This page can't run it: {}. Your own computer can: \
             <code>cargo run -p {name}</code></p>\n",
            html(why)
        ),
        None => String::new(),
    }
}

/// Where a reader sets up experiments: `theme/laboratory.js` fills it.
pub fn laboratory(has_modules: bool) -> String {
    let instead = match has_modules {
        true => {
            "The laboratory is open on its own page, in a browser with JavaScript."
        }
        false => {
            "This copy of the book was built without the modules that a page runs, so \
             the laboratory is closed. In the book's folder, \
             <code>cargo run -- serve --wasm</code> opens it."
        }
    };
    let kind = if has_modules {
        "laboratory"
    } else {
        "no-laboratory"
    };
    format!("<div class=\"{kind}\">\n<p>{instead}</p>\n</div>\n")
}

/// How a listing's run unfolds, in a figure of its own.
pub fn timeline(
    listing: &Listing,
    golden: &Golden,
    id: &str,
    repository: Option<&str>,
    asked: Option<&str>,
) -> String {
    let drawing = drawing(&[(listing, golden)], &format!("{id}-drawing"));
    framed(listing, id, repository, &outcome_of(&drawing, asked))
}

/// How the runs of several listings unfold under one axis. Each name is a link to the
/// figure that shows the whole of it, if there is one.
pub fn race(
    runs: &[(&Listing, &Golden, Option<String>)],
    id: &str,
    asked: Option<&str>,
) -> String {
    let names: Vec<String> = runs
        .iter()
        .map(|(listing, _, link)| linked(listing, link.as_deref()))
        .collect();
    let drawn: Vec<(&Listing, &Golden)> = runs
        .iter()
        .map(|(listing, golden, _)| (*listing, *golden))
        .collect();
    format!(
        "<figure class=\"race\" id=\"{id}\">\n<figcaption>\n\n{}\n\n</figcaption>\n\n\
         {}</figure>\n",
        names.join(" · "),
        outcome_of(&drawing(&drawn, &format!("{id}-drawing")), asked),
    )
}

/// What a figure says about a run. A script covers it until the quiz is answered.
fn outcome_of(outcome: &str, asked: Option<&str>) -> String {
    match asked {
        Some(name) => format!(
            "<div class=\"outcome\" data-quiz=\"{name}\">\n{outcome}\n</div>\n"
        ),
        None => outcome.to_owned(),
    }
}

/// A quiz about a listing, with the number of its right choice. Without a script the
/// answer is in a fold; the script makes a form of it, and finds in `data-order` which
/// choice each sentence belongs to, that of the right one first.
pub fn quiz(name: &str, quiz: &Quiz, right: usize, id: &str) -> String {
    let wrong = (0..quiz.choices.len()).filter(|index| *index != right);
    let order: Vec<usize> = std::iter::once(right).chain(wrong).collect();
    let mut choices = String::new();
    for choice in &quiz.choices {
        let _ = writeln!(choices, "- {}", choice.text);
    }
    let mut answers = String::new();
    for &index in &order {
        let choice = &quiz.choices[index];
        let mark = if index == right {
            "✓ Right"
        } else {
            "✗ Not so"
        };
        let _ = writeln!(
            answers,
            "- **{mark}:** {} <span class=\"why\">{}</span>",
            choice.text, choice.reason
        );
    }
    let order: Vec<String> = order.iter().map(usize::to_string).collect();
    format!(
        "<section class=\"predict\" data-listing=\"{name}\" id=\"{id}\" \
         role=\"group\" aria-label=\"Predict {name}\">\n\n\
         **Predict.** {}\n\n\
         {choices}\n\
         <details data-order=\"{}\">\n<summary>Answer</summary>\n\n\
         {answers}\n</details>\n</section>\n",
        quiz.question,
        order.join(" "),
    )
}

/// The drawing of runs, what it shows in words, and the events for the player.
fn drawing(runs: &[(&Listing, &Golden)], id: &str) -> String {
    let drawn: Vec<(&str, &Timeline)> = runs
        .iter()
        .map(|(listing, golden)| (listing.name.0.as_str(), &golden.timeline))
        .collect();
    let words: String = svg::in_words(&drawn)
        .iter()
        .map(|sentence| format!("<li>{}</li>\n", html(sentence)))
        .collect();
    let events = serde_json::to_string(&drawn).expect("a timeline is JSON");
    // The one thing that could end a script within it.
    let events = events.replace("</", "<\\/");
    format!(
        "<div class=\"timeline-drawing\">\n<p class=\"badge\">recorded</p>\n{}\
         <script type=\"application/json\" class=\"timeline-events\">{events}</script>\n\
         <div class=\"player\"></div>\n\
         </div>\n\n\
         <details class=\"timeline-words\">\n\
         <summary>The run in words</summary>\n<ul>\n{words}</ul>\n</details>\n\n",
        svg::draw(&drawn, id)
    )
}

/// A part of a listing's code, in a figure of its own: of its `src/main.rs`, or of
/// another file beside that.
pub fn part(
    listing: &Listing,
    file: Option<&str>,
    lines: &str,
    id: &str,
    repository: Option<&str>,
) -> String {
    // The whole program is compiled elsewhere; a part of it need not be one.
    let code = fenced("rust,ignore", lines);
    let file = listing
        .source_file()
        .with_file_name(file.unwrap_or("main.rs"));
    let (open, caption) =
        (open(listing, id), caption_of(listing, &file, repository));
    format!("{open}{caption}{code}</figure>\n")
}

/// What a listing prints, in a figure of its own.
pub fn output_alone(
    listing: &Listing,
    golden: &Golden,
    id: &str,
    repository: Option<&str>,
    asked: Option<&str>,
) -> String {
    let output = output(listing, golden);
    framed(listing, id, repository, &outcome_of(&output, asked))
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
    format!(
        "<figure class=\"diff\">\n<figcaption>\n\nFrom {} to {}\n\n</figcaption>\n\n\
         {}</figure>\n",
        linked(old.0, old.1.as_deref()),
        linked(new.0, new.1.as_deref()),
        fenced("diff", &lines),
    )
}

/// A listing's name in Markdown, as a link if there is one.
fn linked(listing: &Listing, link: Option<&str>) -> String {
    match link {
        Some(link) => format!("[`{}`]({link})", listing.name),
        None => format!("`{}`", listing.name),
    }
}

/// A figure of a listing with its caption.
fn framed(
    listing: &Listing,
    id: &str,
    repository: Option<&str>,
    content: &str,
) -> String {
    let (open, caption) = (open(listing, id), caption(listing, repository));
    format!("{open}{caption}{content}</figure>\n")
}

fn open(listing: &Listing, id: &str) -> String {
    format!(
        "<figure class=\"listing\" data-listing=\"{}\" id=\"{id}\">\n",
        listing.name
    )
}

fn code(
    language: &str,
    data: &str,
    info: &str,
    source: &str,
    command: &str,
    elsewhere: &str,
) -> String {
    format!(
        "<div class=\"listing-code\" data-language=\"{language}\"{data}>\n\n{}\n\
         <p class=\"listing-command\"><span>Run it:</span> <code>{command}</code>\
         {elsewhere}</p>\n\n</div>\n",
        fenced(info, source)
    )
}

fn output(listing: &Listing, golden: &Golden) -> String {
    let seconds = golden.seconds().in_words();
    let prints = match (listing.metadata.ends, golden.output.is_empty()) {
        (true, false) => format!("It prints, in {seconds}:"),
        (true, true) => format!("It prints nothing, and ends after {seconds}."),
        (false, false) => format!("It prints, and is stopped after {seconds}:"),
        (false, true) => {
            format!("It prints nothing, and is stopped after {seconds}.")
        }
    };
    let mut output = String::new();
    if let Some(warnings) = &golden.warnings {
        let _ = write!(
            output,
            "<div class=\"listing-warnings\">\n<p>The compiler warns:</p>\n\n{}\n</div>\n",
            fenced("text", warnings)
        );
    }
    let _ = write!(
        output,
        "<div class=\"listing-output\">\n<p>{prints}</p>\n\n"
    );
    if !golden.output.is_empty() {
        output += &fenced("text", &golden.output);
    }
    output += "\n</div>\n";
    output
}

/// The listing's name, and a link to its source.
fn caption(listing: &Listing, repository: Option<&str>) -> String {
    caption_of(listing, &listing.source_file(), repository)
}

/// The listing's name, and a link to a file of it.
fn caption_of(
    listing: &Listing,
    file: &Path,
    repository: Option<&str>,
) -> String {
    let name = &listing.name;
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
