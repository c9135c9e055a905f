import { scanLayout } from './kernels/scanLayout.js';
import { scanModule } from './kernels/scanModule.js';
import { webAssembly } from './wasm/webAssembly.js';

/** Whether this Node compiles WebAssembly with 128-bit instructions. */
export function kernelsWork(): boolean {
  return webAssembly?.validate(scanModule(scanLayout(1, 0))) ?? false;
}
