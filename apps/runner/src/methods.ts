import { dcmht, dimch, dnph, dsph, mith, twdh } from '@hash/clip-xmodal';
import type { Method } from '@hash/core';
import { djsrh } from '@hash/djsrh';
import { nsh } from '@hash/nsh';
import { shc } from '@hash/shc';
import { wch } from '@hash/wch';

/** The methods that come with the program. */
export const METHODS: readonly Method<unknown>[] = [
  dcmht,
  dimch,
  djsrh,
  dnph,
  dsph,
  mith,
  nsh,
  shc,
  twdh,
  wch,
];
