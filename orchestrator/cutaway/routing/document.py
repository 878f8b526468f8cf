"""A policy as a file: the head that says what it is, and the policy's keys under `spec`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from cutaway.contract import Frozen
from cutaway.routing.policy import RoutingPolicy


class Metadata(Frozen):
    """Who and what a policy is. `name` is what decisions and `/why` call it."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    owner: str = ""
    description: str = ""


class PolicySpec(RoutingPolicy):
    """What a policy says. Everything left out keeps its default."""

    name: Literal[""] = Field(default="", exclude=True)
    """Stands in `metadata`."""


class PolicyDocument(Frozen):
    """One file: `apiVersion: cutaway/v1`, `kind: RoutingPolicy`, `metadata`, `spec`."""

    apiVersion: Literal["cutaway/v1"]  # noqa: N815 - the name that such heads have everywhere
    kind: Literal["RoutingPolicy"]
    metadata: Metadata
    spec: PolicySpec

    @property
    def policy(self) -> RoutingPolicy:
        """The policy that the file describes."""
        given = {name: getattr(self.spec, name) for name in self.spec.model_fields_set if name != "name"}
        return RoutingPolicy(**given, name=self.metadata.name)


def schema() -> dict[str, Any]:
    """The JSON Schema of a policy file, for editors."""
    found = PolicyDocument.model_json_schema()
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found["title"] = "Cutaway routing policy"
    return found
