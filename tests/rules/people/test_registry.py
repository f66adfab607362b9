"""Names to bodies as of a day: succession, spellings, candidates, dated membership."""

import unicodedata
from datetime import date

import pytest

from config.agencies import load_register
from rules.people.bodies import MEMBER, Body, Membership
from rules.people.registry import Registry
from rules.text.folding import fold, fold_aligned, fold_with_offsets

OLD, MERGED, CITY = date(2024, 5, 1), date(2025, 4, 1), date(2025, 9, 1)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(load_register().bodies)


@pytest.mark.parametrize(
    ("name", "day", "body_id"),
    [
        ("Sở Tài chính", OLD, "stc"),
        ("Sở Tài chính", MERGED, "st-stc"),
        ("Sở Tài chính", CITY, "ct-stc"),
        ("các địa phương", OLD, "cap-huyen"),
        ("các địa phương", CITY, "ct-xa-phuong"),
        ("Sở Kế hoạch và Đầu tư", CITY, "skhdt"),  # an old name still resolves
        ("sờ  ke hoach & dau tu", OLD, "skhdt"),
        ("UBND TX. Ngã Năm", OLD, "ubnd-nn"),
        ("Uỷ ban nhân dân huyện Mỹ Tú", OLD, "ubnd-mt"),
        ("SCT", OLD, "sct"),
        ("LMHTX", OLD, "lmhtx"),
        ("skhdt", OLD, "skhdt"),
    ],
)
def test_a_name_means_the_body_of_its_day(registry: Registry, name: str, day: date, body_id: str) -> None:
    assert registry.as_of(day).resolve(name).body_id == body_id


def test_a_shared_name_without_a_day_is_not_guessed(registry: Registry) -> None:
    found = registry.as_of(None).resolve("Sở Tài chính")
    assert found.body_id is None
    assert found.candidates == ("stc", "st-stc", "ct-stc")


def test_an_unknown_name_gets_candidates_or_nothing(registry: Registry) -> None:
    view = registry.as_of(OLD)
    assert view.resolve("Sở Nông nghiêp và Phát triển nông thon tỉnh").candidates[0] == "snn"
    assert view.resolve("Hội Sinh vật cảnh").body_id is None
    assert view.resolve("xyz").candidates == ()


def test_mentions_are_longest_whole_words_with_offsets(registry: Registry) -> None:
    text = "Giao  Sở NN&PTNT, Văn phòng UBND tỉnh và Sở\nTài chính; UBND tỉnhX."
    for form in ("NFC", "NFD"):
        shown = unicodedata.normalize(form, text)
        found = registry.as_of(OLD).mentions(shown)
        assert [m.body_id for m in found] == ["snn", "vpubnd", "stc"]
        assert all(shown[m.start : m.end] == m.phrase for m in found)


def test_members_of_the_committee_are_no_names(registry: Registry) -> None:
    text = "Giám đốc Sở Kế hoạch và Đầu tư, Ủy viên Thường trực Ban Chỉ đạo"
    kinds = [registry.get(m.body_id).kind for m in registry.as_of(OLD).mentions(text) if m.body_id]
    assert "so" in kinds
    assert MEMBER not in kinds


def test_membership_is_dated(registry: Registry) -> None:
    assert len(registry.members("cap-huyen", OLD)) == 11
    assert registry.members("cap-huyen", CITY) == ()
    assert "st-stc" in registry.members("so-nganh", MERGED)
    assert "stc" not in registry.members("so-nganh", MERGED)
    assert len(registry.members("thanh-vien-bcd", OLD)) >= 10
    assert registry.members("thanh-vien-bcd", CITY) == ()
    assert len(registry.members("ct-xa-phuong", CITY)) == 103


def test_a_member_that_does_not_exist_that_day_is_left_out() -> None:
    bodies = (
        Body("a", "Sở A", "so", valid_to=date(2024, 6, 30)),
        Body("b", "Sở B", "so"),
        Body("g", "Các sở", "tap-the", members=(Membership("a"), Membership("b", date(2024, 1, 1)))),
    )
    small = Registry(bodies)
    assert small.members("g", date(2023, 12, 31)) == ("a",)
    assert small.members("g", date(2024, 6, 30)) == ("a", "b")
    assert small.members("g", date(2024, 7, 1)) == ("b",)


def test_successors_count_from_their_day(registry: Registry) -> None:
    assert [s.body_id for s in registry.successors("skhdt", date(2025, 3, 1))] == ["st-stc"]
    assert registry.successors("skhdt", date(2025, 2, 28)) == ()
    assert registry.successors("st-stc", None)[0].legal_basis == "Nghị quyết 202/2025/QH15"


def test_folding_unifies_tone_placement_and_keeps_places() -> None:
    assert fold("Hoà Bình") == fold("hòa bình") == "hoa binh"
    assert fold("Đề–án.") == "de-an"
    assert len(fold_aligned("Đường ßtraße ǅ")) == len("Đường ßtraße ǅ")
    folded, origins = fold_with_offsets(unicodedata.normalize("NFD", "Sở  Y tế"))
    assert folded == "so y te"
    assert len(origins) == len(folded) + 1


def test_shared_names_are_told_apart_on_every_day(registry: Registry) -> None:
    listed = {fold(n) for b in registry.bodies if b.kind != MEMBER for n in (b.name, *b.aliases)}
    for day in (OLD, MERGED, CITY):
        view = registry.as_of(day)
        valid = [n for n in listed if any(view.is_valid(i) for i in registry.lexicon[n])]
        assert [n for n in valid if view.resolve(n).body_id is None] == []
