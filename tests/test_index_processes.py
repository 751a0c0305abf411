"""Several processes, threads, crashes and folders without write access."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.model import Document
from index import Embedder, LedgerError, Library

ROOT = Path(__file__).parent.parent
PREAMBLE = """
import hashlib, importlib.util, os, signal, sys, tempfile
from pathlib import Path
spec = importlib.util.spec_from_file_location("toys", sys.argv[2])
toys = importlib.util.module_from_spec(spec)
spec.loader.exec_module(toys)
from index import Library
def put(library, title, *clauses):
    document = toys._document(title, *clauses)
    return library.add([(document, hashlib.sha256(document.text.encode()).hexdigest())])[0]
def found(library, word):
    hits = library.lexical(library.segmenter.query_terms(word), 5)
    return [stored.clause.text for stored in library.fetch([hit.clause_key for hit in hits])]
folder = Path(sys.argv[1])
if sys.argv[3] != "None":  # all that is imported later may lie where an ordinary user cannot read
    with tempfile.TemporaryDirectory() as warm:
        first = Library(Path(warm) / "library", toys.HashingEmbedder())
        put(first, "甲", "乙")
        found(first, "乙")
        first.documents()
        first.dense(first.embedder.query("乙"), 1)
    os.setuid(int(sys.argv[3]))
library = Library(folder, toys.HashingEmbedder())
"""


def run(folder: Path, code: str, *, user: int | None = None) -> subprocess.CompletedProcess[str]:
    """Runs code in another process with `library` open on the folder."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            PREAMBLE + textwrap.dedent(code),
            str(folder),
            str(Path(__file__).parent / "conftest.py"),
            str(user),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def put(library: Library, document: Document) -> None:
    library.add([(document, hashlib.sha256(document.text.encode()).hexdigest())])


def found(library: Library, word: str) -> list[str]:
    hits = library.lexical(library.segmenter.query_terms(word), 5)
    return [stored.clause.text for stored in library.fetch([hit.clause_key for hit in hits])]


def test_a_reader_notices_what_another_process_adds_and_removes(library: Library) -> None:
    assert found(library, "停车") == []
    done = run(library.folder, 'print(put(library, "甲", "建设停车场。").id)')
    assert done.returncode == 0, done.stderr
    assert found(library, "停车") == ["建设停车场。"]
    assert run(library.folder, f'library.remove("{done.stdout.strip()}")').returncode == 0
    assert found(library, "停车") == []
    assert library.documents() == []


def test_two_processes_add_at_the_same_time(library: Library, make_document: Callable[..., Document]) -> None:
    code = 'for i in range(8): put(library, f"乙{i}", f"第{i}处停车场。")'
    other = threading.Thread(target=run, args=(library.folder, code))
    other.start()
    for i in range(8):
        put(library, make_document(f"甲{i}", f"第{i}个充电桩。"))
    other.join()
    assert len(library.documents()) == 16
    assert library.check().problems == ()


def test_a_process_killed_while_adding_leaves_whole_documents_only(library: Library) -> None:
    code = """
    for i in range(1000):
        put(library, f"文件{i}", *[f"第{j}处停车场{i}。" for j in range(20)])
        print(i, flush=True)
        if i == 3:
            import threading
            threading.Timer(0.15, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    """
    done = run(library.folder, code)
    acknowledged = len(done.stdout.split())
    assert acknowledged >= 4
    assert len(library.documents()) in (acknowledged, acknowledged + 1)
    assert all(document.clauses == 20 for document in library.documents())
    assert library.check().problems == ()


def test_a_crash_between_ledger_and_projections_is_repaired(library: Library) -> None:
    code = """
    from index.projections import Projections
    Projections.catch_up = lambda self: os._exit(9)
    put(library, "甲", "建设停车场。")
    """
    assert run(library.folder, code).returncode == 9
    assert found(library, "停车") == ["建设停车场。"]
    assert library.check().problems == ()


def test_questions_are_answered_by_many_threads_while_documents_are_added(
    library: Library, make_document: Callable[..., Document]
) -> None:
    put(library, make_document("甲", "建设停车场。"))
    wrong: list[object] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            answer = found(library, "建设")
            dense = library.fetch([hit.clause_key for hit in library.dense(library.embedder.query("建设停车场"), 3)])
            if "建设停车场。" not in answer or not dense or not library.documents():
                wrong.append((answer, dense))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for i in range(6):
        put(library, make_document(f"乙{i}", f"培训干部{i}。"))
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(library.documents()) == 7


@pytest.mark.parametrize("projections", ["present", "missing"])
def test_a_folder_without_write_access_can_be_read(
    tmp_path: Path, embedder: Embedder, make_document: Callable[..., Document], projections: str
) -> None:
    folder = tmp_path / "library"
    library = Library(folder, embedder)
    put(library, make_document("甲", "建设停车场。"))
    library.close()
    if projections == "missing":
        (folder / "projections").rename(tmp_path / "elsewhere")
    code = """
    from index import LedgerError
    print(found(library, "停车"), len(library.documents()))
    try:
        put(library, "乙", "建设充电桩。")
    except LedgerError as error:
        print(error)
    """
    with read_only(tmp_path, folder) as user:
        done = run(folder, code, user=user)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "['建设停车场。'] 1"
    assert "不可写" in lines[1]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LedgerError, match="不能建立或读取文件库"):
        Library(tmp_path / "file" / "library", embedder)


@contextmanager
def read_only(parent: Path, folder: Path) -> Iterator[int | None]:
    """Takes the right to write away; root never loses it, so it lends the other process an ordinary user's id."""
    entries = [folder, *folder.rglob("*")]
    for entry in entries:
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    above = [path for path in (parent, *parent.parents) if path.owner() == folder.owner() and path != Path("/")]
    modes = [(path, path.stat().st_mode) for path in above]
    if os.geteuid() == 0:
        for path in above:
            path.chmod(path.stat().st_mode | 0o055)
    yield 65534 if os.geteuid() == 0 else None
    for path, mode in modes:
        path.chmod(mode)
    for entry in entries:
        entry.chmod(0o755 if entry.is_dir() else 0o644)
