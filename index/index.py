"""The one object that developers need: open an index, search it, add to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from index.errors import UsageError
from index.types import Document, Filters, Hit, Identity, Inspection, Issuer, Kind

if TYPE_CHECKING:
    from index.building.builder import Report
    from index.retrieval.retriever import HybridRetriever
    from index.store.collection import Collection

DEFAULT = Path(".assistant/index")


class Index:
    """An index folder; many threads may read it at once, and models load when first used.

    Example::

        letters = Index.open(".assistant/index")
        for hit in letters.search("connected carers", k=5, authority="Stockton-on-Tees"):
            print(hit.passage.source, hit.passage.text)
    """

    def __init__(self, folder: Path, milvus: str | None = None) -> None:
        self.folder = folder
        self._milvus = milvus
        self._closed = False

    @classmethod
    def open(cls, folder: str | Path = DEFAULT) -> Index:
        """Open the index in ``folder``.

        Raises:
            IndexMissing: there is none.
            IndexDamaged: a file is not what the manifest says.
        """
        index = cls(Path(folder))
        _ = index.collection
        return index

    @classmethod
    def connect(cls, uri: str) -> Index:
        """Open the index in Milvus at ``uri``: a server's address, or a ``.db`` file.

        Raises:
            IndexMissing: nothing answers there, or no index is there.
            ModelUnavailable: the extra ``milvus`` is not installed.
        """
        index = cls(DEFAULT, uri)
        _ = index.collection
        return index

    @classmethod
    async def aopen(cls, folder: str | Path = DEFAULT) -> Index:
        """As ``open``, in a thread."""
        from anyio import to_thread

        return await to_thread.run_sync(lambda: cls.open(folder))

    @classmethod
    def build(
        cls, paths: Sequence[str | Path], folder: str | Path = DEFAULT, embedder: str | None = None
    ) -> Index:
        """Make the index in ``folder`` hold exactly the files under ``paths``, and open it."""
        from index.compose import builder

        builder(Path(folder), embedder).build([Path(path) for path in paths])
        return cls.open(folder)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files; whatever is asked of the index after that says that it is closed."""
        if not self._closed and "collection" in vars(self):
            self.collection.close()
        self._closed = True
        vars(self).pop("collection", None)
        vars(self).pop("retriever", None)

    @cached_property
    def collection(self) -> Collection:
        """Documents and passages by id."""
        if self._closed:
            raise UsageError("this index is closed: open it again with Index.open")
        if self._milvus is not None:
            from index.compose import collection

            return collection(self.folder, self._milvus)
        from index.store.collection import Collection

        return Collection(self.folder)

    @cached_property
    def retriever(self) -> HybridRetriever:
        """The retriever that ``search``, the command line and the page use.

        Raises:
            UsageError: the index is closed.
            IndexMismatch: the index was made with other models than those installed.
        """
        from index.compose import retriever

        return retriever(self.collection)

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        authority: str | Sequence[str] = (),
        kind: str | Sequence[str] = (),
        issuer: str | Sequence[str] = (),
        from_date: date | None = None,
        to_date: date | None = None,
    ) -> tuple[Hit, ...]:
        """Return the ``k`` best passages for a question, best first, fewer when fewer are held.

        Args:
            authority, kind, issuer: only documents of one of these.
            from_date, to_date: only documents whose visit or publication falls in between.

        Raises:
            UsageError: a filter value is unknown, or a day is none.
        """
        filters = make_filters(_several(authority), _several(kind), _several(issuer))
        days = _day(from_date, "from_date"), _day(to_date, "to_date")
        chosen = Filters(filters.authorities, filters.kinds, filters.issuers, *days)
        return self.retriever.search(question, k, chosen).hits

    async def asearch(
        self,
        question: str,
        k: int = 10,
        *,
        authority: str | Sequence[str] = (),
        kind: str | Sequence[str] = (),
        issuer: str | Sequence[str] = (),
        from_date: date | None = None,
        to_date: date | None = None,
    ) -> tuple[Hit, ...]:
        """As ``search``, in a thread: other tasks go on meanwhile."""
        from anyio import to_thread

        return await to_thread.run_sync(
            lambda: self.search(
                question,
                k,
                authority=authority,
                kind=kind,
                issuer=issuer,
                from_date=from_date,
                to_date=to_date,
            )
        )

    def documents(self) -> Sequence[Identity]:
        """Return what is held, by source."""
        return self.collection.identities()

    def inspections(self) -> Sequence[Inspection]:
        """Return the inspections and visits that the documents tell of or recall."""
        return self.collection.inspections

    def document(self, doc_id: str) -> Document:
        """Return one document with its text.

        Raises:
            NotFound: no document has this id.
        """
        return self.collection.document(doc_id)

    def add(self, paths: Sequence[str | Path]) -> Report:
        """Add files; open the index again to see them.

        Raises:
            IndexMismatch: the index was made with other settings.
            IndexLocked: another process is writing.
        """
        from index.compose import builder, milvus_builder

        embedder = self.collection.manifest.settings.embedder
        files = [Path(path) for path in paths]
        if self._milvus is not None:
            return milvus_builder(self._milvus, embedder).add(files)
        return builder(self.folder, embedder).add(files)

    async def aadd(self, paths: Sequence[str | Path]) -> Report:
        """As ``add``, in a thread."""
        from anyio import to_thread

        return await to_thread.run_sync(lambda: self.add(paths))


def make_filters(
    authorities: Sequence[str], kinds: Sequence[str], issuers: Sequence[str]
) -> Filters:
    """Return filters from what a person typed; authorities by any of their usual names.

    Raises:
        UsageError: a value is unknown; names those that are known.
    """
    from index.identity import authorities as table

    names = []
    for given in authorities:
        name = table().canonical(given)
        if name is None:
            raise UsageError(
                f"{given!r} is no English local authority that we know, or could be several: "
                "write its name out, for example 'Stockton-on-Tees'"
            )
        names.append(name)
    return Filters(
        authorities=tuple(names),
        kinds=tuple(Kind(_choice(given, Kind, "kind")) for given in kinds),
        issuers=tuple(Issuer(_choice(given, Issuer, "issuer")) for given in issuers),
    )


def _choice(given: str, choices: type[Kind] | type[Issuer], what: str) -> str:
    folded = given.strip().lower()
    values = [choice.value for choice in choices]
    if folded not in values:
        raise UsageError(f"{given!r} is no {what}: choose from {', '.join(values)}")
    return folded


def _day(given: object, name: str) -> date | None:
    if isinstance(given, datetime):
        return given.date()
    if given is None or isinstance(given, date):
        return given
    raise UsageError(f"{name} must be a datetime.date, not {given!r}")


def _several(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value
