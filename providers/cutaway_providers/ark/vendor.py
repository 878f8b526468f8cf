"""The adapter: one task path for everything, told apart by the roles of what goes in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final, Literal

from cutaway.contract import Failure, GenerationRequest, Handle, InputRef, InputRole, ListedJob, Placing, Status
from cutaway.errors import ConfigError, FailureKind, ProviderError
from cutaway.http import data_uri
from cutaway.vendor import Account, CatalogModel, RemoteVendor, State, at, money, number, quoted, text

BASE_URLS: Final[Mapping[str, str]] = {
    "cn": "https://ark.cn-beijing.volces.com/api/v3",
    "intl": "https://ark.ap-southeast.bytepluses.com/api/v3",
}
TASKS: Final = "/contents/generations/tasks"
MAX_PICTURE_BYTES: Final = 30_000_000
PAGE: Final = 100
MAX_PAGES: Final = 20
MAX_TIME: Final = 10**11

_KINDS: Final[Mapping[InputRole, tuple[str, str, str]]] = {
    "first_frame": ("image_url", "first_frame", "image/"),
    "last_frame": ("image_url", "last_frame", "image/"),
    "reference": ("image_url", "reference_image", "image/"),
    "source_video": ("video_url", "reference_video", "video/"),
    "reference_video": ("video_url", "reference_video", "video/"),
    "reference_audio": ("audio_url", "reference_audio", "audio/"),
}
"""What an input is on the wire: content type, role, and how its media type begins."""


def _policy_codes() -> dict[str, FailureKind]:
    kinds = ("", *(f"{way}{what}" for way in ("Input", "Output") for what in ("Text", "Image", "Video", "Audio")))
    more = ("", ".PrivacyInformation", ".PolicyViolation", ".SevereViolation", ".Violence")
    codes: dict[str, FailureKind] = {
        f"{kind}SensitiveContentDetected{suffix}": "policy" for kind in kinds for suffix in more
    }
    return codes | {f"{kind}RiskDetection": "policy" for kind in kinds if kind}


class ArkAccount(Account):
    """An account of one region."""

    region: Literal["cn", "intl"] = "cn"


class Ark(RemoteVendor):
    """A remote provider for Ark.

    `wire` of a model: `region` where it is sold (else everywhere), `usd_per_m_tokens` by resolution, without video
    input, `adaptive_frames` when a clip takes its ratio from its first frame.
    """

    states: ClassVar[Mapping[str, State]] = {
        "queued": "queued",
        "running": "running",
        "succeeded": "succeeded",
        "failed": "failed",
        "cancelled": "cancelled",
        "expired": "expired",
    }
    code_kinds: ClassVar[Mapping[str, FailureKind]] = _policy_codes() | {
        "AuthenticationError": "auth",
        "AccessDenied": "auth",
        "AccountOverdueError": "balance",
        "ServerOverloaded": "capacity",
        "InternalServiceError": "provider",
        "InvalidParameter": "invalid",
        "MissingParameter": "invalid",
    }

    def __init__(self, account: ArkAccount) -> None:
        super().__init__(account)
        here = {name: one for name, one in self.models.items() if one.wire.get("region") in {None, account.region}}
        if self.models and not here:
            raise ConfigError(
                f"None of the models of {account.name} is sold in the region {account.region!r}.",
                fix="Change region or only.",
            )
        self.models = here

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST. What the order will be priced by goes into the handle, so that a poll can say what it cost."""
        offered = self.model_for(model, request)
        body = self._body(offered, request)
        body["content"] = [
            {"type": "text", "text": request.brief.prompt},
            *await self._media(offered, request, placing),
        ]
        answer = await self.client.post_once(TASKS, body=body, still_ours=placing.still_ours)
        price = at(offered.wire, f"usd_per_m_tokens.{request.size.resolution}")
        data = {} if request.videos or not isinstance(price, str) else {"usd_per_m_tokens": price}
        return self.handle(model, answer.data.get("id"), answer, data)

    async def poll(self, handle: Handle) -> Status:
        """One GET. Only a succeeded job is charged, by its completion tokens."""
        found = await self.get_job(f"{TASKS}/{quoted(handle.native_id)}")
        if isinstance(found, Status):
            return found
        task = found.data
        state = self.state(task.get("status"))
        url = text(task, "content.video_url")
        failure: Failure | None = None
        cost: Decimal | None = Decimal(0)
        if state == "succeeded":
            cost = _cost(handle, at(task, "usage.completion_tokens"))
            if not url:
                state, failure = "failed", Failure(kind="provider", message="The task succeeded without a video.")
        elif state == "failed":
            failure = self.failure(text(task, "error.code"), at(task, "error.message"), _kind(text(task, "error.code")))
        elif state in {"queued", "running"}:
            cost = None
        return Status(state=state, outputs=(url,) if state == "succeeded" else (), failure=failure, cost_usd=cost)

    async def cancel(self, handle: Handle) -> bool:
        """DELETE a job that still waits. False for any other: a running one goes on, a finished one would be lost."""
        if (await self.poll(handle)).state != "queued":
            return False
        try:
            await self.client.delete_json(f"{TASKS}/{quoted(handle.native_id)}")
        except ProviderError as error:
            if error.status in {400, 403, 404, 409, 410}:
                return False
            raise
        return True

    async def listed(self, since: datetime) -> tuple[ListedJob, ...]:
        """The account's tasks since a moment; Ark echoes neither key nor words. It keeps them for seven days."""
        jobs: dict[str, ListedJob] = {}
        for page in range(1, MAX_PAGES + 1):
            answer = await self.client.get_json(TASKS, params={"page_num": str(page), "page_size": str(PAGE)})
            items = answer.data.get("items")
            items = items if isinstance(items, list) else []
            for item in items:
                native, created = text(item, "id"), number(at(item, "created_at"), MAX_TIME)
                if native and created is not None and created >= int(since.timestamp()):
                    moment = datetime.fromtimestamp(float(created), UTC)
                    jobs[native] = ListedJob(native_id=native, created_at=moment)
            if len(items) < PAGE:
                return tuple(jobs.values())
        raise ProviderError(f"{self.name} lists more than {PAGE * MAX_PAGES} tasks.", kind="unknown")

    async def check(self) -> str:
        """Ask for one task of the list, which is free."""
        await self.client.get_json(TASKS, params={"page_num": "1", "page_size": "1"})
        return f"{self.client.base_url} answers"

    # --- the order ----------------------------------------------------------------------------------------------------

    def _body(self, offered: CatalogModel, request: GenerationRequest) -> dict[str, Any]:
        seconds, size = request.duration_s, request.size
        if seconds != int(seconds) or not offered.min_duration_s <= seconds <= offered.max_duration_s:
            raise self.unsupported(f"makes no {seconds:g} s with {offered.id}")
        if size.resolution not in offered.resolutions or size.aspect not in offered.aspects:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        # A first frame gives some models their shape, and those refuse any other word about it.
        adaptive = bool(offered.wire.get("adaptive_frames")) and bool(request.of_role("first_frame"))
        return {
            "model": offered.wire_name,
            "resolution": size.resolution,
            "ratio": "adaptive" if adaptive else size.aspect,
            "duration": int(seconds),
            "seed": request.seed,
            "generate_audio": request.audio,
            "watermark": False,
        }

    async def _media(self, offered: CatalogModel, request: GenerationRequest, placing: Placing) -> list[dict[str, Any]]:
        frames = request.of_role("first_frame", "last_frame")
        others = request.of_role("source_video", "reference", "reference_video", "reference_audio")
        if request.operation != "generate" and not request.of_role("source_video"):
            raise self.unsupported(f"needs a source_video input to {request.operation} with {offered.id}")
        if frames and others:
            raise self.unsupported("takes frames and references in separate orders only")
        if request.of_role("last_frame") and not request.of_role("first_frame"):
            raise self.unsupported("takes no last_frame without a first_frame")
        if others and all(one.role == "reference_audio" for one in others):
            raise self.unsupported("takes reference_audio only together with a picture or a video")
        ordered = sorted((*frames, *others), key=lambda one: list(_KINDS).index(one.role))
        return [await self._content(one, placing) for one in ordered]

    async def _content(self, one: InputRef, placing: Placing) -> dict[str, Any]:
        kind, role, begins = _KINDS[one.role]
        file = placing.inputs[one.sha256]
        if not one.media_type.startswith(begins):
            raise self.unsupported(f"takes no {one.media_type} as {one.role}")
        url = file.url
        if not url and kind == "image_url":
            url = await data_uri(file, max_bytes=MAX_PICTURE_BYTES)
        if not url:
            raise self.unsupported(f"reads a {one.role} from a public https address only, and this store has none")
        return {"type": kind, kind: {"url": url}, "role": role}


def _cost(handle: Handle, tokens: Any) -> Decimal | None:
    price = number(handle.data.get("usd_per_m_tokens"), 10**6)
    cost = None if price is None else money(tokens, price / 1_000_000)
    return None if cost is None else cost.quantize(Decimal("0.000001"))


def _kind(code: str) -> FailureKind:
    """The kind of a failure code that is not in the list: new ones of a family keep its end."""
    return "policy" if "SensitiveContentDetected" in code or "RiskDetection" in code else "provider"
