import { chownSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes an empty file that only its owner may read, where there is none: before anything is written into it. Made by the
 * superuser it belongs to whom its folder belongs to: who restores a database is seldom who runs the bot.
 */
export function privateFile(path: string): void {
  const isNew = !existsSync(path);
  closeSync(openSync(path, 'a', 0o600));
  const folder = statSync(dirname(path));
  if (isNew && process.getuid?.() === 0 && folder.uid !== 0) chownSync(path, folder.uid, folder.gid);
}

/**
 * Makes a folder, and those above it. Node's own way to do that never ends where the system says that there can be
 * none, as in `/proc`.
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process was faster.
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
}
