//! The lost property office: its catalog is a database, and its shelves are far away. To open
//! the catalog takes 0.1 seconds, to look something up in it another 0.1.

use std::path::Path;
use std::thread;
use std::time::Duration;

use deadpool_sqlite::rusqlite::functions::{Context, FunctionFlags};
use deadpool_sqlite::rusqlite::{Connection, Result};
use deadpool_sqlite::{Config, Hook, HookError, Pool, Runtime};
use tokio::time::sleep;

/// Makes the catalog, and a pool of at most this many connections to it.
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
    Connection::open(file)?.execute_batch(
        "BEGIN;
         CREATE TABLE things (name, shelf);
         INSERT INTO things VALUES
             ('umbrella', 12), ('trumpet', 7), ('left glove', 40);
         COMMIT;",
    )
}

/// `slow(x)` is `x`, after a while.
fn connected(sqlite: &Connection) -> Result<()> {
    thread::sleep(Duration::from_millis(100));
    let slow = |call: &Context<'_>| {
        thread::sleep(Duration::from_millis(100));
        call.get::<u32>(0)
    };
    sqlite.create_scalar_function("slow", 1, FunctionFlags::SQLITE_UTF8, slow)
}

/// All shelves are equally far away.
pub async fn walk_to(_shelf: u32) {
    sleep(Duration::from_millis(600)).await;
}
