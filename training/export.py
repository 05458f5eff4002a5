"""Weights of a training run -> the folder of a reader model: ONNX, tokenizer, settings.

    python training/export.py --run build/model --out build/reader-3
    python training/export.py --run build/model --out build/reader-3-fp32 --precision fp32

The vectors of word pieces are kept as fp16 (a table that is only looked up: half the size, no arithmetic); the
matrices of the encoder are int8 with one scale per column. Needs the extra `train` and onnx.
"""

import argparse
import shutil
from pathlib import Path

import msgspec
import onnx
import torch
from base import base_folder
from network import ReaderNetwork, new_network
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.reading.model_layers import ARC_WIDTH, ARCS, DISTANCES, LAYERS

OPSET = 17
"""ONNX operator set: the first with layer normalisation as one operator."""

INPUTS = ("pieces", "cases", "quotes", "places", "mask")
OUTPUTS = ("scores", "heads", "tails")


def load_average(run: Path) -> ReaderNetwork:
    """Return the network with the averaged weights of a run."""
    network = new_network(base_folder())
    saved = torch.load(run / "checkpoint.pt", weights_only=True)
    network.load_state_dict(saved["average"])
    network.eval()
    return network


def write_onnx(network: ReaderNetwork, path: Path) -> None:
    """Write the network as ONNX with free numbers of texts and pieces."""
    example = (*(torch.ones(2, 16, dtype=torch.long) for _ in range(4)), torch.ones(2, 16))
    free = {0: "texts", 1: "pieces"}
    torch.onnx.export(
        network,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=dict.fromkeys((*INPUTS, *OUTPUTS), free),
        opset_version=OPSET,
        dynamo=False,
    )


def halve_pieces(path: Path) -> None:
    """Keep the vectors of word pieces as fp16 and turn the looked-up ones into fp32."""
    model = onnx.load(str(path))
    graph = model.graph
    name = "pieces.weight"
    weights = next(w for w in graph.initializer if w.name.startswith(name))
    half = numpy_helper.from_array(numpy_helper.to_array(weights).astype("float16"), weights.name)
    weights.CopyFrom(half)
    at, gather = next((i, n) for i, n in enumerate(graph.node) if n.op_type == "Gather" and weights.name in n.input)
    result = gather.output[0]
    gather.output[0] = result + "_half"
    graph.node.insert(at + 1, helper.make_node("Cast", [result + "_half"], [result], to=TensorProto.FLOAT))
    onnx.save(model, str(path))


def main() -> int:
    """Export and say how large it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="reader-3")
    parser.add_argument("--precision", choices=("int8", "fp32"), default="int8")
    parser.add_argument("--keep", default="", help="parts whose matrices stay fp32, such as 'classes arc encoder.5'")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    network = load_average(options.run)
    target = options.out / "model.onnx"
    write_onnx(network, target)
    if options.precision == "int8":
        model = onnx.load(str(target))
        kept = options.keep.split()
        matrices = [n.name for n in model.graph.node if n.op_type == "MatMul"]
        skip = [name for name in matrices if any(part in name.replace("/", ".") for part in kept)]
        quantize_dynamic(
            target,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=skip,
        )
        halve_pieces(target)
    settings = {
        "name": options.name,
        "precision": options.precision,
        "layers": [msgspec.structs.asdict(layer) for layer in LAYERS],
        "arcs": list(ARCS),
        "arc_width": ARC_WIDTH,
        "distances": list(DISTANCES),
        "links": [
            {"product": ARC_WIDTH**-0.5, "distance": [round(v, 5) for v in row], "sentence": 0.0, "paragraph": 0.0}
            for row in network.arc_bias.tolist()
        ],
    }
    (options.out / "settings.json").write_bytes(msgspec.json.encode(settings))
    shutil.copy(base_folder() / "tokenizer.json", options.out / "tokenizer.json")
    print(f"{options.out}: {sum(f.stat().st_size for f in options.out.iterdir()) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
