"""Times one decision of the full-size policy in PyTorch: instruction cached, batch 1, 224 x 224, eager."""
import argparse
import json
import time

import torch
import torchvision
from torch import nn


class FullPolicy(nn.Module):
    """Tests/LearningTests/reference/make_reference.py's, at full size and from the words' features on."""

    def __init__(self, width=768, heads=8, hidden=256, actions=2):
        super().__init__()
        self.vision = nn.Sequential(*list(torchvision.models.resnet50().children())[:-2])
        self.vision_projection = nn.Linear(2048, width)
        self.cross_attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norm = nn.LayerNorm(width)
        self.action_decoder = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, actions), nn.Tanh())
        self.confidence_head = nn.Linear(width, 1)
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]))
        self.register_buffer("deviation", torch.tensor([0.229, 0.224, 0.225]))

    def forward(self, rgb, words, padding):
        x = ((rgb.float() / 255 - self.mean) / self.deviation).permute(0, 3, 1, 2)
        v = self.vision_projection(nn.functional.adaptive_avg_pool2d(self.vision(x), 7).flatten(2).transpose(1, 2))
        y = self.norm(v + self.cross_attention(v, words, words, key_padding_mask=padding, need_weights=False)[0]).mean(1)
        return self.action_decoder(y), self.confidence_head(y)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--decisions", type=int, default=60)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    policy = FullPolicy().eval()
    rgb = torch.randint(0, 256, (1, 224, 224, 3), dtype=torch.uint8)
    words, padding = torch.randn(1, 64, 768), torch.arange(64)[None] >= 8
    seconds = []
    with torch.inference_mode():
        for index in range(options.decisions + 10):
            begin = time.perf_counter()
            policy(rgb, words, padding)
            if index >= 10:
                seconds.append(time.perf_counter() - begin)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
