"""The reasoner that asks a language model through litellm. The model proposes a plan; code here disposes.

At most two calls a turn: the answer, and one repair round that shows the model what was wrong. If that fails too the
plan is a plain question. Nothing a model says can approve a spend: only the person's own plain yes can.
"""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import os
import re
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final

from pydantic import SecretStr

from cutaway.conversation import prompt
from cutaway.conversation.plan import Situation, TurnPlan
from cutaway.conversation.prompt import Message
from cutaway.conversation.proposal import UnusableAnswerError, question, to_plan
from cutaway.errors import CutawayError, MissingExtraError, ReasonerError

log = logging.getLogger(__name__)

Complete = Callable[[list[Message], dict[str, Any]], Awaitable[str]]
"""Messages and a JSON schema in, the model's text out. May raise anything; the reasoner makes it one error tree."""

MAX_TOKENS: Final = 8_192
TIMEOUT_S: Final = 60.0

_PIP: Final = "pip install 'cutaway[litellm]'"
_NO_KEY: Final = frozenset({"bedrock", "sagemaker", "vertex_ai"})
_KEYS: Final = (("gpt", "OPENAI"), ("o1", "OPENAI"), ("o3", "OPENAI"), ("o4", "OPENAI"), ("claude", "ANTHROPIC"))


class LiteLLMReasoner:
    """Plans turns with any chat model litellm reaches, by its id ("openai/gpt-5", "anthropic:claude-...", ...).

    `complete` replaces litellm, for tests and for hosts with a client of their own. `timeout_s` bounds each of the at
    most two calls. `api_key` and `api_base` are litellm's; without them it reads the vendor's own variables.
    """

    def __init__(
        self,
        model: str,
        *,
        complete: Complete | None = None,
        timeout_s: float = TIMEOUT_S,
        api_base: str | None = None,
        api_key: SecretStr | None = None,
        max_tokens: int = MAX_TOKENS,
    ) -> None:
        self.name = f"litellm:{model}"
        self.model = model
        self.timeout_s = timeout_s
        self._complete = complete
        self._options: dict[str, Any] = {"api_base": api_base, "api_key": api_key, "max_tokens": max_tokens}

    async def plan(self, situation: Situation) -> TurnPlan:
        """The plan for this message; a question when the model gives none that can be used.

        Raises `ReasonerError` when the model cannot be reached, refuses or is too slow, and `MissingExtraError` when
        litellm is not installed.
        """
        if self._complete is None:
            self._complete = await litellm_complete(self.model, timeout_s=self.timeout_s, **self._options)
        messages, schema = prompt.opening(situation), prompt.schema()
        answer = await self._ask(self._complete, messages, schema)
        try:
            return to_plan(answer, situation)
        except UnusableAnswerError as error:
            problems = error.problems
        log.info("%s gave an unusable plan (%d problems); asking once more", self.name, len(problems))
        answer = await self._ask(self._complete, messages + prompt.repair(answer, problems), schema)
        try:
            return to_plan(answer, situation)
        except UnusableAnswerError as error:
            log.warning("%s gave an unusable plan twice; asking the person instead", self.name)
            return question(situation, error)

    async def _ask(self, complete: Complete, messages: list[Message], schema: dict[str, Any]) -> str:
        failure: CutawayError
        try:
            async with asyncio.timeout(self.timeout_s):
                return await complete(messages, schema)
        except CutawayError:
            raise
        except Exception as error:
            failure = _failure(error, self.model, self.timeout_s)
        # Raised out here so that the vendor's exception, which may quote the key or the prompt, is not chained to it.
        raise failure


async def litellm_complete(
    model: str,
    *,
    timeout_s: float = TIMEOUT_S,
    api_base: str | None = None,
    api_key: SecretStr | None = None,
    max_tokens: int = MAX_TOKENS,
    importer: Callable[[], Any] | None = None,
) -> Complete:
    """A `Complete` that sends each call once through litellm. Loading it takes seconds, off the event loop.

    Raises `MissingExtraError` when litellm cannot be imported.
    """
    try:
        litellm = await asyncio.to_thread(importer or import_litellm)
    except ImportError as error:
        raise _missing(error, model) from error
    name = _litellm_name(model)

    async def complete(messages: list[Message], schema: dict[str, Any]) -> str:
        try:
            response = await litellm.acompletion(
                model=name,
                messages=messages,
                # Not strict: strict mode takes no optional fields, and the answer is validated here anyway.
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "turn_plan", "schema": schema, "strict": False},
                },
                timeout=timeout_s,
                max_tokens=max_tokens,
                api_base=api_base,
                api_key=None if api_key is None else api_key.get_secret_value(),
                # Both: one is litellm's own loop, the other that of the vendor's client (2 by default).
                num_retries=0,
                max_retries=0,
                # Without the schema a model answers in prose; better to hear that it cannot do it.
                drop_params=False,
            )
        except Exception as error:
            # litellm calls a missing key a server error for some vendors; a key that was given is another matter.
            unset = () if api_key or "Timeout" in type(error).__name__ else _unset_keys(litellm, name)
            if not unset:
                raise
        else:
            return _text(response, model, max_tokens)
        raise ReasonerError(
            f"The model {model!r} needs a key; nothing was changed.",
            fix=f"Set {' or '.join(unset)}, or choose another model with CUTAWAY_MODEL.",
        )

    return complete


def _text(response: Any, model: str, max_tokens: int) -> str:
    choice = response.choices[0]
    if choice.finish_reason == "length":
        raise ReasonerError(
            f"The answer of {model!r} was cut off at {max_tokens} tokens.",
            fix="Ask for less at once, raise max_tokens, or choose another model with CUTAWAY_MODEL.",
        )
    return choice.message.content or ""


def _unset_keys(litellm: Any, name: str) -> tuple[str, ...]:
    """The API key variables this model's vendor needs that are not set; other kinds of credential are not judged."""
    missing = litellm.validate_environment(name)["missing_keys"]
    return tuple(variable for variable in missing if variable.endswith("_API_KEY"))


def import_litellm() -> Any:
    """The litellm module, kept quiet. Loading takes about 5 s and 200 MB: call it in a thread.

    In a process where the host has already loaded litellm, nothing of its is changed.
    """
    loaded = "litellm" in sys.modules
    if not loaded:
        # At import litellm fetches its price list from the network and reads a .env file into the process; neither
        # is wanted here. An operator's own setting wins.
        os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
        os.environ.setdefault("LITELLM_MODE", "PRODUCTION")
    import litellm

    if not loaded:
        # httpx honours timeouts and proxies like the rest of Cutaway and leaves no open session behind the loop.
        litellm.disable_aiohttp_transport = True
        # Otherwise each error prints advice on stdout, where `--json` promises one document.
        litellm.suppress_debug_info = True
        # Its own handlers write debug lines there too; without them its records go where the application's logs go.
        for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
            logging.getLogger(name).handlers.clear()
    return litellm


def litellm_installed() -> bool:
    """True when litellm can be imported; looks without importing it."""
    return importlib.util.find_spec("litellm") is not None


def _litellm_name(model: str) -> str:
    """`provider:model` as litellm writes it, `provider/model`; other ids stay as they are."""
    provider, colon, rest = model.partition(":")
    return f"{provider}/{rest}" if colon and "/" not in provider and provider != "ft" else model


def _missing(error: ImportError, model: str) -> MissingExtraError:
    if error.name in (None, "litellm"):
        return MissingExtraError(f"The reasoner for {model!r} needs litellm, which is not installed.", fix=f"{_PIP}.")
    return MissingExtraError(
        f"The model {model!r} needs {error.name!r}, which is not installed.", fix=f"Install {error.name}, or {_PIP}."
    )


def _failure(error: Exception, model: str, timeout_s: float) -> CutawayError:
    """One sentence and one fix for anything a vendor raised. Vendor text stays out: it may quote the key."""
    if isinstance(error, ImportError):
        return _missing(error, model)
    kind, status = type(error).__name__, getattr(error, "status_code", None)
    another = "or choose another model with CUTAWAY_MODEL"
    again = True
    if isinstance(error, TimeoutError) or "Timeout" in kind or status == 408:
        what, fix = f"did not answer within {timeout_s:g} s", f"Send the message again, {another}."
    elif status == 429:
        what, fix = "is busy, or the account is out of quota (429)", f"Wait a little and send it again, {another}."
    elif not isinstance(status, int) or status >= 500:
        at = f", {status}" if isinstance(status, int) else ""
        what, fix = f"could not be reached or failed ({kind}{at})", f"Check the network and send it again, {another}."
    else:
        again = False
        what, fix = _refusal(kind, status, model, another)
    failure = ReasonerError(f"The model {model!r} {what}; nothing was changed.", fix=fix)
    failure.retryable = again
    return failure


def _refusal(kind: str, status: int, model: str, another: str) -> tuple[str, str]:
    """What a vendor's 4xx means, and what to do about it."""
    if status in (401, 403):
        return f"refused the credential ({status})", f"Check {_credential(model)}, {another}."
    if status == 404:
        return "is not known to its provider (404)", "Check the model name in CUTAWAY_MODEL."
    if kind == "UnsupportedParamsError":
        return "cannot answer in JSON by a schema", "Choose a model that can with CUTAWAY_MODEL."
    if kind == "ContextWindowExceededError":
        return "has too small a context for this thread", "Choose a larger model with CUTAWAY_MODEL."
    fix = "Check that CUTAWAY_MODEL is provider/model and that this model takes a JSON schema."
    return f"refused the request ({kind}, {status})", fix


def _credential(model: str) -> str:
    """What holds the credential for a model, as far as its id tells."""
    provider, slash, _ = _litellm_name(model).partition("/")
    if provider in _NO_KEY:
        return f"the credentials for {provider}"
    if slash:
        return re.sub(r"\W", "_", provider).upper() + "_API_KEY"
    return next((f"{owner}_API_KEY" for start, owner in _KEYS if model.startswith(start)), "the provider's API key")
