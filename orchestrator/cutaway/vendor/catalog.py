"""A provider's catalog: one YAML file of models with dated prices, in the package of its adapter."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import BaseModel, Field, RootModel, ValidationError, model_validator

from cutaway.contract import Frozen, ModelProfile, Quality
from cutaway.errors import ConfigError
from cutaway.vendor.complaints import first_problem

M = TypeVar("M", bound=BaseModel)


class CatalogModel(ModelProfile):
    """One model of a catalog. `wire` holds what only its own adapter reads, for example field names of an app."""

    wire: dict[str, Any] = Field(default_factory=dict)

    @property
    def wire_name(self) -> str:
        """Its name on the wire."""
        return self.vendor_model or self.id

    @property
    def profile(self) -> ModelProfile:
        """The public part."""
        return ModelProfile.model_validate({name: getattr(self, name) for name in ModelProfile.model_fields})


class CatalogFile(Frozen):
    """A catalog file. `common` is merged under every model: what they share is written once."""

    provider: str
    title: str = ""
    models: tuple[CatalogModel, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _merge(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        common = data.get("common") or {}
        models = data.get("models") or ()
        if not isinstance(common, Mapping) or not isinstance(models, list | tuple):
            return data
        merged = [merge(common, model) if isinstance(model, Mapping) else model for model in models]
        return {key: value for key, value in data.items() if key != "common"} | {"models": merged}

    @model_validator(mode="after")
    def _each_once(self) -> CatalogFile:
        ids = [model.id for model in self.models]
        double = next((name for name in ids if ids.count(name) > 1), None)
        if double:
            raise ValueError(f"the model {double!r} is listed twice")
        return self


def merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid on `under`: mappings merge, anything else is replaced."""
    out = dict(under)
    for key, value in over.items():
        below = out.get(key)
        out[key] = merge(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return out


@functools.cache
def read_catalog(package: str, name: str) -> tuple[CatalogModel, ...]:
    """The models of `<package>/catalog/<name>.yaml`. Raises `ConfigError` naming the file and the place.

    A model without `quality` gets the published prior of its `family` from `<package>/catalog/priors.yaml`, if any.
    """
    models = _read(package, name, CatalogFile).models
    priors = read_priors(package)
    return tuple(
        model.model_copy(update={"quality": priors[model.family]})
        if model.quality is None and model.family in priors
        else model
        for model in models
    )


@functools.cache
def read_priors(package: str) -> Mapping[str, Quality]:
    """Published quality by family from `<package>/catalog/priors.yaml`, empty when there is no such file."""
    if not files(package).joinpath("catalog", "priors.yaml").is_file():
        return {}
    return _read(package, "priors", _Priors).root


class _Priors(RootModel[dict[str, Quality]]):
    pass


def _read(package: str, name: str, kind: type[M]) -> M:
    import yaml

    place = f"{package}/catalog/{name}.yaml"
    try:
        text = files(package).joinpath("catalog", f"{name}.yaml").read_text(encoding="utf-8")
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return kind.model_validate(yaml.load(text, Loader=loader))
    except OSError as error:
        raise ConfigError(f"The catalog {place} cannot be read: {error.strerror}.", fix="Install it again.") from error
    except yaml.YAMLError as error:
        raise ConfigError(f"The catalog {place} is not YAML: {error}.") from error
    except ValidationError as error:
        raise ConfigError(f"The catalog {place} is not valid. {first_problem(error)}.") from error


__all__ = ["CatalogFile", "CatalogModel", "merge", "read_catalog", "read_priors"]
