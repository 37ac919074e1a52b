"""Who is calling, and from where: numbers and addresses as people write them (E5.2.1a)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.directory.models import Phone, address, find_unit, recognise, search_units
from helpdesk.directory.numbers import normalize, same_line
from helpdesk.directory.places import Place, parse_place, split_place
from tests.factories.helpdesk import make_resident, make_unit

WRITTEN = [
    ("13812345678", "13812345678"),
    ("138-1234 5678", "13812345678"),
    ("138 1234 5678", "13812345678"),
    ("(138)1234.5678", "13812345678"),
    ("+8613812345678", "13812345678"),
    ("+86 138 1234 5678", "13812345678"),
    ("008613812345678", "13812345678"),
    ("8613812345678", "13812345678"),
    ("１３８-１２３４ ５６７８", "13812345678"),
    ("0512-65432100", "051265432100"),
    ("（0512）6543 2100", "051265432100"),
    ("+86 512 6543 2100", "051265432100"),
    ("0512-65432100转801", "051265432100"),
    ("0512-65432100-801", "051265432100"),
    ("021-6543 2100 ext. 8", "02165432100"),
    ("65432100", "65432100"),
    ("10086", "10086"),
    ("86543210", "86543210"),
    ("+1 (415) 555-0100", "14155550100"),
    ("隐藏号码", ""),
    ("", ""),
]


@pytest.mark.parametrize(("written", "digits"), WRITTEN)
def test_E5_2_1a_a_number_is_read_however_it_is_written(written, digits):
    assert normalize(written) == digits


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("051265432100", "65432100", True),
        ("65432100", "051265432100", True),
        ("051265432100", "051265432100", True),
        ("051265432100", "02165432100", False),
        ("13812345678", "12345678", False),
        ("13812345678", "13912345678", False),
        ("07776543210", "6543210", True),
    ],
)
def test_landlines_meet_with_and_without_their_area_code(one, other, same):
    assert same_line(one, other) is same


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text):
    digits = normalize(text)
    assert digits == "" or (digits.isascii() and digits.isdigit() and len(digits) <= 15)
    place, rest = split_place(text)
    assert place is not None or rest == text.strip()


@pytest.mark.django_db
def test_E5_2_1a_a_caller_is_recognised():
    flat = make_unit("3栋1202")
    zhou = make_resident("周敏", "138-0013 8000", "0512-65432100", unit=flat)
    husband = make_resident("何先生", "65432100", unit=flat)
    make_resident("别处", "021-65432100")
    assert recognise("+86 138 0013 8000") == [zhou]
    assert recognise("0512 6543 2100") == [zhou, husband], "a shared line belongs to both"
    assert recognise("13800138001") == []
    assert recognise("8000") == [], "a few digits are nobody"


@pytest.mark.django_db
def test_recognising_costs_one_query(django_assert_num_queries):
    flat = make_unit("3栋1202")
    for name in ("甲", "乙", "丙"):
        make_resident(name, "65432100", unit=flat)
    with django_assert_num_queries(1):
        assert [str(one.unit) + one.unit.short for one in recognise("65432100")] == ["3栋12023-1202"] * 3


PLACES = [
    ("3-502", Place("3", "", "502")),
    ("3栋1202", Place("3", "", "1202")),
    ("3号楼502", Place("3", "", "502")),
    ("3 号楼 502室", Place("3", "", "502")),
    ("３栋１２０２", Place("3", "", "1202")),
    ("三栋502", Place("3", "", "502")),
    ("十二栋502", Place("12", "", "502")),
    ("2栋1单元301", Place("2", "1", "301")),
    ("2-1-301", Place("2", "1", "301")),
    ("3幢502", Place("3", "", "502")),
    ("A座1806", Place("A", "", "1806")),
    ("a-1806", Place("A", "", "1806")),
    ("3#502", Place("3", "", "502")),
    ("03-502", Place("3", "", "502")),
    ("3—502", Place("3", "", "502")),
    ("3-502 厨房", None),
    ("地下车库B1", None),
    ("138-0013 8000", None),
    ("138-00138000", None),
    ("16:30", None),
    ("", None),
]


@pytest.mark.parametrize(("spoken", "place"), PLACES)
def test_E5_2_1a_an_address_is_read_however_it_is_said(spoken, place):
    assert parse_place(spoken) == place


@pytest.mark.django_db
def test_E5_2_1a_a_unit_is_found_only_when_it_is_one():
    flat = make_unit("3栋502")
    assert [find_unit(text) for text in ("3-502", "3号楼502室", "3栋502")] == [flat] * 3
    assert [find_unit(text) for text in ("3-503", "4-502", "502", "张三", "")] == [None] * 5
    one, two = make_unit("2栋1单元301"), make_unit("2栋2单元301")
    type(one).objects.filter(pk=one.pk).update(unit_no="1", room="301")
    type(two).objects.filter(pk=two.pk).update(unit_no="2", room="301")
    assert find_unit("2-301") is None, "two stairs have a 301"
    assert find_unit("2-2-301") == two


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "text", "written"),
    [
        (False, "3-502 厨房", "3栋502 厨房"),
        (False, "3栋502", "3栋502"),
        (True, "", "3栋502"),
        (True, "3-502", "3栋502"),
        (True, "厨房", "3栋502 厨房"),
        (True, "3栋502 厨房", "3栋502 厨房"),
    ],
)
def test_an_address_is_written_one_way(given, text, written):
    flat = make_unit("3栋502")
    assert address(flat if given else None, text) == (flat, written)


@pytest.mark.django_db
def test_a_public_place_stays_as_said():
    assert address(None, " 地下车库B1 ") == (None, "地下车库B1")


@pytest.mark.django_db
def test_units_are_searched_by_what_a_clerk_types(django_assert_num_queries):
    labels = ["3栋502", "3栋503", "13栋502"]
    for label in labels:
        make_resident(f"住{label}", unit=make_unit(label))
    found = {q: sorted(u.label for u in search_units(q)) for q in ("3-50", "502", "3栋", "住13", "X")}
    assert found == {
        "3-50": ["3栋502", "3栋503"],
        "502": ["13栋502", "3栋502"],
        "3栋": ["13栋502", "3栋502", "3栋503"],
        "住13": ["13栋502"],
        "X": [],
    }
    with django_assert_num_queries(2):
        assert [len(unit.residents.all()[:2]) for unit in search_units("3")] == [1, 1, 1]


@pytest.mark.django_db
def test_a_phone_keeps_what_was_written_and_what_is_searched():
    one = make_resident("周敏", "+86 512 6543 2100")
    assert Phone.objects.values_list("number", "digits", "local").get(resident=one) == (
        "+86 512 6543 2100",
        "051265432100",
        "65432100",
    )
