//! The measurements as a table.

use super::{Measurement, Options, load::Measured};
use std::fmt::Write as _;

/// What is printed at the end.
pub(super) fn table(measurements: &[Measurement], options: &Options) -> String {
    let mut out = format!(
        "\n{} connections, {} s a call, milliseconds; `alone` are the questions before, once each without load\n",
        options.connections,
        options.time.as_secs()
    );
    for one in measurements {
        let known = |bytes: Option<u64>| bytes.map_or("unknown".to_owned(), megabytes);
        let (memory, own) = (known(one.memory), known(one.own));
        let _ = writeln!(
            out,
            "\n{} products: seeded in {:.1} s, file {}, restart {:.2} s, most memory {memory}, its own at the end {own}",
            one.products,
            one.seeding.as_secs_f64(),
            megabytes(one.file),
            one.restart.as_secs_f64(),
        );
        let _ = writeln!(
            out,
            "  {:<22} {:>9} {:>9} {:>9} {:>9} {:>7} {:>11} {:>9}",
            "call", "requests", "p50", "p99", "max", "errors", "alone p50", "alone max"
        );
        for (
            call,
            Measured {
                first,
                times,
                errors,
            },
        ) in &one.calls
        {
            let _ = writeln!(
                out,
                "  {:<22} {:>9} {:>9.2} {:>9.2} {:>9.2} {errors:>7} {:>11.2} {:>9.2}",
                call.name,
                times.len(),
                millis(times.value_at_quantile(0.5)),
                millis(times.value_at_quantile(0.99)),
                millis(times.max()),
                millis(first.value_at_quantile(0.5)),
                millis(first.max()),
            );
        }
    }
    if let [small, large] = measurements {
        let _ = writeln!(
            out,
            "\nGrowth from {} to {} products: p50, p99",
            small.products, large.products
        );
        for ((call, few), (_, many)) in small.calls.iter().zip(&large.calls) {
            let growth = |quantile| {
                millis(many.times.value_at_quantile(quantile))
                    / millis(few.times.value_at_quantile(quantile)).max(0.001)
            };
            let _ = writeln!(
                out,
                "  {:<22} {:>8.2}× {:>8.2}×",
                call.name,
                growth(0.5),
                growth(0.99)
            );
        }
    }
    out
}

/// Microseconds as milliseconds.
fn millis(micros: u64) -> f64 {
    f64::from(u32::try_from(micros).unwrap_or(u32::MAX)) / 1_000.0
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}
