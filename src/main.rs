//! The `keepone` program: hands its arguments to [`keepone::cli::run`] and exits with what that says.

use std::process::ExitCode;

fn main() -> ExitCode {
    keepone::cli::run(std::env::args_os())
}
