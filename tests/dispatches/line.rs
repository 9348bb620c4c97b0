//! Questions up the line.

use dispatches::{commands, queries};
use kernel::{PageArgs, PersonId};
use testkit::on_both_databases;

use crate::bank::{Bank, client_id, reason, viewer};

async fn ask(
    bank: &Bank,
    person: PersonId,
    to: PersonId,
    anonymous: bool,
) -> kernel::Result<kernel::LineQuestionId> {
    let client = client_id(1);
    let body = "Warum schließen wir samstags?";
    commands::ask(
        bank.database(),
        &viewer(person),
        &client,
        to,
        body,
        anonymous,
    )
    .await
}

#[tokio::test]
async fn a_question_goes_up_the_own_line_only() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let teller = bank.tellers[0];
        for other in [bank.south, bank.managers[1], bank.tellers[1]] {
            assert_eq!(
                reason(ask(&bank, teller, other, false).await),
                "NOT_YOUR_LINE"
            );
        }
        let id = ask(&bank, teller, bank.north, false).await.unwrap();
        assert_eq!(ask(&bank, teller, bank.north, false).await.unwrap(), id);
        let read = async |person| {
            let reader = bank.database().reader(&viewer(person));
            reason(queries::question(&reader, id).await)
        };
        assert_eq!(read(bank.north).await, "allowed");
        // Who was passed does not learn of it.
        assert_eq!(read(bank.managers[0]).await, "NOT_FOUND");
        let answered = commands::respond(
            bank.database(),
            &viewer(bank.managers[0]),
            id,
            "Nein.",
            false,
        )
        .await;
        assert_eq!(reason(answered), "NOT_FOUND");
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn an_answer_for_all_does_not_tell_peers_who_asked() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let [asker, peer, elsewhere] = bank.tellers;
        let id = ask(&bank, asker, bank.managers[0], true).await.unwrap();
        let shared = async |person| {
            let reader = bank.database().reader(&viewer(person));
            let page = PageArgs::forward(10, None).unwrap();
            let found = queries::questions_shared(&reader, &page).await.unwrap();
            found
                .items
                .into_iter()
                .map(|(_, question)| question.asker_id)
                .collect::<Vec<_>>()
        };
        assert!(shared(peer).await.is_empty());
        let boss = viewer(bank.managers[0]);
        commands::respond(bank.database(), &boss, id, "Weil es sich lohnt.", true)
            .await
            .unwrap();
        assert_eq!(shared(peer).await, [None]);
        assert_eq!(shared(asker).await, [Some(asker)]);
        assert_eq!(shared(bank.managers[0]).await, [Some(asker)]);
        assert!(shared(elsewhere).await.is_empty());
        bank.bed
    })
    .await;
}
