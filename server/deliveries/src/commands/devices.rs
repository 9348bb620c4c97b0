//! Browsers that take pushes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Error, Problem, PushDeviceId, Result, Viewer};
use platform::{Database, Sql, Tx};
use sea_orm::FromQueryResult;
use web_push_native::p256::PublicKey;

use crate::events;
use crate::model::{MAX_DEVICES, MAX_ENDPOINT_BYTES, MAX_LABEL, NewDevice};

/// Bytes of the authentication secret (RFC 8291, section 3.2).
const AUTH_BYTES: usize = 16;

#[derive(FromQueryResult)]
struct IdRow {
    id: PushDeviceId,
}

/// Adds the viewer's browser. A browser belongs to whoever added it last: on a shared machine the one
/// before gets nothing there any more. The oldest goes when there are too many.
///
/// # Errors
/// `Unauthenticated`; `Invalid`: `INVALID_PUSH_SUBSCRIPTION`.
pub async fn add_device(database: &Database, viewer: &Viewer, new: NewDevice) -> Result<()> {
    let person = viewer.require_person()?;
    check(&new)?;
    let label: String = new.label.trim().chars().take(MAX_LABEL).collect();
    let mut tx = database.begin(viewer).await?;
    let mut sql = Sql::new("DELETE FROM push_devices WHERE endpoint = ");
    sql.bind(new.endpoint.as_str());
    sql.run(&tx).await?;
    let id = PushDeviceId::at(tx.now());
    let mut sql = Sql::new(
        "INSERT INTO push_devices (id, person_id, endpoint, public_key, auth_secret, label, \
         created_at) VALUES ",
    );
    sql.bind_rows([vec![
        id.into(),
        person.into(),
        new.endpoint.into(),
        new.public_key.into(),
        new.auth_secret.into(),
        label.into(),
        tx.now().into(),
    ]]);
    sql.run(&tx).await?;
    let mut sql = Sql::new("SELECT v.id FROM push_devices v WHERE v.person_id = ");
    sql.bind(person).push(" ORDER BY v.id DESC");
    let all: Vec<IdRow> = sql.all(&tx).await?;
    for old in all.iter().skip(MAX_DEVICES) {
        delete(&tx, old.id).await?;
        tx.announce(events::device("push_device.removed", old.id, person));
    }
    tx.announce(events::device("push_device.added", id, person));
    tx.commit().await
}

fn check(new: &NewDevice) -> Result<()> {
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
    let address = url::Url::parse(&new.endpoint).ok();
    let is_address = new.endpoint.len() <= MAX_ENDPOINT_BYTES
        && address.is_some_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    let key = decode(&new.public_key);
    let is_key = key.is_some_and(|key| PublicKey::from_sec1_bytes(&key).is_ok());
    let is_secret = decode(&new.auth_secret).is_some_and(|secret| secret.len() == AUTH_BYTES);
    if is_address && is_key && is_secret {
        return Ok(());
    }
    let text = "That is not what a browser says about where its pushes go.";
    Err(Error::Invalid(vec![Problem::new(
        "endpoint",
        "INVALID_PUSH_SUBSCRIPTION",
        text,
    )]))
}

/// Removes a browser of the viewer. One that is gone already does no harm.
///
/// # Errors
/// `Unauthenticated`; `NotFound` for that of another.
pub async fn remove_device(database: &Database, viewer: &Viewer, id: PushDeviceId) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let mut sql = Sql::new("DELETE FROM push_devices WHERE id = ");
    sql.bind(id).push(" AND person_id = ").bind(person);
    if sql.run(&tx).await? == 0 {
        tx.rollback().await?;
        return Err(Error::NotFound);
    }
    tx.announce(events::device("push_device.removed", id, person));
    tx.commit().await
}

async fn delete(tx: &Tx, id: PushDeviceId) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM push_devices WHERE id = ");
    sql.bind(id);
    sql.run(tx).await?;
    Ok(())
}

/// Removes a browser whose push service says that it is gone.
pub(crate) async fn forget_device(tx: &mut Tx, id: PushDeviceId) -> Result<()> {
    delete(tx, id).await
}

/// Notes that a push went there.
pub(crate) async fn note_use(tx: &mut Tx, id: PushDeviceId) -> Result<()> {
    let mut sql = Sql::new("UPDATE push_devices SET last_used_at = ");
    sql.bind(tx.now()).push(" WHERE id = ").bind(id);
    sql.run(tx).await?;
    Ok(())
}
