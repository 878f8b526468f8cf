"""A policy file as it was read: the document, what is wrong in it, and where every key stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cutaway.errors import ConfigError
from cutaway.routing.document import PolicyDocument
from cutaway.routing.finding import Finding, Level, Loc, dotted
from cutaway.routing.policy import RoutingPolicy


@dataclass(slots=True)
class Reading:
    """A file as it was read. `document` is None when it has errors; `places` leads from keys to (line, column)."""

    path: Path
    document: PolicyDocument | None = None
    findings: list[Finding] = field(default_factory=list)
    places: dict[Loc, tuple[int, int]] = field(default_factory=dict)

    @property
    def policy(self) -> RoutingPolicy | None:
        """The policy, None when the file has errors."""
        return self.document.policy if self.document else None

    @property
    def error(self) -> ConfigError:
        """All that is wrong, to be raised."""
        return all_of(self.findings)

    def finding(self, level: Level, loc: Loc, message: str, fix: str) -> Finding:
        """A finding at a key, or at the nearest one above it that stands in the file."""
        here = loc
        while here and here not in self.places:
            here = here[:-1]
        line, column = self.places.get(here, (0, 0))
        return Finding(
            level=level,
            file=str(self.path),
            line=line,
            column=column,
            key=dotted(loc),
            message=message,
            fix=fix,
        )

    def written(self, *locs: Loc) -> Loc:
        """The first of the keys that stands in the file; the first of all where none does."""
        return next((loc for loc in locs if loc in self.places), locs[0])

    def complain(self, loc: Loc, message: str, fix: str) -> None:
        """Note an error."""
        self.findings.append(self.finding("error", loc, message, fix))


def all_of(findings: list[Finding]) -> ConfigError:
    """Findings as one error: a single one as it is, several a line each. There must be one."""
    if len(findings) == 1:
        return findings[0].error
    lines = "\n".join(f"{one.place}: {one.message} {one.fix}".rstrip() for one in findings)
    return ConfigError(lines, fix=f"Mend all {len(findings)}; `cutaway policy lint FILE` checks it again.")
