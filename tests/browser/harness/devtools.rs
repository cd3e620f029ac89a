//! The browser's own `DevTools` socket: what concerns the browser as a whole, which a page's session may not do.

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

/// A connection to a running browser.
#[derive(Debug)]
pub(super) struct Devtools {
    socket: WebSocketStream<TcpStream>,
    asked: u64,
}

impl Devtools {
    /// Connects as the file says that Chromium writes into its profile: a port, and a path below it.
    pub(super) async fn connect(active_port: &str) -> Self {
        let (port, path) = active_port.split_once('\n').expect("a port and a path");
        let host = format!("127.0.0.1:{port}");
        let stream = TcpStream::connect(&host)
            .await
            .expect("the browser listens");
        let address = format!("ws://{host}{}", path.trim());
        let (socket, _) = client_async(address, stream)
            .await
            .expect("the browser speaks its protocol");
        Self { socket, asked: 0 }
    }

    /// Asks, and waits for the answer; a refusal fails.
    pub(super) async fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.asked += 1;
        let question = json!({ "id": self.asked, "method": method, "params": parameters });
        self.socket
            .send(Message::text(question.to_string()))
            .await
            .expect("the browser hears");
        while let Some(Ok(message)) = self.socket.next().await {
            let Message::Text(text) = message else {
                continue;
            };
            let mut answer: Value = serde_json::from_str(&text).unwrap_or_default();
            if answer["id"] == self.asked {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].take();
            }
        }
        panic!("{method}: the browser has gone");
    }
}
