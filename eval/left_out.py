"""Labelled questions asked where their answer is missing: right place, right document, and the clause is not there.

The right clauses of every second group of questions are left out of one library, those of the others out of another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from corpus import Document, parse, plans, read
from eval.examples import Example, Progress, group_of, offered
from eval.kept import files_in
from eval.labelled import Labelled, Right
from eval.scopes import scope_of
from eval.starts import beginning
from index import Library
from index.intake import source_name
from search import Engine


def of_left_out(
    labels: Sequence[Labelled], source: str, folder: Path | None, work: Path, model: str | None, progress: Progress
) -> Iterator[Example]:
    """The examples of the answerable questions whose library has several documents, below `work` made without the answers.

    `folder` is that of the other documents. `progress` counts every label, those passed over too.
    Only the documents of the place asked about count: those of places around it may well answer instead.
    """
    names = sorted({group_of(label) for label in labels if label.answerable})
    half_of = {name: number % 2 for number, name in enumerate(names)}
    progress(sum(not each.answerable or scope_of(each, folder) == "doc" for each in labels))
    for scope in ("seeds", "all"):
        asked = [each for each in labels if each.answerable and scope_of(each, folder) == scope]
        paths = [*plans.paths(), *(files_in(folder) if folder is not None and scope == "all" else [])]
        for half in (0, 1):
            questions = [each for each in asked if half_of[group_of(each)] == half]
            if questions:
                yield from _asked(questions, source, paths, work / f"{scope}-{half}", model, progress)


def _asked(
    questions: Sequence[Labelled], source: str, paths: Iterable[Path], work: Path, model: str | None, progress: Progress
) -> Iterator[Example]:
    missing = [right for each in questions for right in each.right]
    with closing(Library.open(work, model=model)) as library:
        library.add([_without(path, missing) for path in paths])
        engine = Engine(library)
        for each in questions:
            found = offered(engine, each.q, lambda stored: False, tiers=1)
            if found is not None:
                yield Example(each.q, f"{source}（抽去答案）", "left out", group_of(each), found[0], False, found[1])
            progress(1)


def _without(path: Path, missing: Iterable[Right]) -> tuple[Document, str]:
    """The document without these clauses, and a hash of its own."""
    content = path.read_bytes()
    document = parse(read(source_name(path.name), content))
    of_it = [right for right in missing if right.doc == document.source]
    kept = tuple(each for each in document.clauses if not _is_one_of(of_it, document.source, beginning(each.text)))
    digest = hashlib.sha256(content + "\0".join(right.start for right in of_it).encode())
    return replace(document, clauses=kept), digest.hexdigest()


def _is_one_of(rights: Iterable[Right], source: str, begins: str) -> bool:
    return any(right.names(source, begins) for right in rights)
