"""A state machine over a real ledger: any moves in any order, stale workers included, compared with a plain model.

After every move every row must be what the model says, and the money must add up: what a scope holds is the sum of its
operations' holds, what it was charged the sum of what they were charged, and admission never passes a limit.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from bench.chaos.clock import Changes, Clock, ClockedLedger
from bench.chaos.lanes import quiet
from bench.chaos.model import CLOSED, Book, Row
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from redis.asyncio import Redis

from cutaway.errors import BudgetError, StaleLeaseError
from cutaway.ledger import Operation, Order, Scope
from cutaway.ledger.ledger import LEASE_MS, SEND_MS
from cutaway.ledger.submissions import Submissions, Verdict

T = TypeVar("T")

STEPS_EACH: Final = 50
LIMITS: Final = {"narrow": 200, "middle": 500, "wide": 1_000}
IDS: Final = tuple(f"op{number}" for number in range(10))
CHARGES: Final = st.sampled_from((0, 5, 10, 50, 300, 700))
HOLDS: Final = st.sampled_from((0, 10, 50, 100))
NUMBERS: Final = st.integers(0, 999)
VERDICTS: Final[tuple[Verdict, ...]] = ("waiting", "rendered", "rendered", "unsent", "parked", "ask_again")

# Everything the invariants look at, in one round trip. ARGV: operation ids, "|", scope keys.
_READ: Final = """
local rows, scopes, at_scopes = {}, {}, false
for _, name in ipairs(ARGV) do
  if name == '|' then
    at_scopes = true
  elseif at_scopes then
    local money = redis.call('HMGET', name, 'held', 'charged')
    scopes[name] = { tonumber(money[1] or 0), tonumber(money[2] or 0) }
  else
    local r = redis.call('HMGET', 'cutaway:op:' .. name, 'phase', 'money', 'hold_micro', 'charged_micro', 'fence')
    if r[1] then rows[name] = { r[1], r[2], tonumber(r[3]), tonumber(r[4]), tonumber(r[5]) } end
  end
end
local flat, making = redis.call('HGETALL', 'cutaway:t:making'), {}
for i = 1, #flat, 2 do making[flat[i]] = flat[i + 1] end
return cjson.encode({ rows, scopes, making })
"""


@dataclass(slots=True)
class Token:
    """What one process read or took, kept for as long as it lives. A sender reports one outcome, however often."""

    operation: Operation
    outcome: str = ""

    def reports(self, outcome: str) -> bool:
        """Whether its process would say this: it says one thing, perhaps again when it heard no answer."""
        self.outcome = self.outcome or outcome
        return self.outcome == outcome


@dataclass(slots=True)
class Ground:
    """The event loop and the server the machines run on, and how many steps they took."""

    loop: asyncio.AbstractEventLoop
    redis: Redis
    ledger: ClockedLedger
    steps: int = 0


def run_machine(url: str, *, steps: int, derandomize: bool = True, shrink: bool = True, changes: Changes = ()) -> int:
    """Take about `steps` random steps on the server at `url`, whose database 0 is emptied; gives how many were taken.

    Raises `AssertionError` when ledger and model differ; `shrink` looks, for minutes, for the fewest moves that lead
    there. Without `derandomize` every call takes other steps.
    """
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    with asyncio.Runner() as runner, quiet():
        redis: Redis = Redis.from_url(url, decode_responses=True)
        ground = Ground(runner.get_loop(), redis, ClockedLedger(redis, changes=changes))

        class Here(LedgerMachine):
            def __init__(self) -> None:
                super().__init__(ground)

        try:
            run_state_machine_as_test(
                Here,
                settings=settings(
                    max_examples=max(1, steps // STEPS_EACH),
                    stateful_step_count=STEPS_EACH,
                    derandomize=derandomize,
                    database=None,
                    phases=phases,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            ground.loop.run_until_complete(redis.aclose())
        return ground.steps


class LedgerMachine(RuleBasedStateMachine):
    """Every move of the ledger, by live workers and by stale ones.

    All is one rule with a number to choose by, not a rule for each move: hypothesis leaves rules out at random, and an
    order only has a long life where every move may follow every other.
    """

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.ground, self.ledger = ground, ground.ledger
        self.submissions = Submissions(self.ledger)
        self.clock = self.ledger.clock = Clock()
        self.book = Book(LIMITS)
        self.ends: dict[str, str] = {}
        self.makers: list[Token] = []
        self.senders: list[Token] = []
        self.lookers: list[Token] = []
        self.read = ground.redis.register_script(_READ)
        self._do(ground.redis.flushdb())

    @rule(data=st.data(), what=NUMBERS, which=NUMBERS, cost=CHARGES, hold=HOLDS, yes=st.booleans())
    def move(self, data: st.DataObject, what: int, which: int, cost: int, hold: int, yes: bool) -> None:
        """Somebody orders something, one process moves one operation, or tries to, or time passes."""
        rows = [*self.book.rows.values()]
        ready = [row for row in rows if row.phase in {"ready", "rendered"}]
        away = [row for row in rows if row.phase in {"submitted", "unknown"} and _is_remote(row.id)]
        moves: list[Callable[[], None]] = 2 * [lambda: self._dispatch(data)]
        if rows:
            moves += [lambda: self._take(_pick(rows, which))]
            moves += 2 * [lambda: self._pass_time((0, 1_000, LEASE_MS + 1, SEND_MS + 1)[which % 4])]
        if ready:
            moves += 4 * [lambda: self._take(_pick(ready, which))]
        if away:
            moves += 2 * [lambda: self._look(_pick(away, which))]
        if self.makers:
            maker = _latest(self.makers, which)
            moves += [
                lambda: self._renew(maker),
                lambda: self._finish(maker, cost, "ab"[yes] * 64),
                lambda: self._finish(maker, cost, "ab"[yes] * 64),
                lambda: self._fail(maker, again=yes, counts=bool(which % 2), cost=cost),
            ]
        if self.senders:
            sender = _latest(self.senders, which)
            moves += 3 * [lambda: self._accept(sender)]
            moves += [
                lambda: self._doubt(sender),
                lambda: self._refuse(sender, again=yes),
                lambda: self._fall_back(sender, cost, hold),
            ]
        if self.lookers:
            looker = _latest(self.lookers, which)
            moves += 5 * [lambda: self._found(looker, _pick(VERDICTS, cost + hold + yes), cost)]
            moves += [lambda: self._fall_back(looker, cost, hold)]
        _pick(moves, what)()

    def _dispatch(self, data: st.DataObject) -> None:
        """Order some operations, known ones among them, each perhaps after others."""
        names = data.draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True))
        scopes = sorted(data.draw(st.sets(st.sampled_from(tuple(LIMITS)))))
        parents = st.lists(st.sampled_from(sorted({*self.book.rows, *names})), max_size=2)
        orders = [_order(name, [p for p in data.draw(parents) if p != name], data.draw(HOLDS)) for name in names]
        where: dict[str, Any] = {
            "tenant": "t",
            "thread": "th",
            "version_id": "v",
            "quote_id": "q",
            "message_id": "m",
            "cut_key": "none",
        }
        try:
            self._do(self.ledger.dispatch(orders, **where, scopes=[Scope(s, s, LIMITS[s]) for s in scopes]))
            admitted = True
        except BudgetError:
            admitted = False
        assert admitted == self.book.dispatch(orders, scopes)

    def _pass_time(self, span_ms: int) -> None:
        """Leases run out; what is due is swept and looked at."""
        self.clock.now_ms += span_ms
        self._do(self.ledger.sweep())
        self.book.sweep(self.clock.now_ms)
        for operation in self._do(self.submissions.due()):
            assert self.book.rows[operation.id].phase in {"submitted", "unknown"}

    def _take(self, row: Row) -> None:
        """Write down that an order is about to leave; or take work to be made here, or a rendered result."""
        places = _is_remote(row.id) and row.phase not in {"submitted", "rendered"}
        taken = self._do(self.ledger.take(row.id, owner="w", what="place" if places else "make")).operation
        expected = self.book.intend(row, self.clock.now_ms) if places else self.book.claim(row, self.clock.now_ms)
        assert (taken is not None) == expected
        if taken is not None:
            (self.senders if places else self.makers).append(Token(taken))

    def _look(self, row: Row) -> None:
        """Read an operation that a vendor has, or that is in doubt."""
        self.lookers.append(Token(self._do(self.ledger.get(row.id))))

    def _renew(self, token: Token) -> None:
        try:
            self._do(self.ledger.renew(token.operation, 0.5))
            kept = True
        except StaleLeaseError:
            kept = False
        assert kept == self.book.renew(self._row(token), token.operation.fence, self.clock.now_ms)

    def _finish(self, token: Token, cost: int, asset: str) -> None:
        """Book a result, also one that cost more than was held."""
        row = self._row(token)
        # Nobody charges for what was dispatched without a hold.
        total = token.operation.charged_micro + cost if row.hold else 0
        try:
            self._do(self.ledger.finish(token.operation, asset=asset, facts={}, charged_micro=total))
            booked = True
        except StaleLeaseError:
            booked = False
        assert booked == self.book.finish(row, token.operation.fence, asset, total)

    def _fail(self, token: Token, *, again: bool, counts: bool, cost: int) -> None:
        """End an attempt at making."""
        row = self._row(token)
        charged = cost if row.hold and not again else 0
        self._do(self.ledger.fail(token.operation, {}, again=again, counts=counts, charged_micro=charged))
        self.book.fail(row, token.operation.fence, again=again, counts=counts, charged=charged)

    def _accept(self, token: Token) -> None:
        """The vendor took an order."""
        if not token.reports("accept"):
            return
        fence = token.operation.fence
        handle = {"provider": "v", "native_id": f"{token.operation.id}x{fence}"}
        kept = self._do(self.submissions.accept(token.operation, handle, poll_after_s=1))
        assert kept.kept == self.book.accept(self._row(token), fence, handle["native_id"])

    def _doubt(self, token: Token) -> None:
        """Nobody can say whether the vendor took an order."""
        if token.reports("doubt"):
            self._do(self.submissions.doubt(token.operation, {}))
            self.book.doubt(self._row(token), token.operation.fence)

    def _refuse(self, token: Token, *, again: bool) -> None:
        """The vendor surely did not take an order."""
        if token.reports(f"refuse {again}"):
            self._do(self.ledger.fail(token.operation, {}, again=again))
            self.book.fail(self._row(token), token.operation.fence, again=again)

    def _found(self, token: Token, verdict: Verdict, cost: int) -> None:
        """What a look at a vendor showed."""
        row = self._row(token)
        cost = cost if row.hold else 0
        self._do(self.submissions.found(token.operation, verdict, {"outputs": ["x"], "cost_micro": cost}))
        self.book.found(row, token.operation.fence, verdict, cost)

    def _fall_back(self, token: Token, cost: int, hold: int) -> None:
        """A verified failure: the next candidate, where the hold covers it, else the end."""
        if not token.reports(f"fall back {cost} {hold}"):
            return
        row, fence = self._row(token), token.operation.fence
        cost = cost if row.hold else 0
        woken = self._do(
            self.submissions.fall_back(
                token.operation,
                {},
                charged_micro=cost,
                model=f"w{row.id}:one",
                hold_micro=hold,
                queue="io",
                dearest_micro=2 * hold,
            )
        )
        assert (woken is None) == (self.book.fall_back(row, fence, cost, hold, 2 * hold) is False)
        if woken is None:
            self._do(self.ledger.fail(token.operation, {}, charged_micro=cost))
            self.book.fail(row, fence, again=False, charged=cost)

    @invariant()
    def ledger_and_model_agree(self) -> None:
        """Every row, every scope and everything being made are as they should be."""
        self.ground.steps += 1
        rows, scopes, making = json.loads(self._do(self.read(args=[*self.book.rows, "|", *LIMITS])))
        for row in self.book.rows.values():
            assert rows[row.id] == [row.phase, row.money, row.hold, row.charged, row.fence], row
            assert row.settlements <= 1, f"{row.id} was settled {row.settlements} times"
            assert row.phase != "waiting" or any(self.book.rows[parent].is_open for parent in row.waits_for)
            if row.phase in CLOSED:
                assert self.ends.setdefault(row.id, row.phase) == row.phase, f"{row.id} came back from its end"
            else:
                assert row.id not in self.ends, f"{row.id} came back from its end"
        for scope, limit in LIMITS.items():
            held, charged = scopes[scope]
            assert held == self.book.held(scope) >= 0, f"{scope} holds {held}"
            assert charged == self.book.charged(scope), f"{scope} was charged {charged}"
            assert held + charged - self.book.overrun(scope) <= limit, f"{scope} was overspent by admission"
        assert making == self.book.making
        assert all(self.book.rows[operation_id].is_open for operation_id in self.book.making.values())

    def _do(self, move: Awaitable[T]) -> T:
        return self.ground.loop.run_until_complete(move)

    def _row(self, token: Token) -> Row:
        return self.book.rows[token.operation.id]


def _pick(things: Sequence[T], which: int) -> T:
    return things[which % len(things)]


def _latest(tokens: Sequence[Token], which: int) -> Token:
    """Mostly one of the last few, which may still count; sometimes any, which is stale."""
    return _pick(tokens if which % 5 == 0 else tokens[-3:], which // 5)


def _is_remote(name: str) -> bool:
    return int(name.removeprefix("op")) % 2 == 1


def _order(name: str, after: list[str], hold: int) -> Order:
    """The order of an operation. A key is shared by two of them, one local and one remote."""
    return Order(
        id=name,
        kind="shot",
        key=f"key{int(name.removeprefix('op')) % 7}",
        after=tuple(after),
        spec={},
        queue="io" if _is_remote(name) else "cpu",
        hold_micro=hold,
        shot_id=name,
        model=f"v{name}:one" if _is_remote(name) else "local:one",
    )
