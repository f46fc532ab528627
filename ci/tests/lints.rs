//! What can be wrong with the words of a book, one fault at a time: each is said with its
//! file and line, and what is right is left alone.

mod common;

use common::Fixture;

/// A book with one listing, `greets`, in which `start.md` holds the text.
fn book(text: &str) -> Fixture {
    let book = Fixture::new();
    let source = "fn main() {\n    println!(\"hello, you\");\n    println!(\"at 1.5\");\n}\n";
    book.listing("greets", source, "");
    book.golden("greets", "hello, you\nat 1.5\n", 1.0);
    book.write(
        "src/start.md",
        &format!("# Start\n\n{{{{#listing greets}}}}\n\n{text}\n"),
    );
    book
}

/// What is said when the book is built; nothing if all is well.
fn said(book: &Fixture) -> String {
    let said = book.run(&["build"]);
    match said.success {
        true => String::new(),
        false => said.text,
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (text, line, expected) in [
        ("```\nx\n```", 5, "the fenced block doesn't say what it is"),
        ("```python\nx\n```", 5, "nobody checks a block of `python`"),
        (
            "```rust,edition2018\nx\n```",
            5,
            "nobody checks a block of `rust,edition2018`",
        ),
        (
            "```text,ignore\nx\n```",
            5,
            "nobody checks a block of `text,ignore`",
        ),
        (
            "    indented",
            5,
            "an indented block doesn't say what it is",
        ),
        (
            "```rust,no_run\nfn main() {}\n```",
            5,
            "`rust,no_run` is an exception without a reason",
        ),
        (
            "<!-- not run: so -->\n```rust,no_run\nfn main() {}\n```",
            6,
            "an exception without a reason",
        ),
        (
            "```console\n$ cargo run -p greet\n```",
            6,
            "there is no listing named `greet`",
        ),
        (
            "```console\n$ curl example\n```",
            6,
            "no check ever runs `curl example`",
        ),
        ("text\n\n# Again", 7, "the page has a second title"),
        ("### Deep", 5, "a heading of level 3 follows one of level 1"),
        ("![](x.svg)", 5, "says nothing to a reader who can't see it"),
        (
            "text\n\n<img src=\"x.svg\">",
            7,
            "says nothing to a reader who can't see it",
        ),
        (
            "<svg role=\"img\">\n<text>x</text>\n</svg>",
            5,
            "<svg> says nothing to a reader",
        ),
        ("one the\nthe two", 6, "`the` stands here twice"),
        (
            "It takes 5 seconds.",
            5,
            "\"5 seconds\" looks like a number",
        ),
        (
            "a\nIt is twice as fast.",
            6,
            "\"twice as\" looks like a number",
        ),
        (
            "It takes 5 seconds. <!-- typed: so -->",
            5,
            "`typed:` is an exception without a reason",
        ),
        (
            "Nothing. <!-- typed: the reader counts -->",
            5,
            "no number here that needs `typed:`",
        ),
        (
            "{{#quote greets 1.4}} is said",
            5,
            "\"1.4\" stands neither in `greets` nor",
        ),
        (
            "{{#quote greets hell}} is said",
            5,
            "\"hell\" stands neither in `greets` nor",
        ),
        (
            "{{#duration greets from_secs(1)}}",
            5,
            "there is no Duration::from_secs(1) in `greets`",
        ),
        ("{{#ratio greets}}", 5, "write it as {{#ratio NAME NAME}}"),
        (
            "| a |\n| - |\n| [x](#listing-greets) |",
            7,
            "does not say which line of `greets` proves it",
        ),
        (
            "| a |\n| - |\n| [x](#listing-greets \"hello\") |",
            7,
            "`greets` does not prove this anymore: no line of it is \"hello\"",
        ),
        (
            "| a |\n| - |\n| [x](#listing-greets \"hello, you\") |\n| y |",
            8,
            "no listing proves what this row says",
        ),
        (
            "{{#predict greets seconds}}\nHow long?\n\n- 1 second\n- 2 seconds | So.\n{{#end}}",
            5,
            "no figure below this quiz shows what `greets` does",
        ),
        (
            "{{#predict greets first}}\nWhat?\n\n- `hello`\n- `at 1.5` | So.\n{{#end}}\n\n{{#output greets}}",
            5,
            "the golden of `greets` proves no choice of the quiz",
        ),
        (
            "{{#predict greets prints}}\nWhat?\n\n- `at 1.5`\n- `hello, you` | So.\n{{#end}}\n\n{{#output greets}}",
            9,
            "proves this choice, and another one as well",
        ),
        (
            "{{#predict greets last}}\nWhat?\n\n- `hello, you`\n- `at 1.5`\n{{#end}}\n\n{{#output greets}}",
            8,
            "this choice is wrong and doesn't say why",
        ),
        (
            "{{#predict greets order}}\nAfter 5 seconds?\n\n- you → 1.5\n- 1.5 → you | It is 9 seconds.\n{{#end}}\n\n{{#output greets}}",
            6,
            "\"5 seconds\" looks like a number",
        ),
        (
            "{{#predict greets order}}\nWhat?\n\n- you → 1.5\n- 1.5 → you | It is 9 seconds.\n{{#end}}\n\n{{#output greets}}",
            9,
            "\"9 seconds\" looks like a number",
        ),
        ("[x](gone.md)", 5, "the link to gone.md leads nowhere"),
        (
            "[x](start.md#gone \"title\")",
            5,
            "the link to start.md#gone leads nowhere",
        ),
        (
            "text [a\nb](gone.md)",
            5,
            "the link to gone.md leads nowhere",
        ),
    ] {
        let said = said(&book(text));
        let place = format!("  --> src/start.md:{line}\n");
        let found = said
            .split("\n\n")
            .any(|one| one.contains(expected) && one.contains(&place));
        assert!(
            found,
            "{text}\n--- should say: {expected}{place}--- but says:\n{said}"
        );
    }
}

#[test]
fn what_is_right_is_left_alone() {
    for text in [
        "```text\nx\n```\n\n```rust\nfn main() {}\n```",
        "<!-- not run: it never ends -->\n```rust,no_run\nfn main() { loop {} }\n```",
        "```console\n$ cargo run -p greets\n$ cargo run -- list # all\n```",
        "## One\n\n### Two\n\n## Three",
        "![a picture](start.md)",
        "<svg role=\"img\">\n<title>words</title>\n</svg>",
        "Read it in [In](start.md), and in In, one by one",
        "It takes {{#seconds greets}}, {{#ratio greets greets}} times, in {{#lines greets}} lines.",
        "It takes 5 seconds. <!-- typed: the reader counts -->",
        "<!-- typed: the reader counts -->\nIt takes 5 seconds.",
        "It said {{#quote greets hello, you}} at {{#quote greets 1.5}}.",
        "| a |\n| - |\n| [x](#listing-greets \"hello, you\") |\n| y <!-- unproved: a matter of taste --> |",
        "| a |\n| - |\n| no listing at all |",
    ] {
        let said = said(&book(text));
        assert!(said.is_empty(), "{text}\n--- is refused:\n{said}");
    }
}

#[test]
fn the_glossary_is_in_order_and_each_term_is_met_and_linked() {
    let term = |term: &str, words: &str, home: &str| {
        format!("## {term}\n\n{words} First met in [Start](../{home}).\n\n")
    };
    let right = [
        term("Poll", "To ask a future to get on.", "start.md"),
        term("Task", "A future of its own.", "start.md"),
    ];
    let check = |entries: &[String], text: &str| {
        let book = book(text);
        book.write(
            "src/SUMMARY.md",
            "- [S](start.md)\n- [G](reference/glossary.md)\n",
        );
        let glossary = format!("# Glossary\n\n{}", entries.concat());
        book.write("src/reference/glossary.md", &glossary);
        said(&book)
    };
    let text = "A [task](reference/glossary.md#task), a \
                [poll](reference/glossary.md#poll).";
    let good = check(&right, text);
    assert!(good.is_empty(), "{good}");
    let [poll, task] = right.clone();
    for (entries, text, line, expected) in [
        (
            vec![task, poll.clone()],
            text,
            7,
            "the term \"Poll\" stands after \"Task\"",
        ),
        (
            right.to_vec(),
            "A [poll](reference/glossary.md#poll), a task.",
            7,
            "no chapter leads to the term \"Task\"",
        ),
        (
            vec![poll.clone(), term("Task", "", "start.md")],
            text,
            7,
            "nothing explains the term \"Task\"",
        ),
        (
            vec![poll.clone(), "## Task\n\nA future of its own.\n".into()],
            text,
            7,
            "it isn't said where \"Task\" is first met",
        ),
        (
            vec![poll, term("Worker", "A thread that polls.", "start.md")],
            text,
            7,
            "src/start.md does not use the term \"Worker\"",
        ),
    ] {
        let said = check(&entries, text);
        let place = format!("  --> src/reference/glossary.md:{line}\n");
        assert!(
            said.contains(&format!("{expected}\n{place}")),
            "should say: {expected}\n{place}--- but says:\n{said}"
        );
    }
}
