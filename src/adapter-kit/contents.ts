import type { Bot } from '../contract/act.ts';
import type { Block, KeptContent } from '../contract/view.ts';

type Content = Extract<Block, { kind: 'file' }>['content'];

/** Size of a file that a view shows, bytes. */
export const sizeOf = (content: Content): number =>
  typeof content === 'string' ? Buffer.byteLength(content, 'base64') : content.size;

/** The content of a file that a view shows; it is in memory once. @throws where it is not whole any more. */
export async function bytesOf(content: Content, bot: Pick<Bot, 'content'>): Promise<Buffer> {
  if (typeof content === 'string') return Buffer.from(content, 'base64');
  const whole = Buffer.allocUnsafe(content.size);
  let filled = 0;
  for await (const part of wholly(content, bot)) {
    whole.set(part, filled);
    filled += part.length;
  }
  return whole;
}

/** A kept content, part by part. @throws where less than all of it is there. */
export async function* wholly(content: KeptContent, bot: Pick<Bot, 'content'>): AsyncGenerator<Uint8Array> {
  let given = 0;
  for await (const part of bot.content(content)) {
    given += part.length;
    yield part;
  }
  if (given !== content.size) throw new Error('a kept file is not whole');
}
