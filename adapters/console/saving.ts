import { statSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, extname, join } from 'node:path';
import type { FileRef } from '../../src/contract/act.ts';
import type { Block, View } from '../../src/contract/view.ts';

/** A file that an answer held. */
export type Held = Extract<Block, { kind: 'file' }>;

/** A path as a shell reads one. */
const fromHome = (path: string): string => path.replace(/^~(?=\/|$)/, homedir());

/** Reads a file of this machine; null where there is none that can be read, or a larger one. */
export async function localFile(typed: string, most: number): Promise<Uint8Array | null> {
  const path = fromHome(typed);
  try {
    const { size } = await stat(path);
    return size > most ? null : await readFile(path);
  } catch {
    return null;
  }
}

/** The file at a path that was typed; null: there is none. */
export function fileAt(typed: string): FileRef | null {
  const path = fromHome(typed);
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? { name: basename(path), type: '', size: found.size, url: path } : null;
}

/** The files of a view, the newest first; of one that holds none those before it. */
export function filesIn(view: View, before: readonly Held[]): readonly Held[] {
  const files = view.blocks.filter(one => one.kind === 'file');
  return files.length ? files.reverse() : before;
}

/** The file that somebody wants to save: the one whose ending is that of the path, else the newest. */
const fileFor = (files: readonly Held[], typed: string): Held | undefined =>
  files.find(one => extname(typed) !== '' && extname(one.name) === extname(typed)) ?? files[0];

/** Describes what came of saving: the file's name and where it is, and why it was not written. */
interface Saved {
  readonly name: string;
  readonly file: string;
  readonly why: 'none' | 'exists' | 'failed' | null;
}

/**
 * Writes one of the files where somebody says, for its owner alone and over nothing that is there. A folder takes it
 * under its own name.
 */
export async function saveFile(
  files: readonly Held[],
  typed: string,
  bytesOf: (held: Held) => Promise<Buffer>,
): Promise<Saved> {
  const held = fileFor(files, typed);
  if (!held) return { name: '', file: typed, why: 'none' };
  const { name } = held;
  const path = fromHome(typed);
  const file = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, name) : path;
  try {
    writeFileSync(file, await bytesOf(held), { flag: 'wx', mode: 0o600 });
    return { name, file, why: null };
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    return { name, file, why: code === 'EEXIST' ? 'exists' : 'failed' };
  }
}
