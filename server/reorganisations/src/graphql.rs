//! Reorganisations in GraphQL: arguments in, domain calls, views out. No rule stands here.

mod mutation;
mod objects;
mod query;

pub use mutation::ReorganisationsMutation;
pub use objects::{
    Reorganisation, ReorganisationConnection, ReorganisationEdge, ReorganisationFault,
    ReorganisationLine, ReorganisationLineConnection, ReorganisationLineEdge, ReorganisationTotal,
};
pub use query::ReorganisationsQuery;
