//! The scripts of the pages as they are sent: without their comments, which are a third of
//! them and for those who read `theme/`.

use std::path::Path;

use anyhow::{Context, Result};
use tree_sitter::{Node, Parser};

use crate::files;

/// The folders of the pages with scripts of this book's own, and not of others.
const FOLDERS: [&str; 2] = ["", "theme"];

/// Takes the comments out of the scripts of the finished pages in the folder `pages`. Those
/// of mdBook and of libraries stay as they are.
///
/// # Errors
/// If a script can't be read or written, or is no JavaScript; the error names it.
pub fn shorten(root: &Path, pages: &Path) -> Result<()> {
    for folder in FOLDERS {
        let Ok(entries) = std::fs::read_dir(pages.join(folder)) else {
            continue;
        };
        for entry in entries {
            let file = entry?.path();
            let is_script = file.extension().is_some_and(|kind| kind == "js");
            let name = file.file_name().unwrap_or_default();
            if !is_script || !root.join("theme").join(name).exists() {
                continue;
            }
            let script = files::read(&file)?;
            let short = without_comments(&script).with_context(|| {
                format!("theme/{} is no JavaScript", name.display())
            })?;
            files::write(&file, &short)?;
        }
    }
    Ok(())
}

/// A script without its comments, and without the lines that held nothing else; nothing if
/// it can't be understood.
fn without_comments(script: &str) -> Option<String> {
    let mut parser = Parser::new();
    let language = tree_sitter_javascript::LANGUAGE.into();
    parser.set_language(&language).ok()?;
    let tree = parser.parse(script, None)?;
    if tree.root_node().has_error() {
        return None;
    }
    let mut comments = Vec::new();
    find_comments(tree.root_node(), &mut comments);
    let mut short = String::new();
    let mut end = 0;
    for comment in comments {
        let line = script[..comment.start].rfind('\n').map_or(0, |at| at + 1);
        let alone = script[line..comment.start].trim().is_empty();
        let rest = &script[comment.end..];
        let ends_line = rest.starts_with('\n') || rest.is_empty();
        let start = if alone && ends_line {
            line.max(end)
        } else {
            comment.start
        };
        short.push_str(&script[end..start]);
        end = comment.end + usize::from(alone && ends_line && !rest.is_empty());
    }
    short.push_str(&script[end..]);
    Some(short)
}

fn find_comments(node: Node<'_>, found: &mut Vec<std::ops::Range<usize>>) {
    if node.kind() == "comment" {
        found.push(node.byte_range());
    }
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        find_comments(child, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_what_only_looks_like_one_stays() {
        let script = "// A file.\n\n/**\n * @param {string} a\n */\nfunction f(a) { // why\n  \
                      /* here */ return `\n// text ${a /* b */}\n` + \"// no\" + /\\/\\/x/.source;\n}\n// end";
        assert_eq!(
            without_comments(script).unwrap(),
            "\nfunction f(a) { \n   return `\n// text ${a }\n` + \"// no\" + /\\/\\/x/.source;\n}\n"
        );
        assert_eq!(without_comments("function ("), None);
        assert_eq!(without_comments("f();\n").unwrap(), "f();\n");
    }
}
