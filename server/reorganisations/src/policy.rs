//! Who may rehearse, apply and undo: network admins.

use kernel::{Error, ReorganisationId, Result, Viewer};
use platform::{Sql, Tx};

use crate::model::{ReorganisationState, ReorganisationView};
use crate::table::{REORGANISATION, Row};

/// Whether the viewer may try files out at all.
///
/// # Errors
/// `Unauthenticated`, `NETWORK_ADMIN_REQUIRED`, `TOKEN_READ_ONLY`.
pub fn may_rehearse(viewer: &Viewer) -> Result<()> {
    viewer.require_network_admin()?;
    if viewer.can_write() {
        Ok(())
    } else {
        Err(Error::Forbidden("TOKEN_READ_ONLY"))
    }
}

/// Leave to decide about a reorganisation in a certain state. Holds its locked row.
#[derive(Debug)]
pub struct MayDecide {
    view: ReorganisationView,
}

impl MayDecide {
    pub(crate) fn view(&self) -> &ReorganisationView {
        &self.view
    }
}

/// Locks a reorganisation that is in this state.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`, `Conflict("WRONG_STATE")`.
pub async fn may_decide(
    tx: &Tx,
    id: ReorganisationId,
    state: ReorganisationState,
) -> Result<MayDecide> {
    tx.viewer().require_network_admin()?;
    let mut sql = Sql::new(format!(
        "SELECT {REORGANISATION} FROM reorganisations r WHERE r.id = "
    ));
    sql.bind(id).lock(tx, "r");
    let row: Option<Row> = sql.one(tx).await?;
    let view: ReorganisationView = row.ok_or(Error::NotFound)?.try_into()?;
    if view.state == state {
        Ok(MayDecide { view })
    } else {
        Err(Error::Conflict("WRONG_STATE"))
    }
}
