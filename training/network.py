"""The reader model in torch: base encoder with word features, one output per class of every layer, arcs between words.

The layers of the encoder are written out here, so that the same weights run with torch in training and as ONNX in the
package without a library in between. Shapes: B texts, T word pieces, C classes of all layers, A arc labels times width.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.reading.model_input import CASES, PLACES, QUOTES
from onrecord.reading.model_layers import ARC_WIDTH, ARCS, DISTANCES, WIDTH

DROPOUT = 0.1
"""Share of activations dropped in training, as the base model was trained."""


class EncoderLayer(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """Self-attention and feed-forward part of BERT, normalised after each."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_attention, self.norm_output = (nn.LayerNorm(width, eps=epsilon) for _ in range(2))

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Return the next hidden states, [B, T, width]; mask is added to the scores, [B, 1, 1, T]."""
        batch, length, width = hidden.shape
        shape = (batch, length, self.heads, width // self.heads)
        query, key, value = (part(hidden).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, width))
        hidden = self.norm_attention(hidden + functional.dropout(mixed, DROPOUT, self.training))
        inner = self.down(functional.gelu(self.up(hidden)))
        return self.norm_output(hidden + functional.dropout(inner, DROPOUT, self.training))


class ReaderNetwork(nn.Module):  # type: ignore[misc]
    """Word pieces and features -> scores of all classes, arc vectors of heads and of tails."""

    def __init__(self, config: dict[str, int | float]) -> None:
        super().__init__()
        width, epsilon = int(config["hidden_size"]), float(config["layer_norm_eps"])
        self.pieces = nn.Embedding(int(config["vocab_size"]), width)
        self.positions = nn.Embedding(int(config["max_position_embeddings"]), width)
        self.cases, self.quotes, self.places = (nn.Embedding(n + 1, width) for n in (CASES, QUOTES, PLACES))
        self.norm = nn.LayerNorm(width, eps=epsilon)
        heads, inner = int(config["num_attention_heads"]), int(config["intermediate_size"])
        self.encoder = nn.ModuleList(
            EncoderLayer(width, heads, inner, epsilon) for _ in range(int(config["num_hidden_layers"]))
        )
        self.classes = nn.Linear(width, WIDTH)
        self.arc_heads = nn.Linear(width, len(ARCS) * ARC_WIDTH)
        self.arc_tails = nn.Linear(width, len(ARCS) * ARC_WIDTH)
        self.arc_bias = nn.Parameter(torch.zeros(len(ARCS), len(DISTANCES) + 1))

    def forward(
        self, pieces: Tensor, cases: Tensor, quotes: Tensor, places: Tensor, mask: Tensor
    ) -> tuple[Tensor, ...]:
        """Return scores [B, T, C] and arc vectors [B, T, A] of heads and tails.

        Args:
            pieces: ids of word pieces, [B, T].
            cases: case feature plus one, 0 for padding; quotes and places likewise.
            quotes: quotation feature.
            places: position feature.
            mask: 1.0 for a piece, 0.0 for padding, [B, T].
        """
        length = pieces.shape[1]
        hidden = self.pieces(pieces) + self.positions.weight[:length]
        hidden = self.norm(hidden + self.cases(cases) + self.quotes(quotes) + self.places(places))
        hidden = functional.dropout(hidden, DROPOUT, self.training)
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        for layer in self.encoder:
            hidden = layer(hidden, bias)
        hidden = functional.dropout(hidden, DROPOUT, self.training)
        return self.classes(hidden), self.arc_heads(hidden), self.arc_tails(hidden)


def new_network(base: Path) -> ReaderNetwork:
    """Return a network with the weights of the base model; features and outputs are new."""
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    network = ReaderNetwork(config)
    weights = load_file(str(base / "model.safetensors"))
    names = {
        "pieces.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "norm": "embeddings.LayerNorm",
    }
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "norm_attention": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm_output": "output.LayerNorm",
    }
    for number in range(len(network.encoder)):
        names |= {f"encoder.{number}.{ours}": f"encoder.layer.{number}.{theirs}" for ours, theirs in parts.items()}
    state = network.state_dict()
    with torch.no_grad():
        for ours, theirs in names.items():
            for end in ("", ".weight", ".bias"):
                if ours + end in state and theirs + end in weights:
                    state[ours + end].copy_(weights[theirs + end])
        # every piece of the base has seen one and the same segment, so its vector goes into the positions
        state["positions.weight"].add_(weights["embeddings.token_type_embeddings.weight"][0])
        for feature in (network.cases, network.quotes, network.places):
            feature.weight.normal_(std=0.02)
    return network
