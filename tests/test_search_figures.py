"""Sentences, segments, and the figure that a question asks for."""

from corpus.model import Clause, Deadline, Quantity, Span
from search.figures import deadline, phrase, says_number
from search.names import UnitIndex
from search.question import analyse
from search.quote import cut, segments, sentences

TEXT = "3．推进能源建设。新建公共充电桩6000台以上，在公交站建设示范站。\n到2023年建成服务网络；持续运营。（责任单位：市能源局）"
START = 100
CLAUSE = Clause(
    ordinal=0,
    number="3．",
    path=("三、主要任务", "3．"),
    text=TEXT,
    start=START,
    end=START + len(TEXT),
    quantities=(Quantity("公共充电桩", ">=", 6000, "台", START + TEXT.index("6000"), START + TEXT.index("，在")),),
    deadlines=(Deadline("到2023年", "2023-12-31", START + TEXT.index("到2023"), START + TEXT.index("建成服务")),),
    statements=(Span(START + TEXT.index("（责任"), START + len(TEXT)),),
)


def test_sentences_leave_the_statement_out() -> None:
    assert [cut(CLAUSE, span) for span in sentences(CLAUSE)] == [
        "3．推进能源建设。",
        "新建公共充电桩6000台以上，在公交站建设示范站。",
        "到2023年建成服务网络；",
        "持续运营。",
    ]


def test_segments_are_cut_at_commas() -> None:
    sentence = sentences(CLAUSE)[1]
    assert [cut(CLAUSE, span) for span in segments(CLAUSE, sentence)] == [
        "新建公共充电桩6000台以上",
        "在公交站建设示范站",
    ]


def test_a_figure_is_said_in_the_words_around_it() -> None:
    assert phrase(CLAUSE, CLAUSE.quantities[0]) == "新建公共充电桩6000台以上"


def test_a_garden_is_no_sum_of_money_and_a_date_no_number() -> None:
    asked = analyse("建设雨水花园多少座", UnitIndex([]))
    garden = Clause(0, "", (), "建设雨水花园四十座。", 0, 10)
    assert says_number(asked, garden, sentences(garden)[0])
    dated = Clause(0, "", (), "项目于2023年6月底前开工。", 0, 15)
    assert not says_number(asked, dated, sentences(dated)[0])


def test_in_force_is_only_said_when_it_is_asked_for() -> None:
    text = "自2024年1月1日起执行新标准，评价工作每年12月底前完成。"
    clause = Clause(0, "", (), text, 0, len(text), deadlines=(Deadline("每年12月底前", None, 21, 28),))
    quote = sentences(clause)[0]
    found = deadline(analyse("新标准什么时候开始执行", UnitIndex([])), clause, quote)
    assert found is not None
    assert phrase(clause, found) == "自2024年1月1日起执行新标准"
    assert deadline(analyse("评价什么时候完成，由谁执行", UnitIndex([])), clause, quote) == clause.deadlines[0]


def test_a_deadline_is_taken_from_the_quoted_sentence() -> None:
    asked = analyse("服务网络什么时候建成", UnitIndex([]))
    assert deadline(asked, CLAUSE, sentences(CLAUSE)[2]) == CLAUSE.deadlines[0]
