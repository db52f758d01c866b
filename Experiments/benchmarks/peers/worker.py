"""Runs one peer in one process: `worker.py PEER SECONDS [picture.png]`.

Prints `ready` once warm, waits for a line on standard input, runs for SECONDS, and prints JSON: steps, seconds, and the
milliseconds per step of physics and of the picture.
"""

import json
import random
import sys
import time

import numpy
from PIL import Image

import scene


def make(peer):
    library, _, variant = peer.partition("-")
    if library == "pybullet":
        import peer_pybullet
        return peer_pybullet.Simulation(egl=variant == "egl")
    import peer_mujoco
    return peer_mujoco.Simulation(quality=variant)


def main():
    peer, seconds = sys.argv[1], float(sys.argv[2])
    simulation = make(peer)
    rng = random.Random(1)

    def step():
        simulation.advance(*scene.targets(rng))
        middle = time.perf_counter()
        return middle, simulation.picture()

    for _ in range(5):
        step()
    simulation.reset()
    for _ in range(20 if len(sys.argv) > 3 else 0):
        _, picture = step()
    if len(sys.argv) > 3:
        Image.fromarray(numpy.asarray(picture)).resize((448, 448), Image.NEAREST).save(sys.argv[3])
        simulation.reset()
    print("ready", flush=True)
    sys.stdin.readline()

    steps, physics, start = 0, 0.0, time.perf_counter()
    now = start
    while now - start < seconds:
        if steps % scene.EPISODE_STEPS == 0:
            simulation.reset()
        middle, picture = step()
        physics += middle - now
        assert picture.shape == (224, 224, 3)
        now = time.perf_counter()
        steps += 1
    elapsed = now - start
    print(json.dumps({
        "steps": steps, "seconds": elapsed, "physics": 1000 * physics / steps,
        "picture": 1000 * (elapsed - physics) / steps}), flush=True)


main()
