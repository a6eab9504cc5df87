import { closeSync, openSync } from 'node:fs';

/** Makes an empty file that only its owner may read, where there is none: before anything is written into it. */
export function privateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}
