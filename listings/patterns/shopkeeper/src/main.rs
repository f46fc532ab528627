//! One task owns the bicycles, and the others ask it. Watch it have no lock.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::sleep;

type Request = oneshot::Sender<bool>;

async fn keep_shop(mut requests: mpsc::Receiver<Request>) {
    let mut bicycles = 2;
    while let Some(reply) = requests.recv().await {
        let any = bicycles > 0;
        if reply.send(any).is_ok() && any {
            bicycles -= 1;
        }
    }
    println!("bicycles left: {bicycles}");
}

async fn pay() {
    sleep(Duration::from_secs(1)).await;
}

async fn buy(name: &str, shop: mpsc::Sender<Request>) {
    let (reply, answer) = oneshot::channel();
    shop.send(reply).await.unwrap();
    if !answer.await.unwrap() {
        return println!("{name}: sold out");
    }
    pay().await;
    println!("{name}: mine!");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (shop, requests) = mpsc::channel(8);
    let keeper = tokio::spawn(keep_shop(requests));
    let mut customers = JoinSet::new();
    for name in ["Ann", "Bob", "Eve"] {
        customers.spawn(buy(name, shop.clone()));
    }
    drop(shop);
    customers.join_all().await;
    keeper.await.unwrap();
}
