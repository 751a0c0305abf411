"""Near-misses over the two bundled plans: what is close to something that is held, and is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.intake import add_paths, open_or_create
from search import Answer, Engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    library = open_or_create(tmp_path_factory.mktemp("plans") / "library")
    yield Engine(library)
    library.close()


@pytest.mark.parametrize(
    "question",
    [
        "上海市充电桩谁负责",  # the topic is there, the city is not
        "和平区要建多少个智慧教室",  # the city's number is not the district's
        "南开区老旧小区加装电梯归哪个部门",  # the district is there, the topic is not
        "6G基站要建多少个",  # 5G is
        "异地就医报销比例是多少",  # the clause has a share, of something else
        "智慧港口总投资多少亿元",
        "充电桩的电价多少",  # how many piles is no price
        "数字化车间补助多少",
        "京唐铁路什么时候通车",
        "How many hydrogen refuelling stations will be built?",
        "Who is responsible for charging piles in Shanghai?",
    ],
)
def test_what_is_only_near_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.answered, answer.kind, answer.units) == (False, "none", ())


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("老年人上网课谁管", "市教委"),
        ("南开停车难找谁解决", "区城管委"),
        ("种地机械化谁抓", "市农业农村委"),
        ("异地看病直接结算谁负责", "市卫生健康委"),
        ("Who is responsible for elderly education resources in Tianjin?", "市教委"),
    ],
)
def test_other_words_for_what_is_there_are_answered(engine: Engine, question: str, unit: str) -> None:
    answer = engine.ask(question)
    assert answer.answered
    assert answer.units[0].name == unit


def test_a_sure_topic_without_the_figure_is_called_that(engine: Engine) -> None:
    assert "没有写明" in engine.ask("智慧港口总投资多少亿元").answer


def test_which_places_is_no_number(engine: Engine) -> None:
    answer = engine.ask("充换电示范站放在哪几个地方")
    assert answer.kind == "clause"
    assert "津门湖公交站、武清高铁站、天津站" in answer.answer


def test_confidence_does_not_depend_on_how_many_hits_are_wanted(engine: Engine) -> None:
    assert engine.ask("谁负责充电桩", 1).confidence == engine.ask("谁负责充电桩", 10).confidence


def ask_beside(tmp_path: Path, name: str, text: str, question: str) -> Answer:
    """The answer from a library of the two plans and one notice more."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    library = open_or_create(tmp_path / "library")
    add_paths(library, [tmp_path / name])
    answer = Engine(library).ask(question)
    library.close()
    return answer


def test_the_word_itself_comes_before_one_that_is_like_it(tmp_path: Path) -> None:
    """A district's sheds for bicycles do not take the city's charging piles away."""
    notice = (
        "天津市河西区人民政府办公室关于加强电动自行车充电棚建设的通知\n"
        "（一）建设充电棚。到2023年底，在老旧小区新建电动自行车充电棚120处。（责任单位：区住房建设委、区城管委）\n"
        "（二）给予资金补助。对充电棚建设给予资金补助，纳入财政预算。（责任单位：区财政局）\n"
    )
    answer = ask_beside(tmp_path, "河西区通知.txt", notice, "谁负责充电桩")
    assert answer.answered
    assert "市发展改革委" in [unit.name for unit in answer.units]


def test_a_figure_whose_subject_is_left_out_counts_what_the_one_before_it_counts(tmp_path: Path) -> None:
    """到2025年不低于4.66人 says of itself nothing about doctors."""
    notice = (
        "滨州市家庭医生工作方案\n一、扩大来源。到2023年，力争每万常住人口家庭医生数不低于4人，到2025年不低于4.66人。\n"
        "二、加强培训。依托医学院校开设家庭医生培训班，每年不少于2期。\n"
    )
    answer = ask_beside(tmp_path, "滨州市家庭医生工作方案.txt", notice, "到2025年每万人要有几个家庭医生")
    assert answer.answered
    assert "4.66" in answer.answer
