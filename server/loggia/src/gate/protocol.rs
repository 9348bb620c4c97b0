//! The shape of a GraphQL answer, the same on HTTP and WebSocket.

use async_graphql::{Response, Value};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// Whether the request was refused before execution: such an answer has no `data` entry.
pub fn is_request_error(response: &Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// An answer as the specification orders its entries.
pub struct Body<'a>(pub &'a Response);

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.0.errors.is_empty() {
            map.serialize_entry("errors", &self.0.errors)?;
        }
        if !is_request_error(self.0) {
            map.serialize_entry("data", &self.0.data)?;
        }
        map.end()
    }
}

/// The answer as JSON.
pub fn body_of(response: &Response) -> Vec<u8> {
    serde_json::to_vec(&Body(response)).unwrap_or_else(|error| {
        tracing::error!(%error, "answer cannot be written as JSON");
        br#"{"errors":[{"message":"internal error","extensions":{"code":"INTERNAL"}}]}"#.to_vec()
    })
}
