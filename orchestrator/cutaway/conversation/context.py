"""What a person sends, made safe to read: messages cleaned, files told apart, text cut into citable lines."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final, Literal

from cutaway.conversation.plan import ContextLine
from cutaway.errors import AttachmentError, MessageError

MAX_MESSAGE_CHARS: Final = 20_000
MAX_CONTEXT_BYTES: Final = 1_000_000
MAX_CONTEXT_LINES: Final = 2_000
MAX_LINE_CHARS: Final = 2_000

Kind = Literal["text", "image", "video"]

_TEXT_SUFFIXES: Final = frozenset({".md", ".markdown", ".txt", ".csv"})
_IMAGE_SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})
_VIDEO_SUFFIXES: Final = frozenset({".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".ogv", ".3gp"})
_ACCEPTED: Final = "Accepted are text (.md, .markdown, .txt, .csv) and pictures (.png, .jpg, .webp, .gif)."

# They reorder what is shown, so that text can look like something else than it is.
_BIDI_CONTROLS: Final = frozenset({*range(0x202A, 0x202F), *range(0x2066, 0x206A)})
_KEPT_CONTROLS: Final = frozenset("\n")

_MARKER: Final = re.compile(r"^\s{0,12}(?:#{1,6}(?:\s+|$)|>\s?|[-*+•](?:\s+\[[ xX]\])?(?:\s+|$)|\d{1,4}[.)]\s+)+")
_CLOSING_HASHES: Final = re.compile(r"\s+#+\s*$")
_EMPHASIS: Final = re.compile(r"(\*{1,3}|_{2,3}|~~|`+)(?=\S)(.*?\S)\1")
_RULE: Final = re.compile(r"^\s*(?:[-*_=]\s*){3,}$|^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")


def clean_message(text: str) -> str:
    """The message as everything behind it reads it.

    Control characters, lone surrogates and bidirectional overrides are gone (newlines stay, a tab becomes a space),
    letters are in NFC, the ends are trimmed; emoji and right-to-left letters stay. Raises `MessageError` when nothing
    is left or more than 20,000 characters were sent.
    """
    if len(text) > MAX_MESSAGE_CHARS:
        raise MessageError(
            f"The message has {len(text):,} characters; the limit is {MAX_MESSAGE_CHARS:,}.",
            fix="Shorten it, or attach the text as a .txt or .md file.",
        )
    cleaned = unicodedata.normalize("NFC", _printable(text)).strip()
    if not _visible(cleaned):
        raise MessageError("The message is empty.", fix="Write what should be seen or what should change.")
    if len(cleaned) > MAX_MESSAGE_CHARS:
        # A few letters grow when composed, so the limit is checked on what is kept as well.
        raise MessageError(
            f"The message has {len(cleaned):,} characters; the limit is {MAX_MESSAGE_CHARS:,}.",
            fix="Shorten it, or attach the text as a .txt or .md file.",
        )
    return cleaned


def classify(name: str, data: bytes) -> Kind:
    """What a file is, by its first bytes and then by its name.

    Raises `AttachmentError` for a video (not accepted yet) and for every type that is not accepted.
    """
    found = _by_magic(data)
    suffix = PurePath(name).suffix.lower()
    if found == "video" or (found is None and suffix in _VIDEO_SUFFIXES):
        raise AttachmentError(
            f"{shown(name)} is a video, and video input is not accepted yet.",
            fix="Send a picture (a frame of it, for example) or describe in words what it shows.",
        )
    if found == "image":
        return "image"
    if found is not None:
        raise AttachmentError(f"{shown(name)} is a {found}, which cannot be read.", fix=_ACCEPTED)
    if suffix in _TEXT_SUFFIXES:
        return "text"
    if suffix in _IMAGE_SUFFIXES:
        raise AttachmentError(f"{shown(name)} is named like a picture but does not hold one.", fix=_ACCEPTED)
    raise AttachmentError(f"{shown(name)} is of a type that is not accepted.", fix=_ACCEPTED)


def read_context(name: str, data: bytes) -> tuple[ContextLine, ...]:
    """The citable lines of a text file; `ref` is `name:line` with the file's own line numbers.

    Blank lines are skipped and Markdown markers are taken off the text. A CSV row becomes "header: value; header:
    value". Raises `AttachmentError` for another type, for text that is not UTF-8, over 1 MB or over 2,000 lines.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _TEXT_SUFFIXES:
        raise AttachmentError(f"{shown(name)} cannot be read as text.", fix=_ACCEPTED)
    if len(data) > MAX_CONTEXT_BYTES:
        raise AttachmentError(
            f"{shown(name)} has {len(data):,} bytes; the limit is {MAX_CONTEXT_BYTES:,}.",
            fix="Send only the part that matters.",
        )
    text = _decoded(name, data)
    base = shown(PurePath(name.replace("\\", "/")).name)
    rows = _csv_rows(name, text) if suffix == ".csv" else _plain_rows(text, markdown=suffix != ".txt")
    lines: list[ContextLine] = []
    for number, row in rows:
        if number > MAX_CONTEXT_LINES:
            raise AttachmentError(
                f"{shown(name)} has {_count(text):,} lines; the limit is {MAX_CONTEXT_LINES:,}.",
                fix="Send only the part that matters.",
            )
        words = unicodedata.normalize("NFC", _printable(row).replace("\n", " ")).strip()
        if _visible(words):
            lines.append(ContextLine(ref=f"{base}:{number}", text=words[:MAX_LINE_CHARS]))
    if not lines:
        raise AttachmentError(f"{shown(name)} has no words in it.", fix="Send a file with text.")
    return tuple(lines)


def _printable(text: str) -> str:
    kept = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n"):
        if char == "\t":
            kept.append(" ")
        elif ord(char) in _BIDI_CONTROLS or unicodedata.category(char) == "Cs":
            continue
        elif char in _KEPT_CONTROLS or unicodedata.category(char) != "Cc":
            kept.append(char)
    return "".join(kept)


def _visible(text: str) -> bool:
    """Whether anything would be seen: joiners, marks of direction and spaces alone are nothing."""
    return any(unicodedata.category(char)[0] not in {"C", "Z"} for char in text)


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AttachmentError(
            f"{shown(name)} is not UTF-8 text (line {line}, byte {error.start}).",
            fix="Save it as UTF-8 and send it again.",
        ) from error


def _split(text: str) -> list[str]:
    # Only real line ends count: an editor would not number a form feed or a Unicode separator.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _count(text: str) -> int:
    rows = _split(text)
    return len(rows) - (not rows[-1])


def _plain_rows(text: str, *, markdown: bool) -> Iterable[tuple[int, str]]:
    for number, row in enumerate(_split(text), 1):
        if number > MAX_CONTEXT_LINES and not row and number == _count(text) + 1:
            return
        yield number, _unmarked(row) if markdown else row


def _unmarked(row: str) -> str:
    if _RULE.match(row) or row.lstrip().startswith(("```", "~~~")):
        return ""
    row = _CLOSING_HASHES.sub("", _MARKER.sub("", row)) if row.lstrip().startswith("#") else _MARKER.sub("", row)
    row = _LINK.sub(r"\1", row)
    for _ in range(2):
        row = _EMPHASIS.sub(r"\2", row)
    if row.strip().startswith("|") and row.strip().endswith("|") and len(row.strip()) > 1:
        row = "; ".join(cell.strip() for cell in row.strip().strip("|").split("|") if cell.strip())
    return row


def _csv_rows(name: str, text: str) -> Iterable[tuple[int, str]]:
    sample = text[:4096].partition("\n")[0]
    comma = max(",;\t", key=sample.count)
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=comma)
    header: list[str] | None = None
    start = 1
    try:
        for row in reader:
            # A quoted cell may span lines; a row is cited by the line it starts on.
            number, start = start, reader.line_num + 1
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if header is None:
                header = cells
                continue
            named = [
                (header[i] if i < len(header) and header[i] else f"column {i + 1}", cell)
                for i, cell in enumerate(cells)
            ]
            yield number, "; ".join(f"{key}: {cell}" for key, cell in named if cell)
    except csv.Error as error:
        raise AttachmentError(f"{shown(name)} is not a readable CSV file: {error} (line {start}).") from error
    if header is not None and start == 2:
        yield 1, "; ".join(cell for cell in header if cell)


def _by_magic(data: bytes) -> str | None:
    """What the bytes are: "image", "video", another known type by name, or None when the bytes could be text."""
    head = data[:512]
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")):
        return "image"
    if head[:4] == b"RIFF":
        return {b"WEBP": "image", b"AVI ": "video"}.get(head[8:12], "sound")
    if head[4:8] == b"ftyp":
        return "video" if head[8:12] not in {b"avif", b"avis", b"heic", b"heix", b"mif1", b"M4A "} else "media file"
    if head.startswith((b"\x1aE\xdf\xa3", b"OggS", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"FLV\x01")) or head[
        4:8
    ] in {
        b"moov",
        b"mdat",
    }:
        return "video"
    for magic, what in (
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "packed file"),
        (b"ID3", "sound"),
        (b"\x1f\x8b", "packed file"),
    ):
        if head.startswith(magic):
            return what
    return "binary file" if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else None


def shown(name: str) -> str:
    """A file's name as a message and a citation show it: printable, short, on one line."""
    clean = "".join(c for c in name if c.isprintable() and ord(c) not in _BIDI_CONTROLS).strip() or "the file"
    return clean if len(clean) <= 120 else f"{clean[:60]}...{clean[-40:]}"
