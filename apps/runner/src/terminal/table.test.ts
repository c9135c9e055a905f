import { expect, it } from '@jest/globals';
import { formatTable } from './table.js';

it('formatTable aligns columns and leaves no blanks at the end of a line', () =>
  expect(
    formatTable(
      [
        { title: 'bits', align: 'right' },
        { title: 'metric', align: 'left' },
        { title: 'note', align: 'left' },
      ],
      [
        ['16', 'mAP@1000', 'a'],
        ['', 'P', ''],
      ],
    ),
  ).toEqual(['bits  metric    note', '  16  mAP@1000  a', '      P']));
