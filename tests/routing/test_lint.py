"""Lint finds what is allowed by the schema and still wrong, with and without the models that are there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cutaway.routing import Candidate
from cutaway.routing.finding import Finding
from cutaway.routing.lint import lint, worst
from routing.catalog import CATALOG, DAY, candidate

HEAD = "apiVersion: cutaway/v1\nkind: RoutingPolicy\nspec:\n"
TAIL = "metadata: {name: mine}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.yaml"


def found(file: Path, body: str, candidates: Sequence[Candidate] | None = CATALOG) -> list[Finding]:
    file.write_text(HEAD + body + TAIL, encoding="utf-8")
    usual = "no dated price and" if candidates is CATALOG else "-"
    return [one for one in lint(file, candidates, today=DAY)[1] if usual not in one.message]


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (
            "  budgets: {per_clip_usd: 3}\n",
            4,
            "per_clip_usd allows one clip $3.00, and per_turn_usd is only $2.00",
        ),
        ("  budgets:\n    per_turn_usd: 6\n", 5, "per_thread_usd is only $5.00 (the default)"),
        ("  budgets: {per_user_day_usd: 200}\n", 4, "per_tenant_month_usd is only $100.00"),
        ("  rules: [{name: a, when: {seconds_over: 700}, then: {objective: price}}]\n", 4, "no order is longer"),
        ("  rules: [{name: a, when: {usd_left_under: 0}, then: {objective: price}}]\n", 4, "less than nothing"),
        (
            "  ladder: {rungs: [final]}\n  rules: [{name: a, when: {stage: [draft]}, then: {objective: price}}]\n",
            5,
            "the ladder has no draft",
        ),
    ],
)
def test_a_contradiction_in_the_file_is_an_error(file: Path, body: str, line: int, words: str) -> None:
    (one,) = found(file, body, None)
    assert (one.level, one.line) == ("error", line)
    assert words in one.message
    assert one.fix


def test_a_rule_that_a_later_one_covers_is_told(file: Path) -> None:
    body = "  rules:\n    - {name: a, when: {operation: [edit], seconds_over: 5}, then: {objective: price}}\n"
    body += "    - {name: b, when: {operation: [edit, generate], seconds_over: 3}, then: {objective: quality}}\n"
    (one,) = found(file, body, None)
    assert (one.level, one.line) == ("warning", 5)
    assert "whenever it fits, the later rule 'b' fits too" in one.message


@pytest.mark.parametrize(
    "second",
    [
        "{name: b, when: {operation: [generate]}, then: {objective: quality}}",
        "{name: b, when: {seconds_over: 9}, then: {objective: quality}}",
        "{name: b, then: {continuity: 0}}",
    ],
)
def test_a_rule_that_still_decides_something_is_not(file: Path, second: str) -> None:
    first = "{name: a, when: {operation: [edit], seconds_over: 5}, then: {objective: price}}"
    assert found(file, f"  rules:\n    - {first}\n    - {second}\n", None) == []


@pytest.mark.parametrize(
    ("first", "second", "covered"),
    [
        ("floors: {elo: 1100}", "floors: {resolution: 720p}", False),
        ("floors: {elo: 1100}", "floors: {elo: 1200, resolution: 720p}", True),
        ("lift_floors: [elo]", "floors: {elo: 1200}", True),
        ("floors: {elo: 1100, resolution: 720p}", "floors: {elo: 1200}", False),
    ],
)
def test_a_rule_about_floors_is_covered_floor_by_floor(file: Path, first: str, second: str, covered: bool) -> None:
    said = found(file, f"  rules:\n    - {{name: a, then: {{{first}}}}}\n    - {{name: b, then: {{{second}}}}}\n", None)
    assert ["never decides anything" in one.message for one in said] == [True] * covered


def test_a_floor_that_the_policy_and_a_rule_share_is_told_once(file: Path) -> None:
    said = found(file, "  floors: {elo: 1600}\n  rules: [{name: a, then: {floors: {resolution: 480p}}}]\n")
    assert len([one for one in said if "no model reaches the floor of 1600" in one.message]) == 1


@pytest.mark.parametrize(
    ("body", "words", "fix"),
    [
        (
            "  floors: {elo: 1600}\n",
            "no model reaches the floor of 1600; the best there is has 1480 (top:cine)",
            "1480",
        ),
        (
            "  only: ['bulk:*']\n  floors: {elo: 1}\n",
            "no model that meets only has a published rating",
            "quality in cutaway.yaml",
        ),
        (
            "  require: {indemnity: true}\n  floors: {elo: 1}\n",
            "no model that makes finals meets require.indemnity, so none reaches the floor of 1",
            "Loosen require.indemnity",
        ),
        ("  floors: {latency_s: 5}\n", "the fastest there is takes 15 s (mid:fast)", "latency_s: 15"),
        ("  require: {regions: [jp], weights: closed}\n", "no model here meets what the policy requires", "Loosen"),
        (
            "  rules: [{name: a, then: {floors: {elo: 1900}}}]\n",
            "no model reaches the floor of 1900",
            "Write elo: 1480 or less.",
        ),
        (
            "  budgets: {per_clip_usd: 0.3}\n  floors: {elo: 1400}\n",
            "the cheapest 5 s at 720p that meets the floors costs $0.50 (top:cine)",
            "Raise per_clip_usd to $0.50",
        ),
    ],
)
def test_a_floor_that_nobody_reaches_is_an_error_with_the_best_there_is(
    file: Path, body: str, words: str, fix: str
) -> None:
    errors = [one for one in found(file, body) if one.level == "error"]
    assert any(words in one.message and fix in one.fix for one in errors)


@pytest.mark.parametrize(
    ("body", "line", "why"),
    [
        ("  objective: price\n  require: {indemnity: true}\n", 5, "no model that makes finals meets require.indemnity"),
        ("  only: ['sketch:*']\n", 4, "no model that makes finals meets only"),
    ],
)
def test_a_policy_under_which_nobody_makes_finals_is_a_warning(file: Path, body: str, line: int, why: str) -> None:
    (one,) = found(file, body)
    assert (one.level, one.line) == ("warning", line)
    assert one.message == f"no model of the catalog can make a final under this policy: outlines only ({why})."


def test_a_policy_under_which_somebody_makes_finals_has_no_such_warning(file: Path) -> None:
    assert found(file, "  require: {commercial: true}\n") == []
    outlines = "{name: sketches, when: {stage: [animatic]}, then: {only: ['sketch:*']}}"
    assert found(file, f"  rules: [{outlines}]\n") == []


def test_a_resolution_that_nobody_makes_is_an_error(file: Path) -> None:
    (one,) = found(file, "  floors: {resolution: 4k}\n", [candidate("a:b", "0.01", resolutions=("720p", "1080p"))])
    assert one.message == "no model reaches the floor of 4k; the best there is makes 1080p."


def test_ratings_that_are_missing_are_told_where_a_floor_asks_for_them(file: Path) -> None:
    (one,) = found(file, "  floors: {elo: 1300}\n")
    assert one.level == "warning"
    assert "1 of 5 models have no published rating and are ruled out by this floor (bulk:lite)" in one.message


@pytest.mark.parametrize(
    ("body", "level", "words"),
    [
        ("  prefer: ['mid:fats']\n", "error", "Did you mean 'mid:fast'?"),
        ("  prefer: [mid]\n", "error", "Did you mean 'mid:*'?"),
        ("  prefer: [fast]\n", "error", "Did you mean 'mid:fast'?"),
        ("  ignore: ['nobody:here']\n", "warning", "the name does nothing"),
        ("  fallbacks: {models: {'top:cine': ['mid:fasst']}}\n", "error", "Did you mean 'mid:fast'?"),
        ("  rules: [{name: a, then: {order: ['mid:fas']}}]\n", "error", "Did you mean 'mid:fast'?"),
        ("  budgets: {per_provider_month_usd: {bulkk: 5}}\n", "error", "Did you mean 'bulk'?"),
    ],
)
def test_a_name_that_nobody_has_is_told(file: Path, body: str, level: str, words: str) -> None:
    (one,) = found(file, body)
    assert one.level == level
    assert words in one.fix


def test_a_list_of_nobody_is_an_error(file: Path) -> None:
    errors = [one for one in found(file, "  only: ['nobody:here']\n") if one.level == "error"]
    assert "only names no model that is there" in errors[0].message


def test_a_provider_alone_under_only_is_told_how_all_of_its_models_are_written(file: Path) -> None:
    fixes = [one.fix for one in found(file, "  only: [mid]\n") if one.level == "error"]
    assert "Did you mean 'mid:*'?" in fixes


def test_an_alias_of_anything_under_only_is_an_error(file: Path) -> None:
    file.write_text(HEAD + "  only: [any]\n" + TAIL, encoding="utf-8")
    _, said = lint(file, CATALOG, today=DAY, aliases={"any": "auto"})
    assert any(one.level == "error" and "an alias of any model" in one.message for one in said)


def test_an_alias_is_a_name(file: Path) -> None:
    file.write_text(HEAD + "  only: [best]\n" + TAIL, encoding="utf-8")
    _, said = lint(file, CATALOG, today=DAY, aliases={"best": "top:cine"})
    assert [one for one in said if one.level == "error"] == []


def test_a_plan_that_sells_under_cost_is_refused_with_the_sum(file: Path) -> None:
    body = "  floors: {elo: 1400}\n  budgets: {per_clip_usd: 2}\n"
    body += "  plan: {name: basic, price_usd: 20, included_clips: 30, clip_seconds: 13}\n"
    (one,) = [one for one in found(file, body) if "sells" in one.message]
    assert one.level == "error"
    assert "includes 30 clips, which cost at least $39.00 at $1.30 a clip; it has $20.00: clip 16" in one.message
    assert "(top:cine, 13 s at 480p), so the plan sells under cost." in one.message
    # $20 / $1.30 = 15.38 clips: the sixteenth would be made at a loss.
    assert one.fix.startswith("Include 15 or fewer")


def test_seconds_that_sell_under_cost_are_refused_with_how_many_fit(file: Path) -> None:
    body = "  floors: {elo: 1400}\n  budgets: {per_clip_usd: 2}\n"
    body += "  plan: {name: basic, price_usd: 20, included_seconds: 300, clip_seconds: 10}\n"
    (one,) = [one for one in found(file, body) if "sells" in one.message]
    assert "includes 300 s (30 clips of 10 s), which cost at least $30.00 at $1.00 a clip" in one.message
    assert one.fix.startswith("Include 200 or fewer")


def test_a_plan_that_pays_only_for_first_tries_is_a_warning(file: Path) -> None:
    body = "  only: ['top:cine']\n  plan: {name: basic, price_usd: 20, included_clips: 30, clip_seconds: 5}\n"
    (one,) = found(file, body)
    assert one.level == "warning"
    assert "with the attempts that a kept clip takes" in one.message


def test_a_pace_that_never_decides_anything_is_a_warning(file: Path) -> None:
    plan = "  plan: {name: basic, price_usd: 20, included_clips: 2, pace: 0.7}\n"
    assert not any("pace" in one.message for one in found(file, plan))
    (one,) = [one for one in found(file, f"  objective: price\n{plan}") if "pace" in one.message]
    assert (one.level, one.key) == ("warning", "spec.plan.pace")
    rule = "  rules: [{name: finals, when: {stage: [final]}, then: {objective: accepted_cost}}]\n"
    assert not any("pace" in one.message for one in found(file, f"  objective: price\n{plan}{rule}"))


@pytest.mark.parametrize(
    ("candidates", "words"),
    [([], "there are no models"), ([candidate("a:b", None)], "no model here has a dated price")],
)
def test_a_catalog_without_prices_or_models_is_an_error(file: Path, candidates: list[Candidate], words: str) -> None:
    assert any(one.level == "error" and words in one.message for one in found(file, "  {}\n", candidates))


def priceless(file: Path, body: str, unusable: tuple[str, ...] = ()) -> list[str]:
    file.write_text(HEAD + body + TAIL, encoding="utf-8")
    said = lint(file, CATALOG, today=DAY, unusable=unusable)[1]
    return [one.message for one in said if "no dated price" in one.message]


def test_a_model_without_a_price_is_told_where_the_policy_could_choose_it(file: Path) -> None:
    (said,) = priceless(file, "  rules: [{name: a, then: {floors: {resolution: 480p}}}]\n")
    assert said == "1 model that this policy could choose has no dated price and is never used (dark:unpriced)."


@pytest.mark.parametrize("body", ["  only: ['mid:*']\n", "  floors: {elo: 1530}\n", "  require: {own: true}\n"])
def test_a_model_without_a_price_that_the_policy_rules_out_is_not_told(file: Path, body: str) -> None:
    assert priceless(file, body) == []


def test_a_model_without_a_price_whose_provider_has_no_key_is_not_told(file: Path) -> None:
    assert priceless(file, "  {}\n", ("dark:unpriced",)) == []


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ("  approval: {ask_above_usd: 3}\n", "ask_above_usd is $3.00, and one message may cost $2.00 (the default)"),
        ("  approval: {ask_above_usd: 2}\n", "so no quote of one can ever ask"),
        ("  approval: {ask_above_usd: 1.99}\n", ""),
        ("  approval: {ask_above_usd: 3}\n  budgets: {per_turn_usd: 4}\n", ""),
    ],
)
def test_a_question_that_can_never_be_asked_is_a_warning(file: Path, body: str, asks: str) -> None:
    said = [one for one in found(file, body, None) if "ask_above_usd" in one.message]
    assert [one.level for one in said] == (["warning"] if asks else [])
    assert all(asks in one.message for one in said)


@pytest.mark.parametrize(
    ("body", "fix"),
    [
        ("  {}\n", "Add a window of that name under peak"),
        ("  peak: [{name: nights, hours: 22:00-06:00}]\n", "Did you mean 'nights' in cutaway.yaml?"),
        ("  peak: [{name: night, hours: 22:00-06:00}]\n", ""),
    ],
)
def test_idle_hours_that_no_window_has_are_told(file: Path, body: str, fix: str) -> None:
    file.write_text(HEAD + body + TAIL, encoding="utf-8")
    said = lint(file, CATALOG, today=DAY, idle_windows={"gpu": "night"})[1]
    idle = [one for one in said if "providers.gpu.pool.idle" in one.message]
    assert [one.level for one in idle] == (["warning"] if fix else [])
    assert all(one.fix.startswith(fix) for one in idle)


def test_the_worst_level_decides(file: Path) -> None:
    assert worst(found(file, "  ignore: ['nobody:here']\n")) == "warning"
    assert worst(found(file, "  floors: {elo: 1600}\n")) == "error"
    assert worst(found(file, "  {}\n")) is None
