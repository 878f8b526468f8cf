"""Questions: answered from the film, from the context, or plainly not known."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords import asked
from cutaway.conversation.keywords.answers import asks_the_sheet, best_lines, quote_lines, stems
from cutaway.conversation.keywords.comparing import compared
from cutaway.conversation.keywords.film_facts import answer_about_film, asks_to_tell, speaks_of_film
from cutaway.conversation.keywords.film_order import answer_by_finding
from cutaway.conversation.keywords.heard import Heard, answer, ideas
from cutaway.conversation.keywords.patterns import ASKS_FILM, EDITISH, SHOWS
from cutaway.conversation.keywords.product import cited
from cutaway.conversation.keywords.studio import about_studio
from cutaway.conversation.keywords.talking import words_of
from cutaway.conversation.plan import Situation, TurnPlan

_GENERAL: Final = re.compile(
    r"^\W*(?:what(?:'s| is) (?:it|this|that|in (?:it|this|here|the \w+)|the product)"
    r"|(?:can you )?(?:tell me (?:about|more)|summari[sz]e|sum up|describe|recap)|what do (?:you know|we have))\b",
    re.I,
)
_WORLD: Final = re.compile(
    r"(?:can|could|do|does|are|is)\s+(?!you|we|i|it|the|this|that|these|those|there|my|our|your|a|an|shots?"
    r"|scenes?|he|she|they"
    r"|someone|somebody|anyone|everyone|everything|both|all|each|one|two)(?:\w+s?\b.*\?|(?<=do )\w+s\s+\w+.*)\s*$",
    re.I,
)


def read_facts(heard: Heard) -> TurnPlan | None:
    """Questions with a question word, questions about the studio, and wishes to be told of the film."""
    if not heard.short:
        return None
    said = heard.masked.restore(heard.masked.text)
    question = asked.plain_question(said)
    if (reply := about_studio(question) or about_studio(said)) is not None:
        return answer(reply, "A question about what I can do is answered in words.", choices=ideas(heard.situation))
    if asks_to_tell(question) or asks_to_tell(said):
        return known_of(heard, said) or (facts_of(heard, question) if asked.is_question(question) else None)
    if (asked.asks_plainly(said) and (said.rstrip().endswith("?") or len(said.split()) <= 16)) or _WORLD.match(
        question
    ):
        if SHOWS.match(heard.core) or (ASKS_FILM.match(heard.core) and not asked.asks_plainly(heard.core)):
            return None
        return facts_of(heard, said)
    *before, last = re.split(r"[:,;.!]\s+", said)
    if before and asked.asks_plainly(last) and all(_aside(part) for part in before):
        # "I'm only asking, not ordering: what's in shot 3?"
        return facts_of(heard, last)
    film = heard.situation.storyboard
    if film is not None and _NOUN_ASKED.fullmatch(question) and (told := answer_about_film(question, film)):
        return answer(told, "The film itself answers this, so no video is needed.")
    if said.rstrip().endswith("?") and heard.situation.context and asked.is_question(said):
        # "and the guarantee?": a bare noun with a question mark asks the notes, when they know of it.
        return _quoted(heard, said) if not _TRY.match(said) else None
    return None


_ASIDE: Final = re.compile(
    r"\W*(?:i|i'm|we|we're|not|no|just|only|don'?t|please|sorry|hey|hi|hello|ok(?:ay)?|so|well)\b", re.I
)


def _aside(part: str) -> bool:
    """Whether words before a question order nothing."""
    return bool(_ASIDE.match(part)) or (len(part.split()) <= 8 and not _TRY.match(part) and not EDITISH.match(part))


_NOUN_ASKED: Final = re.compile(
    r"(?:(?:the|its?|total|overall|current|whole|full|film|video|running|your|my)\s+)*(?:run(?:ning)? ?time"
    r"|playing time|length"
    r"|duration|title|name|format|resolution|aspect(?: ratio)?|cast|size"
    r"|total|number of (?:shots|scenes)|soundtrack|characters)(?:\s+(?:of (?:it|this|the \w+)|so far|now|rn"
    r"|please|again|in "
    r"total))*\s*\?+",
    re.I,
)
_TRY: Final = re.compile(r"(?:can|could|would|will|may|shall|should|might|please|make|show)\b", re.I)


_CHANGES: Final = (
    r"(?!.*\b(?:add|put|show|write|make|change|shot|scene|caption|title|tag|card|slower|faster"
    r"|darker|brighter|longer|shorter)\b)"
)
_IT_CAN: Final = re.compile(
    rf"(?:(?:can|will|may|could|would)\s+(?:it|they|one|people|the \w+|an? \w+|our \w+|my \w+)\b(?!.*\b(?:be"
    rf"|have)\b){_CHANGES}"
    rf"|(?:does|is|has|do|are|have|did|was)\s+(?:it|they|one|people|the \w+|an? \w+|our \w+|my \w+|we|you"
    rf"|i)\b{_CHANGES}"
    r"|(?:can|could|may|should|must)\s+(?:i|we|people|visitors|customers|guests|children|parents|you)\s+(?:bring|park|come|eat|pay|take|visit|buy|return|send"
    r"|order|book|leave|wash|store|swim|smoke|walk|cycle|drive|enter|stay|rent|borrow|cancel|exchange)\b)",
    re.I,
)


def read_sheet_question(heard: Heard) -> TurnPlan | None:
    """A question such as "can it go in the dishwasher", of whose words only the notes know."""
    situation = heard.situation
    question = asked.plain_question(heard.masked.restore(heard.masked.text))
    if not situation.context or not heard.short or not _IT_CAN.match(question):
        return None
    if re.match(r"do (?:it|the|an?|one)\b", question, re.I) and not heard.short.rstrip().endswith("?"):
        return None  # "do the lime one"
    lines = best_lines(question, situation.context)
    known = {word for line in lines for word in stems(line.text)} & stems(question)
    own = {word for one in words_of(situation.storyboard) for word in stems(one)}
    asks_leave = re.match(r"(?:can|could|may|should|must)\s+(?:i|we|people|\w+s)\b", question, re.I)
    return _quoted(heard, question) if known - own or (lines and asks_leave) else None


def facts_of(heard: Heard, question: str) -> TurnPlan:
    """The answer to a question; what nobody here can know is said to be unknown."""
    if (plan := known_of(heard, question)) is not None:
        return plan
    situation = heard.situation
    if situation.context:
        return answer(
            "What you gave me does not say.",
            "No line of the context answers this, and a guess would be worse.",
            choices=ideas(situation),
            confidence=0.7,
        )
    return answer(
        "I cannot look that up: without a language model I answer from notes you attach and about the film we make.",
        "A general question is not answered with a video.",
        choices=ideas(situation),
        confidence=0.7,
    )


def known_of(heard: Heard, question: str) -> TurnPlan | None:
    """What the film or the notes say to a question, None when neither knows."""
    situation = heard.situation
    lines = best_lines(question, situation.context)
    film = situation.storyboard
    if situation.context and (side_by_side := compared(question, situation.context)) is not None:
        reply, cited_lines = side_by_side
        return TurnPlan(
            intent="answer",
            reply=reply,
            rationale="The notes give both figures, so words are enough.",
            confidence=0.85,
            citations=cited(cited_lines),
        )
    if (versions := about_versions(question, situation)) is not None:
        return answer(versions, "The versions there are answer this, so no video is needed.")
    deed = re.match(r"who (?:is |are )?(?!(?:in|on|at)\b)\w+(?:s|ing|ed)\b", asked.plain_question(question), re.I)
    if (
        film is not None
        and (deed or not lines)
        and (found := answer_by_finding(asked.plain_question(question), film)) is not None
    ):
        return answer(found, "The film itself answers this, so no video is needed.")
    told = (
        answer_about_film(question, film)
        if film is not None and speaks_of_film(asked.plain_question(question))
        else None
    )
    if situation.context and asks_the_sheet(question):
        return _quoted(heard, question) or answer(
            "What you gave me does not say.",
            "The question is put to the context, and no line of it answers.",
            confidence=0.7,
        )
    if told and not (lines and not re.search(r"\b(?:video|film|clip|shots?|scenes?|cast)\b", question, re.I)):
        return answer(told, "The film itself answers this, so no video is needed.")
    if film is not None and not lines and not told and not speaks_of_film(question):
        told = (
            answer_about_film(question, film)
            if any(m.kind.split()[-1:] and m.kind.split()[-1].lower() in question.lower() for m in film.cast)
            else None
        )
        if told:
            return answer(told, "The film itself answers this, so no video is needed.")
    return _quoted(heard, question)


def about_versions(question: str, situation: Situation) -> str | None:
    """What a question about versions is answered: which one this is, and how many there are."""
    if situation.storyboard is None or not re.search(
        r"\b(?:which|what|how many)\b.*\bversions?\b(?!.*\b(?:differ|chang|new|compare))", question, re.I
    ):
        return None
    there = situation.version_numbers
    if not there:
        return "This is the only version."
    many = "is 1" if len(there) == 1 else f"are {len(there)}"
    return f"This is version {there[-1]}; there {many} in all: {', '.join(there[-12:])}."


def _quoted(heard: Heard, question: str) -> TurnPlan | None:
    """The lines of the context that answer a question."""
    lines = best_lines(question, heard.situation.context)
    if not lines and _GENERAL.search(question):
        lines = heard.situation.context[:4]
    if not lines:
        return None
    return TurnPlan(
        intent="answer",
        reply=quote_lines(lines),
        rationale="A line of the context answers this, so words are enough.",
        confidence=0.85,
        citations=cited(lines),
    )
