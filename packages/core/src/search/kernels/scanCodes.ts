import { type Code, i32, i64, ifThen, whileLoop } from '../wasm/instructions.js';
import type { WasmModule } from '../wasm/wasmModule.js';
import { QueryState } from './queryState.js';
import { type ScanLayout, STATE } from './scanLayout.js';
import { countOnes, loadWord } from './storedCode.js';

/** Codes that one round of the loop compares. */
const UNROLL = 4;

/**
 * Defines `scanCodes(address, position, count, query)`: compares codes with one query, word by word, until the end or
 * until the query is full, and returns how many it has done. Beyond `count` up to three codes are read and ignored.
 */
export function defineScanCodes(module: WasmModule, layout: ScanLayout): void {
  module.define('scanCodes', 4, 'i32', (body, address, position, count, query) => {
    const state = new QueryState(body, layout);
    const words = Array.from({ length: layout.words }, () => body.local('i64'));
    const done = body.local('i32');
    const at = body.local('i32');
    const distance = body.local('i32');
    const compare = (ahead: number): Code => {
      const code = i32.add(at.get, i32.const(ahead * layout.stride));
      const place = i32.add(done.get, i32.const(ahead));
      const differences = (word: number) => i64.xor(words[word]!.get, loadWord(layout.stride, code, word));
      return [
        distance.set(i32.wrap(countOnes(layout.words, differences))),
        ifThen(
          i32.ltU(distance.get, state.limit.get),
          ifThen(i32.ltU(place, count.get), state.accept(i32.add(position.get, place), distance)),
        ),
      ];
    };
    return [
      state.open(query.get),
      words.map((word, i) => word.set(i64.load(state.address.get, STATE.words + 8 * i))),
      at.set(address.get),
      whileLoop(
        i32.and(i32.ltU(done.get, count.get), i32.eqz(state.isFull())),
        Array.from({ length: UNROLL }, (_, ahead) => compare(ahead)),
        at.set(i32.add(at.get, i32.const(UNROLL * layout.stride))),
        done.set(i32.add(done.get, i32.const(UNROLL))),
      ),
      state.close(i32.add(i32.const(layout.keys), i32.mul(query.get, i32.const(layout.keyStride)))),
      done.get,
    ];
  });
}
