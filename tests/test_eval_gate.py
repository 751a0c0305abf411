"""The committed baseline belongs to the questions, the model and the confidence that are committed beside it."""

from __future__ import annotations

from eval.gate import OWN_BASELINE
from eval.labelled import own_questions
from eval.runs import read_run
from index import load_embedder
from search.confidence import Confidence


def test_the_baseline_is_of_the_projects_own_questions_and_model() -> None:
    baseline = read_run(OWN_BASELINE)
    assert sorted(item.q for item in baseline.items) == sorted(label.q for label in own_questions())
    assert baseline.model == load_embedder().fingerprint


def test_the_stored_confidence_was_fitted_for_the_bundled_model() -> None:
    confidence = Confidence.load(load_embedder().fingerprint)
    assert 0.1 < min(scale.threshold for scale in confidence.scales.values()) <= 0.5
