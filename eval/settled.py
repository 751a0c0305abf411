"""Labels beside the library that is asked: a title becomes its file name, and what the library does not hold is said.

A label that names a missing document or clause can never come out right; it is still counted, and listed as doubtful,
so that neither a slip of the pen nor a clause that the parser lost passes unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePath

from eval.labelled import Labelled, Right
from eval.starts import beginning, folded, names_of, plain, squeezed
from index import Library, StoredDocument

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Doubt:
    """A label that may be wrong: the question, the file and line it stands in, and what is the matter."""

    q: str
    where: str
    said: str

    def __str__(self) -> str:
        return f"标注可能有误：{self.where or self.q}：{self.said}"

    @property
    def place(self) -> str:
        """The place without the folders above the file."""
        return PurePath(self.where).name

    def as_json(self) -> dict[str, str]:
        return {"q": self.q, "where": self.where, "said": self.said}


class Shelf:
    """The documents of one library by the names that people give them, and how their clauses start."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._documents = library.documents()
        self._clauses: dict[str, list[tuple[str, str]]] = {}

    def named(self, name: str) -> list[StoredDocument]:
        """The documents with this file name, or else with this title, with or without 《》, or file name less its suffix."""
        exact = [each for each in self._documents if each.source == name]
        return exact or [each for each in self._documents if plain(name) in names_of(each.source, each.title)]

    def doubt(self, right: Right) -> str:
        """What is wrong with a right clause: no such document, or no clause in it that starts so; "" when all is well."""
        named = self.named(right.doc)
        if not named:
            return f"库里没有文件“{right.doc}”{self._nearest_document(right.doc)}"
        clauses = [clause for each in named for clause in self._starts(each.id)]
        if any(text.startswith(folded(right.start)) for text, _ in clauses):
            return ""
        return f"“{named[0].source}”里没有这样开头的条款：{right.start[:SHOWN]}{_nearest_clause(right.start, clauses)}"

    def _starts(self, document_id: str) -> list[tuple[str, str]]:
        """Each clause's beginning, folded and as written."""
        if document_id not in self._clauses:
            texts = [stored.clause.text for stored in self._library.clauses(document_id)]
            self._clauses[document_id] = [(beginning(text), squeezed(text[:200])) for text in texts]
        return self._clauses[document_id]

    def _nearest_document(self, name: str) -> str:
        known = {spelling: each.title for each in self._documents for spelling in names_of(each.source, each.title)}
        near = get_close_matches(plain(name), known, n=1)
        return f"；是不是《{known[near[0]]}》？" if near else "；请先把它加进库，或用 --documents 指明它所在的文件夹"


def settle(
    labels: Sequence[Labelled],
    library: Callable[[Labelled], Library],
    progress: Callable[[int], None] | None = None,
) -> tuple[list[Labelled], list[Doubt]]:
    """The labels with file names for titles, and the doubtful ones; `library` gives the one that a question is asked of."""
    shelves: dict[int, Shelf] = {}
    found, doubts = [], []
    for label in labels:
        asked = library(label)
        if id(asked) not in shelves:
            shelves[id(asked)] = Shelf(asked)
        shelf = shelves[id(asked)]
        found.append(_with_file_names(label, shelf))
        said = [doubt for right in label.right if (doubt := shelf.doubt(right))]
        doubts += [Doubt(label.q, label.where, each) for each in dict.fromkeys(said)]
        if progress is not None:
            progress(1)
    return found, doubts


def _with_file_names(label: Labelled, shelf: Shelf) -> Labelled:
    rights = [
        replace(right, doc=source)
        for right in label.right
        for source in [each.source for each in shelf.named(right.doc)] or [right.doc]
    ]
    named = shelf.named(label.doc) if label.doc else []
    return replace(label, right=tuple(dict.fromkeys(rights)), doc=named[0].source if named else label.doc)


def _nearest_clause(start: str, clauses: Iterable[tuple[str, str]]) -> str:
    wanted = folded(start)
    known = {text[: len(wanted) + 6]: written for text, written in clauses}
    inside = next((written for text, written in clauses if wanted in text), None)
    near = get_close_matches(wanted, known, n=1)
    meant = inside or (known[near[0]] if near else None)
    return f"；最像的一条是：{meant[:SHOWN]}" if meant else "；请从文件里抄上这一条的前 20 个字，连编号一起"
