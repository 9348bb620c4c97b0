//! Channels become communities.

use communities::model::{CommunityJoining, CommunityVisibility, NewCommunity};
use kernel::{CommunityId, Error};

use super::format::Channel;
use super::{Run, SOURCE};
use crate::keys;

impl Run<'_> {
    pub(super) async fn community(&mut self, line: u64, channel: Channel) -> anyhow::Result<()> {
        self.report.count("communities").found += 1;
        let place = (channel.team.clone(), channel.name.clone());
        let key = format!("channel:{}/{}", channel.team, channel.name);
        let mut tx = self.database.begin(&self.viewer).await?;
        if let Some(id) = keys::known(&tx, SOURCE, std::slice::from_ref(&key))
            .await?
            .get(&key)
        {
            self.report.count("communities").already_there += 1;
            self.communities.insert(place, CommunityId(*id));
            tx.rollback().await?;
            return Ok(());
        }
        let at = self
            .scan
            .channel_since
            .get(&place)
            .copied()
            .unwrap_or(tx.now());
        match communities::commands::create_in(
            &mut tx,
            self.options.owner,
            new_community(&channel),
            at,
        )
        .await
        {
            Ok(id) => {
                keys::remember(&tx, SOURCE, &[(key, id.0)]).await?;
                tx.commit().await?;
                self.report.count("communities").imported += 1;
                self.communities.insert(place, id);
            }
            Err(Error::Invalid(problems)) => {
                let reasons: Vec<_> = problems
                    .into_iter()
                    .map(|problem| problem.message)
                    .collect();
                self.report
                    .leave_out("communities", line, channel.name, reasons.join("; "));
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

fn new_community(channel: &Channel) -> NewCommunity {
    let name = if channel.display_name.trim().is_empty() {
        &channel.name
    } else {
        &channel.display_name
    };
    // A name of one letter is too short for a community.
    let name = if name.trim().chars().count() < 2 {
        format!("Channel {name}")
    } else {
        name.clone()
    };
    let texts = [channel.purpose.trim(), channel.header.trim()];
    let description = texts
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    let is_private = channel.kind == "P";
    NewCommunity {
        description,
        visibility: if is_private {
            CommunityVisibility::Private
        } else {
            CommunityVisibility::Public
        },
        joining: if is_private {
            CommunityJoining::InviteOnly
        } else {
            CommunityJoining::Open
        },
        ..NewCommunity::named(name)
    }
}
