"""What a library was made with, and whether that is what opens it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from .errors import IndexMismatch

BUNDLED = ""
_NAMES = {"embedder": "向量模型", "segmenter": "分词", "recipe": "片段切分", "dimensions": "向量维数"}


@dataclass(frozen=True, slots=True)
class Stamps:
    """`model` is what was given as `--model` (BUNDLED for none); `generation` counts the rebuilds; the others are fingerprints."""

    model: str
    embedder: str
    dimensions: str
    segmenter: str
    recipe: str
    generation: str = "1"

    def as_meta(self) -> dict[str, str]:
        """As the ledger keeps it."""
        return asdict(self)

    @classmethod
    def of_meta(cls, meta: dict[str, str]) -> Stamps:
        return cls(**{name: meta.get(name, "") for name in cls.__dataclass_fields__})

    def require(self, present: Stamps, folder: Path) -> None:
        """Raises IndexMismatch if the library, stamped with these, is opened with `present`."""
        differing = [
            f"{word}：建库时是 {getattr(self, name)}，现在是 {getattr(present, name)}"
            for name, word in _NAMES.items()
            if getattr(self, name) != getattr(present, name)
        ]
        if differing:
            raise IndexMismatch(
                f"文件库 {folder} 与现在的程序或模型不一致（{'；'.join(differing)}）。{self._way_out(present)}"
            )

    def _way_out(self, present: Stamps) -> str:
        chosen = f" --model {present.model}" if present.model else ""
        rebuild = f"运行 tiaowen rebuild{chosen} 按现在的模型重建索引"
        if self.embedder == present.embedder or self.model == present.model:
            return f"请{rebuild}（文件不会丢失）。"
        built = f"加上 --model {self.model}" if self.model else "去掉 --model（建库时用的是自带模型）"
        return f"请{built}，或{rebuild}（文件不会丢失）。"
