//! A small HTTP server on this computer that can break the protocol.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// All lines after the first, as sent.
    pub head: String,
    /// How often the path had been asked for before.
    pub before: usize,
}

impl Asked {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// What to answer.
pub enum Reply {
    /// These bytes, then the connection is closed.
    Raw(Vec<u8>),
    /// These bytes, then nothing until the other side gives up.
    Stall(Vec<u8>),
    /// These bytes, then these again and again, with a pause, until the other side gives up.
    Endless(Vec<u8>, Vec<u8>, Duration),
}

/// An answer with a body.
pub fn reply(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    Reply::Raw(whole(status, headers, body, body.len()))
}

/// The bytes of an answer that says it is `length` bytes long.
pub fn whole(status: &str, headers: &[(&str, &str)], body: &[u8], length: usize) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend(format!("{name}: {value}\r\n").bytes());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    bytes
}

/// The server; it ends with the test.
pub struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Starts one that answers by `answer`.
    pub fn new(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                thread::spawn(move || serve(stream, &*answer, &log));
            }
        });
        Server { port, asked }
    }

    /// The address of a path on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Host and port.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Everything that was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.asked().iter().filter(|asked| asked.path == path).count()
    }
}

fn serve(mut stream: TcpStream, answer: &(dyn Fn(&Asked) -> Reply + Send + Sync), log: &Mutex<Vec<Asked>>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let (first, rest) = head.split_once("\r\n").unwrap();
    let path = first.split(' ').nth(1).unwrap().to_owned();
    let mut log = log.lock().unwrap();
    let before = log.iter().filter(|asked| asked.path == path).count();
    let asked = Asked { path, head: rest.to_owned(), before };
    log.push(asked.clone());
    drop(log);
    match answer(&asked) {
        Reply::Raw(bytes) => {
            let _ = stream.write_all(&bytes);
            let _ = stream.shutdown(Shutdown::Write);
        }
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&bytes);
            let _ = stream.read(&mut byte);
        }
        Reply::Endless(head, more, pause) => {
            let _ = stream.write_all(&head);
            while stream.write_all(&more).is_ok() {
                thread::sleep(pause);
            }
        }
    }
}

/// A feed with these entries: (guid, text).
pub fn rss(entries: &[(&str, &str)]) -> String {
    let items: String = entries
        .iter()
        .map(|(guid, text)| {
            format!(
                "<item><title>Story {guid}</title><link>https://news.example/{guid}</link>\
                 <guid isPermaLink=\"false\">{guid}</guid><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate>\
                 <description>{text}</description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>The Example</title>\
         <link>https://news.example/</link><description>d</description>{items}</channel></rss>"
    )
}

/// The answer with a feed.
pub fn feed(entries: &[(&str, &str)]) -> Reply {
    reply("200 OK", &[("Content-Type", "application/rss+xml")], rss(entries).as_bytes())
}

/// The answer that sends on.
pub fn to(status: &str, location: &str) -> Reply {
    reply(status, &[("Location", location)], b"")
}
