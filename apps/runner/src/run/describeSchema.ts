import { z } from 'zod';

/** A setting as its schema describes it. */
export interface Setting {
  /** Dotted path. */
  readonly key: string;
  /** As JSON; empty where there is none. */
  readonly byDefault: string;
  readonly description: string;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly default?: unknown;
  readonly description?: string;
  readonly enum?: readonly unknown[];
}

/** All settings of a schema, those of nested groups too. */
export function describeSchema(schema: z.ZodType, prefix = ''): Setting[] {
  return settingsIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, prefix);
}

function settingsIn({ properties = {} }: JsonSchema, prefix: string): Setting[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const key = prefix + name;
    if (property.properties !== undefined) return settingsIn(property, `${key}.`);
    const choices = property.enum === undefined ? '' : `${property.enum.join(' or ')}: `;
    const byDefault = property.default === undefined ? '' : JSON.stringify(property.default);
    return [{ key, byDefault, description: choices + (property.description ?? '') }];
  });
}
