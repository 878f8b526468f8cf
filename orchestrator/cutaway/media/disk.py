"""What the operating system says when a file cannot be written, as errors with a fix."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from cutaway.errors import StoreError

_OS_ERROR: Final = re.compile(r"\(os error (\d+)\)")
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED: Final = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT, errno.EIO}


def store_error(error: BaseException, path: Path | str) -> StoreError | None:
    """The `StoreError` for a full, read-only, broken or forbidden place, or None when `error` is about something else.

    Understands `OSError` and the text of the object store's own errors, which hold the number as "(os error 28)".
    """
    number = getattr(error, "errno", None)
    if not isinstance(number, int):
        found = _OS_ERROR.search(str(error))
        number = int(found.group(1)) if found else None
    if number is None and type(error).__name__ == "PermissionDeniedError":
        number = errno.EACCES
    if number in _FULL:
        return StoreError(
            f"No room left to write {path}: {os.strerror(number)}.",
            fix="Free some space, or set CUTAWAY_DATA_DIR to a larger disk.",
        )
    if number in _REFUSED:
        return StoreError(
            f"Cannot use {path}: {os.strerror(number)}.",
            fix="Make its folder readable and writable for this user, or set CUTAWAY_DATA_DIR to one that is.",
        )
    return None


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A temporary path beside `out` that becomes `out` on success and is gone on failure.

    The suffix is kept, so that libraries still recognise the format. Raises `StoreError` when the disk is full,
    read-only or forbidden.
    """
    temporary = out.with_name(f".{out.stem}-{secrets.token_hex(6)}{out.suffix}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        os.replace(temporary, out)
    except OSError as error:
        found = store_error(error, out)
        if found is None:
            raise
        raise found from error
    finally:
        # Gone already after a success; and where nothing could be written, nothing is there.
        with suppress(OSError):
            temporary.unlink()
