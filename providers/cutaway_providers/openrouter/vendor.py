"""The adapter: one JSON POST, one job object, results behind the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, Heard, InputRef, Placing, Status, WebhookCall
from cutaway.errors import ProviderError, SubmitUnknownError
from cutaway.http import data_uri
from cutaway.http.webhooks import body_json, text_at, verify_stamped
from cutaway.vendor import CatalogModel, RemoteVendor, State, at, money, number, quoted, text
from cutaway_providers.openrouter.prices import tiers_of

WEBHOOK_HEADER: Final = "X-OpenRouter-Signature"
MAX_DATA_BYTES: Final = 8_000_000
"""Pictures without a public address go inside the order, up to this size."""
RESOLUTIONS: Final = {"480p": "480p", "720p": "720p", "768p": "768p", "1080p": "1080p", "2k": "2K", "4k": "4K"}
_MODERATED: Final = re.compile(r"moderat|flagged|content.?polic|safety|sensitive|nsfw", re.IGNORECASE)
"""Words of a failure that mean policy: a failed job has a sentence and no code."""


class OpenRouter(RemoteVendor):
    """A remote provider for OpenRouter's video models."""

    states: ClassVar[Mapping[str, State]] = {
        "pending": "queued",
        "in_progress": "running",
        "completed": "succeeded",
        "failed": "failed",
        "cancelled": "cancelled",
        "expired": "expired",
    }

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST, for a new clip and for one that goes on from an earlier job of this account."""
        offered = self.model_for(model, request)
        body = self._shape(offered, request)
        body |= self._previous(offered, request)
        frames, references = request.of_role("first_frame", "last_frame"), request.of_role("reference")
        if frames and references:
            raise self.unsupported(f"takes either frames or references with {model}, not both")
        if frames:
            body["frame_images"] = [{**await self._picture(ref, placing), "frame_type": ref.role} for ref in frames]
        if references:
            body["input_references"] = [await self._picture(ref, placing) for ref in references]
        if placing.webhook_url:
            body["callback_url"] = placing.webhook_url
        try:
            answer = await self.client.post_once("/videos", body=body, still_ours=placing.still_ours)
        except ProviderError as error:
            # A 403 is a missing permission, a spent key budget or flagged words; only its sentence tells.
            unsure = isinstance(error, SubmitUnknownError) or error.status != 403
            if unsure or not _MODERATED.search(error.message):
                raise
            raise ProviderError(error.message, kind="policy", status=403) from None
        return self.handle(model, answer.data.get("id"), answer)

    async def poll(self, handle: Handle) -> Status:
        """One GET. The charge is in `usage.cost` once the job is over."""
        found = await self.get_job(f"/videos/{quoted(handle.native_id)}")
        if isinstance(found, Status):
            return found
        state = self.state(found.data.get("status"))
        # With a vendor key of one's own, the cost is OpenRouter's fee alone.
        own_key = at(found.data, "usage.is_byok") is True
        return Status(
            state=state,
            outputs=self._outputs(handle, found.data) if state == "succeeded" else (),
            failure=self._why(found.data) if state in {"failed", "expired"} else None,
            cost_usd=None if own_key else money(at(found.data, "usage.cost")),
        )

    async def parse_webhook(self, call: WebhookCall, now: datetime) -> Heard:
        """The job a report is about. Without the workspace's signing secret no report can be believed."""
        native = text_at(body_json(call), "data", "id")
        if not native:
            raise ProviderError(f"A report to {self.name} names no job.", kind="invalid")
        secret = self.account.webhook_secret
        verdict = verify_stamped(call, now, secret.get_secret_value() if secret else "", header=WEBHOOK_HEADER)
        return Heard(native_id=native, verified=verdict.verified, why=verdict.why)

    async def listed_prices(self) -> Mapping[str, Mapping[str, Decimal]]:
        """What GET /videos/models says a second costs; models that are billed by something else are not in it."""
        found = (await self.client.get_json("/videos/models")).data.get("data")
        if not isinstance(found, list):
            raise ProviderError(f"{self.name} answers with a list of models that cannot be read.", kind="provider")
        priced = {text(model, "id"): tiers_of(at(model, "pricing_skus")) for model in found}
        return {name: tiers for name, tiers in priced.items() if name and tiers}

    async def check(self) -> str:
        """Ask about the key, which is free, and say what may still be spent with it."""
        answer = await self.client.get_json("/key")
        left = number(at(answer.data, "data.limit_remaining"), 10**9)
        return f"{self.client.base_url} answers" + ("" if left is None else f", {left} USD left on the key")

    # --- the order ----------------------------------------------------------------------------------------------------

    def _shape(self, offered: CatalogModel, request: GenerationRequest) -> dict[str, Any]:
        """Words, length and picture; only values that the model's profile lists, others would be refused."""
        size, seconds = request.size, request.duration_s
        resolution = RESOLUTIONS.get(size.resolution or "")
        listed = (not offered.resolutions or size.resolution in offered.resolutions) and (
            not offered.aspects or size.aspect in offered.aspects
        )
        if resolution is None or size.aspect is None or not listed:
            raise self.unsupported(f"makes no {size} with {offered.id}")
        allowed = offered.durations_s or (seconds,)
        inside = offered.min_duration_s <= seconds <= offered.max_duration_s and seconds in allowed
        if seconds != int(seconds) or not inside:
            raise self.unsupported(f"makes no {seconds:g} s with {offered.id}")
        if request.voice:
            raise self.unsupported("takes no voice")
        body: dict[str, Any] = {
            "model": offered.wire_name,
            "prompt": request.brief.prompt,
            "duration": int(seconds),
            "resolution": resolution,
            "aspect_ratio": size.aspect,
        }
        if offered.audio == "optional":
            body["generate_audio"] = request.audio
        if offered.wire.get("seed") is True:
            body["seed"] = request.seed
        return body

    def _previous(self, offered: CatalogModel, request: GenerationRequest) -> dict[str, Any]:
        """The earlier job that an edit or an extension goes on from."""
        sources = request.of_role("source_video")
        if request.operation == "generate" and not sources:
            return {}
        native = sources[0].native if sources else None
        if request.operation == "generate" or native is None or native.provider != self.name:
            raise self.unsupported(f"can only edit or extend its own earlier clips with {offered.id}")
        return {"previous_job_id": native.native_id}

    async def _picture(self, ref: InputRef, placing: Placing) -> dict[str, Any]:
        if not ref.media_type.startswith("image/"):
            raise self.unsupported(f"takes no {ref.media_type} as {ref.role}")
        file = placing.inputs[ref.sha256]
        url = file.url or await data_uri(file, max_bytes=MAX_DATA_BYTES)
        return {"type": "image_url", "image_url": {"url": url}}

    # --- the job ------------------------------------------------------------------------------------------------------

    def _outputs(self, handle: Handle, job: Mapping[str, Any]) -> tuple[str, ...]:
        """Addresses at OpenRouter, which need the key and do not run out as the signed ones do."""
        named = job.get("unsigned_urls")
        urls = tuple(url for url in named if isinstance(url, str) and url) if isinstance(named, list) else ()
        return urls or (f"/videos/{quoted(handle.native_id)}/content?index=0",)

    def _why(self, job: Mapping[str, Any]) -> Failure:
        said = text(job, "error")
        return self.failure(None, said, "policy" if _MODERATED.search(said) else "provider")
