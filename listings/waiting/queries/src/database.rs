//! A database with the prices of ten fruits. To connect takes 0.1 seconds, and its
//! queries can call a function `slow`.

use std::path::Path;
use std::thread;
use std::time::Duration;

use deadpool_sqlite::rusqlite::functions::{Context, FunctionFlags};
use deadpool_sqlite::rusqlite::{Connection, Result};
use deadpool_sqlite::{Config, Hook, HookError, Pool, Runtime};

pub const FRUITS: [&str; 10] = [
    "apple", "mango", "cherry", "date", "fig", "grape", "kiwi", "lemon",
    "melon", "pear",
];

/// Makes the database, and a pool of at most this many connections to it.
pub fn open(file: &Path, connections: usize) -> Pool {
    make(file).unwrap();
    let connect = Hook::async_fn(|connection, _| {
        Box::pin(async {
            let connected = connection.interact(|sqlite| connected(sqlite));
            let connected = connected.await.unwrap();
            connected.map_err(HookError::Backend)
        })
    });
    Config::new(file)
        .builder(Runtime::Tokio1)
        .unwrap()
        .max_size(connections)
        .post_create(connect)
        .build()
        .unwrap()
}

fn make(file: &Path) -> Result<()> {
    let sqlite = Connection::open(file)?;
    let mut script = "BEGIN; CREATE TABLE fruits (name, price);".to_owned();
    for fruit in FRUITS {
        let price = if fruit == "mango" { 300 } else { 200 };
        script += &format!("INSERT INTO fruits VALUES ('{fruit}', {price});");
    }
    script += "COMMIT;";
    sqlite.execute_batch(&script)
}

/// `slow(x)` is `x`, after as many milliseconds.
fn connected(sqlite: &Connection) -> Result<()> {
    thread::sleep(Duration::from_millis(100));
    let slow = |call: &Context<'_>| {
        let x: u32 = call.get(0)?;
        thread::sleep(Duration::from_millis(x.into()));
        Ok(x)
    };
    sqlite.create_scalar_function("slow", 1, FunctionFlags::SQLITE_UTF8, slow)
}
