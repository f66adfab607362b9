"""The one door through which a confirmed name comes and goes; its row with two instants is its history."""

from sqlmodel import Session

from config.act import Act
from flows.actions.ask_office import ask_office
from models.database.swap import swapped
from models.tables.learned import ConfirmedAlias
from models.trail.deeds import did
from rules.trail.words import TrailNoun


def remember_alias(session: Session, alias: ConfirmedAlias, act: Act) -> None:
    """Keep a name; whoever loads the register next in this transaction knows it.

    Raises NotAllowed for who may not.
    """
    ask_office(session, "Ghi nhớ tên gọi", act)
    session.add(alias)
    session.flush()
    did(session, act, TrailNoun.ALIAS, alias.id, "remembered")


def withdraw_once(session: Session, alias_id: int, act: Act) -> bool:
    """Forget a name from now on; False if there is none, or somebody has withdrawn it.

    Raises NotAllowed for who may not.
    """
    ask_office(session, "Rút tên gọi", act)
    stands = (ConfirmedAlias.id == alias_id, ConfirmedAlias.withdrawn_at.is_(None))
    done = swapped(session, ConfirmedAlias, *stands, values={"withdrawn_at": act.now})
    if done:
        did(session, act, TrailNoun.ALIAS, alias_id, "forgotten")
    return done
