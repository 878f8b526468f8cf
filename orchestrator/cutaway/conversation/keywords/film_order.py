"""Questions about the order of the film there is, and about who is seen where; answered by finding the shots."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.memory import Memory
from cutaway.conversation.keywords.editing.shots_meant import Finder
from cutaway.conversation.keywords.film_facts import say_shot
from cutaway.conversation.keywords.phrases import find_member, read_thing, singular, tokens
from cutaway.conversation.keywords.text import listed, mask
from cutaway.conversation.keywords.words import DETERMINERS, ORDINALS, TIMES, WEATHER_ADJECTIVES, WEATHERS
from cutaway.storyboard.model import Shot, Storyboard

_END: Final = (
    r"(?:\s*(?:,\s*)?(?:remind me|i forget|again|please|by the way|then|now|at the moment|exactly|in "
    r"(?:it|the film)))*[\s?.!]*$"
)
_BETWEEN: Final = re.compile(rf"\bbetween\s+(?P<a>[\w' -]{{2,60}}?)\s+and\s+(?P<b>[\w' -]{{2,60}}?){_END}", re.I)
_BESIDE: Final = re.compile(
    rf"\b(?P<side>after|following|before|prior to|ahead of|next to)\s+(?P<a>[\w' -]{{2,60}}?){_END}", re.I
)
_PLACED: Final = re.compile(
    rf"\b(?:who|what)(?:'?s|\s+(?:is|are|comes?|goes|happens|do we (?:see|have|get|show)|have we got|did (?:we"
    rf"|i) (?:put|have)))?\s+"
    rf"(?:the\s+|at the\s+|right\s+|very\s+)*(?P<nth>first|last|second|third|fourth|fifth|next to last"
    rf"|penultimate){_END}",
    re.I,
)
_WHO: Final = re.compile(
    rf"\b(?:who(?:'?s|\s+(?:is|are|do we (?:see|have)|have we got|did we put|appears?|stands?|is "
    rf"seen))?(?:\s+(?:all|else|standing|sitting))*"
    rf"|(?:is|are)\s+(?:there\s+)?(?:anybody|anyone|somebody|someone|nobody|people)(?:\s+(?:seen|there|else))*)\s+"
    rf"(?:in|on|at|by|near|inside)\s+(?P<a>(?!(?:it|this|that|there|here|the (?:film|video|clip|movie"
    rf"|cast))\b)[\w' -]{{2,60}}?){_END}",
    re.I,
)
_DOES: Final = re.compile(
    rf"\bwhat\s+(?:does|do|is|are|did)\s+(?P<who>[\w' -]{{2,50}}?)\s+(?:do|doing|up to|get up to|busy with){_END}", re.I
)
_WHICH: Final = re.compile(
    r"\b(?:which|what|in which)\s+(?:shots?|scenes?|ones?|parts?|pictures?|clips?|bits?|of (?:them|the "
    r"\w+))\b(?P<what>.*)$",
    re.I,
)
_IN_ALL: Final = re.compile(
    r"^(?:is|are|does|do)\s+.*\b(?:in|for|on|during)?\s*(?:all|every|each|everywhere|throughout|the whole|both)\b", re.I
)
_SEEN: Final = re.compile(
    rf"^(?:(?:is|are)\s+there|do\s+(?:we|you|i)\s+(?:ever\s+)?(?:see|have|show|get)|have\s+(?:we|i|you)\s+got|does\s+it\s+(?:have|show)"
    rf"|can\s+(?:we|you|one)\s+see|has\s+it\s+got)\s+(?P<what>[\w' -]{{2,60}}?)(?:\s+(?:in (?:it|this|there|the "
    rf"\w+)|anywhere|at all|somewhere"
    rf"|yet|already|on (?:it|screen)))*{_END}",
    re.I,
)
_LONGEST: Final = re.compile(r"\b(?:which|what)\b.*\b(?P<most>longest|shortest)\b", re.I)
_LONGER: Final = re.compile(
    rf"\bis\s+(?P<a>[\w' -]{{2,50}}?)\s+(?P<how>longer|shorter)\s+than\s+(?P<b>[\w' -]{{2,50}}?){_END}", re.I
)
_WHICH_LONGER: Final = re.compile(
    rf"\bwhich (?:one )?(?:is|plays|lasts|runs) (?P<how>longer"
    rf"|shorter),?\s+(?P<a>[\w' -]{{2,40}}?)\s+or\s+(?P<b>[\w' -]{{2,40}}?){_END}",
    re.I,
)
_HOW_LONG: Final = re.compile(
    rf"\bhow long (?:is|does|do|are|'s)\s+(?P<a>(?:the|that|this)\s+(?!film|video|clip|whole|movie"
    rf"|thing)[\w' -]{{2,40}}?)"
    rf"(?:\s+(?:last|play|run|take|go on))?{_END}",
    re.I,
)
_APPEARS: Final = re.compile(
    rf"\b(?:when|where)\s+(?:do|does|did|is|are|can)\s+(?:(?:we|you|i|people)\s+)?(?:first\s+)?(?:see|meet|get "
    rf"to see|find)?\s*(?P<who>(?:the|our|my)\s+[\w' -]{{2,30}}?)"
    rf"(?:\s+(?:appear|show up|come in|come up|seen|for the first time|first|turn up))*{_END}",
    re.I,
)
_WHOLE: Final = re.compile(
    r"\b(?:what\s+(?:my|the|our|this)\s+(?:film|video|clip|story)\s+(?:shows?|is about|tells?|looks? like)"
    r"|(?:read|tell|give|say|talk|run|walk)\s+(?:me|us)\s+(?:through\s+)?(?:the\s+whole\s+(?:thing|film|story)"
    r"|all of it|everything)"
    r"|what (?:have|has) (?:i|we|you) (?:actually |really |got |now |so far )*(?:got|made|done)\b|in one sentence"
    r"|(?:the\s+)?(?:whole\s+)?(?:film|story|thing) (?:so far|as it (?:is|stands)))\b",
    re.I,
)
_WORDY: Final = re.compile(r"\b(?:words?|text|writing|captions?|titles?|letters|anything written)\b", re.I)
_SECONDS: Final = re.compile(
    r"\bhow many (?:secs?|seconds?|mins?|minutes?)\b|\brunning time\b|\btotal (?:length|time)\b|\bhow long\b", re.I
)
_LOGIC: Final = re.compile(r"\b(?:cost|price|pay|charge|take to|until|till|wait)\b", re.I)


def answer_by_finding(question: str, film: Storyboard) -> str | None:
    """What the shots themselves tell about order and about who is where; None for every other question."""
    text = question.strip().lower()
    for read in _READERS:
        if (told := read(text, film)) is not None:
            return told
    return None


def find_shots(words: str, film: Storyboard) -> list[Shot]:
    """The shots these words mean: "the park bit", "the tea", "shot 2"; empty where none or all fit."""
    finder = Finder(film, Memory(film))
    masked = mask(words)
    meant = finder.all_in(Line(masked, masked.text))
    ids = list(meant.shots) or finder.looking_like(words, everything=True) or _written(words, film)
    return [shot for shot in film.shots if shot.id in ids]


def _written(words: str, film: Storyboard) -> list[str]:
    """The shots whose words on the picture hold all of these words that say something."""
    wanted = (
        {singular(word) for word in re.findall(r"[a-z']+", words.lower())}
        - DETERMINERS
        - {"shot", "scene", "bit", "part", "one", "line"}
    )
    return [
        o.shot_id
        for o in film.overlays
        if o.shot_id and wanted and wanted <= {singular(word) for word in re.findall(r"[a-z']+", o.text.lower())}
    ]


def _one(film: Storyboard, shot: Shot) -> str:
    return f"Shot {film.number(shot.id)}: {say_shot(film, shot) or 'nothing named'}."


def _between(text: str, film: Storyboard) -> str | None:
    match = _BETWEEN.search(text)
    if match is None:
        return None
    first, second = find_shots(match["a"], film), find_shots(match["b"], film)
    if not first or not second:
        return None
    a, b = sorted((film.number(first[0].id), film.number(second[-1].id)))
    inside = film.shots[a : b - 1]
    return " ".join(_one(film, shot) for shot in inside) if inside else f"Nothing: shot {b} follows shot {a}."


def _beside(text: str, film: Storyboard) -> str | None:
    match = _BESIDE.search(text)
    if match is None or not re.search(r"\b(?:what|which|who)", text):
        return None
    found = find_shots(match["a"], film)
    if not found:
        return None
    after = match["side"] in {"after", "following"}
    at = film.number(found[-1].id) if after else film.number(found[0].id) - 2
    if not 0 <= at < len(film.shots):
        return f"Nothing: that is the {'last' if after else 'first'} shot."
    return _one(film, film.shots[at])


def _placed(text: str, film: Storyboard) -> str | None:
    match = _PLACED.search(text)
    if match is None:
        return None
    nth = match["nth"]
    n = -2 if nth in {"next to last", "penultimate"} else ORDINALS[nth]
    at = n - 1 if n > 0 else len(film.shots) + n
    return _one(film, film.shots[at]) if 0 <= at < len(film.shots) else None


def _who(text: str, film: Storyboard) -> str | None:
    match = _WHO.search(text)
    if match is None:
        return None
    found = find_shots(f"the {match['a']}", film) or find_shots(match["a"], film)
    if not found:
        return None
    seen = list(dict.fromkeys(m.name for shot in found for c in shot.cast if (m := film.member(c))))
    return f"{listed(seen) or 'Nobody'}, in shot {listed(str(film.number(shot.id)) for shot in found)}."


_DEED: Final = re.compile(
    rf"^who (?:is |are )?(?P<a>(?!(?:in|on|at|made|drew|draws)\b)[a-z]+(?:s|ing|ed)\b[\w' -]{{0,50}}?){_END}", re.I
)
_TIMES: Final = re.compile(
    rf"\bhow (?:many times|often) (?:do we see|does|is|are|do)\s+(?P<who>[\w' -]{{2,40}}?)(?:\s+(?:appear|in it"
    rf"|come up|show up|there|seen))?{_END}",
    re.I,
)


def _deed(text: str, film: Storyboard) -> str | None:
    match = _DEED.search(text)
    found = find_shots(match["a"], film) if match else []
    return " ".join(_one(film, shot) for shot in found) if len(found) == 1 else None


_HAPPENS: Final = re.compile(
    rf"\bwhat(?:'?s|\s+is|\s+was)?\s+(?:happening|going on|happens?|seen|shown|to see)\s+(?:at|in|on|with|when"
    rf"|during|by|near)\s+"
    rf"(?P<a>(?!(?:it|this|here|the (?:film|video|clip|story))\b)[\w' -]{{2,50}}?){_END}",
    re.I,
)


def _happens(text: str, film: Storyboard) -> str | None:
    match = _HAPPENS.search(text)
    found = find_shots(f"the {match['a'].removeprefix('the ')}", film) if match else []
    return " ".join(_one(film, shot) for shot in found) or None


def _times(text: str, film: Storyboard) -> str | None:
    match = _TIMES.search(text)
    thing = read_thing(tokens(match["who"])) if match else None
    member = find_member(film.cast, thing) if thing else None
    if member is None:
        return None
    inside = [str(film.number(shot.id)) for shot in film.shots if member.id in shot.cast]
    return f"{len(inside)} times: in shot {listed(inside)}." if inside else f"The {member.name} is in no shot."


def _appears(text: str, film: Storyboard) -> str | None:
    match = _APPEARS.search(text)
    thing = read_thing(tokens(match["who"])) if match else None
    member = find_member(film.cast, thing) if thing else None
    inside = [str(film.number(shot.id)) for shot in film.shots if member and member.id in shot.cast]
    return f"The {member.name} is in shot {listed(inside)}." if member and inside else None


def _does(text: str, film: Storyboard) -> str | None:
    match = _DOES.search(text)
    thing = read_thing(tokens(match["who"])) if match else None
    member = find_member(film.cast, thing) if thing else None
    if member is None:
        return None
    found = [shot for shot in film.shots if member.id in shot.cast]
    return " ".join(_one(film, shot) for shot in found) or f"The {member.name} is in no shot."


def _value_of(text: str) -> tuple[str, str] | None:
    """The time or the weather a question names, as a field of a shot and its value."""
    for word in re.findall(r"[a-z]+", text):
        if word in {"day", "time", "light"}:
            continue
        if word in TIMES:
            return "time_of_day", TIMES[word]
        if (sky := WEATHERS.get(word) or WEATHER_ADJECTIVES.get(word)) is not None:
            return "weather", sky
    return None


def _which(text: str, film: Storyboard) -> str | None:
    match = _WHICH.search(text)
    if match is None or _LONGEST.search(text) or (value := _value_of(match["what"])) is None:
        return None
    field, wanted = value
    inside = [str(film.number(shot.id)) for shot in film.shots if getattr(shot, field) == wanted]
    return f"{wanted.capitalize()}: shot {listed(inside)}." if inside else f"None of them: no shot has {wanted}."


def _in_all(text: str, film: Storyboard) -> str | None:
    if not _IN_ALL.match(text) or (value := _value_of(text)) is None:
        return None
    field, wanted = value
    others = [shot for shot in film.shots if getattr(shot, field) != wanted]
    if not others:
        return f"Yes, every shot has {wanted}."
    return "No. " + " ".join(f"Shot {film.number(shot.id)}: {getattr(shot, field)}." for shot in others)


def _seen(text: str, film: Storyboard) -> str | None:
    match = _SEEN.search(text)
    if match is None:
        return None
    what = match["what"]
    if _WORDY.search(what):
        texts = [f'"{o.text}"' for o in film.overlays]
        return f"Yes: {listed(texts)}." if texts else "No, there are no words on the picture."
    if re.match(
        r"(?:a |any )?(?:limit|way|chance|minimum|maximum|discount|option|music|sound|(?:a |the )?(?:name|title"
        r"|length|shape|format)\b)\b",
        what,
    ):
        return None
    words = [w for w in what.split() if w not in DETERMINERS | {"any", "anything"}]
    thing = read_thing(words) if words else None
    if thing is None:
        return None
    wanted = singular(thing.head)
    member = find_member(film.cast, thing)
    found = [
        shot
        for shot in film.shots
        if (member is not None and member.id in shot.cast)
        or wanted in {singular(w) for w in re.findall(r"[a-z]+", f"{shot.action} {shot.setting}".lower())}
    ]
    if not found:
        return f"No. In the film: {listed(m.name for m in film.cast) or 'nobody'}."
    return f"Yes, in shot {listed(str(film.number(shot.id)) for shot in found)}."


def _lengths(text: str, film: Storyboard) -> str | None:
    if match := _LONGEST.search(text):
        pick: Callable[..., float] = max if match["most"] == "longest" else min
        most = pick(shot.played_s for shot in film.shots)
        found = [str(film.number(shot.id)) for shot in film.shots if shot.played_s == most]
        return f"Shot {listed(found)}, at {most:g} s."
    if match := _LONGER.search(text):
        first, second = find_shots(match["a"], film), find_shots(match["b"], film)
        if len(first) == 1 and len(second) == 1:
            a, b = first[0].played_s, second[0].played_s
            yes = a > b if match["how"] == "longer" else a < b
            return f"{'Yes' if yes else 'No'}: {a:g} s and {b:g} s."
    if match := _WHICH_LONGER.search(text):
        one, other = find_shots(match["a"], film), find_shots(match["b"], film)
        if one and other:
            longest = sorted((one[0], other[0]), key=lambda shot: shot.played_s, reverse=match["how"] == "longer")
            if longest[0].played_s == longest[1].played_s:
                return f"Both play {longest[0].played_s:g} s."
            first_s, second_s = (shot.played_s for shot in longest)
            return f"Shot {film.number(longest[0].id)}, at {first_s:g} s; the other plays {second_s:g} s."
    if (match := _HOW_LONG.search(text)) and len(there := find_shots(match["a"], film)) == 1:
        return f"Shot {film.number(there[0].id)} plays {there[0].played_s:g} s."
    if (
        _SECONDS.search(text)
        and not _LOGIC.search(text)
        and len(text.split()) <= 8
        and re.search(r"\b(?:we|i|it|now|so far|secs|total|time)\b", text)
    ) and not re.search(r"\b(?:shot|scene|bit|part|first|last|second|third|fourth|one|each|every)\b|\d", text):
        return f"The film plays {film.duration_s:g} s in {_how_many(film)}."
    return None


def _how_many(film: Storyboard) -> str:
    return f"{len(film.shots)} shot{'s' if len(film.shots) != 1 else ''}"


def _whole(text: str, film: Storyboard) -> str | None:
    if not _WHOLE.search(text):
        return None
    told = " ".join(f"{n}. {say_shot(film, shot)}." for n, shot in enumerate(film.shots[:8], 1))
    return f"{len(film.shots)} shot{'s' if len(film.shots) != 1 else ''}, {film.duration_s:g} s. {told}"


_READERS: Final = (
    _between,
    _beside,
    _placed,
    _who,
    _deed,
    _happens,
    _times,
    _appears,
    _does,
    _lengths,
    _which,
    _in_all,
    _seen,
    _whole,
)
