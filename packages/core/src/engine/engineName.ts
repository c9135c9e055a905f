/** The engines in the order in which `auto` tries them: the fastest first. */
export const ENGINE_NAMES = ['tensorflow-gpu', 'tensorflow', 'onnxruntime', 'wasm', 'cpu'] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];

/** @throws Error that lists the names, for any other */
export function parseEngineName(text: string): EngineName | 'auto' {
  if (text === 'auto' || (ENGINE_NAMES as readonly string[]).includes(text))
    return text as EngineName | 'auto';
  throw new Error(`Unknown engine '${text}'. Known engines: auto, ${ENGINE_NAMES.join(', ')}.`);
}
