//! What the guarded client promises: nothing inside is ever touched, and nothing outside can keep
//! or flood it.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

use std::io::ErrorKind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// Stands for a public address: a loopback address other than the canary's.
const PUBLIC: &str = "127.0.0.2";

/// Something inside that must never be connected to.
struct Canary(std::net::TcpListener);

impl Canary {
    fn new() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    /// A connection would wait in the queue, accepted by the system before the client knew.
    fn assert_untouched(&self, what: &str) {
        let nobody = self.0.accept().err().map(|error| error.kind());
        assert_eq!(
            nobody,
            Some(ErrorKind::WouldBlock),
            "{what} connected to the canary"
        );
    }
}

/// A server on `address` that gives every connection the same answer, and then closes it or not.
async fn server(address: &str, answer: Vec<u8>, close: bool) -> SocketAddr {
    let listener = TcpListener::bind((address, 0)).await.unwrap();
    let socket = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 2048];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(&answer).await;
            if close {
                let _ = stream.shutdown().await;
            } else {
                open.push(stream);
            }
        }
    });
    socket
}

fn ok(body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
        .into_bytes()
}

fn redirect(status: u16, location: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Elsewhere\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        .into_bytes()
}

/// The strict policy, except that [`PUBLIC`] counts as public.
fn client() -> GuardedClient {
    let mut client = GuardedClient::new(Policy {
        total_time: Duration::from_secs(20),
        ..Policy::default()
    });
    client.guard.public_stand_in = Some(PUBLIC.parse().unwrap());
    client
}

/// The same, with a name server that gives these answers in turn and then repeats the last.
fn client_with_names(answers: &[&[&str]]) -> (GuardedClient, Arc<AtomicUsize>) {
    let answers: Vec<Vec<IpAddr>> = answers
        .iter()
        .map(|ips| ips.iter().map(|ip| ip.parse().unwrap()).collect())
        .collect();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let mut client = client();
    client.lookup = Arc::new(move |_| {
        let turn = count.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        let answer = answers[turn].clone();
        Box::pin(async move { Ok(answer) })
    });
    (client, asked)
}

#[tokio::test]
async fn no_spelling_of_an_inner_address_is_connected_to() {
    let canary = Canary::new();
    let port = canary.port();
    let client = client();
    for host in [
        "127.0.0.1",
        "2130706433",
        "0177.0.0.1",
        "017700000001",
        "0x7f.0.0.1",
        "0x7f000001",
        "0x7f.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "127%2e0%2e0%2e1",
        "localhost",
        "LOCALHOST",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "0.0.0.0",
        "0",
        "[::]",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "10.0.0.1",
        "100.64.0.1",
        "[fe80::1]",
        "224.0.0.1",
        "255.255.255.255",
        "anna@127.0.0.1",
        "example.org@127.0.0.1",
        "anna:secret@localhost",
        "127.0.0.1:80@127.0.0.1",
        "127.0.0.1#@example.org",
        "127.0.0.1\\@example.org",
    ] {
        let url = format!("http://{host}:{port}/");
        let result = client.get(&url, "*/*").await;
        assert!(
            matches!(result, Err(FetchError::Refused(_))),
            "{url}: {result:?}"
        );
        canary.assert_untouched(&url);
    }
}

#[tokio::test]
async fn other_schemes_and_nonsense_are_refused() {
    for url in [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://x/",
        "//example.org",
        "",
        "http://",
        "\0",
    ] {
        let result = client().get(url, "*/*").await;
        assert!(
            matches!(result, Err(FetchError::Refused(_))),
            "{url:?}: {result:?}"
        );
    }
    let long = format!("http://example.org/{}", "a".repeat(5000));
    let result = client().get(&long, "*/*").await;
    assert!(matches!(
        result,
        Err(FetchError::Refused(Refusal::Malformed))
    ));
}

#[tokio::test]
async fn a_redirect_inward_is_not_followed() {
    let canary = Canary::new();
    let port = canary.port();
    for status in [301, 302, 303, 307, 308] {
        for target in [
            format!("http://127.0.0.1:{port}/"),
            format!("//localhost:{port}/"),
            format!("http://[::ffff:127.0.0.1]:{port}/"),
            format!("http://anna@{PUBLIC}:{port}/"),
            "file:///etc/passwd".to_owned(),
        ] {
            let hop = server(PUBLIC, redirect(status, &target), true).await;
            let result = client().get(&format!("http://{hop}/"), "*/*").await;
            assert!(
                matches!(result, Err(FetchError::Refused(_))),
                "{status} {target}: {result:?}"
            );
            canary.assert_untouched(&target);
        }
    }
}

#[tokio::test]
async fn redirects_are_followed_three_times_and_no_more() {
    let last = server(PUBLIC, ok("here"), true).await;
    let mut url = format!("http://{last}/end");
    for hop in 1..=4 {
        let address = server(PUBLIC, redirect(302, &url), true).await;
        url = format!("http://{address}/");
        let result = client().get(&url, "*/*").await;
        if hop <= 3 {
            let fetched = result.unwrap();
            assert_eq!(
                (fetched.body.as_slice(), fetched.final_url.path()),
                (&b"here"[..], "/end")
            );
        } else {
            assert!(matches!(result, Err(FetchError::Redirects)), "{result:?}");
        }
    }
    let nowhere = server(
        PUBLIC,
        b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n".to_vec(),
        true,
    )
    .await;
    let result = client().get(&format!("http://{nowhere}/"), "*/*").await;
    assert!(matches!(result, Err(FetchError::Redirects)), "{result:?}");
}

#[tokio::test]
async fn a_name_that_leads_inward_is_not_connected_to() {
    let canary = Canary::new();
    let url = format!("http://innocent.test:{}/", canary.port());
    for answer in [
        &["127.0.0.1"][..],
        &["::1"],
        &["169.254.169.254"],
        &[PUBLIC, "127.0.0.1"],
        &["127.0.0.1", PUBLIC],
    ] {
        let (client, _) = client_with_names(&[answer]);
        let result = client.get(&url, "*/*").await;
        assert!(
            matches!(result, Err(FetchError::Refused(_))),
            "{answer:?}: {result:?}"
        );
        canary.assert_untouched("a name");
    }
    let (client, _) = client_with_names(&[&[]]);
    assert!(matches!(
        client.get(&url, "*/*").await,
        Err(FetchError::NotResolved)
    ));
}

#[tokio::test]
async fn a_name_that_changes_its_answer_gains_nothing() {
    let canary = Canary::new();
    // The same port outside and inside, as an attacker would choose it.
    let outside = TcpListener::bind((PUBLIC, canary.port())).await.unwrap();
    let location = format!("http://rebind.test:{}/again", canary.port());
    let first_seen = Arc::new(Mutex::new(String::new()));
    let seen = first_seen.clone();
    tokio::spawn(async move {
        let (mut stream, _) = outside.accept().await.unwrap();
        let mut request = vec![0; 2048];
        let count = stream.read(&mut request).await.unwrap();
        *seen.lock().unwrap() = String::from_utf8_lossy(&request[..count]).into_owned();
        stream.write_all(&redirect(302, &location)).await.unwrap();
    });
    let (client, asked) = client_with_names(&[&[PUBLIC], &["127.0.0.1"]]);
    let result = client
        .get(
            &format!("http://rebind.test:{}/", canary.port()),
            "text/html",
        )
        .await;
    assert!(
        matches!(result, Err(FetchError::Refused(Refusal::Private))),
        "{result:?}"
    );
    canary.assert_untouched("the second answer");
    assert_eq!(
        asked.load(Ordering::SeqCst),
        2,
        "one question for each request, none between judging and connecting"
    );
    let request = first_seen.lock().unwrap().to_ascii_lowercase();
    assert!(
        request.contains("host: rebind.test") && request.contains("user-agent: loggia/"),
        "{request}"
    );
    assert!(
        !request.contains("cookie") && !request.contains("referer"),
        "{request}"
    );
}

#[tokio::test]
async fn private_addresses_can_be_allowed() {
    let local = server("127.0.0.1", ok("<title>Intranet</title>"), true).await;
    let url = format!("http://localhost:{}/", local.port());
    assert!(matches!(
        GuardedClient::new(Policy::default()).get(&url, "*/*").await,
        Err(FetchError::Refused(_))
    ));
    let policy = Policy {
        allow_private_addresses: true,
        ..Policy::default()
    };
    let url = format!("http://{local}/");
    let fetched = GuardedClient::new(policy)
        .get(&url, "text/html")
        .await
        .unwrap();
    assert_eq!(fetched.body, b"<title>Intranet</title>");
    assert_eq!(fetched.content_type, "text/html");
    assert!(!fetched.is_truncated);
}

#[tokio::test]
async fn a_long_body_is_cut_at_the_limit() {
    let mut answer = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    answer.resize(3_000_000, b'x');
    let socket = server(PUBLIC, answer, false).await;
    let fetched = client()
        .get(&format!("http://{socket}/"), "*/*")
        .await
        .unwrap();
    assert_eq!(fetched.body.len(), 1024 * 1024);
    assert!(fetched.is_truncated);
}

/// A deflate stream that repeats a zero byte `258 * matches` times: 13 bits for each match.
fn zip_bomb(matches: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = vec![true, true, false];
    bits.extend("00110000".chars().map(|bit| bit == '1'));
    for _ in 0..matches {
        bits.extend("1100010100000".chars().map(|bit| bit == '1'));
    }
    bits.extend([false; 7]);
    let mut bytes = b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec();
    let byte = |chunk: &[bool]| {
        chunk
            .iter()
            .rev()
            .fold(0, |byte, bit| (byte << 1) | u8::from(*bit))
    };
    bytes.extend(bits.chunks(8).map(byte));
    bytes
}

#[tokio::test]
async fn a_compressed_bomb_is_cut_after_unpacking() {
    let bomb = zip_bomb(200_000);
    assert!(bomb.len() < 400_000);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        bomb.len()
    );
    let socket = server(PUBLIC, [head.as_bytes(), &bomb].concat(), false).await;
    let fetched = client()
        .get(&format!("http://{socket}/"), "*/*")
        .await
        .unwrap();
    assert_eq!(fetched.body.len(), 1024 * 1024);
    assert!(fetched.body.iter().all(|byte| *byte == 0));
    assert!(fetched.is_truncated);
}

#[tokio::test]
async fn a_server_that_never_finishes_is_left_at_the_limit() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nfirst bytes",
        "HTTP/1.1 200 OK\r\nx-slow:",
    ] {
        let socket = server(PUBLIC, answer.as_bytes().to_vec(), false).await;
        let mut client = client();
        client.policy.total_time = Duration::from_millis(200);
        let result = client.get(&format!("http://{socket}/"), "*/*").await;
        assert!(
            matches!(result, Err(FetchError::TimedOut)),
            "{answer}: {result:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_other_than_success_is_an_error() {
    let missing =
        b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec();
    let socket = server(PUBLIC, missing, true).await;
    let result = client().get(&format!("http://{socket}/"), "*/*").await;
    assert!(matches!(result, Err(FetchError::Status(404))));
    let socket = server(PUBLIC, b"SSH-2.0-OpenSSH\r\n".to_vec(), true).await;
    let result = client().get(&format!("http://{socket}/"), "*/*").await;
    assert!(matches!(result, Err(FetchError::Connection(_))));
}
