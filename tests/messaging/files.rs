//! Files in conversations: for its people, and for nobody else.

use content::commands::{Upload, upload};
use content::queries::{Variant, media_for};
use kernel::{AttachmentId, OrganisationRole, PersonId, Viewer};
use messaging::{NewMessage, commands, jobs};
use platform::blobs::BlobStore;
use platform::config::{Config, MediaConfig};
use testkit::{TestDatabase, on_both_databases};

use crate::house::{client_id, new_message, people, reasons, start, viewer};

/// The smallest PDF there is room for in a test.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
    2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

struct Files {
    store: BlobStore,
    config: MediaConfig,
}

impl Files {
    async fn of(bed: &TestDatabase) -> Self {
        let store = BlobStore::on_disk(bed.directory().join("media"));
        Self {
            store: store.await.unwrap(),
            config: Config::default().media,
        }
    }

    async fn put(&self, bed: &TestDatabase, owner: PersonId) -> AttachmentId {
        let file = self.store.stage(PDF, self.config.max_file_bytes).await;
        let new = Upload {
            file: file.unwrap(),
            file_name: "plan.pdf".into(),
            alt_text: String::new(),
        };
        let (database, owner) = (&bed.database, viewer(owner));
        let kept = upload(database, &owner, &self.store, &self.config, new).await;
        kept.unwrap().id
    }

    async fn gets(&self, bed: &TestDatabase, who: &Viewer, id: AttachmentId) -> bool {
        let reader = bed.database.reader(who);
        match media_for(&reader, id, Variant::Original).await {
            Ok(file) => self.store.open(file.blob).await.is_ok(),
            Err(error) => {
                assert_eq!(error.reason(), "NOT_FOUND");
                false
            }
        }
    }
}

#[tokio::test]
async fn a_file_is_for_the_people_of_the_conversation() {
    on_both_databases(async |bed| {
        let files = Files::of(&bed).await;
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let file = files.put(&bed, anna).await;
        let with_file = || NewMessage {
            files: vec![file],
            ..new_message(talk)
        };
        let refused = commands::message_send(database, &viewer(ben), with_file()).await;
        assert_eq!(reasons(refused), ["ATTACHMENT_NOT_FOUND"]);
        assert!(!files.gets(&bed, &viewer(ben), file).await);

        // No words are needed beside a file, and a repeated attempt gives the same message.
        let message = commands::message_send(database, &viewer(anna), with_file()).await;
        let message = message.unwrap();
        let again = commands::message_send(database, &viewer(anna), with_file()).await;
        assert_eq!(again.unwrap().id, message.id);

        let admin = Viewer::person(cleo, OrganisationRole::NetworkAdmin, None);
        let house = Viewer::system("test");
        for (who, gets) in [
            (viewer(anna), true),
            (viewer(ben), true),
            (viewer(cleo), false),
            (admin, false),
            (house, false),
            (Viewer::anonymous(), false),
        ] {
            assert_eq!(files.gets(&bed, &who, file).await, gets, "{who:?}");
        }
        let elsewhere = NewMessage {
            client_id: client_id(2),
            ..with_file()
        };
        let refused = commands::message_send(database, &viewer(anna), elsewhere).await;
        assert_eq!(reasons(refused), ["ATTACHMENT_NOT_FOUND"]);

        commands::message_delete(database, &viewer(anna), message.id)
            .await
            .unwrap();
        assert!(!files.gets(&bed, &viewer(ben), file).await);
        bed.clock.advance_seconds(25 * 3600);
        let swept = content::jobs::sweep_uploads(database, &files.store).await;
        assert_eq!(swept.unwrap(), 1);
        bed
    })
    .await;
}

#[tokio::test]
async fn files_wait_with_their_message() {
    on_both_databases(async |bed| {
        let files = Files::of(&bed).await;
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let file = files.put(&bed, anna).await;
        let new = NewMessage {
            files: vec![file],
            ..new_message(talk)
        };
        let at = database.now().plus_seconds(3 * 24 * 3600);
        commands::message_schedule(database, &viewer(anna), new, at)
            .await
            .unwrap();
        bed.clock.advance_seconds(2 * 24 * 3600);
        let swept = content::jobs::sweep_uploads(database, &files.store).await;
        assert_eq!(swept.unwrap(), 0, "it is not unused");
        assert!(files.gets(&bed, &viewer(anna), file).await);
        assert!(!files.gets(&bed, &viewer(ben), file).await);
        bed.clock.advance_seconds(2 * 24 * 3600);
        assert_eq!(jobs::send_due(database).await.unwrap(), 1);
        assert!(files.gets(&bed, &viewer(ben), file).await);
        bed
    })
    .await;
}
