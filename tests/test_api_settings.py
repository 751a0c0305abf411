from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

import api
from api.settings import Settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TIAOWEN_{name.upper()}", raising=False)


def test_defaults() -> None:
    settings = Settings()
    assert (settings.library, settings.host, settings.port) == (Path("library"), "127.0.0.1", 8000)
    assert (settings.model, settings.reranker) == (None, None)


def test_the_environment_is_read_and_an_argument_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIAOWEN_LIBRARY", "/data/policies")
    monkeypatch.setenv("TIAOWEN_PORT", "9000")
    assert Settings().library == Path("/data/policies")
    assert Settings(port=9100).port == 9100


def test_the_names_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().host_names == {"127.0.0.1"}
    monkeypatch.setenv("TIAOWEN_HOSTS", "Policies.example, ,search.example.")
    assert Settings(host="0.0.0.0").host_names == {"0.0.0.0", "policies.example", "search.example"}


def test_settings_never_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIAOWEN_PORT", "70000")
    with pytest.raises(ValidationError):
        Settings()


def test_only_settings_reads_the_environment() -> None:
    root = Path(api.__file__).parents[1]
    packages = [root / name for name in ("corpus", "index", "search", "api", "eval")]
    readers = {
        path.relative_to(root).as_posix()
        for package in packages
        for path in package.rglob("*.py")
        if "os.environ" in (text := path.read_text(encoding="utf-8")) or "getenv(" in text or "BaseSettings" in text
    }
    assert readers == {"api/settings.py"}


def test_the_door_tells_the_truth() -> None:
    assert api.__all__ == sorted(api.__all__)
    assert all(getattr(api, name) for name in api.__all__)
    with pytest.raises(AttributeError):
        api.nothing  # noqa: B018
