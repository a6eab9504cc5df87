import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { catalogue } from '../../src/language/messages.ts';
import { type Node, plain, type Text } from '../../src/language/text.ts';

type Leaf = { path: string; id: unknown; en: unknown };

function* leaves(id: unknown, en: unknown, path = ''): Generator<Leaf> {
  if (typeof id === 'object' && id !== null && !Array.isArray(id))
    for (const key of new Set([...Object.keys(id), ...Object.keys((en ?? {}) as object)]))
      yield* leaves(
        (id as Record<string, unknown>)[key],
        (en as Record<string, unknown> | undefined)?.[key],
        path ? `${path}.${key}` : key,
      );
  else yield { path, id, en };
}

const all = [...leaves(catalogue.id, catalogue.en)];

it('both languages have the same messages', () => {
  expect(
    all.filter(({ id, en }) => id === undefined || en === undefined || typeof id !== typeof en).map(leaf => leaf.path),
  ).toEqual([]);
});

/** The slots that a message reads, told by a proxy; every branch that a flag opens is looked at. */
function slots(message: unknown): string[] {
  const read = new Set<string>();
  for (const flag of [true, false]) {
    const given = new Proxy({} as Record<string, unknown>, {
      get(_, key) {
        if (typeof key !== 'string') return undefined;
        read.add(key);
        if (['consent'].includes(key)) return flag;
        if (['nearest', 'names', 'candidates', 'choices', 'readings', 'accepts', 'why'].includes(key))
          return flag ? ['x'] : [];
        if (key === 'women') return flag ? '1' : null;
        return key === 'n' || key === 'max' ? 2 : 'x';
      },
    });
    (message as (s: unknown) => Text)(given);
  }
  return [...read].sort();
}

it('English uses every slot that Indonesian uses', () => {
  for (const { path, id, en } of all)
    if (typeof id === 'function') expect([path, slots(en)]).toEqual([path, slots(id)]);
});

/** Words that are the same in both languages. */
const SAME =
  /^(core\.(none|bot)|terminal\.forum|.*\.formats\..*|.*command\.name|.*\.(name|example)|partner\.sectors\.media|.*abstain|goal\.list|help\.command\.whole\.name|.*zone|forum\.(quietHours|command\.name)|activity\.people|issue\.line|strategy\.(atLeast|position|countOf|shareOf)|core\.page|report\.formats\..*|button\.score\d|finance\.takenBackBy|digest\.agreementLine|indicator\.(target|status|scaleChoices\.(skp|permendagri_86))|poll\.methods\.borda|forum\.licences\..*|activity\.commands.*)$/;

it('no message is left in the other language', () => {
  const same = all.filter(({ path, id, en }) => typeof id === 'string' && id === en && id !== '' && !SAME.test(path));
  expect(same.map(leaf => leaf.path)).toEqual([]);
  const texts = all.filter(
    ({ path, id, en }) => Array.isArray(id) && plain(id as Node[]) === plain(en as Node[]) && !SAME.test(path),
  );
  expect(texts.map(leaf => leaf.path)).toEqual([]);
});

it('labels of buttons are short enough to be seen whole', () => {
  for (const m of Object.values(catalogue))
    for (const label of Object.values(m.button)) expect(label.length).toBeLessThanOrEqual(30);
});

it('names and help texts of commands fit both platforms, and names are unique', () => {
  for (const m of Object.values(catalogue))
    for (const command of commands) {
      expect(command.words(m).name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u);
      expect(command.words(m).summary.length).toBeLessThanOrEqual(100);
      for (const action of command.actions) {
        const words = action.words(m);
        if (action.name) expect(words.name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u);
        expect(words.summary.length).toBeLessThanOrEqual(100);
        const options = Object.keys(action.options).map(key => words.options[key]!);
        for (const option of options) {
          expect(option.name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u);
          expect(option.help.length).toBeLessThanOrEqual(100);
        }
        expect(new Set(options.map(option => option.name)).size).toBe(options.length);
      }
      const names = command.actions.map(action => action.words(m).name);
      expect(new Set(names).size).toBe(names.length);
    }
});

it('every command that a message names can be typed as it is written', () => {
  for (const language of ['id', 'en'] as const) {
    const m = catalogue[language];
    const known = new Set(
      commands.flatMap(one =>
        [one.name, one.words(m).name].flatMap(root =>
          one.actions.flatMap(action =>
            (action.words ? [action.name, action.words(m).name] : []).map(name => `/${root} ${name}`),
          ),
        ),
      ),
    );
    const folder = new URL(`../../src/language/${language}/`, import.meta.url);
    const unknown = readdirSync(folder).flatMap(file =>
      [...readFileSync(new URL(file, folder), 'utf8').matchAll(/(?<![\w:/.])\/[a-z]{3,} [a-z-]{2,}/g)]
        .map(([named]) => named)
        // What follows these two is a topic.
        .filter(named => !known.has(named) && !/^\/(help|bantuan) /.test(named)),
    );
    expect([language, unknown]).toEqual([language, []]);
  }
});
