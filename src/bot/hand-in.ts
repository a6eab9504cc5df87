import { createHash } from 'node:crypto';
import type { Act, FileRef, Given } from '../contract/act.ts';
import type { Log } from '../contract/log.ts';
import { removeLocation } from '../domain/files/location.ts';
import { type Content, type KeptFile, keepContent, PART_BYTES } from '../domain/files/store.ts';
import { type TypeNo, typeByContent } from '../domain/files/type.ts';
import { cleanLine } from '../language/clean.ts';
import { nextTurn, shareTurn } from '../runtime/event-loop.ts';
import type { Store } from '../storage/store.ts';

/** Reasons for which a file that was handed in is not kept. */
export type FileNo = TypeNo | 'unavailable' | 'too_large';

/** A file that was handed in and is not kept. */
export interface LostFile {
  readonly option: string;
  readonly name: string;
  readonly why: FileNo;
}

/** Timeout of all downloads of one act, ms. */
const DOWNLOAD_MS = 20_000;
/** Maximum length of a file's name, characters; its ending is kept. */
const NAME_LENGTH = 120;
const MIB = 1_048_576;

/** The name of a file without path, signs that steer a terminal, or more than fits. */
export function fileName(given: string): string {
  const name = cleanLine(given.replace(/^.*[/\\]/, '').replace(/["<>|:*?]/g, '_')) || 'file';
  const ending = /\.\w{1,8}$/.exec(name)?.[0] ?? '';
  return name.length <= NAME_LENGTH ? name : name.slice(0, NAME_LENGTH - ending.length).toWellFormed() + ending;
}

/** Keeps what is handed in with acts. */
export class HandIn {
  readonly #store: Store;
  readonly #log: Log;
  /** Maximum size of a file, bytes. */
  readonly limit: number;

  constructor(store: Store, log: Log, limitMib: number) {
    this.#store = store;
    this.#log = log;
    this.limit = limitMib * MIB;
  }

  /**
   * Downloads the files among what was given and keeps them in the forum. What is kept has its hash; what is not is left
   * out, with the reason. Nothing refers to the files yet: that is the act's to do.
   */
  async take(act: Act, forumId: string, given: Given, now: Date): Promise<{ given: Given; lost: LostFile[] }> {
    const lost: LostFile[] = [];
    const taken: Record<string, Given[string]> = {};
    const signal = AbortSignal.timeout(DOWNLOAD_MS);
    for (const [option, raw] of Object.entries(given)) {
      if (!('file' in raw)) {
        taken[option] = raw;
        continue;
      }
      const kept: FileRef[] = [];
      for (const file of [raw.file, ...(raw.also ?? [])]) {
        const result = await this.#keep(act, forumId, file, now, signal);
        if (typeof result === 'string') lost.push({ option, name: fileName(file.name), why: result });
        else kept.push(result);
      }
      const [first, ...also] = kept;
      if (first) taken[option] = { file: first, ...(also.length && { also }) };
    }
    return { given: taken, lost };
  }

  async #keep(act: Act, forumId: string, file: FileRef, now: Date, signal: AbortSignal): Promise<FileRef | FileNo> {
    if (file.kept) return file;
    if (file.size > this.limit) return 'too_large';
    const content = await this.#download(act, file, signal);
    if (typeof content === 'string') return content;
    await keepContent(this.#store, forumId, content, now);
    const { hash, type, size } = content;
    // The platform's address is of no more use, and opens the file to anybody who has it.
    return { name: fileName(file.name), type, size, url: '', kept: hash };
  }

  /** The content in pieces; it is in memory once. */
  async #download(act: Act, file: FileRef, signal: AbortSignal): Promise<Content | FileNo> {
    const parts: Buffer[] = [];
    let part = Buffer.allocUnsafe(0);
    let room = 0;
    let size = 0;
    try {
      if (!act.download) return 'unavailable';
      for await (const bytes of await act.download(file, signal)) {
        size += bytes.length;
        if (size > this.limit) return 'too_large';
        for (let from = 0; from < bytes.length; ) {
          if (!room) {
            part = Buffer.allocUnsafe(PART_BYTES);
            parts.push(part);
            room = PART_BYTES;
            await nextTurn();
          }
          const some = bytes.subarray(from, from + room);
          part.set(some, PART_BYTES - room);
          room -= some.length;
          from += some.length;
        }
      }
    } catch (error) {
      this.#log.warn('file was not downloaded', { size: file.size, error });
      return 'unavailable';
    }
    if (parts.length) parts.push(parts.pop()!.subarray(0, PART_BYTES - room));
    const found = typeByContent(parts[0] ?? Buffer.alloc(0), file.name, file.type);
    if ('why' in found) return found.why;
    removeLocation(parts, found.type);
    const sum = createHash('sha256');
    for (const one of parts) {
      sum.update(one);
      await shareTurn();
    }
    return { hash: sum.digest('hex'), type: found.type, size, parts };
  }
}

/** The kept files of a value, as the record refers to them. */
export const keptFiles = (raw: Extract<Given[string], { file: FileRef }>): KeptFile[] =>
  [raw.file, ...(raw.also ?? [])].flatMap(({ name, type, size, kept }) =>
    kept === undefined ? [] : [{ name, type, size, hash: kept }],
  );
