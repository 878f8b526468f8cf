"""What is done to the cast: who joins, leaves, is somebody else, looks different or does something else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cutaway.conversation.keywords.cast_actions import read_cast_action
from cutaway.conversation.keywords.cast_looks import in_colour
from cutaway.conversation.keywords.editing.cast_meant import Name, names_in, nouns_of, pronoun_in
from cutaway.conversation.keywords.editing.line import TAKEN, Line
from cutaway.conversation.keywords.editing.shot_orders import OUT
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import bag, stem
from cutaway.conversation.keywords.phrases import (
    Thing,
    find_member,
    known_subject,
    noun_of,
    plural,
    read_thing,
    singular,
    tokens,
)
from cutaway.conversation.keywords.pictured import with_references
from cutaway.conversation.keywords.segments import Segment
from cutaway.conversation.keywords.targets import Target, scope_of
from cutaway.conversation.keywords.text import cut, free_id, listed, slug
from cutaway.conversation.keywords.words import ADJECTIVES, COLOURS, PLACES, PREPOSITIONS, SHADES, VERB_FORMS, WEATHERS
from cutaway.storyboard.edits import AddCast, ChangeCast, Edit, RemoveCast, SetAction, SetSetting, SetShotCast
from cutaway.storyboard.model import MAX_CAST_PER_SHOT, CastMember

_SHADE_WORDS: Final = "|".join(sorted(SHADES)) + (
    "|mint|sky|navy|forest|lemon|rose|ruby|emerald|sea|snow|jet|hot|baby|royal|lime|olive"
    "|blood|metallic|matte|glossy|electric"
    "|pastel|shiny|faded|dusty|soft|warm|neon"
)
_COLOUR_WORDS: Final = "|".join(sorted(COLOURS)) + (
    "|ginger|blond|blonde|mint|ivory|rainbow|lilac|mauve|khaki|ochre|burgundy|peach|coral"
)
_COLOUR: Final = re.compile(
    rf"\b(?:(?:{_SHADE_WORDS})[ -])?(?:{_COLOUR_WORDS})(?:ish)?\b"
    r"(?! (?:and white|light|scarf|hat|cap|shirt|jacket|dress|coat|collar|hair|eyes?))"
)
_INSTEAD: Final = (
    re.compile(
        r"\b(?:should|could|must|can|ought to|has to|needs to|may|might|would)\s+(?:rather "
        r"|better |really )?be\s+(?P<new>(?:a|an|some|two|three|the)\s+.+?)\s*,?\s+(?:instead of"
        r"|rather than|and not|not)\s+(?P<old>.+)$"
    ),
    re.compile(
        r"^(?P<new>(?:a|an|some|two|three)\s+.+?|\w+)\s+(?:would be|would look|is|looks"
        r"|might be)\s+(?:much |far |way )?(?:better|nicer|cooler|funnier|cuter|prettier)\s+than\s+(?P<old>.+"
        r")$"
    ),
    re.compile(
        r"\b(?:rather|prefer|like)\s+(?:have |see |to see |to have )?(?P<new>(?:a|an"
        r"|some)\s+.+?)\s+(?:than|over|to)\s+(?P<old>(?:the|this|that|a|my)\s+.+)$"
    ),
    re.compile(
        r"^(?:instead of|in place of|rather than)\s+(?P<old>.+?)(?:,\s*|\s+(?=i |they "
        r"|he |she |it |we |there |use |put |show ))(?:(?:i|they|he|she|it|we|there)\s+(?:want"
        r"|need|would (?:like|prefer)|should be|must be|should have)\s+|use\s+|put\s+"
        r"|show\s+)*(?P<new>.+)$"
    ),
    re.compile(
        r"\bwhere (?:it|there) (?:says|is|was)\s+(?P<old>.+?)\s*,?\s+(?:i (?:want|need"
        r"|would like)|put|use|make it|there should be|it should be|show|should be)\s+(?P<new>.+)$"
    ),
    re.compile(
        r"\b(?:replaced?|swap(?:ped)?|substituted?|exchanged?|trade|switch(?:ed)?)\s+(?:out\s+)?(?P<old>.+?)"
        r"\s+(?:with|for|by|to|against)\s+(?P<new>.+)$"
    ),
    re.compile(
        r"\b(?P<old>.+?)\s+(?:be |is |are |should be |get |gets |being )?(?:replaced?"
        r"|swapped|exchanged|substituted)\s+(?:with|for|by|against)\s+(?P<new>.+)$"
    ),
    re.compile(r"\b(?:turn|change|transform|make|convert)\s+(?P<old>.+?)\s+(?:in)?to\s+(?:be\s+)?(?P<new>.+)$"),
    re.compile(
        r"^(?:use|have|show|put(?: in)?|make|i (?:want|would (?:like|prefer)|need)|let us have"
        r"|with|take|want|rather)?\s*(?:it\s+|him\s+|her\s+)?(?P<new>(?:a|an|some|two"
        r"|three|four|the|my)\s+.+?|\w+)\s*,?\s+(?:instead of|in place of|rather than"
        r"|and not|(?<!do )(?<!does )(?<!did )(?<!is )(?<!are )(?<!was )(?<!can )(?<!should )(?<!could "
        r")(?<!would )(?<!must )(?<!will )not)\s+(?P<old>.+)$"
    ),
    re.compile(
        r"^(?:not|no)\s+(?P<old>.+?)\s*(?:,|but|;|-)+\s*(?:but\s+|it (?:is|should be)\s+"
        r"|(?:he|she|they|it) (?:should|must|has|have)(?: have| be)?\s+|rather\s+|use\s+"
        r"|make it\s+|i (?:want|meant|need|said)\s+|there should be\s+)*(?P<new>.+)$"
    ),
    re.compile(
        r"^(?:it|he|she|that|this|they|these)\s+(?:is|are|was|should be|must be|has to be)\s+(?:really\s+"
        r"|actually\s+|supposed to be\s+|meant to be\s+)?(?P<new>(?:a|an|the|my)\s+.+?)(?:\s+(?:really"
        r"|actually))?\s*,?\s+(?:not|rather than)\s+(?P<old>.+)$"
    ),
    re.compile(
        r"^(?P<old>.+?)\s+(?:(?:should|could|must|can|ought to|might|needs to|has to)\s+(?:really "
        r"|rather |better |actually |instead )?(?:be|become)|becomes?|is(?: (?:now|really"
        r"|actually|supposed to be|meant to be|in fact))?|are (?:now|really|actually)"
        r"|would be better as|as)\s+(?P<new>(?:a|an|two|three|some|my|our|another)\s+.+)$"
    ),
    re.compile(r"^(?:make|let|have|want|turn)\s+(?P<old>.+?)\s+(?:be\s+)?(?P<new>(?:a|an|two|three|some)\s+.+)$"),
)
_GIVE: Final = re.compile(
    r"\b(?:give|hand|get|lend)\s+(?P<who>.+?)\s+(?P<what>(?:a|an|some|two|his|her|its"
    r"|more|long|short|big|bigger|smaller|longer|shorter|darker|lighter|thicker|brighter)\s+.+)$"
)
GARMENTS: Final = frozenset(
    """leggings shirt t-shirt tshirt blouse coat raincoat dress hat cap scarf headscarf jacket boots shoes sneakers
    suit uniform uniforms apron glasses sunglasses helmet gloves pyjamas pajamas skirt jeans trousers pants
    shorts hoodie cape cloak overalls tie crown mask sweater jumper vest robe costume gown armour armor collar
    socks sandals swimsuit bikini turban veil beret ribbon bow backpack tutu kimono sari tracksuit outfit
    clothes wig""".split()
)
_WORN: Final = "|".join(sorted(GARMENTS))
_WEARS: Final = re.compile(
    rf"\b(?P<how>wear(?:s|ing)?|in(?= (?:(?:a|an|his|her|their) )?(?:[a-z-]+ ){{0,3}}(?:{_WORN})s?\b)|"
    r"(?:dress(?:ed)?|clad)(?: (?:it|him|her|them|up))? in|put (?:it|him|her|them|the \w+) in(?=\s+(?:a"
    r"|an|some)\b)|with(?=\s+(?:a|an|long|short|big|small|some|his|her|blue|red|green"
    r"|two)\b)|has(?! to)|have(?! to)|having|need(?:s)?|got)\s+(?P<what>.+)$"
)
_ADD_TO: Final = re.compile(
    r"\b(?:add|put|stick)\s+(?P<what>(?:(?:a|an|some|his|her|two)\s+)?[a-z][a-z -]*?)\s+(?:to"
    r"|on)\s+(?P<who>(?:the|my|our|him|her|them|it|his|\w+$).*)$"
)
_TRAIT: Final = re.compile(
    r"\b(?:look(?:s|ing)?|seems?|appears?|be|is|are|becomes?|being|gets?)?\s*(?:(?:a (?:bit"
    r"|little|lot|tad)|much|more|very|really|quite|even|so|less|way|too|rather|also|far)\s+)*(?P<trait>[a-z]+"
    r"(?:-[a-z]+)?)$"
)
_CALLED: Final = re.compile(r"\b(?:name is|is (?:called|named)|(?:re)?name|call)\b")
_ADD: Final = re.compile(
    r"^(?:also\s+|and\s+|please\s+)*(?:add|put(?:\s+in)?|include|bring(?:\s+in)?|introduce"
    r"|insert|give (?:it|us|me|the (?:film|video|scene))|there (?:should|could|must|can) (?:also )?be"
    r"|(?:i )?(?:want|need|would like)(?: to see| to have| to add)?|have|let there be"
    r"|show|throw in|with|(?:it|we|he|she|they) (?:needs?|could use|always had|also had"
    r"|has|have)|plus|can (?:we|i|you) have|let us (?:have|add)|maybe|there is|there are"
    r"|(?=(?:one more|another|an extra)\s))\s*(?:also\s+)?(?:in\s+)?"
    r"(?P<new>(?:a|an|another|two|three|four|five|some|a few|a couple of|more|one more"
    r"|the|my|his|her|their|its|\d+)\s+\S.*)$"
)
_COMPANY: Final = re.compile(
    r"^(?:and |also |with |plus )*(?P<new>(?:a|an|two|three|four|some|another|one more"
    r"|a few|a couple of)\s+(?:[a-z-]+ ){1,3}(?:in|on|at|next to|beside|behind|near|with"
    r"|under|by|around|inside|above)\s+(?:the|her|him|it|them|his|their|its)\b.*)$"
)
_NOT_CAST: Final = frozenset(
    """music sound sounds caption title text words word shot shots scene scenes fade transition light lights
    lighting filter style seconds second minute voice narration voiceover effect effects colour colours zoom
    logo weather soundtrack song credits time night dusk dawn day motion speed background setting place
    watermark subtitle subtitles end start beginning card tag label price film video clip part bit moment take
    camera pan tilt close-up closeup feel feeling look mood vibe tone grade version idea way thing one lot cut
    crossfade copy lower third thirds name heading headline noise silence""".split()
)
_ONLY: Final = re.compile(
    r"\b(?:only|just)\b.*\b(?:nobody|no one|nothing|none)\b|\b(?:nobody|no one) (?:else"
    r"|but|except)\b|\balone\b|^(?:only|just) (?:the |my )?\w+(?: and (?:the )?\w+)?$"
)
_KEEP: Final = re.compile(r"\b(?:keep|leave|do not (?:touch|change))\b")
_ENDS: Final = PREPOSITIONS - {"of", "with", "without", "in"} | {
    ",",
    "too",
    "there",
    "instead",
    "please",
    "as",
    "while",
    "because",
    "so",
    "but",
    "then",
    "really",
    "actually",
    "also",
    "who",
    "that",
    "again",
    "where",
    "next",
    "every",
    "all",
}


def read_cast_order(stage: Stage) -> Found | None:
    """What a clause does to the cast, or None when it is about something else."""
    for read in (
        _alone,
        _really,
        _instead,
        _out,
        _called,
        _given,
        _coloured,
        _worn,
        _more_of,
        _added,
        _traited,
        _doing,
    ):
        if (found := read(stage)) is not None:
            return found
    return None


def _who(stage: Stage) -> Name | None:
    """The member a clause is about: the first it names, else the one a pronoun stands for."""
    names = names_in(stage.line, stage.film)
    return names[0] if names else pronoun_in(stage.line, stage.film, stage.memory)


def _spoken(stage: Stage) -> CastMember | None:
    """The member last spoken of, when it is plain who that is."""
    known = [m for c in stage.memory.cast if (m := stage.film.member(c))]
    return known[0] if known else stage.film.cast[0] if len(stage.film.cast) == 1 else None


def _thing(
    stage: Stage, match: re.Match[str], group: str, *, ends: frozenset[str] | set[str] = frozenset(_ENDS)
) -> tuple[Thing | None, str]:
    """The thing a group of a match on the line names, and the words after it."""
    start, end = match.span(group)
    if TAKEN in match[group]:
        end = start + match[group].index(TAKEN)
    typed = re.sub(r"^(?:one more|an extra|one extra|a second)\b", "another", stage.line.typed(start, end), flags=re.I)
    parts = tokens(stage.line.masked.bare(typed))
    stop = next((i for i, w in enumerate(parts) if i and w.lower() in ends), len(parts))
    return read_thing(parts[:stop]), " ".join(parts[stop:])


def _alone(stage: Stage) -> Found | None:
    names = names_in(stage.line, stage.film)
    if not _ONLY.search(stage.text) or not names or not stage.shots or _KEEP.search(stage.text):
        return None
    wanted = tuple(dict.fromkeys(name.cast_id for name in names))
    stage.line.use(0, len(stage.text))
    return Found([SetShotCast(shot=s, cast=wanted) for s in stage.shots if set(stage.shot(s).cast) != set(wanted)])


def _instead(stage: Stage) -> Found | None:
    for pattern in _INSTEAD:
        match = pattern.search(stage.line.free) or pattern.search(stage.text)
        if match is None or re.match(
            r"(?:do|does|did|is|are|was|were|can|could|should|would|has|have|it|he|she|they|i|we|must|will)$",
            match["new"].strip(),
        ):
            continue
        old, new = stage.text[match.start("old") : match.end("old")].strip(" ,"), match["new"].strip(" ,")
        names = names_in(Line.plain(old), stage.film) or (
            [p] if (p := pronoun_in(Line.plain(old), stage.film, stage.memory)) and len(old.split()) < 3 else []
        )
        thing, after = _thing(stage, match, "new")
        if thing is not None and re.match(r"^,?\s*(?:one|with|in|each|both)\b", after) and not thing.description:
            thing = replace(thing, description=after.strip(" ,"))
        if thing is None or not names:
            if (found := _elsewhere(stage, old, new)) is not None or (
                found := _nobody(stage, match, thing)
            ) is not None:
                return found
            continue
        who = stage.member(names[0].cast_id)
        if (
            thing.head in COLOURS
            or thing.head in {"one", "ones"}
            or thing.head in ADJECTIVES
            or thing.head in _NOT_CAST
        ):
            continue
        if (
            thing.head in VERB_FORMS
            and not known_subject(thing.head)
            and not re.match(r"(?:an?|two|three|some|my|the) ", new)
        ):
            continue
        if stem(thing.head) in nouns_of(who) and not (thing.colour or thing.description):
            continue
        stage.line.use(0, len(stage.text))
        if stem(thing.head) in nouns_of(who) and thing.kind.lower() == who.kind.lower():
            return Found([_with(who, colour=thing.colour, trait=thing.description)])
        same = bool(
            re.match(
                r"^(?:it|he|she|that|this|they|these)\s+(?:is|are|was)\b|^(?:the |my )?[\w ]+? is "
                r"(?:an?|really|actually)\b",
                stage.text,
            )
        )
        return Found(_recast(stage, who, thing, stage.shots, same=same))
    return None


def _nobody(stage: Stage, match: re.Match[str], thing: Thing | None) -> Found | None:
    """Somebody who is not there cannot be replaced; who is there is offered instead."""
    old = re.sub(r"^(?:the|a|an|my)\s+", "", match["old"].strip(" ,"))
    if (
        thing is None
        or not re.match(r"^(?:replace|swap|substitute|exchange)\b", stage.text)
        or TAKEN in match["old"]
        or len(old.split()) > 3
    ):
        return None
    if thing.head in _NOT_CAST or set(old.split()) & _NOT_CAST or not stage.film.cast:
        return None
    there = listed(f"the {m.name}" for m in stage.film.cast)
    return Found(
        problem=f"There is no {cut(old, 60)} in this film. The cast is {there}.",
        choices=tuple(f"Replace the {m.name} with a {cut(thing.kind, 60)}" for m in stage.film.cast[:3]),
    )


def _elsewhere(stage: Stage, old: str, new: str) -> Found | None:
    """A place instead of another: "a beach instead of the meadow", "where it says meadow I want a beach"."""
    words = bag(old)
    new = re.sub(
        r"^(?:show|set|put|have|make|place|move|film)\s+(?:it|this|that|them|everything|him|her)\s+(?=in|at|on|to)",
        "",
        new,
    )
    bare = re.sub(r"^(?:in|at|on|to)?\s*(?:a|an|the|some|my)\s+|^(?:in|at|on|to)\s+", "", new).strip()
    there = [s for s in stage.film.shots if words and words <= bag(s.setting)]
    if not there or not bare or len(bare.split()) > 5:
        return None
    shots = tuple(s.id for s in there if not stage.shots or s.id in stage.shots) or tuple(s.id for s in there)
    stage.line.use(0, len(stage.text))
    every = len(shots) == len(stage.film.shots)
    return Found([SetSetting(shots=() if every else shots, setting=bare[:100])])


def _recast(stage: Stage, who: CastMember, thing: Thing, shots: tuple[str, ...], *, same: bool = False) -> list[Edit]:
    """Somebody else in the place of a member; `same`: it is still the one, called by its right name."""
    film = stage.film
    here = [shot for shot in film.shots if who.id in shot.cast]
    if shots and set(shots) < {shot.id for shot in here}:
        return _recast_in(stage, who, thing, shots)
    fields = thing.member(who.id)
    edits: list[Edit] = [
        ChangeCast(
            cast_id=who.id,
            name=fields.name,
            kind=fields.kind,
            description=fields.description or (None if same else ""),
            colour=fields.colour or (None if same else ""),
        )
    ]
    head = singular(noun_of(who.kind.split())) if who.kind.split() else ""
    for shot in here:
        # Words of the old one left in an action would put both into the order.
        action = re.sub(rf"\b{re.escape(head)}\b", fields.kind, shot.action, flags=re.I) if head else shot.action
        if action != shot.action and not shot.locked:
            edits.append(SetAction(shots=(shot.id,), action=cut(action, 400)))
    return edits


def _recast_in(stage: Stage, who: CastMember, thing: Thing, shots: tuple[str, ...]) -> list[Edit]:
    known = find_member(stage.film.cast, thing)
    member = known or thing.member(free_id(slug(thing.head, "someone"), (m.id for m in stage.film.cast)))
    edits: list[Edit] = []
    for n, shot_id in enumerate(s for s in shots if who.id in stage.shot(s).cast):
        cast = stage.shot(shot_id).cast
        if known is None and not n:
            if len(cast) == MAX_CAST_PER_SHOT:
                # Make room first: a shot holds only so many.
                edits.append(SetShotCast(shot=shot_id, cast=tuple(c for c in cast if c != who.id)))
            edits.append(AddCast(member=member, shots=(shot_id,)))
        edits.append(
            SetShotCast(shot=shot_id, cast=tuple(dict.fromkeys(member.id if c == who.id else c for c in cast)))
        )
    return edits


_IS_NOT: Final = re.compile(
    r"^(?P<who>.+?)\s+(?:is|are|was|should|must)\s+not\s+(?:be\s+)?(?:so\s+)?(?P<old>[a-z-]+)\s*,?\s*(?:but\s+"
    r")?(?:(?:it|he|she|they)\s+(?:is|are|should be|must be)\s+)?(?:rather\s+)?(?P<new>(?:[a-z-]+ "
    r")?[a-z-]+)$"
)


def _really(stage: Stage) -> Found | None:
    """The words "the snail is not tiny, it is huge": one trait in the place of another."""
    match = _IS_NOT.match(stage.text)
    names = names_in(Line.plain(match["who"]), stage.film) if match else []
    if (
        match is None
        or not names
        or (match["new"].split()[-1] not in ADJECTIVES | COLOURS and not _adjective(match["new"].split()[-1]))
    ):
        return None
    who = stage.member(names[0].cast_id)
    stage.line.use(0, len(stage.text))
    if match["new"].split()[-1] in COLOURS:
        return Found([ChangeCast(cast_id=who.id, colour=match["new"])])
    kept = re.sub(rf"(?:, )?\b{re.escape(match['old'])}\b", "", who.description).strip(" ,")
    return Found([ChangeCast(cast_id=who.id, description=", ".join(part for part in (kept, match["new"]) if part))])


_HIDE: Final = re.compile(
    r"\b(?:hide|do not (?:show|want|include|need)|never (?:want to )?(?:see|show)|not (?:want"
    r"|show)|no more|no|without|nobody wants|forget|leave out|stop showing|do not want to see"
    r"|out of)\b"
)


def _out(stage: Stage) -> Found | None:
    names = names_in(stage.line, stage.film)
    if (
        not names
        and re.search(r"\b(?:him|her|them)\b", stage.text)
        and (pronoun := pronoun_in(stage.line, stage.film, stage.memory))
    ):
        names = [pronoun]
    cue = OUT.search(stage.text) or _HIDE.search(stage.text)
    if (
        cue
        and names
        and cue[0] in {"no", "without", "forget", "no more"}
        and len(stage.text[cue.end() : names[0].start].split()) > 1
    ):
        return None
    if not names or cue is None or names[0].owner or _KEEP.search(stage.text):
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


def _called(stage: Stage) -> Found | None:
    match = _CALLED.search(stage.text)
    if match is None or re.search(r"\b(?:film|video|movie|it|branch)\b", stage.text[match.end() : match.end() + 12]):
        return None
    names = names_in(stage.line, stage.film) or ([p] if (p := pronoun_in(stage.line, stage.film, stage.memory)) else [])
    if not names:
        return None
    tail = stage.line.typed(max(match.end(), names[0].end), len(stage.text))
    name = re.search(r"⟪\d+⟫|[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*)*", tail)
    if name is None:
        return None
    stage.line.use(0, len(stage.text))
    return Found([ChangeCast(cast_id=names[0].cast_id, name=cut(stage.line.masked.bare(name[0]), 100))])


def _with(who: CastMember, *, colour: str = "", trait: str = "") -> ChangeCast:
    """One more trait, a new colour, or both."""
    parts = [part for part in (who.description, trait.strip()) if part]
    return ChangeCast(
        cast_id=who.id, colour=colour or None, description=cut(", ".join(parts), 200) if trait.strip() else None
    )


def _given(stage: Stage) -> Found | None:
    match = _GIVE.search(stage.line.free) or _ADD_TO.search(stage.line.free)
    if match is None:
        return None
    who_line = Line.plain(match["who"])
    names = names_in(who_line, stage.film) or ([p] if (p := pronoun_in(who_line, stage.film, stage.memory)) else [])
    thing, _ = _thing(stage, match, "what", ends={","})
    if not names or thing is None or thing.head in _NOT_CAST or find_member(stage.film.cast, thing):
        return None
    if len(match["who"].split()) > 4:
        return None
    what = _said(stage, match, "what")
    stage.line.use(0, len(stage.text))
    return Found([_with(stage.member(names[0].cast_id), trait=f"with {what}")])


def _said(stage: Stage, match: re.Match[str], group: str) -> str:
    start, end = match.span(group)
    if TAKEN in match[group]:
        end = start + match[group].index(TAKEN)
    typed = stage.line.typed(start, end)
    return re.sub(
        r"(?:[\s,.!]+(?:too|instead|please|as well|though|then|also))+$|[\s,.!]+$", "", stage.line.masked.bare(typed)
    )


def _coloured(stage: Stage) -> Found | None:
    """A colour for members that are named, or for the one last spoken of."""
    hits = list(_COLOUR.finditer(stage.line.free))
    if not hits or re.match(r"(?:and |also )*(?:one more|another|add|put in|include)\b", stage.text):
        return None
    names = names_in(stage.line, stage.film)
    # "not grey": the colour that is not wanted.
    wanted = [
        m
        for m in hits
        if not re.search(
            r"\b(?:not|no|instead of|rather than|than|from|without)\s+(?:a |the |in )?$", stage.text[: m.start()]
        )
    ]
    if not wanted:
        return None
    if (
        any(name.lead and not name.indefinite and name.start < m.start() < name.end for name in names for m in wanted)
        and len(wanted) == 1
        and len(names) == 1
    ):
        return None  # "the red car ...": the colour only says which.
    match = wanted[-1]
    if not names:
        other = re.sub(rf"{_COLOUR.pattern}", " ", stage.line.free)
        if [
            w
            for w in re.findall(r"[a-z]+", other)
            if w not in _SMALL_TALK
            and w
            not in {
                "its",
                "colour",
                "it",
                "one",
                "he",
                "she",
                "they",
                "them",
                "him",
                "his",
                "her",
                "rather",
                "better",
                "fine",
                "was",
                "paint",
                "had",
                "have",
            }
        ]:
            return None
        unwanted = {m[0] for m in hits if m not in wanted}
        had = [m for m in stage.film.cast if m.colour.lower() in unwanted]
        one = pronoun_in(stage.line, stage.film, stage.memory)
        who = had[0] if len(had) == 1 else stage.member(one.cast_id) if one else _spoken(stage)
        if who is None:
            return None
        people = [who]
    else:
        after = stage.text[match.end() :].strip()
        if (
            (noun := re.match(r"([a-z]+)", after))
            and not names_in(Line.plain(noun[1]), stage.film)
            and noun[1] not in _SMALL_TALK
            and noun[1] not in {"one", "and", "but", "instead"}
        ):
            return None
        if any(name.owner for name in names):
            return None
        people = [stage.member(i) for i in dict.fromkeys(name.cast_id for name in names)]
    if (
        stage.shots
        and any(set(stage.shots) < {s.id for s in stage.film.shots if m.id in s.cast} for m in people)
        and not names
    ):
        return None
    stage.line.use(0, len(stage.text))
    return Found([in_colour(m, match[0].replace("-", " ")) for m in people])


_SMALL_TALK: Final = frozenset(
    """make let have be is are was should could can must would the a an it this that to in into paint colour color
    turn change like want please instead really actually rather i you my me we nicer better though then now also
    too as well just and or so of for with all more much very bit little put get wear do did not no one ok fine
    sorry meant mean wait btw by way maybe perhaps say said had might ought needs need look looks again""".split()
)


def _worn(stage: Stage) -> Found | None:
    """What a member wears or has: "she should wear a green cap", "her hair should be red", "boy: green jacket"."""
    who = _who(stage)
    match = _WEARS.search(stage.line.free)
    if who is not None and who.owner:
        tail = re.search(
            r"^\s*(?P<part>(?:[a-z-]+ ?){1,2}?)\s+(?:should|must|is|are|could|can|needs?"
            r"|to|has)\b(?:\s+(?:be|to|have))*\s+(?P<how>.+)$",
            stage.text[who.end :],
        )
        if tail and tail["part"].strip() not in _NOT_CAST:
            stage.line.use(0, len(stage.text))
            return Found(
                [_with(stage.member(who.cast_id), trait=f"{tail['how'].strip(' .!,')} {tail['part'].strip()}")]
            )
    if match is None or re.search(
        r"\b(?:music|sound|caption|title|camera|fade)\b|^(?:it|him|her|them|that|this"
        r"|to|been|the (?:rest|other))\b|^[·]",
        match["what"],
    ):
        return _part_of(stage, who) or _held(stage)
    thing, _ = _thing(stage, match, "what", ends={","})
    if (
        thing is None
        or thing.head in _NOT_CAST
        or known_subject(thing.head)
        or thing.head in frozenset(WEATHERS) | _WEATHERISH
    ):
        return None
    if who is None or who.start > match.start():
        if stage.text[: match.start()].strip(" ,.") not in {"", "and", "also", "maybe", "but"}:
            return None
        person = _spoken(stage)
    else:
        person = stage.member(who.cast_id)
    if person is None:
        return None
    how = match["how"].split()[0]
    lead = "in" if how == "in" else "wearing" if how.startswith(("wear", "dress", "clad", "put")) else "with"
    what = re.sub(r"^(?:to be |to have |be )", "", _said(stage, match, "what"))
    stage.line.use(0, len(stage.text))
    return Found([_with(person, trait=f"{lead} {what}")])


_WEATHERISH: Final = frozenset("rain snow fog wind sun sunshine storm night day dawn dusk".split())


def _held(stage: Stage) -> Found | None:
    """The words "helmet must be yellow": a thing somebody handles, named by what is done with it."""
    match = re.match(
        r"^(?:the |his |her |its |their )?(?P<thing>[a-z-]+)\s+(?:should|must|has to"
        r"|needs to|is|are|could|can|ought to)\s+(?:be\s+)?(?P<how>(?:[a-z-]+ ){0,2}[a-z-]+)$",
        stage.text,
    )
    if match is None or names_in(stage.line, stage.film) or match["how"].split()[-1] not in COLOURS | ADJECTIVES:
        return None
    seen = stage.finder.looking_like(match["thing"]) or (list(stage.finder.ids) if len(stage.film.shots) == 1 else [])
    owners = {s.cast[0] for s in stage.film.shots if len(s.cast) == 1 and s.id in seen}
    if len(owners) != 1:
        return None
    stage.line.use(0, len(stage.text))
    return Found([_with(stage.member(owners.pop()), trait=f"{match['how']} {match['thing']}")])


def _part_of(stage: Stage, who: Name | None) -> Found | None:
    """The words "boy: green jacket" and "helmet must be yellow": a thing with a look that belongs to a member."""
    if who is None or who.pronoun:
        return None
    match = re.compile(r"(?:the |my )?[\w-]+\s*[:,]\s*(?P<what>(?:[a-z-]+ ){0,3}[a-z-]+)$").match(stage.text, who.start)
    if match is None:
        return None
    thing, _ = _thing(stage, match, "what")
    if (
        thing is None
        or thing.head in COLOURS | ADJECTIVES
        or not (thing.colour or thing.description)
        or thing.head in _NOT_CAST
    ):
        return None
    what = _said(stage, match, "what")
    stage.line.use(0, len(stage.text))
    return Found([_with(stage.member(who.cast_id), trait=what)])


def _more_of(stage: Stage) -> Found | None:
    """Several of a member: "two of them", "more dinosaurs"."""
    match = re.match(
        r"^(?:make it |have |i want |maybe |let there be |show )?(?P<n>two|three|four"
        r"|five|six|seven|several|many|lots|a whole herd|a couple|a dozen|a group|\d) of (?:them"
        r"|these|those|it)$",
        stage.text,
    )
    if match and (who := _spoken(stage)):
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
        r"^(?:make it |have |i want |there should be |show |with )?(?P<n>two|three|four"
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


def _added(stage: Stage) -> Found | None:
    match = _ADD.match(stage.line.free) or _ADD.match(stage.text) or _COMPANY.match(stage.text)
    if match is None:
        return None
    thing, after = _thing(stage, match, "new", ends=frozenset(_ENDS | {"in", "with"}))
    if (
        thing is None
        or thing.head in _NOT_CAST
        or thing.head in frozenset(WEATHERS) | _WEATHERISH
        or singular(thing.head) in WEATHERS
    ):
        return None
    if (thing.head in VERB_FORMS and not known_subject(thing.head)) or thing.head in ADJECTIVES | COLOURS:
        return None
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
            return Found([_with(stage.member(owner[0].cast_id), trait=f"with {_said(stage, match, 'new')}")])
    known = find_member(film.cast, thing)
    explicit = re.match(
        r"^(?:also |and |please )*(?:add|put|include|bring|introduce|insert|throw|there|plus)", stage.text
    )
    if not explicit and not known_subject(thing.head):
        return None
    if _COMPANY.match(stage.text) and any(w.lower() in VERB_FORMS for w in tokens(after)):
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
        return Found([_with(known, colour=thing.colour, trait=thing.description)])
    if thing.definite and not known_subject(thing.head):
        return None
    if not known_subject(thing.head) and _strange(stage, after):
        return None
    appearance = re.compile(r",\s*(?P<what>(?:a|an)\s+.+)$").search(stage.text, match.start("new"))
    if appearance and (more := _thing(stage, appearance, "what")[0]) and known_subject(thing.head):
        more = replace(more, head=thing.head, kind=thing.kind) if more.head in {"one", "ones"} else more
        thing = Thing(
            more.head, more.kind, more.name, more.colour or thing.colour, more.description or thing.description
        )
    member = thing.member(free_id(slug(thing.head, "someone"), (m.id for m in film.cast)))
    given = [(image.ref.rpartition(":")[0] or image.ref, image.sha256) for image in stage.images]
    (member,) = with_references([member], given, meant=False)
    near = [s.id for name in names_in(Line.plain(after.lower()), film) for s in film.shots if name.cast_id in s.cast]
    shots_in = stage.shots or (tuple(dict.fromkeys(near)) if near and len(set(near)) < len(film.shots) else ())
    stage.line.use(0, len(stage.text))
    return Found([AddCast(member=member, shots=shots_in)])


def _strange(stage: Stage, words: str) -> bool:
    """Whether words name somebody or something nobody knows: "to the wibble"."""
    line = Line.plain(words.lower())
    for name in names_in(line, stage.film):
        line.use(name.start, name.end)
    return any(
        w not in _SMALL_TALK | PREPOSITIONS | PLACES | COLOURS | ADJECTIVES and not known_subject(w)
        for w in line.left()
    )


def _traited(stage: Stage) -> Found | None:
    """An adjective for a member: "make it rusty as well", "the grandmother should look older", "bigger owl"."""
    text = re.sub(
        r"(?:[\s,]+(?:as well|too|also|please|instead|though|then|now|again))+$", "", stage.line.free.strip(" ,.!")
    )
    who = _who(stage)
    if (
        who is not None
        and (who.indefinite or not who.pronoun)
        and who.lead
        and stage.text[: who.start].strip(" ,") in {"", "and", "make it", "i want", "want", "have", "maybe", "rather"}
        and len(stage.text[who.end :].split()) < 4
        and not re.match(r"the\b", stage.text[who.start :])
    ):
        colours = [w for w in who.lead if w in COLOURS]
        traits = [w for w in who.lead if w not in COLOURS]
        stage.line.use(0, len(stage.text))
        return Found([_with(stage.member(who.cast_id), colour=" ".join(colours), trait=" ".join(traits))])
    match = _TRAIT.search(text)
    if match is None:
        return None
    trait = match["trait"]
    if trait in _SMALL_TALK or trait in _NOT_CAST:
        return None
    known = trait in ADJECTIVES or _adjective(trait)
    if who is None:
        if not known or len(text.split()) > 3:
            return None
        person = _spoken(stage)
        if person is None or not re.match(
            r"^(?:and |make it |also |but |a bit |a little |much |more |very |really |even |so |too |it |is |be )*\w+$",
            text,
        ):
            return None
        if not stage.memory.members and len(stage.film.cast) != 1:
            return None
    else:
        between = text[who.end :] if who.end <= len(text) else ""
        strict = re.match(
            r"^\s*(?:(?:should|could|must|can|has to|needs to|ought to|is|are|was|to"
            r"|more|a bit|a little|much|look|looks|be|very|even|less|too|really|so|also"
            r"|got|a lot|far|looking)\s+)*[a-z-]+$",
            between,
        )
        verb = (
            re.search(
                r"\b(?:should|must|could|can|to|has to|needs to|would)\s+(?:also\s+|now\s+|rather\s+)?[a-z-]+$", between
            )
            and trait not in ADJECTIVES
            and not _compared_base(trait)
        )
        if (
            not strict
            or verb
            or not between.strip()
            or (trait in VERB_FORMS and not known)
            or trait in PREPOSITIONS
            or trait in _NOT_CAST | _SMALL_TALK | PLACES
            or trait in {"back", "longer", "shorter", "slower", "faster", "again", "away", "off", "out"}
        ):
            return None
        if not known and who.pronoun:
            return None
        if not known and not re.search(r"\b(?:make|look|looks|should|be|is|more|very)\b", text):
            return None
        person = stage.member(who.cast_id)
    less = re.search(r"\bless\s+\w+$", text)
    stage.line.use(0, len(stage.text))
    return Found([_with(person, trait=f"less {trait}" if less else trait)])


def _adjective(word: str) -> bool:
    return _compared_base(word) is not None or bool(
        re.fullmatch(r"[a-z]+(?:y|ful|less|ous|ish|ed|al|ic|ive)", word) and word not in VERB_FORMS and len(word) > 4
    )


def _compared_base(word: str) -> str | None:
    if not word.endswith("er") or len(word) < 5:
        return None
    return next((w for w in (word[:-2], word[:-3], word[:-1], f"{word[:-3]}y") if w in ADJECTIVES), None)


def _doing(stage: Stage) -> Found | None:
    """What the cast does: "have the fox jump over a log", "she is crying", "in the second he waves"."""
    text = re.sub(r"[·]+", " ", stage.line.free)
    text = re.sub(r"\s+", " ", text).strip(" ,.:")
    text = re.sub(
        r"^(?:please |maybe |i (?:want|would like|need) |can |could |should |but |and |so |rather |let us )+", "", text
    )
    negated = re.match(
        r"^(?P<who>.+?)\s+(?:is|are|does|do|should|must|can|may) not\s+(?P<old>\w+)\s*,\s*(?:but\s+"
        r"|have\s+|let\s+|make\s+|rather\s+)*(?P<rest>.+)$",
        text,
    )
    if negated:
        text = re.sub(r"^(?:it|he|she|they|him|her|them)\b", negated["who"], negated["rest"])
    text = re.sub(
        r"\b(?:should|could|must|can|needs? to|has to|ought to|is|are|will|would|to)\s+(?:now "
        r"|be |also |then |just |rather |actually )*(?=[a-z]+)",
        "",
        text,
        count=1,
    )
    names = names_in(Line.plain(text), stage.film)
    pronoun = None if names else pronoun_in(Line.plain(text), stage.film, stage.memory)
    one = names[0] if names else pronoun
    shots = stage.shots
    if one is None or (one.indefinite and not shots):
        return None
    if not names and one is not None:
        member = stage.member(one.cast_id)
        text = f"{text[: one.start]}the {noun_of(member.kind.split()) or member.name}{text[one.end :]}"
    if one.start > 12:
        return None
    if not shots and negated:
        words = bag(negated["old"])
        shots = tuple(s.id for s in stage.film.shots if bag(s.action) & words)
    if not shots and len(stage.memory.shots) == 1 and pronoun:
        shots = stage.memory.shots
    segment = Segment(
        text, stage.line.masked, stage.film, Target(shots, scope_of(stage.film, shots), text), stage.images
    )
    reading = read_cast_action(segment)
    if reading is None:
        return _unknown_deed(stage, one, shots)
    stage.line.use(0, len(stage.text))
    return Found(list(reading.edits), reading.problem, reading.choices)


def _unknown_deed(stage: Stage, one: Name, shots: tuple[str, ...]) -> Found | None:
    """The words "the cat should hiss": a verb nobody listed, where only a verb can stand."""
    match = re.search(
        r"\b(?:should|must|could|needs to|has to|ought to)\s+(?:rather |also |now |just )*(?P<verb>[a-z]{3,})"
        r"(?P<rest>(?: [a-z-]+){0,5}?)(?:\s+(?:instead|too|please|there))*$",
        stage.text,
    )
    if match is None or match["verb"] in _SMALL_TALK | {
        "look",
        "stay",
        "keep",
        "wear",
        "last",
        "play",
        "move",
        "end",
        "come",
    }:
        return None
    inside = tuple(s.id for s in stage.film.shots if one.cast_id in s.cast)
    where = shots or (inside if len(inside) == 1 else tuple(i for i in stage.memory.shots if i in inside))
    if not where:
        return None
    verb = match["verb"]
    third = (
        f"{verb}es"
        if verb.endswith(("s", "x", "ch", "sh", "o"))
        else f"{verb[:-1]}ies"
        if re.search(r"[^aeiou]y$", verb)
        else f"{verb}s"
    )
    stage.line.use(0, len(stage.text))
    return Found([SetAction(shots=where, action=f"{third}{match['rest']}")])
