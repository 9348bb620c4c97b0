//! `doctor`: is everything as it should be, and what to do where it is not.

use std::process::ExitCode;

use clap::Args;
use platform::config::Config;

use super::Common;
use crate::health::{self, Check, Status};

/// `loggia doctor`
#[derive(Debug, Args)]
pub struct Doctor {
    /// Prints the documented configuration file instead.
    #[arg(long)]
    reference: bool,
}

impl Doctor {
    pub async fn run(&self, common: &Common) -> anyhow::Result<ExitCode> {
        if self.reference {
            print!("{}", Config::reference());
            return Ok(ExitCode::SUCCESS);
        }
        let checks = self.checks(common).await;
        let healthy = checks.iter().all(|check| check.status != Status::Failed);
        common.report(&checks, || render(&checks))?;
        Ok(if healthy {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    async fn checks(&self, common: &Common) -> Vec<Check> {
        let config = match common.config(None) {
            Ok(config) => config,
            Err(error) => {
                let remedy =
                    "Mend the keys named here; `loggia doctor --reference` prints all of them.";
                return vec![Check::failed("configuration", error.to_string(), remedy)];
            }
        };
        let mut checks = vec![health::configuration(&config), health::disk(&config).await];
        checks.extend(health::mail(&config).await);
        match super::connect(&config).await {
            Ok(database) => checks.extend(health::database_checks(&database).await),
            Err(error) => {
                let remedy = "Check database.url, and that the server runs and lets you in.";
                checks.push(Check::failed("database", format!("{error:#}"), remedy));
            }
        }
        checks
    }
}

fn render(checks: &[Check]) -> String {
    let lines = checks.iter().map(|check| {
        let mark = match check.status {
            Status::Ok => "ok     ",
            Status::Warning => "warning",
            Status::Failed => "FAILED ",
        };
        let remedy = if check.remedy.is_empty() {
            String::new()
        } else {
            format!("\n         {}", check.remedy)
        };
        format!("{mark}  {}: {}{remedy}", check.name, check.detail)
    });
    lines.collect::<Vec<_>>().join("\n")
}
