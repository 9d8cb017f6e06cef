//! The command line, end to end.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use dateline::store::RefreshLock;
use serde_json::Value;

use crate::server::{Reply, Server, feed, reply, rss, whole};

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().unwrap())
    }

    fn library(&self) -> std::path::PathBuf {
        self.0.path().join("library")
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        self.run_with(&[], arguments, input)
    }

    fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str], input: &[u8]) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(arguments)
            .env("DATELINE_DATA_DIR", self.library())
            .env("XDG_CONFIG_HOME", self.0.path())
            .env_remove("DATELINE_CONFIG")
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that ends before it has read all is judged by what it says.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    /// Runs, expects success and returns standard output.
    fn well(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", err(&output));
        out(&output).to_owned()
    }

    fn records(&self) -> Vec<Value> {
        self.well(&["list", "--json"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A site with a page that names its feeds.
fn site() -> Server {
    Server::new(|asked| match asked.path.as_str() {
        "/" => reply(
            "200 OK",
            &[("Content-Type", "text/html")],
            b"<html><head><link rel=alternate type=application/rss+xml title='Comments' href=/comments.xml>\
              <link rel=alternate type=application/rss+xml title='News' href=/news.xml></head><body>x</body></html>",
        ),
        "/bare" => reply("200 OK", &[("Content-Type", "text/html")], b"<html><body>x</body></html>"),
        "/news.xml" | "/comments.xml" | "/rss" => feed(&[("a", "one"), ("b", "two")]),
        _ => reply("404 Not Found", &[("Content-Type", "text/html")], b"<html>no</html>"),
    })
}

#[test]
fn a_site_is_subscribed_to_by_its_page() {
    let (home, server) = (Home::new(), site());
    let told = home.well(&["add", &server.host(), "--folder", "World/Asia", "--title", "Mine"]);
    assert!(told.contains("added: Mine") && told.contains("/news.xml") && told.contains("2 new articles"), "{told}");
    assert!(told.contains("/comments.xml"), "the others are told: {told}");
    let records = home.records();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["folder"], serde_json::json!(["World", "Asia"]));
    assert_eq!((&records[0]["title"], &records[0]["unread"]), (&"Mine".into(), &2.into()));
    let shown = home.well(&["list"]);
    assert!(shown.contains("World/\n  Asia/\n") && shown.contains("2/2  Mine"), "{shown}");
    assert!(home.well(&["add", &server.url("/news.xml")]).contains("already there"));
}

#[test]
fn a_page_that_names_no_feed_is_asked_where_feeds_usually_are() {
    let (home, server) = (Home::new(), site());
    assert!(home.well(&["add", &server.url("/bare")]).contains("/rss"));
}

#[test]
fn what_cannot_be_subscribed_to_is_told_with_what_to_do() {
    let home = Home::new();
    let server = Server::new(|asked| match asked.path.as_str() {
        "/image" => reply("200 OK", &[("Content-Type", "image/png")], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        _ => reply("404 Not \x1b]0;PWN\x07 Found", &[], b"\x1b[2J"),
    });
    for address in
        [&server.url("/gone"), &server.url("/image"), "exec:touch /tmp/x", "no such thing", "./no-file.xml"]
    {
        let output = home.run(&["add", address], b"");
        assert_eq!(output.status.code(), Some(1), "{address}");
        assert!(err(&output).starts_with("dateline: ") && !err(&output).contains('\u{1b}'), "{}", err(&output));
        assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
    }
    assert!(home.records().is_empty());
}

#[test]
fn passwords_in_addresses_are_kept_but_not_told() {
    let (home, server) = (Home::new(), site());
    let secret = |path: &str| server.url(path).replace("://", "://me:hunter2@");
    let mut told = home.well(&["add", &secret("/news.xml")]);
    assert!(told.contains("://me:…@127.0.0.1"), "{told}");
    told.push_str(&home.well(&["list"]));
    for arguments in [
        &["add", &secret("/gone")][..],
        &["add", "http://me:hunter2@:99/"],
        &["add", "http://me:hunter2/x@host/"],
        &["remove", &secret("/other")],
        &["refresh"],
    ] {
        let output = home.run(arguments, b"");
        told.push_str(out(&output));
        told.push_str(err(&output));
    }
    assert!(!told.contains("hunter2"), "{told}");
    assert_eq!(home.records()[0]["url"], secret("/news.xml").as_str(), "records are for programs");
    assert!(home.well(&["export"]).contains("hunter2"), "a copy of the list is of use elsewhere");
    assert!(!home.well(&["remove", &secret("/news.xml")]).contains("hunter2"));
}

/// A SOCKS 5 proxy for one connection, which it answers with a feed; tells what host it was asked for.
fn socks() -> (u16, std::thread::JoinHandle<String>) {
    use std::io::Read;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = move || {
        let (mut stream, _) = listener.accept().unwrap();
        let read = |stream: &mut std::net::TcpStream, count: usize| {
            let mut bytes = vec![0; count];
            stream.read_exact(&mut bytes).unwrap();
            bytes
        };
        let greeting = read(&mut stream, 2);
        read(&mut stream, usize::from(greeting[1]));
        stream.write_all(&[5, 0]).unwrap();
        let asked = read(&mut stream, 5);
        let host = match asked[3] {
            3 => String::from_utf8(read(&mut stream, usize::from(asked[4]))).unwrap(),
            kind => panic!("an address of kind {kind}: the name was looked up here"),
        };
        read(&mut stream, 2);
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let body = rss(&[("a", "one")]);
        stream.write_all(&whole("200 OK", &[], body.as_bytes(), body.len())).unwrap();
        host
    };
    (port, std::thread::spawn(serve))
}

#[test]
fn a_socks5h_proxy_is_asked_for_names_which_nobody_else_learns() {
    let home = Home::new();
    let (port, proxy) = socks();
    let address = format!("socks5h://127.0.0.1:{port}");
    let variables = [("ALL_PROXY", address.as_str()), ("all_proxy", &address), ("NO_PROXY", ""), ("no_proxy", "")];
    // No name server knows a name like this.
    let output = home.run_with(&variables, &["add", "http://feeds.invalid/news.xml"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(proxy.join().unwrap(), "feeds.invalid");
}

#[test]
fn a_file_of_ones_own_is_a_feed_too() {
    let home = Home::new();
    let file = home.0.path().join("own.xml");
    fs::write(&file, rss(&[("a", "x")])).unwrap();
    assert!(home.well(&["add", file.to_str().unwrap()]).contains("1 new article,"));
    assert!(home.well(&["refresh"]).contains("unchanged"));
    fs::write(&file, rss(&[("a", "x"), ("b", "longer")])).unwrap();
    assert!(home.well(&["refresh"]).contains("The Example: 1 new"));
}

#[test]
fn a_refresh_tells_of_every_feed_in_lines_or_json() {
    let home = Home::new();
    let server = Server::new(|asked| match (asked.path.as_str(), asked.before) {
        ("/bad", 1..) => reply("503 X", &[], b""),
        ("/same", _) if asked.header("if-none-match").is_some() => reply("304 Not Modified", &[], b""),
        ("/same", _) => reply("200 OK", &[("ETag", "\"1\"")], rss(&[]).replace("The Example", "Same").as_bytes()),
        ("/bad", _) => reply("200 OK", &[], rss(&[]).replace("The Example", "Bad").as_bytes()),
        (_, before) => feed(&[("a", "x"), ("b", "y")][..before.min(2)]),
    });
    home.well(&["add", &server.url("/good"), &server.url("/same"), &server.url("/bad")]);
    let output = home.run(&["refresh"], b"");
    assert_eq!(output.status.code(), Some(1));
    let mut lines: Vec<&str> = out(&output).lines().collect();
    assert_eq!(lines.pop(), Some("3 feeds, 1 new article, 0 changed, 1 failed"));
    lines.sort_unstable();
    assert_eq!(lines, ["Same: unchanged", "The Example: 1 new"]);
    assert!(err(&output).contains("503") && err(&output).contains("Bad"), "{}", err(&output));
    let quiet = home.run(&["refresh", "--quiet"], b"");
    assert_eq!((quiet.status.code(), out(&quiet), err(&quiet).lines().count()), (Some(1), "", 1));
    let json = home.run(&["refresh", "--json", "--jobs", "1"], b"");
    let records: Vec<Value> = out(&json).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let results: Vec<&Value> = records.iter().map(|record| &record["result"]).collect();
    assert_eq!(
        results,
        ["read", "unchanged", "failed"].map(Value::from).iter().chain([&Value::Null]).collect::<Vec<_>>()
    );
    assert!(records[2]["problem"].as_str().unwrap().contains("503"));
    assert_eq!(records[3]["summary"]["failed"], 1);
    let one = home.run(&["refresh", "same"], b"");
    assert_eq!(out(&one).lines().count(), 2);
    let unknown = home.run(&["refresh", "nothing"], b"");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(home.well(&["list"]).contains("! the server is in trouble (503)"));
}

#[test]
fn a_second_refresh_says_so_and_leaves_the_work_to_the_first() {
    let (home, server) = (Home::new(), site());
    home.well(&["add", &server.url("/rss")]);
    let _lock = RefreshLock::take(&home.library()).unwrap().unwrap();
    let output = home.run(&["refresh"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("another dateline"), "{}", err(&output));
}

#[test]
fn feeds_are_moved_renamed_and_removed() {
    let (home, server) = (Home::new(), site());
    home.well(&["add", &server.url("/rss"), &server.url("/news.xml")]);
    let id = home.records()[0]["id"].to_string();
    assert!(home.well(&["move", &id, "--to", "A/B"]).contains("to A/B"));
    assert!(home.well(&["rename", &id, "Other"]).contains("Other"));
    let records = home.records();
    let named = records.iter().find(|record| record["title"] == "Other").unwrap();
    assert_eq!(named["folder"], serde_json::json!(["A", "B"]));
    assert!(home.well(&["remove", "other"]).contains("2 articles"));
    assert_eq!(home.records().len(), 1);
    let output = home.run(&["remove", "other"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("dateline list"));
}

const OPML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>dateline</title>
  </head>
  <body>
    <outline text="World">
      <outline type="rss" text="A &amp; B" xmlUrl="https://a.test/?x=1&amp;y=2" htmlUrl="https://a.test/" category="/x"/>
    </outline>
    <outline text="Plain" type="rss" xmlUrl="https://c.test/"/>
  </body>
</opml>
"#;

#[test]
fn lists_come_in_and_go_out_without_loss() {
    let home = Home::new();
    let output = home.run(&["import", "-"], OPML.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("2 feeds imported"));
    assert_eq!(home.well(&["export"]), OPML);
    let file = home.0.path().join("list.opml");
    home.well(&["export", file.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&file).unwrap(), OPML);
    assert!(home.well(&["import", file.to_str().unwrap()]).contains("2 already there"));
    assert_eq!(
        fs::read_dir(home.0.path()).unwrap().filter(|entry| part(entry.as_ref().unwrap().path().as_path())).count(),
        0
    );
}

fn part(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "part")
}

#[test]
fn lists_never_bring_a_command() {
    let home = Home::new();
    let proof = home.0.path().join("proof");
    let touch = format!("touch {}", proof.display());
    let opml = format!(
        "<opml><outline text='a' xmlUrl='exec:{touch}'/><outline text='b' xmlUrl='|{touch}'/>\
         <outline text='c' xmlUrl='filter:{touch}:http://127.0.0.1:9/'/><outline text='d' xmlUrl='file:///etc/hostname'/>\
         <outline text='e' xmlUrl='http://127.0.0.1:9/' filtercmd='{touch}'/></opml>"
    );
    let urls =
        format!("https://x.invalid/ tag\nexec:{touch}\nfilter:{touch}:http://127.0.0.1:9/\n|{touch}\nquery:A:b\n");
    for list in [&opml, &urls] {
        let output = home.run(&["import", "-"], list.as_bytes());
        assert_eq!(output.status.code(), Some(0));
        assert!(err(&output).contains("it would run a command"), "{}", err(&output));
    }
    let _ = home.run(&["refresh"], b"");
    assert!(!proof.exists());
    let addresses: Vec<String> =
        home.records().iter().map(|record| record["url"].as_str().unwrap().to_owned()).collect();
    assert_eq!(addresses.len(), 2, "{addresses:?}");
    assert!(!home.well(&["export"]).contains("touch"));
    for nonsense in [&b"<html>no</html>"[..], b"", b"<opml><outline xmlUrl='http"] {
        let output = home.run(&["import", "-"], nonsense);
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).starts_with("dateline: -: "), "{}", err(&output));
    }
}

#[test]
fn pages_of_the_web_are_read_and_kept() {
    let text = "The minister said on Monday that the bridge would be closed until the spring. ".repeat(8);
    let page = format!(
        "<html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1><p>{text}</p><p>{text}</p></article></body></html>"
    );
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/story" => reply("200 OK", &[("Content-Type", "text/html; charset=utf-8")], page.as_bytes()),
        "/film" => reply("200 OK", &[("Content-Type", "video/mp4")], b"\0\0"),
        _ => Reply::Raw(b"HTTP/1.1 404 Not Found\r\n\r\n".to_vec()),
    });
    let home = Home::new();
    let printed = home.well(&["print", &server.url("/story")]);
    assert!(printed.contains("closed until the") && printed.contains("Bridge closed"), "{printed}");
    assert!(home.well(&["add", "--article", &server.url("/story")]).contains("kept: Bridge closed"));
    for path in ["/film", "/none"] {
        let output = home.run(&["print", &server.url(path)], b"");
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
    }
    let kept = dateline::store::Store::open(&home.library()).unwrap();
    assert_eq!(kept.counts(jiff::Timestamp::now()).unwrap().saved, 1);
}

#[test]
fn the_configuration_says_how_feeds_are_asked() {
    let home = Home::new();
    let server = Server::new(|asked| match asked.header("authorization") {
        Some("Basic bWU6czNjcmV0") if asked.header("user-agent") == Some("mine/2") => feed(&[("a", "x")]),
        _ => reply("401 Unauthorized", &[], b""),
    });
    let secret = home.0.path().join("secret");
    fs::write(&secret, "s3cret\n").unwrap();
    let config = format!(
        "[refresh]\nuser-agent = \"mine/2\"\n[[feed]]\nurl = \"{}\"\nuser = \"me\"\npassword-file = '{}'\n",
        server.url("/feed"),
        secret.display()
    );
    let refused = home.run(&["add", &server.url("/feed")], b"");
    assert!(err(&refused).contains("user and password"), "{}", err(&refused));
    fs::create_dir_all(home.0.path().join("dateline")).unwrap();
    fs::write(home.0.path().join("dateline/config.toml"), config).unwrap();
    home.well(&["add", &server.url("/feed")]);
    assert!(home.well(&["refresh"]).contains("1 feed, 0 new articles"));
}
