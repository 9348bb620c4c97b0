//! A backup holds the whole house, and either database can take it in.

use loggia::backup;
use loggia::progress::Progress;
use serde_json::json;
use testkit::TestDatabase;

use super::client::Server;

const FEED: &str = "{ homeFeed(first: 20) { nodes { id bodyHtml author { handle } community { name } replyCount } } }";

/// Fills a house on `from`, backs it up while it runs, restores into `to` and compares.
async fn move_house(from: TestDatabase, to: TestDatabase) {
    let (server, admin) = Server::start_on(from).await;
    let community = server.found(&admin, "Moving", "PUBLIC", "OPEN").await;
    for number in 0..5 {
        server
            .write(
                &admin,
                &community,
                &format!("box **{number}** with umlauts: äöü 📦"),
            )
            .await;
    }
    server.house.settle().await;
    let before = server.ask(&admin, FEED, json!({})).await;
    let folder = server.house.bed.directory().join("backup");
    let media = server.house.app.config.media_dir();
    let quiet = Progress::new(true);
    let made = backup::backup(&server.house.bed.database, &media, &folder, &quiet)
        .await
        .unwrap();
    assert!(
        made.tables["journal"] > 5 && made.tables["contents"] == 5,
        "{:?}",
        made.tables
    );
    assert!(
        backup::backup(&server.house.bed.database, &media, &folder, &quiet)
            .await
            .is_err(),
        "a folder in use"
    );

    let restored = backup::restore(&to.database, &to.directory().join("media"), &folder, &quiet)
        .await
        .unwrap();
    assert_eq!(restored, made);
    let twice = backup::restore(&to.database, &to.directory().join("media"), &folder, &quiet).await;
    assert!(twice.is_err(), "a house that is not empty");

    let house = super::support::House::open(to).await;
    house.settle().await;
    let viewer = kernel::Viewer::person(
        admin.person.parse().unwrap(),
        kernel::OrganisationRole::NetworkAdmin,
        None,
    );
    assert_eq!(house.ask(&viewer, FEED, json!({})).await, before);
    // Life goes on: a new post gets a place behind everything that was restored.
    let input = json!({
        "clientId": super::support::client_id(), "communityId": community, "kind": "DISCUSSION", "body": "unpacked",
    });
    house.act(&viewer, "postCreate", input, "post { id }").await;
    house.settle().await;
    house.bed.close().await;
    server.stop().await;
}

#[tokio::test]
async fn from_sqlite_to_sqlite() {
    move_house(TestDatabase::sqlite().await, TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn from_sqlite_to_postgresql_and_back() {
    let Some(postgres) = TestDatabase::postgres().await else {
        return;
    };
    move_house(TestDatabase::sqlite().await, postgres).await;
    let Some(postgres) = TestDatabase::postgres().await else {
        return;
    };
    move_house(postgres, TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn a_damaged_backup_is_refused_whole() {
    let (server, admin) = Server::start().await;
    server.found(&admin, "Moving", "PUBLIC", "OPEN").await;
    let folder = server.house.bed.directory().join("backup");
    let quiet = Progress::new(true);
    let media = server.house.app.config.media_dir();
    backup::backup(&server.house.bed.database, &media, &folder, &quiet)
        .await
        .unwrap();
    let rows = folder.join("rows.jsonl.gz");
    let mut bytes = std::fs::read(&rows).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    std::fs::write(&rows, bytes).unwrap();
    let to = TestDatabase::sqlite().await;
    let refused =
        backup::restore(&to.database, &to.directory().join("media"), &folder, &quiet).await;
    assert!(refused.unwrap_err().to_string().contains("damaged"));
    to.close().await;
    server.stop().await;
}
