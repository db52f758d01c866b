"""Times one decision of the full-size policy in ONNX Runtime on the CPU: what peer_torch.py times, exported."""
import argparse
import json
import pathlib
import tempfile
import time

import onnxruntime
import torch

from peer_torch import FullPolicy


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--decisions", type=int, default=60)
    options = parser.parse_args()
    rgb = torch.randint(0, 256, (1, 224, 224, 3), dtype=torch.uint8)
    words, padding = torch.randn(1, 64, 768), torch.arange(64)[None] >= 8
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / "policy.onnx"
        torch.onnx.export(FullPolicy().eval(), (rgb, words, padding), path, input_names=["rgb", "words", "padding"],
                          dynamo=True, verbose=False)
        session = onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])
        given = {"rgb": rgb.numpy(), "words": words.numpy(), "padding": padding.numpy()}
        given = {name.name: given[name.name] for name in session.get_inputs()}
        seconds = []
        for index in range(options.decisions + 10):
            begin = time.perf_counter()
            session.run(None, given)
            if index >= 10:
                seconds.append(time.perf_counter() - begin)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
