"""The two bundled plans: both there, read whole."""

import corpus
from corpus import plans


def test_the_plans_are_read_and_parsed() -> None:
    parsed = [corpus.parse(corpus.read(path.name, path.read_bytes())) for path in plans.paths()]
    assert [(document.title, document.region, document.issued_on, len(document.clauses)) for document in parsed] == [
        ("南开区加快新型基础设施建设工作方案", "天津市南开区", "2022-04-26", 24),
        ("天津市新型基础设施建设三年行动方案（2021—2023年）", "天津市", "2021-02-27", 34),
    ]


def test_every_visible_character_of_the_plans_lies_in_one_clause_or_heading() -> None:
    for path in plans.paths():
        document = corpus.parse(corpus.read(path.name, path.read_bytes()))
        spans = sorted((each.start, each.end) for each in (*document.clauses, *document.headings))
        kept = "".join(document.text[start:end] for start, end in spans)
        assert "".join(kept.split()) == "".join(document.text.split())
