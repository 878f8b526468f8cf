"""The offline ear: a message becomes a plan by keywords, without a model, a key or a network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords import asked, consent, intents
from cutaway.conversation.keywords.after_talk import told_after_talk
from cutaway.conversation.keywords.answers import best_lines, quote_lines
from cutaway.conversation.keywords.around import around
from cutaway.conversation.keywords.batches import read_batch
from cutaway.conversation.keywords.contradictions import settled
from cutaway.conversation.keywords.editing.going_back import branched, redone, regretted, undone
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.reader import read_editing, read_shown_notes
from cutaway.conversation.keywords.editing.reading import Reading
from cutaway.conversation.keywords.editing.splitting import without_lead
from cutaway.conversation.keywords.facts import read_facts, read_sheet_question
from cutaway.conversation.keywords.film_facts import asks_to_tell
from cutaway.conversation.keywords.headed import read_headed
from cutaway.conversation.keywords.heard import Heard, answer, ask, ideas, lowered
from cutaway.conversation.keywords.holding import read_holding
from cutaway.conversation.keywords.lone_question import lone_question
from cutaway.conversation.keywords.openings import read_opening
from cutaway.conversation.keywords.orders import read_description, read_film_order, without_tail
from cutaway.conversation.keywords.orders_after import split_orders
from cutaway.conversation.keywords.patterns import CAMERA_FIRST, EDITISH
from cutaway.conversation.keywords.phrases import drawable
from cutaway.conversation.keywords.product import cited
from cutaway.conversation.keywords.remarks import Kind
from cutaway.conversation.keywords.replies import EXAMPLES, say_edits, say_reach, say_scope
from cutaway.conversation.keywords.shots import Draft, draft
from cutaway.conversation.keywords.studio import asks_of_use
from cutaway.conversation.keywords.talk import read_consent, read_history, read_small_talk, read_unreadable
from cutaway.conversation.keywords.talking import talked, words_of
from cutaway.conversation.keywords.text import cut, mask, without_politeness
from cutaway.conversation.keywords.told import tells
from cutaway.conversation.keywords.unmade import read_unmade
from cutaway.conversation.keywords.version_words import read_versions
from cutaway.conversation.plan import Situation, TurnPlan
from cutaway.storyboard.apply import apply
from cutaway.storyboard.edits import AddOverlay, ChangeOverlay, Edit, ReplaceText, SetTitle
from cutaway.storyboard.model import MAX_TEXT_CHARS, Storyboard

MAX_READ_CHARS: Final = 6_000
_SHORT_CHARS: Final = 300


class KeywordReasoner:
    """Understands English by keywords. Pure and deterministic: the same situation gives the same plan."""

    name = "keywords"
    local = True
    """It reads in this process: what may not leave the house is shown to it."""

    async def plan(self, situation: Situation) -> TurnPlan:
        """The plan for this message. Every text gives one; what is unsure is asked, never guessed."""
        if intents.only_unhurried(situation.text) and situation.storyboard is not None:
            # A deadline belongs to an order: said alone it would begin nothing, and must not change the film.
            return ask(
                "Tell me with it what may wait: finals, or a change."
                + (" What I asked before still waits for your answer." if situation.pending_quote else ""),
                "The message says that there is time, but not for what.",
                choices=("Make the finals, tonight is fine", *(("Yes, go ahead",) if situation.pending_quote else ())),
            )
        text, within_h = intents.unhurried(situation.text)
        text, at_once = intents.without_outline(text)
        # "Show me stills first" alone is a message of its own; after something to show it says how.
        text, stills = (text, False) if at_once or intents.is_stills(text) else intents.stills_first(text)
        if within_h is None and not at_once and not stills:
            return understand(situation)
        plan = understand(situation.model_copy(update={"text": text}))
        if plan.intent not in {"make", "edit", "finish"}:
            return plan
        more = {"within_h": within_h} | ({"stage": "final" if at_once else "still"} if at_once or stills else {})
        return plan.model_copy(update=more)


def understand(situation: Situation) -> TurnPlan:
    """The plan for a situation. See `KeywordReasoner.plan`."""
    masked = mask(situation.text)
    if len(masked.text) > MAX_READ_CHARS:
        return ask(
            f"That is {len(masked.text):,} characters; without a language model I read up to {MAX_READ_CHARS:,}. "
            "Send the part that should become a film.",
            "The message is longer than the keyword reader can follow.",
            choices=EXAMPLES[:1],
        )
    core = without_politeness(masked.text)
    short = core if len(core) <= _SHORT_CHARS else ""
    heard = Heard(situation, masked, core, short, masked.text if len(masked.text) <= _SHORT_CHARS else "")
    for read in (
        read_regret,
        read_consent,
        read_unreadable,
        read_holding,
        read_batch,
        read_under_heading,
        read_notes,
        read_small_talk,
        read_around,
        read_money,
        read_versions,
        read_unmade,
        read_sheet_question,
        read_sure_editing,
        read_history,
        read_facts,
        read_told_and_ordered,
        read_film_order,
        read_edits,
        read_description,
    ):
        if (plan := read(heard)) is not None:
            return plan if plan.intent != "ask" else read_after_all(heard) or plan
    return read_after_all(heard) or read_nothing(heard)


def read_under_heading(heard: Heard) -> TurnPlan | None:
    """Another film under a heading of its own: what would else read like a change of the film there is."""
    situation = heard.situation
    if situation.storyboard is None or situation.pending_quote is not None or read_opening(heard.masked.text).fresh:
        return None
    return read_headed(heard, understand)


def read_after_all(heard: Heard) -> TurnPlan | None:
    """A film in a message that is no order for one, under a heading or after some talk."""
    return read_headed(heard, understand) or told_after_talk(heard, understand)


def read_regret(heard: Heard) -> TurnPlan | None:
    """A mere "nope" after a change: it takes the change back."""
    situation = heard.situation
    if (
        situation.before is None
        or situation.pending_quote is not None
        or situation.open_operations
        or not situation.window
    ):
        return None
    told = situation.window[-1]
    if told.role != "studio" or told.text.rstrip().endswith("?") or not heard.whole:
        return None
    if not regretted(Line(heard.masked, heard.masked.text).text):
        return None
    return TurnPlan(intent="undo", rationale="The message does not like the last change.")


def read_notes(heard: Heard) -> TurnPlan | None:
    """Facts of the notes that are to be seen: they are put on the picture, not told in words."""
    film = heard.situation.storyboard
    if film is None or consent.wants_money_moved(heard.masked.text) or read_sheet_question(heard) is not None:
        return None
    if _ASKS.match(heard.masked.text.strip()) and not _SHOWS.search(heard.masked.text):
        return None
    reading = read_shown_notes(heard)
    if reading is None:
        return None
    if reading.problem:
        return ask(reading.problem, "The notes hold several such lines.", choices=reading.choices)
    return _edited(reading, film, heard.masked.quotes)


def read_around(heard: Heard) -> TurnPlan | None:
    """A message that is talk, or has talk around something: what is left is understood as if it were said alone."""
    situation, text = heard.situation, heard.masked.text
    if situation.open_operations and _HURRIES.fullmatch(text.strip()):
        return TurnPlan(intent="status", rationale="The message is impatient about the work under way.")
    if len(text.split()) < 2 or (situation.open_operations and asked.is_status(text)):
        return None
    only = _KIND_WORDS if situation.pending_quote else _NO_NEWS if _speaks_of_them(situation, text) else ()
    talk = around(text, words_of(situation.storyboard), only=only)
    if not talk.rest:
        return talked(talk.kinds, situation)
    left = talk.rest
    if (question := lone_question(left)) and question != text:
        plan = understand(situation.model_copy(update={"text": heard.masked.restore(question)}))
        if plan.intent in _TOLD_IN_WORDS:
            return plan
    if left == text:
        return None
    return understand(situation.model_copy(update={"text": heard.masked.restore(left)}))


_HURRIES: Final = re.compile(
    r"(?:(?:please|oh|come on|ok|hey)[\s,!]*)*(?:hurry(?: up)?|get a move on|chop chop|come on|faster|quicker"
    r"|what is taking so long)(?:[\s,!]*(?:please|now|already))*[\s.!]*",
    re.I,
)


def _speaks_of_them(situation: Situation, text: str) -> bool:
    """Whether a wish may speak of somebody the news before it named: "I keep hens. Could you show them ..."."""
    return situation.storyboard is None and bool(re.search(r"\b(?:it|him|her|them|he|she|they)\b", text, re.I))


_NO_NEWS: Final[tuple[Kind, ...]] = ("hello", "bye", "thanks", "praise", "laugh", "complaint", "elsewhere")
_KIND_WORDS: Final[tuple[Kind, ...]] = ("hello", "thanks", "praise", "laugh")
_TOLD_IN_WORDS: Final = frozenset({"answer", "cost", "status", "why", "compare"})


_ASKS: Final = re.compile(r"(?:will|would|shall|am|do|does|did|is|are|was|were)\b", re.I)
_SHOWS: Final = re.compile(r"\b(?:put|add|show|caption|tag|title|write|stick|place|lower third|card|on screen)\b", re.I)


def read_money(heard: Heard) -> TurnPlan | None:
    """Words that would approve in bulk while a quote waits: nothing in them is a change, and none of them approves."""
    waiting = heard.situation.pending_quote is not None
    return read_nothing(heard) if waiting and consent.wants_money_moved(heard.masked.text) else None


def read_sure_editing(heard: Heard) -> TurnPlan | None:
    """A change, or a step in the history, of which every word is understood."""
    situation, film = heard.situation, heard.situation.storyboard
    if film is None or not heard.whole or _talks(heard):
        return None
    line = Line(heard.masked, heard.masked.text)
    text = without_lead(line).text
    target = undone(text)
    if target is not None and (not target or not situation.version_numbers or target[0] in situation.version_numbers):
        return TurnPlan(intent="undo", target=target, rationale="The message asks for an earlier version.")
    if redone(line.text):
        return TurnPlan(intent="redo", rationale="The message brings back what was undone.")
    if (name := branched(line.text, heard.masked.quotes)) is not None:
        return TurnPlan(intent="branch", target=name, rationale="The message asks for another direction.")
    reading = read_editing(heard)
    if reading is None or not reading.sure:
        return None
    return _edited(reading, film, heard.masked.quotes)


def _talks(heard: Heard) -> bool:
    """Whether the message plainly asks something, wants finals or begins another film, whatever words it holds."""
    said = heard.whole
    if consent.wants_money_moved(said) or intents.is_finish(heard.short) or intents.is_stills(heard.short):
        return True
    if (
        asks_to_tell(asked.plain_question(said))
        or asked.asks_only(said)
        or asks_of_use(said)
        or (asked.is_status(said) and asked.is_question(said))
    ):
        return True
    opening = read_opening(heard.masked.text)
    return opening.fresh and tells(
        draft(heard.masked, without_tail(opening.body), head=opening.head, shots=opening.shots)
    )


def _edited(reading: Reading, film: Storyboard, quotes: Sequence[str]) -> TurnPlan:
    edits, overruled = settled(reading.edits, film)
    notes = (*reading.notes, *overruled, *_shortened(edits, quotes))
    if reading.same:
        return answer(
            " ".join(("The film is already like that, so there is nothing to change.", *notes)),
            "The change would leave every shot as it is.",
        )
    ignored = tuple(cut(words, 300) for words in (*reading.unused, *reading.aside))
    return TurnPlan(
        intent="edit",
        decision="video",
        reply=" ".join((say_edits(edits, film), *notes)),
        rationale=f"The message changes {say_reach(reading.scopes)}.",
        confidence=0.6 if ignored else 0.9,
        edits=tuple(edits),
        scope=say_scope(reading.scopes),
        not_understood=ignored,
    )


def _shortened(edits: Sequence[Edit], quotes: Sequence[str]) -> tuple[str, ...]:
    """A note when words that were given for the picture are longer than the picture takes."""
    written = any(isinstance(edit, AddOverlay | ChangeOverlay | SetTitle | ReplaceText) for edit in edits)
    long = next((quote for quote in quotes if len(quote) > MAX_TEXT_CHARS), "")
    if not written or not long:
        return ()
    return (f"Words on the picture were cut to {MAX_TEXT_CHARS} letters; {len(long):,} were given.",)


def read_told_and_ordered(heard: Heard) -> TurnPlan | None:
    """A film that is told, and orders for it after that: the orders are done to the film that was told."""
    situation = heard.situation
    told, orders = split_orders(heard.masked)
    if not orders or (situation.storyboard is not None and not read_opening(heard.masked.text).fresh):
        return None
    plan = understand(situation.model_copy(update={"text": told}))
    if plan.intent != "make" or plan.storyboard is None:
        return None
    film = plan.storyboard
    said = mask(orders)
    core = without_politeness(said.text)
    after = situation.model_copy(update={"text": orders, "storyboard": film, "before": None, "window": ()})
    reading = read_editing(Heard(after, said, core, core, said.text))
    if reading is None or reading.problem or not reading.edits:
        return plan.model_copy(update={"not_understood": (*plan.not_understood, cut(orders, 300))})
    film = apply(film, reading.edits)
    ignored = tuple(cut(words, 300) for words in (*reading.unused, *reading.aside))
    reply = f"{plan.reply} {say_edits(reading.edits, plan.storyboard)}"
    return plan.model_copy(
        update={"storyboard": film, "reply": reply, "not_understood": (*plan.not_understood, *ignored)}
    )


def read_edits(heard: Heard) -> TurnPlan | None:
    """A change to the film there is."""
    situation, film = heard.situation, heard.situation.storyboard
    if film is None:
        if heard.short and EDITISH.search(heard.core) and not _told(draft(heard.masked, heard.core)):
            return ask(
                "There is no film yet, so there is nothing to change. What should it show?",
                "The message changes a film, and there is none yet.",
                choices=ideas(situation),
            )
        return None
    if _new_picture(heard):
        return None
    reading = read_editing(heard)
    if reading is None:
        return None
    if reading.problem:
        return ask(reading.problem, "The change is not clear enough to make it.", choices=reading.choices)
    if not reading.edits:
        return None
    return _edited(reading, film, heard.masked.quotes)


def _told(found: Draft) -> bool:
    """Whether words that begin like a change tell a picture: "zoom on a cup", but not "zoom in on the dog"."""
    return found.clear and (found.clauses[0].indefinite or not found.clauses[0].only_named)


def _new_picture(heard: Heard) -> bool:
    """Whether the message tells of somebody new doing something: a description, not a change."""
    if EDITISH.search(heard.core) and not CAMERA_FIRST.match(heard.core):
        return False
    found = draft(heard.masked, heard.core)
    first = found.clauses[0] if found.clauses else None
    return (
        first is not None
        and found.clear
        and first.indefinite
        and bool(first.subjects and (first.verb or first.setting))
    )


def _seen(found: Draft) -> bool:
    """Whether it may be a picture after all, worth offering as one."""
    if found.storyboard is None or not found.clauses or found.clauses[0].spoken:
        return False
    first = found.clauses[0]
    known = any(drawable(thing.head) for thing in first.subjects)
    return known or (first.determined and bool(first.verb))


def read_nothing(heard: Heard) -> TurnPlan:
    """The last resort: says what was not understood and offers ways on."""
    words = heard.masked.restore(heard.core or heard.masked.text)
    if consent.wants_money_moved(heard.masked.text):
        waiting = heard.situation.pending_quote is not None
        return ask(
            "No message can change a budget or approve in advance."
            + (" Only a plain yes approves the quote that waits." if waiting else ""),
            "Text never moves a limit; only a plain yes approves.",
            choices=("Yes, go ahead", "Not now") if waiting else ("What has this cost?",),
            not_understood=(words,),
        )
    if heard.situation.pending_quote is not None:
        return ask(
            "A quote is waiting: go ahead with it, or not now?",
            "Only a plain yes approves, and this is not one.",
            choices=("Yes, go ahead", "Not now"),
            not_understood=(words,),
            confidence=0.3,
        )
    facts = best_lines(words, heard.situation.context)
    if facts and heard.short:
        return TurnPlan(
            intent="answer",
            reply=f"What you gave me says: {quote_lines(facts)}",
            rationale="The message speaks of the context, and nothing in it asks to be shown.",
            confidence=0.5,
            citations=cited(facts),
            choices=ideas(heard.situation),
        )
    found = draft(heard.masked, heard.core)
    offer = (f"Make a video of {lowered(cut(words, 200))}",) if _seen(found) else ()
    return ask(
        "Say what should be seen or what should change.",
        "No known order, question or scene was found.",
        choices=(*offer, *ideas(heard.situation)),
        not_understood=(words,),
        confidence=0.3,
    )
