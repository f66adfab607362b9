"""Letters as files: one file per Message-ID, whole or not at all."""

import email
import email.policy
import errno
import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from apprise import Apprise

from notifications.channels import registry
from notifications.channels.mail import folder
from notifications.channels.registry import post
from notifications.outbox.parcel import Parcel, Trouble
from rules.letter_words import OutcomeClass

MakeParcel = Callable[..., Parcel]
Configure = Callable[..., None]

TO = "emlfolder://van.thu@stc.example"


@pytest.fixture
def letters(configure: Configure, tmp_path: Path) -> Path:
    return tmp_path / "letters"


def test_a_letter_becomes_a_file_named_by_its_id(letters: Path, parcel: MakeParcel) -> None:
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.SAVED, "written")
    assert [path.name for path in letters.iterdir()] == ["ob-1@dondoc.example.eml"]
    raw = (letters / "ob-1@dondoc.example.eml").read_bytes()
    assert not re.search(rb"(?<!\r)\n", raw)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["Subject"] == parcel().letter.subject
    assert message["To"] == "Nguyễn Văn A <van.thu@stc.example>"


def test_the_same_letter_again_is_the_same_file(letters: Path, parcel: MakeParcel) -> None:
    post(TO, parcel())
    first = (letters / "ob-1@dondoc.example.eml").read_bytes()
    outcome = post(TO, parcel(text="khác"))
    assert (outcome.kind, outcome.code) == (OutcomeClass.SAVED, "exists")
    assert [path.read_bytes() for path in letters.iterdir()] == [first]


def test_many_writers_one_file(letters: Path, parcel: MakeParcel) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: post(TO, parcel()).code, range(24)))
    assert codes.count("written") == 1
    assert codes.count("exists") == 23
    assert len(list(letters.iterdir())) == 1


def test_a_link_lost_to_another_writer_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"first")
    assert folder._put(tmp_path / "a.eml", b"second") is False
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"first"]


def test_without_hard_links(letters: Path, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*args: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(os, "link", link)
    assert post(TO, parcel()).code == "written"
    assert [path.name for path in letters.iterdir()] == ["ob-1@dondoc.example.eml"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_trouble_of_the_disk_passes(
    letters: Path, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", fail)
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.TRY_AGAIN, errno.errorcode[number])
    assert outcome.trouble is Trouble.CHANNEL
    assert list(letters.iterdir()) == []  # no half letter


def test_the_folder_cannot_be_made(configure: Configure, parcel: MakeParcel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    configure(letters_folder=tmp_path / "file" / "letters")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code) == (OutcomeClass.TRY_AGAIN, "ENOTDIR")
    assert str(tmp_path) not in outcome.text


def test_a_sender_that_is_no_address(letters: Path, configure: Configure, parcel: MakeParcel) -> None:
    configure(smtp_from="Văn phòng")
    outcome = post(TO, parcel())
    assert (outcome.kind, outcome.code, outcome.trouble) == (
        OutcomeClass.TRY_AGAIN,
        "config",
        Trouble.CHANNEL,
    )


def test_for_apprise_a_saved_letter_is_a_success(letters: Path, parcel: MakeParcel) -> None:
    registry.register_channels()
    sender = Apprise()
    assert sender.add(TO)
    assert sender.notify(title="Thử", body="Thử thư mục") is True


def test_a_full_disk_is_met_once_for_several_mailboxes(
    letters: Path, parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []

    def fail(path: Path, data: bytes) -> bool:
        tried.append(path)
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(folder, "_put", fail)
    outcome = post(f"{TO}/lanh.dao@stc.example", parcel())
    assert (outcome.code, outcome.trouble, len(tried)) == ("ENOSPC", Trouble.CHANNEL, 1)


@pytest.mark.parametrize("message_id", ["<../../etc/passwd@x>", "<a b@x>", "<" + "x" * 300 + "@x>", "<.x@x>"])
def test_an_odd_id_stays_inside(letters: Path, parcel: MakeParcel, message_id: str) -> None:
    assert post(TO, parcel(message_id=message_id)).code == "written"
    assert post(TO, parcel(message_id=message_id)).code == "exists"
    [path] = letters.iterdir()
    assert path.suffix == ".eml"
    assert not path.name.startswith(".")


def test_ids_that_look_alike_once_cleaned_stay_apart() -> None:
    assert len({folder.file_name("<a/b@x>"), folder.file_name("<a_b@x>"), folder.file_name("<a b@x>")}) == 3


def test_an_address_with_two_mailboxes_makes_two_files(letters: Path, parcel: MakeParcel) -> None:
    assert post(f"{TO}/lanh.dao@stc.example", parcel()).kind is OutcomeClass.SAVED
    messages = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in letters.iterdir()
    ]
    addresses = sorted(message["To"].addresses[0].addr_spec for message in messages)
    assert addresses == ["lanh.dao@stc.example", "van.thu@stc.example"]
