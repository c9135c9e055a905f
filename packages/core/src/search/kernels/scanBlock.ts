import { type Code, i32, i64, ifThen, v128, whileLoop } from '../wasm/instructions.js';
import type { Call, FunctionBody, Local, WasmModule } from '../wasm/wasmModule.js';
import { definePatternTable } from './patternTable.js';
import { PlaneSum } from './planeSum.js';
import { QueryState } from './queryState.js';
import { type ScanLayout, STATE } from './scanLayout.js';
import { countOnes, loadWord } from './storedCode.js';
import { transposeBlock } from './transposeBlock.js';

/**
 * Defines `scanBlock(address, position, count, queries)`: compares a block of 128 codes, of which `count` are there,
 * with each of the queries and returns whether any query is full.
 *
 * The block is turned on its side, one bit of 128 codes in each register. What the codes' distances are in a group of
 * six bits depends on six bits of a query: 64 patterns, worked out once for all queries. A query then adds up one table
 * entry for each group, in 128 lanes at a time, and on top the number that lets distances at or above its limit
 * overflow. Almost always all lanes do, and nothing else remains to be done: a third of a clock cycle for a code.
 */
export function defineScanBlock(module: WasmModule, layout: ScanLayout): void {
  const tables = defineTables(module, layout);
  module.define('scanBlock', 4, 'i32', (body, address, position, count, queries) => {
    const query = body.local('i32');
    const key = body.local('i32');
    const near = body.local('v128');
    const sum = new PlaneSum(body);
    addDistances(sum, body, layout, key);
    const far = sum.overflow(layout.digits);
    return [
      transposeBlock(body, layout, address),
      tables,
      key.set(i32.const(layout.keys)),
      whileLoop(
        i32.ltU(query.get, queries.get),
        sum.code,
        near.set(v128.not(far)),
        ifThen(
          v128.anyTrue(near.get),
          acceptLanes(body, layout, { address, position, count, query, key, near }),
        ),
        key.set(i32.add(key.get, i32.const(layout.keyStride))),
        query.set(i32.add(query.get, i32.const(1))),
      ),
      i32.load(i32.const(layout.full)),
    ];
  });
}

/** Code that fills all tables from the columns. */
function defineTables(module: WasmModule, { groups, columns }: ScanLayout): Code {
  const calls = new Map<number, Call>();
  return groups.map(({ bits, digits, firstBit, table }) => {
    const fill = calls.get(bits) ?? definePatternTable(module, bits, digits);
    calls.set(bits, fill);
    return fill(i32.const(columns + 16 * firstBit), i32.const(table));
  });
}

function addDistances(sum: PlaneSum, body: FunctionBody, layout: ScanLayout, key: Local): void {
  const place = body.local('i32');
  sum.code.push(place.set(i32.shl(i32.load16(key.get), i32.const(4))));
  for (let weight = 0; weight < layout.digits; weight++) {
    sum.add(weight, v128.load(place.get, layout.biases + 16 * weight));
  }
  layout.groups.forEach(({ digits, table }, i) => {
    sum.code.push(place.set(i32.load16(key.get, 2 * (i + 1))));
    for (let weight = 0; weight < digits; weight++)
      sum.add(weight, v128.load(place.get, table + 16 * weight));
  });
}

type BlockVariables = Record<'address' | 'position' | 'count' | 'query' | 'key' | 'near', Local>;

/** Finds the exact distances of the codes in the lanes of `near`, the limit falling as it goes. */
function acceptLanes(body: FunctionBody, layout: ScanLayout, block: BlockVariables): Code {
  const { address, position, count, query, key, near } = block;
  const state = new QueryState(body, layout);
  const lanes = body.local('i64');
  const base = body.local('i32');
  const lane = body.local('i32');
  const code = body.local('i32');
  const distance = body.local('i32');
  const differences = (word: number) =>
    i64.xor(loadWord(layout.stride, code.get, word), i64.load(state.address.get, STATE.words + 8 * word));
  return [
    state.open(query.get),
    lanes.set(v128.lane64(near.get, 0)),
    base.set(i32.const(0)),
    whileLoop(
      i32.ltU(base.get, i32.const(128)),
      whileLoop(
        i64.ne(lanes.get, i64.const(0n)),
        lane.set(i32.add(base.get, i32.wrap(i64.ctz(lanes.get)))),
        lanes.set(i64.and(lanes.get, i64.sub(lanes.get, i64.const(1n)))),
        code.set(i32.add(address.get, i32.mul(lane.get, i32.const(layout.stride)))),
        distance.set(i32.wrap(countOnes(layout.words, differences))),
        ifThen(
          i32.and(i32.ltU(distance.get, state.limit.get), i32.ltU(lane.get, count.get)),
          state.accept(i32.add(position.get, lane.get), distance),
        ),
      ),
      lanes.set(v128.lane64(near.get, 1)),
      base.set(i32.add(base.get, i32.const(64))),
    ),
    state.close(key.get),
  ];
}
