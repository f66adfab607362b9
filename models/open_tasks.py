"""Set-based looks at open tasks: the rules' windows become parameters, SQL does the scanning."""

from models.predicates import among
from models.tasks import Task
from rules.vocabulary import AWAITED

_AWAITED = among(Task.status, AWAITED)
