import { workerData } from 'node:worker_threads';
import type { ListedFiles } from '../files/listedFiles.js';
import { carryOutJobs } from '../loader/carryOutJobs.js';
import { readImage, type ReadJob, type ReadResult } from './readImage.js';

carryOutJobs<ReadJob, ReadResult>(
  (job) => readImage(workerData as ListedFiles, job),
  (result) => ('data' in result && result.data ? [result.data.buffer] : []),
);
