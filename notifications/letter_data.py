"""What the data of each kind of letter hold: the one table that writers and readers are held to.

Written by whoever puts a letter into the outbox (``NewLetter``; keys by ``rules/outbox/keys.py``), read by
the wording (``compose.py``, ``matters.py``), by what still holds (``relevance.py``) and by what travels
together (``dispatch.py``). Nothing is written that nobody reads: ``tests/notifications/test_letter_data.py``
watches both. ``number`` and ``due_on`` are columns of the letter. Dates in ``data`` are ISO text, every text
is as somebody typed it.

=================  ==========================================================================
kind               number, due_on; data
=================  ==========================================================================
assignment         document (id)
cooperation        due_on: the body's own date, if any; document (id)
reminder           number: working days before, 0 on the day; due_on: the deadline in force
urging             number: n of the series; due_on: the deadline in force, if any; note (what whoever
                   urges by hand says; nothing in the sweep's)
review             due_on empty
confirmation       number: how often it was asked already (none for the first)
returned           faults (``Fault``), reason
refused            reason
withdrawn          reason
correction         role (``letters.mended.ROLES``), corrected (field, before, after in words), reason
reopened           reason, confirmed_on
recalled           one a body; document (id), task_ids (all of the body), reason
handed_over        to both bodies and to those that cooperate; hand_over (id), from, to (bodies),
                   legal_basis, reason, old_task (id: its urgings are told as they stand)
extension          due_on: the deadline in force; state (``ExtensionState``), wanted_on, reason,
                   granted (extensions so far)
extension_answer   due_on: the deadline in force now; state, note, counter_on, reason (of the
                   request), decided_by (a capacity, not a person), often (extended)
deadline           due_on: the deadline in force; old_due_on (what the lead was told last), cause
                   (``DeadlineCause``), reason (how it came about)
crossing           number: the step; due_on: the deadline in force
paper_due          no task_id; paper (id), agency_id
escalation         case_id; rung
escalation_notice  case_id; rung, from_rung, silent
decision           case_id
digest             meetings (ids of those that it is written ahead of, if any)
no_contact         agency_id, task_ids, reason (``Unreached``; no address without it)
channel_down       channel, since (an instant), code, text (what the channel said)
calendar           no task_id; first, last (ids of the lines of one count), years, notice
clock              shown, last_shown (instants that the wrong clock showed), last_day (the last one
                   followed before), back (the instant at which it was right again), sent (messages)
body_ended         agency_id (the body), ended_on (its last day), stake (``Stake``)
=================  ==========================================================================
"""

from collections.abc import Mapping

from rules.letter_words import LetterKind as K

KEYS: Mapping[K, frozenset[str]] = {
    **dict.fromkeys((K.ASSIGNMENT, K.COOPERATION), frozenset({"document"})),
    **dict.fromkeys((K.REMINDER, K.REVIEW, K.CONFIRMATION, K.CROSSING, K.DECISION), frozenset()),
    K.URGING: frozenset({"note"}),
    K.CORRECTION: frozenset({"role", "corrected", "reason"}),
    K.REOPENED: frozenset({"reason", "confirmed_on"}),
    K.RECALLED: frozenset({"document", "task_ids", "reason"}),
    K.RETURNED: frozenset({"faults", "reason"}),
    **dict.fromkeys((K.REFUSED, K.WITHDRAWN), frozenset({"reason"})),
    K.HANDED_OVER: frozenset({"hand_over", "from", "to", "legal_basis", "reason", "old_task"}),
    K.EXTENSION: frozenset({"state", "wanted_on", "reason", "granted"}),
    K.EXTENSION_ANSWER: frozenset({"state", "note", "counter_on", "reason", "decided_by", "often"}),
    K.DEADLINE: frozenset({"old_due_on", "cause", "reason"}),
    K.PAPER_DUE: frozenset({"paper", "agency_id"}),
    K.ESCALATION: frozenset({"rung"}),
    K.ESCALATION_NOTICE: frozenset({"rung", "from_rung", "silent"}),
    K.DIGEST: frozenset({"meetings"}),
    K.NO_CONTACT: frozenset({"agency_id", "task_ids", "reason"}),
    K.CHANNEL_DOWN: frozenset({"channel", "since", "code", "text"}),
    K.CALENDAR: frozenset({"first", "last", "years", "notice"}),
    K.CLOCK: frozenset({"shown", "last_shown", "last_day", "back", "sent"}),
    K.BODY_ENDED: frozenset({"agency_id", "ended_on", "stake"}),
}
#: Still read, for letters that an older release wrote and that have not left yet; nobody writes it.
OF_OLD: Mapping[K, frozenset[str]] = {K.NO_CONTACT: frozenset({"unwritten"})}  # before 0010
