//! People and their memberships.

use std::collections::BTreeMap;

use identity::model::NewPerson;
use kernel::{Error, OrganisationRole, PersonId};
use platform::Tx;

use super::format::User;
use super::{Run, SOURCE, Waiting};
use crate::keys;

impl Run<'_> {
    pub(super) async fn flush_people(&mut self, waiting: &mut Waiting) -> anyhow::Result<()> {
        let people = std::mem::take(&mut waiting.people);
        if people.is_empty() {
            return Ok(());
        }
        let mut tx = self.database.begin(&self.viewer).await?;
        let item = |user: &User| format!("user:{}", user.username.to_lowercase());
        let wanted: Vec<String> = people.iter().map(|(_, user)| item(user)).collect();
        let mut known = keys::known(&tx, SOURCE, &wanted).await?;
        let (mut new, mut made) = (Vec::new(), Vec::new());
        for (line, user) in people {
            self.report.count("people").found += 1;
            let key = item(&user);
            let person = match known.get(&key) {
                Some(id) => {
                    self.report.count("people").already_there += 1;
                    Some(PersonId(*id))
                }
                None => self.person(&mut tx, line, &user).await?,
            };
            let Some(person) = person else { continue };
            if known.insert(key.clone(), person.0).is_none() {
                new.push((key, person.0));
                made.push(person);
            }
            self.people.insert(user.username.to_lowercase(), person);
            self.note_memberships(line, &user, person);
        }
        communities::commands::add_to_all_company(&mut tx, &made).await?;
        self.finish(tx, &new).await
    }

    /// Stores the keys and commits; a batch in which all was there already writes nothing.
    pub(super) async fn finish(&self, tx: Tx, new: &[(String, uuid::Uuid)]) -> anyhow::Result<()> {
        if new.is_empty() {
            tx.rollback().await?;
        } else {
            keys::remember(&tx, SOURCE, new).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Makes a person, or finds the one who has the same e-mail address here.
    async fn person(
        &mut self,
        tx: &mut Tx,
        line: u64,
        user: &User,
    ) -> anyhow::Result<Option<PersonId>> {
        let handle = richtext::slugify(&user.username.replace('.', " "), 60).replace('-', ".");
        let mut keeps_email = true;
        let mut number = 1;
        for attempt in 1..=20 {
            let handle = if number == 1 {
                handle.clone()
            } else {
                format!("{handle}.{number}")
            };
            let mut new = self.new_person(user, handle);
            new.email = new.email.filter(|_| keeps_email);
            let problems = match identity::commands::create_person(tx, new).await {
                Ok(person) => {
                    self.report.count("people").imported += 1;
                    return Ok(Some(person));
                }
                Err(Error::Invalid(problems)) => problems,
                Err(error) => return Err(error.into()),
            };
            let has = |code: &str| problems.iter().any(|problem| problem.code == code);
            if has("EMAIL_TAKEN") {
                let found = identity::queries::person_by_email(tx, &user.email).await?;
                self.report.count("people").already_there += 1;
                self.report.note(
                    line,
                    &user.username,
                    "joined with the person who has this e-mail address here",
                );
                return Ok(found.map(|person| person.id));
            }
            if has("EMAIL_INVALID") && keeps_email {
                keeps_email = false;
                self.report.note(
                    line,
                    &user.username,
                    format!("without the address {}, which is none", user.email),
                );
                continue;
            }
            if !has("HANDLE_TAKEN") || attempt == 20 {
                let reasons: Vec<_> = problems
                    .into_iter()
                    .map(|problem| problem.message)
                    .collect();
                self.report
                    .leave_out("people", line, &user.username, reasons.join("; "));
                return Ok(None);
            }
            number += 1;
        }
        Ok(None)
    }

    fn new_person(&self, user: &User, handle: String) -> NewPerson {
        let full = format!("{} {}", user.first_name.trim(), user.last_name.trim());
        let names = [full.trim(), user.nickname.trim(), user.username.as_str()];
        let name = names
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default()
            .to_owned();
        let locale = if user.locale.starts_with("de") {
            "de"
        } else {
            "en"
        };
        NewPerson {
            handle,
            name,
            email: Some(user.email.clone()).filter(|email| !email.trim().is_empty()),
            title: user.position.clone(),
            role: OrganisationRole::Member,
            locale: locale.to_owned(),
            joined_at: self
                .scan
                .person_since
                .get(&user.username.to_lowercase())
                .copied(),
            is_active: user.delete_at == 0,
            imported: true,
            ..NewPerson::default()
        }
    }

    fn note_memberships(&mut self, line: u64, user: &User, person: PersonId) {
        for team in user.teams.iter().flatten() {
            for channel in team.channels.iter().flatten() {
                self.report.count("memberships").found += 1;
                let place = (team.name.clone(), channel.name.clone());
                if self.communities.contains_key(&place) {
                    let is_admin = channel
                        .roles
                        .split_whitespace()
                        .any(|role| role == "channel_admin");
                    self.memberships
                        .entry(place)
                        .or_default()
                        .push((person, is_admin));
                } else {
                    let reason = format!("there is no channel {}/{}", team.name, channel.name);
                    self.report
                        .leave_out("memberships", line, &user.username, reason);
                }
            }
        }
    }

    /// Makes the people members of their communities.
    pub(super) async fn join_members(&mut self) -> anyhow::Result<()> {
        use communities::model::{CommunityRole, NewMember};
        let places: BTreeMap<_, _> = std::mem::take(&mut self.memberships).into_iter().collect();
        for (place, members) in places {
            let Some(community) = self.communities.get(&place).copied() else {
                continue;
            };
            let since = self.scan.channel_since.get(&place).copied();
            let mut tx = self.database.begin(&self.viewer).await?;
            let rows: Vec<NewMember> = members
                .iter()
                .map(|(person, is_admin)| NewMember {
                    person: *person,
                    role: if *is_admin {
                        CommunityRole::Moderator
                    } else {
                        CommunityRole::Member
                    },
                    since: since.unwrap_or(tx.now()),
                })
                .collect();
            let joined = communities::commands::join_many(&mut tx, community, &rows).await?;
            let count = self.report.count("memberships");
            count.imported += joined as u64;
            count.already_there += (rows.len() - joined) as u64;
            if joined == 0 {
                tx.rollback().await?;
            } else {
                tx.commit().await?;
            }
        }
        Ok(())
    }
}
