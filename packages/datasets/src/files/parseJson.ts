import type { z } from 'zod';

/**
 * JSON text as a schema reads it.
 *
 * @param place  the file, and perhaps the line, for messages
 * @throws Error  that names the place and what is wrong there
 */
export function parseJson<T>(text: string, place: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`${place}: expected JSON, but: ${(error as Error).message}.`, { cause: error });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new Error(`${place}: ${issues.join('; ')}.`);
}
