"""Honest names: which words a drawing answers to without a word of explanation, and what it is called when it must."""

from __future__ import annotations

from typing import Final

from cutaway_providers.sketch.words import SETTING_WORDS, SUBJECT_WORDS, known_as, spelled, words_of

# Drawings that are not listed answer to every word that finds them: people and children are dressed by their words.
HONEST_SUBJECTS: Final[dict[str, str]] = {
    "wolf": "wolf wolves",
    "dog": "dog puppy hound",
    "lion": "lion lioness tiger tigress leopard cheetah jaguar",
    "elephant": "elephant",
    "deer": "deer stag doe fawn elk reindeer",
    "horse": "horse pony mare stallion foal colt unicorn",
    "cow": "cow bull ox oxen calf cattle heifer",
    "sheep": "sheep lamb ewe",
    "mouse": "mouse mice",
    "frog": "frog",
    "bird": "bird bluebird",
    "eagle": "eagle hawk falcon",
    "duck": "duck duckling mallard drake",
    "swan": "swan",
    "fish": "fish goldfish clownfish",
    "whale": "whale",
    "dolphin": "dolphin",
    "octopus": "octopus octopuses kraken",
    "butterfly": "butterfly",
    "bee": "bee bumblebee honeybee",
    "dragon": "dragon",
    "robot": "robot android droid automaton bot",
    "car": "car automobile sedan taxi cab coupe hatchback vehicle",
    "truck": "truck lorry firetruck ambulance engine",
    "train": "train locomotive tram metro monorail streetcar engine",
    "tractor": "tractor",
    "bicycle": "bicycle bike cycle velocipede",
    "aeroplane": "aeroplane airplane plane jet airliner biplane aircraft",
    "helicopter": "helicopter chopper",
    "hot air balloon": "balloon",
    "rocket": "rocket spaceship spacecraft starship spacerocket ship",
    "ship": "ship steamer steamship liner ferry",
    "sailboat": "sailboat sailing yacht sloop sail boat",
    "boat": "boat rowboat rowing dinghy skiff vessel",
    "castle": "castle",
    "windmill": "windmill",
    "church": "church chapel",
    "skyscraper": "skyscraper highrise",
    "lantern": "lantern lamp",
    "bottle": "bottle wine perfume serum shampoo lotion soda juice",
    "box": "box parcel package carton present gift",
    "house": "house cottage home",
    "phone": "phone smartphone cellphone mobile",
    "laptop": "laptop",
    "headphones": "headphones headphone headset",
    "shoe": "shoe sneaker trainer trainers boot",
    "umbrella": "umbrella",
    "book": "book",
    "chair": "chair armchair",
    "guitar": "guitar",
    "flower": "flower rose tulip sunflower",
}

HONEST_SETTINGS: Final[dict[str, str]] = {
    "stairs": "stairs stair staircase stairway steps",
    "studio": "studio table tabletop desk counter",
    "kitchen": "kitchen bakery cafe café",
    "office": "office workplace cubicle",
    "station": "station railway platform trainstation",
    "castle": "castle fortress citadel",
    "farm": "farm farmland barn farmyard ranch",
    "snowfield": "snowfield tundra arctic antarctica antarctic winter snowy ice",
    "space": "space moon galaxy cosmos lunar stars",
    "room": "room interior indoors inside house home apartment living",
    "city": "city town downtown skyline urban metropolis neon skyscrapers skyscraper",
    "sea": "sea ocean waves water",
    "lake": "lake pond lagoon lakeside shoreline",
    "beach": "beach shore coast seaside sandbank coastline",
    "desert": "desert dunes dune sahara",
    "mountains": "mountain mountains ridge peak peaks summit alps alpine slope pass",
    "forest": "forest pine pines woods wood woodland grove trees taiga",
    "meadow": (
        "meadow field fields lawn grass grassland hill hills countryside prairie pasture outdoors nature path trail"
    ),
}

SPOKEN_SUBJECTS: Final = {
    "sailboat": "a sailing boat",
    "boat": "a rowing boat",
    "headphones": "headphones",
    "elephant": "an elephant",
    "eagle": "an eagle",
    "owl": "an owl",
    "octopus": "an octopus",
    "aeroplane": "an aeroplane",
    "umbrella": "an umbrella",
}
SPOKEN_SETTINGS: Final = {
    "stairs": "tower stairs",
    "studio": "a studio table",
    "city": "a city",
    "office": "an office",
    "station": "a railway station",
    "snowfield": "a field of snow",
    "space": "space",
    "underwater": "the sea bed",
    "sea": "the sea",
    "beach": "a shore",
    "mountains": "mountains",
}
# Kinds that say nothing yet, so a drawing found by the name or the description answers to them.
VAGUE_KINDS: Final = frozenset(
    "animal character creature figure hero lead object pet protagonist someone thing".split()
)


def subject_note(kind: str, subject: str, word: str) -> str:
    """One sentence when `subject` is not an honest drawing of this kind, else nothing.

    `word` is the word the drawing was found by: in the kind, or, when the kind names nothing known, elsewhere.
    """
    words = words_of(kind)
    known = spelled(SUBJECT_WORDS)
    if words and not VAGUE_KINDS & set(words) and not any(known_as(known, w) for w in words):
        return f"I drew the {' '.join(words)[:60]} as {spoken_subject(subject)}."
    honest = spelled({subject: HONEST_SUBJECTS.get(subject, SUBJECT_WORDS.get(subject, ""))})
    if any(known_as(honest, w) for w in (word, *words)):
        return ""
    return f"I drew the {word} as {spoken_subject(subject)}."


def setting_note(words: list[str], setting: str, word: str) -> str:
    """One sentence when the backdrop `setting`, found by `word`, is honest for none of these words, else nothing."""
    honest = spelled({setting: HONEST_SETTINGS.get(setting, SETTING_WORDS[setting])})
    if any(known_as(honest, w) for w in words):
        return ""
    return f"I drew the {word} as {spoken_setting(setting)}."


def spoken_subject(subject: str) -> str:
    """The drawing as a sentence calls it: a bird, a sailing boat."""
    return SPOKEN_SUBJECTS.get(subject, f"a {subject}")


def spoken_setting(setting: str) -> str:
    """The backdrop as a sentence calls it: a meadow, the sea."""
    return SPOKEN_SETTINGS.get(setting, f"a {setting}")
