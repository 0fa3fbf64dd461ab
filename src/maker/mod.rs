//! Makers' conventions about what users may remove: their places, lists and switches, as data in
//! `config/preload-paths.toml`.
//!
//! Takes paths, properties and the bytes of lists; gives the rules that apply and the entries of the lists. Never reads a
//! file and never judges a package: that is [`crate::removability`].

pub mod condition;
pub mod conventions;
pub mod destination;
pub mod document;
#[cfg(feature = "files")]
pub mod list;
pub mod place;
pub mod rule;
pub mod site;

pub use conventions::Conventions;
pub use rule::ListRule;
