"""How fast the sketch artist draws, against plain encoding of the very same drawings, in one process and one run.

    python bench/sketch.py [--seconds 6] [--json]

`real time` is seconds of film per second on one core, encoding included. `of encoding` is the time to draw and encode
over the time to encode alone. Peak memory is that of the whole process so far, held drawings not included.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import av
from PIL import Image

from cutaway.contract import Brief, GenerationRequest, Size
from cutaway_providers.sketch.encode import container_options, encode
from cutaway_providers.sketch.film import Film, shoot
from cutaway_providers.sketch.scene import read

SIZES = ((848, 480), (1280, 720))


def main() -> int:
    """Measure both sizes and print a table, or JSON with `--json`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=6.0, help="length of the shot")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    args = parser.parse_args()
    rows = [measure(width, height, args.seconds) for width, height in SIZES]
    if args.json:
        sys.stdout.write(json.dumps({"bench": "sketch", "rows": rows}, indent=2) + "\n")
        return 0
    head = ("size", "frames", "draw+encode s", "encode s", "real time", "of encoding", "peak MiB")
    keys = ("size", "frames", "made_s", "encoded_s", "real_time", "ratio", "peak_mib")
    for line in (head, *([str(row[key]) for key in keys] for row in rows)):
        sys.stdout.write("  ".join(cell.rjust(13) for cell in line) + "\n")
    return 0


def measure(width: int, height: int, seconds: float) -> dict[str, Any]:
    """One shot of this size: a fox in a forest at dusk, dollying in, in snow (every kind of layer at work)."""
    scene = {
        "schema": 1, "seed": 7, "action": "a red fox trots", "setting": "pine forest", "time_of_day": "dusk",
        "weather": "snow", "lighting": "", "camera": "dolly_in", "style": {"look": "paper", "words": ""},
        "cast": [{"id": "fox", "name": "fox", "kind": "red fox", "description": "", "colour": "", "references": []}],
    }  # fmt: skip
    request = GenerationRequest(
        brief=Brief(prompt="a red fox"), scene=scene, duration_s=seconds, size=Size(width_px=width, height_px=height)
    )
    with tempfile.TemporaryDirectory() as folder:
        began, cpu = time.perf_counter(), time.process_time()
        film = Film(request, read(request))
        shoot(film, Path(folder) / "made.mp4", lambda _: None, lambda: False)
        made_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
        held: list[tuple[Image.Image, int]] = list(film.drawings())
        began = time.perf_counter()
        with av.open(str(Path(folder) / "plain.mp4"), "w", options=container_options(film.fps)) as container:
            encode(container, width, height, film.fps, iter(held))
        encoded_s = time.perf_counter() - began
    return {
        "size": f"{width}x{height}", "seconds": seconds, "frames": film.frames, "made_s": round(made_s, 2),
        "cpu_s": round(cpu_s, 2), "encoded_s": round(encoded_s, 2), "real_time": round(seconds / max(made_s, cpu_s), 2),
        "ratio": round(made_s / encoded_s, 2), "peak_mib": round(peak),
    }  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
