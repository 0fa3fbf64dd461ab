//! The first lines of a page: who says this, of which device and build.

use crate::language::Text;
use crate::report::escape::shown;
use crate::report::result::Head;
use crate::report::table::Table;
use crate::report::text::Page;
use crate::source::snapshot::SourceKind;

const DEVICE: Text = Text::new("Device", "设备");
const BUILD: Text = Text::new("Build", "版本");
const SOURCE: Text = Text::new("Source", "来源");
const NOTE: Text = Text::new("Note", "注意");
const NOT_STATED: Text = Text::new("not stated", "未注明");
const DERIVED: Text = Text::new(
    "no reading of a device: computed ({by}, profile {profile})",
    "并非对设备的读取结果，而是推算所得（{by}，规则 {profile}）",
);

/// Returns the rows that say which device, build and source a result is about.
pub(super) fn rows(page: &Page, head: &Head) -> Table {
    let mut table = Table::new(0);
    let device = &head.device;
    table.row([page.say(DEVICE).to_owned(), device_name(page, head)]);
    let build = device.fingerprint.as_deref().map_or_else(|| page.say(NOT_STATED).to_owned(), shown);
    table.row([page.say(BUILD).to_owned(), build]);
    let source = page.with_aside(&shown(&head.source.name), page.say(kind_name(head.source.kind)));
    table.row([page.say(SOURCE).to_owned(), source]);
    if let Some(derived) = &head.derived {
        let (by, profile) = (shown(&derived.by), shown(&derived.profile));
        table.row([
            page.say(NOTE).to_owned(),
            DERIVED.fill(page.language, &[("by", &by), ("profile", &profile)]),
        ]);
    }
    table
}

fn device_name(page: &Page, head: &Head) -> String {
    let device = &head.device;
    let maker = device.manufacturer.as_deref().or(device.brand.as_deref());
    let model = device.model.as_deref().unwrap_or_default().to_lowercase();
    // Many models name their maker themselves.
    let maker = maker.filter(|maker| !model.starts_with(&maker.to_lowercase()));
    let mut name =
        [maker, device.model.as_deref()].into_iter().flatten().map(shown).collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        page.say(NOT_STATED).clone_into(&mut name);
    }
    match (&device.android_release, device.sdk) {
        (Some(release), Some(sdk)) => format!("{name}, Android {} (API {sdk})", shown(release)),
        (Some(release), None) => format!("{name}, Android {}", shown(release)),
        (None, Some(sdk)) => format!("{name}, API {sdk}"),
        (None, None) => name,
    }
}

const fn kind_name(kind: SourceKind) -> Text {
    match kind {
        SourceKind::Tree => Text::new("unpacked firmware", "已解包固件"),
        SourceKind::Apk => Text::new("one APK", "单个 APK"),
        SourceKind::Snapshot => Text::new("snapshot", "快照"),
        SourceKind::Adb => Text::new("device over adb", "通过 adb 连接的设备"),
        SourceKind::Dump => Text::new("saved output of a device", "设备输出的存档"),
        SourceKind::Device => Text::new("this device", "本设备"),
    }
}
