"""What the whole film can be: its sound, frame, sharpness and look, in people's words."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.line import Line
from cutaway.storyboard.edits import Edit, SetAspect, SetResolution, SetSound, SetStyle
from cutaway.storyboard.model import Aspect, Look, SoundBed, Storyboard

_BEDS: Final[tuple[tuple[SoundBed, str], ...]] = (
    (
        "night",
        r"crickets?|night(?:-?time)?(?: (?:noises?|sounds?|music|ambience|atmosphere))"
        r"|nocturnal|owls hooting|(?:sounds?|noises?) of (?:the )?night|night",
    ),
    (
        "playful",
        r"playful|quirky|silly|sillier|funny|funnier|comic(?:al)?|comedy|goofy|goofier|bouncy|bouncier|cheeky|cheekier"
        r"|whimsical|mischievous"
        r"|cartoon(?:ish|y)?|circus|light-?hearted|jaunty",
    ),
    (
        "epic",
        r"epic|(?:big |sweeping |soaring )strings|goosebumps|stirring|rousing|glorious|anthem(?:ic)?|orchestral?"
        r"|heroic|grand|majestic|cinematic|triumphant|powerful|big drums"
        r"|hollywood|adventur(?:e|ous)|sweeping|bombastic",
    ),
    (
        "dreamy",
        r"dream(?:y|ier|like)|romantic|romance|tender|sentimental|wistful|ethereal|magical|floating|floaty|lullaby"
        r"|spacey|hazy|otherworldly"
        r"|fairy-?tale|mystical|nostalgic",
    ),
    (
        "tense",
        r"tense|tenser|dread|fear|menace|danger(?:ous)?|chilling|haunting|unsettling|nail-?biting|tension"
        r"|suspense(?:ful)?|scary|scarier|spooky|spookier|creepy"
        r"|creepier|eerie|ominous|dark(?:er)?|dramatic|thriller|horror|nervous|menacing"
        r"|sinister|threatening|nerve-?racking|gripping",
    ),
    (
        "bright",
        r"bright(?:er)?|energy|pep|peppy|perky|zippy|joy|joyous|celebrat\w+|happy|happier|upbeat|cheerful|cheery"
        r"|cheerier|fun|energetic|lively"
        r"|livelier|sunny|joyful|jolly|merry|positive|uplifting|party|pop|summery|optimistic"
        r"|festive|catchy|feel-?good",
    ),
    (
        "calm",
        r"calm(?:er|ing)?|comfy|cosy|cozy|sleepy|sleepier|restful|unobtrusive|softly|soft one|quiet one"
        r"|soft(?:er)? (?=music|sound|piano|tune|score)|gentle|gentler"
        r"|quiet(?=\s+(?:music|piano|tune|score))|relax(?:ing|ed)|peaceful|ambient|slow(?=\s+(?:music"
        r"|tune|piano))|sooth(?:ing|e)|mellow(?:er)?|chill(?:ed|ed out|out)?|serene|tranquil"
        r"|piano|acoustic|meditative|subtle|laid-?back|easy-?going",
    ),
)
_MUSICAL: Final = (
    r"(?:background )?(?:music(?:al)?|sound-?track|sounds?|audio|score|tunes?|song|track"
    r"|melody|noises?|noise|sound ?bed|bed|ambience|atmosphere|beat|band|orchestra|drums"
    r"|(?:some|calm|gentle|soft|slow|quiet|sad|happy|upbeat|jolly|dramatic|dreamy|spooky|light) (?:piano|guitar"
    r"|strings|violins?|synths?|harp|flute|cello|accordion|ukulele|jazz|techno|folk))"
)
_MOOD: Final = tuple((bed, re.compile(rf"\b(?:{words})\b")) for bed, words in _BEDS)
MUSICAL: Final = re.compile(rf"\b(?:{_MUSICAL}|to listen to|to hear|for (?:the|my|our) ears)\b")
_PURE: Final[tuple[tuple[SoundBed, re.Pattern[str]], ...]] = (
    ("night", re.compile(r"\bcrickets?\b|\bnight(?:-?time)? (?:noises?|sounds?|music|ambience|atmosphere)\b")),
    ("epic", re.compile(r"\b(?:epic )?orchestra\b|^\W*epic\W*$")),
    ("tense", re.compile(r"\b(?:tension|suspense(?:ful)?|scarier|spookier|creepier|tenser)\b")),
    ("dreamy", re.compile(r"\blullaby\b")),
)
_NONE: Final = re.compile(
    r"\b(?:no|without(?: any)?|lose|drop|remove|kill|cut|stop|take (?:out|away|off)"
    r"|get rid of|turn off|switch off|delete|ditch|scrap|do not (?:want|need)(?: any)?"
    r"|never mind|skip|strip out|hate)"
    rf"\s+(?:(?:any|the|that|this|all|of|more|with|it|at)\s+){{0,3}}(?P<what>{_MUSICAL})(?: (?:at "
    r"all|away|out|off|completely|entirely|please|altogether))*"
    rf"|\b(?P<what2>{_MUSICAL})\s+(?:off|out|away|should go|can go|has to go|must go"
    rf"|gone)\b|\b(?:take|turn|switch)\s+the\s+(?P<what3>{_MUSICAL})\s+(?:off|out|away)\b"
)
_QUIET: Final = re.compile(
    r"\b(?:mute[ds]?|muting|silence[ds]?|silent(?:ly)?|hush|no noise|(?:make it |completely "
    r"|in )silen(?:t|ce)|shut (?:it|the sound) (?:up|off))\b(?: (?:the |it |all |this )*(?:sound"
    r"|audio|film|video|music|noise|everything|it))?"
)
_BACK: Final = re.compile(
    rf"\b(?:un-?mute[ds]?|(?:turn|switch|put|bring|have|get)\s+(?:the\s+|my\s+|some\s+)?(?:{_MUSICAL})\s+(?:b"
    rf"ack\s*)?(?:on|in|back)?(?: again)?(?!\s*(?:up|down|off|louder|lower))|(?:the\s+)?{_MUSICAL}\s+(?:back"
    r"\s+on|on|back(?! (?:from|out|away|off)))(?: again)?|(?:turn|switch|put) it back on|with (?:the )?sound(?:"
    r" again)?)\b"
)
_SOME: Final = re.compile(
    r"\b(?:add|with|put|play|want|include|need|have|give (?:it|us|me)|get)\s+(?:(?:some"
    rf"|a|the|bit|of|background|in|nice|good|back|to it)\s+){{0,4}}{_MUSICAL}\b"
)
_DUCK: Final = re.compile(
    r"\b(?P<not>(?:do not|does not|should not|never|not|no|stop|without)\b.{0,16})?\b(?:duck(?:ing)?|dip(?:s|ping)?"
    r"|(?:lower(?:ing)?|fad(?:e|ing)) (?=the music (?:under|when|while|for)))\b(?: of)?(?: the| my)?"
    r" (?:music|sound-?track|bed|score|under|down|when|while)\b"
)
_CLIPS: Final = re.compile(
    r"\b(?:clips?|original|recorded|live|real|camera)(?:'s|s'|s)? (?:own )?(?:sounds?|audio|noises?)\b"
    r"|\b(?:sounds?|audio|noises?|volume) (?:of|in|from|on) (?:the |my |our )?(?:clips?|recordings?|shots"
    r" themselves)\b"
)
_VOLUME: Final = re.compile(
    r"(?:\b(?:volume|music|sound(?:-?track)?|audio|it|score|loudness)\b\s*(?:is |be "
    r"|should be |to |at |of |down |up |lower |only |about ){0,5})?\b(?P<pct>\d{1,3})\s?(?:%"
    r"|percent\b)(?: (?:volume|loud(?:ness)?))?"
    r"|\b(?P<full>(?:full|max(?:imum)?|top|maximal) volume|volume (?:to |at |up )*(?:full"
    r"|max(?:imum)?|the max)|as loud as (?:possible|it gets|you can)|(?:back )?up to full|all the way up|full blast)\b"
    r"|\b(?P<part>(?:a |one )?(?:third|quarter|fifth)(?: of)?(?: the)? (?:volume|loudness))\b"
    r"|\b(?P<half>half(?: the)? (?:volume|as loud)|volume (?:to |at |by )*half|twice as quiet)\b"
    r"|\b(?P<up>(?:much |a (?:bit|little|lot|tad|touch) |way |even |far )?louder|(?:turn"
    r"|crank|pump)(?: (?:it|the \w+|that))? up(?: the (?:volume|music|sound|audio))?"
    r"|(?:volume|sound|music|audio) up|more (?:volume|noise|sound)|(?:music|sound|audio|score) (?:much "
    r"|a (?:bit|little) )?(?:more )?(?:strong(?:er)?|higher)|raise the (?:volume|music|sound)|(?:barely"
    r"|hardly|can not(?: really)?|can barely) (?:hear|audible)|too (?:quiet|silent|low)"
    r"|not loud enough|increase the (?:volume|sound|music)|up the volume)\b"
    r"|\b(?P<down>(?:much |a (?:bit|little|lot|tad|touch) |way |even |far )?(?:quieter"
    r"|less loud)|softer(?= (?:music|sound|audio|volume)|\W*$)|(?:turn|tone|bring)(?: (?:it"
    r"|the (?:music|sound|volume|audio|soundtrack|score)|that))? down(?: the (?:volume"
    r"|music|sound|audio))?|(?:volume|sound|music|audio) down|lower (?:the )?(?:volume"
    r"|music|sound|audio)|(?:volume|music|sound|audio) (?:lower|softer|quieter|in the background"
    r"|too loud)|too (?:much )?loud|less volume|reduce the (?:volume|sound|music)|decrease the (?:volume"
    r"|sound)|(?:music|sound) (?:is )?(?:drown(?:s|ing)|overpower)\w*)\b"
    r"|\b(?P<faint>(?:(?:make|keep|leave|have|let|but|be|to be|should be|so that)\s+(?:it|the (?:music|sound|score"
    r"|tune))?\s*"
    r"(?:is |be )?(?:hardly|barely|only just|scarcely|just about) (?:audible|there|noticeable|heard|any))"
    r"|(?:hardly|barely|only just|scarcely) (?:there|noticeable))\b"
    r"|\b(?P<low>(?:keep|leave|have|make|but) (?:it|the (?:music|sound|volume|audio)) (?:very "
    r"|quite |really |nice and )?(?:low|quiet|soft|down)|(?:but |at |on |very )?(?:low"
    r"|quiet|soft) (?:volume|in the background)|(?:volume|music|sound) (?:very |really "
    r"|quite )?(?:low|quiet|soft))\b"
)
_A_BIT: Final = re.compile(r"\b(?:bit|little|tad|touch|slightly|notch|smidge)\b")
_A_LOT: Final = re.compile(r"\b(?:much|way|lot|far|barely|hardly)\b")
_TOO: Final = re.compile(r"\b(?:too|so|way too|nothing|no|not(?: so)?|less|stop being|isn't)\s+(?:\w+\s+)?$")

ASPECTS: Final[tuple[tuple[Aspect, str], ...]] = (
    (
        "9:16",
        r"9\s?(?:[:x/]|by)\s?16|vertical(?:ly)?|portrait|upright|tik\s?-?tok|reels?|(?:instagram "
        r"|insta |ig )?stor(?:y|ies) format|(?:instagram|insta|ig) stor(?:y|ies)|(?:youtube "
        r"|yt )?shorts|snap(?:chat)?|whats-?app status|(?:my |your |the |a |mobile |smart ?"
        r"|cell ?)?(?:phones?|mobile)(?: (?:screen|format))?"
        r"|tall(?:er)? (?:format|frame)|hochformat|high format",
    ),
    (
        "1:1",
        r"1\s?[:x/]\s?1|square(?:d)?(?: (?:format|frame|post|version|crop))?|(?:instagram"
        r"|insta|ig|facebook|linkedin)(?: (?:post|feed|grid))s?|album cover|(?:instagram"
        r"|insta)",
    ),
    (
        "16:9",
        r"16\s?(?:[:x/]|by)\s?9|horizontal(?:ly)?|wide-?\s?screen|landscape|you-?\s?tube|(?:on "
        r"|for )?(?:a |the |my |our )?(?:big )?(?:tv|television|projector|cinema|monitor"
        r"|beamer)(?: screen)?|wide format|sideways",
    ),
)
_ASPECT_LEAD: Final = (
    r"(?:\b(?:in|for|as|to|on|my|the|a|an|it|is|with|make|be|go|use|i|will|post|this|put"
    r"|going|instead|shown?|we|format)\s+){0,5}"
)
_ASPECT: Final = tuple(
    (
        aspect,
        re.compile(
            rf"{_ASPECT_LEAD}(?<![\w:])(?P<word>{words})(?: (?:format|mode|orientation"
            r"|aspect(?: ratio)?|frame|shape|version|layout))?(?![\w:])"
        ),
    )
    for aspect, words in ASPECTS
)
_PLACE_SQUARE: Final = re.compile(
    r"\b(?:the|a|town|city|market|village|main|public) square\b(?! (?:format|frame|post"
    r"|version|instagram|one|video|film))"
)
_RESOLUTION: Final = re.compile(
    r"(?:\b(?:in|at|to|with|make it)\s+)?(?:\b(?:full\s*|ultra\s*)?(?P<hd>hd|high[ -]def(?:inition)?"
    r"|high[ -]res(?:olution)?)\b|\b(?P<n>\d{3,4})\s?p\b|\b(?P<k>\d{1,2})\s?k\b(?! (?:people"
    r"|steps))"
    r"|\b(?P<up>(?:higher|better|best|more|top|highest|maximum|full) (?:resolution|definition"
    r"|quality|res)|sharp(?:er)?(?: as (?:it gets|possible|you can))?|crisper|crisp|more detail(?:ed)?"
    r"|not so (?:blurry|pixel\w*)|less (?:blurry|pixel\w*|grainy))\b"
    r"|\b(?P<down>(?:lower|low|less|smaller|worse) (?:resolution|definition|quality|res|file)|low-?res|sd)\b)"
)
LOOKS: Final[tuple[tuple[Look, str], ...]] = (
    (
        "blueprint",
        r"blue-?\s?prints?|architect(?:'s|s|ural)?(?: (?:drawing|plan|sketch))?|technical (?:drawing"
        r"|plan|sketch)|construction (?:drawing|plan)|engineering drawing|schematic",
    ),
    (
        "chalkboard",
        r"chalk-?\s?boards?|black-?\s?boards?|chalk(?: (?:drawings?|on (?:a )?(?:blackboard"
        r"|board|slate)))?(?: on (?:a )?black-?board)?|school ?board|classroom board",
    ),
    ("neon", r"neon(?: (?:signs?|glow|lines?|style|look|colou?rs?))?|glow(?:ing)? lines|tron|cyber-?punk|synth-?wave"),
    (
        "ink",
        r"ink(?: (?:drawings?|sketch|lines?|style|look|wash))?|pen and ink|comic(?:-?book)?(?: (?:style"
        r"|look|vibe|drawing))|pen drawings?|woodcut|brush drawing|line drawings?|inked"
        r"|manga",
    ),
    (
        "paper",
        r"paper(?: ?-?cut(?:-?| )?outs?| cuttings?| collage| style| look| craft)?|cut-?outs?"
        r"|cut-?out (?:style|look)|origami|collage|papercraft",
    ),
)
_LOOK_LEAD: Final = (
    r"(?:\b(?:in|with|use|as|like|on|to|look|looks|make|it|be|should|a|an|the|go|back"
    r"|want|try|style|have|something|maybe|more|rather|if|would|drawn|all|do|is|love|i"
    r"|switch|change)\s+){0,7}"
)
_LOOK: Final = tuple(
    (
        look,
        re.compile(
            rf"{_LOOK_LEAD}\b(?P<word>{words})(?: (?:style|look|art|aesthetic|drawing"
            r"|version|vibe|kind of look|instead of \w+))*(?![\w-])"
        ),
    )
    for look, words in LOOKS
)
_NOT_LOOK: Final = re.compile(
    r"\blighting (?:to |should be |must be )?neon\b"
    r"|\b(?:paper (?:boat|plane|bag|lantern|hat|crane|cup)|neon (?:city|sign|light(?:s"
    r"|ing)?|lit|street)|ink (?:bottle|pot)|reads? (?:a |the )?(?:news)?paper)\b"
)
_STYLE: Final = re.compile(
    r"\b(?:in|with)\s+(?:the|a|an)\s+(?:style|manner|look|spirit)\s+of\s+(?P<of>[^,.;·]+)"
    r"|\b(?:in |with |use |more )?(?:a |an |the )?(?P<word>(?:cinematic|anime|cartoon(?:y"
    r"|ish)?|water-?colou?r|pixel(?:[ -]art)?|comic|realistic|photo-?realistic|minimal(?:ist"
    r"|istic)?|retro|film noir|oil[ -]paint(?:ing|ed)|pencil|clay(?:mation)?|stop[ -]motion"
    r"|lego|low[ -]poly|documentary|surreal|story-?book|japanese|art[ -]deco|pop[ -]art"
    r"|cubist|impressionist(?:ic)?|gothic|steam-?punk|fairy-?tale|psychedelic|80s|90s"
    r"|70s|60s|fifties|sixties|seventies|eighties|nineties|autumn(?:al)?|christmas(?:sy)?"
    r"|spring|summer(?:y)?|winter(?:y)?|halloween|hand-?drawn|crayon|felt|knitted|embroidered"
    r"|stained[ -]glass|mosaic|medieval|futuristic|scandinavian))(?:[ -](?:style|look"
    r"|art|aesthetic|feel|feeling|vibes?|mood|colou?rs?|ish|painting|drawing))*(?![\w-])"
    r"|\bin (?:an? |the )?(?!(?:different|same|other|another|new|old|better|nicer|bold|plain|elegant|large|hand"
    r"|handwritten|any|some|which|what|this|that|my|our|your|its|title|caption|a|an|the)\b)(?P<any>[a-z][a-z-]{2,}"
    r"(?: [a-z][a-z-]{2,})?) style\b"
    r"|\bstyle\s*(?::|=|to(?: be)?)\s*(?:an? |the )?(?!(?:something|different|better|bold|handwritten|elegant|plain"
    r"|the|a|an)\b)(?P<set>[a-z][a-z-]{2,}(?: [a-z][a-z-]{2,})?)$"
    r"|\b(?:feels?|looks?|looking|feeling)\s+(?:a bit |more |much |really |like )*(?:like )?(?P<like>(?:a "
    r"|an |the )?[a-z'-]+(?: [a-z'-]+){0,4})"
)

OBSERVED: Final = re.compile(
    r"^(?!.*\b(?:should|could|must|make|let|have|give|want|wish|to (?:look|feel)|can|needs?|ought|more)\b)"
    r".*(?:\b(?:looks|feels)\b|\b(?:they|these|those|we|you) (?:\w+ly |all |just )?(?:look|feel)\b)(?! like\b)"
    r"|^(?:he|she|they|we|you)\b.* looks? like\b"
)
"""Somebody says how something looks, and does not say how it should."""


def take_sound(line: Line, film: Storyboard, *, context: bool) -> list[Edit]:
    """The sound edits of a line. `context`: the last change was to the sound, so "calmer" alone is about it."""
    said: dict[str, object] = {}
    if match := line.find(_DUCK):
        line.use(0, len(line.text))
        return [SetSound(duck=not match["not"])]
    if match := line.find(_CLIPS):
        now = film.sound.clips_volume
        line.use(0, len(line.text))
        if share := re.search(r"\b(\d{1,3}) ?(?:%|percent)", line.text):
            return [SetSound(clips_volume=min(100, int(share[1])) / 100)]
        if re.search(r"\b(?:no|mute|off|silence|without|remove|kill|drop)\b", line.text):
            return [SetSound(clips_volume=0.0)]
        louder = re.search(r"\b(?:louder|up|raise|more|too (?:quiet|soft|low)|hear|higher|boost)\b", line.text)
        return [SetSound(clips_volume=min(1.0, round(now + 0.3, 2)) if louder else max(0.0, round(now - 0.4, 2)))]
    noun = line.find(MUSICAL) is not None
    if match := line.take(_BACK):
        said["muted"] = False
        if film.sound.bed == "none":
            said["bed"] = "calm"
    elif match := line.take(_NONE):
        what = match["what"] or match["what2"] or match["what3"]
        said |= {"muted": True} if what in {"sound", "sounds", "audio", "noise", "noises"} else {"bed": "none"}
        line.take(re.compile(r"\b(?:take|turn|switch) (?:it|that) (?:off|out|away)\b"))
    elif line.take(_QUIET):
        said["muted"] = True
    if (
        (match := line.find(_VOLUME))
        and (noun or context or not match["pct"])
        and not (match["pct"] and "speed" in line.text)
    ):
        line.use(match.start(), match.end())
        said["volume"] = _volume(match, film.sound.volume)
    if "muted" not in said and said.get("bed") is None and (bed := _bed(line, noun or context)):
        said["bed"] = bed
        if film.sound.muted:
            said["muted"] = False
        for pattern in (
            re.compile(rf"\b(?:for |of |in )?(?:the |some |a )?{_MUSICAL}\b"),
            re.compile(r"\b(?:that sort of thing|something)\b"),
        ):
            while line.take(pattern):
                pass
    elif not said and line.take(_SOME):
        silent = film.sound.muted or film.sound.bed == "none"
        said |= {"bed": "calm", "muted": False} if silent else {"bed": film.sound.bed}
    if said:
        while line.take(
            re.compile(
                rf"\b(?:the |some |any |a |it |of )*{_MUSICAL}\b(?: (?:too|as well|a bit|instead|itself|down|up))?"
            )
        ):
            pass
    return [SetSound(**said)] if said else []  # type: ignore[arg-type]


def _volume(match: re.Match[str], now: float) -> float:
    if match["pct"]:
        return min(100, int(match["pct"])) / 100
    if match["part"]:
        return round(now * (1 / 3 if "third" in match[0] else 0.25 if "quarter" in match[0] else 0.2), 2)
    if match["faint"]:
        return min(0.15, now)
    if match["full"] or match["half"] or match["low"]:
        return 1.0 if match["full"] else round(now / 2, 2) if match["half"] else min(0.2, now)
    step = 0.1 if _A_BIT.search(match[0]) else 0.3 if _A_LOT.search(match[0]) else 0.2
    return round(min(1.0, max(0.0, now + (step if match["up"] else -step))), 2)


def _bed(line: Line, musical: bool) -> SoundBed | None:
    wanted: SoundBed | None = None
    unwanted: SoundBed | None = None
    for bed, pattern in _PURE:
        if line.take(pattern):
            wanted = bed
    if musical:
        for bed, pattern in _MOOD:
            while (match := line.take(pattern)) is not None:
                if _TOO.search(line.text[: match.start()]):
                    unwanted = bed
                elif wanted is None:
                    wanted = bed
    if wanted is None and unwanted is not None:
        # "too cheerful": the calm bed is the plain opposite of every mood but calm itself.
        return "bright" if unwanted == "calm" else "calm"
    return wanted


def take_frame(line: Line) -> tuple[list[Edit], str]:
    """The aspect and resolution edits of a line, and a resolution that cannot be made."""
    edits: list[Edit] = []
    match = line.find(_RESOLUTION)
    if match:
        if (match["n"] and match["n"] not in {"480", "720"}) or match["k"]:
            return [], match[0].strip()
        line.use(match.start(), match.end())
        small = match["n"] == "480" or match["down"]
        edits.append(SetResolution(resolution="480p" if small else "720p"))
        while again := line.find(_RESOLUTION):
            line.use(again.start(), again.end())
            if again["n"] in {"480", "720"}:
                edits = [SetResolution(resolution=f"{again['n']}p")]  # type: ignore[arg-type]
    if not _PLACE_SQUARE.search(line.text):
        for aspect, pattern in _ASPECT:
            if (found := line.find(pattern)) and not re.search(
                r"\b(?:not|no|instead of|than|from)\s+(?:in |as |a |the )*$", line.text[: found.start("word")]
            ):
                line.use(found.start(), found.end())
                edits.append(SetAspect(aspect=aspect))
                break
        for _, pattern in _ASPECT if edits else ():
            line.take(pattern)
    return edits, ""


def take_look(line: Line, film: Storyboard) -> list[Edit]:
    """The look a line names."""
    if not _NOT_LOOK.search(line.text):
        hits = [(look, found) for look, pattern in _LOOK if (found := line.find(pattern))]
        wanted = [
            (look, found)
            for look, found in hits
            if not re.search(
                r"\b(?:not|no|instead of|rather than|than|from|replace|without|of)\s+(?:in |as |a |the |an |like )*$",
                line.text[: found.start("word")],
            )
        ]
        if wanted:
            for _, found in hits:
                line.use(found.start(), found.end())
            look = wanted[-1][0] if len(wanted) > 1 and film.style.look == wanted[0][0] else wanted[0][0]
            return [SetStyle(look=look)]
    return []


def take_style(line: Line, *, like: bool) -> list[Edit]:
    """The style a line puts in words; with `like`, "looks like an old photo" counts too."""
    if match := line.find(_STYLE):
        group = next(name for name in ("of", "word", "any", "set", "like") if match[name])
        words = match[group]
        if match["word"] and not re.search(
            r"style|look|feel|vibe|mood|more|\bin\b|aesthetic|art\b|colou?rs", line.text
        ):
            return []
        if match["like"] and (not like or OBSERVED.search(line.text)):
            return []
        if match["word"] and re.search(
            r"\b(?:his|her|their|its) (?:early |late |mid )?$", line.text[: match.start("word")]
        ):
            return []  # "in her sixties": an age
        if match["like"] and re.match(
            r"(?:great|good|nice|fine|perfect|terrible|bad|awful|right|wrong|better|ok"
            r"|it|that|this|up|down|away|at|into|to|older|younger|bigger|smaller)\b",
            words,
        ):
            return []
        line.use(match.start(), match.end())
        noun = re.search(r"[ -](?:colou?rs|mood|vibes?|feel(?:ing)?)\b", match[0]) if group == "word" else None
        end = match.start() + noun.end() if noun else match.end(group)
        return [SetStyle(words=line.typed(match.start(group), end)[:200])]
    return []
