//! The mail server of a test.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A letter as the server got it.
#[derive(Debug, Clone)]
pub struct Received {
    /// To whom.
    pub to: String,
    /// Headers and body as sent.
    pub raw: String,
    /// The readable part: subject, then the plain text.
    pub text: String,
}

impl Received {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.raw.split("\r\n\r\n").next()?.replace("\r\n ", " ");
        let start = format!("{name}: ");
        head.lines()
            .find_map(|line| line.strip_prefix(&start).map(str::to_owned))
    }
}

/// A running mail server.
pub struct PostOffice {
    process: Child,
    commands: ChildStdin,
    news: Lines<BufReader<ChildStdout>>,
    /// Where it listens.
    pub port: u16,
    waiting: Vec<Received>,
}

impl PostOffice {
    /// Starts one on any free port.
    pub async fn open() -> Self {
        Self::open_at(0).await
    }

    /// Starts one on this port.
    pub async fn open_at(port: u16) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/peers");
        let modules = folder.join("node_modules/smtp-server");
        assert!(
            modules.exists(),
            "the mail server is missing: run make peers-deps"
        );
        let mut process = Command::new("node")
            .arg(folder.join("smtp.mjs"))
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let commands = process.stdin.take().unwrap();
        let news = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut office = Self {
            process,
            commands,
            news,
            port: 0,
            waiting: Vec::new(),
        };
        let port = office.hear("port").await;
        office.port = u16::try_from(port.as_u64().unwrap()).unwrap();
        office
    }

    /// Makes it behave so from now on: `accept`, `refuse`, `busy` or `mute`.
    pub async fn behave(&mut self, mode: &str) {
        self.commands
            .write_all(format!("{mode}\n").as_bytes())
            .await
            .unwrap();
        self.hear("mode").await;
    }

    /// What it has got since this was last asked.
    pub async fn received(&mut self) -> Vec<Received> {
        // It tells in order: once it answers this, it has told of everything before.
        self.behave("accept").await;
        std::mem::take(&mut self.waiting)
    }

    /// Stops it at once, as a machine that fails.
    pub async fn fail(mut self) -> u16 {
        self.process.kill().await.unwrap();
        self.port
    }

    fn note(&mut self, mail: &Value) {
        let raw = mail["text"].as_str().unwrap().to_owned();
        self.waiting.push(Received {
            to: mail["recipients"][0].as_str().unwrap().to_owned(),
            text: readable(&raw),
            raw,
        });
    }

    async fn hear(&mut self, wanted: &str) -> Value {
        loop {
            let line = self.news.next_line().await.unwrap().unwrap();
            let said: Value = serde_json::from_str(&line).unwrap();
            if let Some(value) = said.get(wanted) {
                return value.clone();
            }
            match said.get("mail") {
                Some(mail) => self.note(&mail.clone()),
                None => panic!("the mail server says {line}"),
            }
        }
    }
}

/// Subject and plain text of a letter, with the encodings of mail undone.
fn readable(raw: &str) -> String {
    let (head, body) = raw.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ");
    let subject = head
        .lines()
        .find_map(|line| line.strip_prefix("Subject: "))
        .unwrap_or_default();
    let plain = body.split("text/plain").nth(1).unwrap();
    let (part_head, rest) = plain.split_once("\r\n\r\n").unwrap();
    let part = rest.split("\r\n--").next().unwrap();
    let text = if part_head.contains("quoted-printable") {
        unquote(part)
    } else if part_head.contains("base64") {
        use base64::Engine as _;
        let whole: String = part.split_whitespace().collect();
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(whole)
            .unwrap();
        String::from_utf8(bytes).unwrap()
    } else {
        part.to_owned()
    };
    format!("{}\n{}", decode_words(subject), text.replace("\r\n", "\n"))
}

fn unquote(text: &str) -> String {
    let joined = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'=' && tail.len() >= 2 {
            let hex = std::str::from_utf8(&tail[..2]).unwrap();
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Undoes `=?utf-8?b?…?=` (RFC 2047).
fn decode_words(text: &str) -> String {
    use base64::Engine as _;
    let mut bytes: Vec<u8> = Vec::new();
    for (index, part) in text.split("=?utf-8?b?").enumerate() {
        if index == 0 {
            bytes.extend(part.as_bytes());
            continue;
        }
        let (word, rest) = part.split_once("?=").unwrap();
        bytes.extend(
            base64::engine::general_purpose::STANDARD
                .decode(word)
                .unwrap(),
        );
        bytes.extend(rest.trim_start().as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}
