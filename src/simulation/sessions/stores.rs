//! Stores that are full, or that the browser lets the site have none of.

use super::play::Play;
use crate::simulation::world;

impl Play {
    /// One of the stores fails from now on.
    pub(super) fn stores_fail(&mut self) {
        let (of_device, absent) = (self.rng.happens(500), self.rng.happens(500));
        world::with(|world| {
            let (is_absent, is_full) = if of_device {
                (&mut world.device.absent, &mut world.device.full)
            } else {
                (&mut world.database.absent, &mut world.database.full)
            };
            *(if absent { is_absent } else { is_full }) = true;
        });
        self.stores_fail = true;
        let what = if of_device { "storage" } else { "database" };
        let how = if absent { "absent" } else { "full" };
        self.say(&format!("the {what} is {how}"));
    }
}
