"""How a person signs in, and who is signed in: nothing here opens a door to whoever reads the table.

Every token is random and stands here as its SHA-256 only; a password as its argon2id hash.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.database.columns import big_key, words
from rules.sign_in.words import LinkPurpose, SignInWay

_DIGEST = 64  # hex digits of SHA-256


class Credential(SQLModel, table=True):
    """What a person knows and has; no row: neither yet.

    ``totp_step`` is the last time step whose code was taken: no code is taken twice. Without ``totp_at``
    the secret was shown, and no code of it has come yet.
    """

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=big_key())
    password: str | None = Field(default=None, repr=False)
    password_at: datetime | None = None
    totp_secret: str | None = Field(default=None, repr=False, max_length=64)
    totp_at: datetime | None = None
    totp_step: int = 0
    version: int = 0


class RecoveryCode(SQLModel, table=True):
    """One of the codes for when the second factor is lost; each opens once."""

    __tablename__ = "recovery_code"

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=big_key())
    code: str = Field(repr=False)
    used_at: datetime | None = None


class PersonLink(SQLModel, table=True):
    """A one-time link for one person, to be used before ``expires_at``. Its tokens: ``LinkToken``."""

    __tablename__ = "person_link"

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=big_key())
    purpose: LinkPurpose = Field(sa_type=words(LinkPurpose, "purpose"))
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


class LinkToken(SQLModel, table=True):
    """A token of a link, made when its letter is written: one for each writing, all of one link."""

    __tablename__ = "link_token"

    digest: str = Field(primary_key=True, max_length=_DIGEST, repr=False)
    link_id: int = Field(foreign_key="person_link.id", index=True, sa_type=big_key())


class SignedIn(SQLModel, table=True):
    """One sign-in of one person in one browser, as long as ``ended_at`` is empty and it is not too old.

    ``second_at``: when the second factor was given in it. ``seats``: which seats the person held when its
    id was made; another set asks for a new id.
    """

    __tablename__ = "signed_in"
    __table_args__ = (
        sa.Index(
            "ix_signed_in_person_id",
            "person_id",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    digest: str = Field(unique=True, max_length=_DIGEST, repr=False)
    person_id: int = Field(foreign_key="person.id", sa_type=big_key())
    way: SignInWay = Field(sa_type=words(SignInWay, "way"))
    began_at: datetime
    seen_at: datetime
    second_at: datetime | None = None
    ended_at: datetime | None = None
    seats: str = ""
    address: str = Field(default="", max_length=64)
    agent: str = Field(default="", max_length=200)


class TrustedDevice(SQLModel, table=True):
    """A browser that need not give the second factor until ``until``."""

    __tablename__ = "trusted_device"

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    digest: str = Field(unique=True, max_length=_DIGEST, repr=False)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=big_key())
    until: datetime
