"""Teaches the encoder our labels: low-rank corrections of its matrices, and one head a label.

What is learned is small (a few megabytes), so the weights of the encoder itself stay in its own
package, as they came. Needs torch, which the desk itself does not. Source of the method: LoRA,
Hu et al. 2021.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cortafuegos.triage.encoder.graph import LAYERS, MIDDLE
from cortafuegos.triage.encoder.pieces import Pieces
from cortafuegos.triage.encoder.wheel import Wheel
from cortafuegos.triage.fast import COLUMNS, FIELDS, WIDTH
from cortafuegos.triage.training.corpus import Example
from cortafuegos.triage.training.noise import vary

RANK, SCALE = 16, 2.0
ROUNDS, BATCH, RATE, SEED = 3, 32, 4e-4, 7
KEPT = 0.99  # of the running mean of what is learned; the mean ships, as it strays less from the encoder
WEIGHT = {"intent": 1.0, "cause": 0.7, "sentiment": 1.0, "urgency": 0.7, "churn": 0.5, "needs_reply": 0.7}
MATRICES = ("q", "k", "v", "ao", "fi", "fo")


class Corrected(nn.Module):  # type: ignore[misc]
    """A fixed matrix and, above the first layers, its low-rank correction."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray, learns: bool) -> None:
        super().__init__()
        self.register_buffer("weight", torch.from_numpy(weight).to(torch.bfloat16))
        self.register_buffer("bias", torch.from_numpy(bias).to(torch.bfloat16))
        self.learns = learns
        if learns:
            self.down = nn.Parameter(torch.randn(RANK, weight.shape[1]) / weight.shape[1] ** 0.5)
            self.up = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.linear(x, self.weight, self.bias)
        if self.learns:
            y = y + F.linear(F.linear(x, self.down.to(x.dtype)), self.up.to(x.dtype)) * SCALE
        return y


class Encoder(nn.Module):  # type: ignore[misc]
    def __init__(self, wheel: Wheel) -> None:
        super().__init__()
        s = self.sizes = wheel.sizes
        self.wheel = wheel
        self.place = torch.from_numpy(
            wheel.plain("emb.pos").reshape(-1, s.width) + wheel.plain("emb.type")[: s.width]
        )
        inputs = {"fo": s.inner}
        self.layers = nn.ModuleList()
        self.norms: list[dict[str, torch.Tensor]] = []
        for number in range(LAYERS):
            name = f"l{number}."
            self.layers.append(
                nn.ModuleDict(
                    {
                        m: Corrected(
                            wheel.packed(f"{name}{m}.w", inputs.get(m, s.width)),
                            wheel.plain(f"{name}{m}.b"),
                            number >= MIDDLE,
                        )
                        for m in MATRICES
                    }
                )
            )
            self.norms.append(
                {n: torch.from_numpy(wheel.plain(f"{name}{n}")) for n in ("aln.w", "aln.b", "oln.w", "oln.b")}
            )
        self.entry = tuple(torch.from_numpy(wheel.plain(f"emb.ln.{n}")) for n in "wb")
        self.head = nn.Linear(s.width, WIDTH)
        nn.init.normal_(self.head.weight, std=0.02)

    def forward(self, ids: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        s = self.sizes
        longest = max(map(len, ids))
        padded = np.full((len(ids), longest), s.pad)
        for row, own in zip(padded, ids, strict=True):
            row[: len(own)] = own
        there = torch.from_numpy(padded != s.pad)
        x = (
            torch.from_numpy(self.wheel.vectors(padded.ravel())).view(len(ids), longest, s.width)
            + self.place[:longest]
        )
        x = F.layer_norm(x, (s.width,), *self.entry, s.epsilon).to(torch.bfloat16)
        mask = there[:, None, None, :]
        for layer, norm in zip(self.layers, self.norms, strict=True):
            q, k, v = (layer[m](x).view(len(ids), longest, s.heads, -1).transpose(1, 2) for m in "qkv")
            seen = _attention(q, k, v, mask)
            seen = layer["ao"](seen.transpose(1, 2).reshape(len(ids), longest, s.width))
            x = self._norm(x + seen, norm, "aln")
            x = self._norm(x + layer["fo"](F.gelu(layer["fi"](x))), norm, "oln")
        weight = there[:, :, None].float()
        pooled = (x.float() * weight).sum(1) / weight.sum(1)
        return pooled, self.head(F.dropout(pooled, 0.1, self.training) * 3)

    def _norm(self, x: torch.Tensor, norm: dict[str, torch.Tensor], name: str) -> torch.Tensor:
        return F.layer_norm(
            x.float(), (self.sizes.width,), norm[f"{name}.w"], norm[f"{name}.b"], self.sizes.epsilon
        ).to(x.dtype)


def _attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Spelt out: of posts as short as these, torch's own takes half of all the learning's time."""
    scores = (q @ k.transpose(-1, -2)) * q.shape[-1] ** -0.5
    return scores.float().masked_fill(~mask, float("-inf")).softmax(-1).to(v.dtype) @ v


def _batches(ids: list[list[int]], dice: random.Random) -> list[list[int]]:
    """Posts of like length together, the batches in random order."""
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]) + dice.random() * 8)
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    dice.shuffle(batches)
    return batches


def learn(examples: Sequence[Example], say: Callable[[str, Encoder], None], rounds: int = ROUNDS) -> Encoder:
    torch.set_num_threads(1)  # sums in another order end in other weights
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)
    dice = random.Random(SEED)  # noqa: S311
    wheel = Wheel()
    pieces, model = Pieces(wheel), Encoder(wheel)
    answers = {
        name: torch.tensor([values.index(getattr(e, name)) for e in examples])
        for name, values in FIELDS.items()
    }
    steps = rounds * -(-len(examples) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.02)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    mean = {name: value.detach().clone() for name, value in model.named_parameters()}
    model.train()
    for turn in range(rounds):
        ids = [pieces.split(vary(e.text, dice) if turn else e.text) for e in examples]
        total = 0.0
        for batch in _batches(ids, dice):
            _, logits = model([ids[i] for i in batch])
            loss = sum(
                WEIGHT[name] * F.cross_entropy(logits[:, columns], answers[name][batch], label_smoothing=0.05)
                for name, columns in COLUMNS.items()
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            pace.step()
            _follow(mean, model)
            total += loss.item() * len(batch)
        say(f"round {turn + 1}: loss {total / len(examples):.3f}", model)
        model.train()
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.copy_(mean[name])
    return model


def _follow(mean: dict[str, torch.Tensor], model: Encoder) -> None:
    with torch.no_grad():
        for name, value in model.named_parameters():
            mean[name].lerp_(value, 1 - KEPT)


@torch.no_grad()  # type: ignore[untyped-decorator]
def read(model: Encoder, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """(vectors, logits) of texts, in their order."""
    model.eval()
    pieces = Pieces(model.wheel)
    ids = [pieces.split(text) for text in texts]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    vectors, logits = np.zeros((len(ids), model.sizes.width), "f4"), np.zeros((len(ids), WIDTH), "f4")
    for at in range(0, len(order), 32):
        part = order[at : at + 32]
        pooled, out = model([ids[i] for i in part])
        vectors[part], logits[part] = pooled.numpy(), out.numpy()
    return vectors, logits


def parameters(model: Encoder) -> dict[str, np.ndarray]:
    """What was learned, in half precision: "l3.q.down", "l3.q.up", ..., "head.weight", "head.bias"."""
    found = {}
    for number, layer in enumerate(model.layers):
        for name in MATRICES:
            if layer[name].learns:
                found[f"l{number}.{name}.down"] = layer[name].down.detach().numpy().astype(np.float16)
                found[f"l{number}.{name}.up"] = (layer[name].up.detach().numpy() * SCALE).astype(np.float16)
    found["head.weight"] = (model.head.weight.detach().numpy() * 3).astype(np.float16)
    found["head.bias"] = model.head.bias.detach().numpy().astype(np.float32)
    return found
