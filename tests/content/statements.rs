//! What things cost: a page of many threads takes as many statements as a page of one, and the
//! newest replies are read from the end of an index.

use async_graphql::{
    Context, EmptyMutation, EmptySubscription, MergedObject, Object, Request, Schema,
};
use content::graphql::{Attachment, LinkCard, ReactionCount, Reply, fields};
use content::{Content, ThreadSubscription, commands, queries};
use kernel::ContentId;
use platform::graphql::Request as HouseRequest;
use platform::{Database, LiveHub};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use testkit::on_both_databases;

use crate::world::{World, house};

#[derive(Default)]
struct Threads;

/// Stands for the kinds of content, which live above this crate.
struct Start(Content);

#[Object]
impl Threads {
    async fn threads(&self, ctx: &Context<'_>, count: usize) -> async_graphql::Result<Vec<Start>> {
        let ids = ctx.data::<Vec<ContentId>>()?;
        let reader = platform::ContextExt::reader(ctx);
        let found = queries::contents_by_ids(&reader, &ids[..count]).await?;
        Ok(found.into_iter().map(Start).collect())
    }
}

#[Object]
impl Start {
    async fn topics(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<String>> {
        fields::topics(ctx, &self.0).await
    }

    async fn attachments(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Attachment>> {
        fields::attachments(ctx, &self.0).await
    }

    async fn links(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<LinkCard>> {
        fields::links(ctx, &self.0).await
    }

    async fn reactions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ReactionCount>> {
        fields::reactions(ctx, &self.0).await
    }

    async fn reply_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i64> {
        Ok(fields::thread(ctx, &self.0).await?.reply_count)
    }

    async fn subscription(&self, ctx: &Context<'_>) -> async_graphql::Result<ThreadSubscription> {
        fields::subscription(ctx, &self.0).await
    }

    async fn latest_replies(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Reply>> {
        fields::latest_replies(ctx, &self.0, 2).await
    }
}

#[derive(MergedObject, Default)]
struct Query(Threads, content::ContentQuery);

type TestSchema = Schema<Query, EmptyMutation, EmptySubscription>;

fn schema(database: &Database) -> TestSchema {
    Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        .data(database.clone())
        .data(LiveHub::new(database.clone()))
        .finish()
}

const PAGE: &str = "{ threads(count: COUNT) { topics attachments { url } links { url } \
    reactions { emoji count viewerReacted } replyCount subscription latestReplies { id bodyHtml \
    isBestAnswer reactionCount attachments { url } author { name } \
    viewerCan { edit delete react markAsBestAnswer } } } }";

/// Statements a page of `count` threads takes, and its answer.
async fn page(
    world: &World,
    schema: &TestSchema,
    ids: &[ContentId],
    count: usize,
) -> (u64, serde_json::Value) {
    let viewer = world.viewer(world.carla);
    let reader = world.database().reader(&viewer);
    let request = Request::new(PAGE.replace("COUNT", &count.to_string()))
        .data(HouseRequest {
            viewer: viewer.clone(),
            request_id: String::new(),
        })
        .data(ids.to_vec());
    let request = identity::request_data(request, &reader);
    let request = communities::request_data(request, &reader);
    let request = content::request_data(request, &reader);
    let response = platform::graphql::batched(schema.execute(request)).await;
    assert_eq!(response.errors, []);
    (viewer.statements(), response.data.into_json().unwrap())
}

#[tokio::test]
async fn a_page_of_twenty_threads_costs_as_much_as_one_of_two() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let mut ids = Vec::new();
        for number in 0..20 {
            let post = world
                .post(world.anna, community, &format!("#topic{number}"))
                .await;
            for reply in 0..4 {
                let reply = world
                    .reply(world.bert, &post, &format!("{number}.{reply}"))
                    .await;
                let viewer = world.viewer(world.carla);
                commands::react(world.database(), &viewer, reply.id, "👍", true)
                    .await
                    .unwrap();
            }
            ids.push(post.id);
        }
        let schema = schema(world.database());
        let (two, _) = page(&world, &schema, &ids, 2).await;
        let (twenty, data) = page(&world, &schema, &ids, 20).await;
        assert_eq!(two, twenty);
        assert!(twenty <= 15, "{twenty} statements");
        let threads = data["threads"].as_array().unwrap();
        assert_eq!(threads.len(), 20);
        for thread in threads {
            assert_eq!(thread["replyCount"], 4);
            let latest: Vec<_> = thread["latestReplies"]
                .as_array()
                .unwrap()
                .iter()
                .map(|reply| reply["bodyHtml"].as_str().unwrap().trim().to_owned())
                .collect();
            assert!(
                latest[0].ends_with(".2</p>") && latest[1].ends_with(".3</p>"),
                "{latest:?}"
            );
            let can = serde_json::json!({
                "edit": false, "delete": false, "react": true, "markAsBestAnswer": false
            });
            assert_eq!(thread["latestReplies"][0]["viewerCan"], can);
            assert_eq!(thread["latestReplies"][0]["reactionCount"], 1);
        }
        world.bed
    })
    .await;
}

/// What the database says it will do. Tables are small here: the question is whether the index can
/// serve, not whether it pays.
async fn plan(world: &World, sql: &str) -> String {
    let backend = world.database().backend();
    let tx = world.database().begin(&house()).await.unwrap();
    let is_postgres = backend == DbBackend::Postgres;
    if is_postgres {
        for way in ["seqscan", "bitmapscan", "sort"] {
            let sql = format!("SET LOCAL enable_{way} = off");
            tx.execute_unprepared(&sql).await.unwrap();
        }
    }
    let explain = if is_postgres {
        "EXPLAIN "
    } else {
        "EXPLAIN QUERY PLAN "
    };
    let statement = Statement::from_string(backend, format!("{explain}{sql}"));
    let rows = tx.query_all_raw(statement).await.unwrap();
    tx.rollback().await.unwrap();
    let column = if is_postgres { 0 } else { 3 };
    let lines = rows
        .iter()
        .map(|row| row.try_get_by_index::<String>(column).unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn hot_statements_have_their_index() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let nil = match world.database().backend() {
            DbBackend::Postgres => "'00000000-0000-0000-0000-000000000000'",
            _ => "x'00000000000000000000000000000000'",
        };
        for (sql, index) in [
            (
                format!(
                    "SELECT id FROM contents WHERE kind = 'reply' AND root_id = {nil} \
                     AND state = 'published' ORDER BY feed_key DESC LIMIT 2"
                ),
                "contents_thread",
            ),
            (
                "SELECT c.id FROM contents c WHERE c.state = 'scheduled' AND c.scheduled_for <= 5 \
                 ORDER BY c.scheduled_for LIMIT 5"
                    .to_owned(),
                "contents_scheduled",
            ),
            (
                "SELECT c.id FROM contents c WHERE c.state = 'published' \
                 AND c.expires_at IS NOT NULL AND c.expires_at <= 5 ORDER BY c.expires_at LIMIT 5"
                    .to_owned(),
                "contents_expiring",
            ),
            (
                "SELECT DISTINCT topic FROM content_topics WHERE topic >= 'a' AND topic < 'b' \
                 ORDER BY topic LIMIT 5"
                    .to_owned(),
                "content_topics",
            ),
            (
                "SELECT url FROM link_cards WHERE fetched_at = 0 ORDER BY url LIMIT 5".to_owned(),
                "link_cards_wanted",
            ),
        ] {
            let plan = plan(&world, &sql).await;
            assert!(plan.contains(index), "{sql}\n{plan}");
            assert!(
                !plan.contains("TEMP B-TREE") && !plan.contains("Sort"),
                "{sql}\n{plan}"
            );
        }
        world.bed
    })
    .await;
}
