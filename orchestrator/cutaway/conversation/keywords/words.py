"""The words the offline ear knows: places, subjects, verbs, colours. Plain sets, English only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cutaway.conversation.keywords.lexicon import VerbForms
from cutaway.conversation.keywords.living import CREATURES, KIN, MORE_VEHICLES, TRADES
from cutaway.storyboard.model import SoundBed, TimeOfDay, Weather

NUMBERS: Final[Mapping[str, int]] = {
    word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a": 1, "an": 1}

ORDINALS: Final[Mapping[str, int]] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "opening": 1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
    "last": -1, "final": -1, "closing": -1, "penultimate": -2,
}  # fmt: skip

INDEFINITE: Final = frozenset("a an another one some two three four five six seven eight nine ten several many".split())
DEFINITE: Final = frozenset("the this that these those my your his her its our their".split())
DETERMINERS: Final = INDEFINITE | DEFINITE
SINGULAR: Final = frozenset("a an another one".split())
PLURAL_COUNTS: Final = INDEFINITE - SINGULAR - {"some"}
PRONOUNS: Final = frozenset("it he she they".split())
FIRST_OR_SECOND: Final = frozenset("i we you i'm i've i'd we're we've you're me us".split())
RELATIVES: Final = frozenset("that who which".split())
BE: Final = frozenset("is are was were be being been 's".split())

PREPOSITIONS: Final = frozenset(
    """in on at through across inside into onto along up down over under above below by near beside around past
    towards toward to from behind between among against off of with without amid beneath beyond within atop
    for about before after during until against underneath upon alongside""".split()
)
PLACE_PREPOSITIONS: Final = PREPOSITIONS - frozenset("of with without for about before after during until from".split())
INSIDE_PREPOSITIONS: Final = frozenset("in at inside within through across into amid atop".split())
CONJUNCTIONS: Final = frozenset("and as while then but when where that who which because so or if".split())
ADVERBS: Final = frozenset(
    """home away back slowly quickly fast quietly happily gently softly alone together again up down out off
    forward backwards high low there here ahead outside inside""".split()
)

PLACES: Final = frozenset(
    """forest forests wood woods woodland jungle rainforest beach shore coast seaside sea seas ocean lake river
    creek stream pond waterfall island harbour harbor bay lagoon reef city town village metropolis street
    streets alley road highway bridge market bazaar square plaza park garden gardens field fields meadow
    meadows valley hill hills hillside mountain mountains mountaintop mountainside ridge peak summit
    slope cliff cliffs canyon desert dune dunes cave cavern volcano moon mars space planet sky skies air
    clouds castle palace temple church cathedral house kitchen bedroom bathroom room classroom office
    school library museum gallery hospital laboratory lab factory warehouse studio stage theatre theater
    cinema restaurant cafe café bakery bar shop store mall supermarket gym stadium station airport
    platform subway metro tunnel rooftop rooftops roof balcony porch yard backyard farm barn vineyard
    orchard swamp marsh bog glacier iceberg tundra savanna savannah prairie steppe plain plains grassland
    seabed pier dock docks port lighthouse tower stairs staircase steps stairway stairwell ladder hallway
    corridor basement attic garage workshop table desk counter shelf camp campsite campground campfire
    fireplace tent cabin hut cottage ruins pyramid pyramids graveyard cemetery playground arena court
    pitch track racetrack runway launchpad greenhouse pool riverbank countryside suburb suburbs downtown
    skyline boulevard avenue path trail crossroads galaxy nebula universe dungeon labyrinth maze
    battlefield bamboo oasis fjord jetty quay canal marina vegetation arctic antarctica underwater
    outback hall lobby lounge bench window ballroom circus fair fairground carnival festival zoo aquarium
    paris london tokyo kyoto venice rome berlin madrid barcelona amsterdam vienna prague lisbon istanbul
    cairo sydney dubai moscow chicago hollywood manhattan brooklyn york heath moor moorland steppes alps
    himalayas andes sahara antarctic caribbean hawaii iceland norway scotland greece egypt morocco
    marrakech kenya india china japan brazil peru mexico spain portugal italy france germany lapland
    siberia mongolia nepal bali thailand vietnam cornfield wheatfield courtyard driveway pavement
    sidewalk alleyway carpark motorway brook cliffside waterfront boardwalk promenade hangar shipyard
    quarry mineshaft cockpit bunker ballpark skatepark rink pub brewery winery boutique salon barbershop
    bookshop bookstore pharmacy clinic courtroom prison jail kindergarten spa sauna chapel mosque
    synagogue monastery pagoda shrine windowsill bathtub treehouse igloo den burrow anthill planetarium
    observatory crater spaceport riverside lakeside roadside junction roundabout viaduct dam reservoir""".split()
)
INDOORS: Final = frozenset(
    """stairs staircase steps stairway stairwell kitchen bedroom bathroom room classroom office school library museum
    gallery hospital laboratory lab factory warehouse studio stage theatre theater cinema restaurant cafe café
    bakery bar shop store mall supermarket gym subway metro tunnel hallway corridor basement attic garage workshop
    table desk counter shelf cabin hut cottage dungeon hall lobby lounge ballroom cave cavern barn church cathedral
    temple""".split()
)
WATERS: Final = frozenset(
    "sea seas ocean lake river bay harbour harbor lagoon pond canal fjord reef pool creek".split()
)
HEIGHTS: Final = frozenset("ridge peak summit slope mountaintop mountainside".split())
CLIMBED: Final = frozenset("stairs staircase steps stairway ladder".split())
SURFACES: Final = frozenset("table desk counter shelf bench".split())
SCENERY: Final[Mapping[str, str]] = {
    "waves": "sea", "sun": "sky", "moon": "sky", "stars": "sky", "clouds": "sky", "fireworks": "sky",
    "lights": "", "rocks": "",
}  # fmt: skip
"""What is seen of a place rather than somebody in it, and the place it stands for ("" for any)."""
NIGHTLY: Final = frozenset("moon stars fireworks".split())
LIGHTS: Final[Mapping[str, str]] = {
    "northern": "sky",
    "polar": "sky",
    "southern": "sky",
    "traffic": "street",
    "car": "road",
}
OUTDOOR_GOODS: Final = frozenset(
    """camp camping campfire hike hiking hiker trail outdoor outdoors tent forest mountain mountains backpack
    backpacking trek trekking wilderness campsite picnic""".split()
)

PEOPLE: Final = (
    frozenset(
        """user users viewer dude guy guys lady ladies gentleman gentlemen grandma grandpa granny grandad aunt uncle
    brother sister son daughter husband wife friend friends neighbour neighbor guest guests customer
    worker builder mechanic florist ballerina mime actor actress drummer violinist conductor athlete
    jogger boxer gymnast professor judge postman mailman courier bride groom couple twins toddler
    teenager teen audience band choir team players player family gondolier scout scouts shopkeeper
    butcher fishmonger dentist surgeon librarian referee bodyguard spy butler maid person people man men
    woman women boy boys girl girls child children kid kids baby grandmother grandfather mother father
    parent king queen prince princess knight wizard witch pirate sailor captain keeper farmer fisherman
    chef cook baker teacher student doctor nurse scientist engineer astronaut cosmonaut pilot driver
    dancer singer musician guitarist pianist painter artist writer detective thief ninja samurai soldier
    hiker climber runner skier surfer skater cyclist swimmer diver explorer traveller traveler tourist
    monk ghost clown magician firefighter policeman gardener carpenter blacksmith potter barista waiter
    shepherd cowboy superhero hero mermaid elf dwarf fairy giant goblin troll vampire zombie angel figure
    crowd""".split()
    )
    | KIN
    | TRADES
)
ANIMALS: Final = (
    frozenset(
        """gull seagull chameleon goldfish salmon trout tuna stork pelican heron turkey vulture ostrich hyena jackal
    coyote bison buffalo yak antelope gazelle weasel ferret mole lynx puma jaguar caterpillar worm moth wasp
    mosquito grasshopper scorpion shrimp eel orca sloth platypus terrier poodle labrador calves chick chicks
    piglets kittens fox dog puppy cat kitten bird owl eagle hawk raven crow swan duck duckling goose penguin
    parrot pigeon sparrow robin hummingbird flamingo peacock chicken rooster horse pony foal donkey mule cow
    bull calf pig piglet sheep lamb goat deer stag moose elk reindeer wolf wolves bear cub panda koala
    kangaroo lion lioness tiger leopard cheetah panther elephant rhino hippo giraffe zebra camel llama
    alpaca monkey gorilla chimpanzee squirrel rabbit hare bunny hedgehog badger raccoon otter beaver mouse
    mice rat hamster bat frog toad turtle tortoise lizard snake crocodile alligator dinosaur dragon unicorn
    phoenix griffin fish shark whale dolphin seal walrus octopus squid jellyfish crab lobster snail spider
    bee butterfly dragonfly ladybird ladybug ant beetle animal creature monster beast""".split()
    )
    | CREATURES
)
VEHICLES: Final = (
    frozenset(
        """forklift excavator bulldozer ambulance limousine caravan speedboat gondola hovercraft car truck van bus taxi
    tractor motorcycle motorbike scooter bicycle bike cycle train tram locomotive boat ship sailboat rowboat
    canoe kayak raft yacht ferry submarine plane airplane aeroplane jet helicopter balloon glider rocket
    spaceship spacecraft ufo drone sled sleigh skateboard snowboard surfboard wagon cart carriage""".split()
    )
    | MORE_VEHICLES
)
RESTS: Final[tuple[tuple[frozenset[str], tuple[str, str]], ...]] = (
    (
        frozenset("boat ship sailboat rowboat canoe kayak raft yacht ferry submarine duck swan".split()),
        ("float", ""),
    ),
    (
        frozenset("plane airplane aeroplane jet helicopter balloon glider drone ufo kite".split()),
        ("float", "in the air"),
    ),
    (frozenset("fish shark whale dolphin jellyfish".split()), ("swim", "")),
)
"""What these do when nothing else is said of them."""
FIGURES: Final = frozenset("robot robots android snowman scarecrow puppet doll toy teddy statue alien aliens".split())
AGENTS: Final = PEOPLE | ANIMALS | FIGURES
SUBJECTS: Final = PEOPLE | ANIMALS | VEHICLES | FIGURES
THINGS: Final = frozenset(
    """lantern lamp candle kite tree flower rose sunflower cactus mushroom apple banana cake pizza coffee cup mug
    bottle teapot kettle book laptop computer phone camera guitar piano violin drum clock watch umbrella hat shoe
    shoes boot boots backpack bag chair sofa key door windmill lighthouse castle tower house cottage cabin fountain
    firework fireworks ball football tennis leaf leaves feather crystal diamond crown sword shield box gift letter
    rocket telescope globe sun star stars comet meteor flag bell""".split()
)
IRREGULAR_PLURALS: Final = frozenset(
    "people men women children mice geese sheep fish deer wolves police crowd family couple audience team".split()
)
FIRST_NAMES: Final = frozenset(
    """anna emma olivia sophia mia ella lucy maria sarah alice laura julia nina eva clara rosa maya zoe lily grace jane
    mary kate tom tim ben sam max leo paul peter john jack james david daniel adam noah liam oliver henry george
    charlie oscar felix hugo luna bella rex""".split()
)
PET_NAMES: Final = frozenset("luna bella rex".split())

GATHERINGS: Final = frozenset(
    """group herd flock school pair pack crowd swarm team couple bunch family line row pile army number lot lots kind
    sort type piece slice trio dozen""".split()
)
"""Nouns before "of" that count what follows, so that "a group of dogs" is dogs."""

COLOURS: Final = frozenset(
    """red orange yellow green blue purple violet pink brown black white grey gray gold golden silver brass bronze
    copper teal turquoise cyan magenta beige cream navy crimson scarlet maroon lime olive indigo tan amber""".split()
)
SHADES: Final = frozenset("dark light bright pale deep".split())
SPECIES: Final = frozenset(
    """red fox|red panda|black bear|brown bear|white shark|blue whale|grey wolf|gray wolf|grey whale|gray whale|black
    panther|red squirrel|grey squirrel|gray squirrel|grey seal|golden retriever|blue jay|golden eagle|white rhino|red
    deer|black widow|green turtle""".replace("\n    ", " ").split("|")
)
ADJECTIVES: Final = frozenset(
    """big small little tiny huge giant enormous old young ancient new vintage classic modern happy sad angry grumpy
    lonely brave curious sleepy tired hungry playful friendly scary spooky cute fluffy furry fat thin tall short
    long fast slow lazy wise proud elegant rusty shiny glowing wooden metal beautiful pretty handsome ugly strange
    mysterious magical wild wet muddy dusty broken lone single stray wounded cheerful nervous quiet loud gentle
    fierce mighty graceful clumsy excited bored bearded masked striped spotted""".split()
)

_VERBS: Final = """walk face rinse kickflip run trot gallop climb jump leap hop skip crawl creep sneak
    stroll march wander
    roam travel hike
    stride dash sprint race rush chase follow hunt flee escape fly soar glide hover float drift swim dive
    surf sail row paddle steer drive ride cycle ski skate sled slide roll spin twirl turn dance sing play
    perform juggle eat drink cook bake pour serve sip chew bite nibble lick sleep rest nap dream wake
    yawn stretch sit stand lie lean kneel wait watch look stare gaze glance see spot find discover
    explore search dig build paint draw write read study work type sew knit weave carve plant grow bloom
    blossom harvest pick gather carry hold lift push pull throw toss catch kick hit strike hammer cut
    chop break open close enter leave exit arrive depart cross pass reach approach return land take fall
    drop rise set sink burn glow shine sparkle glitter flicker flash blink explode erupt melt freeze boil
    steam smoke blow howl bark meow roar growl chirp laugh smile cry weep wave hug kiss greet meet talk
    speak whisper shout chat argue fight battle duel defend attack shoot aim celebrate cheer clap bow
    pose reveal appear disappear vanish emerge surface splash crash collide swing sway bounce flutter
    perch nest hatch graze charge stalk pounce prowl scurry scamper waddle slither swoop circle orbit
    launch blast transform morph unfold assemble repair fix clean wash sweep buy sell deliver load pack
    unpack wear put light stop start begin continue keep pedal rumble stream flow trickle ripple tumble
    flip balance tiptoe limp stagger stumble rescue save help guide lead teach learn practise practice
    exercise meditate pray think ponder remember listen hear smell taste touch feel hide peek peer seek
    knock call answer send receive give offer share feed pet stroke brush comb snip trim box mow rake
    shovel skateboard visit patrol descend ascend tour go come move spread bring show hang tie unwrap
    inspect examine measure trudge plod bound bask shiver huddle snooze doze relax snore sniff scratch
    crow moo cluck oink quack neigh hiss buzz croak crunch clink tap vote brew wag win let become lose
    snap tug nod shake tremble peel slam sneeze munch gobble gulp swallow steal park form crumble milk
    hand lay topple wobble giggle dissolve fade grin sob squeak squint fasten button zip lace wrap bury
    uncover haul drag hoist slurp pluck scoop whisk knead stamp mend stitch sand change saw switch
    twinkle shimmer rustle creak whistle drip drizzle spill heat soak fill grab grasp squeeze smash tear
    rip bend twist nudge poke tickle cuddle comfort bother tease trick fool destroy crush ruin raise
    guard cruise zoom speed tend water fish camp toast order mix whip slice grate roast grill fry stack
    sort count press polish scrub mop glue weld shape sculpt sketch dribble tackle hail devour invent
    solve erase scan dial unlock untie unroll buckle inflate deflate crack shatter collapse bubble sizzle
    chant yell scream purr bleat strut swagger shuffle stomp pirouette moonwalk salute crouch squat flex
    hurl fling fetch retrieve ambush heal bandage prune plough sow collect hoard whirl swirl gleam glint
    ooze plunge dodge wrestle arrest escort chuckle gasp sigh mutter mumble recite applaud admire adore
    kidnap lure warn summon enchant conjure levitate teleport beam snatch smack slap pinch flick drape
    unveil unlace dismantle refuel reverse accelerate brake skid squirm wriggle writhe dangle cling
    clamber scramble vault hurdle somersault cartwheel sprawl recline lounge lull cradle wink frown pout
    grimace blush shudder ignite extinguish flare smoulder pelt thaw wilt wither sprout ripen rot loom
    encircle surround disperse scatter linger queue disembark commute hitchhike""".split()
_DOUBLED: Final = frozenset(
    """run hop skip trot swim sit spin dig cut chop drop hit set nap hug stop clap flip hum swap get put knit begin
    plod tap pat pet stir win step row tiptoe travel jog zip sled snip trim""".split()
)


def _forms(verb: str) -> dict[str, str]:
    third = (
        f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb)
        else f"{verb}es" if re.search(r"(s|x|z|ch|sh|o)$", verb)
        else f"{verb}s"
    )  # fmt: skip
    stem = f"{verb[:-2]}y" if verb.endswith("ie") else verb[:-1] if re.search(r"[^eoy]e$", verb) else verb
    doubled = {f"{verb}{verb[-1]}ing": "ing"} if verb in _DOUBLED else {}
    return {verb: "base", third: "third", f"{stem}ing": "ing"} | doubled


_PASTS: Final[Mapping[str, str]] = {
    "live": "lived", "walk": "walked", "jump": "jumped", "look": "looked", "climb": "climbed", "dance": "danced",
    "arrive": "arrived", "smile": "smiled", "laugh": "laughed", "cry": "cried", "wait": "waited", "sail": "sailed",
    "hop": "hopped", "chase": "chased", "follow": "followed", "watch": "watched", "drink": "drank", "come": "came",
    "go": "went", "run": "ran", "eat": "ate", "fly": "flew", "swim": "swam", "meet": "met",
    "stand": "stood", "sleep": "slept",
    "sing": "sang", "ride": "rode", "drive": "drove", "write": "wrote", "wake": "woke", "throw": "threw", "sit": "sat",
    "catch": "caught", "begin": "began", "take": "took", "give": "gave", "say": "said",
    "find": "found", "become": "became",
}  # fmt: skip
"""Past forms that are hardly ever anything else, for stories told as such."""
VERB_FORMS: Final[Mapping[str, tuple[str, str]]] = {
    form: (verb, kind) for verb in _VERBS for form, kind in _forms(verb).items()
} | {third: (third[:-1], "third") for third in ("rocks", "rings", "trains", "ships")} | {
    "doing": ("do", "ing"), "having": ("have", "ing"), "getting": ("get", "ing"), "using": ("use", "ing"),
    "letting": ("let", "ing"), "moos": ("moo", "third"),
} | {past: (base, "third") for base, past in _PASTS.items()}  # fmt: skip
"""Each known verb form with its base and its kind: "base", "third" (he walks) or "ing"."""
VERB_BASES: Final = frozenset(base for base, _ in VERB_FORMS.values())

TRAVERSALS: Final = frozenset(
    "climb cross enter explore visit roam reach descend ascend approach tour patrol circle pass".split()
)
NOUN_OR_VERB: Final = frozenset(
    "waves lights rocks rings plants trains ships flies drinks watches paints fishes crows types hands milks "
    "forms parks "
    "leaves ties zips".split()
)
INERT_NOUNS: Final = NOUN_OR_VERB - frozenset(
    "waves rocks rings flies parks forms leaves hands milks ties zips".split()
)
"""Those which no vehicle and no thing does: "the car lights" are lights, "the kite flies" is flying."""
MODIFIERS: Final = frozenset(
    "traffic heat sound radio light shock northern southern polar wedding onion tree potted house soft stage".split()
)
NOT_VERBS: Final = frozenset(
    """morning evening building ceiling king ring wing spring string thing painting wedding sling being clothing
    lightning pudding viking nothing something everything anything during bus glass grass moss dress circus always
    this his hers its paris mars christmas sunglasses jeans stairs steps clouds dunes ruins plains woods news
    canvas compass cactus octopus virus genius walrus atlas""".split()
)

VERBS: Final = VerbForms(
    VERB_FORMS,
    NOT_VERBS
    | PREPOSITIONS
    | CONJUNCTIONS
    | DETERMINERS
    | BE
    | frozenset("except like need please thank want".split()),
)
"""The known forms; and every other word that a dictionary has as a verb and as nothing else."""

NOT_PLACES: Final = frozenset(
    """raincoat boots bib apron gown robe robes trousers jeans skirt shorts pyjamas pajamas sari kilt jumper cardigan
    wellies wellingtons tutu onesie leotard vest waistcoat bikini swimsuit wetsuit kimono veil cap beanie bonnet gloves
    socks slippers sandals overalls dungarees wig blouse leggings tracksuit cape poncho anorak parka blazer tuxedo
    cardigan sash turban nightgown nightie hat heels trainers sneakers chains handcuffs
    love hurry rush time circle circles line row pair group trance way moment mood rage voice style colour color
    dress suit coat jacket shirt costume uniform armour armor cloak scarf sweater hoodie glasses mask helmet slow-
    motion motion silence total focus detail bloom flames fire flight half pieces front hands arms mouth
    face""".split()
)

TIMES: Final[Mapping[str, TimeOfDay]] = {
    "dawn": "dawn", "sunrise": "dawn", "daybreak": "dawn", "first light": "dawn", "early morning": "dawn",
    "morning": "day", "noon": "day", "midday": "day", "afternoon": "day", "daytime": "day", "daylight": "day",
    "day": "day", "dusk": "dusk", "sunset": "dusk", "twilight": "dusk", "evening": "dusk", "golden hour": "dusk",
    "sundown": "dusk", "night": "night", "nighttime": "night", "nightfall": "night", "midnight": "night",
    "moonlight": "night", "starlight": "night",
}  # fmt: skip
WEATHERS: Final[Mapping[str, Weather]] = {
    "rain": "rain", "drizzle": "rain", "downpour": "rain", "snow": "snow", "snowfall": "snow", "blizzard": "snow",
    "snowflakes": "snow", "fog": "fog", "mist": "fog", "haze": "fog", "storm": "storm", "thunderstorm": "storm",
    "thunder": "storm", "lightning": "storm", "wind": "wind", "breeze": "wind", "gale": "wind",
    "sunshine": "clear",
}  # fmt: skip
WEATHER_ADJECTIVES: Final[Mapping[str, Weather]] = {
    "rainy": "rain", "raining": "rain", "snowy": "snow", "snowing": "snow", "foggy": "fog", "misty": "fog",
    "hazy": "fog", "stormy": "storm", "windy": "wind", "windswept": "wind", "blustery": "wind",
    "drizzly": "rain", "sunny": "clear", "cloudless": "clear",
}  # fmt: skip
_BED_WORDS: Final[Mapping[SoundBed, str]] = {
    "calm": "calm soft gentle quiet relaxing peaceful ambient slow soothing mellow chill sad melancholic tender warm",
    "bright": "bright happy upbeat cheerful energetic lively joyful sunny uplifting catchy poppy merry",
    "tense": "tense scary dramatic suspenseful dark spooky creepy eerie ominous sinister menacing haunting gloomy",
    "night": "night nocturnal",
    "playful": "playful fun funny quirky silly bouncy cheeky jolly goofy whimsical comic circus",
    "epic": "epic heroic grand triumphant orchestral powerful majestic adventurous cinematic",
    "dreamy": "dreamy magical ethereal floaty dreamlike mystical fairy",
}
BEDS: Final[Mapping[str, SoundBed]] = {
    word: bed
    for bed, words in _BED_WORDS.items()
    for word in words.split()
}  # fmt: skip

FILLERS: Final = frozenset(
    """please the a an it is its be to of for in on at and also now just too so then with from as by this that there
    make made set turn put change have let add give use take get go do want would like i'd could can you i we me my
    us some more bit little slightly much very rather whole film video clip movie everything all shot shots scene
    scenes instead look looks looking feel style mode time day light sky weather background setting camera music
    sound version speed again back okay ok yes maybe perhaps really should kind sort every each entire but are will
    throughout same only still place scenery location way long duration length seconds second shorten lengthen
    extend trim cut play run show was were should would could something between aspect ratio format resolution
    size""".split()
)
"""Words an edit may hold without saying anything of its own; every other unused word is reported."""
