import { type Json, type JsonObject, objectOf, textOf, textsOf } from './json.ts';
import { COMPONENT, flatten } from './limits/components.ts';
import type { Pings } from './model.ts';

/**
 * Mentions that Discord parses when `allowed_mentions` is left out: everything in a message, users only by interaction.
 */
export type DefaultParse = 'everything' | 'users';

/**
 * Returns whom a message notifies under Discord's allowed_mentions rules. Code spans and blocks do not mention; embeds
 * never notify. A mention counts even where the bot lacks the permission for it today (@everyone, unmentionable roles),
 * since an administrator may grant it tomorrow.
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function computePings(
  content: string,
  components: readonly JsonObject[],
  allowed: Json | undefined,
  whenMissing: DefaultParse,
  repliedUser: string | null,
): Pings {
  const texts = flatten([...components]).filter(c => c.type === COMPONENT.text);
  const text = [content, ...texts.map(c => textOf(c.content))].join('\n').replace(/```[\s\S]*?```|`[^`\n]+`/g, ' ');
  const missing = allowed === undefined || allowed === null;
  const rules = objectOf(allowed);
  const parse = missing
    ? whenMissing === 'everything'
      ? ['everyone', 'users', 'roles']
      : ['users']
    : textsOf(rules.parse);
  const found = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))];
  const permitted = (kind: string, ids: string[]) =>
    parse.includes(kind) ? ids : ids.filter(id => textsOf(rules[kind]).includes(id));
  const users = permitted('users', found(/<@!?(\d{15,22})>/g));
  const pingsReplied = repliedUser !== null && (missing ? true : rules.replied_user === true);
  return {
    everyone: parse.includes('everyone') && /@(everyone|here)\b/.test(text),
    users: pingsReplied && repliedUser ? [...new Set([...users, repliedUser])] : users,
    roles: permitted('roles', found(/<@&(\d{15,22})>/g)),
  };
}
