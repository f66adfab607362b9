"""Each deed of each form leaves one row of the trail, whole; one that is taken back leaves none.

The forms are those of the access matrix, so that a route which joins it joins this; those that are refused
there have a form of their own here that is taken.
"""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from models import db
from models.trail.rows import TrailRow
from rules.vocabulary import Way
from tests.cast import dump
from tests.web.access_cast import CAST
from tests.web.access_forms import address_of
from tests.web.access_office import Staffed
from tests.web.access_rows import ROWS

#: What changes nothing that stays: a look, or somebody whom these tests have not signed in for real.
CHANGE_NOTHING = frozenset(
    {
        "POST /van-ban/dang-doc/{token}", "POST /dang-xuat", "POST /dang-nhap/ma",
        "POST /tai-khoan/phien/khac/cham-dut",
    }
)  # fmt: skip
#: Forms of the admin that are taken, by their row: the address, and what is sent.
TAKEN: dict[str, tuple[str, dict[str, str]]] = {
    "POST /nguoi-dung/moi": ("/nguoi-dung/moi", {"ten": "Lê Thị Mới", "thu-dien-tu": "moi@so.example"}),
    "POST /nguoi-dung/{person_id}/sua": (
        "/nguoi-dung/{secretary}/sua", {"ten": "Tên khác", "phien-ban": "0"}),
    "POST /nguoi-dung/{person_id}/vi-tri": (
        "/nguoi-dung/{secretary}/vi-tri", {"vai-tro": "clerk", "co-quan": "stc", "tu-ngay": "19/12/2022"}),
    "POST /nguoi-dung/{person_id}/vi-tri/{seat_id}/ket-thuc": (
        "/nguoi-dung/{secretary}/vi-tri/{seat}/ket-thuc", {"ngay-cuoi-{seat}": "31/12/2022"}),
    "POST /vang-mat": (
        "/vang-mat",
        {"nguoi": "{secretary}", "thay": "{chair}", "tu-ngay": "20/12/2022", "den-ngay": "21/12/2022"}),
    "POST /vang-mat/{absence_id}/ket-thuc": (
        "/vang-mat/1/ket-thuc", {"nguoi": "{lead}", "ngay-cuoi-1": "18/12/2022"}),
}  # fmt: skip
DEEDS = [row for row in ROWS if row.startswith("POST") and row not in CHANGE_NOTHING]


def doers(row: str) -> list[str]:
    """Those of the cast who do it."""
    if row in TAKEN:
        return ["admin"]
    return [who for who, sign in zip(CAST, ROWS[row].split(), strict=True) if sign == "."]


def send(staffed: Staffed, who: str, row: str) -> int:
    browser = staffed.as_(who)
    _, address, form = address_of(row)
    if row in TAKEN:
        ids = {name: one.viewer.person for name, one in staffed.visitors.items()}
        ids["seat"] = staffed.visitors["secretary"].viewer.seats[0].id
        address, data = TAKEN[row]
        address = address.format(**ids)
        form = {"data": {key.format(**ids): value.format(**ids) for key, value in data.items()}}
    return browser.post(address, **form).status_code


def told(staffed: Staffed, above: int) -> list[Any]:
    with Session(staffed.engine) as session:
        query = sa.select(TrailRow).where(TrailRow.id > above).order_by(TrailRow.id)
        return list(session.scalars(query))


def newest(staffed: Staffed) -> int:
    with Session(staffed.engine) as session:
        return session.scalar(sa.select(sa.func.max(TrailRow.id))) or 0


@pytest.mark.parametrize("row", [row for row in DEEDS if doers(row)])
def test_one_row_and_all_of_it(staffed: Staffed, row: str) -> None:
    """Break: let ``note`` or a door forget the act's doer, or write twice."""
    for who in doers(row):
        before = newest(staffed)
        assert send(staffed, who, row) in (200, 303), who
        [left] = told(staffed, before)
        viewer = staffed.visitors[who].viewer
        seats = {seat.id: seat for seat in viewer.seats}
        assert (left.person_id, left.address, left.way) == (viewer.person, "10.0.0.7", Way.PAGE), who
        assert left.instead_of_id == seats[left.seat_id].instead_of, who
        assert left.actor is not None
        assert left.noun
        assert left.noun_key or "did" in left.data or "asked" in left.data, left
        staffed.put_back()


@pytest.mark.parametrize("row", [row for row in DEEDS if doers(row)])
def test_what_is_taken_back_leaves_none(staffed: Staffed, row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The transaction ends just before its commit. Break: write the row in a transaction of its own."""

    class Ended(Exception):
        pass

    real = db.write_deeds

    def ends(session: Session) -> None:
        real(session)
        raise Ended

    before = dump(staffed.engine)
    monkeypatch.setattr(db, "write_deeds", ends)
    with pytest.raises(Ended):
        send(staffed, doers(row)[0], row)
    monkeypatch.undo()
    assert dump(staffed.engine) == before


def test_every_form_is_tried_here_or_known_to_be_refused() -> None:
    """What nobody of the cast can do in the matrix is done elsewhere: documents, and signing in."""
    left = {row.partition(" [")[0] for row in DEEDS if not doers(row)}
    done = {row.partition(" [")[0] for row in DEEDS if doers(row)}
    elsewhere = {
        row
        for row in left - done
        if not row.startswith(("POST /van-ban/", "POST /dang-nhap", "POST /lien-ket", "POST /tai-khoan/"))
    }
    assert elsewhere == {
        "POST /nguoi-dung/{person_id}/moi", "POST /nguoi-dung/{person_id}/go-ma-xac-thuc",
        "POST /dong-ho/xac-nhan",
    }  # fmt: skip
