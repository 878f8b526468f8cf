"""What is wrong or doubtful in a policy file: how bad it is, where it stands, and what to do."""

from __future__ import annotations

from typing import Literal

from cutaway.contract import Frozen
from cutaway.errors import ConfigError

Level = Literal["error", "warning"]
Loc = tuple[str | int, ...]
"""The way to a value in a file: keys and positions, from the top."""


class Finding(Frozen):
    """One complaint. `line` and `column` count from 1 (0: the whole file); `key` is dotted, as in `spec.rules[0].when`.

    An `error` keeps a policy from being used, a `warning` does not.
    """

    level: Level
    file: str
    line: int = 0
    column: int = 0
    key: str = ""
    message: str
    fix: str = ""

    @property
    def place(self) -> str:
        """For example `mine.yaml, line 3, column 5`."""
        return f"{self.file}, line {self.line}, column {self.column}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.level}: {self.message} {self.fix}".strip()

    @property
    def error(self) -> ConfigError:
        """The finding to be raised."""
        return ConfigError(f"{self.place}: {self.message}", fix=self.fix)


def dotted(loc: Loc) -> str:
    """`spec.rules[0].when` for `("spec", "rules", 0, "when")`."""
    said = ""
    for part in loc:
        said += f"[{part}]" if isinstance(part, int) else f"{'.' if said else ''}{part}"
    return said
