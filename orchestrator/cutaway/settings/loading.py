"""Settings decided: environment beats file beats default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cutaway.config_file import shown
from cutaway.errors import ConfigError
from cutaway.settings.fields import FIELDS, hint, refuse_misspelt
from cutaway.settings.file import find_config, read_file
from cutaway.settings.model import Approval, Budgets, Settings
from cutaway.settings.places import check_socket_length, default_data_dir, default_runtime_dir, in_container


def load_settings(
    environ: Mapping[str, str] | None = None, *, config: Path | None = None, cwd: Path | None = None
) -> Settings:
    """Read the environment and the file, and decide every setting.

    `config` beats `CUTAWAY_CONFIG`; without both, `cutaway.yaml` in `cwd` is read if it exists. Raises `ConfigError`.
    """
    env = os.environ if environ is None else environ
    here = (Path.cwd() if cwd is None else cwd).absolute()
    refuse_misspelt(env)
    path = find_config(env, config, here)
    values, providers, aliases = read_file(path) if path else ({}, {}, {})
    for key, field in FIELDS.items():
        raw = env.get(field.variable, "").strip()
        if raw:
            try:
                values[key] = field.parse(raw, here)
            except ValueError as error:
                raise ConfigError(
                    f"{field.variable} is {shown(raw)}, which is not {field.allowed}.",
                    fix=hint(str(error)) or f"Set {field.variable} to {field.allowed}, or unset it.",
                ) from None
    budgets = {k.removeprefix("budgets."): values.pop(k) for k in list(values) if k.startswith("budgets.")}
    approval = {k.removeprefix("approval."): values.pop(k) for k in list(values) if k.startswith("approval.")}
    data_dir: Path = values.pop("data_dir", None) or default_data_dir()
    runtime_dir: Path = values.pop("runtime_dir", None) or default_runtime_dir(data_dir, env)
    settings = Settings(
        data_dir=data_dir,
        runtime_dir=runtime_dir,
        budgets=Budgets(**budgets),
        approval=Approval(**approval),
        providers=providers,
        aliases=aliases,
        config_file=path,
        in_container=in_container(env),
        **values,
    )
    check_socket_length(settings.socket_path)
    return settings
