from __future__ import annotations

from pathlib import Path

import pytest

from corpus import CorpusError
from index import Library
from index.intake import add_bytes, add_paths, list_files, open_or_create

NOTICE = """某市停车管理办法

第一条 市交通运输局负责停车场建设。

第二条 区人民政府应当配合。
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    (folder / "deeper").mkdir(parents=True)
    (folder / "办法.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "deeper" / "方案.md").write_text("# 某区充电桩方案\n\n建设充电桩。\n", encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    (folder / "照片.jpg").write_bytes(b"\xff\xd8")
    return folder


def test_a_folder_is_added_and_what_cannot_be_read_is_named(library: Library, files: Path) -> None:
    seen: list[int] = []
    added, refused = add_paths(library, [files], seen.append)
    assert sorted(each.source for each in added) == ["办法.txt", "方案.md"]
    assert [each.source for each in refused] == ["空.txt"]
    assert refused[0].reason
    assert seen == [1, 2, 3]
    assert len(library.documents()) == 2


def test_adding_again_changes_nothing(library: Library, files: Path) -> None:
    add_paths(library, [files])
    version = library.version()
    added, _ = add_paths(library, [files])
    assert {each.status for each in added} == {"unchanged"}
    assert library.version() == version


def test_bytes_become_a_document_with_its_clauses(library: Library) -> None:
    added = add_bytes(library, "办法.txt", NOTICE.encode())
    clauses = library.clauses(added.id)
    assert [stored.clause.number for stored in clauses if stored.clause.number] == ["第一条", "第二条"]
    assert library.document(added.id).title == "某市停车管理办法"


def test_a_refused_file_leaves_the_library_as_it_was(library: Library) -> None:
    with pytest.raises(CorpusError):
        add_bytes(library, "图.txt", bytes(range(256)) * 20)
    assert library.version() == 0


def test_the_files_of_a_path(files: Path) -> None:
    assert [path.name for path in list_files([files, files / "办法.txt"])] == ["方案.md", "办法.txt", "空.txt"]
    with pytest.raises(FileNotFoundError, match="没有这个文件"):
        list_files([files / "nothing.txt"])
    (files / "none").mkdir()
    with pytest.raises(CorpusError, match="没有可读的文件"):
        list_files([files / "none"])


def test_a_new_library_holds_the_two_plans_until_they_are_removed(tmp_path: Path) -> None:
    library = open_or_create(tmp_path / "library")
    assert [document.region for document in library.documents()] == ["天津市南开区", "天津市"]
    for document in library.documents():
        library.remove(document.id)
    library.close()
    assert open_or_create(tmp_path / "library").documents() == []
