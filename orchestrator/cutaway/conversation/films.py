"""Finished films of versions: where they stand, what they cost, and a plain file people can open."""

from __future__ import annotations

import asyncio
import os
import shutil
from decimal import Decimal
from pathlib import Path

from cutaway.conversation.replies import view
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote, VersionState, VersionView
from cutaway.events import Event
from cutaway.ledger import from_micro
from cutaway.media.store import AssetStore
from cutaway.storyboard.diff import cut_key
from cutaway.storyboard.versions import Version


class Films:
    """The films of one tenant. `folder` holds a link per version, named by thread and number."""

    def __init__(self, services: Services, store: AssetStore, folder: Path) -> None:
        self._services = services
        self._store = store
        self._folder = folder / services.tenant

    async def settled(self, version_id: str) -> bool:
        """True when the version's film is there, its operations ended without one, or only a person can go on."""
        quote = await self._quote(version_id)
        if quote is None:
            return True
        if await self._services.ledger.made(self._services.tenant, [quote.cut_key]):
            return True
        if not await self._services.ledger.making(self._services.tenant, [quote.cut_key]):
            return True
        return any(one.parked for one in await self._services.ledger.of_version(self._services.tenant, version_id))

    async def view(self, version: Version) -> VersionView:
        """The version as people see it; its film is linked into the films folder on the way."""
        services = self._services
        storyboard = await services.versions.storyboard(version)
        quote = await self._quote(version.id)
        key = quote.cut_key if quote else cut_key(storyboard)
        made = await services.ledger.made(services.tenant, [key])
        operations = await services.ledger.of_version(services.tenant, version.id)
        charged = from_micro(sum(o.charged_micro for o in operations))
        quoted = quote.most_usd if quote else Decimal(0)
        if not made:
            making = await services.ledger.making(services.tenant, [key])
            failed = any(o.phase in {"failed", "cancelled"} for o in operations)
            asked: VersionState = "declined" if quote is not None and quote.state == "declined" else "proposed"
            state: VersionState = "making" if making else "failed" if failed else asked
            if any(one.parked for one in operations):
                state = "in_doubt"
            return view(version, storyboard, state, quoted_usd=quoted, charged_usd=charged)
        facts = await services.ledger.asset_facts(services.tenant, made[key]) or {}
        shown = view(version, storyboard, "ready", quoted_usd=quoted, charged_usd=charged)
        files = {
            "path": await self._link(version, made[key], ".mp4"),
            "poster_path": await self._link(version, facts.get("poster"), ".jpg"),
            "preview_path": await self._link(version, facts.get("preview"), ".webp"),
        }
        return shown.model_copy(update=files)

    async def poster(self, event: Event) -> Path | None:
        """The picture that an `operation.done` event tells of, linked into the films folder of its thread's posters."""
        sha256 = event.data.get("poster")
        if not sha256:
            return None
        name = f"{event.shot_id or event.kind}-{sha256[:8]}.jpg"
        target = self._folder / "posters" / name
        await asyncio.to_thread(_place, await self._store.path(sha256), target)
        return target

    async def _link(self, version: Version, sha256: str | None, suffix: str) -> str | None:
        if sha256 is None:
            return None
        name = version.thread.replace(":", "-")
        target = self._folder / name / f"v{version.number}-{sha256[:8]}{suffix}"
        await asyncio.to_thread(_place, await self._store.path(sha256), target)
        return str(target)

    async def _quote(self, version_id: str) -> Quote | None:
        stored = await self._services.quotes.of_version(version_id)
        return Quote.model_validate(stored) if stored else None


def _place(source: Path, target: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError:  # another file system, or one without hard links
        shutil.copyfile(source, target)
