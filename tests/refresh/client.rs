//! One question and its answer.

use std::io::Write;
use std::time::Duration;

use dateline::fetch::{Body, Client, FetchError, Login, Named, Outcome, Request, Settings, Wait};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::server::{Reply, Server, feed, reply, rss, to, whole};

fn client(settings: Settings) -> Client {
    Client::new(settings).unwrap()
}

fn get(url: &str) -> Result<Body, FetchError> {
    got(client(Settings::default()).get(&Request::new(url, Named::ByUser, Request::FEED)))
}

fn got(outcome: Result<Outcome, FetchError>) -> Result<Body, FetchError> {
    match outcome? {
        Outcome::Body(body) => Ok(*body),
        other => panic!("{other:?}"),
    }
}

/// Gives up soon.
fn hasty() -> Settings {
    Settings { total: Duration::from_millis(700), idle: Duration::from_millis(300), ..Settings::default() }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_question_says_who_asks_and_nothing_else_of_the_user() {
    let server = Server::new(|_| reply("200 OK", &[("Set-Cookie", "a=b"), ("ETag", "\"1\"")], b"x"));
    let client = client(Settings::default());
    for _ in 0..2 {
        client.get(&Request::new(&server.url("/a?b#c"), Named::ByUser, Request::FEED)).unwrap();
    }
    for asked in server.asked() {
        assert_eq!(asked.path, "/a?b");
        assert!(asked.header("user-agent").unwrap().starts_with("dateline/"));
        assert_eq!(asked.header("accept-encoding"), Some("gzip, deflate, br, zstd"));
        for absent in ["cookie", "referer", "authorization", "if-none-match", "from"] {
            assert_eq!(asked.header(absent), None, "{absent}");
        }
    }
}

#[test]
fn what_is_there_already_is_not_sent_again() {
    let server = Server::new(|asked| match asked.header("if-none-match") {
        Some("\"v1\"") if asked.header("if-modified-since") == Some("then") => {
            reply("304 Not Modified", &[("ETag", "\"v1\"")], b"")
        }
        _ => reply("200 OK", &[("ETag", "\"v1\""), ("Last-Modified", "then"), ("Cache-Control", "max-age=60")], b"x"),
    });
    let url = server.url("/");
    let first = get(&url).unwrap().fresh;
    assert_eq!((first.etag.as_deref(), first.last_modified.as_deref()), (Some("\"v1\""), Some("then")));
    assert_eq!(first.max_age, Some(Duration::from_secs(60)));
    let request = Request {
        etag: first.etag.as_deref(),
        last_modified: first.last_modified.as_deref(),
        ..Request::new(&url, Named::ByUser, Request::FEED)
    };
    assert!(matches!(client(Settings::default()).get(&request), Ok(Outcome::NotModified { .. })));
}

#[test]
fn only_a_chain_of_permanent_redirects_is_remembered() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/a" => to("301 Moved Permanently", "/b"),
        "/b" => to("308 Permanent Redirect", "/end"),
        "/c" => to("302 Found", "/b"),
        "/d" => to("301 Moved Permanently", "/c"),
        "/e" => to("307 Temporary Redirect", "end"),
        _ => reply("200 OK", &[], b"here"),
    });
    for (path, is_moved) in [("/a", true), ("/b", true), ("/c", false), ("/d", false), ("/e", false), ("/end", false)]
    {
        let body = get(&server.url(path)).unwrap();
        assert_eq!((body.bytes.as_slice(), body.url.as_str()), (&b"here"[..], server.url("/end").as_str()));
        assert_eq!(body.moved_to.is_some(), is_moved, "{path}");
    }
}

#[test]
fn redirects_end_and_lead_to_web_addresses_only() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/loop" => to("302 Found", "/loop"),
        "/file" => to("302 Found", "file:///etc/hostname"),
        "/gopher" => to("301 Moved Permanently", "gopher://127.0.0.1:25/x"),
        "/empty" => to("302 Found", ""),
        "/escape" => Reply::Raw(
            b"HTTP/1.1 302 Found\r\nLocation: http://\x1b]0;PWN\x07/\r\nContent-Length: 0\r\n\r\n".to_vec(),
        ),
        _ => reply("302 Found", &[], b""),
    });
    assert!(matches!(get(&server.url("/loop")), Err(FetchError::Redirects { limit: 10 })));
    assert_eq!(server.count("/loop"), 11);
    for path in ["/file", "/gopher", "/empty"] {
        assert!(matches!(get(&server.url(path)), Err(FetchError::BadRedirect { .. })), "{path}");
    }
    assert!(get(&server.url("/escape")).is_err());
    assert!(matches!(get(&server.url("/nowhere")), Err(FetchError::Status { code: 302, .. })));
}

#[test]
fn what_others_name_leads_to_no_local_network() {
    let server = Server::new(|_| reply("200 OK", &[], b"secret"));
    let port = server.host().rsplit_once(':').unwrap().1.to_owned();
    let client = client(Settings::default());
    for host in ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let url = format!("http://{host}:{port}/");
        let answer = client.get(&Request::new(&url, Named::ByOthers, Request::PAGE));
        assert!(matches!(answer, Err(FetchError::Local { .. })), "{url}: {answer:?}");
    }
    assert!(matches!(
        client.get(&Request::new("file:///etc/hostname", Named::ByOthers, Request::PAGE)),
        Err(FetchError::LocalFile)
    ));
    assert_eq!(server.asked().len(), 0);
}

#[test]
fn user_password_and_headers_stay_on_their_host() {
    let other = Server::new(|_| reply("200 OK", &[], b"x"));
    let elsewhere = other.url("/end");
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/away" => to("302 Found", &elsewhere),
        "/near" => to("302 Found", "/end"),
        _ => reply("200 OK", &[], b"x"),
    });
    let headers = [("X-Key".to_owned(), "1".to_owned())];
    let login = Login { user: "me".into(), password: "pässword".into() };
    let client = client(Settings::default());
    for path in ["/away", "/near"] {
        let url = server.url(path);
        let request =
            Request { login: Some(&login), headers: &headers, ..Request::new(&url, Named::ByUser, Request::FEED) };
        client.get(&request).unwrap();
    }
    for asked in server.asked() {
        assert_eq!(asked.header("authorization"), Some("Basic bWU6cMOkc3N3b3Jk"), "{}", asked.path);
        assert_eq!(asked.header("x-key"), Some("1"));
    }
    let away = &other.asked()[0];
    assert_eq!((away.header("authorization"), away.header("x-key")), (None, None));
    let in_address = server.url("/end").replace("http://", "http://u%40x:p@");
    get(&in_address).unwrap();
    assert_eq!(server.asked().last().unwrap().header("authorization"), Some("Basic dUB4OnA="));
}

#[test]
fn answers_that_do_not_come_end_in_time() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/silent" => Reply::Stall(Vec::new()),
        "/half" => Reply::Stall(whole("200 OK", &[], b"half", 8)),
        _ => Reply::Endless(whole("200 OK", &[], b"", 1 << 20), b"x".to_vec(), Duration::from_millis(50)),
    });
    for path in ["/silent", "/half", "/drip"] {
        let answer = client(hasty()).get(&Request::new(&server.url(path), Named::ByUser, Request::FEED));
        assert!(matches!(answer, Err(FetchError::Timeout { .. })), "{path}: {answer:?}");
    }
}

#[test]
fn answers_that_are_too_large_are_not_kept() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/said" => Reply::Stall(whole("200 OK", &[], b"", 1 << 40)),
        "/endless" => {
            let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
            Reply::Endless(head, vec![b'x'; 64 << 10], Duration::ZERO)
        }
        "/headers" => Reply::Endless(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'y'; 64 << 10], Duration::ZERO),
        "/bomb" => {
            let packed = gzip(&vec![b' '; 16 << 20]);
            reply("200 OK", &[("Content-Encoding", "gzip")], &packed)
        }
        _ => reply("200 OK", &[("Content-Encoding", "gzip")], &gzip(rss(&[]).repeat(4000).as_bytes())),
    });
    let small = Settings { body: 1 << 20, ..Settings::default() };
    let answer =
        |path: &str| client(small.clone()).get(&Request::new(&server.url(path), Named::ByUser, Request::FEED));
    assert!(matches!(answer("/said"), Err(FetchError::TooLarge { limit: 1_048_576 })));
    assert!(matches!(answer("/endless"), Err(FetchError::TooLarge { .. })));
    assert!(matches!(get(&server.url("/bomb")), Err(FetchError::Bomb { .. })));
    let headers = answer("/headers");
    assert!(headers.is_err(), "{headers:?}");
}

#[test]
fn what_is_cut_off_or_no_http_is_told() {
    let body = rss(&[("a", "text")]);
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/short" => Reply::Raw(whole("200 OK", &[], body.as_bytes(), body.len() + 100)),
        "/gzip" => {
            let packed = gzip(body.as_bytes());
            reply("200 OK", &[("Content-Encoding", "gzip")], &packed[..packed.len() - 20])
        }
        "/chunk" => Reply::Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n".to_vec()),
        "/garbage-chunk" => {
            Reply::Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n".to_vec())
        }
        "/overflow" => Reply::Raw(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nhello\r\n".to_vec(),
        ),
        _ => Reply::Raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec()),
    });
    for path in ["/short", "/gzip", "/chunk"] {
        let answer = get(&server.url(path));
        assert!(matches!(answer, Err(FetchError::CutOff)), "{path}: {answer:?}");
    }
    for path in ["/garbage-chunk", "/overflow", "/ssh"] {
        let answer = get(&server.url(path));
        assert!(answer.is_err(), "{path}: {answer:?}");
    }
}

#[test]
fn what_is_packed_otherwise_than_said_is_read() {
    let body = rss(&[("a", "text")]);
    let expected = body.clone();
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/plain-said-gzip" => reply("200 OK", &[("Content-Encoding", "gzip")], body.as_bytes()),
        "/gzip-said-plain" => reply("200 OK", &[], &gzip(body.as_bytes())),
        _ => reply(
            "200 OK",
            &[("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")],
            &gzip(&gzip(body.as_bytes())),
        ),
    });
    for path in ["/plain-said-gzip", "/gzip-said-plain", "/twice"] {
        assert_eq!(get(&server.url(path)).unwrap().bytes, expected.as_bytes(), "{path}");
    }
}

#[test]
fn statuses_are_told_with_their_meaning() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/429" => reply("429 X", &[("Retry-After", "120")], b""),
        "/gone" => reply("410 X", &[], b""),
        "/escape" => reply("500 \x1b]0;PWN\x07", &[], b"no"),
        path => reply(&format!("{} X", &path[1..]), &[], b"no"),
    });
    for code in [304_u16, 400, 401, 404, 500, 503, 999] {
        let error = get(&server.url(&format!("/{code}"))).unwrap_err();
        assert!(error.to_string().contains(&code.to_string()), "{error}");
    }
    assert!(!get(&server.url("/escape")).unwrap_err().to_string().contains('\u{1b}'));
    let wait = Some(Wait::For(Duration::from_secs(120)));
    assert!(matches!(get(&server.url("/429")), Err(FetchError::Status { code: 429, wait: found }) if found == wait));
    let gone = client(Settings::default()).get(&Request::new(&server.url("/gone"), Named::ByUser, Request::FEED));
    assert!(matches!(gone, Ok(Outcome::Gone)));
}

#[test]
fn servers_that_are_not_there_are_told() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    assert!(matches!(get(&format!("http://127.0.0.1:{port}/")), Err(FetchError::Refused { .. })));
    assert!(matches!(get("http://no-such-host.invalid/"), Err(FetchError::UnknownHost { .. })));
    // One that does not encrypt.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").unwrap();
        let _ = std::io::Read::read_to_end(&mut stream, &mut Vec::new());
    });
    let answer = get(&format!("https://127.0.0.1:{port}/"));
    assert!(matches!(answer, Err(FetchError::Tls { .. })), "{answer:?}");
}

#[test]
fn files_are_read_with_the_same_limits() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a feed.xml");
    std::fs::write(&file, "0123456789").unwrap();
    let url = url::Url::from_file_path(&file).unwrap().to_string();
    let body = get(&url).unwrap();
    assert_eq!(body.bytes, b"0123456789");
    let etag = body.fresh.etag;
    let again = Request { etag: etag.as_deref(), ..Request::new(&url, Named::ByUser, Request::FEED) };
    assert!(matches!(client(Settings::default()).get(&again), Ok(Outcome::NotModified { .. })));
    let small = Settings { body: 5, ..Settings::default() };
    assert!(matches!(
        client(small).get(&Request::new(&url, Named::ByUser, Request::FEED)),
        Err(FetchError::TooLarge { .. })
    ));
    let missing = url.replace("feed", "food");
    assert!(matches!(get(&missing), Err(FetchError::File { .. })));
    let folder_url = url::Url::from_file_path(folder.path()).unwrap().to_string();
    assert!(matches!(get(&folder_url), Err(FetchError::File { .. })));
}

#[test]
fn a_client_that_is_stopped_asks_no_more() {
    let server = Server::new(|_| feed(&[]));
    let client = client(Settings::default());
    client.stop();
    let answer = client.get(&Request::new(&server.url("/"), Named::ByUser, Request::FEED));
    assert!(matches!(answer, Err(FetchError::Stopped)));
    assert_eq!(server.asked().len(), 0);
}
