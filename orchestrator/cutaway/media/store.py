"""Assets by the hash of their bytes.

The backend is any obstore store: a folder by default, a bucket or memory when one is passed in. The same bytes are
stored once, under `ab/cd/<sha256>`. Writes are atomic: a failed one leaves nothing under the asset's name.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore

from cutaway.errors import InputError, NotFoundError, StoreError
from cutaway.media.disk import replacing, store_error

_SHA: Final = re.compile(r"[0-9a-f]{64}")
_CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored asset: its hash, its length and what it was said to be."""

    sha256: str
    size_bytes: int
    media_type: str


class AssetStore:
    """Content-addressed files under `root`, or in `backend` with `root` as the local copy of what was read.

    Nothing is created before the first write. Every method raises `InputError` for something that is not a sha256,
    and `StoreError` when the place is full, read-only or unreadable.
    """

    def __init__(self, root: Path, backend: ObjectStore | None = None) -> None:
        self.root = root
        self._backend = backend

    async def put_file(self, path: Path, *, media_type: str) -> StoredFile:
        """Store a local file and give its hash and length. Raises `StoreError` if it changes meanwhile."""
        try:
            before = await asyncio.to_thread(path.stat)
            sha = await asyncio.to_thread(_hash, path)
        except OSError as error:
            raise StoreError(f"Cannot read {path} to store it: {error.strerror}.") from error
        if not await self._has_bytes(sha, before.st_size):
            await self._write(sha, path)
            after = await asyncio.to_thread(path.stat)
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                await obstore.delete_async(self._store(), _key(sha))
                raise StoreError(f"{path} changed while it was being stored.", fix="Store it again when complete.")
        return StoredFile(sha256=sha, size_bytes=before.st_size, media_type=media_type)

    async def put(self, data: bytes) -> str:
        """Store bytes and give their sha256."""
        sha = hashlib.sha256(data).hexdigest()
        if not await self._has_bytes(sha, len(data)):
            await self._write(sha, data)
        return sha

    async def get(self, sha: str) -> bytes:
        """The bytes behind a hash, checked against it.

        Raises `NotFoundError` when there are none and `StoreError` when they are no longer what was stored.
        """
        key = _key(sha)
        if not await self._is_there():
            raise _missing(sha)
        try:
            answer = await obstore.get_async(self._store(), key)
            data = bytes(await answer.bytes_async())
        except FileNotFoundError as error:
            raise _missing(sha) from error
        except (BaseError, OSError) as error:
            raise self._unreadable(error, key) from error
        if hashlib.sha256(data).hexdigest() != sha:
            raise StoreError(
                f"Asset {sha} in {self.root} is damaged: its {len(data)} bytes have another hash.",
                fix="Restore it from a backup, or delete the file and make it again.",
            )
        return data

    async def path(self, sha: str) -> Path:
        """A local file with the asset's bytes, for reading only. Raises `NotFoundError` when there is none.

        On a remote backend the first call downloads it under `root` and checks its hash.
        """
        local = self.root / _key(sha)
        if await asyncio.to_thread(local.is_file):
            return local
        if self._backend is None:
            raise _missing(sha)
        await self._download(sha, local)
        return local

    async def has(self, sha: str) -> bool:
        """True when the asset is stored."""
        return await self._head(sha) is not None

    async def _has_bytes(self, sha: str, size_bytes: int) -> bool:
        # A file of another length is the torn rest of a crash; writing again heals it.
        return await self._head(sha) == size_bytes

    async def _is_there(self) -> bool:
        # Opening a local store makes its folder; reading must not.
        return self._backend is not None or await asyncio.to_thread(self.root.is_dir)

    async def _head(self, sha: str) -> int | None:
        key = _key(sha)
        if not await self._is_there():
            return None
        try:
            return (await obstore.head_async(self._store(), key))["size"]
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            raise self._unreadable(error, key) from error

    async def _write(self, sha: str, data: Path | bytes) -> None:
        key = _key(sha)
        try:
            await obstore.put_async(self._store(), key, data)
            if self._backend is None:
                await asyncio.to_thread(_sync, self.root / key)
        except (BaseError, OSError) as error:
            found = store_error(error, self.root / key)
            raise found or StoreError(f"Cannot store {self.root / key}: {_first_line(error)}.") from error

    async def _download(self, sha: str, local: Path) -> None:
        digest = hashlib.sha256()
        try:
            answer = await obstore.get_async(self._store(), _key(sha))
            with replacing(local) as temporary:
                with temporary.open("wb") as file:
                    async for chunk in answer.stream():
                        digest.update(chunk)
                        await asyncio.to_thread(file.write, bytes(chunk))
                if digest.hexdigest() != sha:
                    raise StoreError(f"Asset {sha} is damaged in its store: its bytes have another hash.")
        except FileNotFoundError as error:
            raise _missing(sha) from error
        except (BaseError, OSError) as error:
            raise self._unreadable(error, _key(sha)) from error

    def _store(self) -> ObjectStore:
        if self._backend is not None:
            return self._backend
        # Made per call: it is a handle without state, and its folder may appear or go away between calls.
        return LocalStore(prefix=self.root, mkdir=True)

    def _unreadable(self, error: BaseException, key: str) -> StoreError:
        return store_error(error, self.root / key) or StoreError(
            f"Cannot read {self.root / key}: {_first_line(error)}.",
            fix="Check that the data directory (CUTAWAY_DATA_DIR) is there and readable.",
        )


def _key(sha: str) -> str:
    if not _SHA.fullmatch(sha):
        raise InputError(f"{sha[:80]!r} is not an asset hash.", fix="Pass 64 lower-case hexadecimal digits.")
    return f"{sha[:2]}/{sha[2:4]}/{sha}"


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    # The file was renamed into place; both its bytes and its name must survive a power cut once we said "stored".
    for target in (path, path.parent):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _missing(sha: str) -> NotFoundError:
    return NotFoundError(f"No asset {sha} is stored.")


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
