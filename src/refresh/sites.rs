//! Where well-known sites keep their feeds: one table. Addresses only; nothing is asked here.

use url::Url;

/// A kind of site.
struct Site {
    /// Its hosts; one that begins with a dot stands for all below it.
    hosts: &'static [&'static str],
    /// The addresses of its feeds for a page with this path and these queries, best first.
    feeds: fn(&Page) -> Vec<String>,
}

/// A page of a site.
struct Page<'a> {
    url: &'a Url,
    /// The parts of its path that are not empty.
    path: Vec<&'a str>,
}

impl Page<'_> {
    fn query(&self, name: &str) -> Option<String> {
        self.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The address of `path` on the same host.
    fn at(&self, path: &str) -> String {
        let mut url = self.url.clone();
        url.set_query(None);
        url.set_fragment(None);
        url.set_path(path);
        url.to_string()
    }
}

const SITES: &[Site] = &[
    Site { hosts: &["github.com"], feeds: github },
    Site { hosts: &["gitlab.com"], feeds: gitlab },
    Site { hosts: &["codeberg.org", "gitea.com"], feeds: forgejo },
    Site { hosts: &["youtube.com"], feeds: youtube },
    Site { hosts: &["reddit.com", "old.reddit.com"], feeds: reddit },
    Site { hosts: &["bsky.app"], feeds: bluesky },
    Site { hosts: &[".substack.com"], feeds: |page| vec![page.at("/feed")] },
    Site { hosts: &["medium.com"], feeds: medium },
    Site { hosts: &[".medium.com"], feeds: |page| vec![page.at("/feed")] },
    Site { hosts: &[".tumblr.com"], feeds: |page| vec![page.at("/rss")] },
    Site { hosts: &[".wordpress.com"], feeds: |page| vec![page.at("/feed/")] },
    Site { hosts: &[".blogspot.com"], feeds: |page| vec![page.at("/feeds/posts/default")] },
    Site {
        hosts: &["stackoverflow.com", "serverfault.com", "superuser.com", "askubuntu.com", ".stackexchange.com"],
        feeds: stack_exchange,
    },
    Site { hosts: &["arxiv.org"], feeds: arxiv },
    Site { hosts: &["news.ycombinator.com"], feeds: |page| vec![page.at("/rss")] },
    Site { hosts: &["lobste.rs"], feeds: lobsters },
    Site { hosts: &["news.google.com"], feeds: google_news },
    Site { hosts: &["pypi.org"], feeds: pypi },
    Site { hosts: &["crates.io"], feeds: crates },
    Site { hosts: &["dev.to"], feeds: dev },
    Site { hosts: &["vimeo.com"], feeds: vimeo },
];

/// The feeds of the page at `url`, where its address alone tells them.
pub fn feeds(url: &Url) -> Vec<String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Vec::new();
    }
    let host = url.host_str().unwrap_or_default();
    let host = ["www.", "m."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host);
    let is_of =
        |name: &&str| host == *name || (name.starts_with('.') && host.ends_with(name) && host.len() > name.len());
    let Some(site) = SITES.iter().find(|site| site.hosts.iter().any(is_of)) else { return Vec::new() };
    let path = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let mut feeds = (site.feeds)(&Page { url, path });
    // The address may be that of the feed already.
    feeds.retain(|feed| feed != url.as_str());
    feeds
}

/// Where the feeds of a page may be that names none: tried in this order.
pub fn guesses(url: &Url) -> Vec<String> {
    let mut guesses = Vec::new();
    let path = url.path().trim_end_matches('/');
    let mut guess = |path: &str| {
        let mut url = url.clone();
        url.set_query(None);
        url.set_fragment(None);
        url.set_path(path);
        if !guesses.contains(&url.to_string()) {
            guesses.push(url.to_string());
        }
    };
    // A profile of Mastodon and its kin.
    if path.trim_start_matches('/').starts_with('@') && !path.trim_start_matches('/').contains('/') {
        guess(&format!("{path}.rss"));
    }
    for name in ["feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml"] {
        guess(&format!("/{name}"));
    }
    if !path.is_empty() {
        guess(&format!("{path}/feed"));
    }
    guesses
}

/// Names on the first level that are no owners.
const GITHUB_PAGES: &[&str] = &[
    "about",
    "apps",
    "collections",
    "enterprise",
    "explore",
    "features",
    "login",
    "marketplace",
    "orgs",
    "pricing",
    "search",
    "settings",
    "sponsors",
    "topics",
    "trending",
];

fn github(page: &Page) -> Vec<String> {
    match page.path[..] {
        [owner, ..] if GITHUB_PAGES.contains(&owner) => Vec::new(),
        [_, _, kind, ..] if kind.ends_with(".atom") => Vec::new(),
        [user] if user.ends_with(".atom") => Vec::new(),
        [user] => vec![page.at(&format!("/{user}.atom"))],
        [owner, repo, "commits" | "tree", ref rest @ ..] if !rest.is_empty() => {
            let last = rest.last().is_some_and(|part| part.ends_with(".atom"));
            if last { Vec::new() } else { vec![page.at(&format!("/{owner}/{repo}/commits/{}.atom", rest.join("/")))] }
        }
        [owner, repo, "commits"] => vec![page.at(&format!("/{owner}/{repo}/commits.atom"))],
        [owner, repo, "tags"] => vec![page.at(&format!("/{owner}/{repo}/tags.atom"))],
        [owner, repo, "discussions"] => vec![page.at(&format!("/{owner}/{repo}/discussions.atom"))],
        [owner, repo] | [owner, repo, "releases", ..] => {
            let repo = repo.trim_end_matches(".git");
            ["releases", "tags", "commits"].map(|kind| page.at(&format!("/{owner}/{repo}/{kind}.atom"))).into()
        }
        _ => Vec::new(),
    }
}

fn gitlab(page: &Page) -> Vec<String> {
    let at = page.path.iter().position(|part| *part == "-").unwrap_or(page.path.len());
    let (project, rest) = page.path.split_at(at);
    if project.len() < 2 || project.last().is_some_and(|part| part.ends_with(".atom")) {
        return Vec::new();
    }
    let project = project.join("/");
    match rest {
        ["-", "commits", branch @ ..] if !branch.is_empty() => {
            vec![format!("{}?format=atom", page.at(&format!("/{project}/-/commits/{}", branch.join("/"))))]
        }
        ["-", "tags", ..] => vec![format!("{}?format=atom", page.at(&format!("/{project}/-/tags")))],
        [] | ["-", "releases", ..] => {
            vec![page.at(&format!("/{project}/-/releases.atom")), page.at(&format!("/{project}.atom"))]
        }
        _ => Vec::new(),
    }
}

fn forgejo(page: &Page) -> Vec<String> {
    match page.path[..] {
        [_, kind] | [_, _, kind] if kind.ends_with(".rss") || kind.ends_with(".atom") => Vec::new(),
        [user] if !user.ends_with(".rss") && !user.ends_with(".atom") => vec![page.at(&format!("/{user}.rss"))],
        [owner, repo] => {
            vec![page.at(&format!("/{owner}/{repo}/releases.rss")), page.at(&format!("/{owner}/{repo}.rss"))]
        }
        [owner, repo, "releases", ..] => vec![page.at(&format!("/{owner}/{repo}/releases.rss"))],
        _ => Vec::new(),
    }
}

/// Pages of a name (`/@name`, `/c/name`) state their feed themselves.
fn youtube(page: &Page) -> Vec<String> {
    let feed = |key: &str, value: &str| {
        let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        vec![format!("https://www.youtube.com/feeds/videos.xml?{key}={value}")]
    };
    match page.path[..] {
        ["channel", id, ..] => feed("channel_id", id),
        ["user", name, ..] => feed("user", name),
        ["playlist" | "watch"] => page.query("list").map(|id| feed("playlist_id", &id)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn reddit(page: &Page) -> Vec<String> {
    match page.path[..] {
        [.., last] if last.ends_with(".rss") => Vec::new(),
        ["r" | "user" | "u", ..] if page.path.len() >= 2 => {
            let path = page.path.join("/").replacen("u/", "user/", usize::from(page.path[0] == "u"));
            vec![format!("https://www.reddit.com/{path}/.rss")]
        }
        [] => vec!["https://www.reddit.com/.rss".into()],
        _ => Vec::new(),
    }
}

fn bluesky(page: &Page) -> Vec<String> {
    match page.path[..] {
        ["profile", name] => vec![page.at(&format!("/profile/{name}/rss"))],
        _ => Vec::new(),
    }
}

fn medium(page: &Page) -> Vec<String> {
    match page.path[..] {
        ["feed" | "m" | "search", ..] | [] => Vec::new(),
        ["tag", name, ..] => vec![page.at(&format!("/feed/tag/{name}"))],
        [name, ..] => vec![page.at(&format!("/feed/{name}"))],
    }
}

fn stack_exchange(page: &Page) -> Vec<String> {
    match page.path[..] {
        ["feeds", ..] => Vec::new(),
        ["questions", "tagged", tag] | ["tags", tag, ..] => vec![page.at(&format!("/feeds/tag/{tag}"))],
        ["questions", number, ..] if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            vec![page.at(&format!("/feeds/question/{number}"))]
        }
        ["users", number, ..] => vec![page.at(&format!("/feeds/user/{number}"))],
        _ => vec![page.at("/feeds")],
    }
}

fn arxiv(page: &Page) -> Vec<String> {
    match page.path[..] {
        ["list", subject, ..] => vec![format!("https://rss.arxiv.org/rss/{subject}")],
        _ => Vec::new(),
    }
}

fn lobsters(page: &Page) -> Vec<String> {
    match page.path[..] {
        ["t", tags] if !tags.ends_with(".rss") => vec![page.at(&format!("/t/{tags}.rss"))],
        [] => vec![page.at("/rss")],
        _ => Vec::new(),
    }
}

fn google_news(page: &Page) -> Vec<String> {
    match page.path[..] {
        ["rss", ..] => Vec::new(),
        ["home" | "topstories"] | [] | ["search"] | ["topics" | "publications", ..] => {
            let mut url = page.url.clone();
            let path = url.path().trim_start_matches("/home").trim_start_matches("/topstories").to_owned();
            url.set_path(&format!("/rss{path}"));
            vec![url.to_string()]
        }
        _ => Vec::new(),
    }
}

fn pypi(page: &Page) -> Vec<String> {
    match page.path[..] {
        ["project", name, ..] => vec![page.at(&format!("/rss/project/{name}/releases.xml"))],
        _ => Vec::new(),
    }
}

fn crates(page: &Page) -> Vec<String> {
    match page.path[..] {
        ["crates", name, ..] => vec![format!("https://static.crates.io/rss/crates/{name}.xml")],
        _ => Vec::new(),
    }
}

fn dev(page: &Page) -> Vec<String> {
    match page.path[..] {
        ["feed", ..] => Vec::new(),
        ["t", tag] => vec![page.at(&format!("/feed/tag/{tag}"))],
        [user] => vec![page.at(&format!("/feed/{user}"))],
        [] => vec![page.at("/feed")],
        _ => Vec::new(),
    }
}

fn vimeo(page: &Page) -> Vec<String> {
    match page.path[..] {
        [user] if user.bytes().any(|byte| !byte.is_ascii_digit()) && page.host().ends_with("vimeo.com") => {
            vec![page.at(&format!("/{user}/videos/rss"))]
        }
        ["channels", name] => vec![page.at(&format!("/channels/{name}/videos/rss"))],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(url: &str) -> Option<String> {
        feeds(&Url::parse(url).unwrap()).into_iter().next()
    }

    #[test]
    fn pages_of_known_sites_have_known_feeds() {
        for (page, feed) in [
            ("https://github.com/o/r", "https://github.com/o/r/releases.atom"),
            ("https://github.com/o/r.git", "https://github.com/o/r/releases.atom"),
            ("https://github.com/o/r/releases/tag/v1", "https://github.com/o/r/releases.atom"),
            ("https://github.com/o/r/commits/main/src", "https://github.com/o/r/commits/main/src.atom"),
            ("https://github.com/o/r/tags", "https://github.com/o/r/tags.atom"),
            ("https://github.com/someone", "https://github.com/someone.atom"),
            ("https://gitlab.com/g/sub/p", "https://gitlab.com/g/sub/p/-/releases.atom"),
            ("https://gitlab.com/g/p/-/commits/main", "https://gitlab.com/g/p/-/commits/main?format=atom"),
            ("https://codeberg.org/o/r", "https://codeberg.org/o/r/releases.rss"),
            (
                "https://www.youtube.com/channel/UCab-c/videos",
                "https://www.youtube.com/feeds/videos.xml?channel_id=UCab-c",
            ),
            ("https://m.youtube.com/user/n", "https://www.youtube.com/feeds/videos.xml?user=n"),
            ("https://youtube.com/watch?v=1&list=PL2", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL2"),
            ("https://old.reddit.com/r/rust/top?t=week", "https://www.reddit.com/r/rust/top/.rss"),
            ("https://www.reddit.com/u/me", "https://www.reddit.com/user/me/.rss"),
            ("https://bsky.app/profile/a.bsky.social", "https://bsky.app/profile/a.bsky.social/rss"),
            ("https://name.substack.com/p/one?x", "https://name.substack.com/feed"),
            ("https://medium.com/@me/post", "https://medium.com/feed/@me"),
            ("https://x.blogspot.com/", "https://x.blogspot.com/feeds/posts/default"),
            ("https://x.wordpress.com", "https://x.wordpress.com/feed/"),
            ("https://x.tumblr.com/", "https://x.tumblr.com/rss"),
            ("https://stackoverflow.com/questions/tagged/rust", "https://stackoverflow.com/feeds/tag/rust"),
            ("https://dba.stackexchange.com/questions/12/why", "https://dba.stackexchange.com/feeds/question/12"),
            ("https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"),
            ("https://news.ycombinator.com/", "https://news.ycombinator.com/rss"),
            ("https://lobste.rs/t/rust", "https://lobste.rs/t/rust.rss"),
            ("https://news.google.com/search?q=a&hl=en", "https://news.google.com/rss/search?q=a&hl=en"),
            ("https://pypi.org/project/x/", "https://pypi.org/rss/project/x/releases.xml"),
            ("https://crates.io/crates/x", "https://static.crates.io/rss/crates/x.xml"),
        ] {
            assert_eq!(first(page).as_deref(), Some(feed), "{page}");
        }
    }

    #[test]
    fn other_pages_and_feeds_themselves_are_left_alone() {
        for page in [
            "https://example.org/",
            "https://notgithub.com/o/r",
            "https://github.com/",
            "https://github.com/explore",
            "https://github.com/o/r/issues/1",
            "https://github.com/o/r/releases.atom",
            "https://www.youtube.com/@name",
            "https://www.youtube.com/feeds/videos.xml?channel_id=1",
            "https://www.reddit.com/r/rust/.rss",
            "https://stackoverflow.com/feeds/tag/rust",
            "https://substack.com/home",
            "https://news.google.com/rss/search?q=a",
            "https://medium.com/feed/@me",
            "https://news.ycombinator.com/rss",
            "file:///github.com/o/r",
        ] {
            assert_eq!(first(page), None, "{page}");
        }
    }

    #[test]
    fn guesses_stay_on_the_host() {
        let url = Url::parse("https://social.test/@name?x#y").unwrap();
        let guesses = guesses(&url);
        assert_eq!(guesses[0], "https://social.test/@name.rss");
        assert!(guesses.contains(&"https://social.test/feed".to_owned()));
        assert!(guesses.iter().all(|guess| guess.starts_with("https://social.test/")) && guesses.len() < 10);
    }
}
