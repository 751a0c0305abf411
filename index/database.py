"""The SQLite file of a library: opening it, connections shared between threads, transactions, errors in plain words."""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import schema
from .errors import LedgerError

FILE = "ledger.sqlite3"
_OURS = frozenset({FILE, f"{FILE}-wal", f"{FILE}-shm", f"{FILE}-journal", "projections", "projections.lock"})
_PATIENCE = 60.0  # seconds to wait for another process that is writing


class Database:
    """Connections to `folder/ledger.sqlite3`, which is created if the folder is missing or empty.

    Any number of threads and processes may read while one writes. A folder that cannot be written is opened for reading.
    Raises LedgerError wherever SQLite fails.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._idle: deque[sqlite3.Connection] = deque()
        _prepare(folder)
        self.writable = os.access(folder, os.W_OK) and (not self.path.exists() or os.access(self.path, os.W_OK))
        self._seen = self._signature()
        with self._explained():
            self._verify()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a transaction: all that is read through it belongs to one moment."""
        with self._explained(), self._lent() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                _undo(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside the one write transaction; it is durable when the block ends, undone if the block raises."""
        if not self.writable:
            raise LedgerError(
                f"文件库 {self.path.parent} 不可写，不能添加或删除文件。请检查该文件夹的权限，或换一个文件夹（--library）。"
            )
        with self._explained(), self._lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                _undo(connection)
                raise

    def close(self) -> None:
        """Closes the connections that are not in use."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        if not self.writable and self._seen != self._signature():
            self._seen = self._signature()
            self.close()
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        except sqlite3.Error:
            connection.close()
            raise
        except BaseException:
            self._idle.append(connection)
            raise
        self._idle.append(connection)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{self._mode()}",
            uri=True,
            timeout=_PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _mode(self) -> str:
        if self.writable:
            return "mode=rwc"
        # Without a write-ahead file SQLite could only read after creating one, which it cannot here.
        return "mode=ro" if self.path.with_name(f"{FILE}-wal").exists() else "immutable=1"

    def _signature(self) -> tuple[int, int, bool] | None:
        """What tells a reader without write access that the file was changed by someone else."""
        if self.writable:
            return None
        stat = self.path.stat()
        return stat.st_mtime_ns, stat.st_size, self.path.with_name(f"{FILE}-wal").exists()

    def _verify(self) -> None:
        with self._lent() as connection:
            if schema.is_empty(connection) and self.writable:
                schema.create(connection)
            if not schema.is_ours(connection):
                raise LedgerError(
                    f"{self.path} 是别的程序的数据库，不是本程序的台账。请用 --library 指定另一个文件夹。"
                )
            if schema.format_of(connection) != schema.FORMAT:
                raise LedgerError(
                    f"台账 {self.path} 的格式是第 {schema.format_of(connection)} 版，本程序读写第 {schema.FORMAT} 版。"
                    "请换用建库时的程序版本，或把文件重新添加到新的文件库。"
                )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LedgerError(_explanation(self.path, error)) from error


def _undo(connection: sqlite3.Connection) -> None:
    """Rolls back, unless SQLite already did so by itself (a full disk): a second time would hide the cause."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _prepare(folder: Path) -> None:
    """Makes the folder if it is missing; refuses what is no library and cannot become one."""
    if folder.exists() and not folder.is_dir():
        raise LedgerError(f"{folder} 是一个文件，文件库应当是文件夹。请用 --library 指定另一个位置。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        present = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise LedgerError(
            f"不能建立或读取文件库 {folder}：{error.strerror}。请检查权限，或用 --library 指定另一个位置。"
        ) from error
    if FILE in present:
        return
    strange = sorted(name for name in present - _OURS)
    if strange:
        raise LedgerError(
            f"{folder} 里已有别的内容（{strange[0]} 等 {len(strange)} 项），不是文件库。请用 --library 指定一个空的或新的文件夹。"
        )
    if not os.access(folder, os.W_OK):
        raise LedgerError(f"{folder} 里没有文件库，又不可写，不能新建。请检查权限，或用 --library 指定另一个位置。")


def _explanation(path: Path, error: sqlite3.Error) -> str:
    reason = str(error)
    if "locked" in reason or "busy" in reason:
        return f"另一个程序正在写台账 {path}，等了 {_PATIENCE:.0f} 秒仍未结束。请稍后再试。"
    if "full" in reason:
        return f"写台账 {path} 时磁盘已满，没有改动。请腾出空间后再试。"
    if "readonly" in reason or "unable to open" in reason:
        return f"不能打开或写入台账 {path}（{reason}）。请检查该文件夹的权限，或用 --library 指定另一个位置。"
    if isinstance(error, sqlite3.OperationalError):
        return f"读写台账 {path} 失败：{reason}。请检查磁盘，再运行 tiaowen check。"
    return (
        f"台账 {path} 已损坏或不是数据库（{reason}）。请从备份恢复该文件，或把文件重新添加到新的文件库（--library）。"
    )
