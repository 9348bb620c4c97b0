//! The Mattermost importer: all of it, once, as it was, and private things stay private.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing unwrap is the test's message"
)]

mod org;

use std::path::{Path, PathBuf};

use identity::NewPerson;
use importers::{Report, Watcher, mattermost};
use kernel::{OrganisationRole, PageArgs, PersonId, Position, Viewer};
use platform::blobs::BlobStore;
use platform::config::Config;
use platform::{Database, journal};
use testkit::{TestDatabase, on_both_databases};

const EXPORT: &str = r#"{"type":"version","version":1}
{"type":"team","team":{"name":"main","display_name":"Main","type":"O"}}
{"type":"channel","channel":{"team":"main","name":"town","display_name":"Town Square","type":"O","purpose":"Everything"}}
{"type":"channel","channel":{"team":"main","name":"vault","display_name":"Vault","type":"P"}}
{"type":"emoji","emoji":{"name":"partyparrot","image":"x.gif"}}
{"type":"user","user":{"username":"ann.lee","email":"ann@example.org","first_name":"Ann","last_name":"Lee","position":"Teller","teams":[{"name":"main","channels":[{"name":"town","roles":"channel_user channel_admin"},{"name":"vault","roles":"channel_user"}]}]}}
{"type":"user","user":{"username":"bo","email":"bo.@example..org","teams":[{"name":"main","channels":[{"name":"town","roles":"channel_user"},{"name":"nowhere","roles":"channel_user"}]}]}}
{"type":"user","user":{"username":"gone","email":"gone@example.org","delete_at":1700000000000,"roles":"system_user system_admin"}}
{"type":"post","post":{"team":"main","channel":"town","user":"ann.lee","message":"Hello :tada:\n\n```\n:tada: a < b\n```","create_at":1673113987000,"reactions":[{"user":"bo","emoji_name":"+1","create_at":1673113988000},{"user":"bo","emoji_name":"partyparrot","create_at":1673113988001}],"replies":[{"user":"bo","message":"Hi @ann.lee","create_at":1673113990000},{"user":"gone","message":"Bye","create_at":1673113995000}]}}
{"type":"post","post":{"team":"main","channel":"vault","user":"ann.lee","message":"secret-plan","create_at":1673113999000}}
{"type":"post","post":{"team":"main","channel":"town","user":"nobody","message":"lost","create_at":1673114000000}}
this is no JSON
{"type":"direct_channel","direct_channel":{"members":["ann.lee","bo"]}}
{"type":"direct_post","direct_post":{"channel_members":["ann.lee","bo"],"user":"bo","message":"whisper-42","create_at":1673114100000,"replies":[{"user":"ann.lee","message":"whisper-43","create_at":1673114101000}]}}
"#;

struct Silent;

impl Watcher for Silent {
    fn at(&self, _: u64, _: u64, _: &str) {}
}

async fn set_up(database: &Database) -> PersonId {
    let mut tx = database.begin(&Viewer::system("test")).await.unwrap();
    identity::commands::create_organisation(&mut tx, "Test house")
        .await
        .unwrap();
    let admin = NewPerson {
        handle: "admin".to_owned(),
        name: "Admin".to_owned(),
        role: OrganisationRole::NetworkAdmin,
        locale: "en".to_owned(),
        ..NewPerson::default()
    };
    let admin = identity::commands::create_person(&mut tx, admin)
        .await
        .unwrap();
    communities::commands::ensure_all_company(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    admin
}

async fn import(
    bed: &TestDatabase,
    owner: PersonId,
    file: PathBuf,
    dry_run: bool,
) -> anyhow::Result<Report> {
    let blobs = BlobStore::on_disk(bed.directory().join("media"))
        .await
        .unwrap();
    let options = mattermost::Options {
        file,
        dry_run,
        owner,
        blobs,
        media: Config::default().media,
    };
    mattermost::import(&bed.database, &options, &Silent).await
}

fn write(bed: &TestDatabase, name: &str, text: &str) -> PathBuf {
    let path = bed.directory().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

async fn head(database: &Database) -> Position {
    testkit::settle::settled(database).await;
    journal::head(&database.reader(&Viewer::system("test")))
        .await
        .unwrap()
}

#[tokio::test]
async fn an_export_comes_in_whole_and_once() {
    on_both_databases(async |bed| {
        let owner = set_up(&bed.database).await;
        let file = write(&bed, "export.jsonl", EXPORT);
        let before = head(&bed.database).await;
        let dry = import(&bed, owner, file.clone(), true).await.unwrap();
        assert_eq!(
            head(&bed.database).await,
            before,
            "a dry run writes nothing"
        );
        assert!(dry.is_reconciled() && dry.dry_run);

        let first = import(&bed, owner, file.clone(), false).await.unwrap();
        assert!(first.is_reconciled(), "{first}");
        let imported =
            |report: &Report, what: &str| report.types.get(what).map_or(0, |count| count.imported);
        for (what, count) in [
            ("communities", 2),
            ("people", 3),
            ("posts", 2),
            ("replies", 2),
            ("private messages", 2),
            ("reactions", 1),
            ("memberships", 3),
        ] {
            assert_eq!(imported(&first, what), count, "{what}\n{first}");
        }
        for (what, count) in [
            ("posts", 1),
            ("reactions", 1),
            ("memberships", 1),
            ("unreadable lines", 1),
        ] {
            assert_eq!(first.types[what].not_imported, count, "{what}\n{first}");
        }
        assert!(
            first.unmapped.keys().any(|what| what.contains("emoji")),
            "{first}"
        );

        let after = head(&bed.database).await;
        let second = import(&bed, owner, file, false).await.unwrap();
        assert!(second.is_reconciled(), "{second}");
        assert_eq!(
            head(&bed.database).await,
            after,
            "a second run writes nothing\n{second}"
        );
        let events = journal::read(
            &bed.database.reader(&Viewer::system("test")),
            before,
            10_000,
        )
        .await
        .unwrap();
        let loud: Vec<_> = events
            .iter()
            .filter(|event| !event.imported && !event.kind.starts_with("community."))
            .map(|event| event.kind.clone())
            .collect();
        assert_eq!(
            loud,
            Vec::<String>::new(),
            "nobody may be notified of what was imported"
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn times_authors_and_privacy_are_kept() {
    on_both_databases(async |bed| {
        let owner = set_up(&bed.database).await;
        import(&bed, owner, write(&bed, "export.jsonl", EXPORT), false)
            .await
            .unwrap();
        let system = bed.database.reader(&Viewer::system("test"));
        let person = async |handle: &str| {
            identity::queries::person_by_handle(&system, handle)
                .await
                .unwrap()
                .unwrap()
        };
        let (ann, bo) = (person("ann.lee").await, person("bo").await);
        let everybody = identity::queries::PeopleFilter {
            include_deactivated: true,
            ..Default::default()
        };
        let all =
            identity::queries::people(&system, &everybody, &PageArgs::forward(20, None).unwrap())
                .await
                .unwrap();
        let gone = all
            .items
            .into_iter()
            .map(|(_, person)| person)
            .find(|person| person.handle == "gone")
            .unwrap();
        assert_eq!(
            (ann.name.as_str(), ann.title.as_str()),
            ("Ann Lee", "Teller")
        );
        assert!(!gone.is_active && gone.role == OrganisationRole::Member);

        let as_person = |id: PersonId| {
            bed.database
                .reader(&Viewer::person(id, OrganisationRole::Member, None))
        };
        let page = PageArgs::forward(20, None).unwrap();
        let talks = messaging::queries::conversations(&as_person(bo.id), &page)
            .await
            .unwrap();
        assert_eq!(talks.items.len(), 1);
        for stranger in [owner, gone.id] {
            let viewer = Viewer::person(stranger, OrganisationRole::NetworkAdmin, None);
            let talks = messaging::queries::conversations(&bed.database.reader(&viewer), &page)
                .await
                .unwrap();
            assert!(
                talks.items.is_empty(),
                "a private conversation was shown to a stranger"
            );
        }
        testkit::settle::settled(&bed.database).await;
        let events = journal::read(&system, Position::START, 10_000)
            .await
            .unwrap();
        let posted = events
            .iter()
            .find(|event| event.kind == "post.published")
            .unwrap();
        let post = posts::queries::post(&as_person(bo.id), kernel::PostId(posted.subject.id))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            post.content.published_at.unwrap().micros(),
            1_673_113_987_000_000
        );
        assert!(
            post.content.html.contains('🎉') && post.content.html.contains(":tada: a &lt; b"),
            "{}",
            post.content.html
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn what_is_no_export_is_refused_with_its_line() {
    let bed = TestDatabase::sqlite().await;
    let owner = set_up(&bed.database).await;
    for (text, reason) in [
        ("", "empty"),
        ("hello\n", "line 1"),
        ("{\"type\":\"version\",\"version\":2}\n", "version"),
        ("{\"type\":\"team\"}\n", "version"),
    ] {
        let refused = import(&bed, owner, write(&bed, "export.jsonl", text), false)
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains(reason), "{text:?}: {refused}");
    }
    assert!(
        import(
            &bed,
            owner,
            Path::new("/nowhere/export.jsonl").to_owned(),
            false
        )
        .await
        .is_err()
    );
    bed.close().await;
}

/// The real conversations, when they are there.
#[tokio::test]
async fn the_real_conversations_can_be_read_without_loss() {
    let folder = std::env::var("LOGGIA_TEST_DATA").map_or_else(
        |_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let file = folder.join("conversations.jsonl.gz");
    if !file.is_file() {
        println!(
            "SKIPPED: the real conversations are not there (LOGGIA_TEST_DATA names their folder)"
        );
        return;
    }
    let bed = TestDatabase::sqlite().await;
    let owner = set_up(&bed.database).await;
    let report = import(&bed, owner, file, true).await.unwrap();
    assert!(
        report.is_reconciled() && report.problem_count == 0,
        "{report}"
    );
    let found: u64 = ["posts", "replies"]
        .iter()
        .map(|what| report.types[what].found)
        .sum();
    if found == 0 {
        panic!("the file holds no messages");
    }
    bed.close().await;
}
