"""People and animals by their everyday names, as far as no other word of a film is spelled like them."""

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
    """bridesmaid colleague colleagues boss manager client passenger commuter pensioner schoolkid pupil pupils rambler
    postwoman milkman plumber electrician joiner bricklayer roofer decorator grocer bartender barman barmaid barista
    waitress dishwasher midwife paramedic vet pharmacist optician therapist headmaster headmistress headteacher
    lecturer
    caretaker janitor cleaner nanny babysitter lawyer solicitor barrister clerk secretary receptionist accountant
    banker
    cashier salesman saleswoman apprentice intern trainee architect programmer developer designer chemist physicist
    astronomer stewardess skipper angler lifeguard rower snowboarder mountaineer wrestler fencer archer golfer
    goalkeeper
    goalie striker umpire coach trainer acrobat juggler cellist trumpeter saxophonist flautist harpist director
    cameraman
    photographer journalist reporter presenter newsreader poet author novelist sculptor weaver tailor seamstress
    cobbler
    jeweller watchmaker miner beekeeper forester lumberjack hunter gamekeeper fireman policewoman officer inspector
    sergeant burglar robber squire duke duchess emperor gnome ogre skeleton devil nun priest vicar bishop imam rabbi
    pilgrim beggar busker tramp nomad sheriff gladiator viking geisha volunteer visitor commentator speaker host
    hostess
    winner champion opponent teammate defender winger referee linesman surveyor estate-agent landlord landlady tenant
    lodger squatter prisoner jailer warden ranger curator usher stagehand understudy soprano tenor choirboy choirgirl
    bassist keyboarder rapper fan fans supporter protester marcher voter candidate mayor minister president senator
    ambassador diplomat bodyguard chauffeur cabbie trucker biker rider jockey groom stableboy milkmaid dairymaid
    goatherd
    cheesemaker winemaker brewer distiller roaster forager trapper whaler sailor stoker gondolier ferryman boatman
    assistant helper technician operator vendor shopper walker sprinter hurdler bouncer doorman concierge porter
    bellboy steward sommelier specialist expert inventor owner dealer seller buyer courier cyclist skateboarder
    rollerblader paraglider skydiver stuntman stuntwoman influencer blogger
    toddler infant newborn teenager teen adult grown-up elder retiree widow widower orphan refugee""".split()
)
CREATURES: Final = frozenset(
    """bittern egret kingfisher wren blackbird thrush starling finch goldfinch chaffinch magpie rook jackdaw nightingale
    cuckoo woodpecker falcon kestrel buzzard osprey tern puffin gannet cormorant albatross moorhen coot grebe pheasant
    partridge grouse quail hen hens cockerel cockatoo budgie budgerigar toucan ibis emu dove doves gerbil stoat skunk
    possum doe boar hog ewe ewes ox oxen mare stallion spaniel retriever collie dachshund whippet greyhound husky
    bulldog pug beagle corgi dalmatian chihuahua rottweiler schnauzer alsatian ape chimp chimpanzee orangutan baboon
    lemur
    wallaby wombat porpoise herring starfish prawn slug newt salamander gecko iguana viper cobra python bumblebee
    hornet
    centipede millipede ladybird ladybug dragonfly gosling duckling cygnet chick piglet lambkin kid tomcat tabby moggy
    mongrel hound stag roe cub cubs pup pups fledgling nestling lapwing curlew oystercatcher avocet heron skylark
    bullfinch greenfinch yellowhammer wagtail siskin waxwing ptarmigan capercaillie vole dormouse shrew pipistrelle
    narwhal manatee dugong walrus stingray barracuda piranha haddock mackerel sardine anchovy guppy koi""".split()
)
