"""The settings of an account, and the vendor's own codes, which come inside 200s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from cutaway.errors import FailureKind
from cutaway.vendor import Account, at

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
    "rate_limit_error": "quota",
    "insufficient_balance_error": "balance",
}
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
