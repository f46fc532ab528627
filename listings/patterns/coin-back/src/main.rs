//! Exercise: a machine should give the coin back if nobody chooses a drink for ten
//! seconds. Let `is_right` try it, and say whether the coin comes after exactly ten
//! seconds, not earlier and not later. Don't wait in real time: the clock is paused
//! here, as in a test. The rest stays as it is.

use std::future::ready;

use machine::Machine;

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
    let drink = machine.serve(ready(7)).await;
    drink == Some(7)
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
