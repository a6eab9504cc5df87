import { describe, expect, it } from 'vitest';
import { commandsJson } from '../../adapters/discord/register.ts';
import { LIMITS, renderView } from '../../adapters/discord/render.ts';
import { literal } from '../../adapters/discord/text.ts';
import { registryOf } from '../../src/app/app.ts';
import { type View, view } from '../../src/contract/view.ts';

const registry = registryOf();

const HOSTILE = [
  '@everyone @here <@1> <@&2> <#3>',
  '**x** __y__ ~~z~~ ||s|| `c` ```b```',
  '[klik](https://jahat.example) <t:1:R> </forum:1>',
  '# besar\n> kutip\n- butir\n1. angka\n-# kecil',
];

const texts = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(texts);
  if (typeof node !== 'object' || node === null) return [];
  const { content } = node as { content?: unknown };
  return [...(typeof content === 'string' ? [content] : []), ...Object.values(node).flatMap(texts)];
};
const count = (node: unknown): number => {
  if (Array.isArray(node)) return node.reduce((sum: number, one) => sum + count(one), 0);
  if (typeof node !== 'object' || node === null) return 0;
  return (
    ('type' in node && typeof node.type === 'number' ? 1 : 0) +
    Object.values(node).reduce((sum: number, one) => sum + count(one), 0)
  );
};

const large: View = view('x'.repeat(4000), {
  blocks: [
    { kind: 'quote', text: 'q'.repeat(4000) },
    { kind: 'facts', facts: Array.from({ length: 60 }, (_, i) => ({ label: `l${i}`, value: 'v'.repeat(80) })) },
    { kind: 'table', head: ['a', 'b'], rows: Array.from({ length: 200 }, (_, i) => [`r${i}`, 'w'.repeat(30)]) },
  ],
});

describe('a message', () => {
  it('stays inside what Discord takes, however long the view', () => {
    const rendered = renderView(large, registry);
    expect(texts(rendered).join('').length).toBeLessThanOrEqual(LIMITS.text);
    expect(count(rendered)).toBeLessThanOrEqual(LIMITS.blocks);
  });

  it.each(HOSTILE)('shows %j literally', words => {
    const shown = literal(words);
    expect(shown).not.toMatch(/(?<!\\)<|@(?=everyone|here)/);
    expect(shown).not.toMatch(/(?<!\\)\[[^\]]*\]\(|(?<!\\)\*\*|(?<!\\)`|^#/m);
  });
});

it('W11: an @ in an address is left as it is, so that it still leads there', () => {
  for (const address of ['info@hereford.example', 'https://maps.example/@-6.9,107.6,15z', 'rw01@everyone.example'])
    expect(literal(`x ${address}`)).toContain(address);
  expect(literal('@everyone')).not.toContain('@everyone');
});

describe('the registered commands', () => {
  const registered = commandsJson(registry) as { name: string; type: number; options: unknown[] }[];
  const all = registered.filter(one => one.type === 1);
  interface Piece {
    name: string;
    description: string;
    name_localizations: { id: string };
    description_localizations: { id: string };
    options?: Piece[];
    choices?: { name: string; value: string }[];
    autocomplete?: boolean;
  }
  const pieces = (list: readonly Piece[]): Piece[] => list.flatMap(one => [one, ...pieces(one.options ?? [])]);

  it('hold one for messages, which has a name and nothing else', () => {
    const [menu, ...more] = registered.filter(one => one.type !== 1);
    expect([menu, more]).toMatchObject([{ type: 3, name_localizations: { id: 'Jadikan isu' } }, []]);
    expect(menu!.name.length).toBeLessThanOrEqual(32);
    expect(Object.keys(menu!)).not.toContain('description');
  });

  it('are inside every limit, in both languages', () => {
    for (const one of pieces(all as unknown as Piece[])) {
      for (const name of [one.name, one.name_localizations.id]) expect(name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u);
      for (const text of [one.description, one.description_localizations.id])
        expect([text.length > 0, text.length <= 100]).toEqual([true, true]);
      expect((one.options ?? []).length).toBeLessThanOrEqual(25);
      expect((one.choices ?? []).length).toBeLessThanOrEqual(25);
      expect(Boolean(one.choices && one.autocomplete)).toBe(false);
      const names = (one.options ?? []).map(option => option.name);
      const localized = (one.options ?? []).map(option => option.name_localizations.id);
      expect(new Set(names).size).toBe(names.length);
      expect(new Set(localized).size).toBe(localized.length);
      // A localized name may not be another option's default name.
      for (const [i, name] of localized.entries())
        expect(names.filter((other, j) => j !== i && other === name)).toEqual([]);
    }
    for (const command of all as unknown as Piece[]) {
      const longest = pieces([command]).reduce(
        (sum, one) =>
          sum +
          Math.max(one.name.length, one.name_localizations.id.length) +
          Math.max(one.description.length, one.description_localizations.id.length) +
          (one.choices ?? []).reduce((n, choice) => n + choice.name.length + choice.value.length, 0),
        0,
      );
      expect(longest).toBeLessThanOrEqual(8000);
    }
  });
});
