"""A language model's answer, checked and made a TurnPlan. This is where code disposes of what a model proposes.

Refs, pictures and figures must be ones that were really given, edits must apply, and an approval counts only when the
person's own message is a plain yes to a waiting plan. Whatever a text persuaded the model to say, it gets no further.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from pydantic import ValidationError

from cutaway.conversation.plan import Citation, Situation, TurnPlan, refs
from cutaway.conversation.prompt import FilmWire, PlanWire
from cutaway.errors import EditError, ReasonerError
from cutaway.storyboard import edits as e
from cutaway.storyboard.apply import apply
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import CastMember, Overlay, Shot, Sound, Storyboard, Style

_FENCE: Final = re.compile(r"^```(?:json)?\s*\n(.*?)\n?```$", re.DOTALL)
_APPROVAL: Final = re.compile(
    r"(?:(?:please|thanks|thank you|now|then|just)[ ]?)*"
    r"(?:(?:yes|yep|yeah|yup|y|ok|okay|sure|approve|approved|approve it|i approve|confirm|confirmed|agreed|go|"
    r"go ahead|go for it|do it|do that|render|render it|render them|make it|start|start it|proceed|continue|"
    r"sounds good|looks good|please do|of course|absolutely)"
    r"(?:[ ](?:please|thanks|thank you|now|then))*(?:[ ]|$))+"
)
_FIGURE: Final = re.compile(r"(?P<before>[$€£¥₹]\s?)?(?P<n>\d(?:[\d.,]*\d)?)(?P<after>\s?[%€£$])?")


def to_plan(answer: str, situation: Situation) -> TurnPlan:
    """A model's answer as a TurnPlan that keeps every rule. Raises `UnusableAnswerError` with what to repair."""
    wire = _read(answer)
    if wire.intent == "approve" and not (situation.pending_quote and is_plain_approval(situation.text)):
        return _approval_question(situation)
    given = _Grounds(situation)
    if (wire.film is None) == (wire.intent == "make"):
        given.problems.append("film: intent make needs a film, and only make has one")
    if bool(wire.edits) != (wire.intent == "edit"):
        given.problems.append("edits: intent edit needs edits, and only edit has them")
    storyboard = None if wire.film is None else given.film(wire.film)
    edits = given.edits(wire.edits) if wire.edits else ()
    citations = dict.fromkeys([*given.cite(wire.citations), *given.cited])
    if given.problems:
        raise UnusableAnswerError(given.problems, person=given.refused)
    rationale = wire.rationale
    if given.unknown:
        named = ", ".join(repr(ref[:60]) for ref in list(given.unknown)[:5])
        rationale = f"{rationale} Left out, as no such line was given: {named}.".strip()
    shows = wire.intent in {"make", "edit", "batch"}
    try:
        return TurnPlan(
            intent=wire.intent,
            reply=wire.reply,
            decision="video" if shows else "words",
            rationale=rationale,
            confidence=wire.confidence,
            storyboard=storyboard,
            edits=edits,
            scope=_scope(situation.storyboard, edits),
            citations=tuple(Citation(ref=ref, text=given.lines[ref].text) for ref in citations),
            not_understood=wire.not_understood,
            choices=wire.choices,
            target=tuple(target.strip() for target in wire.target),
            sample=wire.sample,
            stage=wire.stage if shows or wire.intent == "finish" else None,
        )
    except ValidationError as error:
        raise UnusableAnswerError(_problems(error)) from error


def is_plain_approval(message: str) -> bool:
    """True when the whole message is a plain yes ("Ok, go ahead!"), and nothing else is said in it."""
    if len(message) > 80:
        return False
    words = re.sub(r"[\s,.!;:-]+", " ", message.casefold()).strip()
    return _APPROVAL.fullmatch(words) is not None


class UnusableAnswerError(ReasonerError):
    """An answer that is no plan. `problems` are for the model; `person` says what a person can act on, or ''."""

    def __init__(self, problems: Sequence[str], *, person: str = "") -> None:
        super().__init__(f"The model gave no usable plan: {'; '.join(problems)[:400]}.")
        self.problems = tuple(problems)
        self.person = person


class _Grounds:
    """Where a proposal is checked against what was really given: lines, pictures, figures, the film."""

    def __init__(self, situation: Situation) -> None:
        self.lines = refs(situation.context)
        self.before = situation.storyboard
        self._message = situation.text.casefold()
        self.problems: list[str] = []
        self.refused = ""
        self.unknown: dict[str, None] = {}
        self.cited: dict[str, None] = {}
        self._images = {image.ref: image.sha256 for image in situation.images}
        self._hashes = set(self._images.values())
        said = [situation.text, situation.summary, *(s.text for s in situation.window if s.role == "person")]
        said += [line.text for line in situation.context]
        if self.before is not None:
            self._hashes.update(sha for member in self.before.cast for sha in member.references)
            said += [self.before.title, *(overlay.text for overlay in self.before.overlays)]
        self._figures = {_figure(match["n"]) for text in said for match in _FIGURE.finditer(_digits(text))}

    def cite(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """The refs among these that name a real line; the others are noted."""
        found = dict.fromkeys(ref.strip().strip("[]") for ref in wanted if ref.strip())
        self.unknown.update((ref, None) for ref in found if ref not in self.lines)
        return tuple(ref for ref in found if ref in self.lines)

    def edits(self, proposed: tuple[Edit, ...]) -> tuple[Edit, ...]:
        """The edits with known sources only, each checked, and tried on the film."""
        if self.before is None:
            self.problems.append("There is no film to edit yet; to show something use intent make with a film.")
            return ()
        unlocks = any(isinstance(edit, e.SetLock) and not edit.locked for edit in proposed)
        if unlocks and len(proposed) > 1 and "unlock" not in self._message:
            self.refused = "That would change a shot you locked. Unlock it first if you want that."
            self.problems.append("edits: a lock is the person's word; they did not say to unlock, so leave it locked")
        edits = tuple(self._edit(edit) for edit in proposed)
        if not self.problems:
            try:
                apply(self.before, edits)
            except EditError as error:
                self.refused = str(error)
                self.problems.append(f"edits: {error}")
            except ValidationError as error:
                self.problems += _problems(error)
        return edits

    def _edit(self, edit: Edit) -> Edit:
        match edit:
            case e.AddShot(shot=shot):
                seed = shot.seed or _seed(shot.id, shot.action, shot.setting)
                update = {"sources": self._sources(shot.sources), "seed": seed}
                return edit.model_copy(update={"shot": shot.model_copy(update=update)})
            case e.AddOverlay(overlay=overlay):
                self._exact(overlay.text)
                source = "".join(self._sources((overlay.source,)))
                return edit.model_copy(update={"overlay": overlay.model_copy(update={"source": source})})
            case e.ChangeOverlay():
                self._exact(edit.text or "")
                if edit.source:
                    return edit.model_copy(update={"source": "".join(self._sources((edit.source,))) or None})
            case e.ReplaceText():
                self._exact(edit.new)
            case e.AddReference():
                self._picture((edit.sha256,))
            case e.AddCast(member=member):
                self._picture(member.references)
        return edit

    def film(self, draft: FilmWire) -> Storyboard | None:
        """The draft as a storyboard with ids, seeds and sources; None, with problems, when it is none."""
        ids = {member.id: _slug(member.id, f"cast-{n}") for n, member in enumerate(draft.cast, 1)}
        missing = [overlay.shot for overlay in draft.overlays if (overlay.shot or 0) > len(draft.shots)]
        self.problems += [f"film.overlays: there is no shot {n}; shots are 1 to {len(draft.shots)}" for n in missing]
        for overlay in draft.overlays:
            self._exact(overlay.text)
        if missing:
            return None
        try:
            return Storyboard(
                title=draft.title,
                aspect=draft.aspect,
                resolution=draft.resolution,
                style=Style(look=draft.look, words=draft.style),
                sound=Sound(bed=draft.sound),
                cast=tuple(
                    CastMember(
                        id=ids[member.id],
                        references=self._references(member.images),
                        **member.model_dump(exclude={"id", "images"}),
                    )
                    for member in draft.cast
                ),
                shots=tuple(
                    Shot(
                        id=f"s{n}",
                        cast=tuple(ids.get(name, _slug(name, name)) for name in shot.cast),
                        seed=_seed(str(n), shot.action, shot.setting),
                        sources=self._sources(shot.cite),
                        **shot.model_dump(exclude={"cast", "cite"}),
                    )
                    for n, shot in enumerate(draft.shots, 1)
                ),
                overlays=tuple(
                    Overlay(
                        id=f"{overlay.kind}-{n}",
                        kind=overlay.kind,
                        text=overlay.text,
                        style=overlay.style,
                        spoken=overlay.spoken,
                        shot_id=None if overlay.shot is None else f"s{overlay.shot}",
                        source="".join(self._sources((overlay.cite,))),
                    )
                    for n, overlay in enumerate(draft.overlays, 1)
                ),
            )
        except ValidationError as error:
            self.problems += [f"film: {problem}" for problem in _problems(error)]
            return None

    def _sources(self, wanted: Iterable[str]) -> tuple[str, ...]:
        found = self.cite(wanted)
        self.cited.update((ref, None) for ref in found)
        return found

    def _references(self, images: Iterable[str]) -> tuple[str, ...]:
        unknown = [image for image in images if image not in self._images]
        self.problems += [f"There is no picture {image[:60]!r}." for image in unknown]
        return tuple(dict.fromkeys(self._images[image] for image in images if image in self._images))

    def _picture(self, hashes: Iterable[str]) -> None:
        # A hash is a name in the store: only those this person gave may be used, whoever else's a text may mention.
        self.problems += [f"No picture with hash {sha[:12]}... was given." for sha in hashes if sha not in self._hashes]

    def _exact(self, text: str) -> None:
        for match in _FIGURE.finditer(_digits(text)):
            figure = _figure(match["n"])
            # A lone digit is mostly a count ("Step 1"); with a currency or percent sign it is a claim.
            counts = len(figure) > 1 or match["before"] or match["after"]
            if counts and figure not in self._figures:
                shown = match[0].strip()
                self.refused = f"I found no {shown!r} in what you gave me, so I did not put it on the picture."
                self.problems.append(f"overlay text {text[:80]!r}: {shown!r} is neither in the message nor the context")


def _read(answer: str) -> PlanWire:
    text = answer.strip()
    if fenced := _FENCE.match(text):
        text = fenced[1]
    try:
        return PlanWire.model_validate_json(text)
    except ValidationError as error:
        raise UnusableAnswerError(_problems(error)) from error


def _problems(error: ValidationError) -> list[str]:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return [f"{'.'.join(str(part) for part in p['loc']) or 'answer'}: {p['msg']}" for p in found]


def _approval_question(situation: Situation) -> TurnPlan:
    if situation.pending_quote:
        reply = "A plan is waiting for your yes, and only your own plain yes starts it. Shall I go ahead with it?"
        choices: tuple[str, ...] = ("yes", "no")
    else:
        reply, choices = "Nothing is waiting for approval. What should I show or change?", ()
    why = "Only a person's own plain yes to a waiting plan approves it."
    return TurnPlan(intent="ask", reply=reply, rationale=why, confidence=0.2, choices=choices)


def question(situation: Situation, error: UnusableAnswerError) -> TurnPlan:
    """The plain question that stands in for a plan when there is none; it changes nothing and spends nothing."""
    there = situation.storyboard is not None
    reply = error.person or "I could not turn that into a plan I am sure of, so nothing was changed."
    choices = ("What is in each shot?", "Undo") if there else ("Make a short video about this", "Just answer in words")
    return TurnPlan(
        intent="ask",
        reply=f"{reply} Could you say what {'to change' if there else 'you would like'} in other words?",
        rationale="The model gave no usable plan in two tries; a guess could spend.",
        confidence=0.1,
        not_understood=(situation.text[:200],),
        choices=choices,
    )


def _scope(film: Storyboard | None, edits: tuple[Edit, ...]) -> str:
    """Which shots these edits name: "shot 2", "shots 1 and 3", "the whole film"; '' without edits."""
    if film is None or not edits:
        return ""
    numbers: set[int] = set()
    for edit in edits:
        named = _named(film, edit)
        if not named:
            return "the whole film"
        numbers.update(film.number(shot_id) for shot_id in named if film.shot(shot_id) is not None)
    shown = [str(n) for n in sorted(numbers)]
    if not shown:
        return "a new shot"
    if len(shown) == 1:
        return f"shot {shown[0]}"
    return f"shots {', '.join(shown[:-1])} and {shown[-1]}"


def _named(film: Storyboard, edit: Edit) -> tuple[str, ...]:
    """The ids of the shots an edit names, empty when it reaches the whole film."""
    match edit:
        case e.AddShot(shot=shot):
            return (shot.id,)
        case e.AddOverlay(overlay=overlay):
            return (overlay.shot_id,) if overlay.shot_id else ()
        case e.ChangeOverlay(overlay_id=overlay_id) | e.RemoveOverlay(overlay_id=overlay_id):
            return tuple(o.shot_id for o in film.overlays if o.id == overlay_id and o.shot_id)
        case e.ReplaceText(old=old):
            hits = [o.shot_id for o in film.overlays if old in o.text]
            return () if None in hits else tuple(hit for hit in hits if hit)
        case e.ChangeCast(cast_id=cast_id) | e.RemoveCast(cast_id=cast_id) | e.AddReference(cast_id=cast_id):
            return tuple(shot.id for shot in film.shots if cast_id in shot.cast)
    one = getattr(edit, "shot", None)
    return (one,) if isinstance(one, str) else tuple(getattr(edit, "shots", ()))


def _seed(*texts: str) -> int:
    """A seed that is the same for the same words, on every machine."""
    digest = hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:4], "big") & 0x7FFFFFFF


def _slug(text: str, fallback: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:40] or fallback


def _digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)


def _figure(number: str) -> str:
    """One spelling for equal figures: 1,299.00 and 1299 are the same, 8.9 and 89 are not."""
    return re.sub(r"[.,]00?$", "", re.sub(r",(?=\d{3}(?!\d))", "", number))
