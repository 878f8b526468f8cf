"""Words typed in a hurry, mended against the words an edit is made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.editing.sounds import sounds_like
from cutaway.conversation.keywords.lexicon import can_be, is_word
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    ADVERBS,
    COLOURS,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    NUMBERS,
    ORDINALS,
    PLACES,
    PREPOSITIONS,
    SUBJECTS,
    THINGS,
    TIMES,
    VERB_FORMS,
    WEATHER_ADJECTIVES,
    WEATHERS,
)

SHORT: Final[Mapping[str, str]] = {
    "nite": "night",
    "n": "and",
    "em": "them",
    "tho": "though",
    "pls": "please",
    "plz": "please",
    "u": "you",
    "ur": "your",
    "teh": "the",
    "hte": "the",
    "thx": "thanks",
    "k": "ok",
    "btw": "",
    "vid": "video",
    "sec": "second",
    "secs": "seconds",
    "slomo": "slow motion",
    "slowmo": "slow motion",
    "bw": "black and white",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "isnt": "is not",
    "arent": "are not",
    "wasnt": "was not",
    "cant": "can not",
    "cannot": "can not",
    "wont": "will not",
    "shouldnt": "should not",
    "wouldnt": "would not",
    "wud": "would",
    "shud": "should",
    "cud": "could",
    "wld": "would",
    "shd": "should",
    "cld": "could",
    "wiv": "with",
    "tooo": "too",
    "reely": "really",
    "realy": "really",
    "frend": "friend",
    "frends": "friends",
    "sord": "sword",
    "becos": "because",
    "wos": "was",
    "luk": "look",
    "littel": "little",
    "beutiful": "beautiful",
    "hasnt": "has not",
    "havent": "have not",
    "couldnt": "could not",
    "thats": "that is",
    "theres": "there is",
    "hes": "he is",
    "shes": "she is",
    "theyre": "they are",
    "whats": "what is",
    "lets": "let us",
    "ive": "i have",
    "im": "i am",
    "id": "i would",
    "gimme": "give me",
    "lemme": "let me",
    "wanna": "want to",
    "gonna": "going to",
    "alot": "a lot",
    "abit": "a bit",
    "frist": "first",
    "fone": "phone",
    "wit": "with",
    "grey": "grey",
    "colors": "colours",
    "color": "colour",
    "musik": "music",
    "lowder": "louder",
    "kinda": "",
    "sorta": "",
    "cuz": "because",
    "coz": "because",
    "ad": "add",
    "mak": "make",
    "mkae": "make",
    "w/o": "without",
    "ok": "ok",
    "okay": "ok",
}
"""What people write for short, and misspellings too short to be told apart by their letters."""

TARGETS: Final = frozenset(
    """first second third fourth fifth last middle opening closing final shot shots scene scenes clip night dawn
    dusk sunset sunrise evening morning snow snowy rain rainy fog foggy storm stormy windy weather camera zoom
    slower faster shorter longer seconds speed double half vertical square landscape portrait widescreen
    horizontal delete remove replace change caption title subtitle music sound louder quieter volume mute silent
    beginning brighter darker warmer cooler colour colours black white yellow purple orange green brown style
    neon blueprint chalkboard paper transition crossfade between everywhere without instead lighting duplicate
    unlock resolution playful dreamy upbeat happy motion lightning thunder actually make should would could
    label captions titles please background setting move video film another""".split()
)
COMMON: Final = frozenset(
    """a able about above after again all almost along already also always am an any are around as at away back bad
    be because been before began being best better between bird birds bit both bring but by came can car cars
    care case chance chase check child city clean clear close cold come cool copy corner cut day did does doing
    done down each early easy else end enough even ever every everyone exactly eyes face fact fair far feel few
    fight find fine fire five flat floor four free from full fun gave get girl give glass go goes going gone
    good got great had hair half hand hands has have he head hear height her here high him his hold home hot how
    huge i if in inch into is it just keep kept kind know large late later least leave left legal less let light
    like line little live long look loose lose lot love made main make many may maybe mean meant mind mine mood
    more most much must my name near need never new next nice no none nor not note nothing now of off often old
    on once one only onto open or other our out over own page pair part past people place plain play point quite
    rain rather read real rest right rise road room round row said same saw say says see seen set she show side
    sight since six size slow small so some soon sort sound space stage start stay steam step still stop story
    string such sure take taken talk ten text than that the their them then there these they thing things think
    this those three through tight time to today told too took top toward town trim true try turn two under
    until up upon us use used very wait walk want was water way we well went were wet what when where which
    while who whole why wide wild will wind wish with word words work world would wrong year years yes yet you
    your quarter quarters spelled spelt spelling spells speaks speak spoken written wrote letter slides slide
    smile smiles music noisy busy bust lost loud cloud clouds sounds pound pounds found ground bright fright
    flight brings wing strange change changed changes range orange arrange danger stranger manner banner former
    farmer warmer matter bitter paper pepper copper proper upper lower power tower flower shower flour hour tour
    dancer cancer answer center centre enter winter printer pointer painter counter hunter gather father mother
    brother another weather feather leather either neither together clever fever river silver cover discover
    lover dover mover saver paver title battle bottle settle cattle rattle kettle table cable stable fable
    double trouble bubble puddle middle muddle season reason person lesson poison prison frozen dozen golden
    garden wooden hidden sudden second seconds moment comment cement pretty dirty thirty thirsty empty party
    plenty twenty ninety sixty fifty forty eighty seventy hundred thousand market basket ticket pocket rocket
    jacket racket bucket blanket cricket crickets target budget gadget widget animals animal normal formal final
    finale signal metal medal pedal petal royal loyal local vocal total shape shade shake shame share shared
    shark sharp sheet shelf shell shift shine shirt shock shore shown sheep sheer scare scared scarf scary scene
    scent score scout screen script scroll scrub fades faded fader faces facing fancy faint faith false fault
    favour frame frames framed might eight fort form fist list cast vast fast post host dust rust gust chose
    choose spot spots shop shoe shoes shout snob knob stock block song songs tone tones tune tunes noise noises
    beat beats voice letters logo number numbers price prices tag card cards label labels names month week
    minute minutes""".split()
)
_MAX_CHARS: Final = 14


def known_words() -> frozenset[str]:
    """Every word that is left as it is."""
    return frozenset(
        COMMON
        | TARGETS
        | FILLERS
        | DETERMINERS
        | CONJUNCTIONS
        | PREPOSITIONS
        | ADVERBS
        | COLOURS
        | ADJECTIVES
        | PLACES
        | SUBJECTS
        | THINGS
        | set(NUMBERS)
        | set(ORDINALS)
        | set(VERB_FORMS)
        | set(WEATHERS)
        | set(WEATHER_ADJECTIVES)
        | set(TIMES)
    )


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return known_words()


def is_known(word: str) -> bool:
    """Whether a word in lower case is one that is left as it is."""
    return word in _known()


@lru_cache(maxsize=1)
def _by_start() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(TARGETS):
        found.setdefault(word[0], []).append(word)
    return {start: tuple(words) for start, words in found.items()}


def mended(word: str, own: Collection[str] = ()) -> str:
    """The word, spelled as an edit needs it; one that is known, or belongs to the film (`own`), stays as it is."""
    if word in SHORT:
        return SHORT[word]
    if len(word) == 3 and own and (full := _cut_short(word, own)):
        return full
    if len(word) < 4 or len(word) > _MAX_CHARS or not word.isalpha() or word in own:
        return word
    if not own:
        return _mended(word)
    slip = next((one for one in own if _slips(word, one)), None)
    return slip or _by_ear(word, own) or _mended(word)


def _cut_short(word: str, own: Collection[str]) -> str:
    """The one word of the film that this is the beginning of, "ref" for referee; '' where it is a word itself."""
    if word in own or word in _known() or can_be(word, "NOUN") or can_be(word, "ADJ"):
        return ""
    found = [one for one in own if one.startswith(word) and len(one) > 5]
    return found[0] if len(found) == 1 else ""


def _by_ear(word: str, own: Collection[str]) -> str:
    """The one word of the film that sounds as this is spelled, '' where none or several do."""
    if word in _known() or is_word(word):
        return ""
    found = [one for one in own if one.isalpha() and sounds_like(word, one)]
    return found[0] if len(found) == 1 else ""


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    known = _known()
    if word in known or any(word.removesuffix(end) in known for end in ("s", "es", "ed", "d", "ing", "er", "ly", "y")):
        return word
    if is_word(word):
        return word  # "fatter" is no slip of "faster"
    limit = 1 if len(word) < 8 else 2
    near = [(distance(word, target, limit), target) for target in _by_start().get(word[0], ())]
    best = min((one for one in near if one[0] <= limit), default=None)
    if best is None or sum(one[0] == best[0] for one in near) > 1:
        return word
    return best[1]


def _slips(word: str, name: str) -> bool:
    """Whether a word is a name of the film with one slip of the keys."""
    return (
        len(name) > 4
        and name.isalpha()
        and word[0] == name[0]
        and word not in _known()
        and not is_word(word)
        and (distance(word, name, 1) == 1)
        and not (word.startswith(name) or name.startswith(word))
    )


def distance(a: str, b: str, limit: int) -> int:
    """Letters to change, add, drop or swap to get from `a` to `b`; more than `limit` is `limit + 1`."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row = row, [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > limit:
            return limit + 1
    return row[-1] if row[-1] <= limit else limit + 1
