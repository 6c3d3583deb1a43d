"""Turns whatever came back into words that can be searched: pages, JSON, PDF, workbooks, documents, archives, mails."""

import html
import io
import re
import zipfile
from email import message_from_bytes, policy

import redis
from pypdf import PdfReader
from pypdf.errors import PdfReadError

ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def words_of(content: bytes) -> str:
    """Give the words of a response or a part of an archive, whatever its kind."""
    if content.startswith(b"%PDF-"):
        return pdf_words(content)
    if content.startswith(b"PK\x03\x04"):
        return archive_words(content)
    return plain(content.decode("utf-8", errors="replace"))


def plain(text: str) -> str:
    """Undo the escapes of HTML, XML and JSON."""
    return html.unescape(ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))


def pdf_words(content: bytes) -> str:
    """Give the text of a PDF without the breaks of its lines, and what stands in its description."""
    try:
        reader = PdfReader(io.BytesIO(content))
    except PdfReadError:  # some small papers of the tests only begin like one
        return plain(content.decode("utf-8", errors="replace"))
    text = "".join(page.extract_text() for page in reader.pages)
    return "".join(text.split()) + str(dict(reader.metadata or {}))


def archive_words(content: bytes) -> str:
    """Give the words of all parts of a workbook, a document or an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(f"{name}\n{words_of(archive.read(name))}" for name in archive.namelist())


def mail_words(message: object) -> str:
    """Give a mail as its reader sees it: headers and parts, decoded."""
    read = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    parts = [part.get_content() for part in read.walk() if part.get_content_maintype() == "text"]
    return plain("\n".join([*(str(value) for value in read.values()), *parts]))


def words_held(server: redis.Redis) -> list[str]:
    """Give the words of every key and value a Redis server holds."""
    read = {
        b"string": lambda key: [server.get(key)],
        b"list": lambda key: server.lrange(key, 0, -1),
        b"set": lambda key: list(server.smembers(key)),
        b"zset": lambda key: server.zrange(key, 0, -1),
        b"hash": lambda key: [part for pair in server.hgetall(key).items() for part in pair],
    }
    held = []
    for key in server.scan_iter("*"):
        values = read.get(server.type(key), lambda key: [])(key)
        held.append(words_of(b" ".join([key, *values])))
    return held
