"""What is done to shots as wholes: taken out, moved, swapped, repeated, made again, locked."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.scene_values import scene_values
from cutaway.conversation.keywords.editing.stage import Found, Stage, new_shot_id
from cutaway.conversation.keywords.words import NUMBERS, ORDINALS
from cutaway.storyboard.edits import DuplicateShot, Edit, MoveShot, RemoveShot, Retake, SetLock, SetSeed

OUT: Final = re.compile(
    r"\b(?:remove|delete|drop|lose|cut(?: out)?(?! (?:straight |directly |right )?(?:from"
    r"|to)\b)|kill|skip|scrap|ditch|bin|chuck(?: out)?|dump|erase|axe|toss(?: out)?|cancel(?= (?:the|that|this"
    r"|shot|scene|·))|get rid of"
    r"|away with|off with|no more|rid of|leave out|(?:take|throw|kick|cut|leave|edit) (?:(?:it|that|them|him|her"
    r"|(?:the |·+ )?[\w·-]+(?: [\w·-]+)?) )?(?:out|away)|out with|without"
    r"|(?:do not|does not) need|no longer need|not needed|(?:can|should|must|has to|could"
    r"|may|needs to) (?:go(?! (?:to|up|down|on|first|last|before|after|in|at|right|slow|fast|around|round|back"
    r"|closer|with|for|straight)\b)|be (?:removed|deleted|cut|dropped))|is (?:pointless|unnecessary"
    r"|superfluous|redundant)|goes(?= *$)|(?<=[\w·] )(?<!came )(?<!comes )(?<!turned )(?<!fade )(?<!fades "
    r")(?<!zoom )(?<!pull )(?<!find )(?<!figure )out(?= *$))\b(?: (?:it|that|them|out"
    r"|away))?"
)
_OF_SHOTS: Final = re.compile(
    r"\b(?:transitions?|fad(?:e|es|ing)|dissolves?|cross-?fades?|camera|captions?|titles?|music|sound|colou?rs?"
    r"|lights?|back to"
    r"|(?:down )?to (?:\d|plain|black)|seconds|secs|in half)\b"
)
_A_NOUN: Final = re.compile(r"(?:drop|cut|kill|skip|scrap|bin|dump)\b")
_SWAP: Final = re.compile(
    r"\b(?:swap(?:ped)?|switch(?:ed)?(?: around| round)?|exchange|flip|trade|change (?:the )?(?:places?"
    r"|positions?|order) (?:of|between)|the other way (?:a)?round)\b"
)
_REVERSE: Final = re.compile(
    r"\b(?:reverse|invert|flip|turn (?:a)?round)\s+(?:the )?(?:order|shots|sequence|scenes"
    r"|whole order)(?: of (?:the )?(?:shots|scenes))?\b|\bin reverse(?: order)?\b|\bbackwards?\b.*\b(?:order"
    r"|shots|scenes)\b|\b(?:order|shots|scenes)\b.*\b(?:backwards?|reversed)\b|\b(?:from )?(?:the "
    r")?last to (?:the )?first\b"
)
_AGAIN: Final = re.compile(
    r"^[·\s]*·+ again$|\b(?:re-?take|re-?shoot|re-?do|re-?roll|re-?generate|re-?render"
    r"|re-?make|re-?draw|re-?shot|re-?taken|re-?done|re-?made|re-?drawn|re-?generated"
    r"|another (?:go|take|try|attempt|version|shot at|stab|pass)|one more (?:go|take"
    r"|try|attempt)|(?:a )?(?:new|fresh|different|second) (?:take|try|attempt|version"
    r"|go)|have (?:another|a second) go|(?<!not )(?:try|do|make|shoot|draw|render|film|generate)\b.{0,40}\b(?:again"
    r"|once more|over(?= *(?:$|[,.!]|again|please))|anew|from scratch|a second time)|try again|once again|came"
    r" out (?:wrong"
    r"|badly|weird|bad)|not happy with)\b"
)
_REPEAT: Final = re.compile(
    r"\b(?:repeat(?:ed|s)?|duplicate[ds]?|copy(?! of)|clone|double(?! (?:the )?(?:speed"
    r"|length|time))|once more|one more time|a second time|(?:show|play|see|have|use|run|bring"
    r"|put|want)\b.{0,40}\b(?:again|twice|once more)|twice(?! (?:as|the|its|that|his|her)\b)|again at the"
    r" (?:very )?end"
    r"|make a copy of)\b"
)
_AT_END: Final = re.compile(
    r"\b(?:at|to|for|as|in) the (?:very )?(?:end|close|finish|last)\b|\b(?:to finish"
    r"|to close|as a closer|last of all)\b"
)
_AT_START: Final = re.compile(r"\b(?:at|to|in|as) the (?:very )?(?:start|beginning|front|opening|top)\b")
_LOCK: Final = re.compile(
    r"\b(?:lock(?:ed)?\b(?: down)?|freeze(?! ?frame)|frozen|pin down|keep\b.{0,40}\b(?:(?:as|how) (?:it|they"
    r"|is|are|it is|they are|that is)\b.*|the (?:way|same)\b.*|unchanged|untouched|like (?:this"
    r"|that)|exactly.*)|leave\b.{0,40}\b(?:as (?:it|they|is)\b.*|alone|be|the way\b.*"
    r"|untouched|unchanged|like (?:this|that))|(?:do not|never|nobody|no one|not|must not"
    r"|should not|may not|can not)\s+(?:ever\s+|should\s+|may\s+|to\s+|be\s+)?(?:touch"
    r"|change|alter|modify|edit|mess with)(?:ed|d)?|(?:must|should|may|can) (?:never"
    r"|not) (?:ever )?(?:change|be changed|be touched)|(?:stays?|remains?) (?:exactly )?(?:as"
    r"|the way|like) .*|hands off|is final\b)"
)
_HARD_LOCK: Final = re.compile(r"\b(?:lock|locked|freeze|frozen|never|ever)\b")
_UNLOCK: Final = re.compile(
    r"\b(?:un-?lock(?:ed)?|un-?freeze|release|(?:can|may) (?:be )?(?:change[d]?|edit(?:ed)?|touch(?:ed)?|alter(?:ed)?"
    r"|play with)(?: (?:it|that|them|this))? (?:again|now|after all)|open (?:up )?(?:again"
    r"|for changes)|free (?:it |them )?(?:up|again))\b"
)
_MAY_CHANGE: Final = re.compile(
    r"\b(?:you|we|i|they|it) (?:can|may|are free to) (?:now )?(?:be )?(?:change[d]?|edit(?:ed)?|touch(?:ed)?)(?:"
    r" (?:it|that|them))?$"
)
_SEED: Final = re.compile(
    r"\bseed\b\D{0,30}?(?P<n>\d{1,12})\b|\b(?P<n2>\d{1,12})\s+(?:as|for)\s+(?:the\s+|a\s+)?seed\b"
)
_MOVES: Final = re.compile(
    r"\b(?:move[ds]?|put|pop|stick|shove|slot|slide|tuck|park|place|bring|shift|drag|belongs?|see|show"
    r"|start(?:s)?|begin(?:s)?|open(?:s)?"
    r"|end(?:s)?|close|finish|come[s]?|goes|go|go(?:es)? (?:straight|right)|give|want"
    r"|have|be|belongs?|is|set|switch|play|follow[s]?)\b"
)
_SIDE: Final = re.compile(
    r"\b(?:straight |right |directly |immediately |just )?(?P<side>before|after|behind"
    r"|in front of|ahead of|following|follows?|preceding|prior to)\b"
)
_FRONT: Final = re.compile(
    r"\b(?:(?:to|at|in|into) (?:the )?(?:very )?(?:front|start|beginning|top|first (?:place"
    r"|position|spot))|(?:first|1st)(?= *(?:$|[,.!·]|please|then|instead|again|and then))|up front"
    r"|as (?:the )?(?:opener|opening|first (?:one|shot|scene))|(?:should |to |must |can "
    r"|could |will )?(?:opens?|starts?|begins?) (?:the (?:film|video|movie|whole thing)"
    r"|it|us off|things)|in first place)\b"
)
_BACK: Final = re.compile(
    r"\b(?:(?:to|at|in|into) (?:the )?(?:very )?(?:end|back|finish|last (?:place|position"
    r"|spot))|(?:last)(?= *(?:$|[,.!·]|please|instead|again))|as (?:the )?(?:closer|closing"
    r"|ending|last (?:one|shot|scene)|finale)|(?:should |to |must |can |could )?(?:ends?"
    r"|closes?|finishes|finish) (?:the (?:film|video|movie|whole thing)|it|us))\b"
)
_BETWEEN: Final = re.compile(r"\b(?:in )?between (?P<a>.+?) and (?P<b>.+)$")
_BECOMES: Final = re.compile(
    r"(?<!not )\b(?:make|have|let|want|use|turn)\b (?P<what>(?:(?!\b(?:in|on|at|for|of|not|it|look|like|as|match"
    r"|same)\b).){3,40}?)"
    r" (?:be |become |as |into )?(?:the|our|my|an?)"
    r" (?:very |new )?"
    r"(?P<place>first|last|second|third|opener|opening|closer|closing|start|end|ending|finale)(?: one| shot| scene)?$"
)
_STANDS: Final = re.compile(
    r"(?:^|(?<= ))(?:(?:be|come|go|goes|comes|move) )?(?:(?:a bit |a little |one )?(?P<when>earlier|sooner"
    r"|later)(?: in the (?:film|video))?"
    r"|(?<!the )(?<!in )(?P<nth>second|third|fourth|fifth))(?: (?:maybe|please|then|perhaps|instead))*$"
)
_KEEP_ONLY: Final = re.compile(
    r"^(?:(?:only|just) (?:keep|leave|use|show|have)|(?:keep|leave|use|show) (?:only|just))\b"
    r"|^keep\b.*\b(?:bin|lose|drop|delete|remove|ditch|scrap|cut|forget|skip) (?:the )?(?:rest|others?)$"
)
_LAST_AGAIN: Final = re.compile(
    r"\b(?:put|move|bring|place|have|take|make)\b(?! (?:a|an|another)\b).{1,30}\b(?:first|last|second|third|to"
    r" the (?:front|end|start"
    r"|back)) again\b"
)
_OPEN_WITH: Final = re.compile(
    r"\b(?:start|begin|open|kick off|lead)(?:s|ing)? (?:off )?(?:straight |right |directly )?(?:in )?(?:it |the"
    r" film |the video )?(?:with"
    r"|on)\b(?! (?:a |an |the )?(?:slow |soft |gentle |long )?(?:fade|cross|cut|dissolve"
    r"|title|caption|zoom|pan|tilt|black|close))"
)
_END_WITH: Final = re.compile(
    r"\b(?:end|close|finish|conclude)(?:s|ing)? (?:it |the film |the video |off )?(?:with"
    r"|on)\b(?! (?:a |an |the )?(?:slow |soft |gentle |long )?(?:fade|cross|cut|dissolve"
    r"|title|caption|zoom|pan|tilt|black|close|card|end|line|words))"
)
_NUMBER: Final = "|".join(NUMBERS)
_LATER: Final = "|".join(word for word, n in ORDINALS.items() if n > 1)
_POSITION: Final = re.compile(
    r"\b(?:to|at|in|into|as|back|be|become|be the|goes?|comes?)\s+(?:the )?(?:(?:position"
    rf"|place|spot|number|slot)\s+(?:number )?(?P<n>\d{{1,2}}|{_NUMBER})|(?P<ord>{_LATER})(?: (?:place"
    r"|position|spot|one))?(?= *(?:$|[,.!·])))\b"
)


def read_shot_order(stage: Stage) -> Found | None:
    """What a clause does to shots as wholes, or None when it is about something else."""
    for read in (_seeded, _reversed, _unlocked, _locked, _put_last_again, _repeated, read_moved, _swapped, _retaken):
        if (found := read(stage)) is not None:
            return found
    return None


def taken_out(stage: Stage) -> Found | None:
    """The named shots taken out, when nothing else of the clause can be meant by that."""
    shots = stage.shots
    bare = len(stage.text.split()) <= 2 or re.search(r"\b(?:it|that|this|them|those)\b", stage.text)
    if not shots and bare and (stage.memory.topic or stage.memory.added == stage.memory.shots):
        shots = stage.memory.shots
    match = OUT.search(stage.text)
    if match is None or not shots or _OF_SHOTS.search(stage.text):
        return None
    if _A_NOUN.match(match[0]) and re.search(r"\b(?:the|a|that|this|his|her|its) $", stage.text[: match.start()]):
        return None  # "make the drop in bright": a shot of somebody dropping in
    if len(shots) >= len(stage.film.shots):
        return Found(problem="A film keeps at least one shot, so not all of them can go.")
    stage.line.take(OUT)
    return Found([RemoveShot(shot=shot_id) for shot_id in shots])


def _seeded(stage: Stage) -> Found | None:
    match = stage.line.take(_SEED)
    if match is None:
        return None
    value = int(match["n"] or match["n2"])
    if value > 2**31 - 1:
        return Found(problem=f"A seed is a whole number up to {2**31 - 1}; {value} is more.")
    shots = stage.shots or (() if stage.meant.whole else stage.memory.shots) or stage.finder.ids
    return Found([SetSeed(shot=shot_id, seed=value) for shot_id in shots])


def _reversed(stage: Stage) -> Found | None:
    if len(stage.film.shots) < 2 or stage.line.take(_REVERSE) is None:
        return None
    return Found([MoveShot(shot=shot.id, to=1) for shot in stage.film.shots[1:]])


def _unlocked(stage: Stage) -> Found | None:
    locked = tuple(s.id for s in stage.film.shots if s.locked)
    if stage.line.take(_UNLOCK) is None and not (locked and stage.line.take(_MAY_CHANGE)):
        return None
    shots = stage.shots
    if stage.meant.pronoun or (
        not shots and not stage.meant.whole and re.search(r"\b(?:it|that|this|them)\b", stage.text)
    ):
        shots = tuple(s for s in shots if s in locked) or locked
    return Found([SetLock(shots=shots, locked=False)])


def _locked(stage: Stage) -> Found | None:
    match = _LOCK.search(stage.text)
    if match is None:
        return None
    shots = stage.shots
    if not shots and not stage.meant.whole and re.search(r"\b(?:it|that|this|those|these|them|both)\b", stage.text):
        shots = stage.memory.shots
    hard = _HARD_LOCK.search(stage.text)
    if not shots and not (stage.meant.whole and hard) and not re.match(r"(?:lock|freeze)\b", stage.text):
        return None
    stage.line.use(match.start(), match.end())
    if not hard and not stage.alone:
        return Found()  # "do not touch the first, but ...": it only says what the rest is not for.
    return Found([SetLock(shots=shots, locked=True)])


def _swapped(stage: Stage) -> Found | None:
    match = stage.line.find(_SWAP)
    if match is None or stage.cast:
        return None
    shots = stage.shots
    if len(shots) == 1 and len(stage.memory.shots) == 1 and re.search(r"\b(?:that|it|this)\b", stage.text):
        shots = tuple(dict.fromkeys((*shots, *stage.memory.shots)))
    if len(shots) != 2 and len(stage.film.shots) == 2:
        shots = stage.finder.ids
    if len(shots) != 2:
        return None
    stage.line.use(match.start(), match.end())
    first, second = sorted(shots, key=stage.film.number)
    a, b = stage.film.number(first), stage.film.number(second)
    edits: list[Edit] = [MoveShot(shot=second, to=a)]
    return Found(edits if b - a == 1 else [*edits, MoveShot(shot=first, to=b)])


def _retaken(stage: Stage) -> Found | None:
    match = stage.line.find(_AGAIN)
    if match is None or stage.cast:
        return None
    shots = stage.shots
    if not shots and not stage.meant.whole and re.search(r"\b(?:it|that|this)\b", stage.text):
        shots = stage.memory.shots
    if re.search(r"\bredo\b", match[0]) and not shots and not stage.meant.whole:
        return None
    stage.line.use(0, len(stage.text))
    return Found([Retake(shots=shots)])


def _repeated(stage: Stage) -> Found | None:
    match = stage.line.find(_REPEAT)
    if match is None or stage.cast:
        return None
    last = stage.film.shots[-1].id
    ended = bool(_AT_END.search(stage.text))
    shots = stage.shots
    if (
        (side := _SIDE.search(stage.text))
        and (one := _one(stage, stage.text[: side.start()]))
        and (by := _one(stage, stage.text[side.end() :]))
    ):
        stage.line.use(0, len(stage.text))
        new_id = new_shot_id(stage.film)
        copied = list(stage.finder.ids)
        copied.insert(copied.index(one) + 1, new_id)
        rest = [s for s in copied if s != new_id]
        to = rest.index(by) + (1 if side["side"] in {"before", "in front of", "ahead of"} else 2)
        return Found([DuplicateShot(shot=one, new_id=new_id), MoveShot(shot=new_id, to=to)])
    if ended and len(shots) > 1 and last in shots:
        shots = tuple(s for s in shots if s != last)
    pointed = re.search(r"\b(?:it|that|this)\b(?! (?:shot|scene|one)\b)", stage.text)
    if pointed and (not shots or (ended and shots == (last,))):
        shots = stage.memory.shots
    if len(shots) != 1 or (
        _AGAIN.search(stage.text) and not ended and not re.search(r"\brepeat|\bduplicate|\bcopy|\btwice", stage.text)
    ):
        return None
    stage.line.use(0, len(stage.text))
    new_id = new_shot_id(stage.film)
    edits: list[Edit] = [DuplicateShot(shot=shots[0], new_id=new_id)]
    if ended and shots[0] != last:
        edits.append(MoveShot(shot=new_id, to=len(stage.film.shots) + 1))
    elif _AT_START.search(stage.text):
        edits.append(MoveShot(shot=new_id, to=1))
    return Found(edits)


def read_moved(stage: Stage) -> Found | None:
    """A shot at another place: "put that one first", "the garden straight after the street"."""
    text = stage.text
    if re.search(
        r"\b(?:camera|caption|title|music|text|words|sound|fades?|cross-?fades?|transition|dissolve|seconds)\b", text
    ):
        return None
    moves = [v for v in scene_values(Line.plain(text), camera_words=False) if v.field == "camera"]
    if moves and moves[0].start <= 6 and "follow" not in moves[0].word:
        return None  # "pull away from the applause at the end"
    if (between := _BETWEEN.search(text)) and _MOVES.search(text) and not _SWAP.search(text):
        return _between(stage, between)
    if side := _SIDE.search(text):
        return _beside(stage, side)
    if (turned := _BECOMES.search(text)) and (who := _one(stage, turned["what"])):
        place = turned["place"]
        to = 1 if place.startswith(("open", "start")) else ORDINALS.get(place, -1)
        return _to(stage, who, to if to > 0 else len(stage.film.shots))
    if _OPEN_WITH.search(text) or _END_WITH.search(text):
        who = _one(stage, re.sub(rf"{_OPEN_WITH.pattern}|{_END_WITH.pattern}", " ", text))
        to = 1 if _OPEN_WITH.search(text) else len(stage.film.shots)
        return _to(stage, who, to) if who else None
    for pattern, to in ((_FRONT, 1), (_BACK, len(stage.film.shots))):
        for match in pattern.finditer(text):
            rest = f"{text[: match.start()]} , {text[match.end() :]}"
            if not _MOVES.search(f"{rest} {match[0]}") and len(text.split()) > 5:
                continue
            who = _one(stage, rest)
            if who is not None:
                return _to(stage, who, to)
    stands = _STANDS.search(text) if len(text.split()) <= 9 else None
    if stands and (stands["when"] or stands.start()) and (who := _one(stage, text[: stands.start()])):
        word = stands["when"] or stands["nth"]
        number = stage.film.number(who)
        to = number - 1 if word in {"earlier", "sooner"} else number + 1 if word == "later" else ORDINALS[word]
        return _to(stage, who, to) if 1 <= to <= len(stage.film.shots) and to != number else None
    spot = _POSITION.search(text)
    if spot and _MOVES.search(text) and not re.fullmatch(r"(?:in|at|into) the [a-z]+", spot[0]):
        named = spot["n"] or ""
        to = int(named) if named.isdigit() else NUMBERS.get(named) or ORDINALS[spot["ord"]]
        who = _one(stage, f"{text[: spot.start()]} , {text[spot.end() :]}")
        if who is not None:
            if not 1 <= to <= len(stage.film.shots):
                return Found(problem=f"Where to? The film has places 1 to {len(stage.film.shots)}.")
            return _to(stage, who, to)
    return None


def _one(stage: Stage, words: str) -> str | None:
    """The one shot these words name, or that "it" stands for."""
    meant = stage.finder.all_in(Line.plain(words))
    if len(meant.shots) == 1:
        return meant.shots[0]
    if not meant.named and len(stage.memory.shots) == 1 and re.search(r"\b(?:it|that|this)\b", words):
        return stage.memory.shots[0]
    if not meant.named and len(like := stage.finder.looking_like(words)) == 1:
        return like[0]
    if not meant.named:
        seen = [s for name in _names(stage, words) for s in name]
        return seen[0] if len(seen) == 1 else None
    return None


def _names(stage: Stage, words: str) -> list[tuple[str, ...]]:
    """The shots of each member these words name; only the shots where the member is alone, if there are such."""
    found = []
    for name in names_in(Line.plain(words), stage.film):
        inside = tuple(s.id for s in stage.film.shots if name.cast_id in s.cast)
        found.append(tuple(s for s in inside if stage.shot(s).cast == (name.cast_id,)) or inside)
    return found


def kept_only(stage: Stage) -> Found | None:
    """Every shot out but those named: "only keep the first and the third"."""
    kept = stage.shots
    if not _KEEP_ONLY.search(stage.text) or not kept or len(kept) == len(stage.film.shots):
        return None
    if set(stage.line.left()) - {"only", "just", "keep", "leave", "use", "show", "have", "and", "the", "please"}:
        return None
    stage.line.use(0, len(stage.text))
    return Found([RemoveShot(shot=i) for i in stage.finder.ids if i not in kept])


def _between(stage: Stage, match: re.Match[str]) -> Found | None:
    one = _one(stage, stage.text[: match.start()])
    pair = [_one(stage, match["a"]), _one(stage, match["b"])]
    numbers = [stage.film.number(i) for i in pair if i is not None and i != one]
    if one is None or len(numbers) != 2:
        return None
    others = [s for s in stage.finder.ids if s != one]
    first = min(pair, key=lambda i: others.index(i) if i in others else 99)
    return _to(stage, one, others.index(str(first)) + 2)


def _put_last_again(stage: Stage) -> Found | None:
    """The words "no, put that last again": where it was, not once more."""
    return read_moved(stage) if _LAST_AGAIN.search(stage.text) else None


def _to(stage: Stage, shot_id: str, to: int) -> Found:
    stage.line.use(0, len(stage.text))
    return Found([MoveShot(shot=shot_id, to=to)])


def _beside(stage: Stage, side: re.Match[str]) -> Found | None:
    text = stage.text
    if (
        not _MOVES.search(text[: side.start()])
        and len(text.split()) > 7
        and "follow" not in side[0]
        and not re.search(r"\bshould|\bmust|\bneeds?", text)
    ):
        return None
    one, other = _one(stage, text[: side.start()]), _one(stage, text[side.end() :])
    if one is None or other is None or one == other:
        return None
    before = side["side"] in {"before", "in front of", "ahead of", "preceding", "prior to"}
    stage.line.use(0, len(text))
    others = [s for s in stage.finder.ids if s != one]
    to = others.index(other) + (1 if before else 2)
    edit = MoveShot(shot=one, to=to)
    return Found([edit])
