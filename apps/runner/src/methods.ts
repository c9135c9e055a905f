import type { Method } from '@hash/core';
import { wch } from '@hash/wch';

/** The methods that come with the program. */
export const METHODS: readonly Method<unknown>[] = [wch];
