//! The commands, as somebody types them.

use std::path::Path;
use std::process::{Command, Output};

fn loggia(data: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loggia"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LOGGIA_")) {
        command.env_remove(name);
    }
    command.args(words).arg("--data-dir").arg(data);
    command.output().unwrap()
}

fn refusal(data: &Path, words: &[&str]) -> String {
    let output = loggia(data, words);
    assert!(!output.status.success(), "{words:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Nobody comes into a house that has no organisation: its pages would have nothing to show.
#[test]
fn a_house_is_set_up_without_a_browser_before_anybody_comes_in() {
    let folder = tempfile::tempdir().unwrap();
    let (data, export) = (
        folder.path().join("data"),
        folder.path().join("export.jsonl"),
    );
    std::fs::write(&export, "{\"type\":\"version\",\"version\":1}\n").unwrap();
    let ada = ["user", "create", "ada", "--name", "Ada Admin"];
    let bo = ["user", "create", "bo", "--name", "Bo Berg"];
    let import = ["import", "mattermost", export.to_str().unwrap()];
    for words in [&ada[..], &import[..]] {
        assert!(
            refusal(&data, words).contains("--organisation"),
            "{words:?}"
        );
    }

    let founded = loggia(
        &data,
        &[&ada[..], &["--organisation", "Lindenbank"]].concat(),
    );
    assert!(founded.status.success(), "{founded:?}");
    let again = refusal(
        &data,
        &[&bo[..], &["--organisation", "Eichenbank"]].concat(),
    );
    assert!(again.contains("ALREADY_SET_UP"), "{again}");
    for words in [&bo[..], &import[..]] {
        let done = loggia(&data, words);
        assert!(done.status.success(), "{words:?} {done:?}");
    }
}
