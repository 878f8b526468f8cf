"""Where the policy in force comes from, and who is in a canary.

A policy's file is looked at before each turn and read again once it changed. What cannot be used is told and the last
good revision stays: a wrong key, a limit that contradicts another, a file that is gone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cutaway.errors import ConfigError
from cutaway.routing.lint import lint
from cutaway.routing.policy import RoutingPolicy
from cutaway.routing.reading import all_of


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds now: `policy` for everybody, `canary` for `percent` of the threads, `shadow` only decides beside.

    `problem` says why a newer revision is not used ('' when nothing is wrong).
    """

    policy: RoutingPolicy
    canary: RoutingPolicy | None = None
    percent: int = 0
    shadow: RoutingPolicy | None = None
    problem: str = ""

    def of(self, tenant: str, thread: str) -> RoutingPolicy:
        """The policy of one conversation; the same as long as the revisions and the percentage do not sink."""
        if self.canary is not None and in_canary(tenant, thread, self.percent):
            return self.canary
        return self.policy


def in_canary(tenant: str, thread: str, percent: int) -> bool:
    """True for about `percent` of all threads: always the same ones, and those of a lower percentage among them."""
    digest = hashlib.sha256(f"{tenant}\x1f{thread}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 100 < percent


class FileSource:
    """One policy file and the last good policy that stood in it."""

    def __init__(self, path: Path) -> None:
        """Reads the file. Raises `ConfigError` when it has errors: then there is no good policy to go on with."""
        self.path = path
        self._mark = _mark(path)
        good = _read(path)
        self._state = _rolled_out(RoutingPolicy(), good)

    def current(self) -> InForce:
        """What holds now; the file is read again when it changed."""
        mark = _mark(self.path)
        if mark != self._mark:
            self._mark = mark
            try:
                self._state = _rolled_out(self._state.policy, _read(self.path))
            except ConfigError as error:
                state = self._state
                self._state = InForce(state.policy, state.canary, state.percent, state.shadow, str(error))
        return self._state


def _rolled_out(before: RoutingPolicy, new: RoutingPolicy) -> InForce:
    """The new policy as its `rollout` says: in the shadow, for some threads, or for all."""
    if new.rollout.shadow:
        return InForce(before, shadow=new)
    if new.rollout.canary_percent < 100:
        return InForce(before, canary=new, percent=new.rollout.canary_percent)
    return InForce(new)


def _read(path: Path) -> RoutingPolicy:
    reading, found = lint(path)
    errors = [one for one in found if one.level == "error"]
    policy = reading.policy
    if errors or policy is None:
        raise all_of(errors)
    return policy


def _mark(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file does (also behind a link that is set anew); None when it is gone."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino
