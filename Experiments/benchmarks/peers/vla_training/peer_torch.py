"""The small policy in PyTorch, trained by behaviour cloning on Rehearsal's own demonstrations; prints samples per second.

The same layers and sizes as Sources/Learning/Models/SmallPolicy.swift, but for the readers of an auxiliary loss that is off (260
parameters); what it is told of the body is proprioception as recorded.
"""
import argparse
import json
import pathlib
import random
import re
import time

import h5py
import torch
from torch import nn
from torch.nn import functional as F


class Modulation(nn.Module):
    def __init__(self, inputs, channels):
        super().__init__()
        self.scale, self.shift = nn.Linear(inputs, channels), nn.Linear(inputs, channels)
        for layer in (self.scale, self.shift):
            nn.init.normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)

    def forward(self, x, z):
        a, b = self.scale(z) + 1, self.shift(z)
        return x * a + b if x.dim() == 2 else x * a[..., None, None] + b[..., None, None]


def grid(height, width):
    y, x = torch.meshgrid((2 * torch.arange(height) + 1) / height - 1, (2 * torch.arange(width) + 1) / width - 1, indexing="ij")
    return torch.stack([x, y], -1).reshape(-1, 2)


class Tower(nn.Module):
    MAPS, ATTENDED = 12, 6

    def __init__(self, language):
        super().__init__()
        conv = nn.Conv2d
        self.stem, self.reduce = conv(3, 16, 5, 2, 2), conv(16, 32, 3, 2, 1)
        self.fine, self.fineStyle = conv(32, 32, 3, 1, 1), Modulation(language, 32)
        self.coarse = nn.ModuleList([conv(32, 64, 3, 2, 1), conv(64, 64, 3, 1, 1), conv(64, 64, 3, 1, 1)])
        self.coarseStyle = nn.ModuleList([Modulation(language, 64) for _ in range(2)])
        self.lateral, self.merge = conv(64, 32, 1), conv(32, 32, 3, 1, 1)
        self.mergeStyle, self.query = Modulation(language, 32), nn.Linear(language, self.MAPS * 32)
        nn.init.normal_(self.query.weight, std=0.01)

    def forward(self, picture, z):
        x = self.reduce(self.stem(picture).relu()).relu()
        x = self.fineStyle(self.fine(x), z).relu() + x
        size = x.shape[-2:]
        y = self.coarse[0](x).relu()
        for convolution, style in zip(self.coarse[1:], self.coarseStyle):
            y = style(convolution(y), z).relu() + y
        seen = self.mergeStyle(self.merge(F.interpolate(self.lateral(y), size) + x), z).relu()
        cells = seen.flatten(2).transpose(1, 2).float()
        weights = (cells @ self.query(z).view(-1, self.MAPS, 32).transpose(1, 2) * 2).transpose(1, 2).softmax(-1)
        places = weights @ grid(*size)
        things = weights[:, : self.ATTENDED] @ cells
        return torch.cat([places.flatten(1), things.flatten(1), y.mean((2, 3))], 1)


class Text(nn.Module):
    """Names and layers of Hugging Face's BERT: two layers of width 96."""

    def __init__(self, words, output, width=96, heads=4):
        super().__init__()
        self.embeddings = nn.ModuleDict(
            {"word_embeddings": nn.Embedding(words, width), "position_embeddings": nn.Embedding(64, width),
             "token_type_embeddings": nn.Embedding(2, width), "LayerNorm": nn.LayerNorm(width, eps=1e-12)})
        self.layers = nn.ModuleList(
            [nn.TransformerEncoderLayer(width, heads, 2 * width, dropout=0, activation="gelu", batch_first=True,
                                        layer_norm_eps=1e-12) for _ in range(2)])
        self.project, self.norm = nn.Linear(width, output), nn.LayerNorm(output)

    def forward(self, ids, mask):
        e = self.embeddings
        x = e["word_embeddings"](ids) + e["position_embeddings"].weight[: ids.shape[1]] + e["token_type_embeddings"].weight[0]
        x = e["LayerNorm"](x)
        for layer in self.layers:
            x = layer(x, src_key_padding_mask=~mask)
        weights = mask[..., None].float()
        return self.norm(self.project((x * weights).sum(1) / weights.sum(1)))


class Policy(nn.Module):
    def __init__(self, cameras, own, actions, words, chunk=8, slots=2, language=128, hidden=512):
        super().__init__()
        self.chunk, self.actionCount, features = chunk, actions, Tower.MAPS * 2 + Tower.ATTENDED * 32 + 64
        self.text = Text(words, language)
        self.towers = nn.ModuleList([Tower(language) for _ in range(cameras)])
        self.gather, self.gatherStyle = nn.Linear(cameras * features + own + language, hidden), Modulation(language, hidden)
        self.offsets = nn.Linear(hidden, 3 * slots)
        self.reason, self.reasonStyle = nn.Linear(hidden + 3 * slots + own, hidden), Modulation(language, hidden)
        self.decide, self.decideStyle = nn.Linear(hidden, hidden // 2), Modulation(language, hidden // 2)
        self.actions, self.confidence = nn.Linear(hidden // 2, chunk * actions), nn.Linear(hidden // 2, 1)

    def forward(self, pictures, z, own):
        seen = [tower(picture, z) for tower, picture in zip(self.towers, pictures)]
        gathered = self.gatherStyle(self.gather(torch.cat([*seen, own, z], 1)), z).relu()
        reasoned = self.reasonStyle(self.reason(torch.cat([gathered, self.offsets(gathered), own], 1)), z).relu()
        decided = self.decideStyle(self.decide(reasoned), z).relu()
        return self.actions(decided).tanh().view(-1, self.chunk, self.actionCount), self.confidence(decided)


def read(path, count):
    """The first demonstrations, in memory: pictures by camera, numbers of the body, actions, sentences."""
    cameras, pictures, own, actions, sentences, starts = None, [], [], [], [], []
    with h5py.File(pathlib.Path(path) / "trajectories.hdf5") as file:
        names = sorted(file["data"], key=lambda name: int(name.split("_")[1]))[:count]
        for name in names:
            demo, obs = file["data"][name], file["data"][name]["obs"]
            cameras = json.loads(obs.attrs["cameras"])
            pictures.append([torch.from_numpy(obs[f"{camera}_image"][:]) for camera in cameras])
            numbers = [torch.from_numpy(obs[key][:]).float() for key in json.loads(obs.attrs["proprioception"])]
            own.append(torch.cat(numbers, 1))
            actions.append(torch.from_numpy(demo["actions"][:]).float())
            sentences += [demo.attrs["language_instruction"]] * len(actions[-1])
            starts += [len(actions[-1]) - step for step in range(len(actions[-1]))]
    return [torch.cat(parts) for parts in zip(*pictures)], torch.cat(own), torch.cat(actions), sentences, torch.tensor(starts)


def tokens(sentences):
    words = {word: 3 + index for index, word in enumerate(sorted({w for s in sentences for w in re.findall(r"\w+", s.lower())}))}
    rows = {sentence: [1, *(words[w] for w in re.findall(r"\w+", sentence.lower())), 2] for sentence in set(sentences)}
    return rows, 3 + len(words)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("demonstrations")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--batches", type=int, default=60)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--bfloat16", action="store_true", help="autocast the forward pass")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    pictures, own, actions, sentences, left = read(options.demonstrations, options.count)
    rows, words = tokens(sentences)
    own = (own - own.mean(0)) / own.std(0).clamp(min=1e-3)
    policy = Policy(len(pictures), own.shape[1], actions.shape[1], words)
    if options.channels_last:
        policy = policy.to(memory_format=torch.channels_last)
    average = [p.detach().clone() for p in policy.parameters()]
    optimizer = torch.optim.AdamW(policy.parameters(), lr=1e-3, weight_decay=0.01)
    ahead, total = torch.arange(policy.chunk), len(actions)
    for batch in range(options.batches):
        if batch == 5:  # the first batches set up kernels
            begin = time.perf_counter()
        chosen = torch.randint(total, (options.batch_size,))
        unique = sorted({sentences[i] for i in chosen.tolist()})
        longest = max(len(rows[s]) for s in unique)
        ids = torch.tensor([rows[s] + [0] * (longest - len(rows[s])) for s in unique])
        z = policy.text(ids, ids > 0)[[unique.index(sentences[i]) for i in chosen.tolist()]]
        shown = [p[chosen].permute(0, 3, 1, 2).float() / 255 - 0.5 for p in pictures]
        if options.channels_last:
            shown = [p.contiguous(memory_format=torch.channels_last) for p in shown]
        reach = (ahead[None] < left[chosen][:, None]).float()[..., None]
        wanted = actions[(chosen[:, None] + ahead[None]).clamp(max=total - 1)]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bfloat16):
            predicted, confidence = (x.float() for x in policy(shown, z, own[chosen]))
        loss = ((predicted - wanted) * reach).square().sum() / (reach.sum() * actions.shape[1])
        hits = ((predicted[:, 0].detach() - wanted[:, 0]).abs() < 0.1).all(1, keepdim=True).float()
        loss = loss + 0.02 * F.binary_cross_entropy_with_logits(confidence, hits)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(policy.parameters(), 1)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(average, list(policy.parameters()), 0.001)
    seconds = time.perf_counter() - begin
    print(json.dumps({"samplesPerSecond": (options.batches - 5) * options.batch_size / seconds, "loss": loss.item(),
                      "parameters": sum(p.numel() for p in policy.parameters()), "torch": torch.__version__}))


if __name__ == "__main__":
    torch.manual_seed(0)
    random.seed(0)
    main()
