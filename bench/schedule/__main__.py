"""Compare policies of looking again at equal numbers of looks an article over 30 days.

    python -m bench.schedule                         our own world: 12 sites, seeded
    python -m bench.schedule --traces FILE.jsonl     recorded articles: {"versions": [times]} or {"published", "edits"}
    python -m bench.schedule --check                 fail if revtrack is worse than bench/schedule_floors.toml
    python -m bench.schedule --budgets 25,97 --articles 1000 --policies revtrack,newsdiffs

Columns: share of edits caught (what was overwritten before a look is lost, so is what came before the article was
found); share of edited articles of which every edit was caught; median and 90th percentile, in minutes, of the delay of
those caught; looks an article. "learned" is revtrack after it has watched other articles of the same sites, with its
own looks, for as long; "oracle" the same told how many edits each article will have; "clairvoyant" looks at the moment
of each edit, but never twice within the shortest wait. Records mostly hold edited articles alone: --edited says what
share they should be, and unedited ones of the same hours are put beside them.
"""

import argparse
import os
import sys
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from bench.schedule import policies
from bench.schedule.policies import Policy
from bench.schedule.simulator import Score, at_budget, clairvoyant, simulate, watch
from bench.schedule.world import EDITED, Trace, invent, invent_sites, read_traces
from revtrack.schedule import Prior, learn

FLOORS = Path(__file__).parents[1] / "schedule_floors.toml"
SITES, SEED = 12, 7
POLICIES: dict[str, Policy] = {
    "fixed": policies.fixed,
    "newsdiffs": policies.newsdiffs,
    "back-off": policies.back_off,
    "share of age": policies.share_of_age,
    "mixture": policies.mixture,
    "revtrack": policies.shipped,
    "learned": policies.shipped,
    "oracle": policies.oracle,
}
Task = tuple[str, float, Sequence[Trace], Sequence[Trace]]


def run(task: Task) -> tuple[str, float, Score]:
    """Score one policy at one budget."""
    name, looks, traces, others = task
    if name == "fixed":
        return name, looks, simulate(traces, policies.fixed, looks)
    priors = learned(others, looks) if name in {"learned", "oracle"} else None
    return name, looks, at_budget(traces, POLICIES[name], looks, priors)


def learned(traces: Sequence[Trace], looks: float) -> dict[str, Prior]:
    """Return what revtrack expects of each source after it has watched its articles with so many looks each."""
    return {source: learn(seen) for source, seen in watch(traces, policies.shipped, looks).items()}


def check(articles: int = 700) -> Iterator[str]:
    """Yield what is worse than the floors allow; revtrack is asked for the looks and must keep to them by itself."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    traces = invent(invent_sites(SITES, SEED), articles, SEED)
    for budget, floor in floors["budget"].items():
        ours = simulate(traces, policies.shipped, float(budget))
        theirs = at_budget(traces, policies.newsdiffs, ours.looks)
        print(f"{budget:>4} looks: revtrack {_figures(ours)}   newsdiffs {_figures(theirs)}")
        if ours.caught < floor["caught"]:
            yield f"at {budget} looks {ours.caught:.1%} of edits caught, {floor['caught']:.1%} was promised"
        if ours.median > floor["median"] * 60:
            yield f"at {budget} looks a median delay of {ours.median / 60:.1f} min, {floor['median']} was promised"
        if ours.caught < theirs.caught + floors["ahead"]:
            yield f"at {budget} looks only {ours.caught - theirs.caught:.1%} more edits caught than NewsDiffs' table"
        if not 1 / floors["astray"] < ours.looks / float(budget) < floors["astray"]:
            yield f"asked for {budget} looks an article, revtrack used {ours.looks:.1f}"


def main() -> int:
    """Print the table, or what broke a floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--traces", type=Path)
    parser.add_argument("--edited", type=float, default=EDITED, help="the share of edited articles to make up for")
    parser.add_argument("--budgets", default="10,25,50,97")
    parser.add_argument("--policies", default=",".join(POLICIES))
    parser.add_argument("--articles", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.check:
        broken = list(check())
        print("\n".join(broken) or "all floors hold")
        return bool(broken)
    if options.traces:
        told = read_traces(options.traces, edited=options.edited, seed=options.seed)
        traces, others = told[::2], told[1::2]  # what is learned is learned from other articles
    else:
        sites = invent_sites(SITES, options.seed)
        traces, others = invent(sites, options.articles, options.seed), invent(sites, 200 * SITES, options.seed + 1)
    print_table(traces, others, options.policies.split(","), options.budgets.split(","), options.processes)
    return 0


def print_table(
    traces: Sequence[Trace], others: Sequence[Trace], names: Sequence[str], budgets: Sequence[str], processes: int
) -> None:
    """Print a row a policy and a group of columns a budget."""
    edits = sum(len(trace.edits) for trace in traces)
    edited = sum(bool(trace.edits) for trace in traces)
    print(f"{len(traces)} articles, {edited / len(traces):.1%} edited, {edits} edits")
    with ProcessPoolExecutor(processes) as pool:
        for budget in budgets:
            print(f"\n{budget} looks       caught   whole  median      90 %   looks")
            tasks = zip(names, repeat(float(budget)), repeat(traces), repeat(others))
            for name, _, score in pool.map(run, tasks):
                print(f"{name:<14} {_figures(score)}", flush=True)
    print(f"\n{'clairvoyant':<14} {_figures(clairvoyant(traces))}")


def _figures(score: Score) -> str:
    shares = f"{score.caught:7.1%} {score.whole:7.1%}"
    return f"{shares} {score.median / 60:7.1f} {score.p90 / 60:9.1f} {score.looks:7.1f}"


if __name__ == "__main__":
    sys.exit(main())
