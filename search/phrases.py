"""The words that only ask. They decide what kind of answer is wanted and are taken out of what is searched for.

Each grammar is a list of alternatives from long to short; a match is replaced by a space. Nothing here names a topic.
"""

from __future__ import annotations

import re
from functools import cache

_BODY = r"(?:部门|单位|机构|机关|委办局|委局|厅局|局|委|厅|办公室|办|处室|科室|处|政府|公司|企业|集团|家|方|人)"
_WHICH = rf"(?:哪|什么|何)(?:一|几|些|两)?(?:个|家|位)?(?:市|区|省|县)?(?:级|直)?(?:主管|责任|牵头|职能|政府)?{_BODY}"
_DO = (
    r"(?:具体)?(?:负责人?|牵头|主管|主办|主抓|主责|管理|监管|分管|管|承担|承办|落实|推进|推动|推|实施|执行|组织|统筹|协调|"
    r"配合|参与|协助|解释|处理|建设|提供|对接|搞|弄|办|抓|做|干|建|修)"
)

_RESPONSIBILITY_ZH = (
    rf"(?:这事|这件事|此事|该项?工作|这个|这项工作)?(?:具体|应该|应当|应|该|又|都|分别)?"
    rf"(?:是|由|归|归口|属于|属|找|问|让|靠|要|联系|对接|咨询)?(?:{_WHICH}|谁|哪(?:里|儿)?(?=管|负责|牵头))(?:家)?"
    rf"(?:来|去|在)?(?:主要|具体|一起|共同)?{_DO}*(?:的(?:活儿?|事|任务|工作|职责))?",
    rf"(?:责任|牵头|配合|主管|负责|主责|参与|协办|承办|实施|对接|归口|主办|落实|监管)"
    rf"(?:责任)?(?:管理)?(?:单位|部门|主体|机关|机构|方|人)(?:是|有|为|包括|都有)?(?:{_WHICH}|谁|哪些|哪个|哪几个)?",
    rf"归口(?:管理)?|归{_DO}|(?:由|归)(?:哪|谁)",
    r"职责分工|责任分工|分工情况",
)
_QUANTITY_ZH = (
    r"(?:总共|一共|共|大概|大约|最多|最少|至少|要|能|可以|需要|得)?(?:多少|(?<![哪好])几)(?:万|千|百|亿)?"
    r"(?:个|台|家|条|座|项|名|人|套|所|处|亩|公里|平方公里|平方米|米|吨|元|块钱|块|钱|次|辆|路|分|倍|层|间|张|户|只|件|种|本|期|批|成|公顷|千瓦时|千瓦|天)?"
    r"(?:以上|以内)?",
    r"(?:数量|规模|占比|比例|比率|比重|额度|金额|面积|上限|下限|标准|目标|指标|任务量|分数|得分|增速)?(?:是|有|为|达到|要达到)?多(?:大|高|长|宽|快|重)(?:面积|规模|比例)?",
    r"(?:数量|规模|占比|比例|比重|额度|金额|上限|下限|指标|目标|任务)(?:数|值|量)?(?:要求)?(?:目标)?(?:要求)?(?:是|为)?(?:什么)?$",
    r"(?:数量|占比)(?:\s*目标)?",
)
_DEADLINE_ZH = (
    r"(?:到|在|是|要|得|最晚|最迟|最早|应|应该)?(?:什么时候|啥时候|什么时间|何时|几时|哪(?:一)?(?:年|天|月|日)|几月几号|几月份?|几号|几点(?:钟)?)"
    r"(?:以前|之前|前|以内|为止|底前|底)?",
    r"(?:能|可以|最多|最长|可)?(?:多久|多长时间|多少天|多少个?月|多少年|几天|几个月)(?:以内|内)?",
    r"(?:完成|办理|截止|截至|办结|实施|施行|申报|提交)?(?:时限|期限|截止时间|截止日期|截止日|时间节点|时间要求|完成时间)(?:是|为)?",
)
_FILLER_ZH = (
    r"请问一?下?|我想(?:问|知道|了解|查)(?:一下)?|麻烦(?:问|查)一?下?|帮我?查一?下?|查一?下|请教|你好|您好",
    r"(?:这事|这件事|这项工作|的事情?|方面的?|相关的?|有关的?)",
    r"(?:是|有|要|该)?(?:怎么(?:办理?|样|弄|搞|规定的?|说的?|算|回事)?|如何|咋办?)(?:规定|办理|处理)?的?",
    r"(?:有)?(?:什么|啥|哪些|哪几项|哪几个|哪几条|哪一条|哪条|哪个|哪种|哪)(?:样的?)?(?:意思|规定|要求|政策|措施|内容|办法|说法)?",
    r"有没有|能不能|可不可以|可否|是否|是不是|会不会|行不行",
    r"(?:都|又|还)?(?:是|有)?(?:吗|呢|吧|么|啊|呀|嘛)(?=[\s？?。！!，,]|$)",
)

_WHO_EN = (
    r"\bwho(?:'s|\s+is|\s+are|\s+will\s+be|\s+should\s+be)?(?:\s+(?:the\s+)?(?:responsible|in\s+charge|accountable|leading|takes?\s+care|deals?|handles?|"
    r"manages?|leads?|runs?|oversees?|supervises?))?(?:\s+(?:party|unit|body|department))?(?:\s+(?:for|of|with))?",
    r"\b(?:which|what)\s+(?:\w+\s+){0,2}?(?:departments?|units?|bureaus?|agency|agencies|company|companies|offices?|authority|authorities|"
    r"commissions?|body|bodies|organi[sz]ations?|ministry|committee)(?:\s+(?:is|are|was|will|should|deals?|handles?|leads?|manages?|takes?\s+care|"
    r"oversees?|supervises?))?(?:\s+(?:the\s+)?(?:responsible|in\s+charge|lead(?:ing)?))?(?:\s+(?:for|of|with))?",
    r"\b(?:responsible|lead(?:ing)?|supporting|competent)\s+(?:units?|departments?|agency|agencies|bodies|body|authority|authorities)(?:\s+(?:for|of))?",
    r"\b(?:is|are)?\s*(?:responsible\s+for|in\s+charge\s+of)",
)
_QUANTITY_EN = (
    r"\bhow\s+(?:many|much|large|big|high|long\s+a)\b(?:\s+of)?",
    r"\bwhat\s+(?:is\s+the\s+)?(?:number|percentage|share|proportion|amount|target|ratio|limit|cap|maximum|minimum)(?:\s+(?:of|for|number))?",
    r"\b(?:the\s+)?(?:number|percentage|proportion|target|quantity|upper\s+limit)\s+(?:of|for)\b",
)
_DEADLINE_EN = (
    r"\b(?:by\s+)?when\b(?:\s+(?:must|will|should|is|are|do|does|can))?",
    r"\bhow\s+long\b|\b(?:by\s+)?what\s+(?:date|time|year|month|day)\b",
    r"\b(?:the\s+)?(?:deadline|due\s+date|time\s+limit|completion\s+(?:date|time))\b(?:\s+(?:for|of))?",
)
_STOP_EN = (
    r"\b(?:the|a|an|of|in|for|to|on|at|by|with|is|are|was|were|be|been|being|will|would|shall|should|must|can|could|may|do|does|did|"
    r"has|have|had|it|its|this|that|these|those|there|what|which|who|whom|whose|where|how|why|and|or|please|tell|me|us|about|any|"
    r"i|we|you|they|their|our|your|from|as|than|into|under|per|need|needs|get|gets|built|plan|plans|planned)\b"
)

UNIT_TASKS_ZH = re.compile(
    r"(?:单独|独立|一起|共同|分别|都|要|还|主要|具体|需要|应当?)*"
    r"(?:负责|牵头|承担|参与|参加|配合|主管|主办|管理?|落实|涉及|协助)(?:的|了|着)?(?:是|有)?(?:哪|什么|啥|多少|几)"
    r"|(?:主要)?(?:是|要|都|该|应该)*(?:干|做)(?:些|的)?(?:什么|啥|哪些)(?:的|工作|事)?"
    r"|(?:有|是)?(?:哪些|什么|啥|哪几项|几项|多少项)(?:工作|任务|职责|事项|职能|责任|分工|活|事)"
    r"|(?:的)?(?:职责|工作任务|任务|工作|职能|责任|分工|任务清单|责任清单)(?:清单)?(?:有哪些|有什么|是什么|是哪些|包括哪些|包括什么)?\s*[？?。]?$"
)
UNIT_TASKS_EN = re.compile(
    r"\bwhat\s+(?:(?:tasks?|duties|work|clauses?)\s+)?(?:is|are|does|do|has|have|was)\s+(?:the\s+)?(?P<subject>.+?)\s+"
    r"(?:responsible\s+for|in\s+charge\s+of|leads?\b|leading|do\b|doing|handle|have\s+to|supposed)"
    r"|\b(?:tasks?|duties|responsibilities)\s+of\s+(?:the\s+)?(?P<owner>[^?.]+)"
    r"|\b(?:which|list|all)\s+(?:the\s+)?(?:tasks?|duties|clauses)\s+(?:is|are|does|do|has|have|of|for)?\s*(?:the\s+)?(?P<bearer>[^?.]+)",
    re.IGNORECASE,
)
# Abbreviations that English questions use for things that Chinese texts write out.
ABBREVIATIONS_EN = {
    "ev": "electric vehicle",
    "evs": "electric vehicles",
    "nev": "new energy vehicle",
    "nevs": "new energy vehicles",
    "ai": "artificial intelligence",
    "iot": "internet of things",
    "sme": "small and medium enterprises",
    "smes": "small and medium enterprises",
    "r&d": "research and development",
}

DENIED = re.compile(r"不(?:用|应|该|由|是)?(?:负责|牵头|归|管|属于)|\bnot\s+(?:responsible|in\s+charge)")
ALONE = re.compile(r"单独|独立|独自|\balone\b|\bsolely\b")
TOGETHER = re.compile(r"一起|共同|联合|\btogether\b|\bjointly\b")


@cache
def pattern(kind: str, language: str) -> re.Pattern[str]:
    """The compiled grammar of one kind of asking: responsibility, quantity, deadline or filler."""
    grammars = {
        ("responsibility", "zh"): _RESPONSIBILITY_ZH,
        ("quantity", "zh"): _QUANTITY_ZH,
        ("deadline", "zh"): _DEADLINE_ZH,
        ("filler", "zh"): _FILLER_ZH,
        ("responsibility", "en"): _WHO_EN,
        ("quantity", "en"): _QUANTITY_EN,
        ("deadline", "en"): _DEADLINE_EN,
        ("filler", "en"): (_STOP_EN,),
    }
    return re.compile("|".join(f"(?:{part})" for part in grammars[kind, language]), re.IGNORECASE)
