"""Public help for adapter authors: one POST, typed outcomes, a key that stays with its vendor, safe downloads.

    post_once   one POST, never repeated: an answer, `ProviderError` (surely not taken) or `SubmitUnknownError`
    get_json    a poll or a list; every failure is a `ProviderError`, the caller may simply ask again
    stream      a download: own origin or public https only, pinned addresses, redirects re-checked, bytes capped

The network is reached directly: proxies, netrc and other hints of the environment are not read. Messages carry method,
path, status and a short excerpt of the body; never a key, a header or a query string.
"""

from __future__ import annotations

from cutaway.http.addresses import is_public, origin_of
from cutaway.http.answers import STATUS_KINDS, Answer, error_code, json_object, retry_after_s
from cutaway.http.client import Form, Timeouts, VendorClient
from cutaway.http.downloads import MEDIA_TYPES, VIDEO_TYPES
from cutaway.http.uploads import data_uri, read_input

__all__ = [
    "MEDIA_TYPES",
    "STATUS_KINDS",
    "VIDEO_TYPES",
    "Answer",
    "Form",
    "Timeouts",
    "VendorClient",
    "data_uri",
    "error_code",
    "is_public",
    "json_object",
    "origin_of",
    "read_input",
    "retry_after_s",
]
