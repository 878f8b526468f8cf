"""The offline ear: a message becomes a plan by keywords, without a model, a key or a network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords import intents
from cutaway.conversation.keywords.answers import answer_about_film, best_lines, quote_lines, stems
from cutaway.conversation.keywords.changes import read_changes
from cutaway.conversation.keywords.language import is_english
from cutaway.conversation.keywords.phrases import find_member, known_subject
from cutaway.conversation.keywords.product import cited, product_draft, put_product_in
from cutaway.conversation.keywords.replies import ABILITIES, EXAMPLES, say_edits, say_film, say_scope, unheard
from cutaway.conversation.keywords.segments import COMMANDS
from cutaway.conversation.keywords.sheet import Sheet, read_sheets
from cutaway.conversation.keywords.shots import Draft, draft
from cutaway.conversation.keywords.targets import how_many
from cutaway.conversation.keywords.text import Masked, cut, mask, squeeze, without_politeness
from cutaway.conversation.plan import Situation, TurnPlan

MAX_READ_CHARS: Final = 6_000
_SHORT_CHARS: Final = 300

_FILM_NOUN: Final = (
    r"(?:video|film|clip|movie|animation|animatic|short(?:\s+film)?|story|storyboard|reel|sequence|teaser|trailer|ad|advert|commercial|spot|cartoon)s?"
)
_ASKS_FILM: Final = re.compile(
    r"^(?:(?:make|create|generate|produce|render|film|shoot|animate|draw|give|show|do|build|want|need|have|see|get|i|you|we|me|us|want|would|like|love|'d|to|let|let's|"
    r"now|just|please|start|begin|with)\b[\s']*){0,8}?(?:(?:a|an|the|another|one|new|short|quick|little|small|brief|nice|cool|whole|product|promo|fresh|different|\w+-?second|\w+\s+seconds?|of)\s+){0,5}"
    rf"\b{_FILM_NOUN}\b\s*(?:(?:of|about|on|showing|that\s+shows|where|in\s+which|with|for|from|featuring|:|-|,)\s*)?",
    re.I,
)
_SHOWS: Final = re.compile(
    r"^(?:(?:can|could|may)\s+i\s+)?(?:now\s+)?(?:show(?:\s+(?:me|us))?|draw(?:\s+(?:me|us))?|animate|visuali[sz]e|imagine|picture|film|depict|illustrate|let\s+me\s+see|i(?:'d)?\s+(?:want|would\s+like|like|love)\s+to\s+see|see)\b[\s:,]*(?:(?:this|the\s+following)(?:\s+(?:story|scene))?\s*:\s*)?",
    re.I,
)
_MAKES: Final = re.compile(
    r"^(?:now\s+)?(?:make|create|generate|produce|render|give\s+(?:me|us)|i\s+(?:want|need|would\s+like)|i'd\s+like|do)\b[\s:,]*(?:me\s+|us\s+)?(?=(?:a|an|two|three|some|another|\d)\b)", re.I
)
_ABOUT_CONTEXT: Final = re.compile(
    r"^(?:(?:it|this|that|them|these|(?:the|this|that|my|our)\s+(?:whole\s+)?(?:product|thing|sheet|item|document|file|notes?|brief|page|attachment|context|info|text|material)|what\s+(?:i|you)\s+(?:sent|have|attached|gave\s+you)|one|something|us|me)"
    r"\b[\s,]*(?:please|now|in\s+action|off|how\s+it\s+(?:works|looks|burns)|as\s+a\s+video|from\s+it)*[\s.,!?]*)*$",
    re.I,
)
_EDITISH: Final = re.compile(
    rf"^(?:{COMMANDS})\b|\bshots?\s+\d|^(?:half|double|normal)\s+speed|^(?:in|at)\s+\S+$|^another\s+take", re.I
)
_BARE_SHOW: Final = re.compile(r"^(?:(?:play|open|watch|see|show|view)\b[\s]*(?:me|us)?[\s]*(?:it|this|that|again|the\s+(?:video|film|clip|movie|result))?[\s.!?]*)$", re.I)
_WHATEVER: Final = re.compile(r"^(?:render|make|do|start|create)\s+(?:it|that|this)?[\s.!]*$", re.I)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message made ready: `core` is the text without politeness, `short` the same or empty when it is long."""

    situation: Situation
    masked: Masked
    core: str
    short: str
    whole: str


class KeywordReasoner:
    """Understands English by keywords. Pure and deterministic: the same situation gives the same plan."""

    name = "keywords"

    async def plan(self, situation: Situation) -> TurnPlan:
        """The plan for this message. Every text gives one; what is unsure is asked, never guessed."""
        return understand(situation)


def understand(situation: Situation) -> TurnPlan:
    """The plan for a situation. See `KeywordReasoner.plan`."""
    masked = mask(situation.text)
    if len(masked.text) > MAX_READ_CHARS:
        return _ask(
            f"That is {len(masked.text):,} characters; without a language model I read up to {MAX_READ_CHARS:,}. "
            "Send the part that should become a film.",
            "The message is longer than the keyword reader can follow.",
            choices=EXAMPLES[:1],
        )
    core = without_politeness(masked.text)
    short = core if len(core) <= _SHORT_CHARS else ""
    heard = Heard(situation, masked, core, short, masked.text if len(masked.text) <= _SHORT_CHARS else "")
    for read in (_consent, _unreadable, _small_talk, _history, _facts, _asked_film, _edited, _described):
        if (plan := read(heard)) is not None:
            return plan
    return _lost(heard)


def _ask(
    reply: str, rationale: str, *, choices: tuple[str, ...] = (), not_understood: tuple[str, ...] = (), confidence: float = 0.5
) -> TurnPlan:
    return TurnPlan(
        intent="ask",
        reply=reply,
        rationale=rationale,
        confidence=confidence,
        choices=tuple(dict.fromkeys(cut(c, 300) for c in choices if c.strip())),
        not_understood=tuple(cut(w, 300) for w in not_understood),
    )


def _answer(reply: str, rationale: str, *, choices: tuple[str, ...] = (), confidence: float = 0.9) -> TurnPlan:
    return TurnPlan(intent="answer", reply=reply, rationale=rationale, confidence=confidence, choices=choices)


def _ideas(situation: Situation) -> tuple[str, ...]:
    """Complete messages that make sense next."""
    if situation.storyboard is not None:
        last = len(situation.storyboard.shots)
        return ("Make it night in a city", f"Make shot {last} slower", "Undo")
    return ("Show me the product",) if read_sheets(situation.context) else EXAMPLES


def _consent(heard: Heard) -> TurnPlan | None:
    """Yes and no. Only a message that is nothing but a yes approves, and only a quote that waits."""
    waiting = heard.situation.pending_quote is not None
    if heard.whole and intents.plainly_yes(heard.whole):
        if waiting:
            return TurnPlan(intent="approve", rationale="The message is a plain yes to the quote that waits.")
        return _answer(
            "Nothing is waiting for your approval.", "There is no quote to approve.", choices=_ideas(heard.situation)
        )
    if heard.whole and intents.plainly_no(heard.whole):
        if waiting:
            return TurnPlan(intent="decline", rationale="The message turns the waiting quote down.")
        running = heard.situation.open_operations
        still = f" {running} piece{'s' if running != 1 else ''} of work already started will finish." if running else ""
        return _answer(f"Nothing is waiting for your answer.{still}", "There is no quote to decline.")
    return None


def _unreadable(heard: Heard) -> TurnPlan | None:
    if not any(c.isalpha() for c in heard.masked.restore(heard.masked.text)):
        return _ask(
            "I need words to work with: say what should be seen.",
            "The message has no words.",
            choices=_ideas(heard.situation),
            not_understood=(heard.situation.text.strip(),) if heard.situation.text.strip() else (),
        )
    if not is_english(heard.masked.text):
        return _ask(
            "Without a language model I only read English. Please say it in English, or set a model key.",
            "The message is not in English.",
            choices=_ideas(heard.situation),
            not_understood=(heard.masked.restore(heard.masked.text),),
            confidence=0.9,
        )
    return None


def _small_talk(heard: Heard) -> TurnPlan | None:
    text, situation = heard.whole, heard.situation
    if not text:
        return None
    if intents.GREETING.fullmatch(text):
        return _answer(f"Hello. {ABILITIES}", "A greeting needs no video.", choices=_ideas(situation))
    if intents.THANKS.fullmatch(text):
        waits = " A quote is still waiting for a yes or no." if situation.pending_quote else ""
        return _answer(f"You're welcome.{waits}", "Thanks need no video.", choices=("Yes, go ahead", "Not now") if waits else ())
    if intents.HELP.fullmatch(text) or intents.HELP.fullmatch(heard.core):
        return _answer(ABILITIES, "A question about what I can do is answered in words.", choices=_ideas(situation))
    if intents.HOLD.search(text):
        if situation.pending_quote:
            return TurnPlan(intent="decline", rationale="The message asks not to make a video now.")
        rest = squeeze(intents.HOLD.sub(" ", text))
        if intents.is_question(rest) and len(rest.split()) > 2 and (plan := _facts_of(heard, rest)) is not None:
            return plan
        return _answer(
            "All right, no video until you ask for one.",
            "The message asks not to make a video.",
            choices=_ideas(situation),
        )
    return None


def _history(heard: Heard) -> TurnPlan | None:
    """Undo, redo, branch, compare, cost, status and why."""
    text, situation = heard.short, heard.situation
    if not text:
        return None
    film = situation.storyboard
    undo = intents.undo_target(text)
    if undo is not None or intents.is_redo(text):
        word = "undo" if undo is not None else "redo"
        if film is None:
            return _answer(f"There is nothing to {word} yet.", "There is no film yet.", choices=_ideas(situation))
        return _unknown_versions(situation, undo or ()) or TurnPlan(
            intent="undo" if undo is not None else "redo",
            target=undo or (),
            rationale="The message asks for an earlier version." if undo is not None else "The message brings back what was undone.",
        )
    branch = intents.branch_target(text, heard.masked.quotes)
    if branch is not None and film is not None:
        return TurnPlan(intent="branch", target=branch, rationale="The message asks for another direction.")
    compare = intents.compare_target(text)
    if compare is not None and film is not None:
        return _unknown_versions(situation, compare) or TurnPlan(
            intent="compare", target=compare, rationale="The message asks what differs between versions."
        )
    if (branch is not None or compare is not None) and film is None:
        return _answer("There is no film yet.", "Branches and comparisons need a film.", choices=_ideas(situation))
    asked = heard.whole or text
    if intents.asks_cost(text, about_product=_sells(situation, text)):
        return TurnPlan(intent="cost", rationale="The message asks what the work costs, which is answered in words.")
    if intents.is_status(text) or intents.is_status(asked):
        return TurnPlan(intent="status", rationale="The message asks how far the work is.")
    why = intents.why_target(text)
    if why is not None and not (situation.context and best_lines(text, situation.context)):
        return TurnPlan(intent="why", target=why, rationale="The message asks for the reason of a decision.")
    return None


def _sells(situation: Situation, text: str) -> bool:
    """Whether "it" in a question about cost may be a product rather than the film."""
    priced = any(sheet.price for sheet in read_sheets(situation.context))
    if not priced:
        return bool(situation.context and best_lines(text, situation.context))
    pronoun = re.search(r"\b(?:it|this|that)\b", text, re.I)
    return not (pronoun and situation.storyboard is not None)


def _unknown_versions(situation: Situation, target: tuple[str, ...]) -> TurnPlan | None:
    there = situation.version_numbers
    missing = next((t for t in target if there and t not in there), None)
    if missing is None:
        return None
    return _ask(
        f"There is no version {missing}; there is {', '.join(there[-12:])}.",
        "The message names a version that is not there.",
        choices=(f"Go back to version {there[-1]}",),
    )


def _facts(heard: Heard) -> TurnPlan | None:
    """Questions: from the film, from the context, or plainly not known."""
    if not heard.short or not (intents.is_question(heard.masked.text) or intents.is_question(heard.core)):
        return None
    requested = heard.core != heard.masked.text.strip(" ?.!") and not intents.is_question(heard.core)
    if requested or _SHOWS.match(heard.core) or _ASKS_FILM.match(heard.core) or _ABOUT_TRY.match(heard.masked.text):
        return None
    return _facts_of(heard, heard.masked.restore(heard.masked.text))


_ABOUT_TRY: Final = re.compile(r"^(?:(?:what|how) about|what if|can|could|would|will)\b(?! (?:it|the \w+|this|that) )", re.I)


def _facts_of(heard: Heard, question: str) -> TurnPlan | None:
    situation = heard.situation
    lines = best_lines(question, situation.context)
    about_film = answer_about_film(question, situation.storyboard) if situation.storyboard else None
    if about_film and not (lines and not re.search(r"\b(?:video|film|clip|shots?|scenes?|cast)\b", question, re.I)):
        return _answer(about_film, "The film itself answers this, so no video is needed.")
    if lines:
        return TurnPlan(
            intent="answer",
            reply=quote_lines(lines),
            rationale="A line of the context answers this, so words are enough.",
            confidence=0.85,
            citations=cited(lines),
        )
    if situation.context:
        return _answer(
            "What you gave me does not say.",
            "No line of the context answers this, and a guess would be worse.",
            choices=_ideas(situation),
            confidence=0.7,
        )
    return _answer(
        "I cannot look that up: without a language model I answer from notes you attach and about the film we make.",
        "A general question is not answered with a video.",
        choices=_ideas(situation),
        confidence=0.7,
    )


def _asked_film(heard: Heard) -> TurnPlan | None:
    """An order for a film: "make a video of ...", "show me ...", with or without a description."""
    core, situation = heard.core, heard.situation
    if situation.storyboard is not None and heard.short and _BARE_SHOW.fullmatch(core):
        return TurnPlan(
            intent="status",
            rationale="The film is already there and nothing changes, so there is nothing to make.",
            confidence=0.8,
        )
    stripped = _without_length(core)
    match = _ASKS_FILM.match(stripped) or _SHOWS.match(stripped)
    weak = match is None and situation.storyboard is None and _MAKES.match(core)
    if match is None and not weak:
        return None
    wish = stripped[match.end() :] if match else core[weak.end() :] if weak else ""  # type: ignore[union-attr]
    if match and not match[0].strip():
        return None
    if match and re.match(rf"^(?:the|this|my|our|that)?\s*(?:whole\s+)?{_FILM_NOUN}\b", core, re.I):
        return None
    if situation.storyboard is not None and match and re.match(r"(?:make|render|give|show|do|have|let|get)\s+(?:the|this|that|my)\s", core, re.I):
        # "make the video 10 seconds long" is about the film there is.
        if not re.match(r"^show", core, re.I) or not read_sheets(situation.context):
            return None
    said = _directive_words(heard, core, wish)
    sheets = read_sheets(situation.context)
    sheet = _chosen(sheets, core)
    if _ABOUT_CONTEXT.match(_plain_wish(heard, wish)):
        return _film_of_context(heard, said, sheets, sheet)
    found = draft(heard.masked, said, _pictures(situation))
    if found.problem:
        return _ask(found.problem, "What was asked cannot be made.", choices=found.problem_choices)
    if found.storyboard is None or (weak and not found.clear):
        named = sheet is not None and stems(sheet.name.text) & stems(wish)
        if named:
            return _film_of_context(heard, said, sheets, sheet)
        return None if weak else _what_to_show(heard)
    if sheet is not None and not any(c.verb or c.setting for c in found.clauses) and stems(sheet.name.text) & stems(wish):
        return _film_of_context(heard, said, sheets, sheet)
    film = situation.storyboard
    same = film is not None and any(
        thing.definite and find_member(film.cast, thing) for clause in found.clauses[:1] for thing in clause.subjects
    )
    if same and sheet is None:
        return _new_or_more(heard, wish)
    return _make(found, heard, sheet, 0.9 if found.clear else 0.7)


def _without_length(text: str) -> str:
    """The order with "10 second vertical" moved out of the way of "video"."""
    return re.sub(
        r"^((?:(?:make|create|generate|produce|give|show|me|us|a|an|the|i|want|need|now)\s+)+)"
        r"((?:[\w-]+\s+){1,6}?)(?=(?:video|film|clip|movie|animation|reel|story|teaser|trailer|short|ad|cartoon)\b)",
        lambda m: m[1],
        text,
        count=1,
        flags=re.I,
    )


def _directive_words(heard: Heard, core: str, wish: str) -> str:
    """The wish with what stood before "video" (length, shape, look) put behind it, so that it is heard too."""
    head = core[: len(core) - len(wish)] if wish and core.endswith(wish) else core if not wish else ""
    keep = re.findall(
        r"\b(?:vertical|square|horizontal|widescreen|silent|\d+p|hd|\d+k|(?:\w+)[\s-]seconds?|\d+\s?s|(?:half a|\w+)[\s-]minutes?|"
        r"(?:neon|ink|paper|blueprint|chalkboard)(?:[\s-](?:style|look))?|black[\s-]and[\s-]white|cinematic)\b",
        head,
        re.I,
    )
    said = []
    for word in keep:
        if re.search(r"second|minute|\d\s?s$", word, re.I):
            said.append(f"in {word.replace('-', ' ')} total" if not re.search(r"\d\s?s$", word) else f"{word} in total")
        elif re.fullmatch(r"neon|ink|paper|blueprint|chalkboard", word, re.I):
            said.append(f"{word} style")
        else:
            said.append(word)
    return ", ".join([*([wish] if wish else []), *said])


def _plain_wish(heard: Heard, wish: str) -> str:
    from cutaway.conversation.keywords.clauses import read_clause
    from cutaway.conversation.keywords.directives import read_directives

    rest = read_directives(heard.masked, wish).rest
    clause = read_clause(rest)
    if clause.setting or clause.time or clause.weather:
        rest = re.split(r"\s+(?:at|in|on|by|during|under|with)\s+", rest, maxsplit=1)[0]
    return rest.strip(" .,!?")


def _chosen(sheets: list[Sheet], text: str) -> Sheet | None:
    """The product a text means: by its name, else the only or the latest one."""
    if not sheets:
        return None
    asked = stems(text)
    return max(enumerate(sheets), key=lambda pair: (len(asked & stems(pair[1].name.text)), pair[0]))[1]


def _film_of_context(heard: Heard, said: str, sheets: list[Sheet], sheet: Sheet | None) -> TurnPlan:
    situation = heard.situation
    if sheet is None:
        return _film_of_notes(heard) or _what_to_show(heard)
    if len(sheets) > 1 and not stems(sheet.name.text) & stems(heard.core):
        return _ask(
            f"There are {len(sheets)} products in what you gave me. Which one?",
            "The context holds several products and the message names none.",
            choices=tuple(f"Make a video of the {s.name.text}" for s in sheets[:4]),
        )
    found, citations = product_draft(sheet, heard.masked, said, _pictures(situation))
    if found.storyboard is None:
        return _ask(found.problem, "What was asked cannot be made.", choices=("Show me the product",))
    missing = [word for word, fact in (("price", sheet.price), ("feature", sheet.features or sheet.tagline)) if not fact]
    note = f" The sheet gives no {' and no '.join(missing)}, so none is shown." if missing else ""
    return TurnPlan(
        intent="make",
        decision="video",
        reply=f"{say_film(found.storyboard)} The words on screen are taken from the sheet exactly.{note}",
        rationale="The message asks to see the product, and the sheet says what to show.",
        confidence=0.9,
        storyboard=found.storyboard,
        scope="the whole film",
        citations=citations,
    )


def _film_of_notes(heard: Heard) -> TurnPlan | None:
    """A context that is a story rather than a sheet: its sentences become shots and are cited."""
    lines = heard.situation.context[:12]
    if not lines:
        return None
    used = [line for line in lines if (one := draft(mask(line.text), line.text)).clear and one.storyboard]
    if not used:
        return None
    masked = mask("\n".join(line.text for line in used))
    found = draft(masked, masked.text, _pictures(heard.situation))
    if found.storyboard is None:
        return None
    shots = []
    for shot, clause in zip(found.storyboard.shots, found.clauses, strict=True):
        sources = tuple(line.ref for line in used if clause.text and masked.restore(clause.text) in line.text)
        shots.append(shot.model_copy(update={"sources": sources[:4]}))
    film = found.storyboard.model_copy(update={"shots": tuple(shots)})
    return TurnPlan(
        intent="make",
        decision="video",
        reply=say_film(film),
        rationale="The message asks to see what was given, and its lines describe scenes.",
        confidence=0.7,
        storyboard=film,
        scope="the whole film",
        citations=cited(used),
    )


def _pictures(situation: Situation) -> tuple[tuple[str, str], ...]:
    return tuple((image.ref.rpartition(":")[0] or image.ref, image.sha256) for image in situation.images)


def _make(found: Draft, heard: Heard, sheet: Sheet | None, confidence: float) -> TurnPlan:
    assert found.storyboard is not None  # callers checked
    film, citations = put_product_in(found.storyboard, sheet) if sheet else (found.storyboard, ())
    return TurnPlan(
        intent="make",
        decision="video",
        reply=f"{say_film(film)}{unheard(found.ignored)}",
        rationale="The message describes something to be seen.",
        confidence=confidence - (0.2 if found.ignored else 0.0),
        storyboard=film,
        scope="the whole film",
        citations=citations,
        not_understood=tuple(cut(words, 300) for words in found.ignored),
    )


def _edited(heard: Heard) -> TurnPlan | None:
    """A change to the film there is."""
    situation, film = heard.situation, heard.situation.storyboard
    text = _order_text(heard)
    if film is None:
        if heard.short and _EDITISH.search(heard.core) and not draft(heard.masked, heard.core).clear:
            return _ask(
                "There is no film yet, so there is nothing to change. What should it show?",
                "The message changes a film, and there is none yet.",
                choices=_ideas(situation),
            )
        return None
    changes = read_changes(heard.masked, text, film, situation.images)
    if changes.problem:
        return _ask(changes.problem, "The change is not clear enough to make it.", choices=changes.choices)
    if not changes.edits:
        return None
    if changes.same:
        return _answer(
            "The film is already like that, so there is nothing to change.",
            "The change would leave every shot as it is.",
        )
    ignored = tuple(cut(words, 300) for words in changes.ignored)
    return TurnPlan(
        intent="edit",
        decision="video",
        reply=f"{say_edits(changes.edits, film)}{unheard(ignored)}",
        rationale=f"The message changes {say_scope(changes.scopes)}.",
        confidence=0.6 if ignored else 0.9,
        edits=tuple(changes.edits),
        scope=say_scope(changes.scopes),
        not_understood=ignored,
    )


def _order_text(heard: Heard) -> str:
    """The order with its last words as they were written: in "caption: Hello!" the mark belongs to the caption."""
    text = heard.masked.text
    at = text.find(heard.core) if heard.core else -1
    return text[at:] if at >= 0 else heard.core


def _described(heard: Heard) -> TurnPlan | None:
    """A picture in words without "make a video of"."""
    situation = heard.situation
    found = draft(heard.masked, heard.core, _pictures(situation))
    if found.storyboard is None and not found.problem:
        return None
    if found.problem:
        return _ask(found.problem, "What was described cannot be made.", choices=found.problem_choices)
    if not found.clear:
        return None
    if situation.storyboard is not None:
        return _new_or_more(heard, heard.masked.restore(heard.core))
    return _make(found, heard, _chosen(read_sheets(situation.context), heard.core), 0.85)


def _new_or_more(heard: Heard, wish: str) -> TurnPlan:
    words = cut(heard.masked.restore(wish), 200)
    assert heard.situation.storyboard is not None  # callers checked
    return _ask(
        f"There is a film of {how_many(heard.situation.storyboard)} already. A new film, or one more shot?",
        "A description can mean a new film or another shot.",
        choices=(f"Make a new video of {_lower(words)}", f"Add a shot where {_lower(words)}"),
        confidence=0.6,
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:] if re.match(r"(?:A|An|The|Two|Three|Then|It)\b", words) else words


def _what_to_show(heard: Heard) -> TurnPlan:
    return _ask(
        "What should it show? Say who or what, where, and what happens.",
        "The message asks for a film without saying of what.",
        choices=_ideas(heard.situation),
    )


def _seen(found: Draft) -> bool:
    """Whether it may be a picture after all, worth offering as one."""
    if found.storyboard is None or not found.clauses or found.clauses[0].spoken:
        return False
    first = found.clauses[0]
    known = any(known_subject(thing.kind.split()[-1]) for thing in first.subjects)
    return known or (first.determined and bool(first.verb))


def _lost(heard: Heard) -> TurnPlan:
    words = heard.masked.restore(heard.core or heard.masked.text)
    if intents.wants_money_moved(heard.masked.text):
        waiting = heard.situation.pending_quote is not None
        return _ask(
            "No message can change a budget or approve in advance." + (" Only a plain yes approves the quote that waits." if waiting else ""),
            "Text never moves a limit; only a plain yes approves.",
            choices=("Yes, go ahead", "Not now") if waiting else ("What has this cost?",),
            not_understood=(words,),
        )
    found = draft(heard.masked, heard.core)
    offer = (f"Make a video of {_lower(cut(words, 200))}",) if _seen(found) else ()
    return _ask(
        "I did not understand that. Say what should be seen or what should change.",
        "No known order, question or scene was found.",
        choices=(*offer, *_ideas(heard.situation)),
        not_understood=(words,),
        confidence=0.3,
    )
