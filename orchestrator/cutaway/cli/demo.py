"""`cutaway demo`: a conversation that plays itself, on this machine, with no key and at no cost."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cutaway.cli.frame import FAILED, INTERRUPTED, Terminal, open_studio, run, start_log, status_of

if TYPE_CHECKING:
    from cutaway.app import Orchestrator
    from cutaway.conversation.turn import TurnResult

THREAD: Final = "demo"
SHEET: Final = "lantern.md"
FILM_FAILED: Final = 4
QUESTION: Final = "How long does it burn?"
SHOW: Final = "Show me the product"
EDITS: Final = ("Make it night in a city", "Change the price to $79")


@dataclass(slots=True)
class Show:
    """The demo as it goes. `out` is the folder as a full path, `named` as the person wrote it; `turns` are JSON.

    `command` is how this program is called from where the person stands.
    """

    terminal: Terminal
    studio: Orchestrator
    out: Path
    named: Path
    command: str
    began: float
    turns: list[dict[str, Any]] = field(default_factory=list)
    films: list[Path] = field(default_factory=list)
    status: int = 0


def demo(
    text: Annotated[str | None, typer.Argument(help="What to show instead of the lantern, in your own words.")] = None,
    out: Annotated[Path, typer.Option(help="The folder the films go to.")] = Path("cutaway-demo"),
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """A conversation that makes a video and revises it twice. No key, no GPU, no server; it costs nothing."""
    run(lambda terminal: _play(terminal, text, out), as_json=as_json)


async def _play(terminal: Terminal, text: str | None, out: Path) -> int:
    from cutaway.folders import prepare_data_dir
    from cutaway.settings import forget_the_rest

    began = time.monotonic()
    named, out = out, out.expanduser().absolute()
    command = _command(Path.cwd())
    settings = forget_the_rest("demo")
    start_log(settings)
    _make_folder(out)
    prepare_data_dir(settings)
    # The worker is born here and would read a cutaway.yaml of the folder it is born in.
    os.chdir(settings.data_dir)
    async with open_studio(settings, tenant=f"demo-{secrets.token_hex(4)}") as studio:
        show = Show(terminal, studio, out, named, command, began)
        terminal.say(_used(studio), style="bold")
        if text is None:
            await _lantern(show)
        else:
            await _own_words(show, text)
    terminal.document = {
        "thread": THREAD,
        "out": str(out),
        "films": [str(film) for film in show.films],
        "seconds": round(time.monotonic() - began, 2),
        "turns": show.turns,
    }
    if show.status == 0:
        _farewell(show, sheet=text is None)
    return show.status


async def _lantern(show: Show) -> None:
    """The product sheet, a question answered in words, a film of it, and two edits."""
    from cutaway.conversation.attachments import Attachment

    data = (Path(__file__).parent / "sheet.md").read_bytes()
    (show.out / SHEET).write_bytes(data)
    await show.studio.attach(THREAD, [Attachment(name=SHEET, data=data)])
    show.terminal.say(f"\nThe context: a product sheet, {SHEET}", style="bold")
    for number, line in enumerate(data.decode().splitlines(), 1):
        if line.strip():
            show.terminal.say(f"  {number:>2}  {line}", style="dim")
    for words in (QUESTION, SHOW, *EDITS):
        if show.status == 0:
            await _say(show, words)


async def _own_words(show: Show, text: str) -> None:
    """A film of the person's words and two edits that fit every film."""
    turn = await _say(show, text)
    if show.status == 0 and turn.version is not None:
        film = await show.studio.services.versions.storyboard(await _head(show.studio))
        dark = all(shot.time_of_day == "night" for shot in film.shots)
        await _say(show, "Make it day" if dark else "Make it night")
        if show.status == 0:
            await _say(show, 'Add the title "Made by talking"')


async def _say(show: Show, words: str) -> TurnResult:
    """One message with everything it causes, told as it happens."""
    from cutaway.cli import progress
    from cutaway.cli import show as shown

    terminal, studio = show.terminal, show.studio
    terminal.say()
    shown.person(terminal, words)
    after = await studio.event_log.last_id(THREAD)
    turn = await studio.send(THREAD, words, approved=False)
    shown.turn(terminal, turn)
    show.status = status_of(turn.error)
    if turn.version is not None and turn.quote_state != "pending":
        at_once, begun = turn.version.state == "ready", time.monotonic()
        try:
            turn = await progress.wait(terminal, studio, turn, after=after)
        except progress.Interrupted:
            terminal.note("\nStopped waiting; what was begun is finished in the background.")
            show.status = INTERRUPTED
        else:
            _keep(show, turn, None if at_once else time.monotonic() - begun)
    show.turns.append(shown.document(turn))
    return turn


def _keep(show: Show, turn: TurnResult, seconds: float | None) -> None:
    """Put a finished film into the folder and say what it took; `seconds` is None for one that was there already."""
    from cutaway.cli import show as shown
    from cutaway.contract import usd

    version = turn.version
    assert version is not None
    if version.state != "ready" or version.path is None:
        shown.version(show.terminal, version, after_s=seconds)
        show.status = FILM_FAILED if version.state == "failed" else FAILED
        return
    film = _place(Path(version.path), show.out / f"v{version.number}.mp4")
    if version.poster_path:
        _place(Path(version.poster_path), show.out / f"v{version.number}.jpg")
    show.films.append(film)
    if version.parent_id is not None:
        show.terminal.say(f"        {shown.changes(turn)}")
    since = time.monotonic() - show.began
    cost = f"{usd(version.charged_usd)} of at most {usd(version.quoted_usd)}"
    took = "" if seconds is None else f" after {seconds:.1f} s ({since:.1f} s since the start)"
    line = f"v{version.number} is ready{took}. It cost {cost}."
    show.terminal.say(f"        {line}", style="bold")
    show.terminal.say(f"        {film}")


def _used(studio: Orchestrator) -> str:
    """What makes the pictures here, and what that costs."""
    names = sorted({candidate.provider for candidate in studio.services.candidates if candidate.free})
    artists = " and ".join(f"the built-in {name} artist" for name in names)
    return f"Used here: {artists or 'no artist'}, the offline reasoner, this machine. Everything costs $0.00."


def _farewell(show: Show, *, sheet: bool) -> None:
    say = show.terminal.say
    say()
    say("How to go on", style="bold")
    if show.films:
        say(f"  Watch:  {', '.join(str(show.named / film.name) for film in show.films)}")
    context = f" --context {shlex.quote(str(show.named / SHEET))}" if sheet else ""
    say(f"  Talk:   {show.command} chat{context}")
    say(f'  Yours:  {show.command} demo "A lighthouse keeper rows home at dawn, then climbs the stairs"')
    say(f"  Check:  {show.command} doctor")


def _command(here: Path) -> str:
    """How this program is called from `here`: by its name where that is found, else by the path it was started by."""
    if shutil.which("cutaway"):
        return "cutaway"
    called = Path(sys.argv[0]).absolute()
    as_module = called.name == "__main__.py"
    # Not resolved: a virtual environment's python is a link, and only the link knows the environment.
    program = Path(sys.executable) if as_module else called
    shown = program.relative_to(here) if program.is_relative_to(here) else program
    return shlex.quote(str(shown)) + (" -m cutaway.cli" if as_module else "")


async def _head(studio: Orchestrator) -> Any:
    return await studio.services.versions.head(THREAD)


def _make_folder(out: Path) -> None:
    from cutaway.errors import InputError
    from cutaway.folders import ensure_writable

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out} cannot be made: {error.strerror}.", fix="Name another folder with --out.") from error
    ensure_writable(out)


def _place(source: Path, target: Path) -> Path:
    """The file under its plain name; the film of an earlier demo there is replaced."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without hard links
        shutil.copyfile(source, target)
    return target
