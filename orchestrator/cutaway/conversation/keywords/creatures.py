"""More people, animals and vehicles than `words` lists by hand, and who acts by the ending of a word."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.lexicon import can_be

MORE_ANIMALS: Final = frozenset(
    """
    hen hens cockerel drake gander gosling duckling cygnet calf heifer ox oxen ewe boar hog doe buck fawn mare
    stallion colt filly foal tabby tomcat moggy kitty pup dachshund spaniel collie husky greyhound whippet
    beagle bulldog dalmatian pug corgi mastiff retriever rottweiler chihuahua mongrel hound bloodhound
    alsatian thrush blackbird starling magpie jay kingfisher woodpecker nightingale wren finch goldfinch
    bullfinch tit bluetit lark skylark cuckoo cockatoo budgie budgerigar canary macaw toucan puffin cormorant
    gannet albatross bittern egret ibis crane spoonbill curlew lapwing plover sandpiper oyster oystercatcher
    pheasant partridge grouse quail guineafowl emu kiwi cassowary condor kestrel falcon buzzard osprey harrier
    jackdaw dove grebe coot moorhen teal mallard hornbill hoopoe bat shrew vole dormouse stoat polecat mink
    marten pine-marten wolverine skunk possum opossum armadillo anteater aardvark tapir okapi wildebeest gnu
    impala oryx ibex chamois bighorn muskox caribou vicuna guanaco lemur baboon mandrill gibbon orangutan
    marmoset meerkat mongoose lynx bobcat ocelot cougar serval caracal dingo wombat koala bandicoot quokka
    numbat manatee dugong porpoise narwhal beluga sealion stingray manta barracuda cod herring mackerel
    sardine sardines anchovy carp koi trout eel seahorse starfish urchin clam mussel limpet barnacle prawn
    crayfish krill cuttlefish nautilus newt salamander axolotl tadpole tadpoles gecko iguana skink chameleon
    python cobra viper adder boa anaconda rattlesnake tarantula spiderling mantis cicada locust cricket earwig
    woodlouse centipede millipede hornet bumblebee honeybee firefly fireflies glowworm gnat midge flea louse
    maggot larva chrysalis cocoon silkworm slug leech earthworm pterodactyl triceratops stegosaurus
    tyrannosaurus velociraptor mammoth yeti bigfoot sasquatch kraken hydra minotaur centaur pegasus sphinx
    basilisk wyvern gargoyle imp pixie gnome hobbit orc ogre
    """.split()
)
MORE_PEOPLE: Final = frozenset(
    """
    brother sister sibling twin mum mom mummy dad daddy nan nana nanny gran granny grampa gramps granddad
    grandad stepmother stepfather godmother nephew niece cousin bridesmaid groomsman usher fiancé fiancee
    newlyweds stranger strangers passenger passersby passerby pedestrian commuter tenant landlord flatmate
    roommate schoolboy schoolgirl pupil pupils classmate teenager youth lad lass bloke chap gent fella nonna
    nonno abuela abuelo busker barman barmaid bartender waitress cashier clerk cleaner janitor caretaker
    plumber electrician roofer bricklayer builder welder joiner glazier tiler plasterer decorator tailor
    seamstress cobbler milliner jeweller goldsmith silversmith watchmaker locksmith glassblower weaver spinner
    knitter quilter bookbinder beekeeper fishwife trawlerman lobsterman deckhand oarsman rower helmsman
    lifeguard coastguard paramedic midwife vet optician pharmacist physio physiotherapist masseur nanny
    au-pair babysitter nun priest vicar bishop pope rabbi imam pastor preacher choirboy chorister organist
    cellist flautist trumpeter saxophonist bassist accordionist harpist dj rapper busker juggler acrobat
    stuntman stuntwoman ringmaster fire-eater ventriloquist hypnotist goalkeeper goalie keeper striker
    defender midfielder winger linesman umpire coach trainer caddie golfer bowler catcher quarterback sprinter
    hurdler vaulter wrestler fencer archer rider jockey skateboarder snowboarder kayaker canoeist snorkeller
    kitesurfer windsurfer paraglider skydiver mountaineer rambler orienteer camper backpacker globetrotter
    sherpa porter bellboy bellhop concierge receptionist croupier auctioneer realtor salesman saleswoman
    salesperson vendor hawker trader merchant stallholder grocer greengrocer baker confectioner chocolatier
    brewer distiller vintner sommelier cidermaker cheesemaker dairymaid milkmaid milkman farmhand ploughman
    shearer drover goatherd cowherd swineherd stablehand groomer trucker busdriver cabbie chauffeur conductor
    signalman stationmaster guard sentry warden ranger gamekeeper poacher forester lumberjack woodcutter miner
    quarryman blacksmith farrier wheelwright thatcher mason stonemason sculptor architect surveyor draughtsman
    draftsman machinist technician operator programmer coder hacker gamer streamer blogger influencer
    journalist reporter newsreader presenter cameraman camerawoman photographer cinematographer director
    producer editor screenwriter novelist poet playwright author illustrator cartoonist animator calligrapher
    lecturer professor headteacher headmaster dean researcher biologist chemist physicist astronomer geologist
    botanist zoologist archaeologist palaeontologist historian mathematician inventor apothecary alchemist
    lawyer attorney barrister solicitor notary jury juror bailiff sheriff deputy constable officer policewoman
    cop cops warder inmate prisoner convict burglar robber pickpocket smuggler mobster gangster assassin
    mercenary bandit outlaw highwayman soldier sergeant admiral corporal cadet recruit veteran paratrooper
    gunner sniper squire jester duke duchess baron baroness earl countess emperor empress tsar sultan sheikh
    chieftain druid shaman sorcerer sorceress enchantress oracle prophet saint martyr pilgrim hermit beggar
    tramp hobo nomad gypsy refugee immigrant settler pioneer gladiator centurion samurai geisha shogun viking
    crusader musketeer buccaneer corsair castaway stowaway mayor minister president senator diplomat
    ambassador activist protester volunteer fundraiser everyone everybody someone somebody nobody
    """.split()
)
MORE_VEHICLES: Final = frozenset(
    """
    lorry pickup minibus coach campervan motorhome jeep hatchback convertible racecar dragster gokart kart
    quad moped vespa tricycle unicycle tandem rickshaw tuk-tuk stagecoach buggy pram pushchair stroller
    wheelbarrow digger crane steamroller harvester snowplough snowmobile tank hearse minicab limo tanker
    dinghy catamaran trawler galleon schooner steamboat steamship tugboat lifeboat pedalo hydrofoil paddleboat
    longship clipper biplane seaplane airship zeppelin blimp microlight spitfire shuttle lander monorail
    funicular tramcar
    """.split()
)
_THINGS: Final = frozenset(
    """
    computer printer mixer toaster blender freezer heater cooker counter drawer container trailer poster
    folder ladder letter butter number water flower tower corner dinner river paper cover shower shutter
    slipper roller boiler burner charger speaker router scanner hanger planter lighter sprinkler lawnmower
    propeller skyscraper reactor motor mirror monitor projector elevator escalator generator calculator
    radiator sensor razor rotor doctor's rubber timber lumber order border wonder thunder finger ginger summer
    winter weather leather feather lever clover pepper supper copper silver amber ember cinder powder shoulder
    boulder cucumber hammer dagger trigger sweater jumper trousers layer chapter quarter theatre center meter
    litre character matter banner bumper bunker burger butler's buzzer cracker cutter diaper filter gutter
    helicopter locker marker meander newspaper wallpaper pager pointer pillar planner postern stapler sticker
    stopper strainer streamer suspender tanker ticker transformer trimmer wrapper zipper error mayor's colour
    color odour vapour harbour harbor floor door moor tutor's anchor armor armour razor list mist fist wrist
    twist checklist playlist wishlist backlist laughter daughter's after better bitter upper lower other
    """.split()
)
_ENDINGS: Final = (
    "ist",
    "eer",
    "man",
    "woman",
    "person",
    "men",
    "women",
    "boy",
    "girl",
    "maker",
    "keeper",
    "smith",
    "ess",
)


@lru_cache(maxsize=8192)
def acts_by_ending(noun: str) -> bool:
    """Whether a word names somebody by its ending: "skateboarder", "florist", "postwoman"; never a known thing."""
    word = noun.lower().removesuffix("'s")
    one = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    if len(one) < 5 or one in _THINGS or one in MORE_VEHICLES:
        return False
    if one.endswith(_ENDINGS):
        return can_be(one, "NOUN") and not one.endswith(("less", "ness"))
    if not one.endswith(("er", "or")) or not (can_be(one, "NOUN") or not can_be(one, "ADJ")):
        return False
    stems = {one[:-2], one[:-1], f"{one[:-2]}e", one[:-3] if len(one) > 4 and one[-3] == one[-4] else one[:-2]}
    return any(len(stem) > 2 and can_be(stem, "VERB") for stem in stems)
