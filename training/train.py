"""Examples -> weights of the reader model.

    python training/train.py --examples build/examples --out build/first --steps 2800 --seed 4 --leave-out gold_extra
    python training/train.py --examples build/examples --out build/model --steps 900 --start build/first \
        --seed 5 --rate 1.8e-4

One command per step of at most --minutes; run it again to go on from the last checkpoint until --steps are done. The
learning rate follows one cycle over all steps, so the result does not depend on where a step ended. A second cycle
starts from the averaged weights of the first at a lower rate. Averaged weights
(exponential, over the last steps) are what counts. The log has a line per 50 batches.
"""

import argparse
import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import msgspec
import torch
from base import base_folder
from batches import Batch, stream
from examples import Example
from network import ReaderNetwork, new_network
from torch import Tensor
from torch.nn import functional

from onrecord.reading.model_layers import ARC_WIDTH, LAYERS, offsets

SHARES = {"polnear_train": 0.50, "gold_train": 0.28, "gold_extra": 0.15, "newsdiscourse_train": 0.07}
"""Share of the windows of each set; the coded pages are few, and all that is known of figures and events. `--share`
gives others."""

ROWS, LIMIT = 16, 192
"""Windows per batch and word pieces per window: best speed on two cores."""

RATE, NEW_FACTOR = 3e-4, 5.0
"""Highest learning rate of the encoder, and how much faster the new outputs learn."""

WARM = 0.1
"""Share of the steps in which the learning rate grows."""

AVERAGE = 0.998
"""Weight of the past in the averaged weights: about the last 500 steps."""

WEIGHTS = {
    **{"any source": 1.3, "any cue": 2.0, "any content": 1.0, "source": 1.0, "cue": 1.5, "content": 1.0},
    **dict.fromkeys(("number", "counted", "outcome word", "trigger", "place", "time", "actor", "target"), 1.0),
    **dict.fromkeys(("outcome", "kind", "act", "type"), 0.15),
    **dict.fromkeys(("polarity", "modality", "status"), 0.1),
    **{"addressee": 0.5, "names": 0.5, "speech": 0.05},
}
"""Weight of each layer in the loss; layers with a class per span count less, since their loss per span is larger. Cues
are short, so that their words are few in the mean over all words."""

ARC_WEIGHT = 0.3
"""Weight of the arcs in the loss."""


def loss_of(network: ReaderNetwork, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of a batch and its parts by layer."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, heads, tails = network(*batch.inputs)
    scores, heads, tails = scores.float(), heads.float(), tails.float()
    total = scores.new_zeros(())
    parts = {}
    for layer in LAYERS:
        gold = batch.layers[layer.name]
        known = gold != -100
        if not bool(known.any()):
            continue
        low, high = offsets()[layer.name]
        part = functional.cross_entropy(scores[known][:, low:high], gold[known])
        parts[layer.name] = float(part.detach())
        total = total + WEIGHTS[layer.name] * part
    if len(batch.arcs):
        row, head, tail, label, distance, linked = batch.arcs.unbind(1)
        shape = (len(row), -1, ARC_WIDTH)
        each = torch.arange(len(row))
        product = heads[row, head].view(shape)[each, label] * tails[row, tail].view(shape)[each, label]
        guess = product.sum(-1) / ARC_WIDTH**0.5 + network.arc_bias[label, distance]
        part = functional.binary_cross_entropy_with_logits(guess, linked.float())
        parts["arcs"] = float(part.detach())
        total = total + ARC_WEIGHT * part
    return total, parts


def rate_at(step: int, steps: int) -> float:
    """Return the share of the highest learning rate at a step: up in a line, down in a line."""
    warm = max(1, int(steps * WARM))
    return (step + 1) / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


class Run(msgspec.Struct):
    """A training run that can stop and go on: network, averaged weights, optimiser, step."""

    network: ReaderNetwork
    average: dict[str, Tensor]
    optimiser: torch.optim.AdamW
    step: int = 0

    def save(self, path: Path) -> None:
        """Write a checkpoint in one go, so that a killed process leaves the last whole one."""
        fresh = path.with_suffix(".new")
        torch.save(
            {
                "network": self.network.state_dict(),
                "average": self.average,
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
            },
            fresh,
        )
        fresh.replace(path)

    def load(self, path: Path) -> None:
        """Go on from a checkpoint."""
        saved = torch.load(path, weights_only=True)
        self.network.load_state_dict(saved["network"])
        self.average = saved["average"]
        self.optimiser.load_state_dict(saved["optimiser"])
        self.step = int(saved["step"])


def new_run() -> Run:
    """Return a run at its start."""
    network = new_network(base_folder())
    fresh: list[torch.nn.Parameter] = []
    old: list[torch.nn.Parameter] = []
    for name, weight in network.named_parameters():
        new = name.startswith(("classes", "arc", "cases", "quotes", "places"))
        (fresh if new else old).append(weight)
    groups = [{"params": old, "scale": 1.0}, {"params": fresh, "scale": NEW_FACTOR}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    return Run(network, {k: v.detach().clone() for k, v in network.state_dict().items()}, optimiser)


def go_on(run: Run, sets: dict[str, list[Example]], options: argparse.Namespace) -> None:
    """Train until the steps or the minutes are done; log and save as it goes."""
    shares = {name: share for name, share in {**SHARES, **dict(options.share)}.items() if name in sets}
    begun, saved = time.monotonic(), time.monotonic()
    sums: dict[str, list[float]] = defaultdict(list)
    run.network.train()
    torch.manual_seed(options.seed + run.step)
    pieces = 0
    for batch in stream(sets, shares, ROWS, LIMIT, options.seed + run.step):
        if run.step >= options.steps or time.monotonic() - begun > options.minutes * 60:
            break
        for group in run.optimiser.param_groups:
            group["lr"] = options.rate * group["scale"] * rate_at(run.step, options.steps)
        loss, parts = loss_of(run.network, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
        run.optimiser.step()
        run.optimiser.zero_grad()
        run.step += 1
        keep = min(AVERAGE, run.step / (run.step + 10))
        with torch.no_grad():
            for name, value in run.network.state_dict().items():
                run.average[name].lerp_(value, 1 - keep)
        pieces += int(batch.inputs[4].sum())
        for name, part in parts.items():
            sums[name].append(part)
        if run.step % 50 == 0:
            means = " ".join(f"{name.replace(' ', '_')}={sum(v) / len(v):.3f}" for name, v in sums.items())
            speed = pieces / (time.monotonic() - begun)
            print(f"step {run.step}/{options.steps} {speed:,.0f} pieces/s {means}", flush=True)
            sums.clear()
        if time.monotonic() - saved > options.save_minutes * 60:
            run.save(options.out / "checkpoint.pt")
            saved = time.monotonic()
    run.save(options.out / "checkpoint.pt")


def share_of(words: str) -> tuple[str, float]:
    """Return the set and the share that "set=0.4" gives; ValueError for another form or a set that does not exist."""
    name, _, share = words.partition("=")
    if name not in SHARES:
        raise ValueError(f"no set {name!r}: give one of {', '.join(SHARES)}")
    return name, float(share)


def main() -> int:
    """Train one step and say how far it came."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--rate", type=float, default=RATE, help="highest learning rate of the encoder")
    parser.add_argument("--start", type=Path, help="folder of a finished run whose averaged weights are the start")
    parser.add_argument("--leave-out", choices=SHARES, nargs="*", default=[], help="sets to train without")
    parser.add_argument("--share", type=share_of, nargs="*", default=[], help="SET=SHARE of the windows")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--save-minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    sets = {}
    for name in (name for name in SHARES if name not in options.leave_out):
        path = options.examples / f"{name}.msgpack"
        if path.exists():
            sets[name] = msgspec.msgpack.decode(path.read_bytes(), type=list[Example])
        else:
            print(f"train.py: {path} is not there; training goes on without this set", file=sys.stderr)
    run = new_run()
    if options.start is not None:
        run.network.load_state_dict(torch.load(options.start / "checkpoint.pt", weights_only=True)["average"])
        run.average = {k: v.detach().clone() for k, v in run.network.state_dict().items()}
    if (options.out / "checkpoint.pt").exists():
        run.load(options.out / "checkpoint.pt")
        print(f"going on from step {run.step}", flush=True)
    begun = time.monotonic()
    go_on(run, sets, options)
    print(f"{run.step} of {options.steps} steps done, {(time.monotonic() - begun) / 60:.0f} minutes", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
