"""How whoever sits at a body reads its letters: in which role, and beside or instead of the office's mailbox.

A seat's person hears what a contact of the register in that role hears, but for an officer, who hears of
the tasks that were handed on to him, and whoever sits at no body, who gets letters of his own only.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rules.outbox.bundling import LEADER, Reader
from rules.people.seat_roles import SeatRole
from rules.vocabulary import Labelled

CLERK = "van-thu"
OFFICER, OWN = "nguoi-thuc-hien", "ca-nhan"  # roles that no register has
#: Readers in these roles do not stand for a body: what nobody else reads reaches nobody there.
NOT_FOR_BODY = (OWN, OFFICER)

#: The role of the contact that a person has by a seat.
READS_AS: Mapping[SeatRole, str] = MappingProxyType(
    {
        SeatRole.CLERK: CLERK,
        SeatRole.OFFICER: OFFICER,
        SeatRole.HEAD: LEADER,
        SeatRole.SECRETARY: CLERK,
        SeatRole.CHAIR: LEADER,
        SeatRole.DEPUTY_CHAIR: LEADER,
        SeatRole.MEMBER: LEADER,
        SeatRole.ADMIN: OWN,
    }
)


class LettersTo(Labelled):
    """Where the letters to a body go."""

    OFFICE = "office", "Hộp thư của cơ quan"
    PERSON = "person", "Người giữ vị trí"
    BOTH = "both", "Hộp thư của cơ quan và người giữ vị trí"


def chosen(readers: Iterable[Reader], to: LettersTo) -> frozenset[int]:
    """Ids of those of a body's readers that letters go to, leaders and others each by themselves.

    Where nobody sits the office's mailbox reads all the same, and where it has none, whoever sits there.
    """
    found: set[int] = set()
    every = list(readers)
    for leads in (True, False):
        mine = [reader for reader in every if (reader.role == LEADER) is leads]
        wanted = [reader for reader in mine if (reader.person is None) is (to is LettersTo.OFFICE)]
        found.update(reader.id for reader in (mine if to is LettersTo.BOTH else wanted or mine))
    return frozenset(found)
