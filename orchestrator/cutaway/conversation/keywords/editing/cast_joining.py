"""Who joins the cast, who leaves it, and how many there are of somebody."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import names_in, nouns_of, pronoun_in
from cutaway.conversation.keywords.editing.cast_words import (
    ENDS,
    KEEP,
    NOT_CAST,
    SMALL_TALK,
    WEATHERISH,
    said_in,
    spoken_of,
    thing_in,
    with_trait,
)
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.scene_values import scene_values
from cutaway.conversation.keywords.editing.shot_orders import OUT
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import stem
from cutaway.conversation.keywords.phrases import (
    Thing,
    find_member,
    known_subject,
    plural,
    singular,
    tokens,
)
from cutaway.conversation.keywords.pictured import with_references
from cutaway.conversation.keywords.targets import scope_of
from cutaway.conversation.keywords.text import free_id, slug
from cutaway.conversation.keywords.words import ADJECTIVES, COLOURS, PLACES, PREPOSITIONS, VERB_FORMS, WEATHERS
from cutaway.storyboard.edits import AddCast, ChangeCast, Edit, RemoveCast, SetShotCast

_ADD: Final = re.compile(
    r"^(?:also\s+|and\s+|please\s+)*(?:add|put(?:\s+in)?|include|bring(?:\s+in)?|introduce"
    r"|insert|give (?:it|us|me|the (?:film|video|scene))|there (?:should|could|must|can) (?:also )?be"
    r"|(?:i )?(?:want|need|would like)(?: to see| to have| to add)?|have|let there be"
    r"|show|throw in|with|(?:it|we|he|she|they) (?:(?:must|should|could|can) (?:also )?(?:have|see|show)|needs?"
    r"|could use|always had|also had"
    r"|has|have)|plus|can (?:we|i|you) have|let us (?:have|add)|maybe|there is|there are"
    r"|(?=(?:one more|another|an extra)\s))\s*(?:also\s+)?(?:in\s+)?"
    r"(?P<new>(?:a|an|another|two|three|four|five|some|a few|a couple of|more|one more"
    r"|the|my|his|her|their|its|\d+)\s+\S.*)$"
)


_APPEARS: Final = re.compile(
    r"^(?:and |also |maybe |now )*(?P<new>(?:a|an|another|some|two|three|four|my|our|his|her"
    r"|their)\s+(?:[\w-]+ ){0,3}?[\w-]+)\s+"
    r"(?:(?:should|must|could|can|to|needs?|has|would|might|also)\s+)*(?:be (?:in|there|here|with|next|beside"
    r"|part|missing)"
    r"|appears?|shows? up|turns? up|joins?(?: in| them| him| her| us)?|come(?:s)?(?: along| in| instead| too)?(?=$"
    r"|[ ,·]*$)|is missing|are missing"
    r"|walk(?:s|ing)? (?:alongside|along|beside|with)\b.*)\b"
)
_COMPANY: Final = re.compile(
    r"^(?:and |also |with |plus )*(?P<new>(?:a|an|two|three|four|some|another|one more"
    r"|a few|a couple of)\s+(?:[a-z-]+ ){1,3}(?:in|on|at|next to|beside|behind|near|with"
    r"|under|by|around|inside|above)\s+(?:the|her|him|it|them|his|their|its)\b.*)$"
)


_ONLY: Final = re.compile(
    r"\b(?:only|just)\b.*\b(?:nobody|no one|nothing|none)\b|\b(?:nobody|no one) (?:else"
    r"|but|except)\b|\balone\b|^(?:only|just) (?:the |my )?\w+(?: and (?:the )?\w+)?$"
)


def left_alone(stage: Stage) -> Found | None:
    """Only the members that are named, in the shots that are named."""
    names = names_in(stage.line, stage.film)
    if not _ONLY.search(stage.text) or not names or not stage.shots or KEEP.search(stage.text):
        return None
    wanted = tuple(dict.fromkeys(name.cast_id for name in names))
    stage.line.use(0, len(stage.text))
    return Found([SetShotCast(shot=s, cast=wanted) for s in stage.shots if set(stage.shot(s).cast) != set(wanted)])


_IS_IN: Final = re.compile(
    r"\b(?:be|appears?|shows? up|comes? in|joins?|features?|belongs?|is|are|lacks?|misses|missing)\b"
    r"(?! (?:a|an|more|too|very|so)\b)"
)
_NOT_IN: Final = re.compile(
    r"\b(?:never|not|no longer)\b(?: \w+){0,2}? (?:by|in|at|on|inside|near|there)\b|\bstays? (?:out|away|outside)\b"
)


def present(stage: Stage) -> Found | None:
    """Who is or is not to be in shots that are named: "the cyclist must be in the third too", "never by the fire"."""
    names = names_in(stage.line, stage.film)
    if not names and _NOT_IN.search(stage.text) and (one := pronoun_in(stage.line, stage.film, stage.memory)):
        names = [one]
    if len({name.cast_id for name in names}) != 1 or names[0].indefinite or names[0].owner or not stage.shots:
        return None
    left = [w for w in stage.line.left() if w not in SMALL_TALK | PREPOSITIONS]
    if [
        w
        for w in left
        if w not in stage.text[names[0].start : names[0].end].split()
        and w
        not in {
            "has",
            "have",
            "never",
            "not",
            "there",
            "appear",
            "appears",
            "show",
            "up",
            "join",
            "joins",
            "comes",
            "outside",
            "away",
            "out",
            "he",
            "she",
            "it",
            "they",
            "stays",
            "longer",
            "shot",
            "here",
            "both",
            "is",
            "belongs",
            "belong",
            "appearing",
            "lacks",
            "lack",
            "misses",
            "missing",
            "we",
            "i",
        }
    ]:
        return None
    cast_id = names[0].cast_id
    if _NOT_IN.search(stage.text):
        shots = [s for s in stage.shots if cast_id in stage.shot(s).cast]
        if not shots or len(shots) == sum(cast_id in s.cast for s in stage.film.shots):
            return None
        stage.line.use(0, len(stage.text))
        return Found([SetShotCast(shot=s, cast=tuple(c for c in stage.shot(s).cast if c != cast_id)) for s in shots])
    shots = [s for s in stage.shots if cast_id not in stage.shot(s).cast]
    if (
        not shots
        or not _IS_IN.search(stage.text)
        or re.search(
            r"\b(?:not|no|only|just|without"
            r"|instead)\b",
            stage.text,
        )
    ):
        return None
    stage.line.use(0, len(stage.text))
    return Found([SetShotCast(shot=s, cast=(*stage.shot(s).cast, cast_id)) for s in shots])


_HIDE: Final = re.compile(
    r"\b(?:hide|do not (?:show|want|include|need)|never (?:want to )?(?:see|show)|not (?:want"
    r"|show)|no more|no|without|nobody wants|forget|leave out|leave (?=(?:[a-z]+ ){1,4}out\b)|stop showing|do not"
    r" want to see"
    r"|out of|(?:is|are) (?:not|no longer) in (?:it|this|the (?:film|video|story)))\b"
)


def left_out(stage: Stage) -> Found | None:
    """Members taken out of the film, or out of the shots that are named."""
    names = names_in(stage.line, stage.film)
    if (
        not names
        and re.search(r"\b(?:him|her|them)\b", stage.text)
        and (pronoun := pronoun_in(stage.line, stage.film, stage.memory))
    ):
        names = [pronoun]
    cue = OUT.search(stage.text) or _HIDE.search(stage.text)
    if (
        names
        and names[0].pronoun
        and re.search(
            r"\b(?:he|she|they|it) (?:is|are|was|do|does|did"
            r"|[a-z]+s)\b",
            stage.text,
        )
    ):
        return None  # "no, he does not eat him": what he does
    if (
        cue
        and names
        and cue[0] in {"no", "without", "forget", "no more"}
        and len(stage.text[cue.end() : names[0].start].split()) > 1
    ):
        return None
    if not names or cue is None or names[0].owner or KEEP.search(stage.text):
        return None
    rest = stage.text[names[-1].end :].strip(" ,")
    if (
        re.match(r"(?:to|be|should|doing|is|in (?:a|an)|wear|with)\b", rest)
        and not OUT.match(rest)
        and not re.match(r"(?:should|to) (?:go|be (?:removed|cut))", rest)
    ):
        return None
    stage.line.use(0, len(stage.text))
    edits: list[Edit] = []
    for cast_id in dict.fromkeys(name.cast_id for name in names):
        inside = [s for s in stage.shots if cast_id in stage.shot(s).cast]
        everywhere = {s.id for s in stage.film.shots if cast_id in s.cast}
        if not stage.shots or set(inside) == everywhere:
            edits.append(RemoveCast(cast_id=cast_id))
        elif not inside:
            return Found(problem=f"The {stage.member(cast_id).name} is not in {scope_of(stage.film, stage.shots)}.")
        edits += [
            SetShotCast(shot=s, cast=tuple(c for c in stage.shot(s).cast if c != cast_id))
            for s in inside
            if everywhere != set(inside)
        ]
    return Found(edits)


def several_of(stage: Stage) -> Found | None:
    """Several of a member: "two of them", "more dinosaurs"."""
    match = re.match(
        r"^(?:make it |have |i want |maybe |let there be |show )?(?P<n>two|three|four"
        r"|five|six|seven|several|many|lots|a whole herd|a couple|a dozen|a group|\d) of (?:them"
        r"|these|those|it)$",
        stage.text,
    )
    if match and (who := spoken_of(stage)):
        noun = (
            who.kind
            if plural(who.kind)
            else f"{who.kind}es"
            if who.kind.endswith(("s", "x", "ch", "sh"))
            else f"{who.kind}s"
        )
        kind = f"{match['n'].removeprefix('a ')} {noun}"
        stage.line.use(0, len(stage.text))
        return Found([ChangeCast(cast_id=who.id, kind=kind, name=kind)])
    match = re.match(
        r"^(?:make it |have |i want |there (?:should be|was|were|are|is) |show |with )?(?P<n>two|three|four"
        r"|five|six|seven|several|many|a dozen|\d+) (?P<what>[a-z]+)(?:\s*,?\s*(?:not (?:just )?(?:one"
        r"|a|an)\b.*|instead(?: of (?:one|a|an|just)\b.*)?))?$",
        stage.text,
    )
    if match:
        one = next((m for m in stage.film.cast if stem(match["what"]) in nouns_of(m)), None)
        if one is not None and plural(match["what"]) and not stage.shots:
            kind = f"{match['n'].removeprefix('a ')} {match['what']}"
            stage.line.use(0, len(stage.text))
            return Found([ChangeCast(cast_id=one.id, kind=kind, name=kind)])
    match = re.match(r"^(?:with |add |some |i want |a lot |lots of |many )*more (?P<what>[a-z]+)$", stage.text)
    if match:
        who2 = next((m for m in stage.film.cast if stem(match["what"]) in nouns_of(m)), None)
        if who2 is not None and plural(match["what"]):
            stage.line.use(0, len(stage.text))
            return Found([ChangeCast(cast_id=who2.id, kind=match["what"], name=match["what"])])
    return None


def joined(stage: Stage) -> Found | None:
    """Somebody new, or somebody there in more shots."""
    appears = _APPEARS.match(stage.text)
    match = _ADD.match(stage.line.free) or _ADD.match(stage.text) or appears or _COMPANY.match(stage.text)
    if match is None:
        return None
    thing, after = thing_in(stage, match, "new", ends=frozenset(ENDS | {"in", "with"}))
    if (
        thing is None
        or thing.head in NOT_CAST
        or thing.head in frozenset(WEATHERS) | WEATHERISH
        or singular(thing.head) in WEATHERS
    ):
        return None
    if (thing.head in VERB_FORMS and not known_subject(thing.head)) or thing.head in ADJECTIVES | COLOURS:
        return None
    if any(w.lower() in VERB_FORMS for w in thing.kind.split()[1:]) and any(
        known_subject(w) for w in thing.kind.split()
    ):
        return None  # "have a cat follow the dog" tells what it does
    film = stage.film
    worn = re.match(
        r"^(?:in|on|around|over|under|to|into)\s+(?:(?P<own>his|her|its|their)|the\s+(?P<who>[\w-]+)'s)\s+[a-z]+$",
        after.lower(),
    )
    if worn and not known_subject(thing.head):
        owner = (names_in(Line.plain(worn["who"]), film) if worn["who"] else None) or (
            [p] if (p := pronoun_in(Line.plain(worn["own"] or ""), film, stage.memory)) else []
        )
        if owner:
            stage.line.use(0, len(stage.text))
            return Found([with_trait(stage.member(owner[0].cast_id), trait=f"with {said_in(stage, match, 'new')}")])
    known = find_member(film.cast, thing)
    if known is None and thing.definite and not re.match(r"(?:his|her|their|its|my|our)\b", match["new"]):
        named = [
            n for n in names_in(Line.plain(stage.text[match.start("new") : match.end("new")]), film) if not n.owner
        ]
        known = film.member(named[0].cast_id) if named else None
    explicit = re.match(
        r"^(?:also |and |please )*(?:add|put|include|bring|introduce|insert|throw|there|plus)", stage.text
    )
    someone = known_subject(thing.head) or ("-" in thing.head and known_subject(thing.head.split("-")[0]))
    if not explicit and not appears and not someone:
        return None
    if not appears and _COMPANY.match(stage.text) and any(w.lower() in VERB_FORMS for w in tokens(after)):
        return None
    if known is not None and (thing.definite or re.match(r"(?:the|my|his|her)\b", match["new"])):
        shots = [
            s
            for s in film.shots
            if known.id not in s.cast and (not stage.shots or s.id in stage.shots) and not s.locked
        ]
        if not shots:
            return None
        stage.line.use(0, len(stage.text))
        return Found([SetShotCast(shot=s.id, cast=(*s.cast, known.id)) for s in shots])
    if (
        known is not None
        and not thing.other
        and stem(thing.head) in nouns_of(known)
        and not re.match(r"(?:another|one more|two|three|more)\b", match["new"])
    ) and (thing.colour or thing.description):
        stage.line.use(0, len(stage.text))
        return Found([with_trait(known, colour=thing.colour, trait=thing.description)])
    if thing.definite and not known_subject(thing.head):
        return None
    if not someone and _strange(stage, after):
        return None
    appearance = re.compile(r",\s*(?P<what>(?:a|an)\s+.+)$").search(stage.text, match.start("new"))
    if appearance and (more := thing_in(stage, appearance, "what")[0]) and known_subject(thing.head):
        more = replace(more, head=thing.head, kind=thing.kind) if more.head in {"one", "ones"} else more
        thing = Thing(
            more.head, more.kind, more.name, more.colour or thing.colour, more.description or thing.description
        )
    member = thing.member(free_id(slug(thing.head, "someone"), (m.id for m in film.cast)))
    given = [(image.ref.rpartition(":")[0] or image.ref, image.sha256) for image in stage.images]
    (member,) = with_references([member], given, meant=False)
    near = [s.id for name in names_in(Line.plain(after.lower()), film) for s in film.shots if name.cast_id in s.cast]
    gone = _gone(stage) if re.search(r"\b(?:instead|in (?:his|her|its|their) place)\b", stage.text) else ()
    in_film = stage.meant.pronoun and re.search(r"\bin it\b", stage.text)
    close = tuple(dict.fromkeys(near)) if near and len(set(near)) < len(film.shots) else ()
    shots_in = (gone if not stage.shots else ()) or (() if in_film else stage.shots) or close
    stage.line.use(0, len(stage.text))
    return Found([AddCast(member=member, shots=shots_in)])


def _gone(stage: Stage) -> tuple[str, ...]:
    """The shots of somebody who was just taken out, for whoever comes instead."""
    before = stage.memory.before
    if before is None:
        return ()
    left = {m.id for m in before.cast} - {m.id for m in stage.film.cast}
    emptied = stage.memory.fields.get("cast", {})
    if not left:
        return tuple(i for i, old in emptied.items() if set(old.cast) - set(stage.shot(i).cast))
    return tuple(s.id for s in before.shots if left & set(s.cast) and stage.film.shot(s.id))


_PLAINLY: Final = re.compile(
    r"^(?:also |and |please )*(?:add|include|introduce|bring in)\s+(?:an?|my|our|her|his|their|two|three|some"
    r"|another)\s"
)


def added_plainly(stage: Stage) -> Found | None:
    """Somebody who is added in so many words, before a place in the clause can be taken for an order of shots."""
    if not _PLAINLY.match(stage.text) or any(stage.text.startswith(word) for word in ("add more", "add a bit")):
        return None
    quiet = stage.line.part(0, len(stage.text))
    if scene_values(quiet, camera_words=False):
        return None
    found = joined(stage)
    plain = found is not None and any(
        isinstance(x, AddCast) and known_subject(x.member.kind.split()[-1]) for x in found.edits
    )
    return found if plain else None


def _strange(stage: Stage, words: str) -> bool:
    """Whether words name somebody or something nobody knows: "to the wibble"."""
    line = Line.plain(words.lower())
    for name in names_in(line, stage.film):
        line.use(name.start, name.end)
    return any(
        w not in SMALL_TALK | PREPOSITIONS | PLACES | COLOURS | ADJECTIVES and not known_subject(w) for w in line.left()
    )
