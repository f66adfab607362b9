"""Writers of the digest, and of the letters to the secretariat."""

from collections.abc import Sequence

from models.deadlines.recount_lists import recounted_between
from models.follow_up.digest_matter import digest_on, for_reader
from models.outbox.reachability import waiting_on
from models.tables.meetings import still_planned
from notifications.channels.frame.addresses import channel_label
from notifications.letters.clock import clock_letter
from notifications.letters.digest import digest_letter
from notifications.letters.ended_bodies import body_ended_letter
from notifications.letters.lateness_reports import paper_due_letter
from notifications.letters.recounts import ChangedCalendar, CountedAnew, calendar_letter
from notifications.letters.secretariat import ChannelTold, channel_down_letter, no_contact_letter
from notifications.outbox.carried import Carried
from notifications.outbox.newest import by_body
from notifications.outbox.parcel import Letter
from notifications.writing.ended_bodies import of_ended_bodies
from notifications.writing.matters import of_bodies, papers, waiting_urgings
from notifications.writing.writers_desk import WritersDesk
from rules.deadlines.classes import line
from rules.outbox.payloads.deadlines import PaperDue
from rules.outbox.payloads.office import ChannelDown, Digest, NoContact, Recounted, WrongClock


def body_ended(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """What lies at bodies that are gone."""
    bodies = of_ended_bodies(desk.session, letters, desk.day, desk.most)
    return body_ended_letter(to_name, desk.day, bodies, desk.base_url)


def paper_due(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """The công văn that wait to be signed."""
    bodies = papers(desk.session, letters, desk.day, desk.most)
    only = letters[0].told(PaperDue).paper if len(letters) == 1 else None
    return paper_due_letter(to_name, desk.day, bodies, desk.base_url, only)


def calendar(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """The lines of one count, as they stand."""
    told = letters[0].told(Recounted)
    counted = [
        CountedAnew(
            line(one.task, desk.day), one.row.outcome, one.row.old_due_on, one.row.new_due_on, one.row.reason
        )
        for one in recounted_between(desk.session, told.first, told.last)
    ]
    changed = ChangedCalendar(told.years, told.notice, counted)
    return calendar_letter(to_name, desk.day, changed, desk.base_url, desk.most)


def no_contact(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """Bodies that got no letter; letters of one message share the reason."""
    tasks, why = by_body(letters), letters[0].told(NoContact).reason
    bodies = of_bodies(desk.session, list(tasks), list(tasks.values()), desk.day, desk.most)
    return no_contact_letter(to_name, desk.day, bodies, desk.base_url, why)


def channel_down(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """A channel in trouble, and what waits for it now."""
    told = letters[0].told(ChannelDown)
    label, said = channel_label(told.channel), told.text or told.code
    waiting = waiting_on(desk.session, told.channel)
    urgings = waiting_urgings(desk.session, told.channel, desk.day, desk.most)
    stopped = ChannelTold(label, told.since, said, waiting, urgings)
    return channel_down_letter(to_name, stopped, desk.base_url)


def clock(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """What a clock that was wrong has shown."""
    return clock_letter(to_name, letters[0].told(WrongClock), desk.base_url)


def digest(desk: WritersDesk, to_name: str, letters: Sequence[Carried]) -> Letter:
    """The figures of the day of the letter, as its reader may see them."""
    as_of, most = letters[0].scheduled_on, desk.policy.digest.rows_per_section
    if as_of not in desk.digests:
        desk.digests[as_of] = digest_on(desk.session, as_of, desk.policy.digest_windows, most=most)
    found = for_reader(desk.session, desk.digests[as_of], letters[0].agency_id, most)
    told = letters[0].told(Digest)
    meetings = still_planned(desk.session, told.meetings)
    return digest_letter(to_name, found, desk.base_url, meetings, (told.trail_rows, told.trail_head))
