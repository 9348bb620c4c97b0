//! What notifications promise.
