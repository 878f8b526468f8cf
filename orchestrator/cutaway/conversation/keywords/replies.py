"""Edits and storyboards said in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.targets import EVERYWHERE, WHOLE, scope_of
from cutaway.conversation.keywords.text import cut, listed
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import Storyboard

EXAMPLES: Final = (
    "A red fox trots through a pine forest at dusk, then climbs a ridge as snow falls",
    "A lighthouse keeper rows home at dawn, then climbs the stairs",
)
ABILITIES: Final = (
    "I turn a description into a short film and change it as we talk: time, place, weather, cast, camera, captions, "
    "prices, order, length, sound. I also answer questions from the notes you attach. I read English by keywords."
)
_FIELDS: Final = {
    e.SetTime: ("time_of_day", "the time is {}"),
    e.SetSetting: ("setting", "the setting is {}"),
    e.SetWeather: ("weather", "the weather is {}"),
    e.SetLighting: ("lighting", "the light is {}"),
    e.SetCamera: ("camera", "the camera move is {}"),
    e.SetGrade: ("grade", "the grade is {}"),
    e.SetTransition: ("transition", "shots begin with a {}"),
    e.SetAction: ("action", "the action is {}"),
    e.SetSpeed: ("speed", "the speed is {}"),
    e.SetDuration: ("seconds", "the length is {} s"),
}


def say_edits(edits: Sequence[Edit], film: Storyboard) -> str:
    """What these edits change, in one sentence."""
    said = list(dict.fromkeys(_say(edit, film) for edit in edits))
    shown = said[:6] + ([f"{len(said) - 6} more"] if len(said) > 6 else [])
    text = "; ".join(shown)
    return f"{text[:1].upper()}{text[1:]}."


def _say(edit: Edit, film: Storyboard) -> str:
    if type(edit) in _FIELDS:
        name, words = _FIELDS[type(edit)]
        value = getattr(edit, name)
        shown = f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")
        return f"{words.format(cut(shown, 60))} in {scope_of(film, getattr(edit, 'shots', ()))}"
    match edit:
        case e.ReplaceText():
            return f'"{cut(edit.old, 40)}" becomes "{cut(edit.new, 40)}" on screen'
        case e.ChangeCast():
            noun = edit.kind or (_kind(film, edit.cast_id) if edit.colour else "")
            changes = [" ".join(part for part in (edit.colour, noun) if part)]
            changes += [f"called {edit.name}"] if edit.name and edit.name != edit.kind else []
            changes += [edit.description] if edit.description else []
            return f"the {_member(film, edit.cast_id)} is now: {cut(listed(c for c in changes if c) or 'plain', 80)}"
        case e.AddCast():
            return f"the {cut(edit.member.name, 40)} joins {scope_of(film, edit.shots)}"
        case e.RemoveCast():
            return f"the {_member(film, edit.cast_id)} leaves the film"
        case e.SetShotCast():
            return f"{scope_of(film, (edit.shot,))} shows {listed(_member(film, c) for c in edit.cast) or 'nobody'}"
        case e.AddOverlay():
            return f'the {edit.overlay.kind.replace("_", " ")} "{cut(edit.overlay.text, 60)}" is added'
        case e.ChangeOverlay():
            return f'the words become "{cut(edit.text or "", 60)}"'
        case e.RemoveOverlay():
            return "words leave the picture"
        case e.MoveShot():
            return f"{scope_of(film, (edit.shot,))} moves to place {edit.to}"
        case e.RemoveShot():
            return f"{scope_of(film, (edit.shot,))} is taken out"
        case e.AddShot():
            return "a new shot is added"
        case e.DuplicateShot():
            return f"{scope_of(film, (edit.shot,))} is repeated"
        case e.TrimShot():
            return f"{scope_of(film, (edit.shot,))} is trimmed"
        case e.SetLock():
            return (
                f"{scope_of(film, edit.shots)} {'are' if len(edit.shots) > 1 else 'is'} "
                f"{'locked' if edit.locked else 'unlocked'}"
            )
        case e.Retake():
            return f"{scope_of(film, edit.shots)} {'get' if len(edit.shots) > 1 else 'gets'} another take"
        case e.SetAspect():
            return f"the frame is {edit.aspect}"
        case e.SetResolution():
            return f"the resolution is {edit.resolution}"
        case e.SetStyle():
            return f"the look is {cut(edit.look or edit.words or '', 60)}"
        case e.SetTitle():
            return f'the film is called "{cut(edit.title, 60)}"'
        case e.SetSound():
            return "the sound is changed"
        case e.SetSeed():
            return f"{scope_of(film, (edit.shot,))} uses seed {edit.seed}"
        case e.AddReference():
            return f"the {_member(film, edit.cast_id)} follows your picture"
        case _:
            return edit.op.replace("_", " ")


def _kind(film: Storyboard, cast_id: str) -> str:
    member = film.member(cast_id)
    return cut(member.kind, 40) if member else ""


def _member(film: Storyboard, cast_id: str) -> str:
    member = film.member(cast_id)
    return cut(member.name, 40) if member else cast_id


def say_film(film: Storyboard) -> str:
    """What a new film is, in one sentence."""
    count = len(film.shots)
    what = listed(cut(m.name, 40) for m in film.cast[:4]) or film.shots[0].setting or "the scene"
    return f"A film of {what}: {count} shot{'s' if count != 1 else ''}, {film.duration_s:g} s."


def say_scope(scopes: Sequence[str]) -> str:
    """One scope for several changes."""
    unique = list(dict.fromkeys(scopes))
    return WHOLE if not unique else listed(unique)


def say_reach(scopes: Sequence[str]) -> str:
    """What several changes reach, as the end of "The message changes"."""
    return say_scope(["words in every place they are shown" if scope == EVERYWHERE else scope for scope in scopes])
