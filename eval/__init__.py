"""Is it good, is it fast: labelled questions, retrieval over a corpus, extraction of units, speed. The door of `tiaowen-eval`.

Never `import eval` bare where the built-in function of that name is meant; write `from eval.measures import …`.
"""

from eval.errors import EvalError
from eval.labelled import Labelled, Right, own_questions, read_questions
from eval.measures import mean, per_query

__all__ = ["EvalError", "Labelled", "Right", "mean", "own_questions", "per_query", "read_questions"]
