"""The words looks are made of: noun phrases, garments, parts of bodies and things, ages."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from cutaway.conversation.keywords.editing.cast_words import GARMENTS, NOT_CAST
from cutaway.conversation.keywords.lexicon import can_be, is_only, senses
from cutaway.conversation.keywords.phrases import known_subject, noun_of, singular
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    COLOURS,
    DETERMINERS,
    NUMBERS,
    ORDINALS,
    PLACES,
    SHADES,
    TIMES,
    VERB_FORMS,
    WEATHERS,
)

WORN: Final = GARMENTS | frozenset(
    """vest waistcoat hi-vis wellies wellingtons boots gumboots trainers slippers clogs heels stilettos sandals
    flip-flops dungarees overalls boilersuit jumpsuit onesie nightie nightgown dressing-gown bathrobe leotard blazer
    cardigan pullover polo tank-top top blouse tunic kilt sarong poncho shawl stole cravat cummerbund bowler beanie
    bonnet sunhat headband hairband bandana bandanna hood hoodies goggles spectacles specs shades monocle earrings
    earring necklace bracelet brooch badge medal medals ring rings watch belt braces suspenders sash lanyard bag
    handbag rucksack satchel purse umbrella parasol cane stick staff walking-stick wand sword shield spear bow quiver
    crown tiara halo wreath garland bib nappy harness saddle bridle collar bell lead leash tag patch eyepatch mask
    snorkel flippers fins lifejacket headset headphones earphones headlamp torch lantern wings moustache goatee
    sideburns stubble bun plaits plait pigtails ponytail pony-tail fringe curls dreadlocks mohawk perm braid
    freckles dimples wrinkles scar scars tattoo tattoos piercing make-up makeup lipstick eyeliner nail-varnish dentures
    braces glasses bandage plaster cast crutches jersey kit strip shinpads gloves mittens muffler earmuffs socks tights
    stockings knickers underpants trunks wetsuit spacesuit space-suit armour chainmail visor toga turban fez sombrero
    gown tuxedo tux dinner-jacket bowtie bow-tie neckerchief handkerchief hairnet uniform scrubs lab-coat jacket
    jackets
    anorak parka mac raincoat oilskins fleece windbreaker gilet bodywarmer""".split()
)
BODY: Final = frozenset(
    """hair eye eyes fur nose nostrils ear ears tail beard moustache mane horn horns wing wings skin face lips lip nails
    claws paw paws tooth teeth tusk tusks trunk feather feathers beak whiskers cheek cheeks chin brow eyebrows lashes
    eyelashes forehead neck shoulder shoulders hand hands finger fingers foot feet leg legs arm arms knee knees belly
    tummy back coat hide spots stripes scales shell fin fins hump hooves head""".split()
)
PARTS: Final = frozenset(
    """hull sail sails mast deck wheel wheels door doors window windows roof bonnet bumper chimney shutters walls wall
    paintwork paint bodywork body handle lid cap cork label stalk stem petals petal leaves leaf crust icing cover spine
    screen frame lens strap laces sole soles headlights headlamps lights tyres tires hubcaps spokes saddle handlebars
    flag funnel cab trailer blade blades rotor lampshade shade base buttons button collar sleeve sleeves
    brim""".split()
)
SURFACE: Final = frozenset("hull paint paintwork bodywork body coat fur feathers plumage skin shell walls hide".split())
_PRONOUNS: Final = frozenset("it he she they i we you him them me us".split())
_ARTICLES: Final = frozenset("a an the his her its their my our that this".split())
_NO_START: Final = frozenset("all of with in on at and around over under pinned up down to from by for".split())
NOT_HAD: Final = frozenset(
    """fun bath rest nap drink bite look go chance problem point idea right place time job effect feeling mood energy
    presence wait bit lot way walk swim run ride turn try break picnic party chat row fight dream role part word friend
    companion colleague reason need point work something anything nothing everything call hand hug kiss lift talk think
    try shot say voice life future past clue""".split()
)
_SMALL: Final = DETERMINERS | frozenset(
    "all like of with in on at and his her its their round around over under pinned up".split()
)
_AGE: Final = re.compile(
    r"^(?:(?:about|around|roughly|maybe|at least|nearly|almost|over|under|only)\s+)*(?:[a-z]+"
    r"|\d{1,3})(?:[- ][a-z]+)?\s+"
    r"(?:years?|months?|weeks?)[- ]old$|^in (?:his|her|their) (?:early |late |mid )?(?:teens|twenties|thirties|forties"
    r"|fifties|sixties|seventies|eighties|nineties)$|^(?:middle[- ]aged|elderly|teenaged?|a teenager|a pensioner"
    r"|grown up)$"
)


def is_age(words: str) -> bool:
    """Whether words tell how old somebody is."""
    return bool(_AGE.match(words.strip()))


def is_comparative(word: str) -> bool:
    """Whether a word is the comparative of an adjective: "darker", "bigger"."""
    return word.endswith("er") and senses(word).get("ADJ", word) != word


def is_trait(word: str) -> bool:
    """Whether one word can say how somebody looks: an adjective or a comparative, no adverb."""
    if word in ADJECTIVES or word in COLOURS or is_comparative(word):
        return True
    return can_be(word, "ADJ") and not is_only(word, "ADV") and word not in NOT_CAST and word not in TIMES


def noun_phrase(words: str) -> str:
    """The head noun of words that are nothing but one noun phrase, '' for others."""
    said = re.findall(r"[a-z]+(?:['-][a-z]+)*|\d+|⟪\d+⟫", words.lower())
    if "than" in said:
        said = said[: max(1, said.index("than") - 1)]  # "whiskers longer than his tail"
    if not said or len(said) > 9 or said[0] in _NO_START:
        return ""
    if set(said) & _PRONOUNS or any(word in _ARTICLES and before not in _SMALL for before, word in pairwise(said)):
        return ""  # "the wizard needs a hat": a clause
    if len(said) > 1 and said[0] in VERB_FORMS and VERB_FORMS[said[0]][1] == "base" and said[1] in DETERMINERS:
        return ""
    for word in said:
        if word in _SMALL or word in NUMBERS or word in COLOURS or word in ADJECTIVES or word in SHADES:
            continue
        if word in ORDINALS or word in TIMES or word in WEATHERS:
            return ""
        bare = word.removesuffix("'s")
        if "-" in bare or bare in WORN | BODY | PARTS or not senses(bare):
            continue
        if not (can_be(bare, "NOUN") or can_be(bare, "ADJ") or bare.endswith(("ed", "en"))):
            return ""
    first = next((n for n, word in enumerate(said) if n and _ends(word, said[n - 1])), len(said))
    head = noun_of(said[:first]) if first else ""
    head = head.removesuffix("'s")
    if not head or head in _SMALL or head in ADJECTIVES | COLOURS - WORN or head in NOT_CAST or head.isdigit():
        return ""
    return head if not senses(head) or can_be(head, "NOUN") else ""


def _ends(word: str, before: str) -> bool:
    """Whether a word begins what is said after the noun: "a watch | pinned on", "a gap | in her teeth"."""
    if word in {"of", "with", "in", "on", "round", "around", "over", "under", "at", "all", "like"}:
        return True
    return (
        word.endswith("ed") and before not in _SMALL and before not in ADJECTIVES | COLOURS and can_be(before, "NOUN")
    )


def is_look(words: str) -> bool:
    """Whether a bare noun phrase is something worn or a part of somebody: "denim jacket", "white paws"."""
    head = noun_phrase(words)
    return bool(head) and (_among(head, WORN) or _among(head, BODY))


def may_be_had(words: str) -> bool:
    """Whether a noun phrase can follow "has": nobody, no place, no word of the film itself."""
    if re.match(r"(?:our|my|your)\b", words):
        return False
    head = noun_phrase(words)
    first = words.split()[0].lower() if words.split() else ""
    on_body = re.search(r"\b(?:his|her|its|their|the) ([a-z]+)$", words.lower())
    if (
        not is_look(words)
        and not (on_body and on_body[1] in BODY)
        and not (first in DETERMINERS or first in NUMBERS or first in COLOURS or first in ADJECTIVES or first.isdigit())
    ):
        return False
    if not head or head in PLACES | NOT_HAD or (known_subject(head) and head not in WORN | BODY):
        return False
    return head not in WEATHERS and head not in TIMES


def _among(head: str, words: frozenset[str]) -> bool:
    return head in words or singular(head) in words or head.rpartition("-")[2] in words
