"""Places choose between documents: the district's first, then the city's, never another place's."""

import pytest

from index.records import StoredDocument
from search.places import level, mentions, scope


def _document(identifier: str, region: str | None) -> StoredDocument:
    return StoredDocument(
        identifier, f"标题{identifier}", None, None, None, region, "现行有效", "a.txt", "2026-01-01", 1
    )


DOCUMENTS = [
    _document("city", "天津市"),
    _document("district", "天津市南开区"),
    _document("other", "北京市"),
    _document("nation", "全国"),
    _document("nowhere", None),
]


def _tiers(question: str, language: str = "zh") -> list[tuple[str, set[str]]]:
    regions = {document.region for document in DOCUMENTS if document.region}
    found = scope(mentions(question, language, regions), DOCUMENTS)
    return [(tier.relation, set(tier.documents or ())) for tier in found.tiers]


def test_a_district_is_answered_from_its_own_document_then_from_above() -> None:
    assert _tiers("南开区停车谁管") == [
        ("same", {"district"}),
        ("unstated", {"nowhere"}),
        ("above", {"city", "nation"}),
    ]


def test_a_city_prefers_its_own_document_to_its_districts() -> None:
    assert _tiers("天津市停车谁管") == [
        ("same", {"city"}),
        ("unstated", {"nowhere"}),
        ("above", {"nation"}),
        ("below", {"district"}),
    ]


def test_the_inner_place_of_a_chain_is_meant() -> None:
    assert _tiers("天津市南开区停车谁管")[0] == ("same", {"district"})


def test_pinyin_names_count() -> None:
    assert _tiers("who manages parking in Nankai", "en")[0] == ("same", {"district"})


def test_a_place_without_documents_gets_no_other_places_document() -> None:
    assert _tiers("上海停车谁管") == [("unstated", {"nowhere"}), ("above", {"nation"})]


def test_no_place_means_all_documents() -> None:
    found = scope((), DOCUMENTS)
    assert [(tier.relation, tier.documents) for tier in found.tiers] == [("any", None)]


def test_a_countys_short_name_that_no_document_knows_is_an_ordinary_word() -> None:
    assert mentions("科技新星每年资助几个人", "zh", {"天津市"}) == ()
    assert [mention.text for mention in mentions("新星市谁管水利", "zh", {"天津市"})] == ["新星市"]


def test_a_name_that_several_places_have_means_the_one_with_a_document_of_its_own() -> None:
    documents = [_document("beijing", "北京市朝阳区"), _document("liaoning", "辽宁省")]
    named = mentions("朝阳停车谁管", "zh", {"北京市朝阳区", "辽宁省"})
    tiers = scope(named, documents).tiers
    assert [(tier.relation, set(tier.documents or ())) for tier in tiers] == [
        ("same", {"beijing"}),
        ("above", {"liaoning"}),
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("市里的智慧文旅哪个局牵头", "city"),
        ("全市要建多少充电桩", "city"),
        ("区里的停车场谁管", "county"),
        ("咱们区里停车谁管", "county"),
        ("全省有多少", "province"),
        ("到2025年底全市要建多少充电桩", "city"),
        ("健全市政设施管理机制谁负责", None),
        ("样本区由谁管", None),
        ("小区里能不能装充电桩", None),
        ("超市里卖过期食品罚多少", None),
        ("安全区域怎么划", None),
        ("资本市场谁监管", None),
        ("区里和市里分别谁管", None),
    ],
)
def test_a_level_is_heard_without_a_name(question: str, expected: str | None) -> None:
    assert level(question) == expected


def test_documents_of_the_level_come_first_and_all_others_after_them() -> None:
    tiers = scope((), DOCUMENTS, "county").tiers
    assert [set(tier.documents or ()) for tier in tiers] == [
        {"district"},
        {"city", "other", "nation", "nowhere"},
    ]
    assert scope((), DOCUMENTS, "province").tiers[0].documents is None
