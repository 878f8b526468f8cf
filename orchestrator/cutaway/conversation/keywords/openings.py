"""How people begin when they want a film: fillers, wishes and what kind of film, taken off what is to be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.patterns import FILM_NOUN
from cutaway.conversation.keywords.phrases import known_subject, plural
from cutaway.conversation.keywords.text import number
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    COLOURS,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
    VERB_FORMS,
)

_MAX_STEPS: Final = 24
_HEAD_CHARS: Final = 200
_NUMBER: Final = rf"(?:\d{{1,2}}|{'|'.join(word for word in NUMBERS if word not in {'a', 'an', 'zero'})})"
_NOUN: Final = (
    rf"(?:{FILM_NOUN}|(?:vid|gif|loop|promo|scene|tik\s?tok|short|stories|insta(?:gram)?|explainer|montage|piece"
    r"|number|thing|one)s?)"
)

_FILLER: Final = re.compile(
    r"(?:(?:hi|hello|hey|hiya|ok(?:ay)?|so|well|hm+|u[hm]+|erm|right|alright|please|pls|plz|now|then|and|but"
    r"|also|actually|maybe|perhaps"
    r"|possibly|idk|dunno|i dunno|i don'?t know|i guess|i suppose|i think|let'?s see|you know|basically|just"
    r"|simply|quickly|in english|lol"
    r"|ha(?:ha)+|sorry|oh|ah+|first of all|today|this time|as a test|for a start|for once|something like|kind "
    r"of|sort of|once upon a time|how it goes|cool"
    r"|what i (?:want|need|have in mind|would like) is|there(?:'s| is) (?:this|a) (?:idea|thing)|good "
    r"(?:morning|evening|afternoon)|real quick)\b[\s,.:;!?)-]*"
    r"|(?:fine|great|nice|good|perfect|lovely|thanks|thank you|yes|yeah|no|nah|english|awesome|sure"
    r"|there)\s*[,.!:;-]+\s*)",
    re.I,
)
_FRESH: Final = re.compile(
    r"(?:(?:completely|totally|something|entirely|quite|now for|and now for|let'?s (?:try"
    r"|do))\s+)*(?:(?:something|anything)\s+)?(?:completely\s+|totally\s+|entirely\s+)?(?:different"
    r"|new)(?:\s+(?:now|idea|thing|one))?\s*[,.:;!-]+\s*"
    r"|(?:let'?s )?(?:start (?:over|again|afresh|from scratch)|from scratch|new (?:film|video|idea|project|story|clip"
    r"|movie)|(?:another|next|second|new) (?:film|video|clip|one|idea|topic|subject)|new (?:topic|subject)"
    r"|scrap (?:that|it|this|everything|the "
    r"\w+)|forget (?:that|it|this|everything|all that|about (?:that|it)|the \w+)"
    r"|(?:throw|bin|drop|dump|ditch) (?:that|it|this|everything)(?: (?:out|away))?|never mind (?:that|the \w+)"
    r"|enough of (?:that|the \w+))(?:\s+(?:now|then|please|again|instead|one|film"
    r"|video))*\s*[,.:;!-]+\s*(?:(?:and|but)\s+)?",
    re.I,
)
_ASK: Final = re.compile(
    r"(?:(?:can|could|would|will|may|might) (?:you|we|i|u)(?: (?:please|kindly|maybe|perhaps|possibly|just"
    r"|also|quickly|help me(?: to)?|try(?: to)?|be able to|manage(?: to)?))*\b"
    r"|(?:would|is|will) (?:it|there) be (?:at all )?(?:possible|ok|okay|cool|nice|great)(?: for you)?(?: to| "
    r"if you could)|is it (?:at all )?possible(?: for you)? to|(?:is there )?any (?:chance|way)(?: (?:of|you "
    r"could|we could|i could|to|for))*"
    r"|do you think (?:you|we) (?:could|can)|(?:i(?:'m| am| was|'ve been)|just) wondering (?:if|whether) "
    r"(?:you|we|i) (?:could|can|might)|wonder if (?:you|we) could"
    r"|(?:i|we|my [\w']+(?: [\w']+)?|the kids|our \w+|everyone|he|she|they)(?:(?:'d| would|'ll) (?:really "
    r"|just |also |absolutely |so |quite |now )*(?:like|love|prefer|fancy|enjoy|want|need)| (?:really |just "
    r"|also |now )*(?:wants?|needs?))(?: (?:you|us))?(?: (?:to|for))?(?: (?:see|have|get|watch|try|make|do"
    r"|show))?"
    r"|(?:i(?:'m| am)|we(?:'re| are)) (?:after|looking for|in need of|thinking of|thinking about|thinking"
    r"|imagining|picturing|planning)|(?:i(?:'ve| have)|we(?:'ve| have)) (?:been thinking (?:about|of)|got "
    r"(?:an|this) idea|an idea)(?: (?:for|of|about))?"
    r"|(?:here(?:'s| is)|this is)(?: (?:the|my|an|one|our|a))? (?:idea|plan|story|scene|concept|plot|script"
    r"|thing|one)(?: (?:for you|i have))?|(?:my|the|our|an?) (?:idea|plan|concept|vision)(?: is| would be)?(?: "
    r"(?:to see|to show|that|this))?"
    r"|how about|what about|what if|imagine(?: this)?|picture (?:this|it)|think of|let'?s (?:go (?:for|with)"
    r"|say|have|make|do|see|try|start with|show|film|get)|let us (?:see|have|make)"
    r"|it (?:should|could|would|must|needs to|to) (?:be|show|have)(?: about)?|(?:i have|i've got|there'?s) "
    r"(?:this|an?|the) (?:\w+ )?(?:scene|idea|picture|image|vision|story)(?: in (?:my )?(?:mind|head))?|(?:it"
    r"|that) would be (?:nice|great"
    r"|cool|lovely|fun|awesome)(?: (?:to (?:see|have)|if))?|i(?:'d| would) be happy with|do you mind|would you "
    r"mind|go ahead and|try to|you (?:should|could)|we (?:should|could))\b[\s,:-]*",
    re.I,
)
_MAKE: Final = re.compile(
    r"(?:make|mak(?=e?ing)|making|mke|create|creating|generate|produce|render|film|shoot|animate|draw|do|doing"
    r"|build|get|getting|have|see|show|showing|give|gimme|whip up|put together|knock (?:up|together|out)|come "
    r"up with|cook up|throw together"
    r"|prepare|design|try|need|want|imagine|picture|visuali[sz]e|depict|illustrate|display|present|advertise"
    r"|promote|start with|begin with|open (?:on|with))\b(?:\s+(?:me|us|him|her|them|the kids|my \w+"
    r"|happen))?\b[\s,:-]*(?:(?:this|the following)(?:\s+(?:story|scene))?\s*:\s*)?",
    re.I,
)
_SHOWN: Final = re.compile(
    r"(?:show(?:ing)?|draw|animate|visuali[sz]e|imagine|picture|film|depict|illustrate|see|display|present"
    r"|advertise|promote)\b(?:\s+(?:me|us))?[\s:,]*",
    re.I,
)
_KIND: Final = re.compile(
    rf"(?P<det>(?:an?|another|one|some|my|our|the|this)\s+)?(?P<words>(?:[\w'&/-]+\s+){{0,6}}?)(?P<noun>{_NOUN})\s*",
    re.I,
)
_FILM: Final = re.compile(rf"\b{_NOUN}\b(?!['-])\s*", re.I)
_KIND_CHARS: Final = 90
_TITLED: Final = re.compile(r"\s*(?:the\s+)?title\s*(?::|=|is)\s*(?P<title>[^.!?\n⟪⟫:]{1,60})[.!\n]\s*(?=\S)", re.I)
_CALLED: Final = re.compile(r"\b(?:called|titled|entitled|named)\s+(?P<title>[A-Z][^⟪⟫:]{1,60})$")
_KNOWN: Final = re.compile(r"(?:the|this|that)\b(?! following)", re.I)
_VAGUE_NOUN: Final = re.compile(
    r"(?:something|anything|stuff|some stuff|one|1)\s+(?:(?:really\s+)?(?:funny|cool|nice|cute|scary|short"
    r"|simple|fun|special|sweet|epic|sad|silly)\s+)?(?=(?:with|about|of|where|in which|that shows?|showing"
    r"|featuring|like|for)\b)|(?:something|anything)\s*(?:\w+\s*)?[,:]\s*",
    re.I,
)
_CONNECT: Final = re.compile(
    r"(?:(?:please|about it|for (?:me|us)|maybe|in total|long)\s*[,:]?\s*)*(?:of|about|on|for|showing|that "
    r"(?:shows?|has|features)|which shows?|where|wherein|in which|with|featuring|starring|from|to show|when"
    r"|like|:|-+|,|;|\.)(?=\s|$)[\s,:;.-]*(?:(?:where|how|of|about|that shows?|you see|we see"
    r"|this)\b\s*(?!one\b))?",
    re.I,
)
_COUNT: Final = re.compile(
    rf"(?P<n>{_NUMBER})[\s-]+(?:short\s+|quick\s+|different\s+|little\s+|separate\s+)?(?:shots?|scenes?|parts?"
    rf"|clips?|pictures?|panels?|images?)\b(?:\s*(?:please|in (?:total|all)|long|only"
    rf"|then))*(?P<after>\s*[,:.;-]*\s*)",
    re.I,
)
_LENGTH: Final = re.compile(
    rf"(?:(?:about|around|roughly|max(?:imum)?|at most|just|only)\s+)?(?:{_NUMBER}|half an?"
    rf"|a)[\s-]*(?:seconds?|secs?|s|minutes?|mins?)\b(?:\s+(?:long|each|per shot|a shot|in total|total|max"
    rf"|altogether|or so))*\s*(?:of\s+|[,:.;-]+\s*|$)",
    re.I,
)
_COLON: Final = re.compile(r"(?<!\d):(?=\s)|\s(?:-|--)\s")
_SHOT_HEAD: Final = re.compile(r"\b(?:shot|scene|part|clip|act|panel)\s*(?:\d+|one|two|three|four|five|six)\s*$", re.I)
_ABOUT_WORK: Final = re.compile(
    rf"\b(?:{FILM_NOUN}|vid|shots?|scenes?|seconds?|idea|style|look|format|music|for|english|different|new"
    rf"|over|again|in hd|720p|480p|please|want|need|like|story)\b|^(?:ok(?:ay)?|so|fine|well|right|now|hi"
    rf"|hello|hey)\b",
    re.I,
)
_FIRST_PERSON: Final = re.compile(
    r"(?:(?:hi|hello|hey|so|ok(?:ay)?|well|and|also)\b[\s,!.]*)*(?:i|i'm|i've|i'd|we|we're|we've|it's for|it "
    r"is for|this is for|that's for|today is|tomorrow is|it's my|thanks|thank you|hi|hello|hey)\b",
    re.I,
)
_OWN: Final = re.compile(r"(?:(?:hi|hello|hey|so|ok(?:ay)?|well|and|also)\b[\s,!.]*)*(?:my|our)\b", re.I)
_LATER_WISH: Final = re.compile(
    r"(?:[,.;!]\s+|\s+)(?:(?:and|so|but|then)\s+)*(?=(?:can|could|would|will) (?:you|we|u)\b|(?:i'd|i would"
    r"|we'd|we would) (?:like|love)\b"
    r"|(?:please|pls) (?:make|do|show|create|film|draw)\b|(?:i |we )?(?:need|want) (?:something|a|an|some|one)\b)",
    re.I,
)
_PURPOSE: Final = re.compile(r"\s*for\b", re.I)
_OF: Final = re.compile(r"\b(?:of|about|where|with|showing|in which|featuring)\b", re.I)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_PRONOUN: Final = re.compile(r"^(?:it|he|she|they)\b(?!')", re.I)


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
    if titled := _TITLED.match(text):
        return replace(read_opening(text[titled.end() :]), title=titled["title"].strip(), asked=True)
    text, head = _without_preface(text)
    asked = named = fresh = seen = False
    shots = 0
    taken: list[str] = [head] if head else []
    colon = _COLON.search(text[:_HEAD_CHARS])
    if colon and (found := _before_colon(text[: colon.start()], text[colon.end() :].strip())) is not None:
        return Opening(
            body=found.body,
            head=" ".join([*taken, found.head]),
            asked=True,
            named=found.named,
            fresh=found.fresh,
            shots=found.shots,
            title=found.title,
        )
    for _ in range(_MAX_STEPS):
        if match := _FILLER.match(text):
            pass
        elif match := _FRESH.match(text):
            fresh = asked = True
        elif (match := _COUNT.match(text)) and (asked or match["after"].strip(" ")):
            shots, asked = int(number(match["n"]) or 0), True
        elif (asked or named) and (match := _LENGTH.match(text)):
            pass
        elif (
            not asked
            and (match := _LENGTH.match(text))
            and re.search(r"of\s+$|each|per shot|a shot|[,:]\s*$", match[0])
        ):
            asked = True
        elif match := _ASK.match(text):
            asked = True
            seen = seen or match[0].strip(" ,:-").lower().endswith((" see", " watch"))
        elif match := _VAGUE_NOUN.match(text):
            asked = True
        elif (noun := _kind(text, asked)) is not None:
            match = noun[0]
            words, end = noun[1], noun[2]
            asked = named = True
            if count := re.search(rf"\b(?P<n>{_NUMBER})[\s-]+(?:shots?|scenes?|parts?)\b", match[0], re.I):
                shots = int(number(count["n"]) or 0)
            fresh = fresh or bool(
                re.match(r"(?:another|a\s+(?:completely\s+)?(?:new|different|second))\b", match[0], re.I)
            )
            taken.append(text[:end])
            text = words + text[end:]
            continue
        elif (match := _MAKE.match(text)) and (_SHOWN.match(text) or not _KNOWN.match(text[match.end() :])):
            seen = seen or match[0].strip(" ,:-").lower() in {"see", "watch"}
            named = named or (bool(_SHOWN.match(text)) and not re.match(r"film\s+(?:of|about)", text, re.I))
            asked = True
        elif taken and (match := _CONNECT.match(text)) and (asked or named) and match[0].strip():
            pass
        else:
            break
        taken.append(text[: match.end()])
        text = text[match.end() :]
        if not match[0]:
            break
    body = _finite(text.strip()) if seen else text.strip()
    return Opening(body, " ".join(taken).strip(), asked, named or seen, fresh, shots)


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
    for end in reversed([match.end() for match in _FILM.finditer(text[:_KIND_CHARS])]):
        if (match := _KIND.fullmatch(text[:end])) and (found := _closed(match, text, asked)) is not None:
            return found
    return None


def _closed(match: re.Match[str], text: str, asked: bool) -> tuple[re.Match[str], str, int] | None:
    noun = match["noun"].lower().split()[-1]
    words = match["words"].split()
    lower = [word.lower() for word in words]
    end = match.end()
    connected = _CONNECT.match(text[end:])
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
    if (match["det"] or "").strip().lower() in {"the", "this"} and not connected:
        return None
    if connected:
        end += connected.end()
    elif text[end:].strip(" .!?,"):
        following = text[end:].split()[0].lower()
        if following not in {"in", "for", "at", "please", "i", "we"} and following not in DETERMINERS:
            return None
    seen = " ".join(words) if words and known_subject(words[-1]) and not text[end:].strip(" .!?") else ""
    return match, f"a {seen} " if seen else "", end


def _before_colon(before: str, after: str) -> Opening | None:
    """A head such as "teaser for an exhibition" or "three shots, 4 seconds each" and what it announces."""
    if not after or _SHOT_HEAD.search(before) or len(after.split()) < 2:
        return None
    opening = read_opening(before) if not _COLON.search(before) else Opening(before)
    left = opening.body.strip(" ,.;")
    called = _CALLED.search(before)
    about_work = bool(_ABOUT_WORK.search(before)) or opening.asked or bool(_FIRST_PERSON.match(before))
    if not about_work:
        return None
    inner = read_opening(after)
    body = inner.body
    counted = opening.shots or inner.shots
    if not counted and (count := _COUNT.search(before)):
        counted = int(number(count["n"]) or 0)
    of_whom = re.match(r"(?:(?:an?|two|three|some|the)\s+)(?:[\w'-]+\s+){0,3}[\w'-]+$", left, re.I)
    if opening.named and of_whom and _PRONOUN.match(body):
        body = _PRONOUN.sub(left, body, count=1)
    place = re.search(r"\b(?:in|at|on)\s+(?:an?|the|\d|[A-Z])[\w' -]*$", left) if opening.named else None
    if place and not re.search(r"\b(?:hd|style|seconds?|total|format|\d+p)\b", place[0], re.I):
        body = f"{body.rstrip(' .')} {place[0]}" if not re.search(r"[.;]|\bthen\b", body) else f"{place[0]}, {body}"
    fresh = (
        opening.fresh
        or inner.fresh
        or bool(
            re.search(
                r"\b(?:new|another|different) (?:film|video|idea|story|clip)\b|\bdifferent\b|\bstart over\b"
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


def _without_preface(text: str) -> tuple[str, str]:
    """The text without sentences that speak of the person rather than of a picture, and those sentences."""
    if (wish := _LATER_WISH.search(text[:_HEAD_CHARS])) and (_FIRST_PERSON.match(text) or _OWN.match(text)):
        # "my brother loves tractors, can you do one with a red tractor": the wish is in the middle.
        return text[wish.end() :].strip(), text[: wish.end()].strip(" ,")
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    if len(sentences) < 2:
        return text, ""
    if (
        (found := _KIND.match(sentences[0]))
        and _PURPOSE.match(sentences[0][found.end() :])
        and not _OF.search(sentences[0])
    ):
        # "promo for our bike shop, vertical, 8 sec.": a sentence about the film alone.
        return text[len(sentences[0]) :].strip(), sentences[0]
    start = 0
    for at, sentence in enumerate(sentences[:-1]):
        wish = _FILLER.sub("", sentence)
        asks = bool(_ASK.match(wish) or _MAKE.match(wish)) and len(wish.split()) > 5
        later = any(_ASK.match(_FILLER.sub("", one)) or _MAKE.match(one) for one in sentences[at + 1 :])
        own = _OWN.match(sentence) and later
        short = bool(_COUNT.fullmatch(sentence)) or bool(_FRESH.fullmatch(f"{sentence} "))
        if (own or (_FIRST_PERSON.match(sentence) and not asks)) and not short:
            start = at + 1
        else:
            break
    at = 0
    for sentence in sentences[:start]:
        at = text.find(sentence, at) + len(sentence)
    return text[at:].strip(), text[:at].strip()
