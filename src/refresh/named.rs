//! Who named an address that stands in a feed.

use crate::fetch::{self, Named};

/// Who named `address`, which the feed at `of` names: the user, if it is on the very server whose feed he subscribed to and
/// that server is of this computer or a local network by its name or number alone, so that feeds of a local network can be
/// read whole; else the feed, which may not lead into that network. A public name is no proof, even if it is the feed's own:
/// it may be looked up to another host each time.
pub fn named(of: &str, address: &str) -> Named {
    let is_same = fetch::parse(of).ok().zip(fetch::parse(address).ok()).is_some_and(|(of, address)| {
        matches!(of.scheme(), "http" | "https")
            && matches!(address.scheme(), "http" | "https")
            && of.host() == address.host()
            && of.port_or_known_default() == address.port_or_known_default()
            && fetch::is_local_as_written(&address) == Some(true)
    });
    if is_same { Named::ByUser } else { Named::ByOthers }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_server_of_a_local_feed_is_the_users_own() {
        for (of, address, by) in [
            ("http://127.0.0.1:8080/feed", "http://127.0.0.1:8080/story", Named::ByUser),
            ("http://nas/feed", "http://nas/story", Named::ByUser),
            ("https://nas.home.arpa/feed", "https://nas.home.arpa/story", Named::ByUser),
            ("http://127.0.0.1:8080/feed", "http://127.0.0.1:9200/_search", Named::ByOthers),
            ("http://127.0.0.1:8080/feed", "http://192.168.1.1/reboot", Named::ByOthers),
            ("http://127.0.0.1/feed", "https://127.0.0.1/story", Named::ByOthers),
            ("http://127.0.0.1/feed", "file:///etc/hostname", Named::ByOthers),
            ("file:///home/feed.xml", "file:///etc/hostname", Named::ByOthers),
            ("file:///home/feed.xml", "http://127.0.0.1/", Named::ByOthers),
            ("https://news.example.org/feed", "https://news.example.org/story", Named::ByOthers),
            ("http://127.0.0.1/feed", "127.0.0.1/story", Named::ByOthers),
        ] {
            assert_eq!(named(of, address), by, "{of} names {address}");
        }
    }
}
