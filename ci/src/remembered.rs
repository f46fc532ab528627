//! What agreed when it was last checked, so that `check --changed` can leave out what
//! provably does the same again.
//!
//! A listing is known by the hash of everything that its check depends on: its own
//! folder with the goldens, the lock file and the workspace's manifest, the recorder, the
//! toolchain, the flags for it, and this tool. The memory is a file in the target folder;
//! without it, everything is new.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Result;
use sha2::{Digest, Sha256};

use crate::compile;
use crate::files;
use crate::listing::{Listing, ListingName};
use crate::recording;

/// The memory of a book's checks.
#[derive(Debug)]
pub struct Remembered {
    file: PathBuf,
    root: PathBuf,
    /// The hash of what all listings depend on.
    shared: String,
    /// The hash of each listing that agreed.
    agreed: BTreeMap<String, String>,
}

impl Remembered {
    /// Reads the memory of the book at `root`.
    ///
    /// # Errors
    /// If the toolchain can't be asked for its version.
    pub fn read(root: &Path) -> Result<Remembered> {
        let file = compile::target_folder(root, None).join("checked.json");
        let agreed = files::read(&file)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        Ok(Remembered {
            file,
            root: root.to_owned(),
            shared: shared(root)?,
            agreed,
        })
    }

    /// The listings that have changed since they agreed, or never did.
    pub fn changed(&self, listings: &[&Listing]) -> BTreeSet<ListingName> {
        let changed = listings.iter().filter(|listing| {
            self.agreed.get(&listing.name.0) != Some(&self.hash(listing))
        });
        changed.map(|listing| listing.name.clone()).collect()
    }

    /// Learns whether a listing agrees with its golden.
    pub fn learn(&mut self, listing: &Listing, agrees: bool) {
        let name = listing.name.0.clone();
        match agrees {
            true => self.agreed.insert(name, self.hash(listing)),
            false => self.agreed.remove(&name),
        };
    }

    /// Writes what was learned.
    ///
    /// # Errors
    /// If the target folder can't be written to.
    pub fn write(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        files::write(&self.file, &serde_json::to_string_pretty(&self.agreed)?)
    }

    fn hash(&self, listing: &Listing) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.shared);
        add_folder(&mut hash, &self.root.join(&listing.folder));
        hexadecimal(hash)
    }
}

/// The hash of what every listing depends on.
fn shared(root: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(compile::toolchain()?);
    for variable in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        let value = std::env::var(variable).unwrap_or_default();
        hash.update(format!("{variable}={value}\0"));
    }
    for file in ["Cargo.lock", "Cargo.toml"] {
        hash.update(files::read(&root.join(file)).unwrap_or_default());
    }
    add_folder(&mut hash, &recording::recorder());
    // Reading all of this program would take longer than many a check.
    let tool = std::env::current_exe().and_then(std::fs::metadata);
    if let Ok(tool) = tool {
        let modified = tool.modified().ok();
        let since = modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        hash.update(format!("{} {since:?}", tool.len()));
    }
    Ok(hexadecimal(hash))
}

fn add_folder(hash: &mut Sha256, folder: &Path) {
    for (name, bytes) in files::below(folder) {
        hash.update(format!("{name}\0{}\0", bytes.len()));
        hash.update(bytes);
    }
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
