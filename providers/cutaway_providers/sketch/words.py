"""Words and what they name: subjects, settings, deeds. English; the first match in reading order wins."""

from __future__ import annotations

import re
from typing import Final

SUBJECT_WORDS: Final[dict[str, str]] = {
    "fox": "fox vixen",
    "wolf": "wolf wolves werewolf coyote jackal",
    "dog": "dog puppy hound labrador terrier spaniel collie poodle retriever beagle dachshund husky",
    "cat": "cat kitten kitty tabby tomcat",
    "lion": "lion lioness tiger tigress leopard cheetah jaguar panther puma cougar lynx",
    "bear": "bear grizzly panda",
    "elephant": "elephant mammoth",
    "deer": "deer stag doe fawn elk reindeer moose antelope gazelle",
    "horse": "horse pony mare stallion foal colt unicorn donkey mule",
    "cow": "cow bull ox oxen calf cattle heifer bison buffalo yak",
    "sheep": "sheep lamb ewe ram",
    "pig": "pig piglet hog",
    "rabbit": "rabbit bunny hare",
    "mouse": "mouse mice rat hamster gerbil",
    "frog": "frog toad",
    "turtle": "turtle tortoise",
    "bird": "bird robin sparrow crow raven gull seagull pigeon dove swallow finch starling bluebird",
    "eagle": "eagle hawk falcon buzzard vulture condor",
    "owl": "owl owlet",
    "penguin": "penguin",
    "duck": "duck duckling mallard drake goose geese",
    "swan": "swan cygnet",
    "fish": "fish goldfish clownfish trout salmon tuna carp koi",
    "shark": "shark",
    "whale": "whale orca",
    "dolphin": "dolphin porpoise",
    "octopus": "octopus octopuses kraken",
    "butterfly": "butterfly moth",
    "bee": "bee bumblebee honeybee wasp hornet",
    "dragon": "dragon wyvern",
    "child": "child children boy girl kid toddler schoolboy schoolgirl son daughter pupil baby",
    "person": (
        "person man men woman women lady gentleman guy keeper lighthousekeeper human people sailor fisherman fisher "
        "captain chef cook baker barista astronaut cosmonaut worker builder engineer miner electrician "
        "plumber doctor nurse scientist chemist teacher student farmer gardener cowboy explorer ranger hiker "
        "traveller traveler wizard witch king queen princess prince knight dancer singer musician artist "
        "painter writer mother father grandmother grandfather hero heroine courier cyclist driver runner "
        "athlete mechanic waiter waitress host customer merchant shopkeeper potter carpenter tailor monk "
        "detective officer soldier pilot friend neighbour neighbor couple villager designer "
        "founder climber skier swimmer guard postman photographer actor actress sister brother pharmacist "
        "firefighter fireman police policeman policewoman cop sheriff surgeon vet dentist professor inventor shepherd "
        "cowgirl magician sorcerer sorceress mage warrior pirate viking emperor empress ballerina guitarist bard "
        "violinist conductor pianist businessman businesswoman manager boss banker lawyer executive salesman "
        "librarian spy chauffeur superhero santa ninja footballer player tourist grandma grandpa granny grandad "
        "wife husband aunt uncle bride groom nun judge thief burglar villain hunter juggler acrobat mayor president "
        "priest smith blacksmith beggar giant gambler "
        "surfer skater snowboarder lifeguard vendor seller coach instructor referee goalkeeper goalie striker bowler "
        "batsman drummer rapper dj busker choir band orchestra crowd audience team crew squad family parents "
        "grandparents twins guests fans passengers newlyweds siblings spectators class bridesmaid groomsman "
        "receptionist accountant secretary programmer developer coder gamer student-nurse midwife paramedic therapist "
        "psychologist physiotherapist optician butcher fishmonger grocer florist hairdresser barber stylist "
        "beekeeper winemaker brewer bartender barman barmaid sommelier cashier clerk client buyer patient passenger "
        "pedestrian commuter neighbour tenant landlord landlady realtor agent broker trader investor speaker "
        "presenter reporter journalist anchor interviewer author poet playwright director cameraman editor producer "
        "choreographer cellist trumpeter saxophonist flautist harpist opera-singer clown magicians mime stuntman "
        "wrestler boxer fencer archer gymnast swimmer rower sprinter jogger trekker mountaineer camper backpacker "
        "angler trucker carter biker motorcyclist rider jockey sailorman admiral soldierwoman general captain "
        "spaceman spacewoman cosmonauts archaeologist biologist physicist astronomer geologist mathematician "
        "historian philosopher lecturer tutor caretaker janitor cleaner housekeeper butler maid nanny babysitter "
        "grandson granddaughter niece nephew cousin mum mom mummy mommy dad daddy papa nana gran stepmother "
        "stepfather godmother bachelor widow stranger hermit pilgrim nomad refugee volunteer activist campaigner "
        "politician minister senator ambassador diplomat mermaid elf dwarf fairy gnome ghost vampire zombie"
    ),
    "robot": "robot android droid automaton bot machine",
    "car": "car automobile sedan taxi cab coupe hatchback van jeep vehicle roadster limousine",
    "truck": "truck lorry firetruck ambulance pickup",
    "bus": "bus coach minibus",
    "train": "train locomotive tram metro subway railway streetcar monorail",
    "tractor": "tractor harvester",
    "motorcycle": "motorcycle motorbike moped scooter vespa",
    "bicycle": "bicycle bike cycle velocipede tandem",
    "aeroplane": "aeroplane airplane plane jet airliner biplane glider aircraft seaplane",
    "helicopter": "helicopter chopper drone",
    "hot air balloon": "airship zeppelin blimp",
    "rocket": "rocket spaceship spacecraft starship shuttle spacerocket",
    "flying saucer": "ufo saucer",
    "ship": "ship steamer steamship liner ferry freighter tanker trawler tugboat",
    "sailboat": "sailboat sailing yacht schooner sloop catamaran sail galleon",
    "boat": "boat rowboat rowing dinghy canoe kayak skiff raft vessel gondola",
    "lighthouse": "lighthouse beacon",
    "house": "house cottage cabin hut home barn",
    "castle": "castle palace fortress citadel",
    "windmill": "windmill mill",
    "church": "church chapel cathedral steeple",
    "skyscraper": "skyscraper tower highrise",
    "lantern": "lantern lamp candle torch oil-lamp",
    "mug": "mug cup teacup coffee tea espresso cocoa",
    "bottle": "bottle flask thermos wine perfume serum vial shampoo lotion soda juice",
    "box": "box parcel package carton crate present gift chest product gadget device",
    "phone": "phone smartphone cellphone telephone mobile tablet",
    "laptop": "laptop computer",
    "camera": "camera",
    "watch": "watch smartwatch wristwatch",
    "headphones": "headphones headphone headset earphones earbuds",
    "shoe": "shoe sneaker trainer trainers boot sandal",
    "backpack": "backpack rucksack schoolbag knapsack",
    "umbrella": "umbrella parasol brolly",
    "ball": "ball football basketball",
    "balloon": "balloon",
    "book": "book novel notebook diary",
    "cake": "cake gateau",
    "burger": "burger hamburger cheeseburger",
    "pizza": "pizza",
    "teapot": "teapot",
    "kettle": "kettle",
    "chair": "chair armchair stool throne",
    "guitar": "guitar ukulele violin cello lute",
    "flower": "flower rose tulip sunflower daisy peony blossom",
    "tree": "tree oak fir spruce palm maple birch willow",
}

PHRASES: Final[dict[str, str]] = {
    "hot air balloon": "hot air balloon", "fire engine": "truck", "fire truck": "truck", "space shuttle": "rocket",
    "space ship": "rocket", "flying saucer": "flying saucer", "tall ship": "sailboat", "pirate ship": "sailboat",
    "sailing ship": "sailboat", "sailing boat": "sailboat", "sail boat": "sailboat", "steam engine": "train",
    "police officer": "person", "police car": "car", "beach ball": "ball", "rubber duck": "duck",
    "hot dog": "card", "teddy bear": "card", "sea lion": "card", "sea horse": "card", "guinea pig": "card",
    "computer mouse": "card", "rocking horse": "card", "carousel horse": "card", "jelly fish": "card",
    "cow boy": "person", "soap box": "card", "tea cup": "mug", "coffee maker": "card", "ice cream": "card",
    "fire extinguisher": "card",
}  # fmt: skip
"""Two or three words that together name something else than their last noun; `card` has no drawing of its own."""

AMBIGUOUS: Final = frozenset("watch book duck bear fish sail palm box cook guard host fly conductor drake".split())
"""Words that in running text are as often a deed as a thing; a noun must stand before or an article."""

SETTING_WORDS: Final[dict[str, str]] = {
    "stairs": "stairs stair staircase stairway tower steps belfry spire",
    "studio": "studio table tabletop desk counter pedestal display shelf plinth",
    "kitchen": "kitchen bakery cafe café restaurant pantry galley diner bistro canteen",
    "office": (
        "office classroom laboratory lab hospital workplace cubicle boardroom newsroom clinic practice surgery ward "
        "pharmacy bank reception school university"
    ),
    "room": (
        "room interior indoors inside house home bedroom library shop hall hotel apartment living "
        "workshop cabin museum store cathedral church chapel temple mosque synagogue abbey monastery theatre theater "
        "cinema ballroom stage auditorium courtroom gym gymnasium attic basement cellar garage corridor hallway lobby "
        "lounge parlour parlor studio-flat bathroom nursery salon barbershop boutique bookshop pub bar tavern inn cell "
        "dungeon gallery factory warehouse hangar backstage"
    ),
    "station": "station railway platform trainstation metro subway",
    "street": "street avenue alley boulevard sidewalk pavement lane",
    "city": ("city town downtown skyline urban metropolis rooftop plaza square neon bridge skyscrapers skyscraper"),
    "market": "market bazaar fair marketplace",
    "castle": "castle fortress palace citadel medieval ruins ruin",
    "village": "village hamlet villages",
    "farm": "farm farmland barn farmyard ranch vineyard",
    "road": "road highway motorway freeway asphalt roadside",
    "snowfield": "snowfield tundra arctic antarctica antarctic winter iceberg glacier ice snowy",
    "space": "space moon galaxy cosmos planet asteroid lunar stars",
    "underwater": "underwater seabed reef undersea seafloor aquarium coral depths",
    "sea": "sea ocean waves bay water",
    "harbour": "harbour harbor port dock docks pier quay marina wharf jetty",
    "lake": "lake river pond lagoon fjord lakeside riverside riverbank shoreline canal",
    "beach": "beach shore coast seaside island sandbank cliff cliffs coastline lighthouse headland",
    "desert": "desert dunes dune sahara canyon mesa savanna savannah mars",
    "mountains": ("mountain mountains ridge peak peaks summit alps alpine hilltop cliffside slope valley pass volcano"),
    "forest": "forest pine pines woods wood woodland jungle grove trees taiga orchard rainforest",
    "camp": "camp campsite campfire tent bonfire",
    "meadow": (
        "meadow field fields countryside park garden lawn grass grassland hill hills prairie pasture yard "
        "playground outdoors nature path trail"
    ),
}

DEED_WORDS: Final[dict[str, str]] = {
    "climb": "climb climbs climbing climbed ascend ascending scales scale clambers hikes hiking",
    "row": "row rows rowing paddle paddles paddling",
    "sail": "sail sails sailing drift drifts drifting float floats floating cruises cruise",
    "swim": "swim swims swimming",
    "fly": "fly flies flying soar soars soaring glide glides gliding hover hovers flutter flutters flaps takes-off",
    "drive": "drive drives driving races",
    "ride": "ride rides riding cycle cycles cycling pedal pedals pedaling pedalling bike bikes biking",
    "run": (
        "run runs running sprint sprints jog jogs jogging dash dashes chase chases chasing race gallop "
        "gallops hurries hurry rushes bolts"
    ),
    "jump": "jump jumps jumping leap leaps leaping hop hops hopping bounce bounces bouncing",
    "dance": "dance dances dancing waltzes twirls",
    "talk": (
        "talk talks talking speak speaks speaking chat chats chatting say says tell tells telling sing sings singing "
        "argue argues whisper whispers discuss discusses laugh laughs"
    ),
    "give": "give gives giving gave offer offers offering hand hands present presents deliver delivers",
    "fall": "fall falls falling fell drop drops dropping tumble tumbles plummets sinks",
    "rise": "rise rises rising rose ascends launch launches launching blast blasts lift lifts lifting emerges",
    "stop": "stop stops stopping stopped halt halts brake brakes",
    "sit": "sit sits sitting seated rest rests resting sleep sleeps sleeping reads reading fishes fishing",
    "wave": "wave waves waving greet greets greeting throw throws throwing toss tosses tossing",
    "eat": (
        "eat eats eating drink drinks drinking sip sips sipping bite bites biting taste tastes tasting nibble nibbles "
        "nibbling chew chews chewing lick licks licking munches munching slurps gulps"
    ),
    "work": (
        "work works working knead kneads kneading cook cooks cooking bake bakes baking stir stirs stirring chop chops "
        "chopping cut cuts cutting paint paints painting draw draws drawing write writes writing type types typing "
        "build builds building repair repairs repairing fix fixes fixing clean cleans cleaning wash washes washing "
        "sweep sweeps sweeping dig digs digging hammer hammers hammering sew sews sewing knit knits knitting carve "
        "carves carving mix mixes mixing pour pours pouring scatter scatters scattering pick picks picking packs "
        "packing unpacks unpacking polish polishes polishing wraps wrapping opens opening plays playing pulls pulling "
        "pushes pushing saws sawing weaves weaving decorates decorating feeds feeding pets petting strokes stroking "
        "examines examining juggles juggling serves serving stacks stacking sorts sorting shows showing folds folding"
    ),
    "cheer": (
        "cheer cheers cheering celebrate celebrates celebrating clap claps clapping applaud applauds applauding "
        "rejoices exults wins winning"
    ),
    "walk": (
        "bring brings bringing walk walks walking trot trots trotting stroll strolls strolling wander wanders "
        "wandering cross crosses crossing go goes going move moves moving head heads heading travel travels "
        "travelling come comes coming pass passes passing march marches prowl prowls explore explores follow follows "
        "approach approaches return returns patrols patrol roll rolls rolling sneaks creeps arrives arrive leaves "
        "enter enters carries hike steps speeds through past along home"
    ),
    "idle": (
        "stand stands standing wait waits waiting watch watches watching look looks looking stay stays idle "
        "shine shines glow glows turn turns hold holds smile smiles pause pauses hum hums"
    ),
}


# Words that place a shot only when nothing better does: a forest path is a forest.
WEAK_SETTING_WORDS: Final = frozenset(
    "path trail road nature outdoors home house inside interior indoors water square table counter shop store moon "
    "stars planet winter snowy ice lane depths space".split()
)


def spelled(table: dict[str, str]) -> dict[str, str]:
    """The table turned round: word -> what it names."""
    return {word: name for name, words in table.items() for word in words.split()}


def words_of(*texts: str) -> list[str]:
    """The words of these texts in order, in lower case."""
    return re.findall(r"[^\W\d_]+", " ".join(texts).lower())


def first_named(table: dict[str, str], words: list[str], *, last: bool = False) -> str | None:
    """What the first of these words names, plural or not; with `last`, the last one (the noun of a phrase)."""
    found = naming(table, words, last=last)
    return found[0] if found else None


def naming(table: dict[str, str], words: list[str], *, last: bool = False) -> tuple[str, str] | None:
    """What `first_named` finds, with the word that names it as the table spells it."""
    known = spelled(table)
    for word in reversed(words) if last else words:
        form = known_as(known, word)
        if form:
            return known[form], form
    return None


def deeds_in(words: list[str]) -> list[tuple[int, str]]:
    """Every deed these words tell, with its place."""
    known = spelled(DEED_WORDS)
    return [(i, known[w]) for i, w in enumerate(words) if w in known]


def known_as(known: dict[str, str], word: str) -> str | None:
    """The form under which `known` has this word, plural or not."""
    singular = word[:-3] + "y" if word.endswith("ies") else word
    for form in (word, word.removesuffix("s"), word.removesuffix("es"), singular):
        if form in known:
            return form
    return None
