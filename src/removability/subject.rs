//! One package in one folder, with what several rules ask about it.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::maker::rule::{Partition, Says};
use crate::package::is_on_data;
use crate::removability::location::{Place, Places};
use crate::removability::required::{RequiredBecause, required};
use crate::source::snapshot::PackageFacts;

/// What is judged.
pub(super) struct Subject<'p, 'a> {
    pub(super) package: &'a PackageFacts,
    /// What lying in a folder means.
    pub(super) places: &'p Places<'a>,
    /// Whether it lies on the data partition.
    pub(super) on_data: bool,
    /// Whether it is part of the platform itself.
    pub(super) of_the_platform: bool,
    /// What the maker's rules say of its place.
    pub(super) place: Option<Rc<Place<'a>>>,
    required: OnceCell<Option<RequiredBecause>>,
}

impl<'p, 'a> Subject<'p, 'a> {
    pub(super) fn new(places: &'p Places<'a>, package: &'a PackageFacts) -> Self {
        let (on_data, place) = (is_on_data(&package.path), places.of(&package.path));
        let of_the_platform = is_of_the_platform(package);
        Self { package, places, on_data, of_the_platform, place, required: OnceCell::new() }
    }

    /// Returns why the platform needs it, if it does.
    pub(super) fn required(&self) -> Option<&RequiredBecause> {
        self.required.get_or_init(|| required(self.package)).as_ref()
    }

    /// Returns why the platform needs it, for good.
    pub(super) fn into_required(self) -> Option<RequiredBecause> {
        self.required.into_inner().unwrap_or_else(|| required(self.package))
    }

    /// Tells whether a list that speaks of packages on `partition` speaks of it where it lies. Apps of a removable or
    /// candidate place are installed on the data partition, so lists of data apps speak of them too.
    pub(super) fn is_spoken_of(&self, partition: Partition) -> bool {
        match partition {
            Partition::Any => true,
            Partition::System => !self.on_data,
            Partition::Data => {
                self.on_data || self.place.as_ref().is_some_and(|place| place.rule.says != Says::Fixed)
            }
        }
    }
}

/// Tells whether a package is part of the platform itself, whatever a list says: packages of `framework` folders
/// (`framework-res.apk` and the makers' like), and of APEX modules.
fn is_of_the_platform(package: &PackageFacts) -> bool {
    let mut segments = package.path.split('/').filter(|segment| !segment.is_empty());
    let apex = segments.clone().next() == Some("apex");
    // the package's own folder may be called anything
    segments.next_back();
    let framework = segments.any(|segment| segment == "framework");
    framework || apex || package.name.as_str() == "android"
}
