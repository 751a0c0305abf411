"""The cut in numpy is the one that the tokenizer file describes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers

from index.embedder import BUNDLED, StaticEmbedder
from index.lattice import Lattice
from index.training import automaton

SCORES = {"充": -6.13, "电": -6.41, "桩": -7.02, "充电": -5.11, "充电桩": -6.93, "电桩": -9.7, "m": -5.3, "2": -5.9}
SCORES |= {"m2": -6.17, "a": -4.71, "ab": -7.33, "abc": -7.91, "b": -5.03, "c": -5.57, "a b": -6.61, "桩a": -9.17}
ALPHABET = "充电桩abcm2 ，A㎡ＢⅣ🙂\n\0é"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.Unigram([("<unk>", 0.0), *SCORES.items()], 0, False))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    return made


@pytest.fixture(scope="module")
def lattice(tokenizer: Tokenizer) -> Lattice:
    return automaton.lattice(tokenizer)


def cut(lattice: Lattice, texts: list[str]) -> list[list[int]]:
    ids, ends = lattice.cut(texts)
    begins = [0, *ends.tolist()]
    return [ids[begin:end].tolist() for begin, end in zip(begins, ends.tolist(), strict=False)]


def expected(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    return [[i for i in tokenizer.encode(text, add_special_tokens=False).ids if i] for text in texts]


def test_the_most_probable_tokens_win(lattice: Lattice) -> None:
    names = ["<unk>", *SCORES]
    assert [names[i] for i in cut(lattice, ["充电桩，A b㎡"])[0]] == ["充电桩", "a b", "m2"]


@pytest.mark.parametrize("texts", [[], [""], ["", "🙂", ""], ["，，", "充"], ["\ud800"]])
def test_nothing_known_gives_no_tokens(lattice: Lattice, texts: list[str]) -> None:
    assert cut(lattice, texts) == [[1] if text == "充" else [] for text in texts]


@given(texts=st.lists(st.text(ALPHABET, max_size=20), max_size=6))
def test_it_cuts_as_the_tokenizer_does(texts: list[str], lattice: Lattice, tokenizer: Tokenizer) -> None:
    assert cut(lattice, texts) == expected(tokenizer, texts)


@given(texts=st.lists(st.text(max_size=40), max_size=4))
def test_any_text_can_be_cut(texts: list[str], lattice: Lattice) -> None:
    assert len(cut(lattice, texts)) == len(texts)


def test_the_bundled_lattice_is_the_bundled_tokenizer() -> None:
    bundled = StaticEmbedder(BUNDLED)
    texts = [
        "3．推进智慧能源建设。新建公共充电桩6000台以上（責任單位：市發展改革委、國網天津市電力公司）",
        "Who is responsible for EV charging, 5G base stations, IPv6 and social insurance in Nankai District?",
        "第二十三条　违反本条例第十二条规定的，处2000元以上1万元以下罚款；面积≥500㎡的，按℃计。🙂",
    ]
    assert cut(bundled.lattice, texts) == expected(Tokenizer.from_file(str(BUNDLED / "tokenizer.json")), texts)
