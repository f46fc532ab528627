//! The tool of the book *Waiting Well*: it builds the pages, serves them, runs the
//! listings and holds the text against what they really do.
//!
//! Its rooms, from the bottom up: what is wrong ([`problem`], [`message`]), what a
//! listing is ([`names`], [`listing`], [`timeline`], [`golden`]), running one (`process`,
//! `compile`, `verdict`, `judge`, [`compare`], [`diagnostics`]), the text ([`text`],
//! [`fences`], [`directive`], [`quiz`], [`laboratory`], [`figure`], [`measured`],
//! [`preprocess`], [`prose`], [`lints`]), the pages (`highlight`, `search`, `scripts`, `epub`, `wasm`,
//! `places`, `site`), what a reader makes of a listing (`scratch`,
//! `practice`) and the commands.

pub mod compare;
pub mod diagnostics;
pub mod directive;
pub mod fences;
pub mod figure;
pub mod files;
pub mod golden;
pub mod laboratory;
pub mod lints;
pub mod listing;
pub mod measured;
pub mod message;
pub mod mistakes;
pub mod names;
pub mod preprocess;
pub mod problem;
pub mod prose;
pub mod quiz;
pub mod seconds;
pub mod slices;
pub mod svg;
pub mod text;
pub mod timeline;

#[cfg(feature = "tool")]
pub mod bench;
#[cfg(feature = "tool")]
pub mod commands;
#[cfg(feature = "tool")]
pub mod compile;
#[cfg(feature = "tool")]
pub mod epub;
#[cfg(feature = "tool")]
pub mod highlight;
#[cfg(feature = "tool")]
pub mod judge;
#[cfg(feature = "tool")]
pub mod places;
#[cfg(feature = "tool")]
pub mod practice;
#[cfg(feature = "tool")]
pub mod process;
#[cfg(feature = "tool")]
pub mod record;
#[cfg(feature = "tool")]
pub mod recording;
#[cfg(feature = "tool")]
pub mod remembered;
#[cfg(feature = "tool")]
pub mod report;
#[cfg(feature = "tool")]
pub mod runner;
#[cfg(feature = "tool")]
pub mod scratch;
#[cfg(feature = "tool")]
pub mod scripts;
#[cfg(feature = "tool")]
pub mod search;
#[cfg(feature = "tool")]
pub mod self_test;
#[cfg(feature = "tool")]
pub mod site;
#[cfg(feature = "tool")]
pub mod terminal;
#[cfg(feature = "tool")]
pub mod verdict;
#[cfg(feature = "tool")]
pub mod wasm;
#[cfg(feature = "tool")]
pub mod watching;
