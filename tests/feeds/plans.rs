//! Every statement of a feed is bounded by the page, however long the history: 20,000 posts in 200
//! communities, seen by a reader of five quiet ones, by one who is in all of them and by one who is in
//! the busy ones.

use std::time::Instant;

use communities::model::CommunityVisibility;
use content::queries::timeline::{self, Source, Wanted};
use kernel::{CommunityId, NewEvent, PersonId, PostId, Scope, SubjectRef, Timestamp};
use platform::Database;
use sea_orm::{ConnectionTrait, Statement, Value};
use uuid::Uuid;

use crate::world::{Dice, World, house};
use crate::worlds;

const COMMUNITIES: usize = 200;
const POSTS: usize = 20_000;
/// Rows of one INSERT.
const ROWS: usize = 400;

struct Scale {
    quiet: PersonId,
    everywhere: PersonId,
    author: PersonId,
    busy: CommunityId,
    posts: Vec<PostId>,
}

/// Writes rows as an importer of another room would: many at once.
async fn insert(database: &Database, head: &str, rows: Vec<Vec<Value>>) {
    let mut tx = database.begin(&house()).await.unwrap();
    for chunk in rows.chunks(ROWS) {
        let mut sql = format!("INSERT INTO {head} VALUES ");
        let mut values: Vec<Value> = Vec::new();
        for (index, row) in chunk.iter().enumerate() {
            sql.push_str(if index == 0 { "(" } else { "), (" });
            for (place, value) in row.iter().enumerate() {
                values.push(value.clone());
                let comma = if place == 0 { "" } else { ", " };
                sql.push_str(&format!("{comma}${}", values.len()));
            }
        }
        sql.push(')');
        let statement = Statement::from_sql_and_values(database.backend(), sql, values);
        tx.execute_raw(statement).await.unwrap();
    }
    let subject = SubjectRef::new("test", Uuid::nil());
    tx.announce(NewEvent::new("test.filled", subject, Scope::System));
    tx.commit().await.unwrap();
}

async fn scale(world: &World) -> Scale {
    let (quiet, everywhere) = (
        world.person("quiet").await,
        world.person("everywhere").await,
    );
    let author = world.person("author").await;
    let mut communities = Vec::new();
    for number in 0..COMMUNITIES {
        let visibility = match number % 3 {
            0 => CommunityVisibility::Private,
            _ => CommunityVisibility::Public,
        };
        communities.push(world.community(&format!("Room {number}"), visibility).await);
    }
    let mut members: Vec<Vec<Value>> = Vec::new();
    let now = world.db().now();
    let mut join = |person: PersonId, community: CommunityId| {
        let id = kernel::MembershipId::at(now);
        let row: Vec<Value> = vec![
            id.into(),
            community.into(),
            person.into(),
            "member".into(),
            false.into(),
            now.into(),
        ];
        members.push(row);
    };
    for community in &communities {
        join(everywhere, *community);
        join(author, *community);
    }
    for community in &communities[COMMUNITIES - 5..] {
        join(quiet, *community);
    }
    let head = "memberships (id, community_id, person_id, role, is_muted, since)";
    insert(world.db(), head, members).await;

    // Most posts are in the first rooms; the last ones have one each, the oldest of all.
    let mut dice = Dice::new(9);
    let (mut contents, mut kinds, mut threads, mut topics, mut posts) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for number in 0..POSTS {
        let at: Timestamp = now.plus_seconds(i64::try_from(number).unwrap());
        let id = PostId::at(at);
        let room = if number < 5 {
            COMMUNITIES - 1 - number
        } else {
            dice.roll(COMMUNITIES - 5)
                .min(dice.roll(COMMUNITIES - 5))
                .min(dice.roll(COMMUNITIES - 5))
        };
        let who = if number % 4 == 0 { world.owner } else { author };
        contents.push(vec![
            id.into(),
            "post".into(),
            "published".into(),
            who.into(),
            communities[room].into(),
            id.into(),
            id.0.into(),
            "".into(),
            "".into(),
            "".into(),
            "".into(),
            1_i32.into(),
            true.into(),
            at.into(),
            at.into(),
        ]);
        let kind = if number % 100 == 7 {
            "announcement"
        } else {
            "discussion"
        };
        kinds.push(vec![id.into(), kind.into()]);
        threads.push(vec![
            id.into(),
            0_i64.into(),
            0_i64.into(),
            at.into(),
            false.into(),
        ]);
        if number % 3 == 0 {
            topics.push(vec!["rust".into(), id.into(), id.0.into()]);
        }
        posts.push(id);
    }
    let head = "contents (id, kind, state, author_id, community_id, root_id, feed_key, title, source, \
                html, excerpt, revision, imported, created_at, published_at)";
    insert(world.db(), head, contents).await;
    insert(world.db(), "posts (id, kind)", kinds).await;
    let head = "threads (root_id, reply_count, reaction_count, last_activity_at, takes_answers)";
    insert(world.db(), head, threads).await;
    insert(
        world.db(),
        "content_topics (topic, content_id, feed_key)",
        topics,
    )
    .await;
    world
        .bed
        .clock
        .advance_seconds(i64::try_from(POSTS).unwrap());
    for reader in [quiet, everywhere] {
        world.follow(reader, author, true).await;
        world.follow_topic(reader, "rust", true).await;
        for post in posts
            .iter()
            .rev()
            .filter(|post| post.0.as_u128() % 11 == 0)
            .take(20)
        {
            if timeline::facts(&world.reader(reader), &[*post])
                .await
                .unwrap()
                .len()
                == 1
            {
                let state = content::ThreadSubscription::Following;
                world.subscribe(reader, *post, state).await;
            }
        }
    }
    let mention = |post: &PostId| vec![(*post).into(), "person".into(), author.into()];
    let head = "mentions (content_id, target_kind, target_id)";
    let mentions = posts.iter().skip(1).step_by(5).map(mention).collect();
    insert(world.db(), head, mentions).await;
    let view = |post: &PostId| vec![(*post).into(), author.into(), now.into()];
    let head = "announcement_views (post_id, person_id, seen_at)";
    insert(
        world.db(),
        head,
        posts.iter().take(5_000).map(view).collect(),
    )
    .await;
    let state = |post: &PostId| {
        vec![
            (*post).into(),
            author.into(),
            "following".into(),
            now.into(),
        ]
    };
    let head = "thread_subscriptions (root_id, person_id, state, updated_at)";
    insert(
        world.db(),
        head,
        posts.iter().take(5_000).map(state).collect(),
    )
    .await;
    let analyze = world
        .db()
        .maintenance_connection()
        .execute_unprepared("ANALYZE")
        .await;
    analyze.unwrap();
    Scale {
        quiet,
        everywhere,
        author,
        busy: communities[0],
        posts,
    }
}

/// The plan as lines. PostgreSQL runs the statement and says how many rows each step touched.
async fn plan(world: &World, person: PersonId, statement: &Statement) -> Vec<String> {
    let head = if world.db().is_sqlite() {
        "EXPLAIN QUERY PLAN"
    } else {
        "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF)"
    };
    let mut explain = statement.clone();
    explain.sql = format!("{head} {}", statement.sql);
    let rows = world.reader(person).query_all_raw(explain).await.unwrap();
    let column = if world.db().is_sqlite() {
        "detail"
    } else {
        "QUERY PLAN"
    };
    rows.iter()
        .map(|row| row.try_get::<String>("", column).unwrap())
        .collect()
}

/// Rows a step of a PostgreSQL plan touched: those it gave and those it threw away.
fn touched(lines: &[String], place: usize) -> u64 {
    let number = |text: &str, name: &str| -> Option<u64> {
        let rest = &text[text.find(name)? + name.len()..];
        let digits: String = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        digits.parse::<f64>().ok().map(|rows| rows as u64)
    };
    let loops = number(&lines[place], "loops=").unwrap_or(1);
    let given = number(&lines[place], "rows=").unwrap_or(0);
    let own = lines[place].find("->").unwrap_or(0);
    let details = lines[place + 1..]
        .iter()
        .take_while(|line| !line.contains("->"));
    let thrown: u64 = details
        .filter(|line| line.len() - line.trim_start().len() > own)
        .filter_map(|line| number(line, "Rows Removed by Filter: "))
        .sum();
    (given + thrown) * loops
}

/// Tables that grow with the history.
const HISTORY: [&str; 6] = [
    "contents",
    "posts",
    "content_topics",
    "threads",
    "mentions",
    "announcement_views",
];

fn check(world: &World, name: &str, lines: &[String], limit: u64) {
    let text = lines.join("\n");
    for (place, line) in lines.iter().enumerate() {
        if world.db().is_sqlite() {
            // In SQLite's plans our statements call the tables of the history by these names.
            let scans = [
                "SCAN x",
                "SCAN c ",
                "SCAN w",
                "SCAN p",
                "SCAN t ",
                "SCAN ct",
                "SCAN contents",
            ];
            let bare = line.trim();
            let scan = scans
                .iter()
                .any(|scan| bare == scan.trim() || bare.starts_with(scan));
            // Rows of a sub-select that was cut off by LIMIT are no history; neither is a partial index
            // read in order.
            let in_order = bare.contains("USING COVERING INDEX posts_announcements");
            assert!(!scan || in_order, "{name} scans:\n{text}");
        } else {
            let table = HISTORY
                .iter()
                .find(|table| line.contains(&format!(" on {table} ")));
            assert!(
                table.is_none() || !line.contains("Seq Scan"),
                "{name} scans:\n{text}"
            );
            // A bitmap is made of the whole range, whatever the limit above it: only where that is
            // no more than a window.
            let bitmap = line.contains("Bitmap Index Scan on content") && line.contains("_feed");
            assert!(
                !bitmap || touched(lines, place) <= 400,
                "{name} reads a whole range:\n{text}"
            );
            if table.is_some() {
                let rows = touched(lines, place);
                assert!(
                    rows <= limit,
                    "{name} touches {rows} rows, not {limit}:\n{text}"
                );
            }
        }
    }
}

fn uses(name: &str, lines: &[String], index: &str) {
    let text = lines.join("\n");
    assert!(text.contains(index), "{name} does not use {index}:\n{text}");
}

worlds!(no_statement_reads_the_history, |world| {
    let scale = scale(&world).await;
    let sources = [
        (Source::Joined, "contents_community_feed"),
        (Source::Community(scale.busy), "contents_community_feed"),
        (Source::Author(scale.author), "contents_author_feed"),
        (Source::Topic("rust".to_owned()), "content_topics_feed"),
        (Source::FollowedPeople, "contents_author_feed"),
        (Source::FollowedTopics, "content_topics_feed"),
        (Source::FollowedThreads, "thread_subscriptions_person"),
    ];
    let only: Vec<Source> = sources.iter().map(|(source, _)| source.clone()).collect();
    for (person, joined) in [(scale.quiet, 5), (scale.everywhere, 200)] {
        let reader = world.reader(person);
        let newest = &scale.posts[POSTS - 20..];
        for (name, statement) in timeline::statements(&reader, &only, scale.busy, newest) {
            let lines = plan(&world, person, &statement).await;
            // A window of 28 from each of at most 28 places, the heads of 200 places, and 1,000
            // announcements; 20,000 posts are far above.
            let limit = if name.starts_with("wide") {
                u64::MAX
            } else {
                1_000
            };
            check(&world, &name, &lines, limit);
            if let Some((_, index)) = sources
                .iter()
                .find(|(source, _)| name.contains(&format!("window of {source:?}")))
            {
                uses(&name, &lines, index);
            }
        }
        let values: [Value; 3] = [person.into(), Uuid::nil().into(), Uuid::max().into()];
        let sql = feeds::queries::unread_sql(world.db().backend());
        let statement = Statement::from_sql_and_values(world.db().backend(), sql, values);
        let lines = plan(&world, person, &statement).await;
        check(&world, "unread counts", &lines, 100 * joined);
        uses("unread counts", &lines, "contents_community_feed");
    }
    // A reader of five quiet communities costs one statement too, however old the posts.
    for (person, expected) in [(scale.quiet, 5), (scale.everywhere, 20)] {
        let reader = world.reader(person);
        let started = Instant::now();
        let wanted = Wanted::default();
        let found = timeline::stretch(&reader, &[Source::Joined], wanted, None, 20).await;
        println!("{expected} posts in {:?}", started.elapsed());
        assert_eq!(found.unwrap().entries.len(), expected);
        assert_eq!(reader.viewer().statements(), 1);
    }
});
