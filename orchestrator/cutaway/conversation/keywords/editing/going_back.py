"""The history in people's words: "bring that back", "I liked it better before", "can I have version 1 back"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.text import slug
from cutaway.conversation.keywords.words import NUMBERS, ORDINALS

_NTH: Final = "|".join(w for w, n in ORDINALS.items() if n > 0 and w not in {"opening"})
_NUMBER: Final = "|".join(w for w in NUMBERS if w not in {"a", "an", "zero"})
_VERSION: Final = re.compile(
    rf"\b(?:version|v|take|draft|cut)\s?(?:number |no\.? ?)?(?P<n>\d{{1,3}}|{_NUMBER})\b"
    rf"|\b(?:the )?(?P<nth>{_NTH}) (?:version|draft|cut|film|video)\b|\b(?:the )?(?P<original>original)(?: "
    r"(?:version|draft|cut|film|video|one))?\b"
)
_BACK: Final = re.compile(
    r"\b(?:back|undo|revert|restore|return|again|prefer(?:red)?|better|best|take|use"
    r"|want|bring|give|go|keep|liked?|continue (?:with|from))\b"
)
_UNDO: Final = re.compile(
    r"\b(?:undo|un-do|revert|roll ?back|take (?:that|it) back|(?:go|step|jump) back(?: (?:one"
    r"|a step|to (?:before|the (?:last|previous)(?: (?:one|version))?|how it was|what (?:we"
    r"|i) had)))?|back (?:one|a) step|one (?:step )?back)\b"
    r"|\b(?:bring|put|get|give me) (?:it|that|this|them|the (?:shot|scene|last one|old one"
    r"|previous (?:one|version))) back\b(?! (?:first|second|third|to (?:the )?(?:front"
    r"|start|end|place|position|number)|in))"
    r"|\bback to (?:how|what|the way) the \w+ (?:was|were|looked)\b"
    r"|\brestore (?:it|that|this|them|the (?:shot|scene|order|old one|last one))\b"
    r"|\b(?:bring|put|get|give me) (?:that|this) (?:shot|scene|one|bit|part|clip) back\b(?! (?:to|first|second"
    r"|third|in))"
    r"|\b(?:leave|keep|have) (?:it|that|this|them|those) (?:where|how|the way|as) (?:it|they) (?:was|were)(?:"
    r" before)?$"
    r"|\bback to (?:the |how |what |where |when )?(?:\w+ )?(?:it|we|i|they|that) (?:had|was|were|used to)\b"
    r"|(?:^|\b(?:want|need|like) )all (?:of them|two|three|four|five|six|the shots) (?:again|back)\b"
    r"|\b(?:bring|put|get) (?:him|her|it|them|that) back in\b"
    r"|^(?:please )?(?:swap|switch|flip|turn|change|move|set|put) (?:it|that|this|them|these|those|both|(?:those"
    r"|these|the) two)"
    r"(?: shots?| ones?)?(?: round| around)? back(?: again| round| around)?(?: please)?$"
    r"|\b(?:bring|put|get|give me) the \w+(?: \w+)? back$|\bnever ?mind (?:that|the last|it|this)\b(?: \w+){0,3}$"
    r"|^(?:the )?[a-z]+(?: [a-z]+)? was (?:better|right|nicer|fine|best|perfect)(?: (?:for|in) (?:it|that|there"
    r"|this))?(?: after all)?$"
    r"|\b(?:want|need|would like|miss) (?:it|that|this|them|the (?:shot|scene|old one"
    r"|previous one)) back\b|^back(?: please)?$"
    r"|(?<!that is )(?<!this is )\b(?:as|how|the way|like) it was(?: before)?\b|\b(?:the )?(?:previous|old|earlier"
    r"|prior|last) (?:version|state)(?: (?:was better|back|again|please))|the (?:old"
    r"|previous) one (?:was better|back|again)\b"
    r"|\b(?:i |we )?(?:liked?|preferred|prefer) (?:it|that|the (?:old|previous|last) (?:one"
    r"|version)) (?:better |more )?(?:before|as it was|back then|the old way)\b|\b(?:it"
    r"|that) was (?:much |far |way )?(?:better|nicer|good|fine) before\b|\bbetter before\b"
    r"|\b(?:scratch|kill|lose|drop|ditch|bin|reverse|cancel|scrap|forget|discard|take back|undo) (?:that|this|the|my)"
    r" (?:last |latest )?(?:change|trim|edit|move|swap|cut|tweak|addition|adjustment|step|bit of editing)$"
    r"|\bscratch (?:that|this|the last)(?: last)?(?: (?:bit|one|thing|part|change))?$"
    r"|^(?:no |nah |rather |i want |give me |back to )*the (?:old|previous|earlier|original) (?:order|look|way"
    r"|colours?|music|speed|length"
    r"|one|light|words|text)(?: (?:was better|back|again|please))*$"
    r"|\b(?:scrap|forget|cancel|discard) (?:that|the last|my last|what i (?:just )?said)(?: (?:change"
    r"|edit|one))?(?=\s*(?:$|[,.!]))|\bchanged my mind about that\b|\b(?:that|it) (?:was"
    r"|is) (?:a mistake|wrong|a bad idea)\b|\bthat (?:did not|does not) work\b"
)
_REDO: Final = re.compile(
    r"\b(?:redo|re-do|undo the undo|(?:go |step )?forward(?: again| one)?|(?:bring|put) back what "
    r"(?:i|you) (?:just )?(?:undid|took back)|i want(?:ed)? (?:it|that) after all|keep (?:it"
    r"|that) after all|un-?undo)\b"
)
_NO: Final = re.compile(
    r"(?:(?:no+|nope|nah|naw|ugh|eww?|yuck|meh|hmm+|oh|please|not good|bad idea|terrible"
    r"|awful|i (?:do not|really do not) like (?:it|that|this)(?: at all)?|that (?:is"
    r"|looks) (?:terrible|awful|bad|worse|horrible|ugly|wrong)|not like that|not that"
    r"|wrong|worse|nope nope)[\s,.!]*)+"
)
_BRANCH: Final = re.compile(
    r"\b(?:branch|fork)\b|\b(?:copy|version|variant|variation|alternative) (?:of it "
    r"|of this )?(?:to (?:play|experiment|mess|try things|fiddle)|on the side|in parallel"
    r"|that i can)|\b(?:alternative|parallel|separate) (?:version|direction|branch|copy)\b"
    r"|\bwithout losing (?:this|what)\b"
)
_BRANCH_NAME: Final = re.compile(
    r"\b(?:branch|fork|called?|named?|name it|call (?:it|the branch|that|this))\s+"
    r"(?:the branch |it |branch |called |named |as |for )*"
    r"[\"']?(?P<name>⟪\d+⟫|[a-z0-9][\w-]*)[\"']?\s*[.!?]*$"
)
_CHANGES: Final = re.compile(
    r"\b(?:faster|slower|longer|shorter|night|rain|snow|camera|zoom|pan|caption|title"
    r"|music|colou?r|bigger|smaller|volume|speed)\b"
)


def regretted(text: str) -> bool:
    """Whether a message says no more than that the last change is not liked."""
    return bool(_NO.fullmatch(f"{text.strip(' .,!?')} "))


def undone(text: str) -> tuple[str, ...] | None:
    """() for the change before, ("3",) for a version; None when nothing is to be undone."""
    plain = text.strip(" .,!?")
    if re.match(r"(?:what|how|why|when|which|who|is|are|does|did|compare)\b", plain):
        return None
    if (
        (match := _VERSION.search(plain))
        and _BACK.search(plain)
        and not re.search(r"\b(?:compare|differ|difference|make a|shot|scene)\b", plain)
    ):
        if match["original"]:
            return (
                ("1",)
                if re.search(r"\bversion|draft|cut|film|video|back to the original$|the original$", plain)
                and not re.search(r"\b(?:speed|colou?rs?|order)\b", plain)
                else None
            )
        if match["nth"]:
            return (str(ORDINALS[match["nth"]]),)
        n = match["n"]
        return (n if n.isdigit() else str(NUMBERS[n]),)
    if (match := _UNDO.search(plain)) and not _CHANGES.search(plain[match.end() :]) and len(plain.split()) <= 14:
        return ()
    return None


def redone(text: str) -> bool:
    """Whether this brings back what was undone."""
    plain = text.strip(" .,!?")
    match = _REDO.search(plain)
    return match is not None and not re.search(
        r"\b(?:shot|scene|clip|one|first|second|third|last|camera|zoom|move)\b", plain
    )


def branched(text: str, quotes: tuple[str, ...]) -> tuple[str, ...] | None:
    """The branch's name as a slug, () without one; None when this is not about branches."""
    if not _BRANCH.search(text) or len(text.split()) > 20:
        return None
    if re.search(r"\b(?:bird|tree|on a branch|the branch of)\b", text) and "branch" in text and "call" not in text:
        return None
    match = _BRANCH_NAME.search(text)
    if match is None:
        return ()
    name = match["name"]
    if name.startswith("⟪"):
        name = quotes[int(re.sub(r"\D", "", name) or 0)]
    if name in {"it", "this", "here", "off", "please", "now", "again", "with", "that"}:
        return ()
    named = slug(name, "", 40)
    return (named,) if named else ()
