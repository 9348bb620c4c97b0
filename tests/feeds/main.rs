//! Feeds: what a viewer sees, in what order, how far it is read, and live.
