//! Much of what a listing may use of the language
//! and of the standard library.

#![allow(dead_code)]

use std::{
    cell::Cell,
    collections::{BTreeMap, HashMap},
    fmt::{self, Display},
    io::Write as _,
};

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Point {
    x: i32,
    y: i32,
}

impl Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}, {})", self.x, self.y)
    }
}

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let point = Point { x: 1, ..Default::default() };
    let mut points = HashMap::from([(point.clone(), "here")]);
    points.entry(point.clone()).or_insert("there");
    assert!(points.contains_key(&point), "{points:?}");
    assert_eq!(format!("{point}"), "(1, 0)");
    COUNT.with(|count| count.set(count.get() + 1));
    print!("half of ");
    println!("a line");
    println!();
    println!("two\nlines: {}", COUNT.get());
    eprintln!("{point:?}");
    let words: BTreeMap<_, _> = ["one", "two"].into_iter().zip(1..).collect();
    for (word, number) in &words {
        println!("{number:>3} {word}");
    }
    let number: i32 = "12".parse()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", number.max(std::cmp::max(3, 4)))?;
    drop(out);
    eprint!("no line ending: ");
    match std::env::args().count() {
        1 => println!("{:?}", vec![std::mem::size_of::<u8>(); 2]),
        _ => unreachable!(),
    }
    print!("the end");
    Ok(())
}
