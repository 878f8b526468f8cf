"""`cutaway sketch`: what the artist adds to the command line. Loads no drawing library until it draws."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

SHEETS: Final = ("settings", "subjects", "styles", "weathers", "cameras", "moods", "actions")
SIZES: Final = {"480p": (848, 480), "720p": (1280, 720)}
FORMATS: Final = ("png", "jpg", "webp")


def main(words: list[str]) -> int | Mapping[str, Any]:
    """Run `cutaway sketch WORDS`: the exit status, or with `--json` what was drawn.

    Raises `ConfigError` when the folder cannot be written.
    """
    parser = argparse.ArgumentParser(prog="cutaway sketch", description="The sketch artist, which draws for $0.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    sheet = commands.add_parser("sheet", help="draw everything it can draw into labelled sheets")
    sheet.add_argument(
        "--out", type=Path, default=Path("sketch-sheets"), metavar="FOLDER", help="where (default: %(default)s)"
    )
    sheet.add_argument("--size", choices=tuple(SIZES), default="480p", help="the frames' size (default: %(default)s)")
    sheet.add_argument("--only", choices=SHEETS, action="append", help="one sheet; may be given again (default: all)")
    sheet.add_argument(
        "--tile", type=int, default=424, metavar="PIXELS", help="width of each picture (default: %(default)s)"
    )
    sheet.add_argument("--format", choices=FORMATS, default="png", help="of the files (default: %(default)s)")
    sheet.add_argument("--json", action="store_true", help="print one JSON document")
    args = parser.parse_args(words)
    if not 80 <= args.tile <= 1280:
        parser.error(f"--tile {args.tile} is out of bounds; give 80 to 1280")
    return _sheets(args)


def _sheets(args: argparse.Namespace) -> int | Mapping[str, Any]:
    from cutaway.errors import ConfigError
    from cutaway_providers.sketch.contact import draw_sheets

    def say(line: str) -> None:
        sys.stderr.write(line + "\n")

    try:
        made = draw_sheets(
            args.out, tuple(args.only or SHEETS), SIZES[args.size], tile_px=args.tile, suffix=args.format, say=say
        )
    except OSError as error:
        raise ConfigError(
            f"The sheets could not be written to {args.out}: {error.strerror or error}.",
            fix="Give --out a folder that can be written.",
        ) from error
    if args.json:
        return {"folder": str(args.out), "sheets": [sheet.as_data() for sheet in made]}
    for sheet in made:
        sys.stdout.write(f"{sheet.path}  {len(sheet.labels)} pictures, {sheet.size_bytes // 1024} KB\n")
    sys.stdout.write(f"{args.out / 'index.html'}\n")
    return 0
