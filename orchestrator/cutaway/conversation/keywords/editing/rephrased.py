"""The same thing said in other words: unusual ways to say something put into the words the readers know."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from cutaway.conversation.keywords.words import NUMBERS

_N: Final = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_UNIT: Final = (
    r"(?! ?(?:and a half|seconds?\b|secs?\b|s\b|x\b|%|p\b|times\b|percent|minutes?\b|[.:,]\d|of (?:them|these|those)))"
)
_COMPARED: Final = {
    "dark": "darker", "bright": "brighter", "slow": "slower", "fast": "faster", "quick": "quicker", "long": "longer",
    "short": "shorter", "loud": "louder", "quiet": "quieter", "warm": "warmer", "cold": "colder", "cool": "cooler",
    "dim": "dimmer", "old": "older", "young": "younger", "big": "bigger", "small": "smaller", "tight": "tighter",
    "wide": "wider", "calm": "calmer", "near": "nearer", "close": "closer",
}  # fmt: skip
_DOING: Final = {
    "turning": "turn", "changing": "change", "making": "make", "giving": "give", "putting": "put", "adding": "add",
    "removing": "remove", "moving": "move", "swapping": "swap", "replacing": "replace", "taking": "take",
    "setting": "set", "having": "have", "letting": "let", "starting": "start", "ending": "end", "dropping": "drop",
    "cutting": "cut", "showing": "show", "zooming": "zoom", "using": "use", "slowing": "slow", "keeping": "keep",
    "switching": "switch", "writing": "write", "deleting": "delete", "trimming": "trim", "bringing": "bring",
    "getting": "get", "including": "include", "dressing": "dress", "calling": "call", "renaming": "rename",
    "locking": "lock", "muting": "mute", "panning": "pan", "tilting": "tilt", "opening": "open", "closing": "close",
    "extending": "extend", "shortening": "shorten", "lengthening": "lengthen", "painting": "paint", "losing": "lose",
}  # fmt: skip
Said = str | Callable[[re.Match[str]], str]


def _half(match: re.Match[str]) -> str:
    word = match["n"]
    whole = int(word) if word.isdigit() else NUMBERS[word]
    return f"{whole + 0.5:g} {'times' if match['unit'] == 'times' else 'seconds'}"


def _trimmed(match: re.Match[str]) -> str:
    side = "end" if match["side"] in {"end", "tail", "back"} else "start"
    return f"trim {match['t']} off the {side} of {match['what']}"


def said(*rows: tuple[str, Said]) -> tuple[tuple[re.Pattern[str], Said], ...]:
    """Patterns in what is said, each with what it is read as."""
    return tuple((re.compile(pattern), said) for pattern, said in rows)


_PICTURE: Final = r"(?:pictures?|images?|slides?|panels?|steps?|pics?|photos?|drawings?|screens?)"
PHRASES: Final = said(
    (r"(?:(?<=\s)|^)(?:u+m+|u+h+|e+r+m+)\b[ ,]*", ""),
    (r"(?<!what )(?<!which )(?<!another )(?<!different )(?<!that )(?<!this )\b(?:sort|kind) of (?=(?:a )?[a-z])", ""),
    (r"\b(must|should|can) to (?=[a-z])", r"\1 "),
    (r"\b(?:ought to|(?<!what )(?:is|are|was|were) (?:supposed|meant) to)(?= [a-z])", "should"),
    (r"(?<=[a-z] )r(?= [a-z])", "are"),
    (rf"\b(?:more|much more) ({'|'.join(_COMPARED)})\b(?! (?:blue|red|green|brown|grey|colours?))",
     lambda m: _COMPARED[m[1]]),
    (r"\b(?P<n>one|two|three|four|five|six|\d) and (?:a )?half (?P<unit>seconds?|secs?|times)\b", _half),
    (r"\ba second and a half\b", "1.5 seconds"),
    (r"\b(?P<n>two|three|four|five) and half\b(?P<unit>)", _half),
    (r"\b(?:a|one) third (?:of )?(?:the |its )?(?:normal )?speed\b", "0.33x speed"),
    (r"\b(?:run|play)(?P<what>\b[^%]{0,40}? at) (?P<pct>\d{1,3}) ?(?:%|percent)(?! (?:of|speed|volume))",
     r"run\g<what> \g<pct>% speed"),
    (rf"\b(first|second|third|fourth|fifth|sixth|last|final|opening|closing|same|other|each|every|middle|penultimate)"
     rf" {_PICTURE}(?! (?:of|from|attached))\b", r"\1 shot"),
    (rf"\b(?<!use )(?<!with )(?<!like )(that|the same) {_PICTURE}\b", r"\1 shot"),
    (r"\b(?P<kind>captions?|titles?|subtitles?|lines?|labels?|tags?|supers?) (?:for |on |in |number )?"
     r"(?P<n>[1-9])(?= ?(?::=|[:=⟪]| goes\b| says\b| reads\b| should\b| is\b| to\b))", r"\g<kind> on shot \g<n>"),
    (r"(?<=[a-z])'s (?=an? )", " is "),
    (r"\b(?:has|have|needs|need|is|are) to (?=(?:also |really )?(?:be|appear|show up|look|wear|have|come"
    r"|carry)\b)", "should "),
    (r"(?<!the )\b(first|second|third|fourth) and (?:the )?(second|third|fourth|fifth|last)\b(?! (?:shots?"
    r"|scenes?|ones?))",
     r"the \1 shot and the \2 shot"),
    (r"\b(?:be|come|comes|as) the (?:very )?(?P<which>first|last) thing(?: (?:that )?(?:people|we|you|they"
    r"|viewers|everyone|one) sees?)?",
     r"be \g<which>"),
    (r"\b(?P<in>in|with) (?:also|too) (?=(?:a|an|some)\b)", r"\g<in> "),
    (r"\bhave also (?=(?:a|an|some|two)\b)", "have "),
    (rf"\bbetween (?P<a>{_N}) and (?P<b>{_N})\b{_UNIT}", r"between shots \g<a> and \g<b>"),
    (r"\b(?P<what>[a-z]+) (?:of|in) (?:the )?colou?r (?P<colour>(?!of\b)[a-z]+)\b", r"\g<colour> \g<what>"),
    (r"\bthere (?:is|are) (?P<n>two|three|four|five|six|\d) of them\b", r"make it \g<n> of them"),
    (r"\b(?:trim|cut) the (?P<side>head|front|start|beginning|top|end|tail|back) (?:of"
    r"|off) (?P<what>.{1,40}?) by (?P<t>[a-z\d.]+"
     r"(?: [a-z]+)?)$", _trimmed),
    (r"(?<=, )(second|third|fourth|fifth|last)(?= (?:at|in|by|with|on|is|should)\b)", r"\1 shot"),
    # "shouldn't the parrot be smaller?" wishes it.
    (r"(?:(?<=^)|(?<=^and )|(?<=^but )|(?<=^so ))(?P<m>should|could|can|must|would) not (?P<who>(?:the|my|our|her"
    r"|his) [a-z]+|he|she|it|they)"
     r" (?=[a-z])(?!like\b|mind\b)", r"\g<who> \g<m> "),
    # "not in all of them, just in the last" keeps what "just" names.
    (r"\bnot (?:in |on |for )?(?:all(?: of (?:them|it))?|every (?:shot|one|scene)|everywhere|the whole (?:film"
    r"|thing|video))"
     r"[ ,]+(?:but )?(?=(?:just|only)\b)", ""),
    (r"^(?P<kept>(?:(?:and|also|maybe|so|ok|now) )*(?:an?|some|two|three|my|our|her|his) (?![a-z ]{0,24}\b(?:in|on"
    r"|at|of"
     r"|with|over|wind|rain|snow|fog|mist|storm|sun|sunshine|light|breeze|music|tune|song|caption|title|fade|zoom|pan"
     r"|colou?rs?|look|style)\b)(?:[a-z-]+ ){0,3}?[a-z]+) would (?:also |really )?be (?:so |really |very |quite"
     r" )?(?:nice|lovely|great|good|cool|fun|sweet|cute|perfect|grand|ideal"
     r"|wonderful|brilliant|fab)\b(?! (?:if|to|than)\b)", " should join"),
    (r"^(?P<kept>(?:they|he|she|it|the [a-z]+) (?:do|does|is|are|should|must|can) not (?:[a-z]+ ){0,4}?[a-z]+)"
    r" (?=(?:they|he|she|it)"
     r" [a-z]+)", ", "),
    (r"\b(?P<who>he|she|it|they) (?:is|are) got\b", r"\g<who> has got"),
    (r"^(?P<kept>(?:the )?[a-z]{3,}) ?= ?(?=[a-z]{3})", ": "),
    (r":=", ":"),
    (r"\bgoes (?=⟪)", "should say "),
    (r"\b(?P<from>from|at|after|until|till) second (?P<n>\d{1,2})\b", r"\g<from> \g<n> seconds"),
    (rf"\b(?:picture|image|slide|panel|step|pic|frame|no|nr|number|sc|sh)s?\.? ?(?P<n>{_N})\b{_UNIT}(?! ?\d)",
     r"shot \g<n>"),
    (r"(?<![\w\d.])s(?P<n>\d{1,2})\b", r"shot \g<n>"),
    (r"\b(?P<lead>on|in|for|of|shots?) (?P<a>\d) ?\+ ?(?P<b>\d)\b", r"\g<lead> shots \g<a> and \g<b>"),
    (rf"\b(?P<lead>on|in|for|over) (?P<list>{_N}(?:(?:, | and |, and | & ){_N})+)\b{_UNIT}(?! [a-z]+s\b)",
     r"\g<lead> shots \g<list>"),
    (r"\b(?P<lead>on|over|under) (?P<n>two|three|four|five|six|\d)\b(?=\s*(?:$|[,;:!?]|\.(?!\d)))",
     r"\g<lead> shot \g<n>"),
    (r"^(?P<lead>(?:and |now |so |ok |then )*)(?P<n>two|three|four|five) (?=(?:pulls?|pushes|zooms?|pans?|tilts?|goes"
     r"|starts?|should|is|needs|could|must|gets|has|drags|feels|looks)\b)", r"\g<lead>shot \g<n> "),
    (r"\b(?:in (?:the )?place of|as opposed to|in lieu of)\b", "instead of"),
    (rf"(?P<lead>^|\b(?:mind|about|suggest|consider|try|recommend|propose|mind if) )(?P<doing>{'|'.join(_DOING)})\b"
     r"(?! (?:shot|scene|one|sentence|credits|title|card|words|text|line)\b)(?!\s*:)",
     lambda m: f"{m['lead']}{_DOING[m['doing']]}"),
)  # fmt: skip
"""What is said, and what it is read as; what was typed stays known letter by letter."""
