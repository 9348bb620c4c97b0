//! Log output, request ids and the last words of a panic.
//!
//! Logs go to standard error: standard output belongs to reports of the command line. A failure is
//! logged once, where it is handled, and never with content or personal data.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::fmt;
use std::io::IsTerminal as _;
use std::panic::{self, PanicHookInfo};
use std::sync::Once;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{LogConfig, LogFormat};

/// Starts logging and makes panics log lines. Returns whether this call did it: a second call, or
/// one after a test installed its own logging, changes nothing.
pub fn init(log: &LogConfig) -> bool {
    log_panics();
    // The configuration was checked before; should it be wrong all the same, log rather too much.
    let filter = EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match log.format {
        LogFormat::Text => lines.finish().try_init().is_ok(),
        LogFormat::Json => lines.json().flatten_event(true).finish().try_init().is_ok(),
    }
}

/// Makes every panic a log line with place and thread, on top of what was installed before. Safe to
/// call again.
pub fn log_panics() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            log_panic(info);
            // Without logging the line above goes nowhere; the standard message must not be lost.
            if !tracing::enabled!(tracing::Level::ERROR) {
                before(info);
            }
        }));
    });
}

fn log_panic(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let backtrace = Backtrace::capture();
    let backtrace = match backtrace.status() {
        BacktraceStatus::Captured => backtrace.to_string(),
        _ => String::new(),
    };
    tracing::error!(
        place,
        thread = thread.name().unwrap_or("unnamed"),
        backtrace,
        "panic: {}",
        panic_message(info.payload())
    );
}

/// The text of a panic's payload, as caught by `catch_unwind` or a joined task.
pub fn panic_message(payload: &(dyn std::any::Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(no text)")
}

/// Names one request in the log and in every error its sender sees: 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId(u64);

impl RequestId {
    /// A new random id.
    pub fn new() -> Self {
        Self(rand::random())
    }

    /// Reads an id that another part of the house wrote; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if hex {
            u64::from_str_radix(text, 16).ok().map(Self)
        } else {
            None
        }
    }
}

impl Default for RequestId {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "a panic is what is being tested")]

    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if let Ok(mut lines) = self.0.lock() {
                lines.extend_from_slice(bytes);
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_second_start_changes_nothing_and_does_not_panic() {
        let log = LogConfig {
            level: "info".to_owned(),
            format: LogFormat::Json,
        };
        init(&log);
        assert!(!init(&log));
        assert!(!init(&LogConfig {
            level: "=nonsense=".to_owned(),
            format: LogFormat::Text
        }));
    }

    #[test]
    fn a_panic_becomes_a_log_line_with_its_place() {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .with_writer(move || writer.clone())
            .finish();
        log_panics();
        let caught = tracing::subscriber::with_default(subscriber, || {
            panic::catch_unwind(|| panic!("the roof is leaking"))
        });
        assert_eq!(
            caught.err().as_deref().map(panic_message),
            Some("the roof is leaking")
        );
        let text = lines
            .0
            .lock()
            .map(|l| String::from_utf8_lossy(&l).into_owned());
        let text = text.unwrap_or_default();
        assert!(text.contains("panic: the roof is leaking"), "{text}");
        assert!(text.contains("telemetry.rs"), "{text}");
    }

    #[test]
    fn request_ids_are_sixteen_digits_and_do_not_repeat() {
        let ids: std::collections::HashSet<String> =
            (0..1000).map(|_| RequestId::new().to_string()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.len() == 16));
    }

    proptest! {
        #[test]
        fn a_request_id_round_trips(number: u64) {
            let id = RequestId(number);
            prop_assert_eq!(RequestId::parse(&id.to_string()), Some(id));
        }

        #[test]
        fn other_texts_are_no_request_ids(text in ".{0,20}") {
            if let Some(id) = RequestId::parse(&text) {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }
}
