"""What the oracles of losses share: gradients by central differences, and results as the vectors keep them."""

import numpy as np


def gradient(f, x, step=1e-6):
    result = np.zeros_like(x)
    for at in np.ndindex(*x.shape):
        moved = [x.copy(), x.copy()]
        moved[0][at] -= step
        moved[1][at] += step
        result[at] = (f(moved[1]) - f(moved[0])) / (2 * step)
    return result


def rounded(value, digits=12):
    """Gradients, named so, to the seven digits that differences give."""
    if isinstance(value, dict):
        return {name: rounded(item, 7 if name.startswith("grad") else digits) for name, item in value.items()}
    return np.round(value, digits).tolist()
