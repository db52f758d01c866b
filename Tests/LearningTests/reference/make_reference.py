"""Writes reference.safetensors: what PyTorch makes of the operations, layers and models that Learning has.

    pip install torch torchvision transformers safetensors
    python make_reference.py

Tensors are named CASE/NAME; a gradient is CASE/grad.NAME, of the sum of out * CASE/weights. Models of their own files:
resnet.safetensors and bert.safetensors, with the key names of torchvision and of Hugging Face.
"""
import pathlib

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F
from torchvision.models.resnet import Bottleneck
from transformers import BertConfig, BertModel

torch.manual_seed(7)
torch.set_num_threads(1)
here = pathlib.Path(__file__).parent
tensors = {}


def put(case, **values):
    for name, value in values.items():
        tensors[f"{case}/{name.replace('__', '.')}"] = value.detach().clone().float().contiguous()


def case(name, function, **inputs):
    """Stores inputs, the output, and the gradient of every input."""
    leaves = {k: v.clone().requires_grad_() for k, v in inputs.items()}
    out = function(**leaves)
    weights = torch.randn(out.shape)
    (out * weights).sum().backward()
    put(name, **inputs, out=out, weights=weights)
    for key, leaf in leaves.items():
        tensors[f"{name}/grad.{key}"] = leaf.grad.clone()


def module_case(name, module, x, output=lambda m, x: m(x)):
    """Stores a module's parameters by their own names, its output, and the gradients of x and of every parameter."""
    x = x.clone().requires_grad_()
    out = output(module, x)
    weights = torch.randn(out.shape)
    (out * weights).sum().backward()
    put(name, x=x, out=out, weights=weights)
    tensors[f"{name}/grad.x"] = x.grad.clone()
    for key, value in module.state_dict().items():
        if "num_batches_tracked" not in key:
            tensors[f"{name}/{key}"] = value.detach().clone()
    for key, value in module.named_parameters():
        tensors[f"{name}/grad.{key}"] = value.grad.clone()


def randomize(module):
    """Statistics and scales that are not the identity, so that a forgotten one shows."""
    for m in module.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.running_mean.uniform_(-0.5, 0.5)
            m.running_var.uniform_(0.5, 2)
        if isinstance(m, (nn.BatchNorm2d, nn.LayerNorm)):
            nn.init.uniform_(m.weight, 0.5, 1.5)
            nn.init.uniform_(m.bias, -0.5, 0.5)
    return module


# Operations
randn = torch.randn
case("convolution", lambda x, weight, bias: F.conv2d(x, weight, bias, stride=2, padding=1),
     x=randn(2, 3, 9, 8), weight=randn(4, 3, 3, 3), bias=randn(4))
case("linear", F.linear, input=randn(2, 3, 5), weight=randn(4, 5), bias=randn(4))
case("layerNorm", lambda x, weight, bias: F.layer_norm(x, (6,), weight, bias, 1e-5),
     x=randn(2, 3, 6), weight=randn(6), bias=randn(6))
case("embedding", lambda weight: F.embedding(torch.tensor([[1, 3], [1, 0]]), weight), weight=randn(5, 4))
case("huber", lambda x, y: F.huber_loss(x, y, delta=0.7), x=randn(4, 5), y=randn(4, 5))
case("squaredError", F.mse_loss, input=randn(4, 5), target=randn(4, 5))
case("crossEntropy", lambda x, y: F.binary_cross_entropy_with_logits(x, y), x=randn(4, 5), y=torch.rand(4, 5))
case("gelu", F.gelu, input=randn(4, 5))
case("logSoftmax", lambda x: F.log_softmax(x, -1), x=randn(4, 5))
case("maxPool", lambda x: F.max_pool2d(x, 3, 2, 1), x=randn(1, 2, 7, 6))
case("averagePool", lambda x: F.adaptive_avg_pool2d(x, (2, 3)), x=randn(1, 2, 5, 7))
for training in (False, True):
    mean, variance = torch.rand(3) - 0.5, torch.rand(3) + 0.5
    name = "batchNormTraining" if training else "batchNorm"
    put(name, mean=mean, variance=variance)
    case(name, lambda x, weight, bias: F.batch_norm(x, mean, variance, weight, bias, training, 0.1, 1e-5),
         x=randn(3, 3, 4, 4), weight=randn(3), bias=randn(3))
    put(name, meanAfter=mean, varianceAfter=variance)

# nn.MultiheadAttention: queries from x, keys and values from y, whose last two tokens are padding.
attention = nn.MultiheadAttention(8, 2, batch_first=True)
nn.init.uniform_(attention.in_proj_bias, -0.5, 0.5)
y = randn(2, 5, 8)
padding = torch.tensor([[False] * 5, [False] * 3 + [True] * 2])
put("attention", y=y, mask=(~padding).float())
module_case("attention", attention, randn(2, 4, 8), lambda m, x: m(x, y, y, key_padding_mask=padding)[0])


class ResNet(nn.Module):
    """torchvision's ResNet of bottlenecks, narrower, without its classifier."""

    def __init__(self, width, blocks):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        inputs = width
        for stage, count in enumerate(blocks):
            planes, layers = width * 2**stage, []
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                down = None
                if stride != 1 or inputs != planes * 4:
                    down = nn.Sequential(
                        nn.Conv2d(inputs, planes * 4, 1, stride, bias=False), nn.BatchNorm2d(planes * 4))
                layers.append(Bottleneck(inputs, planes, stride, down))
                inputs = planes * 4
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))
        self.stages, self.outputs = len(blocks), inputs

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        return x


def BERT(vocabulary, width, layers, heads, inner, positions):
    """Hugging Face's encoder without its pooler."""
    return BertModel(BertConfig(
        vocab_size=vocabulary, hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads,
        intermediate_size=inner, max_position_embeddings=positions, initializer_range=0.3), add_pooling_layer=False).eval()


class FullPolicy(nn.Module):
    """The model of item 2: vision asks, language answers."""

    def __init__(self, vision, language, width, heads, hidden, actions):
        super().__init__()
        self.vision, self.language = vision, language
        self.vision_projection = nn.Linear(vision.outputs, width)
        self.cross_attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norm = nn.LayerNorm(width)
        self.action_decoder = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, actions), nn.Tanh())
        self.confidence_head = nn.Linear(width, 1)

    def forward(self, rgb, ids, mask):
        mean, deviation = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
        x = ((rgb / 255 - mean) / deviation).permute(0, 3, 1, 2)
        patches = F.adaptive_avg_pool2d(self.vision(x), 7).flatten(2).transpose(1, 2)
        v, words = self.vision_projection(patches), self.language(ids, mask).last_hidden_state
        attended = self.cross_attention(v, words, words, key_padding_mask=mask == 0, need_weights=False)[0]
        y = self.norm(v + attended).mean(1)
        return self.action_decoder(y), self.confidence_head(y)


module_case("resnet", randomize(ResNet(2, [2, 1])).eval(), randn(1, 3, 32, 32))
ids, mask = torch.randint(0, 60, (2, 6)), torch.tensor([[1.0] * 6, [1.0] * 4 + [0.0] * 2])
put("bert", ids=ids, mask=mask)
bert = randomize(BERT(60, 32, 2, 4, 48, 16))
# The states of padding are nobody's business.
module_case("bert", bert, mask, lambda m, x: m(ids, mask).last_hidden_state * x[..., None])

policy = randomize(FullPolicy(ResNet(4, [1, 1, 1, 1]), BERT(60, 32, 2, 4, 48, 16), 32, 8, 24, 7)).eval()
rgb = torch.randint(0, 256, (2, 64, 64, 3)).float()
actions, confidence = policy(rgb, ids, mask)
put("full", rgb=rgb, ids=ids, mask=mask, actions=actions, confidence=confidence, map=policy.vision(rgb.permute(0, 3, 1, 2)))
state = policy.state_dict()
part = lambda prefix: {k[len(prefix):]: v for k, v in state.items() if k.startswith(prefix)}
save_file(part("vision.") | {"fc.weight": randn(3, 128), "fc.bias": randn(3)}, here / "resnet.safetensors")
save_file({"bert." + k: v for k, v in part("language.").items()}
          | {"bert.embeddings.position_ids": torch.arange(16)[None], "bert.pooler.dense.weight": randn(32, 32),
             "bert.pooler.dense.bias": randn(32)}, here / "bert.safetensors")
save_file({k: v for k, v in state.items() if not k.startswith(("vision.", "language."))}, here / "head.safetensors")

# Five steps of AdamW: rank 2 decays, rank 1 does not; gradients clipped to a common norm of 1.
weight, bias = nn.Parameter(randn(3, 4)), nn.Parameter(randn(3))
put("adamw", weight=weight, bias=bias)
optimizer = torch.optim.AdamW(
    [{"params": [weight], "weight_decay": 0.1}, {"params": [bias], "weight_decay": 0.0}], lr=0.05)
x, target = randn(6, 4), randn(6, 3)
put("adamw", x=x, target=target)
for step in range(5):
    optimizer.zero_grad()
    F.mse_loss(F.linear(x, weight, bias), target).backward()
    norm = nn.utils.clip_grad_norm_([weight, bias], 1.0)
    optimizer.step()
    put("adamw", **{f"weight{step}": weight, f"bias{step}": bias, f"norm{step}": norm})

# Factors of the learning rate at some steps.
steps = [0, 1, 9, 10, 11, 500, 999, 1000, 1001, 2999, 3000, 3001, 6999, 7000]
put("schedule", steps=torch.tensor(steps))
kinds = {
    "restarts": lambda o: torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(o, 1000, 2, eta_min=0.01),
    "linear": lambda o: torch.optim.lr_scheduler.LinearLR(o, 1 / 11, 1, 10),
    "constant": lambda o: torch.optim.lr_scheduler.ConstantLR(o, 0.25, 10),
}
for name, make in kinds.items():
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler, factors = make(optimizer), []
    for step in range(max(steps) + 1):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    put("schedule", **{name: torch.tensor([factors[s] for s in steps], dtype=torch.float64)})

save_file(tensors, here / "reference.safetensors")
