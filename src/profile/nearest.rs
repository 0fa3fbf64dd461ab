//! "Did you mean": the known word nearest to a mistyped one.

/// Returns the word of `known` that `word` most probably stands for; `None` when none is near.
///
/// Case and the difference between `_`, space and `-` do not count. Words longer than 64 characters are no typing mistakes.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = folded(word);
    if word.len() > 64 {
        return None;
    }
    let near = |known: &&str| distance(&word, &folded(known));
    let best = known.into_iter().min_by_key(near)?;
    let reach = word.len().max(best.chars().count()) / 3;
    (near(&best) <= reach.max(1)).then_some(best)
}

fn folded(word: &str) -> Vec<char> {
    word.chars().map(|c| if matches!(c, '_' | ' ') { '-' } else { c.to_ascii_lowercase() }).collect()
}

/// Counts the characters to insert, remove, replace or swap with their neighbour that lead from `a` to `b` (optimal
/// string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = above[j] + usize::from(x != y);
            let mut least = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let known = ["package", "requirement", "reason", "owner", "signer", "until"];
        for (typed, meant) in [
            ("pakage", "package"),
            ("Reason", "reason"),
            ("sginer", "signer"),
            ("untill", "until"),
            ("resaon", "reason"),
        ] {
            assert_eq!(nearest(typed, known), Some(meant), "{typed}");
        }
    }

    #[test]
    fn another_way_of_writing_is_understood() {
        assert_eq!(nearest("phone_calls", ["contacts", "phone-calls"]), Some("phone-calls"));
        assert_eq!(nearest("phone_call", ["contacts", "phone-calls"]), Some("phone-calls"));
    }

    #[test]
    fn a_word_of_another_meaning_is_not_guessed() {
        assert_eq!(nearest("colour", ["package", "reason"]), None);
        assert_eq!(nearest("", ["package"]), None);
        assert_eq!(nearest(&"x".repeat(1000), ["package"]), None);
    }
}
