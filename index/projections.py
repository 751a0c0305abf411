"""Both projections of one library, kept caught up with the ledger by whichever process notices first."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Document

from .codes import UnreadableCodes
from .dense import DenseProjection, DenseView
from .errors import LedgerError
from .ledger import Ledger, changes
from .lexical import LexicalProjection, LexicalView
from .segment import Segmenter
from .stamped import State, drop_state, read_state, write_state
from .stamps import Stamps

FOLDER = "projections"
_PATIENCE = 600.0  # seconds to wait for another process that is building the same projections


@dataclass(frozen=True)
class View:
    """Both projections at one moment; `applied` is the last change of the ledger in them."""

    applied: int
    dense: DenseView
    lexical: LexicalView


class Projections:
    """Views of the projections in `projections/<generation>`. Readers of an old view are never disturbed by a new one."""

    def __init__(self, ledger: Ledger, segmenter: Segmenter, stamps: Stamps) -> None:
        self._ledger = ledger
        self._segmenter = segmenter
        self.stamps = stamps
        self._lock = threading.Lock()
        self._view: View | None = None
        self._private: tempfile.TemporaryDirectory[str] | None = None
        self._place(ledger.database.path.parent / FOLDER)

    def view(self, version: int) -> View:
        """The view of that version of the ledger, or the newest that can be had without waiting for anyone who writes."""
        view = self._view
        if view is not None and (view.applied == version or not self._lock.acquire(blocking=False)):
            return view
        if view is None:
            self._lock.acquire()
        try:
            return self._refreshed(version, patient=False)
        finally:
            self._lock.release()

    def catch_up(self) -> View:
        """The view with every change that was acknowledged before the call."""
        with self._lock:
            return self._refreshed(self._ledger.version(), patient=True)

    def prove(self, document: Document) -> None:
        """Cuts the document's terms ahead of the update that needs them. Raises ValueError if that cannot be done."""
        self._lexical.prove(document)

    def drop_older(self) -> None:
        """Deletes the projections of earlier generations."""
        for entry in self._folder.parent.iterdir():
            if entry.name.isdecimal() and int(entry.name) < int(self._folder.name):
                shutil.rmtree(entry, ignore_errors=True)

    def close(self) -> None:
        """Lets go of the private copy that a folder without write access needs."""
        self._view = None
        if self._private is not None:
            self._private.cleanup()

    def _place(self, parent: Path) -> None:
        stamps, self._folder = self.stamps, parent / self.stamps.generation
        made_with = f"1 {stamps.embedder} {stamps.recipe} {stamps.dimensions}"
        self._dense = DenseProjection(self._folder / "dense", int(stamps.dimensions), int(stamps.generation), made_with)
        self._lexical = LexicalProjection(self._folder / "lexical", self._segmenter)

    def _refreshed(self, version: int, patient: bool) -> View:
        if not self._ledger.database.writable:
            self._move_aside()
        with self._explained():
            try:
                return self._open() if self._is_on_disk(version) else self._updated(version, patient)
            except UnreadableCodes:
                return self._healed(version)

    def _healed(self, version: int) -> View:
        """Makes vectors and codes again from the ledger, unless another process has just replaced the codes."""
        from filelock import FileLock

        with FileLock(self._folder / "lock", timeout=_PATIENCE):
            dense, _ = self._states()
            if dense is not None and not self._dense.is_readable(dense):
                drop_state(self._dense.folder)
        return self._updated(version, patient=True)

    def _updated(self, version: int, patient: bool) -> View:
        from filelock import FileLock, Timeout

        self._folder.mkdir(parents=True, exist_ok=True)
        must_wait = patient or not self._is_on_disk(0)
        try:
            with FileLock(self._folder / "lock", timeout=_PATIENCE if must_wait else 0):
                if not self._is_on_disk(version):
                    self._update()
                return self._open()
        except Timeout as error:
            if not must_wait:
                return self._open()
            raise LedgerError(
                f"另一个程序正在更新 {self._folder} 里的索引，等了 {_PATIENCE:.0f} 秒仍未结束。文件已经存好；请稍后再试。"
            ) from error

    def _is_on_disk(self, version: int) -> bool:
        """True if both projections on disk hold the changes up to `version`."""
        return all(state is not None and state.applied >= version for state in self._states())

    def _states(self) -> tuple[State | None, State | None]:
        return (
            read_state(self._dense.folder, self._dense.stamp),
            read_state(self._lexical.folder, self._lexical.stamp),
        )

    def _update(self) -> None:
        dense, lexical = self._states()
        with self._ledger.database.reading() as connection:
            for projection, state in ((self._dense, dense), (self._lexical, lexical)):
                after = 0 if state is None else state.applied
                found = changes(connection, after, int(self.stamps.generation))
                if state is not None and projection.is_wasteful(state, found):
                    state, found = None, changes(connection, 0, int(self.stamps.generation))
                write_state(projection.folder, projection.update(state, connection, found))
        dense, _ = self._states()
        if dense is not None:
            self._dense.drop_older_codes(dense)

    def _open(self) -> View:
        dense, lexical = self._states()
        if dense is None or lexical is None:
            raise LedgerError(f"{self._folder} 里的索引在打开时被删除。请重试一次，索引会自动重建。")
        applied = min(dense.applied, lexical.applied)
        view = self._view
        if view is None or view.applied != applied:
            view = self._view = View(applied, self._dense.view(dense), self._lexical.view(lexical))
        return view

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """tantivy raises ValueError for whatever goes wrong in its files."""
        try:
            yield
        except (OSError, ValueError) as error:
            raise LedgerError(
                f"读写 {self._folder} 里的索引失败：{error}。请检查磁盘空间与权限；若文件已损坏，删除 {self._folder.parent} 后再试，"
                "索引会从台账重建，文件不会丢失。"
            ) from error

    def _move_aside(self) -> None:
        """Works on a private copy where the library's folder cannot be written: tantivy makes lock files even to read."""
        if self._private is None:
            self._private = tempfile.TemporaryDirectory(prefix="tiaowen-")
            parent = Path(self._private.name) / FOLDER
            for file in [path for path in self._folder.rglob("*") if path.is_file()]:
                copy = parent / file.relative_to(self._folder.parent)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
            self._place(parent)
