"""The storyboard: the document a conversation is about, the edits that change it, and its versions.

`apply` gives the storyboard after typed edits, `diff` what that takes per shot, `order` a shot as an order, `dump`
and `load` its JSON, `Versions` its history. Pure but for `Versions`, which keeps heads in Redis and storyboards in
the object store.
"""

from __future__ import annotations

from cutaway.storyboard.apply import apply
from cutaway.storyboard.brief import brief, content_key, order, scene
from cutaway.storyboard.diff import ChangeClass, Diff, ShotChange, cut_key, diff
from cutaway.storyboard.edits import EDIT, Edit, dump_edits
from cutaway.storyboard.model import (
    SCHEMA_VERSION,
    CastMember,
    Overlay,
    Shot,
    Sound,
    Storyboard,
    Style,
    dump,
    load,
    parse,
)
from cutaway.storyboard.versions import Blobs, Branch, Version, Versions

__all__ = [
    "EDIT",
    "SCHEMA_VERSION",
    "Blobs",
    "Branch",
    "CastMember",
    "ChangeClass",
    "Diff",
    "Edit",
    "Overlay",
    "Shot",
    "ShotChange",
    "Sound",
    "Storyboard",
    "Style",
    "Version",
    "Versions",
    "apply",
    "brief",
    "content_key",
    "cut_key",
    "diff",
    "dump",
    "dump_edits",
    "load",
    "order",
    "parse",
    "scene",
]
