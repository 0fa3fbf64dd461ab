//! Finds the evidence worth asking about a package: that of which the package has the one fact that fewest have.

use crate::asked::Asked;
use crate::removability::required::{Evidence, Need};
use crate::source::snapshot::{PackageFacts, Stated};

/// Where an evidence stands: the place of its need, and its own place there.
type Place = (usize, usize);

/// Which evidence to ask about, by the facts of a package.
#[derive(Debug, Default)]
pub(super) struct Hints {
    categories: Asked<Place>,
    actions: Asked<Place>,
    authorities: Asked<Place>,
    services: Asked<Place>,
    meta_data: Asked<Place>,
    shared_users: Asked<Place>,
    names: Asked<Place>,
    /// Told by permissions alone, which many packages ask for.
    always: Vec<Place>,
}

impl Hints {
    pub(super) fn new(needs: &[Need]) -> Self {
        let mut hints = Self::default();
        for (place, need) in needs.iter().enumerate() {
            for (number, evidence) in need.evidence.iter().enumerate() {
                hints.add(evidence, (place, number));
            }
        }
        hints
    }

    fn add(&mut self, evidence: &Evidence, place: Place) {
        let action = evidence.action.as_ref().map(|(_, action)| action);
        let facts = [
            (&mut self.categories, evidence.category.as_ref().filter(|_| action.is_some())),
            (&mut self.actions, action),
            (&mut self.authorities, evidence.authority.as_ref()),
            (&mut self.services, evidence.service.as_ref()),
            (&mut self.meta_data, evidence.meta_data.as_ref()),
            (&mut self.shared_users, evidence.shared_user.as_ref()),
        ];
        let rare = facts.into_iter().find_map(|(asked, text)| Some((asked, text?)));
        match rare {
            Some((asked, text)) => asked.add(text, place),
            None if evidence.names.is_empty() => self.always.push(place),
            None => evidence.names.iter().for_each(|name| self.names.add(name, place)),
        }
    }

    /// Returns the evidence that may tell of `package`, in the order of the file.
    pub(super) fn of(&self, package: &PackageFacts) -> Vec<Place> {
        let mut all = self.always.clone();
        let mut add = |hinted: &[Place]| all.extend_from_slice(hinted);
        let components = package.activities.iter().chain(&package.services).chain(&package.receivers);
        for filter in components.flat_map(|component| &component.filters) {
            filter.categories.iter().for_each(|category| add(self.categories.of(category)));
            filter.actions.iter().for_each(|action| add(self.actions.of(action)));
        }
        for authority in package.providers.iter().flat_map(|provider| &provider.authorities) {
            add(self.authorities.of(authority));
        }
        package.services.iter().for_each(|service| add(self.services.of(&service.name)));
        package.application.meta_data.iter().for_each(|meta_data| add(self.meta_data.of(&meta_data.name)));
        if let Some(user) = package.shared_user_id.as_ref().and_then(Stated::value) {
            add(self.shared_users.of(user));
        }
        add(self.names.of(package.name.as_str()));
        all.sort_unstable();
        all.dedup();
        all
    }
}
