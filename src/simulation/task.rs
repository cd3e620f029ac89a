//! Tasks of the tab that is at work.

use super::world;

pub(crate) fn spawn_local(task: impl Future<Output = ()> + 'static) {
    world::spawn(Box::pin(task));
}
