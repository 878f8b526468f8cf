"""The words of a clause that were not read, and names that are kept from being read as something else."""

from __future__ import annotations

from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.stage import Stage
from cutaway.conversation.keywords.words import FILLERS

TALK: Final = FILLERS | frozenset(
    """no not never sorry meant mean wait hm oh rather instead actually though again both them they he she his her
    him its who which what where when while because bit shot one ones part scene needs need ought might must
    should could feel feels going start starts starting begin begins say says said see please want wants like
    likes love think guess thing things kind sort sure thanks thank fine good great nice perfect better best
    nicer lovely ok till until into onto out off up down over there here than about around only any some other
    does did doing been being had has have was were if or put come comes keep keeps leave go goes get gets got
    try yet today way at all else completely totally entirely exactly simply basically absolutely proper
    properly slowly gently smoothly quickly softly quite too much more less even still just now anymore always
    ever later away across through along bring happen happens happening everywhere nowhere picture image frame
    film video movie piece ending end beginning whole time times last first second third amount everything
    nothing anything enough idea my mistake course obviously apparently probably definitely already ago hello
    hey yes prefer suggest imagine hope suppose believe wish wonder after well""".split()
)
"""Words that say nothing by themselves."""


def content(stage: Stage) -> list[str]:
    """The words of a clause that were not read and say something."""
    named = {word for name in names_in(stage.line, stage.film) for word in stage.text[name.start : name.end].split()}
    return [word for word in stage.line.left() if word not in TALK | named and not word.startswith("⟪")]


def protect(stage: Stage) -> list[tuple[int, int, str]]:
    """Names of the cast that hold words of weather or light are no such values while those are looked for."""
    kept: list[tuple[int, int, str]] = []
    line = stage.line
    for name in names_in(line, stage.film):
        words = line.free[name.start : name.end]
        if len(words.split()) > 1:
            kept.append((name.start, name.end, words))
            line.free = line.free[: name.start] + "¤" * len(words) + line.free[name.end :]
    return kept


def release(line: Line, kept: list[tuple[int, int, str]]) -> None:
    """Give back the names that `protect` kept."""
    for start, end, words in kept:
        line.free = line.free[:start] + words + line.free[end:]
