//! Builds the app once for all tests, and once more elsewhere with a platform's key.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

/// What a build leaves behind.
#[derive(Debug)]
pub(crate) struct Built {
    /// The checkout it was made in.
    root: PathBuf,
    /// The signed APK.
    pub(crate) apk: PathBuf,
}

impl Built {
    /// The APK before it was signed.
    pub(crate) fn unsigned(&self) -> PathBuf {
        self.root.join("android/target/keepone-unsigned.apk")
    }

    /// The list of what it was made with.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join("android/target/keepone-unsigned.tools.txt")
    }

    /// The framework as the build reads it: the manifest and the resources of the newest platform.
    pub(crate) fn framework(&self) -> PathBuf {
        let target = self.root.join("android/target");
        let entries = std::fs::read_dir(target).unwrap().map(|entry| entry.unwrap().path());
        let mut frameworks = entries.map(|path| path.join("framework.apk")).filter(|path| path.is_file());
        frameworks.next().expect("the build made framework.apk")
    }

    /// The linker that Rust was given for one target.
    pub(crate) fn linker(&self, triple: &str) -> PathBuf {
        self.root.join("android/target/toolchain").join(triple).join("android-clang")
    }
}

/// The build of this checkout, made by the first test that asks.
pub(crate) fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        succeed(&run(&root(), &[]));
        Built { apk: root().join("android/target/keepone.apk"), root: root() }
    })
}

/// A build of the same files in another folder, signed with a key that stands for a platform's.
pub(crate) struct Elsewhere {
    pub(crate) built: Built,
    /// The certificate that was handed over.
    pub(crate) certificate: PathBuf,
    _folder: TempDir,
}

/// The build in another folder, made by the first test that asks.
pub(crate) fn elsewhere() -> &'static Elsewhere {
    static ELSEWHERE: OnceLock<Elsewhere> = OnceLock::new();
    ELSEWHERE.get_or_init(|| {
        // The same platform is not fetched twice.
        let platform = built().framework().parent().unwrap().to_owned();
        let folder = tempfile::tempdir().unwrap();
        // A name that shells and compilers like to trip over.
        let root = folder.path().join("another folder's checkout");
        copy_checkout(&root);
        let target = root.join("android/target");
        std::fs::create_dir_all(&target).unwrap();
        std::os::unix::fs::symlink(&platform, target.join(platform.file_name().unwrap())).unwrap();

        let (key, certificate) = platform_key(folder.path());
        let apk = folder.path().join("signed by the platform.apk");
        let arguments =
            ["--key", text(&key), "--cert", text(&certificate), "--output", text(&apk)].map(str::to_owned);
        succeed(&run(&root, &arguments.each_ref().map(String::as_str)));
        Elsewhere { built: Built { root, apk }, certificate, _folder: folder }
    })
}

/// Runs `android/build` of a checkout.
pub(crate) fn run(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(root.join("android/build"));
    // Cargo's own variables are of this machine's build, not of the phone's.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_") && name != "CARGO_HOME"
            || name == "RUSTFLAGS"
            || name == "ANDROID_NDK_HOME"
        {
            command.env_remove(name);
        }
    }
    command.args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// What a program printed to standard output.
pub(crate) fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    succeed(&output);
    String::from_utf8(output.stdout).unwrap()
}

/// The folder of this checkout.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn succeed(output: &Output) {
    assert!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
}

/// Copies what git knows of this checkout, with what is not committed yet.
fn copy_checkout(to: &Path) {
    let files = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let files = output("git", &[&["-C", text(&root())], &files[..]].concat());
    for file in files.split_terminator('\0').filter(|file| root().join(file).is_file()) {
        std::fs::create_dir_all(to.join(file).parent().unwrap()).unwrap();
        std::fs::copy(root().join(file), to.join(file)).unwrap();
    }
}

/// A key and its certificate in the form that AOSP keeps them in: `platform.pk8`, `platform.x509.pem`.
fn platform_key(folder: &Path) -> (PathBuf, PathBuf) {
    let [pem, key, certificate] =
        ["platform.pem", "platform.pk8", "platform.x509.pem"].map(|name| folder.join(name));
    let request =
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "10000", "-subj", "/CN=a platform"];
    output("openssl", &[&request[..], &["-keyout", text(&pem), "-out", text(&certificate)]].concat());
    output(
        "openssl",
        &["pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-in", text(&pem), "-out", text(&key)],
    );
    (key, certificate)
}
