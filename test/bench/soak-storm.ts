import type { startWire } from './soak-wire.ts';

/** A storm strikes this often, milliseconds. */
const BLOW_MS = 3_000;

/** A fault that a platform was ordered to have: how often it has struck, of how often it may. */
interface Ordered {
  readonly plan: { readonly times?: number };
  hits: number;
}

/**
 * Faults of the platforms, one after the other, until it is calm. Each lasts until the next one at most, as an outage ends by
 * itself: ordered for so many calls alone they would outlast the storm, for a bot that spares a platform which is ill.
 */
export function stormOn({ discord, slack }: Awaited<ReturnType<typeof startWire>>, lastsMs: number) {
  const [messages, post] = ['/channels/:channel/messages', 'chat.postMessage'];
  const blows: readonly (() => Ordered | null)[] = [
    () => discord.fail({ method: 'POST', route: messages, status: 503, times: 3 }),
    () => slack.fail({ method: post, status: 503, times: 3 }),
    () => discord.fail({ status: 429, retryAfter: 2, times: 2 }),
    () => slack.fail({ status: 429, retryAfter: 2, times: 2 }),
    () => discord.fail({ route: messages, reset: true, times: 2 }),
    () => slack.fail({ method: post, reset: true, times: 2 }),
    () => discord.fail({ method: 'POST', route: messages, status: 500, after: true }),
    () => slack.fail({ method: 'chat.update', body: '<html></html>' }),
    () => {
      slack.socket.drop();
      return null;
    },
  ];
  let n = 0;
  let struck = 0;
  let lasting: Ordered | null = null;
  const end = (): void => {
    if (!lasting) return;
    struck += lasting.hits;
    lasting.hits = lasting.plan.times ?? 1;
    lasting = null;
  };
  const timer = setInterval(() => {
    end();
    lasting = blows[n++ % blows.length]!();
  }, BLOW_MS);
  const becomeCalm = (): void => {
    clearInterval(timer);
    end();
  };
  const calm = setTimeout(becomeCalm, lastsMs);
  return {
    blows: () => n,
    /** Number of calls that were spoilt. */
    struck: () => struck,
    stop(): void {
      becomeCalm();
      clearTimeout(calm);
    },
  };
}
