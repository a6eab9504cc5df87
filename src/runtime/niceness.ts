import { setPriority } from 'node:os';

/** Niceness of threads whose work can wait; that of the main thread, which answers people, is 0. */
const NICE = 5;

/** Lets the main thread go before this one. On Linux alone a thread has a niceness of its own. */
export function yieldToAnswers(): void {
  if (process.platform === 'linux') setPriority(0, NICE);
}
