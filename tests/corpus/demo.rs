//! The committed phones are what `keepone snapshot --expected` reads from their trees; `KEEPONE_UPDATE=1` writes them
//! anew.

use std::path::PathBuf;
use std::process::Command;

/// A folder of the corpus and the name under which its facts are committed.
const PHONES: [(&str, &str); 2] =
    [("zte_u930hd_stock_A4", "zte-u930hd"), ("lenovo_x6c6l_A12", "lenovo-tb-x6c6l")];

#[test]
fn the_committed_phones_are_what_their_trees_say() {
    let folder = tempfile::tempdir().unwrap();
    for (tree, phone) in PHONES {
        let device = crate::corpus().join("firmware").join(tree);
        // The source is named after the folder it was read from.
        let root = folder.path().join(phone);
        std::os::unix::fs::symlink(device.join("root").canonicalize().unwrap(), &root).unwrap();
        let out = folder.path().join(format!("{phone}.json"));
        let run = Command::new(env!("CARGO_BIN_EXE_keepone"))
            .arg("snapshot")
            .arg(&root)
            .arg("--expected")
            .arg(device.join("apk-paths.tsv"))
            .arg("-o")
            .arg(&out)
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stderr));
        let text = std::fs::read_to_string(&out).unwrap();
        let committed =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/devices/{phone}.json"));
        if std::env::var_os("KEEPONE_UPDATE").is_some() {
            std::fs::write(&committed, &text).unwrap();
        }
        let known = std::fs::read_to_string(&committed).unwrap();
        assert!(known == text, "{} is out of date: run again with KEEPONE_UPDATE=1", committed.display());
    }
}
