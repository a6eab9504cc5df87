import { readFileSync, writeFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { createAppBot } from '../../src/app/app.ts';
import { rolesFor, whoText } from '../../src/bot/permit.ts';
import type { Role } from '../../src/bot/role.ts';
import type { Act, Answer, Given, Place } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import { catalogue } from '../../src/language/messages.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { UNLIMITED } from '../unlimited.ts';
import { aWorld, countedIds, START } from '../world.ts';
import { FORUM, PEOPLE, type Person, TRIED } from './permission-things.ts';

class TakenBack extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('taken back');
    this.answer = answer;
  }
}

/** A store in which everything is done, and taken back once it is answered. */
const thatForgets = (store: Store): Store =>
  new Proxy(store, {
    get(target, key) {
      if (key !== 'write') return Reflect.get(target, key);
      const write: Store['write'] = async (forum, work) => {
        let answer: unknown;
        await target
          .write(forum, async tx => {
            throw new TakenBack(await work(tx));
          })
          .catch(error => {
            if (!(error instanceof TakenBack)) throw error;
            answer = error.answer;
          });
        return answer as Awaited<ReturnType<typeof work>>;
      };
      return write;
    },
  });

const LOCAL: Place = { platform: 'console', workspace: 'local', channel: 'umum' };
const SHARED: Place = { platform: 'slack', workspace: 'T1', channel: 'C1' };
const ELSEWHERE: Place = { platform: 'console', workspace: 'lain', channel: null };
const placeOf = (person: Person): Place =>
  person === 'guest' ? SHARED : person === 'of another forum' ? ELSEWHERE : LOCAL;

/**
 * Tells whether it was done or may be begun; null: it was refused for another reason, so that the cell says nothing.
 */
function verdict(answer: Answer): boolean | null {
  if (answer.kind === 'view' || answer.kind === 'form') return true;
  return answer.kind === 'refused' && (answer.code === 'forbidden' || answer.code === 'not_found') ? false : null;
}

const DOC = new URL('../../docs/permissions.md', import.meta.url);
const people = Object.keys(PEOPLE) as Person[];

/** A guest: of another organisation in a channel that Slack shares, without a seat. */
async function addGuest(store: Store, forumId: string): Promise<void> {
  const { places, members, accounts } = store.tables;
  await store.write(forumId, async tx => {
    const at = START;
    const place = { platform: 'slack', workspace: 'T1', forumId, name: 'T1', joinedAt: at, leftAt: null } as const;
    await tx.insert(places).values(place);
    const [someone] = await tx.select().from(members).where(eq(members.forumId, forumId));
    await tx.insert(members).values({ ...someone!, number: 900, name: 'gus', folded: 'gus', coordinator: false });
    const account = { forumId, platform: 'slack', home: 'T9', account: 'gus', member: 900, name: 'gus' } as const;
    await tx.insert(accounts).values({ ...account, workspace: 'T1', lastSeenAt: at });
  });
}

/** A second account that is linked to the coordinator, and that nobody has vouched for yet. */
async function linkSecond({ run, all }: Pick<Awaited<ReturnType<typeof aWorld>>, 'run' | 'all'>): Promise<void> {
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await run('@kiki2 /me link')).text)![0];
  await all(`@kiki /me link ${code}`, '@kiki :click "Ya, akun saya"', '@kiki2 :click "Ya, itu saya"');
}

const actOf = (key: string, person: Person, path: readonly string[], given: Given): Act => ({
  key,
  place: placeOf(person),
  who: { account: PEOPLE[person], home: person === 'guest' ? 'T9' : '', name: PEOPLE[person], admin: false },
  ask: { kind: 'chosen', path, given },
  memberOf: account => ({ account, home: '', name: account, admin: false }),
  channelOf: () => null,
});

/** Roles of a definition that each person has; what concerns one thing is judged on top. */
const ROLES: Readonly<Record<Person, readonly Role[]>> = {
  coordinator: ['anyone', 'member', 'coordinator'],
  representative: ['anyone', 'member', 'partner', 'representative'],
  alternate: ['anyone', 'member', 'partner', 'representative'],
  "partner's person": ['anyone', 'member', 'partner'],
  author: ['anyone', 'member', 'partner'],
  'representative of another partner': ['anyone', 'member', 'partner', 'representative'],
  'person of another partner': ['anyone', 'member', 'partner'],
  'person of an archived partner': ['anyone', 'member'],
  'ex-member': ['anyone', 'member'],
  member: ['anyone', 'member'],
  'linked account': ['anyone', 'member'],
  guest: ['anyone', 'member'],
  'of another forum': ['anyone', 'member', 'coordinator'],
};

it.each(databases)(
  'the table of permissions in the docs says what each person may do, and every cell is tried ($name)',
  async ({ open }) => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM);
    const other = await aWorld({ store, workspace: 'lain', actor: 'otto' });
    await other.all('/forum setup Lain');
    const { forums } = store.tables;
    await addGuest(store, (await store.read.select().from(forums)).find(one => one.name === 'Uji')!.id);
    await linkSecond(world);
    const log = createLog({ level: 'error', format: 'json' }, world.clock.now, line => world.logged.push(line));
    const services = { store: thatForgets(store), log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
    const bot = createAppBot(services, world.clock, countedIds(), { fairUse: UNLIMITED });
    const rows: string[] = [];
    const unclear: string[] = [];
    const wrong: string[] = [];
    for (const command of bot.registry.commands)
      for (const action of command.actions) {
        const path = [command.name, action.name].filter(Boolean);
        const tried = TRIED[action.id];
        const given = Object.fromEntries(Object.entries(tried ?? {}).map(([key, typed]) => [key, { typed }]));
        const isAboutThing = Object.values(tried ?? {}).some(value => /^[A-Z]-\d+$/.test(value));
        const cells: string[] = [];
        for (const person of people) {
          // Without a thing of this forum's, they would be asked about their own forum.
          if (person === 'of another forum' && !isAboutThing) {
            cells.push('·');
            continue;
          }
          const said = await bot.perform(actOf(`${action.id}:${PEOPLE[person]}`, person, path, given));
          const allowed = verdict(said);
          const where = `/${path.join(' ')} by the ${person}`;
          if (allowed === null || (tried && allowed && said.kind !== 'view'))
            unclear.push(`${where}: ${said.kind === 'refused' ? `${said.code} ${said.message}` : said.kind}`);
          const hasRole = rolesFor(action).some(role => ROLES[person].includes(role));
          if (allowed && !hasRole) wrong.push(`${where} is open beyond its definition`);
          if (!tried && hasRole && !allowed) wrong.push(`${where} is refused against its definition`);
          cells.push(allowed ? '✓' : '–');
        }
        if (!cells.includes('✓')) wrong.push(`/${path.join(' ')} is open to nobody`);
        rows.push(`| \`/${path.join(' ')}\` | ${cells.join(' | ')} | ${whoText(catalogue.en, action)} |`);
      }
    expect({ unclear, wrong, logged: world.logged }).toEqual({ unclear: [], wrong: [], logged: [] });
    const doc = [
      '# Who may do what',
      '',
      'Generated by the tests, which try every cell on both databases and take it back. Everything that is tried concerns',
      'one partner, its seat and its things.',
      '',
      '- The *coordinator* sits for no partner. *Representative*, *alternate* and *partner’s person* sit for the partner.',
      '- The *author* wrote what is tried, spoke for the partner then, and is now one of its people.',
      '- The *person of an archived partner* and the *ex-member* sat for a partner before; the *member* never did.',
      '- The *linked account* is a second account of the coordinator that nobody has vouched for yet.',
      '- A *guest* writes from another organisation, in a channel that Slack shares with the forum.',
      '- *Of another forum*: its coordinator, who names a thing by its code here. A dot: it is about their own forum.',
      '',
      'Actions that need a draft or a code of their own show who may begin; who may finish is judged at that moment.',
      '',
      `| Command | ${people.join(' | ')} | In words |`,
      `|---|${people.map(() => ':-:').join('|')}|---|`,
      ...rows,
      '',
    ].join('\n');
    if (process.env.UPDATE) writeFileSync(DOC, doc);
    expect(readFileSync(DOC, 'utf8')).toBe(doc);
  },
);
