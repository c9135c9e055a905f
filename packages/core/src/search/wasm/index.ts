export { copyBytes, f32x4, i16x8, i32, i32x4, i8x16, v128, whileLoop, type Code } from './instructions.js';
export { WasmModule, type FunctionBody, type Local } from './wasmModule.js';
export { webAssembly, type SharedWasmMemory } from './webAssembly.js';
