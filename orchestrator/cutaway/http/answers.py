"""What a vendor's answer says: kind of failure by status, when to come back, JSON without surprises, clean excerpts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import quote

import httpx

from cutaway.errors import FailureKind

STATUS_KINDS: Final[Mapping[int, tuple[FailureKind, bool]]] = {
    400: ("invalid", False),
    401: ("auth", False),
    402: ("balance", False),
    403: ("auth", False),
    404: ("not_found", False),
    405: ("unsupported", False),
    408: ("capacity", True),
    409: ("invalid", False),
    410: ("not_found", False),
    413: ("invalid", False),
    415: ("unsupported", False),
    422: ("invalid", False),
    425: ("capacity", True),
    429: ("quota", True),
    451: ("policy", False),
    500: ("provider", True),
    502: ("provider", True),
    503: ("capacity", True),
    504: ("provider", True),
    529: ("capacity", True),
}
"""Kind of failure by status, and whether the same request may succeed later."""

MAX_EXCERPT_CHARS: Final = 300
MAX_RETRY_AFTER_S: Final = 86_400.0
SHORTEST_KEY_CHARS: Final = 8
"""A key below this length is masked only where it stands as a word of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx answer. `data` is its JSON object; numbers with a point are `Decimal`, NaN and infinities are `None`.

    `content` holds the bytes of an answer that is a file.
    """

    status: int
    headers: httpx.Headers
    data: dict[str, Any]
    content: bytes = b""


def kind_of(status: int, code: str, code_kinds: Mapping[str, FailureKind]) -> tuple[FailureKind, bool]:
    """Kind and retryability of an answer; a vendor's own error code, when `code_kinds` knows it, beats the status."""
    kind, retryable = STATUS_KINDS.get(status, ("provider" if status >= 500 else "invalid", status >= 500))
    if code in code_kinds:
        return code_kinds[code], retryable and code_kinds[code] in {"quota", "capacity", "provider"}
    return kind, retryable


def json_object(content: bytes) -> dict[str, Any] | None:
    """A body as a JSON object, or None when it is anything else."""
    try:
        found = json.loads(content, parse_float=Decimal, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def error_code(data: Mapping[str, Any]) -> str:
    """The error code of a body in the usual shapes (`error.code`, `error.type`, `code`), words before numbers."""
    inner = data.get("error")
    places = (inner.get("code"), inner.get("type")) if isinstance(inner, dict) else (data.get("code"),)
    words = [found for found in places if isinstance(found, str)]
    return next(iter(words or [str(found) for found in places if type(found) is int]), "")


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds a vendor asks to wait (0 to a day), from `retry-after-ms` or `Retry-After`; None without a usable one."""
    for name, per_s in (("retry-after-ms", 1000), ("retry-after", 1)):
        said = headers.get(name, "").strip()
        if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", said):
            return min(float(said) / per_s, MAX_RETRY_AFTER_S)
    try:
        then = parsedate_to_datetime(headers.get("retry-after", ""))
    except (TypeError, ValueError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(max((then - now).total_seconds(), 0.0), MAX_RETRY_AFTER_S)


def excerpt(content: bytes, key: str | None) -> str:
    """What a body says about a failure, fit for a message."""
    inner = (json_object(content) or {}).get("error")
    said = inner.get("message") if isinstance(inner, dict) else inner
    text = said if isinstance(said, str) and said else content.decode("utf-8", "replace")
    return clean(text, key) or "(no body)"


def clean(text: str, key: str | None) -> str:
    """Text fit for messages and logs: one line, at most 300 characters, without the key or what looks like one."""
    for form in {key, quote(key, safe="")} if key else ():
        if len(form) >= SHORTEST_KEY_CHARS:
            text = text.replace(form, "***")
        else:  # inside a word it is a part of that word, and masking it would only spoil the message
            text = re.sub(rf"(?<![\w-]){re.escape(form)}(?![\w-])", "***", text)
    text = re.sub(r"(?i)\b(bearer|basic|key)\s+[\w.~+/=-]{8,}", r"\1 ***", text)
    text = re.sub(r"\b(sk|pk|rk|key)-[\w-]{8,}", r"\1-***", text)
    text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
    return text if len(text) <= MAX_EXCERPT_CHARS else text[: MAX_EXCERPT_CHARS - 1] + "…"
