"""Making the file of one operation: a shot by an artist, or the cut by the composer."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cutaway.contract import GenerationRequest, Rendered
from cutaway.errors import AttachmentError, OrderMismatchError
from cutaway.jobs.fetching import fetch_output
from cutaway.jobs.orders import clip_keys, request_of, resolve
from cutaway.ledger import to_micro
from cutaway.media.compose import compose
from cutaway.media.normalise import normalise
from cutaway.media.preview import poster, preview
from cutaway.media.probe import MediaFacts, check, check_picture, probe, probe_image
from cutaway.media.stills import still_poster

if TYPE_CHECKING:
    from cutaway.jobs.run import Bench, Made, Work


async def make_shot(bench: Bench, work: Work, folder: Path) -> Made:
    """The shot as a stored file in the house format, drawn here or fetched; what was not ordered is refused.

    A still is stored as the picture it is: the cut moves over it, and the clip made from it begins with these bytes.
    """
    from cutaway.jobs.run import Made

    request = request_of(work.operation)
    shot = GenerationRequest.model_validate(work.operation.spec["request"])
    out = folder / ("shot.png" if shot.modality == "image" else "shot.mp4")
    if work.operation.phase == "rendered":
        rendered = await fetch_output(bench, work, out)
    else:
        rendered = await _render(bench, work, request, out)
    if shot.modality == "image":
        return await _keep_still(bench, work, shot, rendered, folder)
    facts = await asyncio.to_thread(probe, rendered.path)
    check(facts, request)
    house = folder / "house.mp4"
    cut_s = shot.duration_s if request.duration_s > shot.duration_s else None
    facts = await asyncio.to_thread(normalise, rendered.path, house, size=shot.size, fps=shot.fps, trim_end_s=cut_s)
    stored = await bench.store.put_file(house, media_type="video/mp4")
    return Made(
        asset=stored.sha256,
        facts=await _describe(bench, work, house, facts, folder),
        notes=rendered.notes,
        charged_micro=work.operation.charged_micro + to_micro(rendered.cost_usd),
    )


async def _keep_still(bench: Bench, work: Work, shot: GenerationRequest, rendered: Rendered, folder: Path) -> Made:
    from cutaway.jobs.run import Made

    try:
        facts = await asyncio.to_thread(probe_image, rendered.path)
    except AttachmentError as error:  # its fix is for people who send files
        raise OrderMismatchError(f"The file is not what was ordered: {error.message}") from error
    check_picture(facts, shot.size)
    stored = await bench.store.put_file(rendered.path, media_type=facts.media_type)
    smaller = folder / "poster.jpg"
    await asyncio.to_thread(still_poster, rendered.path, smaller)
    described = asdict(facts) | {"operation_id": work.operation.id, "model": work.operation.model}
    described["poster"] = (await bench.store.put_file(smaller, media_type="image/jpeg")).sha256
    return Made(
        asset=stored.sha256,
        facts=described,
        notes=rendered.notes,
        charged_micro=work.operation.charged_micro + to_micro(rendered.cost_usd),
    )


async def make_cut(bench: Bench, work: Work, folder: Path) -> Made:
    """Join the clips, draw the words, lay the sound, and store the film with its poster and preview."""
    from cutaway.jobs.run import Made

    plan = work.operation.spec["cut"]
    assets = await bench.ledger.made(work.operation.tenant, clip_keys(plan))
    cut = resolve(plan, assets)
    clips = {sha: await bench.store.path(sha) for sha in set(assets.values())}
    out = folder / "cut.mp4"
    result = await compose(cut, clips, out, work.progress, work.cancelled, font=bench.font)
    stored = await bench.store.put_file(out, media_type="video/mp4")
    facts = await _describe(bench, work, out, result.facts, folder, moving=True)
    return Made(asset=stored.sha256, facts=facts, notes=result.notes)


async def _render(bench: Bench, work: Work, request: GenerationRequest, out: Path) -> Rendered:
    """The artist the order names draws it."""
    from cutaway.jobs.run import local_artist

    artist, model = local_artist(bench, work.operation.model)
    inputs = {ref.sha256: await bench.store.path(ref.sha256) for ref in request.inputs}
    return await artist.render(model, request, inputs, out, work.progress, work.cancelled)


async def _describe(
    bench: Bench, work: Work, path: Path, facts: MediaFacts, folder: Path, *, moving: bool = False
) -> dict[str, Any]:
    """Media facts for the ledger: what made it, and the hashes of a poster and, for a film, a moving preview."""
    described: dict[str, Any] = asdict(facts) | {"operation_id": work.operation.id, "model": work.operation.model}
    still = folder / "poster.jpg"
    await asyncio.to_thread(poster, path, still)
    described["poster"] = (await bench.store.put_file(still, media_type="image/jpeg")).sha256
    if moving:
        animated = folder / "preview.webp"
        await asyncio.to_thread(preview, path, animated)
        described["preview"] = (await bench.store.put_file(animated, media_type="image/webp")).sha256
    return described
