//! Pushes to browsers (RFC 8030), readable by the browser only (RFC 8291).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{AUTHORIZATION, HeaderName};
use kernel::{Error, Result, Viewer};
use platform::http::{FetchError, GuardedClient, Posted};
use platform::{Database, Sql};
use serde_json::json;
use web_push_native::{Auth, WebPushBuilder, p256};

use super::claim::{begin_sending, claim, give_up_lost, retry, settle};
use super::news::{news_of, recipient};
use super::words::Language;
use crate::commands::{PushKey, forget_device, note_use, push_key};
use crate::events;
use crate::model::{Channel, NewsItem, Outcome};
use crate::table::{Bundle, DEVICE, DeviceRow};

/// Longest text in a push, in characters; services take 4 kB.
const MAX_TEXT: usize = 240;

/// What pushes are sent with.
#[derive(Debug, Clone)]
pub struct PushOffice {
    /// The door to the outside.
    pub client: GuardedClient,
    /// The address people type, without a slash at its end.
    pub house: String,
}

/// What became of a push to one browser.
enum Answer {
    Taken,
    Gone,
    Refused(String),
    Later(String, Option<std::time::Duration>),
    Unknown(String),
}

/// Sends all pushes that are due; returns how many a service took. Safe on several nodes at once.
///
/// # Errors
/// Database errors. A service that does not answer is none: the push waits.
pub async fn send_pushes(database: &Database, office: &PushOffice) -> Result<usize> {
    give_up_lost(database).await?;
    let mut sent = 0;
    loop {
        let bundles = claim(database, Channel::Push).await?;
        if bundles.is_empty() {
            return Ok(sent);
        }
        let key = push_key(database).await?;
        for bundle in &bundles {
            sent += usize::from(send(database, (office, &key), bundle).await?);
        }
    }
}

/// What pushes are sent with, and the key that signs them.
type Office<'a> = (&'a PushOffice, &'a PushKey);

async fn send(database: &Database, office: Office<'_>, bundle: &Bundle) -> Result<bool> {
    let devices = devices(database, bundle).await?;
    let person = recipient(database, bundle.person).await?;
    let (Some(person), false) = (person, devices.is_empty()) else {
        settle(
            database,
            bundle.letter,
            Outcome::Dropped,
            Some("no browser"),
        )
        .await?;
        return Ok(false);
    };
    let news = news_of(database, &person, &bundle.rows).await?;
    let Some(item) = news.first() else {
        settle(database, bundle.letter, Outcome::Dropped, None).await?;
        return Ok(false);
    };
    let says_text = notifications::queries::house(&database.reader(&Viewer::system("push")))
        .await?
        .text_in_push;
    let payload = payload(item, Language::of(&person.locale), says_text, bundle);
    if !begin_sending(database, bundle.letter).await? {
        return Ok(false);
    }
    let mut results = Vec::with_capacity(devices.len());
    for device in &devices {
        let result = send_to(database, office, device, &payload).await;
        note(database, bundle, device, &result).await?;
        results.push(result);
    }
    finish(database, bundle, results).await
}

/// What the browser shows. Without text it says only that there is something.
fn payload(item: &NewsItem, language: Language, says_text: bool, bundle: &Bundle) -> String {
    let short = |text: &str| text.chars().take(MAX_TEXT).collect::<String>();
    let tag = bundle.rows.first().map(|row| row.bundle.clone());
    let (title, body, path) = if says_text {
        (
            short(&item.heading),
            short(&item.excerpt),
            item.path.as_str(),
        )
    } else {
        (
            "Loggia".to_owned(),
            language.something_new().to_owned(),
            "/notifications",
        )
    };
    json!({ "title": title, "body": body, "path": path, "tag": tag }).to_string()
}

async fn devices(database: &Database, bundle: &Bundle) -> Result<Vec<DeviceRow>> {
    let mut sql = Sql::new(format!(
        "SELECT {DEVICE} FROM push_devices v WHERE v.person_id = "
    ));
    sql.bind(bundle.person).push(" ORDER BY v.id");
    sql.all(&database.reader(&Viewer::system("push"))).await
}

async fn send_to(
    database: &Database,
    office: Office<'_>,
    device: &DeviceRow,
    payload: &str,
) -> Answer {
    let (headers, body) = match request(database, office, device, payload) {
        Ok(request) => request,
        Err(error) => return Answer::Refused(error.to_string()),
    };
    match office.0.client.post(&device.endpoint, &headers, body).await {
        Ok(answer) => judge(answer),
        Err(FetchError::Refused(refusal)) => Answer::Refused(refusal.to_string()),
        Err(FetchError::NotResolved) => Answer::Later("name not found".to_owned(), None),
        Err(FetchError::Connection(error)) if error.is_connect() => {
            Answer::Later("no connection".to_owned(), None)
        }
        Err(error) => Answer::Unknown(error.to_string()),
    }
}

fn judge(answer: Posted) -> Answer {
    match answer.status {
        200..=299 => Answer::Taken,
        404 | 410 => Answer::Gone,
        429 | 500..=599 => Answer::Later(format!("answer {}", answer.status), answer.retry_after),
        status => Answer::Refused(format!("answer {status}")),
    }
}

type Headers = Vec<(HeaderName, String)>;

/// The headers and the body for one browser.
fn request(
    database: &Database,
    (office, key): Office<'_>,
    device: &DeviceRow,
    payload: &str,
) -> Result<(Headers, Vec<u8>)> {
    let decode = |text: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('='));
        bytes.map_err(Error::internal)
    };
    let public = p256::PublicKey::from_sec1_bytes(&decode(&device.public_key)?);
    let public = public.map_err(Error::internal)?;
    let secret = decode(&device.auth_secret)?;
    let endpoint = device.endpoint.parse().map_err(Error::internal)?;
    let secret: [u8; 16] = secret
        .try_into()
        .map_err(|_| Error::bug("a stored secret of a browser has another length"))?;
    let auth = Auth::from(secret);
    let request = WebPushBuilder::new(endpoint, public, auth).build(payload.as_bytes());
    let request = request.map_err(Error::internal)?;
    let service = url::Url::parse(&device.endpoint).map_err(Error::internal)?;
    let service = service.origin().ascii_serialization();
    let signature = key.authorization(&service, &office.house, database.now());
    let mut headers = vec![(AUTHORIZATION, signature)];
    for (name, value) in request.headers() {
        let value = value.to_str().map_err(Error::internal)?.to_owned();
        if name != http::header::CONTENT_LENGTH {
            headers.push((name.clone(), value));
        }
    }
    Ok((headers, request.into_body()))
}

/// Remembers that a push went to a browser, or that the browser is gone.
async fn note(
    database: &Database,
    bundle: &Bundle,
    device: &DeviceRow,
    result: &Answer,
) -> Result<()> {
    if !matches!(result, Answer::Taken | Answer::Gone) {
        return Ok(());
    }
    let mut tx = database.begin(&Viewer::system("push")).await?;
    let kind = if matches!(result, Answer::Gone) {
        forget_device(&mut tx, device.id).await?;
        "push_device.removed"
    } else {
        note_use(&mut tx, device.id).await?;
        "push_device.used"
    };
    tx.announce(events::device(kind, device.id, bundle.person));
    tx.commit().await
}

/// One browser that took it is enough; nothing is sent twice to one for the sake of another.
async fn finish(database: &Database, bundle: &Bundle, results: Vec<Answer>) -> Result<bool> {
    let mut later = None;
    let mut unknown = None;
    let mut refused = None;
    for result in results {
        match result {
            Answer::Taken => {
                settle(database, bundle.letter, Outcome::Sent, None).await?;
                return Ok(true);
            }
            Answer::Gone => refused = Some("the browser is gone".to_owned()),
            Answer::Refused(why) => refused = Some(why),
            Answer::Later(why, wait) => later = Some((why, wait)),
            Answer::Unknown(why) => unknown = Some(why),
        }
    }
    match (unknown, later) {
        (Some(why), _) => settle(database, bundle.letter, Outcome::Unknown, Some(&why)).await?,
        (None, Some((why, wait))) => retry(database, bundle, &why, wait).await?,
        (None, None) => {
            settle(database, bundle.letter, Outcome::Failed, refused.as_deref()).await?;
        }
    }
    Ok(false)
}
