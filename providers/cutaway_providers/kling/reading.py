"""Kling's envelope: `{code, message, data}` with a code of its own, in answers of any HTTP status."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from cutaway.errors import FailureKind, ProviderError, SubmitUnknownError
from cutaway.http import Answer

CODE_KINDS: Final[Mapping[str, FailureKind]] = {
    **dict.fromkeys(("1000", "1001", "1002", "1003", "1004", "1100", "1103", "1304"), "auth"),
    **dict.fromkeys(("1101", "1102"), "balance"),
    **dict.fromkeys(("1200", "1201"), "invalid"),
    "1202": "unsupported",
    "1203": "not_found",
    **dict.fromkeys(("1300", "1301"), "policy"),
    **dict.fromkeys(("1302", "1303"), "quota"),
    "5000": "provider",
    **dict.fromkeys(("5001", "5002"), "capacity"),
}
RETRYABLE: Final = frozenset({"1302", "1303", "5000", "5001", "5002"})
TOKEN_S: Final = 1800
"""How long a signed token holds."""

_POLICY: Final = re.compile(r"(?i)risk control|content (security|policy)|sensitive")


def refusal(answer: Answer, name: str, *, ordering: bool) -> ProviderError | None:
    """The error inside a 2xx answer, None when there is none.

    To an order (`ordering`) an error of Kling's own machines, or a code nobody knows, leaves in doubt whether it was
    taken.
    """
    code = answer.data.get("code")
    if code == 0:
        return None
    said = answer.data.get("message")
    message = f"{name} answers with code {code}: {said if isinstance(said, str) else ''}"[:300]
    known = str(code)
    if ordering and (known not in CODE_KINDS or known.startswith("5")):
        return SubmitUnknownError(message, kind="unknown", status=answer.status)
    kind = CODE_KINDS.get(known, "provider")
    return ProviderError(message, kind=kind, retryable=known in RETRYABLE, status=answer.status)


def sharpened(error: ProviderError) -> ProviderError:
    """A refusal judged by the code in its body: 429 stands for an empty account as well as for haste."""
    found = re.search(r'"code"\s*:\s*(\d{4})\b', error.message)
    if isinstance(error, SubmitUnknownError) or found is None or found[1] not in CODE_KINDS:
        return error
    return ProviderError(
        error.message,
        kind=CODE_KINDS[found[1]],
        retryable=found[1] in RETRYABLE,
        retry_after_s=error.retry_after_s if found[1] in RETRYABLE else None,
        status=error.status,
    )


def failed_kind(said: Any) -> FailureKind:
    """The kind of a failed task: it has words and no code."""
    return "policy" if isinstance(said, str) and _POLICY.search(said) else "provider"


def signed_token(access_key: str, secret_key: str, now_s: int) -> str:
    """A token of the older pair of keys (JWT, HS256), good from 5 s before `now_s` for 30 minutes."""
    parts = ({"alg": "HS256", "typ": "JWT"}, {"iss": access_key, "exp": now_s + TOKEN_S, "nbf": now_s - 5})
    content = b".".join(_base64url(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    seal = hmac.new(secret_key.encode(), content, hashlib.sha256).digest()
    return (content + b"." + _base64url(seal)).decode("ascii")


def _base64url(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")
