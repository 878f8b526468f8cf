"""Public help for adapter authors beyond HTTP: an account's settings, a catalog file, the shape most vendors share.

Account        name, base_url, api_key, models and limits of one instance, read from cutaway.yaml
read_catalog   a provider's dated YAML of models, checked
RemoteVendor   a remote provider that lacks only its vendor's words: submit, poll, and what else it can do
"""

from __future__ import annotations

from cutaway.vendor.account import Account, read_account
from cutaway.vendor.catalog import CatalogModel, read_catalog
from cutaway.vendor.complaints import first_problem, settings_error
from cutaway.vendor.reading import at, money, number, text
from cutaway.vendor.remote import RemoteVendor, State, quoted

__all__ = [
    "Account",
    "CatalogModel",
    "RemoteVendor",
    "State",
    "at",
    "first_problem",
    "money",
    "number",
    "quoted",
    "read_account",
    "read_catalog",
    "settings_error",
    "text",
]
