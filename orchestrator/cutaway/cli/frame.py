"""What every command has around it: one event loop, one place for errors, one JSON document, one exit status."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, Final, NoReturn

import typer

from cutaway.errors import CutawayError

if TYPE_CHECKING:
    from rich.console import Console

    from cutaway.app import Orchestrator
    from cutaway.settings import Settings

INTERRUPTED: Final = 130
FAILED: Final = 1
PLAIN_WIDTH: Final = 110
"""Columns of a table that goes into a file or a pipe."""

log = logging.getLogger(__name__)


class Terminal:
    """Where a command speaks. With `as_json` only notes and errors are said, and stdout gets `document` at the end."""

    def __init__(self, *, as_json: bool = False) -> None:
        """Consoles on this process's streams; they honour NO_COLOR and know whether they are terminals."""
        self.as_json = as_json
        self.document: Any = None
        self.err = _console(stderr=True)
        self.out = _console(stderr=as_json, quiet=as_json)

    @property
    def live(self) -> bool:
        """True where bars may move: a real terminal that shows colour."""
        return self.err.is_terminal and not self.err.no_color and not self.err.is_dumb_terminal

    def say(self, text: str = "", *, style: str = "") -> None:
        """A line for the person, as it is: no markup is read from it."""
        self.out.print(plain(text), style=style or None)

    def note(self, text: str, *, style: str = "dim") -> None:
        """A line beside the answer, on stderr."""
        self.err.print(plain(text), style=style)

    def complain(self, error: Mapping[str, Any]) -> None:
        """An error and its fix, on stderr."""
        self.err.print(plain(f"error: {error['message']}"), style="red", soft_wrap=True)
        if error.get("fix"):
            self.err.print(plain(f"fix: {error['fix']}"), soft_wrap=True)


Work = Callable[[Terminal], Coroutine[Any, Any, int]]
"""The body of a command: gives its exit status."""


def run(work: Work, *, as_json: bool = False) -> NoReturn:
    """Run a command's body to its end and leave with its status, every error told in two lines (or as JSON)."""
    import asyncio

    terminal = Terminal(as_json=as_json)
    # A library that prints must not spoil the one document on stdout.
    quiet = contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext()
    try:
        with quiet:
            status = asyncio.run(work(terminal))
    except CutawayError as error:
        status = fail(terminal, error.data(), error.exit_code)
    except (KeyboardInterrupt, asyncio.CancelledError):
        terminal.note("Stopped.")
        status = INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        log.debug("The command failed", exc_info=True)
        data = {
            "code": "internal",
            "message": f"Something went wrong inside: {type(error).__name__}: {error}",
            "fix": "Run it again with CUTAWAY_LOG_LEVEL=DEBUG to see where, and report it.",
            "retryable": False,
        }
        status = fail(terminal, data, FAILED)
    if as_json and terminal.document is not None:
        print(json.dumps(terminal.document, indent=2))
    raise typer.Exit(status)


def fail(terminal: Terminal, error: Mapping[str, Any], status: int) -> int:
    """Tell an error; gives the status back."""
    terminal.complain(error)
    if terminal.as_json and terminal.document is None:
        terminal.document = {"error": _jsonable(error)}
    return status


def status_of(error: Mapping[str, Any] | None) -> int:
    """The exit status of an error as data; 0 for None."""
    return 0 if error is None else _statuses().get(str(error.get("code", "")), FAILED)


@contextlib.asynccontextmanager
async def open_studio(settings: Settings | None = None, *, tenant: str | None = None) -> AsyncIterator[Orchestrator]:
    """The studio of this machine's settings. Raises `ConfigError` or `StoreError`."""
    from cutaway.app import TENANT, Orchestrator

    settings = settings or read_settings()
    async with Orchestrator.open(settings=settings, tenant=tenant or TENANT) as studio:
        yield studio


def read_settings() -> Settings:
    """The settings of this process, its log going to stderr as they say."""
    from cutaway.settings import load_settings

    settings = load_settings()
    start_log(settings)
    return settings


def start_log(settings: Settings) -> None:
    """Log to stderr at the level the settings name."""
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)


def plain(text: str) -> str:
    """The text without control characters: what a document or a model says must not steer the terminal."""
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and not 127 <= ord(c) <= 159))


def _console(*, stderr: bool, quiet: bool = False) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, quiet=quiet, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
        console.soft_wrap = True
    return console


def _statuses() -> dict[str, int]:
    found = {CutawayError.code: CutawayError.exit_code}
    pending: list[type[CutawayError]] = [CutawayError]
    while pending:
        for kind in pending.pop().__subclasses__():
            found[kind.code] = kind.exit_code
            pending.append(kind)
    return found


def _jsonable(error: Mapping[str, Any]) -> Any:
    return json.loads(json.dumps(dict(error), default=str))
