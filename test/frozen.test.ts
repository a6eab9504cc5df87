import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import type { Action, ActionWords } from '../src/bot/command.ts';
import { createRegistry } from '../src/bot/registry.ts';
import { catalogue, type Messages } from '../src/language/messages.ts';

/**
 * A button that stands somewhere in a chat carries an action's id and the values of its options by their places. So
 * neither an id nor the order of its options ever changes; what is new is appended. `npm run docs` appends it here.
 */
const LEDGER = new URL('frozen/actions.txt', import.meta.url);
const HEAD = `# Ids of actions and the order of their options, as old buttons carry them. This file only grows:
# after an action or an option was added (options: as the last ones of their action) run "npm run docs".
# Where two branches grew it: take the version of the main branch, then run "npm run docs" again.
`;

type Ledger = ReadonlyMap<string, readonly string[]>;

const written = (): Ledger =>
  new Map(
    (existsSync(LEDGER) ? readFileSync(LEDGER, 'utf8') : '')
      .split('\n')
      .filter(line => line && !line.startsWith('#'))
      .map(line => line.split(' '))
      .map(([id, ...options]) => [id!, options]),
  );

const defined = (): Ledger =>
  new Map(
    commands.flatMap(command => command.actions.map(action => [action.id, Object.keys(action.options)] as const)),
  );

/** Lists what was moved or taken away: everything in the ledger that is not so any more. */
function broken(ledger: Ledger, now: Ledger): string[] {
  return [...ledger].flatMap(([id, options]) => {
    const has = now.get(id);
    if (!has) return [`${id}: the action is gone; keep it (hidden: true), old buttons carry its id`];
    return options
      .map((name, n) => (has[n] === name ? null : `${id}: option ${n + 1} was ${name} and is ${has[n] ?? 'gone'}`))
      .filter(fault => fault !== null);
  });
}

/** The ledger with what is new, one line an action, by id. */
const grown = (ledger: Ledger, now: Ledger): string =>
  HEAD +
  [...new Map([...ledger, ...now])]
    .map(([id, options]) => `${[id, ...options].join(' ')}\n`)
    .sort()
    .join('');

it('old buttons go on meaning what they meant: ids and the order of options only grow', () => {
  const ledger = written();
  const now = defined();
  expect(broken(ledger, now), 'append new options after the old ones, and never take one away').toEqual([]);
  const should = grown(ledger, now);
  if (process.env.UPDATE) writeFileSync(LEDGER, should);
  expect(readFileSync(LEDGER, 'utf8'), 'actions or options are new: npm run docs appends them').toBe(should);
});

it.each([
  ['inserted', ['title', 'children', 'women']],
  ['swapped', ['women', 'title']],
  ['taken away', ['title']],
])('an option that is %s is found', (_, options) => {
  expect(broken(new Map([['kl', ['title', 'women']]]), new Map([['kl', options]]))).not.toEqual([]);
});

it('an option that is appended only makes the ledger longer', () => {
  const [before, after] = [new Map([['kl', ['title']]]), new Map([['kl', ['title', 'area']]])];
  expect(broken(before, after)).toEqual([]);
  expect(grown(before, after)).toContain('kl title area\n');
});

const both = [catalogue.id, catalogue.en];
const [like, ...others] = commands[0]!.actions;

it.each([
  [
    '26 subcommands',
    Array.from({ length: 26 }, (_, n) => ({ ...like!, id: `x${n}`, name: `x${n}` })),
    /more than 25 subc/,
  ],
  ['26 options', [{ ...like!, options: manyOptions(26) }], /more than 25 options/],
  ['two options of one name', [{ ...like!, words: sameNames }], /two things are named/],
  ['an id twice', [like!, { ...others[0]!, id: like!.id }], /two things are named/],
])('the program does not start with %s', (_, actions, why) => {
  expect(() => createRegistry([{ ...commands[0]!, actions }], both)).toThrow(why);
});

function manyOptions(n: number): Action['options'] {
  const [one] = Object.values(like!.options);
  return Object.fromEntries(Array.from({ length: n }, (_, i) => [`o${i}`, one!]));
}

function sameNames(m: Messages): ActionWords {
  const words = like!.words(m);
  const options = Object.fromEntries(Object.keys(words.options).map(key => [key, { name: 'sama', help: 'x' }]));
  return { ...words, options };
}
