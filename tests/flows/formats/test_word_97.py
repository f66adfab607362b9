"""Old Word files, by way of LibreOffice."""

import os
import subprocess
from pathlib import Path

import pytest

from flows.actions.reading.read_document import DocumentError, read_document
from flows.formats import word_97
from tests.flows.formats.installed import needs_soffice

RTF = (
    rb"{\rtf1\ansi\uc1{\header\pard T\u7888?I M\u7852?T\par}\pard Giao S\u7903? Y t\u7871?\par"
    rb"\pard r\u224? so\u225?t\par}"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


@needs_soffice
def test_an_old_file_is_converted_and_read(tmp_path: Path) -> None:
    plain = RTF.replace(rb"{\header\pard T\u7888?I M\u7852?T\par}", b"")
    reports: list[str] = []
    old = as_doc(plain, tmp_path)
    assert old.startswith(OLE[:8])
    text = read_document("a.doc", old, lambda message, share: reports.append(message))
    assert text == "Giao Sở Y tế\nrà soát"
    assert reports


@needs_soffice
def test_a_mark_of_secrecy_in_its_header_is_seen() -> None:
    with pytest.raises(DocumentError, match="Tối mật"):
        read_document("a.rtf", RTF)


@needs_soffice
def test_what_libreoffice_cannot_open_is_refused() -> None:
    broken = OLE + "WordDocument".encode("utf-16-le") + b"\x00" * 500
    with pytest.raises(DocumentError, match="“a.doc” bị hỏng.*lưu lại dạng .docx"):
        read_document("a.doc", broken)


def test_without_libreoffice_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_97.shutil, "which", lambda name: None)
    with pytest.raises(DocumentError, match="“a.rtf”.*lưu lại dạng .docx"):
        read_document("a.rtf", RTF)


def test_one_that_hangs_is_killed_with_its_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(word_97, "_SECONDS", 0.2)
    line = tmp_path / "line"
    os.mkfifo(line)
    reader = os.open(line, os.O_RDONLY | os.O_NONBLOCK)
    assert not word_97._runs_through(["sh", "-c", f"sleep 60 > {line} & wait"], tmp_path)
    os.set_blocking(reader, True)
    assert os.read(reader, 1) == b""  # the end is only read when nobody is left to write
    os.close(reader)


@needs_soffice
def test_a_small_file_that_asks_for_gigabytes_is_soon_refused() -> None:
    with pytest.raises(DocumentError, match="“a.rtf” bị hỏng, quá lớn"):
        read_document("a.rtf", rb"{\rtf1\ansi " + b"a\\par\n" * 800_000 + b"}")


def test_it_gets_so_much_memory_and_no_more(tmp_path: Path) -> None:
    most = f'test "$(ulimit -d)" -eq {word_97._KILOBYTES}'
    assert word_97._runs_through(["sh", "-c", most], tmp_path)
    assert word_97._KILOBYTES < 200_000


def test_a_password_is_told_by_the_file_itself() -> None:
    locked = OLE + b"\xec\xa5" + b"\x00" * 9 + b"\x01" + b"\x00" * 400
    with pytest.raises(DocumentError, match="“a.doc” được đặt mật khẩu"):
        read_document("a.doc", locked)


def as_doc(rtf: bytes, folder: Path) -> bytes:
    source = folder / "a.rtf"
    source.write_bytes(rtf)
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "doc", "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    return (folder / "out" / "a.doc").read_bytes()
