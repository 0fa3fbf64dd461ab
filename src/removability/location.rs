//! Rule: the removable-preload locations of makers.
//!
//! Takes a path; says whether the maker puts there what users may remove, what they may not, or either. Of several
//! rules the one that says fixed comes first, then removable, then candidate: a name that is only suspicious never
//! overrules one that is known, and what is contested is never called removable.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::maker::Conventions;
use crate::maker::place::{joined, segments};
use crate::maker::rule::{Location, Says};
use crate::maker::site::Recognised;

/// What lying in a folder means.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    /// The rule.
    pub(super) rule: &'a Location,
    /// The folder of the device that the rule names.
    pub(super) folder: String,
}

/// The rules that hold on one device. Packages share few folders, so the answer is kept per folder.
pub(super) struct Places<'a> {
    rules: Vec<&'a Location>,
    known: RefCell<BTreeMap<&'a str, Option<Rc<Place<'a>>>>>,
}

impl<'a> Places<'a> {
    /// Picks the rules that hold where `makers` were recognised.
    pub(super) fn new(conventions: &'a Conventions, makers: &[Recognised<'_>]) -> Self {
        let holds =
            |rule: &&Location| rule.everywhere || makers.iter().any(|found| found.maker.id == rule.maker);
        let mut rules: Vec<&Location> = conventions.locations().iter().filter(holds).collect();
        rules.sort_by_key(|rule| match rule.says {
            Says::Fixed => 0,
            Says::Removable => 1,
            Says::Candidate => 2,
        });
        Self { rules, known: RefCell::default() }
    }

    /// Returns what the place of a package means, given its code path; `None` when no maker's rule speaks of it.
    pub(super) fn of(&self, path: &'a str) -> Option<Rc<Place<'a>>> {
        let parent = path.trim_end_matches('/').rsplit_once('/').map_or("", |(parent, _)| parent);
        if let Some(known) = self.known.borrow().get(parent) {
            return known.clone();
        }
        // any name stands for the package's own: a folder holds it whatever it is called
        let inside = format!("{parent}/_");
        let inside = segments(&inside);
        let place = self.rules.iter().find_map(|rule| {
            let folder = rule.folders.iter().find_map(|folder| folder.holds_segments(&inside))?;
            Some(Rc::new(Place { rule, folder: joined(folder) }))
        });
        self.known.borrow_mut().insert(parent, place.clone());
        place
    }
}
