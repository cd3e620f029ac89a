//! Runs one browser test from beginning to end.

use futures::FutureExt as _;
use std::{
    any::type_name_of_val,
    env,
    fs::{self, OpenOptions},
    io::Write as _,
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    sync::LazyLock,
    time::{Duration, Instant},
};
use tokio::{runtime::Runtime, sync::Semaphore};

use super::{Setup, Shop};

/// Browsers are heavy: so many at once, whatever `--test-threads` says, unless `NYMBLE_BROWSERS` does.
static BROWSERS: LazyLock<Semaphore> = LazyLock::new(|| {
    let wanted = env::var("NYMBLE_BROWSERS").ok();
    Semaphore::new(wanted.map_or(2, |number| number.parse().expect("a number of browsers")))
});
/// Connections to a browser outlive a test, and so does what they run on.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
});
/// No test takes longer than this unless it hangs.
const LONGEST: Duration = Duration::from_secs(300);
/// Nor does any of what is done after it.
const LONGEST_AFTERWARDS: Duration = Duration::from_secs(20);

/// Opens a shop, runs `test` in it, and looks at the browser's console afterwards.
///
/// When anything fails, a screenshot and the page's source are left in `NYMBLE_ARTIFACTS`, and the browser is not used
/// again.
pub(crate) fn run(setup: Setup, test: impl AsyncFnOnce(&Shop)) {
    let name = name_of(type_name_of_val(&test));
    RUNTIME.block_on(async {
        let _turn = BROWSERS.acquire().await.expect("never closed");
        let started = Instant::now();
        let shop = Shop::open(setup).await;
        let opened = started.elapsed();
        let outcome = AssertUnwindSafe(async {
            tokio::time::timeout(LONGEST, test(&shop))
                .await
                .expect("the test hangs");
        })
        .catch_unwind()
        .await;
        let complaints = in_time(shop.complaints())
            .await
            .unwrap_or_else(|| vec!["the browser does not say".to_owned()]);
        if outcome.is_err() || !complaints.is_empty() {
            in_time(leave_artifacts(&shop, &name)).await;
            shop.abandon();
        } else {
            shop.close().await;
        }
        note_duration(&name, opened, started.elapsed());
        if let Err(panic) = outcome {
            eprintln!("console:\n  {}", complaints.join("\n  "));
            resume_unwind(panic);
        }
        assert!(
            complaints.is_empty(),
            "unexpected in the console:\n  {}",
            complaints.join("\n  ")
        );
    });
}

/// What `step` comes to, unless the browser has stopped answering.
async fn in_time<T>(step: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(LONGEST_AFTERWARDS, step).await.ok()
}

/// The test's name with its modules: `sign_in::a_wrong_secret`.
fn name_of(closure: &str) -> String {
    let path = closure.trim_end_matches("::{{closure}}");
    path.split_once("::")
        .map_or(path, |(_, rest)| rest)
        .to_owned()
}

/// Adds a line to the file `NYMBLE_DURATIONS`: milliseconds until the shop was open, milliseconds in all, and the
/// test's name.
fn note_duration(name: &str, opened: Duration, all: Duration) {
    let Some(file) = env::var_os("NYMBLE_DURATIONS") else {
        return;
    };
    let line = format!("{}\t{}\t{name}\n", opened.as_millis(), all.as_millis());
    let noted = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&file)
        // In one piece: another test may write at the same time.
        .and_then(|mut file| file.write_all(line.as_bytes()));
    if let Err(error) = noted {
        eprintln!("{}: {error}", PathBuf::from(file).display());
    }
}

/// Keeps what can be seen for whoever looks into the failure.
async fn leave_artifacts(shop: &Shop, name: &str) {
    let Some(folder) = env::var_os("NYMBLE_ARTIFACTS").map(PathBuf::from) else {
        return;
    };
    // No extension by chance: a test's own name must not be taken for one.
    let file = folder.join(name.replace("::", "-"));
    let _ = fs::create_dir_all(&folder);
    if let Ok(picture) = shop.driver.screenshot_as_png().await {
        let _ = fs::write(file.with_extension("png"), picture);
    }
    let source = shop.driver.source().await.unwrap_or_default();
    let _ = fs::write(file.with_extension("html"), source);
    let address = shop
        .driver
        .current_url()
        .await
        .map_or_else(|error| error.to_string(), |url| url.to_string());
    eprintln!("{name}: {address}, see {}.png and .html", file.display());
    eprintln!("the page reads:\n{}", shop.words_or_nothing().await);
}
