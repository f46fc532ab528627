//! A choice that never comes makes the machine wait to the end, and Tokio's paused
//! clock says exactly when that is.

use std::future::pending;
use std::time::Duration;

use machine::Machine;
use tokio::time::Instant;

mod machine {
    use std::time::Duration;

    pub struct Machine(Duration);

    impl Machine {
        pub fn with_patience(millis: u64) -> Machine {
            Machine(Duration::from_millis(millis))
        }

        /// The drink that is chosen, or `None` if the coin comes back.
        pub async fn serve(
            &self,
            choice: impl Future<Output = u32>,
        ) -> Option<u32> {
            tokio::time::timeout(self.0, choice).await.ok()
        }
    }
}

async fn is_right(machine: &Machine) -> bool {
    let start = Instant::now();
    let drink = machine.serve(pending()).await;
    drink.is_none() && start.elapsed() == Duration::from_secs(10)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for millis in [10_000, 2_000, 10_001] {
        let machine = Machine::with_patience(millis);
        let right = is_right(&machine).await;
        println!("{millis} ms: {}", if right { "right" } else { "wrong" });
    }
}

#[cfg(test)]
mod judge;
