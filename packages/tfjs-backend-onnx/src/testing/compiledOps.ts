import { registerOnnxBackend } from '../registerOnnxBackend.js';
import { nodeOps } from './nodeOps.js';

let model = new Uint8Array();
registerOnnxBackend({ threads: 1, onModel: (bytes) => (model = bytes.slice()) });

/** The operators of the graph that was compiled last, in order. */
export function compiledOps(): string[] {
  return nodeOps(model);
}
