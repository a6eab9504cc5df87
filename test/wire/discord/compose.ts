import { snowflake } from './ids.ts';
import { type JsonObject, numberOf, objectsOf, textOf } from './json.ts';
import { flatten } from './limits/components.ts';
import { checkMessage, FLAG, settableFlags } from './limits/messages.ts';
import type { Attachment, Message, MessageContent, Upload } from './model.ts';
import { computePings, type DefaultParse } from './pings.ts';
import { Problems } from './problems.ts';

/** Makes what a fresh message says, once it has passed every limit. `repliedUser` is whom a reply would notify. */
export function composeNew(
  body: JsonObject,
  uploads: readonly Upload[],
  whenMissing: DefaultParse,
  repliedUser: string | null = null,
): MessageContent {
  const flags = settableFlags(body.flags);
  checkMessage(body, uploads, flags, { files: [], anything: false });
  const content = textOf(body.content).trim();
  const components = withIds(objectsOf(body.components));
  return {
    content,
    embeds: objectsOf(body.embeds),
    components,
    attachments: store(body, uploads),
    flags,
    pings: computePings(content, components, body.allowed_mentions, whenMissing, repliedUser),
  };
}

/** Makes what a message says after an edit: fields left out stay, the V2 flag can be set but never taken away. */
export function composeEdit(
  before: MessageContent,
  body: JsonObject,
  uploads: readonly Upload[],
  whenMissing: DefaultParse,
): MessageContent {
  const wanted = body.flags === undefined ? before.flags : settableFlags(body.flags);
  const flags = wanted | (before.flags & (FLAG.v2 | FLAG.ephemeral));
  const turnsV2 = (flags & FLAG.v2) !== 0 && (before.flags & FLAG.v2) === 0;
  if (turnsV2) refuseLeftovers(before, body);
  const attachments = keptFiles(before, body, uploads);
  const stays = (key: 'content' | 'embeds' | 'components') => body[key] === undefined && before[key].length > 0;
  checkMessage(body, uploads, flags, {
    files: attachments.map(a => a.filename),
    anything: stays('content') || stays('embeds') || stays('components'),
  });
  const content = body.content === undefined ? before.content : textOf(body.content).trim();
  const components = body.components === undefined ? before.components : withIds(objectsOf(body.components));
  return {
    content,
    embeds: body.embeds === undefined ? before.embeds : objectsOf(body.embeds),
    components,
    attachments: [...attachments, ...store(body, uploads)],
    flags,
    pings: computePings(content, components, body.allowed_mentions, whenMissing, null),
  };
}

/** All that a person can read in a message: content, embeds, text displays, labels of its buttons and menus. */
export function readableText(message: Pick<MessageContent, 'content' | 'embeds' | 'components'>): string {
  const embeds = message.embeds.flatMap(e => [
    textOf(e.title),
    textOf(e.description),
    ...objectsOf(e.fields).flatMap(f => [textOf(f.name), textOf(f.value)]),
  ]);
  const shown = flatten(message.components).flatMap(c => [textOf(c.content), textOf(c.label), textOf(c.placeholder)]);
  return [message.content, ...embeds, ...shown].filter(text => text !== '').join('\n');
}

/** Discord numbers components which carry no id of their own. */
function withIds(components: JsonObject[]): JsonObject[] {
  const copy = structuredClone(components);
  let next = 0;
  for (const component of flatten(copy)) {
    next += 1;
    if (numberOf(component.id) === 0) component.id = next;
  }
  return copy;
}

function refuseLeftovers(before: MessageContent, body: JsonObject): void {
  const p = new Problems();
  for (const key of ['content', 'embeds'] as const) {
    if (before[key].length > 0 && body[key] === undefined) {
      const words = `The '${key}' field must be emptied when the message turns to IS_COMPONENTS_V2`;
      p.add([key], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', words);
    }
  }
  p.refuse();
}

/** Files stay unless an edit says which do; one that brings files and does not say so drops all others (API v10). */
function keptFiles(before: MessageContent, body: JsonObject, uploads: readonly Upload[]): Attachment[] {
  if (body.attachments === undefined) return uploads.length ? [] : before.attachments;
  const ids = objectsOf(body.attachments).map(a => String(a.id));
  return before.attachments.filter(a => ids.includes(a.id));
}

function store(body: JsonObject, uploads: readonly Upload[]): Attachment[] {
  return uploads.map(upload => {
    const described = objectsOf(body.attachments).find(a => String(a.id) === upload.index);
    return {
      id: snowflake(),
      filename: textOf(described?.filename) || upload.filename,
      description: textOf(described?.description) || null,
      contentType: upload.contentType,
      bytes: upload.bytes,
    };
  });
}

/** A message that has been sent and says nothing yet: "is thinking…". */
export function thinking(ephemeral: boolean): MessageContent {
  const flags = FLAG.loading | (ephemeral ? FLAG.ephemeral : 0);
  return {
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    flags,
    pings: { everyone: false, users: [], roles: [] },
  };
}

/** Tells whether the message is still "thinking". */
export function isThinking(message: Message): boolean {
  return (message.flags & FLAG.loading) !== 0;
}
