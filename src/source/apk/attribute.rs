//! The platform's numbers for the attributes of a manifest (`core/res/res/values/public-final.xml`).
//!
//! Android finds an attribute of its own namespace by this number, not by its name: tools that protect apps rename
//! attributes at will, and the platform does not notice.

pub(super) const LABEL: u32 = 0x0101_0001;
pub(super) const ICON: u32 = 0x0101_0002;
pub(super) const NAME: u32 = 0x0101_0003;
pub(super) const PERMISSION: u32 = 0x0101_0006;
pub(super) const SHARED_USER_ID: u32 = 0x0101_000b;
pub(super) const HAS_CODE: u32 = 0x0101_000c;
pub(super) const PERSISTENT: u32 = 0x0101_000d;
pub(super) const ENABLED: u32 = 0x0101_000e;
pub(super) const EXPORTED: u32 = 0x0101_0010;
pub(super) const AUTHORITIES: u32 = 0x0101_0018;
pub(super) const PRIORITY: u32 = 0x0101_001c;
pub(super) const TARGET_PACKAGE: u32 = 0x0101_0021;
pub(super) const VALUE: u32 = 0x0101_0024;
pub(super) const RESOURCE: u32 = 0x0101_0025;
pub(super) const MIME_TYPE: u32 = 0x0101_0026;
pub(super) const SCHEME: u32 = 0x0101_0027;
pub(super) const HOST: u32 = 0x0101_0028;
pub(super) const PORT: u32 = 0x0101_0029;
pub(super) const PATH: u32 = 0x0101_002a;
pub(super) const PATH_PREFIX: u32 = 0x0101_002b;
pub(super) const PATH_PATTERN: u32 = 0x0101_002c;
pub(super) const TARGET_ACTIVITY: u32 = 0x0101_0202;
pub(super) const MIN_SDK_VERSION: u32 = 0x0101_020c;
pub(super) const VERSION_CODE: u32 = 0x0101_021b;
pub(super) const VERSION_NAME: u32 = 0x0101_021c;
pub(super) const TARGET_SDK_VERSION: u32 = 0x0101_0270;
pub(super) const REQUIRED_FOR_ALL_USERS: u32 = 0x0101_03d0;
pub(super) const SSP: u32 = 0x0101_03e3;
pub(super) const SSP_PREFIX: u32 = 0x0101_03e4;
pub(super) const SSP_PATTERN: u32 = 0x0101_03e5;
pub(super) const APP_CATEGORY: u32 = 0x0101_0545;
pub(super) const VERSION_CODE_MAJOR: u32 = 0x0101_0576;
pub(super) const PATH_SUFFIX: u32 = 0x0101_061e;
pub(super) const SSP_SUFFIX: u32 = 0x0101_061f;
pub(super) const PATH_ADVANCED_PATTERN: u32 = 0x0101_0620;
pub(super) const SSP_ADVANCED_PATTERN: u32 = 0x0101_0621;

/// Tells whether an attribute is read at all; the text of others is not decoded.
pub(super) const fn is_read(id: u32) -> bool {
    matches!(
        id,
        LABEL
            | ICON
            | NAME
            | PERMISSION
            | SHARED_USER_ID
            | HAS_CODE
            | PERSISTENT
            | ENABLED
            | EXPORTED
            | AUTHORITIES
            | PRIORITY
            | TARGET_PACKAGE
            | VALUE
            | RESOURCE
            | MIME_TYPE
            | SCHEME
            | HOST
            | PORT
            | PATH
            | PATH_PREFIX
            | PATH_PATTERN
            | TARGET_ACTIVITY
            | MIN_SDK_VERSION
            | VERSION_CODE
            | VERSION_NAME
            | TARGET_SDK_VERSION
            | REQUIRED_FOR_ALL_USERS
            | APP_CATEGORY
            | VERSION_CODE_MAJOR
            | PATH_SUFFIX
            | PATH_ADVANCED_PATTERN
            | SSP
            | SSP_PREFIX
            | SSP_SUFFIX
            | SSP_PATTERN
            | SSP_ADVANCED_PATTERN
    )
}
