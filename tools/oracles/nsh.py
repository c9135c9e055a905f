#!/usr/bin/env python3
"""Float64 oracle of NSH, written in NumPy from the equations with no automatic differentiation. It sorts, gathers and
scores position by position, as the paper draws it. Gradients are analytic, with the slope of |x| at 0 taken as 0 and
sorted values routed back by a stable descending sort; where no two similarities tie they are checked against central
differences.

    python3 tools/oracles/nsh.py        writes packages/nsh/fixtures/nsh.json
"""

import json
import math
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[2] / 'packages' / 'nsh' / 'fixtures' / 'nsh.json'


def rounded(a, digits=12):
    if isinstance(a, float):
        return round(a, digits)
    a = np.asarray(a)
    return a.tolist() if a.dtype.kind in 'iu' else (np.round(a.astype(float), digits) + 0.0).tolist()


def softmax(v):
    e = np.exp(v - v.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(v):
    m = v.max(axis=-1, keepdims=True)
    return v - m - np.log(np.exp(v - m).sum(axis=-1, keepdims=True))


def length(x):
    return np.sqrt((x * x).sum(-1, keepdims=True))


def central_differences(f, x, h=1e-6):
    x = np.array(x, float)
    gradient = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        held = x[i]
        x[i] = held + h
        above = f(x)
        x[i] = held - h
        below = f(x)
        x[i] = held
        gradient[i] = (above - below) / (2 * h)
    return gradient


def softsort(s, temperature):
    """s [n] -> order, sorted values, P [n, n]; row k holds the weights of the k-th largest."""
    order = np.argsort(-s, kind='stable')
    return order, s[order], softmax(-np.abs(s[order][:, None] - s[None, :]) / temperature)


def forward(b1, b2, z1, z2, m, temperature, sort_temperature):
    n, bits = b1.shape
    S = b1 @ b2.T / (2 * bits) + 0.5
    rows = [softsort(s, sort_temperature) for s in S]
    order, sorted_values, P = (np.stack(part) for part in zip(*rows))
    E = np.einsum('ikj,jd->ikd', P, z1)
    cos = np.einsum('ikd,id->ik', E / length(E), z2 / length(z2))
    losses = np.zeros((n, m))
    for i in range(n):
        for k in range(m):
            losses[i, k] = -log_softmax(np.concatenate([[cos[i, k]], cos[i, m:]]) / temperature)[0]
    return dict(S=S, order=order, S_sorted=sorted_values, P=P, E=E, cos=cos, losses=losses, loss=float(losses.mean()))


def gradients(b1, b2, z1, z2, m, temperature, sort_temperature):
    f = forward(b1, b2, z1, z2, m, temperature, sort_temperature)
    n, bits = b1.shape
    S, P, E, cos = f['S'], f['P'], f['E'], f['cos']
    dcos = np.zeros((n, n))
    for i in range(n):
        for k in range(m):
            columns = [k, *range(m, n)]
            slope = softmax(cos[i, columns] / temperature)
            slope[0] -= 1
            dcos[i, columns] += slope / temperature / (m * n)
    e, z = E / length(E), z2 / length(z2)
    dE = dcos[:, :, None] * (z[:, None, :] - cos[:, :, None] * e) / length(E)
    dz2 = (dcos[:, :, None] * (e - cos[:, :, None] * z[:, None, :])).sum(1) / length(z2)
    dz1 = np.einsum('ikj,ikd->jd', P, dE)
    dP = np.einsum('ikd,jd->ikj', dE, z1)
    dlogits = P * (dP - (P * dP).sum(-1, keepdims=True))
    dS = np.zeros((n, n))
    for i in range(n):
        gaps = np.round(f['S_sorted'][i][:, None] - S[i][None, :], 12)
        towards = -np.sign(gaps) / sort_temperature * dlogits[i]
        dS[i] -= towards.sum(0)
        for k in range(n):
            dS[i, f['order'][i, k]] += towards[k].sum()
    return dict(
        dcos=dcos, dE=dE, dP=dP, dS=dS, db1=dS @ b2 / (2 * bits), db2=dS.T @ b1 / (2 * bits), dz1=dz1, dz2=dz2
    )


def check(gradient, b1, b2, z1, z2, *settings):
    def loss(*inputs):
        return forward(*inputs, *settings)['loss']

    def close(name, f, x):
        assert np.allclose(gradient[name], central_differences(f, x), atol=1e-6), name

    close('dz1', lambda x: loss(b1, b2, x, z2), z1)
    close('dz2', lambda x: loss(b1, b2, z1, x), z2)
    S = b1 @ b2.T
    if all(len(set(np.round(row, 9))) == len(row) for row in S):
        close('db1', lambda x: loss(x, b2, z1, z2), b1)
        close('db2', lambda x: loss(b1, x, z1, z2), b2)


def double_softmax(cos, m, temperature):
    """What a cross-entropy with a softmax of its own makes of probabilities."""
    logits = cos / temperature
    terms = [softmax(np.concatenate([logits[:, k : k + 1], logits[:, m:]], 1)) for k in range(m)]
    return float(np.mean([-log_softmax(p)[:, 0].mean() for p in terms]))


def case(name, b1, b2, z1, z2, m, temperature, sort_temperature, relaxed=None):
    b1, b2, z1, z2 = (np.array(a, float) for a in (b1, b2, z1, z2))
    settings = (m, temperature, sort_temperature)
    output = forward(b1, b2, z1, z2, *settings)
    gradient = gradients(b1, b2, z1, z2, *settings)
    check(gradient, b1, b2, z1, z2, *settings)
    n = len(b1)
    made = dict(
        name=name,
        positives=m,
        temperature=temperature,
        sort_temperature=sort_temperature,
        input=dict(b1=rounded(b1), b2=rounded(b2), z1=rounded(z1), z2=rounded(z2)),
        output={key: rounded(value) for key, value in output.items()},
        grad={key: rounded(value) for key, value in gradient.items()},
        double_softmax=rounded(double_softmax(output['cos'], m, temperature)),
        double_softmax_floor=rounded(math.log(1 + (n - m) * math.exp(-1))),
    )
    if relaxed is not None:
        h1, h2 = (np.tanh(np.array(u, float)) for u in relaxed)
        errors = np.concatenate([h1 - b1, h2 - b2])
        made['quantisation'] = dict(
            h1=rounded(h1), h2=rounded(h2), loss=rounded(float((errors**2).mean())), dh=rounded(2 * errors / errors.size)
        )
    return made


def softsort_case(name, s, temperature):
    order, values, P = softsort(np.array(s, float), temperature)
    return dict(
        name=name, s=s, temperature=temperature, order=order.tolist(), sorted=rounded(values), P=rounded(P)
    )


def main():
    # Row 0 has Hamming distances 0, 1, 3, 4. In row 2 the items 1 and 2 tie, and so do 0 and 3.
    b1 = [[1, 1, 1, 1], [1, 1, 1, -1], [1, 1, -1, -1], [-1, -1, -1, -1]]
    b2 = [[1, 1, 1, 1], [1, 1, 1, -1], [1, -1, -1, -1], [-1, -1, -1, -1]]
    z1 = [[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1]]
    z2 = [[1, 0], [1, 0], [0, 1], [0, 1]]
    u1 = [[1.2, 0.4, 0.7, 0.3], [0.9, 0.2, 1.1, -0.5], [0.4, 0.6, -0.8, -1.0], [-0.3, -0.2, -1.5, -0.7]]
    u2 = [[1.0, 0.5, 0.6, 0.2], [0.7, 0.3, 0.9, -0.6], [0.5, -0.4, -0.9, -1.2], [-0.4, -0.6, -1.1, -0.8]]
    by_hand = (b1, b2, z1, z2)
    random = np.random.RandomState(11)
    relaxed = [np.round(np.tanh(random.randn(5, 8)), 3) for _ in range(2)]
    latents = [np.round(z / length(z), 4) for z in (random.randn(5, 3) for _ in range(2))]
    fixture = dict(
        precision='float64; float32 comes within 1e-5',
        softsort=[
            softsort_case('figure 1 of the SoftSort paper', [2, 5, 4], 1),
            softsort_case('levels', [1, 0.75, 0.5, 0.25], 0.25),
            softsort_case('ties', [0.75, 0.25, 0.75, 0.5], 0.25),
            softsort_case('all equal', [0.5, 0.5, 0.5], 0.25),
            softsort_case('temperature of 16: flat', [1, 0.75, 0.5, 0.25], 16.0),
        ],
        cases=[
            case('binary codes with ties, 2 positives', *by_hand, 2, 0.5, 0.25, (u1, u2)),
            case('1 positive', *by_hand, 1, 0.1, 0.25, (u1, u2)),
            case('3 positives', *by_hand, 3, 0.1, 0.25, (u1, u2)),
            case('relaxed codes without ties', *relaxed, *latents, 2, 0.3, 1 / 8),
        ],
    )
    TARGET.write_text(json.dumps(fixture) + '\n')


if __name__ == '__main__':
    main()
