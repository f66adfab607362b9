"""What this installation's settings say of signing in, as the rules take it."""

from datetime import timedelta

from config.settings import get_settings
from rules.people.seat_roles import SeatRole
from rules.sign_in.ages import Ages
from rules.sign_in.second_factor import Demand
from rules.sign_in.words import LinkPurpose


def ages() -> Ages:
    """How long a sign-in stands."""
    settings = get_settings()
    return Ages(timedelta(hours=settings.sign_in_idle_hours), timedelta(days=settings.sign_in_days))


def life_of(purpose: LinkPurpose) -> timedelta:
    """How long a link can be used."""
    settings = get_settings()
    return {
        LinkPurpose.INVITATION: timedelta(days=settings.invitation_days),
        LinkPurpose.SIGN_IN: timedelta(minutes=settings.sign_in_link_minutes),
    }[purpose]


def demand() -> Demand:
    """Whose seats ask for a second factor."""
    settings = get_settings()
    return Demand(
        frozenset(map(SeatRole, settings.second_factor_always)),
        frozenset(map(SeatRole, settings.second_factor_new_device)),
    )


def trust() -> timedelta:
    """How long a browser is trusted."""
    return timedelta(days=get_settings().trusted_device_days)
