import type { Interface } from 'node:readline';
import { goesOn } from './lines.ts';

/** Maximum number of lines that wait; nothing more is read until they are done. */
const WAITING = 1_000;

/**
 * Splits typed text into entries. Where somebody sits there, a line break inside quotes belongs to the text: an entry
 * goes on until its quotes are closed, or an empty line is typed. Lines that arrive at once were pasted, and an empty
 * one among them is part of the text.
 */
export class Entries {
  readonly #lines: Interface;
  readonly #joins: boolean;
  readonly #onOpen: (isPasted: boolean) => void;
  readonly #ready: string[] = [];
  #burst: string[] = [];
  #open: string | null = null;
  #closed = false;
  #wake: (() => void) | null = null;

  /** `onOpen` is told when an entry goes on in the next line. */
  constructor(lines: Interface, { joins, onOpen }: { joins: boolean; onOpen: (isPasted: boolean) => void }) {
    this.#lines = lines;
    this.#joins = joins;
    this.#onOpen = onOpen;
    lines.on('line', line => this.#take(line));
    lines.on('close', () => this.#end());
  }

  /** Tells whether an entry has begun that is not whole yet. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** Tells whether entries wait to be done. */
  get waits(): boolean {
    return this.#ready.length > 0 || this.#burst.length > 0;
  }

  /** The next entry; null at the end. */
  async next(): Promise<string | null> {
    for (;;) {
      const entry = this.#ready.shift();
      if (entry !== undefined) {
        if (this.#ready.length === 0 && !this.#closed) this.#lines.resume();
        return entry;
      }
      if (this.#closed) return null;
      await new Promise<void>(done => {
        this.#wake = done;
      });
    }
  }

  #take(line: string): void {
    if (!this.#joins) this.#give(line);
    // Lines that arrive together are looked at together.
    else if (this.#burst.push(line) === 1) setImmediate(() => this.#join());
  }

  #join(): void {
    const burst = this.#burst;
    this.#burst = [];
    const isPasted = burst.length > 1;
    for (const line of burst) {
      if (this.#open !== null && line === '' && !isPasted) {
        this.#give(this.#open);
        this.#open = null;
        continue;
      }
      const text: string = this.#open === null ? line : `${this.#open}\n${line}`;
      this.#open = goesOn(text) ? text : null;
      if (this.#open === null) this.#give(text);
    }
    if (this.#open !== null) this.#onOpen(isPasted);
  }

  #give(entry: string): void {
    this.#ready.push(entry);
    if (this.#ready.length >= WAITING) this.#lines.pause();
    this.#wake?.();
  }

  #end(): void {
    if (this.#burst.length) this.#join();
    if (this.#open !== null) this.#give(this.#open);
    this.#open = null;
    this.#closed = true;
    this.#wake?.();
  }
}
