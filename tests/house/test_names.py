"""The exported names: lazy, sorted, real, and known to type checkers."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

import cutaway
from house.places import ENGINE

# What pydantic itself brings; `import cutaway` may load these and the standard library, nothing else.
LIGHT = {"pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"}


def test_the_exported_names_are_sorted_and_each_is_there() -> None:
    assert cutaway.__all__, "cutaway exports nothing"
    assert list(cutaway.__all__) == sorted(set(cutaway.__all__))
    for name in cutaway.__all__:
        assert getattr(cutaway, name) is not None


def test_dir_shows_the_exported_names() -> None:
    assert set(cutaway.__all__) <= set(dir(cutaway))


def test_an_unknown_name_is_an_attribute_error_that_says_which() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = cutaway.no_such_name


def test_type_checkers_see_every_exported_name() -> None:
    tree = ast.parse((ENGINE / "__init__.py").read_text(encoding="utf-8"))
    seen: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            seen |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign):
            seen |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            seen.add(node.target.id)
    assert set(cutaway.__all__) - seen == set()


@pytest.mark.parametrize("module", ["cutaway", "cutaway.errors", "cutaway.contract"])
def test_importing_it_loads_only_the_standard_library_and_pydantic(module: str) -> None:
    code = (
        "import sys; before = set(sys.modules); import importlib; importlib.import_module(sys.argv[1]);"
        "print(*sorted({n.partition('.')[0] for n in set(sys.modules) - before}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code, module],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ENGINE.parent)},
    ).stdout.split()
    assert "cutaway" in loaded
    strangers = set(loaded) - sys.stdlib_module_names - LIGHT - {"cutaway"}
    # The interpreter's own build facts, named after the platform and so in no list.
    assert {name for name in strangers if not name.startswith("_sysconfigdata_")} == set()
