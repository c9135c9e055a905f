"""Writes packages/core/fixtures/*.safetensors with the reference implementation of the format.

Run from the repository's root, with numpy and safetensors installed: python tools/oracles/safetensors_files.py
"""

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

TARGET = Path("packages/core/fixtures")

# What we read and write alike, so that the same tensors make the same bytes.
ours = {
    "head.weight": np.array([[0.5, -1.25, 3e-40], [np.inf, -0.0, 65504]], dtype=np.float32),
    "head.bias": np.zeros(0, dtype=np.float32),
    "steps": np.array(-7, dtype=np.int32),
    "pixels": np.array([0, 128, 255], dtype=np.uint8),
    "mask": np.array([[True], [False], [True]]),
    'a "quoted" naïve name': np.array([1], dtype=np.float32),
}
save_file(ours, TARGET / "written.safetensors", metadata={"format": "pt"})

# What published weights hold besides.
save_file(
    {
        "half": np.array([1.5, -65504, 6e-8, 6.1e-5, np.inf, 0.1], dtype=np.float16),
        "long": np.array([2**31 - 1, -(2**31), 0], dtype=np.int64),
    },
    TARGET / "widened.safetensors",
)
save_file({"long": np.array([0, 2**31], dtype=np.int64)}, TARGET / "tooLong.safetensors")
save_file({"double": np.array([1.0])}, TARGET / "double.safetensors")
