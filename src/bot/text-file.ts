import * as z from 'zod';
import { partsOf } from '../domain/files/store.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import { keptFiles } from './hand-in.ts';
import { invalid, type Kind } from './kind.ts';

/** Maximum size of a text that is read from a file, bytes. */
const MAXIMUM_BYTES = 1_048_576;

/** The text of one file, in UTF-8: handed in on a platform, or named by its path in the terminal. */
export const textFile = (accepts: (m: Messages) => Text): Kind<string> => ({
  input: 'file',
  files: 1,
  allowed: () => z.string(),
  print: () => '',
  accepts,
  async read(raw, r) {
    const bytes = await bytesOf();
    if (!bytes || bytes.length > MAXIMUM_BYTES) throw invalid(this, raw, r);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw invalid(this, raw, r);
    }

    async function bytesOf(): Promise<Uint8Array | null> {
      if ('typed' in raw) return (await r.localFile?.(raw.typed.trim(), MAXIMUM_BYTES)) ?? null;
      const [kept] = 'file' in raw ? keptFiles(raw) : [];
      if (!kept || kept.size > MAXIMUM_BYTES) return null;
      const parts: Buffer[] = [];
      for await (const part of partsOf(r.ctx.db, r.ctx.forumId, kept.hash)) parts.push(part);
      return Buffer.concat(parts);
    }
  },
});
