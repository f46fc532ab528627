//! The neighbors. The higher the door's number, the longer the shelf; and those at doors with
//! an even number have sugar.

use std::time::Duration;

use tokio::time::sleep;

#[cfg(test)]
thread_local! {
    /// The doors of those who have looked through the whole shelf.
    pub static LOOKED: std::cell::RefCell<Vec<u32>> = std::cell::RefCell::default();
}

/// Asks for sugar at a door. There they look through the whole shelf.
pub async fn has_sugar(door: u32) -> bool {
    sleep(door * Duration::from_millis(500)).await;
    let found = door.is_multiple_of(2);
    println!("door {door}: {}", if found { "here" } else { "sorry" });
    #[cfg(test)]
    LOOKED.with_borrow_mut(|looked| looked.push(door));
    found
}
