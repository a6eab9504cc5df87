import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { renderView as onDiscord } from '../../adapters/discord/render.ts';
import { renderView as onSlack } from '../../adapters/slack/render.ts';
import type { Act, Adapter, Answer, Outgoing } from '../../src/bot/act.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { botOn, handlers, openConsole } from '../../src/house.ts';
import { runDue } from '../../src/schedule/run.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { subjects } from '../../src/views/subjects.ts';
import { newFolder } from '../program.ts';
import { UNLIMITED } from '../unlimited.ts';
import { countedIds, START } from '../world.ts';
import { ask, NAMES } from './ask.ts';
import { type Random, text } from './random.ts';

/** A word that stands in everything the other forum has; nobody ever types it. */
export const CANARY = 'Kenariwati';
/** An answer is no longer than this, files and pictures aside, whatever was typed. */
const LONGEST = 60_000;
/** What a refusal may write: the draft that keeps what was typed, and tries that are counted. */
const MAY_CHANGE = new Set(['drafts', 'code_attempts', 'migrations', 'touched', 'sqlite_sequence']);

/** What went wrong with one input. */
export interface Problem {
  readonly what: string;
  readonly input: unknown;
}

const forumLines = (word: string): string[] => [
  `/forum setup "Forum ${word}" announce:umum issues:isu coordinators:koor`,
  '/forum settings public:yes',
  `/partner add "${word} Mitra" sector:ngo`,
  '/partner assign ani partner:M-1 role:representative',
  `/partner add "${word} Dua" sector:government`,
  '/partner assign budi partner:M-2 role:representative',
  '@cici /me show',
  '@dewi /me show',
  `/goal add "${word} tujuan"`,
  ...[1, 2, 3].flatMap(n => [
    `/activity log "${word} kegiatan ${n}" participants:5 partners:M-1 goal:T-1`,
    `/issue raise "${word} isu ${n}" severity:high detail:"${word} rinci"`,
    `/agreement record "${word} sepakat ${n}" partners:"M-1, M-2"`,
    `/finance record "${word} uang ${n}" direction:in amount:5`,
    `/indicator add "${word} ukuran ${n}" unit:orang target:9 frequency:monthly partner:"M-1, M-2"`,
    `/strategy propose "${word} usul ${n}" rationale:"${word}" closes:3d`,
  ]),
  '@ani /indicator report N-1 value:3 period:okt',
  '@ani /strategy vote S-1 agree',
  `/activity plan "${word} rencana" date:30/11/2026`,
  `/forum announce "${word} awas" urgency:normal`,
];

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const defaults = { locale: 'id', zone: 'Asia/Jakarta' } as const;

/** Fills a forum of the terminal with a little of everything, each with the word in its name. */
export async function fillForum(store: Store, workspace: string, word: string): Promise<void> {
  const ids = countedIds();
  const { session } = openConsole({ store, log: quiet, defaults }, { actor: 'sari', start: START, workspace, ids });
  for (const line of forumLines(word)) {
    const result = await session.run(line);
    if (!result.ok) throw new Error(`${line}: ${result.text}`);
  }
}

/** A database with two forums whose codes are the same, written once; each batch of inputs begins with a copy of it. */
async function template(): Promise<string> {
  const file = join(newFolder(), 'two.db');
  const store = await openStore(`file:${file}`);
  await fillForum(store, 'satu', 'Biasa');
  await fillForum(store, 'dua', CANARY);
  await store.close();
  const db = new Database(file);
  db.exec('CREATE TABLE touched (n INTEGER NOT NULL) STRICT; INSERT INTO touched VALUES (0)');
  const names = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'activity_search%'")
    .pluck();
  for (const name of names.all() as string[])
    if (!MAY_CHANGE.has(name))
      for (const event of ['INSERT', 'UPDATE', 'DELETE'])
        db.exec(
          `CREATE TRIGGER t_${name}_${event} AFTER ${event} ON "${name}" BEGIN UPDATE touched SET n = n + 1; END`,
        );
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return file;
}

let made: Promise<string> | undefined;

/** The words of an answer without the content of files and pictures. */
const sizeOf = (answer: unknown): number =>
  JSON.stringify(answer, (key, value) => (key === 'content' ? '' : value)).length;

/**
 * A forum on its own copy of the two, in which acts are tried: what somebody of the first forum is told must never hold
 * the other's word, no act may fail, and what is refused must have changed nothing.
 */
export async function aFuzzedForum() {
  made ??= template();
  const file = join(newFolder(), 'x.db');
  copyFileSync(await made, file);
  const store = await openStore(`file:${file}`);
  const watch = new Database(file, { readonly: true });
  const touched = watch.prepare('SELECT n FROM touched').pluck();
  const known = watch.prepare("SELECT 1 FROM accounts WHERE workspace = 'satu' AND account = ?");
  let at = START;
  const clock = { now: () => at };
  const errors: string[] = [];
  const log = {
    ...quiet,
    error: (message: string, fields?: object) => void errors.push(`${message} ${stackOf(fields)}`),
  };
  const ids = countedIds();
  const bot = botOn({ store, log, defaults }, clock, ids, { fairUse: UNLIMITED });
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
  const sender = createSender({ store, clock, log, subjects, adapters: [adapter] });
  return {
    store,
    bot,
    /** Does one act; null where all is well. */
    async act(r: Random): Promise<Problem | null> {
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
      if (r.chance(12)) {
        const option = r.pick(['activity', 'partner', 'member', 'strategy', 'choice', '__proto__']);
        const found = told(await bot.suggest(act, option, text(r)));
        return found.includes(CANARY) ? { what: `another forum's data is suggested: ${found}`, input } : null;
      }
      // Whoever is new, or was forgotten, is made a member first, whatever becomes of the act.
      if (!known.get(account)) await bot.perform({ ...act, key: ids.next(), ask: { kind: 'typed', line: 'help' } });
      const before = touched.get();
      const answer = await bot.perform(act);
      return problemOf(answer, before !== touched.get(), input) ?? rendered(answer, input);
    },
    /** Lets time pass, with all that falls due and is sent. */
    async pass(ms: number): Promise<Problem | null> {
      at = new Date(at.getTime() + ms);
      await runDue({ store, clock, ids, log, handlers });
      await sender.deliver();
      const what = errors.splice(0).concat(leaks.splice(0))[0];
      return what ? { what: `what fell due: ${what}`, input: { at } } : null;
    },
    async close(): Promise<void> {
      watch.close();
      await store.close();
    },
  };

  function problemOf(answer: Answer, changed: boolean, input: unknown): Problem | null {
    if (answer.kind === 'failed') return { what: `a bug: ${errors.splice(0).join('; ')}`, input };
    const words = told(answer);
    if (words.includes(CANARY)) return { what: `another forum's data: ${words}`, input };
    if (sizeOf(answer) > LONGEST) return { what: `an answer of ${sizeOf(answer)} characters`, input };
    if (answer.kind !== 'view' && changed) return { what: `what was refused has changed something: ${words}`, input };
    return null;
  }

  /** Every answer can be shown on both platforms. */
  function rendered(answer: Answer, input: unknown): Problem | null {
    try {
      const view = answer.kind === 'form' ? answer.refused.view : answer.view;
      onDiscord(view, bot.registry);
      onSlack(view, bot.registry);
      return null;
    } catch (error) {
      return { what: `cannot be shown: ${String((error as Error).stack)}`, input };
    }
  }
}

const told = (of: unknown): string => JSON.stringify(of);

const stackOf = (fields: object | undefined): string => {
  const { error } = (fields ?? {}) as { error?: unknown };
  return error instanceof Error ? `${error.stack} ${error.cause ?? ''}` : JSON.stringify(fields);
};
