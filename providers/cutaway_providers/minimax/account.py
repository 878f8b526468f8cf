"""The settings of an account, and the vendor's own codes, which come inside 200s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from cutaway.errors import FailureKind, ProviderError, SubmitUnknownError
from cutaway.http import Answer
from cutaway.vendor import Account, RemoteVendor, at, text

BASE_URLS: Final[Mapping[str, str]] = {"intl": "https://api.minimax.io", "cn": "https://api.minimaxi.com"}

CODE_KINDS: Final[Mapping[str, FailureKind]] = {
    "1000": "provider",
    "1001": "provider",
    "1002": "quota",
    "1004": "auth",
    "1008": "balance",
    "1024": "provider",
    "1026": "policy",
    "1027": "policy",
    "1033": "provider",
    "1039": "quota",
    "1041": "capacity",
    "1042": "invalid",
    "2013": "invalid",
    "20132": "invalid",
    "2049": "auth",
    "2056": "quota",
    "bad_request_error": "invalid",
    "authorized_error": "auth",
    "insufficient_balance_error": "balance",
    "unprocessable_entity_error": "policy",
    "rate_limit_error": "quota",
    "overloaded_error": "capacity",
    "server_error": "provider",
}
"""Numbers stand in `base_resp` and in a failed task, words in the body of an H3 error."""
UNSURE: Final = frozenset({"1000", "1001", "1024", "1033"})
"""Codes about the vendor's own trouble: whether it took the order is not said."""


class MiniMaxAccount(Account):
    """An account of one region. `voice` speaks what names no voice."""

    region: Literal["intl", "cn"] = "intl"
    voice: str = "English_Graceful_Lady"


def base_code(data: Any) -> str:
    """The code of `base_resp`, '' when it says that all is well or is not there."""
    code = at(data, "base_resp.status_code")
    return str(code) if isinstance(code, int) and code else ""


def check_code(vendor: RemoteVendor, answer: Answer) -> None:
    """Raise `ProviderError` when a 200 carries the code of an error."""
    code = base_code(answer.data)
    if code:
        failure = vendor.failure(code, at(answer.data, "base_resp.status_msg"))
        again = failure.kind in {"quota", "capacity", "provider"}
        raise ProviderError(failure.message, kind=failure.kind, retryable=again, status=answer.status)


def check_order(vendor: RemoteVendor, answer: Answer) -> None:
    """The same about an order; the vendor's own trouble raises `SubmitUnknownError`."""
    if base_code(answer.data) in UNSURE:
        said = vendor.client.clean(f"{base_code(answer.data)} {text(answer.data, 'base_resp.status_msg')}")
        raise SubmitUnknownError(f"{vendor.name} says {said}.", kind="unknown", status=answer.status)
    check_code(vendor, answer)


def file_id(value: Any) -> str:
    """A file's id, which comes as a number or as text; '' for anything else."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) and value else ""
