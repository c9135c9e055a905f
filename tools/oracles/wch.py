#!/usr/bin/env python3
"""Float64 oracle of WCH, written in NumPy from the paper's equations with no automatic differentiation: gradients are
central differences (step 1e-6) of the loss in which the straight-through sign is replaced by tanh plus a constant.

    python3 tools/oracles/wch.py        writes packages/wch/fixtures/wch.json
"""

import json
import math
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[2] / 'packages' / 'wch' / 'fixtures' / 'wch.json'


def R(a, k=12):
    a = np.asarray(a)
    return a.tolist() if a.dtype.kind in 'iu' else (np.round(a.astype(float), k) + 0.0).tolist()


def softmax(v, axis=-1):
    v = np.asarray(v, float)
    e = np.exp(v - v.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(v, axis=-1):
    v = np.asarray(v, float)
    m = v.max(axis=axis, keepdims=True)
    return v - m - np.log(np.exp(v - m).sum(axis=axis, keepdims=True))


def unit(x, eps=1e-12):
    n = np.sqrt((x * x).sum(-1, keepdims=True))
    return x / np.maximum(n, eps)


def fd(f, x, h=1e-6):
    x = np.array(x, float)
    g = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'])
    for _ in it:
        i = it.multi_index
        o = x[i]
        x[i] = o + h
        a = f(x)
        x[i] = o - h
        b = f(x)
        x[i] = o
        g[i] = (a - b) / (2 * h)
    return g


def mutual_attention(x1, x2, T=1.0):
    A = np.einsum('nid,njd->nij', unit(x1), unit(x2))  # [N,P,P] i: view1 patch, j: view2 patch
    a1 = softmax(np.transpose(A, (0, 2, 1)) / T)  # [N,Pj,Pi] rows over view-1 patches
    a2 = softmax(A / T)  # [N,Pi,Pj] rows over view-2 patches
    return A, a1, a2, np.einsum('nji,nid->njd', a1, x1), np.einsum('nij,njd->nid', a2, x2)


def patch_similarity(y1, y2):
    u, v = unit(y1), unit(y2)
    N = len(u)
    G = np.zeros((N, N))
    for n in range(N):
        for m in range(N):
            G[n, m] = (u[n] @ v[m].T).max(axis=1).mean()
    return G


def weights(G, T=0.2):
    s = softmax(G / T)
    return s / np.diag(s)[None, :]


def layer_norm(x, g, b, eps=1e-6):
    mu = x.mean(-1, keepdims=True)
    va = ((x - mu) ** 2).mean(-1, keepdims=True)
    return (x - mu) / np.sqrt(va + eps) * g + b


def head_logits(p, w):
    f = layer_norm(p, w['ln_gamma'], w['ln_beta'])
    r = np.maximum(f @ w['fc_kernel'] + w['fc_bias'], 0)
    return f, r, r @ w['b_kernel'] + w['b_bias']


def wch_loss(h1, h2, W, T=0.3):
    K = h1.shape[1]
    z = h1 @ h2.T / K / T
    lp = log_softmax(z)
    ce = float(-(W * lp).sum() / len(h1))
    bal = float((h1.mean(0) ** 2).mean())
    mag = float((h1**2).mean())
    return dict(
        logits=z, log_softmax=lp, ce=ce, balance=bal, magnitude=mag, reg=bal - mag, total=ce + bal - mag
    )


def wch_case(name, x1, x2, head=None, note=''):
    x1, x2 = np.array(x1, float), np.array(x2, float)
    A, a1, a2, y1, y2 = mutual_attention(x1, x2)
    G = patch_similarity(y1, y2)
    W = weights(G)
    c = dict(
        name=name,
        note=note,
        params=dict(T_attn=1.0, T_w=0.2, T_hash=0.3, l2_eps=1e-12, ln_eps=1e-6),
        input=dict(x1=R(x1), x2=R(x2)),
        mutual_attention=dict(
            cos_sim=R(A), attn1_over_view1=R(a1), attn2_over_view2=R(a2), y1=R(y1), y2=R(y2)
        ),
        patch_similarity_G=R(G),
        softmax_G=R(softmax(G / 0.2)),
        weights_W=R(W),
        weights_W_closed_form='W[n][m] = exp(ls[n][m]-ls[m][m]), ls = log_softmax(G/T_w) over the row',
    )
    ls = log_softmax(G / 0.2)
    assert np.allclose(W, np.exp(ls - np.diag(ls)[None, :]))
    if head is not None:
        w = {k: np.array(v, float) for k, v in head.items()}
        o = []
        for y in (y1, y2):
            p = y.mean(1)
            f, r, u = head_logits(p, w)
            o.append(dict(pooled=p, ln=f, fc_relu=r, b_logit=u, tanh=np.tanh(u), h=np.sign(np.tanh(u))))
        L = wch_loss(o[0]['h'], o[1]['h'], W)
        c['input']['head'] = {k: R(v) for k, v in w.items()}
        c['head_view1'] = {k: R(v) for k, v in o[0].items()}
        c['head_view2'] = {k: R(v) for k, v in o[1].items()}
        c['loss'] = {k: (R(v) if hasattr(v, 'shape') else round(v, 12)) for k, v in L.items()}
        t0 = [o[0]['tanh'], o[1]['tanh']]
        h0 = [o[0]['h'], o[1]['h']]

        def total(a, b, detach):
            _, _, _, q1, q2 = mutual_attention(a, b)
            WW = W if detach else weights(patch_similarity(q1, q2))
            hs = [
                h0[i] + np.tanh(head_logits(q.mean(1), w)[2]) - t0[i] for i, q in enumerate((q1, q2))
            ]  # STE surrogate
            return wch_loss(hs[0], hs[1], WW)['total']

        for det in (False, True):
            c['grad_detachW_%s' % str(det).lower()] = dict(
                dx1=R(fd(lambda a: total(a, x2, det), x1), 7), dx2=R(fd(lambda b: total(x1, b, det), x2), 7)
            )
    return c


def wch_all():
    cases = []
    cases.append(
        wch_case(
            'axes',
            [[[1, 0], [0, 1]], [[1, 0], [1, 0]], [[0, 1], [0, 1]]],
            [[[1, 0], [0, 1]], [[0, 1], [1, 0]], [[0, 2], [0, 1]]],
            note='N=3 images, P=2 patches, D=2; every cosine is 0 or 1. Image 0: softmax([1,0]) = [0.731059, 0.268941].',
        )
    )
    rng = np.random.RandomState(7)
    N, P, D, H, K = 3, 3, 4, 5, 4
    hd = dict(
        ln_gamma=np.round(1 + 0.1 * rng.randn(D), 2),
        ln_beta=np.round(0.1 * rng.randn(D), 2),
        fc_kernel=np.round(rng.randn(D, H), 2),
        fc_bias=np.round(rng.randn(H), 2),
        b_kernel=np.round(0.5 * rng.randn(H, K), 2),
        b_bias=np.round(0.5 * rng.randn(K), 2),
    )
    cases.append(
        wch_case(
            'random_head',
            np.round(rng.randn(N, P, D), 2),
            np.round(rng.randn(N, P, D), 2),
            hd,
            note='kernels are [in,out] (TF layout). Gradients: straight-through sign; detachW=false is the official-code behaviour.',
        )
    )
    h1 = np.array([[1, 1, -1, -1], [1, -1, 1, -1], [-1, -1, 1, 1]], float)
    h2 = np.array([[1, 1, -1, 1], [1, -1, 1, -1], [-1, 1, 1, 1]], float)
    W = np.array([[1, 0.5, 0.25], [0.5, 1, 0.5], [0.1, 0.2, 1]])
    lo = []
    for nm, a, b, w in (
        ('signs', h1, h2, W),
        ('identity_W', h1, h2, np.eye(3)),
        ('W_all_ones', h1, h2, np.ones((3, 3))),
        ('code_with_zero', np.array([[1, 0, -1, -1], [1, -1, 1, -1], [-1, -1, 1, 1.0]]), h2, W),
    ):
        L = wch_loss(a, b, w)
        lo.append(
            dict(
                name=nm,
                input=dict(h1=R(a), h2=R(b), W=R(w), T_hash=0.3),
                output={k: (R(v) if hasattr(v, 'shape') else round(v, 12)) for k, v in L.items()},
                grad=dict(
                    dh1=R(fd(lambda q: wch_loss(q, b, w)['total'], a), 7),
                    dh2=R(fd(lambda q: wch_loss(a, q, w)['total'], b), 7),
                    dW=R(-L['log_softmax'] / len(a)),
                ),
            )
        )
    ste = dict(name='ste_sign_tanh', u=[-2.0, -0.5, 0.0, 0.3, 4.0])
    u = np.array(ste['u'])
    ste.update(tanh=R(np.tanh(u)), h=R(np.sign(u)), upstream=[1.0] * 5, grad_u=R(1 - np.tanh(u) ** 2))
    return dict(
        method='WCH',
        source='the equations of Yu, Qiu, Chen & Zhang, ACCV 2022',
        precision='float64; compare float32 implementations with atol 1e-5',
        cases=cases,
        loss_cases=lo,
        ste=ste,
        kaiming=dict(
            note='weights U(-a,a), a=sqrt(6/fan_out); biases N(0,1)',
            fc_768_1024=round(math.sqrt(6 / 1024), 9),
            b_1024_16=round(math.sqrt(6 / 16), 9),
            b_1024_32=round(math.sqrt(6 / 32), 9),
            b_1024_64=round(math.sqrt(6 / 64), 9),
        ),
        cosine_lr=dict(
            note='lr used in epoch e (0-based), T_max=50, eta_min=0',
            base=1e-5,
            lr={str(e): 1e-5 * (1 + math.cos(math.pi * e / 50)) / 2 for e in (0, 1, 10, 25, 40, 49)},
        ),
    )


if __name__ == '__main__':
    TARGET.write_text(json.dumps(wch_all(), indent=1) + '\n')
