//! Nobody but the members sees anything, whatever their rights.

use kernel::{OrganisationRole, PageArgs, TokenScope, Viewer};
use messaging::queries::{self, Wanted};
use messaging::{NewMessage, commands};
use testkit::on_both_databases;

use crate::house::{
    listed, new_message, people, readable, reasons, send, start, texts, unread, viewer,
};

#[tokio::test]
async fn outsiders_admins_and_the_house_itself_see_nothing() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo, admin] = people(database, ["anna", "ben", "cleo", "admin"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let secret = send(database, anna, talk, "Between us").await.unwrap();
        // A conversation of the outsiders' own must not open the other one.
        let own = start(database, cleo, &[admin]).await.unwrap();
        send(database, cleo, own, "Hello").await.unwrap();

        let outsiders = [
            viewer(cleo),
            Viewer::person(admin, OrganisationRole::NetworkAdmin, None),
            Viewer::token(
                cleo,
                OrganisationRole::Member,
                vec![TokenScope::Read, TokenScope::Write],
            ),
            Viewer::system("audit"),
            Viewer::anonymous(),
        ];
        for outsider in &outsiders {
            let reader = database.reader(outsider);
            let ids = [talk];
            assert!(
                queries::conversations_by_id(&reader, &ids)
                    .await
                    .unwrap()
                    .is_empty()
            );
            assert!(queries::members(&reader, &ids).await.unwrap().is_empty());
            assert!(queries::titles(&reader, &ids).await.unwrap().is_empty());
            assert!(
                queries::own_by_conversation(&reader, &ids)
                    .await
                    .unwrap()
                    .is_empty()
            );
            assert!(readable(database, outsider, &[secret.id]).await.is_empty());
            assert_eq!(
                reasons(queries::conversation(&reader, talk).await),
                ["NOT_FOUND"]
            );
            assert_eq!(
                reasons(texts(database, outsider, talk).await),
                ["NOT_FOUND"]
            );
            let page = PageArgs::new(None, None, Some(10), None).unwrap();
            assert_eq!(
                reasons(queries::messages(&reader, talk, &Wanted::All, &page).await),
                ["NOT_FOUND"]
            );
            if outsider.person_id().is_some() {
                assert!(!listed(database, outsider).await.contains(&talk));
                let new = NewMessage {
                    body: "Let me in".into(),
                    ..new_message(talk)
                };
                let refused = commands::message_send(database, outsider, new).await;
                assert_eq!(reasons(refused), ["NOT_FOUND"]);
                let refused = commands::conversation_mark_read(database, outsider, talk).await;
                assert_eq!(reasons(refused), ["NOT_FOUND"]);
            }
        }
        assert_eq!(
            texts(database, &viewer(ben), talk).await.unwrap(),
            ["Between us"]
        );
        assert_eq!(unread(database, &viewer(ben), talk).await, (1, 1));
        bed
    })
    .await;
}

#[tokio::test]
async fn a_token_that_may_only_read_cannot_write() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let token = Viewer::token(anna, OrganisationRole::Member, vec![TokenScope::Read]);
        let new = NewMessage {
            body: "Hello".into(),
            ..new_message(talk)
        };
        let refused = commands::message_send(database, &token, new).await;
        assert_eq!(reasons(refused), ["TOKEN_READ_ONLY"]);
        bed
    })
    .await;
}
