//! Makes the device-like set of APKs under the target folder, if it is not there, and says what it consists of.

use std::io;

use keepone_benches::device;
use keepone_benches::material::Material;

fn main() -> io::Result<()> {
    let set = device::ensure(&Material::find()?)?;
    println!("{}", set.figures);
    if let Some(folder) = set.files.first().and_then(|file| file.parent()) {
        println!("in {}", folder.display());
    }
    Ok(())
}
