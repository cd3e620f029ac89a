//! Asks the same kind of question over many kept-open connections at once, and times the answers.

use super::{
    Options,
    calls::{self, Call},
};
use anyhow::Result;
use hdrhistogram::Histogram;
use reqwest::Client;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// The times of one call.
#[derive(Debug)]
pub(super) struct Measured {
    /// Microseconds of the questions before the catalogue was warm: each asked once, alone.
    pub(super) first: Histogram<u64>,
    /// Microseconds under load.
    pub(super) times: Histogram<u64>,
    /// Answers other than a success, and none at all.
    pub(super) errors: u64,
}

/// Measures all calls, one after the other.
pub(super) async fn measure(base: &str, options: &Options) -> Result<Vec<(Call, Measured)>> {
    let clients = (0..options.connections.max(1))
        .map(|_| Client::builder().timeout(Duration::from_secs(60)).build())
        .collect::<reqwest::Result<Vec<_>>>()?;
    let Some(one) = clients.first() else {
        return Ok(Vec::new());
    };
    let mut measured = Vec::new();
    for call in calls::prepare(one, base).await? {
        let mut first = histogram()?;
        for question in &call.questions {
            let asked = Instant::now();
            let status = question.ask(one).await?;
            if status < 300 {
                record(&mut first, asked);
            }
        }
        let (call, times) = under_load(call, &clients, options.time).await?;
        let (times, errors) = times;
        let found = Measured {
            first,
            times,
            errors,
        };
        measured.push((call, found));
    }
    Ok(measured)
}

async fn under_load(
    call: Call,
    clients: &[Client],
    time: Duration,
) -> Result<(Call, (Histogram<u64>, u64))> {
    let call = Arc::new(call);
    let end = Instant::now() + time;
    let askers: Vec<_> = clients
        .iter()
        .cloned()
        .enumerate()
        .map(|(place, client)| {
            let call = Arc::clone(&call);
            tokio::spawn(async move {
                let (mut times, mut errors) = (histogram()?, 0);
                // Each connection begins elsewhere.
                let mut questions = call.questions.iter().cycle().skip(place * 7);
                while Instant::now() < end {
                    let Some(question) = questions.next() else {
                        break;
                    };
                    let asked = Instant::now();
                    match question.ask(&client).await {
                        Ok(status) if status < 300 => record(&mut times, asked),
                        _ => errors += 1,
                    }
                }
                anyhow::Ok((times, errors))
            })
        })
        .collect();
    let (mut all, mut wrong) = (histogram()?, 0);
    for asker in askers {
        let (times, errors) = asker.await??;
        all.add(&times)?;
        wrong += errors;
    }
    let call = Arc::into_inner(call).unwrap_or_else(|| Call {
        name: String::new(),
        questions: Vec::new(),
    });
    Ok((call, (all, wrong)))
}

/// Up to a minute and a half, to three digits.
fn histogram() -> Result<Histogram<u64>> {
    Ok(Histogram::new_with_max(90_000_000, 3)?)
}

fn record(times: &mut Histogram<u64>, since: Instant) {
    let micros = u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX);
    times.saturating_record(micros);
}
