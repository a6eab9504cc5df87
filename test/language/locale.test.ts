import { expect, it } from 'vitest';
import { readZone, zoneName } from '../../src/language/locale.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

const AT = new Date('2026-11-24T01:00:00Z');

it.each([
  ['WIB', 'Asia/Jakarta'],
  ['wita', 'Asia/Makassar'],
  [' Wit ', 'Asia/Jayapura'],
  ['Asia/Jakarta', 'Asia/Jakarta'],
  ['asia/jakarta', 'Asia/Jakarta'],
  ['jakarta', 'Asia/Jakarta'],
  ['new york', 'America/New_York'],
  ['Asia/Ujung_Pandang', 'Asia/Makassar'],
  ['UTC', 'UTC'],
  ['Etc/UTC', 'UTC'],
  ['Asia/Atlantis', null],
  ['constructor', null],
  ['__proto__', null],
  ['', null],
])('%j is the zone %s', (typed, zone) => {
  expect(readZone(typed)).toBe(zone);
});

it('any text is a zone that has a name, or none', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'asia/kolkata', 'a/b', '/', 'GMT+7', '+07:00');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), zones), typed => {
      const zone = readZone(typed);
      if (zone !== null) expect(zoneName(zone, 'id', AT)).not.toBe('');
    }),
    { numRuns: sized(200, 1000) },
  );
});

it('the three Indonesian zones are called as people call them, in either language', () => {
  const zones = ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'];
  const names = ['WIB', 'WIB', 'WITA', 'WIT'];
  expect(zones.map(zone => zoneName(zone, 'id', AT))).toEqual(names);
  expect(zones.map(zone => zoneName(zone, 'en', AT))).toEqual(names);
});
