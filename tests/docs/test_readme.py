"""The README and the docs say what is there: their commands parse, their links lead somewhere, their settings exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from typer.main import get_command

from cutaway.cli import app
from cutaway.routing.policy_file import find_policy, read_policy
from cutaway.settings import Approval, Budgets, Settings
from house.places import ROOT

PAGES: Final = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
SHELL_TOOLS: Final = {"pip", "export", "docker"}
MOST_LINES: Final = 10
MOST_BYTES: Final = 500_000


def console_lines() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
            for line in block.splitlines():
                yield page.relative_to(ROOT).as_posix(), line


COMMANDS: Final = tuple(dict.fromkeys(console_lines()))


def test_the_readme_embeds_cutaway_in_ten_lines() -> None:
    (code,) = re.findall(r"<!-- run -->\n```python\n(.*?)\n```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert "Orchestrator.open" in code
    assert len(code.splitlines()) <= MOST_LINES


def test_the_pages_show_every_command() -> None:
    shown = {" ".join(shlex.split(line)[1:3]) for _, line in COMMANDS}
    assert {f"cutaway {name}" for name in ("demo", "chat", "worker", "doctor", "versions", "ops")} <= shown


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=lambda part: str(part))
def test_a_command_in_the_docs_exists_with_its_options(page: str, line: str) -> None:
    prompt, tool, *words = shlex.split(line)
    assert prompt == "$", f"{page}: a console block holds commands after '$ ', not {line!r}"
    if tool == "make":
        assert all(re.search(rf"^{word}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE) for word in words)
    elif tool == "cutaway":
        parse(words)
    else:
        assert tool in SHELL_TOOLS, f"{page}: {line!r} is not checked by this test"


def test_a_command_that_does_not_exist_is_noticed() -> None:
    for words in (["dance"], ["chat", "--loud"], ["ops", "sing"]):
        with pytest.raises(Exception, match=r"(?i)no such"):
            parse(words)


def parse(words: list[str]) -> None:
    """Read a command line as `cutaway` would, without running it."""
    command = get_command(app)
    context = command.make_context("cutaway", list(words))
    while hasattr(command, "resolve_command"):
        rest = [*context._protected_args, *context.args]
        if not rest and getattr(command, "invoke_without_command", False):
            return
        name, command, rest = command.resolve_command(context, rest)
        context = command.make_context(name, rest, parent=context)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{page.name} links to {target}"
        if anchor:
            assert anchor in anchors(found), f"{page.name} links to {target}"


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_settings_table_names_every_variable_and_no_other() -> None:
    grouped = {"budgets", "approval", "providers", "aliases", "config_file", "in_container"}
    names = {*Settings.model_fields, *Budgets.model_fields, *Approval.model_fields} - grouped
    known = {f"CUTAWAY_{name.upper()}" for name in names} | {"CUTAWAY_CONFIG"}
    text = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    assert set(re.findall(r"CUTAWAY_[A-Z_]+", text)) == known


REVISIONS: Final = tuple(
    (page.relative_to(ROOT).as_posix(), name, revision)
    for page in (*PAGES, ROOT / "policies" / "README.md")
    for name, revision in re.findall(r"\b([a-z0-9.-]+)@([0-9a-f]{12})\b", page.read_text(encoding="utf-8"))
)


@pytest.mark.parametrize(("page", "name", "revision"), REVISIONS, ids=lambda part: str(part))
def test_a_revision_in_the_docs_is_the_one_that_the_policy_has(page: str, name: str, revision: str) -> None:
    shipped = "default" if name == "recorded" else name
    assert revision == read_policy(find_policy(shipped)).revision, f"{page} shows another revision of {shipped}"


def test_the_docs_show_revisions() -> None:
    assert "docs/chat.md" in {page for page, _, _ in REVISIONS}


def test_the_picture_is_there_and_small() -> None:
    assert 0 < (ROOT / "docs" / "pictures" / "demo.png").stat().st_size < MOST_BYTES
