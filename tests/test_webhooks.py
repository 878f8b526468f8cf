"""Webhook checks: published vectors, time, secrets, replays, keys that change, and bytes that mean harm."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import importlib
import importlib.util
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.contract import WebhookCall
from cutaway.errors import ConfigError, MissingExtraError
from cutaway.http import webhooks
from cutaway.http.webhooks import (
    MAX_BODY_BYTES,
    MAX_HEADER_CHARS,
    REPLAY_TTL_S,
    Holds,
    KeyCache,
    MemoryReplays,
    Verdict,
    body_json,
    check_nonce,
    nonce_url,
    not_replayed,
    parse_jwks,
    text_at,
    verify_ed25519,
    verify_hmac,
    verify_stamped,
    verify_standard,
)

# The vector of the sign test in the Standard Webhooks libraries (github.com/standard-webhooks/standard-webhooks).
SECRET: Final = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE_ID: Final = "msg_p5jXN8AQM9LWM0D4loKWxJek"
STAMP: Final = 1614265330
BODY: Final = b'{"test": 2432232314}'
SIGNATURE: Final = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
NOW: Final = datetime.fromtimestamp(STAMP, UTC)

PLAIN: Final = "a workspace's secret"
STAMPED_HEADER: Final = "X-OpenRouter-Signature"
PREFIX: Final = "x-fal-webhook-"
NONCE_SECRET: Final = "nonce-secret-0123456789"

# RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature.
RFC_8032: Final = (
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)
SEED: Final = bytes.fromhex(RFC_8032[0][0])
PUBLIC: Final = bytes.fromhex(RFC_8032[0][1])
OTHER_SEED: Final = bytes.fromhex(RFC_8032[1][0])
OTHER_PUBLIC: Final = bytes.fromhex(RFC_8032[1][1])


# --- a slow ED25519 after the text of RFC 8032: the checks run where the library is not installed, too ----------------

P: Final = 2**255 - 19
L: Final = 2**252 + 27742317777372353535851937790883648493
D: Final = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]


def plus(a: Point, b: Point) -> Point:
    t = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + b[0] * a[1]) * pow(1 + t, -1, P)
    y = (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, -1, P)
    return x % P, y % P


def times(n: int, a: Point) -> Point:
    out: Point = (0, 1)
    while n:
        out, a, n = plus(out, a) if n & 1 else out, plus(a, a), n >> 1
    return out


def packed(a: Point) -> bytes:
    return (a[1] | (a[0] & 1) << 255).to_bytes(32, "little")


def unpacked(raw: bytes) -> Point | None:
    number = int.from_bytes(raw, "little")
    y, odd = number & (1 << 255) - 1, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or y >= P:
        return None
    return (P - x if x & 1 != odd else x), y


def hashed(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


BASE: Final = unpacked((4 * pow(5, -1, P) % P).to_bytes(32, "little")) or (0, 1)


def sign(seed: bytes, message: bytes) -> bytes:
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    nonce = hashed(digest[32:], message) % L
    start = packed(times(nonce, BASE))
    end = (nonce + hashed(start, packed(times(scalar, BASE)), message) * scalar) % L
    return start + end.to_bytes(32, "little")


def slow_holds(key: bytes, signature: bytes, message: bytes) -> bool:
    public, start = unpacked(key), unpacked(signature[:32])
    end = int.from_bytes(signature[32:], "little")
    if public is None or start is None or end >= L:
        return False
    return times(end, BASE) == plus(start, times(hashed(signature[:32], key, message) % L, public))


@pytest.fixture(params=["library", "rfc"])
def ed25519(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks with the real library, and with the slow one in its place."""
    if request.param == "library":
        pytest.importorskip("cryptography")
    else:
        monkeypatch.setattr(webhooks, "load_ed25519", lambda: slow_holds)


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_the_slow_ed25519_makes_and_checks_the_vectors_of_rfc_8032(
    seed: str, public: str, message: str, signature: str
) -> None:
    assert sign(bytes.fromhex(seed), bytes.fromhex(message)).hex() == signature
    check_vector(slow_holds, public, message, signature)


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_the_library_checks_the_vectors_of_rfc_8032(seed: str, public: str, message: str, signature: str) -> None:
    pytest.importorskip("cryptography")
    check_vector(webhooks.load_ed25519(), public, message, signature)


def check_vector(holds: Holds, public: str, message: str, signature: str) -> None:
    key, signed, said = bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(message)
    assert holds(key, signed, said)
    assert not holds(key, signed, said + b"x")
    assert not holds(key, signed[:32] + bytes(32), said)
    assert not holds(OTHER_PUBLIC if key != OTHER_PUBLIC else PUBLIC, signed, said)


# --- Standard Webhooks ------------------------------------------------------------------------------------------------


def standard(**headers: str | None) -> WebhookCall:
    """The published vector's call, with headers replaced (`None`: left out)."""
    given = {"webhook-id": MESSAGE_ID, "webhook-timestamp": str(STAMP), "webhook-signature": SIGNATURE}
    changed = given | {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    for name, value in headers.items():
        if value is None:
            changed.pop(name.replace("_", "-"))
    return WebhookCall(headers=changed, body=BODY)


def test_the_published_vector_of_standard_webhooks_holds() -> None:
    assert verify_standard(standard(), NOW, SECRET) == Verdict(True, id=MESSAGE_ID)


def test_a_secret_may_lack_its_prefix_and_padding() -> None:
    assert verify_standard(standard(), NOW, SECRET.removeprefix("whsec_"))
    key = b"a key whose base64 is padded"
    digest = hmac.digest(key, f"{MESSAGE_ID}.{STAMP}.".encode() + BODY, "sha256")
    call = standard(webhook_signature="v1," + base64.b64encode(digest).decode())
    padded = base64.b64encode(key).decode()
    assert padded.endswith("=")
    assert verify_standard(call, NOW, f"whsec_{padded}")
    assert verify_standard(call, NOW, f"whsec_{padded.rstrip('=')}")


@pytest.mark.parametrize("off_s", [-300, -299, 0, 299, 300])
def test_a_call_within_five_minutes_holds(off_s: int) -> None:
    assert verify_standard(standard(), NOW + timedelta(seconds=off_s), SECRET)


@pytest.mark.parametrize(("off_s", "why"), [(301, "too old"), (86_400, "too old"), (-301, "from the future")])
def test_a_call_out_of_time_does_not_hold(off_s: int, why: str) -> None:
    verdict = verify_standard(standard(), NOW + timedelta(seconds=off_s), SECRET)
    assert not verdict.verified
    assert why in verdict.why


@pytest.mark.parametrize("stamp", ["soon", "1e9", "-1", "+1614265330", "1614265330.0", " 1614265330", "٣", "9" * 400])
def test_a_time_that_is_not_whole_seconds_does_not_hold(stamp: str) -> None:
    assert not verify_standard(standard(webhook_timestamp=stamp), NOW, SECRET)


@pytest.mark.parametrize("secret", ["whsec_" + base64.b64encode(b"another").decode(), "whsec_", "", "whsec_!", "é"])
def test_another_or_no_secret_does_not_hold(secret: str) -> None:
    verdict = verify_standard(standard(), NOW, secret)
    assert not verdict.verified
    assert verdict.why
    assert verdict.id == ""


def test_a_signature_made_with_an_empty_secret_does_not_hold() -> None:
    digest = hmac.digest(b"", f"{MESSAGE_ID}.{STAMP}.".encode() + BODY, "sha256")
    call = standard(webhook_signature="v1," + base64.b64encode(digest).decode())
    assert not verify_standard(call, NOW, "whsec_")


def test_one_of_several_signatures_is_enough() -> None:
    other = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="
    assert verify_standard(standard(webhook_signature=f"{other} v1a,AAAA {SIGNATURE} {other}"), NOW, SECRET)
    assert not verify_standard(standard(webhook_signature=f"{other} {other}"), NOW, SECRET)


@pytest.mark.parametrize("version", ["v2", "v1a", "V1", ""])
def test_a_signature_of_another_version_does_not_hold(version: str) -> None:
    said = SIGNATURE.replace("v1", version)
    assert not verify_standard(standard(webhook_signature=said), NOW, SECRET)


@pytest.mark.parametrize("said", [SIGNATURE[:-2], SIGNATURE[:20], "v1,", "v1", SIGNATURE.replace("+", "-"), "v1,é="])
def test_a_cut_off_or_misspelt_signature_does_not_hold(said: str) -> None:
    assert not verify_standard(standard(webhook_signature=said), NOW, SECRET)


def test_a_header_may_be_written_in_capitals() -> None:
    call = standard()
    loud = WebhookCall(headers={name.title(): value for name, value in call.headers.items()}, body=BODY)
    assert verify_standard(loud, NOW, SECRET)


@pytest.mark.parametrize("name", ["webhook_id", "webhook_timestamp", "webhook_signature"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_or_empty_header_is_named(name: str, value: str | None) -> None:
    verdict = verify_standard(standard(**{name: value}), NOW, SECRET)
    assert not verdict.verified
    assert name.replace("_", "-") in verdict.why


@pytest.mark.parametrize("name", ["webhook_id", "webhook_timestamp", "webhook_signature"])
def test_a_huge_header_is_turned_down_unread_and_not_repeated(name: str) -> None:
    verdict = verify_standard(standard(**{name: "v1,A " * 400_000}), NOW, SECRET)
    assert not verdict.verified
    assert "too long" in verdict.why
    assert len(verdict.why) < 200


def test_a_changed_id_time_or_body_does_not_hold() -> None:
    assert not verify_standard(standard(webhook_id=MESSAGE_ID + "2"), NOW, SECRET)
    assert not verify_standard(standard(webhook_timestamp=str(STAMP + 1)), NOW, SECRET)
    assert not verify_standard(WebhookCall(headers=standard().headers, body=BODY + b" "), NOW, SECRET)


def test_a_body_that_is_too_large_does_not_hold() -> None:
    body = b"x" * (MAX_BODY_BYTES + 1)
    digest = hmac.digest(base64.b64decode(SECRET[6:]), f"{MESSAGE_ID}.{STAMP}.".encode() + body, "sha256")
    headers = standard(webhook_signature="v1," + base64.b64encode(digest).decode()).headers
    assert "over" in verify_standard(WebhookCall(headers=headers, body=body), NOW, SECRET).why


# --- one header -------------------------------------------------------------------------------------------------------


def stamped(body: bytes = BODY, stamp: int = STAMP, secret: str = PLAIN, separator: str = ",") -> WebhookCall:
    digest = hmac.new(secret.encode(), f"{stamp}{separator}".encode() + body, hashlib.sha256).hexdigest()
    return WebhookCall(headers={STAMPED_HEADER.lower(): f"t={stamp},v1={digest}"}, body=body)


def check_stamped(call: WebhookCall, now: datetime = NOW, secret: str = PLAIN) -> Verdict:
    return verify_stamped(call, now, secret, header=STAMPED_HEADER)


def test_a_stamped_header_holds() -> None:
    assert check_stamped(stamped()) == Verdict(True, id=hashlib.sha256(BODY).hexdigest())
    assert verify_stamped(stamped(separator="."), NOW, PLAIN, header=STAMPED_HEADER, separator=".")
    assert not check_stamped(stamped(separator="."))


def test_the_second_try_of_a_stamped_message_has_the_same_id() -> None:
    later = check_stamped(stamped(stamp=STAMP + 60), NOW + timedelta(seconds=60))
    assert later.id == check_stamped(stamped()).id != check_stamped(stamped(b"{}")).id


@pytest.mark.parametrize(("off_s", "why"), [(301, "too old"), (-301, "from the future")])
def test_a_stamped_call_out_of_time_does_not_hold(off_s: int, why: str) -> None:
    assert why in check_stamped(stamped(), NOW + timedelta(seconds=off_s)).why


def test_a_stamped_call_that_was_changed_does_not_hold() -> None:
    headers = stamped().headers
    said = headers[STAMPED_HEADER.lower()]
    assert not check_stamped(WebhookCall(headers=headers, body=b"{}"))
    assert not check_stamped(stamped(), secret="another")
    assert not check_stamped(stamped(secret="x"), secret="")
    for changed in (
        "",
        said.split(",")[0],
        said.split(",")[1],
        f"{said},t={STAMP + 1}",
        said.replace(str(STAMP), str(STAMP + 1)),
        said[:-1],
        said + "0",
        said[:-2] + "zz",
        said.replace("v1", "v0"),
    ):
        assert not check_stamped(WebhookCall(headers={STAMPED_HEADER.lower(): changed}, body=BODY)), changed


def test_one_of_several_stamped_signatures_is_enough() -> None:
    said = stamped().headers[STAMPED_HEADER.lower()].replace("v1=", f"v1={'0' * 64}, v1=")
    assert check_stamped(WebhookCall(headers={STAMPED_HEADER.lower(): said}, body=BODY))


@pytest.mark.parametrize("written", ["hex", "HEX", "base64"])
def test_the_hmac_of_a_body_holds_in_hex_and_base64(written: str) -> None:
    digest = hmac.digest(PLAIN.encode(), BODY, "sha256")
    said = {"hex": digest.hex(), "HEX": digest.hex().upper(), "base64": base64.b64encode(digest).decode()}[written]
    call = WebhookCall(headers={"x-signature": f"sha256={said}"}, body=BODY)
    assert verify_hmac(call, PLAIN, header="X-Signature", prefix="sha256=").id == hashlib.sha256(BODY).hexdigest()
    assert not verify_hmac(call, PLAIN, header="X-Signature")
    assert not verify_hmac(call, PLAIN, header="X-Other", prefix="sha256=")
    assert not verify_hmac(call, "another", header="X-Signature", prefix="sha256=")
    assert not verify_hmac(call, "", header="X-Signature", prefix="sha256=")
    assert not verify_hmac(
        WebhookCall(headers=call.headers, body=BODY + b" "), PLAIN, header="X-Signature", prefix="sha256="
    )


# --- ED25519 ----------------------------------------------------------------------------------------------------------


def signed(seed: bytes = SEED, body: bytes = BODY, stamp: int = STAMP, **changes: str) -> WebhookCall:
    headers = {"request-id": "123e4567-e89b", "user-id": "someone", "timestamp": str(stamp)}
    message = "\n".join((*headers.values(), hashlib.sha256(body).hexdigest())).encode()
    headers |= {"signature": sign(seed, message).hex()} | {name.replace("_", "-"): v for name, v in changes.items()}
    return WebhookCall(headers={PREFIX + name: value for name, value in headers.items()}, body=body)


def jwks(*keys: bytes) -> bytes:
    entries: list[Any] = [{"kty": "RSA", "n": "AQAB"}, None, {"kty": "OKP", "crv": "X25519", "x": "AA"}]
    for key in keys:
        entries.append({"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(key).decode().rstrip("=")})
    return json.dumps({"keys": entries}).encode()


@pytest.mark.usefixtures("ed25519")
def test_an_ed25519_call_holds_with_any_of_the_keys() -> None:
    assert verify_ed25519(signed(), NOW, [OTHER_PUBLIC, PUBLIC], prefix=PREFIX) == Verdict(True, id="123e4567-e89b")
    assert not verify_ed25519(signed(), NOW, [OTHER_PUBLIC], prefix=PREFIX)
    assert not verify_ed25519(signed(), NOW, [], prefix=PREFIX)
    assert not verify_ed25519(signed(), NOW, [b"", PUBLIC[:31], b"\xff" * 32], prefix=PREFIX)


@pytest.mark.usefixtures("ed25519")
def test_an_ed25519_call_that_was_changed_does_not_hold() -> None:
    said = signed().headers[PREFIX + "signature"]
    for call in (
        signed(request_id="another"),
        signed(user_id="another"),
        signed(timestamp=str(STAMP + 1)),
        signed(signature=said[:-2]),
        signed(signature="z" * 128),
        signed(signature="0" * 128),
        signed(signature=""),
        signed(request_id="x" * 300),
        WebhookCall(headers=signed().headers, body=b"{}"),
        WebhookCall(headers={}, body=BODY),
    ):
        assert not verify_ed25519(call, NOW, [PUBLIC], prefix=PREFIX)
    for off_s, why in ((301, "too old"), (-301, "from the future")):
        assert why in verify_ed25519(signed(), NOW + timedelta(seconds=off_s), [PUBLIC], prefix=PREFIX).why


async def test_without_the_library_the_pip_line_is_said_before_anything_is_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(name: str, package: str | None = None) -> Any:
        raise ModuleNotFoundError(name)

    vendor = Vendor(jwks(PUBLIC))
    monkeypatch.setattr(importlib, "import_module", refuse)
    with pytest.raises(MissingExtraError, match=r"pip install 'cutaway\[webhooks\]'"):
        verify_ed25519(signed(), NOW, [PUBLIC], prefix=PREFIX)
    with pytest.raises(MissingExtraError, match=r"pip install 'cutaway\[webhooks\]'"):
        await KeyCache(vendor.fetch).verify(WebhookCall(headers={}, body=b""), NOW, prefix=PREFIX)
    assert vendor.asked == 0


def test_a_jwks_document_is_read_for_its_ed25519_keys_only() -> None:
    assert parse_jwks(jwks(PUBLIC, OTHER_PUBLIC)) == (PUBLIC, OTHER_PUBLIC)
    padded = {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(PUBLIC).decode()}]}
    assert parse_jwks(json.dumps(padded).encode()) == (PUBLIC,)
    assert len(parse_jwks(jwks(*[PUBLIC] * 50))) == 16
    for text in (b"", b"[]", b"{", b'{"keys": 3}', b'{"keys": {"x": 1}}', b"\xff", jwks(PUBLIC[:31]), b"[" * 99_999):
        assert parse_jwks(text) == ()
    assert parse_jwks(jwks(PUBLIC) + b" " * 70_000) == ()
    for x in ("é" * 43, 7, None, "A" * 43 + "!", ["A"]):
        assert parse_jwks(json.dumps({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x}]}).encode()) == ()


class Vendor:
    """What a vendor publishes, and how often it was asked."""

    def __init__(self, content: bytes | Exception) -> None:
        self.content = content
        self.asked = 0

    async def fetch(self) -> bytes:
        self.asked += 1
        await asyncio.sleep(0)
        if isinstance(self.content, Exception):
            raise self.content
        return self.content


def slow(monkeypatch: pytest.MonkeyPatch, content: bytes | Exception) -> tuple[Vendor, KeyCache]:
    monkeypatch.setattr(webhooks, "load_ed25519", lambda: slow_holds)
    vendor = Vendor(content)
    return vendor, KeyCache(vendor.fetch)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.usefixtures("ed25519")
async def test_keys_are_fetched_once_a_day() -> None:
    vendor = Vendor(jwks(PUBLIC))
    cache = KeyCache(vendor.fetch)
    for seconds, asked in ((0, 1), (10, 1), (86_399, 1), (86_400, 2), (86_410, 2)):
        assert await cache.verify(signed(stamp=STAMP + seconds), at(seconds), prefix=PREFIX)
        assert vendor.asked == asked


async def test_calls_at_once_fetch_the_keys_once(monkeypatch: pytest.MonkeyPatch) -> None:
    vendor, cache = slow(monkeypatch, jwks(PUBLIC))
    heard = await asyncio.gather(*(cache.verify(signed(), NOW, prefix=PREFIX) for _ in range(8)))
    assert all(heard)
    assert vendor.asked == 1


async def test_a_changed_key_is_fetched_once_more_and_forgers_get_no_further_fetch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vendor, cache = slow(monkeypatch, jwks(PUBLIC))
    assert await cache.verify(signed(), NOW, prefix=PREFIX)
    vendor.content = jwks(OTHER_PUBLIC)
    assert await cache.verify(signed(OTHER_SEED), NOW, prefix=PREFIX)
    assert vendor.asked == 2
    for _ in range(5):
        assert not await cache.verify(signed(SEED), NOW, prefix=PREFIX)
    assert vendor.asked == 2
    assert await cache.verify(signed(OTHER_SEED, stamp=STAMP + 86_400), at(86_400), prefix=PREFIX)
    assert vendor.asked == 3
    assert not await cache.verify(signed(SEED, stamp=STAMP + 86_401), at(86_401), prefix=PREFIX)
    assert vendor.asked == 4


async def test_a_call_that_no_key_could_save_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    vendor, cache = slow(monkeypatch, jwks(PUBLIC))
    for call in (signed(signature="00"), signed(timestamp="0"), signed(user_id=""), WebhookCall(headers={}, body=b"")):
        assert not await cache.verify(call, NOW, prefix=PREFIX)
    assert vendor.asked == 0


@pytest.mark.parametrize("content", [OSError("no route"), RuntimeError("a bug"), b"<html>", b'{"keys": []}'])
async def test_a_failed_fetch_is_a_verdict_and_repeated_after_a_minute(
    monkeypatch: pytest.MonkeyPatch, content: bytes | Exception
) -> None:
    vendor, cache = slow(monkeypatch, content)
    for seconds, asked in ((0, 1), (1, 1), (59, 1), (60, 2)):
        verdict = await cache.verify(signed(stamp=STAMP + seconds), at(seconds), prefix=PREFIX)
        assert "could not be fetched" in verdict.why
        assert vendor.asked == asked
    vendor.content = jwks(PUBLIC)
    assert await cache.verify(signed(stamp=STAMP + 120), at(120), prefix=PREFIX)


async def test_a_failed_daily_fetch_keeps_the_old_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    vendor, cache = slow(monkeypatch, jwks(PUBLIC))
    assert await cache.verify(signed(), NOW, prefix=PREFIX)
    vendor.content = OSError("no route")
    assert await cache.verify(signed(stamp=STAMP + 90_000), at(90_000), prefix=PREFIX)
    assert vendor.asked == 2


async def test_a_fetch_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang() -> bytes:
        await asyncio.sleep(60)
        return b""

    monkeypatch.setattr(webhooks, "load_ed25519", lambda: slow_holds)
    monkeypatch.setattr(webhooks, "FETCH_S", 0.05)
    assert "could not be fetched" in (await KeyCache(hang).verify(signed(), NOW, prefix=PREFIX)).why


async def test_a_clock_that_was_wrong_once_does_not_keep_old_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    vendor, cache = slow(monkeypatch, jwks(PUBLIC))
    ahead = 10 * 365 * 86_400
    assert await cache.verify(signed(stamp=STAMP + ahead), at(ahead), prefix=PREFIX)
    assert await cache.verify(signed(), NOW, prefix=PREFIX)
    assert vendor.asked == 2


def test_one_cache_serves_several_loops_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    vendor, cache = slow(monkeypatch, jwks(PUBLIC))

    async def several() -> list[Verdict]:
        return await asyncio.gather(*(cache.verify(signed(), NOW, prefix=PREFIX) for _ in range(3)))

    assert all(asyncio.run(several()))
    assert all(asyncio.run(several()))
    assert vendor.asked == 1


# --- nonce addresses --------------------------------------------------------------------------------------------------


def query_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def test_a_nonce_address_is_known_again() -> None:
    url = nonce_url("https://host.example/films/", "house", "op_1-2", NONCE_SECRET)
    assert url.startswith("https://host.example/films/hooks/house?order=op_1-2&nonce=")
    assert NONCE_SECRET not in url
    assert check_nonce(query_of(url), "house", NONCE_SECRET) == Verdict(True, id="op_1-2")


def test_a_nonce_is_good_for_its_own_order_provider_and_secret_only() -> None:
    query = query_of(nonce_url("https://host.example", "house", "op_1-2", NONCE_SECRET))
    assert not check_nonce(query, "other", NONCE_SECRET)
    assert not check_nonce(query, "house", NONCE_SECRET + "x")
    assert not check_nonce(query, "house", "")
    for changes in (
        {"order": "op_1-3"},
        {"order": ""},
        {"order": "x" * 300},
        {"order": "op\n1"},
        {"nonce": ""},
        {"nonce": query["nonce"][:-1]},
        {"nonce": query["nonce"] + "0"},
        {"nonce": query["nonce"].upper()},
        {"nonce": "é" * 64},
    ):
        verdict = check_nonce(query | changes, "house", NONCE_SECRET)
        assert not verdict, changes
        assert verdict.why
        assert verdict.id == ""
    assert not check_nonce({}, "house", NONCE_SECRET)


@pytest.mark.parametrize(
    ("base", "provider", "key", "secret"),
    [
        ("host.example", "house", "op", NONCE_SECRET),
        ("ftp://host.example", "house", "op", NONCE_SECRET),
        ("https://", "house", "op", NONCE_SECRET),
        ("https://user:pass@host.example", "house", "op", NONCE_SECRET),
        ("https://host.example/?a=b", "house", "op", NONCE_SECRET),
        ("https://host.example/#a", "house", "op", NONCE_SECRET),
        ("https://[::1", "house", "op", NONCE_SECRET),
        ("https://host.example", "a/b", "op", NONCE_SECRET),
        ("https://host.example", "", "op", NONCE_SECRET),
        ("https://host.example", "house", "", NONCE_SECRET),
        ("https://host.example", "house", "a b", NONCE_SECRET),
        ("https://host.example", "house", "op", "short"),
    ],
)
def test_what_cannot_make_a_nonce_address_is_a_config_error(base: str, provider: str, key: str, secret: str) -> None:
    with pytest.raises(ConfigError):
        nonce_url(base, provider, key, secret)


# --- replays ----------------------------------------------------------------------------------------------------------


async def test_the_same_message_a_second_time_is_not_believed() -> None:
    memory = MemoryReplays()
    verdict = verify_standard(standard(), NOW, SECRET)
    assert await not_replayed(verdict, "house", memory) == verdict
    again = await not_replayed(verdict, "house", memory)
    assert not again
    assert "before" in again.why
    assert await not_replayed(verdict, "other", memory)


async def test_a_forged_call_uses_no_id_up() -> None:
    memory = MemoryReplays()
    forged = verify_standard(standard(webhook_signature="v1,AAAA"), NOW, SECRET)
    assert await not_replayed(forged, "house", memory) == forged
    assert len(memory) == 0
    assert await not_replayed(verify_standard(standard(), NOW, SECRET), "house", memory)


async def test_an_id_is_remembered_as_long_as_its_call_could_hold() -> None:
    clock = [1000.0]
    memory = MemoryReplays(clock=lambda: clock[0])
    assert await memory.remember("a", REPLAY_TTL_S)
    clock[0] += REPLAY_TTL_S - 1
    assert not await memory.remember("a", REPLAY_TTL_S)
    clock[0] += 1
    assert await memory.remember("a", REPLAY_TTL_S)
    assert not await memory.remember("a", REPLAY_TTL_S)


async def test_the_memory_is_bounded_and_forgets_the_oldest_first() -> None:
    memory = MemoryReplays(max_ids=3)
    for name in "abcd":
        assert await memory.remember(name, 600)
        assert len(memory) <= 3
    assert not await memory.remember("b", 600)
    assert not await memory.remember("d", 600)
    assert await memory.remember("a", 600)


async def test_what_ran_out_makes_room() -> None:
    clock = [0.0]
    memory = MemoryReplays(max_ids=3, clock=lambda: clock[0])
    for name in "abc":
        await memory.remember(name, 10)
    clock[0] = 11
    await memory.remember("d", 10)
    assert len(memory) == 1


# --- what adapters read -----------------------------------------------------------------------------------------------


def test_a_body_is_read_as_a_json_object_or_as_nothing() -> None:
    call = WebhookCall(headers={}, body=b'{"type": "x", "data": {"id": "job_1", "n": 3}}')
    body = body_json(call)
    assert text_at(body, "data", "id") == "job_1"
    assert text_at(body, "data", "n") == text_at(body, "data") == text_at(body, "type", "id") == ""
    assert text_at(None, "a") == text_at([1], "a") == ""
    assert text_at({"id": "x" * 257}, "id") == ""
    for raw in (b"", b"[1]", b"null", b"{", b"\xff\xfe", b'{"a":' * 100_000, b'{"a": ' + b"9" * 10_000 + b"}"):
        assert body_json(WebhookCall(headers={}, body=raw)) == {}
    assert body_json(WebhookCall(headers={}, body=b"{}" + b" " * MAX_BODY_BYTES)) == {}


# --- whatever arrives -------------------------------------------------------------------------------------------------

NAMES: Final = (
    "webhook-id",
    "webhook-timestamp",
    "webhook-signature",
    STAMPED_HEADER.lower(),
    *(PREFIX + name for name in ("request-id", "user-id", "timestamp", "signature")),
)
VALUES: Final = st.one_of(
    st.text(max_size=60),
    st.binary(max_size=80).map(lambda raw: raw.decode("latin-1")),
    st.sampled_from([SIGNATURE, str(STAMP), f"t={STAMP},v1=", "v1,", "v1, v1,", "0" * 128, "=" * 9, "\x00", "v1,===="]),
    st.binary(max_size=64).map(lambda raw: "v1," + base64.b64encode(raw).decode()),
    st.binary(min_size=32, max_size=32).map(lambda raw: f"t={STAMP},v1={raw.hex()}"),
    st.binary(min_size=64, max_size=64).map(bytes.hex),
    st.just("9" * (MAX_HEADER_CHARS + 1)),
)
CALLS: Final = st.builds(
    WebhookCall,
    headers=st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=20)), VALUES, max_size=12),
    body=st.binary(max_size=200),
    query=st.dictionaries(st.one_of(st.sampled_from(["order", "nonce"]), st.text(max_size=9)), VALUES, max_size=4),
)
CHECKS: Final[tuple[Callable[[WebhookCall, str], Verdict], ...]] = (
    lambda call, secret: verify_standard(call, NOW, secret),
    lambda call, secret: verify_stamped(call, NOW, secret, header=STAMPED_HEADER),
    lambda call, secret: verify_hmac(call, secret, header="webhook-signature", prefix="v1,"),
    lambda call, secret: check_nonce(call.query, "house", secret),
)


@settings(max_examples=300, deadline=None)
@given(call=CALLS, secret=st.one_of(st.just(SECRET), st.text(max_size=40)))
def test_no_bytes_raise_and_none_are_believed(call: WebhookCall, secret: str) -> None:
    for check in CHECKS:
        verdict = check(call, secret)
        assert verdict == Verdict(False, verdict.why)
        assert 0 < len(verdict.why) < 200
    assert isinstance(body_json(call), dict)
    assert isinstance(parse_jwks(call.body), tuple)


@settings(max_examples=100, deadline=None)
@given(call=CALLS, keys=st.lists(st.binary(max_size=40), max_size=3))
def test_no_bytes_raise_with_ed25519_either(call: WebhookCall, keys: list[bytes]) -> None:
    fitting = call.model_copy(update={"headers": {**signed_headers(), **call.headers}})
    with pytest.MonkeyPatch.context() as patch:
        if importlib.util.find_spec("cryptography") is None:
            patch.setattr(webhooks, "load_ed25519", lambda: lambda *parts: False)
        for one in (call, fitting):
            assert not verify_ed25519(one, NOW, keys, prefix=PREFIX)


_SIGNED: Final = signed().headers


def signed_headers() -> dict[str, str]:
    return dict(_SIGNED)


@settings(max_examples=200, deadline=None)
@given(place=st.integers(0, 2), index=st.integers(0, 10_000), flip=st.integers(1, 127))
def test_one_changed_character_of_a_genuine_call_is_noticed(place: int, index: int, flip: int) -> None:
    headers, body = dict(standard().headers), BODY
    if place == 2:
        spot = index % len(body)
        body = body[:spot] + bytes([body[spot] ^ flip]) + body[spot + 1 :]
    else:
        name = ("webhook-id", "webhook-timestamp")[place]
        spot = index % len(headers[name])
        headers[name] = headers[name][:spot] + chr(ord(headers[name][spot]) ^ flip) + headers[name][spot + 1 :]
    assert not verify_standard(WebhookCall(headers=headers, body=body), NOW, SECRET)
