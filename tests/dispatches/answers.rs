//! Private answers.

use dispatches::commands;
use dispatches::model::ReplyTo;
use dispatches::queries;
use kernel::{DispatchId, Error, PageArgs, PersonId};
use testkit::on_both_databases;

use crate::bank::{Bank, client_id, reason, viewer};

async fn ask(bank: &Bank, person: PersonId, id: DispatchId, number: u128, body: &str) {
    let client = client_id(number);
    commands::answer(bank.database(), &viewer(person), id, &client, body)
        .await
        .unwrap();
    bank.bed.clock.advance_seconds(1);
}

async fn read(
    bank: &Bank,
    viewer_id: PersonId,
    id: DispatchId,
    of: PersonId,
) -> Result<Vec<String>, Error> {
    let reader = bank.database().reader(&viewer(viewer_id));
    let view = bank.see(viewer_id, id).await?;
    let messages = queries::messages(&reader, &view, of).await?;
    Ok(messages.into_iter().map(|message| message.source).collect())
}

async fn reply(bank: &Bank, id: DispatchId, to: ReplyTo, number: u128) -> Result<u64, Error> {
    let client = client_id(number);
    commands::reply(
        bank.database(),
        &viewer(bank.north),
        id,
        &to,
        &client,
        "Ja.",
    )
    .await
}

#[tokio::test]
async fn an_answer_is_read_by_the_sender_and_who_wrote_it_and_by_nobody_else() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        ask(&bank, bank.tellers[0], id, 1, "Gilt das auch samstags?").await;
        let (own, sender) = (bank.tellers[0], bank.north);
        assert_eq!(read(&bank, own, id, own).await.unwrap().len(), 1);
        assert_eq!(read(&bank, sender, id, own).await.unwrap().len(), 1);
        assert_eq!(
            reason(read(&bank, bank.tellers[1], id, own).await),
            "NOT_YOURS"
        );
        assert_eq!(
            reason(read(&bank, bank.managers[0], id, own).await),
            "NOT_YOURS"
        );
        assert_eq!(
            reason(read(&bank, bank.southern, id, own).await),
            "NOT_FOUND"
        );
        let view = bank.see(bank.managers[0], id).await.unwrap();
        let reader = bank.database().reader(&viewer(bank.managers[0]));
        let page = PageArgs::forward(10, None).unwrap();
        let listed = queries::threads(&reader, &view, None, None, false, &page).await;
        assert_eq!(reason(listed), "NOT_YOURS");
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn one_answer_reaches_one_or_a_unit_or_all_who_asked_the_same() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        for (number, teller) in (1..).zip(bank.tellers) {
            ask(&bank, teller, id, number, "Und samstags?").await;
        }
        let [first, second, third] = bank.tellers;
        let sender = viewer(bank.north);
        commands::set_theme(bank.database(), &sender, id, &[first, third], "Samstag")
            .await
            .unwrap();
        let theme = ReplyTo::Theme("Samstag".to_owned());
        assert_eq!(reply(&bank, id, theme.clone(), 10).await.unwrap(), 2);
        // Sent again after a lost answer: it is the same one.
        assert_eq!(reply(&bank, id, theme, 10).await.unwrap(), 2);
        assert_eq!(
            read(&bank, first, id, first).await.unwrap(),
            ["Und samstags?", "Ja."]
        );
        assert_eq!(
            read(&bank, second, id, second).await.unwrap(),
            ["Und samstags?"]
        );
        assert_eq!(bank.unread(first).await, 2, "to confirm, and an answer");
        commands::mark_thread_read(bank.database(), &viewer(first), id)
            .await
            .unwrap();
        assert_eq!(bank.unread(first).await, 1);
        assert_eq!(
            reply(&bank, id, ReplyTo::Unit(bank.branches[0]), 11)
                .await
                .unwrap(),
            2
        );
        assert_eq!(
            reply(&bank, id, ReplyTo::Person(third), 12).await.unwrap(),
            1
        );
        let nobody = reply(&bank, id, ReplyTo::Theme("Sonntag".to_owned()), 13).await;
        assert_eq!(reason(nobody), "NOBODY_ASKED");
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn helpers_read_and_answer_but_see_no_names_of_readers() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        draft.helpers = vec![bank.adviser];
        let id = bank.send(bank.north, draft).await.unwrap();
        ask(&bank, bank.tellers[0], id, 1, "Gilt das auch samstags?").await;
        let helper = bank.see(bank.adviser, id).await.unwrap().relation;
        assert!(helper.is_helper && !helper.sees_names() && !helper.is_recipient);
        let of = bank.tellers[0];
        assert_eq!(read(&bank, bank.adviser, id, of).await.unwrap().len(), 1);
        let client = client_id(2);
        let to = ReplyTo::Person(of);
        let database = bank.database();
        commands::reply(database, &viewer(bank.adviser), id, &to, &client, "Ja.")
            .await
            .unwrap();
        assert_eq!(read(&bank, of, id, of).await.unwrap().len(), 2);
        bank.bed
    })
    .await;
}
