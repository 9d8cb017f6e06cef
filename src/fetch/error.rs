//! What can go wrong on the way to an answer, in the user's words, with what to do about it.

use std::time::Duration;

use jiff::Timestamp;

use crate::text::masked;

/// What kept an address from being read. The message may quote foreign text: clean it before showing it.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// What is written is no address.
    #[error("\"{}\" is no address ({why}); write it as https://example.org/feed.xml", short(address))]
    BadAddress {
        /// As written.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// Neither `http:` nor `https:`.
    #[error("{}: addresses are not fetched; only http:, https: and files that you name are", short(scheme))]
    OtherScheme {
        /// As written, without colon.
        scheme: String,
    },
    /// Somebody else than the user named a host of this computer or the local network.
    #[error(
        "{} is in a local network, and it was named by a server, not by you; if you trust it, add that address itself",
        short(host)
    )]
    Local {
        /// Which.
        host: String,
    },
    /// A server or a feed named a file.
    #[error("the server named a file of this computer; that is never followed")]
    LocalFile,
    /// The name of the host has no address.
    #[error("the host {} cannot be found; check the spelling, or whether this computer is online", short(host))]
    UnknownHost {
        /// Which.
        host: String,
    },
    /// Nothing listens there.
    #[error("{} refuses connections; its server may be down, or the port is wrong", short(host))]
    Refused {
        /// Which, with its port if that is not the usual one.
        host: String,
    },
    /// The connection could not be made or broke off.
    #[error("the connection to {} failed ({why}); try again later", short(host))]
    Connection {
        /// Which.
        host: String,
        /// The system's words.
        why: String,
    },
    /// The server's identity could not be proved, or encryption failed.
    #[error("no safe connection to {} ({why}); if this lasts, its operator has to mend it", short(host))]
    Tls {
        /// Which.
        host: String,
        /// What failed.
        why: String,
    },
    /// It took too long.
    #[error("{} took longer than {} s ({stage}); try again later, or raise timeout under [refresh]", short(host), limit.as_secs_f32())]
    Timeout {
        /// Which.
        host: String,
        /// What was being done.
        stage: &'static str,
        /// The limit.
        limit: Duration,
    },
    /// More than the limit of header lines.
    #[error("{} sent headers without end; its operator has to mend it", short(host))]
    Headers {
        /// Which.
        host: String,
    },
    /// The answer is larger than the limit.
    #[error("the answer is larger than {} MiB; if you want it, raise max-size under [refresh]", limit >> 20)]
    TooLarge {
        /// Bytes.
        limit: u64,
    },
    /// The answer unpacks to so much more than was sent that it can only be meant to do harm.
    #[error("the answer unpacks to more than {ratio} times its size; nothing of it was kept")]
    Bomb {
        /// The limit.
        ratio: u64,
    },
    /// The answer ended before its end.
    #[error("the answer was cut off; try again later")]
    CutOff,
    /// The answer cannot be unpacked.
    #[error("the answer cannot be unpacked ({}: {why}); its operator has to mend it", short(coding))]
    Coding {
        /// The coding its server says it has.
        coding: String,
        /// What is wrong.
        why: String,
    },
    /// Sent on and on.
    #[error("sent on more than {limit} times, probably in a circle; look for a new address on the site")]
    Redirects {
        /// The limit.
        limit: usize,
    },
    /// Sent on to nowhere.
    #[error(
        "the server sends on, but to no address that can be fetched ({}); look for a new address on the site",
        short(to)
    )]
    BadRedirect {
        /// Where to, as written.
        to: String,
    },
    /// What came is not HTTP.
    #[error("{} does not answer as a web server does ({why}); check the address and the port", short(host))]
    NotHttp {
        /// Which.
        host: String,
        /// What is wrong.
        why: String,
    },
    /// The proxy of the environment.
    #[error("the proxy does not work ({why}); check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY in the environment")]
    Proxy {
        /// What is wrong.
        why: String,
    },
    /// The server answers that it will not.
    #[error("{}", status_words(*code, wait.as_ref()))]
    Status {
        /// The HTTP status.
        code: u16,
        /// When it says to come back.
        wait: Option<Wait>,
    },
    /// A file could not be read.
    #[error("{path}: {why}")]
    File {
        /// Which.
        path: String,
        /// Why.
        why: String,
    },
    /// A header that the configuration gives cannot be sent.
    #[error(
        "the header {} cannot be sent: names are letters, digits and hyphens, values one line; see [[feed]] in the configuration",
        short(name)
    )]
    BadHeader {
        /// Its name.
        name: String,
    },
    /// The user stopped it.
    #[error("stopped")]
    Stopped,
}

/// When a server says to come back (`Retry-After`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// So much later than it said so.
    For(Duration),
    /// Not before this moment.
    Until(Timestamp),
}

impl Wait {
    /// The moment, for an answer that came at `now`.
    pub fn from(self, now: Timestamp) -> Timestamp {
        match self {
            Wait::For(time) => {
                let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
                now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
            }
            Wait::Until(moment) => moment,
        }
    }
}

fn status_words(code: u16, wait: Option<&Wait>) -> String {
    let words = match code {
        400 => "the server does not understand the request (400); check the address",
        401 => "a user and password are wanted (401); give them in a [[feed]] of the configuration",
        402 => "payment is wanted (402); look at the site",
        403 => {
            "access is forbidden (403); the site may block readers, or want a login: see [[feed]] in the configuration"
        }
        404 => "there is nothing at this address (404); look for a new one on the site",
        406 => "the server has nothing that a reader takes (406); look for another address on the site",
        407 => "the proxy wants a user and password (407); put them into the proxy's address in the environment",
        410 => "nothing is there any more, the server says (410); look for a new address on the site",
        429 => "the server has been asked too often (429)",
        451 => "withheld for legal reasons (451)",
        304 => "the server says that nothing changed, though it was not asked that (304); try again later",
        500 | 502 | 503 | 504 | 520..=530 => "",
        _ if (400..500).contains(&code) => "the server refuses",
        _ => "the server gives no usable answer",
    };
    let words = match words {
        "" => format!("the server is in trouble ({code})"),
        words if words.ends_with(')') || words.contains('(') => words.to_owned(),
        words => format!("{words} ({code})"),
    };
    match (code, wait) {
        (429, _) | (_, Some(_)) => format!("{words}; it is left alone for a while"),
        (500..=599, None) => format!("{words}; try again later"),
        _ => words,
    }
}

/// Enough of a foreign text to know it by.
fn short(text: &str) -> String {
    const MOST: usize = 200;
    let text = masked(text);
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_says_its_number_and_what_to_do() {
        for code in [301, 400, 401, 403, 404, 410, 418, 429, 500, 503, 999] {
            let words = FetchError::Status { code, wait: None }.to_string();
            assert!(words.contains(&code.to_string()), "{words}");
        }
        assert!(
            FetchError::Status { code: 503, wait: Some(Wait::For(Duration::from_secs(9))) }
                .to_string()
                .contains("left alone")
        );
        assert!(FetchError::Status { code: 503, wait: None }.to_string().contains("try again later"));
    }

    #[test]
    fn long_foreign_texts_are_cut() {
        let error = FetchError::BadAddress { address: "x".repeat(10_000), why: "no".into() };
        assert!(error.to_string().len() < 400);
    }

    #[test]
    fn waiting_for_ever_does_not_overflow() {
        assert_eq!(Wait::For(Duration::MAX).from(Timestamp::UNIX_EPOCH), Timestamp::MAX);
    }
}
