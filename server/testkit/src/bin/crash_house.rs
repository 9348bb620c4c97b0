//! A process to be killed: writes facts as fast as it can, prints each acknowledged one, and runs a
//! consumer beside it. Argument: the database's URL.

#![expect(
    clippy::expect_used,
    reason = "a broken test process should say so and die"
)]

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use kernel::{Clock, EventId};
use platform::{ConsumerRunner, Database, DatabaseOptions};
use testkit::crash::{Recorder, write_fact};
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() {
    let url = std::env::args().nth(1).expect("the database's URL");
    let options = DatabaseOptions {
        max_connections: 4,
        ..DatabaseOptions::new(url)
    };
    let database = Database::connect(&options, Clock::system())
        .await
        .expect("database opens");
    let runner = ConsumerRunner::new(
        database.clone(),
        vec![Arc::new(Recorder)],
        Duration::from_millis(20),
    );
    let consumer = tokio::spawn(async move { runner.run(CancellationToken::new()).await });
    let writers = (0..3).map(|_| {
        let database = database.clone();
        tokio::spawn(async move {
            loop {
                let subject = EventId::at(database.now()).uuid();
                if write_fact(&database, subject).await.is_ok() {
                    // One line, one system call: a killed process leaves no half line behind it.
                    let line = format!("{}\n", subject.simple());
                    std::io::stdout()
                        .write_all(line.as_bytes())
                        .expect("standard output");
                }
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        let _ = writer.await;
    }
    let _ = consumer.await;
}
