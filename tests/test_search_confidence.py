"""The stored confidence: what is written is read again, and what does not fit the program or the model is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import IndexMismatch, load_embedder
from search.confidence import Confidence, Scale
from search.evidence import NAMES, Evidence

FEATURES = len(NAMES)
SCALE = Scale(-1.0, tuple(float(number) for number in range(FEATURES)), 0.4)
STORED = Confidence("static-1", {"zh": SCALE, "en": Scale(0.5, (1.0,) * FEATURES, 0.3)}, {"measures": {"auc": 0.9}})


def evidence(**changes: float) -> Evidence:
    return Evidence(**(dict.fromkeys(NAMES, 0.0) | changes))


def test_confidence_is_the_logistic_of_the_weighted_evidence() -> None:
    assert Scale(0.0, (0.0,) * FEATURES, 0.5).of(evidence()) == 0.5
    scale = Scale(-2.0, (4.0, *(0.0,) * (FEATURES - 1)), 0.5)
    assert scale.of(evidence(near=0.5)) == 0.5
    assert scale.of(evidence(near=1.0)) == pytest.approx(0.8808, abs=1e-4)  # 1 / (1 + e^-2)


def test_what_is_stored_is_read_again(tmp_path: Path) -> None:
    STORED.save(tmp_path / "confidence.json")
    assert Confidence.load("static-1", tmp_path / "confidence.json") == STORED


def test_another_model_is_refused_with_the_way_out(tmp_path: Path) -> None:
    STORED.save(tmp_path / "confidence.json")
    with pytest.raises(IndexMismatch, match=r"为模型 static-1 拟合的，现在的模型是 static-2.*calibrate --write"):
        Confidence.load("static-2", tmp_path / "confidence.json")


def test_a_missing_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(IndexMismatch, match=r"没有可信度的参数文件.*calibrate --write"):
        Confidence.load("static-1", tmp_path / "confidence.json")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"features": ["length"]}, "用的依据是 length"),
        ({"languages": {}}, "读不懂"),
        ({"figures": None}, "读不懂"),
    ],
)
def test_a_file_of_another_program_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    path = tmp_path / "confidence.json"
    STORED.save(path)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(IndexMismatch, match=said):
        Confidence.load("static-1", path)


def test_the_bundled_confidence_is_for_the_bundled_model_and_says_how_good_it_is() -> None:
    found = Confidence.load(load_embedder().fingerprint)
    assert set(found.scales) == {"zh", "en"}
    assert all(0.0 < scale.threshold <= 0.5 for scale in found.scales.values())
    assert {"log_loss", "calibration_error", "false_answers", "false_answers_interval"} <= set(
        found.figures["measures"]
    )
