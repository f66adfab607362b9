"""What a statement that is built once takes with each turn.

Putting a SELECT together costs more than asking it of an index. So what every page asks stands in a function
of its own under ``functools.cache``, with these in the place of values:
``session.execute(_steps(), {"task": 12})``.
"""

from typing import Any

import sqlalchemy as sa

IDS: Any = sa.bindparam("ids", expanding=True)  # a list; an empty one finds nothing
TASK: Any = sa.bindparam("task")
TODAY: Any = sa.bindparam("today", type_=sa.Date)
