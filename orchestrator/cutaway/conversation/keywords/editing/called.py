"""Other words for the same kind of somebody: "the puppy" is the dog, "the gentlemen" are the men."""

from __future__ import annotations

from typing import Final

_GROUPS: Final = (
    "man men guy guys gentleman gentlemen fellow fellows bloke blokes dude dudes chap chaps lad lads gent",
    "woman women lady ladies gal gals mum mother",
    "boy boys lad lads kid kids child children son little-one youngster toddler schoolboy",
    "girl girls lass kid kids child children daughter youngster toddler schoolgirl",
    "baby toddler infant newborn little-one",
    "grandmother granny grandma nana gran nan old-lady",
    "grandfather grandad grandpa granddad gramps old-man",
    "mother mum mom mummy mama parent",
    "father dad daddy papa parent",
    "dog dogs puppy puppies pup pups hound pooch doggy doggo mutt lab labrador collie terrier",
    "cat cats kitty kitten kittens tabby moggy pussycat feline",
    "horse pony mare stallion foal",
    "bird birds birdie robin sparrow crow",
    "car cars automobile vehicle motor",
    "bicycle bike cycle", "motorbike motorcycle bike",
    "bus coach vehicle", "lorry truck van vehicle", "van camper lorry vehicle", "tractor harvester combine machine",
    "boat ship vessel dinghy", "aeroplane airplane plane jet",
    "goalkeeper goalie keeper", "footballer player striker", "runner jogger athlete", "skier skiier",
    "doctor medic surgeon", "teacher professor tutor", "policeman cop officer policewoman", "soldier trooper",
    "friend friends mate mates buddy buddies pal pals", "people crowd folk folks audience everyone",
    "couple pair lovers newlyweds", "bride newlywed", "musician player fiddler", "violinist fiddler musician player",
    "pianist musician player", "guitarist musician player", "singer vocalist", "chef cook", "baker cook",
    "waiter server waitress", "customer client shopper guest", "guest visitor", "worker builder labourer",
    "hiker walker rambler", "cyclist biker rider", "rider jockey", "robot droid android bot machine",
    "astronaut spaceman cosmonaut", "rocket spaceship spacecraft", "ghost spook phantom spirit",
    "monster beast creature", "dragon beast creature", "dinosaur dino t-rex beast", "rabbit bunny hare",
    "hen chicken", "pig piglet hog", "cow cattle calf", "sheep lamb", "bear teddy cub", "fox vixen", "mouse rat",
    "sneaker shoe trainer", "shoe boot sneaker trainer", "phone mobile smartphone cellphone", "cup mug", "bag handbag",
    "flower flowers blossom bloom", "tree sapling", "soap bar", "house home cottage", "cake pastry", "bread loaf",
    "judge referee", "driver chauffeur", "pupil student schoolchild kid", "scientist researcher", "fisherman angler",
)  # fmt: skip
SAME: Final[dict[str, frozenset[str]]] = {
    word: frozenset(w for group in _GROUPS if word in group.split() for w in group.split() if w != word)
    for words in _GROUPS
    for word in words.split()
}
"""For each word the others that may name the same one."""
