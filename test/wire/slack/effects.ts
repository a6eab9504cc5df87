import { type Json, type JsonObject, objectOf, objectsOf, textOf } from '../discord/json.ts';

/** Handles of people and names of channels with their ids, as one workspace knows them. */
export interface Names {
  readonly users: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}

/** Recipients whom a text would notify. */
export interface Pings {
  /** 'here', 'channel', 'everyone'. */
  readonly broadcasts: string[];
  readonly users: string[];
  readonly groups: string[];
}

/** Effects of a text besides being shown. */
export interface Effects {
  readonly pings: Pings;
  /** Addresses that can be clicked. */
  readonly links: string[];
  /** Channels that can be clicked. */
  readonly channels: string[];
}

/** Ways to read a text: `sequences` only `<…>`, `everything` also bare `@name`, `#name` and addresses. */
type Reading = 'sequences' | 'addresses' | 'everything';

/** No effects. */
function noEffects(): Effects {
  return { pings: { broadcasts: [], users: [], groups: [] }, links: [], channels: [] };
}

/**
 * Returns the way in which a message's own `text` is read. Without `parse` a post links addresses only; 'client' and
 * 'full', or `link_names`, turn typed names and broadcasts into mentions.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function readingOf(parse: string, linkNames: boolean): Reading {
  if (linkNames || parse === 'client' || parse === 'full') return 'everything';
  return parse === 'none' ? 'sequences' : 'addresses';
}

/** Gathers the effects of a message's or view's texts. */
export class EffectReader {
  readonly effects = noEffects();
  readonly #names: Names;

  constructor(names: Names) {
    this.#names = names;
  }

  /** A text in Slack's own markup. Code is read like all else: what pings in code today may ping outside tomorrow. */
  text(text: string, reading: Reading): void {
    for (const [, inner = ''] of text.matchAll(/<([^<>]+)>/g)) this.#sequence(inner);
    if (reading === 'sequences') return;
    const bare = text.replaceAll(/<[^<>]*>/g, ' ');
    for (const [address] of bare.matchAll(/\b(?:https?:\/\/|mailto:|www\.)[^\s|]+/gi)) this.#add('links', address);
    if (reading === 'everything') this.#bareNames(bare);
  }

  /** A text beside blocks: it is only in the notification, so it calls people but nothing in it can be clicked. */
  notice(text: string, reading: Reading): void {
    const reader = new EffectReader(this.#names);
    reader.text(text, reading);
    for (const kind of ['broadcasts', 'users', 'groups'] as const) {
      for (const id of reader.effects.pings[kind]) this.#ping(kind, id);
    }
  }

  /** Everything that is said in blocks, at any depth. */
  blocks(value: Json | undefined): void {
    if (Array.isArray(value)) for (const item of value) this.blocks(item);
    else if (typeof value === 'object' && value !== null) this.#object(value);
  }

  #object(object: JsonObject): void {
    const type = textOf(object.type);
    if (type === 'mrkdwn')
      return void this.text(textOf(object.text), object.verbatim === true ? 'sequences' : 'everything');
    if (type === 'markdown') return void this.text(textOf(object.text), 'everything');
    if (type === 'rich_text') return void this.#rich(object);
    if (type === 'button' && textOf(object.url) !== '') this.#add('links', textOf(object.url));
    for (const inner of Object.values(object)) this.blocks(inner);
  }

  #rich(element: JsonObject): void {
    const type = textOf(element.type);
    if (type === 'user') this.#ping('users', textOf(element.user_id));
    else if (type === 'usergroup') this.#ping('groups', textOf(element.usergroup_id));
    else if (type === 'broadcast') this.#ping('broadcasts', textOf(element.range));
    else if (type === 'channel') this.#add('channels', textOf(element.channel_id));
    else if (type === 'link') this.#add('links', textOf(element.url));
    objectsOf(element.elements).forEach(inner => {
      this.#rich(inner);
    });
  }

  #sequence(inner: string): void {
    const [body = ''] = inner.split('|');
    const rest = body.slice(1);
    if (body.startsWith('@')) this.#ping('users', rest);
    else if (body.startsWith('#')) this.#add('channels', rest);
    else if (/^!(here|channel|everyone)$/.test(body)) this.#ping('broadcasts', rest);
    else if (body.startsWith('!subteam^')) this.#ping('groups', body.slice('!subteam^'.length));
    else if (/^(https?:|mailto:|tel:)/i.test(body)) this.#add('links', body);
  }

  #bareNames(text: string): void {
    for (const [, name = ''] of text.matchAll(/(?<![\p{L}\p{N}_/.])@([\p{L}\p{N}_.-]+)/gu)) {
      const word = name.toLowerCase().replace(/[.-]+$/, '');
      if (/^(here|channel|everyone)$/.test(word)) this.#ping('broadcasts', word);
      const id = this.#names.users.get(word);
      if (id) this.#ping('users', id);
    }
    for (const [, name = ''] of text.matchAll(/(?<![\p{L}\p{N}_/&])#([\p{L}\p{N}_-]+)/gu)) {
      const id = this.#names.channels.get(name.toLowerCase());
      if (id) this.#add('channels', id);
    }
  }

  #ping(kind: keyof Pings, id: string): void {
    const list = this.effects.pings[kind];
    if (!list.includes(id)) list.push(id);
  }

  #add(kind: 'links' | 'channels', id: string): void {
    if (!this.effects[kind].includes(id)) this.effects[kind].push(id);
  }
}

/** Returns what one text object or list of blocks does. */
export function effectsOf(blocks: Json | undefined, names: Names): Effects {
  const reader = new EffectReader(names);
  reader.blocks(blocks);
  return reader.effects;
}

/** Everyone these effects notify, each once. */
export function everyoneIn(all: readonly Effects[]): string[] {
  return [...new Set(all.flatMap(({ pings }) => [...pings.broadcasts, ...pings.users, ...pings.groups]))];
}

/** The text of a text object. */
export const wordsOf = (value: Json | undefined): string => textOf(objectOf(value).text);
