import type { PairsSet } from './pairsEntry.js';

/** Files of `<start>-iall.mat`, `-yall.mat` and `-lall.mat`: images, tags and labels; or all in one file. */
function filesFrom(start: string, ...whole: readonly string[]): PairsSet['files'] {
  const named = (letter: string) => [`${start}-${letter}all.mat`, ...whole];
  return { index: named('i'), caption: named('y'), label: named('l') };
}

/** MIRFlickr-25K of DCMH, in DJSRH's split: the first label gives twice as many, and train is filled up (authors' code). */
export const MIRFLICKR_DCMH: PairsSet = {
  files: filesFrom('mirflickr25k', 'FLICKR-25K.mat'),
  defaults: { query: 80, train: 200, splitSeed: null },
  perLabel: { first: 2, pad: true },
};

/** NUS-WIDE's ten most frequent concepts of DCMH, in DJSRH's split (authors' code). */
export const NUSWIDE_DCMH: PairsSet = {
  files: filesFrom('nus-wide-tc10'),
  defaults: { query: 200, train: 500, splitSeed: null },
  perLabel: { first: 1, pad: false },
};
