"""Which strings get a vector: words, phrases and single characters of both languages, with their log probabilities."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import jieba

from index.training.data import Texts

_LATIN = re.compile(r"[a-z0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]+")
_GLUE = frozenset("的了和与或及等在对为以由并其这该各是有不被把将从向于至到中上下内外个第之所也都可应当")
_ENGLISH_GLUE = frozenset(
    "a an the of to in on for and or is are was were be been by with at from as that this it he she they we you i his her "
    "their our my your its not no do does did has have had will would can could should may must if who what which when".split()
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`scores` maps each token to the natural logarithm of its probability; the order is that of the table's rows.

    Row 0 is the unknown token, whose vector is zero: what is not in the table does not move a mean's direction.
    """

    scores: dict[str, float]
    parts: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many tokens of each sort to keep, the most frequent first. Single characters are always kept."""

    words: int = 36_000
    phrases: int = 5_000
    english: int = 23_000
    english_phrases: int = 2_500


def build(texts: Texts, normalise: Callable[[str], str], sizes: Sizes) -> Vocabulary:
    """Counts both languages and keeps the most frequent. `normalise` is what the tokenizer does to a text first."""
    cutter = _cutter(texts.entries)
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for weight, text in _chinese(texts):
        for run in _HAN.findall(normalise(text)):
            tokens = list(cutter.cut(run, HMM=False))
            for token in tokens:
                words[token] += weight
            if weight > 1:
                pairs.update(pairwise(tokens))
    english, english_pairs = _count_english(texts, normalise)
    kept = _keep_chinese(words, texts, sizes.words)
    phrases = _phrases(words, pairs, sizes.phrases, join="", glue=_GLUE)
    kept |= {phrase: count for phrase, (count, _) in phrases.items()}
    kept |= dict(english.most_common(sizes.english)) | {
        c: 1 for c in "abcdefghijklmnopqrstuvwxyz0123456789" if c not in english
    }
    both = _phrases(english, english_pairs, sizes.english_phrases, join=" ", glue=_ENGLISH_GLUE)
    kept |= {phrase: count for phrase, (count, _) in both.items()}
    total = sum(kept.values())
    parts = {phrase: list(pair) for phrase, (_, pair) in (phrases | both).items()}
    scores = {
        token: round(math.log(count / total), 4)
        for token, count in sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    }
    return Vocabulary({"<unk>": 0.0} | scores, parts)


def _cutter(entries: dict[str, list[str]]) -> jieba.Tokenizer:
    cutter = jieba.Tokenizer()
    jieba.setLogLevel("ERROR")
    cutter.initialize()
    for word in entries:
        if 2 <= len(word) <= 5 and _HAN.fullmatch(word) and not cutter.FREQ.get(word):
            cutter.add_word(word, freq=3)
    return cutter


def _chinese(texts: Texts) -> Iterable[tuple[int, str]]:
    """Texts with their weight: the field's own words count for more than those of everyday sentences."""
    yield from ((3, p.text) for p in texts.articles)
    yield from ((6, p.text) for p in texts.paragraphs)
    yield from ((9, f"{a.zh}，{a.keywords}") for a in (*texts.asked, *texts.clauses))
    yield from ((2, query) for query, _ in texts.lay)
    yield from ((1, zh) for zh, _ in texts.sentences[::3])


def _count_english(texts: Texts, normalise: Callable[[str], str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    sources = ((9, (a.en for a in (*texts.asked, *texts.clauses))), (1, (en for _, en in texts.sentences[::2])))
    for weight, lines in sources:
        for line in lines:
            for piece in re.split(r"[^a-z0-9 ]+", normalise(line)):
                tokens = _LATIN.findall(piece)
                for token in tokens:
                    words[token] += weight
                pairs.update(pairwise(tokens))
    for definitions in texts.entries.values():
        words.update(_LATIN.findall(normalise(" ".join(definitions))))
    for weight, text in _chinese(texts):
        for token in _LATIN.findall(normalise(text)):
            if len(token) <= 8:
                words[token] += weight
    return words, pairs


def _keep_chinese(words: Counter[str], texts: Texts, limit: int) -> dict[str, int]:
    """The most frequent words; every character that occurs or has a dictionary entry comes on top of the limit."""
    characters = {c for word in words for c in word} | {w for w in texts.entries if len(w) == 1 and _HAN.fullmatch(w)}
    longer = [(word, count) for word, count in words.most_common() if len(word) > 1][:limit]
    return dict(longer) | {c: max(words[c], 1) for c in sorted(characters)}


def _phrases(
    words: Counter[str], pairs: Counter[tuple[str, str]], limit: int, *, join: str, glue: frozenset[str]
) -> dict[str, tuple[int, tuple[str, str]]]:
    """Neighbours that stand together far more often than chance (normalised pointwise mutual information of 0.45 or more)."""
    total = sum(pairs.values())
    found: list[tuple[float, str, int, tuple[str, str]]] = []
    for (left, right), count in pairs.items():
        phrase = left + join + right
        if count < 30 or phrase in words or left in glue or right in glue or len(phrase) > (6 if not join else 30):
            continue
        if not (words[left] and words[right]) or left.isdigit() or right.isdigit():
            continue
        association = math.log(count * total / (words[left] * words[right])) / -math.log(count / total)
        if association >= 0.45:
            found.append((association * math.log(count), phrase, count, (left, right)))
    found.sort(key=lambda item: (-item[0], item[1]))
    return {phrase: (count, pair) for _, phrase, count, pair in found[:limit]}
