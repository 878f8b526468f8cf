"""A storyboard times many rows: words are filled in or refused by name, and what rows share is priced once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.errors import InputError
from cutaway.routing.batch import Need, quote_rows
from cutaway.storyboard.brief import content_key
from cutaway.storyboard.model import CastMember, Overlay, Shot, Storyboard
from cutaway.storyboard.rows import MAX_ROWS, fill, placeholders, unused

FILM = Storyboard(
    title="Hello {name}",
    cast=(CastMember(id="fox", name="Fox", kind="fox", description="wears a {colour} scarf"),),
    shots=(
        Shot(id="s1", cast=("fox",), action="waves at {name}"),
        Shot(id="s2", action="a city street at work", setting="{city}"),
        Shot(id="s3", action="the end"),
    ),
    overlays=(Overlay(id="o1", kind="title", text="For {name}, {{really}}", shot_id="s2"),),
)
ANN = {"name": "Ann", "colour": "red", "city": "Oslo", "unused": 7}


def keys(film: Storyboard) -> list[str]:
    return [content_key(film, shot) for shot in film.shots]


def test_every_free_text_gets_its_rows_words() -> None:
    (film,) = fill(FILM, [ANN])
    assert film.title == "Hello Ann"
    assert film.cast[0].description == "wears a red scarf"
    assert [shot.action for shot in film.shots] == ["waves at Ann", "a city street at work", "the end"]
    assert film.shots[1].setting == "Oslo"
    assert film.overlays[0].text == "For Ann, {really}"


def test_the_columns_are_those_that_the_words_name() -> None:
    assert placeholders(FILM) == ("name", "colour", "city")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": None}, r"Row 2, column 'name' has nothing that the film could say"),
        ({"city": "  "}, r"Row 2, column 'city' has nothing that shot 2 \('s2'\) could say"),
        ({"city": ["Oslo"]}, r"Row 2, column 'city' has nothing"),
        ({"city": "Oslo\nBergen"}, r"Row 2, column 'city' has nothing"),
        ({"city": "x" * 401}, r"Row 2: the setting of shot 2 \('s2'\) becomes 401 characters long"),
    ],
)
def test_a_value_that_cannot_be_used_names_row_column_and_shot(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        fill(FILM, [ANN, ANN | changes])


def test_a_placeholder_that_no_column_has_is_refused_with_the_nearest_one() -> None:
    row = {"name": "Ann", "color": "red", "city": "Oslo"}
    with pytest.raises(InputError, match=r"Row 1 has no column 'colour', which cast 'fox' names") as no:
        fill(FILM, [row])
    assert "Did you mean {color}?" in no.value.fix


def test_a_placeholder_inside_a_value_stays_words() -> None:
    (film,) = fill(FILM, [ANN | {"name": "{city}"}])
    assert film.shots[0].action == "waves at {city}"


@pytest.mark.parametrize("count", [0, MAX_ROWS + 1])
def test_a_batch_has_one_to_a_thousand_rows(count: int) -> None:
    with pytest.raises(InputError, match="A batch has 1 to 1,000 rows"):
        fill(FILM, [ANN] * count)


def test_every_fault_of_every_row_is_told_at_once() -> None:
    with pytest.raises(InputError) as no:
        fill(FILM, [ANN | {"name": ""}, ANN, ANN | {"city": None, "name": "two\nlines"}])
    assert no.value.message.splitlines() == [
        "Row 1, column 'name' has nothing that the film could say.",
        "Row 3, column 'name' has nothing that the film could say.",
        "Row 3, column 'city' has nothing that shot 2 ('s2') could say.",
    ]


def test_a_column_that_no_row_has_is_told_once_with_the_one_that_was_meant() -> None:
    rows = [{("Nmae" if key == "name" else key): value for key, value in ANN.items()}] * 3
    with pytest.raises(InputError, match=r"\ANo row has a column 'name', which the film names\.") as no:
        fill(FILM, rows)
    assert no.value.fix.startswith("Did you mean {Nmae}?")


def test_so_many_faults_are_told_and_the_rest_is_counted() -> None:
    with pytest.raises(InputError, match=r"Row 20, column 'name'.*\nand 10 more\."):
        fill(FILM, [ANN | {"name": ""}] * 30)


@pytest.mark.parametrize(
    ("column", "hint"),
    [
        ("sku", "The column 'sku' is used nowhere."),
        ("nme", "The column 'nme' is used nowhere; did you mean {name}?"),
        ("Fox", "The column 'Fox' is used nowhere; the cast 'fox' is the same in every film"),
        ("badge", "The column 'badge' is used nowhere; the overlay 'badge' says 'New' in every film"),
    ],
)
def test_a_column_nothing_names_is_told_with_what_was_perhaps_meant(column: str, hint: str) -> None:
    film = Storyboard(
        title="{name}",
        cast=(CastMember(id="fox", name="", kind="red fox"),),
        shots=(Shot(id="s1", cast=("fox",)),),
        overlays=(Overlay(id="badge", kind="caption", text="New"),),
    )
    (said,) = unused(film, [{"name": "Ann", column: "x"}])
    assert said.startswith(hint)


def test_rows_that_change_nothing_are_refused() -> None:
    plain = Storyboard(shots=(Shot(id="s1", action="a {} b {1}"),))
    with pytest.raises(InputError, match="all 2 films would be the same"):
        fill(plain, [{}, {}])
    assert fill(plain, [{}]) == (plain,)


def test_rows_share_the_shots_that_say_the_same() -> None:
    ann, bea = fill(FILM, [ANN, ANN | {"name": "Bea"}])
    assert keys(ann)[0] != keys(bea)[0]
    assert keys(ann)[1:] == keys(bea)[1:]


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=50))
def test_equal_rows_give_equal_films_and_values_come_through_as_they_are(word: str) -> None:
    one, two = fill(FILM, [ANN | {"city": word}] * 2)
    assert one == two
    assert one.shots[1].setting == word


def clip(key: str, most: str = "0.40", expected: str = "0.30") -> Need:
    return Need(key, Decimal(most), Decimal(expected))


def test_one_quote_holds_the_most_and_the_usual_by_row_with_shared_clips_once() -> None:
    quote = quote_rows([[clip("a"), clip("x")], [clip("b"), clip("x")], [clip("a"), clip("x")]])
    assert [(row.row, row.keys, row.shared) for row in quote.rows] == [(1, ("a", "x"), 0), (2, ("b",), 1), (3, (), 2)]
    assert [row.most_usd for row in quote.rows] == [Decimal("0.80"), Decimal("0.40"), Decimal(0)]
    assert (quote.most_usd, quote.expected_usd, quote.sample_usd) == (
        Decimal("1.20"), Decimal("0.90"), Decimal("0.80")
    )  # fmt: skip
    assert str(quote) == (
        "3 films, 3 clips to make (3 more are shared or made already): $1.20 at most, about $0.90; "
        "the first 1 as a sample: $0.80"
    )


def test_a_batch_always_asks() -> None:
    assert quote_rows([[clip("a", "0", "0")]]).ask == "a batch always asks"


def test_what_is_made_already_costs_nothing() -> None:
    assert quote_rows([[clip("a"), clip("b")]], made={"a"}).most_usd == Decimal("0.40")


@pytest.mark.parametrize("sample", [0, 3])
def test_a_sample_is_at_least_one_row_and_at_most_all(sample: int) -> None:
    with pytest.raises(InputError, match="A sample is 1 to 2 rows"):
        quote_rows([[clip("a")], [clip("b")]], sample=sample)


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), min_size=1, max_size=8))
def test_the_total_is_the_price_of_every_key_once(rows: list[list[str]]) -> None:
    price = {key: Decimal(n) for n, key in enumerate("abcdef", 1)}
    quote = quote_rows([[Need(key, price[key], price[key]) for key in row] for row in rows])
    assert quote.most_usd == sum(price[key] for key in set().union(*rows))
