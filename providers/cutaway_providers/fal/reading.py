"""Reading fal's words: kinds of its error types, files in a result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cutaway.errors import FailureKind, ProviderError, SubmitUnknownError
from cutaway.vendor import at, text

CODE_KINDS: Final[Mapping[str, FailureKind]] = {
    "content_policy_violation": "policy",
    "request_timeout": "capacity",
    "startup_timeout": "capacity",
    "generation_timeout": "capacity",
    "runner_scheduling_failure": "capacity",
    "runner_connection_timeout": "capacity",
    "runner_connection_refused": "capacity",
    "downstream_service_unavailable": "capacity",
    "runner_connection_error": "provider",
    "runner_disconnected": "provider",
    "runner_incomplete_response": "provider",
    "runner_server_error": "provider",
    "downstream_service_error": "provider",
    "internal_server_error": "provider",
    "internal_error": "provider",
    "no_media_generated": "provider",
    "bad_request": "invalid",
    "client_cancelled": "provider",
}
CANCELLED: Final = "client_cancelled"


def code_of(data: Any) -> str:
    """The machine-readable part: `error_type` of a broken request, `detail[0].type` of a model's refusal."""
    return text(data, "error_type") or text(data, "detail.0.type")


def code_in(message: str) -> str:
    """The first known error type that an error's message quotes, '' when it quotes none."""
    # A ProviderError holds the body only as an excerpt; fal writes `type` near its start, before the flagged input.
    found = [(message.find(code), -len(code), code) for code in CODE_KINDS if code in message]
    return min(found)[2] if found else ""


def files_in(result: Any, key: str) -> tuple[str, ...]:
    """Addresses of the files under a key of a result: one file, or a list of them."""
    found = at(result, key)
    files = found if isinstance(found, list) else [found]
    return tuple(url for url in (text(file, "url") for file in files) if url)


def judged(error: ProviderError, secret: str = "") -> ProviderError:
    """A refused submit with the kind that fal's words give it: an empty account is a 403 here.

    `secret` is a part of the address that no message may hold.
    """
    kind: FailureKind = error.kind
    unknown = isinstance(error, SubmitUnknownError)
    message = error.message.replace(secret, "") if secret else error.message
    if not unknown and error.status == 403 and "balance" in error.message.lower():
        kind = "balance"
    elif not unknown and error.status in {400, 422}:
        kind = CODE_KINDS.get(code_in(error.message), kind)
    if (kind, message) == (error.kind, error.message):
        return error
    return type(error)(
        message,
        kind=kind,
        retryable=error.retryable and kind == error.kind,
        retry_after_s=error.retry_after_s if kind == error.kind else None,
        status=error.status,
        fix=error.fix,
    )
