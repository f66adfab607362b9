"""No value that holds a secret shows it when somebody writes it down: a log, a traceback, a debugger.

Break: leave ``repr=False`` out of one of them.
"""

import pytest

from flows.actions.sign_in.oidc import OidcAnswer, OidcStart
from flows.actions.sign_in.passwords import RightPassword
from flows.actions.sign_in.provider import Secrets
from flows.actions.sign_in.second_factor import TotpOffer
from models.sign_in.accounts import Account
from models.tables.sign_in import Credential, LinkToken, RecoveryCode, SignedIn, TrustedDevice
from notifications.outbox.parcel import Letter, Parcel
from rules.sign_in.words import SignInWay
from tests.cast import at
from web.door.looking_in import LookedIn, Sent

SECRET, NOW = "bi-mat-7f3a", at("2022-08-15")
LETTER = Letter("Liên kết đăng nhập", SECRET, SECRET, SECRET)
HOLDERS = (
    OidcAnswer(SECRET, SECRET), OidcStart(SECRET, SECRET), RightPassword(1, frozenset({SECRET})),
    Secrets(SECRET, SECRET, SECRET), TotpOffer(SECRET, SECRET), Account(1, True, SECRET),
    Credential(person_id=1, password=SECRET, totp_secret=SECRET), RecoveryCode(person_id=1, code=SECRET),
    LinkToken(digest=SECRET, link_id=1), TrustedDevice(digest=SECRET, person_id=1, until=NOW),
    SignedIn(digest=SECRET, person_id=1, way=SignInWay.LINK, began_at=NOW, seen_at=NOW),
    LETTER, Parcel(LETTER, "<ob-1@x.example>"), LookedIn(token=SECRET), Sent(SECRET, SECRET, "10.0.0.7"),
)  # fmt: skip


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda one: type(one).__name__)
def test_a_secret_is_not_written_down_with_its_value(holder: object) -> None:
    for said in (repr(holder), str(holder), f"{[holder]}"):
        assert SECRET not in said
