"""How the state of a letter or of a message looks: a tone and a shape for each, green for one only."""

from rules.letter_words import LetterState, MessageState


class _Looks(dict[LetterState | MessageState, tuple[str, str]]):
    """A state that nobody drew yet looks like a doubt: no page ends over it."""

    def __missing__(self, state: LetterState | MessageState) -> tuple[str, str]:
        return "late-done", "doubt"


#: Tone and shape of the chip. Only what a provider took is green; what is unknown here looks like a doubt.
LOOKS = _Looks(
    {
        MessageState.UNKNOWN: ("late-done", "doubt"),
        MessageState.FAILED: ("late", "late"),
        MessageState.OWED: ("late-done", "wait"),
        MessageState.SENDING: ("calm", "up"),
        MessageState.QUEUED: ("calm", "calm"),
        MessageState.SAVED: ("soon", "letter"),
        MessageState.SENT: ("done", "done"),
        MessageState.MOVED: ("quiet", "up"),
        MessageState.OBSOLETE: ("quiet", "open"),
        LetterState.PENDING: ("calm", "calm"),
        LetterState.DISPATCHED: ("calm", "up"),
        LetterState.NO_CONTACT: ("late", "late"),
        LetterState.OBSOLETE: ("quiet", "open"),
    }
)


def letter_look(state: LetterState | MessageState) -> tuple[str, str]:
    """The tone and the shape of a chip."""
    return LOOKS[state]
