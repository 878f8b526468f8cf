"""The only reader of the environment and of `cutaway.yaml`.

Environment beats file beats default. Every complaint is a `ConfigError` that names the place (variable, or file, line,
column and key), the value, what is allowed, and the fix. Nothing here touches the disk but to read.

    variable                     key in cutaway.yaml
    CUTAWAY_CONFIG               (path of the file; default: cutaway.yaml in the working directory, if there)
    CUTAWAY_<NAME>               <name>, for every field of `Settings` below
    CUTAWAY_<LIMIT>_USD          budgets.<limit>_usd, for every field of `Budgets`
    CUTAWAY_ASK_ABOVE_USD        approval.ask_above_usd
    (none)                       providers.<name>: {adapter: ..., any option of that adapter}
    (none)                       aliases.<name>: provider:model, or auto
"""

from __future__ import annotations

from cutaway.settings.environment import forget_the_rest, inherited, key_environment, told
from cutaway.settings.file import CONFIG_NAME
from cutaway.settings.loading import load_settings
from cutaway.settings.model import Approval, Budgets, Settings
from cutaway.settings.places import user_id

__all__ = [
    "CONFIG_NAME",
    "Approval",
    "Budgets",
    "Settings",
    "forget_the_rest",
    "inherited",
    "key_environment",
    "load_settings",
    "told",
    "user_id",
]
