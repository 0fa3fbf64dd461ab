//! The search, held against trying every set.

use proptest::prelude::*;

use super::*;

/// What one brute-force set is worth, computed afresh from the definition. Greater is better; the last part lists
/// the names that are missing, so that the set with the earliest name wins.
type Judged = (u32, i128, [u64; 3], Vec<bool>);

fn judge(candidates: &[Candidate<'_>], limits: &PerGroup<Limit>, kept: &[bool]) -> Option<Judged> {
    let counts = |group: Group, only_forced: bool| {
        candidates
            .iter()
            .zip(kept)
            .filter(|(candidate, kept)| **kept && candidate.groups.contains(group))
            .filter(|(candidate, _)| !only_forced || candidate.cost.is_none())
            .count()
    };
    for group in Group::ALL {
        let (all, forced) = (counts(group, false), counts(group, true));
        if all > forced && all > limits.of(group).cap as usize {
            return None;
        }
    }
    let mut cost = 0;
    let mut declared = 0;
    let mut rank = [0; 3];
    for (candidate, kept) in candidates.iter().zip(kept) {
        match candidate.cost {
            Some(saved) if !kept => cost += i128::from(saved),
            Some(_) => {
                declared += candidate.declared;
                rank[0] += u64::from(candidate.rank.holds);
                rank[1] += u64::from(candidate.rank.score);
                rank[2] += u64::from(candidate.rank.place);
            }
            None if !kept => return None,
            None => {}
        }
    }
    for group in Group::ALL {
        let had = candidates.iter().any(|candidate| candidate.groups.contains(group));
        if had && counts(group, false) == 0 {
            cost += i128::from(limits.of(group).penalty);
        }
    }
    Some((declared, -cost, rank, kept.to_vec()))
}

/// The best set by trying them all.
fn brute_force(candidates: &[Candidate<'_>], limits: &PerGroup<Limit>) -> Judged {
    let sets = 0..1_u32 << candidates.len();
    sets.filter_map(|bits| {
        let kept: Vec<bool> = (0..candidates.len()).map(|n| bits & 1 << n != 0).collect();
        judge(candidates, limits, &kept)
    })
    .max()
    .expect("keeping what cannot be changed is always possible")
}

const NAMES: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

prop_compose! {
    fn candidate()(
        bits in prop_oneof![3 => 0..9_usize, 1 => Just(9)],
        more in 0..512_u32,
        cost in prop_oneof![8 => (0..6_u64).prop_map(Some), 4 => (0..500_u64).prop_map(Some), 1 => Just(None)],
        declared in prop_oneof![5 => Just(0), 1 => 1..3_u32],
        rank in (0..3_u32, 0..3_u32, 0..2_u32),
    ) -> Candidate<'static> {
        let one = |n: &usize| bits == *n || (bits == 9 && more & 1 << n != 0);
        let groups: GroupSet = (0..9).filter(one).map(|n| Group::ALL[n]).collect();
        let groups = if groups.is_empty() { groups.with(Group::Contacts) } else { groups };
        Candidate { name: "", groups, cost, declared, rank: Rank { holds: rank.0, score: rank.1, place: rank.2 } }
    }
}

fn candidates() -> impl Strategy<Value = Vec<Candidate<'static>>> {
    // Few groups make collisions, many make chains.
    let fold = |groups: GroupSet, few: bool| -> GroupSet {
        groups.iter().map(|group| if few { Group::ALL[group as usize % 3] } else { group }).collect()
    };
    (prop::collection::vec(candidate(), 0..=8), any::<bool>()).prop_map(move |(mut all, few)| {
        for (candidate, name) in all.iter_mut().zip(NAMES) {
            candidate.name = name;
            candidate.groups = fold(candidate.groups, few);
        }
        all
    })
}

fn limits() -> impl Strategy<Value = PerGroup<Limit>> {
    let cap = prop_oneof![4 => Just(1_u32), 1 => Just(2), 1 => Just(3), 1 => Just(40)];
    let limit = (cap, prop_oneof![Just(0), 0..400_u64]).prop_map(|(cap, penalty)| Limit { cap, penalty });
    let limits = prop_oneof![
        3 => Just(vec![Limit { cap: 1, penalty: 50 }; 9]),
        2 => prop::collection::vec(limit, 9),
    ];
    limits.prop_map(|limits| PerGroup::from_fn(|group| limits[group as usize]))
}

fn as_bits(kept: &[usize], length: usize) -> Vec<bool> {
    (0..length).map(|n| kept.contains(&n)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn no_other_set_is_better(candidates in candidates(), limits in limits()) {
        let best = Search::new(&candidates, limits.clone()).best();
        let wanted = brute_force(&candidates, &limits);
        prop_assert_eq!(as_bits(&best.kept, candidates.len()), wanted.3);
        prop_assert_eq!(i128::from(best.cost), -wanted.1);
    }

    #[test]
    fn the_price_of_keeping_another_is_exact(candidates in candidates(), limits in limits()) {
        let search = Search::new(&candidates, limits.clone());
        let best = search.best();
        let known = brute_force(&candidates, &limits);
        for (position, candidate) in candidates.iter().enumerate() {
            let keeping = search.keeping(position, &best);
            if best.kept.contains(&position) {
                prop_assert_eq!(keeping, Keeping::Chosen);
                continue;
            }
            let with = (0..1_u32 << candidates.len()).filter(|bits| bits & 1 << position != 0).filter_map(|bits| {
                let kept: Vec<bool> = (0..candidates.len()).map(|n| bits & 1 << n != 0).collect();
                judge(&candidates, &limits, &kept)
            }).max();
            match (keeping, with) {
                (Keeping::NoRoom(group), None) => prop_assert!(candidate.groups.contains(group)),
                (Keeping::AgainstDeclared, Some(with)) => prop_assert!(with.0 < known.0),
                (Keeping::Costs(more), Some(with)) => {
                    prop_assert_eq!(with.0, known.0);
                    prop_assert_eq!(i128::from(more), known.1 - with.1);
                }
                (keeping, with) => prop_assert!(false, "{:?} but {:?}", keeping, with),
            }
        }
    }

    #[test]
    fn what_tells_a_kept_app_from_the_next_best_choice_is_exact(candidates in candidates(), limits in limits()) {
        let search = Search::new(&candidates, limits.clone());
        let best = search.best();
        let known = brute_force(&candidates, &limits);
        for &position in best.kept.iter().filter(|&&position| candidates[position].cost.is_some()) {
            let without = (0..1_u32 << candidates.len()).filter(|bits| bits & 1 << position == 0).filter_map(|bits| {
                let kept: Vec<bool> = (0..candidates.len()).map(|n| bits & 1 << n != 0).collect();
                judge(&candidates, &limits, &kept)
            }).max().unwrap();
            let wanted = if without.0 < known.0 {
                Margin::Declared
            } else if without.1 < known.1 {
                Margin::Cost(u64::try_from(known.1 - without.1).unwrap())
            } else if without.2[0] < known.2[0] {
                Margin::Holds
            } else if without.2[1] < known.2[1] {
                Margin::Score
            } else if without.2[2] < known.2[2] {
                Margin::Place
            } else {
                Margin::Name
            };
            prop_assert_eq!(search.margin(position, &best), wanted);
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(
        (candidates, shuffled) in candidates().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        limits in limits(),
    ) {
        let names = |all: &[Candidate<'static>], choice: &Choice| -> Vec<&str> {
            choice.kept.iter().map(|&n| all[n].name).collect()
        };
        let one = Search::new(&candidates, limits.clone()).best();
        let other = Search::new(&shuffled, limits).best();
        prop_assert_eq!(names(&candidates, &one), names(&shuffled, &other));
        prop_assert_eq!(one.cost, other.cost);
    }
}

#[test]
fn thousands_of_apps_of_many_groups_stay_affordable() {
    let names: Vec<String> = (0..4_000).map(|n| format!("p{n:05}")).collect();
    let all: Vec<Candidate<'_>> = names
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let groups =
                Group::ALL.into_iter().filter(|group| (n % 60 * 7 + 1) & 1 << *group as usize != 0).collect();
            let cost = Some(1 + (n as u64 * 7919) % 1000);
            Candidate { name, groups, cost, declared: 0, rank: Rank::default() }
        })
        .collect();
    let search = Search::new(&all, PerGroup::from_fn(|_| Limit { cap: 1, penalty: 0 }));
    let best = search.best();
    assert!(best.kept.len() <= 9 && !best.kept.is_empty());
    assert!((0..4_000).all(|n| matches!(search.keeping(n, &best), Keeping::Chosen | Keeping::Costs(_))));
}
