from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from corpus import CorpusError, parse, plans, read
from index import Embedder, Library
from index.intake import add_bytes, add_paths, list_files, open_or_create, seed

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


def test_a_first_run_that_was_interrupted_is_finished_by_the_next(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", seeding=True)
    path = plans.paths()[0]
    add_bytes(library, path.name, path.read_bytes())
    library.close()
    assert len(open_or_create(tmp_path / "library").documents()) == 2


def test_a_library_that_was_made_empty_stays_empty(tmp_path: Path, embedder: Embedder) -> None:
    Library(tmp_path / "library", embedder).close()
    again = Library(tmp_path / "library", embedder, seeding=True)
    assert not seed(again)
    assert again.documents() == []


def test_a_number_of_thousands_of_digits_harms_nothing(library: Library) -> None:
    text = "管理办法\n加强百分之" + "一" * 5000 + "的管理工作，第" + "9" * 5000 + "条。\n"
    added = add_bytes(library, "p.txt", text.encode())
    hits = library.lexical(library.segmenter.query_terms("管理工作"), 5)
    assert library.fetch([hit.clause_key for hit in hits]) == library.clauses(added.id)


def test_what_cannot_be_indexed_is_refused_before_anything_changes(library: Library, files: Path) -> None:
    add_bytes(library, "办法.txt", NOTICE.encode())
    document = dataclasses.replace(parse(read("坏.txt", NOTICE.encode())), title="坏\ud800", source="坏.txt")
    with pytest.raises(CorpusError, match=r"^坏\.txt：.*。请"):
        library.add([(document, "0" * 64)])
    assert library.version() == 1
    assert library.lexical(library.segmenter.query_terms("停车场"), 5)


def test_a_name_from_a_windows_archive_is_read_as_gb18030(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "旧"
    folder.mkdir()
    names = ["方案.txt".encode("gb18030"), b"\xff\xff.txt", "好.txt".encode()]
    for i, name in enumerate(names):
        (folder / os.fsdecode(name)).write_text(f"第{i}号停车办法\n\n建设停车场。\n", encoding="utf-8")
    added, refused = add_paths(library, [folder])
    assert sorted(each.source for each in added) == ["好.txt", "方案.txt"]
    assert [each.reason.partition("：")[2] for each in refused] == [
        "文件名有误（不是 UTF-8 也不是 GB18030）。请改名后再添加。"
    ]
    str(refused).encode()


def test_a_kept_name_steers_no_terminal(library: Library) -> None:
    assert add_bytes(library, "办\u202e法\x00\x1b[2J.txt", NOTICE.encode()).source == "办法[2J.txt"


def test_a_path_that_cannot_be_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"^不能打开 .+…（File name too long）。请") as error:
        list_files([tmp_path / ("长" * 3000)])
    assert len(str(error.value)) < 300
