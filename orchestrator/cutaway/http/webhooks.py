"""Is this call really from the vendor? Pure checks over `WebhookCall`, for adapters and the server.

    verify_standard    webhook-id, webhook-timestamp, webhook-signature: the Standard Webhooks specification
    verify_stamped     one header "t=SECONDS,v1=HEX" over time and body
    verify_hmac        one header with the HMAC-SHA256 of the body
    verify_ed25519     id, user, time and body signed with a key that the vendor publishes (`KeyCache` holds them)
    nonce_url          an address only the vendor knows, for vendors that sign nothing; `check_nonce` reads it back
    not_replayed       the same call a second time is not believed, given a `ReplayMemory`

Each check answers with a `Verdict` and raises nothing, whatever bytes arrive; a secret that cannot be one is a verdict
too. Time is Unix seconds. Nothing of a call but its job's id is ever used, and that only makes a poll due.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import importlib
import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from urllib.parse import urlencode, urlsplit

from cutaway.contract import WebhookCall
from cutaway.errors import ConfigError, MissingExtraError
from cutaway.http.answers import json_object

log = logging.getLogger(__name__)

SKEW_S: Final = 300.0
"""How far a call's own time may be from ours, in seconds, either way."""
REPLAY_TTL_S: Final = 2 * SKEW_S
"""How long an id must be remembered: a call stamped in the future stays acceptable for twice the skew."""
MAX_BODY_BYTES: Final = 4 * 1024 * 1024
MAX_HEADER_CHARS: Final = 4096
MAX_ID_CHARS: Final = 256
MIN_NONCE_SECRET_CHARS: Final = 16
DAY_S: Final = 86_400.0
RETRY_S: Final = 60.0
FETCH_S: Final = 10.0
MAX_JWKS_BYTES: Final = 65_536
MAX_KEYS: Final = 16

_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
_SECONDS: Final = re.compile(r"[0-9]{1,12}")
_PROVIDER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_KEY: Final = re.compile(r"[A-Za-z0-9._:-]{1,200}")

Holds = Callable[[bytes, bytes, bytes], bool]
"""Tells whether (public key, signature, message) belong together."""

Fetch = Callable[[], Awaitable[bytes]]
"""Gives a vendor's JWKS document as it arrived; whatever it raises counts as a failed fetch."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a call is genuine; true or false like its `verified`.

    `why` is one sentence when it is not, without anything the call said. `id` is what to remember against replays (of a
    nonce: the order's key), at most 256 characters; it is '' unless verified, so that a forger cannot use ids up.
    """

    verified: bool
    why: str = ""
    id: str = ""

    def __bool__(self) -> bool:
        return self.verified


class _NotGenuineError(Exception):
    """Why a call is not believed; never leaves this module."""


# --- signatures -------------------------------------------------------------------------------------------------------


def verify_standard(call: WebhookCall, now: datetime, secret: str, *, skew_s: float = SKEW_S) -> Verdict:
    """Standard Webhooks with a symmetric secret ("whsec_" and base64). One matching "v1," signature is enough.

    Others in the list (of an older secret, or asymmetric "v1a,") are passed over.
    """
    try:
        key = _standard_key(secret)
        message_id = _header(call, "webhook-id", MAX_ID_CHARS)
        at = _header(call, "webhook-timestamp")
        said = _header(call, "webhook-signature")
        _check_time(at, now, skew_s)
        wanted = _digest(key, f"{message_id}.{at}.".encode() + _body(call))
        _check_any(wanted, (_from_base64(one[3:]) for one in said.split(" ") if one.startswith("v1,")))
    except _NotGenuineError as refusal:
        return Verdict(False, str(refusal))
    return Verdict(True, id=message_id)


def verify_stamped(
    call: WebhookCall, now: datetime, secret: str, *, header: str, separator: str = ",", skew_s: float = SKEW_S
) -> Verdict:
    """A header "t=SECONDS,v1=HEX", the HMAC-SHA256 of the time, the separator and the body; `secret` is plain text.

    Several "v1=" may be there. The id is the SHA-256 of the body: a vendor's second try is the same message.
    """
    try:
        key = _plain_key(secret)
        parts = [part.strip() for part in _header(call, header).split(",")]
        times = [part[2:] for part in parts if part.startswith("t=")]
        if len(times) != 1:
            raise _NotGenuineError("The signature header does not hold exactly one time.")
        _check_time(times[0], now, skew_s)
        wanted = _digest(key, f"{times[0]}{separator}".encode() + _body(call))
        _check_any(wanted, (_from_hex(part[3:]) for part in parts if part.startswith("v1=")))
    except _NotGenuineError as refusal:
        return Verdict(False, str(refusal))
    return Verdict(True, id=_body_id(call))


def verify_hmac(call: WebhookCall, secret: str, *, header: str, prefix: str = "") -> Verdict:
    """A header with the HMAC-SHA256 of the body in hex or base64, after a fixed `prefix` such as "sha256=".

    Such a signature has no time: only a replay memory notices a second call. The id is the SHA-256 of the body.
    """
    try:
        key = _plain_key(secret)
        said = _header(call, header)
        if not said.startswith(prefix):
            raise _NotGenuineError("The signature header does not begin as it should.")
        said = said[len(prefix) :].strip()
        _check_any(_digest(key, _body(call)), (_from_hex(said), _from_base64(said)))
    except _NotGenuineError as refusal:
        return Verdict(False, str(refusal))
    return Verdict(True, id=_body_id(call))


def verify_ed25519(
    call: WebhookCall, now: datetime, keys: Sequence[bytes], *, prefix: str, skew_s: float = SKEW_S
) -> Verdict:
    """Headers PREFIX + request-id, user-id, timestamp and signature (hex), tried with each public key of 32 bytes.

    Signed are request id, user id, time and the SHA-256 of the body in hex, a line each. The id is the request's.
    Raises `MissingExtraError`, for whatever call, when the library that checks signatures is not installed.
    """
    holds = load_ed25519()
    try:
        signed = _signed(call, now, prefix, skew_s)
    except _NotGenuineError as refusal:
        return Verdict(False, str(refusal))
    return signed.verdict(keys, holds)


def load_ed25519() -> Holds:
    """The check of one ED25519 signature. Raises `MissingExtraError` when `cryptography` is not installed."""
    try:
        public = importlib.import_module("cryptography.hazmat.primitives.asymmetric.ed25519").Ed25519PublicKey
        wrong = importlib.import_module("cryptography.exceptions").InvalidSignature
    except ImportError:
        raise MissingExtraError(
            "ED25519 webhook signatures need the library cryptography, which is not installed.",
            fix="pip install 'cutaway[webhooks]'.",
        ) from None

    def holds(key: bytes, signature: bytes, message: bytes) -> bool:
        try:
            public.from_public_bytes(key).verify(signature, message)
        except (wrong, ValueError):
            return False
        return True

    return holds


def parse_jwks(content: bytes) -> tuple[bytes, ...]:
    """The ED25519 public keys (32 bytes each, at most 16) of a JWKS document; everything else in it is passed over."""
    found = (json_object(content) or {}).get("keys") if len(content) <= MAX_JWKS_BYTES else None
    keys = []
    for entry in found if isinstance(found, list) else ():
        if isinstance(entry, dict) and entry.get("kty") == "OKP" and entry.get("crv") == "Ed25519":
            text = entry.get("x")
            key = _from_base64(text, other=b"-_") if isinstance(text, str) else None
            if key is not None:
                keys.append(key)
    return tuple(keys[:MAX_KEYS])


class KeyCache:
    """A vendor's published ED25519 keys, fetched when first needed and again after a day.

    A signature that no known key made causes one more fetch, at most once until the next daily one: keys change, and
    forged calls cost no more than that. A failed fetch keeps the old keys and is repeated after a minute at the
    earliest.
    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._keys: tuple[bytes, ...] = ()
        self._due_s = 0.0
        self._spare = False
        self._lock: tuple[asyncio.AbstractEventLoop, asyncio.Lock] | None = None

    async def verify(self, call: WebhookCall, now: datetime, *, prefix: str, skew_s: float = SKEW_S) -> Verdict:
        """`verify_ed25519` with the vendor's keys; raises `MissingExtraError` like it.

        Nothing is fetched for a call that no key could make genuine.
        """
        holds = load_ed25519()
        try:
            signed = _signed(call, now, prefix, skew_s)
        except _NotGenuineError as refusal:
            return Verdict(False, str(refusal))
        async with self._turn():
            due = not 0 < self._due_s - now.timestamp() <= DAY_S  # a clock set back must not keep old keys for years
            if due:
                await self._renew(now)
            verdict = signed.verdict(self._keys, holds)
            if not verdict and self._spare and not due:
                self._spare = False
                self._keys = await self._fetched() or self._keys
                verdict = signed.verdict(self._keys, holds)
        return verdict if self._keys else Verdict(False, "The vendor's public keys could not be fetched.")

    async def _renew(self, now: datetime) -> None:
        keys = await self._fetched()
        self._keys = keys or self._keys
        self._spare = bool(keys)
        self._due_s = now.timestamp() + (DAY_S if keys else RETRY_S)

    async def _fetched(self) -> tuple[bytes, ...]:
        try:
            async with asyncio.timeout(FETCH_S):
                keys = parse_jwks(await self._fetch())
        except Exception as error:
            log.warning("A vendor's webhook keys could not be fetched: %s", type(error).__name__)
            return ()
        if not keys:
            log.warning("A vendor's document of webhook keys holds no ED25519 key")
        return keys

    def _turn(self) -> asyncio.Lock:
        # A lock belongs to the loop it first waited in, and one adapter may serve several loops in turn.
        loop = asyncio.get_running_loop()
        if self._lock is None or self._lock[0] is not loop:
            self._lock = (loop, asyncio.Lock())
        return self._lock[1]


# --- addresses only the vendor knows ----------------------------------------------------------------------------------


def nonce_url(base: str, provider: str, key: str, secret: str) -> str:
    """BASE/hooks/PROVIDER?order=KEY&nonce=..., the address to give a vendor for the order `key`.

    `base` is the server's public address, with or without a path. Raises `ConfigError` for a base that is no http(s)
    address or has a query, a secret under 16 characters, and a provider or key that cannot be in an address.
    """
    if len(secret) < MIN_NONCE_SECRET_CHARS:
        raise ConfigError(
            "The secret for webhook addresses is too short.", fix=f"Use {MIN_NONCE_SECRET_CHARS} characters or more."
        )
    try:
        parts = urlsplit(base)
        good = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
    except ValueError:
        good = False
    if not good or set("?#\\ ") & set(base) or not base.isascii() or not base.isprintable():
        raise ConfigError("The public address for webhooks cannot be used.", fix="Write it as https://host or so.")
    if not _PROVIDER.fullmatch(provider) or not _KEY.fullmatch(key):
        raise ConfigError("This provider and order cannot be written into a webhook address.")
    query = urlencode({"order": key, "nonce": _nonce(provider, key, secret)})
    return f"{base.rstrip('/')}/hooks/{provider}?{query}"


def check_nonce(query: Mapping[str, str], provider: str, secret: str) -> Verdict:
    """Whether a call came to an address that `nonce_url` made for this provider; `id` is the order's key.

    It proves that the caller knows the address, nothing about the body. A vendor may call one address several times, so
    this id is not one to remember against replays.
    """
    key, said = query.get("order", ""), query.get("nonce", "")
    if len(secret) < MIN_NONCE_SECRET_CHARS:
        return Verdict(False, "The secret for webhook addresses is missing or too short.")
    if not key or not said:
        return Verdict(False, "The address lacks its order or nonce.")
    if not _KEY.fullmatch(key) or not _PROVIDER.fullmatch(provider) or not _HEX.fullmatch(said):
        return Verdict(False, "The address is not one of ours.")
    if not hmac.compare_digest(_nonce(provider, key, secret), said):
        return Verdict(False, "The nonce does not belong to this order.")
    return Verdict(True, id=key)


# --- replays ----------------------------------------------------------------------------------------------------------


class ReplayMemory(Protocol):
    """Remembers ids for a while; shared by every process that hears webhooks, or each notices only its own replays."""

    async def remember(self, id: str, ttl_s: float) -> bool:
        """True the first time within `ttl_s` seconds; in one step, so that of two calls at once only one is first."""
        ...


class MemoryReplays:
    """A replay memory of one process: at most `max_ids`, the oldest forgotten first. `clock` gives seconds."""

    def __init__(self, max_ids: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_ids = max(1, max_ids)
        self._clock = clock
        self._until: dict[str, float] = {}

    async def remember(self, id: str, ttl_s: float) -> bool:
        """True the first time within `ttl_s` seconds."""
        now = self._clock()
        if self._until.get(id, now) > now:
            return False
        self._until.pop(id, None)
        while self._until and (len(self._until) >= self._max_ids or next(iter(self._until.values())) <= now):
            del self._until[next(iter(self._until))]
        self._until[id] = now + ttl_s
        return True

    def __len__(self) -> int:
        return len(self._until)


async def not_replayed(
    verdict: Verdict, provider: str, memory: ReplayMemory, *, ttl_s: float = REPLAY_TTL_S
) -> Verdict:
    """The verdict, turned down when this provider's message was heard before. Only genuine ids are remembered."""
    if not verdict or await memory.remember(f"{provider}:{verdict.id}", ttl_s):
        return verdict
    return Verdict(False, "This message was heard before.")


# --- what adapters read -----------------------------------------------------------------------------------------------


def body_json(call: WebhookCall) -> dict[str, Any]:
    """The body as a JSON object; an empty one when it is anything else or over 4 MiB."""
    return (json_object(call.body) or {}) if len(call.body) <= MAX_BODY_BYTES else {}


def text_at(data: Any, *path: str) -> str:
    """The text at a path of keys, for example `text_at(body, "data", "id")`; '' when there is none up to 256 chars."""
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data if isinstance(data, str) and len(data) <= MAX_ID_CHARS else ""


# --- parts ------------------------------------------------------------------------------------------------------------


def _header(call: WebhookCall, name: str, max_chars: int = MAX_HEADER_CHARS) -> str:
    name = name.lower()
    value = call.headers.get(name)
    if value is None:
        value = next((said for given, said in call.headers.items() if given.lower() == name), "")
    if not value:
        raise _NotGenuineError(f"The header {name} is missing.")
    if len(value) > max_chars or not value.isascii() or not value.isprintable():
        raise _NotGenuineError(f"The header {name} is too long or holds strange characters.")
    return value


def _body(call: WebhookCall) -> bytes:
    if len(call.body) > MAX_BODY_BYTES:
        raise _NotGenuineError(f"The body is over {MAX_BODY_BYTES} bytes.")
    return call.body


def _body_id(call: WebhookCall) -> str:
    return hashlib.sha256(call.body).hexdigest()


def _check_time(text: str, now: datetime, skew_s: float) -> None:
    if not _SECONDS.fullmatch(text):
        raise _NotGenuineError("The time is not whole Unix seconds.")
    age_s = now.timestamp() - int(text)
    if abs(age_s) > skew_s:
        raise _NotGenuineError("The call is too old." if age_s > 0 else "The call is from the future.")


def _check_any(wanted: bytes, said: Iterable[bytes | None]) -> None:
    if not any(one is not None and hmac.compare_digest(wanted, one) for one in said):
        raise _NotGenuineError("No signature matches.")


@dataclass(frozen=True, slots=True)
class _Signed:
    """What an ED25519 signature is about, with everything in order but the signature."""

    id: str
    signature: bytes
    message: bytes

    def verdict(self, keys: Sequence[bytes], holds: Holds) -> Verdict:
        if any(holds(key, self.signature, self.message) for key in keys):
            return Verdict(True, id=self.id)
        return Verdict(False, "No signature matches.")


def _signed(call: WebhookCall, now: datetime, prefix: str, skew_s: float) -> _Signed:
    request_id = _header(call, f"{prefix}request-id", MAX_ID_CHARS)
    user_id = _header(call, f"{prefix}user-id", MAX_ID_CHARS)
    at = _header(call, f"{prefix}timestamp")
    signature = _from_hex(_header(call, f"{prefix}signature"), size=64)
    if signature is None:
        raise _NotGenuineError("The signature is not 64 bytes in hex.")
    _check_time(at, now, skew_s)
    message = "\n".join((request_id, user_id, at, hashlib.sha256(_body(call)).hexdigest()))
    return _Signed(request_id, signature, message.encode())


def _digest(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _standard_key(secret: str) -> bytes:
    key = _from_base64(secret.removeprefix("whsec_"), size=None)
    if not key:
        raise _NotGenuineError("The webhook secret is missing or not base64.")
    return key


def _plain_key(secret: str) -> bytes:
    if not secret:
        raise _NotGenuineError("The webhook secret is missing.")
    return secret.encode("utf-8", "surrogatepass")


def _nonce(provider: str, key: str, secret: str) -> str:
    # Neither part can hold a line break, so no two pairs make the same message.
    return _digest(_plain_key(secret), f"cutaway webhook address\n{provider}\n{key}".encode()).hex()


def _from_hex(text: str, size: int = 32) -> bytes | None:
    return bytes.fromhex(text) if len(text) == 2 * size and _HEX.fullmatch(text) else None


def _from_base64(text: str, size: int | None = 32, other: bytes | None = None) -> bytes | None:
    """Bytes of base64, padded or not, with `other` for "+/"; None for anything else or another length."""
    bare = text.rstrip("=")
    try:
        found = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=other, validate=True)
    except (ValueError, binascii.Error):
        return None
    return found if size is None or len(found) == size else None
