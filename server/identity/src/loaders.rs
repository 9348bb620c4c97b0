//! Batches: what is asked for at the same time is read by one statement.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kernel::{PersonId, Result};
use platform::Reader;
use platform::graphql::Loader;

use crate::model::PersonView;
use crate::queries;

/// A person by id.
pub struct PersonById {
    /// The request's reader.
    pub reader: Reader,
}

impl Loader<PersonId> for PersonById {
    type Value = Arc<PersonView>;

    async fn load(&self, ids: &[PersonId]) -> Result<HashMap<PersonId, Self::Value>> {
        let people = queries::people_by_ids(&self.reader, ids).await?;
        Ok(people
            .into_iter()
            .map(|view| (view.id, Arc::new(view)))
            .collect())
    }
}

/// How many follow a person.
pub struct FollowerCountByPerson {
    /// The request's reader.
    pub reader: Reader,
}

impl Loader<PersonId> for FollowerCountByPerson {
    type Value = i64;

    async fn load(&self, ids: &[PersonId]) -> Result<HashMap<PersonId, i64>> {
        let counts = queries::follower_counts(&self.reader, ids).await?;
        Ok(counts.into_iter().collect())
    }
}

/// Whether the viewer follows a person.
pub struct FollowedByPerson {
    /// The request's reader.
    pub reader: Reader,
}

impl Loader<PersonId> for FollowedByPerson {
    type Value = bool;

    async fn load(&self, ids: &[PersonId]) -> Result<HashMap<PersonId, bool>> {
        let followed = queries::followed_among(&self.reader, ids).await?;
        let followed: HashSet<_> = followed.into_iter().collect();
        Ok(ids.iter().map(|id| (*id, followed.contains(id))).collect())
    }
}
