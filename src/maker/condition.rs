//! Conditions of list entries: bounds of the device's first API level, as OPPO's lists state them.
//!
//! Takes the condition as [`crate::source::snapshot::MakerListEntry::condition`] holds it and a device; never guesses: a
//! condition that is not understood, or a property that was not stated, is neither true nor false.

use crate::source::snapshot::Device;

/// The property that holds the API level the device was first released with.
pub const FIRST_API_LEVEL: &str = "ro.product.first_api_level";

/// Tells whether every bound of `condition` (`first-api-level < 33 and first-api-level > 20`) holds on `device`; `None`
/// when that cannot be told.
pub fn holds(condition: &str, device: &Device) -> Option<bool> {
    let level: u32 = device.properties.get(FIRST_API_LEVEL)?.value.trim().parse().ok()?;
    let mut all = true;
    for bound in condition.split(" and ") {
        let (operator, number) = bound.strip_prefix("first-api-level ")?.split_once(' ')?;
        let number: u32 = number.trim().parse().ok()?;
        all &= match operator {
            "<" => level < number,
            ">" => level > number,
            _ => return None,
        };
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::snapshot::Property;

    fn first(level: &str) -> Device {
        let mut device = Device::default();
        let property = Property { value: level.into(), path: "/vendor/build.prop".into() };
        device.properties.insert(FIRST_API_LEVEL.into(), property);
        device
    }

    #[test]
    fn bounds_are_held_against_the_first_api_level() {
        assert_eq!(holds("first-api-level < 33", &first("30")), Some(true));
        assert_eq!(holds("first-api-level < 33", &first("33")), Some(false));
        assert_eq!(holds("first-api-level > 20 and first-api-level < 33", &first("19")), Some(false));
    }

    #[test]
    fn what_is_not_stated_or_not_understood_is_not_decided() {
        assert_eq!(holds("first-api-level < 33", &Device::default()), None);
        assert_eq!(holds("first-api-level < x", &first("30")), None);
        assert_eq!(holds("moon = full", &first("30")), None);
    }
}
