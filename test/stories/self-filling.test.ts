import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup Uji announce:umum coordinators:koor',
  '/me language en',
  '/partner add A sector:government',
  '/partner add B sector:ngo',
  '/partner assign budi partner:A role:representative',
  '/partner assign cici partner:B role:representative',
  '@budi /me language en',
  '@cici /me language en',
];

describe.each(databases)('indicators that fill themselves on $name', ({ open }) => {
  it('a draft comes when a period ends, becomes a report by a yes, and is looked at again when the record changes', async () => {
    await using world = await aWorld({ store: await open() });
    const { reports, indicators } = world.store.tables;
    await world.all(
      ...FORUM,
      '/indicator add Trained unit:people frequency:monthly aggregate:sum kind:flow partner:"A, B" baseline:0 target:500 due:31/12/2027',
      '/indicator add Share unit:% frequency:monthly partner:A',
      '/activity log K1 kind:training participants:50 women:20 groups:"M=30" partners:"A, B" date:20/11/2026',
      '/activity log K2 kind:training participants:45 women:25 groups:"M=20" partners:A date:21/11/2026',
      '/activity log K3 kind:training partners:A date:21/11/2026',
      '/activity log K4 kind:meeting participants:9 partners:A date:21/11/2026',
      '/activity plan K5 kind:training participants:70 partners:A date:29/11/2026',
    );
    // What cannot be counted is refused, and nothing is changed by it.
    for (const [line, code, why] of [
      ['/indicator fill N-1 from:N-1', 'invalid_option', 'cannot fill itself'],
      ['/indicator fill N-1 from:activities measure:in', 'invalid_option', 'no measure'],
      ['/indicator fill N-1 from:money measure:participants', 'invalid_option', 'no measure'],
      ['/indicator fill N-1 from:activities measure:banana', 'invalid_option', 'one of the measures'],
      ['/indicator fill N-2 from:activities', 'invalid_option', 'share of'],
      ['/indicator fill N-2 from:activities measure:women per:in', 'invalid_option', 'no measure'],
      ['@budi /indicator fill N-1 from:activities', 'forbidden', ''],
      ['/indicator accept N-1 period:2026-11 partner:A', 'not_found', 'does not fill itself'],
    ]) {
      const { error } = await world.run(line!);
      expect([line, error?.code, error?.message.includes(why!)]).toEqual([line, code, true]);
    }
    expect((await world.store.read.select().from(indicators)).map(one => one.fill)).toEqual([null, null]);
    await world.all('/indicator fill N-1 from:activities of:training measure:participants');

    const sent = (await world.run(':skip 8d')).posts.map(one => `${one.to}: ${one.text}`).join('\n');
    expect(sent).toContain(
      'From 3 activities: 95 people (women 45, men 50); 1 without a number; 1 with other partners',
    );
    expect(sent).toMatch(/@cici: [^@]*From 1 activity: 50 people \(women 20, men 30\)/);
    expect(sent).toContain('[Right] [Change] [Look]');
    // Nothing is reported without a person's yes.
    expect(await world.store.read.select().from(reports)).toEqual([]);

    expect((await world.run('@budi /me tasks')).text).toContain('From 3 activities: 95 people');
    await world.all('@budi /indicator due');
    const look = (await world.run('@budi :click Look')).text;
    expect(look).toContain('K-1 20 Nov 2026 K1: 50 (with B)');
    expect(look).toContain('K-3 21 Nov 2026 K3: no number');
    // Another figure begins with the drafted one.
    const form = await world.run('@budi :click Change');
    expect(form.text).toMatch(/value[^\n]*95[\s\S]*women=45, men=50/i);
    // The figure that was shown is the one that is meant.
    await world.all('@sari /activity edit K-2 participants:46');
    const stale = await world.run('@budi :click Right');
    expect([stale.error?.code, stale.text.includes('before 95 people, now 96 people')]).toEqual(['conflict', true]);
    await world.all('@sari /activity edit K-2 participants:45', '@budi /indicator draft N-1 period:2026-11');
    await world.all('@budi :click Right', '@cici /indicator accept N-1 period:2026-11');
    const card = (await world.run('/indicator show N-1')).text;
    expect(card).toContain('Value: 95 people (2026-11)');
    expect(card).toContain('Counted once: 1 that several reporters did together');
    expect(card).not.toContain('To be looked at again');
    expect(card).toContain('A: 95 people (women 45, men 50) – from K-1, K-2');

    // Edited, added late, cancelled: each marks the report, with the difference; the person decides.
    await world.all('@sari /activity edit K-2 participants:60');
    expect((await world.run('/indicator show N-1')).text).toContain(
      'N-1 2026-11 (A): reported 95 people, by the record now 110 people (women 45, men 50)',
    );
    const told = (await world.run(':skip 1d')).posts.filter(one => one.text.includes('changed after it was made'));
    expect(told.map(one => one.to)).toEqual(['@budi']);
    expect((await world.run(':skip 1d')).posts.filter(one => one.text.includes('changed after it was made'))).toEqual(
      [],
    );
    await world.all(
      '@sari /activity cancel K-2 reason:ganda',
      '@sari /activity log K6 kind:training women:5 partners:B date:30/11/2026',
    );
    expect((await world.run('@budi /indicator due')).text).toContain('by the record now 50 people');
    await world.all('@budi :click "Take the new figure"');
    expect((await world.run('@cici /me tasks')).text).toContain('reported 50 people, by the record now 55 people');
    await world.all('@cici :click "Leave it"');
    const settled = (await world.run('/indicator show N-1')).text;
    expect(settled).toContain('A: 50 people (women 20, men 30)');
    expect(settled).toContain('B: 50 people');
    expect(settled).toContain('The record changed after the report');
    expect(settled).not.toContain('To be looked at again');
    // K-1 counts for both, and once in the total, as the last of them counted it; B left five out.
    expect(settled).toContain('Value: 50 people (2026-11)');
    // A value that somebody typed over a draft is compared from then on as well.
    await world.all('@budi /indicator correct N-1 period:2026-11 value:70 reason:"Daftar hadir" confirm:yes');
    expect((await world.run('/indicator show N-1')).text).toContain('Value: 70 people (2026-11)');
    await world.all('@sari /activity edit K-1 participants:51');
    expect((await world.run('/indicator show N-1')).text).toContain('reported 70 people, by the record now 51 people');

    await world.all('/indicator fill N-1 from:none');
    expect((await world.run('/indicator show N-1')).text).not.toContain('Fills itself from');
    expect((await world.run('@budi /indicator accept N-1 period:2026-12')).error?.code).toBe('not_found');
  });

  it('a percentage is filled from what it is a share of, and a running total from all since it began', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/indicator add "Women trained" unit:% frequency:monthly partner:"A, B"',
      '/indicator add Reached unit:people frequency:monthly kind:cumulative partner:A baseline:1000 baseline_date:30/9/2026',
      '/indicator add Together unit:people frequency:monthly kind:cumulative partner:"A, B" baseline:1000 baseline_date:30/9/2026',
      '/indicator fill N-1 from:activities measure:women since:1/11/2026',
      '/indicator fill N-2 from:activities since:1/11/2026',
      '/activity log K1 kind:training participants:40 women:10 partners:"A, B" date:10/11/2026',
      '/activity log K2 kind:training participants:60 women:40 partners:A date:12/11/2026',
      // Whether there were women among them is not known, so they count in neither number.
      '/activity log K3 kind:training participants:500 partners:A date:13/11/2026',
      '/activity log K4 kind:training participants:7 partners:A date:2/10/2026',
      '/activity log K5 kind:training participants:99 partners:A date:30/9/2026',
    );
    const shared = await world.run('/indicator fill N-3 from:activities');
    expect([shared.error?.code, shared.error?.message.includes('nobody knows whose')]).toEqual([
      'invalid_option',
      true,
    ]);
    await world.all(':skip 8d');
    const draft = (await world.run('@budi /indicator draft N-1 period:2026-11')).text;
    expect(draft).toContain('From 3 activities: 50%; 1 without a number');
    expect(draft).toContain('K2: 40 / 60');
    expect((await world.run('@budi :click Change')).text).toMatch(/numerator[^\n]*50[\s\S]*denominator[^\n]*100/i);
    await world.all('@budi /indicator accept N-1 period:2026-11', '@cici /indicator accept N-1 period:2026-11');
    // Of both partners 50 of 100 women, those of K-1 once.
    const card = (await world.run('/indicator show N-1')).text;
    expect(card).toContain('Value: 50% (2026-11)');
    expect(card).toContain('B: 25% (10 / 40) – from K-1');
    expect((await world.run('@budi /indicator draft N-2 period:2026-11')).text).toContain(
      'From 4 activities: 1,607 people (women 50); all since the start, with 1,000 people from before',
    );
    expect((await world.run('@budi /indicator draft N-2 period:2026-10')).text).toContain(': 1,007 people');
    expect((await world.run('@budi /indicator draft N-2 period:2026-09')).error?.message).toContain(
      'does not fill itself',
    );
    await world.all('@budi /indicator accept N-2 period:2026-11', '@sari /activity cancel K-4 reason:ganda');
    expect((await world.run('/indicator show N-2')).text).toContain(
      'reported 1,607 people, by the record now 1,600 people',
    );
    await world.all('/activity log Rapat partners:B date:2/12/2026', ':skip 31d');
    expect((await world.run('@cici /indicator accept N-1 period:2026-12')).error?.message).toContain(
      'nothing to divide by',
    );
  });

  it('money fills the indicator of the whole forum, and evidence is that of the activities', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/indicator add Spent unit:rupiah frequency:monthly aggregate:sum kind:flow',
      '/indicator add Drills unit:kegiatan frequency:monthly aggregate:sum kind:flow partner:A evidence:yes',
      '/indicator fill N-1 from:money measure:out since:1/11/2026',
      '/indicator fill N-2 from:activities of:drill measure:activities since:1/11/2026',
      '/finance record Konsumsi direction:out amount:750000 date:10/11/2026 partner:A',
      '/finance record Spanduk direction:out amount:250000 date:12/11/2026',
      '/finance record Hibah direction:in amount:9000000 date:12/11/2026',
      '/finance reverse U-2 reason:ganda',
      '/activity log Gladi kind:drill partners:A date:10/11/2026',
      ':skip 8d',
    );
    expect((await world.run('/indicator draft N-1 period:2026-11')).text).toContain('entries: 750,000 rupiah');
    await world.all('/indicator accept N-1 period:2026-11');
    expect((await world.run('@budi /indicator accept N-2 period:2026-11')).error?.message).toContain('needs evidence');
    await world.all(
      '/activity evidence K-1 evidence:https://contoh.id/daftar',
      '@budi /indicator accept N-2 period:2026-11',
    );
    expect((await world.run('/indicator show N-2')).text).toContain('Value: 1 kegiatan (2026-11)');
  });
});
