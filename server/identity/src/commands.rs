//! Writes. Functions named like the mutations take the database and the viewer and do one whole
//! transaction; [`create_person`], [`create_organisation`] and [`set_avatar`] are for callers that
//! have a transaction open.

mod accounts;
mod admin;
mod hr;
mod keys;
mod login;
mod people;
mod profile;
mod sessions;
mod setup;
mod staff;

pub use accounts::{
    PasswordConfirmed, access_token_create, access_token_revoke, password_change, password_confirm,
    session_revoke,
};
pub use admin::{
    NewAccount, found, organisation_update, person_create, person_reset_password,
    person_set_active, person_set_role,
};
pub use hr::{bring_hr_fields, hr_problem, set_hr_fields};
pub(crate) use keys::{KeyRing, ensure_key};
pub(crate) use login::Limiters;
pub use login::{Device, LoginInput, SignedIn};
pub use people::create_person;

pub use profile::{person_follow, profile_update, set_avatar, settings_update};
pub(crate) use sessions::prune;
pub use sessions::{end_session, end_sessions};
pub use setup::{SetupInput, create_organisation, setup};
pub use staff::{StaffRecord, person_take_over};
