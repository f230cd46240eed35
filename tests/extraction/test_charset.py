"""Bytes become the text that was meant, whatever header and meta say of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.extraction.charset import decode, in_utf8

TEXT = "<p>“Café” – naïve façade, déjà vu</p>"
CHINESE = '<meta charset="gb2312"><p>市政府周一表示审查尚未完成</p>'


@pytest.mark.parametrize(
    "header",
    [None, "text/html", "text/html; charset=utf-8", "text/html; charset=iso-8859-1", "text/html; charset=martian-8"],
)
def test_valid_utf8_is_utf8_whatever_the_header_says(header):
    assert decode(TEXT.encode(), header) == TEXT


@pytest.mark.parametrize(
    ("raw", "header", "meant"),
    [
        ("\ufeff".encode() + TEXT.encode(), None, TEXT),
        ("\ufeff".encode("utf-16-le") + TEXT.encode("utf-16-le"), "text/html; charset=utf-8", TEXT),
        ("\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be"), None, TEXT),
        (TEXT.encode("utf-16-le"), None, TEXT),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1", TEXT),
        (TEXT.encode("cp1252"), None, TEXT),
        (CHINESE.encode("gb18030"), "text/html", CHINESE),
        ("<p>Новости дня</p>".encode("koi8-r"), 'text/html; charset="KOI8-R"', "<p>Новости дня</p>"),
        ("<p>日本語の記事</p>".encode("cp932"), "text/html; charset=Shift_JIS", "<p>日本語の記事</p>"),
        (
            f'<meta charset="windows-1252">{TEXT}'.encode("cp1252"),
            "charset=utf-8",
            f'<meta charset="windows-1252">{TEXT}',
        ),
        (f'<meta charset="koi8-r">{TEXT}'.encode("cp1252"), "charset=cp1252", f'<meta charset="koi8-r">{TEXT}'),
        (f'<meta charset="utf-16">{TEXT}'.encode(), "charset=utf-16", f'<meta charset="utf-16">{TEXT}'),
    ],
)
def test_other_encodings_are_read_by_mark_header_or_meta(raw, header, meant):
    assert decode(raw, header) == meant


def test_utf7_is_never_decoded():
    assert "<script>" not in decode(b"+ADw-script+AD4- \xff", "text/html; charset=utf-7")


def test_a_character_cut_at_the_end_does_not_change_the_rest():
    assert decode((TEXT + "é").encode()[:-1]).startswith(TEXT)


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "text/html; charset=rot13", "charset=gbk", "charset=utf-16", "charset=\x00"]),
)
def test_no_bytes_raise(raw, header):
    assert isinstance(decode(raw, header), str)


@given(st.text(min_size=1).filter(lambda text: text.isprintable() and not text.startswith("\ufeff")))
def test_utf8_comes_back_as_it_was(text):
    assert decode(text.encode()) == text


@given(
    st.sampled_from([b"", b"a" * 16_381, "\ufeff".encode(), "\ufeff".encode("utf-16-le"), b"<\0"]),
    st.binary(max_size=40) | st.text(max_size=20).map(lambda text: text.encode("utf-8", "ignore")),
)
def test_bytes_in_utf8_say_what_the_text_says(before, raw):
    assert in_utf8(before + raw) == decode(before + raw).encode("utf-8", "replace")


def test_bytes_that_are_utf8_already_are_not_copied():
    raw = TEXT.encode() * 2_000
    assert in_utf8(raw) is raw
