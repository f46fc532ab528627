//! Where in its own file a compiled listing is: a table in its WebAssembly module, so that
//! a page can tell at which line a lane waits.
//!
//! A program in a page can't look at its own stack, but its host can: it sees at which
//! offset of the module each call stands. The debug information says which lines these
//! are, and is far too large for a page. It is read here, and what is left of it is a
//! section of the module, `places`, with the calls in the listing's own file.

use std::collections::BTreeMap;

use addr2line::gimli::{self, Dwarf, EndianSlice, LittleEndian};
use anyhow::{Context, Result};
use serde::Serialize;
use wasm_encoder::{CustomSection, RawSection};
use wasmparser::{FunctionBody, Operator, Parser, Payload};

/// The name of the section, as in `theme/host.js`.
const SECTION: &str = "places";

/// What the section holds, as JSON.
#[derive(Serialize, Default)]
struct Places {
    /// What can stand at a call: function, line and column, of calls that were inlined the
    /// innermost first.
    paths: Vec<Path>,
    /// For each call the bytes since the one before it, and the index of its path.
    calls: Vec<(u64, usize)>,
}

type Path = Vec<(String, u32, u32)>;

/// A call: where it is in the module, in bytes, and where in its code section, which is
/// how the debug information has it.
struct Call {
    in_module: u64,
    in_code: u64,
}

/// The module with the places in the file whose name ends in `source`, and without debug
/// information and names.
///
/// # Errors
/// If it is no module, or its debug information can't be read.
pub fn instead_of_debug_information(
    module: &[u8],
    source: &str,
) -> Result<Vec<u8>> {
    let mut parts = Parts::of(module).context("it is no WebAssembly module")?;
    let places = places(&parts, source)
        .context("its debug information can't be read")?;
    let places = serde_json::to_vec(&places)?;
    parts.kept.section(&CustomSection {
        name: SECTION.into(),
        data: places.into(),
    });
    Ok(parts.kept.finish())
}

/// The module without debug information and names, for a program that says itself at
/// which lines it is.
///
/// # Errors
/// If it is no module.
pub fn without_debug_information(module: &[u8]) -> Result<Vec<u8>> {
    let parts = Parts::of(module).context("it is no WebAssembly module")?;
    Ok(parts.kept.finish())
}

/// A module taken apart.
struct Parts<'a> {
    /// All but the custom sections.
    kept: wasm_encoder::Module,
    /// The custom sections by name, the debug information among them.
    custom: BTreeMap<&'a str, &'a [u8]>,
    calls: Vec<Call>,
}

impl<'a> Parts<'a> {
    fn of(module: &'a [u8]) -> Result<Parts<'a>> {
        let mut kept = wasm_encoder::Module::new();
        let mut custom = BTreeMap::new();
        let mut calls = Vec::new();
        // Where the code begins, before and now.
        let (mut before, mut now) = (0u64, 0u64);
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            match &payload {
                Payload::CustomSection(section) => {
                    custom.insert(section.name(), section.data());
                }
                Payload::CodeSectionEntry(body) => {
                    for at in calls_in(body)? {
                        let in_code = at - before;
                        calls.push(Call {
                            in_module: now + in_code,
                            in_code,
                        });
                    }
                }
                section => {
                    if let Some((id, range)) = section.as_section() {
                        let (from, to) =
                            (range.start as usize, range.end as usize);
                        let data = &module[from..to];
                        kept.section(&RawSection { id, data });
                        if let Payload::CodeSectionStart { .. } = section {
                            before = range.start;
                            now = (kept.as_slice().len() - data.len()) as u64;
                        }
                    }
                }
            }
        }
        Ok(Parts {
            kept,
            custom,
            calls,
        })
    }
}

/// Where in the module the calls of a function are, in bytes.
fn calls_in(body: &FunctionBody<'_>) -> Result<Vec<u64>> {
    let mut calls = Vec::new();
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        let (operator, at) = operators.read_with_offset()?;
        if let Operator::Call { .. } | Operator::CallIndirect { .. } = operator
        {
            calls.push(at);
        }
    }
    Ok(calls)
}

fn places(parts: &Parts<'_>, source: &str) -> Result<Places> {
    let section = |id: gimli::SectionId| -> Result<_, gimli::Error> {
        let data = parts.custom.get(id.name()).copied().unwrap_or_default();
        Ok(EndianSlice::new(data, LittleEndian))
    };
    let lines = addr2line::Context::from_dwarf(Dwarf::load(section)?)?;
    let mut places = Places::default();
    let mut last = 0;
    for call in &parts.calls {
        let mut path = Path::new();
        let mut frames = lines.find_frames(call.in_code).skip_all_loads()?;
        while let Some(frame) = frames.next()? {
            let Some(at) = frame.location else { continue };
            if !at.file.is_some_and(|file| file.ends_with(source)) {
                continue;
            }
            let function = match frame.function {
                Some(name) => name.demangle()?.into_owned(),
                None => String::new(),
            };
            let (line, column) = (at.line, at.column);
            path.push((
                function,
                line.unwrap_or_default(),
                column.unwrap_or_default(),
            ));
        }
        if path.is_empty() {
            continue;
        }
        let known = places.paths.iter().position(|known| *known == path);
        let index = known.unwrap_or_else(|| {
            places.paths.push(path);
            places.paths.len() - 1
        });
        places.calls.push((call.in_module - last, index));
        last = call.in_module;
    }
    Ok(places)
}
