from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import obstore
import pytest
from obstore.store import LocalStore, MemoryStore

from cutaway.errors import InputError, NotFoundError, StoreError
from cutaway.media.disk import replacing, store_error
from cutaway.media.store import AssetStore


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


@pytest.fixture
def store(tmp_path: Path) -> AssetStore:
    return AssetStore(tmp_path / "assets")


async def test_bytes_come_back_by_their_hash(store: AssetStore) -> None:
    sha = await store.put(b"storyboard")
    assert sha == hashlib.sha256(b"storyboard").hexdigest()
    assert await store.get(sha) == b"storyboard"
    assert await store.has(sha)


async def test_a_file_is_stored_in_fan_out_folders_with_its_hash_and_size(store: AssetStore, tmp_path: Path) -> None:
    source = tmp_path / "clip.mp4"
    source.write_bytes(b"x" * 3_000_000)
    stored = await store.put_file(source, media_type="video/mp4")
    sha = hashlib.sha256(source.read_bytes()).hexdigest()
    assert (stored.sha256, stored.size_bytes, stored.media_type) == (sha, 3_000_000, "video/mp4")
    assert await store.path(sha) == store.root / sha[:2] / sha[2:4] / sha
    assert (await store.path(sha)).read_bytes() == source.read_bytes()


async def test_the_same_bytes_are_stored_once(store: AssetStore, tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"same")
    first = await store.put(b"same")
    written = (await store.path(first)).stat()
    again = await store.put_file(source, media_type="text/plain")
    assert again.sha256 == first
    assert len(files(store.root)) == 1
    assert (await store.path(first)).stat().st_mtime_ns == written.st_mtime_ns


async def test_twenty_writers_of_the_same_bytes_leave_one_whole_file(store: AssetStore) -> None:
    data = os.urandom(200_000)
    hashes = await asyncio.gather(*(store.put(data) for _ in range(20)))
    assert len(set(hashes)) == 1
    assert [path.read_bytes() for path in files(store.root)] == [data]


@pytest.mark.parametrize(
    "sha", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "0" * 32 + "/" + "0" * 31]
)
async def test_what_is_not_a_hash_is_refused_before_any_file_is_touched(store: AssetStore, sha: str) -> None:
    for call in (store.get, store.path, store.has):
        with pytest.raises(InputError, match="not an asset hash"):
            await call(sha)
    assert not store.root.exists()


async def test_an_unknown_hash_is_not_found_and_creates_nothing(store: AssetStore) -> None:
    assert not await store.has("0" * 64)
    with pytest.raises(NotFoundError):
        await store.get("0" * 64)
    with pytest.raises(NotFoundError):
        await store.path("0" * 64)
    assert not store.root.exists()


async def test_damaged_bytes_are_not_handed_out(store: AssetStore) -> None:
    sha = await store.put(b"storyboard")
    (await store.path(sha)).write_bytes(b"storybored")
    with pytest.raises(StoreError, match="damaged"):
        await store.get(sha)


async def test_a_torn_file_is_healed_by_storing_it_again(store: AssetStore) -> None:
    sha = await store.put(b"storyboard")
    (await store.path(sha)).write_bytes(b"story")
    await store.put(b"storyboard")
    assert await store.get(sha) == b"storyboard"


async def test_a_missing_source_is_a_store_error(store: AssetStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        await store.put_file(tmp_path / "nowhere", media_type="video/mp4")


async def test_a_folder_that_cannot_be_made_names_the_path_and_the_fix(tmp_path: Path) -> None:
    # A file where a folder should be stops every user, root too.
    (tmp_path / "data").write_bytes(b"")
    store = AssetStore(tmp_path / "data" / "assets")
    with pytest.raises(StoreError, match=r"data/assets.*CUTAWAY_DATA_DIR"):
        await store.put(b"data")
    assert not await store.has("0" * 64)


FULL_DISK = """
import asyncio, json, resource, signal, sys
from pathlib import Path
from cutaway.errors import StoreError
from cutaway.media.store import AssetStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
root, big = Path(sys.argv[1]), Path(sys.argv[2])
async def main():
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    said = []
    for put in (lambda: AssetStore(root).put(b"y" * 2_000_000),
                lambda: AssetStore(root).put_file(big, media_type="video/mp4")):
        try:
            await put()
        except StoreError as error:
            said.append(error.data())
    print(json.dumps(said))
asyncio.run(main())
"""


async def test_a_full_disk_says_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    big = tmp_path / "big"
    big.write_bytes(b"x" * 1_000_000)
    root = tmp_path / "assets"
    ran = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", FULL_DISK, str(root), str(big)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    said = json.loads(ran.stdout)
    assert [error["code"] for error in said] == ["store", "store"]
    for error in said:
        assert "No room left" in error["message"]
        assert "CUTAWAY_DATA_DIR" in error["fix"]
    assert files(root) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_the_systems_reasons_become_store_errors_with_a_fix(number: int) -> None:
    error = store_error(OSError(number, os.strerror(number)), "/data/x")
    assert error is not None
    assert "/data/x" in error.message
    assert "CUTAWAY_DATA_DIR" in error.fix


def test_other_reasons_are_left_alone() -> None:
    assert store_error(OSError(errno.EINVAL, "no"), "/data/x") is None
    assert store_error(ValueError("no"), "/data/x") is None


def test_a_failed_replacement_keeps_the_old_file_and_leaves_no_other(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    out.write_bytes(b"old")

    def fail() -> None:
        with replacing(out) as temporary:
            temporary.write_bytes(b"half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(StoreError):
        fail()
    assert out.read_bytes() == b"old"
    assert files(tmp_path) == [out]


async def test_a_remote_backend_is_read_through_local_copies(tmp_path: Path) -> None:
    remote = MemoryStore()
    sha = await AssetStore(tmp_path / "one", remote).put(b"film")
    elsewhere = AssetStore(tmp_path / "two", remote)
    assert await elsewhere.has(sha)
    assert (await elsewhere.path(sha)).read_bytes() == b"film"
    assert await elsewhere.get(sha) == b"film"
    assert files(tmp_path / "one") == []


async def test_a_damaged_download_is_refused_and_not_kept(tmp_path: Path) -> None:
    remote = LocalStore(prefix=tmp_path / "bucket", mkdir=True)
    store = AssetStore(tmp_path / "copies", remote)
    sha = await store.put(b"film")
    await obstore.put_async(remote, f"{sha[:2]}/{sha[2:4]}/{sha}", b"fulm")
    with pytest.raises(StoreError, match="damaged"):
        await store.path(sha)
    assert files(tmp_path / "copies") == []
