"""The films of a batch as files a person keeps: one folder, named by their rows."""

from __future__ import annotations

import asyncio
import filecmp
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cutaway.conversation.batch import Batch

NAME_CHARS: Final = 40


async def write_films(batch: Batch, folder: Path) -> dict[int, Path]:
    """Copy every film that is ready into `folder`; gives the file of each row, counted from 1.

    A file of another film is left alone: the new one then has the batch's id in its name. Raises `InputError` for a
    folder that cannot be written.
    """
    return await asyncio.to_thread(_write, batch, folder)


def _write(batch: Batch, folder: Path) -> dict[int, Path]:
    from cutaway.errors import InputError

    digits = len(str(len(batch.rows)))
    files: dict[int, Path] = {}
    try:
        for row in batch.rows:
            if row.film is None or row.film.path is None:
                continue
            folder.mkdir(parents=True, exist_ok=True)
            stem = "-".join(part for part in (f"{row.row:0{digits}d}", _plain(row.name)) if part)
            files[row.row] = _place(Path(row.film.path), folder, stem, batch.id[:8])
    except OSError as error:
        raise InputError(
            f"The films cannot be written to {str(folder)!r}: {error.strerror}.",
            fix=f"Give another folder: cutaway batch results {batch.id} --out FOLDER",
        ) from error
    return files


def _place(source: Path, folder: Path, stem: str, batch: str) -> Path:
    target = folder / f"{stem}.mp4"
    if target.exists() and not filecmp.cmp(source, target, shallow=False):
        target = folder / f"{stem}-{batch}.mp4"
    if not target.exists():
        # A copy, not a link: what a person does to their file must not reach the stored film.
        partial = target.with_suffix(".part")
        shutil.copyfile(source, partial)
        os.replace(partial, target)
    return target


def _plain(name: str) -> str:
    """A row's name as a part of a file's: letters and digits of any script, joined by dashes."""
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-_")[:NAME_CHARS].rstrip("-")
