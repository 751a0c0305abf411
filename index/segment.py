"""Text becomes terms: one spelling for the same thing, jieba words with a policy dictionary, and character bigrams.

Terms of one text, in order: each word, then the bigrams of the Chinese run that it stands in. A bigram is marked with `~`
(`~充电`), so that it never counts as the word of the same two characters. An address such as 第十二条 is the one term 第12条.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.folding import PINYIN
from corpus.numerals import value_of

if TYPE_CHECKING:
    from jieba import Tokenizer

DICTIONARY = Path(__file__).parent / "dictionary"
BIGRAM_MARK = "~"
_POLICY_FREQUENCY = 1000  # more than the product of what any term could be cut into
_RULES = "1"  # raise it when the same dictionary would give other terms

_NUMERAL = "[〇零一二三四五六七八九十百千两]"
_ADDRESS_KIND = "[条款项章节编批届号期类部级次]"
_COUNTED = "[家个条款项章节编种类名人座台套辆只张份件篇年月日天周时秒元倍次处所户亩米里吨克升度级期届批岁层栋间站%]"
_PERCENT = re.compile(rf"百分之({_NUMERAL}+)")
_ORDINAL = re.compile(rf"第({_NUMERAL}+)(?={_ADDRESS_KIND})")
_COUNT = re.compile(rf"(?<!第)(?<![〇零一二三四五六七八九十百千万亿两])({_NUMERAL}+)(?=[万亿]?[多余]?{_COUNTED})")
_TOKEN = re.compile(
    rf"第\d+{_ADDRESS_KIND}(?:之\d+)?|[a-z0-9]+(?:[.+/&_-][a-z0-9]+)*|(?P<run>[\u3400-\u9fff\U00020000-\U0003ffff]+)"
)


class Segmenter:
    """Cuts texts into terms. Safe to share between threads; the dictionary is read at the first use."""

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever the same text could give other terms; libraries are stamped with it."""
        digest = hashlib.sha256(_RULES.encode())
        for path in sorted(DICTIONARY.glob("*.txt")):
            digest.update(path.read_bytes())
        return f"jieba-{digest.hexdigest()[:16]}"

    def normalise(self, text: str) -> str:
        """One spelling: NFKC, simplified characters, lower case, no scraper pinyin, Arabic numerals where they count."""
        return _normalised(text)

    def words(self, text: str) -> list[str]:
        """Words in order, without the bigrams: Chinese words, English words in the singular, numbers, addresses."""
        return [word for _, words in self._runs(text) for word in words]

    def terms(self, text: str) -> list[str]:
        """The terms to index `text` under, repeated as often as they occur."""
        found: list[str] = []
        for run, words in self._runs(text):
            found += words
            found += [BIGRAM_MARK + run[i : i + 2] for i in range(len(run) - 1)]
        return found

    def query_terms(self, text: str) -> list[str]:
        """The terms to look `text` up by: the same as `terms`, each once."""
        return list(dict.fromkeys(self.terms(text)))

    def frequency(self, word: str) -> float:
        """The share of a word among the words of general Chinese, 0 for one that the dictionary does not count."""
        tokenizer = _tokenizer()
        return float(tokenizer.FREQ.get(word, 0)) / float(tokenizer.total)

    def _runs(self, text: str) -> Iterator[tuple[str, list[str]]]:
        """Chinese runs with their words; an address, number or English word comes as ("", [it])."""
        tokenizer = _tokenizer()
        for match in _TOKEN.finditer(self.normalise(text)):
            token = match.group()
            if match.lastgroup == "run":
                yield token, list(tokenizer.cut(token, HMM=False))
            else:
                yield "", [_singular(token)]


@lru_cache(maxsize=4096)  # every question reads the clauses that were found for others too
def _normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower().translate(_simplified())
    plain = PINYIN.sub("", plain)
    plain = _PERCENT.sub(_percent, plain)
    return _COUNT.sub(_counted, _ORDINAL.sub(_ordinal, plain))


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, one for one: lengths stay."""
    return text.translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    """OpenCC's table of single characters; calling the library for every text would be far slower."""
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {ord(old): new.split(" ")[0] for old, new in pairs}


@cache
def _tokenizer() -> Tokenizer:
    """A private jieba tokenizer over `words.txt` (word and frequency in turn) and `policy.txt` (terms, # for remarks).

    It is filled here instead of by jieba, which would read its own dictionary of 350,000 words and write a cache file.
    """
    from jieba import Tokenizer

    fields = (DICTIONARY / "words.txt").read_text(encoding="utf-8").split()
    frequencies = dict(zip(fields[::2], map(int, fields[1::2]), strict=True))
    for term in _policy_terms():
        frequencies[term] = max(_POLICY_FREQUENCY, frequencies.get(term, 0))
    tokenizer = Tokenizer()
    tokenizer.total = sum(frequencies.values())
    for word in [word for word in frequencies if len(word) > 1]:
        _open_prefixes(frequencies, word)
    tokenizer.FREQ, tokenizer.initialized = frequencies, True
    return tokenizer


def _open_prefixes(frequencies: dict[str, int], word: str) -> None:
    """jieba finds a word by its prefixes: each must be in the table, with 0 where it is no word itself."""
    for end in range(len(word) - 1, 0, -1):
        if word[:end] in frequencies:
            return
        frequencies[word[:end]] = 0


def _policy_terms() -> list[str]:
    lines = (DICTIONARY / "policy.txt").read_text(encoding="utf-8").splitlines()
    return [term for line in lines if not line.startswith("#") for term in line.split()]


def _percent(match: re.Match[str]) -> str:
    value = value_of(match.group(1))
    return match.group() if value is None else f"{value}%"


def _ordinal(match: re.Match[str]) -> str:
    value = value_of(match.group(1))
    return match.group() if value is None else f"第{value}"


def _counted(match: re.Match[str]) -> str:
    written = match.group(1)
    value = None if written in {"一", "百", "千", "零"} else value_of(written)
    return written if value is None else str(value)


def _singular(token: str) -> str:
    """English words without their plural ending, so that `charging piles` finds `charging pile`."""
    if len(token) < 4 or not token.isalpha() or token.endswith(("ss", "us", "is")):
        return token
    return token[:-3] + "y" if token.endswith("ies") else token.removesuffix("s")
