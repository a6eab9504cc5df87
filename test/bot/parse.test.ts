import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { decodeInvocation, encodeInvocation, MAX_INVOCATION } from '../../src/bot/invocation.ts';
import { leadingWords, parseOptions, printLine } from '../../src/bot/parse.ts';
import { createRegistry } from '../../src/bot/registry.ts';
import { resolveNow } from '../../src/bot/resolve.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { catalogue } from '../../src/language/messages.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

const registry = createRegistry(commands, [catalogue.id, catalogue.en]);
const actions = registry.commands.flatMap(command => command.actions.map(action => ({ command, action })));
const anyAction = fc.constantFrom(...actions.filter(({ action }) => Object.keys(action.options).length > 0));
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 25 }),
  fc.constantFrom('K-1', 'a "b" c', '“x”', 'kind:y', '\\'),
);

it('what is printed as a line parses back to itself, for every action', () => {
  fc.assert(
    fc.property(
      anyAction,
      fc.infiniteStream(anyText),
      fc.infiniteStream(fc.boolean()),
      ({ command, action }, texts, wanted) => {
        const values: Record<string, string> = {};
        for (const key of Object.keys(action.options)) if (wanted.next().value) values[key] = texts.next().value!;
        const line = printLine([command.name, action.name], values);
        const found = resolveNow(registry, { kind: 'typed', line });
        expect(found.action.id).toBe(action.id);
        expect(
          Object.fromEntries(Object.entries(found.given).map(([k, raw]) => [k, 'typed' in raw && raw.typed])),
        ).toEqual(values);
      },
    ),
    { numRuns: sized(600, 3000) },
  );
});

it('no line throws anything but a refusal', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc
      .tuple(anyAction, fc.string({ unit: 'binary', maxLength: 60 }))
      .map(([{ command, action }, rest]) => `/${command.name} ${action.name} ${rest}`),
  );
  fc.assert(
    fc.property(line, typed => {
      try {
        resolveNow(registry, { kind: 'typed', line: typed });
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
    { numRuns: sized(1000, 5000) },
  );
});

it('an invocation is read back as it was written, within the length both platforms take', () => {
  fc.assert(
    fc.property(anyAction, fc.infiniteStream(fc.string({ unit: 'grapheme', maxLength: 6 })), ({ action }, texts) => {
      const values = Object.fromEntries(
        Object.keys(action.options)
          .slice(0, 3)
          .map(key => [key, texts.next().value!])
          .filter(([, value]) => value !== ''),
      ) as Record<string, string>;
      const wire = (() => {
        try {
          return encodeInvocation(action, values);
        } catch {
          return null;
        }
      })();
      if (wire === null) return;
      expect(wire.length).toBeLessThanOrEqual(MAX_INVOCATION);
      expect(decodeInvocation(wire, registry.byId)).toEqual({ action: action.id, values });
    }),
    { numRuns: sized(1000, 5000) },
  );
});

it('a forged or foreign button id is an invocation of a known action or nothing', () => {
  const ids = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 110 }),
    fc.stringMatching(/^1\.[a-z]{2,3}(\.[a-zA-Z0-9%-]{0,8}){0,4}$/),
  );
  fc.assert(
    fc.property(ids, wire => {
      const found = decodeInvocation(wire, registry.byId);
      if (found) expect(encodeInvocation(registry.byId(found.action)!, found.values)).toBe(wire);
    }),
    { numRuns: sized(2000, 10_000) },
  );
});

const log = registry.byId('kl')!;
const parsed = (line: string) => parseOptions(log, line, leadingWords(line).length, registry.catalogues).values;

it.each([
  [
    '/activity log "Pelatihan evakuasi" kind:training participants:45 partners:"BPBD, Unpad"',
    { title: 'Pelatihan evakuasi', kind: 'training', participants: '45', partners: 'BPBD, Unpad' },
  ],
  ['/kegiatan catat “Rapat” jenis:rapat', { title: 'Rapat', kind: 'rapat' }],
  ['activity log Bersih saluran kind:other', { title: 'Bersih saluran', kind: 'other' }],
  ['/activity log "x" location:Balai RW 5 date:besok', { title: 'x', location: 'Balai RW 5', date: 'besok' }],
  ['/activity log Rapat jam 14:00', { title: 'Rapat jam 14:00' }],
  ['/activity log "x" evidence:https://contoh.id/a?b=c', { title: 'x', evidence: 'https://contoh.id/a?b=c' }],
])('%s', (line, expected) => {
  expect(parsed(line)).toEqual(expected);
});

it('a wrong option name is refused with the nearest one', () => {
  expect(() => parsed('/activity log "x" partisipan:4')).toThrow(Refusal);
});

it('half a character from a broken client is refused in a button, and kept out of one that is written', () => {
  const action = actions.find(one => one.action.id === 'ir')!.action;
  expect(decodeInvocation('1.ir.ban\ud800jir', registry.byId)).toBeNull();
  expect(encodeInvocation(action, { title: 'ban\ud800jir' })).toBe('1.ir.ban%EF%BF%BDjir');
});

it('a name of an option or an action that it had before is still read', () => {
  const read = (line: string) => {
    const { action, given } = resolveNow(registry, { kind: 'typed', line });
    return [action.id, Object.keys(given)];
  };
  expect(read('/indikator tambah Air kala:bulanan')).toEqual(read('/indikator tambah Air frekuensi:bulanan'));
  expect(read('/mitra tambah Unpad minat:tinggi')).toEqual(read('/mitra tambah Unpad kepentingan:tinggi'));
  expect(read('/strategi menepi S-1')).toEqual(read('/strategi benturan S-1'));
  expect(read('/indikator nihil N-1')).toEqual(read('/indikator tanpa-data N-1'));
});
