//! Chance, by the world's seed.

use super::world;

pub(crate) fn token() -> Option<String> {
    let (high, low) = world::with(|world| (world.rng.next(), world.rng.next()));
    Some(format!("{high:016x}{low:016x}"))
}

pub(crate) fn fraction() -> f64 {
    let part = u32::try_from(world::with(|world| world.rng.below(1 << 30))).unwrap_or_default();
    f64::from(part) / f64::from(1_u32 << 30)
}
