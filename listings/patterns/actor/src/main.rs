//! A box office that owns its seats, and answers. Watch the orders wait their turn.

use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

struct Order {
    seats: u32,
    answer: oneshot::Sender<bool>,
}

async fn office(mut orders: mpsc::Receiver<Order>) {
    let mut free = 5;
    while let Some(order) = orders.recv().await {
        sleep(Duration::from_millis(500)).await;
        let enough = order.seats <= free;
        if enough {
            free -= order.seats;
        }
        let _ = order.answer.send(enough);
    }
    println!("the office closes, seats left: {free}");
}

async fn buy(name: &str, seats: u32, office: mpsc::Sender<Order>) {
    let (answer, answered) = oneshot::channel();
    let order = Order { seats, answer };
    office.send(order).await.expect("the office is open");
    match answered.await.expect("the office answers") {
        true => println!("{name} gets {seats} seats"),
        false => println!("{name} gets none"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let (orders, received) = mpsc::channel(8);
    let office = tokio::spawn(office(received));
    tokio::join!(
        biased;
        buy("Ann", 3, orders.clone()),
        buy("Bob", 4, orders.clone()),
        buy("Eve", 2, orders),
    );
    office.await.expect("the office does not panic");
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
