"""What a shot can be: time, weather, camera, light, colour of the picture and transition, in people's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.lexicon import can_be

_SOME: Final = (
    r"(?:\b(?:a|an|the|some|more|very|really|rather|all|bit of|lots? of|of|heavy|light"
    r"|thick|dense|soft|strong|gentle|pouring|bright|nice|big|proper|full)\s+){0,3}"
)
_AT: Final = r"(?:\b(?:at|in|by|during|on|into|to|under|with|it is|be|is|was|for)\s+){0,2}"


@dataclass(frozen=True, slots=True)
class Value:
    """One value and the field of a shot it is for. `start` and `end` are its place in the line.

    `off`: it is not wanted; `too`: there is too much of it.
    """

    field: str
    value: Any
    start: int
    end: int
    off: bool = False
    too: bool = False
    word: str = ""


def _table(rows: tuple[tuple[Any, str], ...], lead: str = "") -> tuple[tuple[re.Pattern[str], Any], ...]:
    return tuple((re.compile(rf"{lead}\b(?P<word>{words})(?![\w-])"), value) for value, words in rows)


TIMES: Final = _table(
    (
        (
            "dawn",
            r"dawn|sun-?rise|daybreak|first light|break of day|crack of dawn|(?:the )?early morning"
            r"|first thing in the morning"
            r"|sun (?:comes|coming|is coming) up"
            r"|(?:when |as )?the sun (?:rises|is rising)|morning light|daybreak|(?:just |only |barely )?getting"
            r" light|cock-?crow"
            r"|first thing(?! (?:people|we|you|they|the viewer))",
        ),
        (
            "dusk",
            r"dusk|sun-?set|twilight|(?:early |late )?evening(?: light| sun)?|golden hour"
            r"|sun-?down|nightfall|late afternoon|(?:the )?blue hour|gloaming|end of the day|after work"
            r"|(?:when |as )?the sun (?:sets|is setting|goes down|going down)|magic hour",
        ),
        (
            "night",
            r"night(?:-?time)?|nights|mid-?night|moon-?light|moonlit|after dark|dark outside"
            r"|star-?light|starry(?: (?:sky|night))?"
            r"|(?:middle|dead) of (?:the )?night|(?:the )?small hours|late at night|witching hour|bed-?time"
            r"|under the (?:stars|moon)|pitch dark|tonight",
        ),
        (
            "day",
            r"(?:broad )?day-?light|day-?time|noon|mid-?day|(?:the )?afternoon|(?:the )?morning"
            r"|(?:in |during |by )(?:the )?(?:bright )?day|(?<!time of )(?<!same )day"
            r"|bright day",
        ),
    ),
    rf"{_AT}{_SOME}",
)
WEATHER: Final = _table(
    (
        (
            "storm",
            r"(?:thunder and lightning|thunder-?storms?|thunder|lightning|storms?|stormy|stormier|hurricane|tempest)",
        ),
        ("snow", r"flurries|sleet|snow(?:y|ing|s|ed|ier|fall|flakes|storm)?|blizzard|winter weather|falling snow"),
        ("fog", r"fog(?:gy|gier|s)?|mist(?:y|ier)?|haz[ey]|hazier|murky"),
        (
            "rain",
            r"rain(?:y|ing|s|ed|ier|fall)?|drizzl(?:e|y|ing)|bucketing(?: down)?|tipping down|cloudburst"
            r"|downpour|showers|pouring(?: down)?"
            r"|pours?(?: down)?|soaking wet|wetter",
        ),
        (
            "wind",
            r"(?:blow(?:s|ing)? )?(?:a )?hoolie|blowing(?: (?:hard|about|a(?= gale)))?|wind(?:y|s|ier|ily)?"
            r"|breez[ey]|gales?|gust(?:s|y)|blustery|windswept",
        ),
        (
            "clear",
            r"sunny|sunnier|sun-?shine|clear(?: blue)? (?:sky|skies|weather|day)|clear weather"
            r"|blue (?:sky|skies)|cloudless"
            r"|(?:nice|good|fine|better|dry) weather|weather (?:to be )?(?:clear|nice"
            r"|good|fine|dry)|bright sun(?:shine)?|(?<!self )(?<!selves )(?<!him )(?<!her )(?<!them )dry(?!"
            r" off\b)|the sun (?:out|to shine)|(?:some|more) sun(?! ?(?:set"
            r"|rise))|(?<=be )clear(?= (?:there|again|please|now|then)\b| *$| ·)|clear(?:s|ing)? up|brighten(?:s)? up",
        ),
    ),
    rf"{_AT}{_SOME}",
)
CAMERA: Final = _table(
    (
        (
            "static",
            r"(?:camera )?(?:completely |perfectly |totally )?(?:still|static|fixed|steady"
            r"|locked[ -]off|motionless)(?: camera| shot)?|tripod|(?:hold|keep|stay) still"
            r"|(?:no|any|without(?: any)?|stop(?: the| all)?|less) camera (?:moves?|movements?"
            r"|motion)|no (?:movement|motion|zoom(?:ing)?|pan(?:ning)?)"
            r"|camera (?:does not|should not|must not|is not|stops?|to stop)(?: \w+)?(?: mov(?:e"
            r"|ing))?(?: at all)?|(?:do not|not) move the camera|stop (?:moving|zooming"
            r"|panning)(?: the camera)?"
            r"|hold on(?= (?:the|that|this|shot|·))(?!.*\b(?:seconds?|secs?)\b)"
            r"|stay put|without (?:the )?(?:zoom|pan|camera move)(?:ing|ning)?",
        ),
        (
            "dolly_out",
            r"(?:zoom(?:s|ing|ed)?|dolly|doll(?:ies|ying)|push(?:es|ing)?|track(?:s|ing)?"
            r"|move|moving|camera|go|going|step|stepping|draw|fly|ease)(?: \w+ly)?[ -](?:out"
            r"|back(?:wards?)?|away|further (?:out|away|back))"
            r"|(?:pull|back|draw)(?:s|ing)?(?: \w+ly)?[ -](?:back|out|away|off)(?: from(?= (?:it"
            r"|him|her|them|the)))?|pull-?back|pull-?out|wider(?: shot| angle| view)?"
            r"|zoom-?out|further (?:off|back)|further away|from further|more distance",
        ),
        (
            "dolly_in",
            r"(?:zoom(?:s|ing|ed)?|dolly|doll(?:ies|ying)|push(?:es|ing)?|track(?:s|ing)?"
            r"|move|moving|camera|go|going|creep|drift|come|coming|get|getting|bring (?:us"
            r"|me|it)|ease)(?: \w+ly)?(?: the camera)?[ -](?:in|into|forwards?|closer"
            r"|nearer|in closer|closer in)\b(?: (?:on|to|towards?|onto)(?! (?:the )?(?:first"
            r"|second|third|last|shot)))?"
            r"|zoom(?:s|ing)?(?: \w+ly)? (?:on|onto|towards?)|(?:creep|drift|glide|push"
            r"|inch|edge|move|go|dolly|float|fly|zoom|ease)(?:s|ing)?(?: \w+ly)?(?: in)? (?:towards?"
            r"|up to|closer to|in on)|up close(?: to| on)?|close (?:on|in on|to)(?= (?:the"
            r"|it|him|her|them))|(?:a |tight(?:er)? )?close-?ups?(?: (?:shot|of|on))?"
            r"|close up|(?<!the )closer(?: up)?(?: shot)?|tighter(?: shot| framing)?|push-?in"
            r"|zoom-?in|zoom|dolly|tight(?= (?:in )?on\b)|right up to|fill the (?:frame|screen|picture) with",
        ),
        (
            "pan_right",
            r"(?:(?:sweep|swipe|move|pan|go|glide|track|slide|travel|swing|drift|from)(?:s"
            r"|ning|ing)?(?: \w+ly)?(?: the camera)?[ ,]*)*(?:from )?(?:the )?left to (?:the )?right"
            r"|(?:pan(?:s|ning)?|sweep(?:s|ing)?|swing(?:s|ing)?|camera|track(?:s|ing)?"
            r"|slid(?:e|es|ing)|glid(?:e|es|ing)|mov(?:e|es|ing) the camera|camera (?:moves?"
            r"|goes?|pans?|turns?|drifts?))(?: \w+ly)?(?: over)?(?: to)?(?: the)? right(?:wards?)?"
            r"|right pan",
        ),
        (
            "pan_left",
            r"(?:(?:sweep|swipe|move|pan|go|glide|track|slide|travel|swing|drift|from)(?:s"
            r"|ning|ing)?(?: \w+ly)?(?: the camera)?[ ,]*)*(?:from )?(?:the )?right to (?:the )?left"
            r"|(?:pan(?:s|ning)?|sweep(?:s|ing)?|swing(?:s|ing)?|camera|track(?:s|ing)?"
            r"|slid(?:e|es|ing)|glid(?:e|es|ing)|mov(?:e|es|ing) the camera|camera (?:moves?"
            r"|goes?|pans?|turns?|drifts?))(?: \w+ly)?(?: over)?(?: to)?(?: the)? left(?:wards?)?"
            r"|left pan",
        ),
        (
            "tilt_up",
            r"(?:tilt(?:s|ing)?|crane|cran(?:es|ing)|look(?:s|ing)?|mov(?:e|es|ing)|point"
            r"|pan(?:s|ning)?|ris(?:e|es|ing)|follow(?:s|ing)?(?: (?:it|him|her|them"
            r"|the \w+))?|go(?:es)?|drift|sweep)(?: the camera| the shot)?(?: \w+ly)? up(?:wards?)?(?: "
            r"with (?:it|him|her|them))?|camera (?:\w+ly )?(?:rises?|climbs|lifts|goes up"
            r"|up)|(?:rise|lift) (?:up )?along|upward tilt|tilt-?up|tilt(?! (?:the camera )?(?:\w+ly )?down)",
        ),
        (
            "tilt_down",
            r"(?:tilt(?:s|ing)?|crane|cran(?:es|ing)|look(?:s|ing)?|mov(?:e|es|ing)|point"
            r"|pan(?:s|ning)?|follow(?:s|ing)?(?: (?:it|him|her|them|the \w+))?|go(?:es)?"
            r"|drift|sweep)(?: the camera| the shot)?(?: \w+ly)? down(?:wards?)?|camera (?:\w+ly )?(?:sinks?"
            r"|drops?|lowers?|goes down|down)|downward tilt|tilt-?down",
        ),
        (
            "orbit",
            r"(?:a?round and a?round)|orbit(?:s|ing)?(?: around| round)?|(?:a |full |do a )*360(?: degrees?)?(?:"
            r" around"
            r"| round| turn| spin)?|circl(?:e|es|ing)(?: around| round)?|(?:rotate|revolve"
            r"|spin|turn|go|fly|swirl|swing|sweep|whirl|curve|move|travel|arc|walk|camera)(?:s"
            r"|ing)?(?: the camera)?(?: all)?(?: the way)? (?:around|round)|arc shot",
        ),
        (
            "pan_right",
            r"pan(?:s|ning)?(?: (?:across|over|along))?|tracking shot|(?:camera )?(?:follows?"
            r"|tracks?|following|tracking)(?= (?:it|him|her|them|the|along|beside))|sweep(?:s"
            r"|ing)?(?: (?:across|over))?",
        ),
    ),
    r"(?:\b(?:slow(?:ly)?|gent(?:le|ly)|smooth(?:ly)?|quick(?:ly)?|steady|let|have|a"
    r"|the|camera|do|with|then|slight|should|to|can|make)\s+){0,4}",
)
CAMERA_WEAK: Final = _table(
    (
        ("pan_right", r"(?:to the )?right(?:wards?)?(?: instead)?"),
        ("pan_left", r"(?:to the )?left(?:wards?)?(?: instead)?"),
        ("tilt_up", r"up(?:wards?)?"),
        ("tilt_down", r"down(?:wards?)?"),
        ("dolly_in", r"in|forwards?|closer"),
        ("dolly_out", r"out|back(?:wards?)?|away"),
    )
)
GRADE: Final = _table(
    (
        (
            "mono",
            r"black[ -](?:and|&|n)[ -]white|b ?& ?w|b/w|monochrome|mono|gr[ae]y-?scale"
            r"|noir|(?:no|without(?: any)?) colou?rs?|colou?rless",
        ),
        (
            "none",
            r"(?:no|without(?: (?:a|the|any))?|remove the|drop the|lose the) (?:grade"
            r"|grading|filters?|colou?r grad(?:e|ing)|tint)|(?:normal|natural|original"
            r"|full|real|usual) colou?rs?|in colou?r(?: again)?|back (?:to|in) colou?r"
            r"|colou?rs? back",
        ),
        (
            "faded",
            r"(?:tone|turn|dial|take|bring|knock|calm)(?:d|s)? (?:all )?(?:the |those )?colou?rs? (?:right )?down"
            r"|(?:mute|drain|soften|fade) (?:all )?(?:the |those )?colou?rs?|(?:fewer|weaker|softer|paler"
            r"|duller) colou?rs?"
            r"|faded|washed[ -]out|pastel(?: colou?rs?| tones?)?|muted (?:colou?rs|tones)"
            r"|desaturated?|(?:less|not so|not as) (?:saturated|colou?rful|vivid|vibrant"
            r"|punchy|colou?r)|sepia|vintage(?: film)?(?: look| feel| colou?rs?| tones?)"
            r"|old[ -](?:film|photo)(?: look| feel)?|paler(?: colou?rs?)?|toned? (?:it )?down (?:the "
            r")?colou?rs?|bleached|aged",
        ),
        (
            "vivid",
            r"(?:bump|boost|pump|turn|dial|crank|punch|bring|lift)(?: up)? (?:all )?(?:the "
            r"|those )?colou?rs?(?: up| out)?"
            r"|colou?rs? (?:to |should |must |could |need to |really |just ){1,3}(?:pop|sing|shine|burst|glow)"
            r"|(?:liven|spice|perk|jazz|cheer|pep|beef|juice|brighten|ginger)(?:s|ed)? up (?:all )?(?:the |those"
            r" )?colou?rs?"
            r"|vivid(?:er)?|vibrant|punch(?:y|ier)|saturated?|saturation|(?:more )?colou?rful"
            r"|more colou?rs?|richer(?: colou?rs?)?|stronger colou?rs?|bolder colou?rs?"
            r"|brighter colou?rs?|bright colou?rs|colou?rs? (?:to )?(?:pop|should pop"
            r"|really pop)|intense colou?rs?|poppy",
        ),
        (
            "warm",
            r"(?:warm|heat)(?: up)? (?:all )?(?:the |those )?colou?rs?(?: up)?|warm (?:it|this|that|everything) up"
            r"|warm(?:er)?(?: and (?:cosy|cozy|golden|soft))?(?: (?:grade|look|filter"
            r"|tones?|colou?rs?|feel|picture|palette|tint|feeling|hues?))?|co[sz]y|co[sz]ier"
            r"|golden (?:tones?|colou?rs?|look)",
        ),
        (
            "cool",
            r"cool(?: down)? (?:all )?(?:the |those )?colou?rs?(?: down)?|cool (?:it|this|that|everything) down"
            r"|(?:clean and |clear and |crisp and )?(?:cool(?:er)?|cold(?:er)?)(?: and (?:clean"
            r"|crisp|blue))?(?: (?:grade|look|filter|tones?|colou?rs?|feel|picture|palette"
            r"|tint|hues?))?|(?:icy|bluish|blue-ish|chilly|frosty|wintry)(?: (?:tones?"
            r"|colou?rs?|look|feel|tint))?|blue (?:tint|tones?)",
        ),
    ),
    r"(?:\b(?:in|with|all|a|an|the|to|into|make|be|more|much|bit|little|as|use|and|of"
    r"|for|go|colou?rs?|picture|should be|are|is)\s+){0,4}",
)
LIGHT: Final = re.compile(
    r"(?:\b(?:with|in|use|some|a|the|by|under|more|make|needs?)\s+){0,3}"
    r"(?:\blight(?:ing)?\s*(?::|=|to(?: be)?|should be|is)\s*)?\b(?P<word>(?:(?:soft"
    r"|softer|harsh|warm|warmer|golden|dramatic|cold|cool|neon|dim|dimmer|bright|brighter"
    r"|moody|moodier|low|hard|blue"
    r"|red|pink|orange|green|purple|pale|flickering|studio|natural|gloomy|eerie|spooky"
    r"|overhead|fairy|string|fluorescent|disco|christmas|coloured|twinkling|white|yellow|amber|teal|violet|silver"
    r"|dappled|sharp|flat|even|mellow|crisp|creamy|twilight|sun|moon|traffic|flashing|strobe|ceiling|window|deep"
    r"|romantic|mysterious|ambient|strong|subtle|diffuse|diffused|gentle|early|late|candle"
    r"|lamp|side|back|rim|street|stage|torch|fire|spot)[ -]){1,3}(?:light(?:ing|s)?|lit"
    r"|glow)"
    r"|(?<=with )(?:[a-z]+ ){1,2}light(?:s|ing)?|(?<=under )(?:[a-z]+ ){1,2}light(?:s"
    r"|ing)?|(?<=needs )(?:[a-z]+ ){1,2}light(?:s|ing)?|(?<=need )(?:[a-z]+ ){1,2}light(?:s"
    r"|ing)?|(?<=use )(?:[a-z]+ ){1,2}lighting|(?<=some )[a-z]+ light(?:s|ing)?"
    r"|(?:soft |warm |flickering |dim )?(?:candle-?light|lamp-?light|fire-?light|torch-?light"
    r"|spot-?lights?|back-?light|back-?lit|candle-?lit|lantern light|low-?key|high-?key"
    r"|(?:flood|street|head|flash|search|neon|disco|strobe|sun|stage|fairy|string)-?light(?:s|ing)?|lanterns?"
    r"|neon signs?"
    r"|chiaroscuro|contre-?jour|sun-?beams|god rays|lens flare|shafts of light|rim-?light)"
    r"|light(?:ing)? (?:to |be |should be |is |a bit |a little |much |more |very |needs? to be ){0,4}(?:soft"
    r"|harsh|warm|golden|dramatic|cold|dim|bright|moody|gloomy|low|eerie|dark)(?:er)?"
    r"|(?:a (?:bit|little|lot|touch|tad|shade) |much |far |way |slightly |even )?(?:brighter"
    r"|darker|dimmer|moodier|gloomier|lighter|shadowy|shadowier|dimly lit|well lit)(?: (?:light(?:ing)?"
    r"|picture|image|scene|overall))?"
    r"|(?:too|so|very|quite) (?:dark|bright|dim|gloomy)|more light|less light|silhouettes?)(?![\w-])"
)
_LIGHTING_SAID: Final = re.compile(
    r"\b(?:the )?(?:lighting\s*(?::|=|to(?: be)?|should be|must be|is|)|light\s*(?::|=))\s*(?:an? )?"
    r"(?!(?:better|nicer|good|nice|great|different|other|same|like|right|wrong|fine|perfect|terrible|bad|off|on|and|in"
    r"|for|of|at|a|it|is|to|should|more|less|much)\b)(?P<word>[a-z][a-z-]{2,}(?: [a-z][a-z-]{2,})?)$"
)
"""Whatever follows "the lighting": a model may know a light that has no word here."""
_FOUND: Final = re.compile(
    r"\b(?:is|are|was|were|it is|looks?|feels?|seems?|comes across)(?: (?:all|ever|a bit|just|still|far|much))*\s+$"
)
_MORE: Final = {"too dark": "brighter", "too dim": "brighter", "too gloomy": "brighter", "too bright": "darker"}
TRANSITION: Final = _table(
    (
        (
            "cut",
            r"cuts? (?:straight|directly|right|hard)(?= (?:from|to|·))|(?:hard|straight"
            r"|plain|clean|simple|direct|jump) cuts?(?: only)?|cuts only|(?:no|without(?: any)?"
            r"|remove (?:the|all|any)|lose the|drop the|get rid of the|stop the) (?:transitions?"
            r"|fad(?:e|es|ing)|cross-? ?fad(?:e|es|ing)|dissolves?)",
        ),
        (
            "crossfade",
            r"cross-? ?fad(?:e|es|ed|ing)|(?:cross-? ?)?dissolves?|blend(?: \w+)?(?= (?:into"
            r"|between|from|over))|soft transitions?|smooth(?:er)? transitions?|melt into"
            r"|overlap",
        ),
        (
            "fade",
            r"(?:fad(?:e|es|ing)|faded(?= (?:in|up|from|out)\b))(?:[ -](?:in|from black|up|up from black))?"
            r"|from black",
        ),
    ),
    r"(?:\b(?:add|use|with|put|make|have|insert|want|need|a|an|the|some|start|starts"
    r"|begin|begins|open|opens|soft|slow|gentle|it|gets?|get|give|gives?)\s+){0,4}",
)
_NEGATED: Final = re.compile(
    r"\b(?:no|not(?! (?:only|just))|without|never|stop(?:s|ping)?|stopped|remove|removing"
    r"|(?<!the )(?<!this )(?<!that )(?:lose|drop|delete)|get rid of|take (?:out|away|off)|less|rid of|hate|do"
    r" not (?:want"
    r"|like|need)|can not (?:be|have)"
    r"|clear (?:away|up|out)|kill|turn off|skip|instead of|rather than|enough(?: of)?"
    r"|nothing)\s+(?:(?:any|the|this|that|all|of|to|be|so|it|want|more|much|at|a|an|there"
    r"|see|saw|had|got|get|have|is|being|gloomy|such|in|like|need|make|let|think|with|as|thing) ){0,4}$"
)


_NOTHING_OF_IT: Final = {("camera", "static"), ("transition", "cut"), ("grade", "none")}
_STOPS: Final = re.compile(
    r" (?:should |must |can |could |has to |needs to |to |have )?(?:stops?|ends?|go away|goes away|be gone|is"
    r" over|clears?|vanish(?:es)?"
    r"|disappears?|off)\b(?! (?:at|in|on)\b)"
)
_TOO: Final = re.compile(r"\b(?:too|so|overly|way too)\s+$")


def scene_values(line: Line, *, camera_words: bool) -> list[Value]:
    """Every value for shots in a line, in its order; they are then read. `camera_words`: "left" alone counts."""
    found: list[Value] = []
    tables = [("camera", CAMERA), ("transition", TRANSITION)]
    if camera_words:
        tables.append(("camera", CAMERA_WEAK))
    for name, table in tables:
        _collect(line, name, table, found)
    while (match := line.take(LIGHT)) is not None:
        word = match["word"]
        found.append(
            Value(
                "lighting",
                _MORE.get(
                    re.sub(
                        r"^(?:so|very"
                        r"|quite)\b",
                        "too",
                        word,
                    )
                    if _FOUND.search(line.text[: match.start("word")])
                    else word,
                    word,
                ),
                match.start("word"),
                match.end(),
                _negated(line, match.start()),
                False,
                word,
            )
        )
    for name, table in (("grade", GRADE), ("time_of_day", TIMES), ("weather", WEATHER)):
        _collect(line, name, table, found)
    if not found and (match := line.take(_LIGHTING_SAID)) is not None:
        found.append(Value("lighting", match["word"], match.start("word"), match.end(), word=match["word"]))
    if any(one.field == "transition" for one in found):
        # "ease into the alley with a dissolve": the alley comes in, no camera does.
        found = [one for one in found if not (one.field == "camera" and _COMES_IN.match(one.word))]
    if any(one.field == "camera" for one in found):
        # "push in slowly": the move is slow, not the shot.
        while line.take(_HOW):
            pass
    return sorted(found, key=lambda one: one.start)


def _collect(line: Line, name: str, table: tuple[tuple[re.Pattern[str], Any], ...], found: list[Value]) -> None:
    for pattern, value in table:
        while (match := line.find(pattern)) is not None:
            # "in a snowy forest": the rest of the phrase is the forest's.
            of_noun = match["word"].endswith("y") and re.match(r" [a-z]", line.free[match.end() :])
            line.use(match.start("word") if of_noun else match.start(), match.end())
            if match["word"] == "day" and _names_a_day(line.text[: match.start("word")]):
                continue
            # The words before may be the value's own, as the "of" in "instead of night".
            off = bool(_STOPS.match(line.text[match.end() :])) or (
                (_negated(line, match.start()) or _negated(line, match.start("word")))
                and (name, value) not in _NOTHING_OF_IT
            )
            too = bool(_TOO.search(line.text[: match.start("word")]))
            found.append(Value(name, value, match.start(), match.end(), off or too, too, match["word"]))


def _names_a_day(before: str) -> bool:
    """Whether the word before "day" makes it the name of one: "race day", "birthday party day"."""
    word = before.split()[-1] if before.split() else ""
    return can_be(word, "NOUN") and not can_be(word, "ADJ") and not can_be(word, "ADV") and word not in _WHEN


_WHEN: Final = frozenset("winter summer spring autumn snow rain storm all a the by in it one next working".split())
_COMES_IN: Final = re.compile(r"(?:ease|eas|com|go|gett?|mov|drift|glid|float|step|fly)(?:e|es|s|ing)?\b")
_HOW: Final = re.compile(
    r"\b(?:slow(?:ly)?|gent(?:le|ly)|smooth(?:ly)?|quick(?:ly)?|steadily|very|nice and|gradually|softly)\b"
)


def _negated(line: Line, start: int) -> bool:
    """Whether the words before this place say that it is not wanted."""
    return bool(_NEGATED.search(line.text[:start]))
