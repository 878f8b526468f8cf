"""How fast the sketch artist draws and encodes, by its heaviest places and by every look, and what memory it takes.

    python bench/sketch.py [--seconds 6] [--json]

`real time` is seconds of film per second of one core, encoding included (CPU seconds, so that a busy machine measures
the same); the promise is 3x at 480p and 1.2x at 720p. `encode` is what the encoder alone takes for the very same
drawings. Each row runs in a process of its own, so its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

SIZES = {"480p": (848, 480), "720p": (1280, 720)}
# setting, hour, weather, camera, look: every kind of layer at work in each.
HEAVY = (
    ("forest", "dusk", "snow", "dolly_in", "paper"),
    ("street", "dusk", "rain", "dolly_in", "paper"),
    ("station", "night", "storm", "orbit", "paper"),
    ("underwater", "day", "clear", "pan_right", "paper"),
)
LOOKS = tuple(("forest", "dusk", "clear", "dolly_in", look) for look in ("ink", "neon", "blueprint", "chalkboard"))
ROWS = (*((size, row) for size in SIZES for row in HEAVY), *(("480p", row) for row in LOOKS), ("720p", LOOKS[0]))


def main(argv: Sequence[str]) -> Mapping[str, Any] | int:
    """Measure every row; give the table as a mapping, or print one row's JSON with `--row` (for a child)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=6.0, help="length of each shot")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--row", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.row is not None:
        size, row = ROWS[args.row]
        print(json.dumps(measure(size, row, args.seconds)))
        return 0
    rows = []
    for number in range(len(ROWS)):
        words = [sys.executable, __file__, "--row", str(number), "--seconds", str(args.seconds)]
        rows.append(json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout))
    if args.json:
        print(json.dumps({"bench": "sketch", "rows": rows}, indent=2))
        return 0
    return {
        f"{row['size']} {row['shot']}": (
            f"{row['real_time']:.2f}x real time, {row['cpu_s']:.2f} s of a core (encode {row['encode_s']:.2f}), "
            f"{row['peak_mib']} MiB"
        )
        for row in rows
    }


def measure(size: str, row: tuple[str, ...], seconds: float) -> dict[str, Any]:
    """One shot of this size and row: CPU seconds to draw and encode it, to encode it alone, and the peak memory."""
    import resource
    import tempfile
    import time
    from pathlib import Path

    import av

    from cutaway.contract import Brief, GenerationRequest, Size
    from cutaway_providers.sketch.encode import container_options, encode
    from cutaway_providers.sketch.film import Film, shoot
    from cutaway_providers.sketch.scene import read

    setting, hour, weather, camera, look = row
    width, height = SIZES[size]
    scene = {
        "schema": 1, "seed": 7, "action": "a red fox trots", "setting": setting, "time_of_day": hour,
        "weather": weather, "lighting": "", "camera": camera, "style": {"look": look, "words": ""},
        "cast": [{"id": "fox", "name": "fox", "kind": "red fox", "description": "", "colour": "", "references": []}],
    }  # fmt: skip
    shape = Size(width_px=width, height_px=height)
    request = GenerationRequest(brief=Brief(prompt="a red fox"), scene=scene, duration_s=seconds, size=shape)
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        film = Film(request, read(request))
        shoot(film, Path(folder) / "made.mp4", lambda _: None, lambda: False)
        cpu_s = time.process_time() - began
        usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        peak_mib = usage / (1024 if sys.platform != "darwin" else 1024 * 1024)
        held = [(picture.copy(), count) for picture, count in film.drawings()]
        began = time.process_time()
        with av.open(str(Path(folder) / "plain.mp4"), "w", options=container_options(film.fps)) as container:
            encode(container, width, height, film.fps, film.frames, iter(held))
        encode_s = time.process_time() - began
    return {
        "size": size, "shot": f"{setting} {hour} {weather} {camera} {look}", "seconds": seconds, "frames": film.frames,
        "cpu_s": round(cpu_s, 2), "encode_s": round(encode_s, 2), "real_time": round(seconds / cpu_s, 2),
        "peak_mib": round(peak_mib),
    }  # fmt: skip


if __name__ == "__main__":
    answer = main(sys.argv[1:])
    if isinstance(answer, int):
        raise SystemExit(answer)
    for label, value in answer.items():
        print(f"{label}: {value}")
