//! Choosing which news come how.

use kernel::{PersonId, Result, Viewer};
use platform::{Database, Sql, Tx};

use crate::events;
use crate::model::{Choice, EmailTiming, House, NotificationCategory, Rhythm, RhythmChange};

/// Chooses for the viewer how news of a category come.
///
/// # Errors
/// `Unauthenticated`; database errors.
pub async fn choose(
    database: &Database,
    viewer: &Viewer,
    category: NotificationCategory,
    choice: Choice,
) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    store_choice(&tx, person, category, choice).await?;
    tx.announce(events::chosen(person));
    tx.commit().await
}

/// Goes back to what holds for everybody.
///
/// # Errors
/// `Unauthenticated`; database errors.
pub async fn forget_choices(database: &Database, viewer: &Viewer) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let mut sql = Sql::new("DELETE FROM notification_choices WHERE person_id = ");
    sql.bind(person);
    sql.run(&tx).await?;
    tx.announce(events::chosen(person));
    tx.commit().await
}

/// Ends e-mail of these categories for a person; for the one click in a letter, whose token was
/// checked.
///
/// # Errors
/// Database errors.
pub async fn end_email(
    tx: &mut Tx,
    person: PersonId,
    categories: &[NotificationCategory],
) -> Result<()> {
    for (category, choice, _) in crate::queries::choices(tx, person).await? {
        if categories.contains(&category) {
            let choice = Choice {
                email: EmailTiming::Never,
                ..choice
            };
            store_choice(tx, person, category, choice).await?;
        }
    }
    tx.announce(events::chosen(person));
    Ok(())
}

async fn store_choice(
    tx: &Tx,
    person: PersonId,
    category: NotificationCategory,
    choice: Choice,
) -> Result<()> {
    let choice = possible(category, choice);
    let mut sql = Sql::new(
        "INSERT INTO notification_choices (person_id, category, in_app, email, push) VALUES (",
    );
    sql.bind(person)
        .push(", ")
        .bind(category.as_str())
        .push(", ");
    sql.bind(choice.in_app)
        .push(", ")
        .bind(choice.email.as_str())
        .push(", ");
    sql.bind(choice.push).push(
        ") ON CONFLICT (person_id, category) DO UPDATE SET in_app = excluded.in_app, \
         email = excluded.email, push = excluded.push",
    );
    sql.run(tx).await?;
    Ok(())
}

/// Some news always show; what does not come at all comes over no channel.
fn possible(category: NotificationCategory, choice: Choice) -> Choice {
    if choice.in_app || category.is_always_shown() {
        return Choice {
            in_app: true,
            ..choice
        };
    }
    Choice {
        in_app: false,
        email: EmailTiming::Never,
        push: false,
    }
}

/// Chooses when the viewer is left in peace, and when digests come.
///
/// # Errors
/// `Unauthenticated`; `Invalid`, see [`RhythmChange::into_rhythm`]; database errors.
pub async fn set_rhythm(
    database: &Database,
    viewer: &Viewer,
    change: RhythmChange,
) -> Result<Rhythm> {
    let person = viewer.require_person()?;
    let rhythm = change.into_rhythm()?;
    let mut tx = database.begin(viewer).await?;
    let mut sql = Sql::new(
        "INSERT INTO notification_rhythms (person_id, quiet_from, quiet_until, in_working_hours, \
         digest_at) VALUES (",
    );
    sql.bind(person).push(", ");
    sql.bind(rhythm.quiet.map(|quiet| quiet.0)).push(", ");
    sql.bind(rhythm.quiet.map(|quiet| quiet.1)).push(", ");
    sql.bind(rhythm.in_working_hours).push(", ");
    sql.bind(rhythm.digest_at).push(
        ") ON CONFLICT (person_id) DO UPDATE SET quiet_from = excluded.quiet_from, \
         quiet_until = excluded.quiet_until, in_working_hours = excluded.in_working_hours, \
         digest_at = excluded.digest_at",
    );
    sql.run(&tx).await?;
    tx.announce(events::chosen(person));
    tx.commit().await?;
    Ok(rhythm)
}

/// Decides what holds for a category where people have chosen nothing.
///
/// # Errors
/// `Forbidden` for everybody but administrators; database errors.
pub async fn set_default(
    database: &Database,
    viewer: &Viewer,
    category: NotificationCategory,
    choice: Choice,
) -> Result<()> {
    viewer.require_network_admin()?;
    let choice = possible(category, choice);
    let mut tx = database.begin(viewer).await?;
    let mut sql =
        Sql::new("INSERT INTO notification_defaults (category, in_app, email, push) VALUES (");
    sql.bind(category.as_str())
        .push(", ")
        .bind(choice.in_app)
        .push(", ");
    sql.bind(choice.email.as_str())
        .push(", ")
        .bind(choice.push)
        .push(
            ") ON CONFLICT (category) DO UPDATE SET in_app = excluded.in_app, \
         email = excluded.email, push = excluded.push",
        );
    sql.run(&tx).await?;
    tx.announce(events::house_decided());
    tx.commit().await
}

/// Decides whether letters and pushes say who wrote what.
///
/// # Errors
/// `Forbidden` for everybody but administrators; database errors.
pub async fn set_house(database: &Database, viewer: &Viewer, house: House) -> Result<()> {
    viewer.require_network_admin()?;
    let mut tx = database.begin(viewer).await?;
    let mut sql =
        Sql::new("INSERT INTO notification_house (id, text_in_mail, text_in_push) VALUES (1, ");
    sql.bind(house.text_in_mail)
        .push(", ")
        .bind(house.text_in_push)
        .push(
            ") ON CONFLICT (id) DO UPDATE SET text_in_mail = excluded.text_in_mail, \
         text_in_push = excluded.text_in_push",
        );
    sql.run(&tx).await?;
    tx.announce(events::house_decided());
    tx.commit().await
}
