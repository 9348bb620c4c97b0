//! What the configuration promises to whoever runs the server.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use super::values::Raw;
use super::*;

fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn load(
    toml: Option<&str>,
    variables: &[(&str, &str)],
    sets: &[&str],
) -> Result<Config, ConfigErrors> {
    let folder = tempfile::tempdir().unwrap();
    let file = toml.map(|text| {
        let path = folder.path().join("loggia.toml");
        fs::write(&path, text).unwrap();
        path
    });
    let sets = sets.iter().map(|set| (*set).to_owned()).collect();
    Config::load(Sources {
        file,
        env: env(variables),
        sets,
        data_dir: None,
        listen: None,
    })
}

fn problems(result: Result<Config, ConfigErrors>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn every_default_has_the_right_form() {
    for key in keys::KEYS {
        let mut config = Config::default();
        assert_eq!(
            key.apply(&mut config, &Raw::Text(key.default)),
            Ok(()),
            "{}",
            key.name
        );
    }
}

#[test]
fn names_and_variables_are_unique() {
    let names: Vec<String> = keys::names().collect();
    let variables: BTreeSet<String> = names.iter().map(|name| keys::variable(name)).collect();
    assert_eq!(variables.len(), names.len());
}

#[test]
fn without_any_source_the_server_is_small_local_and_safe() {
    let config = Config::load(Sources::none()).unwrap();
    assert!(config.server.listen.ip().is_loopback());
    assert_eq!(config.database_url().backend(), Backend::Sqlite);
    assert_eq!(
        config.database_url().sqlite_file(),
        Some(PathBuf::from("data/loggia.db"))
    );
    assert_eq!(config.database.synchronous, Synchronous::Full);
    assert!(!config.links.allow_private_addresses);
    assert_eq!(config.media.max_file_bytes, 100 * 1024 * 1024);
    assert_eq!(config.public_url(), "http://localhost:8080");
}

#[test]
fn later_sources_win() {
    let toml = "[server]\nlisten = \"127.0.0.1:1001\"\nrequest_timeout_seconds = 11\n[journal]\nkeep_days = 7\n";
    let variables = [
        ("LOGGIA_SERVER_LISTEN", "127.0.0.1:1002"),
        ("LOGGIA_JOURNAL_KEEP_DAYS", "8"),
    ];
    let config = load(Some(toml), &variables, &["server.listen=127.0.0.1:1003"]).unwrap();
    assert_eq!(config.server.listen.port(), 1003);
    assert_eq!(config.journal.keep_days, 8);
    assert_eq!(config.server.request_timeout_seconds, 11);

    let flags = Sources {
        data_dir: Some(PathBuf::from("elsewhere")),
        listen: Some("localhost:1004".to_owned()),
        file: None,
        env: env(&variables),
        sets: vec!["server.data_dir=here".to_owned()],
    };
    let config = Config::load(flags).unwrap();
    assert_eq!(config.server.listen.port(), 1004);
    assert_eq!(config.data_dir(), Path::new("elsewhere"));
}

#[test]
fn all_problems_are_told_at_once_each_with_its_place() {
    let toml = "[server]\nlisten = 8080\n[graphql]\nmax_depht = 3\n[links]\nenabled = \"maybe\"\n";
    let message = problems(load(
        Some(toml),
        &[
            ("LOGGIA_MEDIA_MAX_FILE_BYTES", "huge"),
            ("LOGGIA_SERVER_LISTENS", "x"),
        ],
        &["journal.keep_days=0", "nonsense"],
    ));
    for part in [
        "7 problems",
        "loggia.toml: server.listen: expected a text, not a whole number",
        "graphql.max_depht: unknown key; did you mean 'graphql.max_depth'?",
        "links.enabled: expected true or false, not a text",
        "LOGGIA_MEDIA_MAX_FILE_BYTES: expected a size",
        "LOGGIA_SERVER_LISTENS: unknown key; did you mean 'LOGGIA_SERVER_LISTEN'?",
        "--set journal.keep_days: expected a number from 1 to 3650, not 0",
        "--set: expected section.key=value",
    ] {
        assert!(message.contains(part), "'{part}' is missing in: {message}");
    }
}

#[test]
fn an_unknown_key_names_the_nearest_one() {
    let message = problems(load(None, &[], &["servr.listen=1"]));
    assert!(message.contains("'server.listen'"), "{message}");
    let message = problems(load(Some("[database]\nmax_conections = 4\n"), &[], &[]));
    assert!(message.contains("'database.max_connections'"), "{message}");
    let message = problems(load(Some("listen = \"127.0.0.1:1\"\n"), &[], &[]));
    assert!(message.contains("'server.listen'"), "{message}");
    let message = problems(load(None, &[("LOGGIA_LOGLEVEL", "debug")], &[]));
    assert!(message.contains("'LOGGIA_LOG_LEVEL'"), "{message}");
}

#[test]
fn reserved_variables_and_those_of_others_are_no_keys() {
    let variables = [
        ("LOGGIA_TEST_POSTGRES", "x"),
        ("LOGGIA_CONFIG", "x"),
        ("LOGGIA_BIN", "x"),
        ("LOGGIA_LOG", "debug"),
        ("PATH", "/bin"),
    ];
    load(None, &variables, &[]).unwrap();
}

#[test]
fn a_broken_or_missing_file_is_a_problem_and_no_panic() {
    assert!(problems(load(Some("[server\nlisten=1"), &[], &[])).contains("loggia.toml"));
    let sources = Sources {
        file: Some(PathBuf::from("does/not/exist.toml")),
        ..Sources::none()
    };
    assert!(problems(Config::load(sources)).contains("cannot read"));
}

#[test]
fn secrets_can_stand_in_a_file_and_are_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    fs::write(&path, "s3cr3t-token\n").unwrap();
    let url = "postgres://loggia:hunter2@db.example.org/loggia?password=hunter3";
    let variables = [
        ("LOGGIA_METRICS_TOKEN_FILE", path.to_str().unwrap()),
        ("LOGGIA_DATABASE_URL", url),
    ];
    let config = load(None, &variables, &[]).unwrap();
    assert_eq!(config.metrics.token.expose(), "s3cr3t-token");
    assert_eq!(config.database_url().expose(), url);
    let printed = format!("{config:?} {config:#?} {}", config.database.url);
    for secret in ["s3cr3t-token", "hunter2", "hunter3"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    assert!(printed.contains("db.example.org"), "{printed}");
}

#[test]
fn a_secret_is_not_repeated_in_an_error() {
    let message = problems(load(
        None,
        &[("LOGGIA_DATABASE_URL", "mysql://u:hunter2@h/d")],
        &[],
    ));
    assert!(!message.contains("hunter2"), "{message}");
}

#[test]
fn a_value_and_its_file_together_are_a_problem() {
    let both = [
        ("LOGGIA_METRICS_TOKEN", "a"),
        ("LOGGIA_METRICS_TOKEN_FILE", "b"),
    ];
    assert!(problems(load(None, &both, &[])).contains("not both"));
    let toml = "[metrics]\ntoken = \"a\"\ntoken_file = \"b\"\n";
    assert!(problems(load(Some(toml), &[], &[])).contains("not both"));
    assert!(problems(load(None, &[], &["server.listen_file=x"])).contains("unknown key"));
}

#[test]
fn the_reference_is_a_valid_file_that_changes_nothing() {
    let reference = Config::reference();
    assert!(load(Some(&reference), &[], &[]).is_ok());
    let active: String = reference
        .lines()
        .map(|line| {
            line.strip_prefix('#')
                .filter(|rest| !rest.starts_with(' '))
                .unwrap_or(line)
        })
        .map(|line| format!("{line}\n"))
        .collect();
    let config = load(Some(&active), &[], &[]).unwrap();
    assert_eq!(format!("{config:?}"), format!("{:?}", Config::default()));
    for key in keys::KEYS {
        let field = key.name.split_once('.').unwrap().1;
        assert!(
            active.contains(&format!("\n{field} = ")),
            "{} is missing",
            key.name
        );
    }
}

#[test]
fn sizes_are_numbers_or_words() {
    for (text, bytes) in [
        ("2048", 2048),
        ("2 MiB", 2 << 20),
        ("2mb", 2_000_000),
        ("1GiB", 1 << 30),
    ] {
        let config = load(None, &[], &[&format!("media.max_file_bytes={text}")]).unwrap();
        assert_eq!(config.media.max_file_bytes, bytes, "{text}");
    }
    for text in [
        "-1",
        "1.5 MiB",
        "1 parsec",
        "MiB",
        "99999999999999999999",
        "99999999 TiB",
    ] {
        assert!(
            load(None, &[], &[&format!("media.max_file_bytes={text}")]).is_err(),
            "{text}"
        );
    }
}

#[test]
fn lists_come_as_toml_or_with_commas() {
    let toml = load(
        Some("[server]\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n"),
        &[],
        &[],
    )
    .unwrap();
    let text = load(
        None,
        &[("LOGGIA_SERVER_TRUSTED_PROXIES", "10.0.0.0/8, ::1")],
        &[],
    )
    .unwrap();
    assert_eq!(toml.server.trusted_proxies, text.server.trusted_proxies);
    assert_eq!(toml.server.trusted_proxies.len(), 2);
    assert!(
        load(
            None,
            &[("LOGGIA_SERVER_TRUSTED_PROXIES", "10.0.0.0/40")],
            &[]
        )
        .is_err()
    );
}

#[test]
fn values_that_do_not_fit_together_are_refused() {
    let message = problems(load(
        None,
        &[],
        &["media.max_file_bytes=2GiB", "media.person_quota_bytes=1GiB"],
    ));
    assert!(message.contains("person_quota_bytes"), "{message}");
    assert!(load(None, &[], &["log.level=info,platform=debug"]).is_ok());
    assert!(load(None, &[], &["log.level=info,=x=y"]).is_err());
}

proptest! {
    #[test]
    fn no_input_makes_loading_panic(toml in "[\\[\\]a-z=\"0-9\\.\n _#]{0,80}", name in "[A-Z_]{0,20}", set in ".{0,30}") {
        let variable = format!("LOGGIA_{name}");
        let _ = load(Some(&toml), &[(&variable, &set)], &[&set]);
    }
}
