//! The tool of the book *Waiting Well*: it builds the pages, serves them, runs the
//! listings and holds the text against what they really do.
//!
//! Its rooms, from the bottom up: what is wrong ([`problem`], [`message`]), what a
//! listing is ([`names`], [`listing`], [`timeline`], [`golden`]), running one ([`process`],
//! [`compile`], [`verdict`], [`judge`], [`compare`], [`diagnostics`]), the text ([`text`],
//! [`fences`], [`directive`], [`quiz`], [`laboratory`], [`figure`], [`measured`],
//! [`preprocess`], [`prose`], [`lints`]), the pages ([`highlight`], [`search`],
//! [`scripts`], [`epub`], [`wasm`], [`places`], [`site`]), what a reader makes of a listing
//! ([`scratch`], [`practice`]) and the commands.

pub mod bench;
pub mod commands;
pub mod compare;
pub mod compile;
pub mod diagnostics;
pub mod directive;
pub mod epub;
pub mod fences;
pub mod figure;
pub mod files;
pub mod golden;
pub mod highlight;
pub mod judge;
pub mod laboratory;
pub mod lints;
pub mod listing;
pub mod measured;
pub mod message;
pub mod mistakes;
pub mod names;
pub mod places;
pub mod practice;
pub mod preprocess;
pub mod problem;
pub mod process;
pub mod prose;
pub mod quiz;
pub mod record;
pub mod recording;
pub mod remembered;
pub mod report;
pub mod runner;
pub mod scratch;
pub mod scripts;
pub mod search;
pub mod seconds;
pub mod self_test;
pub mod site;
pub mod slices;
pub mod svg;
pub mod terminal;
pub mod text;
pub mod timeline;
pub mod verdict;
pub mod wasm;
pub mod watching;
