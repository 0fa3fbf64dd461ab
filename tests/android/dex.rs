//! What the shrinker left of the app's classes, read from the dex within the APK (source.android.com, "Dalvik executable
//! format").

use std::collections::BTreeSet;
use std::path::Path;

use rawzip::ZipArchive;

use crate::build::built;

/// The dex files of an APK.
pub(crate) fn files(apk: &Path) -> Vec<Vec<u8>> {
    let archive = ZipArchive::from_slice(std::fs::read(apk).unwrap()).unwrap();
    let mut files = Vec::new();
    let mut entries = archive.entries();
    while let Some(record) = entries.next_entry().unwrap() {
        if record.file_path().as_bytes().ends_with(b".dex") {
            files.push(archive.get_entry(record.wayfinder()).unwrap().data().to_vec());
        }
    }
    assert!(!files.is_empty(), "{} holds no dex", apk.display());
    files
}

/// One dex file. Whatever does not fit its format panics.
struct Dex(Vec<u8>);

impl Dex {
    fn u16(&self, at: usize) -> usize {
        usize::from(u16::from_le_bytes(self.0[at..at + 2].try_into().unwrap()))
    }

    fn u32(&self, at: usize) -> usize {
        usize::try_from(u32::from_le_bytes(self.0[at..at + 4].try_into().unwrap())).unwrap()
    }

    /// An unsigned LEB128, and where it ends.
    fn leb(&self, mut at: usize) -> (usize, usize) {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = usize::from(self.0[at]);
            at += 1;
            value |= (byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return (value, at);
            }
        }
    }

    fn string(&self, index: usize) -> String {
        let (_, start) = self.leb(self.u32(self.u32(60) + 4 * index));
        let length = self.0[start..].iter().position(|byte| *byte == 0).unwrap();
        String::from_utf8_lossy(&self.0[start..start + length]).into_owned()
    }

    fn type_name(&self, index: usize) -> String {
        self.string(self.u32(self.u32(68) + 4 * index))
    }

    /// The types of a list, none where it lies at 0.
    fn types(&self, list: usize) -> Vec<String> {
        let length = if list == 0 { 0 } else { self.u32(list) };
        (0..length).map(|each| self.type_name(self.u16(list + 4 + 2 * each))).collect()
    }

    /// A method as `name(parameters)result`.
    fn method(&self, index: usize) -> String {
        let method = self.u32(92) + 8 * index;
        let proto = self.u32(76) + 12 * self.u16(method + 2);
        let parameters = self.types(self.u32(proto + 8)).concat();
        format!("{}({parameters}){}", self.string(self.u32(method + 4)), self.type_name(self.u32(proto + 4)))
    }

    /// The virtual methods with a body of every class that names this interface itself.
    fn methods_of(&self, interface: &str) -> Vec<BTreeSet<String>> {
        let classes = (0..self.u32(96)).map(|each| self.u32(100) + 32 * each);
        let implementing = classes.filter(|class| {
            let interfaces = self.types(self.u32(class + 12));
            interfaces.iter().any(|name| name == interface)
        });
        implementing.map(|class| self.virtual_methods(self.u32(class + 24))).collect()
    }

    fn virtual_methods(&self, data: usize) -> BTreeSet<String> {
        let mut at = data;
        let mut next = || {
            let (value, end) = self.leb(at);
            at = end;
            value
        };
        let [fields, own_fields, direct, virtuals] = [next(), next(), next(), next()];
        for _ in 0..2 * (fields + own_fields) + 3 * direct {
            next();
        }
        let mut methods = BTreeSet::new();
        let mut index = 0;
        for _ in 0..virtuals {
            index += next();
            let [_access, code] = [next(), next()];
            if code != 0 {
                methods.insert(self.method(index));
            }
        }
        methods
    }
}

/// The forms that a listener had from Android 8.0 to 16 (`javap` over the `AppOpsManager` of every release), with the first
/// API level of each. No other class of the app overrides a method that the newest platform does not have.
const FORMS: [(&str, &[&str]); 2] = [
    (
        "Landroid/app/AppOpsManager$OnOpNotedListener;",
        &[
            "onOpNoted(IILjava/lang/String;I)V",                    // 29
            "onOpNoted(IILjava/lang/String;Ljava/lang/String;II)V", // 31
            "onOpNoted(Ljava/lang/String;ILjava/lang/String;Ljava/lang/String;II)V", // 34
        ],
    ),
    (
        "Landroid/app/AppOpsManager$OnOpActiveChangedListener;",
        &[
            "onOpActiveChanged(IILjava/lang/String;Z)V",                  // 28
            "onOpActiveChanged(Ljava/lang/String;ILjava/lang/String;Z)V", // 30
        ],
    ),
];

/// A platform calls the form that it knows; where the class has no such method, the process ends (`AbstractMethodError`).
#[test]
fn a_listener_has_the_form_of_every_platform() {
    let dexes: Vec<Dex> = files(&built().apk).into_iter().map(Dex).collect();
    for (interface, forms) in FORMS {
        let listeners: Vec<BTreeSet<String>> =
            dexes.iter().flat_map(|dex| dex.methods_of(interface)).collect();
        assert!(!listeners.is_empty(), "no class implements {interface}");
        for methods in listeners {
            for form in forms {
                assert!(methods.contains(*form), "{interface} has {methods:?} and not {form}");
            }
        }
    }
}
