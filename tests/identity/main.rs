//! What the room of people and accounts promises, on SQLite and on PostgreSQL.
