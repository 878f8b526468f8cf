"""People, animals and vehicles by their everyday names, as far as no other word of a film is spelled like them."""

from __future__ import annotations

from typing import Final

KIN: Final = frozenset(
    """mum mums mom moms mummy mam mama mother father dad dads daddy papa nan nana gran granddad auntie cousin niece
    nephew twin twins parents grandparents godmother godfather grandma grandpa granny stepmum stepdad stepmother
    stepfather sis bro hubby
    wifey
    grandson granddaughter grandchild grandchildren kiddo""".split()
)
TRADES: Final = frozenset(
    """
    abuela abuelo accordionist accountant acrobat activist admiral adult alchemist ambassador angler animator
    apothecary apprentice archaeologist archer architect assassin assistant astronomer attorney au-pair auctioneer
    author babysitter backpacker bailiff baker bandit banker barista barmaid barman baron baroness barrister
    bartender bassist beekeeper beggar bellboy bellhop biker biologist bishop blacksmith blogger bloke boatman
    bodyguard bookbinder boss botanist bouncer bowler brewer bricklayer bridesmaid brother buccaneer builder burglar
    busdriver busker buyer cabbie caddie cadet calligrapher cameraman camerawoman camper candidate canoeist
    caretaker cartoonist cashier castaway catcher cellist centurion champion chap chauffeur cheesemaker chemist
    chieftain chocolatier choirboy choirgirl chorister cidermaker cinematographer classmate cleaner clerk client
    coach coastguard cobbler coder colleague colleagues commentator commuter concierge conductor confectioner
    constable convict cop cops corporal corsair countess courier cowherd croupier crusader curator cyclist dairymaid
    dealer dean deckhand decorator defender deputy designer developer devil diplomat director dishwasher distiller
    dj doorman draftsman draughtsman drover druid duchess duke earl editor elder electrician emperor empress
    enchantress estate-agent everybody everyone expert fan fans farmhand farrier fella fencer ferryman fiancee
    fiancé fire-eater fireman fishwife flatmate flautist forager forester fundraiser gamekeeper gamer gangster
    geisha gent geologist gladiator glassblower glazier globetrotter gnome goalie goalkeeper goatherd goldsmith
    golfer gondolier grampa gramps grandad greengrocer grocer groom groomer groomsman grown-up guard gunner gypsy
    hacker harpist hawker headmaster headmistress headteacher helmsman helper hermit highwayman historian hobo host
    hostess hunter hurdler hypnotist illustrator imam immigrant infant influencer inmate inspector intern inventor
    jailer janitor jester jeweller jockey joiner journalist juggler juror jury kayaker keeper keyboarder kitesurfer
    knitter lad landlady landlord lass lawyer lecturer lifeguard linesman lobsterman locksmith lodger lumberjack
    machinist manager marcher martyr mason masseur mathematician mayor mercenary merchant midfielder midwife
    milkmaid milkman milliner miner minister mobster mountaineer musketeer nanny newborn newlyweds newsreader nobody
    nomad nonna nonno notary novelist nun oarsman officer ogre operator opponent optician oracle organist orienteer
    orphan outlaw owner palaeontologist paraglider paramedic paratrooper passenger passerby passersby pastor
    pedestrian pensioner pharmacist photographer physicist physio physiotherapist pickpocket pilgrim pioneer
    plasterer playwright ploughman plumber poacher poet policewoman pope porter postwoman preacher presenter
    president priest prisoner producer professor programmer prophet protester pupil pupils quarryman quarterback
    quilter rabbi rambler ranger rapper realtor receptionist recruit referee refugee reporter researcher retiree
    rider ringmaster roaster robber rollerblader roofer roommate rower sailor saint salesman salesperson saleswoman
    samurai saxophonist schoolboy schoolgirl schoolkid screenwriter sculptor seamstress secretary seller senator
    sentry sergeant settler shaman shearer sheikh sheriff sherpa shogun shopper sibling signalman silversmith sister
    skateboarder skeleton skipper skydiver smuggler sniper snorkeller snowboarder soldier solicitor somebody someone
    sommelier soprano sorcerer sorceress speaker specialist spinner sprinter squatter squire stableboy stablehand
    stagehand stallholder stationmaster steward stewardess stoker stonemason stowaway stranger strangers streamer
    striker stuntman stuntwoman sultan supporter surveyor swineherd tailor teammate technician teen teenager tenant
    tenor thatcher therapist tiler toddler trader trainee trainer tramp trapper trawlerman trucker trumpeter tsar
    umpire understudy usher vaulter vendor ventriloquist vet veteran vicar viking vintner visitor volunteer voter
    waitress walker warden warder watchmaker weaver welder whaler wheelwright widow widower windsurfer winemaker
    winger winner woodcutter wrestler youth zoologist
    """.split()
)
CREATURES: Final = frozenset(
    """
    aardvark adder albatross alsatian anaconda anchovy anteater ape armadillo avocet axolotl baboon bandicoot
    barnacle barracuda basilisk bat beagle beluga bigfoot bighorn bittern blackbird bloodhound bluetit boa boar
    bobcat buck budgerigar budgie bulldog bullfinch bumblebee buzzard calf canary capercaillie caracal caribou carp
    cassowary centaur centipede chaffinch chameleon chamois chick chihuahua chimp chimpanzee chrysalis cicada clam
    cobra cockatoo cockerel cocoon cod collie colt condor coot corgi cormorant cougar crane crayfish cricket cub
    cubs cuckoo curlew cuttlefish cygnet dachshund dalmatian dingo doe dormouse dove doves dragonfly drake duckling
    dugong earthworm earwig eel egret emu ewe ewes falcon fawn filly finch fireflies firefly flea fledgling foal
    gander gannet gargoyle gecko gerbil gibbon glowworm gnat gnome gnu goldfinch gosling grebe greenfinch greyhound
    grouse guanaco guineafowl guppy haddock harrier heifer hen hens heron herring hobbit hog honeybee hoopoe
    hornbill hornet hound husky hydra ibex ibis iguana imp impala jackdaw jay kestrel kid kingfisher kitty kiwi
    koala koi kraken krill ladybird ladybug lambkin lapwing lark larva leech lemur limpet locust louse lynx macaw
    mackerel maggot magpie mallard mammoth manatee mandrill manta mantis mare marmoset marten mastiff meerkat midge
    millipede mink minotaur moggy mongoose mongrel moorhen muskox mussel narwhal nautilus nestling newt nightingale
    numbat ocelot ogre okapi opossum orangutan orc oryx osprey ox oxen oyster oystercatcher partridge pegasus
    pheasant piglet pine-marten pipistrelle piranha pixie plover polecat porpoise possum prawn ptarmigan pterodactyl
    puffin pug pup pups python quail quokka rattlesnake retriever roe rook rottweiler salamander sandpiper sardine
    sardines sasquatch schnauzer seahorse sealion serval shrew silkworm siskin skink skunk skylark slug spaniel
    sphinx spiderling spoonbill stag stallion starfish starling stegosaurus stingray stoat tabby tadpole tadpoles
    tapir tarantula teal tern thrush tit tomcat toucan triceratops trout tyrannosaurus urchin velociraptor vicuna
    viper vole wagtail wallaby walrus waxwing whippet wildebeest wolverine wombat woodlouse woodpecker wren wyvern
    yellowhammer yeti
    """.split()
)
MORE_VEHICLES: Final = frozenset(
    """
    airship biplane blimp buggy campervan catamaran clipper coach convertible crane digger dinghy dragster funicular
    galleon gokart harvester hatchback hearse hydrofoil jeep kart lander lifeboat limo longship lorry microlight
    minibus minicab monorail moped motorhome paddleboat pedalo pickup pram pushchair quad racecar rickshaw schooner
    seaplane shuttle snowmobile snowplough spitfire stagecoach steamboat steamroller steamship stroller tandem tank
    tanker tramcar trawler tricycle tugboat tuk-tuk unicycle vespa wheelbarrow zeppelin
    """.split()
)
