//! Starting a sandbox, and stopping it.

use std::{fmt, io, net::SocketAddr, time::Duration};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    Db, Options,
    auth::{MinuteLimit, SigningKeys},
    catalog::Totals,
    connection::{CuttableListener, Link},
    control::{Faults, RequestLog},
    demo,
    routes::router,
    state::{Shared, State},
    store::Store,
};

/// How long open requests may take when the sandbox is stopped.
const GRACE: Duration = Duration::from_secs(5);

/// The sandbox; see [`Sandbox::start`].
#[derive(Debug)]
pub struct Sandbox;

/// Why a sandbox did not start.
#[derive(Debug)]
pub enum StartError {
    /// Nothing can listen at that address.
    Listen(SocketAddr, io::Error),
    /// The database could not be opened or filled.
    Database(rusqlite::Error),
    /// A thread died.
    Interrupted,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Database(error) => write!(f, "the database cannot be used: {error}"),
            Self::Interrupted => f.write_str("the start was interrupted"),
        }
    }
}

impl std::error::Error for StartError {}

/// A sandbox that answers; dropping it stops it without waiting.
#[derive(Debug)]
pub struct Running {
    addr: SocketAddr,
    stop: watch::Sender<bool>,
    served: JoinHandle<()>,
}

impl Sandbox {
    /// Opens (and if need be fills) the database and starts answering.
    pub async fn start(mut options: Options) -> Result<Running, StartError> {
        // The address is taken first: a port in use is told before a large catalogue is made.
        let listener = TcpListener::bind(options.listen)
            .await
            .map_err(|error| StartError::Listen(options.listen, error))?;
        let addr = listener
            .local_addr()
            .map_err(|error| StartError::Listen(options.listen, error))?;
        options.listen = addr;
        let state = tokio::task::spawn_blocking(move || open(options))
            .await
            .map_err(|_| StartError::Interrupted)?
            .map_err(StartError::Database)?;
        let (stop, mut stopped) = watch::channel(false);
        let service = router(&state).into_make_service_with_connect_info::<Link>();
        let mut deadline = stopped.clone();
        let answering =
            axum::serve(CuttableListener(listener), service).with_graceful_shutdown(async move {
                // An error means that the other end is gone, which is a stop as well.
                let _ = stopped.wait_for(|stop| *stop).await;
            });
        let served = tokio::spawn(async move {
            let overdue = async move {
                let _ = deadline.wait_for(|stop| *stop).await;
                tokio::time::sleep(GRACE).await;
            };
            tokio::select! {
                result = answering => {
                    if let Err(error) = result {
                        tracing::error!(%error, "the server failed");
                    }
                }
                () = overdue => tracing::warn!("requests were still open when the grace period ended"),
            }
        });
        Ok(Running { addr, stop, served })
    }
}

fn open(options: Options) -> rusqlite::Result<State> {
    let plan = demo::Plan::of(&options);
    let reset = options.reset;
    let store = match &options.db {
        Db::Memory => demo::in_memory(plan)?,
        file @ Db::File(_) => Store::open(file, move |db, fresh| {
            demo::seed_or_keep(db, fresh, plan, reset)
        })?,
    };
    over(store, options)
}

/// What every request shares, over a store that is filled.
pub(crate) fn over(store: Store, options: Options) -> rusqlite::Result<State> {
    let keys = store.with_writer(SigningKeys::load)?;
    Ok(State::new(Shared {
        logins: MinuteLimit::new(options.logins_per_minute),
        visits: MinuteLimit::new(options.visits_per_minute),
        faults: Faults::new(options.faults.clone()),
        requests: RequestLog::default(),
        totals: Totals::default(),
        store,
        keys,
        options,
    }))
}

impl Running {
    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// What a client puts before `/api/…`, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Takes no more connections, lets open requests end, and is gone.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if let Err(error) = self.served.await {
            tracing::error!(%error, "the server's task failed");
        }
    }
}
