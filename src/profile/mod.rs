//! The rule as data: one regulation per file, strict, layered, every value with its origin.

mod resolved;

pub use resolved::{
    Bilingual, Check, DeclaredClaim, GroupRule, Idle, Keeper, Layer, Origin, Profile, Requirement, Standing,
    SwitchOrigins, Switches, Waiver,
};
