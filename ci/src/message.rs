//! Everything the tool says when something is wrong: what happened, and what to do.
//! One place, so that the wording is easy to keep good.

pub mod practice;

use std::io::ErrorKind;
use std::path::Path;

use crate::listing::{
    EDITION, Listing, ListingName, Listings, MOST_LINES, RIGHT, WRONG,
};
use crate::measured::Topic;
use crate::mistakes::PLAN;
use crate::problem::{Problem, Problems};
use crate::quiz::CHOICES;
use crate::seconds::Seconds;
use crate::text::Part;

/// The candidate that a misspelt word was probably meant to be.
pub fn closest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

fn did_you_mean(candidate: Option<&str>, otherwise: &str) -> String {
    match candidate {
        Some(name) => format!("did you mean `{name}`? {otherwise}"),
        None => otherwise.to_owned(),
    }
}

/// A listing's file can't be read.
pub fn unreadable_listing(file: &Path, why: &anyhow::Error) -> Problem {
    let kind = why.downcast_ref::<std::io::Error>();
    let kind = kind.map(std::io::Error::kind);
    let (what, help) = match kind {
        Some(ErrorKind::NotFound) => (
            "there is no such file, and a listing needs one".to_owned(),
            "a listing is a folder with Cargo.toml and src/main.rs; add what is missing \
             or remove the folder",
        ),
        Some(ErrorKind::InvalidData) => (
            "the file is not UTF-8 text".to_owned(),
            "save it as UTF-8; your editor calls that its encoding",
        ),
        _ => (
            format!("the listing can't be read: {}", why.root_cause()),
            "see to it that you may read the file",
        ),
    };
    Problem::in_file(file, what, help)
}

/// A listing's `Cargo.toml` is not what it should be.
pub fn bad_manifest(file: &Path, line: Option<usize>, why: &str) -> Problem {
    let what = why.trim().replace('\n', ", ");
    let is_of_metadata = what.starts_with("unknown ");
    let mut words = what.split('`').skip(1).step_by(2);
    let closest = match words.next() {
        Some(word) if is_of_metadata => closest(word, words),
        _ => None,
    };
    let help = did_you_mean(
        closest,
        "CONTRIBUTING.md shows what a listing's Cargo.toml may say",
    );
    Problem {
        line,
        ..Problem::in_file(file, what, help)
    }
}

/// The crate is called differently from its folder.
pub fn name_is_not_the_folder(
    file: &Path,
    line: usize,
    name: &str,
    folder: &str,
) -> Problem {
    Problem::in_file(
        file,
        format!("the listing is named `{name}` but its folder `{folder}`"),
        format!("write name = \"{folder}\", or rename the folder to {name}"),
    )
    .at(line)
}

/// A listing's name is none.
pub fn bad_listing_name(
    file: &Path,
    name: &str,
    why: &str,
    other: Option<&str>,
) -> Problem {
    let help = match other {
        Some(other) => {
            format!("rename the folder and the package, such as to `{other}`")
        }
        None => "rename the folder and the package".to_owned(),
    };
    Problem::in_file(
        file,
        format!("a listing can't be named `{name}`: {why}"),
        help,
    )
}

/// A listing of another edition than all the others.
pub fn another_edition(file: &Path) -> Problem {
    Problem::in_file(
        file,
        format!("the listings are of edition {EDITION}, and this one is not"),
        "write edition.workspace = true",
    )
}

/// A listing uses a crate that the workspace does not name.
pub fn unknown_dependency<'a>(
    file: &Path,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Problem {
    Problem::in_file(
        file,
        format!("the crate `{name}` is not one that the listings use"),
        did_you_mean(
            closest(name, known),
            &format!(
                "To use a new one, name it with its version below \
                 [workspace.dependencies] in the book's Cargo.toml, and here write \
                 {name}.workspace = true"
            ),
        ),
    )
}

/// A listing says itself which version of a crate it uses.
pub fn own_version(file: &Path, name: &str) -> Problem {
    Problem::in_file(
        file,
        format!(
            "the version of `{name}` is named in the book's Cargo.toml only"
        ),
        format!("write {name}.workspace = true"),
    )
}

/// A listing that nobody reads to its end.
pub fn too_long(listing: &Listing, lines: usize) -> Problem {
    Problem::in_file(
        listing.source_file(),
        format!(
            "the listing has {lines} lines of code, and {MOST_LINES} are the most"
        ),
        "show less at once: about 40 lines are easy to read; what is not the point can \
         go into another file beside it, such as src/service.rs",
    )
}

/// A `[[bin]]` table in a listing.
pub fn more_than_one_program(file: &Path, line: usize) -> Problem {
    Problem::in_file(
        file,
        "a listing is one program, src/main.rs, with the listing's name",
        "remove the [[bin]] table; put a second program into a listing of its own",
    )
    .at(line)
}

/// Programs of one name would overwrite each other in the target folder.
pub fn two_listings_of_one_name(second: &Listing, first: &Listing) -> Problem {
    Problem::in_file(
        second.folder.join("Cargo.toml"),
        format!(
            "a second listing named `{}`, after the one in {}",
            second.name,
            first.folder.display()
        ),
        "give one of them another name: crates of one name run each other's program",
    )
}

/// A key of `[package.metadata.listing]` without a comment.
pub fn exception_without_reason(file: &Path, key: &str) -> Problem {
    Problem::in_file(
        file,
        format!("`{key}` is an exception without a reason"),
        "say why in a comment on the same line or on the line above",
    )
}

/// No golden, or half of it.
pub fn missing_golden(listing: &Listing, file: &Path) -> Problem {
    Problem::in_file(
        file,
        format!("the listing `{}` has no golden", listing.name),
        format!("record it: cargo run -- bless {}", listing.name),
    )
}

/// A golden that is there and can't be read.
pub fn unreadable_golden(
    listing: &Listing,
    file: &Path,
    why: &anyhow::Error,
) -> Problem {
    Problem::in_file(
        file,
        format!("the golden can't be read: {}", why.root_cause()),
        format!("record it again: cargo run -- bless {}", listing.name),
    )
}

/// The golden was recorded by a program that has changed since.
pub fn stale_golden(listing: &Listing) -> Problem {
    Problem::in_file(
        listing.timeline_file(),
        format!(
            "the golden of `{}` was recorded by another program than the one that \
             stands in {} now",
            listing.name,
            listing.source_file().display()
        ),
        format!(
            "run it, and accept it if it is right: cargo run -- bless {}",
            listing.name
        ),
    )
    .at(crate::timeline::SOURCE_LINE)
}

/// `output.txt` and `timeline.json` come from different runs.
pub fn golden_halves_differ(listing: &Listing, line: usize) -> Problem {
    let timeline = listing.timeline_file();
    Problem::in_file(
        listing.output_file(),
        format!("this is not the line that {} has", timeline.display()),
        format!(
            "goldens are recorded, not written; record both again: \
             cargo run -- bless {}",
            listing.name
        ),
    )
    .at(line)
}

/// The lines of a golden end in another way than those of the program.
pub fn carriage_returns(listing: &Listing) -> Problem {
    Problem::in_file(
        listing.output_file(),
        "its lines end with CR LF, as on Windows, and those of the program don't",
        format!(
            "let git and your editor leave line ends alone, as .gitattributes and \
             .editorconfig say; record it again: cargo run -- bless {}",
            listing.name
        ),
    )
    .at(1)
}

/// The golden's timeline can't be understood.
pub fn bad_timeline(
    listing: &Listing,
    line: Option<usize>,
    why: &str,
) -> Problem {
    let file = listing.timeline_file();
    let help = format!("record it again: cargo run -- bless {}", listing.name);
    Problem {
        line,
        ..Problem::in_file(file, why, help)
    }
}

/// A listing that the text never shows.
pub fn unused_listing(listing: &Listing) -> Problem {
    Problem::in_file(
        listing.source_file(),
        format!("no chapter shows the listing `{}`", listing.name),
        format!(
            "show it with {{{{#listing {}}}}} in a chapter, or remove its folder",
            listing.name
        ),
    )
}

/// There is no table of contents.
pub fn no_summary(summary: &Path, why: &anyhow::Error) -> Problem {
    Problem::in_file(
        summary,
        format!("the table of contents can't be read: {}", why.root_cause()),
        "write one that names every chapter: - [Title](part/chapter.md)",
    )
}

/// A chapter's file can't be read.
pub fn unreadable_chapter(file: &Path, why: &anyhow::Error) -> Problem {
    Problem::in_file(
        file,
        format!("the chapter can't be read: {}", why.root_cause()),
        "save it as UTF-8 text",
    )
}

/// A Markdown file in `src/` that no reader can reach.
pub fn unlisted_chapter(file: &Path, summary: &Path, link: &Path) -> Problem {
    Problem::in_file(
        file,
        "SUMMARY.md does not name this chapter",
        format!(
            "add a line such as - [Title]({}) to {}, or remove the file",
            link.display(),
            summary.display()
        ),
    )
}

/// A chapter that `SUMMARY.md` promises and nobody wrote.
pub fn missing_chapter(summary: &Path, line: usize, link: &str) -> Problem {
    Problem::in_file(
        summary,
        format!("there is no chapter {link}"),
        "write the chapter, or remove the line: a table of contents names only \
         what exists",
    )
    .at(line)
}

/// A link within the book that leads nowhere.
pub fn broken_link(file: &Path, link: &str, why: &str) -> Problem {
    Problem::in_file(
        file,
        format!("the link to {link} leads nowhere"),
        format!("{why}; links are written from the chapter's own folder"),
    )
}

/// A fenced block that doesn't say what is in it.
pub fn untagged_block(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "the fenced block doesn't say what it is",
        HOW_TO_TAG,
    )
}

const HOW_TO_TAG: &str = "write ```rust for a snippet that is compiled and run, ```console for \
     commands, ```text for anything else; a whole program is a listing";

/// A block of code that is made by indenting its lines.
pub fn indented_block(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "an indented block doesn't say what it is",
        format!("put it between fences: {HOW_TO_TAG}"),
    )
}

/// A fenced block of a kind that nobody checks.
pub fn unknown_block(file: &Path, tag: &str) -> Problem {
    Problem::in_file(
        file,
        format!("nobody checks a block of `{tag}`"),
        HOW_TO_TAG,
    )
}

/// A snippet that is not compiled and run like any other.
pub fn block_without_reason(file: &Path, tag: &str) -> Problem {
    Problem::in_file(
        file,
        format!("`{tag}` is an exception without a reason"),
        "say why in a comment above the block: <!-- not run: it never ends -->",
    )
}

/// A command in a `console` block that no check runs.
pub fn command_never_run(file: &Path, command: &str) -> Problem {
    Problem::in_file(
        file,
        format!("no check ever runs `{command}`"),
        "write `$ cargo run -p LISTING` or `$ cargo run -- COMMAND`; if it can't be one \
         of these, make it ```text",
    )
}

/// A page that does not begin with its title.
pub fn no_title(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "the page does not begin with a title",
        "begin it with a heading of the first level: # Title",
    )
}

/// A second heading of the first level.
pub fn second_title(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "the page has a second title",
        "make it a heading of the second level: ## Heading",
    )
}

/// A heading that is more than one level below the one above.
pub fn skipped_level(file: &Path, above: usize, level: usize) -> Problem {
    Problem::in_file(
        file,
        format!("a heading of level {level} follows one of level {above}"),
        format!("begin it with {} and a space", "#".repeat(above + 1)),
    )
}

/// A picture without words.
pub fn no_alt(file: &Path, image: &str) -> Problem {
    Problem::in_file(
        file,
        format!("{image} says nothing to a reader who can't see it"),
        "describe it: ![description](file), alt=\"…\", or a <title> in an <svg>",
    )
}

/// A word that stands there twice.
pub fn repeated_word(file: &Path, word: &str) -> Problem {
    Problem::in_file(
        file,
        format!("`{word}` stands here twice"),
        "remove one of the two",
    )
}

/// A number that looks measured and was typed.
pub fn typed_number(file: &Path, number: &str) -> Problem {
    Problem::in_file(
        file,
        format!("\"{number}\" looks like a number that a run could change"),
        "let a directive say it: {{#seconds NAME}}, {{#ratio NAME NAME}}, \
         {{#duration NAME from_secs(1)}}, {{#lines NAME}} or {{#quote NAME TEXT}}; or, \
         if it comes from elsewhere, say from where in a comment on its line or above: \
         <!-- typed: the reader counts -->",
    )
}

/// A comment that excepts a number and doesn't say why.
pub fn exception_without_words(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "`typed:` is an exception without a reason",
        "say where the number comes from: <!-- typed: the reader counts -->",
    )
}

/// A comment that excepts a number where there is none.
pub fn needless_exception(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "there is no number here that needs `typed:`",
        "remove the comment, or put it on the number's line or the line above",
    )
}

/// A row of a table that names a listing and doesn't quote it.
pub fn claim_without_quote(file: &Path, name: &str) -> Problem {
    Problem::in_file(
        file,
        format!("the claim does not say which line of `{name}` proves it"),
        format!(
            "quote the line in the title of the link: [claim](…#listing-{name} \
             \"what it prints\")"
        ),
    )
}

/// A row of a table whose proof is gone.
pub fn claim_without_proof(file: &Path, name: &str, quoted: &str) -> Problem {
    Problem::in_file(
        file,
        format!(
            "`{name}` does not prove this anymore: no line of it is \"{quoted}\""
        ),
        format!(
            "quote a line of the goldens in its folder that proves the claim, or change \
             the claim; see `cargo run -- run {name}`"
        ),
    )
}

/// A row without a listing in a table that has them.
pub fn row_without_proof(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "no listing proves what this row says, as the other rows have it",
        "link to the listing that proves it, or say in the row why there is none: \
         <!-- unproved: it is a matter of taste -->",
    )
}

/// A term that stands at the wrong place.
pub fn term_out_of_order(file: &Path, term: &str, before: &str) -> Problem {
    Problem::in_file(
        file,
        format!("the term \"{term}\" stands after \"{before}\""),
        "sort the terms as a dictionary does, each once",
    )
}

/// A term that is not explained.
pub fn term_without_words(file: &Path, term: &str) -> Problem {
    Problem::in_file(
        file,
        format!("nothing explains the term \"{term}\""),
        "say below its heading what it means",
    )
}

/// A term that the chapter does not use in which it is first met.
pub fn term_not_met(
    file: &Path,
    term: &str,
    chapter: Option<&Path>,
) -> Problem {
    let what = match chapter {
        Some(chapter) => {
            format!("{} does not use the term \"{term}\"", chapter.display())
        }
        None => format!("it isn't said where \"{term}\" is first met"),
    };
    let help =
        "end the entry with: First met in [Chapter](../part/chapter.md).";
    Problem::in_file(file, what, help)
}

/// A term that no chapter leads to.
pub fn term_never_linked(file: &Path, term: &str) -> Problem {
    Problem::in_file(
        file,
        format!("no chapter leads to the term \"{term}\""),
        "link to it where it is used, or remove it",
    )
}

/// `{{#…}}` with a first word that nobody knows.
pub fn unknown_directive(file: &Path, word: &str, known: &[&str]) -> Problem {
    let all = known.join(", ");
    Problem::in_file(
        file,
        format!("there is no directive `{{{{#{word}}}}}`"),
        did_you_mean(
            closest(word, known.iter().copied()),
            &format!("The directives are: {all}"),
        ),
    )
}

/// A directive with the wrong number of names.
pub fn wrong_arguments(file: &Path, directive: &str, usage: &str) -> Problem {
    Problem::in_file(
        file,
        format!("`{directive}` has the wrong number of names"),
        format!("write it as {usage}"),
    )
}

/// A directive asks for a table of something that is not measured.
pub fn unknown_topic(file: &Path, word: &str) -> Problem {
    let topics = Topic::ALL.map(Topic::name);
    let all = topics.join(", ");
    Problem::in_file(
        file,
        format!("nothing named `{word}` is measured"),
        did_you_mean(closest(word, topics), &format!("The topics are: {all}")),
    )
}

/// A directive asks for a table whose numbers are missing or can't be read.
pub fn not_measured(file: &Path, topic: Topic, why: &str) -> Problem {
    Problem::in_file(
        file,
        format!("{} can't be read: {why}", topic.file()),
        format!("measure again, which writes it: {}", topic.command()),
    )
}

/// `{{ #…`.
pub fn spaced_directive(file: &Path, shown: &str) -> Problem {
    Problem::in_file(
        file,
        format!("`{shown}` is text, and looks like a directive"),
        "write {{# without a space; if it is text, put it between backticks",
    )
}

/// `{{#…` without its `}}`.
pub fn unclosed_directive(file: &Path, shown: &str) -> Problem {
    Problem::in_file(
        file,
        format!("`{shown}` is not closed"),
        "close it with }} on the same line, or write \\{{# if it is text",
    )
}

/// A quiz doesn't say how the right choice is found.
pub fn unknown_proof(file: &Path, directive: &str) -> Problem {
    Problem::in_file(
        file,
        format!("`{directive}` doesn't say what proves the right choice"),
        "write {{#predict NAME seconds}}; other proofs are `first`, `line 3`, `last`, \
         `order` and `prints`",
    )
}

/// How a quiz is written.
const HOW_TO_ASK: &str = "a quiz is {{#predict NAME HOW}}, a question, an empty line, a line \
     `- choice | why somebody would think so` for each choice, and {{#end}}";

/// A quiz whose last line is missing.
pub fn quiz_without_end(file: &Path) -> Problem {
    Problem::in_file(file, "the quiz has no end", HOW_TO_ASK)
}

/// The last line of a quiz that never began.
pub fn end_of_no_quiz(file: &Path) -> Problem {
    Problem::in_file(file, "this line ends no quiz", HOW_TO_ASK)
}

/// Something within a quiz that doesn't belong there.
pub fn stray_in_quiz(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "a line of the quiz is neither of its question nor of a choice",
        HOW_TO_ASK,
    )
}

/// A quiz without a question.
pub fn quiz_without_question(file: &Path) -> Problem {
    Problem::in_file(file, "the quiz asks nothing", HOW_TO_ASK)
}

/// A quiz with too few choices, or too many.
pub fn quiz_of_choices(file: &Path, number: usize) -> Problem {
    let choices = match number {
        0 => "no choice".to_owned(),
        1 => "1 choice".to_owned(),
        number => format!("{number} choices"),
    };
    let (least, most) = (CHOICES.start(), CHOICES.end());
    Problem::in_file(
        file,
        format!("the quiz has {choices}"),
        format!("give it {least} to {most}; {HOW_TO_ASK}"),
    )
}

/// A wrong choice without its sentence.
pub fn choice_without_reason(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "this choice is wrong and doesn't say why somebody would think so",
        "say it in a sentence behind ` | `",
    )
}

/// A quiz that no run of its listing can decide.
pub fn quiz_without_proof(
    file: &Path,
    listing: &Listing,
    why: &str,
) -> Problem {
    Problem::in_file(
        file,
        format!("no run of `{}` can prove a choice: {why}", listing.name),
        "ask for something that every run proves; `prints` always works",
    )
}

/// A quiz of which no choice is right.
pub fn no_right_choice(file: &Path, listing: &Listing) -> Problem {
    Problem::in_file(
        file,
        format!(
            "the golden of `{}` proves no choice of the quiz",
            listing.name
        ),
        format!(
            "write the right one as the golden has it; `cargo run -- run {}` shows what \
             it prints, and when",
            listing.name
        ),
    )
}

/// A second right choice.
pub fn two_right_choices(file: &Path, listing: &Listing) -> Problem {
    Problem::in_file(
        file,
        format!(
            "the golden of `{}` proves this choice, and another one as well",
            listing.name
        ),
        "leave one right choice in the quiz",
    )
}

/// A quiz whose figure comes before it, or not at all.
pub fn quiz_without_figure(file: &Path, name: &str) -> Problem {
    Problem::in_file(
        file,
        format!("no figure below this quiz shows what `{name}` does"),
        format!(
            "put the quiz above the first {{{{#listing {name}}}}}, {{{{#output {name}}}}}, \
             {{{{#timeline {name}}}}} or {{{{#race …}}}} of the chapter"
        ),
    )
}

/// A chapter that shows what a program does and never asks.
pub fn chapter_without_quiz(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "the chapter shows what a program does and never lets its reader predict it",
        format!("ask something above this figure: {HOW_TO_ASK}"),
    )
}

/// A directive that must have the line to itself.
pub fn not_alone(file: &Path, directive: &str) -> Problem {
    Problem::in_file(
        file,
        format!("`{directive}` must stand alone on its line"),
        "put it on a line of its own, with nothing before or after it",
    )
}

/// A directive names a listing that does not exist.
pub fn unknown_listing(
    file: &Path,
    name: &str,
    listings: &Listings,
) -> Problem {
    Problem::in_file(
        file,
        format!("there is no listing named `{name}`"),
        did_you_mean(
            listings.closest(name),
            "`cargo run -- list` shows all listings",
        ),
    )
}

/// A listing makes a mistake, and there is none beside it that doesn't.
pub fn mistake_alone(listing: &Listing) -> Problem {
    let (name, part) = (&listing.name, &listing.part);
    let help = match listing.right() {
        Some(right) => {
            format!("make listings/{part}/{right}, which does it right")
        }
        None => format!(
            "name it `{name}{WRONG}`, and make listings/{part}/{name}{RIGHT}, which does it \
             right"
        ),
    };
    Problem::in_file(
        listing.folder.join("Cargo.toml"),
        format!(
            "`{name}` makes a mistake, and no listing beside it shows the right way"
        ),
        help,
    )
}

/// An exercise lacks its tests or its solution.
pub fn exercise_without(manifest: &Path, file: &Path) -> Problem {
    Problem::in_file(
        manifest,
        format!("the exercise has no {}", file.display()),
        "`src/judge.rs` holds the tests that its start must fail, `src/solution.rs` a \
         program that passes them; both programs end with `#[cfg(test)] mod judge;`",
    )
}

/// A chapter teaches something and has no exercise.
pub fn chapter_without_exercise(file: &Path) -> Problem {
    Problem::in_file(
        file,
        "nothing in this chapter lets its reader practice what it teaches",
        "add a section “Practice” with {{#exercise NAME}}; CONTRIBUTING.md says how an \
         exercise is made",
    )
}

/// A directive asks for an exercise that is none.
pub fn no_exercise(file: &Path, listing: &Listing) -> Problem {
    Problem::in_file(
        file,
        format!("`{}` is no exercise", listing.name),
        "show it with {{#listing …}}, or give it a table [package.metadata.exercise]",
    )
}

/// An exercise is shown like any other listing.
pub fn only_an_exercise(file: &Path, listing: &Listing) -> Problem {
    let name = &listing.name;
    Problem::in_file(
        file,
        format!("`{name}` is an exercise"),
        format!(
            "show it with {{{{#exercise {name}}}}}, which adds hints and solution"
        ),
    )
}

/// A mistake has no page.
pub fn mistake_without_page(listing: &Listing, mistake: &str) -> Problem {
    Problem::in_file(
        listing.folder.join("Cargo.toml"),
        format!(
            "no chapter says who would have told you of `{}`",
            listing.name
        ),
        format!(
            "put {{{{#who {mistake}}}}} into its chapter, on a line of its own"
        ),
    )
}

/// A page of a mistake with another heading than the plan has there.
pub fn not_on_plan(file: &Path, heading: Option<&&str>) -> Problem {
    let what = match heading {
        Some(heading) => format!("the heading “{heading}” should stand here"),
        None => "no other heading should stand here".to_owned(),
    };
    let plan = PLAN.map(|heading| format!("“{heading}”")).join(", ");
    Problem::in_file(
        file,
        format!("{what}: the pages of all mistakes are on one plan"),
        format!("its headings of the second level are {plan}"),
    )
}

/// A table of mistakes in an unknown order.
pub fn unknown_order(file: &Path, word: &str) -> Problem {
    Problem::in_file(
        file,
        format!("mistakes can't be sorted by `{word}`"),
        "write {{#mistakes symptom}} or {{#mistakes teller}}",
    )
}

/// A directive asks who would have told of something that is no mistake.
pub fn no_mistake(file: &Path, listing: &Listing) -> Problem {
    Problem::in_file(
        file,
        format!("`{}` doesn't say that it makes a mistake", listing.name),
        "say what its reader sees in its Cargo.toml, in [package.metadata.listing], such as \
         `mistake = \"it hangs\"`",
    )
}

/// A directive names a part of a listing that is not marked there.
pub fn unknown_anchor(file: &Path, listing: &Listing, anchor: &str) -> Problem {
    let source = listing.source_file();
    Problem::in_file(
        file,
        format!("the listing `{}` has no anchor `{anchor}`", listing.name),
        format!(
            "mark the lines in {} with // ANCHOR: {anchor} and // ANCHOR_END: {anchor}",
            source.display()
        ),
    )
}

/// A directive asks for a duration that the listing does not make.
pub fn unknown_duration(file: &Path, listing: &Listing, call: &str) -> Problem {
    let source = listing.source_file();
    Problem::in_file(
        file,
        format!("there is no Duration::{call} in `{}`", listing.name),
        format!(
            "write the call as it stands in {}: from_secs(…) or from_millis(…)",
            source.display()
        ),
    )
}

/// A directive quotes what a listing does not say.
pub fn unknown_quote(file: &Path, listing: &Listing, text: &str) -> Problem {
    Problem::in_file(
        file,
        format!(
            "\"{text}\" stands neither in `{0}` nor in what it prints",
            listing.name
        ),
        format!(
            "quote it as it stands there; `cargo run -- run {}` shows what it prints",
            listing.name
        ),
    )
}

/// A name on the command line that is no listing's.
pub fn unknown_name(name: &str, listings: &Listings) -> String {
    let help = did_you_mean(
        listings.closest(name),
        "`cargo run -- list` shows all listings",
    );
    format!("there is no listing named `{name}`\n  help: {help}")
}

/// The folders of the parts, one after the other.
fn all_parts(parts: &[Part]) -> String {
    let folders: Vec<&str> = parts.iter().map(|p| p.folder.as_str()).collect();
    folders.join(", ")
}

/// Something new without the part that it belongs to.
pub fn no_place(place: &str, parts: &[Part]) -> String {
    let part = parts.first().map_or("PART", |part| part.folder.as_str());
    format!(
        "`{place}` does not say to which part it belongs\n  help: write PART/NAME, such as \
         {part}/{place}; the parts are {}",
        all_parts(parts)
    )
}

/// Something new in a part that is not there.
pub fn unknown_part(part: &str, parts: &[Part]) -> String {
    let closest = closest(part, parts.iter().map(|p| p.folder.as_str()));
    let all = format!("the parts are {}", all_parts(parts));
    let help = match closest {
        Some(closest) => format!("did you mean `{closest}`? All of {all}"),
        None => format!(
            "{all}; to begin a new one: cargo run -- new chapter {part}/NAME \"Title\" \
             --part \"Title of the part\""
        ),
    };
    format!("the table of contents has no part `{part}`\n  help: {help}")
}

/// A part that is to be new and is there.
pub fn known_part(part: &str) -> String {
    format!(
        "the part `{part}` is there already\n  help: leave --part out; the chapter is \
         added at its end"
    )
}

/// A name that is none.
pub fn bad_name(name: &str, why: &str, other: Option<&str>) -> String {
    let help = match other {
        Some(other) => format!("`{other}` would do"),
        None => "write a few words that say what it shows, such as sum-async"
            .to_owned(),
    };
    format!("`{name}` can't be its name: {why}\n  help: {help}")
}

/// A name that something else has.
pub fn taken_name(name: &str, by: &str, other: Option<&str>) -> String {
    let help = match other {
        Some(other) => format!("`{other}` is free; or change what is there"),
        None => "take another one, or change what is there".to_owned(),
    };
    format!("the name `{name}` is taken by {by}\n  help: {help}")
}

/// The program of a new chapter can't have the chapter's name.
pub fn taken_by_program(name: &str, by: &str, other: Option<&str>) -> String {
    let other = other.unwrap_or("NAME");
    format!(
        "the chapter's program can't be named `{name}`: that is {by}\n  help: give it \
         another name: --listing {other}"
    )
}

/// A title that is none.
pub fn bad_title(title: &str, why: &str) -> String {
    format!(
        "\"{title}\" can't be a title: {why}\n  help: write it as a reader says it, such as \
         \"Taking turns\""
    )
}

/// A title that another chapter has.
pub fn taken_title(title: &str) -> String {
    format!(
        "a chapter has the title \"{title}\" already\n  help: say what is different in this \
         one, or change that one"
    )
}

/// A new listing is to be shown in a chapter that is not there.
pub fn no_chapter_to_show<'a>(
    chapter: &str,
    link: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> String {
    let closest = closest(link, known.clone());
    let closest = closest.map(|link| format!("src/{link}"));
    let first = known.into_iter().next().unwrap_or("part/chapter.md");
    format!(
        "there is no chapter {chapter} in a part of the book\n  help: {}",
        did_you_mean(
            closest.as_deref(),
            &format!("A chapter is named by its file, such as src/{first}")
        )
    )
}

/// What was made, and how to go on.
pub fn made<'a>(
    files: impl Iterator<Item = &'a Path>,
    listings: &[String],
    chapter: &Path,
    line: usize,
) -> String {
    let files: String = files
        .map(|file| format!("  {}\n", file.display()))
        .collect();
    let names = listings.join(" ");
    let chapter = chapter.display();
    format!(
        "Wrote, and recorded what it prints:\n{files}\nThe figure is at {chapter}:{line}. \
         Keep `cargo run` open while you write;\n`cargo run -- bless {names}` accepts what \
         is printed then."
    )
}

/// There is no book here.
pub fn no_book(here: &Path) -> String {
    format!(
        "there is no book.toml in {} or above it\n  help: go to the folder of the book",
        here.display()
    )
}

/// The last words of a command that failed.
pub fn failed(error: &anyhow::Error) -> String {
    // A list of problems says `error:` before each of them.
    match error.downcast_ref::<Problems>() {
        Some(problems) => problems.to_string(),
        None => format!("error: {error:#}"),
    }
}

/// The port that was asked for is not free.
pub fn port_taken(port: u16) -> String {
    format!("port {port} is taken; ask for another, or leave --port out")
}

/// Every port that was tried is taken.
pub fn all_ports_taken(first: u16, last: u16) -> String {
    format!(
        "all ports from {first} to {last} are taken; ask for one with --port"
    )
}

/// No browser could be opened.
pub fn no_browser(address: &str, why: &std::io::Error) -> String {
    format!("cannot open a browser ({why}); open {address} yourself")
}

/// What the pages show after a build that failed.
pub fn last_good_book() -> &'static str {
    "The pages stay as they were; they are built again at the next change."
}

/// A listing that runs in a page does not compile for it.
pub fn not_for_a_page(listing: &Listing, errors: &str) -> String {
    format!(
        "{} does not compile for the page:\n\n{errors}\n\
         if it needs what a page doesn't have, such as threads or sockets, say so in \
         {}:\n\n[package.metadata.listing]\ncargo-only = \"it opens sockets\"",
        listing.source_file().display(),
        listing.folder.join("Cargo.toml").display()
    )
}

/// The modules of the page were asked for, and the compiler can't make them.
pub fn no_modules(target: &str) -> String {
    format!(
        "The pages play what was recorded, and run nothing themselves: the compiler has no \
         target {target}.\n`rustup target add {target}` brings it."
    )
}

/// Cargo failed for another reason than a listing's source.
pub fn listings_not_built(said: &str) -> String {
    format!(
        "cargo could not build the listings:\n{said}\n  help: mend what cargo names above; if \
         it could not reach its registry, try again when you are online"
    )
}

/// Cargo failed for another reason than the text that it compiles.
pub fn cargo_failed(said: &str) -> String {
    let said = if said.is_empty() { "nothing" } else { said };
    format!("Cargo could not compile the program. It said:\n{said}")
}

/// What marks the run of a listing that has changed.
pub const NOT_BLESSED: &str = "Not blessed yet:";

/// A changed listing is being compiled.
pub const LIVE_COMPILES: &str = "the changed program is being compiled …";

/// A changed listing is running.
pub const LIVE_RUNS: &str = "the changed program runs …";

/// A changed listing does what its golden says.
pub fn live_agrees(name: &ListingName) -> String {
    format!(
        "it does what the golden says; `cargo run -- bless {name}` notes that the program \
         has changed"
    )
}

/// A changed listing does something else than its golden says.
pub fn live_differs(name: &ListingName) -> String {
    format!(
        "it does something else now; `cargo run -- bless {name}` accepts it"
    )
}

/// A changed listing does at other times what its golden says.
pub fn live_late(name: &ListingName) -> String {
    format!(
        "only its times differ, maybe because the computer had more to do; \
         `cargo run -- check {name}` tries again, `cargo run -- bless {name}` accepts it"
    )
}

/// A changed listing that was never recorded.
pub fn live_without_golden(name: &ListingName) -> String {
    format!("it has no golden; `cargo run -- bless {name}` records it")
}

/// A changed listing that can't be blessed as it is.
pub fn live_refused() -> String {
    "it can't become the golden as it is; what is wrong is said below"
        .to_owned()
}

/// A changed listing could not be tried.
pub fn live_failed(name: &ListingName, why: &str) -> String {
    format!("error: `{name}` could not be run\n{why}")
}

/// A request to run a program that no page of the book has sent.
pub fn foreign_request() -> &'static str {
    "Programs are run for the pages of the book only, and this request does not come \
     from one of them."
}

/// A request with the token of another server.
pub fn old_page() -> &'static str {
    "This page is older than the server that runs programs now. Load it again; your \
     changes are kept."
}

/// A request to a server of another name.
pub fn foreign_host(own: &str) -> String {
    format!(
        "The book is not served under this name. Open http://{own} instead.\n"
    )
}

/// A request that isn't what the page's script sends.
pub fn not_json() -> &'static str {
    "This is not a request to run a program. Load the page again."
}

/// A text that is longer than any program here.
pub fn text_too_long(kibibytes: usize) -> String {
    format!("The program is too long: {kibibytes} KiB are the most.")
}

/// A request for a program that is no listing.
pub fn nothing_to_edit() -> &'static str {
    "There is no program of this name in the book anymore. Load the page again."
}

/// All turns are taken.
pub fn too_many_programs(most: usize) -> String {
    format!(
        "{most} other programs are being compiled or run now. Stop one of them, or wait \
         a little and run this one again."
    )
}

/// The server is about to end.
pub fn server_ends() -> &'static str {
    "The server is ending. Start it again with `cargo run`."
}

/// Cargo did not get done.
pub fn compiling_takes_long(limit: Seconds) -> String {
    format!(
        "Compiling was stopped after {}. What it compiled until then is kept: run it \
         again.",
        limit.in_words()
    )
}

/// A text with so many errors.
pub fn does_not_compile(errors: usize) -> String {
    match errors {
        1 => "It does not compile: 1 error.".to_owned(),
        n => format!("It does not compile: {n} errors."),
    }
}

/// A program ended by itself.
pub fn run_ended(seconds: Seconds, status: i32) -> String {
    let seconds = in_tenths(seconds);
    match status {
        0 => format!("Done in {seconds}."),
        _ => format!("It ended after {seconds}, with exit status {status}."),
    }
}

/// A program was ended by a signal.
pub fn run_killed(seconds: Seconds, signal: i32) -> String {
    format!("Signal {signal} ended it after {}.", in_tenths(seconds))
}

/// A measured time, as exact as the listings print theirs.
fn in_tenths(seconds: Seconds) -> String {
    Seconds((seconds.0 * 10.0).round() / 10.0).in_words()
}

/// A program was stopped because its time was up.
pub fn run_timed_out(limit: Seconds) -> String {
    format!("Stopped after {}.", limit.in_words())
}

/// A program was stopped because it used up the memory.
pub fn run_used_too_much_memory(gibibytes: u64) -> String {
    format!("Stopped: it used more than {gibibytes} GiB of memory.")
}

/// A program was stopped because it printed without end.
pub fn run_printed_too_much(kibibytes: usize, lines: usize) -> String {
    format!(
        "Stopped: it printed more than {kibibytes} KiB, or did more than {lines} things."
    )
}
