//! A set of APKs like those of a real device, made the same way on every run: about 320 files of 3.4 GB, most of them
//! small, a few very large, with real manifests, many zip entries and resource tables.
//!
//! Payloads are holes, so that the set takes a quarter of its length on disk.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::archive::{Payload, Writer};
use crate::material::Material;
use crate::random::Random;
use crate::spread::spread;
use crate::table;

/// How many APKs there are.
const COUNT: usize = 320;

/// Raised when the set is made in another way, so that an older one is not taken for it.
const RECIPE: u32 = 1;

/// Part of an APK that is its resource table, one in so many bytes.
const TABLE: u64 = 5;

/// The set, as it lies on disk.
#[derive(Debug)]
pub struct DeviceLike {
    /// The APKs, by size.
    pub files: Vec<PathBuf>,
    /// What the set consists of, in words.
    pub figures: String,
}

/// Returns the set, which is made when it is not there.
///
/// # Errors
/// When there are no manifests, or the folder cannot be written to.
pub fn ensure(material: &Material) -> io::Result<DeviceLike> {
    let folder = target_folder()?.join("device-like");
    let stamp = folder.join("figures.txt");
    let manifests = material.manifests()?;
    let recipe = format!("recipe {RECIPE}, manifests from {} ({})", material.words(), manifests.len());
    if !fs::read_to_string(&stamp).is_ok_and(|text| text.lines().next() == Some(recipe.as_str())) {
        let figures = make(&folder, &manifests)?;
        fs::write(&stamp, format!("{recipe}\n{figures}"))?;
    }
    let figures = fs::read_to_string(&stamp)?;
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "apk"))
        .collect();
    files.sort();
    Ok(DeviceLike { files, figures })
}

/// Returns the folder that cargo builds into: the one that this program lies in.
fn target_folder() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    let marked = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    let missing =
        || io::Error::new(io::ErrorKind::NotFound, "this program does not lie in a target folder of cargo");
    marked.map(Path::to_path_buf).ok_or_else(missing)
}

/// One APK to be made.
struct Recipe<'a> {
    size: u64,
    entries: u64,
    manifest: &'a [u8],
}

fn make(folder: &Path, manifests: &[Vec<u8>]) -> io::Result<String> {
    if manifests.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "no manifests to make APKs of"));
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut random = Random::new(320);
    let recipes = recipes(manifests, &mut random);
    let mut made = Figures::default();
    for (number, recipe) in recipes.iter().enumerate() {
        let path = folder.join(format!("{number:03}.apk"));
        made.add(recipe, write(&path, recipe, &mut random)?, &path)?;
    }
    Ok(made.words())
}

/// Says what each APK is like. Large APKs tend to have large manifests and many entries, but not always.
fn recipes<'a>(manifests: &'a [Vec<u8>], random: &mut Random) -> Vec<Recipe<'a>> {
    let sizes = spread(COUNT, 3e6, 10.5e6, 220e6);
    let entries = jumbled(spread(COUNT, 400.0, 1573.0, 20_000.0), random);
    let wanted = jumbled(spread(COUNT, 2.4e3, 27e3, 222e3), random);
    let mut left: Vec<&Vec<u8>> = manifests.iter().collect();
    let mut recipes = Vec::new();
    for ((size, entries), wanted) in sizes.into_iter().zip(entries).zip(wanted) {
        if left.is_empty() {
            left = manifests.iter().collect();
        }
        let nearest = left.iter().enumerate().min_by_key(|(_, data)| (data.len() as u64).abs_diff(wanted));
        let manifest = left.remove(nearest.map_or(0, |(index, _)| index));
        // A small APK cannot hold a large manifest or many entries.
        let size = size.max(manifest.len() as u64 * 2);
        recipes.push(Recipe { size, entries: entries.clamp(4, (size / 600).max(4)), manifest });
    }
    recipes
}

/// Moves each value by up to an eighth of the places.
fn jumbled(values: Vec<u64>, random: &mut Random) -> Vec<u64> {
    let mut placed: Vec<(usize, u64)> = values
        .into_iter()
        .enumerate()
        .map(|(place, value)| (place + random.below(COUNT / 4), value))
        .collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, value)| value).collect()
}

/// Writes one APK; returns the size of its resource table.
fn write(path: &Path, recipe: &Recipe<'_>, random: &mut Random) -> io::Result<usize> {
    const FOLDERS: [&str; 6] = [
        "res/layout",
        "res/drawable-xxhdpi-v4",
        "res/color-v31",
        "assets/dexopt",
        "META-INF/services",
        "kotlin",
    ];
    let table = table::resources(recipe.manifest, usize::try_from(recipe.size / TABLE).unwrap_or(usize::MAX));
    let mut archive = Writer::create(path)?;
    let small = recipe.entries.saturating_sub(4);
    let manifest_at = if random.below(3) == 0 { small } else { 0 };
    for number in 0..=small {
        if number == manifest_at {
            archive.add("AndroidManifest.xml", Payload::Deflated(recipe.manifest))?;
        }
        if number < small {
            let folder = FOLDERS[random.below(FOLDERS.len())];
            let name = format!("{folder}/entry_{number:05}_{:08x}.xml", random.next() & 0xffff_ffff);
            let length = u32::try_from(40 + random.below(400)).unwrap_or(0);
            archive.add(&name, Payload::Hole(length))?;
        }
    }
    archive.add("resources.arsc", Payload::Stored(&table))?;
    // What is left is code: two thirds in a native library, one third for the virtual machine.
    let rest = recipe.size.saturating_sub(u64::from(archive.length() + archive.directory_length() + 200));
    let rest = u32::try_from(rest).unwrap_or(u32::MAX);
    archive.add("classes.dex", Payload::Hole(rest / 3))?;
    archive.add("lib/arm64-v8a/libapp.so", Payload::Hole(rest - rest / 3))?;
    archive.finish()?;
    Ok(table.len())
}

/// Sums over the set.
#[derive(Default)]
struct Figures {
    sizes: Vec<u64>,
    manifests: Vec<u64>,
    entries: u64,
    tables: u64,
    on_disk: u64,
}

impl Figures {
    fn add(&mut self, recipe: &Recipe<'_>, table: usize, path: &Path) -> io::Result<()> {
        let metadata = fs::metadata(path)?;
        self.sizes.push(metadata.len());
        self.manifests.push(recipe.manifest.len() as u64);
        self.entries += recipe.entries;
        self.tables += table as u64;
        self.on_disk += metadata.blocks() * 512;
        Ok(())
    }

    fn words(mut self) -> String {
        self.sizes.sort_unstable();
        self.manifests.sort_unstable();
        let count = self.sizes.len();
        let middle = |values: &[u64]| values.get(values.len() / 2).copied().unwrap_or(0);
        let greatest = |values: &[u64]| values.last().copied().unwrap_or(0);
        let sum = |values: &[u64]| values.iter().sum::<u64>();
        let mean = |sum: u64| sum / (count.max(1) as u64);
        format!(
            "{count} APKs, {} bytes ({} on disk), median {}, greatest {}\n\
             manifests: mean {} bytes, median {}, greatest {}\n\
             zip entries: mean {}; resource tables: {} bytes in all\n",
            sum(&self.sizes),
            self.on_disk,
            middle(&self.sizes),
            greatest(&self.sizes),
            mean(sum(&self.manifests)),
            middle(&self.manifests),
            greatest(&self.manifests),
            mean(self.entries),
            self.tables,
        )
    }
}
