//! What stays broken after a plan, and why.

use crate::audit::{Finding, FindingCode};
use crate::package::{Group, PackageName};
use crate::plan::choose::Choice;
use crate::plan::outcome::{CannotRepair, DeclarationFault, Hindrance};
use crate::plan::repair::{Member, Repair, Standing};
use crate::profile::Keeper;

impl Repair<'_> {
    /// Returns everything that stays broken, sorted.
    pub(super) fn cannot_repair(&self, choice: &Choice) -> Vec<CannotRepair> {
        let mut all = Vec::new();
        for outside in &self.outside {
            let because = match &outside.way {
                Err(hindrance) => hindrance.clone(),
                Ok(way) if !way.is_known() => Hindrance::NoKnownWay,
                Ok(_) => continue,
            };
            all.push(stays(outside.finding, outside.app.name, because));
        }
        let stays_fixed = |(position, member): &(usize, &Member<'_>)| {
            choice.kept.contains(position) || Self::stuck(*position, member, choice).is_some()
        };
        let fixed: Vec<(usize, &Member<'_>)> = self.members.iter().enumerate().filter(stays_fixed).collect();
        for group in self.broken.iter() {
            let of_group = || fixed.iter().filter(|(_, member)| member.groups.contains(group));
            if u32::try_from(of_group().count()).unwrap_or(u32::MAX) <= self.limits.of(group).cap {
                continue;
            }
            for (position, member) in of_group() {
                let because = Self::stuck(*position, member, choice);
                all.extend(because.map(|because| self.too_many(member, group, because)));
            }
        }
        for finding in self.failing(FindingCode::HinderedRemoval) {
            all.extend(finding.packages.iter().map(|name| stays(finding, name, Hindrance::AppItself)));
        }
        all.extend(self.unlawful_declarations(choice));
        all.sort();
        all.dedup();
        all
    }

    /// Why a member that should go stays where it is; `None` for one that goes, or that the choice keeps at will.
    fn stuck(position: usize, member: &Member<'_>, choice: &Choice) -> Option<Hindrance> {
        match &member.standing {
            Standing::Hindered(hindrance) => Some(hindrance.clone()),
            Standing::Way(way) if !way.is_known() && !choice.kept.contains(&position) => {
                Some(Hindrance::NoKnownWay)
            }
            _ => None,
        }
    }

    fn too_many(&self, member: &Member<'_>, group: Group, because: Hindrance) -> CannotRepair {
        CannotRepair {
            code: FindingCode::TooManyNonUninstallable,
            requirement: self.cap.map(str::to_owned),
            group: Some(group),
            package: member.app.name.clone(),
            because,
        }
    }

    /// Declared keepers that the device does not hold on to, or that the rule does not let stay.
    fn unlawful_declarations(&self, choice: &Choice) -> Vec<CannotRepair> {
        let mut all = Vec::new();
        for finding in self.failing(FindingCode::DeclaredKeeperDiffers) {
            for keeper in self.profile.keepers.iter().filter(|keeper| {
                Some(keeper.group) == finding.group && finding.packages.contains(&keeper.package)
            }) {
                let because = match self.app(&keeper.package) {
                    None => DeclarationFault::NotOnDevice,
                    Some(app) if !app.members.contains(&keeper.group) => DeclarationFault::NotOfGroup,
                    Some(_) => DeclarationFault::Removable,
                };
                all.push(self.unlawful(keeper, because));
            }
        }
        let goes = |(position, member): &(usize, &Member<'_>)| {
            !choice.kept.contains(position) && Self::stuck(*position, member, choice).is_none()
        };
        for (_, member) in self.members.iter().enumerate().filter(goes) {
            let full = self.full(member, choice);
            let because = || DeclarationFault::TooMany {
                keepers: self.keepers_of(full, choice),
                groups: full.iter().collect(),
            };
            all.extend(member.declared.iter().map(|keeper| self.unlawful(keeper, because())));
        }
        all
    }

    fn unlawful(&self, keeper: &Keeper, because: DeclarationFault) -> CannotRepair {
        CannotRepair {
            code: FindingCode::DeclaredKeeperDiffers,
            requirement: self.cap.map(str::to_owned),
            group: Some(keeper.group),
            package: keeper.package.clone(),
            because: Hindrance::DeclarationUnlawful { because, origin: keeper.origin.clone() },
        }
    }
}

fn stays(finding: &Finding, package: &PackageName, because: Hindrance) -> CannotRepair {
    CannotRepair {
        code: finding.code,
        requirement: finding.requirement.clone(),
        group: finding.group,
        package: package.clone(),
        because,
    }
}
