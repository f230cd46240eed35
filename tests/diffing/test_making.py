"""Values made quickly are those that a constructor makes."""

import pickle
from dataclasses import FrozenInstanceError

import pytest

from revtrack.diffing.making import maker
from revtrack.model import Op, Segment


def test_a_value_made_quickly_is_the_frozen_one():
    made, usual = maker(Segment)(Op.KEEP, 1, 2, 3, 4), Segment(Op.KEEP, 1, 2, 3, 4)
    assert type(made) is Segment
    assert (made, hash(made), repr(made)) == (usual, hash(usual), repr(usual))
    assert pickle.loads(pickle.dumps(made)) == usual
    with pytest.raises(FrozenInstanceError):
        made.op = Op.MOVE  # type: ignore[misc]
