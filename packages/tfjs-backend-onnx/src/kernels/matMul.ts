import * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../onnx/graphBuilder.js';
import type { Value } from '../onnx/value.js';
import { sizeOf } from '../onnx/shape.js';
import { applyActivation, isActivation } from './activation.js';
import { isEmpty, operand, record, type Kernel, type KernelTable } from './kernel.js';

interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Shape of the product; the operands' inner sizes must agree and their outer ones broadcast. */
function productShape(kernel: string, a: tf.TensorInfo, b: tf.TensorInfo, transposes: Transposes): number[] {
  if (a.shape.length < 2 || b.shape.length < 2)
    throw new Error(
      `${kernel}: expected two matrices or batches of them, but got [${a.shape.join(', ')}] and [${b.shape.join(', ')}].`,
    );
  const [rowsA, columnsA] = lastTwo(a.shape, transposes.transposeA);
  const [rowsB, columnsB] = lastTwo(b.shape, transposes.transposeB);
  if (columnsA !== rowsB)
    throw new Error(
      `${kernel}: expected equal inner sizes, but got ${columnsA} of [${a.shape.join(', ')}] and ` +
        `${rowsB} of [${b.shape.join(', ')}] (transposeA ${transposes.transposeA}, transposeB ${transposes.transposeB}).`,
    );
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return [...outer, rowsA, columnsB];
}

function lastTwo(shape: readonly number[], transpose: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return transpose ? [columns, rows] : [rows, columns];
}

/** One product is a Gemm; a batch of them a FusedMatMul, which transposes while it packs. */
function emitProduct(
  graph: GraphBuilder,
  a: Value,
  b: Value,
  shape: readonly number[],
  { transposeA, transposeB }: Transposes,
): Value {
  const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
  if (sizeOf(shape.slice(0, -2)) > 1)
    return graph.node('FusedMatMul', [a, b], shape, { attributes, domain: 'com.microsoft' });
  const flatA = graph.reshape(a, a.shape.slice(-2));
  const flatB = graph.reshape(b, b.shape.slice(-2));
  return graph.reshape(graph.node('Gemm', [flatA, flatB], shape.slice(-2), { attributes }), shape);
}

const batchMatMul: Kernel = (call) => {
  const [a, b] = [operand(call, 'a'), operand(call, 'b')];
  const { transposeA, transposeB } = call.attrs as unknown as Transposes;
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || isEmpty(a) || isEmpty(b)) return undefined;
  const shape = productShape(call.kernel, a, b, { transposeA, transposeB });
  const output = { shape, dtype: 'float32' } as const;
  return record(call, `${transposeA}${transposeB}`, [a, b], output, (graph, [x, y]) =>
    emitProduct(graph, x as Value, y as Value, shape, { transposeA, transposeB }),
  );
};

const fusedMatMul: Kernel = (call) => {
  const [a, b] = [operand(call, 'a'), operand(call, 'b')];
  const { bias, preluActivationWeights: slope } = call.inputs;
  const { transposeA, transposeB, activation, leakyreluAlpha } =
    call.attrs as unknown as tf._FusedMatMulAttrs;
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || isEmpty(a) || isEmpty(b)) return undefined;
  if (!isActivation(activation)) return undefined;
  const shape = productShape(call.kernel, a, b, { transposeA, transposeB });
  const inputs = [a, b, bias, slope].filter((input) => input !== undefined && input !== null);
  const hasBias = bias !== undefined && bias !== null;
  const key = `${transposeA}${transposeB}${activation}${leakyreluAlpha}${hasBias}`;
  return record(call, key, inputs, { shape, dtype: 'float32' }, (graph, [x, y, ...rest]) => {
    const product = emitProduct(graph, x as Value, y as Value, shape, { transposeA, transposeB });
    const sum = hasBias ? graph.map('Add', [product, rest.shift() as Value]) : product;
    return applyActivation(graph, sum, { activation, alpha: leakyreluAlpha, slope: rest[0] });
  });
};

export const matMulKernels: KernelTable = { BatchMatMul: batchMatMul, _FusedMatMul: fusedMatMul };
