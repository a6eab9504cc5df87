import { parentPort, workerData } from 'node:worker_threads';
import { yieldToAnswers } from '../runtime/niceness.ts';
import { type FaultCode, faultOf, StorageFault } from '../storage/faults.ts';
import { openSnapshot } from '../storage/open.ts';
import { type Order, type Products, productOf } from './product.ts';

/** Describes what a thread is started for. */
export interface Job {
  /** Address of the database; see `Store`. */
  readonly address: string;
  readonly order: Order;
}

/** Describes what a thread tells: how far it is, and at last what it made, or why it could not. */
export type Told =
  | { readonly done: number; readonly of: number }
  | { readonly product: Products[Order['kind']] }
  | { readonly fault: string; readonly storage: FaultCode | null };

yieldToAnswers();

const tell = (told: Told): void => parentPort!.postMessage(told);

/** Makes what is ordered, and tells why it could not be made. */
async function make({ address, order }: Job): Promise<void> {
  try {
    const { read, close } = await openSnapshot(address);
    try {
      tell({ product: await productOf(read, order, (done, of) => tell({ done, of })) });
    } finally {
      await close();
    }
  } catch (thrown) {
    const error = faultOf(thrown);
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell({ fault, storage: error instanceof StorageFault ? error.code : null });
  }
}

void make(workerData as Job);
