"""Measures every peer and, where it is built, `rehearse bench` on the tabletop scene: rounds interleaved, one table.

`compare.py [--rounds N] [--seconds S] [--rehearse PATH --experiment YAML] [--pictures DIR]`
"""

import argparse
import datetime
import json
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PEERS = {
    "pybullet-tiny": "PyBullet, TinyRenderer",
    "pybullet-egl": "PyBullet, EGL",
    "mujoco-default": "MuJoCo, EGL, default",
    "mujoco-offsamples0": "MuJoCo, EGL, offsamples=0",
    "mujoco-cheap": "MuJoCo, EGL, offsamples=0, shadowsize=1024",
}
OURS = {
    "rehearse": ("Rehearsal", []),
    "rehearse-opengl": ("Rehearsal, OpenGL", ["--renderer", "openGL", "--episodes", "20"]),
}


def run_peer(peer, processes, seconds, pictures=None):
    """Steps per second of `processes` processes together, all started at one moment once all are warm; and what drew."""
    command = [sys.executable, str(HERE / "worker.py"), peer, str(seconds)]
    if pictures:
        command.append(str(pictures.resolve() / f"{peer}.png"))
    # MuJoCo writes its log into the working folder.
    pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    workers = [subprocess.Popen(command, cwd=tempfile.gettempdir(), text=True, **pipes) for _ in range(processes)]
    printed = []
    for worker in workers:
        while (line := worker.stdout.readline()) and line.strip() != "ready":
            printed.append(line.strip())
        if not line:
            sys.exit(f"{peer} did not start:\n{worker.communicate()[1]}")
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    results = []
    for worker in workers:
        printed += worker.communicate()[0].splitlines()
        results.append(json.loads([line for line in printed if line.startswith("{")][-1]))
    devices = [line.removeprefix("GL_RENDERER=") for line in printed if line.startswith("GL_RENDERER=")]
    return sum(result["steps"] / result["seconds"] for result in results), devices[0] if devices else "its own software"


def run_ours(rehearse, experiment, workers, options):
    """Steps per second, and what drew: `rayTracer`, or `openGL` and its device."""
    command = [rehearse, "bench", experiment, "--workers", str(workers), "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    result = json.loads(done.stdout)
    return result["stepsPerSecond"], result["renderer"]


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    cores = sum(line.startswith("processor") for line in open("/proc/cpuinfo"))
    return f"{model}, {cores} cores, {platform.freedesktop_os_release()['PRETTY_NAME']}"


def median_and_range(values):
    return f"{statistics.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rehearse", help="the built command; without it only the peers are measured")
    parser.add_argument("--experiment", help="our experiment file")
    parser.add_argument("--pictures", type=pathlib.Path, help="folder for one picture of each peer")
    options = parser.parse_args()
    names = list(PEERS) + (list(OURS) if options.rehearse else [])
    renderers = {}
    rates = {(name, count): [] for name in names for count in (1, 2)}
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
        for peer in PEERS:
            run_peer(peer, 1, 0.1, options.pictures)
    for round_index in range(options.rounds):
        for name, count in rates:
            if name in OURS:
                rate, renderers[name] = run_ours(options.rehearse, options.experiment, count, OURS[name][1])
            else:
                rate, renderers[name] = run_peer(name, count, options.seconds)
            rates[name, count].append(rate)
            print(f"round {round_index + 1}/{options.rounds}: {name} × {count}: {rate:.1f} steps/s", file=sys.stderr)

    print(f"{datetime.date.today()}, {machine()}, {options.rounds} rounds: median (least–most) of control steps/s")
    labels = PEERS | {name: label for name, (label, _) in OURS.items()}
    print("".join(f"{labels[name]} drew by {renderer}\n" for name, renderer in renderers.items()))
    header = ["", "one process", "two processes"] + (["ours ÷ it, two processes"] if options.rehearse else [])
    print("| " + " | ".join(header) + " |\n|" + "---|" * len(header))
    for name in names:
        row = [labels[name], *(median_and_range(rates[name, count]) for count in (1, 2))]
        if options.rehearse:
            ratios = [ours / its for ours, its in zip(rates["rehearse", 2], rates[name, 2])]
            ratio = f"{statistics.median(ratios):.1f}× ({min(ratios):.1f}–{max(ratios):.1f})"
            row.append("" if name == "rehearse" else ratio)
        print("| " + " | ".join(row) + " |")


main()
