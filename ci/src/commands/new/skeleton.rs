//! The texts of a working start. Whoever begins with them writes over every sentence; but
//! as they stand, the check has nothing to say about them.

use crate::listing::{RIGHT, SOLUTION, WRONG};
use crate::mistakes::PLAN;

/// `Cargo.toml` of a listing, with more tables if it needs them.
pub fn manifest(name: &str, metadata: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition.workspace = true\n\
         publish.workspace = true\n\n{metadata}[lints]\nworkspace = true\n"
    )
}

/// `src/main.rs` of a listing.
pub fn program(name: &str) -> String {
    format!(
        "//! Says hello. Watch for the line that it prints.\n\nfn main() {{\n    \
         println!(\"Hello from {name}\");\n}}\n"
    )
}

/// The table by which a listing says that it makes a mistake.
pub const MISTAKE: &str =
    "[package.metadata.listing]\nmistake = \"work is lost\"\n\n";

/// `src/main.rs` of a listing that makes a mistake.
pub const WRONG_PROGRAM: &str = "//! Forgets something. Watch for the line that is missing.\n\n\
     fn main() {\n    println!(\"Hello\");\n}\n";

/// The same without it.
pub const RIGHT_PROGRAM: &str = "//! Forgets nothing. Watch for the last line.\n\n\
     fn main() {\n    println!(\"Hello\");\n    println!(\"Goodbye\");\n}\n";

/// The tables by which a listing is an exercise.
pub fn exercise(name: &str) -> String {
    format!(
        "[package.metadata.exercise]\nhints = [\n    \"Say where to look.\",\n    \
         \"Say what to use.\",\n    \"Say nearly how to write it.\",\n]\n\n\
         [[example]]\nname = \"{name}-solution\"\npath = \"src/{SOLUTION}\"\n\
         test = true\n\n"
    )
}

/// `src/main.rs` of an exercise.
pub const START: &str = "//! Exercise: let it say goodbye as well.\n\n\
     fn words() -> String {\n    \"Hello\".to_owned()\n}\n\n\
     fn main() {\n    println!(\"{}\", words());\n}\n\n#[cfg(test)]\nmod judge;\n";

/// `src/solution.rs` of an exercise.
pub const SOLVED: &str = "//! Says what was missing.\n\n\
     fn words() -> String {\n    \"Hello, goodbye\".to_owned()\n}\n\n\
     fn main() {\n    println!(\"{}\", words());\n}\n\n#[cfg(test)]\nmod judge;\n";

/// `src/judge.rs` of an exercise.
pub const TESTS: &str = "//! Judges what is said.\n\nuse super::words;\n\n\
     #[test]\nfn it_says_goodbye() {\n    let said = words();\n    \
     assert!(said.contains(\"goodbye\"), \"it says only: {said}\");\n}\n";

/// How a chapter begins.
fn opening(title: &str) -> String {
    format!("# {title}\n\n*Which question does this chapter answer?*\n\n")
}

/// The figure of a listing that [`program`] is, below a quiz about it.
pub fn quiz(name: &str) -> String {
    format!(
        "{{{{#predict {name} first}}}}\nWhat does the program print first?\n\n\
         - `Hello from {name}` | Say here why that is so.\n\
         - nothing at all | Say here why somebody would think so.\n{{{{#end}}}}\n\n"
    )
}

/// The figure of a listing.
pub fn figure(name: &str) -> String {
    format!("{{{{#listing {name}}}}}\n\n")
}

const CHANGE: &str = "- Change a line, and say what the reader sees then.\n";

/// A chapter about a listing, with an exercise if there is one.
pub fn chapter(title: &str, name: &str, exercise: Option<&str>) -> String {
    let practice = exercise.map(|exercise| {
        format!(
            "## Practice\n\nSay what is to be done.\n\n\
             {{{{#exercise {exercise}}}}}\n\n"
        )
    });
    let practice = practice.unwrap_or_default();
    let (opening, quiz, figure) = (opening(title), quiz(name), figure(name));
    format!(
        "{opening}Say in a sentence or two what the program below is about.\n\n\
         {quiz}{figure}It takes {{{{#seconds {name}}}}}. Say what the reader has just seen.\n\n\
         ## Why\n\nExplain it, one step after the other.\n\n\
         ## Change it\n\n{CHANGE}\n{practice}\
         ## In short\n\nSay in a sentence what the reader takes along.\n"
    )
}

/// The chapter of a mistake, on the plan of all of them.
pub fn mistake(title: &str, name: &str) -> String {
    let (wrong, right) = (format!("{name}{WRONG}"), format!("{name}{RIGHT}"));
    let bodies = [
        format!(
            "Say what somebody sees who has made the mistake.\n\n\
             {{{{#predict {wrong} last}}}}\nWhich line does the program print last?\n\n\
             - `Hello` | Say here why that is so.\n\
             - `Goodbye` | Say here why somebody would think so.\n{{{{#end}}}}\n"
        ),
        format!("{{{{#listing {wrong}}}}}\n"),
        "Explain how the mistake does that.\n".to_owned(),
        format!("{{{{#diff {wrong} {right}}}}}\n\n{{{{#listing {right}}}}}\n"),
        format!("{{{{#who {name}}}}}\n"),
        CHANGE.to_owned(),
    ];
    let sections = PLAN.iter().zip(bodies);
    let sections =
        sections.map(|(heading, body)| format!("## {heading}\n\n{body}"));
    opening(title) + &sections.collect::<Vec<_>>().join("\n")
}
