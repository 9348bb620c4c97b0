//! The direct line in the invented bank: the head of a district writes to the counters of all her branches,
//! not everybody confirms, an escalation goes up the line, somebody asks, somebody audits.

use anyhow::Context as _;
use directory::commands::NewAbsence;
use directory::model::AbsenceKind;
use dispatches::commands::{self, Signature};
use dispatches::model::{Comprehension, DraftInput, GrantRight, NewGrant, NewText, ReplyTo};
use kernel::{DispatchId, OrgUnitId, Timestamp};

use super::{Bank, client_id};

/// What happens on the line, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The administrator makes somebody an auditor.
    Audit,
    /// The must-read is sent.
    Send,
    /// Somebody reads and confirms it.
    Confirm(&'static str),
    /// Somebody reads it, and leaves it at that.
    Open(&'static str),
    /// Somebody asks.
    Ask(&'static str),
    /// The sender answers.
    Answer(&'static str),
    /// Reminders and escalations that are due.
    Remind,
    /// A word of thanks that nobody has to confirm.
    Thank,
    /// The head of the other district goes on holiday; somebody stands in.
    Holiday,
}

const SENDER: &str = "claudia.jansen";
const AUDITOR: &str = "ines.marquardt";
const ON_HOLIDAY: &str = "stefan.maurer";
const SUBSTITUTE: &str = "sabine.hartwig";
const DAY: i64 = 24;

/// How many hours before now, and what.
const STORY: [(i64, Step); 22] = [
    (14 * DAY, Step::Audit),
    (9 * DAY, Step::Send),
    (9 * DAY - 1, Step::Confirm("murat.aksoy")),
    (9 * DAY - 2, Step::Confirm("theresa.lang")),
    (9 * DAY - 3, Step::Open("lena.carstens")),
    (9 * DAY - 4, Step::Ask("hauke.nissen")),
    (9 * DAY - 5, Step::Ask("swantje.lorenz")),
    (9 * DAY - 6, Step::Answer("hauke.nissen")),
    (8 * DAY, Step::Confirm("hauke.nissen")),
    (8 * DAY - 3, Step::Remind),
    (7 * DAY, Step::Confirm("swantje.lorenz")),
    (7 * DAY - 3, Step::Remind),
    (6 * DAY, Step::Remind),
    (5 * DAY, Step::Remind),
    (5 * DAY - 2, Step::Open("ole.paulsen")),
    (4 * DAY, Step::Remind),
    (3 * DAY, Step::Remind),
    (2 * DAY, Step::Remind),
    (DAY, Step::Thank),
    (12, Step::Remind),
    (1, Step::Remind),
    (1, Step::Holiday),
];

/// The story, with the moments at which it happens.
pub(super) fn story(now: Timestamp) -> impl Iterator<Item = (Timestamp, Step)> {
    let at = move |hours: i64| now.plus_seconds(-hours * 3600);
    STORY
        .into_iter()
        .map(move |(hours, step)| (at(hours), step))
}

fn text(language: &str, title: &str, body: &str, talking_points: &str) -> NewText {
    NewText {
        language: language.to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        talking_points: talking_points.to_owned(),
    }
}

fn question(language: &str, prompt: &str, options: [&str; 3]) -> Comprehension {
    Comprehension {
        language: language.to_owned(),
        prompt: prompt.to_owned(),
        options: options.iter().map(|&option| option.to_owned()).collect(),
        right: 1,
    }
}

impl Bank<'_> {
    /// One step of the story; `sent` is the must-read once it is there.
    pub(super) async fn take_line_step(
        &self,
        step: Step,
        sent: &mut Option<DispatchId>,
    ) -> anyhow::Result<()> {
        let database = self.database;
        let must_read = *sent;
        let id = || must_read.context("nothing was sent yet");
        let sender = self.viewer(self.person(SENDER)?)?;
        match step {
            Step::Audit => {
                let admin = self.viewer_as_admin()?;
                let grant = NewGrant {
                    person_id: self.people[self.person(AUDITOR)?],
                    unit_id: self.unit("LB")?,
                    right: GrantRight::Audit,
                    roles: Vec::new(),
                    reason: "Stichproben der Revision".to_owned(),
                    ends_at: database.now().plus_seconds(365 * DAY * 3600),
                };
                commands::grant_give(database, &admin, grant).await?;
            }
            Step::Send => {
                let draft = self.must_read()?;
                let draft = commands::save(database, &sender, draft).await?;
                commands::send(database, &sender, draft).await?;
                *sent = Some(draft);
            }
            Step::Confirm(handle) => {
                let reader = self.viewer(self.person(handle)?)?;
                let id = id()?;
                commands::mark_seen(database, &reader, id, 1, "de").await?;
                let button = Signature::Button;
                commands::acknowledge(database, &reader, id, 1, "de", button, &[1]).await?;
            }
            Step::Open(handle) => {
                let reader = self.viewer(self.person(handle)?)?;
                commands::mark_seen(database, &reader, id()?, 1, "de").await?;
            }
            Step::Ask(handle) => {
                let reader = self.viewer(self.person(handle)?)?;
                let body = "Gilt das auch, wenn der Kunde den Ausweis **nur auf dem Telefon** hat?";
                let client = client_id(self.clock.now());
                commands::answer(database, &reader, id()?, &client, body).await?;
            }
            Step::Answer(handle) => {
                let to = ReplyTo::Person(self.people[self.person(handle)?]);
                let body = "Ein Foto reicht nicht. Der elektronische Ausweis über die App gilt.";
                let client = client_id(self.clock.now());
                commands::reply(database, &sender, id()?, &to, &client, body).await?;
            }
            Step::Remind => dispatches::jobs::run_due(database).await?,
            Step::Thank => {
                let draft = self.thanks()?;
                let draft = commands::save(database, &sender, draft).await?;
                commands::send(database, &sender, draft).await?;
            }
            Step::Holiday => {
                let head = self.viewer(self.person(ON_HOLIDAY)?)?;
                let substitute = self.people[self.person(SUBSTITUTE)?];
                let unit = self.unit("SUED")?;
                let starts_at = database.now();
                let ends_at = starts_at.plus_seconds(9 * DAY * 3600);
                let absence = NewAbsence {
                    starts_at,
                    ends_at,
                    kind: AbsenceKind::Vacation,
                    substitute_id: Some(substitute),
                };
                directory::commands::absence_add(database, &head, &absence).await?;
                directory::commands::stand_in_name(
                    database, &head, unit, substitute, None, ends_at,
                )
                .await?;
            }
        }
        Ok(())
    }

    fn unit(&self, code: &str) -> anyhow::Result<OrgUnitId> {
        let unit = self.units.get(code).copied();
        unit.with_context(|| format!("no unit {code}"))
    }

    /// To all who serve customers at the counters of the district.
    fn must_read(&self) -> anyhow::Result<DraftInput> {
        let roles = ["Servicekraft Kasse", "Serviceberater", "Serviceberaterin"];
        let de = text(
            "de",
            "Ausweisprüfung bei Barauszahlungen ab 5.000 Euro",
            "Liebe Kolleginnen und Kollegen,\n\nab **Montag** prüfen wir bei Barauszahlungen ab \
             5.000 Euro den Ausweis *vor* der Buchung:\n\n1. Ausweis zeigen lassen und mit der \
             Person vergleichen\n2. Nummer in die Maske „Barzahlung“ eintragen\n3. Bei Zweifeln: \
             nicht auszahlen, sondern die Hotline 4711 rufen\n\nWer am Schalter steht, entscheidet \
             – niemand muss sich dafür rechtfertigen.",
            "Die Regel kommt aus dem Vorfall in Lübeck. Am Schalter darf es dauern; die Hotline \
             ist bis 18 Uhr besetzt.",
        );
        let en = text(
            "en",
            "Checking identity cards for cash of 5,000 euros and more",
            "Dear colleagues,\n\nfrom **Monday** we check the identity card *before* booking cash \
             of 5,000 euros or more:\n\n1. Have the card shown and compare it with the person\n2. \
             Enter its number in the form “Barzahlung”\n3. In doubt: do not pay, call 4711\n\n\
             Whoever stands at the counter decides.",
            "The rule follows the incident in Lübeck. It may take its time at the counter.",
        );
        Ok(DraftInput {
            target_roles: roles.iter().map(|&role| role.to_owned()).collect(),
            texts: vec![de, en],
            questions: vec![
                question(
                    "de",
                    "Was tun Sie, wenn Sie am Ausweis zweifeln?",
                    [
                        "Auszahlen und notieren",
                        "Nicht auszahlen und 4711 rufen",
                        "Den Filialleiter entscheiden lassen",
                    ],
                ),
                question(
                    "en",
                    "What do you do when in doubt about the card?",
                    [
                        "Pay and make a note",
                        "Do not pay and call 4711",
                        "Let the manager decide",
                    ],
                ),
            ],
            is_must_read: true,
            working_hours: Some(16),
            joiner_days: 30,
            ..self.draft()?
        })
    }

    /// To everybody in the district.
    fn thanks(&self) -> anyhow::Result<DraftInput> {
        let body = "Der Schulungstag in Kiel war großartig. Danke an alle, die geholfen haben – \
                    die Unterlagen stehen in der Community „Bezirk Nord“.";
        Ok(DraftInput {
            texts: vec![text("de", "Danke für den Schulungstag", body, "")],
            ..self.draft()?
        })
    }

    fn draft(&self) -> anyhow::Result<DraftInput> {
        Ok(DraftInput {
            client_id: client_id(self.clock.now()),
            is_unfinished: false,
            unit_id: self.unit("NORD")?,
            target_units: Vec::new(),
            target_roles: Vec::new(),
            audience: None,
            language: "de".to_owned(),
            texts: Vec::new(),
            questions: Vec::new(),
            is_must_read: false,
            needs_signature: false,
            is_urgent: false,
            takes_answers: true,
            working_hours: None,
            joiner_days: 0,
            helpers: Vec::new(),
        })
    }
}
