//! What the benches share: contenders, material, and how rounds are measured.

pub mod answer;
pub mod archive;
pub mod axml;
pub mod contender;
pub mod device;
pub mod files;
pub mod floor;
pub mod manifest;
pub mod material;
pub mod memory;
pub mod phone;
pub mod random;
pub mod rounds;
pub mod spread;
pub mod table;
pub mod touch;
