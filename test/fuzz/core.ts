import { and, eq } from 'drizzle-orm';
import { renderView as onDiscord } from '../../adapters/discord/render.ts';
import { renderView as onSlack } from '../../adapters/slack/render.ts';
import { createAppBot, handlers } from '../../src/app/app.ts';
import type { Act, Adapter, Answer, Outgoing } from '../../src/contract/act.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { runDue } from '../../src/schedule/run.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { UNLIMITED } from '../unlimited.ts';
import { countedIds, START } from '../world.ts';
import { ask, NAMES } from './ask.ts';
import { CANARY, defaults, quiet } from './forum.ts';
import type { Ground } from './ground.ts';
import { type Random, text } from './random.ts';

/** An answer is no longer than this, files and pictures aside, whatever was typed. */
const LONGEST = 60_000;
const DAY_MS = 86_400_000;

/** Describes what went wrong with one input. */
export interface Problem {
  readonly what: string;
  readonly input: unknown;
}

/** The words of an answer without the content of files and pictures. */
const sizeOf = (answer: unknown): number =>
  JSON.stringify(answer, (key, value) => (key === 'content' ? '' : value)).length;

/**
 * The first of the two forums, in which acts are tried: what somebody there is told must never hold
 * the other's word, no act may fail, and what is refused must have changed nothing.
 */
export function aFuzzedForum({ store, touched, close }: Ground) {
  let at = START;
  const clock = { now: () => at };
  const errors: string[] = [];
  const log = {
    ...quiet,
    error: (message: string, fields?: object) => void errors.push(`${message} ${stackOf(fields)}`),
  };
  const ids = countedIds();
  const bot = createAppBot({ store, log, defaults }, clock, ids, { fairUse: UNLIMITED });
  const leaks: string[] = [];
  const adapter: Adapter = {
    platform: 'console',
    limits: {} as Adapter['limits'],
    start: async () => {},
    stop: async () => {},
    health: () => ({ well: true, detail: '' }),
    async send(post: Outgoing) {
      if (post.target.workspace === 'satu' && told(post.view).includes(CANARY)) leaks.push(told(post.view));
      return { kind: 'sent', ref: String(post.nonce) };
    },
  };
  const sender = createSender({ store, clock, log, subjects: postTypes, adapters: [adapter] });
  return {
    /** Does one act; null where all is well. */
    act(r: Random): Promise<Problem | null> {
      const account = r.chance(30) ? 'orang baru' : r.pick(NAMES);
      const act: Act = {
        key: ids.next(),
        place: { platform: 'console', workspace: 'satu', channel: r.chance(9) ? null : 'umum' },
        who: { account, home: '', name: account, admin: r.chance(2) },
        ask: ask(r, bot.registry),
        memberOf: typed =>
          /^[\p{L}][^@#]{0,79}$/u.test(typed) ? { account: typed, home: '', name: typed, admin: false } : null,
        channelOf: typed => (/^#?[\p{L}\p{N}_-]{1,80}$/u.test(typed) ? { id: typed, name: typed } : null),
      };
      const input = { who: account, ask: act.ask };
      return tried(r, act).then(
        what => (what === null ? null : { what, input }),
        error => ({ what: `thrown: ${stackOf({ error })}`, input }),
      );
    },
    /** Lets time pass, with all that falls due and is sent. */
    async pass(ms: number): Promise<Problem | null> {
      at = new Date(at.getTime() + ms);
      await runDue({ store, clock, ids, log, handlers });
      await sender.deliver();
      const what = errors.splice(0).concat(leaks.splice(0))[0];
      return what ? { what: `what fell due: ${what}`, input: { at } } : null;
    },
    close,
  };

  /** Suggests for an act, or does it. */
  async function tried(r: Random, act: Act): Promise<string | null> {
    if (r.chance(12)) {
      const option = r.pick(['activity', 'partner', 'member', 'strategy', 'choice', '__proto__']);
      const found = told(await bot.suggest(act, option, text(r)));
      return found.includes(CANARY) ? `another forum's data is suggested: ${found}` : null;
    }
    // A person who is new, was forgotten or was not seen today is noted first, whatever becomes of the act.
    if (!(await wasSeenToday(act.who.account)))
      await bot.perform({ ...act, key: ids.next(), ask: { kind: 'typed', line: 'help' } });
    const before = await touched();
    const answer = await bot.perform(act);
    return problemOf(answer, before !== (await touched())) ?? rendered(answer);
  }

  async function wasSeenToday(account: string): Promise<boolean> {
    const { accounts, members } = store.tables;
    const here = and(eq(accounts.workspace, 'satu'), eq(accounts.account, account));
    const person = and(eq(members.forumId, accounts.forumId), eq(members.number, accounts.member));
    const [found] = await store.read
      .select({ seen: accounts.lastSeenAt, arrived: members.arrived })
      .from(accounts)
      .innerJoin(members, person)
      .where(here);
    // A person whom others named before arrives with the first act of their own, and that is noted.
    return found?.arrived === true && at.getTime() - found.seen.getTime() < DAY_MS;
  }

  function problemOf(answer: Answer, changed: boolean): string | null {
    if (answer.kind === 'failed') return `a bug: ${errors.splice(0).join('; ')}`;
    const words = told(answer);
    if (words.includes(CANARY)) return `another forum's data: ${words}`;
    if (sizeOf(answer) > LONGEST) return `an answer of ${sizeOf(answer)} characters`;
    if (answer.kind !== 'view' && changed) return `what was refused has changed something: ${words}`;
    return null;
  }

  /** Every answer can be shown on both platforms. */
  function rendered(answer: Answer): string | null {
    try {
      const view = answer.kind === 'form' ? answer.refused.view : answer.view;
      onDiscord(view, bot.registry);
      onSlack(view, bot.registry);
      return null;
    } catch (error) {
      return `cannot be shown: ${stackOf({ error })}`;
    }
  }
}

const told = (of: unknown): string => JSON.stringify(of);

const stackOf = (fields: object | undefined): string => {
  const { error } = (fields ?? {}) as { error?: unknown };
  return error instanceof Error ? `${error.stack} ${error.cause ?? ''}` : JSON.stringify(fields);
};
