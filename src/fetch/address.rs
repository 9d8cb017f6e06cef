//! Which addresses may be asked: http and https, and no host of the local network that somebody else named.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

use super::{FetchError, proxy};

/// The address that `text` writes, if it is one that can be asked: `http:`, `https:` or `file:` with a host or a path.
///
/// # Errors
/// If it is no address, or one of another kind.
pub fn parse(text: &str) -> Result<Url, FetchError> {
    let wrong = |why: &str| FetchError::BadAddress { address: text.to_owned(), why: why.to_owned() };
    let url = Url::parse(text.trim()).map_err(|error| wrong(&error.to_string()))?;
    match url.scheme() {
        "http" | "https" if url.host_str().is_some_and(|host| !host.is_empty()) => Ok(url),
        "http" | "https" => Err(wrong("it names no host")),
        "file" => Ok(url),
        other => Err(FetchError::OtherScheme { scheme: other.to_owned() }),
    }
}

/// Whether anybody on the internet may be sent to this address: it is none of this computer, of a local network, or
/// kept for documentation and the like (the special-purpose registries of IANA).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && b & 0xc0 == 64)
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && b & 0xfe == 18))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let last = || embedded(g, h);
    match (a, b) {
        // IPv4-mapped, IPv4-compatible, unspecified and loopback.
        (0, 0) if [c, d, e] == [0, 0, 0] && (f == 0xffff || f == 0) => f == 0xffff && is_public_v4(last()),
        // NAT64 leads to an IPv4 address, 6to4 to one in its second and third part.
        (0x64, 0xff9b) => [c, d, e, f] == [0, 0, 0, 0] && is_public_v4(last()),
        (0x2002, _) => is_public_v4(embedded(b, c)),
        // Protocol assignments (Teredo among them), documentation.
        (0x2001, 0..=0x01ff | 0x0db8) => false,
        // Only 2000::/3 is given out.
        _ => a & 0xe000 == 0x2000,
    }
}

fn embedded(high: u16, low: u16) -> Ipv4Addr {
    let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
    Ipv4Addr::new(a, b, c, d)
}

/// Whether the host of `url` is of this computer or a local network as it is written: by its number, or as a name that no
/// public host has. `None`: a name that has to be looked up first.
pub fn is_local_as_written(url: &Url) -> Option<bool> {
    match url.host()? {
        Host::Ipv4(address) => Some(!is_public_v4(address)),
        Host::Ipv6(address) => Some(!is_public_v6(address)),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let ends = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
            // A name without a dot is one of the own network: a public host has its domain.
            (!name.contains('.') || ends.iter().any(|end| name.ends_with(end))).then_some(true)
        }
    }
}

/// Whether `url` names this very computer.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => url.scheme() == "file",
    }
}

/// How near an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Anybody may be sent there.
    Internet,
    /// A local network, or what is kept for documentation and the like.
    Network,
    /// This computer.
    Computer,
}

impl Place {
    fn of(address: IpAddr) -> Self {
        let plain = address.to_canonical();
        match is_public(address) {
            true => Place::Internet,
            // Systems take the address of no host for their own.
            false if plain.is_loopback() || plain.is_unspecified() => Place::Computer,
            false => Place::Network,
        }
    }

    /// As far as `url` says it by itself.
    pub fn as_written(url: &Url) -> Self {
        match url.host() {
            Some(Host::Ipv4(address)) => Place::of(address.into()),
            Some(Host::Ipv6(address)) => Place::of(address.into()),
            _ if is_loopback(url) => Place::Computer,
            _ if is_local_as_written(url) == Some(true) => Place::Network,
            _ => Place::Internet,
        }
    }
}

/// Looks hosts up and refuses those with an address nearer than allowed: the addresses it answers are the ones that are
/// connected to, so a name that means something else a moment later gains nothing.
#[derive(Debug)]
pub(super) struct Guard {
    inner: DefaultResolver,
    /// The nearest place that may be asked.
    nearest: Place,
    /// Hosts and ports of proxies: the user's own choice, wherever they are.
    proxies: Vec<(String, u16)>,
    /// What was looked up.
    seen: Arc<Seen>,
}

/// Where each host is that was looked up: at the farthest of all addresses that were answered for it. What a server may do
/// for being near depends on it, and a name that is near only at times is not.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<HashMap<String, Place>>);

/// The refusal of [`Guard`].
#[derive(Debug, thiserror::Error)]
#[error("an address of a local network")]
pub(super) struct Local;

impl Guard {
    pub fn new(nearest: Place, proxies: Vec<(String, u16)>, seen: Arc<Seen>) -> Self {
        Guard { inner: DefaultResolver::default(), nearest, proxies, seen }
    }

    /// Whether the host of `uri`, which is at `addresses`, may be asked. One address that is too near is one too many.
    fn admits(&self, uri: &Uri, addresses: impl IntoIterator<Item = IpAddr>) -> bool {
        let host = uri.host().unwrap_or_default();
        let places: Vec<Place> = addresses.into_iter().map(Place::of).collect();
        self.seen.put(host, places.iter().copied().min().unwrap_or(Place::Internet));
        places.iter().all(|place| *place <= self.nearest) || self.is_proxy(host, proxy::port(uri))
    }
}

impl Guard {
    /// Whether this is a proxy itself, and not something else on its host.
    fn is_proxy(&self, host: &str, port: Option<u16>) -> bool {
        self.proxies.iter().any(|(proxy, at)| proxy == host && Some(*at) == port)
    }
}

impl Seen {
    /// More hosts than any library has; past it the memory starts anew.
    const MOST: usize = 20_000;

    fn put(&self, host: &str, place: Place) {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= Self::MOST {
            hosts.clear();
        }
        hosts.entry(host.to_owned()).and_modify(|known| *known = place.min(*known)).or_insert(place);
    }

    /// Where `url` leads, as far as is known.
    pub fn place(&self, url: &Url) -> Place {
        let hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = url.host_str().and_then(|host| hosts.get(host).copied());
        known.unwrap_or_else(|| Place::as_written(url))
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = self.inner.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            other => other,
        })?;
        if !self.admits(uri, addresses.iter().map(|address| address.ip())) {
            return Err(ureq::Error::Other(Box::new(Local)));
        }
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_local_networks_are_told_from_public_ones() {
        for local in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "64:ff9b:1::1",
        ] {
            assert!(!is_public(local.parse().unwrap()), "{local}");
        }
        for public in [
            "1.1.1.1",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "192.169.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:0808:0808::",
            "2a00:1450::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn every_way_to_write_a_local_host_is_known() {
        for url in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://LOCALHOST./",
            "http://printer.local/",
            "http://nas/",
        ] {
            let url = parse(url).unwrap();
            assert_eq!(is_local_as_written(&url), Some(true), "{url}");
        }
        assert_eq!(is_local_as_written(&parse("https://example.org/").unwrap()), None);
        assert_eq!(is_local_as_written(&parse("https://8.8.8.8/").unwrap()), Some(false));
    }

    #[test]
    fn only_web_and_file_addresses_are_taken() {
        for wrong in [
            "gopher://example.org/",
            "javascript:alert(1)",
            "data:text/xml,<rss/>",
            "exec:true",
            "ftp://example.org/x",
        ] {
            assert!(matches!(parse(wrong), Err(FetchError::OtherScheme { .. })), "{wrong}");
        }
        for wrong in ["", "example.org", "http://", "http:///", "https://exa mple.org/"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert!(parse("file:///tmp/a.xml").is_ok());
    }

    fn guard(nearest: Place, seen: &Arc<Seen>) -> Guard {
        Guard::new(nearest, Vec::new(), Arc::clone(seen))
    }

    fn x() -> Uri {
        "http://x.test:8080/".parse().unwrap()
    }

    fn ips(texts: &[&str]) -> Vec<IpAddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn one_address_that_is_too_near_is_refused() {
        let seen = Arc::new(Seen::default());
        for (addresses, farthest, nearest) in [
            (&["8.8.8.8", "2606:4700::1111"][..], Place::Internet, Place::Internet),
            (&["8.8.8.8", "192.168.1.1"], Place::Internet, Place::Network),
            (&["192.168.1.1", "::1"], Place::Network, Place::Computer),
            (&["127.0.0.1"], Place::Computer, Place::Computer),
            (&["::ffff:127.0.0.1"], Place::Computer, Place::Computer),
            (&["0.0.0.0"], Place::Computer, Place::Computer),
        ] {
            for may in [Place::Internet, Place::Network, Place::Computer] {
                assert_eq!(guard(may, &seen).admits(&x(), ips(addresses)), nearest <= may, "{addresses:?} {may:?}");
            }
            let seen = Arc::new(Seen::default());
            guard(Place::Internet, &seen).admits(&x(), ips(addresses));
            assert_eq!(seen.place(&parse("http://x.test/").unwrap()), farthest, "{addresses:?}");
        }
    }

    #[test]
    fn a_name_that_was_ever_far_is_not_near() {
        let seen = Arc::new(Seen::default());
        let (guard, url) = (guard(Place::Computer, &seen), parse("http://x.test:8080/").unwrap());
        let mut places = Vec::new();
        for address in ["127.0.0.1", "192.168.1.1", "8.8.8.8", "127.0.0.1"] {
            guard.admits(&x(), ips(&[address]));
            places.push(seen.place(&url));
        }
        assert_eq!(places, [Place::Computer, Place::Network, Place::Internet, Place::Internet]);
    }

    #[test]
    fn a_proxy_may_be_near_but_nothing_else_on_its_host() {
        let guard = Guard::new(Place::Internet, vec![("proxy.test".to_owned(), 1080)], Arc::default());
        let admits = |uri: &str| guard.admits(&uri.parse().unwrap(), ips(&["192.168.1.1"]));
        for (uri, may) in [
            ("http://proxy.test:1080/", true),
            ("socks5h://proxy.test", true),
            ("http://proxy.test:8080/", false),
            ("http://proxy.test/admin", false),
            ("http://other.test:1080/", false),
        ] {
            assert_eq!(admits(uri), may, "{uri}");
        }
    }

    #[test]
    fn what_was_not_looked_up_is_where_its_name_says() {
        let seen = Seen::default();
        for (url, place) in [
            ("http://localhost/", Place::Computer),
            ("http://[::1]/", Place::Computer),
            ("http://10.0.0.1/", Place::Network),
            ("http://nas/", Place::Network),
            ("http://x.test/", Place::Internet),
        ] {
            assert_eq!(seen.place(&parse(url).unwrap()), place, "{url}");
        }
    }
}
