import { and, desc, eq, max } from 'drizzle-orm';
import { CONSOLE, registryOf } from '../../src/app/app.ts';
import type { Action } from '../../src/bot/command.ts';
import { formFor } from '../../src/bot/forms.ts';
import type { Act, Answer } from '../../src/contract/act.ts';
import type { View } from '../../src/contract/view.ts';
import type { Forum } from '../../src/domain/forums.ts';
import { grouped } from '../../src/domain/grouped.ts';
import type { Locale } from '../../src/language/locale.ts';
import { catalogue } from '../../src/language/messages.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { type aWorld, START } from '../world.ts';
import { FLAVOURS, type Flavour } from './forum.ts';
import { discordTakes, formTaken, slackTakes, suggestionsTaken } from './taken.ts';

/** Lines of what people ask to see. A refusal of what a role may not see is a view as well. */
const LINES = [
  ...['activity list', 'activity list goal:T-1 partner:M-1', 'activity search gladi', 'activity show K-1'],
  ...['agreement list', 'agreement show P-1', 'goal list', 'goal show T-1', 'indicator list', 'indicator list T-1'],
  ...[
    'indicator show N-1',
    'indicator due',
    'indicator metadata N-1',
    'issue list',
    'issue list all',
    'issue show I-1',
  ],
  ...['strategy list', 'strategy show S-1', 'strategy history', 'strategy export S-1', 'partner list'],
  ...['partner list sector:ngo', 'partner show M-1', 'partner map', 'partnership score'],
  ...['partnership score partner:M-1', 'partnership results', 'finance list', 'finance show U-1', 'finance summary'],
  ...['reminder list', 'digest now', 'digest show', 'forum show', 'forum members', 'me show', 'me tasks', 'help'],
  ...['help strategy', 'help strategy propose', 'activity show K-9999', 'nonsense', 'activity show', 'me export'],
  ...['activity calendar K-1', 'activity list from:1/1/2026', 'indicator list goal:T-1', 'issue list status:resolved'],
  ...[
    'finance budget T-1',
    'me read S-1',
    'me read K-1',
    'partnership score from:1/1/2026',
    'report 1/1/2026 format:csv',
  ],
] as const;

/** Subjects of a post of each kind. */
const ABOUT: Readonly<Record<string, string>> = {
  digest: '2026-11-17T01:00:00Z/2026-11-24T01:00:00Z',
  report_overdue: '1:2026-W46',
  report_returned: '1:2026-W45:1',
};

/** Number of renderings that were held against the rules, by view and platform. */
export type Counts = Map<string, number>;

const counted = (counts: Counts, what: string, n: number): void => {
  counts.set(what, (counts.get(what) ?? 0) + n);
};

/** A forum of which all is rendered. */
export interface RenderedForum {
  readonly world: Pick<Awaited<ReturnType<typeof aWorld>>, 'bot' | 'store' | 'logged' | 'clock'>;
  readonly forum: Forum;
}

/** Through whose eyes: a console account, what it is called in the counts, its language, and how things are named. */
export interface Eyes {
  readonly account: string;
  readonly role: string;
  readonly locale: Locale;
  readonly flavour: Flavour;
}

/** Maximum number of posts of one kind that are rendered, the last ones. */
const POSTS = 25;

/** Returns what was posted in a forum lately, each once, and the subject of a post of each other kind. */
async function postedIn({ store }: RenderedForum['world'], forumId: string): Promise<[kind: string, about: string][]> {
  const { deliveries: d } = store.tables;
  const last = max(d.seq);
  const posted = await store.read
    .select({ topic: d.topic, subject: d.subject })
    .from(d)
    .where(eq(d.forumId, forumId))
    .groupBy(d.topic, d.subject)
    .orderBy(desc(last));
  const byKind = grouped(posted, ({ topic }) => topic);
  return Object.keys(postTypes).flatMap(kind => {
    const some = byKind.get(kind)?.slice(0, POSTS) ?? [{ subject: ABOUT[kind] ?? '1' }];
    return some.map(({ subject }): [string, string] => [kind, subject]);
  });
}

/** Renders all that somebody sees of a forum and throws where a platform would refuse any of it. */
export async function renderAll(
  { world, forum }: RenderedForum,
  { account, role, locale, flavour }: Eyes,
  counts: Counts,
): Promise<void> {
  const { bot, store } = world;
  const { registry } = bot;
  const forumId = forum.id;
  const now = world.clock.now();
  const m = catalogue[locale];
  let n = 0;
  const actOf = (ask: Act['ask']): Act => ({
    key: `render:${now.getTime()}:${locale}:${account}:${++n}`,
    place: { platform: 'console', workspace: CONSOLE, channel: 'console' },
    who: { account, home: '', name: account, admin: false, locale },
    ask,
    memberOf: () => null,
    channelOf: () => null,
  });
  const held = (shown: string, view: View): void => {
    const what = `${shown} by a ${role}`;
    counted(
      counts,
      `${what} on Discord`,
      named(what, () => discordTakes(view, registry)),
    );
    counted(
      counts,
      `${what} on Slack`,
      named(what, () => slackTakes(view, registry)),
    );
  };
  const answered = (what: string, answer: Answer): void => {
    if (answer.kind === 'failed') throw new Error(`${what} failed: ${world.logged.at(-1)}`);
    held(what, answer.kind === 'form' ? answer.refused.view : answer.view);
    const form = answer.kind === 'form' ? answer.form : answer.kind === 'refused' ? answer.repair : null;
    if (form)
      counted(
        counts,
        `${what}: form`,
        named(what, () => formTaken(form)),
      );
  };

  for (const line of LINES) answered(`/${line}`, await bot.perform(actOf({ kind: 'typed', line: `/${line} ` })));
  const { accounts } = store.tables;
  const [own] = await store.read
    .select({ member: accounts.member })
    .from(accounts)
    .where(and(eq(accounts.forumId, forumId), eq(accounts.account, account)));
  const context = {
    ...{ m, locale, zone: forum.zone, now, db: store.read, forumId, forum, due: now },
    ...{ to: own!.member, toName: account },
  };
  for (const [kind, about] of await postedIn(world, forumId)) {
    const subject = postTypes[kind]!;
    for (const standsSince of subject.follows ? [null, now] : [null]) {
      const told = await subject.view({ ...context, standsSince }, about);
      if (!('suppressed' in told)) held(`post ${kind}`, 'last' in told ? told.last : told);
    }
  }
  for (const command of registry.commands)
    for (const action of command.actions) {
      const path = [command.name, action.name].filter(Boolean);
      const what = `/${path.join(' ')}`;
      counted(
        counts,
        `${what}: form`,
        named(what, () => forms(action, locale, flavour)),
      );
      for (const [option, { kind }] of Object.entries(action.options)) {
        if (!kind.suggest) continue;
        const asked = { kind: 'chosen', path, given: {} } as const;
        const found = await bot.suggest(actOf(asked), option, '');
        counted(
          counts,
          `${what}: menus`,
          named(what, () => suggestionsTaken(found)),
        );
      }
    }
}

/** Adds to a refusal which view it was, and by which rules. */
function named<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { errors, messages } = error as { errors?: unknown; messages?: unknown };
    throw new Error(`${what}: ${JSON.stringify(errors ?? messages ?? null)}`, { cause: error });
  }
}

/** The form of an action, empty, and with the longest that may have been typed wherever it may stand. */
function forms(action: Action, locale: Locale, flavour: Flavour): number {
  const ctx = { m: catalogue[locale], locale, zone: 'Asia/Jakarta', now: START, commands: registryOf().commands };
  const keys = Object.keys(action.options).filter(key => !action.options[key]!.hidden);
  if (!keys.length) return 0;
  const typed = Object.fromEntries(keys.map(key => [key, { typed: FLAVOURS[flavour].repeat(400) }]));
  return [{}, typed].reduce((sum, given) => sum + formTaken(formFor(action, ctx, `1.${action.id}`, given, keys)), 0);
}
