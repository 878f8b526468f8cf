"""What every arm orders, and where the two RQ arms keep their books. One operation is one clip, named by its number."""

from __future__ import annotations

from typing import Final

MODEL: Final = "sora-2"
SIZE: Final = "64x64"
SECONDS: Final = "1"
PRICE_MICRO: Final = 100_000
LIMIT_MICRO: Final = 1_000_000_000
"""Far away: the arms are compared by what they book, not by what they refuse."""
TIMEOUT_S: Final = 2.0
"""How long a client of any arm waits for an answer. Short, so that a vendor that hangs does not fill the run."""

RESULTS: Final = "peers:results"
SPENT: Final = "peers:spent"
VENDOR_URL: Final = "PEERS_VENDOR_URL"
FOLDER: Final = "PEERS_FOLDER"


def prompt_of(number: int) -> str:
    """The words of one operation; the vendor's books show them."""
    return f"a fox, number {number}"


def number_of(prompt: str) -> int:
    """The operation whose words these are."""
    return int(prompt.rpartition(" ")[2])
