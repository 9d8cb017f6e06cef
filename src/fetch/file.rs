//! Files that the user named by a `file:` address, read with the limits of the network.

use std::fs::File;
use std::io::Read;
use std::time::UNIX_EPOCH;

use url::Url;

use super::{Body, FetchError, Fresh, Outcome, Request};

/// Reads the file of `url`, unless it is as it was.
pub(super) fn read(url: &Url, request: &Request, limit: u64) -> Result<Outcome, FetchError> {
    let path = url.to_file_path().map_err(|()| FetchError::BadAddress {
        address: url.to_string(),
        why: "it names a file of another computer".to_owned(),
    })?;
    let failed = |why: String| FetchError::File { path: path.display().to_string(), why };
    // Before it is opened: opening a pipe waits for its writer.
    let before = std::fs::metadata(&path).map_err(|error| failed(error.to_string()))?;
    if !before.is_file() {
        return Err(failed("no plain file; name one that holds a feed or a page".to_owned()));
    }
    let changed = before.modified().ok().and_then(|moment| moment.duration_since(UNIX_EPOCH).ok());
    let etag = changed.map(|since| format!("{}-{}", before.len(), since.as_nanos()));
    if etag.is_some() && etag.as_deref() == request.etag {
        return Ok(Outcome::NotModified { fresh: Fresh { etag, ..Fresh::default() } });
    }
    let file = File::open(&path).map_err(|error| failed(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err(FetchError::TooLarge { limit });
    }
    Ok(Outcome::Body(Box::new(Body {
        bytes,
        url: url.clone(),
        moved_to: None,
        lost_encryption: false,
        content_type: None,
        content_location: None,
        content_language: None,
        fresh: Fresh { etag, ..Fresh::default() },
    })))
}
