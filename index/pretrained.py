"""A sentence-transformers model from this machine's disk and of the kind that is wanted, or one clear error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import numpy as np

from .errors import ModelUnavailable

Kind = Literal["SentenceTransformer", "CrossEncoder"]
_OPTION: dict[Kind, str] = {"SentenceTransformer": "--model", "CrossEncoder": "--reranker"}
_WORD = {"SentenceTransformer": "向量模型", "CrossEncoder": "重排模型"}
_SCORES_PAIRS = ("ForSequenceClassification", "ForCausalLM")  # as sentence-transformers itself takes plain weights
_REASON = 160  # characters of what the loader said that are passed on


def load_pretrained(model: str, kind: Kind) -> Any:
    """The `sentence_transformers` object of that kind, by a name that is already on this machine or by folder, on the CPU.

    Raises ModelUnavailable if it is not there, damaged or of another kind, or if sentence-transformers is not installed.
    """
    try:
        import sentence_transformers
        from huggingface_hub import constants
        from transformers.utils import logging
    except ModuleNotFoundError as error:
        raise ModelUnavailable(
            f"{model}：载入这个模型要用 sentence-transformers（没有安装）。"
            "请安装：pip install 'tiaowen[models]'；在源码目录里是 pip install -e '.[models]' -c constraints.txt。"
        ) from error
    constants.HF_HUB_OFFLINE = True  # told to use local files only, its client still asks the hub who is calling
    logging.disable_progress_bar()
    try:
        saved = _saved_kind(model)
        if saved in (None, kind):  # the library would turn one kind into another, with numbers made up for what lacks
            loaded = getattr(sentence_transformers, kind)(model, device="cpu", local_files_only=True)
            _try_out(loaded, kind)
            return loaded
    except Exception as error:  # the loaders of the many formats of weights have no common class of errors
        raise ModelUnavailable(_not_loaded(model, kind, error)) from error
    raise ModelUnavailable(
        f"{model}：这是{_WORD.get(saved, ' ' + saved + ' 模型')}，不是{_WORD[kind]}（{kind}）。"
        f"请换一个{_WORD[kind]}用 {_OPTION[kind]} 指定{_own_option(saved)}。"
    )


def _saved_kind(model: str) -> str | None:
    """The class of sentence-transformers that a model was saved by, or that suits its plain weights; None if it has neither."""
    if _settings(model, "modules.json") is not None:
        described = _settings(model, "config_sentence_transformers.json") or {}
        return str(described.get("model_type", "SentenceTransformer"))
    config = _settings(model, "config.json")
    if config is None:
        return None
    architectures = config.get("architectures") or [""]
    return "CrossEncoder" if architectures[0].endswith(_SCORES_PAIRS) else "SentenceTransformer"


def _try_out(loaded: Any, kind: Kind) -> None:
    """Two texts, so that what is damaged is noticed now and not at the first question. Raises whatever is wrong."""
    texts = ["负责", "新建公共充电桩6000台以上"]
    pairs = [("充电桩", text) for text in texts]
    numbers = loaded.encode(texts) if kind == "SentenceTransformer" else loaded.predict(pairs)
    if not np.isfinite(np.asarray(numbers, dtype=np.float32)).all():
        raise ValueError("it gives no finite numbers")


def _settings(model: str, name: str) -> Any:
    """What one of a model's JSON files holds, None without the file."""
    from sentence_transformers.util import load_file_path

    path = load_file_path(model, name, local_files_only=True)
    return None if path is None else json.loads(Path(path).read_text(encoding="utf-8"))


def _not_loaded(model: str, kind: Kind, error: Exception) -> str:
    """What is wrong, why, and the way out."""
    path, option = Path(model), _OPTION[kind]
    if path.is_dir():
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_REASON]
        return (
            f"{model}：这个文件夹里没有完整的 sentence-transformers 模型（{reason}）。"
            f"请重新下载整个模型，用 {option} 指定它的文件夹。"
        )
    if path.exists():
        return f"{model}：这是一个文件，不是模型的文件夹。请用 {option} 指定整个文件夹。"
    if path.is_absolute() or model.startswith((".", "~")) or model.count("/") > 1 or "\\" in model:
        return f"{model}：本机没有这个文件夹。请检查路径，用 {option} 指定模型的文件夹。"
    return (
        f"{model}：本机没有这个模型，或它不完整（运行时不下载任何东西）。"
        f"请在能联网的机器上下载（hf download {model} --local-dir 文件夹），把文件夹拷来，用 {option} 文件夹 指定。"
    )


def _own_option(saved: str) -> str:
    """Where a model of this kind belongs."""
    for kind, option in _OPTION.items():
        if kind == saved:
            return f"；这一个可以用 {option} 指定"
    return ""
