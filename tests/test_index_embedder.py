"""Both adapters are held to one contract; the bundled one also to its speed of loading and to sentence-transformers."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index import ModelUnavailable
from index.embedder import BUNDLED, Embedder, SentenceTransformerEmbedder, StaticEmbedder, load_embedder
from tests.small_models import save_bert, save_vector_model


@pytest.fixture(scope="module", params=["bundled", "sentence-transformers"])
def embedder(request: pytest.FixtureRequest, small_model: Path) -> Embedder:
    makers: dict[str, Callable[[], Embedder]] = {
        "bundled": load_embedder,
        "sentence-transformers": lambda: load_embedder(str(small_model)),
    }
    return makers[request.param]()


def test_rows_are_unit_float32(embedder: Embedder) -> None:
    rows = embedder.passages(["谁 负责 充电桩", "parking", "停车 " * 3000])
    assert rows.shape == (3, embedder.dimensions)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)


def test_a_query_is_one_unit_vector(embedder: Embedder) -> None:
    vector = embedder.query("谁 负责 充电桩")
    assert vector.shape == (embedder.dimensions,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    rows = embedder.passages([])
    assert rows.shape == (0, embedder.dimensions)
    assert rows.dtype == np.float32


def test_a_text_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    texts = [["停车", "parking", "谁 负责 充电桩"][i % 3] for i in range(700)]
    rows = embedder.passages(texts)
    np.testing.assert_allclose(rows[699], embedder.passages(["停车"])[0], atol=1e-5)
    np.testing.assert_allclose(rows[-5:], embedder.passages(texts[-5:]), atol=1e-5)


def test_the_same_model_has_the_same_fingerprint_and_vectors(small_model: Path) -> None:
    for name in (None, str(small_model)):
        first, second = load_embedder(name), load_embedder(name)
        assert first.fingerprint == second.fingerprint
        assert np.array_equal(first.query("停车 负责"), second.query("停车 负责"))


def test_another_model_has_another_fingerprint(small_model: Path, tmp_path: Path) -> None:
    without_prompts = save_vector_model(tmp_path, {})
    prints = {load_embedder(name).fingerprint for name in (None, str(small_model), str(without_prompts))}
    assert len(prints) == 3


def test_a_model_s_own_prompts_are_used(small_model: Path, tmp_path: Path) -> None:
    plain = SentenceTransformerEmbedder(str(save_vector_model(tmp_path, {})))
    prompted = SentenceTransformerEmbedder(str(small_model))
    np.testing.assert_allclose(prompted.query("停车"), plain.query("query: 停车"), atol=1e-6)
    np.testing.assert_allclose(prompted.passages(["停车"])[0], plain.query("passage: 停车"), atol=1e-6)
    np.testing.assert_allclose(plain.query("停车"), plain.passages(["停车"])[0], atol=1e-6)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "BAAI/no-such-model",
            r"本机没有这个模型.*。请在能联网的机器上下载（hf download BAAI/no-such-model .*--model 文件夹",
        ),
        ("no-such-model", r"本机没有这个模型.*。请在能联网的机器上下载.*--model 文件夹"),
        ("/no/such/folder", r"本机没有这个文件夹。请检查路径，用 --model 指定"),
        ("./no-such-folder", r"本机没有这个文件夹。请检查路径，用 --model 指定"),
        (__file__, r"这是一个文件，不是模型的文件夹。请用 --model 指定"),
    ],
)
def test_a_model_that_is_not_here_is_told_the_way(name: str, said: str) -> None:
    with pytest.raises(ModelUnavailable, match=rf"^{re.escape(name)}：{said}"):
        load_embedder(name)


def test_no_network_is_tried_for_a_model_that_is_not_here(small_model: Path) -> None:
    program = """
import socket, sys
from index import ModelUnavailable
from index.embedder import load_embedder
from search import load_reranker
tried = []
socket.getaddrinfo = lambda *address, **options: tried.append(address)
socket.socket.connect = lambda connection, address: tried.append(address)
for load, name in ((load_embedder, "BAAI/none"), (load_embedder, sys.argv[1]), (load_reranker, "BAAI/none")):
    try:
        load(name)
    except ModelUnavailable as error:
        print(error)
print(tried)
"""
    arguments = [sys.executable, "-c", program, str(small_model)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert [line[:11] for line in done.stdout.splitlines()] == ["BAAI/none：本", "BAAI/none：本", "[]"]


def test_a_folder_without_a_model_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"没有完整的 sentence-transformers 模型（.+）。请重新下载.*--model"):
        load_embedder(str(tmp_path))
    with pytest.raises(ModelUnavailable, match=r"model\.safetensors：这里没有向量模型"):
        StaticEmbedder(tmp_path)


@pytest.mark.parametrize(
    ("file", "content"),
    [("model.safetensors", b"damaged"), ("model.safetensors", None), ("modules.json", b"{"), ("tokenizer.json", b"{}")],
)
def test_a_damaged_model_is_one_clear_error(
    small_model: Path, tmp_path: Path, file: str, content: bytes | None
) -> None:
    damaged = next((copied := Path(shutil.copytree(small_model, tmp_path / "model"))).rglob(file))
    damaged.unlink() if content is None else damaged.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=rf"^{copied}：这个文件夹里没有完整的.*（.+）。请重新下载"):
        load_embedder(str(copied))


def test_weights_that_give_no_numbers_are_noticed_when_the_model_is_loaded(small_model: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(small_model, tmp_path / "model"))
    weights = next(copied.rglob("model.safetensors"))
    save_file({name: np.full_like(each, np.nan) for name, each in load_file(weights).items()}, weights)
    with pytest.raises(ModelUnavailable, match="finite"):
        load_embedder(str(copied))


def test_a_cross_encoder_gives_no_vectors(parking_reranker: Path) -> None:
    with pytest.raises(
        ModelUnavailable, match=r"这是重排模型，不是向量模型（SentenceTransformer）。请.*--model.*--reranker"
    ):
        load_embedder(str(parking_reranker))


def test_plain_weights_in_half_precision_are_a_model(tmp_path: Path) -> None:
    embedder = load_embedder(str(save_bert(tmp_path, half=True)))
    assert embedder.dimensions == 32
    assert np.linalg.norm(embedder.query("充电桩")) == pytest.approx(1, abs=1e-2)
    assert embedder.fingerprint == load_embedder(str(tmp_path)).fingerprint


def test_the_bundled_model_does_not_import_torch() -> None:
    program = (
        "import sys; from index.embedder import load_embedder; load_embedder().query('谁负责充电桩');"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_bundled_model_is_a_sentence_transformers_model() -> None:
    from sentence_transformers import SentenceTransformer

    texts = [
        "谁负责充电桩",
        "who is responsible for charging piles",
        "新建公共充電樁6000台以上，建設5Ｇ基站 🙂",
        "智慧停车归谁管？\n" * 200,
    ]
    theirs = SentenceTransformer(str(BUNDLED), device="cpu", local_files_only=True).encode(texts)
    ours = load_embedder().passages(texts)
    assert (ours * theirs).sum(axis=1) == pytest.approx([1] * 4, abs=1e-3)


def test_nothing_known_is_near_to_nothing() -> None:
    assert not load_embedder().passages(["", "🙂🙂", "\n\t "]).any()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新建公共充電樁6000台", "新建公共充电桩6000台"),
        ("建设５Ｇ基站", "建设5g基站"),
        ("Charging Piles", "charging piles"),
    ],
)
def test_ways_of_writing_do_not_count(one: str, other: str) -> None:
    rows = load_embedder().passages([one, other])
    assert rows[0] @ rows[1] == pytest.approx(1, abs=1e-4)


CLAUSES = {
    "charging": "智慧能源。新建公共充电桩6000台以上，推广新能源汽车充电设施。",
    "5g": "加快5G网络建设，新建5G基站，实现城区全覆盖。",
    "emergency": "完善应急管理体系，建设应急指挥平台，提高突发事件处置能力。",
    "parking": "建设智慧停车管理平台，整合停车场泊位信息。",
    "computing": "建设超级计算中心和人工智能算力平台。",
    "insurance": "企业缓缴社会保险费，缓缴期间免收滞纳金。",
    "epidemic": "落实疫情防控措施，做好人员排查和隔离观察。",
    "rent": "对承租国有房产的中小企业减免房租。",
}


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("谁负责充电桩", "charging"),
        ("who is responsible for charging piles", "charging"),
        ("EV charging stations", "charging"),
        ("how many 5G base stations will be built", "5g"),
        ("emergency management platform", "emergency"),
        ("smart parking", "parking"),
        ("computing power", "computing"),
        ("deferred payment of social insurance", "insurance"),
        ("epidemic prevention and control", "epidemic"),
        ("rent reduction for small businesses", "rent"),
        ("房子租金能不能少交", "rent"),
    ],
)
def test_a_question_in_either_language_finds_its_clause(question: str, right: str) -> None:
    embedder = load_embedder()
    scores = embedder.passages(list(CLAUSES.values())) @ embedder.query(question)
    assert list(CLAUSES)[int(scores.argmax())] == right


@pytest.mark.parametrize("sentence", ["新建公共充电桩6000台以上，推广设施。\n", "Charging piles; "])
def test_a_long_text_has_the_vector_of_its_tokens_together(sentence: str) -> None:
    embedder = load_embedder()
    rows = embedder.passages([sentence * 10, sentence * 2000, "停车"])
    np.testing.assert_allclose(rows[1], rows[0], atol=1e-5)
    np.testing.assert_allclose(rows[2], embedder.passages(["停车"])[0], atol=1e-6)


def test_one_endless_line_takes_neither_long_nor_much_memory() -> None:
    embedder = load_embedder()
    embedder.query("管理")
    tracemalloc.start()
    row = embedder.query("管理" * 50_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert row @ embedder.query("管理" * 10) == pytest.approx(1, abs=1e-3)
    assert peak < 40_000_000
