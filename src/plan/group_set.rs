//! A set of function groups, small enough to be a state of the search for keepers, and a value for each group.

use crate::package::Group;

/// How many function groups there are.
pub const GROUPS: usize = Group::ALL.len();

/// A set of groups; bit `n` stands for `Group::ALL[n]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupSet(u16);

impl GroupSet {
    /// The set without a group.
    pub const EMPTY: Self = Self(0);

    /// Returns the set with `group` added.
    #[must_use]
    pub const fn with(self, group: Group) -> Self {
        Self(self.0 | 1 << group as u16)
    }

    /// Returns whether `group` is in the set.
    pub const fn contains(self, group: Group) -> bool {
        self.0 & 1 << group as u16 != 0
    }

    /// Returns whether no group is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns how many groups are in the set.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Returns the groups that are in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the groups of the set, in the order of the regulations.
    pub fn iter(self) -> impl Iterator<Item = Group> {
        Group::ALL.into_iter().filter(move |group| self.contains(*group))
    }
}

impl FromIterator<Group> for GroupSet {
    fn from_iter<I: IntoIterator<Item = Group>>(groups: I) -> Self {
        groups.into_iter().fold(Self::EMPTY, Self::with)
    }
}

/// One value for each group.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PerGroup<T>([T; GROUPS]);

impl<T> PerGroup<T> {
    /// Makes the value of each group.
    pub fn from_fn(mut value: impl FnMut(Group) -> T) -> Self {
        Self(Group::ALL.map(&mut value))
    }

    /// Returns the value of `group`.
    pub const fn of(&self, group: Group) -> &T {
        &self.0[group as usize]
    }

    /// Returns the value of `group`, to change it.
    pub const fn of_mut(&mut self, group: Group) -> &mut T {
        &mut self.0[group as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_gives_back_what_was_put_in() {
        for group in Group::ALL {
            let set = GroupSet::EMPTY.with(group);
            assert!(set.contains(group) && set.len() == 1);
            assert_eq!(set.iter().collect::<Vec<_>>(), [group]);
        }
        let all: GroupSet = Group::ALL.into_iter().collect();
        assert_eq!(all.iter().collect::<Vec<_>>(), Group::ALL);
        assert!(GroupSet::EMPTY.is_empty());
    }

    #[test]
    fn each_group_has_its_own_value() {
        let mut values = PerGroup::from_fn(Group::id);
        for group in Group::ALL {
            assert_eq!(*values.of(group), group.id());
        }
        *values.of_mut(Group::Contacts) = "changed";
        assert_eq!(*values.of(Group::Contacts), "changed");
        assert_eq!(*values.of(Group::Browser), "browser");
    }
}
