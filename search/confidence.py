"""How sure the answer is, and when not to answer.

    confidence = σ(bias + Σ weight(f) · f)   over the features f of the evidence (see evidence.py)

The weights are data: `confidence.json` beside the bundled model, fitted on labelled questions by `tiaowen-eval calibrate`
and valid for that model only, because the evidence is read with its vectors. A confidence is the probability that the
clause is a right one, where right and wrong clauses are equally many; each language has the threshold below which its
clauses are not offered as answers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from index.embedder import BUNDLED
from index.errors import IndexMismatch

from .evidence import NAMES, Evidence
from .model import Language

FILE = BUNDLED / "confidence.json"
_WAY_OUT = "请运行 tiaowen-eval calibrate --write 重新拟合，或重新安装本程序。"


@dataclass(frozen=True, slots=True)
class Scale:
    """The fit for one language of question: `weights` in the order of evidence.NAMES."""

    bias: float
    weights: tuple[float, ...]
    threshold: float

    def of(self, evidence: Evidence) -> float:
        """Confidence in (0, 1) that the clause with this evidence answers the question."""
        logit = self.bias + sum(weight * value for weight, value in zip(self.weights, evidence.values(), strict=True))
        return 1.0 / (1.0 + math.exp(-max(min(logit, 35.0), -35.0)))


@dataclass(frozen=True, slots=True)
class Confidence:
    """The fits by language, for the model with this fingerprint, and the figures of the fit as the command printed them."""

    fingerprint: str
    scales: Mapping[Language, Scale]
    figures: Mapping[str, Any]

    @classmethod
    def load(cls, fingerprint: str, path: Path = FILE) -> Confidence:
        """The stored fit. Raises IndexMismatch if there is none, or if it is for another model or program."""
        if not path.is_file():
            raise IndexMismatch(f"{path}：没有可信度的参数文件，无法判断该不该回答。{_WAY_OUT}")
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            names = tuple(stored["features"])
            scales = {language: _scale(stored["languages"][language]) for language in get_args(Language)}
            found, figures = str(stored["model"]), dict(stored["figures"])
        except (ValueError, KeyError, TypeError) as error:
            raise IndexMismatch(f"{path}：可信度的参数文件读不懂（{error!r}）。{_WAY_OUT}") from error
        if found != fingerprint:
            raise IndexMismatch(f"{path}：可信度是为模型 {found} 拟合的，现在的模型是 {fingerprint}。{_WAY_OUT}")
        if names != NAMES or any(len(scale.weights) != len(NAMES) for scale in scales.values()):
            raise IndexMismatch(
                f"{path}：可信度用的依据是 {'、'.join(names)}，程序要的是 {'、'.join(NAMES)}。{_WAY_OUT}"
            )
        return cls(found, scales, figures)

    def save(self, path: Path) -> None:
        """Stores the fit where `load` finds it."""
        languages = {
            language: {"bias": scale.bias, "weights": list(scale.weights), "threshold": scale.threshold}
            for language, scale in self.scales.items()
        }
        stored = {
            "model": self.fingerprint,
            "features": list(NAMES),
            "languages": languages,
            "figures": dict(self.figures),
        }
        path.write_text(json.dumps(stored, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _scale(stored: Mapping[str, Any]) -> Scale:
    return Scale(float(stored["bias"]), tuple(map(float, stored["weights"])), float(stored["threshold"]))
