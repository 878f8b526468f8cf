"""Words on the picture that are almost right: one of them is put in the place of another."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from cutaway.conversation.keywords.editing.spelling import distance, is_known
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.lexicon import is_word
from cutaway.conversation.keywords.words import NUMBERS, ORDINALS
from cutaway.storyboard.edits import ChangeOverlay, Edit, ReplaceText
from cutaway.storyboard.model import Overlay

_DAYS: Final = "mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?"
_MONTHS: Final = "january|february|march|april|may|june|july|august|september|october|november|december"
_NUMBER_WORDS: Final = (
    "|".join(sorted((w for w in NUMBERS if w not in {"a", "an", "one"}), key=len, reverse=True))
    + "|thirteen|fourteen|sixteen|seventeen|eighteen|nineteen|seventy|eighty|ninety|hundred"
)
_NUMERALS: Final = {
    **NUMBERS,
    "thirteen": 13,
    "fourteen": 14,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
_MONEY: Final = r"(?:[$€£]\s?\d[\d.,]*\d|[$€£]\s?\d|\d[\d.,]*\s?[$€£])"
_CLASSES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("money", re.compile(_MONEY)),
    ("score", re.compile(r"(?<![\d-])\d{1,2}\s?-\s?\d{1,2}(?![\d-])")),
    ("clock", re.compile(r"\b\d{1,2}[:.]\d{2}(?:\s?[ap]m)?\b|\b\d{1,2}\s?[ap]m\b", re.I)),
    ("year", re.compile(r"\b(?:19|20)\d{2}\b")),
    ("day", re.compile(rf"\b(?:{_DAYS})\b", re.I)),
    ("month", re.compile(rf"\b(?:{_MONTHS})\b", re.I)),
    (
        "number",
        re.compile(r"(?<![\d.,:$€£])\d+(?:[.,]\d+)?(?=\b|st\b|nd\b|rd\b|th\b)(?![\d:]|[.,]\d|\s?(?:k|p|x|%)\b)"),
    ),
    ("word", re.compile(rf"\b(?:{_NUMBER_WORDS})\b", re.I)),
)
_PHONE: Final = re.compile(r"(?<![\d$€£.,])\+?\d[\d /()-]{5,18}\d(?![\d:])")
_QUOTED: Final = re.compile(
    r"\b(?:replace|change|swap|turn|correct|update|fix)?\s*(?P<old>⟪\d+⟫|[$€£]\S+)\s+(?:with"
    r"|to|by|into|for|->)\s+(?P<new>⟪\d+⟫|[$€£]?\S+)"
)
_PLAIN: Final = re.compile(
    r"\b(?:change|replace|swap|correct|turn|fix)\s+(?:the (?:word|name|text)\s+)?(?P<old>[\w'-]+(?: "
    r"[\w'-]+)?)\s+(?:to|with|by|into|for)\s+(?P<new>[\w'$€£].{0,80})$"
)
_NOT: Final = re.compile(
    r"(?P<new>⟪\d+⟫|[\w'$€£.,-]+)\s*,?\s+(?:not|instead of|rather than)\s+(?:(?:the|that|this|an?)\s+)?(?P<old>⟪\d+⟫"
    r"|[\w'$€£&.,-]+)|\bnot\s+(?P<old2>⟪\d+⟫|[\w'$€£-]+)\s*,?\s+(?:but\s+)?(?:it is\s+|its\s+)?(?P<new2>⟪\d+⟫"
    r"|[\w'$€£-]+)"
)
_SPELLED: Final = re.compile(
    r"\b(?:spell(?:s|ed|ing)?|spelt|typo|written|write|misspell\w*|name|mistake|wrong|missing|called)\b", re.I
)
_CURRENCY: Final = (
    (re.compile(r"\beuros?\b|€", re.I), "€"),
    (re.compile(r"\bdollars?\b|\busd\b", re.I), "$"),
    (re.compile(r"\bpounds?\b|\bsterling\b|£", re.I), "£"),
)


def slip_mended(stage: Stage) -> list[Edit]:
    """The edits for words set against those shown: "straight not strait", "replace A with B", "spelled John"."""
    film = stage.film
    if not film.overlays:
        return []
    line = stage.line
    for pattern in (_QUOTED, _NOT):
        for match in pattern.finditer(line.text):
            groups = match.groupdict()
            o, n = ("old", "new") if groups.get("old") else ("old2", "new2")
            old = line.masked.bare(line.typed(match.start(o), match.end(o))).strip(" .,!")
            new = line.masked.bare(line.typed(match.start(n), match.end(n))).strip(" .,!")
            shown = _shown(film.overlays, old)
            if "⟪" not in match[o] and (len(old) < 3 and old.isalpha()):
                continue  # "suit it, wouldn't it": no word to mend
            if shown and "⟪" not in match[0]:
                old, new, shown = _widened(stage, match, o, n, old, new, shown)
            if shown and new and new != shown:
                line.use(0, len(line.text))
                return [ReplaceText(old=shown, new=_cased(new, shown))]
    if plain := _PLAIN.search(line.text):
        old = line.masked.bare(line.typed(plain.start("old"), plain.end("old")))
        new = line.masked.bare(line.typed(plain.start("new"), plain.end("new"))).strip(" .!")
        if shown := _shown(film.overlays, old):
            line.use(0, len(line.text))
            return [ReplaceText(old=shown, new=_cased(new, shown))]
    phones = [re.sub(r"\D+$", "", m[0]) for m in _PHONE.finditer(line.masked.bare(line.source))]
    there = [m[0] for overlay in film.overlays for m in _PHONE.finditer(overlay.text)]
    if phones and len(there) == 1 and phones[-1] != there[0]:
        line.use(0, len(line.text))
        return [ReplaceText(old=there[0], new=phones[-1])]
    for word in re.findall(r"[\w'’&.-]*[\w]", line.masked.bare(line.source)):
        # "Nonna's" for "Nonnas": the same letters, written differently.
        bare = _plain(word)
        for overlay in film.overlays if word != bare and len(bare) > 2 else ():
            same = next(
                (
                    w
                    for w in re.findall(r"[\w'’&.-]*[\w]", overlay.text)
                    if w != word and _plain(w).lower() == bare.lower()
                ),
                None,
            )
            if same:
                line.use(0, len(line.text))
                return [ReplaceText(old=same, new=_cased(word, same))]
    if _SPELLED.search(line.text):
        spelled = re.search(r"\b(?:spell|spelt|typo|misspell|written|write|called)", line.text)
        typed = [w for w in re.findall(r"[^\W\d_]{3,}", line.masked.bare(line.source)) if w[:1].isupper() or len(w) > 4]
        for word in typed:
            for overlay in film.overlays:
                near = [
                    w
                    for w in re.findall(r"[^\W\d_]{3,}", overlay.text)
                    if w != word
                    and w.lower() != word.lower()
                    and (spelled or not (is_word(w) or is_known(w.lower())))
                    and distance(w.lower(), word.lower(), 2) <= min(2, len(w) // 2)
                ]
                if near and not re.search(rf"\b{re.escape(word)}\b", overlay.text):
                    line.use(0, len(line.text))
                    return [ReplaceText(old=near[0], new=_cased(word, near[0]))]
    return []


def _plain(word: str) -> str:
    """A word without its marks and accents: "Leo" for "Léo", "Nonnas" for "Nonna's"."""
    letters = unicodedata.normalize("NFKD", word)
    return re.sub(r"\W", "", "".join(c for c in letters if not unicodedata.combining(c)))


def _widened(
    stage: Stage, match: re.Match[str], o: str, n: str, old: str, new: str, shown: str
) -> tuple[str, str, str]:
    """What is set against each other, beyond single words: "pumpkin rather than leek and potato"."""
    line = stage.line
    for words in re.finditer(r"\s+[\w'-]+", line.text[match.end(o) : match.end(o) + 60]):
        more = line.masked.bare(line.typed(match.start(o), match.end(o) + words.end())).strip(" .,!")
        if longer := _shown(stage.film.overlays, more):
            old, shown = more, longer
    texts = " ".join(overlay.text.lower() for overlay in stage.film.overlays)
    if n == "new" and re.search(rf"\b{re.escape(shown.lower())}\s+{re.escape(new.lower())}\b", texts):
        # "a summer sale, not spring": what stands with it is there already, the word before it is the new one.
        before = re.search(r"([\w'-]+)\s+$", line.text[: match.start(n)])
        if before:
            new = line.masked.bare(line.typed(before.start(1), before.end(1)))
    if len(new) < 2 and not new.isdigit():
        near = [
            w
            for w in re.findall(r"[^\W\d_]{3,}", line.masked.bare(line.source))
            if w.lower() != shown.lower() and distance(w.lower(), shown.lower(), 2) <= 2
        ]
        new = near[0] if near else ""
    return old, new, shown


_PRICE_CUE: Final = re.compile(r"\b(?:price|cost|costs)\b")
_PRICE_CHANGE: Final = re.compile(
    r"\b(?:change|set|make|update|lower|raise|drop|increase|decrease|reduce|cut|put|correct"
    r"|fix|bring|to|is|now|should|must|costs?|at)\b|:"
)
_AMOUNT: Final = re.compile(rf"{_MONEY}|\d[\d.,]*\s?(?:dollars|euros|pounds|usd|eur|gbp)\b|\d[\d.,]*\d|\d", re.I)


def price_changed(stage: Stage) -> Found | None:
    """Another price in the place of the one shown: "change the price to 79"."""
    text = stage.text
    if (
        not _PRICE_CUE.search(text)
        or not _PRICE_CHANGE.search(text)
        or re.search(r"⟪|\btags?\b|\b(?:add|show|write|over|remove|delete)\b|price:", text)
    ):
        return None
    said = (
        stage.line.masked.bare(stage.line.source)
        if len(text) > len(stage.line.source) - 6
        else stage.line.typed(0, len(text))
    )
    figures = [m[0].strip(" .,") for m in _AMOUNT.finditer(re.sub(r"\b[Ss]hot \d+|\bfrom \S+", "", said))]
    if not figures:
        return (
            Found(problem="What should the price be? A number is needed.", choices=("Change the price to $79",))
            if re.search(r"\b(?:change|update|set|correct|lower|raise)\b", text)
            else None
        )
    new = figures[-1]
    olds = _values("money", tuple(o for o in stage.film.overlays if not stage.shots or o.shot_id in stage.shots))
    if not olds and (
        tags := [o for o in stage.film.overlays if o.kind == "price_tag" or re.fullmatch(r"\d[\d.,]*", o.text)]
    ):
        olds = [tags[-1].text]
    if not olds:
        return Found(
            problem="No price is on screen in this film, so there is none to change.",
            choices=(f'Add a lower third "{new}"',),
        )
    if len(olds) > 1:
        return Found(
            problem=f"There are {len(olds)} prices on screen: {', '.join(olds)}. Which one?",
            choices=tuple(f"Change {old} to {new}" for old in olds[:4]),
        )
    stage.line.use(0, len(text))
    return Found([ReplaceText(old=olds[0], new=_like(olds[0], new))])


def _like(old: str, new: str) -> str:
    """The new price written like the old one when only a number, or the same currency in words, was said."""
    worded = re.search(r"dollars|usd", new, re.I) and "$" in old
    figure = re.search(r"\d[\d.,]*\d|\d", new)
    if figure is None or (re.search(r"[^\d.,\s]", new) and not worded):
        return new
    return re.sub(r"\d[\d.,]*\d|\d", figure[0], old, count=1)


def _shown(overlays: tuple[Overlay, ...], words: str) -> str:
    """These words as some overlay shows them, '' when none does."""
    if not words:
        return ""
    for overlay in overlays:
        if match := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", overlay.text, re.I):
            return match[0]
    return ""


def _cased(new: str, old: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() and new.islower() else new


def swapped_word(stage: Stage) -> list[Edit]:
    """The edits for a bare new value of the same sort as one that is shown: a price, time, year, day or number.

    The overlay changed last is looked at first; of all others only one may show such a value.
    """
    said = stage.line.masked.bare(stage.line.source)
    last = stage.memory.overlays[-1:]
    rest = tuple(o for o in stage.film.overlays if o not in last)
    for sort, pattern in _CLASSES:
        found = [m[0].strip() for m in pattern.finditer(said) if not (sort == "number" and _of_shot(said, m.start()))]
        if not found:
            continue
        new = found[-1]
        if (
            sort in {"number", "word"}
            and (
                unit := re.search(
                    rf"\b{re.escape(new)}\s+(?P<unit>seconds?|minutes?|hours?|days?|percent|%)", said, re.I
                )
            )
            and (not any(unit["unit"].rstrip("s") in o.text.lower() for o in stage.film.overlays))
        ):
            continue
        noun = re.search(rf"{re.escape(new)}\s+(?P<noun>[a-z]{{3,}})", said.lower())
        near = tuple(
            o for o in stage.film.overlays if noun and re.search(rf"\b{noun['noun'].rstrip('s')}", o.text.lower())
        )
        where = stage.shots or _nth(stage)
        inside = tuple(o for o in stage.film.overlays if o.shot_id in where)
        if not _values(sort, inside):
            inside = ()  # "race day moved" names no shot of a race
        for group in (inside, near, last, rest) if not inside else (inside, near):
            if not group:
                continue
            shown = _values(sort, group)
            if sort == "number" and len(shown) != 1:
                shown = _values("money", group)
                if len(shown) == 1:
                    old = shown[0]
                    return (
                        [ReplaceText(old=old, new=re.sub(r"\d[\d.,]*\d|\d", new, old, count=1))]
                        if new not in old
                        else []
                    )
            if sort == "word" and len(shown) != 1:
                shown = _values("number", group)
                new = str(_NUMERALS[found[-1].lower()]) if shown else new
            if sort == "number" and (not shown or (len(shown) == 1 and abs(len(shown[0]) - len(new)) > 1)):
                continue  # "179" is no new house number 5
            if len(shown) == 1 and shown[0].lower() != new.lower():
                cased = _cased(new, shown[0])
                again = any(shown[0] in o.text for o in stage.film.overlays if o not in last)
                if group is last and group and not again:
                    text = group[0].text.replace(shown[0], cased, 1)
                    return [ChangeOverlay(overlay_id=group[0].id, text=text)]
                return [ReplaceText(old=shown[0], new=cased)]
    return _with_currency(stage, said, last)


def _nth(stage: Stage) -> tuple[str, ...]:
    """The shot an ordinal right before a figure names: "and the last 1947"."""
    match = re.search(rf"\bthe ({'|'.join(ORDINALS)})(?: one)?(?= [$€£]?\d)", stage.text)
    at = ORDINALS[match[1]] - (ORDINALS[match[1]] > 0) if match else len(stage.film.shots)
    return (stage.film.shots[at].id,) if -len(stage.film.shots) <= at < len(stage.film.shots) else ()


def _of_shot(said: str, at: int) -> bool:
    """Whether a number at this place is that of a shot: "claim on 3"."""
    return bool(re.search(r"\b(?:on|shots?|scenes?|clips?|pictures?|number|over|under|for) $", said[:at], re.I))


def _values(sort: str, overlays: tuple[Overlay, ...]) -> list[str]:
    pattern = dict(_CLASSES)[sort]
    return list(dict.fromkeys(m[0].strip() for o in overlays for m in pattern.finditer(o.text)))


def _with_currency(stage: Stage, said: str, last: tuple[Overlay, ...]) -> list[Edit]:
    """The sign of a currency for a bare price: "in euros, with the sign"."""
    sign = next((sign for pattern, sign in _CURRENCY if pattern.search(said)), "")
    changed = [o for o in stage.film.overlays if o in stage.memory.overlays and re.search(r"\d", o.text)]
    tags = len(changed) > 1 and all(re.fullmatch(r"[\d.,\s$€£]+", o.text) for o in changed)
    overlays = tuple(changed) if tags else last or stage.film.overlays
    if not sign or (len(overlays) != 1 and not tags):
        return []
    edits: list[Edit] = []
    for overlay in overlays:
        bare = re.sub(r"[$€£]\s?", "", overlay.text)
        figure = re.search(r"\d[\d.,]*\d|\d", bare)
        if figure is not None and sign not in overlay.text:
            text = f"{bare[: figure.start()]}{sign}{bare[figure.start() :]}"
            edits.append(ChangeOverlay(overlay_id=overlay.id, text=text))
    return edits
