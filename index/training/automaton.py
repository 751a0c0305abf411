"""The run-time form of a tokenizer: see `index.lattice`."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.lattice import BREAK, WIDE, Lattice

Flags = npt.NDArray[np.bool_]
_PLANES = 0x30000


def lattice(tokenizer: Tokenizer) -> Lattice:
    """From a unigram tokenizer whose row 0 is the unknown token. Takes seconds, once, when a model is written."""
    vocabulary: list[tuple[str, float]] = json.loads(tokenizer.to_str())["model"]["vocab"]
    alphabet = {c: place for place, c in enumerate(sorted({c for token, _ in vocabulary[1:] for c in token}), start=1)}
    children: defaultdict[str, list[str]] = defaultdict(list)
    seen = set(alphabet)
    for token, _ in vocabulary[1:]:
        for end in range(2, len(token) + 1):
            if token[:end] not in seen:
                seen.add(token[:end])
                children[token[: end - 1]].append(token[:end])
    slots, bases = _place(children, alphabet)
    size = max(*slots.values(), *bases.values()) + len(alphabet) + 2
    base, check, tokens = np.zeros(size, np.int32), np.full(size, -1, np.int32), np.full(size, -1, np.int32)
    for prefix, found in children.items():
        base[slots[prefix]] = bases[prefix]
        check[[slots[child] for child in found]] = slots[prefix]
    for place, (token, _) in enumerate(vocabulary[1:], start=1):
        tokens[slots[token]] = place
    scores = np.array([score for _, score in vocabulary], dtype=np.float32)
    return Lattice(_classes(tokenizer, alphabet), base, check, tokens, scores)


def _place(children: dict[str, list[str]], alphabet: dict[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """The slot of every prefix and the base of every prefix that goes on; the first fit, most children first."""
    slots, bases = dict(alphabet), {}
    used = np.zeros(1 << 22, dtype=bool)
    used[: len(alphabet) + 1] = True
    lowest = len(alphabet) + 1
    for prefix in sorted(children, key=lambda p: (-len(children[p]), p)):
        classes = np.array(sorted(alphabet[child[-1]] for child in children[prefix]))
        lowest += int(np.argmin(used[lowest:]))
        base = bases[prefix] = _fit(used, max(lowest, int(classes[0])), classes)
        used[base + classes] = True
        slots |= {child: base + alphabet[child[-1]] for child in children[prefix]}
    return slots, bases


def _fit(used: Flags, lowest: int, classes: npt.NDArray[np.int64]) -> int:
    """The least base from which all these classes fall on free slots."""
    while True:
        free = lowest + np.flatnonzero(~used[lowest : lowest + 4096])
        bases = free - classes[0]
        fits = ~used[bases[:, None] + classes].any(axis=1)
        if fits.any():
            return int(bases[np.argmax(fits)])
        lowest += 4096


def _classes(tokenizer: Tokenizer, alphabet: dict[str, int]) -> npt.NDArray[np.uint16]:
    classes = np.zeros(_PLANES, dtype=np.uint16)
    for code in (c for c in range(1, _PLANES) if not 0xD800 <= c < 0xE000):
        plain = tokenizer.normalizer.normalize_str(chr(code))
        if len(plain) == 1:
            classes[code] = alphabet.get(plain, BREAK)
        elif len(unicodedata.normalize("NFKC", chr(code))) > 1:
            classes[code] = WIDE
    return classes
