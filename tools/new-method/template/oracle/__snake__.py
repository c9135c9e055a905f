#!/usr/bin/env python3
"""Float64 oracle of __name__, written from the equations with no automatic differentiation.

    python3 tools/oracles/__snake__.py        writes packages/__name__/fixtures/__name__.json
"""

import json
import math
from pathlib import Path

TARGET = Path(__file__).parents[2] / 'packages' / '__name__' / 'fixtures' / '__name__.json'


def cosine(a, b):
    dot = sum(x * y for x, y in zip(a, b))
    return dot / (math.hypot(*a) * math.hypot(*b))


def loss(u, affinity):
    n = len(u)
    return sum((cosine(u[i], u[j]) - affinity[i][j]) ** 2 for i in range(n) for j in range(n)) / n**2


u = [[0.5, -1.25, 2.0, 0.75], [1.5, 0.25, -0.5, 1.0], [-0.25, -0.75, 1.5, 2.0]]
affinity = [[1, -1, 1], [-1, 1, -1], [1, -1, 1]]
TARGET.write_text(json.dumps({'u': u, 'affinity': affinity, 'loss': round(loss(u, affinity), 12)}) + '\n')
print(TARGET)
