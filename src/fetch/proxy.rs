//! Which proxy the environment names for an address.

use std::net::IpAddr;

use ureq::Proxy;
use ureq::http::Uri;
use url::Url;

use super::{FetchError, address};

/// The proxies of the environment.
#[derive(Debug, Clone, Default)]
pub(super) struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    /// Hosts that are asked directly: names, which stand for all below them too, addresses, networks, or `*`.
    except: Vec<String>,
}

impl Proxies {
    /// As the environment says: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in small letters too, which come
    /// first.
    ///
    /// # Errors
    /// If one of them is no address of a proxy.
    pub fn from_environment() -> Result<Self, FetchError> {
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, FetchError> {
        let get = |name: &str| {
            let value = variable(&name.to_lowercase()).or_else(|| variable(name));
            value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let all = get("ALL_PROXY");
        let proxy = |name: &str| match get(name).or_else(|| all.clone()) {
            // Of the two names for SOCKS 5 `socks5h` has the proxy look hosts up: asking for them here would tell the local
            // network what is read.
            Some(value) => Proxy::new(&value)
                .map(Some)
                .map_err(|_| FetchError::Proxy { why: format!("{name} is no address of a proxy") }),
            None => Ok(None),
        };
        let except = get("NO_PROXY").unwrap_or_default();
        let except =
            except.split([',', ' ']).map(|host| host.trim().trim_start_matches("*.").trim_start_matches('.'));
        Ok(Proxies {
            http: proxy("HTTP_PROXY")?,
            https: proxy("HTTPS_PROXY")?,
            except: except.filter(|host| !host.is_empty()).map(str::to_lowercase).collect(),
        })
    }

    /// The proxy to ask for `url`; none for this computer itself.
    pub fn of(&self, url: &Url) -> Option<&Proxy> {
        let proxy = if url.scheme() == "https" { self.https.as_ref() } else { self.http.as_ref() }?;
        let host = url.host_str()?.trim_matches(['[', ']']).to_lowercase();
        let is_excepted = self.except.iter().any(|entry| is_of(&host, url.port_or_known_default(), entry));
        (!is_excepted && !address::is_loopback(url)).then_some(proxy)
    }

    /// The hosts and ports of the proxies.
    pub fn places(&self) -> Vec<(String, u16)> {
        [&self.http, &self.https].into_iter().flatten().map(|proxy| (proxy.host().to_owned(), proxy.port())).collect()
    }
}

/// The port of `uri`, of a proxy or what is asked through it.
pub(super) fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or_else(|| match uri.scheme_str()? {
        "http" => Some(80),
        "https" => Some(443),
        scheme if scheme.starts_with("socks") => Some(1080),
        _ => None,
    })
}

/// Whether `host` is what an entry of `NO_PROXY` names.
fn is_of(host: &str, port: Option<u16>, entry: &str) -> bool {
    if entry == "*" {
        return true;
    }
    if let Some((network, bits)) = entry.split_once('/') {
        let (Ok(host), Ok(network), Ok(bits)) = (host.parse(), network.parse(), bits.parse()) else { return false };
        return is_in(host, network, bits);
    }
    let (name, wanted) = match entry.rsplit_once(':') {
        Some((name, digits)) if !name.contains(':') || name.ends_with(']') => (name, digits.parse::<u16>().ok()),
        _ => (entry, None),
    };
    let name = name.trim_matches(['[', ']']);
    let is_host = host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    is_host && wanted.is_none_or(|wanted| Some(wanted) == port)
}

fn is_in(host: IpAddr, network: IpAddr, bits: u32) -> bool {
    let (host, network, width) = match (host, network) {
        (IpAddr::V4(host), IpAddr::V4(network)) => (u128::from(host.to_bits()), u128::from(network.to_bits()), 32),
        (IpAddr::V6(host), IpAddr::V6(network)) => (host.to_bits(), network.to_bits(), 128),
        _ => return false,
    };
    bits <= width && (host ^ network).checked_shr(width - bits).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &[(&str, &str)]) -> Proxies {
        Proxies::read(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
            .unwrap()
    }

    fn host(proxies: &Proxies, url: &str) -> Option<String> {
        proxies.of(&Url::parse(url).unwrap()).map(|proxy| proxy.host().to_owned())
    }

    #[test]
    fn each_scheme_has_its_proxy() {
        let some =
            proxies(&[("HTTP_PROXY", "http://a:1"), ("ALL_PROXY", "socks5h://b:2"), ("https_proxy", "http://c:3")]);
        assert_eq!(host(&some, "http://example.org/").as_deref(), Some("a"));
        assert_eq!(host(&some, "https://example.org/").as_deref(), Some("c"));
        let all = proxies(&[("all_proxy", "b:2")]);
        assert_eq!(host(&all, "https://example.org/").as_deref(), Some("b"));
        assert_eq!(host(&proxies(&[]), "https://example.org/"), None);
        let looks_up_here = |value: &str| {
            let some = proxies(&[("ALL_PROXY", value)]);
            some.of(&Url::parse("https://example.org/").unwrap()).map(Proxy::resolve_target)
        };
        assert_eq!(looks_up_here("socks5h://b:2"), Some(false), "the name is for the proxy alone");
        assert_eq!(looks_up_here("socks5://b:2"), Some(true), "as curl does");
        assert!(Proxies::read(|name| (name == "HTTP_PROXY").then(|| "gopher://x".to_owned())).is_err());
    }

    #[test]
    fn excepted_hosts_are_asked_directly() {
        let some = proxies(&[
            ("ALL_PROXY", "http://p:1"),
            ("NO_PROXY", "example.org, .corp.test,10.0.0.0/8 fd00::/8,*.wild.test,port.test:8080"),
        ]);
        for direct in [
            "http://example.org/",
            "https://feeds.example.org/",
            "http://a.corp.test/",
            "http://10.9.8.7/",
            "http://[fd00::1]/",
            "http://x.wild.test/",
            "http://port.test:8080/",
            "http://localhost:99/",
            "http://127.0.0.1/",
        ] {
            assert_eq!(host(&some, direct), None, "{direct}");
        }
        for proxied in ["http://notexample.org/", "http://11.0.0.1/", "http://port.test/", "http://192.168.0.1/"] {
            assert_eq!(host(&some, proxied).as_deref(), Some("p"), "{proxied}");
        }
        assert_eq!(host(&proxies(&[("ALL_PROXY", "p:1"), ("NO_PROXY", "*")]), "http://example.org/"), None);
    }
}
