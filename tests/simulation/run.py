"""Run seeds: ``python -m tests.simulation.run --seeds 1000 [--first 1]``, or one again: ``--seed 4711``."""

import argparse
import logging
import sys
import time

from invoicing.log import logger
from tests.simulation.simulation import Simulation, Violated


def run_seed(seed: int, *workloads: str) -> Simulation:
    """Run one seed, with all workloads or with some; `Violated`."""
    simulation = Simulation(seed, workloads)
    try:
        simulation.run()
    except Exception as error:
        error.add_note(f"Replay it: make simulate SEED={seed}")
        raise
    return simulation


def main() -> int:
    """Run seeds until one fails, which is then told in full."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seed", type=int)
    asked = parser.parse_args()
    seeds = [asked.seed] if asked.seed else range(asked.first, asked.first + asked.seeds)
    logger.setLevel(logging.CRITICAL)
    started = time.perf_counter()
    for done, seed in enumerate(seeds, start=1):
        try:
            simulation = run_seed(seed)
        except Violated as violated:
            print("\n".join(violated.trace), f"\n{violated}\nReplay it: make simulate SEED={seed}", sep="\n")
            return 1
        if asked.seed:
            print("\n".join(simulation.world.trace))
        if done % 100 == 0:
            print(f"{done} seeds, {time.perf_counter() - started:.0f} s", flush=True)
    print(f"{len(seeds)} seeds hold, {time.perf_counter() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
