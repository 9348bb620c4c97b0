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

/// Tomorrow's files are tried out, applied and taken back by hand, each step naming the next.
#[test]
fn a_reorganisation_is_rehearsed_applied_and_taken_back_at_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (data, org) = (folder.path().join("data"), folder.path().join("org"));
    std::fs::create_dir(&org).unwrap();
    let files = [
        ("people.csv", "id,name\n1,Lena Carstens\n"),
        (
            "org_units.csv",
            "code,parent_code,name,type\nN1,,Altona,branch\n",
        ),
        ("assignments.csv", "person,unit,head\n1,N1,yes\n"),
    ];
    for (name, text) in files {
        std::fs::write(org.join(name), text).unwrap();
    }
    let found = [
        "user",
        "create",
        "ada",
        "--name",
        "Ada",
        "--organisation",
        "Lindenbank",
    ];
    assert!(loggia(&data, &found).status.success());
    let words = |words: &[&str]| {
        let output = loggia(&data, words);
        assert!(output.status.success(), "{words:?} {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let import = ["import", "org", org.to_str().unwrap(), "--rehearse"];
    let shown = words(&import);
    assert!(
        shown.contains("people new (1):\n  Lena Carstens"),
        "{shown}"
    );
    assert!(
        shown.contains("line gained (1):\n  Lena Carstens: Altona"),
        "{shown}"
    );
    let id = shown.split_whitespace().next().unwrap();
    assert_eq!(words(&["reorganisation", "show", id]), shown);
    assert!(words(&["reorganisation", "apply", id]).contains("applied"));
    let again = refusal(&data, &["reorganisation", "apply", id]);
    assert!(again.contains("WRONG_STATE"), "{again}");
    assert!(words(&["reorganisation", "undo", id]).contains("undone"));
    assert!(words(&["reorganisation", "list"]).contains(id));

    std::fs::write(org.join("assignments.csv"), "person,unit\n2,N1\n").unwrap();
    let refused = loggia(&data, &import);
    assert!(!refused.status.success());
    let told = String::from_utf8(refused.stdout).unwrap();
    assert!(told.contains("assignments.csv:2: person \"2\""), "{told}");
}
