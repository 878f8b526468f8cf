"""The adapter: one generateContent whose answer is the picture, or a finish reason in its place."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, Placing, Status
from cutaway.errors import FailureKind, ProviderError, SubmitUnknownError
from cutaway.http import Answer, read_input
from cutaway.vendor import Account, CatalogModel, RemoteVendor, at, money, number, quoted, text

MAX_ANSWER_BYTES: Final = 128_000_000
"""A 4K picture as base64, and the drafts that may come before it."""
MAX_INLINE_BYTES: Final = 14_000_000
"""All pictures of an order together; as text they are a third longer, and an order may have 20 MB."""
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
POLICY: Final = re.compile(r"(IMAGE_)?(SAFETY|PROHIBITED_CONTENT|RECITATION)|BLOCKLIST|SPII|JAILBREAK|MODEL_ARMOR")
"""Finish and block reasons that say the content was refused."""
BAD_KEY: Final = re.compile(r"\bAPI key (not valid|expired|not found)", re.IGNORECASE)


class ImagesAccount(Account):
    """An account; `read_s` and `total_s` are long, since nothing comes before the picture is done."""

    read_s: float = 300
    total_s: float = 330


class GeminiImages(RemoteVendor):
    """A remote provider for Gemini's image models. A job is over when it was placed; `poll` asks nothing."""

    key_header: ClassVar[str] = "x-goog-api-key"
    key_prefix: ClassVar[str] = ""

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST. A candidate without a picture is a failed job: its tokens may have been billed."""
        offered = self.model_for(model, request)
        body = await self._body(offered, request, placing)
        try:
            answer = await self.client.post_once(
                f"/models/{quoted(offered.wire_name)}:generateContent",
                body=body,
                still_ours=placing.still_ours,
                max_bytes=MAX_ANSWER_BYTES,
            )
        except ProviderError as error:
            raise refusal(error) from None
        return await self._kept(offered, answer, placing)

    async def poll(self, handle: Handle) -> Status:
        """Nothing is asked: the answer to the order was the result, or the reason why there is none."""
        if handle.kept:
            return Status(state="succeeded", outputs=handle.kept, cost_usd=handle.cost_usd)
        reason = text(handle.data, "reason")
        if not reason:
            failure = Failure(kind="not_found", message="This order's picture came with an answer that was not kept.")
            return Status(state="lost", failure=failure)
        failure = self.failure(reason, text(handle.data, "said"), kind_of(reason))
        return Status(state="failed", failure=failure, cost_usd=handle.cost_usd)

    async def check(self) -> str:
        """Ask for the models, which is free."""
        try:
            await self.client.get_json("/models", params={"pageSize": "1"})
        except ProviderError as error:
            raise refusal(error) from None
        return f"{self.client.base_url} answers"

    # --- the order ----------------------------------------------------------------------------------------------------

    async def _body(self, offered: CatalogModel, request: GenerationRequest, placing: Placing) -> dict[str, Any]:
        size = request.size
        if (offered.sizes and size not in offered.sizes) or size.aspect is None:
            able = ", ".join(map(str, offered.sizes))
            raise self.unsupported(f"makes {able or 'common shapes'} with {offered.id}, not {size}")
        if request.operation != "generate" and not request.inputs:
            raise self.unsupported(f"needs a picture to {request.operation}")
        shape: dict[str, Any] = {"aspectRatio": size.aspect}
        if tier := text(offered.wire, "image_size"):
            shape["imageSize"] = tier
        config: dict[str, Any] = {"responseModalities": ["IMAGE"], "imageConfig": shape}
        if level := text(offered.wire, "thinking_level"):
            config["thinkingConfig"] = {"thinkingLevel": level}
        parts = [*await self._pictures(request, placing), {"text": request.brief.prompt}]
        return {"contents": [{"role": "user", "parts": parts}], "generationConfig": config}

    async def _pictures(self, request: GenerationRequest, placing: Placing) -> list[dict[str, Any]]:
        files = [placing.inputs[one.sha256] for one in request.inputs]
        stranger = next((file for file in files if file.media_type not in PICTURES), None)
        if stranger is not None:
            raise self.unsupported(f"takes PNG, JPEG or WebP files, not {stranger.media_type}")
        if sum(file.size_bytes for file in files) > MAX_INLINE_BYTES:
            raise self.unsupported(f"takes at most {MAX_INLINE_BYTES} bytes of pictures with an order")
        return [
            {
                "inlineData": {
                    "mimeType": file.media_type,
                    "data": base64.b64encode(await read_input(file, max_bytes=MAX_INLINE_BYTES)).decode("ascii"),
                }
            }
            for file in files
        ]

    # --- the answer ---------------------------------------------------------------------------------------------------

    async def _kept(self, offered: CatalogModel, answer: Answer, placing: Placing) -> Handle:
        data = answer.data
        handle = self.handle(offered.id, text(data, "responseId") or placing.key, answer)
        handle = handle.model_copy(update={"cost_usd": cost_usd(offered, data.get("usageMetadata"))})
        content = await asyncio.to_thread(picture, data)
        if content:
            return handle.model_copy(update={"kept": (await placing.keep(content),)})
        blocked, reason = text(data, "promptFeedback.blockReason"), text(data, "candidates.0.finishReason")
        if blocked:
            raise ProviderError(f"{self.name} blocked the prompt: {self.client.clean(blocked)}.", kind=kind_of(blocked))
        if not reason or reason == "STOP":
            raise SubmitUnknownError(
                f"{self.name} answered {answer.status} without a picture.", kind="unknown", status=answer.status
            )
        said = self.client.clean(text(data, "candidates.0.finishMessage"))
        return handle.model_copy(update={"data": {"reason": reason[:60], "said": said}})


def picture(data: Mapping[str, Any]) -> bytes:
    """The last picture of an answer: drafts of its thoughts come before it. Empty when there is none that can be read.

    A picture that the answer marks as a thought does not count.
    """
    parts = at(data, "candidates.0.content.parts")
    found = [
        text(part, "inlineData.data")
        for part in (parts if isinstance(parts, list) else [])
        if text(part, "inlineData.mimeType").startswith("image/") and at(part, "thought") is not True
    ]
    try:
        return base64.b64decode(found[-1], validate=True) if found else b""
    except (binascii.Error, ValueError):
        return b""


def kind_of(reason: str) -> FailureKind:
    """The kind of a failure by a finish or block reason."""
    return "policy" if POLICY.fullmatch(reason) else "provider"


def refusal(error: ProviderError) -> ProviderError:
    """The same refusal with the kind that its words tell: Google answers 400 for a bad key."""
    if error.status == 400 and BAD_KEY.search(error.message):
        fix = "Check the key in Google AI Studio."
        return ProviderError(error.message, kind="auth", status=error.status, fix=fix)
    return error


def cost_usd(offered: CatalogModel, usage: Any) -> Decimal | None:
    """What the reported tokens cost; None when the answer reports none or the model has no prices for them."""
    rates = {name: number(at(offered.wire, f"usd_per_million.{name}"), 10**6) for name in ("input", "image", "text")}
    listed = at(usage, "candidatesTokensDetails")
    if None in rates.values() or not isinstance(listed, list):
        return None
    images = sum(tokens(one, "tokenCount") for one in listed if text(one, "modality") == "IMAGE")
    words = max(tokens(usage, "candidatesTokenCount") - images, 0) + tokens(usage, "thoughtsTokenCount")
    used = {"input": tokens(usage, "promptTokenCount"), "image": images, "text": words}
    return money(sum((rate * used[name] for name, rate in rates.items() if rate is not None), Decimal(0)) / 1_000_000)


def tokens(data: Any, path: str) -> int:
    """A count of tokens, 0 for anything that is none."""
    return int(number(at(data, path), 10**9) or 0)
