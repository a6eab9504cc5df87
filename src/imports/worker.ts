import { parentPort, workerData } from 'node:worker_threads';
import { yieldToAnswers } from '../runtime/niceness.ts';
import { type FileNo, type Grid, UnreadableFile } from './grid.ts';
import { readTables } from './read-tables.ts';

/** Describes what a thread that reads a file tells: its tables, or why it has none. */
export type Told = { readonly grids: Grid[] } | { readonly why: FileNo };

yieldToAnswers();

const tell = (told: Told): void => parentPort!.postMessage(told);

/** Reads the file that the thread was started with; what is no fault of the file ends the thread. */
async function read(): Promise<void> {
  try {
    tell({ grids: await readTables(workerData as Uint8Array) });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    tell({ why: error.why });
  }
}

void read();
