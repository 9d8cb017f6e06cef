//! Undoing `Content-Encoding`, with limits on what comes out.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};

use super::FetchError;

/// So much may come out whatever went in.
const FREE: u64 = 1 << 20;
/// Past that, at most so many times what went in.
pub(super) const RATIO: u64 = 200;
/// Codings on top of each other.
const MOST_CODINGS: usize = 4;
/// The largest window that a zstd frame may ask for (RFC 9659 asks clients to take 8 MiB).
const ZSTD_WINDOW_LOG: u32 = 23;

/// The bytes that `raw` stands for: `codings` are the values of `Content-Encoding`, in the order they were applied. What
/// is not packed though its server says so is taken as it is, and what is packed with gzip though it says nothing is
/// unpacked.
pub(super) fn decode(raw: Vec<u8>, codings: &str, limit: u64) -> Result<Vec<u8>, FetchError> {
    let mut names: Vec<&str> = codings.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    names.retain(|name| !name.eq_ignore_ascii_case("identity") && !name.eq_ignore_ascii_case("aws-chunked"));
    if names.len() > MOST_CODINGS {
        return Err(FetchError::Coding { coding: codings.to_owned(), why: "packed too many times".into() });
    }
    if names.is_empty() && raw.starts_with(GZIP) {
        names.push("gzip");
    }
    if names.is_empty() || raw.is_empty() {
        return Ok(raw);
    }
    let sent = raw.len() as u64;
    let mut reader: Box<dyn BufRead + '_> = Box::new(&raw[..]);
    for name in names.iter().rev() {
        let inner = unpacked(reader, name).map_err(|why| wrong(name, &why))?;
        reader = Box::new(BufReader::with_capacity(64 << 10, Bounded { inner, sent, given: 0, limit }));
    }
    let mut bytes = Vec::with_capacity((raw.len() * 4).min(4 << 20));
    match reader.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        // Not packed at all.
        Err(_) if bytes.is_empty() && is_text(&raw) => {
            drop(reader);
            Ok(raw)
        }
        Err(error) => Err(wrong(names.last().unwrap_or(&""), &error)),
    }
}

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Whether `raw` can only be text: markup or JSON.
fn is_text(raw: &[u8]) -> bool {
    let text = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    matches!(text.trim_ascii_start().first(), Some(b'<' | b'{' | b'['))
}

fn unpacked<'a>(mut inner: Box<dyn BufRead + 'a>, name: &str) -> io::Result<Box<dyn Read + 'a>> {
    let begins = |start: &[u8], inner: &mut Box<dyn BufRead + 'a>| -> io::Result<bool> {
        Ok(inner.fill_buf()?.starts_with(start))
    };
    Ok(match name.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if begins(GZIP, &mut inner)? => Box::new(Members { now: Some(GzDecoder::new(inner)) }),
        "gzip" | "x-gzip" => inner,
        "deflate" => match inner.fill_buf()? {
            // RFC 9110 means zlib's format; what many send is the bare stream.
            [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0 => {
                Box::new(ZlibDecoder::new(inner))
            }
            head if is_text(head) => inner,
            _ => Box::new(DeflateDecoder::new(inner)),
        },
        "br" => Box::new(brotli_decompressor::Decompressor::new(inner, 4096)),
        "zstd" if begins(ZSTD, &mut inner)? => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(inner)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            Box::new(decoder)
        }
        "zstd" => inner,
        _ => return Err(io::Error::new(io::ErrorKind::Unsupported, "a coding that was not asked for")),
    })
}

/// All members of a gzip stream; what follows them is padding.
struct Members<R: BufRead> {
    now: Option<GzDecoder<R>>,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.now {
            let count = decoder.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let Some(mut rest) = self.now.take().map(GzDecoder::into_inner) else { break };
            if rest.fill_buf()?.starts_with(GZIP) {
                self.now = Some(GzDecoder::new(rest));
            }
        }
        Ok(0)
    }
}

/// Ends with an error once more comes out than may.
struct Bounded<R> {
    inner: R,
    sent: u64,
    given: u64,
    limit: u64,
}

/// What [`Bounded`] ends with.
#[derive(Debug, thiserror::Error)]
enum Past {
    #[error("too large")]
    Limit(u64),
    #[error("unpacks to too much")]
    Ratio,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        if self.given > self.limit {
            return Err(io::Error::other(Past::Limit(self.limit)));
        }
        if self.given > FREE && self.given / RATIO > self.sent {
            return Err(io::Error::other(Past::Ratio));
        }
        Ok(count)
    }
}

fn wrong(coding: &str, error: &io::Error) -> FetchError {
    match past(error) {
        Some(Past::Limit(limit)) => FetchError::TooLarge { limit: *limit },
        Some(Past::Ratio) => FetchError::Bomb { ratio: RATIO },
        None if error.kind() == io::ErrorKind::UnexpectedEof => FetchError::CutOff,
        None => FetchError::Coding { coding: coding.to_owned(), why: error.to_string() },
    }
}

/// The limit that `error` tells of, however deep an unpacker wrapped it.
fn past(error: &io::Error) -> Option<&Past> {
    let inner = error.get_ref()?;
    inner.downcast_ref::<Past>().or_else(|| inner.downcast_ref::<io::Error>().and_then(past))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"<rss version=\"2.0\"><channel><title>Word by word</title></channel></rss>";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn bare(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// A brotli stream of one uncompressed metablock (RFC 7932, 9.2).
    fn brotli(bytes: &[u8]) -> Vec<u8> {
        // WBITS 16 (0), ISLAST 0, MNIBBLES 4 (00), MLEN − 1 in 16 bits, ISUNCOMPRESSED 1; then the last, empty metablock.
        let header = u32::try_from(bytes.len() - 1).unwrap() << 4 | 1 << 20;
        let mut stream = header.to_le_bytes()[..3].to_vec();
        stream.extend(bytes);
        stream.push(0b11);
        stream
    }

    const MOST: u64 = 32 << 20;

    #[test]
    fn every_coding_is_undone_also_one_on_another() {
        let zstd = |bytes: &[u8]| zstd::stream::encode_all(bytes, 3).unwrap();
        for (packed, codings) in [
            (TEXT.to_vec(), ""),
            (TEXT.to_vec(), "identity"),
            (gzip(TEXT), "gzip"),
            (gzip(TEXT), "X-GZIP"),
            (zlib(TEXT), "deflate"),
            (bare(TEXT), "deflate"),
            (brotli(TEXT), "br"),
            (zstd(TEXT), "zstd"),
            (gzip(&brotli(TEXT)), "br, gzip"),
            (zstd(&gzip(&zlib(TEXT))), "deflate,gzip , zstd"),
        ] {
            assert_eq!(decode(packed, codings, MOST).unwrap(), TEXT, "{codings}");
        }
    }

    #[test]
    fn what_its_server_says_wrongly_is_read_all_the_same() {
        for codings in ["gzip", "deflate", "br", "zstd"] {
            assert_eq!(decode(TEXT.to_vec(), codings, MOST).unwrap(), TEXT, "{codings}");
        }
        assert_eq!(decode(gzip(TEXT), "", MOST).unwrap(), TEXT);
    }

    #[test]
    fn members_of_gzip_are_joined_and_padding_is_left() {
        let mut packed = gzip(&TEXT[..20]);
        packed.extend(gzip(&TEXT[20..]));
        packed.extend([0; 100]);
        assert_eq!(decode(packed, "gzip", MOST).unwrap(), TEXT);
    }

    #[test]
    fn bombs_end_at_the_limits() {
        let zeros = vec![b' '; 8 << 20];
        for (packed, codings) in [
            (gzip(&zeros), "gzip"),
            (zlib(&zeros), "deflate"),
            (zstd::stream::encode_all(&zeros[..], 3).unwrap(), "zstd"),
            (gzip(&gzip(&zeros)), "gzip, gzip"),
        ] {
            let error = decode(packed, codings, MOST).unwrap_err();
            assert!(matches!(error, FetchError::Bomb { .. }), "{codings}: {error}");
        }
        let error = decode(gzip(&TEXT.repeat(100)), "gzip", 1000).unwrap_err();
        assert!(matches!(error, FetchError::TooLarge { limit: 1000 }), "{error}");
    }

    #[test]
    fn what_is_cut_off_or_damaged_is_not_taken_for_whole() {
        let whole = gzip(&TEXT.repeat(50));
        for packed in [&whole[..whole.len() - 20], &whole[..whole.len() - 4]] {
            let error = decode(packed.to_vec(), "gzip", MOST).unwrap_err();
            assert!(matches!(error, FetchError::CutOff), "{error}");
        }
        let mut damaged = whole;
        damaged[30] ^= 0xff;
        assert!(decode(damaged, "gzip", MOST).is_err());
        assert!(decode(b"\x01\x02".to_vec(), "compress", MOST).is_err());
        assert!(decode(gzip(TEXT), "gzip,gzip,gzip,gzip,gzip", MOST).is_err());
    }
}
