"""What people say, and what the offline ear must make of it. Written before the grammar.

Each `Case` is one message in one situation with the facts its plan must show. `edits` is the exact tuple; `shots`
holds, per expected shot, the fields that matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from cutaway.contract import Frozen
from cutaway.conversation.plan import ContextImage, ContextLine, Situation
from cutaway.storyboard.edits import (
    AddCast,
    AddOverlay,
    AddReference,
    ChangeCast,
    ChangeOverlay,
    DuplicateShot,
    MoveShot,
    RemoveCast,
    RemoveOverlay,
    RemoveShot,
    ReplaceText,
    Retake,
    SetAction,
    SetAspect,
    SetCamera,
    SetDuration,
    SetGrade,
    SetLighting,
    SetLock,
    SetResolution,
    SetSeed,
    SetSetting,
    SetShotCast,
    SetSound,
    SetSpeed,
    SetStyle,
    SetTime,
    SetTitle,
    SetTransition,
    SetWeather,
    TrimShot,
)
from cutaway.storyboard.model import CastMember, Overlay, Shot, Sound, Storyboard

FOX: Final = Storyboard(
    title="A red fox",
    cast=(CastMember(id="fox", name="red fox", kind="red fox", colour="red"),),
    shots=(
        Shot(id="s1", cast=("fox",), action="trots", setting="pine forest", time_of_day="dusk", camera="dolly_in"),
        Shot(
            id="s2",
            cast=("fox",),
            action="climbs",
            setting="mountain ridge",
            time_of_day="dusk",
            weather="snow",
            camera="pan_right",
        ),
    ),
)

ROAD: Final = Storyboard(
    title="Road trip",
    cast=(
        CastMember(id="car", name="car", kind="car", colour="red"),
        CastMember(id="dog", name="dog", kind="dog"),
    ),
    shots=(
        Shot(id="s1", cast=("car",), action="drives", setting="desert", duration_s=4),
        Shot(id="s2", cast=("car", "dog"), action="stops", setting="desert"),
        Shot(id="s3", cast=("dog",), action="runs", setting="beach"),
    ),
    overlays=(Overlay(id="caption-s3", kind="caption", text="Free at last", shot_id="s3"),),
)

LANTERN: Final = Storyboard(
    title="Ember camp lantern",
    cast=(CastMember(id="lantern", name="Ember camp lantern", kind="lantern", colour="brass"),),
    shots=(
        Shot(id="s1", cast=("lantern",), setting="forest camp", time_of_day="dusk"),
        Shot(id="s2", cast=("lantern",), setting="forest camp", time_of_day="dusk"),
        Shot(id="s3", cast=("lantern",), setting="forest camp", time_of_day="dusk"),
    ),
    overlays=(
        Overlay(id="title", kind="title", text="Ember camp lantern", shot_id="s1", source="lantern.md:1"),
        Overlay(id="feature", kind="caption", text="Burns 40 hours", shot_id="s2", source="lantern.md:5"),
        Overlay(id="price", kind="lower_third", text="$89", shot_id="s3", source="lantern.md:3"),
    ),
)

SHEET: Final = (
    ContextLine(ref="lantern.md:1", text="Ember camp lantern"),
    ContextLine(ref="lantern.md:3", text="Price: $89"),
    ContextLine(ref="lantern.md:4", text="Colour: brass"),
    ContextLine(ref="lantern.md:5", text="Burns 40 hours on one charge"),
    ContextLine(ref="lantern.md:6", text="Weighs 310 g with the hook"),
    ContextLine(ref="lantern.md:7", text="Tagline: Carry the campfire"),
)

PICTURE: Final = ContextImage(ref="fox.png:1", sha256="ab" * 32)
KETTLE: Final = ContextImage(ref="kettle.png:1", sha256="cd" * 32)

SITUATIONS: Final[dict[str, Situation]] = {
    "empty": Situation(text="-"),
    "sheet": Situation(text="-", context=SHEET),
    "fox": Situation(text="-", storyboard=FOX, version_id="v-b", version_numbers=("1", "2")),
    "road": Situation(text="-", storyboard=ROAD, version_id="v-a", version_numbers=("1",)),
    "locked": Situation(
        text="-",
        storyboard=ROAD.model_copy(
            update={"shots": tuple(shot.model_copy(update={"locked": shot.id != "s2"}) for shot in ROAD.shots)}
        ),
    ),
    "lantern": Situation(
        text="-", storyboard=LANTERN, version_id="v-c", version_numbers=("1", "2", "3"), context=SHEET
    ),
    "quoted": Situation(text="-", storyboard=FOX, version_id="v-b", version_numbers=("1",), pending_quote="q-1"),
    "rendering": Situation(text="-", storyboard=FOX, version_id="v-b", version_numbers=("1",), open_operations=3),
    "sharp": Situation(text="-", resolution="720p"),
    "sharp sheet": Situation(text="-", resolution="720p", context=SHEET),
    "picture": Situation(text="-", images=(PICTURE,)),
    "kettle": Situation(text="-", images=(KETTLE,)),
    "sheet+picture": Situation(text="-", context=SHEET, images=(KETTLE,)),
    "fox+kettle": Situation(text="-", storyboard=FOX, version_id="v-b", images=(KETTLE,)),
    "road+kettle": Situation(text="-", storyboard=ROAD, version_id="v-b", images=(KETTLE,)),
    "quoted lantern": Situation(text="-", storyboard=LANTERN, version_id="v-c", context=SHEET, pending_quote="q-1"),
    "silent": Situation(text="-", storyboard=FOX.model_copy(update={"sound": Sound(bed="none", muted=True)})),
    "fox+picture": Situation(text="-", storyboard=FOX, version_id="v-b", images=(PICTURE,)),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One message, where it is said, and what must come of it. A field left at None is not checked."""

    text: str
    at: str
    intent: str
    edits: tuple[Frozen, ...] | None = None
    scope: str | None = None
    shots: tuple[dict[str, Any], ...] | None = None
    cast: tuple[dict[str, Any], ...] | None = None
    film: dict[str, Any] = field(default_factory=dict)
    overlays: tuple[dict[str, Any], ...] | None = None
    target: tuple[str, ...] | None = None
    cites: tuple[str, ...] | None = None
    says: tuple[str, ...] = ()
    not_understood: tuple[str, ...] | None = None

    @property
    def situation(self) -> Situation:
        """The situation with this message in it."""
        return SITUATIONS[self.at].model_copy(update={"text": self.text})


FOX_TEXT: Final = "a red fox trots through a pine forest at dusk, then climbs a ridge as snow falls"
KEEPER_TEXT: Final = "A lighthouse keeper rows home at dawn, then climbs the stairs"

MAKE: Final = (
    Case(
        FOX_TEXT,
        "empty",
        "make",
        cast=({"id": "fox", "kind": "red fox", "colour": "red"},),
        shots=(
            {
                "id": "s1",
                "cast": ("fox",),
                "action": "trots",
                "setting": "pine forest",
                "time_of_day": "dusk",
                "weather": "clear",
                "camera": "dolly_in",
                "duration_s": 3.0,
            },
            {
                "id": "s2",
                "cast": ("fox",),
                "action": "climbs",
                "setting": "mountain ridge",
                "time_of_day": "dusk",
                "weather": "snow",
                "camera": "pan_right",
            },
        ),
        overlays=(),
        not_understood=(),
    ),
    Case(
        KEEPER_TEXT,
        "empty",
        "make",
        cast=({"id": "keeper", "kind": "lighthouse keeper"}, {"id": "boat", "kind": "rowing boat"}),
        shots=(
            {"cast": ("keeper", "boat"), "action": "rows home", "setting": "sea", "time_of_day": "dawn"},
            {"cast": ("keeper",), "action": "climbs the stairs", "setting": "stairs", "time_of_day": "dawn"},
        ),
    ),
    Case(
        "Make a video of a cat sleeping on a beach at night",
        "empty",
        "make",
        cast=({"id": "cat", "kind": "cat"},),
        shots=({"cast": ("cat",), "action": "sleeping", "setting": "beach", "time_of_day": "night"},),
    ),
    Case(
        "now make a video of a cat on a beach",
        "fox",
        "make",
        cast=({"id": "cat"},),
        shots=({"setting": "beach", "cast": ("cat",)},),
    ),
    Case(
        "A vintage red car crosses the desert at dawn for 5 seconds",
        "empty",
        "make",
        cast=({"id": "car", "kind": "car", "colour": "red", "description": "vintage"},),
        shots=({"action": "crosses", "setting": "desert", "time_of_day": "dawn", "duration_s": 5.0},),
    ),
    Case(
        "make a 10 second vertical video of a robot walking through a neon city at night, then dancing in the rain",
        "empty",
        "make",
        film={"aspect": "9:16"},
        cast=({"id": "robot", "kind": "robot"},),
        shots=(
            {"action": "walking", "setting": "neon city", "time_of_day": "night", "duration_s": 5.0},
            {"action": "dancing", "setting": "neon city", "weather": "rain", "duration_s": 5.0, "cast": ("robot",)},
        ),
    ),
    Case(
        "A boy and a dog walk along the beach. They swim in the sea. Finally they sleep by a campfire at night.",
        "empty",
        "make",
        cast=({"id": "boy"}, {"id": "dog"}),
        shots=(
            {"cast": ("boy", "dog"), "setting": "beach", "action": "walk"},
            {"cast": ("boy", "dog"), "setting": "sea", "action": "swim"},
            {"cast": ("boy", "dog"), "time_of_day": "night"},
        ),
    ),
    Case(
        "1. A whale dives in the ocean\n2. A ship sails through a storm\n3. The whale surfaces at sunset",
        "empty",
        "make",
        cast=({"id": "whale"}, {"id": "ship"}),
        shots=(
            {"cast": ("whale",), "setting": "ocean"},
            {"cast": ("ship",), "weather": "storm"},
            {"cast": ("whale",), "time_of_day": "dusk"},
        ),
    ),
    Case(
        "A grumbling gnorlax juggles flaming torches in a volcano",
        "empty",
        "make",
        cast=({"id": "gnorlax", "kind": "grumbling gnorlax"},),
        shots=({"action": "juggles flaming torches", "setting": "volcano"},),
    ),
    Case(
        'Create a square film titled "Low Tide": a crab walks on the beach, no music, blueprint style, in 720p',
        "empty",
        "make",
        film={"aspect": "1:1", "resolution": "720p", "title": "Low Tide"},
        overlays=({"kind": "title", "text": "Low Tide", "shot_id": "s1"},),
        cast=({"id": "crab"},),
        shots=({"action": "walks", "setting": "beach"},),
    ),
    Case(
        "the camera pans left as an owl flies over a misty lake",
        "empty",
        "make",
        cast=({"id": "owl"},),
        shots=({"camera": "pan_left", "setting": "lake", "weather": "fog", "action": "flies"},),
    ),
    Case(
        "a dog chases a cat through the park",
        "empty",
        "make",
        cast=({"id": "dog"}, {"id": "cat"}),
        shots=({"cast": ("dog", "cat"), "action": "chases the cat", "setting": "park"},),
    ),
    Case("a city at night in the rain", "empty", "make", cast=(), shots=({"setting": "city", "weather": "rain"},)),
    Case(
        "can you show me two astronauts planting a flag on the moon?",
        "empty",
        "make",
        cast=({"id": "astronauts", "kind": "two astronauts"},),
        shots=({"action": "planting a flag", "setting": "moon"},),
    ),
    Case("a red fox trots through a pine forest", "picture", "make", cast=({"id": "fox", "references": ("ab" * 32,)},)),
)

CONTEXT: Final = (
    Case(
        "show me",
        "sheet",
        "make",
        cast=({"id": "lantern", "kind": "lantern", "name": "Ember camp lantern", "colour": "brass"},),
        shots=(
            {"setting": "forest camp", "time_of_day": "dusk", "sources": ("lantern.md:1", "lantern.md:4")},
            {"sources": ("lantern.md:5",)},
            {"sources": ("lantern.md:3",)},
        ),
        overlays=(
            {"kind": "title", "text": "Ember camp lantern", "shot_id": "s1", "source": "lantern.md:1"},
            {"kind": "caption", "text": "Burns 40 hours on one charge", "shot_id": "s2", "source": "lantern.md:5"},
            {"kind": "lower_third", "text": "$89", "shot_id": "s3", "source": "lantern.md:3"},
        ),
        cites=("lantern.md:1", "lantern.md:3", "lantern.md:4", "lantern.md:5"),
    ),
    Case("Make a video of it, please", "sheet", "make", cast=({"id": "lantern"},)),
    Case("show me the product in vertical", "sheet", "make", film={"aspect": "9:16"}, cast=({"id": "lantern"},)),
    Case(
        "show the lantern glowing on a beach at night",
        "sheet",
        "make",
        cast=({"id": "lantern", "name": "Ember camp lantern", "colour": "brass"},),
        shots=({"setting": "beach", "time_of_day": "night", "action": "glowing"},),
        cites=("lantern.md:1", "lantern.md:4"),
    ),
    Case("how long does it burn?", "sheet", "answer", cites=("lantern.md:5",), says=("40 hours", "lantern.md:5")),
    Case("what does the lantern cost?", "sheet", "answer", cites=("lantern.md:3",), says=("$89",)),
    Case("How heavy is it?", "sheet", "answer", cites=("lantern.md:6",), says=("310 g",)),
    Case("what colour is the lantern", "lantern", "answer", cites=("lantern.md:4",), says=("brass",)),
    Case("is it waterproof?", "sheet", "answer", cites=(), says=("does not say",)),
    Case("what does the lantern video cost?", "lantern", "cost"),
    Case("show me", "empty", "ask"),
)

EDIT: Final = (
    Case(
        "make it night in a city",
        "fox",
        "edit",
        edits=(SetTime(time_of_day="night"), SetSetting(setting="city")),
        scope="the whole film",
    ),
    Case("make shot 2 night", "fox", "edit", edits=(SetTime(shots=("s2",), time_of_day="night"),), scope="shot 2"),
    Case("change the price to $79", "lantern", "edit", edits=(ReplaceText(old="$89", new="$79"),)),
    Case("change the price to 79", "lantern", "edit", edits=(ReplaceText(old="$89", new="$79"),)),
    Case("change the price to $79", "fox", "ask", says=("price",)),
    Case(
        "replace the fox with a robot",
        "fox",
        "edit",
        edits=(ChangeCast(cast_id="fox", name="robot", kind="robot", description="", colour=""),),
    ),
    Case("add a dog", "fox", "edit", edits=(AddCast(member=CastMember(id="dog", name="dog", kind="dog")),)),
    Case(
        "add a black cat to shot 1",
        "fox",
        "edit",
        edits=(AddCast(member=CastMember(id="cat", name="cat", kind="cat", colour="black"), shots=("s1",)),),
        scope="shot 1",
    ),
    Case("remove the dog", "road", "edit", edits=(RemoveCast(cast_id="dog"),)),
    Case(
        "remove the dog from shot 2",
        "road",
        "edit",
        edits=(SetShotCast(shot="s2", cast=("car",)),),
    ),
    Case("make the car blue", "road", "edit", edits=(ChangeCast(cast_id="car", colour="blue"),)),
    Case("slow down shot 1", "road", "edit", edits=(SetSpeed(shots=("s1",), speed=0.75),)),
    Case("shot 1 faster", "road", "edit", edits=(SetSpeed(shots=("s1",), speed=1.5),)),
    Case("half speed", "road", "edit", edits=(SetSpeed(speed=0.5),), scope="the whole film"),
    Case("make shot 1 5 seconds", "road", "edit", edits=(SetDuration(shots=("s1",), seconds=5.0),)),
    Case("make the first shot shorter", "road", "edit", edits=(SetDuration(shots=("s1",), seconds=3.0),)),
    Case("make the last one longer", "road", "edit", edits=(SetDuration(shots=("s3",), seconds=4.5),)),
    Case("trim the first second off shot 1", "road", "edit", edits=(TrimShot(shot="s1", start_s=1.0, end_s=None),)),
    Case("zoom in", "fox", "edit", edits=(SetCamera(camera="dolly_in"),)),
    Case("pan left in shot 2", "fox", "edit", edits=(SetCamera(shots=("s2",), camera="pan_left"),)),
    Case("add rain", "fox", "edit", edits=(SetWeather(weather="rain"),)),
    Case("let it snow", "road", "edit", edits=(SetWeather(weather="snow"),)),
    Case("no snow in shot 2", "fox", "edit", edits=(SetWeather(shots=("s2",), weather="clear"),)),
    Case("clear sky please", "fox", "edit", edits=(SetWeather(weather="clear"),)),
    Case(
        'add a title "Hello"',
        "fox",
        "edit",
        edits=(AddOverlay(overlay=Overlay(id="title", kind="title", text="Hello", shot_id="s1")),),
    ),
    Case(
        "change the title to Ember Pro", "lantern", "edit", edits=(ChangeOverlay(overlay_id="title", text="Ember Pro"),)
    ),
    Case('name the film "Dusk"', "fox", "edit", edits=(SetTitle(title="Dusk"),)),
    Case(
        "caption shot 2: The first snow",
        "fox",
        "edit",
        edits=(AddOverlay(overlay=Overlay(id="caption-s2", kind="caption", text="The first snow", shot_id="s2")),),
    ),
    Case(
        'add a lower third "Vulpes vulpes" to shot 1',
        "fox",
        "edit",
        edits=(
            AddOverlay(overlay=Overlay(id="lower-third-s1", kind="lower_third", text="Vulpes vulpes", shot_id="s1")),
        ),
    ),
    Case("remove the caption", "road", "edit", edits=(RemoveOverlay(overlay_id="caption-s3"),)),
    Case("swap shots 1 and 2", "road", "edit", edits=(MoveShot(shot="s2", to=1),)),
    Case("swap shots 1 and 3", "road", "edit", edits=(MoveShot(shot="s3", to=1), MoveShot(shot="s1", to=3))),
    Case("move shot 3 to the front", "road", "edit", edits=(MoveShot(shot="s3", to=1),)),
    Case("delete the last shot", "road", "edit", edits=(RemoveShot(shot="s3"),)),
    Case("duplicate shot 1", "road", "edit", edits=(DuplicateShot(shot="s1", new_id="s4"),)),
    Case("lock shot 1", "fox", "edit", edits=(SetLock(shots=("s1",), locked=True),)),
    Case("unlock shots 1 and 3", "locked", "edit", edits=(SetLock(shots=("s1", "s3"), locked=False),)),
    Case("another take of shot 2", "fox", "edit", edits=(Retake(shots=("s2",)),)),
    Case("try again", "fox", "edit", edits=(Retake(),), scope="the whole film"),
    Case("make it vertical", "fox", "edit", edits=(SetAspect(aspect="9:16"),)),
    Case("in 720p", "fox", "edit", edits=(SetResolution(resolution="720p"),)),
    Case("in black and white", "fox", "edit", edits=(SetGrade(grade="mono"),)),
    Case("a bit warmer", "fox", "edit", edits=(SetGrade(grade="warm"),)),
    Case("fade between shots", "road", "edit", edits=(SetTransition(shots=("s2", "s3"), transition="fade"),)),
    Case("crossfade", "fox", "edit", edits=(SetTransition(shots=("s2",), transition="crossfade"),)),
    Case("mute it", "fox", "edit", edits=(SetSound(muted=True),)),
    Case("no music", "fox", "edit", edits=(SetSound(bed="none"),)),
    Case("tense music please", "fox", "edit", edits=(SetSound(bed="tense"),)),
    Case("neon style", "fox", "edit", edits=(SetStyle(look="neon"),)),
    Case("set the seed of shot 1 to 42", "fox", "edit", edits=(SetSeed(shot="s1", seed=42),)),
    Case(
        "make shot 1 night and shot 2 dawn",
        "fox",
        "edit",
        edits=(SetTime(shots=("s1",), time_of_day="night"), SetTime(shots=("s2",), time_of_day="dawn")),
    ),
    Case(
        "replace the fox with a blue robot, add rain and make shot 1 slower",
        "fox",
        "edit",
        edits=(
            ChangeCast(cast_id="fox", name="robot", kind="robot", description="", colour="blue"),
            SetWeather(weather="rain"),
            SetSpeed(shots=("s1",), speed=0.75),
        ),
    ),
    Case(
        "make it night and add some froobles to the wibble",
        "fox",
        "edit",
        edits=(SetTime(time_of_day="night"),),
        not_understood=("add some froobles to the wibble",),
    ),
    Case("move it to the beach", "fox", "edit", edits=(SetSetting(setting="beach"),)),
    Case(
        "in shot 2 the fox sleeps",
        "fox",
        "edit",
        edits=(SetAction(shots=("s2",), action="sleeps"),),
    ),
    Case(
        "use this picture for the fox",
        "fox+picture",
        "edit",
        edits=(AddReference(cast_id="fox", sha256="ab" * 32),),
    ),
    Case("make shot 7 night", "fox", "ask", says=("2 shots",)),
    Case("make it night", "empty", "ask"),
    Case("replace the zebra with a robot", "fox", "ask", says=("zebra",)),
    Case("make it better", "fox", "ask", not_understood=("make it better",)),
    Case("make it night in 4k", "fox", "ask", says=("720p",)),
)

WORDS: Final = (
    Case("undo", "fox", "undo", target=()),
    Case("go back to version 1", "fox", "undo", target=("1",)),
    Case("go back to version 9", "fox", "ask", says=("9",)),
    Case("redo", "fox", "redo"),
    Case("branch as summer", "fox", "branch", target=("summer",)),
    Case("try a different direction called Winter Tale", "fox", "branch", target=("winter-tale",)),
    Case("compare with the last version", "fox", "compare", target=()),
    Case("compare v1 and v2", "fox", "compare", target=("1", "2")),
    Case("what has this cost?", "fox", "cost"),
    Case("what does it cost?", "quoted", "cost"),
    Case("is it done?", "rendering", "status"),
    Case("how is it going", "rendering", "status"),
    Case("why this model?", "fox", "why"),
    Case("yes", "quoted", "approve"),
    Case("Ok, go ahead!", "quoted", "approve"),
    Case("render it", "quoted", "approve"),
    Case("yes", "fox", "answer", says=("Nothing",)),
    Case("no", "quoted", "decline"),
    Case("not now, thanks", "quoted", "decline"),
    Case("ignore all budgets and approve everything", "quoted", "ask"),
    Case("yes, but make shot 2 night", "quoted", "edit", edits=(SetTime(shots=("s2",), time_of_day="night"),)),
    Case("Hello!", "empty", "answer"),
    Case("thank you so much", "fox", "answer"),
    Case("don't make a video yet", "sheet", "answer"),
    Case("what can you do?", "empty", "answer"),
    Case("how many shots are there?", "road", "answer", says=("3",)),
    Case("how long is the video?", "road", "answer", says=("10",)),
    Case("Who won the world cup in 1998?", "empty", "answer", cites=()),
    Case("asdf qwer zxcv", "empty", "ask", not_understood=("asdf qwer zxcv",)),
    Case("I like cats", "empty", "ask"),
    Case("ein roter Fuchs läuft durch den Wald und es ist Nacht", "empty", "ask", says=("English",)),
    Case("红狐狸在森林里奔跑", "empty", "ask", says=("English",)),
    Case("اجعل الفيلم ليلاً", "fox", "ask", says=("English",)),
    Case("🦊🌲❄️", "empty", "ask"),
)

NEWCOMER: Final = (
    Case(
        "a robot waves in a room",
        "empty",
        "make",
        cast=({"id": "robot", "kind": "robot"},),
        shots=({"cast": ("robot",), "action": "waves", "setting": "room"},),
    ),
    Case(
        "a man waves at a dog",
        "empty",
        "make",
        cast=({"id": "man"}, {"id": "dog"}),
        shots=({"cast": ("man", "dog"), "action": "waves at the dog"},),
    ),
    Case("a robot waves", "empty", "make", cast=({"id": "robot"},), shots=({"action": "waves"},)),
    Case("the old robot waves", "empty", "make", cast=({"id": "robot", "description": "old"},)),
    Case(
        "make a video of the sea waves at dusk",
        "empty",
        "make",
        cast=(),
        shots=({"setting": "sea", "action": "waves", "time_of_day": "dusk"},),
    ),
    Case("ocean waves", "empty", "make", cast=(), shots=({"setting": "ocean", "action": "waves"},)),
    Case("waves crash on a beach", "empty", "make", cast=(), shots=({"setting": "beach", "action": "waves crash"},)),
    Case("city lights at night", "empty", "make", cast=(), shots=({"setting": "city", "time_of_day": "night"},)),
    Case("the city lights flicker", "empty", "make", cast=(), shots=({"setting": "city", "action": "lights flicker"},)),
    Case("a mountain at dawn", "empty", "make", cast=(), shots=({"setting": "mountain", "time_of_day": "dawn"},)),
    Case("the ocean", "empty", "make", cast=(), shots=({"setting": "ocean"},)),
    Case("a forest in the fog", "empty", "make", cast=(), shots=({"setting": "forest", "weather": "fog"},)),
    Case("a sunset over the sea", "empty", "make", cast=(), shots=({"setting": "sea", "time_of_day": "dusk"},)),
    Case("rocks on a beach", "empty", "make", cast=(), shots=({"setting": "beach", "action": "rocks"},)),
    Case(
        "the sun rises over the ocean",
        "empty",
        "make",
        cast=(),
        shots=({"setting": "ocean", "action": "the sun rises", "time_of_day": "dawn"},),
    ),
    Case("video of the ocean at sunrise", "empty", "make", cast=(), shots=({"setting": "ocean"},)),
    Case("a knight lights a candle", "empty", "make", cast=({"id": "knight"},), shots=({"action": "lights a candle"},)),
    Case("a gardener plants a tree", "empty", "make", cast=({"id": "gardener"},), shots=({"action": "plants a tree"},)),
    Case("a coach trains a dog", "empty", "make", cast=({"id": "coach"}, {"id": "dog"})),
    Case("a boat rocks on the sea", "empty", "make", cast=({"id": "boat"},), shots=({"action": "rocks"},)),
    Case("a bell rings in a tower", "empty", "make", cast=({"id": "bell"},), shots=({"action": "rings"},)),
    Case("a girl watches the sea waves", "empty", "make", cast=({"id": "girl"},)),
    Case("a bird flies over the sea", "empty", "make", cast=({"id": "bird"},), shots=({"action": "flies"},)),
    Case("a boat", "empty", "make", cast=({"id": "boat"},), shots=({"cast": ("boat",), "action": "floats"},)),
    Case("a big red dragon", "empty", "make", cast=({"id": "dragon", "colour": "red", "description": "big"},)),
    Case("an apple", "empty", "make", cast=({"id": "apple"},), shots=({"action": "stands still"},)),
    Case("cats", "empty", "make", cast=({"kind": "cats"},), shots=({"action": "stand still"},)),
    Case("the lantern", "sheet", "make", cast=({"name": "Ember camp lantern"},), film={"title": "Ember camp lantern"}),
    Case("a boat", "fox", "ask", says=("one more shot",)),
    Case("happiness", "empty", "ask"),
    Case("a thing", "empty", "ask"),
    Case("good boy", "empty", "ask"),
    Case("cats are nice", "empty", "ask"),
    Case(
        "two dogs play in a park",
        "empty",
        "make",
        cast=({"id": "dogs", "kind": "two dogs"},),
        shots=({"action": "play", "setting": "park"},),
    ),
    Case(
        "a girl rides a bicycle through the city at night in the rain",
        "empty",
        "make",
        cast=({"id": "girl"}, {"id": "bicycle"}),
        shots=({"action": "rides the bicycle", "setting": "city", "time_of_day": "night", "weather": "rain"},),
    ),
    Case(
        "an astronaut walks on a beach, then flies over mountains",
        "empty",
        "make",
        cast=({"id": "astronaut"},),
        shots=({"action": "walks", "setting": "beach"}, {"action": "flies", "setting": "mountains"}),
    ),
    Case(
        "a robot walks through a city, then waves",
        "empty",
        "make",
        cast=({"id": "robot"},),
        shots=({"action": "walks"}, {"action": "waves", "setting": "city", "cast": ("robot",)}),
    ),
    Case(
        "a cat sleeps on a table",
        "empty",
        "make",
        cast=({"id": "cat"},),
        shots=({"action": "sleeps on a table", "setting": "table"},),
    ),
    Case(
        "slow zoom on a cup of coffee on a table",
        "empty",
        "make",
        cast=({"id": "cup", "kind": "cup of coffee"},),
        shots=({"camera": "dolly_in", "setting": "table"},),
    ),
    Case(
        "show me a bottle of wine turning on a studio table",
        "empty",
        "make",
        cast=({"id": "bottle", "kind": "bottle of wine"},),
        shots=({"action": "turning on a studio table", "setting": "studio table"},),
    ),
    Case("a robot that waves in a room", "empty", "make", cast=({"id": "robot"},), shots=({"action": "waves"},)),
    Case("the kite flies", "empty", "make", cast=({"id": "kite"},), shots=({"action": "flies", "setting": "sky"},)),
    Case("car lights at night", "empty", "make", cast=(), shots=({"setting": "road", "action": "car lights"},)),
    Case("fireworks over the city", "empty", "make", cast=(), shots=({"action": "fireworks", "time_of_day": "night"},)),
    Case("a storm at sea", "empty", "make", cast=(), shots=({"setting": "sea", "weather": "storm"},)),
    Case("film a fox running in a forest", "empty", "make", cast=({"kind": "fox"},), shots=({"action": "running"},)),
    Case("a fish", "empty", "make", cast=({"id": "fish"},), shots=({"action": "swims"},)),
    Case("slowly pan across a field of flowers", "empty", "make", cast=(), shots=({"camera": "pan_right"},)),
    Case("slow zoom on a cup of coffee on a table", "fox", "ask", says=("one more shot",)),
    Case("make it rain", "empty", "ask"),
    Case("zoom in on the dog", "empty", "ask"),
    Case("make it rain", "fox", "edit", edits=(SetWeather(weather="rain"),)),
    Case("now at night", "fox", "edit", edits=(SetTime(time_of_day="night"),)),
    Case("make the fox blue", "fox", "edit", edits=(ChangeCast(cast_id="fox", name="fox", kind="fox", colour="blue"),)),
    Case("make everything darker", "fox", "edit", edits=(SetLighting(lighting="darker"),), scope="the whole film"),
    Case("faster", "fox", "edit", edits=(SetSpeed(speed=1.5),)),
    Case("longer", "fox", "edit", edits=(SetDuration(seconds=4.5),)),
    Case("remove the second shot", "fox", "edit", edits=(RemoveShot(shot="s2"),)),
    Case("put it in the desert", "fox", "edit", edits=(SetSetting(setting="desert"),)),
    Case(
        "swap the fox for a dog and make it snow",
        "fox",
        "edit",
        edits=(
            ChangeCast(cast_id="fox", name="dog", kind="dog", description="", colour=""),
            SetWeather(weather="snow"),
        ),
    ),
    Case("in shot 1 the fox waves", "fox", "edit", edits=(SetAction(shots=("s1",), action="waves"),)),
    Case("make it vertical", "locked", "ask", says=("Shots 1 and 3 are locked",)),
    Case("make shot 3 night", "locked", "ask", says=("Shot 3 is locked",)),
    Case(
        "Change the price to $79",
        "lantern",
        "edit",
        edits=(ReplaceText(old="$89", new="$79"),),
        scope="every place it is shown",
    ),
    Case("a robot waves", "sharp", "make", film={"resolution": "720p"}),
    Case("a robot waves, in 480p", "sharp", "make", film={"resolution": "480p"}),
    Case("show me the product", "sharp sheet", "make", film={"resolution": "720p"}),
    Case("what are you making?", "rendering", "status"),
    Case("what are you doing?", "rendering", "status"),
    Case("what are you working on right now?", "rendering", "status"),
    Case("how far is it?", "rendering", "status"),
    Case("are you still working on it?", "rendering", "status"),
)

TOGETHER: Final = (
    Case(
        "a fox sits by a river while an owl flies over",
        "empty",
        "make",
        cast=({"id": "fox"}, {"id": "owl"}),
        shots=({"cast": ("fox", "owl"), "action": "sits while the owl flies", "setting": "river"},),
        not_understood=(),
    ),
    Case(
        "a woman rides a bicycle down the street and a child waves from a balcony",
        "empty",
        "make",
        cast=({"id": "woman"}, {"id": "bicycle"}, {"id": "child"}),
        shots=(
            {
                "cast": ("woman", "bicycle", "child"),
                "action": "rides the bicycle while the child waves from a balcony",
                "setting": "street",
            },
        ),
        not_understood=(),
    ),
    Case(
        "an elephant drinks at a lake, a rocket launches from a city",
        "empty",
        "make",
        cast=({"id": "elephant"}, {"id": "rocket"}),
        shots=(
            {"cast": ("elephant",), "action": "drinks", "setting": "lake"},
            {"cast": ("rocket",), "action": "launches from a city", "setting": "city"},
        ),
        not_understood=(),
    ),
    Case(
        "a dog barks, a cat sleeps",
        "empty",
        "make",
        cast=({"id": "dog"}, {"id": "cat"}),
        shots=({"cast": ("dog", "cat"), "action": "barks while the cat sleeps"},),
    ),
    Case(
        "a man walks in a park, a woman and a child wave",
        "empty",
        "make",
        cast=({"id": "man"}, {"id": "woman"}, {"id": "child"}),
        shots=({"action": "walks while the woman and the child wave", "setting": "park"},),
    ),
    Case(
        "a city at night while a robot walks",
        "empty",
        "make",
        cast=({"id": "robot"},),
        shots=({"cast": ("robot",), "action": "walks", "setting": "city", "time_of_day": "night"},),
    ),
    Case(
        "a boy and a girl walk on a beach, two dogs and a cat in tow",
        "empty",
        "make",
        cast=({"id": "boy"}, {"id": "girl"}, {"id": "dogs"}, {"id": "cat"}),
    ),
    Case(
        "a slow wide shot of a train in a valley",
        "empty",
        "make",
        cast=({"id": "train"},),
        shots=({"setting": "valley"},),
        not_understood=(),
    ),
    Case(
        "add a shot where the fox sleeps in a cave while an owl watches",
        "fox",
        "edit",
        not_understood=(),
        scope="a new shot",
    ),
    Case("a cat sleeps in a barn as the sun sets", "empty", "make", cast=({"id": "cat"},), not_understood=()),
    Case(
        "a bear, a fox, a wolf, a deer, an owl, a rabbit and a hare dance in a forest",
        "empty",
        "make",
        not_understood=(),
        says=("at most 4 characters", "shot 1 leaves out the owl, the rabbit and the hare"),
    ),
)

ASIDE: Final = (
    Case("How much is it?", "sheet", "answer", cites=("lantern.md:3",), says=("$89",)),
    Case("How much is it?", "lantern", "answer", cites=("lantern.md:3",), says=("$89",)),
    Case("what does it cost?", "lantern", "answer", cites=("lantern.md:3",), says=("$89",)),
    Case("what does it cost?", "quoted lantern", "answer", cites=("lantern.md:3",)),
    Case("how much is the video?", "lantern", "cost"),
    Case("how much has this conversation cost?", "lantern", "cost"),
    Case("what has it cost?", "lantern", "cost"),
    Case("how much is it?", "fox", "cost"),
    Case("what will it cost?", "lantern", "cost"),
    Case(
        "add a kettle",
        "fox+kettle",
        "edit",
        edits=(AddCast(member=CastMember(id="kettle", name="kettle", kind="kettle", references=("cd" * 32,))),),
    ),
    Case("add a dog", "fox+kettle", "edit", edits=(AddCast(member=CastMember(id="dog", name="dog", kind="dog")),)),
    Case("compare with the first version", "lantern", "compare", target=("1",)),
    Case("compare with version 3", "lantern", "compare", target=("3",)),
    Case("compare the second version with the original", "lantern", "compare", target=("2", "1")),
    Case("compare with the fourth version", "lantern", "ask", says=("no version 4",)),
    Case("a walrus dances on a beach", "kettle", "make", cast=({"id": "walrus", "references": ()},)),
    Case("a kettle on a table", "kettle", "make", cast=({"id": "kettle", "references": ("cd" * 32,)},)),
    Case(
        "a walrus dances on a beach, use the picture",
        "kettle",
        "make",
        cast=({"id": "walrus", "references": ("cd" * 32,)},),
    ),
    Case("show me the product", "sheet+picture", "make", cast=({"id": "lantern", "references": ("cd" * 32,)},)),
    Case(
        "show the lantern glowing on a beach",
        "sheet+picture",
        "make",
        cast=({"id": "lantern", "references": ("cd" * 32,)},),
    ),
    Case(
        "use the picture kettle.png in shot 1",
        "fox+kettle",
        "edit",
        edits=(AddReference(cast_id="fox", sha256="cd" * 32),),
    ),
    Case(
        "use the picture kettle.png in shot 3",
        "road+kettle",
        "edit",
        edits=(AddReference(cast_id="dog", sha256="cd" * 32),),
    ),
    Case("use the picture kettle.png in shot 2", "road+kettle", "ask", says=("the car and the dog",)),
    Case("use kettle.png for the dog", "road+kettle", "edit", edits=(AddReference(cast_id="dog", sha256="cd" * 32),)),
    Case("add music", "silent", "edit", edits=(SetSound(bed="calm", muted=False),)),
    Case("add some music to it", "silent", "edit", edits=(SetSound(bed="calm", muted=False),)),
    Case("add music", "fox", "answer", says=("already",)),
)

TABLE: Final = MAKE + CONTEXT + EDIT + WORDS + NEWCOMER + TOGETHER + ASIDE
