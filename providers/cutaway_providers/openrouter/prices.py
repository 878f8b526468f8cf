"""OpenRouter's `pricing_skus`: the part of them that is an amount per second of output."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from cutaway.vendor import number

MOST_USD_PER_S: Final = 1000
_TIER: Final = r"(?P<tier>(?:(?:with|without)_audio)?(?:_?[0-9]{3,4}p|_?[0-9]k)?)"
_PER_SECOND: Final = (
    (re.compile(rf"(?P<mode>text_to_video_|image_to_video_)?duration_seconds_?{_TIER}"), Decimal(1)),
    (re.compile(rf"per-video-second-?{_TIER}"), Decimal(1)),
    (re.compile(rf"cents_per_(?:second_output|video_output_second)_?{_TIER}"), Decimal("0.01")),
)
"""Names of amounts per second of output, and what one of their units is in USD."""


def tiers_of(skus: Any) -> dict[str, Decimal]:
    """USD per second by tier, for example "720p", "with_audio_4k", "image_to_video_720p"; "any" without a condition.

    Amounts that come on top (pictures that go in, a least charge) and those per token or per megapixel are left out.
    """
    tiers: dict[str, Decimal] = {}
    for name, said in skus.items() if isinstance(skus, Mapping) else ():
        for pattern, unit in _PER_SECOND:
            match = pattern.fullmatch(str(name).lower())
            amount = number(said, MOST_USD_PER_S)
            if match is not None and amount:
                tiers[f"{match.groupdict().get('mode') or ''}{match['tier']}".strip("_") or "any"] = amount * unit
    return tiers
