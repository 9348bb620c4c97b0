//! Tables of this room; nobody else reads or writes them.

/// Units.
pub(crate) mod org_units {
    use kernel::{CalendarId, OrgUnitId, Timestamp};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "org_units")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OrgUnitId,
        pub parent_id: Option<OrgUnitId>,
        pub code: String,
        pub name: String,
        pub kind: String,
        pub time_zone: Option<String>,
        pub opening_hours: Option<String>,
        pub calendar_id: Option<CalendarId>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who has which place.
pub(crate) mod assignments {
    use kernel::{AssignmentId, OrgUnitId, PersonId, Timestamp};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "assignments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AssignmentId,
        pub unit_id: OrgUnitId,
        pub person_id: PersonId,
        pub role: String,
        pub is_head: bool,
        pub starts_at: Timestamp,
        pub ends_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
