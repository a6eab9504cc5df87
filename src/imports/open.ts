import { Worker } from 'node:worker_threads';
import { type Grid, UnreadableFile } from './grid.ts';
import { readTables } from './read-tables.ts';
import type { Told } from './worker.ts';

/** Maximum size of a file that is read in the main thread, bytes: a thread takes longer to start than it takes to read. */
const SMALL_MAXIMUM_BYTES = 65_536;

/** Maximum memory of a thread that reads, megabytes; 20,000 rows of eight columns take two thirds of it. */
const LIMITS = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 8 } as const;

/** The compiled program has the worker beside this file; sources under test use what was compiled of it. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/imports/worker.js' : './worker.js',
  import.meta.url,
);

/**
 * The tables of a CSV file or a workbook. Nothing in a cell is run; of formulas the value stands that the program stored
 * which wrote the file. A large file is read in a thread: what reading takes of memory is bounded, and given back.
 * @throws UnreadableFile
 */
export const openTables = (bytes: Uint8Array): Promise<Grid[]> =>
  bytes.length > SMALL_MAXIMUM_BYTES ? readInThread(bytes) : readTables(bytes);

function readInThread(bytes: Uint8Array): Promise<Grid[]> {
  const thread = new Worker(ENTRY, { workerData: bytes, resourceLimits: LIMITS });
  return new Promise<Grid[]>((resolve, reject) => {
    thread.on('message', (told: Told) =>
      'grids' in told ? resolve(told.grids) : reject(new UnreadableFile(told.why)),
    );
    thread.on('error', (error: Error & { code?: string }) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new UnreadableFile('bomb') : error),
    );
    // Messages of the thread come before its end, so nothing more is to be expected.
    thread.on('exit', () => reject(new Error('the thread has ended')));
  });
}
