import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { showDownload } from './downloadProgress.js';

describe('showDownload', () => {
  it('writes a line every ten seconds where there is no terminal', () => {
    const stream = new PassThrough();
    let time = 0;
    const { onProgress, stop } = showDownload(stream, 'cifar-10', () => time);
    for (; time <= 20; time++) onProgress({ doneBytes: 50e6 + time * 2e6, totalBytes: 170e6 });
    onProgress({ doneBytes: 92e6, totalBytes: null });
    time = 40;
    onProgress({ doneBytes: 130e6, totalBytes: null });
    stop();
    expect(String(stream.read()).split('\n')).toEqual([
      'cifar-10  50.0 of 170.0 MB',
      'cifar-10  70.0 of 170.0 MB  2.0 MB/s  50 s left',
      'cifar-10  90.0 of 170.0 MB  2.0 MB/s  40 s left',
      'cifar-10  130.0 MB  2.0 MB/s',
      '',
    ]);
  });

  it('writes over one line on a terminal and clears it', () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 20 });
    let time = 0;
    const { onProgress, stop } = showDownload(stream, 'a', () => time);
    onProgress({ doneBytes: 0, totalBytes: 10e6 });
    time = 0.1;
    onProgress({ doneBytes: 1e6, totalBytes: 10e6 });
    time = 1;
    onProgress({ doneBytes: 5e6, totalBytes: 10e6 });
    stop();
    expect(String(stream.read())).toBe('\r\u001b[Ka  0.0 of 10.0 MB\r\u001b[Ka  5.0 of 10.0 MB  \r\u001b[K');
  });

  it('clears nothing where nothing was shown', () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true });
    showDownload(stream, 'a', () => 0).stop();
    expect(stream.read()).toBe(null);
  });
});
