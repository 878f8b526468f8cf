"""The prompt on a real terminal (a pty): Ctrl-C ends a wait, then the conversation, never the work."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import time
from collections.abc import Iterator

import pytest

from cli.machine import COMMAND, Machine

pytestmark = pytest.mark.slow


class Terminal:
    """A pty with `cutaway chat` in it."""

    def __init__(self, machine: Machine, *args: str, **more: str) -> None:
        pid, self._fd = pty.fork()
        if pid == 0:
            # A test run started in the background ignores Ctrl-C, and a child would inherit that.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.chdir(machine.home)
            os.execve(COMMAND[0], [*COMMAND, "chat", *args], machine.environment(TERM="xterm", **more))
        self.pid = pid
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self._fd, text.encode())

    def until(self, words: str, timeout_s: float = 30) -> str:
        """What was shown up to and with the words, without colours."""
        deadline = time.monotonic() + timeout_s
        while words not in self.shown:
            ready, _, _ = select.select([self._fd], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise AssertionError(f"{words!r} was never shown:\n{self.shown}")
            self.shown += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", os.read(self._fd, 65536).decode(errors="replace"))
        found, _, self.shown = self.shown.partition(words)
        return found + words

    def leave(self, timeout_s: float = 30) -> int:
        """Press Ctrl-C until the program is gone, as a person would; gives how it ended.

        The first one can fall between the prompt's showing and readline's listening, where nobody hears it.
        """
        deadline, press = time.monotonic() + timeout_s, 0.0
        while (now := time.monotonic()) < deadline:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if now >= press:
                self.type("\x03")
                press = now + 5
            select.select([], [], [], 0.1)
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError(f"it did not leave:\n{self.shown}")


@pytest.fixture
def terminal(shared: Machine) -> Iterator[Terminal]:
    made = Terminal(shared, "--thread", "prompt")
    yield made
    os.close(made._fd)


def test_ctrl_c_returns_to_the_prompt_and_then_leaves_while_the_work_goes_on(
    terminal: Terminal, shared: Machine
) -> None:
    text = "a red fox trots through a pine forest at dusk, 3 seconds"
    terminal.until("   You  ")
    terminal.type(f"{text}\n")
    terminal.until("begun")
    terminal.type("\x03")
    terminal.until("The work goes on without you")
    terminal.until("   You  ")
    assert terminal.leave() == 0
    # The same film on another thread waits for the pictures that are being made, or finds them made.
    turn = shared.say(text, thread="same")
    assert [shot["class"] for shot in turn["shots"]] == ["reuse"]
    assert turn["version"]["state"] == "ready"
