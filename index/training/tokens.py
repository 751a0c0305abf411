"""The tokenizer: NFKC, lower case and simplified characters in one character map, then the most probable segmentation."""

from __future__ import annotations

import sys
import tempfile
import unicodedata
from importlib.resources import files
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers

from index.training.vocabulary import Vocabulary


def normaliser() -> normalizers.Normalizer:
    """The character map as a SentencePiece rule set, the one form of such a map that `tokenizers` can carry."""
    return normalizers.Precompiled(_compiled(_rules()))


def tokenizer(vocabulary: Vocabulary, normalise: normalizers.Normalizer) -> Tokenizer:
    """No pre-tokenizer: a token may hold a space (`social insurance`), and the search through the table finds the words."""
    made = Tokenizer(models.Unigram(list(vocabulary.scores.items()), unk_id=0, byte_fallback=False))
    made.normalizer = normalise
    return made


def _rules() -> dict[str, str]:
    simplified = _simplified()
    rules = {}
    for code in range(1, sys.maxunicode + 1):
        character = chr(code)
        if 0xD800 <= code < 0xE000:
            continue
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())
        plain = "".join(simplified.get(c, c) for c in plain)
        if plain != character:
            rules[character] = plain
    return rules


def _simplified() -> dict[str, str]:
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {traditional: choices.split(" ")[0] for traditional, choices in pairs}


def _compiled(rules: dict[str, str]) -> bytes:
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    def codes(text: str) -> str:
        return " ".join(f"{ord(c):X}" for c in text)

    with tempfile.TemporaryDirectory() as folder:
        table, sample = Path(folder) / "rules.tsv", Path(folder) / "sample.txt"
        table.write_text("".join(f"{codes(k)}\t{codes(v)}\n" for k, v in rules.items()), encoding="utf-8")
        sample.write_text("".join(f"条文 {n}\n" for n in range(100)), encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(sample),
            model_prefix=str(Path(folder) / "rules"),
            vocab_size=40,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(table),
            minloglevel=2,
        )
        proto = sentencepiece_model_pb2.ModelProto()
        proto.ParseFromString((Path(folder) / "rules.model").read_bytes())
    return bytes(proto.normalizer_spec.precompiled_charsmap)
