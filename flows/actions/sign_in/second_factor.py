"""The second factor: codes of a telephone (TOTP), recovery codes, devices that are trusted."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from rules.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class TotpOffer:
    """What a telephone is given: ``uri`` as a QR code, ``secret`` to be typed."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def is_required(session: Session, viewer: Viewer, trusted: bool) -> bool:
    """Whether this one must give a second factor on a device that is ``trusted`` or not."""
    raise NotImplementedError


def has_totp(session: Session, person_id: int) -> bool:
    """Whether the person has a telephone that was confirmed."""
    raise NotImplementedError


def begin_totp(engine: Engine, person_id: int, now: datetime) -> TotpOffer:
    """A new secret, which counts from the first code of it on. Raises Refusal if there is one that counts."""
    raise NotImplementedError


def standing_offer(session: Session, person_id: int) -> TotpOffer | None:
    """The secret that was offered and waits for its first code: to show the same again after a wrong one."""
    raise NotImplementedError


def confirm_totp(engine: Engine, person_id: int, code: str, now: datetime) -> tuple[str, ...]:
    """The first code came: returns the recovery codes, which are shown once. Raises Refusal."""
    raise NotImplementedError


def remove_totp(engine: Engine, person_id: int, now: datetime) -> None:
    """Telephone, recovery codes and trusted devices are gone: by the person herself after a code, or by an
    admin."""
    raise NotImplementedError


def check_code(engine: Engine, person_id: int, code: str, now: datetime) -> bool:
    """Whether it is a code of now, or a recovery code, that was never taken before; too many tries: False."""
    raise NotImplementedError


def trust_device(engine: Engine, person_id: int, now: datetime) -> str:
    """A token for a browser in which the second factor was just given."""
    raise NotImplementedError


def is_trusted(session: Session, person_id: int, token: str, now: datetime) -> bool:
    """Whether the person's browser that sends this token is trusted."""
    raise NotImplementedError
