"""Tell what an index holds, what it was made with and how large it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.cli.output import write, write_table
from assistant.service.open_index import passage_counts

if TYPE_CHECKING:
    from index.store.collection import Collection
    from index.store.manifest import Manifest


def status_record(collection: Collection) -> dict[str, Any]:
    """Return what an index holds, what it was made with and how large it is."""
    manifest, held = collection.manifest, collection.identities()
    authorities = Counter(one.authority_name for one in held)
    return {
        "index": str(collection.folder),
        "documents": len(held),
        "passages": passage_counts(collection).total(),
        "authorities": [
            {"authority": name, "documents": number}
            for name, number in sorted(authorities.items(), key=lambda item: item[0] or "\uffff")
        ],
        "corpus_fingerprint": manifest.corpus_fingerprint,
        "index_fingerprint": manifest.index_fingerprint,
        "settings": {"schema": manifest.schema, **asdict(manifest.settings)},
        "segments": _segments(manifest),
        "bytes": sum(f.size for entry in manifest.segments for f in entry.files.values()),
        "roots": list(manifest.roots),
        "problems": [{"source": p.source, "reason": p.reason} for p in manifest.problems],
    }


def write_status(record: dict[str, Any]) -> None:
    """Print what ``status_record`` returned, as tables."""
    facts = [
        (name, record[name])
        for name in ("index", "documents", "passages", "corpus_fingerprint", "index_fingerprint")
    ]
    facts += list(record["settings"].items())
    if record["segments"]:
        size = f"{record['bytes'] / 1e6:.1f} MB in {len(record['segments'])} segments"
        facts.append(("size", size))
    facts += [("built from", root) for root in record["roots"]]
    write_table(("index", ""), [(name.replace("_", " "), value) for name, value in facts])
    write("")
    rows = [(one["authority"] or "(none named)", one["documents"]) for one in record["authorities"]]
    write_table(("authority", "documents"), rows)
    if record["problems"]:
        write("")
        rows = [(one["source"], one["reason"]) for one in record["problems"]]
        write_table(("not indexed", "why"), rows)


def _segments(manifest: Manifest) -> list[dict[str, Any]]:
    return [
        {
            "name": entry.name,
            "documents": len(entry.documents),
            "removed": len(entry.removed),
            "passages": entry.passages,
            "bytes": sum(file.size for file in entry.files.values()),
        }
        for entry in manifest.segments
    ]
