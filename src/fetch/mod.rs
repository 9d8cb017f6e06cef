//! The network. The only module that knows sockets.
//!
//! A [`Client`] asks for one address at a time and blocks; any number of threads may use one, and they share its
//! connections. Everything is bounded: time, headers, body, what unpacking may make of it, and how often a server may
//! send on. It keeps no cookies, names no page that it came from, and goes to a host of the local network only where the
//! user's own address is on one.

mod address;
mod decode;
mod error;
mod file;
mod headers;
mod proxy;

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use ureq::http::header::{self, HeaderName, HeaderValue};
use ureq::http::{HeaderMap, Uri};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Timeout};
use url::Url;

use self::address::{Guard, Local, Place, Seen};
pub use self::address::{is_local_as_written, is_loopback, is_public, parse};
pub use self::error::{FetchError, Wait};
use self::proxy::Proxies;

/// Bytes of header lines.
const HEADERS: usize = 256 << 10;
/// What can be undone of what a server packs.
const CODINGS: &str = "gzip, deflate, br, zstd";

/// What a client may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What it calls itself.
    pub user_agent: String,
    /// How long one address may take in all, redirects included.
    pub total: Duration,
    /// How long it may take to connect, and how long nothing may come.
    pub idle: Duration,
    /// The largest body, unpacked, in bytes.
    pub body: u64,
    /// How often a server may send on.
    pub redirects: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            user_agent: default_user_agent(),
            total: Duration::from_secs(30),
            idle: Duration::from_secs(15),
            body: 32 << 20,
            redirects: 10,
        }
    }
}

/// The program's name and version.
pub fn default_user_agent() -> String {
    concat!("dateline/", env!("CARGO_PKG_VERSION"), " (+https://crates.io/crates/dateline)").to_owned()
}

/// Who named an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// The user. It may be anywhere, also in the local network, or be a file.
    ByUser,
    /// A feed, a page or a server. It has to be public.
    ByOthers,
}

/// User and password.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// Who.
    pub user: String,
    /// The secret.
    pub password: String,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").field("user", &self.user).finish_non_exhaustive()
    }
}

/// What to ask for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The address, with or without user and password.
    pub url: &'a str,
    /// Who named it.
    pub named: Named,
    /// What is wanted, as `Accept` has it.
    pub accept: &'a str,
    /// The validators of the answer that is there already.
    pub etag: Option<&'a str>,
    /// See `etag`.
    pub last_modified: Option<&'a str>,
    /// User and password for it; they go to no other host.
    pub login: Option<&'a Login>,
    /// Other headers; they go to no other host.
    pub headers: &'a [(String, String)],
}

impl<'a> Request<'a> {
    /// What a feed is asked for with.
    pub const FEED: &'static str = "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, \
         application/rdf+xml;q=0.8, application/xml;q=0.7, text/xml;q=0.7, application/json;q=0.5, text/html;q=0.4, */*;q=0.1";
    /// What a page is asked for with.
    pub const PAGE: &'static str = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8";

    /// A plain question.
    pub fn new(url: &'a str, named: Named, accept: &'a str) -> Self {
        Request { url, named, accept, etag: None, last_modified: None, login: None, headers: &[] }
    }
}

/// What came of asking.
#[derive(Debug)]
pub enum Outcome {
    /// An answer.
    Body(Box<Body>),
    /// What is there already is the latest. Nothing shows then what a redirect led to: some pages say so of anything.
    NotModified {
        /// Its validators, where the server sent them anew.
        fresh: Fresh,
    },
    /// It is gone for good (410), and not only what it is sent on to for now.
    Gone,
}

/// How to ask the next time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fresh {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// How long the answer stays fresh.
    pub max_age: Option<Duration>,
}

/// An answer.
#[derive(Debug)]
pub struct Body {
    /// What was sent, unpacked.
    pub bytes: Vec<u8>,
    /// Where it came from, after redirects.
    pub url: Url,
    /// Where it is now for good: every redirect on the way was permanent, and none gave up encryption.
    pub moved_to: Option<Url>,
    /// Whether the way went from `https:` to `http:`.
    pub lost_encryption: bool,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Location`.
    pub content_location: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// How to ask the next time.
    pub fresh: Fresh,
}

/// Asks. Cheap to share by reference; clones share connections.
#[derive(Debug, Clone)]
pub struct Client {
    /// Goes anywhere.
    anywhere: Agent,
    /// Goes anywhere but to this computer.
    outside: Agent,
    /// Goes to public addresses only.
    guarded: Agent,
    seen: Arc<Seen>,
    proxies: Proxies,
    settings: Settings,
    stopped: Arc<AtomicBool>,
}

/// One answer on the way.
enum Hop {
    Done(Outcome),
    To { location: String, is_permanent: bool },
}

/// What has been seen on the way to the answer.
struct Way {
    until: Instant,
    is_permanent: bool,
    lost_encryption: bool,
    redirects: usize,
}

/// What is sent to the server of the request's own address only: login and headers.
type Own<'a> = (Option<&'a Login>, &'a [(String, String)]);

impl Client {
    /// A client, with the proxies that the environment names.
    ///
    /// # Errors
    /// If the environment names a proxy wrongly.
    pub fn new(settings: Settings) -> Result<Self, FetchError> {
        let proxies = Proxies::from_environment()?;
        let seen = Arc::new(Seen::default());
        let agent = |nearest| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .user_agent(&settings.user_agent)
                .accept_encoding(CODINGS)
                .proxy(None)
                .timeout_connect(Some(settings.idle))
                .timeout_resolve(Some(settings.idle))
                .timeout_recv_response(Some(settings.idle))
                .timeout_per_read(Some(settings.idle))
                .timeout_per_write(Some(settings.idle))
                .max_response_header_size(HEADERS)
                .input_buffer_size(HEADERS + (16 << 10))
                .output_buffer_size(32 << 10)
                .max_idle_connections(16)
                .max_idle_connections_per_host(8)
                .build();
            let resolver = Guard::new(nearest, proxies.places(), Arc::clone(&seen));
            Agent::with_parts(config, DefaultConnector::default(), resolver)
        };
        Ok(Client {
            anywhere: agent(Place::Computer),
            outside: agent(Place::Network),
            guarded: agent(Place::Internet),
            seen,
            proxies,
            settings,
            stopped: Arc::new(AtomicBool::new(false)),
        })
    }

    /// Makes everything that is being asked, here and in clones, end soon, and all that is asked later at once.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether `url`, which was asked for, is of this computer or a local network.
    pub fn is_local(&self, url: &Url) -> bool {
        self.seen.place(url) > Place::Internet
    }

    /// Asks for an address.
    ///
    /// # Errors
    /// If there is no answer, none that can be used, or none within the limits.
    pub fn get(&self, request: &Request) -> Result<Outcome, FetchError> {
        let mut url = parse(request.url)?;
        if url.scheme() == "file" {
            return match request.named {
                Named::ByUser => file::read(&url, request, self.settings.body),
                Named::ByOthers => Err(FetchError::LocalFile),
            };
        }
        let login = login_of(&mut url).or_else(|| request.login.cloned());
        url.set_fragment(None);
        let origin = url.origin();
        let mut way = Way {
            until: Instant::now() + self.settings.total,
            is_permanent: true,
            lost_encryption: false,
            redirects: 0,
        };
        let mut nearest = match request.named {
            Named::ByUser => Place::Computer,
            Named::ByOthers => Place::Internet,
        };
        loop {
            let own = (url.origin() == origin).then_some((login.as_ref(), request.headers));
            let (location, is_permanent) = match self.hop(request, &url, own, nearest, &way)? {
                Hop::Done(outcome) => return Ok(outcome),
                Hop::To { location, is_permanent } => (location, is_permanent),
            };
            way.redirects += 1;
            if way.redirects > self.settings.redirects {
                return Err(FetchError::Redirects { limit: self.settings.redirects });
            }
            let next = next(&url, &location)?;
            way.lost_encryption |= url.scheme() == "https" && next.scheme() == "http";
            way.is_permanent &= is_permanent && !way.lost_encryption;
            // Who asks within a local network may be sent on within it, and none but this computer to this computer.
            nearest = nearest.min(self.seen.place(&url));
            url = next;
        }
    }

    fn hop(
        &self,
        request: &Request,
        url: &Url,
        own: Option<Own<'_>>,
        nearest: Place,
        way: &Way,
    ) -> Result<Hop, FetchError> {
        let host = host_words(url);
        let proxy = self.proxies.of(url);
        // Through a proxy the name is looked up elsewhere; as it is written is all that can be judged.
        if Place::as_written(url) > nearest {
            return Err(FetchError::Local { host });
        }
        let agent = match nearest {
            Place::Computer => &self.anywhere,
            Place::Network => &self.outside,
            Place::Internet => &self.guarded,
        };
        let left = way.until.saturating_duration_since(Instant::now());
        let mut builder = agent.get(uri(url)?).config().timeout_global(Some(left)).proxy(proxy.cloned()).build();
        builder = builder.header(header::ACCEPT, request.accept);
        // Validators belong to what the address answers in the end, wherever that is.
        if let Some(etag) = request.etag {
            builder = builder.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(moment) = request.last_modified {
            builder = builder.header(header::IF_MODIFIED_SINCE, moment);
        }
        if let Some((login, headers)) = own {
            if let Some(Login { user, password }) = login {
                let secret = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
                builder = builder.header(header::AUTHORIZATION, format!("Basic {secret}"));
            }
            for (name, value) in headers {
                let wrong = || FetchError::BadHeader { name: name.clone() };
                let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
                builder = builder.header(key, HeaderValue::from_str(value).map_err(|_| wrong())?);
            }
        }
        if self.stopped.load(Ordering::Relaxed) {
            return Err(FetchError::Stopped);
        }
        let mut response = builder.call().map_err(|error| self.failure(error, url, proxy.is_some()))?;
        let headers = response.headers();
        let status = response.status().as_u16();
        let fresh = fresh(headers);
        let was_conditional = request.etag.is_some() || request.last_modified.is_some();
        match status {
            200..=299 => {}
            304 if was_conditional => return Ok(Hop::Done(Outcome::NotModified { fresh })),
            300..=303 | 307 | 308 if headers.contains_key(header::LOCATION) => {
                let location = headers.get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()));
                let location = location.unwrap_or_default().into_owned();
                return Ok(Hop::To { location, is_permanent: matches!(status, 301 | 308) });
            }
            // What the address is sent on to for now says nothing about the address.
            410 if way.is_permanent => return Ok(Hop::Done(Outcome::Gone)),
            code => return Err(FetchError::Status { code, wait: headers::retry_after(headers) }),
        }
        let codings = headers::list(headers, "content-encoding");
        let text = |name: &str| headers::text(headers, name);
        let (content_type, content_location) = (text("content-type"), text("content-location"));
        let content_language = text("content-language");
        let raw = self.body(response.body_mut(), url, proxy.is_some())?;
        let bytes = decode::decode(raw, &codings, self.settings.body)?;
        let moved_to = way.moved_to(url);
        let url = url.clone();
        let lost_encryption = way.lost_encryption;
        let body =
            Body { bytes, url, moved_to, lost_encryption, content_type, content_location, content_language, fresh };
        Ok(Hop::Done(Outcome::Body(Box::new(body))))
    }

    /// The body as it is sent.
    fn body(&self, body: &mut ureq::Body, url: &Url, is_proxied: bool) -> Result<Vec<u8>, FetchError> {
        let limit = self.settings.body;
        let said = body.content_length();
        if said.is_some_and(|said| said > limit) {
            return Err(FetchError::TooLarge { limit });
        }
        let mut reader = body.with_config().limit(u64::MAX).reader();
        let mut bytes = Vec::with_capacity(said.map_or(16 << 10, |said| said.min(1 << 20) as usize));
        loop {
            let before = bytes.len();
            (&mut reader).take(256 << 10).read_to_end(&mut bytes).map_err(|error| {
                // Without a known end an answer that breaks off could be a whole one.
                self.failure(ureq::Error::from(error), url, is_proxied)
            })?;
            if bytes.len() == before {
                return Ok(bytes);
            }
            if bytes.len() as u64 > limit {
                return Err(FetchError::TooLarge { limit });
            }
            if self.stopped.load(Ordering::Relaxed) {
                return Err(FetchError::Stopped);
            }
        }
    }

    /// What `error` means to the user.
    fn failure(&self, error: ureq::Error, url: &Url, is_proxied: bool) -> FetchError {
        use std::io::ErrorKind;

        let host = host_words(url);
        match error {
            ureq::Error::Timeout(what) => {
                let (stage, limit) = match what {
                    Timeout::Resolve => ("looking up the host", self.settings.idle),
                    Timeout::Connect => ("connecting", self.settings.idle),
                    Timeout::SendRequest | Timeout::SendBody | Timeout::PerWrite => ("asking", self.settings.idle),
                    Timeout::RecvResponse => ("waiting for an answer", self.settings.idle),
                    Timeout::PerRead | Timeout::RecvBody => ("waiting for the rest", self.settings.idle),
                    _ => ("in all", self.settings.total),
                };
                FetchError::Timeout { host, stage, limit }
            }
            ureq::Error::HostNotFound if is_proxied => FetchError::Proxy { why: "its host cannot be found".into() },
            ureq::Error::HostNotFound => FetchError::UnknownHost { host },
            ureq::Error::Io(error) => match error.kind() {
                ErrorKind::ConnectionRefused if is_proxied => {
                    FetchError::Proxy { why: "it refuses connections".into() }
                }
                ErrorKind::ConnectionRefused => FetchError::Refused { host },
                ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => FetchError::CutOff,
                // rustls wraps its own errors.
                ErrorKind::InvalidData => FetchError::Tls { host, why: error.to_string() },
                _ => FetchError::Connection { host, why: error.to_string() },
            },
            ureq::Error::Tls(why) => FetchError::Tls { host, why: why.to_owned() },
            ureq::Error::Rustls(error) => FetchError::Tls { host, why: error.to_string() },
            ureq::Error::TlsRequired => FetchError::Tls { host, why: "encryption is not offered".into() },
            ureq::Error::LargeResponseHeader(..) => FetchError::Headers { host },
            ureq::Error::Protocol(error) => FetchError::NotHttp { host, why: error.to_string() },
            ureq::Error::ConnectProxyFailed(why) => FetchError::Proxy { why },
            ureq::Error::InvalidProxyUrl => FetchError::Proxy { why: "its address is wrong".into() },
            ureq::Error::Other(inner) if inner.is::<Local>() => FetchError::Local { host },
            ureq::Error::BadUri(why) => FetchError::BadAddress { address: url.to_string(), why },
            other => FetchError::Connection { host, why: other.to_string() },
        }
    }
}

impl Way {
    fn moved_to(&self, url: &Url) -> Option<Url> {
        (self.redirects > 0 && self.is_permanent).then(|| url.clone())
    }
}

fn fresh(headers: &HeaderMap) -> Fresh {
    Fresh {
        etag: headers::validator(headers, "etag"),
        last_modified: headers::validator(headers, "last-modified"),
        max_age: headers::max_age(headers),
    }
}

/// Where `location` leads from `url`. User and password that a server writes into it are dropped.
fn next(url: &Url, location: &str) -> Result<Url, FetchError> {
    let wrong = || FetchError::BadRedirect { to: location.to_owned() };
    if location.trim().is_empty() {
        return Err(wrong());
    }
    let mut next = url.join(location.trim()).map_err(|_| wrong())?;
    if !matches!(next.scheme(), "http" | "https") || next.host_str().is_none_or(str::is_empty) {
        return Err(wrong());
    }
    let _ = (next.set_username(""), next.set_password(None));
    next.set_fragment(None);
    Ok(next)
}

/// Takes user and password out of `url`.
fn login_of(url: &mut Url) -> Option<Login> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let plain = |text: &str| percent_decoded(text);
    let login = Login { user: plain(url.username()), password: plain(url.password().unwrap_or_default()) };
    let _ = (url.set_username(""), url.set_password(None));
    Some(login)
}

fn percent_decoded(text: &str) -> String {
    let pair = format!("x={}", text.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// `url` as `http` takes it: some characters that browsers send as they are have to be escaped.
fn uri(url: &Url) -> Result<Uri, FetchError> {
    let mut text = String::with_capacity(url.as_str().len());
    for c in url.as_str().chars() {
        match c {
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | ' ' => {
                text.push_str(&format!("%{:02X}", u32::from(c)))
            }
            _ => text.push(c),
        }
    }
    text.parse().map_err(|error: ureq::http::uri::InvalidUri| FetchError::BadAddress {
        address: url.to_string(),
        why: error.to_string(),
    })
}

/// The host of `url`, with its port if that is not the usual one.
fn host_words(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_to_web_addresses_only() {
        let from = Url::parse("https://example.org/a/b?c#d").unwrap();
        for (location, to) in [
            ("x", "https://example.org/a/x"),
            ("/x#y", "https://example.org/x"),
            ("//other.test/x", "https://other.test/x"),
            (" http://u:p@other.test/ ", "http://other.test/"),
            ("?q", "https://example.org/a/b?q"),
            ("/caf\u{e9}", "https://example.org/caf%C3%A9"),
        ] {
            assert_eq!(next(&from, location).unwrap().as_str(), to);
        }
        for wrong in [
            "",
            " ",
            "file:///etc/passwd",
            "gopher://x/",
            "data:text/xml,x",
            "javascript:1",
            "http://",
            "http://\u{1b}]0;x\u{7}/",
        ] {
            assert!(next(&from, wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn user_and_password_leave_the_address() {
        let mut url = Url::parse("https://me%40home:a+b%2Fc@example.org/").unwrap();
        assert_eq!(login_of(&mut url), Some(Login { user: "me@home".into(), password: "a+b/c".into() }));
        assert_eq!(url.as_str(), "https://example.org/");
        assert_eq!(login_of(&mut url), None);
        assert!(!format!("{:?}", Login { user: "u".into(), password: "secret".into() }).contains("secret"));
    }

    #[test]
    fn addresses_as_browsers_take_them_can_be_sent() {
        for text in [
            "https://example.org/?a=b|c&d={e}^`",
            "https://example.org/\"<>\"",
            "http://[::1]:8080/x",
            "https://ex\u{e4}mple.org/\u{4e2d}",
        ] {
            let url = parse(text).unwrap();
            assert!(uri(&url).is_ok(), "{text}");
        }
    }
}
