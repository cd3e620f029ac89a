//! The network, and at its other end the sandbox's own router, called in this process.

use std::{cell::OnceCell, collections::VecDeque, fs, path::Path};

use nymble_sandbox::{Answered, InProcess, Options};

pub(crate) use super::fetch::Method;

use super::{
    fetch::{Coming, Error, Request, Response},
    world::{self, BEGINS, TabId},
};

/// Where the API is, as `config.json` says.
pub(crate) const API: &str = "https://api.example";

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is answered.
    Answered,
    /// The connection is cut before anything was done.
    CutBefore,
    /// It is done, and the answer is lost.
    CutAfter,
    /// The browser sends it a second time by itself, and hears the second answer.
    Doubled,
    /// 401: the token does not count any more.
    TokenEnded,
    /// 429, with so many seconds to wait.
    TooMany(u32),
    /// 500, and nothing was done.
    Failed,
    /// A proxy's page in HTML with a 502, and nothing was done.
    Proxy,
}

/// What goes wrong by chance, each so many times in a thousand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Weather {
    pub(crate) cut_before: u64,
    pub(crate) cut_after: u64,
    pub(crate) doubled: u64,
    pub(crate) token_ended: u64,
    pub(crate) too_many: u64,
    pub(crate) failed: u64,
    pub(crate) proxy: u64,
    /// The longest time to the server, and back from it, in milliseconds.
    pub(crate) delay: u64,
}

/// What was asked of the API, and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Which tab asked, and when.
    pub(crate) tab: TabId,
    pub(crate) at: i64,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) fate: Fate,
    /// The statuses of the work that was done, none or one, two when it was doubled.
    pub(crate) done: Vec<u16>,
}

/// What is meant to happen to the next request of a kind.
struct Planned {
    method: Method,
    path: String,
    fate: Fate,
}

pub(crate) struct Network {
    pub(crate) online: bool,
    pub(crate) weather: Weather,
    planned: VecDeque<Planned>,
    /// Everything that was asked of the API, in the order in which it was sent.
    pub(crate) asked: Vec<Asked>,
    /// What is on its way to the API, by the tab that sent it.
    on_its_way: Vec<(TabId, u64, OnItsWay)>,
    /// Whether a sign-in is checked as it is in earnest, which takes long on purpose.
    pub(crate) checks_passwords: bool,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            online: true,
            weather: Weather::default(),
            planned: VecDeque::new(),
            asked: Vec::new(),
            on_its_way: Vec::new(),
            checks_passwords: false,
        }
    }
}

thread_local! {
    static SERVER: OnceCell<InProcess> = const { OnceCell::new() };
}

/// Products of the simulated catalogue.
const PRODUCTS: usize = 40;
/// Orders of the past, with their invoices.
const ORDERS: usize = 60;

fn server<T>(work: impl FnOnce(&InProcess) -> T) -> T {
    SERVER.with(|server| {
        work(server.get_or_init(|| {
            let options = Options {
                products: PRODUCTS,
                orders: ORDERS,
                logins_per_minute: u32::MAX,
                visits_per_minute: u32::MAX,
                ..Options::default()
            };
            InProcess::new(options, BEGINS).expect("the sandbox starts")
        }))
    })
}

/// The server is as it was at first.
pub(super) fn begin_anew() {
    server(|server| {
        server.set_time(BEGINS);
        server.begin_anew().expect("the data are copied");
    });
}

/// Calls the API as the test itself, at once, with the token of `client_id`.
pub(crate) fn ask(client_id: &str, method: &str, path: &str, body: Option<&str>) -> Answered {
    let now = world::with(|world| world.now);
    server(|server| {
        server.set_time(BEGINS + now / 1000);
        let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        headers.push((
            "authorization".to_owned(),
            format!("Bearer {}", token(server, client_id)),
        ));
        server.call(method, path, &headers, body)
    })
}

fn token(server: &InProcess, client_id: &str) -> String {
    let json = [("content-type".to_owned(), "application/json".to_owned())];
    let body = serde_json::json!({ "clientId": client_id }).to_string();
    let answer = server.call("POST", "/_sandbox/tokens", &json, Some(&body));
    let read: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    read["accessToken"].as_str().unwrap_or_default().to_owned()
}

/// A token as the sandbox issues it.
pub(crate) fn token_of(client_id: &str) -> String {
    server(|server| token(server, client_id))
}

/// The next request of that kind comes to this end.
pub(crate) fn plan(method: Method, path: &str, fate: Fate) {
    let path = path.to_owned();
    world::with(|world| {
        world
            .network
            .planned
            .push_back(Planned { method, path, fate });
    });
}

/// What was asked of the API.
pub(crate) fn asked() -> Vec<Asked> {
    world::with(|world| world.network.asked.clone())
}

/// Looks at everything that was asked of the API.
pub(crate) fn each_asked(look: impl FnMut(&Asked)) {
    world::with(|world| world.network.asked.iter().for_each(look));
}

fn choose(method: &Method, path: &str) -> Fate {
    world::with(|world| {
        let planned = &mut world.network.planned;
        let place = planned
            .iter()
            .position(|plan| plan.method == *method && path.contains(&plan.path));
        if let Some(plan) = place.and_then(|place| planned.remove(place)) {
            return plan.fate;
        }
        let weather = world.network.weather;
        let writes = *method != Method::GET;
        let chance = [
            (weather.cut_before, Fate::CutBefore),
            (weather.cut_after, Fate::CutAfter),
            (if writes { weather.doubled } else { 0 }, Fate::Doubled),
            (weather.token_ended, Fate::TokenEnded),
            (weather.too_many, Fate::TooMany(1)),
            (weather.failed, Fate::Failed),
            (weather.proxy, Fate::Proxy),
        ];
        let drawn = world.rng.below(1000);
        let mut sum = 0;
        for (of_1000, fate) in chance {
            sum += of_1000;
            if drawn < sum {
                return fate;
            }
        }
        Fate::Answered
    })
}

fn delay() -> i64 {
    world::with(|world| 1 + world.rng.delay(world.network.weather.delay))
}

/// Sends a request of the tab that is at work.
pub(super) fn send(request: Request, coming: Coming) {
    let tab = world::current();
    if !world::with(|world| world.network.online) {
        world::schedule(delay(), Some(tab), move || coming.arrive(Err(Error)));
        return;
    }
    let Some(path) = request.address.strip_prefix(API).map(str::to_owned) else {
        let answer = own_host(&request.address);
        world::schedule(delay(), Some(tab), move || coming.arrive(Ok(answer)));
        return;
    };
    let fate = choose(&request.method, &path);
    let place = world::with(|world| {
        let at = world.now;
        let asked = &mut world.network.asked;
        asked.push(Asked {
            tab,
            at,
            method: request.method.clone(),
            path: path.clone(),
            fate,
            done: Vec::new(),
        });
        asked.len() - 1
    });
    let id = world::next_id();
    let arrives: OnItsWay = Box::new(move |coming| {
        let online = world::with(|world| world.network.online);
        if online {
            arrive(&request, &path, fate, place, tab, coming);
        } else {
            answer(tab, coming, Err(Error));
        }
    });
    world::with(|world| world.network.on_its_way.push((tab, id, arrives)));
    world::schedule(delay(), None, move || {
        if let Some(arrives) = take(|(_, other, _)| *other == id) {
            arrives(coming);
        }
    });
}

/// A request that is on its way; at the server it hears what awaits its answer.
type OnItsWay = Box<dyn FnOnce(Coming)>;

fn take(is: impl Fn(&(TabId, u64, OnItsWay)) -> bool) -> Option<OnItsWay> {
    world::with(|world| {
        let on_its_way = &mut world.network.on_its_way;
        let place = on_its_way.iter().position(is)?;
        Some(on_its_way.remove(place).2)
    })
}

/// A page goes. What it had sent has left the device or has not; it does not come later than what the next page sends.
pub(super) fn page_goes(tab: TabId) {
    while let Some(arrives) = take(|(sender, ..)| *sender == tab) {
        if world::with(|world| world.rng.happens(500)) {
            arrives(Coming::default());
        }
    }
}

fn arrive(request: &Request, path: &str, fate: Fate, place: usize, tab: TabId, coming: Coming) {
    let work = || {
        let answered = work(request, path);
        world::with(|world| world.network.asked[place].done.push(answered.status));
        answered
    };
    let own = |status: u16, headers: &[(&str, &str)], text: &str| {
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Ok(Response::new(status, &headers, text.to_owned()))
    };
    let outcome = match fate {
        Fate::Answered => Ok(response(work())),
        Fate::CutBefore => Err(Error),
        Fate::CutAfter => {
            work();
            Err(Error)
        }
        Fate::Doubled => {
            work();
            Ok(response(work()))
        }
        Fate::TokenEnded => own(401, &[], r#"{"title":"Unauthorized","status":401}"#),
        Fate::TooMany(seconds) => own(
            429,
            &[("retry-after", &seconds.to_string())],
            r#"{"title":"Too Many Requests","status":429}"#,
        ),
        Fate::Failed => own(
            500,
            &[],
            r#"{"title":"Internal Server Error","status":500}"#,
        ),
        Fate::Proxy => own(502, &[], "<html><body>502 Bad Gateway</body></html>"),
    };
    answer(tab, coming, outcome);
}

fn answer(tab: TabId, coming: Coming, outcome: Result<Response, Error>) {
    world::schedule(delay(), Some(tab), move || {
        // Without a connection no answer comes through.
        let online = world::with(|world| world.network.online);
        coming.arrive(if online { outcome } else { Err(Error) });
    });
}

fn response(answered: Answered) -> Response {
    Response::new(answered.status, &answered.headers, answered.text)
}

fn work(request: &Request, path: &str) -> Answered {
    let (now, checks) = world::with(|world| (world.now, world.network.checks_passwords));
    server(|server| {
        server.set_time(BEGINS + now / 1000);
        let body = request.body.as_deref();
        if path == "/api/auth/login" && !checks {
            let given: serde_json::Value = serde_json::from_str(body.unwrap_or_default()).unwrap();
            let client_id = given["ClientId"].as_str().or(given["clientId"].as_str());
            let token = token(server, client_id.unwrap_or_default());
            return Answered {
                status: 200,
                headers: Vec::new(),
                text: serde_json::json!({ "AccessToken": token }).to_string(),
            };
        }
        server.call(&request.method.to_string(), path, &request.headers, body)
    })
}

/// The host of the storefront itself: its settings, and its messages as they are in the repository.
fn own_host(address: &str) -> Response {
    let file = address.split('?').next().unwrap_or_default();
    let text = if file == "/config.json" {
        Some(CONFIG.to_owned())
    } else {
        let below = Path::new(env!("CARGO_MANIFEST_DIR")).join(file.trim_start_matches('/'));
        fs::read_to_string(below).ok()
    };
    match text {
        Some(text) => {
            let kind = ("content-type".to_owned(), "application/json".to_owned());
            Response::new(200, &[kind], text)
        }
        None => Response::new(404, &[], String::new()),
    }
}

/// The settings of the simulated shop.
const CONFIG: &str = r#"{
  "apiBaseUrl": "https://api.example",
  "organizationCode": "acme-dist",
  "brand": { "name": "Acme Distribution" },
  "checkout": { "poNumber": "optional", "payments": ["terms", "card"] }
}"#;
