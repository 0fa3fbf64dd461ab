//! Spreads pure work over the cores of the machine. Takes items and what is made of a run of them, gives what came of each
//! run, in the order of the items.

use std::panic::resume_unwind;
use std::thread::{self, Builder, ScopedJoinHandle, available_parallelism};

/// From how many items on other cores are asked. A phone's few hundred packages are done before a thread has begun.
const WORTHWHILE: usize = 4_096;

/// Returns what `work` makes of `items`, run after run. How many runs there are is the machine's affair.
pub(crate) fn in_parts<'i, T: Sync, O: Send>(items: &'i [T], work: impl Fn(&'i [T]) -> O + Sync) -> Vec<O> {
    let cores = if items.len() < WORTHWHILE { 1 } else { available_parallelism().map_or(1, Into::into) };
    spread(items, cores, work)
}

/// Puts what came of the runs together.
pub(crate) fn joined<R>(parts: impl IntoIterator<Item = Vec<R>>) -> Vec<R> {
    let mut parts = parts.into_iter();
    let mut all = parts.next().unwrap_or_default();
    parts.for_each(|mut part| all.append(&mut part));
    all
}

/// Returns what `work` makes of `items`, in as many runs as there are cores.
fn spread<'i, T: Sync, O: Send>(items: &'i [T], cores: usize, work: impl Fn(&'i [T]) -> O + Sync) -> Vec<O> {
    let length = items.len().div_ceil(cores.max(1)).max(1);
    let Some((first, rest)) = items.split_at_checked(length).filter(|(_, rest)| !rest.is_empty()) else {
        return vec![work(items)];
    };
    thread::scope(|scope| {
        let work = &work;
        // A machine that has no thread to give leaves the run to this one.
        let begun: Vec<_> = rest
            .chunks(length)
            .map(|part| (part, Builder::new().spawn_scoped(scope, move || work(part)).ok()))
            .collect();
        let mut all = vec![work(first)];
        all.extend(begun.into_iter().map(|(part, thread)| match thread.map(ScopedJoinHandle::join) {
            Some(Ok(made)) => made,
            Some(Err(panic)) => resume_unwind(panic),
            None => work(part),
        }));
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_comes_out_does_not_depend_on_the_cores(items in proptest::collection::vec(any::<u8>(), 0..40), cores in 0_usize..9) {
            let doubled = |part: &[u8]| part.iter().map(|&item| u16::from(item) * 2).collect::<Vec<u16>>();
            prop_assert_eq!(joined(spread(&items, cores, doubled)), doubled(&items));
        }
    }

    #[test]
    fn a_panic_on_another_core_is_one_here() {
        let work = |part: &[u8]| {
            assert!(!part.contains(&3), "three");
            part.to_vec()
        };
        let caught = std::panic::catch_unwind(|| spread(&[1, 2, 3], 3, work));
        assert_eq!(caught.unwrap_err().downcast_ref::<&str>(), Some(&"three"));
    }
}
