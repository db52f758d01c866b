"""Times the full-size policy in our loop, in PyTorch and in ONNX Runtime, in turn, and prints a Markdown table."""
import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[3]


def ours(rehearse, seed):
    """The loop's own figures of one run: p50 and p99 in seconds."""
    with tempfile.TemporaryDirectory() as directory:
        summary = subprocess.run(
            [rehearse, "run", "Experiments/arena_goto/experiment.yaml", "--policy", "vla-full-random", "--workers", "1",
             "--episodes", "2", "--seed", str(seed), "--set", "imageSize=224", "--set", "baselines=[]", "--json",
             "--out", f"{directory}/run"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    seconds = json.loads(summary)["health"]["inferenceSeconds"]
    return seconds["p50"], seconds["p99"]


def peer(script):
    output = subprocess.run([sys.executable, HERE / script], check=True, capture_output=True, text=True).stdout
    seconds = sorted(json.loads(output.splitlines()[-1]))
    return tuple(seconds[math.ceil(share * len(seconds)) - 1] for share in (0.5, 0.99))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rehearse", default=str(ROOT / ".build/release/rehearse"))
    options = parser.parse_args()
    rounds = [(peer("peer_torch.py"), peer("peer_onnx.py"), ours(options.rehearse, seed))
              for seed in range(1, options.rounds + 1)]
    print("| | median, ms | p99, ms |\n|---|---|---|")
    for index, name in enumerate(("PyTorch, eager", "ONNX Runtime", "Rehearsal, in the loop")):
        cells = []
        for share in (0, 1):
            values = sorted(1000 * row[index][share] for row in rounds)
            cells.append(f"{values[len(values) // 2]:.1f} ({values[0]:.1f}–{values[-1]:.1f})")
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
