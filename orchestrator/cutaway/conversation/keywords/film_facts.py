"""What the film there is can tell by itself: a question, the shots it means, and the fields it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from cutaway.conversation.keywords.phrases import find_member, read_thing, singular
from cutaway.conversation.keywords.text import listed, number
from cutaway.conversation.keywords.words import ORDINALS, WEATHERS
from cutaway.storyboard.model import CastMember, Shot, Storyboard

_PART: Final = r"(?:shots?|scenes?|parts?|clips?|bits?|ones?|pictures?|frames?|moments?|takes?)"
_NTH: Final = re.compile(
    rf"\b(?P<nth>{'|'.join(ORDINALS)}|middle)(?:\s+{_PART})?\b|\b{_PART}\s+(?:number\s+)?(?P<n>\d{{1,3}}|one"
    rf"|two|three|four|five|six|seven|eight)\b"
    r"|\bnumber\s+(?P<m>\d{1,3}|one|two|three|four|five|six)\b|\b(?P<start>(?:does|do) (?:it|the (?:film"
    r"|video)|we) (?:start|begin|open)|(?:in|at) the (?:beginning|start))\b"
    r"|\b(?P<end>(?:does|do) (?:it|the (?:film|video)|we) (?:end|finish|close)|(?:in|at) the end)\b",
    re.I,
)
_ABOUT: Final = re.compile(
    r"\bwhat happens\b|\b(?:read|see)\b.*\b(?:number|picture|shot|scene)\b|\b(?:video|film|clip|movie|shots?"
    r"|scenes?|storyboard|cast|captions?|subtitles?|titles?"
    r"|story|this|it|its"
    r"|here|there|we|parts?|one|ones|everything|now|so far"
    r"|characters?|total|whole|music|sound|soundtrack|camera|screen|format|look|style|transitions?|cuts?"
    r"|resolution|format|length|duration|order)\b"
    r"|^(?:and )?how (?:long|many)\W*$",
    re.I,
)


def answer_about_film(question: str, film: Storyboard) -> str | None:
    """What the storyboard itself can answer, or None."""
    text = question.lower()
    shots, missing = _meant(text, film)
    if missing:
        count = len(film.shots)
        there = "is 1 shot" if count == 1 else f"are {count} shots"
        return f"There {there}; there is no shot {missing}."
    for pattern, read in _ANSWERS:
        if pattern.search(text) and (said := read(text, film, shots)) is not None:
            return said
    if shots and re.search(r"\bwhat|\bdescribe|\btell|\bwho|\bhow|\bshow", text):
        return " ".join(_told(film, shot) for shot in shots)
    return None


def _meant(text: str, film: Storyboard) -> tuple[list[Shot], int]:
    """The shots a question names, and the number it names that is none."""
    found: list[Shot] = []
    count = len(film.shots)
    text = re.sub(r"\bhow many seconds?\b", "how long", text)
    for match in _NTH.finditer(text):
        if match["nth"] == "middle":
            at = (count + 1) // 2
        elif match["nth"]:
            at = ORDINALS[match["nth"]]
            at = count + 1 + at if at < 0 else at
        elif match["start"] or match["end"]:
            at = 1 if match["start"] else count
        else:
            at = int(number(match["n"] or match["m"]) or 0)
        if not 1 <= at <= count:
            return [], at
        found.append(film.shots[at - 1])
    if not found and (named := re.search(rf"\bthe ([\w' -]{{2,40}}?) {_PART}\b", text)):
        words = {singular(word) for word in named[1].split()} - {"the", "whole", "same", "next"}
        found = [shot for shot in film.shots if words & _words(film, shot)] if words else []
        found = found if len(found) == 1 else []
    return list(dict.fromkeys(found)), 0


def _words(film: Storyboard, shot: Shot) -> set[str]:
    who = " ".join(f"{m.kind} {m.name}" for c in shot.cast if (m := film.member(c)))
    return {
        singular(word)
        for word in re.findall(
            r"[\w'-]+", f"{who} {shot.setting} {shot.action} {shot.time_of_day} {shot.weather}".lower()
        )
    }


def say_shot(film: Storyboard, shot: Shot) -> str:
    """One shot in a few words."""
    who = listed(m.name for c in shot.cast if (m := film.member(c)))
    where = f"in {shot.setting}" if shot.setting else ""
    sky = shot.weather if shot.weather != "clear" else ""
    return ", ".join(part for part in (f"{who} {shot.action}".strip(), where, shot.time_of_day, sky) if part)


def _told(film: Storyboard, shot: Shot) -> str:
    return f"Shot {film.number(shot.id)} plays {shot.played_s:g} s: {say_shot(film, shot)}."


def _each(film: Storyboard, shots: Sequence[Shot], say: Callable[[Shot], str]) -> str:
    """A field of every shot meant, or of all; once when all have the same."""
    meant = list(shots or film.shots)
    values = [say(shot) for shot in meant]
    if len(set(values)) == 1 and len(meant) > 1:
        return f"{'In every shot' if len(meant) == len(film.shots) else 'In all of them'}: {values[0]}."
    return " ".join(f"Shot {film.number(shot.id)}: {value}." for shot, value in zip(meant, values, strict=True))


def _how_many(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del shots
    match = re.search(r"\bhow many ([\w -]{2,40})", text)
    if match is None:
        return None
    wanted = match[1]
    count = len(film.shots)
    if re.match(r"(?:shots?|scenes?|clips?|parts?|pictures?)\b", wanted):
        return f"The film has {count} shot{'s' if count != 1 else ''}, {film.duration_s:g} s in all."
    if re.match(r"(?:characters?|people|animals|figures|actors|cast|members)\b", wanted):
        return f"There are {len(film.cast)} in the film: {listed(m.name for m in film.cast) or 'nobody'}."
    if re.match(r"(?:captions?|texts?|titles?|subtitles?|words)\b", wanted):
        return f"There are {len(film.overlays)}. {_texts(text, film, [])}"
    if re.match(r"(?:seconds?|minutes?)\b", wanted):
        return _length(text, film, _meant(text, film)[0])
    return None


def _length(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    if shots:
        return " ".join(f"Shot {film.number(shot.id)} plays {shot.played_s:g} s." for shot in shots)
    if re.search(r"\beach\b|\bevery\b", text):
        return _each(film, [], lambda shot: f"{shot.played_s:g} s")
    count = len(film.shots)
    return f"The film plays {film.duration_s:g} s in {count} shot{'s' if count != 1 else ''}."


def _called(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    member = _member(text, film)
    if member is not None:
        return (
            f"The {member.kind} is called {member.name}."
            if member.name != member.kind
            else f"The {member.kind} has no name."
        )
    title = film.title or "It has no title yet"
    return f'The film is called "{title}".' if film.title else f"{title}."


def _texts(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del text
    inside = {shot.id for shot in shots}
    there = [o for o in film.overlays if not inside or o.shot_id in inside]
    if not there:
        return "There are no words on the picture."
    said = [
        f'{o.kind.replace("_", " ")} "{o.text}" '
        + (f"in shot {film.number(o.shot_id)}" if o.shot_id else "in the whole film")
        for o in there
    ]
    return f"On the picture: {listed(said)}."


def _sound(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del text, shots
    if film.sound.muted:
        return "The film is muted."
    if film.sound.bed == "none":
        return "There is no music."
    return f"The sound is {film.sound.bed}, at {film.sound.volume:.0%} volume."


def _frame(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del text, shots
    shape = {"16:9": "wide", "9:16": "upright", "1:1": "square"}[film.aspect]
    return f"The film is {film.aspect} ({shape}) at {film.resolution} ({film.size}), 24 frames per second."


def _look(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del text, shots
    words = f", {film.style.words}" if film.style.words else ""
    return f"The look is {film.style.look}{words}."


def _colour(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del shots
    member = _member(text, film)
    if member is None:
        return None
    return f"The {member.name} is {member.colour}." if member.colour else f"No colour was named for the {member.name}."


def _where(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    member = _member(text, film)
    if member is not None and not shots:
        return _appears(text, film, shots)
    return _each(film, shots, lambda shot: shot.setting or "no place named")


def _appears(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del shots
    member = _member(text, film)
    if member is None:
        return None
    inside = [str(n) for n, shot in enumerate(film.shots, 1) if member.id in shot.cast]
    return f"The {member.name} is in shot {listed(inside)}." if inside else f"The {member.name} is in no shot."


def _there(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del shots
    match = re.search(r"\b(?:is|are) there (?:a |an |any )?([\w -]{1,40})", text)
    if match is None or re.match(r"(?:music|sound|text|captions?|titles?|anything|something)\b", match[1]):
        return None
    words = match[1].split()
    thing = read_thing(words)
    member = find_member(film.cast, thing) if thing else None
    if member is not None:
        inside = [str(n) for n, shot in enumerate(film.shots, 1) if member.id in shot.cast]
        return f"Yes: the {member.name}, in shot {listed(inside)}." if inside else f"The {member.name} is in no shot."
    if re.match(r"(?:limit|way|chance|minimum|maximum|discount|option)\b", match[1]):
        return None
    return f"No. In the film: {listed(m.name for m in film.cast) or 'nobody'}."


def _weathers(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    asked = next(
        (
            WEATHERS[word]
            for word in re.findall(r"[a-z]+", text)
            for word in (word, word.removesuffix("ing"), word.removesuffix("s"))
            if word in WEATHERS
        ),
        None,
    )
    if asked is None or re.search(r"\bweather\b", text):
        return _each(film, shots, lambda shot: shot.weather)
    inside = [str(film.number(shot.id)) for shot in shots or film.shots if shot.weather == asked]
    return f"Yes, in shot {listed(inside)}." if inside else f"No. {_each(film, shots, lambda shot: shot.weather)}"


def _who(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del text
    if shots:
        return _each(film, shots, lambda shot: listed(m.name for c in shot.cast if (m := film.member(c))) or "nobody")
    return f"In the film: {listed(m.name for m in film.cast) or 'nobody'}."


def _all(text: str, film: Storyboard, shots: list[Shot]) -> str | None:
    del text
    if shots:
        return " ".join(_told(film, shot) for shot in shots)
    count = len(film.shots)
    told = " ".join(f"{n}. {say_shot(film, shot)}." for n, shot in enumerate(film.shots[:8], 1))
    return f"{count} shot{'s' if count != 1 else ''}, {film.duration_s:g} s. {told}"


def _member(text: str, film: Storyboard) -> CastMember | None:
    words = {singular(word) for word in re.findall(r"[\w'-]+", text)}
    return next(
        (
            m
            for m in film.cast
            if words & {singular(m.kind.split()[-1].lower()) if m.kind.split() else m.id, m.name.lower()}
        ),
        None,
    )


Read = Callable[[str, Storyboard, list[Shot]], str | None]
_ANSWERS: Final[tuple[tuple[re.Pattern[str], Read], ...]] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"\bhow many\b", _how_many),
        (r"\bhow long\b|\blength\b|\bduration\b|\bhow long's\b|\btotal\b(?!.*\bcost)|\brun(?:ning)? ?time\b", _length),
        (r"\bwhich (?:shots?|scenes?|parts?|clips?|ones?)\b.*\b(?:is|are|does|do|has|have|shows?|with)\b", _appears),
        (r"\bcalled\b|\bthe (?:name|title) of\b|\bwhat(?:'s|s| is) (?:the|its) (?:title|name)\b|\bnamed\b", _called),
        (
            r"\b(?:captions?|subtitles?|titles?|texts?|lower thirds?|on[- ]screen|on (?:the )?screen|written"
            r"|overlays?|labels?)\b|\bwhat does it say\b|\bwhat words\b|\b(?:tag|sign|card|label)\b.*\bsays?\b"
            r"|\b(?:can|could) (?:be|you|one|i|we) "
            r"read\b|\bread (?:me|us|out)\b",
            _texts,
        ),
        (r"\b(?:music|soundtrack|sound|sounds|audio|volume|song|loud|muted)\b", _sound),
        (
            r"\b(?:aspect|format|ratio|resolution|size|portrait|landscape|vertical|horizontal|upright|square"
            r"|wide ?screen|dimensions|quality|pixels|orientation|hd|shape)\b",
            _frame,
        ),
        (r"\bcolou?rs?\b", _colour),
        (r"\b(?:style|look|drawn in|art style)\b(?! (?:at|like))", _look),
        (
            r"\b(?:time of (?:the )?day|what time|day or night|when (?:is|does|are|do))\b",
            lambda t, f, s: _each(f, s, lambda shot: shot.time_of_day),
        ),
        (r"\bwhere\b|\b(?:setting|location|place|background)s?\b", _where),
        (r"\b(?:is|are) there\b", _there),
        (r"\b(?:is|are|does|do) (?:the|my|our|a|an) .*\b(?:in|on|appear|there|show up)\b", _appears),
        (r"\b(?:weather|rain\w*|snow\w*|fog\w*|storm\w*|windy?)\b", _weathers),
        (r"\b(?:camera|zoom|pan)\b", lambda t, f, s: _each(f, s, lambda shot: shot.camera.replace("_", " "))),
        (r"\b(?:transitions?|cuts?|fades?|cross-?fades?)\b", lambda t, f, s: _each(f, s, lambda shot: shot.transition)),
        (
            r"\b(?:speed|how fast|slow motion)\b",
            lambda t, f, s: _each(f, s, lambda shot: f"{shot.speed:g} times the usual speed"),
        ),
        (r"\b(?:locked|lock)\b", lambda t, f, s: _each(f, s, lambda shot: "locked" if shot.locked else "not locked")),
        (r"\bseeds?\b", lambda t, f, s: _each(f, s, lambda shot: f"seed {shot.seed}")),
        (
            r"\bwho(?:'s|s| is| are| else is| do we have)?\b.*\b(?:in|on|it|this|there|cast|play\w*|shots?"
            r"|scenes?|film|video|have)\b|\bwho (?:do|does|can) .{1,20}\bsee\b|\bthe cast\b|\bcharacters?\b"
            r"|\bwho all\b",
            _who,
        ),
        (
            r"\bwhat(?:'s|s| is)? (?:in |going on in |happening in |shown in )?(?:it|this|the (?:video|film"
            r"|clip|storyboard|story|movie|plot))\b(?! (?:doing|for|about to))"
            r"|\bwhat happens\b|\bdescribe\b|\bwhat (?:do|have) (?:we|you|i) (?:have|got)\b|\bwhat'?s in (?:it"
            r"|there)\b|\bsum(?:marise|marize| up| it up)?\b|\bwalk (?:me|us) through\b|\brun (?:me|us) "
            r"through\b"
            r"|\brecap\b|\bwhat (?:we|you|i)(?:'ve| have)? (?:made|got|have|done)\b|\bwhat do(?:es)? (?:it|the "
            r"film|the video) (?:show|look like)\b|\bhow does (?:it|the "
            r"\w+) (?:go|end|start|begin)\b|\bwhat(?:'s| is) the story\b|\border of (?:the |all )?(?:shots"
            r"|scenes|film)\b|\blist (?:the |all )?(?:shots"
            r"|scenes)\b|\bwhat did (?:we|you|i) (?:make|have|do) so far\b|\bread it back\b",
            _all,
        ),
    )
)


def asks_to_tell(text: str) -> bool:
    """Whether an order asks for the film in words: "run me through it", "describe the second shot", "recap"."""
    return bool(
        re.match(
            r"(?:(?:can|could|may) (?:i|we) (?:please )?(?:have|get|see) (?:the|a) (?:list|overview|summary"
            r"|rundown|order|outline)\b"
            r"|(?:(?:please|can you|could you|just|quickly|briefly)\s+)*(?:describe|recap|summari[sz]e|sum "
            r"(?:it|this|the \w+) up|sum up|walk (?:me|us) through|run (?:me|us) through|list"
            r"|read (?:me|us|out|it back|me back|that back)|tell me (?:about|what|everything|all|more)|remind me"
            r"|read out|talk me "
            r"through|go through)\b)",
            text,
            re.I,
        )
    )


def speaks_of_film(text: str) -> bool:
    """Whether a question is about the film rather than about the world."""
    return bool(_ABOUT.search(text))
