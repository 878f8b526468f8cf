"""Reading what Google answers: refusals that its status codes hide, the finished video, and what tokens cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from cutaway.errors import FailureKind, ProviderError
from cutaway.vendor import at, money, number, text

POLICY_WORDS: Final = re.compile(r"(IMAGE_)?(SAFETY|PROHIBITED_CONTENT|BLOCKLIST|SPII|RECITATION)", re.IGNORECASE)
"""A whole code that says the content was refused."""
POLICY_PHRASE: Final = re.compile(r"\bblocked\b[^.]*\b(safety|polic(y|ies))\b", re.IGNORECASE)
BAD_KEY: Final = re.compile(r"\bAPI key (not valid|expired|not found)", re.IGNORECASE)
CODE_KINDS: Final[Mapping[str, FailureKind]] = {
    "invalid_request": "invalid",
    "invalid_argument": "invalid",
    "resource_exhausted": "quota",
    "deadline_exceeded": "capacity",
    "unavailable": "capacity",
}
MAX_TOKENS: Final = 10**9


def refusal(error: ProviderError) -> ProviderError:
    """The same refusal with the kind that its words tell: Google answers 400 for a bad key and for blocked words."""
    if error.status not in {400, 403}:
        return error
    if BAD_KEY.search(error.message):
        fix = "Check the key in Google AI Studio."
        return ProviderError(error.message, kind="auth", status=error.status, fix=fix)
    if POLICY_PHRASE.search(error.message):
        return ProviderError(error.message, kind="policy", status=error.status)
    return error


def kind_of_failure(code: str, message: str) -> FailureKind:
    """The kind of a failure that an interaction records."""
    if POLICY_WORDS.fullmatch(code) or POLICY_PHRASE.search(message):
        return "policy"
    return CODE_KINDS.get(code.lower(), "provider")


def outputs(job: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the model put out, in order: the contents of all its output steps."""
    steps = [step for step in items(job.get("steps")) if text(step, "type") == "model_output"]
    return [one for step in steps for one in items(at(step, "content")) if isinstance(one, Mapping)]


def error_of(job: Mapping[str, Any]) -> tuple[str, str]:
    """Code and words of the first fault that an interaction records, '' where it records none."""
    places = [at(job, "error"), at(job, "errors.0"), *(at(step, "error") for step in items(job.get("steps")))]
    found = next((one for one in places if isinstance(one, Mapping)), {})
    code = found.get("code")
    return (str(code) if isinstance(code, str | int) else "") or text(found, "status"), text(found, "message")


def cost_usd(job: Mapping[str, Any], usd_per_million: Mapping[str, Any]) -> Decimal | None:
    """What an interaction's tokens cost at the list price.

    `usd_per_million` has the USD per million tokens for `input`, `video` and `text` (words and thoughts alike). None
    when either says nothing.
    """
    prices = {name: money(usd_per_million.get(name)) for name in ("input", "video", "text")}
    by_modality = items(at(job, "usage.output_tokens_by_modality"))
    if None in prices.values() or not by_modality:
        return None
    spent = {name: tokens(at(job, f"usage.{name}")) for name in ("total_input_tokens", "total_thought_tokens")}
    out = [(text(one, "modality").lower(), tokens(at(one, "tokens"))) for one in by_modality]
    video = sum(count for modality, count in out if modality == "video")
    words = sum(count for modality, count in out if modality != "video")
    if all(modality != "thought" for modality, _ in out):
        words += spent["total_thought_tokens"]
    used = {"input": spent["total_input_tokens"], "video": video, "text": words}
    return sum((price * used[name] for name, price in prices.items() if price is not None), Decimal(0)) / 1_000_000


def tokens(value: Any) -> int:
    """A count of tokens, 0 for anything that is none."""
    return int(number(value, MAX_TOKENS) or 0)


def items(value: Any) -> list[Any]:
    """A JSON list, empty for anything else."""
    return value if isinstance(value, list) else []
