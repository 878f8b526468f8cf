"""What a shot can be: time, weather, camera, light, colour of the picture and transition, in people's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from cutaway.conversation.keywords.editing.line import Line

_SOME: Final = r"(?:\b(?:a|an|the|some|more|very|really|rather|all|bit of|lots? of|of|heavy|light|thick|dense|soft|strong|gentle|pouring|bright|nice|big|proper|full)\s+){0,3}"
_AT: Final = r"(?:\b(?:at|in|by|during|on|into|to|under|with|it is|be|is|was|for)\s+){0,2}"


@dataclass(frozen=True, slots=True)
class Value:
    """One value and the field of a shot it is for. `start` and `end` are its place in the line; `off`: not wanted; `too`: there is too much of it."""

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
        ("dawn", r"dawn|sun-?rise|daybreak|first light|break of day|crack of dawn|(?:the )?early morning|sun (?:comes|coming|is coming) up"
                 r"|(?:when |as )?the sun (?:rises|is rising)|morning light|daybreak"),
        ("dusk", r"dusk|sun-?set|twilight|(?:early |late )?evening(?: light| sun)?|golden hour|sun-?down|nightfall|late afternoon"
                 r"|(?:when |as )?the sun (?:sets|is setting|goes down|going down)|magic hour"),
        ("night", r"night(?:-?time)?|nights|mid-?night|moon-?light|moonlit|after dark|dark outside|star-?light|starry(?: (?:sky|night))?"
                  r"|middle of the night|under the (?:stars|moon)|pitch dark|tonight"),
        ("day", r"(?:broad )?day-?light|day-?time|noon|mid-?day|(?:the )?afternoon|(?:the )?morning|(?:in |during |by )(?:the )?(?:bright )?day|day"
                r"|bright day"),
    ),
    rf"{_AT}{_SOME}",
)  # fmt: skip
WEATHER: Final = _table(
    (
        ("storm", r"(?:thunder and lightning|thunder-?storms?|thunder|lightning|storms?|stormy|stormier|hurricane|tempest)"),
        ("snow", r"snow(?:y|ing|s|ed|ier|fall|flakes|storm)?|blizzard|winter weather|falling snow"),
        ("fog", r"fog(?:gy|gier|s)?|mist(?:y|ier)?|haz[ey]|hazier|murky"),
        ("rain", r"rain(?:y|ing|s|ed|ier|fall)?|drizzl(?:e|y|ing)|downpour|showers|pouring(?: down)?|pours?(?: down)?|soaking wet|wetter"),
        ("wind", r"wind(?:y|s|ier|ily)?|breez[ey]|gales?|gust(?:s|y)|blustery|windswept"),
        ("clear", r"sunny|sunnier|sun-?shine|clear(?: blue)? (?:sky|skies|weather|day)|clear weather|blue (?:sky|skies)|cloudless"
                  r"|(?:nice|good|fine|better|dry) weather|weather (?:to be )?(?:clear|nice|good|fine|dry)|bright sun(?:shine)?|dry|the sun (?:out|to shine)|clear up"),
    ),
    rf"{_AT}{_SOME}",
)  # fmt: skip
CAMERA: Final = _table(
    (
        ("static", r"(?:camera )?(?:completely |perfectly |totally )?(?:still|static|fixed|steady|locked[ -]off|motionless)(?: camera| shot)?|tripod|(?:hold|keep|stay) still"
                   r"|(?:no|any|without(?: any)?|stop(?: the| all)?|less) camera (?:moves?|movements?|motion)|no (?:movement|motion|zoom(?:ing)?|pan(?:ning)?)"
                   r"|camera (?:does not|should not|must not|is not|stops?|to stop)(?: \w+)?(?: mov(?:e|ing))?(?: at all)?|(?:do not|not) move the camera|stop (?:moving|zooming|panning)(?: the camera)?"
                   r"|stay put|without (?:the )?(?:zoom|pan|camera move)(?:ing|ning)?"),
        ("dolly_out", r"(?:zoom(?:s|ing|ed)?|dolly|doll(?:ies|ying)|push(?:es|ing)?|track(?:s|ing)?|move|moving|camera|go|going|step|stepping|draw|fly|ease)(?: \w+ly)?[ -](?:out|back(?:wards?)?|away|further (?:out|away|back))"
                      r"|(?:pull|back|draw)(?:s|ing)?(?: \w+ly)?[ -](?:back|out|away|off)(?: from(?= (?:it|him|her|them|the)))?|pull-?back|pull-?out|wider(?: shot| angle| view)?|zoom-?out|further away|from further|more distance"),
        ("dolly_in", r"(?:zoom(?:s|ing|ed)?|dolly|doll(?:ies|ying)|push(?:es|ing)?|track(?:s|ing)?|move|moving|camera|go|going|creep|drift|come|coming|get|getting|bring (?:us|me|it)|ease)(?: \w+ly)?(?: the camera)?[ -](?:in|into|forwards?|closer|nearer|in closer|closer in)\b(?: (?:on|to|towards?|onto)(?! (?:the )?(?:first|second|third|last|shot)))?"
                     r"|zoom(?:s|ing)?(?: \w+ly)? (?:on|onto|towards?)|(?:creep|drift|glide|push|inch|edge|move|go|dolly|float|fly|zoom|ease)(?:s|ing)?(?: \w+ly)?(?: in)? (?:towards?|up to|closer to|in on)|up close(?: to| on)?|close (?:on|in on|to)(?= (?:the|it|him|her|them))|(?:a |tight(?:er)? )?close-?ups?(?: (?:shot|of|on))?|close up|closer(?: up)?(?: shot)?|tighter(?: shot| framing)?|push-?in|zoom-?in|zoom|dolly"),
        ("pan_right", r"(?:(?:sweep|swipe|move|pan|go|glide|track|slide|travel|swing|drift|from)(?:s|ning|ing)?(?: \w+ly)?(?: the camera)?[ ,]*)*(?:from )?(?:the )?left to (?:the )?right"
                      r"|(?:pan(?:s|ning)?|sweep(?:s|ing)?|swing(?:s|ing)?|camera|track(?:s|ing)?|slid(?:e|es|ing)|glid(?:e|es|ing)|mov(?:e|es|ing) the camera|camera (?:moves?|goes?|pans?|turns?|drifts?))(?: \w+ly)?(?: over)?(?: to)?(?: the)? right(?:wards?)?|right pan"),
        ("pan_left", r"(?:(?:sweep|swipe|move|pan|go|glide|track|slide|travel|swing|drift|from)(?:s|ning|ing)?(?: \w+ly)?(?: the camera)?[ ,]*)*(?:from )?(?:the )?right to (?:the )?left"
                     r"|(?:pan(?:s|ning)?|sweep(?:s|ing)?|swing(?:s|ing)?|camera|track(?:s|ing)?|slid(?:e|es|ing)|glid(?:e|es|ing)|mov(?:e|es|ing) the camera|camera (?:moves?|goes?|pans?|turns?|drifts?))(?: \w+ly)?(?: over)?(?: to)?(?: the)? left(?:wards?)?|left pan"),
        ("tilt_up", r"(?:tilt(?:s|ing)?|crane|cran(?:es|ing)|look(?:s|ing)?|mov(?:e|es|ing)|point|pan(?:s|ning)?|ris(?:e|es|ing)|follow(?:s|ing)?(?: (?:it|him|her|them|the \w+))?|go(?:es)?|drift|sweep)(?: the camera| the shot)?(?: \w+ly)? up(?:wards?)?(?: with (?:it|him|her|them))?|camera (?:\w+ly )?(?:rises?|climbs|lifts|goes up|up)|(?:rise|lift) (?:up )?along|upward tilt|tilt-?up|tilt"),
        ("tilt_down", r"(?:tilt(?:s|ing)?|crane|cran(?:es|ing)|look(?:s|ing)?|mov(?:e|es|ing)|point|pan(?:s|ning)?|follow(?:s|ing)?(?: (?:it|him|her|them|the \w+))?|go(?:es)?|drift|sweep)(?: the camera| the shot)?(?: \w+ly)? down(?:wards?)?|camera (?:\w+ly )?(?:sinks?|drops?|lowers?|goes down|down)|downward tilt|tilt-?down"),
        ("orbit", r"orbit(?:s|ing)?(?: around| round)?|(?:a |full |do a )*360(?: degrees?)?(?: around| round| turn| spin)?|circl(?:e|es|ing)(?: around| round)?|(?:rotate|revolve|spin|turn|go|fly|swirl|swing|sweep|whirl|curve|move|travel|arc|walk|camera)(?:s|ing)?(?: the camera)?(?: all)?(?: the way)? (?:around|round)|arc shot"),
        ("pan_right", r"pan(?:s|ning)?(?: (?:across|over|along))?|tracking shot|(?:camera )?(?:follows?|tracks?|following|tracking)(?= (?:it|him|her|them|the|along|beside))|sweep(?:s|ing)?(?: (?:across|over))?"),
    ),
    r"(?:\b(?:slow(?:ly)?|gent(?:le|ly)|smooth(?:ly)?|quick(?:ly)?|steady|let|have|a|the|camera|do|with|then|slight|should|to|can|make)\s+){0,4}",
)  # fmt: skip
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
        ("mono", r"black[ -](?:and|&|n)[ -]white|b ?& ?w|b/w|monochrome|mono|gr[ae]y-?scale|noir|(?:no|without(?: any)?) colou?rs?|colou?rless"),
        ("none", r"(?:no|without(?: (?:a|the|any))?|remove the|drop the|lose the) (?:grade|grading|filters?|colou?r grad(?:e|ing)|tint)|(?:normal|natural|original|full|real|usual) colou?rs?|in colou?r(?: again)?|back (?:to|in) colou?r|colou?rs? back"),
        ("faded", r"faded|washed[ -]out|pastel(?: colou?rs?| tones?)?|muted (?:colou?rs|tones)|desaturated?|(?:less|not so|not as) (?:saturated|colou?rful|vivid|vibrant|punchy|colou?r)|sepia|vintage(?: film)?(?: look| feel| colou?rs?| tones?)|old[ -](?:film|photo)(?: look| feel)?|paler(?: colou?rs?)?|toned? (?:it )?down (?:the )?colou?rs?|bleached|aged"),
        ("vivid", r"vivid(?:er)?|vibrant|punch(?:y|ier)|saturated?|saturation|(?:more )?colou?rful|more colou?rs?|richer(?: colou?rs?)?|stronger colou?rs?|bolder colou?rs?|brighter colou?rs?|bright colou?rs|colou?rs? (?:to )?(?:pop|should pop|really pop)|intense colou?rs?|poppy"),
        ("warm", r"warm(?:er)?(?: and (?:cosy|cozy|golden|soft))?(?: (?:grade|look|filter|tones?|colou?rs?|feel|picture|palette|tint|feeling|hues?))?|co[sz]y|co[sz]ier|golden (?:tones?|colou?rs?|look)"),
        ("cool", r"(?:clean and |clear and |crisp and )?(?:cool(?:er)?|cold(?:er)?)(?: and (?:clean|crisp|blue))?(?: (?:grade|look|filter|tones?|colou?rs?|feel|picture|palette|tint|hues?))?|(?:icy|bluish|blue-ish|chilly|frosty|wintry)(?: (?:tones?|colou?rs?|look|feel|tint))?|blue (?:tint|tones?)"),
    ),
    r"(?:\b(?:in|with|all|a|an|the|to|into|make|be|more|much|bit|little|as|use|and|of|for|go|colou?rs?|picture|should be|are|is)\s+){0,4}",
)  # fmt: skip
LIGHT: Final = re.compile(
    r"(?:\b(?:with|in|use|some|a|the|by|under|more|make|needs?)\s+){0,3}\b(?P<word>(?:(?:soft|softer|harsh|warm|warmer|golden|dramatic|cold|cool|neon|dim|dimmer|bright|brighter|moody|moodier|low|hard|blue"
    r"|red|pink|orange|green|purple|pale|flickering|studio|natural|gloomy|eerie|spooky|romantic|mysterious|ambient|strong|subtle|diffuse|diffused|gentle|early|late|candle|lamp|side|back|rim|street|stage|torch|fire|spot)[ -]){1,3}(?:light(?:ing|s)?|lit|glow)"
    r"|(?<=with )(?:[a-z]+ ){1,2}light(?:s|ing)?|(?<=under )(?:[a-z]+ ){1,2}light(?:s|ing)?|(?<=needs )(?:[a-z]+ ){1,2}light(?:s|ing)?|(?<=need )(?:[a-z]+ ){1,2}light(?:s|ing)?|(?<=some )[a-z]+ light(?:s|ing)?"
    r"|(?:soft |warm |flickering |dim )?(?:candle-?light|lamp-?light|fire-?light|torch-?light|spot-?lights?|back-?light|back-?lit|candle-?lit|lantern light|low-?key|high-?key)"
    r"|light(?:ing)? (?:to |be |should be |is |a bit |a little |much |more |very |needs? to be ){0,4}(?:soft|harsh|warm|golden|dramatic|cold|dim|bright|moody|gloomy|low|eerie|dark)(?:er)?"
    r"|(?:a (?:bit|little|lot|touch|tad|shade) |much |far |way |slightly |even )?(?:brighter|darker|dimmer|moodier|gloomier|lighter|shadowy|shadowier|dimly lit|well lit)(?: (?:light(?:ing)?|picture|image|scene|overall))?"
    r"|(?:too|so|very|quite) (?:dark|bright|dim|gloomy)|more light|less light|silhouettes?)(?![\w-])"
)
_MORE: Final = {"too dark": "brighter", "too dim": "brighter", "too gloomy": "brighter", "too bright": "darker"}
TRANSITION: Final = _table(
    (
        ("cut", r"cuts? (?:straight|directly|right|hard)(?= (?:from|to|·))|(?:hard|straight|plain|clean|simple|direct|jump) cuts?(?: only)?|cuts only|(?:no|without(?: any)?|remove (?:the|all|any)|lose the|drop the|get rid of the|stop the) (?:transitions?|fad(?:e|es|ing)|cross-? ?fad(?:e|es|ing)|dissolves?)"),
        ("crossfade", r"cross-? ?fad(?:e|es|ed|ing)|(?:cross-? ?)?dissolves?|blend(?: \w+)?(?= (?:into|between|from|over))|soft transitions?|smooth(?:er)? transitions?|melt into|overlap"),
        ("fade", r"fad(?:e|es|ed|ing)(?:[ -](?:in|from black|up|up from black))?|from black"),
    ),
    r"(?:\b(?:add|use|with|put|make|have|insert|want|need|a|an|the|some|start|starts|begin|begins|open|opens|soft|slow|gentle|it|gets?|get|give|gives?)\s+){0,4}",
)  # fmt: skip
_NEGATED: Final = re.compile(
    r"\b(?:no|not(?! (?:only|just))|without|never|stop(?:s|ping)?|stopped|remove|removing|lose|drop|delete|get rid of|take (?:out|away|off)|less|rid of|hate|do not (?:want|like|need)|can not (?:be|have)"
    r"|clear (?:away|up|out)|kill|turn off|skip|instead of|rather than|enough(?: of)?|nothing)\s+(?:(?:any|the|this|that|all|of|to|be|so|it|want|more|much|at|a|an|there|see|have|is|being|gloomy|such|in|like|need|make|let|think|with|as|thing) ){0,4}$"
)


_TOO: Final = re.compile(r"\b(?:too|so|overly|way too)\s+$")


def scene_values(line: Line, *, camera_words: bool) -> list[Value]:
    """Every value for shots in a line, in the order of the line; they are then read. `camera_words`: "left" alone counts."""
    found: list[Value] = []
    tables = [("camera", CAMERA), ("transition", TRANSITION)]
    if camera_words:
        tables.append(("camera", CAMERA_WEAK))
    for name, table in tables:
        _collect(line, name, table, found)
    while (match := line.take(LIGHT)) is not None:
        word = match["word"]
        found.append(Value("lighting", _MORE.get(word, word), match.start("word"), match.end(), _negated(line, match.start()), False, word))
    for name, table in (("grade", GRADE), ("time_of_day", TIMES), ("weather", WEATHER)):
        _collect(line, name, table, found)
    if any(one.field == "camera" for one in found):
        # "push in slowly": the move is slow, not the shot.
        while line.take(_HOW):
            pass
    return sorted(found, key=lambda one: one.start)


def _collect(line: Line, name: str, table: tuple[tuple[re.Pattern[str], Any], ...], found: list[Value]) -> None:
    for pattern, value in table:
        while (match := line.take(pattern)) is not None:
            off = _negated(line, match.start()) and (name, value) not in {("camera", "static"), ("transition", "cut"), ("grade", "none")}
            too = bool(_TOO.search(line.text[: match.start("word")]))
            found.append(Value(name, value, match.start(), match.end(), off or too, too, match["word"]))


_HOW: Final = re.compile(r"\b(?:slow(?:ly)?|gent(?:le|ly)|smooth(?:ly)?|quick(?:ly)?|steadily|very|nice and|gradually|softly)\b")


def _negated(line: Line, start: int) -> bool:
    """Whether the words before this place say that it is not wanted."""
    return bool(_NEGATED.search(line.text[:start]))
