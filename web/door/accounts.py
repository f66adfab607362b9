"""Whether this office has accounts: once it has, nobody is let in without one."""

from sqlalchemy.engine import Engine

from flows.actions.sign_in.accounts import has_accounts
from models.db import reading


class Accounts:
    """Asked of the database until there is one; what was true once is remembered by the process."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._known = engine, False

    def exist(self) -> bool:
        """One small query while nobody has an account, afterwards none."""
        if not self._known:
            with reading(self._engine) as session:
                self._known = has_accounts(session)
        return self._known
