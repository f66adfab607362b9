"""Writers of the letters to one person; a token is made here, with the words that carry it.

Whoever calls these commits the hash of the token together with the claim of the message, before it leaves.
"""

from collections.abc import Sequence
from dataclasses import replace

from models.people.held.told_persons import person_names, seats_named
from models.sign_in.tokens import new_token
from notifications.letters.kit.matters import Matter
from notifications.letters.people import invitation_letter, officer_letter, sign_in_letter
from notifications.outbox.carried import Carried
from notifications.outbox.newest import newest
from notifications.outbox.parcel import Letter
from notifications.writing.matters import as_matters
from notifications.writing.writers_desk import WritersDesk
from rules.outbox.payloads.people import Invitation, OfficerNamed, SignIn
from rules.sign_in.links import link_url


def invitation(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """With a token of its own; what is tried again has another, and both open the link."""
    letter, told = letters[0], letters[0].told(Invitation)
    seats = seats_named(desk.session, letter.person_id or 0, desk.day)
    return invitation_letter(_named(desk, letters), seats, _url(desk, told.link), told.until)


def sign_in(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """The same."""
    told = letters[0].told(SignIn)
    return sign_in_letter(_named(desk, letters), _url(desk, told.link), told.until)


def officer(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """The tasks that bodies handed on to their officer, who is named beside them."""
    matters = as_matters(desk.session, newest(letters), desk.day, _handed_on)
    to_whom = f"{_named(desk, letters)} – {to_name}"
    return officer_letter(to_whom, desk.day, matters, desk.base_url, desk.most)


def _handed_on(letter: Carried, matter: Matter) -> Matter:
    return replace(matter, reason=letter.told(OfficerNamed).note, day=letter.due_on)


def _url(desk: WritersDesk, link: int) -> str:
    return link_url(desk.base_url, new_token(desk.session, link))


def _named(desk: WritersDesk, letters: Sequence[Carried]) -> str:
    ids = list(dict.fromkeys(letter.person_id for letter in letters if letter.person_id))
    names = person_names(desk.session, ids)
    return "; ".join(f"Ông/Bà {names[person]}" for person in ids)
