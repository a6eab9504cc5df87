import { NO_PICTURES, type Pictures } from '../../src/adapter-kit/pictures.ts';
import type { Block, View } from '../../src/contract/view.ts';

/** A file of a message, by the name under which its components show it. */
export interface Attachment {
  readonly name: string;
  readonly attachment: Buffer;
}

/**
 * What is attached to a message. With Components V2 Discord shows no attachment that no component names, so each stands
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

/** The files of a view, and as many of its pictures as there is room for. */
export function attachedTo(view: View, pictures: Pictures = NO_PICTURES): Attached {
  const list: Attachment[] = [];
  const files = new Map<string, string>();
  for (const block of view.blocks) {
    if (block.kind !== 'file' || files.has(block.name) || list.length === MAXIMUM) continue;
    const plain = safe(block.name);
    const name = list.some(one => one.name === plain) ? `${list.length}-${plain}` : plain;
    files.set(block.name, name);
    list.push({ name, attachment: Buffer.from(block.content, 'base64') });
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
