import { type Code, v128 } from '../wasm/instructions.js';
import type { Call, FunctionBody, Local, WasmModule } from '../wasm/wasmModule.js';
import { PlaneSum } from './planeSum.js';

/**
 * Defines the function that fills the table of a bit group: for each pattern of the query's bits, the distances of the
 * block's codes in these bits. Each half of a pattern is added up once, and each table entry is the sum of two halves.
 * The function takes the addresses of the group's columns and of its table.
 */
export function definePatternTable(module: WasmModule, bits: number, digits: number): Call {
  return module.define(`table${bits}`, 2, 'nothing', (body, columns, table) => {
    const code: Code[] = [];
    const keep = (value: Code) => {
      const local = body.local('v128');
      code.push(local.set(value));
      return local;
    };
    const planes = Array.from({ length: bits }, (_, bit) => keep(v128.load(columns.get, 16 * bit)));
    const split = Math.ceil(bits / 2);
    const low = distances(body, code, planes.slice(0, split), keep);
    const high = distances(body, code, planes.slice(split), keep);
    for (let pattern = 0; pattern < 1 << bits; pattern++) {
      const sum = new PlaneSum(body);
      const halves = [low[pattern & ((1 << split) - 1)]!, high[pattern >> split]!];
      for (const half of halves) half.forEach((plane, weight) => sum.add(weight, plane.get));
      const entry = sum.sum(digits);
      code.push(...sum.code);
      entry.forEach((plane, i) => code.push(v128.store(table.get, plane, 16 * (pattern * digits + i))));
    }
    return code;
  });
}

/** For each pattern of up to three bits the planes of the distances to it. */
function distances(
  body: FunctionBody,
  code: Code[],
  planes: readonly Local[],
  keep: (value: Code) => Local,
): Local[][] {
  const flipped = planes.map((plane) => keep(v128.not(plane.get)));
  const digits = 32 - Math.clz32(planes.length);
  return Array.from({ length: 1 << planes.length }, (_, pattern) => {
    const sum = new PlaneSum(body);
    planes.forEach((plane, bit) => sum.add(0, ((pattern >> bit) & 1 ? flipped[bit]! : plane).get));
    const total = sum.sum(digits);
    code.push(...sum.code);
    return total.map(keep);
  });
}
