//! A question that nobody answers. Watch it take five seconds, but no test does.

use std::future::pending;
use std::time::Duration;

use tokio::time::{Instant, timeout};

async fn ask(answer: impl Future<Output = u32>) -> Option<u32> {
    timeout(Duration::from_secs(5), answer).await.ok()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    println!("answer: {:?}", ask(pending()).await);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;
    use std::future::ready;
    use tokio::time::sleep;

    #[tokio::test(start_paused = true)]
    async fn gives_up_after_five_seconds() {
        let start = Instant::now();
        assert_eq!(ask(pending()).await, None);
        assert_eq!(start.elapsed(), Duration::from_secs(5));
    }

    #[tokio::test(start_paused = true)]
    async fn takes_an_answer_that_comes_late() {
        let late = sleep(Duration::from_millis(4999)).map(|()| 42);
        assert_eq!(ask(late).await, Some(42));
    }

    #[tokio::test]
    async fn does_not_wait_for_an_answer_that_is_there() {
        assert_eq!(ask(ready(42)).now_or_never(), Some(Some(42)));
    }
}
