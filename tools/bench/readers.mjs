/**
 * How much memory the readers of weights take for a file of 360 MB: the peak of a process that reads one array after
 * the other, above what it has once a small file of the format is read. The peers read the same files as they are
 * used: NumPy, `torch.load`, safetensors and h5py.
 *
 *     node tools/bench/readers.mjs [--quick] [--json] [--python PATH]      (after npx nx build backbones)
 *
 * The files are the peers', 20 arrays of 18 MB, so it measures nothing without them. `--quick` makes them of 36 MB.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { options, Peer, report } from './bench.mjs';

const FORMATS = [
  ['npz', 'NumPy'],
  ['packed.npz', 'NumPy'],
  ['pth', 'torch.load'],
  ['legacy.pth', 'torch.load'],
  ['safetensors', 'safetensors'],
  ['h5', 'h5py'],
];

const settings = options();
const megabytes = settings.quick ? 36 : 360;
const peer = Peer.start('readersPeer.py', settings);
const folder = mkdtempSync(join(tmpdir(), 'readers-'));
const reader = fileURLToPath(new URL('readersRun.mjs', import.meta.url));
try {
  for (const [ending, peerName] of peer ? FORMATS : []) {
    const [large, small] = ['large', 'small'].map((name) => join(folder, `${name}.${ending}`));
    await peer.ask({ write: large, bytes: megabytes * 1e6 });
    await peer.ask({ write: small, bytes: 1e5 });
    const ours = JSON.parse(execFileSync(process.execPath, [reader, small, large], { encoding: 'utf8' }));
    const theirs = JSON.parse(
      execFileSync(
        settings.python,
        [fileURLToPath(new URL('readersPeer.py', import.meta.url)), small, large],
        { encoding: 'utf8' },
      ),
    );
    const row = { bench: 'readers', case: `.${ending} of ${megabytes} MB: memory`, peerName, unit: 'MB' };
    report(settings, { ...row, ours: ours.megabytes, peer: theirs.megabytes });
    report(settings, { ...row, case: '  time', ours: ours.seconds, peer: theirs.seconds, unit: 's' });
    rmSync(large);
  }
} finally {
  rmSync(folder, { recursive: true });
  peer?.close();
}
