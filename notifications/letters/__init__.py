"""The door to every letter that leaves the building: facts in, one ``Letter`` out.

Pure functions: no clock, no database, no settings. The words stand in ``templates/<letter>.j2``.

What whoever writes a letter into the outbox puts into it (``NewLetter``; keys by
``notifications/keys.py``). ``number`` and ``due_on`` are columns of the letter, the rest its
``data``; dates in ``data`` are ISO text, every text is as somebody typed it.

=================  ==========================================================================
kind               number, due_on; data
=================  ==========================================================================
assignment         data: document (id)
cooperation        due_on: the body's own date, if any; data: document (id)
reminder           number: working days before, 0 on the day; due_on: the deadline in force
urging             number: n of the series; due_on: the deadline in force, if any; data: note (what
                   whoever urges by hand says)
review             due_on empty
confirmation       number: how often it was asked already (0 for the first)
returned           data: faults (``Fault``), reason, submitted_on
refused            data: reason, agency_id (the body that refuses; the lead agency without it)
withdrawn          data: reason
correction         data: role (``mended.ROLES``), corrected (field, before, after in words), reason
reopened           data: reason, confirmed_on
recalled           one a body; data: document (id), task_ids (all of the body), reason
handed_over        to both bodies; data: from, to (bodies), legal_basis, reason, old_task, new_task
extension          due_on: the deadline in force; data: wanted_on, reason, granted (so far),
                   agency_id (who asks; the lead agency without it)
extension_answer   due_on: the deadline in force now; data: state (``ExtensionState``), note,
                   counter_on, reason (of the request), decided_by (a capacity, not a person)
crossing           number: the step; due_on: the deadline in force; data: trigger, rung
paper_due          no task_id; data: paper (id), agency_id, task_ids (else those of its urgings)
escalation         case_id; data: rung
escalation_notice  case_id; data: rung, from_rung, silent
decision           case_id
digest             data: meetings (ids of those that it is written ahead of, if any)
no_contact         data: agency_id, task_ids, reason (``Unreached``; no address without it); letters
                   written before 0010 say unwritten (true: a letter could not be worded)
channel_down       data: channel, since (an instant), code, text (what the channel said)
=================  ==========================================================================
"""

from notifications.letters.cases import decision_letter, escalation_letter, escalation_notice
from notifications.letters.digest import digest_letter
from notifications.letters.extensions import extension_answer, extension_letter
from notifications.letters.lateness_reports import crossing_letter, paper_due_letter
from notifications.letters.matters import Matter, OfBody
from notifications.letters.mended import correction_letter, recalled_letter, reopened_letter
from notifications.letters.notices import (
    handed_over_letter,
    refused_letter,
    returned_letter,
    withdrawn_letter,
)
from notifications.letters.secretariat import channel_down_letter, confirmation_letter, no_contact_letter
from notifications.letters.tasks import assignment_letter, cooperation_letter, morning_letter

__all__ = [
    "Matter",
    "OfBody",
    "assignment_letter",
    "channel_down_letter",
    "confirmation_letter",
    "cooperation_letter",
    "correction_letter",
    "crossing_letter",
    "decision_letter",
    "digest_letter",
    "escalation_letter",
    "escalation_notice",
    "extension_answer",
    "extension_letter",
    "handed_over_letter",
    "morning_letter",
    "no_contact_letter",
    "paper_due_letter",
    "recalled_letter",
    "refused_letter",
    "reopened_letter",
    "returned_letter",
    "withdrawn_letter",
]
