"""What the settings mean for a conversation: its reasoner, its policy, and whether anything may cost money."""

from __future__ import annotations

from cutaway.conversation.plan import Reasoner
from cutaway.errors import ConfigError, MissingExtraError
from cutaway.routing import Approval, RoutingPolicy
from cutaway.routing.names import with_aliases
from cutaway.routing.policy_file import find_policy, read_policy
from cutaway.settings import Settings


def choose_reasoner(settings: Settings) -> Reasoner:
    """The reasoner the settings name: a model through LiteLLM, or the offline one. Raises `ConfigError`."""
    if settings.reasoner == "keywords" or (settings.reasoner == "auto" and not settings.model) or settings.keys_ignored:
        from cutaway.conversation.keywords import KeywordReasoner

        return KeywordReasoner()
    if not settings.model:
        raise ConfigError("The litellm reasoner needs a model.", fix="Set CUTAWAY_MODEL, for example to gpt-5-mini.")
    from cutaway.conversation.reasoner import LiteLLMReasoner, litellm_installed

    if not litellm_installed():
        raise MissingExtraError(
            f"The model {settings.model!r} needs LiteLLM, which is not installed.",
            fix="pip install 'cutaway[litellm]', or unset CUTAWAY_MODEL to use the offline reasoner.",
        )
    return LiteLLMReasoner(settings.model)


def policy_of(settings: Settings) -> RoutingPolicy:
    """The policy file the settings name, or the default, with the limits the settings give. Raises `ConfigError`."""
    path = settings.policy
    return within(settings, read_policy(find_policy(str(path))) if path else RoutingPolicy())


def within(settings: Settings, base: RoutingPolicy) -> RoutingPolicy:
    """A policy with the limits and aliases the settings give. Raises `ConfigError` for an alias that `only` misuses."""
    wanted = settings.budgets
    limits = {
        "per_clip_usd": wanted.per_clip_usd,
        "per_turn_usd": wanted.per_turn_usd,
        "per_thread_usd": wanted.thread_usd,
        "per_user_day_usd": wanted.user_day_usd,
        "per_tenant_month_usd": wanted.tenant_month_usd,
    }
    given = {name: value for name, value in limits.items() if value is not None}
    asks = max(base.approval.ask_above_usd, settings.approval.ask_above_usd)
    budgets = base.budgets.model_copy(update=given)
    policy = base.model_copy(update={"budgets": budgets, "approval": Approval(ask_above_usd=asks)})
    return with_aliases(policy, settings.aliases)


def why_nothing_paid(settings: Settings) -> str:
    """Why nothing that costs money may be used with these settings; '' when it may."""
    if settings.durability == "none":
        return "this store may forget what was paid (durability none)"
    if settings.embedded and settings.in_container and not settings.allow_paid_embedded:
        return (
            "every replica of a container would keep its own budget on its embedded store; "
            "set CUTAWAY_REDIS_URL, or CUTAWAY_ALLOW_PAID_EMBEDDED if there is only one"
        )
    return ""
