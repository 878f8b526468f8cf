"""Which shots a few words mean: by number, by place, by what is seen in them, or by what was spoken of last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.editing import shot_words
from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.deeds_alike import as_one, other_names
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.memory import Memory
from cutaway.conversation.keywords.editing.shot_spans import take_span
from cutaway.conversation.keywords.editing.shots_of_cast import shots_of, spared, where_they_are
from cutaway.conversation.keywords.editing.stems import alike, bag
from cutaway.conversation.keywords.lexicon import can_be
from cutaway.conversation.keywords.parts import split_clauses
from cutaway.conversation.keywords.words import NUMBERS, ORDINALS, TIMES, WEATHER_ADJECTIVES, WEATHERS
from cutaway.storyboard.model import Shot, Storyboard


@dataclass(frozen=True, slots=True)
class Meant:
    """The shots some words mean. `whole`: the film was named; `pronoun`: by "it" or "that one"; `wrong`: no such shot.

    `choice`: several shots fit and one was meant.
    """

    shots: tuple[str, ...] = ()
    whole: bool = False
    pronoun: bool = False
    wrong: str = ""
    choice: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether anything was named at all."""
        return bool(self.shots or self.whole or self.choice)


class Finder:
    """Finds what shots a line names; what it finds is taken out of the line."""

    def __init__(self, film: Storyboard, memory: Memory) -> None:
        told = _told(film, memory)
        self.film = film
        self.memory = memory
        self.ids = tuple(shot.id for shot in film.shots)
        cast = frozenset(w for c in film.cast for w in bag(f"{c.kind} {c.name}"))
        self._deeds = {shot.id: _deeds(film, shot) | (told.get(shot.id, frozenset()) - cast) for shot in film.shots}
        self._named_otherwise = {
            i: other_names(deeds) | as_one(_deeds(film, film.shots[n]))
            for n, (i, deeds) in enumerate(self._deeds.items())
        }
        said = (w.lower() for c in film.cast for w in re.findall(r"[^\W\d_]+", f"{c.kind} {c.name}"))
        self._names = frozenset(name for word in said for name in (word, f"{word}s"))
        self._bags = {shot.id: _looks(film, shot) | told.get(shot.id, frozenset()) for shot in film.shots}

    def all_in(self, line: Line, *, places: bool = True) -> Meant:
        """Every shot the line names, "except" taken into account. `places`: "in the cave" may name a shot."""
        span = take_span(line, self.ids, self.memory.shots or self.memory.reach, self.by_words)
        if span == ():
            return Meant(choice=self.ids)
        if span:
            more = self._named(line, places=False)
            both = tuple(s for s in self.film.shots if s.id in {*span, *more.shots})
            # "from then on" is for the shots that may change; whoever means a locked one names it.
            return more if more.wrong else Meant(tuple(s.id for s in both if not s.locked) or tuple(s.id for s in both))
        cut = line.find(shot_words.EXCEPT)
        if cut is not None:
            line.use(cut.start(), cut.end())
            tail = line.part(cut.end(), len(line.text))
            kept = self._named(tail, places=True).shots or spared(tail, self.film)
            if kept and len(kept) < len(self.ids):
                at = line.text.rindex(tail.text)
                line.free = line.free[:at] + tail.free + line.free[at + len(tail.text) :]
                head = self._named(line, places=places)
                reach = head.shots or self.ids
                return Meant(tuple(i for i in reach if i not in kept))
        meant = self._named(line, places=places)
        if places and not meant.named and not meant.wrong:
            return Meant(where_they_are(line, self.film))
        return meant

    def put(self, line: Line) -> tuple[str, ...]:
        """The shots of "move the crying to the attic": the place is where they go, the deed says which."""
        match = line.find(shot_words.PUT)
        found = self.looking_like(match["what"]) if match else []
        if match and found:
            line.use(match.start("what"), match.end("what"))
        return tuple(found)

    def by_words(self, words: str) -> Sequence[str]:
        """The shots these words name by anything that is in them."""
        line = Line.plain(words)
        return (
            self._named(line, places=True).shots
            or shots_of(self.film, names_in(line, self.film))
            or self.looking_like(words)
        )

    def _named(self, line: Line, *, places: bool) -> Meant:
        found: list[str] = []
        pronoun = False
        for hit in iter(lambda: line.take(shot_words.NUMBERED), None):
            numbers = _numbers(hit["hash"] or hit["list"] or hit["one"])
            if wrong := next((n for n in numbers if not 1 <= n <= len(self.ids)), None):
                return Meant(wrong=str(wrong))
            found += [self.ids[n - 1] for n in numbers]
        for hit in iter(lambda: line.take(shot_words.NTH), None):
            shots = self._nth(hit)
            if not shots:
                return Meant(wrong=hit["which"] or hit["bare"])
            found += shots
        if (match := line.find(shot_words.HEAD)) is not None and not found:
            found += self._nth_of(match["which"])
            line.use(match.start(), match.end())
        while (match := line.find(shot_words.BARE)) is not None and 1 <= int(match["n"]) <= len(self.ids):
            line.use(match.start("n"), match.end())
            found.append(self.ids[int(match["n"]) - 1])
        if match := line.find(shot_words.DOORS):
            inside = match["where"] in {"indoor", "indoors", "inside", "interior"}
            placed = [shot for shot in self.film.shots if shot.setting]
            found += [s.id for s in placed if bool(shot_words.INDOORS.search(s.setting.lower())) == inside]
            line.use(match.start(), match.end())
        for hit in shot_words.BOTH_OF.finditer(line.free):
            like = self.looking_like(hit["what"], everything=True)
            if len(like) == 2:
                line.use(hit.start(), hit.end())
                found += like
        if (match := line.find(shot_words.BOTH)) is not None and not re.search(
            r"\bboth\s+(?:\w+\s+){1,2}and\b", line.text
        ):
            pair = self._pair()
            if pair:
                line.use(match.start(), match.end())
                found += pair
        whole = False
        if not found and (match := line.take(shot_words.EVERY)):
            whole = True
        if not found and (match := line.find(shot_words.OTHER)):
            line.use(match.start(), match.end())
            spoken = self.memory.shots or self.memory.reach
            others = [i for i in self.ids if i not in spoken]
            if spoken and others:
                found += others
            else:
                return Meant(choice=self.ids)
        if (match := line.find(shot_words.COUNTED)) and not found and NUMBERS.get(match["n"], 99) <= len(self.ids):
            line.use(match.start("n"), match.end("n"))
            found.append(self.ids[NUMBERS[match["n"]] - 1])
        for pattern in (shot_words.ONE_WITH, shot_words.NAMED_ONE, shot_words.BARE_ONE):
            for hit in pattern.finditer(line.free):
                shots, end = self._described(hit["what"], everything=True)
                if not shots:
                    continue
                alone = [i for i in shots if len(self._cast_of(i)) == 1]
                if len(shots) > 1 and len(alone) == 1 and hit["what"].strip() in self._names:
                    shots = alone  # "the toddler one" is that of the toddler alone
                if hit["noun"].rstrip("s") == hit["noun"] and len(shots) > 1 and not found:
                    return Meant(choice=tuple(shots))
                stop = hit.start("what") + end if pattern is shot_words.ONE_WITH else hit.end()
                line.use(hit.start(), stop)
                found += [i for i in shots if i not in found]
        loose = (
            shot_words.START,
            shot_words.START_BARE,
            shot_words.START_DOING,
            shot_words.WHILE,
            shot_words.IN_PLACE,
            shot_words.THE_DOING,
        )
        for pattern in loose if places and not whole else ():
            for hit in pattern.finditer(line.free):
                if pattern in {shot_words.IN_PLACE, shot_words.THE_DOING} and shot_words.NO_PLACE.match(hit["what"]):
                    continue
                if pattern in {shot_words.START, shot_words.START_BARE} and (
                    hit["what"] in shot_words.NO_START or found
                ):
                    continue
                if pattern is shot_words.START_BARE and (
                    not can_be(hit["what"], "NOUN")
                    or not (bag(hit["what"]) & self._words(False) or self._other_word(bag(hit["what"])))
                    or len(hit["what"]) < 4
                ):
                    continue
                shots, end = self._described(hit["what"])
                if shots and "·" not in line.free[hit.start() : hit.start("what") + end]:
                    found += [i for i in shots if i not in found]
                    line.use(hit.start(), hit.start("what") + end)
        if not found and not whole and (match := line.take(shot_words.THAT)):
            found += self.memory.shots or self.memory.reach
            pronoun = bool(found)
        if not found and not whole and (match := line.find(shot_words.END) or line.find(shot_words.ENDING)):
            line.use(match.start(), match.end())
            found.append(self.ids[-1] if match["end"] in {"end", "finish", "ending", "finale"} else self.ids[0])
        ordered = tuple(i for i in self.ids if i in found)
        return Meant(ordered, whole=whole and not ordered, pronoun=pronoun)

    def _described(self, words: str, *, everything: bool = False) -> tuple[list[str], int]:
        """The shots the first of these words describe, and where those end. `everything`: cast and weather too."""
        end = 0
        used: list[str] = []
        for match in re.finditer(r"[^\s·]+", words):
            one = bag(match[0])
            known = (
                self._compound(one)
                or not one
                or any(alike(w, t) for w in one for t in self._words(everything))
                or self._other_word(one)
            )
            known = known and (everything or match[0] not in self._names)
            if not known and not used and not end and (can_be(match[0], "ADJ") or match[0].endswith("ing")):
                continue  # "the falling tray"
            if not known and (used or not (everything or any(w in self._words(True) for w in one))):
                break
            if one and known:
                used.append(match[0])
                end = match.end()
        return (self.looking_like(" ".join(used), everything=everything), end) if used else ([], 0)

    def _words(self, everything: bool) -> frozenset[str]:
        bags = self._bags if everything else self._deeds
        return frozenset(word for one in bags.values() for word in one)

    def _compound(self, words: frozenset[str]) -> bool:
        return any(_begins(word, deed) for word in words for deeds in self._deeds.values() for deed in deeds)

    def _cast_of(self, shot_id: str) -> tuple[str, ...]:
        shot = self.film.shot(shot_id)
        return shot.cast if shot else ()

    def _other_word(self, words: frozenset[str]) -> bool:
        return any(words & others for others in self._named_otherwise.values())

    def looking_like(self, words: str, *, everything: bool = False) -> list[str]:
        """The shots these words describe, never all of them: those that share most of the words."""
        wanted = bag(words) - shot_words.NO_LOOKS
        scores: dict[str, int] = {}
        for shot_id in self.ids:
            deeds, there = self._deeds[shot_id], self._bags[shot_id] if everything else frozenset()
            scores[shot_id] = sum(
                2 if any(alike(w, t) for t in deeds) else any(alike(w, t) for t in there) for w in wanted
            )
        if not any(scores.values()):
            scores = {
                i: len(wanted & self._named_otherwise[i]) + sum(_begins(w, d) for w in wanted for d in self._deeds[i])
                for i in self.ids
            }
        best = max(scores.values())
        shots = [i for i in self.ids if scores[i] == best] if best else []
        return shots if len(shots) < len(self.ids) else []

    def _nth_of(self, word: str) -> list[str]:
        match = shot_words.NTH.search(f"the {word} shot")
        return self._nth(match) if match else []

    def _nth(self, match: re.Match[str]) -> list[str]:
        word = match["which"] or match["bare"]
        count = match["count"] or match["count2"] or ""
        many = 2 if count.startswith("couple") else int(count) if count.isdigit() else NUMBERS.get(count, 1)
        total = len(self.ids)
        if word == "middle":
            mid = total // 2
            return (
                list(self.ids[1:-1])
                if many > 1
                else [self.ids[mid]]
                if total % 2
                else list(self.ids[mid - 1 : mid + 1])
            )
        n = -2 if word in {"second to last", "second last", "next to last", "penultimate"} else ORDINALS[word]
        if n < 0:
            at = total + n
            return list(self.ids[max(0, at - many + 1) : at + 1]) if at >= 0 else []
        return list(self.ids[n - 1 : n - 1 + many])

    def _pair(self) -> tuple[str, ...]:
        if len(self.ids) == 2:
            return self.ids
        return self.memory.shots if len(self.memory.shots) == 2 else ()


_CARRIED: Final = bag(" ".join((*TIMES, *WEATHERS, *WEATHER_ADJECTIVES)))
"""Told of one shot, these hold for the next ones too: "instead of rain" names no shot where it rains in all."""


def _begins(word: str, deed: str) -> bool:
    """Whether a word is one of the film with another after it: the heartbeat of "listens to its heart"."""
    return len(deed) >= 4 and word.startswith(deed) and len(word) - len(deed) >= 3


def _told(film: Storyboard, memory: Memory) -> dict[str, frozenset[str]]:
    """The words each shot was described with, where a message described every one of them."""
    for text in memory.told:
        parts = split_clauses(text)
        # "Three scenes please. Scene one: ...": what comes first only announces them.
        parts = parts[1:] if len(parts) == len(film.shots) + 1 else parts
        if len(parts) == len(film.shots) > 1:
            pairs = [(shot, bag(part) - _CARRIED) for shot, part in zip(film.shots, parts, strict=True)]
            # A part that tells of nothing its shot shows is no part of the film: then none of them can be trusted.
            if sum(bool(_looks(film, shot) & words) for shot, words in pairs) > len(pairs) / 2:
                return {shot.id: words for shot, words in pairs}
        found: dict[str, frozenset[str]] = {}
        at = ""
        for part in re.split(r"[.;,:]|\b(?:and|then|finally)\b", text):
            words = bag(part) - _CARRIED
            fits = [
                s.id
                for s in film.shots
                if s.action and any(alike(a, w) for a in bag(s.action.split()[0]) for w in words)
            ]
            at = fits[0] if len(fits) == 1 else at
            if at:
                found[at] = found.get(at, frozenset()) | words
        if len(found) == len(film.shots):
            return found
    return {}


def _deeds(film: Storyboard, shot: Shot) -> frozenset[str]:
    """What is done and where, without who."""
    names = {w.lower() for c in film.cast for w in re.findall(r"[^\W\d_]+", f"{c.kind} {c.name}")}
    names |= {f"{name}s" for name in names}
    said = " ".join(w for w in re.findall(r"[^\W\d_]+", shot.action) if w.lower() not in names)
    return bag(f"{said} {shot.setting}")


def _looks(film: Storyboard, shot: Shot) -> frozenset[str]:
    times = " ".join(word for word, value in TIMES.items() if value == shot.time_of_day and shot.time_of_day != "day")
    weather = "" if shot.weather == "clear" else f"{shot.weather} {shot.weather}y"
    people = " ".join(f"{m.kind} {m.name} {m.colour} {m.description}" for c in shot.cast if (m := film.member(c)))
    return bag(f"{shot.action} {shot.setting} {times} {weather} {people}")


def _numbers(words: str) -> list[int]:
    found: list[int] = []
    span = False
    for part in re.findall(r"\d+|[a-z]+|-", words):
        if part in {"to", "through", "-"}:
            span = True
        elif part.isdigit() or part in NUMBERS:
            n = int(part) if part.isdigit() else NUMBERS[part]
            if span and found and found[-1] < n <= found[-1] + 60:
                found += range(found[-1] + 1, n)
            found.append(n)
            span = False
    return list(dict.fromkeys(found))
