"""A description in words becomes a storyboard: one clause, one shot."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.clauses import Clause, read_clause
from cutaway.conversation.keywords.contradictions import told_apart
from cutaway.conversation.keywords.crowds import within_cast
from cutaway.conversation.keywords.directives import Directives, read_directives, with_head
from cutaway.conversation.keywords.dropped import dropped
from cutaway.conversation.keywords.parts import end_words, joined, kept, numbered, read_part, split_clauses
from cutaway.conversation.keywords.phrases import Thing, Troupe, drawable, plural, singular
from cutaway.conversation.keywords.pictured import asks_for_picture, with_references
from cutaway.conversation.keywords.places import place_beside
from cutaway.conversation.keywords.scenery import seconds
from cutaway.conversation.keywords.sequences import split_sequence
from cutaway.conversation.keywords.text import Masked, cut, squeeze
from cutaway.conversation.keywords.together import origin, with_company
from cutaway.conversation.keywords.words import (
    AGENTS,
    DETERMINERS,
    INDOORS,
    PLACE_PREPOSITIONS,
    RESTS,
    VEHICLES,
    VERB_FORMS,
    WATERS,
)
from cutaway.storyboard.model import (
    MAX_CAST_PER_SHOT,
    MAX_SHOT_S,
    MAX_SHOTS,
    MAX_TEXT_CHARS,
    MAX_TOTAL_S,
    MIN_SHOT_S,
    Camera,
    CastMember,
    Overlay,
    Resolution,
    Shot,
    Sound,
    Storyboard,
    Style,
    TimeOfDay,
    Weather,
)

DEFAULT_SHOT_S: Final = 3.0
CAMERAS: Final[tuple[Camera, ...]] = ("dolly_in", "pan_right", "dolly_out", "pan_left")
_TITLE_CHARS: Final = 60
_ACTION_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """A storyboard found in words. `problem` says why there is none; `ignored` are the words without effect."""

    storyboard: Storyboard | None = None
    clauses: tuple[Clause, ...] = ()
    ignored: tuple[str, ...] = ()
    problem: str = ""
    problem_choices: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    """What was asked beyond a limit, and what was taken instead."""

    @property
    def clear(self) -> bool:
        """Whether the words read as a picture without being asked for."""
        return self.storyboard is not None and bool(self.clauses) and self.clauses[0].clear


@dataclass(slots=True)
class Scene:
    """What one shot hands on to the next. `beyond`: by shot id, the cast ids a shot has no room for."""

    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    setting: str = ""
    time: TimeOfDay = "day"
    weather: Weather = "clear"
    spoken_setting: bool = field(default=False)
    beyond: dict[str, tuple[str, ...]] = field(default_factory=dict)


def seed(text: str, index: int) -> int:
    """A stable positive seed for shot `index` of this text."""
    digest = hashlib.sha256(f"{text}\n{index}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % (2**31 - 1) + 1


@lru_cache(maxsize=16)
def draft(
    masked: Masked,
    text: str,
    references: tuple[tuple[str, str], ...] = (),
    *,
    resolution: Resolution = "480p",
    shots: int = 0,
    head: str = "",
    title: str = "",
) -> Draft:
    """The storyboard these words describe. `references` are (file name, sha256) of pictures that were given.

    `resolution` is what the film gets when the words name none, `shots` how many the person wants (0: unsaid), and
    `head` words about the film that stood before what is to be seen; `title` is its title where one was told.
    """
    text, ending = end_words(masked, text)
    said = with_head(read_directives(masked, joined(text)), masked, head)
    if not title and (spoken := _TITLE_SPOKEN.search(said.rest)):
        title, said = spoken["title"].strip(), replace(said, rest=said.rest[: spoken.start()].strip())
    if title and not said.title:
        said = replace(said, title=title)
    if said.refused:
        return Draft(
            problem=f"I make films in 480p or 720p; {said.refused} is not one of them.",
            problem_choices=(f"{squeeze(masked.restore(said.rest))}, in 720p",),
        )
    if not said.total_s and not said.each_s and (last := _LAST_LENGTH.search(said.rest)):
        # "..., then it lands. 9 seconds": said of the film, not of its last shot.
        said = replace(said, rest=said.rest[: last.start()].strip(), total_s=seconds(last["n"]).value)
    rest, scenery = _whole_scene(said.rest)
    parts = split_clauses(numbered(rest))
    wanted = shots if len(parts) == 1 else 0
    parts = [moment for part in parts for moment in split_sequence(part, wanted, told=len(parts) > 1 or bool(head))]
    read = [clause for n, part in enumerate(parts) for clause in read_part(part, opening=not n)]
    useful, ignored = kept(read)
    if not useful:
        return Draft(ignored=tuple(masked.restore(part) for part in parts))
    shots = max(shots, len(useful))
    useful = useful[:MAX_SHOTS]
    if shots > 1 and len(useful) == 1:
        # Several shots of one thing: each looks at it in its own way.
        useful = useful * min(shots, MAX_SHOTS)
    if scenery is not None and len(useful) > 1:
        useful = [_in_scene(clause, scenery) for clause in useful]
    troupe = Troupe()
    made: list[Shot] = []
    scene = Scene()
    for clause in useful:
        made.append(build_shot(clause, troupe, scene, masked, f"s{len(made) + 1}", len(made), seed(text, len(made))))
    crowd = within_cast(troupe.members, made, useful, scene.beyond)
    useful = crowd.clauses
    timed, limits = _timed(crowd.shots, useful, said)
    limits += crowd.notes
    limits += tuple(note for n, clause in enumerate(useful, 1) for note in told_apart(n, clause.text))[:3]
    limits += tuple(
        f"Words on the picture were cut to {MAX_TEXT_CHARS} letters; {len(quote):,} were given."
        for quote in masked.quotes[:1]
        if len(quote) > MAX_TEXT_CHARS and (said.title or said.caption)
    )
    if shots > MAX_SHOTS:
        limits += (f"A film has at most {MAX_SHOTS} shots; {shots} were asked for, so the first {MAX_SHOTS} are made.",)
    members = with_references(crowd.members, references, meant=asks_for_picture(masked.text, references))
    film = _film(said, timed, members, masked.restore(useful[0].text), resolution)
    if ending:
        card = Overlay(id="end", kind="end_card", text=ending, shot_id=film.shots[-1].id)
        film = film.model_copy(update={"overlays": (*film.overlays, card)})
    unseen = (words for words in dropped(film, useful) if words.split()[-1].lower() not in crowd.away)
    lost = (*(c.text for c in ignored), *unseen)
    ignored_words = tuple(masked.restore(words) for words in lost)
    return Draft(storyboard=film, clauses=tuple(useful), ignored=ignored_words, limits=limits)


_TITLE_SPOKEN: Final = re.compile(
    r"[\s,;.]*(?:\b(?:and|with)\s+)*(?:\ban?\s+|\bthe\s+)?(?:(?:elegant|bold|handwritten|plain|big|simple|nice"
    r"|large)\s+)*\btitle\s+"
    r"(?:that\s+says|which\s+says|saying|reading|says|over\s+it|on\s+it"
    r"|on\s+top)\s*:?\s*(?P<title>[^.;⟪⟫]{2,60})[.!\s]*$",
    re.I,
)
_LAST_SCENE: Final = re.compile(
    r"(?:[.;!\n]\s+|,\s*)(?:(?:all|everything|all of (?:it|them|this)|the whole (?:thing|film)|both"
    r"|each)\s+(?:is\s+|are\s+|plays?\s+|happens?\s+)?)?"
    r"(?P<scene>(?:at |in the |in |on |by "
    r")?[\w'-]+(?:\s+[\w'-]+)?(?:,\s*[\w'-]+(?:\s[\w'-]+)?)?)[\s.!]*$",
    re.I,
)


def _whole_scene(text: str) -> tuple[str, Clause | None]:
    """The text without a last "football pitch, evening" that says where and when everything plays."""
    match = _LAST_SCENE.search(text)
    if (
        match is None
        or match["scene"].split()[0].lower() in DETERMINERS
        or not re.search(r"[.;,]|\bthen\b", text[: match.start()])
    ):
        return text, None
    if not any(word in VERB_FORMS for word in re.findall(r"[a-z]+", text[: match.start()].lower())):
        return text, None
    clause = read_clause(match["scene"])
    scenic = clause.scenic and not (clause.subjects or clause.verb or clause.action or clause.carried)
    return (text[: match.start()].strip(), clause) if scenic else (text, None)


def _in_scene(clause: Clause, scene: Clause) -> Clause:
    return replace(
        clause,
        setting=clause.setting or scene.setting,
        time=clause.time or scene.time,
        weather=clause.weather or scene.weather,
    )


_LAST_LENGTH: Final = re.compile(
    r"(?<=[.;!\n])\s+(?P<n>[\w.]+[\s-]*(?:seconds?|secs?|minutes?|mins?))(?:\s+(?:long|please|max))*[\s.,!]*$", re.I
)
_HE: Final = re.compile(r"(?:\W*\b(?:and|then|finally|suddenly|so|next)\b)*\W*(?:he|she)\b", re.I)


def _somebody(kind: str) -> bool:
    return kind in AGENTS or singular(kind) in AGENTS


_ACTED_ON: Final = re.compile(r"\b(?:it|him|her|them)\b(?! (?:rain|snow|is|was|lies|stands)\w*)", re.I)
_ABOARD: Final = re.compile(
    r"\b(?:on|in|inside|aboard|on board)\s+(?:the|an?|their|his|her|its)\s+(?P<place>(?:[\w-]+\s+)?(?:train"
    r"|bus|tram|plane|airplane|aeroplane|ship|ferry"
    r"|submarine|yacht|spaceship|spacecraft|helicopter|subway|metro|taxi|van|truck|caravan))\b",
    re.I,
)


def _aboard(clause: Clause) -> str:
    """The train, ship or plane in which somebody does something."""
    match = _ABOARD.search(clause.action)
    return match["place"] if match and clause.verb not in _BOARDING else ""


def whereabouts(clause: Clause) -> str:
    """Where a clause plays that names no place the ear knows."""
    return "" if clause.carried and not clause.verb else place_beside(clause.action, clause.verb)


_BOARDING: Final = frozenset("climb jump hop step board get enter land fall put load leap crawl fly".split())


def build_shot(
    clause: Clause, troupe: Troupe, scene: Scene, masked: Masked, shot_id: str, index: int, shot_seed: int
) -> Shot:
    """One shot from one clause, updating the cast and what the next shot inherits."""
    subjects = tuple(dict.fromkeys(troupe.cast(_unmasked(thing, masked)) for thing in clause.subjects))
    weather_only = not clause.subjects and not clause.setting and not clause.verb
    if clause.carried or weather_only:
        subjects = scene.people if _HE.match(clause.text) and scene.people else scene.subjects
    others = [troupe.cast(_unmasked(thing, masked)) for thing in clause.objects]
    for other in clause.companions:
        others += [troupe.cast(_unmasked(thing, masked)) for thing in (*other.subjects, *other.objects)]
    if subjects and not clause.carried and _ACTED_ON.search(clause.action):
        # "then the bus splashes it": the one before is there, too.
        others += [who for who in scene.subjects if who not in subjects][:1]
    vehicle = _vehicle(clause, [troupe_kind(troupe, c) for c in (*subjects, *others)])
    if vehicle is not None:
        others.append(troupe.cast(vehicle))
    setting = (
        clause.setting
        or _aboard(clause)
        or _implied(clause.verb, scene, [troupe_kind(troupe, c) for c in subjects])
        or origin(clause.action)
        or whereabouts(clause)
        or scene.setting
    )
    setting = setting or next((other.setting for other in clause.companions if other.setting), "")
    sky = clause.weather or next((c.weather for c in clause.companions if c.weather), None) or scene.weather
    when = clause.time or next((c.time for c in clause.companions if c.time), None) or scene.time
    if clause.setting and not clause.weather and clause.setting.split()[-1].lower() in INDOORS:
        sky = "clear"
    scene.subjects = subjects or scene.subjects
    scene.people = tuple(who for who in subjects if _somebody(troupe_kind(troupe, who))) or scene.people
    scene.setting, scene.time, scene.weather = setting, when, sky
    cast = tuple(dict.fromkeys((*subjects, *others)))
    if len(cast) > MAX_CAST_PER_SHOT:
        scene.beyond[shot_id] = cast[MAX_CAST_PER_SHOT:]
    return Shot(
        id=shot_id,
        duration_s=clause.seconds if clause.seconds and MIN_SHOT_S <= clause.seconds <= MAX_SHOT_S else DEFAULT_SHOT_S,
        cast=cast[:MAX_CAST_PER_SHOT],
        action=masked.restore(cut(with_company(_resting(clause) or clause.action, clause), _ACTION_CHARS)),
        setting=masked.bare(setting),
        time_of_day=scene.time,
        weather=sky,
        camera=clause.camera or CAMERAS[index % len(CAMERAS)],
        lighting=masked.bare(clause.lighting),
        seed=shot_seed,
    )


def _resting(clause: Clause) -> str:
    """What somebody does who is only named: boats float, fish swim, everything else stands still. "" with a verb."""
    if clause.verb or not clause.subjects or not all(drawable(thing.head) for thing in clause.subjects):
        return ""
    first = clause.action.split()[:1]
    if first and first[0] not in PLACE_PREPOSITIONS:
        return ""
    head = clause.subjects[0].head
    one = re.match(r"(?:of\s+)?(?:an?|one|another)\s", clause.text, re.I)
    several = len(clause.subjects) > 1 or (plural(head) and not one)
    verb, how = next((rest for kinds, rest in RESTS if head in kinds or singular(head) in kinds), ("stand", "still"))
    return " ".join(part for part in (verb if several else f"{verb}s", how, clause.action) if part)


def troupe_kind(troupe: Troupe, cast_id: str) -> str:
    """The noun of a cast member, in lower case."""
    return next((m.kind.split()[-1].lower() for m in troupe.members if m.id == cast_id and m.kind.split()), "")


def _unmasked(thing: Thing, masked: Masked) -> Thing:
    kind = cut(masked.bare(thing.kind), 60) or "someone"
    return Thing(
        head=cut(masked.bare(thing.head), 60).lower() or "someone",
        kind=kind,
        name=cut(masked.bare(thing.name), 60),
        colour=thing.colour,
        description=masked.bare(thing.description),
        definite=thing.definite,
        other=thing.other,
    )


def _vehicle(clause: Clause, kinds: list[str]) -> Thing | None:
    """What a verb cannot do without: rowing needs a boat, driving a car."""
    words = set(clause.action.lower().split())
    if any(kind in VEHICLES for kind in kinds) or words & VEHICLES or not (clause.subjects or clause.carried):
        return None
    if not any(_somebody(kind) for kind in kinds):
        return None  # a forklift drives by itself
    needed = {"row": "rowing boat", "paddle": "canoe", "sail": "sailing boat", "drive": "car", "pedal": "bicycle"}
    kind = needed.get(clause.verb)
    return Thing(head=kind.split()[-1], kind=kind, definite=True) if kind else None


def _implied(verb: str, scene: Scene, kinds: list[str]) -> str:
    """The setting a verb brings along when the clause names none."""
    if verb in {"row", "sail", "swim", "surf", "dive", "paddle"}:
        afloat = scene.setting and scene.setting.split()[-1].lower() in WATERS
        return scene.setting if afloat else "sea"
    if verb == "ski":
        return scene.setting or "snowy mountain slope"
    if verb in {"fly", "soar", "glide"} and not scene.setting:
        return "sky"
    return ""


def _timed(shots: list[Shot], clauses: list[Clause], said: Directives) -> tuple[list[Shot], tuple[str, ...]]:
    """The shots with their seconds, within the limits, and which limits were met."""
    lengths = [said.each_s or clause.seconds or DEFAULT_SHOT_S for clause in clauses]
    if said.total_s:
        free = [i for i, clause in enumerate(clauses) if not clause.seconds]
        fixed = sum(clause.seconds or 0.0 for clause in clauses)
        if not free or fixed >= said.total_s:
            lengths = [length * said.total_s / sum(lengths) for length in lengths]
        else:
            share = (said.total_s - fixed) / len(free)
            lengths = [clause.seconds or share for clause in clauses]
    rounded = [round(length, 2) for length in lengths]
    limits = []
    for number, length in enumerate(rounded, 1):
        if not MIN_SHOT_S <= length <= MAX_SHOT_S:
            rounded[number - 1] = min(max(length, MIN_SHOT_S), MAX_SHOT_S)
            limits.append(
                f"Shot {number} lasts {rounded[number - 1]:g} s instead of {length:g} s: a shot can last "
                f"{MIN_SHOT_S:g} to {MAX_SHOT_S:g} s."
            )
    if sum(rounded) > MAX_TOTAL_S:
        limits.append(f"The film would last {sum(rounded):g} s; it was shortened to the limit of {MAX_TOTAL_S:g} s.")
        share = MAX_TOTAL_S / sum(rounded)
        rounded = [max(MIN_SHOT_S, int(length * share * 100) / 100) for length in rounded]
    timed = [shot.model_copy(update={"duration_s": length}) for shot, length in zip(shots, rounded, strict=True)]
    return timed, tuple(limits[:3])


def _film(
    said: Directives, shots: list[Shot], members: Sequence[CastMember], first: str, resolution: Resolution
) -> Storyboard:
    if said.grade:
        shots = [shot.model_copy(update={"grade": said.grade}) for shot in shots]
    overlays = [Overlay(id="title", kind="title", text=said.title, shot_id=shots[0].id)] if said.title else []
    if said.caption:
        overlays.append(Overlay(id="caption-film", kind="caption", text=said.caption))
    sound = Sound()
    return Storyboard(
        title=said.title or _title(first),
        aspect=said.aspect or "16:9",
        resolution=said.resolution or resolution,
        style=Style(look=said.look or "paper", words=cut(said.style or "", 200)),
        cast=tuple(members),
        shots=tuple(shots),
        overlays=tuple(overlays),
        sound=Sound(
            bed=said.bed or sound.bed,
            muted=bool(said.muted),
            volume=said.volume if said.volume is not None else sound.volume,
        ),
    )


def _title(first: str) -> str:
    words = re.sub(r"^(?:of|about|showing|featuring|with)\s+", "", first, flags=re.I)
    return cut(words[:1].upper() + words[1:], _TITLE_CHARS)
