//! The tool by itself, and the tool with its tests and all listings, ask for the same
//! features of other people's crates, so that cargo compiles each of them once. The packages
//! of recorded listings depend on `ci/features` for the same purpose.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use book::compile::cargo;

/// The features of each crate, as `NAME VERSION`, in what cargo would build with these
/// arguments.
fn features(arguments: &[&str], root: &Path) -> BTreeMap<String, String> {
    let output = cargo()
        .current_dir(root)
        .args(["tree", "--locked", "--prefix=none", "--format={p}|{f}"])
        .args(arguments)
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let mut features: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        // "tokio v1.54.1|fs,rt", and "(*)" behind what was shown before. This book's own
        // crates have their folder behind the version.
        let line = line.trim_end_matches(" (*)");
        let Some((package, of_it)) = line.split_once('|') else {
            continue;
        };
        let package = package.trim_end_matches(" (proc-macro)");
        if !package.contains('(') {
            let package = features.entry(package.to_owned()).or_default();
            package.insert(of_it.to_owned());
        }
    }
    features
        .into_iter()
        .map(|(package, sets)| (package, Vec::from_iter(sets).join(" | ")))
        .collect()
}

/// What the second build asks for in another way than the first.
fn differences(
    tool: &BTreeMap<String, String>,
    all: &BTreeMap<String, String>,
) -> Vec<String> {
    let other = |(package, features): (&String, &String)| {
        let others = all.get(package).filter(|others| *others != features)?;
        Some(format!("{package}: {features}, and elsewhere {others}"))
    };
    tool.iter().filter_map(other).collect()
}

#[test]
fn the_tool_asks_for_the_features_that_all_ask_for() {
    let root = common::root();
    let all = features(&["--workspace", "--edges=normal,build,dev"], root);
    let of_tool = features(&["--edges=normal,build", "-p=book"], root);
    assert!(of_tool.len() > 100, "only {} crates", of_tool.len());
    let found = differences(&of_tool, &all);
    assert!(
        found.is_empty(),
        "cargo compiles these crates twice, once for the tool and once for its tests or a \
         listing:\n{}\n  help: name them, with all these features, in \
         ci/features/Cargo.toml",
        found.join("\n")
    );
    let mut changed = of_tool.clone();
    changed.insert("tokio v0".to_owned(), "rt".to_owned());
    let mut other = all;
    other.insert("tokio v0".to_owned(), "fs,rt".to_owned());
    assert_eq!(
        differences(&changed, &other),
        ["tokio v0: rt, and elsewhere fs,rt"]
    );
}
