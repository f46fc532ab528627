//! Nothing: its dependencies are what counts. Cargo compiles a crate once for each set of
//! features that a build asks for, and there are several builds: of the tool with its tests, of
//! the listings, and of the listings as they are recorded. As this crate takes part in each, all
//! of them ask for the same. Without it, a third of a cold `cargo test` would be compiling
//! crates that were compiled before.
