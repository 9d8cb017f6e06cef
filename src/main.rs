//! The `dateline` program: parse the command line, run it, give its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::run(std::env::args_os())
}
