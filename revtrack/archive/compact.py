"""JSON on one line without blanks, as it is kept and as it is hashed. Pure."""

import json
from collections.abc import Callable
from json import encoder
from typing import Any


def compact(*, is_plain: bool = False, is_sorted: bool = False) -> Callable[[Any], str]:
    """Return what writes values as JSON, with nothing but ASCII or with sorted keys where that is wanted.

    `json` makes what does its work anew for each text, which takes as long as a short text; here that is made once.
    """
    slow = json.JSONEncoder(ensure_ascii=is_plain, sort_keys=is_sorted, separators=(",", ":"))
    make = getattr(encoder, "c_make_encoder", None)
    if make is None:  # a Python that is not written in C
        return slow.encode
    quoted = encoder.encode_basestring_ascii if is_plain else encoder.encode_basestring
    quick = make(None, slow.default, quoted, None, ":", ",", is_sorted, False, True)  # noqa: FBT003 - it takes no names
    return lambda value: "".join(quick(value, 0))
