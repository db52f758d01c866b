"""Writes small.safetensors: what PyTorch makes of SmallPolicy's layers, with weights that both sides make from their names.

    pip install torch safetensors numpy
    python make_small_policy.py

Outputs are OUTPUT or OUTPUT.CAMERA. The loss is the sum of all outputs, each weighted by made("weights of OUTPUT"); of every
parameter's gradient one number is kept, its product with made("along PARAMETER"), under grad.PARAMETER.
"""
import functools
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file
from torch.nn import functional as F

torch.set_num_threads(1)
SLOTS, MAPS, ATTENDED, WIDTH, LANGUAGE, HIDDEN, UNIT = 2, 12, 6, 16, 128, 512, 0.25
OWN, ACTIONS, CHUNK, HYPOTHESES, SHAPES, COLORS, BATCH = 3, 2, 2, 3, 2, 2, 2
CAMERAS = [{"size": (24, 16)}, {"size": (16, 16), "position": (0.07, 0.0, -0.07), "pitch": -1.2, "fov": 75.0}]
parameters = {}


def made(name, shape, scale=1.0):
    """Numbers of ±scale that follow from a name: its FNV-1a hash, mixed with their places."""
    begin = functools.reduce(lambda h, byte: (h ^ byte) * 16777619 % 2**32, name.encode(), 2166136261)
    x = np.arange(int(np.prod(shape)), dtype=np.uint32) * np.uint32(2654435761) + np.uint32(begin)
    for _ in range(2):
        x = (x ^ (x >> np.uint32(16))) * np.uint32(0x45D9F3B)
    x = x ^ (x >> np.uint32(16))
    return torch.tensor((x.astype(np.float64) / 2**31 - 1) * scale, dtype=torch.float32).reshape(shape)


def parameter(name, *shape):
    if name not in parameters:
        fan = int(np.prod(shape[1:])) if len(shape) > 1 else 100
        parameters[name] = made(name, shape, (3 / fan) ** 0.5).requires_grad_()
    return parameters[name]


def linear(name, x, outputs):
    return F.linear(x, parameter(f"{name}.weight", outputs, x.shape[-1]), parameter(f"{name}.bias", outputs))


def convolution(name, x, outputs, size, stride=1):
    weight = parameter(f"{name}.weight", outputs, x.shape[1], size, size)
    return F.conv2d(x, weight, parameter(f"{name}.bias", outputs), stride, size // 2)


def modulate(name, x, z):
    a, b = linear(f"{name}.scale", z, x.shape[1]) + 1, linear(f"{name}.shift", z, x.shape[1])
    return x * a + b if x.dim() == 2 else x * a[..., None, None] + b[..., None, None]


def tower(name, picture, z):
    x = convolution(f"{name}.reduce", convolution(f"{name}.stem", picture, 16, 5, 2).relu(), WIDTH, 3, 2).relu()
    x = modulate(f"{name}.fineStyle", convolution(f"{name}.fine", x, WIDTH, 3), z).relu() + x
    y = convolution(f"{name}.coarse.0", x, 64, 3, 2).relu()
    for index in (1, 2):
        y = modulate(f"{name}.coarseStyle.{index - 1}", convolution(f"{name}.coarse.{index}", y, 64, 3), z).relu() + y
    up = F.interpolate(convolution(f"{name}.lateral", y, WIDTH, 1), x.shape[-2:]) + x
    cells = modulate(f"{name}.mergeStyle", convolution(f"{name}.merge", up, WIDTH, 3), z).relu().flatten(2).transpose(1, 2)
    query = linear(f"{name}.query", z, MAPS * WIDTH).view(-1, MAPS, WIDTH)
    logits = torch.einsum("bcw,bmw->bmc", cells, query)
    weights = (2 * logits).softmax(-1)
    height, width = x.shape[-2:]
    v, u = torch.meshgrid((2 * torch.arange(height) + 1) / height - 1, (2 * torch.arange(width) + 1) / width - 1, indexing="ij")
    places = torch.stack([(weights * u.flatten()).sum(-1), (weights * v.flatten()).sum(-1)], -1)
    things = torch.einsum("bmc,bcw->bmw", weights[:, :ATTENDED], cells)
    features = torch.cat([places.flatten(1), things.flatten(1), y.mean((2, 3))], 1)
    return features, logits, places, things, up.flatten(2).transpose(1, 2)


def turn(axis, angle):
    c, s = np.cos(angle), np.sin(angle)
    return torch.tensor({"y": [[c, 0, s], [0, 1, 0], [-s, 0, c]], "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
                         "x": [[1, 0, 0], [0, c, -s], [0, s, c]]}[axis], dtype=torch.float64)


def hand_eye(camera, places, heights, robot_from_hand):
    """Level offsets of what a camera on the hand sees; a thing and the hand are each along its own ray from the camera."""
    width, height = camera["size"]
    half = np.tan(np.radians(camera["fov"] / 2))
    hand_from_camera = turn("y", camera["pitch"])
    hand_in_camera = -hand_from_camera.T @ torch.tensor(camera["position"], dtype=torch.float64)
    rays = torch.stack([torch.ones_like(places[..., 0]), -places[..., 0] * half * width / height, -places[..., 1] * half], -1)
    rays = torch.einsum("bij,btj->bti", (robot_from_hand @ hand_from_camera).float(), rays)
    hand = rays[:, -1:] * (hand_in_camera[0].item() / UNIT)
    things = rays[:, :-1]
    down = things[..., 2:]
    return (things * ((heights + hand[..., 2:]) * down / (down.square() + 1e-3)) - hand)[..., :2].clamp(-4, 4)


pictures = [made(f"picture {i}", (BATCH, 3, c["size"][1], c["size"][0]), 2) for i, c in enumerate(CAMERAS)]
z, own = made("language", (BATCH, LANGUAGE)), made("own", (BATCH, OWN))
robot_from_hand = torch.stack([turn("z", 0.7) @ turn("x", np.pi + 0.08), turn("z", -0.4) @ turn("x", np.pi)])
sights = [tower(f"towers.{i}", p, z) for i, p in enumerate(pictures)]
gathered = modulate("gatherStyle", linear("gather", torch.cat([s[0] for s in sights] + [own, z], 1), HIDDEN), z).relu()
learned = linear("offsets", gathered, 3 * SLOTS).view(-1, SLOTS, 3)
heights, level = learned[..., 2:], learned[..., :2]
for i, camera in enumerate(CAMERAS):
    if "fov" in camera:
        trust = linear(f"handEyes.{i}", gathered, SLOTS).sigmoid()[..., None]
        level = level + (hand_eye(camera, sights[i][2][:, : SLOTS + 1], heights, robot_from_hand) - level) * trust
offsets = torch.cat([level, heights], -1).flatten(1)
reasoned = modulate("reasonStyle", linear("reason", torch.cat([gathered, offsets, own], 1), HIDDEN), z).relu()
decided = modulate("decideStyle", linear("decide", reasoned, HIDDEN // 2), z).relu()
common, choice = linear("actions", decided, CHUNK * ACTIONS), linear("choice", decided, HYPOTHESES)
hypotheses = linear("deviations", decided, HYPOTHESES * CHUNK * ACTIONS).view(-1, HYPOTHESES, CHUNK * ACTIONS)
hypotheses = (common[:, None] + hypotheses).tanh().view(-1, HYPOTHESES, CHUNK, ACTIONS)
outputs = {
    "actions": hypotheses[torch.arange(BATCH), choice.argmax(1)], "hypotheses": hypotheses, "choice": choice,
    "confidence": linear("confidence", decided, 1), "offsets": offsets,
}
# Between the first four cells of each picture.
mix = torch.tensor([0.1, 0.2, 0.3, 0.4])[None, :, None]
for i, (_, logits, places, things, cells) in enumerate(sights):
    outputs[f"sightings.{i}"] = logits[:, : SLOTS + 1]
    outputs[f"places.{i}"] = places[:, : SLOTS + 1]
    outputs[f"visibilities.{i}"] = linear(f"visibility.{i}", things[:, :SLOTS].flatten(1), SLOTS)
    outputs[f"kinds.{i}"] = linear(f"kinds.{i}", (cells[:, :4] * mix).sum(1, keepdim=True), SHAPES + COLORS)
sum((out * made(f"weights of {name}", out.shape)).sum() for name, out in outputs.items()).backward()
kept = {name: out.detach().contiguous() for name, out in outputs.items()}
kept["hand"] = robot_from_hand.transpose(1, 2).float().contiguous()
for name, value in parameters.items():
    kept[f"grad.{name}"] = (value.grad.double() * made(f"along {name}", value.shape).double()).sum().float()[None]
save_file(kept, pathlib.Path(__file__).parent / "small.safetensors")
