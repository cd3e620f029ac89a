//! Demo data, the same for the same seed: the reference documents' own objects under their own ids, and a believable
//! industrial catalogue around them.

mod awkward;
mod barcode;
mod catalogue;
mod customers;
mod documented;
mod documents;
mod families;
mod history;
mod organizations;
mod originals;
mod payments;
mod people;
mod rates;
mod shelf;

use rusqlite::{Connection, OptionalExtension};

use crate::{
    Options,
    store::{Fresh, Seeding},
};

pub(crate) use originals::in_memory;
pub use people::SIGN_INS;

const SETTING: &str = "demo_data";

/// Changes when the demo data themselves change.
const EDITION: u32 = 3;

/// How the database is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    products: usize,
    orders: usize,
    seed: u64,
}

impl Plan {
    pub(crate) fn of(options: &Options) -> Self {
        Self {
            products: options.products,
            orders: options.orders,
            seed: options.seed,
        }
    }

    fn name(self) -> String {
        format!(
            "edition {EDITION}, {} products, {} orders, seed {}",
            self.products, self.orders, self.seed
        )
    }
}

/// At the start: fills an empty database, and leaves a filled one alone unless a reset is wanted.
pub(crate) fn seed_or_keep(
    db: &mut Connection,
    fresh: Fresh,
    plan: Plan,
    reset: bool,
) -> rusqlite::Result<Seeding> {
    if fresh == Fresh::Yes {
        return seed(db, fresh, plan);
    }
    let there: Option<String> = db
        .query_row(
            "SELECT value FROM settings WHERE name = ?",
            [SETTING],
            |row| row.get(0),
        )
        .optional()?;
    match there {
        _ if reset => Ok(Seeding::Wanted),
        Some(there) => {
            if there != plan.name() {
                // Carts and orders are never thrown away unasked.
                tracing::warn!(
                    there,
                    wanted = plan.name(),
                    "the database is kept as it is; --reset fills it anew"
                );
            }
            Ok(Seeding::Done)
        }
        None => Ok(Seeding::Wanted),
    }
}

/// Fills empty tables.
pub(crate) fn seed(db: &mut Connection, fresh: Fresh, plan: Plan) -> rusqlite::Result<Seeding> {
    if fresh == Fresh::No {
        return Ok(Seeding::Wanted);
    }
    organizations::seed(db)?;
    customers::seed(db)?;
    documents::seed(db)?;
    payments::seed(db)?;
    people::seed(db)?;
    catalogue::seed(db, plan.products, plan.seed)?;
    history::seed(db, plan.orders, plan.seed)?;
    db.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?)",
        [SETTING, &plan.name()],
    )?;
    Ok(Seeding::Done)
}
