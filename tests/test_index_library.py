from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import index.dense
import index.library
from corpus.model import Document
from index import Added, Embedder, IndexMismatch, LedgerError, Library, UnknownDocument


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def put(library: Library, document: Document) -> Added:
    (added,) = library.add([(document, sha(document.text))])
    return added


def first(library: Library, question: str, documents: list[str] | None = None) -> list[str]:
    """The texts of the first dense and the first lexical hit."""
    dense = library.dense(library.embedder.query(question), 1, documents)
    lexical = library.lexical(library.segmenter.query_terms(question), 1, documents)
    return [stored.clause.text for hit in (*dense, *lexical) for stored in library.fetch([hit.clause_key])]


@pytest.fixture
def parking(make_document: Callable[..., Document]) -> Document:
    return make_document("停车方案", "建设智慧停车系统。（责任单位：区城管委、市交通运输委）", "培训基层干部。")


@pytest.fixture
def charging(make_document: Callable[..., Document]) -> Document:
    return make_document("能源方案", "新建公共充电桩。（责任单位：市发展改革委、区城管委）")


def test_what_was_added_is_found_at_once(library: Library, parking: Document, charging: Document) -> None:
    added = put(library, parking)
    assert (added.status, added.clauses, added.source) == ("added", 2, "停车方案.txt")
    put(library, charging)
    assert first(library, "智慧停车") == [parking.clauses[0].text] * 2
    assert first(library, "充电桩") == [charging.clauses[0].text] * 2
    assert [document.title for document in library.documents()] == ["停车方案", "能源方案"]


def test_a_stored_clause_is_the_clause_that_was_added(library: Library, parking: Document) -> None:
    document = put(library, parking).id
    assert [stored.clause for stored in library.clauses(document)] == list(parking.clauses)
    assert library.clauses(document)[1].id == f"{document}-1"
    assert library.text(document) == parking.text


def test_units_are_no_topic(library: Library, parking: Document, charging: Document) -> None:
    put(library, parking)
    put(library, charging)
    assert library.lexical(library.segmenter.query_terms("城管委"), 5) == []


def test_the_same_bytes_twice_change_nothing(library: Library, parking: Document) -> None:
    put(library, parking)
    version = library.version()
    assert put(library, parking).status == "unchanged"
    assert library.version() == version
    assert len(library.documents()) == 1


def test_a_new_version_takes_the_place_of_the_old_one(library: Library, make_document: Callable[..., Document]) -> None:
    old = put(library, make_document("办法", "旧的停车规定。", issuer="市政府", doc_number="津政〔2021〕1号"))
    new = put(
        library, make_document("办法", "新的停车规定。", issuer="市政府", doc_number="津政〔2021〕1号", source="b.txt")
    )
    assert (new.status, new.replaced) == ("replaced", old.id)
    assert [document.id for document in library.documents()] == [new.id]
    assert first(library, "停车规定") == ["新的停车规定。"] * 2
    with pytest.raises(UnknownDocument):
        library.clauses(old.id)


def test_different_documents_never_replace_each_other(library: Library, make_document: Callable[..., Document]) -> None:
    put(library, make_document("通知", "甲。", source="a.txt"))
    assert put(library, make_document("通知", "二。", source="b.txt")).status == "added"
    assert put(library, make_document("通知", "三。", source="a.txt", doc_number="〔2021〕1号")).status == "added"
    assert put(library, make_document("", "四。", source="c.txt")).status == "added"
    assert put(library, make_document("", "五。", source="c.txt")).status == "added"
    assert len(library.documents()) == 5
    assert put(library, make_document("通知", "六。", source="a.txt")).status == "replaced"


def test_what_was_removed_is_gone_and_may_come_back(library: Library, parking: Document, charging: Document) -> None:
    document = put(library, parking).id
    put(library, charging)
    keys = [stored.key for stored in library.clauses(document)]
    assert library.remove(document).title == "停车方案"
    assert library.fetch(keys) == []
    assert first(library, "智慧停车") == [charging.clauses[0].text]
    with pytest.raises(UnknownDocument, match=document):
        library.remove(document)
    assert put(library, parking).status == "added"
    assert not set(keys) & {stored.key for stored in library.clauses(document)}, "keys are never used again"
    assert library.check().ok


def test_fetch_keeps_the_order_of_the_keys(library: Library, parking: Document) -> None:
    document = put(library, parking).id
    one, two = (stored.key for stored in library.clauses(document))
    assert [stored.key for stored in library.fetch([two, 999, one])] == [two, one]


def test_search_can_be_restricted_to_documents(library: Library, parking: Document, charging: Document) -> None:
    put(library, parking)
    document = put(library, charging).id
    assert first(library, "智慧停车", [document]) == [charging.clauses[0].text]
    assert first(library, "充电桩", [document]) == [charging.clauses[0].text] * 2
    assert first(library, "充电桩", []) == []
    assert first(library, "充电桩", ["unknown"]) == []


def test_registers_of_units_and_duties(library: Library, parking: Document, charging: Document) -> None:
    put(library, parking)
    put(library, charging)
    assert library.units() == [("区城管委", 2), ("市交通运输委", 1), ("市发展改革委", 1)]
    assert [(line.document.title, line.duty.unit) for line in library.duties()] == [
        ("停车方案", "区城管委"),
        ("停车方案", "市交通运输委"),
        ("能源方案", "市发展改革委"),
        ("能源方案", "区城管委"),
    ]
    assert [line.clause.clause.text for line in library.duties("区城管委")] == [
        parking.clauses[0].text,
        charging.clauses[0].text,
    ]
    assert library.duties("城管委") == []


def test_a_rare_word_tells_more(library: Library, make_document: Callable[..., Document]) -> None:
    put(library, make_document("方案", "建设充电桩。", "建设道路。", "建设桥梁。"))
    assert library.rarity("充电桩") > library.rarity("建设")


def test_progress_counts_documents(library: Library, parking: Document, charging: Document) -> None:
    seen: list[int] = []
    library.add([(document, sha(document.text)) for document in (parking, charging)], seen.append)
    assert seen == [1, 2]


def test_all_is_there_after_closing(tmp_path: Path, embedder: Embedder, parking: Document) -> None:
    library = Library(tmp_path / "库", embedder)
    document = put(library, parking).id
    library.close()
    again = Library(tmp_path / "库", embedder)
    assert first(again, "智慧停车") == [parking.clauses[0].text] * 2
    assert [stored.clause for stored in again.clauses(document)] == list(parking.clauses)


@pytest.mark.parametrize("lost", ["projections", "projections/1/dense", "projections/1/lexical/state.json"])
def test_lost_projections_are_made_again(
    tmp_path: Path, embedder: Embedder, parking: Document, charging: Document, lost: str
) -> None:
    library = Library(tmp_path / "library", embedder)
    put(library, parking)
    put(library, charging)
    library.close()
    path = tmp_path / "library" / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    again = Library(tmp_path / "library", embedder)
    assert first(again, "充电桩") == [charging.clauses[0].text] * 2
    assert again.check().ok


def test_a_crash_before_the_projections_is_repaired_at_the_next_question(
    tmp_path: Path, embedder: Embedder, parking: Document, charging: Document
) -> None:
    library = Library(tmp_path / "library", embedder)
    put(library, parking)
    before = tmp_path / "before"
    shutil.copytree(tmp_path / "library" / "projections", before)
    put(library, charging)
    library.close()
    shutil.rmtree(tmp_path / "library" / "projections")
    shutil.copytree(before, tmp_path / "library" / "projections")
    again = Library(tmp_path / "library", embedder)
    assert first(again, "充电桩") == [charging.clauses[0].text] * 2
    assert again.check().ok


def test_another_model_is_refused_with_both_names_and_the_way_out(
    tmp_path: Path, embedder: Embedder, parking: Document
) -> None:
    put(Library(tmp_path / "library", embedder), parking)
    other = type(embedder)(32, "hashing-32")
    with pytest.raises(IndexMismatch, match=r"hashing-64.*hashing-32.*tiaowen rebuild --model 新模型"):
        Library(tmp_path / "library", other, model="新模型")


def test_rebuild_brings_a_library_to_another_model(
    tmp_path: Path, embedder: Embedder, parking: Document, charging: Document
) -> None:
    old = Library(tmp_path / "library", embedder)
    put(old, parking)
    put(old, charging)
    old.remove(put(old, charging).id)
    library = Library(tmp_path / "library", type(embedder)(32, "hashing-32"), model="新模型", matching=False)
    library.rebuild()
    assert first(library, "智慧停车") == [parking.clauses[0].text] * 2
    put(library, charging)
    assert first(library, "充电桩") == [charging.clauses[0].text] * 2
    assert library.check().ok
    with pytest.raises(IndexMismatch, match=r"--model 新模型"):
        old.documents()
    assert not (tmp_path / "library" / "projections" / "1").exists()


def test_rebuild_with_the_same_model_is_noticed_by_an_open_library(
    tmp_path: Path, embedder: Embedder, parking: Document
) -> None:
    served, worker = (Library(tmp_path / "library", embedder) for _ in range(2))
    put(served, parking)
    worker.rebuild()
    assert first(served, "智慧停车") == [parking.clauses[0].text] * 2


def test_a_file_is_no_library(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LedgerError, match="是一个文件"):
        Library(tmp_path / "file", embedder)


def test_a_folder_with_other_things_is_no_library(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "letter.docx").write_bytes(b"x")
    with pytest.raises(LedgerError, match=r"letter\.docx"):
        Library(tmp_path, embedder)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.docx"]


def test_a_damaged_ledger_is_said(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "ledger.sqlite3").write_bytes(b"no database at all" * 300)
    with pytest.raises(LedgerError, match="已损坏"):
        Library(tmp_path, embedder)


def test_another_programs_database_is_refused(tmp_path: Path, embedder: Embedder) -> None:
    connection = sqlite3.connect(tmp_path / "ledger.sqlite3")
    connection.execute("CREATE TABLE letters (text TEXT)")
    connection.close()
    with pytest.raises(LedgerError, match="别的程序"):
        Library(tmp_path, embedder)


def test_check_says_what_is_wrong(tmp_path: Path, embedder: Embedder, parking: Document) -> None:
    library = Library(tmp_path / "library", embedder)
    put(library, parking)
    connection = sqlite3.connect(tmp_path / "library" / "ledger.sqlite3")
    connection.execute("UPDATE clauses SET text = '改' WHERE ordinal = 0")
    connection.commit()
    connection.close()
    report = library.check()
    assert not report.ok
    assert "文字与原文不符" in str(report)


def test_an_empty_library_answers_nothing(library: Library) -> None:
    assert first(library, "充电桩") == []
    assert library.units() == library.duties() == library.documents() == []
    assert library.check().ok


def test_a_document_without_clauses(library: Library, make_document: Callable[..., Document]) -> None:
    assert put(library, make_document("空")).clauses == 0
    assert library.check().ok


def test_the_folder_may_have_odd_characters(tmp_path: Path, embedder: Embedder, parking: Document) -> None:
    library = Library(tmp_path / "政策 库?#%20", embedder)
    put(library, parking)
    assert (tmp_path / "政策 库?#%20" / "ledger.sqlite3").exists()
    assert first(library, "智慧停车") == [parking.clauses[0].text] * 2


def test_damaged_projections_are_said_with_the_way_out(tmp_path: Path, embedder: Embedder, parking: Document) -> None:
    library = Library(tmp_path / "library", embedder)
    put(library, parking)
    library.close()
    (tmp_path / "library" / "projections" / "1" / "dense" / "1" / "vectors.f16").write_bytes(b"")
    again = Library(tmp_path / "library", embedder)
    with pytest.raises(LedgerError, match=r"删除 .*projections 后再试"):
        first(again, "停车")
    shutil.rmtree(tmp_path / "library" / "projections")
    assert first(again, "智慧停车") == [parking.clauses[0].text] * 2


def test_check_is_not_misled_by_what_another_process_adds_meanwhile(
    library: Library,
    embedder: Embedder,
    parking: Document,
    charging: Document,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(library, parking)
    other = Library(library.folder, embedder)
    whole = index.library.check

    def interrupted(*given: object) -> object:
        put(other, charging)
        return whole(*given)

    monkeypatch.setattr(index.library, "check", interrupted)
    report = library.check()
    assert report.problems == ()
    assert report.documents == 2


def test_a_full_disk_is_said_as_what_it_is(tmp_path: Path, embedder: Embedder, parking: Document) -> None:
    library = Library(tmp_path / "library", embedder)
    database = library._ledger.database

    def fill() -> None:
        with database.writing() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
            connection.execute("INSERT INTO meta VALUES ('big', ?)", ("x" * 1_000_000,))

    with pytest.raises(LedgerError, match="磁盘已满"):
        fill()
    assert put(library, parking).status == "added"


def test_damaged_codes_are_made_again(
    tmp_path: Path, embedder: Embedder, make_document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.dense, "EXACT_ROWS", 20)
    document = make_document("方案", "建设智慧停车系统。", *(f"培训第{i}批基层干部。" for i in range(60)))
    put(Library(tmp_path / "library", embedder), document)
    (codes,) = (tmp_path / "library").rglob("codes-*")
    codes.write_bytes(codes.read_bytes()[:200])
    again = Library(tmp_path / "library", embedder)
    assert first(again, "智慧停车") == ["建设智慧停车系统。"] * 2
    assert again.check().ok
    assert len(list((tmp_path / "library").rglob("codes-*"))) == 1


def test_codes_are_made_again_only_after_growth_by_half(
    tmp_path: Path, embedder: Embedder, make_document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.dense, "EXACT_ROWS", 20)
    library = Library(tmp_path / "library", embedder)
    kept = []
    for title, count in (("甲", 60), ("乙", 25), ("丙", 25)):
        put(library, make_document(title, *(f"{title}培训第{i}批基层干部。" for i in range(count))))
        kept.append([path.name for path in library.folder.rglob("codes-*")])
    assert kept == [["codes-60.faiss"], ["codes-60.faiss"], ["codes-110.faiss"]]
    assert library.check().ok
