"""Trains the small policy on the same demonstrations with `rehearse train` and with PyTorch, in turn; prints a Markdown table."""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[3]


def ours(options, precision):
    """The last line of progress: samples a second over one epoch."""
    with tempfile.TemporaryDirectory() as directory:
        text = (HERE / "training.yaml").read_text()
        for place, value in {"DEMONSTRATIONS": options.demonstrations, "PRECISION": precision,
                             "EXPERIMENT": ROOT / "Experiments/vla_tabletop/experiment.yaml"}.items():
            text = text.replace(place, str(value))
        plan = pathlib.Path(directory) / "training.yaml"
        plan.write_text(text)
        log = subprocess.run([options.rehearse, "train", plan, "--out", f"{directory}/out"], cwd=ROOT, check=True,
                             capture_output=True, text=True).stderr
    return float(re.findall(r"([0-9]+) samples/s", log)[-1])


def torch(options, *more):
    command = [sys.executable, HERE / "peer_torch.py", options.demonstrations, "--count", "100000", *more]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["samplesPerSecond"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("demonstrations", type=pathlib.Path, help="a folder of `rehearse demos` at the table, images 96 x 96")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rehearse", default=str(ROOT / ".build/release/rehearse"))
    options = parser.parse_args()
    options.demonstrations = options.demonstrations.resolve()
    ways = {
        "PyTorch": torch,
        "PyTorch, channels last": lambda o: torch(o, "--channels-last"),
        "**Rehearsal**": lambda o: ours(o, "float32"),
        "PyTorch, bfloat16 (autocast), channels last": lambda o: torch(o, "--channels-last", "--bfloat16"),
        "**Rehearsal**, bfloat16": lambda o: ours(o, "bfloat16"),
    }
    rounds = [{name: way(options) for name, way in ways.items()} for _ in range(options.rounds)]
    print("| | samples/s, median (range) | ratio to PyTorch |\n|---|---|---|")
    for name in ways:
        values = sorted(row[name] for row in rounds)
        ratios = sorted(row[name] / row["PyTorch"] for row in rounds)
        print(f"| {name} | {values[len(values) // 2]:.0f} ({values[0]:.0f}–{values[-1]:.0f}) | {ratios[len(ratios) // 2]:.2f} |")


if __name__ == "__main__":
    main()
