import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

type World = Awaited<ReturnType<typeof aWorld>>;

/** A forum in which there is something of each kind to be had by those who may not. */
const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor issues:isu',
  '/partner add Palang sector:ngo',
  '/partner add Hijau sector:ngo',
  '/partner add "Tim 7" sector:community',
  '/partner assign ani partner:Palang role:representative',
  '/partner assign budi partner:Hijau role:representative',
  '/partner assign cici partner:Palang role:member',
  '@eve /me show',
  '/goal add "Siaga 9 desa"',
  '/indicator add "Posko 2 unit" frequency:monthly partner:"Palang, Hijau" target:20 due:31/12/2027',
  '@ani /indicator report N-1 value:5 period:oct',
  '@ani /activity plan "Gladi 3" date:"3/12/2026 13.00" partners:Palang',
  '@ani /issue raise "Saluran 4" severity:low',
  '@ani /issue raise "Rahasia 5" private:yes mediator:budi',
  '/agreement record "Nota 6" kind:informal partners:"Palang, Hijau" expires:1/12/2027',
  '@ani /finance record "Tenda 2 unit" direction:out amount:100rb partner:Palang',
  '@ani /strategy propose "Posko di 9 desa" change:x rationale:y closes:5d',
  '/poll create "Hari rapat 8" options:"Senin; Selasa" basis:partner closes:3d',
  '/action add "Cetak 10 peta" who:ani due:1/2/2027',
] as const;

/** Does lines that are refused, one after the other, and tells how each was. */
async function refusals(world: World, lines: readonly (readonly [line: string, code: string])[]) {
  const got: [string, string][] = [];
  for (const [line] of lines) {
    const { ok, error, text } = await world.run(line);
    got.push([line, ok ? `done: ${text.slice(0, 80)}` : error!.code]);
  }
  expect(got).toEqual(lines.map(([line, code]) => [line, code]));
  expect(world.logged).toEqual([]);
}

describe.each(databases)('somebody who means harm, on $name', ({ open }) => {
  it('R1: acts on nothing by a name that is nearly one', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    await refusals(world, [
      ['@ani /strategy vote S-9 agree', 'not_found'],
      ['/finance reverse U-2 reason:x', 'not_found'],
      ['/partner archive M-7 reason:x', 'not_found'],
      ['/goal close T-9 outcome:x', 'not_found'],
      ['/agreement end P-6 reason:x', 'not_found'],
      ['/activity cancel K-3 reason:x', 'not_found'],
      ['/action cancel A-10 reason:x', 'not_found'],
      ['/poll close J-8', 'not_found'],
      ['/issue resolve i-4 resolution:x', 'not_found'],
      ['/indicator retire N-2 reason:x', 'not_found'],
      ['/partner archive "Tim" reason:x', 'ambiguous'],
      ['/action cancel peta reason:x', 'ambiguous'],
      ['/poll withdraw "rapat 8" reason:x', 'ambiguous'],
      ['/goal close "siaga desa" outcome:x', 'ambiguous'],
      ['/issue resolve I-2 resolution:x', 'not_found'],
      ['/partner archive N-1 reason:x', 'not_found'],
    ]);
  });

  it('R5: who sits as a member, and who sits nowhere, bind nobody and undo nothing of others', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const lines: [string, string][] = [];
    for (const who of ['cici', 'eve'])
      lines.push(
        [`@${who} /finance reverse U-1 reason:x`, 'forbidden'],
        [`@${who} /agreement end P-1 reason:x`, 'forbidden'],
        [`@${who} /agreement confirm P-1`, 'forbidden'],
        [`@${who} /activity cancel K-1 reason:x`, 'forbidden'],
        [`@${who} /activity move K-1 date:4/12/2026`, 'forbidden'],
        [`@${who} /indicator correct N-1 period:oct value:9 reason:x`, 'forbidden'],
        [`@${who} /indicator handover N-1 ${who}`, 'forbidden'],
        [`@${who} /indicator target N-1 1 reason:x`, 'forbidden'],
        [`@${who} /partner edit Palang contact:eve`, 'forbidden'],
        [`@${who} /partner request Palang eve accept`, 'forbidden'],
        [`@${who} /strategy vote S-1 agree`, 'forbidden'],
        [`@${who} /strategy proxy S-1 Hijau`, 'forbidden'],
        [`@${who} /strategy amend S-1 change:z`, 'forbidden'],
        [`@${who} /strategy withdraw S-1 reason:x`, 'forbidden'],
        [`@${who} /poll vote J-1 choice:1`, 'forbidden'],
        [`@${who} /poll close J-1`, 'forbidden'],
        [`@${who} /action done A-1 result:x`, 'forbidden'],
        [`@${who} /action hand A-1 ${who}`, 'forbidden'],
        [`@${who} /goal close T-1 outcome:x`, 'forbidden'],
        [`@${who} /finance close 2026-10`, 'forbidden'],
        [`@${who} /finance budget T-1 amount:1jt`, 'forbidden'],
        [`@${who} /forum rules shortest:1h`, 'forbidden'],
        [`@${who} /forum coordinator ${who} action:add`, 'forbidden'],
        [`@${who} /import undo 1`, 'forbidden'],
      );
    await refusals(world, lines);
  });

  it('R6, R8: no link, code or second account gives what is not one’s own', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@ani /me link')).text)![0];
    await world.all(`@eve /me link ${code}`);
    await refusals(world, [
      // Only the other side says yes, and only after this one has; a third says nothing.
      ['@ani /me same request:1', 'not_found'],
      ['@cici /me claim request:1', 'not_found'],
      ['@eve /me same request:1', 'not_found'],
      [`@cici /me link ${code}`, 'not_found'],
      ['/me vouch request:1', 'not_found'],
      ['@eve /issue show I-2', 'not_found'],
    ]);
    await world.all('@eve /me claim request:1', '@ani /me same request:1');
    await refusals(world, [
      ['@eve /me vouch request:1', 'forbidden'],
      ['@ani /me vouch request:1', 'forbidden'],
      ['@budi /me vouch request:1', 'not_found'],
      ['@eve /strategy vote S-1 agree', 'forbidden'],
      ['@eve /issue show I-2', 'not_found'],
      ['@eve /finance reverse U-1 reason:x', 'forbidden'],
      ['@budi /me unlink request:1', 'not_found'],
      ['@cici /me same request:1', 'not_found'],
      ['@eve /me same request:1', 'not_found'],
      ['@ani /me link AAAA-AAAA', 'not_found'],
    ]);
  });

  it('R10, R11, R12: weakens, shortens or ends no decision', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const proposal = '@eve /strategy propose Usul change:x rationale:y';
    const binding = '/poll create Pilih options:"A; B" binding:yes';
    await refusals(world, [
      [`${proposal} closes:5d basis:member`, 'forbidden'],
      [`${proposal} closes:"in 1 minute"`, 'forbidden'],
      [`${proposal} closes:5d quorum:0`, 'invalid_option'],
      [`${proposal} closes:5d quorum:1`, 'forbidden'],
      [`${proposal} closes:5d threshold:1/9999`, 'forbidden'],
      [`${proposal} closes:5d threshold:0/3`, 'invalid_option'],
      [`${proposal} closes:5d threshold:>1/2`, 'forbidden'],
      [`${proposal} closes:1h urgent:"sangat mendesak"`, 'forbidden'],
      ['@eve /strategy extend S-1 closes:30d', 'forbidden'],
      ['@ani /strategy extend S-1 closes:"in 1 minute"', 'forbidden'],
      ['@eve /strategy close S-1 reason:x', 'forbidden'],
      ['@ani /strategy vote S-1 object', 'missing_option'],
      [`@eve ${binding} closes:"in 1 minute"`, 'forbidden'],
      [`@eve ${binding} closes:3d basis:member`, 'forbidden'],
      [`@eve ${binding} closes:3d quorum:1`, 'forbidden'],
      ['@eve /poll extend J-1 closes:30d', 'forbidden'],
      ['@eve /poll withdraw J-1 reason:x', 'forbidden'],
    ]);
  });

  it('R14, R15, R18: reads nothing secret or private', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani /strategy propose Rahasia change:x rationale:y closes:5d secret:yes',
      '@ani /strategy vote S-2 object reason:sebab-rahasia',
      '/poll create Rahasia options:"Satu; Dua" basis:partner secret:yes closes:3d',
      '@budi /poll vote J-2 choice:Dua',
    );
    await refusals(world, [
      ['@eve /issue show I-2', 'not_found'],
      ['@eve /issue comment I-2 text:x', 'not_found'],
      ['@eve /issue resolve I-2 resolution:x', 'not_found'],
      ['@eve /issue assign I-2 eve', 'not_found'],
      ['@eve /action add Intip who:eve from:I-2', 'not_found'],
      ['/issue show I-2', 'not_found'],
      ['/strategy override S-2 reason:x', 'conflict'],
      ['/poll create X options:"A; B" secret:yes results:live closes:2d', 'invalid_option'],
      ['/poll create X options:"A; B" secret:yes results:voted closes:2d', 'invalid_option'],
    ]);
    // An override is refused in the same words where nobody objects.
    await world.all('@ani /strategy propose Tenang change:x rationale:y closes:5d secret:yes');
    const [objected, calm] = [
      await world.run('/strategy override S-2 reason:x'),
      await world.run('/strategy override S-3 reason:x'),
    ];
    expect(calm.text.replaceAll('S-3', 'S-2')).toBe(objected.text);
    // Whatever may be read by everybody says nothing of it.
    const read = [
      '/strategy show S-2',
      '/poll show J-2',
      '/strategy export S-2',
      '/poll export J-2',
      '/issue list',
      '/action list',
      '/digest now',
    ];
    for (const line of read) {
      const { text } = await world.run(`@eve ${line}`);
      expect([line, text]).toEqual([line, expect.not.stringMatching(/sebab-rahasia|Rahasia 5|budi.*Dua|Keberatan: 1/)]);
    }
  });

  it('R25, R26: writes no formula, no markup and no mention that others run', async () => {
    await using world = await aWorld({ store: await open() });
    const evil = '=HYPERLINK(1;2) <@everyone> <script>';
    await world.all(
      ...FORUM,
      `/goal add "${evil}"`,
      `@eve /activity log "${evil}" location:"+1+1" result:"@SUM(1)"`,
      `@eve /issue raise "${evil}"`,
      `@eve /poll create "${evil}" options:"-1+1|cmd; @A1" closes:2d`,
      `@eve /poll vote J-2 choice:1`,
      ':skip 3d',
    );
    const folder = await mkdtemp(join(tmpdir(), 'rembug-hostile-'));
    for (const [i, line] of ['/report 1/11/2026 format:csv', '/poll export J-2', '/me export'].entries()) {
      await world.all(`@eve ${line}`, `@eve :save ${join(folder, String(i))}`);
      const bytes = await readFile(join(folder, String(i)));
      const whole = bytes.subarray(0, 2).toString() === 'PK' ? Object.values(unzipSync(bytes)) : [bytes];
      const cells = whole
        .flatMap(one =>
          Buffer.from(one)
            .toString()
            .split(/[;,]|\r?\n/),
        )
        .map(cell => cell.replace(/^"+/, ''));
      // A minus may begin a number, and nothing else.
      expect([line, cells.filter(cell => /^[=+@\t]|^-(?![\d.,]*$)/.test(cell))]).toEqual([line, []]);
    }
    expect(world.logged).toEqual([]);
  });
});
