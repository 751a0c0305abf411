"""The whole training on a few sentences: it ends in a model that both loaders read, twice the same."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models
from typer.testing import CliRunner

from index.embedder import StaticEmbedder
from index.training import bags, data, export, glosses, held_out, pairs, parts, tokens, train
from index.training.__main__ import app
from index.training.teacher import Teacher
from index.training.vocabulary import Vocabulary

ENTRIES = {"充电": ["to recharge (a battery)"], "桩": ["stake; pile"], "充电桩": ["EV charger"], "停车": ["to park"]}
SUBJECTS = ["充电桩", "停车场", "养老院", "垃圾分类", "公共交通", "自来水", "消防车", "幼儿园"]


def write_rows(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(text.encode()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a few rows of every kind."""
    made = tmp_path / "data"
    made.mkdir()
    duty = "{}由市人民政府统一规划，有关部门按照职责分工建设和管理；任何单位不得占用。违反规定的，责令限期改正。"
    articles = [
        {"law": f"{s}管理条例", "section": f"第{n}章", "article": "第一条", "text": duty.format(s)}
        for s in SUBJECTS
        for n in "一二三四五六七八九"
    ]
    write_rows(made, "laws", [dict(row) for row in articles])
    write_rows(made, "gov_docs", [{"title": None, "text": "一、总体要求\n" + duty.format("充电桩")}])
    write_rows(made, "cedict", [{"zh": zh, "defs": defs} for zh, defs in ENTRIES.items()])
    write_rows(made, "zh_en_sentences", [{"zh": f"这里有{s}。", "en": f"There is number {s} here."} for s in SUBJECTS])
    for name in ("lay_question_article", "lay_question_answer"):
        write_rows(made, name, [{"query": f"{s}归谁管？", "positive": duty.format(s)} for s in SUBJECTS])
    asked = [
        {
            "zh": f"{s}归谁管",
            "keywords": f"{s} 管理",
            "en": f"who runs {s}",
            "title": f"{s}条例{n} 第二条",
            "text": duty.format(s),
        }
        for s in SUBJECTS
        for n in range(8)
    ]
    write_rows(made, "clause_questions", [dict(row) for row in asked])
    return made


def small_teacher(folder: Path, seed: int) -> Path:
    """A small sentence-transformers model that knows single English letters."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    letters = [("<unk>", 0.0), *((letter, -1.0) for letter in "abcdefghijklmnopqrstuvwxyz")]
    table = np.random.default_rng(seed).normal(size=(len(letters), 12)).astype(np.float32)
    module = StaticEmbedding(Tokenizer(models.Unigram(letters, 0, False)), embedding_weights=table)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder), create_model_card=False)
    return folder


@pytest.fixture
def teacher(tmp_path: Path) -> Path:
    return small_teacher(tmp_path / "teacher", 0)


def test_one_command_makes_a_model_and_makes_it_again(folder: Path, teacher: Path, tmp_path: Path) -> None:
    def trained(name: str) -> Path:
        options = {"--data": folder, "--output": tmp_path / name, "--cache": tmp_path / "cache", "--teacher": teacher}
        arguments = [str(part) for option in options.items() for part in option]
        done = CliRunner().invoke(app, [*arguments, "--steps", "3", "--dimensions", "16"])
        assert done.exit_code == 0, done.output
        assert "CC BY-SA 4.0" in done.output
        return tmp_path / name

    first, second = trained("first"), trained("second")
    for name in ("model.safetensors", "tokenizer.json", "modules.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    rows = StaticEmbedder(first).passages(["充电桩归谁管", "who runs it"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-4)
    assert "| colloquial Chinese |" in (first / "README.md").read_text(encoding="utf-8")


def test_missing_data_are_named(tmp_path: Path) -> None:
    write_rows(tmp_path, "cedict", [])
    with pytest.raises(FileNotFoundError, match=r"clause_questions\.jsonl\.gz.*give the folder with --data"):
        data.read(tmp_path)


def test_loose_translations_are_left_out(folder: Path) -> None:
    write_rows(
        folder, "zh_en_sentences", [{"zh": "他来了没有？", "en": "Has he come?"}, {"zh": "他来了没有？", "en": "No."}]
    )
    assert data.read(folder).sentences == [("他来了没有？", "Has he come?")]


def test_a_paragraph_knows_the_heading_above_it(folder: Path) -> None:
    assert [(p.heading, p.text[:3]) for p in data.read(folder).paragraphs] == [("一、总体要求", "充电桩")]


def test_a_compound_is_also_put_word_by_word() -> None:
    assert glosses.gloss("充电桩", ENTRIES) == "EV charger"
    assert glosses.literal("充电桩", ENTRIES) == "to recharge stake; pile"
    assert glosses.literal("停车", ENTRIES) == "to park"


def test_all_questions_about_one_law_are_held_out_together() -> None:
    asked = [data.Asked("问", "词", "q", f"法{law} 第{n}条", f"{law}-{n}") for law in range(200) for n in range(3)]
    kept, held = held_out.split(asked)
    assert len(kept) + len(held) == 600
    assert 3 <= len(held) <= 100
    assert not {a.law for a in kept} & {a.law for a in held}


def test_rows_survive_eight_bits_and_short_rows_fall_silent() -> None:
    table = np.array([[0, 0], [3, -4], [0.5, 1], [0.001, 0]], dtype=np.float32)
    codes, scales = export.quantise(table, quiet=0.02)
    expected = np.array([[0, 0], [3, -4], [0.5, 1], [0, 0]], dtype=np.float32)
    np.testing.assert_allclose(codes.astype(np.float32) * scales[:, None], expected, atol=0.02)


def test_ragged_texts_are_cut_to_the_longest_allowed() -> None:
    texts = pairs.Ragged(np.arange(10, dtype=np.int32), np.array([0, 2, 2, 10]))
    ids, begins = texts.take(np.array([2, 1, 0]), 3, np.random.default_rng(0))
    assert begins.tolist() == [0, 3, 3]
    assert ids[3:].tolist() == [0, 1]
    assert np.diff(ids[:3]).tolist() == [1, 1]


def test_the_tokenizer_takes_the_most_probable_words() -> None:
    scores = {"<unk>": 0.0, "充电桩": -3.0, "充": -6.0, "电": -6.0, "桩": -6.0, "social insurance": -4.0, " ": -2.0}
    made = tokens.tokenizer(Vocabulary(scores | {"5g": -math.e, "5": -9.0}, {}), tokens.normaliser())
    assert made.encode("充電樁 Social Insurance ５Ｇ充").tokens == ["充电桩", " ", "social insurance", " ", "5g", "充"]


def test_words_are_made_of_words_and_characters_and_inflections_of_their_stem() -> None:
    tokens = ["<unk>", "充电桩", "充电", "桩", "充", "电", "piles", "pile", "social insurance", "social", "insurance"]
    made = parts.parts(tokens)

    def parts_of(token: str, of: parts.Parts) -> list[str]:
        at = tokens.index(token)
        return [tokens[place] for place in of.tokens[of.starts[at] : of.starts[at + 1]]]

    assert parts_of("充电桩", made) == ["充电", "桩"]
    assert parts_of("充电", made) == ["充", "电"]
    assert parts_of("piles", made) == ["pile"]
    assert parts_of("social insurance", made) == ["social", "insurance"]
    assert parts_of("桩", made) == []
    words = parts.words(tokens, made)
    assert parts_of("充电桩", words) == ["充电", "桩"]
    assert parts_of("充电", words) == parts_of("piles", words) == []
    assert parts_of("social insurance", words) == ["social", "insurance"]
    assert made.shares[:2].tolist() == pytest.approx([parts.SHARE / 2] * 2)


def test_a_token_is_its_own_row_and_a_share_of_its_parts() -> None:
    made = parts.Parts(np.array([1, 2], np.int32), np.array([0, 0, 0, 0, 2]), np.array([0.5, 0.25], np.float32))
    own = np.array([[0, 0], [2, 0], [0, 4], [1, 1]], dtype=np.float32)
    assert train.table(own, made).tolist() == [[0, 0], [2, 0], [0, 4], [2, 2]]


def test_the_gradient_of_sums_is_that_of_torch() -> None:
    import torch

    ids, begins = np.array([1, 2, 2, 0, 3], np.int32), np.array([0, 2, 2, 4])  # the second text is empty
    goal = torch.from_numpy(np.random.default_rng(0).normal(size=(4, 3)).astype(np.float32))
    ours, theirs = (torch.nn.Parameter(torch.arange(12, dtype=torch.float32).reshape(4, 3) - 5) for _ in range(2))
    (bags.embed(ours, ids, begins) * goal).sum().backward()
    sums = torch.nn.functional.embedding_bag(torch.tensor(ids.tolist()), theirs, torch.tensor(begins), mode="sum")
    (torch.nn.functional.normalize(sums, dim=1) * goal).sum().backward()
    torch.testing.assert_close(ours.grad, theirs.grad)


def test_the_teacher_is_asked_only_for_what_it_was_not_asked_before(teacher: Path, tmp_path: Path) -> None:
    first = Teacher(tmp_path / "cache", teacher).vectors(["pile", "stake"])
    weights = next(teacher.rglob("*.safetensors"))
    silent = tmp_path / "silent"  # the weights alone: a teacher that cannot be asked anything
    silent.mkdir()
    (silent / weights.name).write_bytes(weights.read_bytes())
    assert Teacher(tmp_path / "cache", silent).vectors(["stake", "pile"]).tolist() == first[::-1].tolist()
    again = Teacher(tmp_path / "cache", teacher).vectors(["battery", "pile"])
    assert again[1].tolist() == first[0].tolist()
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".npz"]


def test_another_teacher_is_asked_again(teacher: Path, tmp_path: Path) -> None:
    other = small_teacher(tmp_path / "other", 1)
    first = Teacher(tmp_path / "cache", teacher).vectors(["pile"])
    assert (
        Teacher(tmp_path / "cache", other).vectors(["pile"]).tolist() == Teacher(None, other).vectors(["pile"]).tolist()
    )
    assert Teacher(tmp_path / "cache", teacher).vectors(["pile"]).tolist() == first.tolist()


def test_a_teacher_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere: no weights .*--teacher"):
        Teacher(tmp_path / "cache", tmp_path / "nowhere").vectors(["pile"])


def test_every_written_question_is_whole() -> None:
    rows = [json.loads(line) for line in data.QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 6168
    assert all(row[key].strip() for row in rows for key in ("clause", "zh", "zh2", "keywords", "en"))


def test_every_written_clause_is_whole_and_none_repeats_another() -> None:
    rows = [json.loads(line) for line in data.CLAUSES.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len({row["text"] for row in rows}) > 1000
    assert all(row[key].strip() for row in rows for key in ("text", "zh", "zh2", "keywords", "en"))


def test_written_questions_find_their_clause_among_the_texts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = data.read(folder).articles[0]
    row = {"clause": data.digest(article.text + " \n"), "title": "管理条例 第一条", "zh": "问", "zh2": "再问"}
    written = folder / "questions.jsonl"
    rows = [row | {"keywords": "词", "en": "q"}, row | {"clause": "elsewhere", "keywords": "词", "en": "q"}]
    written.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    monkeypatch.setattr(data, "QUESTIONS", written)
    assert data.read(folder).asked[-1] == data.Asked("问", "词", "q", "管理条例 第一条", article.text, "再问")
    assert len(data.read(folder).asked) == 65


def test_fewer_dimensions_than_the_teacher_has_are_refused(folder: Path, teacher: Path, tmp_path: Path) -> None:
    arguments = ["--data", str(folder), "--output", str(tmp_path / "model"), "--teacher", str(teacher)]
    done = CliRunner().invoke(app, [*arguments, "--dimensions", "8"])
    assert done.exit_code == 2
    assert "the teacher has 12" in done.output
    assert not (tmp_path / "model").exists()
