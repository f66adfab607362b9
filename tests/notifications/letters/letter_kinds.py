"""Which of the cast's letters carries which kind."""

from rules.outbox.payloads.keys import LetterKind

#: Which letter carries which kind.
KINDS: dict[LetterKind, str] = {
    LetterKind.ASSIGNMENT: "assignment",
    LetterKind.REMINDER: "morning_one",
    LetterKind.URGING: "morning",
    LetterKind.REVIEW: "morning",
    LetterKind.CONFIRMATION: "confirmation",
    LetterKind.ESCALATION: "escalation",
    LetterKind.ESCALATION_NOTICE: "escalation_notice",
    LetterKind.DECISION: "decision",
    LetterKind.DIGEST: "digest",
    LetterKind.NO_CONTACT: "no_contact",
    LetterKind.CHANNEL_DOWN: "channel_down",
    LetterKind.CROSSING: "crossing",
    LetterKind.EXTENSION: "extension",
    LetterKind.EXTENSION_ANSWER: "extension_answer",
    LetterKind.RETURNED: "returned",
    LetterKind.REFUSED: "refused",
    LetterKind.WITHDRAWN: "withdrawn",
    LetterKind.HANDED_OVER: "handed_over",
    LetterKind.COOPERATION: "cooperation",
    LetterKind.PAPER_DUE: "paper_due",
    LetterKind.BODY_ENDED: "body_ended",
    LetterKind.DEADLINE: "deadline",
    LetterKind.CALENDAR: "calendar",
    LetterKind.CLOCK: "clock",
    LetterKind.CORRECTION: "correction",
    LetterKind.REOPENED: "reopened",
    LetterKind.RECALLED: "recalled",
    LetterKind.INVITATION: "invitation",
    LetterKind.SIGN_IN: "sign_in",
    LetterKind.OFFICER: "officer",
}
