//! Praise: names 1 to 20 people and says what for with a badge. Whether those people exist and are
//! active is asked when the post is written.

use kernel::{PostId, Problem, Result, Timestamp};
use platform::Tx;
use sea_orm::Value;

use super::{Addition, Kind};
use crate::model::{MAX_PRAISED, NewPost};
use crate::table::Sql;

pub(super) struct Praise;

#[async_trait::async_trait]
impl Kind for Praise {
    fn check(&self, new: &NewPost, _from: Timestamp, problems: &mut Vec<Problem>) -> Addition {
        let Some(praise) = &new.praise else {
            let text = "Say whom you praise and what for.";
            problems.push(Problem::new("praise", "PRAISE_REQUIRED", text));
            return Addition::default();
        };
        let mut people = praise.person_ids.clone();
        people.sort_unstable();
        people.dedup();
        if people.is_empty() {
            problems.push(person_problem("PRAISE_NOBODY", "Name somebody to praise."));
        }
        if people.len() > MAX_PRAISED {
            let text = format!("One praise names at most {MAX_PRAISED} people.");
            problems.push(person_problem("TOO_MANY_PEOPLE", text).with("max", MAX_PRAISED));
            people.clear();
        }
        // Imported praise may be one's own; among colleagues it would be odd.
        if new.imported.is_none() && people.contains(&new.author) {
            problems.push(person_problem("PRAISE_ONESELF", "Praise somebody else."));
        }
        Addition {
            badge: Some(praise.badge),
            people,
            ..Addition::default()
        }
    }

    async fn insert(&self, tx: &Tx, post: PostId, addition: &Addition) -> Result<()> {
        let rows = addition.people.iter();
        let rows = rows.map(|person| vec![Value::from(post), Value::from(*person)]);
        let sql = Sql::new("INSERT INTO praise_people (post_id, person_id) VALUES ");
        sql.bind_rows(rows).run(tx).await?;
        Ok(())
    }
}

/// A problem with the people named.
pub(crate) fn person_problem(code: &'static str, message: impl Into<String>) -> Problem {
    Problem {
        path: vec!["praise".to_owned(), "personIds".to_owned()],
        ..Problem::new("praise", code, message)
    }
}
