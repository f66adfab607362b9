"""Persons, the seats that they hold at bodies, who stands in for whom, and who works on a task in a body.

A contact of the register (``agencies.py``) is where a body's letters go; a seat says who sits there.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.database.columns import big_key, words
from rules.people.seat_roles import SeatRole


class Person(SQLModel, table=True):
    """An official; never deleted. By ``email_key`` two addresses are told to be one (``addresses.py``)."""

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    name: str = Field(max_length=200)
    email: str | None = Field(default=None, max_length=254)
    email_key: str | None = Field(default=None, max_length=254, unique=True)
    phone: str | None = Field(default=None, max_length=32)
    active: bool = True
    version: int = 0
    added_at: datetime


class SeatRow(SQLModel, table=True):
    """A person sits at a body in a role, from a day to a day (inclusive; None is open). Never deleted.

    Only a seat of the installation (``SeatRole.ADMIN``) is at no body.
    """

    __tablename__ = "seat"
    __table_args__ = (sa.Index("ix_seat_body_id", "body_id", "valid_to"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=big_key())
    body_id: str | None = Field(default=None, foreign_key="agency.id")
    role: SeatRole = Field(sa_type=words(SeatRole, "role"))
    valid_from: date
    valid_to: date | None = None
    version: int = 0


class Absence(SQLModel, table=True):
    """``deputy_id`` stands in for ``person_id`` on these days (inclusive), in one seat or in all (None).

    One that ends early has an earlier ``last_on``; one that never began has ``cancelled``.
    """

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=big_key())
    deputy_id: int = Field(foreign_key="person.id", index=True, sa_type=big_key())
    seat_id: int | None = Field(default=None, foreign_key="seat.id", sa_type=big_key())
    first_on: date
    last_on: date
    note: str = ""
    cancelled: bool = False
    version: int = 0


class TaskOfficer(SQLModel, table=True):
    """Who works on a task within a body (người thực hiện), and by when; its history is the task's.

    ``due_on`` is the body's own earlier date; the deadline of the task is not touched by it.
    """

    __tablename__ = "task_officer"

    task_id: int = Field(primary_key=True, foreign_key="task.id", sa_type=big_key())
    body_id: str = Field(primary_key=True, foreign_key="agency.id")
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=big_key())
    due_on: date | None = None
    note: str = ""
    version: int = 0
