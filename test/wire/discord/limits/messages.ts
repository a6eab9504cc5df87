import { ApiError } from '../errors.ts';
import { type Json, type JsonObject, numberOf, objectOf, objectsOf, textOf, textsOf } from '../json.ts';
import type { Upload } from '../model.ts';
import { Problems } from '../problems.ts';
import { checkComponents, checkUrl } from './components.ts';

/** Message flags. */
export const FLAG = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  silent: 1 << 12,
  v2: 1 << 15,
} as const;

const FILE_LIMIT = 10 * 1024 * 1024;

/**
 * Refuses a message outside Discord's limits: 50035 with the tree of problems, 50006 when it is empty. `kept` is what
 * an edit leaves standing: the names of its files and whether anything else remains to be seen.
 */
export function checkMessage(
  body: JsonObject,
  uploads: readonly Upload[],
  flags: number,
  kept: { files: readonly string[]; anything: boolean },
): void {
  const p = new Problems();
  const v2 = (flags & FLAG.v2) !== 0;
  p.text(['content'], body.content, { max: 2000 });
  p.text(['nonce'], typeof body.nonce === 'number' ? String(body.nonce) : body.nonce, { max: 25 });
  checkEmbeds(p, body.embeds);
  const files = [...kept.files, ...checkAttachments(p, body.attachments, uploads)];
  checkComponents(p, body.components, v2, files);
  if (v2) {
    checkShown(p, body, uploads);
    for (const key of ['content', 'embeds', 'poll', 'sticker_ids', 'stickers']) {
      if (present(body[key])) {
        p.add(
          [key],
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The '${key}' field cannot be used with IS_COMPONENTS_V2`,
        );
      }
    }
  }
  checkMentions(p, body.allowed_mentions);
  p.refuse();
  const shown =
    textOf(body.content).trim() !== '' ||
    ['embeds', 'components', 'sticker_ids', 'poll'].some(key => present(body[key])) ||
    files.length > 0;
  if (!shown && !kept.anything) throw new ApiError(50006);
}

/**
 * Checks that every upload is shown. With Components V2 an attachment shows only through a component. Discord takes one
 * that none names and shows nothing of it; it is refused here, so that no test overlooks it.
 * https://docs.discord.com/developers/components/overview
 */
function checkShown(p: Problems, body: JsonObject, uploads: readonly Upload[]): void {
  const named = new Set(JSON.stringify(body.components ?? []).match(/attachment:\/\/[^"]+/g));
  for (const name of checkAttachments(p, body.attachments, uploads))
    if (!named.has(`attachment://${name}`)) p.add(['attachments'], 'ATTACHMENT_SHOWN_NOWHERE', 'No component names it');
}

function present(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}

function checkEmbeds(p: Problems, value: Json | undefined): void {
  let total = 0;
  p.list(['embeds'], value, { max: 10 }).forEach((item, i) => {
    const embed = objectOf(item);
    const at = ['embeds', i];
    const add = (path: (string | number)[], text: Json | undefined, max: number, required = false) => {
      total += p.text([...at, ...path], text, required ? { min: 1, max, required } : { max })?.length ?? 0;
    };
    add(['title'], embed.title, 256);
    add(['description'], embed.description, 4096);
    add(['footer', 'text'], objectOf(embed.footer).text, 2048);
    add(['author', 'name'], objectOf(embed.author).name, 256);
    p.list([...at, 'fields'], embed.fields, { max: 25 }).forEach((field, j) => {
      add(['fields', j, 'name'], objectOf(field).name, 256, true);
      add(['fields', j, 'value'], objectOf(field).value, 1024, true);
    });
    p.whole([...at, 'color'], embed.color, { min: 0, max: 0xffffff });
    if (present(embed.url)) checkUrl(p, [...at, 'url'], embed.url, 2048, /^https?:\/\/\S+$/);
  });
  if (total > 6000) p.add(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
}

/** Checks the `attachments` list against the uploaded files and returns the names the message will have. */
function checkAttachments(p: Problems, value: Json | undefined, uploads: readonly Upload[]): string[] {
  p.list(['attachments'], value, { max: 10 });
  const described = objectsOf(value);
  if (uploads.length > 10) p.add(['attachments'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 0 and 10 in length.');
  for (const upload of uploads) {
    if (upload.bytes.byteLength > FILE_LIMIT) throw new ApiError(40005);
  }
  described.forEach((a, i) => {
    p.text(['attachments', i, 'description'], a.description, { max: 1024 });
    p.text(['attachments', i, 'filename'], a.filename, { max: 1024 });
  });
  return uploads.map(u => textOf(described.find(a => String(a.id) === u.index)?.filename) || u.filename);
}

function checkMentions(p: Problems, value: Json | undefined): void {
  if (value === undefined || value === null) return;
  const mentions = objectOf(value);
  const parse = textsOf(mentions.parse);
  parse.forEach((kind, i) => {
    p.choice(['allowed_mentions', 'parse', i], kind, ['roles', 'users', 'everyone']);
  });
  for (const kind of ['users', 'roles']) {
    const ids = p.list(['allowed_mentions', kind], mentions[kind], { max: 100 });
    if (ids.length > 0 && parse.includes(kind)) {
      p.add(
        ['allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
}

/** The flags a bot may set itself; all others are ignored, as Discord does. */
export function settableFlags(value: Json | undefined): number {
  return numberOf(value) & (FLAG.suppressEmbeds | FLAG.silent | FLAG.v2);
}
