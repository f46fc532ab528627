//! Ten slow queries share two connections. Watch them wait for a connection.

mod database;

use std::error::Error;
use std::time::Instant;

use deadpool_sqlite::Pool;
use futures::future::try_join_all;

type Answer = (i64, Instant);

const PRICE: &str = "SELECT slow(price) FROM fruits WHERE name = ?";

async fn price(
    pool: &Pool,
    fruit: &'static str,
) -> Result<Answer, Box<dyn Error>> {
    let connection = pool.get().await?;
    let query = connection.interact(move |connection| {
        connection.query_row(PRICE, [fruit], |row| row.get(0))
    });
    let price = query.await??;
    Ok((price, Instant::now()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let pool = database::open(&folder.path().join("fruits.db"), 2);
    let start = Instant::now();
    let queries = database::FRUITS.map(|fruit| price(&pool, fruit));
    let answers = try_join_all(queries).await?;
    for (fruit, (price, at)) in database::FRUITS.iter().zip(answers) {
        let time = (at - start).as_secs_f64();
        println!("{fruit}: {price}, at {time:.1}");
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}
