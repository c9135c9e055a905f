export type Json = string | number | boolean | null | readonly Json[] | JsonGroup;
export interface JsonGroup {
  readonly [key: string]: Json;
}

/**
 * What a typed text may mean where a value stands already: a value of the same type, JSON, or plain text; in the order
 * in which to try them.
 *
 * @param old  the value that is there; null fixes no type
 */
export function readingsOf(text: string, old: Json): Json[] {
  const same = old === null ? undefined : readAs(text, old);
  const json = readJson(text);
  const readings = json === null ? [json, same, text] : [same, json, text];
  return readings.filter((reading) => reading !== undefined);
}

/** The text as a value of the type of `old`; undefined where it is none. A list may be typed as `16,32` or as JSON. */
function readAs(text: string, old: Json): Json | undefined {
  if (typeof old === 'string') return text;
  if (typeof old === 'number') return text.trim() !== '' && Number.isFinite(+text) ? +text : undefined;
  if (!Array.isArray(old)) {
    const json = readJson(text);
    return typeof json === typeof old ? json : undefined;
  }
  if (text.trim().startsWith('[')) return readJson(text);
  const first = (old as readonly Json[])[0];
  const items = text === '' ? [] : text.split(',').map((item) => item.trim());
  const values = items.map((item) => (first === undefined ? (readJson(item) ?? item) : readAs(item, first)));
  return values.some((value) => value === undefined) ? undefined : (values as Json[]);
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** `a number`, for messages. */
export function typeName(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'a value';
  return typeof value === 'boolean' ? 'true or false' : `a ${typeof value}`;
}
