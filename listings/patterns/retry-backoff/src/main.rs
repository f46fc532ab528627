//! A question that is asked again, after waits that double. Watch when.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// The service is overloaded for a second and a half.
async fn ask(start: Instant) -> Result<&'static str, &'static str> {
    match start.elapsed() < Duration::from_millis(1500) {
        true => Err("overloaded"),
        false => Ok("12 °C"),
    }
}

async fn ask_again(start: Instant) -> Result<&'static str, &'static str> {
    let mut attempt = 1;
    let mut wait = Duration::from_millis(300);
    loop {
        let answer = ask(start).await;
        let (Ok(text) | Err(text)) = answer;
        println!("attempt {attempt}: {text}");
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
        if answer.is_ok() || attempt == 5 {
            return answer;
        }
        sleep(wait).await;
        wait *= 2;
        attempt += 1;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match ask_again(Instant::now()).await {
        Ok(weather) => println!("It has {weather}."),
        Err(_) => println!("There is no answer."),
    }
}
