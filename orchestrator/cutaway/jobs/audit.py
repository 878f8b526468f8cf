"""Comparing the ledger with what vendors list: jobs that nobody knows of, and orders that were made twice.

The ledger itself keeps on record what a late worker brought back after its operation had gone on. Vendors that can list
an account's jobs are asked as well; where they echo our key the match is sure, where only words it is a guess.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from cutaway.contract import Frozen, ListedJob, ListsJobs, Provider
from cutaway.errors import NotFoundError, ProviderError
from cutaway.ledger import Ledger, Operation

Kind = Literal["double", "found", "suspect"]


class Finding(Frozen):
    """One job to look at.

    "double": made for an operation that has another job, so it may be charged as well. "found": the job of an order in
    doubt; `cutaway ops resolve ID --taken --job NATIVE_ID` goes on with it. "suspect": a job nobody knows, with the
    words of an order in doubt.
    """

    kind: Kind
    provider: str
    native_id: str
    operation_id: str = ""
    text: str


class AuditReport(Frozen):
    """What an audit found. `looked_at` counts listed jobs by provider, `unlisted` says why others were not asked."""

    findings: tuple[Finding, ...]
    looked_at: dict[str, int]
    unknown_jobs: dict[str, int]
    unlisted: dict[str, str]


async def audit(ledger: Ledger, providers: Mapping[str, Provider], tenant: str, *, since: datetime) -> AuditReport:
    """Everything a vendor made since a moment that the ledger does not hold as it should."""
    findings = [_on_record(entry) for entry in await ledger.doubles(tenant)]
    looked_at: dict[str, int] = {}
    unknown: dict[str, int] = {}
    unlisted: dict[str, str] = {}
    in_doubt = [one for one in await ledger.open_operations(tenant) if one.phase == "unknown"]
    for name, provider in providers.items():
        if not isinstance(provider, ListsJobs):
            continue
        try:
            jobs = await provider.listed(since)
        except ProviderError as error:
            unlisted[name] = error.message
            continue
        known = await ledger.of_jobs(name, [job.native_id for job in jobs])
        strangers = [job for job in jobs if job.native_id not in known]
        looked_at[name] = len(jobs)
        told = {finding.native_id for finding in findings}
        for job in strangers:
            finding = await _explain(ledger, name, job, tenant, in_doubt)
            if finding is None:
                unknown[name] = unknown.get(name, 0) + 1
            elif finding.native_id not in told:
                findings.append(finding)
    return AuditReport(findings=tuple(findings), looked_at=looked_at, unknown_jobs=unknown, unlisted=unlisted)


def _on_record(entry: Mapping[str, str]) -> Finding:
    handle = json.loads(entry["handle"])
    return _double(handle["provider"], handle["native_id"], entry["operation_id"])


def _double(provider: str, native_id: str, operation_id: str) -> Finding:
    text = f"{provider} made {native_id} for operation {operation_id}, which went on without it; it may be charged too."
    return Finding(kind="double", provider=provider, native_id=native_id, operation_id=operation_id, text=text)


async def _explain(
    ledger: Ledger, provider: str, job: ListedJob, tenant: str, in_doubt: list[Operation]
) -> Finding | None:
    """What an unknown job is, or None when it has nothing to do with this tenant."""
    if job.key:
        try:
            operation = await ledger.get(job.key.rpartition("-")[0], tenant=tenant)
        except NotFoundError:
            return None
        if operation.phase != "unknown":
            return _double(provider, job.native_id, operation.id)
        text = f"{provider} has taken operation {operation.id} as {job.native_id}."
        return Finding(kind="found", provider=provider, native_id=job.native_id, operation_id=operation.id, text=text)
    for operation in in_doubt:
        words = operation.spec.get("request", {}).get("brief", {}).get("prompt")
        if words and words == job.prompt and operation.model.startswith(f"{provider}:"):
            text = f"{provider} lists {job.native_id} with the words of operation {operation.id}, which is in doubt."
            return Finding(
                kind="suspect", provider=provider, native_id=job.native_id, operation_id=operation.id, text=text
            )
    return None
