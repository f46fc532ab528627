//! Times: always seconds, never mixed up with other numbers.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A time in seconds since the start of a run, or a length of time in seconds.
#[derive(
    Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Seconds(pub f64);

/// Golden times are multiples of this, so that a quiet machine records an unchanged
/// listing to the same byte twice.
pub const GRID: Seconds = Seconds(0.05);

impl Seconds {
    /// The nearest time on the [`GRID`].
    pub fn snapped(self) -> Seconds {
        // Twentieths, not a multiple of 0.05: the division gives the double that
        // is printed shortest (0.15, not 0.15000000000000002).
        Seconds((self.0 / GRID.0).round() / 20.0)
    }

    /// Whether two times differ by no more than `tolerance`.
    pub fn agrees(self, other: Seconds, tolerance: Seconds) -> bool {
        // Half a nanosecond forgives what decimal fractions lose in binary.
        (self.0 - other.0).abs() <= tolerance.0 + 5e-10
    }

    /// How many times as long as `other` this is, with at most one decimal.
    ///
    /// ```
    /// use book::seconds::Seconds;
    ///
    /// assert_eq!(Seconds(5.0).ratio(Seconds(3.0)), "1.7");
    /// assert_eq!(Seconds(9.0).ratio(Seconds(3.0)), "3");
    /// ```
    pub fn ratio(self, other: Seconds) -> String {
        let ratio = format!("{:.1}", self.0 / other.0);
        ratio.trim_end_matches(".0").to_owned()
    }

    /// As prose has it.
    ///
    /// ```
    /// use book::seconds::Seconds;
    ///
    /// assert_eq!(Seconds(3.0).in_words(), "3 seconds");
    /// assert_eq!(Seconds(1.0).in_words(), "1 second");
    /// ```
    pub fn in_words(self) -> String {
        let number = self.to_string();
        let unit = if number == "1" { "second" } else { "seconds" };
        format!("{number} {unit}")
    }
}

impl From<Duration> for Seconds {
    fn from(duration: Duration) -> Self {
        Seconds(duration.as_secs_f64())
    }
}

/// At most two decimals, and none that are zero: "3", "0.3", "1.05".
impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.2}", self.0);
        f.pad(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_snap_to_the_grid_and_print_short() {
        for (time, expected) in
            [(0.004, "0"), (3.02, "3"), (0.149, "0.15"), (0.31, "0.3")]
        {
            assert_eq!(Seconds(time).snapped().to_string(), expected);
        }
        assert_eq!(
            serde_json::to_string(&Seconds(0.151).snapped()).unwrap(),
            "0.15"
        );
    }

    #[test]
    fn words_know_one_from_many() {
        assert_eq!(Seconds(1.0).in_words(), "1 second");
        assert_eq!(Seconds(3.0).in_words(), "3 seconds");
        assert_eq!(Seconds(0.3).in_words(), "0.3 seconds");
    }

    #[test]
    fn a_quarter_of_a_second_is_within_a_quarter_of_a_second() {
        assert!(Seconds(1.25).agrees(Seconds(1.0), Seconds(0.25)));
        assert!(!Seconds(1.3).agrees(Seconds(1.0), Seconds(0.25)));
    }
}
