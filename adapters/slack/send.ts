import type { webApi } from '@slack/bolt';
import type { Registry } from '../../src/bot/registry.ts';
import type { Outgoing, SendResult } from '../../src/contract/act.ts';
import { shortened } from '../../src/language/clean.ts';
import { createRateCounter } from '../../src/runtime/rate-counter.ts';
import { codeOf, isFixed, isMalformed, isRevoked, problemsOf, resultOf } from './errors.ts';
import { type Rendered, renderView } from './render.ts';
import type { Gallery, Shown } from './uploads.ts';
import type { Workspaces } from './workspaces.ts';

/** Nothing of what we write is read for links, mentions or previews. */
export const QUIET = {
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
  mrkdwn: false,
} as const;

/** Maximum length of the plain form of a message that is too long in any other, characters. */
const SHORT = 500;

/** Sends posts and brings them up to date; whatever goes wrong becomes a result, by Slack's name of it. */
export class Sender {
  readonly #workspaces: Workspaces;
  readonly #registry: Registry;
  readonly #gallery: Gallery;
  /** Slack allows some fifty edits a minute in a workspace (tier 3): after a burst they are spent evenly. */
  readonly #edits = createRateCounter({ burst: 20, perSecond: 1 / 1.2 });
  /** Ends of the pauses of methods, by workspace, after one call too many. */
  readonly #resting = new Map<string, number>();

  constructor(workspaces: Workspaces, registry: Registry, gallery: Gallery) {
    this.#workspaces = workspaces;
    this.#gallery = gallery;
    this.#registry = registry;
  }

  async send(post: Outgoing): Promise<SendResult> {
    const { target } = post;
    if (target.kind === 'calendar') return { kind: 'forbidden', detail: 'Slack keeps no calendar' };
    const { workspace } = target;
    const found = await this.#workspaces.of(workspace);
    if (!found) return { kind: 'refused', detail: 'not installed in this workspace', of: 'workspace' };
    const lane = `${workspace}:${post.previous ? 'update' : 'post'}`;
    const now = performance.now();
    const wait = Math.max(
      (this.#resting.get(lane) ?? 0) - now,
      post.previous ? this.#edits.take(workspace, 1, new Date(now)) : 0,
    );
    if (wait > 0) return { kind: 'later', afterMs: wait, detail: 'rate limit' };
    try {
      const sent = await this.#deliver(found.client, post, target);
      if (sent.kind === 'sent') this.#workspaces.isTaken(workspace);
      return sent;
    } catch (error) {
      if (isRevoked(error)) return this.#workspaces.confirm(found, codeOf(error) ?? '');
      const result = resultOf(error);
      if (result.kind === 'later') this.#resting.set(lane, performance.now() + result.afterMs);
      return result;
    }
  }

  /** The message as it is meant; where Slack does not take its blocks, more simply, and at last as words alone. */
  async #deliver(client: webApi.WebClient, post: Outgoing, target: ToRead): Promise<SendResult> {
    const shown = await this.#gallery.of(client, target.workspace, post.view, 'post');
    const has = { table: post.view.blocks.some(block => block.kind === 'table'), picture: shown.size > 0 };
    const render = (how: { native?: boolean; shown?: Shown }): Rendered =>
      addressed(renderView(post.view, this.#registry, how), post);
    const plain = render({});
    const ways: Rendered[] = [
      ...(has.table ? [render({ native: true, shown })] : []),
      ...(has.picture ? [render({ shown })] : []),
      ...(has.table && has.picture ? [render({ native: true })] : []),
      plain,
      { text: plain.text, blocks: [] },
      { text: shortened(plain.text, SHORT), blocks: [] },
    ];
    let invalid = '';
    for (const [i, way] of ways.entries())
      try {
        const ref = await put(client, target, post.previous, way);
        if (!ref) return { kind: 'unknown', detail: 'Slack named no message' };
        return { kind: 'sent', ref, ...(way.blocks.length === 0 && invalid && { invalid }) };
      } catch (error) {
        if (!isMalformed(error) || i === ways.length - 1) throw error;
        invalid = problemsOf(error);
        if (showsPicture(way)) this.#gallery.forget(shown);
      }
    throw new Error('no way to say it');
  }
}

/** A message begins with the one person, or the user group, that it is written to, and mentions nobody else. */
function addressed({ text, blocks }: Rendered, { mention: account, role }: Outgoing): Rendered {
  const said = [...(account ? [`<@${account}>`] : []), ...(role ? [`<!subteam^${role.id}>`] : [])];
  if (!said.length) return { text, blocks };
  const mention = said.join(' ');
  const above = { type: 'section', text: { type: 'mrkdwn', text: mention, verbatim: true } } as const;
  return { text: `${mention} ${text}`, blocks: [above, ...blocks] };
}

const showsPicture = ({ blocks }: Rendered): boolean => blocks.some(block => block.type === 'image');

type ToRead = Exclude<Outgoing['target'], { kind: 'calendar' }>;

/** Parts the channel of direct messages, by which alone they can be edited, from the message's own name. */
const IN = '/';

async function put(
  client: webApi.WebClient,
  target: ToRead,
  previous: string | null,
  { text, blocks }: Rendered,
): Promise<string> {
  const channel = target.kind === 'direct' ? target.account : target.channel;
  const message = { ...QUIET, channel, text, blocks };
  if (previous)
    try {
      const { parse, link_names } = QUIET;
      const [ts = '', direct] = previous.split(IN).reverse();
      await client.chat.update({ channel: direct ?? channel, ts, text, blocks, parse, link_names });
      return previous;
    } catch (error) {
      if (!isFixed(error)) throw error;
    }
  const sent = await client.chat.postMessage(
    target.kind === 'thread' ? { ...message, thread_ts: target.parent } : message,
  );
  if (!sent.ts) return '';
  return target.kind === 'direct' && sent.channel ? `${sent.channel}${IN}${sent.ts}` : sent.ts;
}
