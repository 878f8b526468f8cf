"""How people begin when they want a film: fillers, wishes and what kind of film, taken off what is to be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.clauses import read_clause
from cutaway.conversation.keywords.lexicon import third_form
from cutaway.conversation.keywords.phrases import known_subject, plural
from cutaway.conversation.keywords.places import place_of
from cutaway.conversation.keywords.retold import retold
from cutaway.conversation.keywords.text import number
from cutaway.conversation.keywords.wishes import (
    ABOUT_WORK,
    ANOTHER,
    ASK,
    CALLED,
    COLON,
    CONNECT,
    COUNT,
    FILLER,
    FILM,
    FIRST_PERSON,
    FRESH,
    HESITATION,
    KIND,
    KNOWN,
    LATER_WISH,
    LENGTH,
    MAKE,
    NUMBER,
    OF,
    OWN,
    PRONOUN,
    PURPOSE,
    SENTENCE,
    SHAPED,
    SHOT_HEAD,
    SHOWN,
    STORY,
    STYLED,
    TITLED,
    TURN,
    VAGUE_NOUN,
)
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    COLOURS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    VERB_FORMS,
)

_MAX_STEPS: Final = 24
_HEAD_CHARS: Final = 200
_KIND_CHARS: Final = 90


@dataclass(frozen=True, slots=True)
class Opening:
    """The words to be seen, and what stood before them.

    `head` is what was taken off: length, shape and look are read from it. `asked`: it asks for something; `named`: for
    a film by name, or to be shown something; `fresh`: for another film than the one there is. `shots` is how many, 0
    unsaid.
    """

    body: str
    head: str = ""
    asked: bool = False
    named: bool = False
    fresh: bool = False
    shots: int = 0
    title: str = ""


@lru_cache(maxsize=16)
def read_opening(text: str) -> Opening:
    """What is to be seen, without the words people begin with."""
    text = retold(text)
    if titled := TITLED.match(text):
        return replace(read_opening(text[titled.end() :]), title=titled["title"].strip(), asked=True)
    text = HESITATION.sub(" ", text).strip() if HESITATION.search(text) else text
    another = match if (match := ANOTHER.match(text)) and not _more_shots(match[0]) else None
    text, head = _without_preface(text[another.end() :] if another else text)
    asked = another is not None or (bool(head) and bool(FILM.search(head) or ASK.search(head)))
    named = seen = False
    fresh = another is not None
    shots = 0
    taken = [*([another[0]] if another else []), *([head] if head else [])]
    colon = COLON.search(text[:_HEAD_CHARS])
    if colon and (found := _before_colon(text[: colon.start()], text[colon.end() :].strip())) is not None:
        return Opening(
            body=found.body,
            head=" ".join([*taken, found.head]),
            asked=True,
            named=found.named,
            fresh=fresh or found.fresh,
            shots=found.shots,
            title=found.title,
        )
    for _ in range(_MAX_STEPS):
        if match := FILLER.match(text):
            pass
        elif match := FRESH.match(text):
            fresh = asked = True
        elif (match := COUNT.match(text)) and (asked or match["after"].strip(" ")):
            shots, asked = int(number(match["n"]) or 0), True
        elif (asked or named) and (match := LENGTH.match(text)):
            pass
        elif (
            not asked
            and (match := LENGTH.match(text))
            and re.search(r"of\s+$|each|per shot|a shot|[,:.]\s*$", match[0])
        ):
            asked = True
        elif match := ASK.match(text):
            asked = True
            seen = seen or match[0].strip(" ,:-").lower().endswith((" see", " watch"))
        elif match := SHAPED.match(text):
            asked = True
        elif asked and (match := STYLED.match(text)):
            pass
        elif match := VAGUE_NOUN.match(text):
            asked = True
        elif TURN.match(text):
            return Opening(text.strip(), " ".join(taken).strip(), True, named, fresh, shots)
        elif (noun := _kind(text, asked)) is not None:
            match = noun[0]
            words, end = noun[1], noun[2]
            asked = named = True
            if count := re.search(rf"\b(?P<n>{NUMBER})[\s-]+(?:shots?|scenes?|parts?)\b", match[0], re.I):
                shots = int(number(count["n"]) or 0)
            fresh = fresh or bool(
                re.match(
                    r"(?:another|a\s+(?:completely\s+|wholly\s+|totally\s+)?(?:new|different|second|fresh|separate))\b",
                    match[0],
                    re.I,
                )
            )
            taken.append(text[:end])
            text = words + text[end:]
            continue
        elif (match := MAKE.match(text)) and (caused := _caused(text[match.end() :])):
            taken.append(text[: match.end()])
            return Opening(caused, " ".join(taken).strip(), True, named, fresh, shots)
        elif (match := MAKE.match(text)) and (SHOWN.match(text) or not KNOWN.match(text[match.end() :])):
            seen = seen or match[0].strip(" ,:-").lower() in {"see", "watch"}
            named = named or (bool(SHOWN.match(text)) and not re.match(r"film\s+(?:of|about)", text, re.I))
            asked = True
        elif taken and (match := CONNECT.match(text)) and (asked or named) and match[0].strip():
            pass
        else:
            break
        taken.append(text[: match.end()])
        text = text[match.end() :]
        if not match[0]:
            break
    if not shots and (asked or named) and (match := _IN_SHOTS.search(text)):
        shots, text = int(number(match["n"]) or 0), text[: match.start()]
    body = _finite(text.strip()) if seen else text.strip()
    return Opening(body, " ".join(taken).strip(), asked, named or seen, fresh, shots)


_IN_SHOTS: Final = re.compile(rf",?\s+(?:in|with|over|across)\s+(?P<n>{NUMBER})[\s-]+(?:shots?|scenes?)[\s.!]*$", re.I)


def _more_shots(text: str) -> bool:
    return bool(re.search(r"\b(?:shots?|scenes?|takes?|version|caption|title|song)\b", text, re.I))


def _caused(text: str) -> str:
    """The words after "make" when somebody is made to do something, "the fairy come and take": "the fairy comes"."""
    words = text.split()
    if not words or words[0].lower() not in DETERMINERS:
        return ""
    for at in range(2, min(len(words), 6)):
        head, verb = words[at - 1].lower(), words[at].lower()
        if VERB_FORMS.get(verb, ("", ""))[1] != "base" or verb in _LOOKS or not known_subject(head) or plural(head):
            continue
        rest = re.sub(
            r"\b(and|then|,)\s+([a-z]+)\b(?=\s+(?:an?|the|my|his|her|its|some|it|him|in|on|at|to|from|into|up|down|away|home)\b)",
            lambda found: (
                f"{found[1]} {third_form(found[2]) if VERB_FORMS.get(found[2], ('', ''))[1] == 'base' else found[2]}"
            ),
            " ".join(words[at + 1 :]),
        )
        return f"{' '.join(words[:at])} {third_form(verb)} {rest}".strip()
    return ""


_LOOKS: Final = frozenset(
    "look film video clip light set colour color sound short slow fast cut open close smile".split()
)


def _finite(text: str) -> str:
    """The words one sees, "my cat fly a plane", as one tells them: "my cat flies a plane"."""
    words = text.split()
    for at, word in enumerate(words[1:7], 1):
        form = VERB_FORMS.get(word.lower())
        before = words[at - 1].lower().strip(",")
        if form is None or before in DETERMINERS | PREPOSITIONS | COLOURS | ADJECTIVES:
            continue
        third = next((one for one, (base, kind) in VERB_FORMS.items() if base == form[0] and kind == "third"), "")
        if form[1] == "base" and third and not plural(before) and "and" not in words[:at]:
            words[at] = third
        break
    return " ".join(words)


def _kind(text: str, asked: bool) -> tuple[re.Match[str], str, int] | None:
    """A film named at the beginning ("a quick vertical clip of"): the match, its words to be seen, its end."""
    # "a music video style thing with": the last noun that may close the phrase is the one.
    for end in reversed([match.end() for match in FILM.finditer(text[:_KIND_CHARS])]):
        if (match := KIND.fullmatch(text[:end])) and (found := _closed(match, text, asked)) is not None:
            return found
    return None


def _closed(match: re.Match[str], text: str, asked: bool) -> tuple[re.Match[str], str, int] | None:
    noun = match["noun"].lower().split()[-1]
    words = match["words"].split()
    lower = [word.lower() for word in words]
    end = match.end()
    connected = CONNECT.match(text[end:])
    vague = noun.rstrip("s") in {
        "thing",
        "one",
        "number",
        "piece",
        "scene",
        "short",
        "insta",
        "instagram",
        "spot",
        "ad",
    }
    if any(
        word in DETERMINERS - {"one", "two", "three", "four", "five", "six"}
        or word in PREPOSITIONS | PRONOUNS
        or word in {"and", "is", "are"}
        for word in lower
    ):
        return None
    if not match["det"] and not asked and not words and not connected:
        return None
    if vague and not connected:
        return None
    if (match["det"] or "").strip().lower() in {"the", "this"} and (vague or not connected):
        return None
    if connected:
        end += connected.end()
    elif text[end:].strip(" .!?,"):
        following = text[end:].split()[0].lower()
        ended = text[end:].lstrip()[:1] in {".", "?", "!"} and asked
        if following not in {"in", "for", "at", "please", "i", "we"} and following not in DETERMINERS and not ended:
            return None
    seen = " ".join(words) if words and known_subject(words[-1]) and not text[end:].strip(" .!?") else ""
    return match, f"a {seen} " if seen else "", end


_SAYS: Final = re.compile(
    r"\b(?:says?|said|wrote|writes|told (?:me|us)|dreamt|dreamed|dreams|wants|asks|asked|imagines|invented)(?: "
    r"(?:it|this))?\s*$",
    re.I,
)


def _before_colon(before: str, after: str) -> Opening | None:
    """A head such as "teaser for an exhibition" or "three shots, 4 seconds each" and what it announces."""
    if not after or SHOT_HEAD.search(before) or len(after.split()) < 2:
        return None
    opening = read_opening(before) if not COLON.search(before) else Opening(before)
    left = opening.body.strip(" ,.;")
    called = CALLED.search(before)
    about_work = bool(ABOUT_WORK.search(before) or FIRST_PERSON.match(before) or _SAYS.search(before)) or opening.asked
    if not about_work:
        return _in_place(before, after)
    inner = read_opening(after)
    body = inner.body
    counted = opening.shots or inner.shots
    if not counted and (count := COUNT.search(before)):
        counted = int(number(count["n"]) or 0)
    of_whom = re.match(r"(?:(?:an?|two|three|some|the)\s+)(?:[\w'-]+\s+){0,3}[\w'-]+$", left, re.I)
    if opening.named and of_whom and PRONOUN.match(body):
        body = PRONOUN.sub(left, body, count=1)
    place = re.search(r"\b(?:in|at|on)\s+(?:an?|the|\d|[A-Z])[\w' -]*$", left) if opening.named else None
    if place and not re.search(r"\b(?:hd|style|seconds?|total|format|\d+p)\b", place[0], re.I):
        body = f"{body.rstrip(' .')} {place[0]}" if not re.search(r"[.;]|\bthen\b", body) else f"{place[0]}, {body}"
    fresh = (
        opening.fresh
        or inner.fresh
        or bool(
            re.search(
                r"\b(?:new|another|different|next|second|fresh|separate|third|extra|further|one more|additional) "
                r"(?:\w+ )?(?:film|video|idea|story|clip|job|movie|project|piece|brief)\b"
                r"|\bdifferent\b|\bstart over\b"
                r"|\bfrom scratch\b",
                before,
                re.I,
            )
        )
    )
    return Opening(
        body,
        f"{before}, {inner.head}".strip(", "),
        True,
        opening.named or inner.named,
        fresh,
        counted,
        called["title"].strip() if called else inner.title,
    )


def _in_place(before: str, after: str) -> Opening | None:
    """The words "our shop window at night: snow settles": where everything plays, and then what happens."""
    if not 1 < len(before.split()) <= 8:
        return None
    scene = read_clause(before)
    if scene.verb or before.split()[0].lower() not in DETERMINERS:
        return None
    words = re.split(r"\s+(?:at|in|by|during|on|under)\s+", before)[0].split()
    if not (scene.setting or place_of(words)):
        return None
    inner = read_opening(after)
    return replace(inner, body=f"in {before}, {inner.body}", asked=True)


def _without_wish(text: str) -> str:
    for pattern in (FILLER, ASK, MAKE):
        if match := pattern.match(text):
            text = text[match.end() :]
    return text


_STRONG: Final = re.compile(
    r"(?:(?:so|and|but|please|now|ok(?:ay)?|hi|hello)[\s,]+)*(?:(?:can|could|would|will) (?:you|we|u)\b"
    r"|show\s+(?:me\s+|us\s+)?(?:an?|two|three|my|our|some)\b"
    r"|(?:make|create|draw|film|do)\s+(?:me\s+|us\s+)?an?\b|(?:i'd|i would|we'd|we would) (?:like|love)\b"
    r"|it(?:'d| would) be (?:\w+ )?\w+ to (?:see|have)\b)",
    re.I,
)
_TELLING: Final = re.compile(r"(?:an?|two|three|four|five|some|the|\d+[.)]|scene|shot|first|then|in|on|at)\s", re.I)


def _without_preface(text: str) -> tuple[str, str]:
    """The text without sentences that speak of the person rather than of a picture, and those sentences."""
    if (wish := LATER_WISH.search(text[:_HEAD_CHARS])) and (FIRST_PERSON.match(text) or OWN.match(text)):
        # "my brother loves tractors, can you do one with a red tractor": the wish is in the middle.
        return text[wish.end() :].strip(), text[: wish.end()].strip(" ,")
    sentences = [part for part in SENTENCE.split(text) if part.strip()]
    if len(sentences) < 2:
        return text, ""
    first = _without_wish(sentences[0])
    alone = not OF.search(sentences[0]) and not COLON.search(sentences[0])
    if alone and (found := KIND.match(first)) and PURPOSE.match(first[found.end() :]):
        # "promo for our bike shop, vertical, 8 sec.": a sentence about the film alone.
        return text[len(sentences[0]) :].strip(), sentences[0]
    start = 0
    wished = sentences[0].rstrip().endswith("?") and ASK.match(FILLER.sub("", sentences[0]))
    if wished and (STORY.search(sentences[0]) or not read_opening(sentences[0].rstrip(" ?")).body):
        # "Can you tell the story of the hare? The hare runs.": the wish, then what is seen.
        return text[text.find(sentences[0]) + len(sentences[0]) :].strip(), sentences[0]
    for at, sentence in enumerate(sentences[:-1]):
        plain = FILLER.sub("", sentence)
        asks = bool(ASK.match(plain) or MAKE.match(plain)) and len(plain.split()) > 5
        later = any(ASK.match(FILLER.sub("", one)) or MAKE.match(one) for one in sentences[at + 1 :])
        own = (OWN.match(sentence) and later) or (
            any(_STRONG.match(one) for one in sentences[at + 1 :])
            and not _STRONG.match(sentence)
            and not _TELLING.match(sentence)
        )
        short = bool(COUNT.fullmatch(sentence)) or bool(FRESH.fullmatch(f"{sentence} "))
        if (own or (FIRST_PERSON.match(sentence) and not asks)) and not short:
            start = at + 1
        else:
            break
    at = 0
    for sentence in sentences[:start]:
        at = text.find(sentence, at) + len(sentence)
    return text[at:].strip(), text[:at].strip()
