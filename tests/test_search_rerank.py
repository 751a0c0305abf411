"""Re-ordering with small real cross-encoders: one likes clauses with 停车 in them, one likes all alike, others cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import ModelUnavailable
from index.intake import open_or_create
from index.library import Library
from search import CrossEncoderReranker, Engine, load_reranker
from search.rerank import REACH, shown
from tests.small_models import save_bert, save_cross_encoder

PARKING, OTHER = "建设智慧停车平台", "建设智慧医疗平台"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = open_or_create(tmp_path_factory.mktemp("plans") / "library")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def likes_parking(parking_reranker: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker(str(parking_reranker))


def firsts(engine: Engine, words: str, top: int = 5) -> list[str]:
    return [hit.clause.text for hit in engine.search(words, top)]


def test_scores_are_one_float32_for_each_text(likes_parking: CrossEncoderReranker) -> None:
    scores = likes_parking.scores("哪里可以停", [OTHER, PARKING, ""])
    assert (scores.shape, scores.dtype) == ((3,), np.float32)
    assert scores.argmax() == 1
    assert likes_parking.scores("哪里可以停", []).shape == (0,)


def test_a_score_does_not_depend_on_its_neighbours_and_no_text_is_too_long(likes_parking: CrossEncoderReranker) -> None:
    texts = [OTHER, PARKING * 300, PARKING] * 7
    scores = likes_parking.scores("停车", texts)
    np.testing.assert_allclose(scores[:3], scores[-3:], atol=1e-5)
    np.testing.assert_allclose(scores[2], likes_parking.scores("停车", [PARKING])[0], atol=1e-5)


def test_the_clauses_that_the_model_likes_come_first(library: Library, likes_parking: CrossEncoderReranker) -> None:
    plain, reordered = firsts(Engine(library), "智慧平台"), firsts(Engine(library, likes_parking), "智慧平台")
    assert "停车" not in plain[0]
    assert reordered[0].count("停车") == max(text.count("停车") for text in reordered) > 0
    assert reordered != plain


def test_a_model_that_likes_all_alike_changes_nothing(library: Library, tmp_path: Path) -> None:
    indifferent = Engine(library, load_reranker(str(save_cross_encoder(tmp_path, liked=""))))
    for words in ("智慧平台", "charging piles"):
        assert indifferent.search(words, 5) == Engine(library).search(words, 5)


class ByLength:
    """A reranker of one's own: anything with `scores` will do."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append((question, list(texts)))
        return np.array([len(text) for text in texts], dtype=np.float32)


def test_the_model_is_shown_the_question_as_asked_and_clauses_with_headings_but_without_duties(
    library: Library,
) -> None:
    reranker = ByLength()
    Engine(library, reranker).ask("谁负责充电桩？")
    ((question, texts),) = reranker.asked
    assert question == "谁负责充电桩？"
    assert len(texts) == 30
    (charging,) = [text for text in texts if "公共充电桩6000台" in text]
    assert charging.startswith("天津市新型基础设施建设三年行动方案（2021—2023年） 三、主要任务")
    assert not [text for text in texts if "责任单位" in text]


def test_scores_add_to_the_first_ones_by_their_place_between_least_and_most(library: Library) -> None:
    reranker = ByLength()
    before = {hit.stored.id: hit for hit in Engine(library).search("充电桩", 8)}
    after = Engine(library, reranker).search("充电桩", 100)
    lengths = [len(text) for text in reranker.asked[0][1]]
    for hit in after:
        if hit.stored.id in before:
            length = len(shown(hit.stored, hit.document.title))
            lift = REACH * (length - min(lengths)) / (max(lengths) - min(lengths))
            assert hit.score - before[hit.stored.id].score == pytest.approx(lift, abs=1e-5)
            assert hit.quote == before[hit.stored.id].quote


def test_an_answer_keeps_its_units_and_confidence_if_its_clause_stays_first(library: Library) -> None:
    plain, reordered = Engine(library).ask("谁负责充电桩"), Engine(library, ByLength()).ask("谁负责充电桩")
    assert reordered.hits[0].stored == plain.hits[0].stored
    assert (reordered.units, reordered.confidence) == (plain.units, plain.confidence)


def test_questions_from_several_threads_get_the_same_order(
    library: Library, likes_parking: CrossEncoderReranker
) -> None:
    engine = Engine(library, likes_parking)
    alone = firsts(engine, "智慧平台")
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: firsts(engine, "智慧平台"), range(8))) == [alone] * 8


def test_a_model_with_two_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"给每对文字 2 个分数，排序只能用一个。请换.*--reranker"):
        load_reranker(str(save_cross_encoder(tmp_path, liked="", labels=2)))


def test_a_vector_model_is_no_reranker(small_model: Path, tmp_path: Path) -> None:
    for folder in (small_model, save_bert(tmp_path)):
        with pytest.raises(
            ModelUnavailable, match=r"这是向量模型，不是重排模型（CrossEncoder）。请.*--reranker.*--model"
        ):
            load_reranker(str(folder))


def test_a_damaged_reranker_is_one_clear_error(tmp_path: Path) -> None:
    weights = save_cross_encoder(tmp_path, liked="停车") / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])
    with pytest.raises(ModelUnavailable, match=r"没有完整的 sentence-transformers 模型（.+）。请重新下载.*--reranker"):
        load_reranker(str(tmp_path))


@pytest.mark.parametrize("name", ["BAAI/no-such-reranker", "no-such-reranker"])
def test_a_reranker_that_is_not_here_is_told_the_way(name: str) -> None:
    with pytest.raises(ModelUnavailable, match=rf"^{name}：本机没有.*。请.*hf download {name} .*--reranker 文件夹"):
        load_reranker(name)
