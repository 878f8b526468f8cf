"""What kind of message this is, before any shot or edit is read."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.text import slug

HOLD: Final = re.compile(
    r"\b(?:do not|don'?t|dont|no need (?:to|for)|without|never|not (?:asking|here|looking) (?:you )?(?:for|to)"
    r"|(?:did not|didn'?t|wasn'?t) (?:ask|want|asking)(?:ing)? (?:you )?(?:for|to)?)\s*(?:you\s+)?"
    r"(?:(?:mak|render|creat|generat|start|show|film|produc|need|want|ask for)(?:e|ing|s)?\s+)?"
    r"(?:(?:a|any|the|another|me a|new)\s+)*(?:video|film|clip|movie|render|animation)s?\b"
    r"|\b(?:do not|don'?t|dont)\s+(?:make|render|create|generate|start|film|show|do|change|touch)\s+(?:it\s+|that\s+"
    r"|anything\s*|me\s+)?(?:just yet|yet|for now|right now|now|anything)\b"
    r"|\b(?:do not|don'?t|dont)\s+(?:make|render|create|generate|film|do|change|touch|start)\s+(?:anything|a thing)\b"
    r"|\b(?:do not|don'?t|dont) (?:start|begin) (?:rendering|making|drawing|working|anything|yet)\b"
    r"|\bno (?:video|film|clip|movie)s?\b(?! (?:grain|noise))|\b(?:just|only) (?:talk|chat|words|tell me|text)\b"
    r"|\bnot a video\b|\bin words(?: only)?\b"
    r"|\bhold off\b",
    re.I,
)
_PAUSE: Final = re.compile(
    r"(?:(?:i'?m |i am |we'?re |was |i was )?(?:just |only |still )*(?:thinking(?: (?:out loud|aloud|about it"
    r"|it over))?"
    r"|looking(?: around)?|browsing|asking|curious|playing(?: around)?|musing|brainstorming|trying (?:you"
    r"|this) out|exploring)"
    r"(?: (?:here|around|for now|at the moment|right now|really))*"
    r"|(?:i'?m |i am |we'?re )?not (?:quite |really |entirely |so )?(?:sure|ready|decided|there)(?: (?:yet"
    r"|about (?:it|that)|what))*"
    r"|(?:please )?(?:give|grant) me (?:a |one |another )?(?:moment|minute|sec(?:ond)?|bit|while)|(?:one|just "
    r"a|wait a) (?:moment|minute|sec(?:ond)?)"
    r"|let me think(?: about (?:it|that|this))?(?: first)?|(?:i'?ll|i will) (?:think about|sleep on|get back "
    r"to you|let you know)(?: .*)?"
    r"|(?:no|without any?) (?:changes?|edits?)(?: (?:please|needed|for now|yet))*|(?:change )?nothing (?:to "
    r"change|for now|yet|more|else)"
    r"|(?:keep|leave) (?:it|this|that|everything)(?: (?:all|just))?(?: (?:like (?:this|that|it is)|as (?:it is"
    r"|is|it was)|the way it is|alone|be))?(?: (?:for now|please))*"
    r"|(?:please )?(?:do not|don'?t|dont) (?:change|do|touch|make|edit) (?:anything|a thing|it)(?: (?:yet|else"
    r"|for now|please))*"
    r"|(?:i )?changed my mind|ignore (?:that|me)|(?:that'?s|thats) (?:all|it)|hm+|u[hm]+|well|so|ok(?:ay)?"
    r"|please|sorry|no|yet|wait|hold on|hang on"
    r"|nothing(?: (?:else|more))?(?: (?:today|for (?:today|now)|now|thanks))*|for now)",
    re.I,
)

_VERSION: Final = r"(?:version\s*|v\s?|#\s?)(\d{1,4})"
_OOPS: Final = (
    r"(?:(?:no|oops|whoops|ok(?:ay)?|hm+|oh|ah|actually|please|sorry|nah|nope|wait|so|and|then|now|just|let'?s"
    r"|can (?:you|we)"
    r"|could (?:you|we)|too \w+|that (?:was|is) (?:wrong|worse|bad|too \w+)|i (?:want|would like|need) to)\b[\s,.!]*)*"
)
_UNDO: Final = re.compile(
    rf"{_OOPS}(?:undo|revert|roll ?back|take (?:that|it|this) back|take back|go back|back|step back|restore"
    rf"|return|un-?do|reverse"
    rf"|put (?:it|that|this|everything) back|change (?:it|that|this) back|scratch that|bring back)\b"
    rf"(?:\s+(?:it|that|this|the|last|previous|earlier|old|original|change|changes|edit|one|step|please|a|my"
    rf"|to|before|version|by|turn"
    rf"|what i said|how it was|like it was|as it was|the way it was|bit|part|thing|where we were|what we had))*"
    rf"(?:\s*{_VERSION})?[\s.!]*|(?:the )?(?:previous|earlier|old|last) version(?: please)?[.!]*|use {_VERSION}[\s.!]*",
    re.I,
)
_FIRST_VERSION: Final = re.compile(
    r"\b(?:the |my )?(?:very )?(?:first|original) (?:version|draft|film|video|cut)\b", re.I
)
_BETTER_BEFORE: Final = re.compile(
    r"(?:(?:no|hm+|oh|nah|actually|well|but|sorry|honestly)\b[\s,]*)*"
    r"(?:(?:i|we) (?:liked|preferred|loved|prefer|like)\b.*\b(?:before|earlier|previous(?:ly)?|original(?:ly)?"
    r"|the old one|how it was|first version)\b.*"
    r"|(?:it|that|this|the film|everything) (?:was|looked) (?:much |far |way |a lot |so much )?(?:better|nicer"
    r"|fine|good)\b.*\b(?:before|earlier|previously|originally|as it was)\b.*"
    r"|(?:it|that) (?:was|looked) (?:much |far |way )?better before)[\s.!]*",
    re.I,
)
_REDO: Final = re.compile(
    rf"{_OOPS}(?:(?:redo|re-do|reapply)(?:\s+(?:it|that|this|the|last|change|edit|please|undone))*[\s.!]*|undo "
    rf"(?:the|my|that|last) undo[.!]*"
    r"|(?:go )?forward(?: again)?[.!]*|(?:bring|put|take) (?:that|it|this|the|my|last|change|edit|one"
    r"|\s)+back(?: (?:again|in|on|please|after all))*[\s.!]*"
    r"|(?:i|we) (?:do )?want (?:it|that|the change) (?:back|after all)(?: after all)?[\s.!]*)",
    re.I,
)
_BRANCH: Final = re.compile(
    r"(?:(?:let'?s |now )?(?:create |start |make |open |try |take |begin )?(?:a |an |it |this )?(?:new |different "
    r"|another |separate |alternative )*"
    r"(?:branch|fork|direction|alternative|variation|variant)(?: (?:it|this|off|here))?)"
    r"(?:\s+(?:as|called|named|for|:)\s*(?P<name>.{1,60}?)|\s+(?P<q>⟪\d+⟫))?[\s.!?]*"
    r"|(?:switch|go|change|return) (?:back )?to (?:the )?(?:branch (?P<to>[\w -]{1,40})"
    r"|(?P<to2>[\w-]{1,40}) branch)[\s.!]*",
    re.I,
)
_ASIDE: Final = re.compile(
    r"\b(?:(?:a|the|new|this|separate|another|different) branch(?<!on a branch)(?<!on the branch)(?<!on this "
    r"branch)(?<!on another branch)|branch (?:it|this|off)|fork(?: (?:it|this))?|(?:a|one|another|second"
    r"|spare|separate) copy(?! of (?:the |shot |that |it))"
    r"|(?:separate|side|parallel|alternative|alternate|different|second|other) (?:version|variant|variation"
    r"|branch|track|take on (?:it|this))"
    r"|(?:another |a )?version on the side|on the side|in parallel)\b",
    re.I,
)
_ASIDE_VERB: Final = re.compile(
    r"\b(?:save|keep|make|create|start|open|try|have|get|want|need|do|put|take|duplicate|work|call|name|branch)\b", re.I
)
_BRANCH_NAME: Final = re.compile(
    r"\b(?:called|named|call (?:it|the (?:branch|copy|version))|name (?:it|the (?:branch|copy))"
    r"|branch)\s+(?!called|named)(?:(?P<q>⟪\d+⟫)|(?P<name>[\w -]{1,40}?))[\s.!?]*$",
    re.I,
)
_NAMED: Final = re.compile(
    r"\b(?:called|named|(?:call|name) (?:it|the (?:branch|copy|version)))\s+(?:(?P<q>⟪\d+⟫)"
    r"|(?P<name>[\w -]{1,40}?))[\s.!?]*$",
    re.I,
)
_SHOT_WORD: Final = re.compile(r"\b(?:shots?|scenes?|clips?|caption|title)\b", re.I)

# Said at the end of a message: how many hours there are. "Tonight" alone is when a scene plays, not when it is needed.
_TIME: Final = r"(tonight|overnight|tomorrow(?: morning)?|this week)"
_UNHURRIED: Final = re.compile(
    rf"[,;.]?\s*\b(?:and |but )?(?:{_TIME} (?:is|would be|will be) (?:fine|ok(?:ay)?|enough|soon enough|early enough)"
    rf"|by {_TIME}(?: at the latest)?|(?:there is |there's )?no (?:rush|hurry)|take your time)[.!]*\s*$",
    re.I,
)
_HOURS: Final = {"tonight": 12.0, "overnight": 12.0, "tomorrow morning": 16.0, "tomorrow": 24.0, "this week": 72.0}

_AT_ONCE: Final = re.compile(
    r"[,;.]?\s*\b(?:(?:go |and )?straight to (?:the )?finals?|in final quality|without (?:an )?outline(?: first)?)\b"
    r"\s*:?",
    re.I,
)
_FINISH_CUE: Final = re.compile(
    r"\bfor real\b|\b(?:see|have|get|want) it finished\b|\bproper(?:ly)?\b|\bfinali[sz]e\b|\bfinals?\b(?! "
    r"(?:price|cost|shot|scene|clip|one|part"
    r"|moment|frame|bit|caption|title|sentence|answer|question))"
    r"|\bthe real (?:one|thing|deal|film|video|version)\b|\breal (?:video|film|pictures?|images?|footage"
    r"|version)\b|\bfinish(?:ed)? (?:it|this|that|them|the (?:film|video|rest|job|thing)|film|video|version"
    r"|pictures?|product|thing|one)\b"
    r"|\b(?:full|best|top|high(?:est)?|proper|real|production) (?:quality|version|render)\b|\bgo final\b"
    r"|\bupgrade (?:it|this|them|the \w+)\b|\bin full\b"
    r"|\bnot (?:the|these|those|just) (?:sketch(?:es)?|drafts?|outlines?|animatics?)\b|\bno more "
    r"(?:sketch(?:es)?|drafts?|outlines?)\b|\binstead of (?:the )?(?:sketch(?:es)?|drafts?|outlines?)\b"
    r"|\b(?:turn|make|develop|convert) (?:the |these |those |my )?(?:sketch(?:es)?|drafts?|outlines?"
    r"|animatics?) (?:in)?to\b|\bskip (?:the )?(?:drafts?|animatics?|outlines?|stills?|sketch(?:es)?)\b",
    re.I,
)
_IS_IT: Final = re.compile(r"(?:are|is|was|were|did|does|has|have you|when|where|how|what|why|who)\b", re.I)
_FINISH_WORDS: Final = frozenset(
    """make do render produce create give show order i want we let's lets have get can could you it this that these
    those them they me us the a an all of film video movie clip shot shots scenes in into to for real final
    finals finalise finalize finish finished finishing properly proper thing one ones version quality cut
    pictures picture images image rendered full best top high highest now then please just go upgrade skip
    stills still drafts draft animatic animatics outlines outline sketches sketch straight off up not
    instead more no and but ok okay yes great good perfect nice fine enough like love is are be would i'd
    i'm happy with ready turn convert develop drawn draw drawing production deal let will need stuff only
    first second third last both everything whole my as well so time footage product rest job at it's that's
    there looks look looking really should on done through from here already approved satisfied sketched see""".split()
)

_PICTURES: Final = r"(?:stills?|still (?:pictures?|images?|frames?)|pictures?|images?)"
_STILLS: Final = re.compile(
    rf"(?:(?:please |now |ok(?:ay)?,? |yes,? |great,? |good,? |but )*)(?:/stills"
    rf"|(?:show me|make|give me|do|order|see|i want|let'?s (?:see|have|do|make)|let me see) (?:the |some |only |just )*"
    rf"{_PICTURES}(?: (?:first|only|before (?:the )?(?:finals?|film|video)))"
    rf"|(?:show me|make|give me|do|order) (?:the |some |only |just )*stills"
    rf"|(?:just|only) (?:the )?{_PICTURES}(?: first| for now)?|{_PICTURES} first|stills?(?: only)?)"
    r"(?: now| please| for me)*[\s.!]*",
    re.I,
)
_STILLS_FIRST: Final = re.compile(
    rf"[,;.]?\s*\b(?:(?:and |but |with )?(?:show me |just |only )*(?:the )?{_PICTURES} first|as stills first)\b"
    r"\s*[.!]*\s*$",
    re.I,
)

RESTART: Final = re.compile(
    r"(?:start (?:over|again|fresh|from scratch)|new (?:film|video|project)|from scratch|reset|clear everything"
    r"|remove everything|delete everything)[\s.!]*",
    re.I,
)


def undo_target(text: str) -> tuple[str, ...] | None:
    """() for the change before, ("3",) for a version; None when this is not an undo."""
    text = _FIRST_VERSION.sub("version 1", text)
    match = _UNDO.fullmatch(text)
    if (
        match is None
        and (pieces := [piece for piece in re.split(r"[,.;!]+\s*", text) if piece.strip()])
        and len(pieces) > 1
    ):
        # "too fast, undo that": what is wrong, and the wish after it.
        match = _UNDO.fullmatch(pieces[-1]) if all(_COMPLAINT.fullmatch(piece) for piece in pieces[:-1]) else None
    if match is None:
        return () if _BETTER_BEFORE.fullmatch(text) else None
    if re.fullmatch(r"return|restore|bring back|reverse", text, re.I) or _BARE_BACK.fullmatch(text):
        return None
    return tuple(group for group in match.groups() if group)


_COMPLAINT: Final = re.compile(
    r"(?:(?:that|it|this|the \w+)(?:'s| is| was| looks?)? )?(?:(?:way |far |much |a bit |just |all )*(?:too"
    r"|not|so|wrong|worse|bad|awful|terrible|horrible|ugly|weird|silly)\b.*"
    r"|i (?:don'?t|didn'?t|do not|hate|dislike)\b.*|no|nope|nah|oops|hm+|ugh|yuck|sorry|oh|ok(?:ay)?|actually|whoops)",
    re.I,
)
_BARE_BACK: Final = re.compile(r"(?:no|ok|please)?[\s,]*(?:back|reverse)", re.I)


def wants_back(text: str) -> bool:
    """Whether this wants "it" back, which undoes a change and redoes what was undone."""
    return bool(_WANTS_BACK.search(text)) and len(text.split()) <= 14


_WANTS_BACK: Final = re.compile(
    r"\b(?:bring|put|take) (?:that|it|this) back\b\W*$|\b(?:i|we) (?:do )?want (?:it|that) back\b\W*$", re.I
)


def is_redo(text: str) -> bool:
    """Whether this brings back what was undone."""
    return bool(_REDO.fullmatch(text))


def branch_target(text: str, quotes: tuple[str, ...]) -> tuple[str, ...] | None:
    """The branch's name as a slug, () without one; None when this is not about branches."""
    apart = re.search(r"\b(?:call|name) it\b", text, re.I)
    match = None if apart else _BRANCH.fullmatch(text)
    if match is not None:
        name, quote = match["name"] or match["to"] or match["to2"] or "", match["q"]
    elif _ASIDE.search(text) and _ASIDE_VERB.search(text) and not _SHOT_WORD.search(text) and len(text.split()) <= 18:
        named = _NAMED.search(text) or _BRANCH_NAME.search(text)
        name, quote = (named["name"] or "", named["q"]) if named else ("", None)
    else:
        return None
    if quote or name.startswith("⟪"):
        name = quotes[int(re.sub(r"\D", "", quote or name) or 0)]
    slugged = slug(name, "", 40)
    return (slugged,) if slugged else ()


def pauses(text: str) -> bool:
    """Whether the whole message only says that nothing is to be done: "not sure yet, give me a moment"."""
    pieces = [piece.strip() for piece in re.split(r"[,.;:!?-]+\s+|[,.;:!?]+$", text) if piece.strip(" ,.;:!?")]
    return (
        bool(pieces)
        and len(text) <= 200
        and all(_PAUSE.fullmatch(piece.strip(" ,.;:!?")) for piece in pieces)
        and not re.fullmatch(r"(?:hm+|u[hm]+|well|so|ok(?:ay)?|please|sorry|no|yet|[\s,.!])+", text, re.I)
    )


def unhurried(text: str) -> tuple[str, float | None]:
    """The message without words that say there is time, and the hours they give; None when they give none."""
    match = _UNHURRIED.search(text)
    if match is None:
        return text, None
    rest = text[: match.start()].strip(" ,;")
    return (rest, _HOURS.get((match[1] or match[2] or "tomorrow").lower(), 24.0)) if rest else (text, None)


def only_unhurried(text: str) -> bool:
    """Whether the whole message only says that there is time: "tonight is fine", "no rush", "yes, tonight is fine"."""
    match = _UNHURRIED.search(text)
    return match is not None and bool(_NOTHING_MORE.fullmatch(text[: match.start()]))


_NOTHING_MORE: Final = re.compile(r"(?:\b(?:yes|yeah|yep|ok(?:ay)?|sure|oh|and|well|but|please)\b|[\s,.;!])*", re.I)


def without_outline(text: str) -> tuple[str, bool]:
    """The message without words that ask for finals at once, and whether it had some beside something to show."""
    match = _AT_ONCE.search(text)
    if match is None or is_finish(text):
        return text, False
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,;:.")
    return (rest, True) if len(rest.split()) >= 2 else (text, False)


def stills_first(text: str) -> tuple[str, bool]:
    """The message without words that ask for stills first, and whether it had some beside something to show."""
    match = _STILLS_FIRST.search(text)
    rest = text[: match.start()].strip(" ,;:.") if match else ""
    return (rest, True) if len(rest.split()) >= 2 else (text, False)


def is_stills(text: str) -> bool:
    """Whether this asks for stills of what is outlined, before any final."""
    return bool(_STILLS.fullmatch(text))


def is_finish(text: str) -> bool:
    """Whether this asks for final pictures of what is outlined."""
    if not _FINISH_CUE.search(text) or re.search(r"[⟪⟫]|\d", text) or _IS_IT.match(text):
        return False
    words = re.findall(r"[\w']+", text.lower())
    return len(words) <= 16 and sum(word not in _FINISH_WORDS for word in words) == 0


def skips_drafts(text: str) -> bool:
    """Whether a wish for finals says that no draft is to come between."""
    return bool(re.search(r"\b(?:skip|straight|without (?:a )?drafts?|no drafts?)\b", text, re.I))
