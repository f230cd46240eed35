import gzip
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.fetching import DecodingError, decode_body

TEXT = b"<p>The council met on Monday.</p>" * 50
GZIPPED = gzip.compress(TEXT, mtime=0)


def raw_deflate(content):
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(content) + stream.flush()


ENCODERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "identity": bytes, "": bytes}


@given(st.binary(max_size=500), st.lists(st.sampled_from(sorted(ENCODERS)), max_size=3))
def test_decoding_undoes_codings_in_reverse_order(content, codings):
    body = content
    for coding in codings:
        body = ENCODERS[coding](body)
    assert decode_body(body, ", ".join(codings).upper(), limit=5000) == content


def test_deflate_without_its_wrapper_is_read_too():
    assert decode_body(raw_deflate(TEXT), "deflate", limit=5000) == TEXT


def test_every_member_of_a_gzip_file_is_read_and_zeros_may_follow():
    halves = gzip.compress(TEXT[:700], mtime=0) + gzip.compress(TEXT[700:], mtime=0)
    assert decode_body(halves + bytes(40), "gzip", limit=5000) == TEXT


@given(st.integers(0, len(GZIPPED) - 1))
def test_a_stream_that_breaks_off_anywhere_is_an_error(cut):
    with pytest.raises(DecodingError):
        decode_body(GZIPPED[:cut], "gzip", limit=5000)


@given(st.integers(10, len(GZIPPED) - 1), st.integers(1, 255))
def test_a_changed_byte_never_gives_other_text(place, change):
    damaged = bytearray(GZIPPED)
    damaged[place] ^= change
    try:
        decoded = decode_body(bytes(damaged), "gzip", limit=5000)
    except DecodingError:
        return
    assert decoded == TEXT


@pytest.mark.parametrize(
    ("body", "coding", "why"),
    [
        (TEXT, "gzip", "damaged"),
        (gzip.compress(b"short", mtime=0) + b"more", "gzip", "damaged"),
        (TEXT, "deflate", "damaged"),
        (TEXT, "br", "br, which we did not ask for"),
        (TEXT, "x-\x1b[31m", "did not ask for"),
        (GZIPPED, ", ".join(["gzip"] * 3000), "too many content codings"),
        (GZIPPED, "gzip", "more than 100 bytes"),
        (TEXT, "", "more than 100 bytes"),
    ],
)
def test_what_cannot_be_undone_is_an_error_in_words(body, coding, why):
    with pytest.raises(DecodingError, match=why) as caught:
        decode_body(body, coding, limit=100)
    assert str(caught.value).isprintable()


def test_bombs_are_stopped_at_the_limit():
    bomb = gzip.compress(bytes(64 << 20), 1, mtime=0)
    began = time.process_time()
    for body, coding in (
        (bomb, "gzip"),
        (gzip.compress(bomb, mtime=0), "gzip, gzip"),
        (gzip.compress(b"", mtime=0) * 100_000, "gzip"),
    ):
        with pytest.raises(DecodingError):
            decode_body(body, coding, limit=1 << 20)
    assert time.process_time() - began < 2
