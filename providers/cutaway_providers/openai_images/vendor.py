"""The adapter: one POST whose answer is the picture."""

from __future__ import annotations

import asyncio
import base64
import binascii
import mimetypes
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from cutaway.contract import Failure, GenerationRequest, Handle, Placing, Status
from cutaway.errors import FailureKind, ProviderError, SubmitUnknownError
from cutaway.http import Answer, Form, read_input
from cutaway.vendor import Account, CatalogModel, RemoteVendor, at, money, number, text
from cutaway_providers.openai_videos.reading import CODE_KINDS

MAX_ANSWER_BYTES: Final = 64_000_000
MAX_INPUT_BYTES: Final = 50_000_000
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})


class ImagesAccount(Account):
    """An account; `read_s` and `total_s` are long, since nothing comes before the picture is done."""

    read_s: float = 300
    total_s: float = 330


class OpenAIImages(RemoteVendor):
    """A remote provider speaking `/v1/images/generations` and `/v1/images/edits`."""

    code_kinds: ClassVar[Mapping[str, FailureKind]] = {**CODE_KINDS, "invalid_api_key": "auth"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """One POST: JSON for a new picture, multipart where pictures go in."""
        offered = self.model_for(model, request)
        if offered.sizes and request.size not in offered.sizes:
            raise self.unsupported(f"makes {', '.join(map(str, offered.sizes))} with {model}, not {request.size}")
        if request.operation != "generate" and not request.inputs:
            raise self.unsupported(f"needs a picture to {request.operation}")
        fields: dict[str, Any] = {"model": offered.wire_name, "prompt": request.brief.prompt, "n": 1}
        fields |= {"size": str(request.size)} | dict(offered.wire.get("fields") or {})
        if request.inputs:
            form = await self._form(fields, request, placing)
            answer = await self.client.post_once(
                "/images/edits", form=form, still_ours=placing.still_ours, max_bytes=MAX_ANSWER_BYTES
            )
        else:
            answer = await self.client.post_once(
                "/images/generations", body=fields, still_ours=placing.still_ours, max_bytes=MAX_ANSWER_BYTES
            )
        return await self._kept(offered, answer, placing)

    async def poll(self, handle: Handle) -> Status:
        """Nothing is asked: the answer to the order was the result, or its address."""
        outputs = handle.kept or tuple(filter(None, (text(handle.data, "url"),)))
        if not outputs:
            failure = Failure(kind="not_found", message="This order's picture came with an answer that was not kept.")
            return Status(state="lost", failure=failure)
        return Status(state="succeeded", outputs=outputs, cost_usd=handle.cost_usd)

    async def check(self) -> str:
        """List the models, which is free."""
        return await self.probe_key("/models")

    async def _form(self, fields: Mapping[str, Any], request: GenerationRequest, placing: Placing) -> Form:
        form: list[tuple[str, str | tuple[str, bytes, str]]] = [(name, _word(value)) for name, value in fields.items()]
        name = "image" if len(request.inputs) == 1 else "image[]"
        for place, ref in enumerate(request.inputs):
            file = placing.inputs.get(ref.sha256)
            if file is None or file.media_type not in PICTURES:
                raise self.unsupported(f"takes PNG, JPEG or WebP files, not {ref.media_type}")
            suffix = mimetypes.guess_extension(file.media_type) or ""
            content = await read_input(file, max_bytes=MAX_INPUT_BYTES)
            form.append((name, (f"{ref.role}-{place}{suffix}", content, file.media_type)))
        return form

    async def _kept(self, offered: CatalogModel, answer: Answer, placing: Placing) -> Handle:
        data, native = answer.data, answer.data.get("id")
        handle = self.handle(offered.id, native if isinstance(native, str) and native else placing.key, answer)
        handle = handle.model_copy(update={"cost_usd": _cost(offered, data.get("usage"))})
        encoded, url = text(data, "data.0.b64_json"), text(data, "data.0.url")
        if encoded:
            try:
                content = await asyncio.to_thread(base64.b64decode, encoded, validate=True)
            except (binascii.Error, ValueError):
                content = b""
            if content:
                return handle.model_copy(update={"kept": (await placing.keep(content),)})
        elif url:
            return handle.model_copy(update={"data": {"url": url}})
        elif data.get("error"):
            failure = self.failure(at(data, "error.code") or at(data, "error.type"), at(data, "error.message"))
            raise ProviderError(failure.message, kind=failure.kind, retryable=failure.retryable, status=answer.status)
        raise SubmitUnknownError(
            f"{self.name} answered {answer.status} without a picture.", kind="unknown", status=answer.status
        )


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cost(offered: CatalogModel, usage: Any) -> Decimal | None:
    """What the reported tokens cost; None when the answer reports none or the model has no prices for them."""
    rates = offered.wire.get("usd_per_million") or {}
    places = {
        "text_in": "input_tokens_details.text_tokens",
        "image_in": "input_tokens_details.image_tokens",
        "image_out": "output_tokens",
    }
    total = Decimal(0)
    for name, place in places.items():
        tokens, rate = number(at(usage, place), 10**9), number(rates.get(name), 10**6)
        if tokens is None or rate is None:
            return None
        total += tokens * rate / 1_000_000
    return money(total)
