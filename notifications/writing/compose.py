"""A bundle of letters becomes the words of one message, from the rows as they stand now."""

from collections.abc import Sequence
from dataclasses import replace

from models.people.register import agency_names
from notifications.letters.kit.short import LIMIT as SHORT_LIMIT
from notifications.outbox.carried import Carried
from notifications.outbox.parcel import Letter
from notifications.writing.kinds import KINDS
from notifications.writing.writers_desk import Writer, WritersDesk


def compose(desk: WritersDesk, letters: Sequence[Carried]) -> Letter:
    """The words for letters that travel together: all to one person, all of one bundle."""
    bodies = dict.fromkeys(letter.agency_id for letter in letters)
    desk.names.update({one.task.agency_id: one.task.agency_name for one in letters if one.task})
    if unknown := bodies.keys() - desk.names.keys():
        desk.names.update(agency_names(desk.session, unknown))
    to_name = "; ".join(dict.fromkeys(desk.names[body] for body in bodies))
    if desk.instead:
        to_name += f" ({desk.instead})"
    letter = _writer_of(letters)(desk, to_name, letters)
    return _stamped(letter) if all(one.task and one.task.urgent for one in letters) else letter


def _writer_of(letters: Sequence[Carried]) -> Writer:
    """The one writer of all these letters. Raises LookupError: a letter in wrong words is worse than none."""
    writers = {KINDS[letter.kind].write for letter in letters}
    if len(writers) != 1:
        kinds = ", ".join(sorted({letter.kind.value for letter in letters}))
        raise LookupError(f"no letter is written of {kinds}")
    return writers.pop()


def _stamped(letter: Letter) -> Letter:
    """Hỏa tốc stands where a reader looks first."""
    subject, short = (f"HỎA TỐC – {words}" for words in (letter.subject, letter.short))
    return replace(letter, subject=subject, short=short[:SHORT_LIMIT])
