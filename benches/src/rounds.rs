//! Alternating rounds: in each round every contender reads all files once, and the first to go changes from round to
//! round. A ratio is formed within a round, so that what slows the machine down slows both; the figure is the median over
//! the rounds.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use crate::contender::Contender;

/// What time is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Time that the calling thread ran: what else runs on the machine hardly counts.
    Thread,
    /// Time that passed, for work that other processes do.
    Wall,
}

impl Clock {
    /// Times `work`.
    pub fn time(self, work: impl FnOnce()) -> Duration {
        match self {
            Self::Wall => {
                let begun = Instant::now();
                work();
                begun.elapsed()
            }
            Self::Thread => {
                let begun = thread_time();
                work();
                thread_time().saturating_sub(begun)
            }
        }
    }
}

fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The times of one run.
#[derive(Debug)]
pub struct Rounds {
    names: Vec<&'static str>,
    /// Seconds per file: a row for each round, a column for each contender.
    times: Vec<Vec<f64>>,
}

/// Measures `contenders` on `files`.
pub fn alternate(contenders: &[Contender], files: &[PathBuf], rounds: usize, clock: Clock) -> Rounds {
    let mut times = Vec::new();
    for round in 0..rounds {
        let mut row = vec![0.0; contenders.len()];
        for turn in 0..contenders.len() {
            let place = (round + turn) % contenders.len();
            let run = contenders[place].run;
            let taken = clock.time(|| {
                for file in files {
                    assert!(run(file), "{} does not read {}", contenders[place].name, file.display());
                }
            });
            row[place] = taken.as_secs_f64() / per(files.len());
        }
        times.push(row);
    }
    Rounds { names: contenders.iter().map(|contender| contender.name).collect(), times }
}

/// The middle of some figures, with the lowest and the highest.
#[derive(Clone, Copy, Debug)]
pub struct Middle {
    /// The median.
    pub median: f64,
    /// The lowest.
    pub lowest: f64,
    /// The highest.
    pub highest: f64,
}

impl Middle {
    /// Sorts figures and takes their middle.
    pub fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_by(f64::total_cmp);
        let at = |place: usize| figures.get(place).copied().unwrap_or(f64::NAN);
        Self { median: at(figures.len() / 2), lowest: at(0), highest: at(figures.len().saturating_sub(1)) }
    }
}

impl Rounds {
    /// Returns the seconds per file that a contender took.
    pub fn per_file(&self, name: &str) -> Middle {
        let column = self.column(name);
        Middle::of(self.times.iter().map(|row| row[column]).collect())
    }

    /// Returns how many times as long `one` took as `other`, round by round.
    pub fn ratio(&self, one: &str, other: &str) -> Middle {
        let (one, other) = (self.column(one), self.column(other));
        Middle::of(self.times.iter().map(|row| row[one] / row[other]).collect())
    }

    /// Prints a row per contender: time per file, and its ratio to the contender called `base`.
    pub fn print(&self, base: &str) {
        println!("{:26} {:>12} {:>10}   lowest to highest round", "", "per APK", format!("/ {base}"));
        for name in &self.names {
            let (time, ratio) = (self.per_file(name), self.ratio(name, base));
            println!(
                "{name:26} {:>9.1} µs {:>10.2}   {:.2} to {:.2}",
                time.median * 1e6,
                ratio.median,
                ratio.lowest,
                ratio.highest
            );
        }
    }

    fn column(&self, name: &str) -> usize {
        self.names.iter().position(|known| *known == name).expect("a ratio of contenders that were measured")
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of files are far below 2^52")]
const fn per(count: usize) -> f64 {
    count as f64
}
