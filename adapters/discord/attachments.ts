import { bytesOf, sizeOf } from '../../src/adapter-kit/contents.ts';
import { NO_PICTURES, type Pictures } from '../../src/adapter-kit/pictures.ts';
import type { Bot } from '../../src/contract/act.ts';
import type { Log } from '../../src/contract/log.ts';
import type { Block, View } from '../../src/contract/view.ts';

/** A file of a message, by the name under which its components show it. */
export interface Attachment {
  readonly name: string;
  readonly attachment: Buffer;
}

/**
 * Files attached to a message. With Components V2 Discord shows no attachment that no component names, so each stands
 * in a gallery or in a File component. https://docs.discord.com/developers/components/reference#file
 */
export interface Attached {
  readonly list: readonly Attachment[];
  readonly pictures: Pictures;
  /** The name of a file's attachment, by the name that the view gives it. */
  readonly files: ReadonlyMap<string, string>;
}

/** Maximum of attachments of a message. https://docs.discord.com/developers/resources/message#create-message */
const MAXIMUM = 10;

/**
 * A name by which an attachment can be referred to: Discord changes names with other signs than these, and the reference
 * to it would lead nowhere.
 */
const safe = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(-80) || 'file';

/** The contents of a view's kept files, by their block. */
export type Contents = ReadonlyMap<Block, Buffer>;

const NO_CONTENTS: Contents = new Map();

/** A view with the contents of its kept files; what is said instead of it, where they cannot be read. */
export async function withContents(view: View, bot: Pick<Bot, 'content'> | null, log: Log) {
  try {
    return { view, contents: bot ? await contentsOf(view, bot) : NO_CONTENTS };
  } catch (error) {
    log.error('a kept file cannot be read', { error });
    return { view: view.lost ?? view, contents: NO_CONTENTS };
  }
}

/** Reads the kept files of a view. @throws where one is not whole any more. */
async function contentsOf({ blocks }: View, bot: Pick<Bot, 'content'>): Promise<Contents> {
  const contents = new Map<Block, Buffer>();
  for (const block of blocks)
    if (block.kind === 'file' && typeof block.content !== 'string')
      contents.set(block, await bytesOf(block.content, bot));
  return contents;
}

/** Minimum size of a file that takes longer to be sent than Discord waits for a first answer, bytes. */
const LARGE = 1_048_576;

export const isLarge = ({ blocks }: View): boolean =>
  blocks.some(block => block.kind === 'file' && sizeOf(block.content) > LARGE);

/** The files of a view, and as many of its pictures as there is room for. */
export function attachedTo(view: View, pictures: Pictures = NO_PICTURES, contents: Contents = NO_CONTENTS): Attached {
  const list: Attachment[] = [];
  const files = new Map<string, string>();
  for (const block of view.blocks) {
    if (block.kind !== 'file' || files.has(block.name) || list.length === MAXIMUM) continue;
    const { content } = block;
    const attachment = typeof content === 'string' ? Buffer.from(content, 'base64') : contents.get(block);
    if (!attachment) continue;
    const plain = safe(block.name);
    const name = list.some(one => one.name === plain) ? `${list.length}-${plain}` : plain;
    files.set(block.name, name);
    list.push({ name, attachment });
  }
  const shown = new Map<Block, NonNullable<ReturnType<Pictures['get']>>>();
  for (const [block, picture] of pictures) {
    const isThere = list.some(one => one.name === picture.name);
    if (!isThere && list.length === MAXIMUM) continue;
    if (!isThere) list.push({ name: picture.name, attachment: Buffer.from(picture.png) });
    shown.set(block, picture);
  }
  return { list, pictures: shown, files };
}

export const NOTHING: Attached = { list: [], pictures: NO_PICTURES, files: new Map() };
