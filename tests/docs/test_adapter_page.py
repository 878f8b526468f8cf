"""docs/adapter.md shows the files of the example and nothing else: whole files in order, parts as they stand there."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from typing import Final

import pytest

from house.places import ROOT

PAGE: Final = (ROOT / "docs" / "adapter.md").read_text(encoding="utf-8")
EXAMPLE: Final = ROOT / "examples" / "custom_provider"
BLOCK: Final = re.compile(r"^<!-- (file|part): (\S+) -->\n```(\w+)\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
MARGINS: Final = ("", "    ")
"""How far a block may be moved: methods stand at the margin of the page, so that each compiles by itself."""

SHOWN: Final[dict[str, list[str]]] = defaultdict(list)
PARTS: Final[list[tuple[str, str]]] = []
for kind, name, _, code in BLOCK.findall(PAGE):
    if kind == "file":
        SHOWN[name].append(code)
    else:
        PARTS.append((name, code))


def rest_after(text: str, code: str) -> str | None:
    """What follows a block in a text that begins with it; None when it begins otherwise."""
    text = text.lstrip("\n")
    for margin in MARGINS:
        moved = textwrap.indent(code, margin)
        if text == moved or text.startswith(moved + "\n"):
            return text[len(moved) :]
    return None


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_the_page_shows_a_file_from_its_first_line_to_its_last(name: str) -> None:
    text = (EXAMPLE / name).read_text(encoding="utf-8")
    for code in SHOWN[name]:
        rest = rest_after(text, code)
        assert rest is not None, f"{name} has not, at this place, what the page shows:\n{code[:300]}"
        text = rest
    assert text.strip() == "", f"the page leaves out the end of {name}:\n{text[:300]}"


@pytest.mark.parametrize(("name", "code"), PARTS)
def test_the_page_shows_parts_as_they_stand(name: str, code: str) -> None:
    lines = (EXAMPLE / name).read_text(encoding="utf-8").splitlines()
    wanted = code.splitlines()
    assert any(lines[at : at + len(wanted)] == wanted for at in range(len(lines)))


def test_the_page_shows_everything_that_makes_the_adapter() -> None:
    package = {
        path.relative_to(EXAMPLE).as_posix()
        for path in EXAMPLE.rglob("*")
        if path.suffix in {".py", ".yaml", ".toml"} and not path.relative_to(EXAMPLE).as_posix().startswith("build/")
    }
    assert set(SHOWN) == package - {"server.py"}
    assert {name for name, _ in PARTS} == {"tests/acme.json"}


def test_every_block_of_code_says_which_file_it_is() -> None:
    blocks = re.findall(r"^(.*)\n```(python|yaml|toml|json)$", PAGE, re.MULTILINE)
    assert blocks
    assert all(re.match(r"<!-- (file|part): ", above) for above, _ in blocks)


def test_a_page_that_shows_something_else_is_noticed() -> None:
    assert rest_after("one\ntwo\n", "one") == "\ntwo\n"
    assert rest_after("\n    one\n", "one") == "\n"
    assert rest_after("one more\n", "one") is None
    assert rest_after("one\n", "two") is None
