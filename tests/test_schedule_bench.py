"""The simulator that policies are judged by: what it counts, and that its invented world is like the real one."""

import json
import math

import pytest

from bench.schedule import policies
from bench.schedule.simulator import at_budget, clairvoyant, simulate, watch
from bench.schedule.world import DAY, HORIZON, MINUTE, Trace, invent, invent_sites, read_traces
from revtrack.schedule import learn

BORN = 1_700_000_000.0


def trace(*minutes, found=0.0):
    return Trace("a", BORN, BORN + found * MINUTE, tuple(BORN + at * MINUTE for at in minutes))


def every(minutes):
    return lambda _seen, _spend: minutes * MINUTE


def test_an_edit_is_caught_by_the_first_look_after_it():
    score = simulate([trace(4)], every(10), 1.0)
    assert (score.caught, score.whole, score.median) == (1.0, 1.0, 6 * MINUTE)
    assert score.looks == 1 + HORIZON / (10 * MINUTE)


def test_an_edit_overwritten_before_a_look_is_lost():
    score = simulate([trace(3, 8, 12)], every(10), 1.0)
    assert score.caught == pytest.approx(2 / 3)
    assert score.whole == 0
    assert score.median in {2 * MINUTE, 8 * MINUTE}


def test_what_was_edited_before_the_article_was_found_is_lost():
    assert simulate([trace(3, 20, found=5)], every(10), 1.0).caught == 0.5


def test_who_knows_the_moments_loses_only_what_is_too_close():
    score = clairvoyant([trace(3, 4, 5)])
    assert score.caught == pytest.approx(2 / 3)
    assert clairvoyant([trace(10, 20)]).caught == 1.0


def test_a_policy_is_told_nothing_it_could_not_know():
    told = []

    def policy(seen, _spend):
        told.append((seen.changes, seen.changed))
        return 30 * MINUTE

    simulate([trace(5, 6, 100)], policy, 1.0)
    assert told[0] == (0, None)
    assert told[1] == (1, BORN + 30 * MINUTE)
    assert told[-1] == (2, BORN + 120 * MINUTE)


def test_the_invented_world_is_like_the_measured_one():
    traces = invent(invent_sites(12, 7), 6000, 7)
    edited = [one for one in traces if one.edits]
    ages = [at - one.born for one in edited for at in one.edits]
    assert len(edited) / len(traces) == pytest.approx(0.28, abs=0.03)
    assert sum(age < DAY for age in ages) / len(ages) == pytest.approx(0.83, abs=0.04)
    assert sum(len(one.edits) <= 2 for one in edited) / len(edited) == pytest.approx(0.82, abs=0.04)
    assert sum(len(one.edits) > 9 for one in edited) / len(edited) == pytest.approx(0.05, abs=0.025)
    assert traces == invent(invent_sites(12, 7), 6000, 7)


def test_the_table_of_newsdiffs_costs_what_it_is_known_to_cost():
    traces = invent(invent_sites(12, 7), 1500, 7)
    score = simulate(traces, policies.newsdiffs, policies.NEWSDIFFS_LOOKS)
    assert score.looks == pytest.approx(97, abs=3)
    assert score.median / MINUTE == pytest.approx(10, abs=2)


@pytest.mark.parametrize(
    "policy", [policies.newsdiffs, policies.back_off, policies.share_of_age, policies.mixture, policies.shipped]
)
def test_policies_are_compared_at_equal_looks(policy):
    traces = invent(invent_sites(12, 7), 72, 7)
    assert at_budget(traces, policy, 20.0).looks == pytest.approx(20, rel=0.05)


def test_what_is_learned_tells_lively_sites_from_quiet_ones():
    sites = invent_sites(12, 7)
    seen = watch(invent(sites, 720, 8), policies.shipped, 10.0)
    learned = {name: learn(articles).liveliness for name, articles in seen.items()}
    by_truth = [learned[site.name] for site in sorted(sites, key=lambda site: site.edited)]
    assert sum(by_truth[:3]) < sum(by_truth[-3:]) / 1.5


def test_recorded_articles_are_read_and_filled_up_with_unedited_ones(tmp_path):
    file = tmp_path / "traces.jsonl"
    lines = [
        {"versions": ["2024-11-20T09:00:00+00:00", "2024-11-20T10:00:00+00:00"], "source": "a"},
        {"published": BORN, "edits": [BORN + 60, BORN + 2 * HORIZON]},
        {"versions": [{"seen": BORN}, {"first_seen": BORN + 120}]},
    ]
    file.write_text("\n".join(map(json.dumps, lines)))
    traces = read_traces(file, edited=0.25, seed=1)
    assert len(traces) == 12
    assert sorted(at - one.born for one in traces for at in one.edits) == [60, 120, 3600]
    assert all(0 <= one.found - one.born <= 15 * MINUTE for one in traces)


def test_no_edits_at_all_make_no_shares():
    score = simulate([trace()], every(10), 1.0)
    assert (score.caught, score.whole, score.median) == (0.0, 0.0, math.inf)
