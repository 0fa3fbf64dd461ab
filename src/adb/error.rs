//! Why no conversation with a device came about, in both languages, each with what to do next.

use std::path::PathBuf;

use crate::adb::answer::Gone;
use crate::escape::shown;
use crate::language::{Language, Localized, Text};

/// Why a device cannot be talked to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no `adb` program.
    #[error("no adb program was found")]
    NoProgram,
    /// The `adb` program does not start.
    #[error("failed to run {}", shown(&file.to_string_lossy()))]
    NotStarted {
        /// Which program.
        file: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// The `adb` program failed to list the devices.
    #[error("adb could not list the devices: {}", shown(detail))]
    Failed {
        /// What it said.
        detail: String,
    },
    /// No device is connected.
    #[error("no device is connected")]
    NoDevice,
    /// Several devices are connected and none is named.
    #[error("several devices are connected: {}", shown(&serials.join(", ")))]
    Several {
        /// Their serials.
        serials: Vec<String>,
    },
    /// The named device is not connected.
    #[error("no device has the serial {}", shown(serial))]
    NotFound {
        /// The serial that was named.
        serial: String,
        /// The serials that are there.
        serials: Vec<String>,
    },
    /// The device has not allowed this computer.
    #[error("the device {} has not allowed this computer", shown(serial))]
    Unauthorized {
        /// Its serial.
        serial: String,
    },
    /// The device is listed and does not answer.
    #[error("the device {} is offline", shown(serial))]
    Offline {
        /// Its serial.
        serial: String,
    },
    /// The system lets this account not use the device.
    #[error("this account may not use the device {}", shown(serial))]
    NoPermissions {
        /// Its serial.
        serial: String,
    },
    /// The device is in another state in which no shell runs: recovery, sideload, bootloader.
    #[error("the device {} is in the state {}, not in the running system", shown(serial), shown(state))]
    NotRunning {
        /// Its serial.
        serial: String,
        /// The state, as adb says it.
        state: String,
    },
    /// The conversation broke off.
    #[error("the connection to the device is gone: {}", shown(&.0.detail))]
    Gone(#[from] Gone),
}

impl Error {
    /// Returns what to do next.
    pub const fn hint(&self) -> Text {
        match self {
            Self::NoProgram => Text::new(
                "install Android's platform-tools, or name the program with --adb FILE or the variable ADB",
                "请安装安卓 platform-tools，或用 --adb 文件、环境变量 ADB 指定该程序",
            ),
            Self::NotStarted { .. } => Text::new(
                "check that this is the adb program and that you may run it",
                "请确认该文件是 adb 程序且您有权运行它",
            ),
            Self::Failed { .. } => Text::new(
                "run 'adb kill-server', then 'adb devices', and look at what it says",
                "请依次运行 'adb kill-server' 和 'adb devices' 并查看其输出",
            ),
            Self::NoDevice => Text::new(
                "connect a phone with USB debugging switched on, or start an emulator; 'adb devices' has to list it",
                "请连接已开启 USB 调试的手机或启动模拟器；'adb devices' 应能列出它",
            ),
            Self::Several { .. } => Text::new("name one: adb:SERIAL", "请指定其中一个：adb:序列号"),
            Self::NotFound { .. } => {
                Text::new("'adb devices' lists what is connected", "'adb devices' 可列出已连接的设备")
            }
            Self::Unauthorized { .. } => Text::new(
                "unlock the phone and confirm 'Allow USB debugging' on its screen",
                "请解锁手机并在屏幕上确认“允许 USB 调试”",
            ),
            Self::Offline { .. } => Text::new(
                "wait until the phone has started, or unplug it and plug it in again",
                "请等待手机启动完毕，或重新插拔数据线",
            ),
            Self::NoPermissions { .. } => Text::new(
                "this account needs the right to use the phone's USB device (udev rules, group plugdev)",
                "当前账户需要使用该 USB 设备的权限（udev 规则、plugdev 组）",
            ),
            Self::NotRunning { .. } => Text::new("start the phone normally", "请正常启动手机"),
            Self::Gone(_) => Text::new(
                "check the cable and that the phone is on, then try again",
                "请检查数据线以及手机是否开机，然后重试",
            ),
        }
    }
}

impl Localized for Error {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::NoProgram => {
                Text::new("no adb program was found", "未找到 adb 程序").get(language).to_owned()
            }
            Self::NotStarted { file, source } => {
                Text::new("failed to run {file}: {source}", "运行 {file} 失败：{source}")
                    .fill(language, &[("file", &shown(&file.to_string_lossy())), ("source", source)])
            }
            Self::Failed { detail } => {
                Text::new("adb could not list the devices: {detail}", "adb 无法列出设备：{detail}")
                    .fill(language, &[("detail", &shown(detail))])
            }
            Self::NoDevice => {
                Text::new("no device is connected", "没有连接任何设备").get(language).to_owned()
            }
            Self::Several { serials } => {
                Text::new("several devices are connected: {serials}", "连接了多台设备：{serials}")
                    .fill(language, &[("serials", &shown(&serials.join(", ")))])
            }
            Self::NotFound { serial, serials } if serials.is_empty() => Text::new(
                "no device has the serial {serial}; none is connected",
                "没有序列号为 {serial} 的设备；未连接任何设备",
            )
            .fill(language, &[("serial", &shown(serial))]),
            Self::NotFound { serial, serials } => Text::new(
                "no device has the serial {serial}; connected: {serials}",
                "没有序列号为 {serial} 的设备；已连接：{serials}",
            )
            .fill(language, &[("serial", &shown(serial)), ("serials", &shown(&serials.join(", ")))]),
            Self::Unauthorized { serial } => {
                Text::new("the device {serial} has not allowed this computer", "设备 {serial} 尚未授权此电脑")
                    .fill(language, &[("serial", &shown(serial))])
            }
            Self::Offline { serial } => {
                Text::new("the device {serial} is offline", "设备 {serial} 处于离线状态")
                    .fill(language, &[("serial", &shown(serial))])
            }
            Self::NoPermissions { serial } => {
                Text::new("this account may not use the device {serial}", "当前账户无权使用设备 {serial}")
                    .fill(language, &[("serial", &shown(serial))])
            }
            Self::NotRunning { serial, state } => Text::new(
                "the device {serial} is in the state {state}, not in the running system",
                "设备 {serial} 处于 {state} 状态，而非正常运行的系统",
            )
            .fill(language, &[("serial", &shown(serial)), ("state", &shown(state))]),
            Self::Gone(gone) => {
                Text::new("the connection to the device is gone: {detail}", "与设备的连接已中断：{detail}")
                    .fill(language, &[("detail", &shown(&gone.detail))])
            }
        }
    }
}
