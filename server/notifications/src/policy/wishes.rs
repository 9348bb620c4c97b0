//! Who wants what how, as SQL: the person's choice, else the house's, else what is built in.

use platform::Sql;

use crate::model::{Choice, NotificationCategory};

/// Columns of the choice that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Whether it comes at all.
    InApp,
    /// When it comes by e-mail, as text.
    Email,
    /// Whether it is pushed.
    Push,
}

/// An expression for what holds for the person whose id stands in `person`, to be added to a statement
/// with `bound` values.
pub fn wish_sql(
    wish: Wish,
    category: NotificationCategory,
    person: &str,
    bound: usize,
) -> (String, Vec<sea_orm::Value>) {
    let Choice {
        in_app,
        email,
        push,
    } = category.built_in();
    let (column, built_in): (&str, sea_orm::Value) = match wish {
        Wish::InApp => ("in_app", in_app.into()),
        Wish::Email => ("email", email.as_str().into()),
        Wish::Push => ("push", push.into()),
    };
    let mut sql = Sql::after(bound);
    sql.push("COALESCE((SELECT wish.")
        .push(column)
        .push(" FROM notification_choices wish WHERE wish.person_id = ")
        .push(person)
        .push(" AND wish.category = ")
        .bind(category.as_str())
        .push("), (SELECT common.")
        .push(column)
        .push(" FROM notification_defaults common WHERE common.category = ")
        .bind(category.as_str())
        .push("), ")
        .bind(built_in)
        .push(")");
    sql.into_parts()
}
