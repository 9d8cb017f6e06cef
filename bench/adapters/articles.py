"""Pages of the web as they were fetched; `dateline ingest pages` writes what the scorer reads."""
import base64
import json
import tarfile

KIND = "pages"


def rows(file):
    """The pages of an archive with their addresses, without its gold."""
    with tarfile.open(file) as archive:
        files = {member.name: archive.extractfile(member).read() for member in archive if member.isfile()}
    for gold in map(json.loads, files["gold.jsonl"].decode().splitlines()):
        given = {key: gold[key] for key in ("id", "url", "content_type") if gold.get(key) is not None}
        yield {**given, "bytes_b64": base64.b64encode(files[gold["page"]]).decode()}


def case(row):
    return row
