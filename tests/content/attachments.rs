//! Uploads: what is kept, who gets it, what is removed.

use std::io::Cursor;

use communities::CommunityVisibility;
use content::commands::{Upload, edit, save_draft, set_avatar, upload};
use content::model::DraftSave;
use content::policy::may_edit;
use content::queries::{Variant, attachment, avatar_for, media_for};
use content::{AttachmentKind, AttachmentView, ContentEdit, NewContent, PostKind, jobs};
use kernel::{AttachmentId, DraftId, PersonId, Result, TokenScope, Viewer};
use platform::blobs::BlobStore;
use platform::config::{Config, MediaConfig};
use testkit::on_both_databases;

use crate::world::{World, codes};

fn picture(side: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb([200, 30, 30]));
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

struct Files<'a> {
    world: &'a World,
    store: BlobStore,
    config: MediaConfig,
}

impl<'a> Files<'a> {
    async fn of(world: &'a World) -> Self {
        let store = BlobStore::on_disk(world.bed.directory().join("media"))
            .await
            .unwrap();
        Self {
            world,
            store,
            config: Config::default().media,
        }
    }

    async fn put(&self, owner: PersonId, name: &str, bytes: &[u8]) -> Result<AttachmentView> {
        let file = self.store.stage(bytes, self.config.max_file_bytes).await?;
        let new = Upload {
            file,
            file_name: name.to_owned(),
            alt_text: " A red\nsquare ".into(),
        };
        let viewer = self.world.viewer(owner);
        upload(
            self.world.database(),
            &viewer,
            &self.store,
            &self.config,
            new,
        )
        .await
    }

    async fn gets(&self, person: PersonId, id: AttachmentId) -> bool {
        let file = media_for(&self.world.reader(person), id, Variant::Original).await;
        match file {
            Ok(file) => self.store.open(file.blob).await.is_ok(),
            Err(error) => {
                assert_eq!(error.reason(), "NOT_FOUND");
                false
            }
        }
    }
}

fn with_file(
    world: &World,
    id: kernel::PostId,
    community: kernel::CommunityId,
    file: AttachmentId,
) -> NewContent {
    NewContent {
        attachments: vec![file],
        ..NewContent::post(id, world.bert, community, "look".into())
    }
}

#[tokio::test]
async fn a_file_is_seen_by_those_who_see_what_it_hangs_on() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let files = Files::of(&world).await;
        let private = world
            .community("Inside", CommunityVisibility::Private)
            .await;
        let file = files
            .put(world.bert, "../../My holiday.exe", &picture(900))
            .await
            .unwrap();
        assert_eq!(
            (file.kind, file.content_type.as_str()),
            (AttachmentKind::Image, "image/png")
        );
        assert_eq!((file.width, file.height), (Some(900), Some(900)));
        assert_eq!(file.alt_text, "A red square");
        assert!(
            file.has_thumbnail && !file.url().contains(".."),
            "{}",
            file.url()
        );
        assert!(
            files.gets(world.bert, file.id).await,
            "one's own, not used yet"
        );
        assert!(!files.gets(world.carla, file.id).await && !files.gets(world.admin, file.id).await);

        let stolen = world.insert(world.carla, |id| NewContent {
            author: world.carla,
            ..with_file(&world, id, private, file.id)
        });
        assert_eq!(codes(stolen.await), ["ATTACHMENT_NOT_FOUND"]);
        let post = world
            .insert(world.bert, |id| with_file(&world, id, private, file.id))
            .await
            .unwrap();
        assert!(files.gets(world.carla, file.id).await);
        assert!(!files.gets(world.otto, file.id).await && !files.gets(world.admin, file.id).await);
        let reader = world.reader(world.carla);
        assert_eq!(
            attachment(&reader, file.id).await.unwrap().unwrap().content,
            Some(post.id)
        );
        let small = media_for(&reader, file.id, Variant::Thumbnail)
            .await
            .unwrap();
        assert!(
            small.content_type.starts_with("image/") && small.disposition.starts_with("inline")
        );
        let twice = world
            .insert(world.bert, |id| with_file(&world, id, private, file.id))
            .await;
        assert_eq!(codes(twice), ["ATTACHMENT_NOT_FOUND"]);

        world.delete_post(world.bert, &post).await.unwrap();
        assert!(!files.gets(world.carla, file.id).await && !files.gets(world.bert, file.id).await);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn files_that_lie_or_are_too_many_are_refused() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let mut files = Files::of(&world).await;
        let script = files
            .put(world.bert, "cat.png", b"<html><script>alert(1)</script>")
            .await;
        assert_eq!(codes(script), ["UNSUPPORTED_FILE_TYPE"]);
        let mut broken = picture(50);
        broken.truncate(60);
        assert_eq!(
            codes(files.put(world.bert, "cat.png", &broken).await),
            ["IMAGE_CORRUPT"]
        );
        assert_eq!(
            codes(files.put(world.bert, "cat.png", b"").await),
            ["FILE_EMPTY"]
        );
        files.config.person_quota_bytes = 2000;
        let bytes = picture(40);
        let mut fitted = 0;
        while files.put(world.bert, "a.png", &bytes).await.is_ok() {
            fitted += 1;
        }
        assert!(fitted >= 1, "{} bytes", bytes.len());
        assert_eq!(
            codes(files.put(world.bert, "a.png", &bytes).await),
            ["QUOTA_EXCEEDED"]
        );
        assert!(
            files.put(world.carla, "a.png", &bytes).await.is_ok(),
            "each has a quota of one's own"
        );
        let reading = Viewer::token(
            world.bert,
            kernel::OrganisationRole::Member,
            vec![TokenScope::Read],
        );
        let file = files.store.stage(&bytes[..], 10_000).await.unwrap();
        let new = Upload {
            file,
            file_name: "a.png".into(),
            alt_text: String::new(),
        };
        let refused = upload(world.database(), &reading, &files.store, &files.config, new).await;
        assert_eq!(codes(refused), ["TOKEN_READ_ONLY"]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn uploads_nobody_uses_are_removed_after_a_day() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let files = Files::of(&world).await;
        let community = world.public().await;
        let bytes = picture(30);
        let forgotten = files.put(world.bert, "a.png", &bytes).await.unwrap();
        let used = files.put(world.bert, "b.png", &bytes).await.unwrap();
        let planned = files.put(world.bert, "c.png", &bytes).await.unwrap();
        let dropped = files.put(world.bert, "d.png", &bytes).await.unwrap();
        let face = files.put(world.bert, "e.png", &bytes).await.unwrap();
        let viewer = world.viewer(world.bert);
        set_avatar(
            world.database(),
            &viewer,
            &files.store,
            &files.config,
            Some(face.id),
        )
        .await
        .unwrap();
        let post = world.insert(world.bert, |id| NewContent {
            attachments: vec![used.id, dropped.id],
            ..NewContent::post(id, world.bert, community, "look".into())
        });
        let post = post.await.unwrap();
        let mut tx = world.begin(world.bert).await;
        let permit = may_edit(&tx, post.id).await.unwrap();
        let change = ContentEdit {
            attachments: Some(vec![used.id]),
            ..ContentEdit::default()
        };
        edit(&mut tx, permit, change).await.unwrap();
        tx.commit().await.unwrap();
        let draft = DraftSave {
            id: DraftId::at(world.database().now()),
            base_version: 0,
            kind: PostKind::Discussion,
            community: None,
            reply_to: None,
            title: String::new(),
            body: String::new(),
            extras: "{}".into(),
            attachments: vec![planned.id],
        };
        save_draft(world.database(), &viewer, draft).await.unwrap();

        assert_eq!(
            jobs::sweep_uploads(world.database(), &files.store)
                .await
                .unwrap(),
            0
        );
        let forgotten_file = media_for(&world.reader(world.bert), forgotten.id, Variant::Original)
            .await
            .unwrap();
        world.bed.clock.advance_seconds(25 * 3600);
        assert_eq!(
            jobs::sweep_uploads(world.database(), &files.store)
                .await
                .unwrap(),
            3
        );
        assert_eq!(
            jobs::sweep_uploads(world.database(), &files.store)
                .await
                .unwrap(),
            0
        );
        for (id, stays) in [
            (forgotten.id, false),
            (dropped.id, false),
            (face.id, false),
            (used.id, true),
            (planned.id, true),
        ] {
            assert_eq!(files.gets(world.bert, id).await, stays);
        }
        assert!(
            files.store.open(forgotten_file.blob).await.is_err(),
            "the file is gone, too"
        );
        let avatar = avatar_for(&world.reader(world.otto), world.bert, Variant::Original)
            .await
            .unwrap();
        assert!(
            files.store.open(avatar.blob).await.is_ok(),
            "a picture in use stays"
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn everybody_sees_a_persons_picture_and_only_the_person_sets_it() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let files = Files::of(&world).await;
        let face = files
            .put(world.bert, "me.png", &picture(300))
            .await
            .unwrap();
        let set = |person, picture| {
            let viewer = world.viewer(person);
            let files = &files;
            async move {
                set_avatar(
                    files.world.database(),
                    &viewer,
                    &files.store,
                    &files.config,
                    picture,
                )
                .await
            }
        };
        assert_eq!(
            codes(set(world.carla, Some(face.id)).await),
            ["ATTACHMENT_NOT_FOUND"]
        );
        let document = files
            .put(
                world.bert,
                "a.pdf",
                b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
            )
            .await
            .unwrap();
        assert_eq!(
            codes(set(world.bert, Some(document.id)).await),
            ["NOT_A_PICTURE"]
        );
        set(world.bert, Some(face.id)).await.unwrap();
        let reader = world.reader(world.otto);
        let large = avatar_for(&reader, world.bert, Variant::Original)
            .await
            .unwrap();
        let small = avatar_for(&reader, world.bert, Variant::Thumbnail)
            .await
            .unwrap();
        assert_ne!(large.blob, small.blob);
        assert!(
            avatar_for(&reader, world.carla, Variant::Original)
                .await
                .is_err()
        );
        let nobody = world.database().reader(&Viewer::anonymous());
        assert!(
            avatar_for(&nobody, world.bert, Variant::Original)
                .await
                .is_err()
        );
        set(world.bert, None).await.unwrap();
        assert!(
            avatar_for(&reader, world.bert, Variant::Original)
                .await
                .is_err()
        );
        world.bed
    })
    .await;
}
