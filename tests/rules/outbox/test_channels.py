"""The rows of our channels: each word means one of them, and a row is all that an address needs."""

import pytest

from rules.outbox.address_parts import parts_of
from rules.outbox.address_spelling import normalised
from rules.outbox.addresses import channel_of, identity_of, is_mailbox
from rules.outbox.channels import CHANNELS, MEANT, OUR_CHANNELS, Channel
from rules.outbox.stock_addresses import NO_DELIVERY

LONGEST_NAME = 24  # letters in a row of the outbox


def places(channel: Channel) -> list[str]:
    return [f"x{n}" for n, _ in enumerate(channel.ids)] or ["a@b.example"]


def test_every_word_means_one_channel() -> None:
    words = [word for one in CHANNELS for word in (one.scheme, *one.called)]
    assert len(words) == len(set(words)) == len(OUR_CHANNELS) + len(MEANT)
    assert len({one.name for one in CHANNELS}) == len({one.label for one in CHANNELS}) == len(CHANNELS)
    assert not NO_DELIVERY & set(words)
    assert all(len(one.name) <= LONGEST_NAME for one in CHANNELS)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda one: one.name)
def test_an_address_is_built_and_known_by_its_row(channel: Channel) -> None:
    url = channel.url(places(channel))
    assert normalised(url) == normalised(f" {channel.scheme.upper()} : {url.partition('://')[2]}") == url
    assert is_mailbox(identity_of(url)) == (not channel.ids)
    assert (channel_of(url), parts_of(url).targets) == (channel.name, tuple(places(channel)))
    assert identity_of(url) != identity_of(channel.url([*places(channel), "c@d.example"]))
