"""Reading a policy from a YAML file."""

from __future__ import annotations

from pathlib import Path

from cutaway.errors import ConfigError
from cutaway.routing.document import PolicyDocument
from cutaway.routing.policy import RoutingPolicy


def read_policy(path: Path) -> RoutingPolicy:
    """The policy in a YAML file. Raises `ConfigError` naming the file, the key and what is wrong with it."""
    import yaml
    from pydantic import ValidationError

    try:
        return PolicyDocument.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).policy
    except OSError as error:
        raise ConfigError(
            f"The policy {path} cannot be read: {error.strerror}.", fix="Check CUTAWAY_POLICY."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"The policy {path} is not YAML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigError(
            f"The policy {path} is not valid at {place}: {first['msg']}.", fix="policies/README.md lists every key."
        ) from error
