import type { webApi } from '@slack/bolt';
import { Progress } from '../../src/adapter-kit/progress.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Act, Answer, Bot } from '../../src/contract/act.ts';
import { renderView } from './render.ts';
import { QUIET } from './send.ts';

/**
 * Performs an act; what takes seconds tells the person directly how far it is, in a message that goes when the answer is
 * there. Its file comes in the same place.
 */
export async function withProgress(
  bot: Pick<Bot, 'perform'>,
  act: Act,
  { client, user, registry }: { client: webApi.WebClient; user: string; registry: Registry },
): Promise<Answer> {
  const progress = new Progress();
  let at: { readonly channel: string; readonly ts: string } | null = null;
  progress.showBy(async state => {
    const message = renderView(state, registry);
    const { parse, link_names } = QUIET;
    if (at) return client.chat.update({ ...at, ...message, parse, link_names });
    const { channel, ts } = await client.chat.postMessage({ ...QUIET, channel: user, ...message });
    if (channel && ts) at = { channel, ts };
  });
  try {
    return await bot.perform({ ...act, onProgress: progress.hear });
  } finally {
    await progress.end();
    // The answer is what counts: a message that stays behind does no harm.
    if (at) await client.chat.delete(at).catch(() => undefined);
  }
}
