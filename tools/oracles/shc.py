#!/usr/bin/env python3
"""Float64 oracle of SHC, written in NumPy from the paper's equations (`paper`) and from what the authors' program
computes (`official`). Gradients of the loss are in closed form, checked against central differences.

    python3 tools/oracles/shc.py        writes packages/shc/fixtures/shc.json
"""

import json
from math import comb
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[2] / 'packages' / 'shc' / 'fixtures' / 'shc.json'


def R(a, digits=10):
    return (np.round(np.asarray(a, float), digits) + 0.0).tolist()


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def sylvester(order):
    return np.array([[(-1.0) ** bin(i & k).count('1') for k in range(order)] for i in range(order)])


def words(columns):
    return [''.join('1' if v > 0 else '0' for v in column) for column in columns.T]


# ------------------------------------------------------------------------------------------------ distance bound
def distance_bound(q, classes):
    d = 1
    while classes * sum(comb(q, i) for i in range(d)) < 2**q:
        d += 1
    return d


SIZES = [(q, c) for c in (2, 3, 4, 7, 8, 10, 16, 20, 80, 100, 196, 200, 555, 1000) for q in (8, 12, 16, 32, 48, 64, 128)]
bound = [{'bits': q, 'classes': c, 'distance': distance_bound(q, c)} for q, c in SIZES + [(4, 3)]]


# ------------------------------------------------------------------------------------------------ stage 1
def similarity(logits, labels, variant):
    classes = logits.shape[1]
    rows = np.zeros((classes, classes))
    for z, y in zip(logits, labels):
        z = z.copy()
        z[np.argmax(z) if variant == 'paper' else y] = -np.inf
        rows[y] += softmax(z)
    if variant != 'official':
        rows /= np.bincount(labels, minlength=classes)[:, None]

    def scaled(m):
        centred = m - m.mean(1, keepdims=True)
        return centred / np.abs(centred).max(1, keepdims=True)

    s = scaled((rows + rows.T) / 2) if variant == 'official' else (scaled(rows) + scaled(rows).T) / 2
    np.fill_diagonal(s, 1)
    return R(s)


logits = np.array(
    [[4, 1, 0.5, -1], [3, 2, 0, -2], [1.5, 3.5, 0.2, 0.1], [2.5, 2, -0.5, 0], [0, 0.5, 4, 2], [-1, 0, 3, 2.5], [-0.5, -1, 1, 5]]
)
labels = np.array([0, 0, 1, 1, 2, 2, 3])
stage1 = {'logits': logits.tolist(), 'labels': labels.tolist()}
stage1 |= {v: similarity(logits, labels, v) for v in ('recommended', 'official', 'paper')}


def cross_entropy(z, y):
    return float(-np.log(softmax(z)[np.arange(len(y)), y]).mean())


z, y = np.array([[2, 0, -1], [0, 1, 0.5]]), np.array([0, 2])
share = softmax(z)
classification = {
    'logits': z.tolist(),
    'labels': y.tolist(),
    'loss': R(cross_entropy(z, y)),
    'gradient': R((share - np.eye(3)[y]) / len(y)),
    'double': R(cross_entropy(share, y)),
    'floors': {str(k): R(np.log(1 + (k - 1) / np.e)) for k in (3, 100, 196, 555)},
}


# ------------------------------------------------------------------------------------------------ stage 2
def place(S, H, d, cycles, variant, rho=0.2, mu=0.625, beta=1e-6, eta=0.5, lam=0.1):
    """Columns are classes. Returns the losses and the best centres, and a trace of the first cycle."""
    q, n = H.shape
    H, t = H.astype(float).copy(), q - 2 * d
    multipliers, alpha = np.full((q, n), lam), np.zeros((n, n))
    losses, best, trace = [], None, {'updates': []}
    for cycle in range(cycles):
        A = 2 / q**2 * H @ H.T + rho * np.eye(q)
        M = np.linalg.solve(A, 2 / q * H @ S + multipliers + rho * H)
        K = np.maximum(t - H.T @ H + alpha / beta, 0)
        if cycle == 0:
            trace |= {'proxies': R(M.T), 'slacks': R(K)}

        def update(i):
            rest = [j for j in range(n) if j != i]
            h, others = H[:, i].copy(), H[:, rest]
            push = 2 * mu * others.sum(1) - 2 * others @ alpha[i, rest] - 2 * beta * others @ (t - K[i, rest])
            if variant == 'official':
                push = (push + 2 * beta * q * (n - 1) * h) / 1e4
            else:
                push = push + 2 * beta * others @ (others.T @ h)
            g = 2 / q**2 * M @ (M.T @ h) - 2 / q * M @ S[:, i] + multipliers[:, i] + rho * (h - M[:, i]) + push
            candidate = np.sign(h - g / eta)
            far = ((q - others.T @ candidate) / 2).min() >= d
            if far:
                H[:, i] = candidate
            if cycle == 0:
                changed = bool(far and (candidate != h).any())
                trace['updates'].append({'class': i, 'gradient': R(g), 'push': R(push, 12), 'changed': changed})

        def raise_multipliers(i):
            multipliers[:, i] += rho * (H[:, i] - M[:, i])
            if variant == 'paper':
                alpha[i] += beta * (t - H[:, i] @ H - K[i])

        if variant == 'official':
            for _ in range(3):
                for i in range(n):
                    update(i)
            for i in range(n):
                raise_multipliers(i)
        else:
            for i in range(n):
                for _ in range(3):
                    update(i)
                raise_multipliers(i)
        if cycle == 0:
            trace['multipliers'] = R(multipliers.T)
        loss = float(((S - H.T @ H / q) ** 2).mean())
        if not losses or loss < min(losses):
            best = H.copy()
        losses.append(loss)
    return {'losses': R(losses), 'centers': words(best), 'trace': trace}


def placed(name, S, H, d, cycles, variant, traced=True):
    result = place(S, H, d, cycles, variant)
    if not traced:
        del result['trace']
    settings = {'bits': H.shape[0], 'minDistance': d, 'cycles': cycles, 'variant': variant}
    return {'name': name, 'similarity': S.tolist(), 'start': words(H), **settings, **result}


def descend(S, H, d):
    """Flips the best bit of each class as long as that helps."""
    q, n = H.shape
    H, moved = H.copy(), True

    def loss(X):
        G = X.T @ X
        near = (q - G[~np.eye(n, dtype=bool)]) / 2
        return np.inf if near.min() < d else ((S - G / q) ** 2).sum()

    def flipped(i, k):
        X = H.copy()
        X[k, i] *= -1
        return X

    while moved:
        moved = False
        for i in range(n):
            while True:
                values = [loss(flipped(i, k)) for k in range(q)]
                if min(values) >= loss(H) - 1e-9:
                    break
                H, moved = flipped(i, int(np.argmin(values))), True
    return H


S3 = np.array([[1, 0.5, -0.5], [0.5, 1, -0.25], [-0.5, -0.25, 1]])
H3 = sylvester(4)[:3].T
H20 = np.vstack([sylvester(16), -sylvester(16)])[:20].T
S6 = np.array(
    [
        [1.0, 0.5867, -0.2657, -0.4413, -0.4362, 1.0],
        [1.0, 1.0, -0.2243, -0.4162, -0.2239, 0.2884],
        [1.0, 0.6832, 1.0, -0.6464, -0.3962, 0.0503],
        [-0.2722, -0.2598, -0.263, 1.0, 1.0, 0.0749],
        [-0.3508, 0.1896, -0.2574, 1.0, 1.0, -0.2022],
        [1.0, 0.1409, -0.2641, -0.2461, -0.2945, 1.0],
    ]
)
H6 = np.array([[1.0 if c == '1' else -1.0 for c in word] for word in '10110101 00011010 01110110 10001111 11010011 11101001'.split()]).T


def groups(ids):
    ids = np.array(ids)
    S = np.where(ids[:, None] == ids, 0.8, -0.2)
    np.fill_diagonal(S, 1)
    return S


stage2 = [
    placed('small, official', S3, H3, 1, 3, 'official'),
    placed('small, paper', S3, H3, 1, 3, 'paper'),
    placed('a similarity that is not symmetric', S6, H6, 4, 30, 'official'),
    placed('groups of five', groups([i // 5 for i in range(20)]), H20, 6, 30, 'official', traced=False),
    placed('interleaved groups', groups([i % 4 for i in range(20)]), H20, 6, 30, 'official', traced=False),
    placed('groups of five, paper', groups([i // 5 for i in range(20)]), H20, 6, 20, 'paper', traced=False),
]
end = descend(S6, H6, 4)
descent = {
    'similarity': S6.tolist(),
    'start': words(H6),
    'minDistance': 4,
    'centers': words(end),
    'loss': R(((S6 - end.T @ end / 8) ** 2).mean()),
}


# ------------------------------------------------------------------------------------------------ Lp-box ADMM
def lp_box(b, B, d, rho, y1, y2, y3, steps):
    q, t, rate = len(b), len(b) - 2 * d, (1 + 5**0.5) / 2 * rho
    z1, z2, z3, trace = b.copy(), b.copy(), t - B @ b, []
    for _ in range(steps):
        right = rho * (z1 + z2 + B.T @ (t - z3)) - y1 - y2 - B.T @ y3 - B.mean(0)
        x = np.linalg.solve(2 * rho * np.eye(q) + rho * B.T @ B, right)
        z1, z2, z3 = x + y1 / rho, x + y2 / rho, t - B @ x - y3 / rho
        fine = bool((z3 >= 0).all() and abs((z2**2).sum() - q) <= 1e-3)
        if not fine:
            z1, z2, z3 = np.clip(z1, -1, 1), z2 * np.sqrt(q) / np.linalg.norm(z2), np.maximum(z3, 0)
        y1, y2, y3 = y1 + rate * (x - z1), y2 + rate * (x - z2), y3 + rate * (B @ x + z3 - t)
        trace.append({'x': R(x), 'z1': R(z1), 'z2': R(z2), 'z3': R(z3), 'y1': R(y1), 'y2': R(y2), 'y3': R(y3), 'inRange': fine})
    return trace


word, others = np.array([1.0, 1, -1, 1]), sylvester(4)[:3]
duals = [
    {'y1': [0.5] * 4, 'y2': [0.25] * 4, 'y3': [0.1, 0.2, 0.3]},
    {'y1': [0.9, 0.1, 0.6, 0.3], 'y2': [0.2, 0.7, 0.4, 0.8], 'y3': [3.0, 0.9, 2.5]},
]
boxes = [
    {
        'word': word.tolist(),
        'others': others.tolist(),
        'minDistance': 1,
        'rho': 0.5,
        **case,
        'steps': lp_box(word, others, 1, 0.5, *(np.array(case[y]) for y in ('y1', 'y2', 'y3')), 2),
    }
    for case in duals
]


# ------------------------------------------------------------------------------------------------ stage 3
def central(u, h):
    return np.mean(np.logaddexp(0, 2 * u) - (h + 1) * u)


def quantisation(u):
    return np.mean((np.abs(np.tanh(u)) - 1) ** 2)


u = np.array([[0.5, -1.2, 2, 0.1], [-0.3, 0.8, -0.05, 1.5], [3, -3, 0.4, -0.7]])
centers = np.array([[1, -1, 1, 1], [1, -1, -1, -1], [-1, 1, 1, 1.0]])
ids = np.array([0, 2, 1])
h, v = centers[ids], np.tanh(u)
by_center = 2 * ((v + 1) / 2 - (h + 1) / 2) / u.size
by_quantisation = 2 * (np.abs(v) - 1) * np.sign(v) * (1 - v**2) / u.size
for f, g in ((lambda x: central(x, h), by_center), (quantisation, by_quantisation)):
    for at in np.ndindex(u.shape):
        e = np.zeros_like(u)
        e[at] = 1e-6
        assert abs((f(u + e) - f(u - e)) / 2e-6 - g[at]) < 1e-8
stage3 = {
    'outputs': u.tolist(),
    'labels': ids.tolist(),
    'centers': centers.astype(int).tolist(),
    'center': R(central(u, h)),
    'quantisation': R(quantisation(u)),
    'centerGradient': R(by_center),
    'quantisationGradient': R(by_quantisation),
    # The authors' form: binary cross-entropy of shares, whose logarithms PyTorch clamps at -100.
    'crossEntropy': R(-np.where(h > 0, np.log((v + 1) / 2), np.log((1 - v) / 2)).mean()),
}

fixture = {
    'bound': bound,
    'similarity': stage1,
    'classification': classification,
    'placed': stage2,
    'descent': descent,
    'lpBox': boxes,
    'loss': stage3,
}
TARGET.write_text(json.dumps(fixture, indent=1) + '\n')
