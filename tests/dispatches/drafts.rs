//! What is kept on the way may lack anything; what is sent may not.

use dispatches::commands;
use dispatches::model::Comprehension;
use dispatches::queries::{self, Box};
use kernel::ContentState;
use testkit::on_both_databases;

use crate::bank::{Bank, question, reason, text, viewer};

#[tokio::test]
async fn a_half_written_dispatch_is_kept_and_can_be_gone_on_with_but_not_sent() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        draft.is_unfinished = true;
        draft.working_hours = Some(0);
        draft.texts = vec![text("de", "", "Ab Montag gilt")];
        draft.questions = vec![Comprehension {
            options: vec![String::new()],
            ..question("de")
        }];
        let id = bank.save(bank.north, draft.clone()).await.unwrap();
        let reader = bank.database().reader(&viewer(bank.north));
        let texts = queries::texts(&reader, &[id]).await.unwrap();
        assert_eq!(texts[&id][0].source, "Ab Montag gilt");
        assert_eq!(bank.listed(bank.north, Box::Drafts).await, [id]);
        // Neither now nor later, and not by itself either.
        let (database, sender) = (bank.database(), viewer(bank.north));
        let sent = commands::send(database, &sender, id).await;
        assert_eq!(reason(sent), "INVALID_TEXT");
        let at = Some(database.now().plus_seconds(60));
        let scheduled = commands::schedule(database, &sender, id, at).await;
        assert_eq!(reason(scheduled), "INVALID_TEXT");
        draft.texts = vec![text("de", "Neue Obergrenze", "Ab Montag gilt **250 EUR**.")];
        bank.save(bank.north, draft.clone()).await.unwrap();
        let sent = commands::send(database, &sender, id).await;
        assert_eq!(reason(sent), "INVALID_TEXT");
        draft.questions = vec![question("de")];
        bank.save(bank.north, draft.clone()).await.unwrap();
        assert_eq!(
            reason(commands::send(database, &sender, id).await),
            "OUT_OF_RANGE"
        );
        // What is not kept on the way is looked at whole, as before.
        draft.is_unfinished = false;
        assert_eq!(
            reason(bank.save(bank.north, draft.clone()).await),
            "OUT_OF_RANGE"
        );
        draft.working_hours = Some(8);
        bank.save(bank.north, draft).await.unwrap();
        commands::send(database, &sender, id).await.unwrap();
        assert_eq!(bank.listed(bank.tellers[0], Box::Received).await, [id]);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn what_will_be_sent_by_itself_is_never_left_half_written() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        let id = bank.save(bank.north, draft.clone()).await.unwrap();
        let at = Some(bank.database().now().plus_seconds(60));
        commands::schedule(bank.database(), &viewer(bank.north), id, at)
            .await
            .unwrap();
        draft.is_unfinished = true;
        draft.texts = vec![text("de", "", "")];
        assert_eq!(reason(bank.save(bank.north, draft).await), "WRONG_STATE");
        bank.pass_hours(1);
        dispatches::jobs::run_due(bank.database()).await.unwrap();
        let view = bank.see(bank.north, id).await.unwrap();
        assert_eq!(view.state, ContentState::Published);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_by_who_may_send_it_only() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        draft.is_unfinished = true;
        draft.texts = Vec::new();
        assert_eq!(
            reason(bank.save(bank.south, draft.clone()).await),
            "LINE_RIGHT_MISSING"
        );
        draft.target_units = vec![bank.south_unit];
        assert_eq!(
            reason(bank.save(bank.north, draft).await),
            "UNIT_OUT_OF_REACH"
        );
        bank.bed
    })
    .await;
}
