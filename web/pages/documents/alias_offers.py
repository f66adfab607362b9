"""The offer to remember a name: a phrase nobody knew, and the body that took its place on the card."""

from dataclasses import dataclass

from rules.draft import DraftDirective, Party
from rules.reading.learning.aliases import AliasRefused, check_alias, replacements
from rules.text.folding import name_key
from web.pages.documents.body_names import Lexicon
from web.pages.documents.draft_cards import PARTY_FIELDS, Card, parties_of


@dataclass(frozen=True, slots=True)
class Offer:
    """One check box beside a field, or the word that there is nothing left to confirm."""

    field: str
    phrase: str
    body: str = ""  # name of the body; "" until one is chosen
    known: bool = False  # the register has the name by now
    ticked: bool = False

    @property
    def value(self) -> str:
        """What is posted."""
        return f"{self.field}|{self.phrase}"


def offers_of(card: Card, origin: DraftDirective, lexicon: Lexicon, text_key: str) -> list[Offer]:
    """What may be remembered from a card; ``origin`` is its directive as first read, ``text_key`` the
    ``name_key`` of the document's text."""
    offers = []
    for name in PARTY_FIELDS:
        before, after = _before(card, name, origin, lexicon), _after(card, name, lexicon)
        taken = replacements(before, after)
        open_still = {party.phrase for party in after if party.body_id is None}
        for phrase in dict.fromkeys(party.phrase for party in before if party.body_id is None):
            offer = _offer(name, phrase, taken.get(phrase), card, lexicon)
            wanted = offer.known or offer.ticked or phrase in taken or phrase in open_still
            if wanted and _stands_in(name_key(phrase), card, text_key):
                offers.append(offer)
    return offers


def _stands_in(key: str, card: Card, text_key: str) -> bool:
    """Nearly always in the words of its own directive: the whole text is not looked through for each."""
    return key in name_key(card.directive.text) or key in text_key


def confirmed_names(card: Card, origin: DraftDirective, lexicon: Lexicon) -> list[tuple[str, str]]:
    """The ticked phrases with their bodies; what cannot be remembered is noted on the card."""
    found = []
    for value in sorted(card.remember):
        name, _, phrase = value.partition("|")
        if card.dropped or name not in PARTY_FIELDS or not phrase:
            continue
        taken = replacements(_before(card, name, origin, lexicon), _after(card, name, lexicon))
        body_id = taken.get(phrase)
        problem = _problem(phrase, body_id, lexicon)
        if problem:
            card.errors.setdefault(name, problem)
        elif body_id:
            found.append((phrase, body_id))
    return found


def _problem(phrase: str, body_id: str | None, lexicon: Lexicon) -> str | None:
    if body_id is None:
        return (
            f"Chưa rõ «{phrase}» được thay bằng cơ quan nào: hãy chọn đúng một cơ quan thay cho tên này, "
            "hoặc bỏ dấu «Ghi nhớ»."
        )
    try:
        check_alias(lexicon.registry, phrase, body_id, lexicon.day)
    except AliasRefused as refusal:
        return str(refusal)
    return None


def _offer(name: str, phrase: str, body_id: str | None, card: Card, lexicon: Lexicon) -> Offer:
    known = lexicon.registry.as_of(lexicon.day).resolve(phrase).body_id
    body = known or body_id
    shown = lexicon.registry.get(body).name if body else ""
    return Offer(name, phrase, shown, known is not None, f"{name}|{phrase}" in card.remember)


def _before(card: Card, name: str, origin: DraftDirective, lexicon: Lexicon) -> tuple[Party, ...]:
    """As first read, then phrases that are open on the card or were when the box was ticked."""
    found = {party.phrase: party for party in parties_of(origin, name)}
    ticked = [value.partition("|") for value in sorted(card.remember)]
    later = [party.phrase for party in parties_of(card.directive, name) if party.body_id is None]
    later += [party.phrase for party in _after(card, name, lexicon) if party.body_id is None]
    later += [phrase for field, _, phrase in ticked if field == name]
    return (*found.values(), *(Party(one, None) for one in dict.fromkeys(later) if one not in found))


def _after(card: Card, name: str, lexicon: Lexicon) -> tuple[Party, ...]:
    return lexicon.parties(card.names[name], parties_of(card.directive, name))
