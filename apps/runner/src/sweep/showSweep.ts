import type { Surroundings } from '../surroundings.js';
import { formatDuration } from '../terminal/formatDuration.js';
import { styleFor } from '../terminal/style.js';
import type { Cell } from './cells.js';
import { isDone, type SweepSession } from './runSweep.js';

/** Writes a line where a cell begins, and where it ends: `[3/20] wch-quick-16bits-seed0-1a2b3c4d: done in 53 s`. */
export function showSweep(
  cells: readonly Cell[],
  { stderr, env, seconds }: Surroundings,
): Pick<SweepSession, 'onStart' | 'onEnd' | 'say'> {
  const { dim, red } = styleFor(stderr, env);
  const started = new Map<string, number>();
  let ended = cells.filter(isDone).length;
  const say = (line: string) => void stderr.write(`${dim(line)}\n`);
  if (ended > 0) say(`${ended} of ${cells.length} runs were done before`);
  return {
    say,
    onStart({ name }) {
      started.set(name, seconds());
      say(`${name}: begins`);
    },
    onEnd({ name }, end) {
      const place = `[${(ended += 1)}/${cells.length}] ${name}: `;
      const duration = formatDuration(seconds() - started.get(name)!);
      if (end.state === 'failed') stderr.write(`${place}${red('failed')}: ${end.reason}\n`);
      else if (end.state === 'done') stderr.write(`${place}done in ${duration}\n`);
      else stderr.write(`${name}: stopped and saved\n`);
    },
  };
}
