"""Every error Cutaway raises, in one tree.

    CutawayError
    ├── ConfigError             a setting, file or environment value is wrong; nothing was started
    │   ├── MissingExtraError   an optional library is not installed
    │   └── NotConfiguredError  an adapter that offers nothing until somebody configures it
    ├── InputError              what a caller or person sent cannot be used; nothing was changed
    │   ├── MessageError        an empty, too long or reused message
    │   ├── AttachmentError     a file that cannot be context or a reference
    │   ├── EditError           one storyboard edit that cannot apply (shot, field, value, allowed)
    │   └── StoryboardError     a storyboard that breaks an invariant, or from a newer schema
    ├── NotFoundError           a thread, version, quote or operation that is not there (or not yours)
    ├── ConflictError           somebody else moved first: a head, a lease, a checkpoint parent
    │   └── StaleLeaseError     this worker's fence is no longer the operation's
    ├── StoreError              Redis or the object store is absent, unfit, full or unreadable
    │   └── UnfitStoreError     a server that cannot keep the promises asked of it
    ├── BudgetError             a budget has no room for the hold (budget, headroom, needed)
    ├── RoutingError            no candidate satisfies the order (every rejection with its reason)
    │   └── OverBudgetError     one would, for more than a budget leaves (budget, headroom, needed)
    ├── MediaError              a file cannot be read, made or joined
    │   └── OrderMismatchError  a file that is not what was ordered
    ├── ReasonerError           a reasoner gave no usable plan
    ├── JobError                a queue message that must not run
    ├── StoppedError            work stopped at a safe boundary because somebody asked
    └── ProviderError           a vendor surely did not do the work (kind, retryable, retry_after_s)
        ├── UnreachableError    no connection to the vendor came about, so nothing was sent and nothing refused
        └── SubmitUnknownError  nobody can say yet whether the vendor took the order

Every error carries `code` (stable, for programs), `fix` (what to do, may be empty) and `retryable`. Errors cross
processes as `data()`, never pickled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

FailureKind = Literal[
    "policy", "invalid", "quota", "balance", "auth", "capacity", "provider", "not_found", "unsupported", "unknown"
]


class CutawayError(Exception):
    """The base of every error Cutaway raises on purpose."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    retryable: bool = False

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def data(self) -> dict[str, Any]:
        """The error as JSON: `code`, `message`, `fix`, `retryable` and the subclass's own fields."""
        own = {k: v for k, v in vars(self).items() if k not in {"message", "fix"} and not k.startswith("_")}
        return {"code": self.code, "message": self.message, "fix": self.fix, "retryable": self.retryable} | own

    def __str__(self) -> str:
        return f"{self.message} {self.fix}".strip()


class ConfigError(CutawayError):
    """A setting, file or environment value is wrong. Raised at start, before anything moves."""

    code = "config"
    exit_code = 5


class MissingExtraError(ConfigError):
    """An optional library is not installed; the message holds the exact pip line."""

    code = "missing_extra"


class NotConfiguredError(ConfigError):
    """An adapter was built without settings and has nothing to offer without them. Not a fault: it is left out.

    `variable` names the environment variable whose key is all that is missing; '' where other settings are.
    """

    code = "not_configured"

    def __init__(self, message: str, *, fix: str = "", variable: str = "") -> None:
        super().__init__(message, fix=fix)
        self.variable = variable


class InputError(CutawayError):
    """What a caller or person sent cannot be used; nothing was changed."""

    code = "input"
    exit_code = 2


class MessageError(InputError):
    """A message that is empty, too long, or repeats an id with different words."""

    code = "message"


class AttachmentError(InputError):
    """A file that cannot become context or a reference."""

    code = "attachment"


class StoryboardError(InputError):
    """A storyboard that breaks an invariant or was written by a newer Cutaway."""

    code = "storyboard"


class EditError(InputError):
    """One edit that cannot apply. Names the shot, the field, the value and what is allowed."""

    code = "edit"

    def __init__(
        self, message: str, *, shot: str | None = None, field: str = "", value: Any = None, allowed: str = ""
    ) -> None:
        super().__init__(message, fix=f"Allowed: {allowed}." if allowed else "")
        self.shot = shot
        self.field = field
        self.value = value
        self.allowed = allowed


class NotFoundError(CutawayError):
    """A thread, version, quote or operation that does not exist for this tenant."""

    code = "not_found"
    exit_code = 2


class ConflictError(CutawayError):
    """Somebody else moved first; read again and decide again."""

    code = "conflict"
    retryable = True


class StaleLeaseError(ConflictError):
    """The caller's fence is no longer the operation's; its result must be thrown away."""

    code = "stale_lease"
    retryable = False


class StoreError(CutawayError):
    """Redis or the object store is absent, full or unreadable."""

    code = "store"
    exit_code = 5


class UnfitStoreError(StoreError):
    """A server that answers but cannot keep the promises asked of it."""

    code = "unfit_store"


class BudgetError(CutawayError):
    """A budget has no room for a hold. Amounts are integer micro-USD."""

    code = "budget"
    exit_code = 3

    def __init__(self, message: str, *, budget: str, headroom_micro: int, needed_micro: int, fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.budget = budget
        self.headroom_micro = headroom_micro
        self.needed_micro = needed_micro


class RoutingError(CutawayError):
    """No candidate satisfies the order. `rejections` maps each model id to its reason."""

    code = "routing"
    exit_code = 4

    def __init__(self, message: str, *, rejections: Mapping[str, str], fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.rejections = dict(rejections)

    def about(self, what: str) -> RoutingError:
        """The same refusal with what it is about said first: `Shot 2: ...`."""
        return RoutingError(f"{what}: {self.message}", rejections=self.rejections, fix=self.fix)


class OverBudgetError(RoutingError):
    """The model that would be chosen costs more than a budget leaves. Amounts are integer micro-USD.

    `budget` is the level that refuses it: clip, plan, turn, thread, user-day, tenant-month or provider-month.
    """

    code = "budget"
    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        rejections: Mapping[str, str],
        budget: str,
        headroom_micro: int,
        needed_micro: int,
        fix: str = "",
    ) -> None:
        super().__init__(message, rejections=rejections, fix=fix)
        self.budget = budget
        self.headroom_micro = headroom_micro
        self.needed_micro = needed_micro

    def about(self, what: str) -> OverBudgetError:
        """The same refusal with what it is about said first."""
        return OverBudgetError(
            f"{what}: {self.message}",
            rejections=self.rejections,
            budget=self.budget,
            headroom_micro=self.headroom_micro,
            needed_micro=self.needed_micro,
            fix=self.fix,
        )


class MediaError(CutawayError):
    """A file cannot be read, made or joined."""

    code = "media"


class OrderMismatchError(MediaError):
    """A file that is not what was ordered (length, size, streams)."""

    code = "order_mismatch"


class ReasonerError(CutawayError):
    """A reasoner gave no usable plan."""

    code = "reasoner"
    exit_code = 4


class JobError(CutawayError):
    """A queue message that must not run: forged, of another shape, or for another worker."""

    code = "job"


class StoppedError(CutawayError):
    """Work stopped at a safe boundary because somebody asked (cancel, drain, Ctrl-C)."""

    code = "stopped"
    retryable = True


class ProviderError(CutawayError):
    """A vendor surely did not do the work.

    `kind` says why; `retryable` whether the same order may succeed later; `retry_after_s` is seconds to wait, or
    `None` when the vendor gave no hint.
    """

    code = "provider"
    exit_code = 4

    def __init__(
        self,
        message: str,
        *,
        kind: FailureKind = "provider",
        retryable: bool = False,
        retry_after_s: float | None = None,
        status: int | None = None,
        fix: str = "",
    ) -> None:
        super().__init__(message, fix=fix)
        self.kind = kind
        self.retryable = retryable
        self.retry_after_s = retry_after_s
        self.status = status

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild_provider_error, (type(self), self.message, self.data()))


class UnreachableError(ProviderError):
    """No connection to the vendor came about: nothing was sent, and nothing refused."""

    code = "unreachable"


class SubmitUnknownError(ProviderError):
    """Nobody can say yet whether the vendor took the order. It keeps its hold and is never re-sent by itself."""

    code = "submit_unknown"


def _rebuild_provider_error(cls: type[ProviderError], message: str, data: dict[str, Any]) -> ProviderError:
    keys = ("kind", "retryable", "retry_after_s", "status", "fix")
    return cls(message, **{k: data[k] for k in keys})
