"""Words of the cast: colours, clothes and what is nobody, and who or what a few words name."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import Name, names_in, pronoun_in
from cutaway.conversation.keywords.editing.line import TAKEN
from cutaway.conversation.keywords.editing.stage import Stage
from cutaway.conversation.keywords.phrases import (
    Thing,
    read_thing,
    tokens,
)
from cutaway.conversation.keywords.text import cut
from cutaway.conversation.keywords.words import ADJECTIVES, COLOURS, PREPOSITIONS, SHADES, VERB_FORMS
from cutaway.storyboard.edits import ChangeCast
from cutaway.storyboard.model import CastMember

_SHADE_WORDS: Final = "|".join(sorted(SHADES)) + (
    "|mint|sky|navy|forest|lemon|rose|ruby|emerald|sea|snow|jet|hot|baby|royal|lime|olive"
    "|blood|metallic|matte|glossy|electric"
    "|pastel|shiny|faded|dusty|soft|warm|neon|apple|bottle|pea|moss|leaf|grass|sage|racing|pine|jade|avocado"
    "|brick|cherry|wine|rust|tomato|fire|pillar[- ]box|post[- ]box|poppy|raspberry|strawberry|candy|bubblegum|salmon"
    "|midnight|ice|icy|ocean|steel|powder|cornflower|petrol|duck[- ]egg|cobalt|turquoise|canary|golden|sunflower|butter"
    "|mustard|honey|chocolate|coffee|chestnut|hazel|nut|sandy|charcoal|slate|ash|silver|dove|milk|cream|pearl|bone|stone"
    "|pitch|ink|coal|lavender|plum|grape|dirty|off|burnt|burned|blush|dusky|tangerine|pumpkin|amber"
)


_COLOUR_WORDS: Final = "|".join(sorted(COLOURS)) + (
    "|ginger|blond|blonde|mint|ivory|rainbow|lilac|mauve|khaki|ochre|burgundy|peach|coral"
    "|lavender|auburn|aqua|azure|fuchsia|taupe|charcoal|chestnut|mustard|emerald"
)


COLOUR: Final = re.compile(
    rf"\b(?:(?:{_SHADE_WORDS})[ -])?(?:{_COLOUR_WORDS})(?:ish)?\b"
    r"(?!(?<=black) and white)(?! (?:light|scarf|hat|cap|shirt|jacket|dress|coat|collar|hair|eyes?))"
)


GARMENTS: Final = frozenset(
    """leggings shirt t-shirt tshirt blouse coat raincoat dress hat cap scarf headscarf jacket boots shoes sneakers
    suit uniform uniforms apron glasses sunglasses helmet gloves pyjamas pajamas skirt jeans trousers pants
    shorts hoodie cape cloak overalls tie crown mask sweater jumper vest robe costume gown armour armor collar
    socks sandals swimsuit bikini turban veil beret ribbon bow backpack tutu kimono sari tracksuit outfit
    clothes wig""".split()
)


WORN: Final = "|".join(sorted(GARMENTS))


NOT_CAST: Final = frozenset(
    """music sound sounds caption title text words word shot shots scene scenes fade transition light lights
    lighting filter style seconds second minute voice narration voiceover effect effects colour colours zoom
    logo weather soundtrack song credits time night dusk dawn day motion speed background setting place
    watermark subtitle subtitles end start beginning card tag label price film video clip part bit moment take
    camera pan tilt close-up closeup feel feeling look mood vibe tone grade version idea way thing one lot cut
    crossfade copy lower third thirds name heading headline noise silence""".split()
)


KEEP: Final = re.compile(r"\b(?:keep|leave(?! (?:[a-z]+ ){1,4}out\b)|do not (?:touch|change))\b")


ENDS: Final = PREPOSITIONS - {"of", "with", "without", "in"} | {
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


def who_of(stage: Stage) -> Name | None:
    """The member a clause is about: the first it names, else the one a pronoun stands for."""
    names = names_in(stage.line, stage.film)
    return names[0] if names else pronoun_in(stage.line, stage.film, stage.memory)


def spoken_of(stage: Stage) -> CastMember | None:
    """The member last spoken of, when it is plain who that is."""
    known = [m for c in stage.memory.cast if (m := stage.film.member(c))]
    return known[0] if known else stage.film.cast[0] if len(stage.film.cast) == 1 else None


def thing_in(
    stage: Stage, match: re.Match[str], group: str, *, ends: frozenset[str] | set[str] = frozenset(ENDS)
) -> tuple[Thing | None, str]:
    """The thing a group of a match on the line names, and the words after it."""
    start, end = match.span(group)
    if TAKEN in match[group]:
        end = start + match[group].index(TAKEN)
    typed = re.sub(r"^(?:one more|an extra|one extra|a second)\b", "another", stage.line.typed(start, end), flags=re.I)
    parts = tokens(stage.line.masked.bare(typed))
    stop = next((i for i, w in enumerate(parts) if i and w.lower() in ends), len(parts))
    return read_thing(parts[:stop]), " ".join(parts[stop:])


def with_trait(who: CastMember, *, colour: str = "", trait: str = "") -> ChangeCast:
    """One more trait, a new colour, or both."""
    parts = [part for part in (who.description, trait.strip()) if part]
    return ChangeCast(
        cast_id=who.id, colour=colour or None, description=cut(", ".join(parts), 200) if trait.strip() else None
    )


def said_in(stage: Stage, match: re.Match[str], group: str) -> str:
    """What was typed for a group of a match, without what was read already."""
    start, end = match.span(group)
    if TAKEN in match[group]:
        end = start + match[group].index(TAKEN)
    typed = stage.line.typed(start, end)
    return re.sub(
        r"(?:[\s,.!]+(?:too|instead|please|as well|though|then|also))+$|[\s,.!]+$", "", stage.line.masked.bare(typed)
    )


SMALL_TALK: Final = frozenset(
    """make let have be is are was should could can must would the a an it this that to in into paint colour color
    turn change like want please instead really actually rather i you my me we nicer better though then now also
    too as well just and or so of for with all more much very bit little put get wear do did not no one ok fine
    sorry meant mean wait btw by way maybe perhaps say said had might ought needs need look looks again""".split()
)


WEATHERISH: Final = frozenset("rain snow fog wind sun sunshine storm night day dawn dusk".split())


def adjective(word: str) -> bool:
    """Whether a word looks like an adjective."""
    return compared_base(word) is not None or bool(
        re.fullmatch(r"[a-z]+(?:y|ful|less|ous|ish|ed|al|ic|ive)", word) and word not in VERB_FORMS and len(word) > 4
    )


def compared_base(word: str) -> str | None:
    """The adjective a comparative comes from: "old" of "older"; None for any other word."""
    if not word.endswith("er") or len(word) < 5:
        return None
    return next((w for w in (word[:-2], word[:-3], word[:-1], f"{word[:-3]}y") if w in ADJECTIVES), None)
