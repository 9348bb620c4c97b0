//! Files: what they really are decides, and who sees the post sees the file.

use serde_json::json;

use super::client::{Server, Session};

/// The smallest picture: one red pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 12, b'I', b'D', b'A', b'T',
    0x08, 0xd7, 0x63, 0xf8, 0xcf, 0xc0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0x18, 0xdd, 0x8d, 0xb0,
    0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

async fn upload(server: &Server, session: &Session, name: &str, bytes: &[u8]) -> (u16, String) {
    let request = server
        .post(&format!("/media?fileName={name}&altText=A+pixel"))
        .bearer_auth(&session.token);
    let response = request.body(bytes.to_vec()).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test]
async fn what_lies_about_its_type_is_refused() {
    let (server, admin) = Server::start().await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let refused: [(&str, &[u8]); 5] = [
        ("picture.png", b"just text"),
        ("picture.png", svg),
        ("page.pdf", b"<html><script>alert(1)</script>"),
        ("program.png", b"\x7fELF\x02\x01\x01"),
        ("empty.png", b""),
    ];
    for (name, bytes) in refused {
        let (status, body) = upload(&server, &admin, name, bytes).await;
        assert_eq!(status, 422, "{name}: {body}");
    }
    // A picture is a picture, whatever it is called.
    let (status, body) = upload(&server, &admin, "..%2F..%2Fetc%2Fpasswd", PNG).await;
    assert_eq!(status, 201, "{body}");
    assert!(!body.contains(".."), "{body}");
    server.stop().await;
}

#[tokio::test]
async fn a_file_is_seen_by_those_who_see_its_post_and_in_parts() {
    let (server, admin) = Server::start().await;
    let outsider = server.hire(&admin, "outsider").await;
    let community = server
        .found(&admin, "Closed", "PRIVATE", "INVITE_ONLY")
        .await;
    let (status, body) = upload(&server, &admin, "pixel.png", PNG).await;
    assert_eq!(status, 201, "{body}");
    let id: serde_json::Value = serde_json::from_str(&body).unwrap();
    let query = "mutation($input: PostCreateInput!) { postCreate(input: $input) { post { attachments { url thumbnailUrl width height altText } } userErrors { code } } }";
    let input = json!({
        "clientId": super::support::client_id(), "communityId": community, "kind": "DISCUSSION",
        "body": "look", "attachmentIds": [id["id"]],
    });
    let data = server.ask(&admin, query, json!({ "input": input })).await;
    let attachment = &data["postCreate"]["post"]["attachments"][0];
    assert_eq!(
        (attachment["width"].as_i64(), attachment["height"].as_i64()),
        (Some(1), Some(1))
    );
    let url = attachment["url"].as_str().unwrap();

    let whole = server
        .get(url)
        .bearer_auth(&admin.token)
        .send()
        .await
        .unwrap();
    assert_eq!(whole.headers()["content-type"], "image/png");
    assert_eq!(whole.headers()["x-content-type-options"], "nosniff");
    let whole = whole.bytes().await.unwrap();
    let part = server
        .get(url)
        .bearer_auth(&admin.token)
        .header("range", "bytes=1-3")
        .send()
        .await
        .unwrap();
    assert_eq!(part.status().as_u16(), 206);
    assert_eq!(part.bytes().await.unwrap(), whole.slice(1..4));
    let beyond = server
        .get(url)
        .bearer_auth(&admin.token)
        .header("range", "bytes=999999-")
        .send()
        .await
        .unwrap();
    assert_eq!(beyond.status().as_u16(), 416);

    let hidden = server
        .get(url)
        .bearer_auth(&outsider.token)
        .send()
        .await
        .unwrap();
    assert_eq!(hidden.status().as_u16(), 404);
    assert_eq!(server.get(url).send().await.unwrap().status().as_u16(), 401);
    server.stop().await;
}

/// The staff department's files come as a form, as they are: an encoding that is not UTF-8 is told with its line.
#[tokio::test]
async fn files_of_the_staff_department_are_tried_out_for_admins_only() {
    let (server, admin) = Server::start().await;
    let outsider = server.hire(&admin, "outsider").await;
    let send = async |session: &Session, people: &[u8]| {
        let mut form = Vec::new();
        let parts: [(&str, &[u8]); 3] = [
            ("people", people),
            ("orgUnits", b"code,parent_code,name,type\nX,,X,team\n"),
            ("assignments", b"person,unit\n1,X\n"),
        ];
        for (name, bytes) in parts {
            let head = format!(
                "--end\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"a.csv\"\r\n\r\n"
            );
            form.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        form.extend(b"--end--\r\n");
        let request = server
            .post("/reorganisations")
            .bearer_auth(&session.token)
            .header("content-type", "multipart/form-data; boundary=end");
        let response = request.body(form).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    let (status, body) = send(&admin, b"id,name\n1,M\xfcller\n").await;
    assert_eq!(status, 200, "{body}");
    assert!(
        body.contains("not UTF-8") && body.contains("\"line\":2"),
        "{body}"
    );
    let (status, body) = send(&admin, "id,name\n1,Müller\n".as_bytes()).await;
    assert_eq!(status, 201, "{body}");
    assert!(body.contains("reorganisation_"), "{body}");
    let (status, body) = send(&outsider, "id,name\n1,Müller\n".as_bytes()).await;
    assert_eq!(status, 403, "{body}");
    server.stop().await;
}
