"""`tiaowen-eval calibrate`: from labelled questions to the confidence that is stored with the model."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from eval.errors import EvalError
from eval.options import DocumentsOption, JsonOption

if TYPE_CHECKING:
    from eval.calibration import Calibrated
    from eval.examples import Example, Progress
    from eval.labelled import Labelled
    from eval.retrieval import Query
    from search import Language


@dataclass(frozen=True, slots=True)
class Sources:
    """What is asked: labelled questions by the name of their file, and a sample of the queries over a corpus, if any."""

    labelled: Mapping[str, Sequence[Labelled]]
    documents: Path | None
    corpus: Path | None
    queries: Sequence[Query]
    sample: int

    @property
    def size(self) -> int:
        """How many questions will be asked."""
        return 2 * sum(map(len, self.labelled.values())) + min(self.sample, len(self.queries))

    def examples(self, model: str | None, progress: Progress) -> Iterator[Example]:
        """Asks all of them, of libraries that are gone at the end."""
        from eval.examples import of_corpus, of_labelled
        from eval.left_out import of_left_out
        from eval.scopes import Scopes
        from eval.settled import settle
        from eval.terminal import say

        settled: dict[str, list[Labelled]] = {}
        with tempfile.TemporaryDirectory(prefix="tiaowen-eval-") as folder:
            with Scopes(Path(folder), self.documents, model) as scopes:
                for name, labels in self.labelled.items():
                    settled[name], doubts = settle(labels, scopes.library)
                    for doubt in doubts:
                        say(str(doubt))
                    yield from of_labelled(settled[name], name, scopes, progress)
            for number, (name, labels) in enumerate(settled.items()):
                place = Path(folder) / f"left-out-{number}"
                yield from of_left_out(labels, name, self.documents, place, model, progress)
            if self.corpus is not None:
                yield from of_corpus(self.corpus, self.queries, self.sample, Path(folder), model, progress)


def calibrate(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[问题.jsonl]...", help="标注好的问题；不写用本项目自己的")
    ] = None,
    documents: DocumentsOption = None,
    corpus: Annotated[
        Path | None, typer.Option("--corpus", metavar="C.jsonl[.gz]", help="与 --queries 同用：每行 {id, text}")
    ] = None,
    queries: Annotated[
        Path | None, typer.Option("--queries", metavar="Q.jsonl[.gz]", help="每行 {query, gold}；一半的答案会被抽走")
    ] = None,
    sample: Annotated[int, typer.Option("--sample", min=1, help="从查询里抽多少个来问")] = 800,
    write: Annotated[bool, typer.Option("--write", help="把拟合的结果存到自带模型旁边")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="图.html|.svg", help="写出可靠性图，.html 里还有各项数字")
    ] = None,
    json: JsonOption = False,
) -> None:
    """什么时候不该回答：用标注好的问题拟合可信度，报告误答率、误拒率和可靠性图。"""
    from eval import calibration_page, calibration_tables
    from eval.terminal import console, out, progress
    from index import load_embedder
    from search.confidence import FILE

    if report is not None:
        calibration_page.require(report)
    sources = _sources(files or [], documents, corpus, queries, sample)
    with progress("提问", sources.size) as advance:
        examples = list(sources.examples(None, advance))
    found = fitted(examples)
    result = summary(found)
    if write:
        store(found, result, load_embedder().fingerprint, FILE)
    if report is not None:
        calibration_page.write(report, found, result)
    if json:
        out(result)
    else:
        calibration_tables.show(console(), result)


def fitted(examples: Sequence[Example]) -> dict[Language, Calibrated]:
    """A fit for each language. Raises EvalError where a language has too few examples."""
    from eval.calibration import calibrate as fit
    from search import Language

    return {language: fit([each for each in examples if each.language == language]) for language in get_args(Language)}


def summary(found: Mapping[Language, Calibrated]) -> dict[str, Any]:
    """What the command prints with `--json`: `measures` over both languages, and each language by itself."""
    from eval.trade_off import figures, together

    return {
        "measures": together(found.items()),
        "languages": {language: figures(each) for language, each in found.items()},
    }


def store(found: Mapping[Language, Calibrated], result: Mapping[str, Any], fingerprint: str, path: Path) -> None:
    """Stores the scales with the bundled model, and the figures of the fit without the thresholds that were not chosen."""
    from search.confidence import Confidence

    languages = {language: _without_trade_off(each) for language, each in result["languages"].items()}
    figures = {"measures": result["measures"], "languages": languages}
    Confidence(fingerprint, {language: each.scale for language, each in found.items()}, figures).save(path)


def _without_trade_off(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figures.items() if name != "trade_off"}


def _sources(
    files: Sequence[Path], documents: Path | None, corpus: Path | None, queries: Path | None, sample: int
) -> Sources:
    from eval.labelled import OWN, own_questions, read_questions
    from eval.retrieval import read_queries

    if (corpus is None) != (queries is None):
        raise EvalError("--corpus 和 --queries 要一起给：一个是被检索的文本，一个是查询")
    labelled = {name: read_questions(path) for name, path in _named(files).items()} or {OWN: own_questions()}
    return Sources(labelled, documents, corpus, read_queries(queries) if queries else [], sample)


def _named(files: Sequence[Path]) -> dict[str, Path]:
    """The files by name, by path where several bear one name."""
    names = Counter(path.name for path in dict.fromkeys(files))
    return {path.name if names[path.name] == 1 else str(path): path for path in files}
