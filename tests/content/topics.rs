//! Topics as far as the viewer sees them.

use communities::CommunityVisibility;
use content::{NewContent, commands, queries};
use testkit::on_both_databases;

use crate::world::{World, codes};

#[tokio::test]
async fn a_topic_counts_only_what_the_viewer_sees() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let public = world.public().await;
        let secret = world.community("Merger", CommunityVisibility::Secret).await;
        world.post(world.bert, public, "#Travel and #food").await;
        world.post(world.bert, secret, "#travel #takeover").await;
        let post = world.post(world.bert, public, "#travel once more").await;
        world
            .reply(world.carla, &post, "#travel in a reply is no post")
            .await;
        world
            .delete_post(world.bert, &world.post(world.bert, public, "#travel").await)
            .await
            .unwrap();

        let names = async |person, query: Option<&str>| {
            let topics = queries::topics(&world.reader(person), query, 10)
                .await
                .unwrap();
            topics
                .into_iter()
                .map(|topic| (topic.name, topic.post_count))
                .collect::<Vec<_>>()
        };
        let topic = |name: &str, count| (name.to_owned(), count);
        let inside = [topic("travel", 3), topic("food", 1), topic("takeover", 1)];
        assert_eq!(names(world.carla, None).await, inside);
        assert_eq!(
            names(world.otto, None).await,
            [topic("travel", 2), topic("food", 1)]
        );
        assert_eq!(names(world.otto, Some("#T")).await, [topic("travel", 2)]);
        assert_eq!(
            names(world.carla, Some("t")).await,
            [topic("travel", 3), topic("takeover", 1)]
        );
        assert_eq!(names(world.otto, Some("takeover")).await, []);
        let hidden = queries::topic(&world.reader(world.otto), "takeover")
            .await
            .unwrap();
        assert_eq!(hidden, None);
        let hidden = queries::topic(&world.reader(world.admin), "takeover")
            .await
            .unwrap();
        assert_eq!(hidden, None);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn topics_are_followed_by_name() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let viewer = world.viewer(world.otto);
        let follow = |topic: &'static str, follow| {
            commands::follow_topic(world.database(), &viewer, topic, follow)
        };
        assert_eq!(follow("#Reisen", true).await.unwrap(), "reisen");
        assert_eq!(follow("reisen", true).await.unwrap(), "reisen");
        assert_eq!(codes(follow("two words", true).await), ["INVALID_TOPIC"]);
        let reader = world.reader(world.otto);
        assert!(
            queries::topic(&reader, "Reisen")
                .await
                .unwrap()
                .unwrap()
                .is_followed
        );
        assert_eq!(
            queries::topic(&world.reader(world.anna), "reisen")
                .await
                .unwrap(),
            None
        );
        follow("reisen", false).await.unwrap();
        assert_eq!(queries::topic(&reader, "reisen").await.unwrap(), None);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_content_has_at_most_ten_topics_given_ones_first() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let given = |count: usize| (0..count).map(|n| format!("given{n}")).collect::<Vec<_>>();
        let text: String = (0..20).map(|n| format!("#found{n} ")).collect();
        let post = world
            .insert(world.bert, |id| NewContent {
                topics: given(4),
                ..NewContent::post(id, world.bert, community, text.clone())
            })
            .await
            .unwrap();
        let sql = "SELECT COUNT(*) FROM content_topics WHERE content_id = $1";
        assert_eq!(world.number(sql, vec![post.id.into()]).await, 10);
        let sql =
            "SELECT COUNT(*) FROM content_topics WHERE content_id = $1 AND topic LIKE 'given%'";
        assert_eq!(world.number(sql, vec![post.id.into()]).await, 4);
        let too_many = world
            .insert(world.bert, |id| NewContent {
                topics: given(11),
                ..NewContent::post(id, world.bert, community, "x".into())
            })
            .await;
        assert_eq!(codes(too_many), ["TOO_MANY_TOPICS"]);
        world.bed
    })
    .await;
}
