import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup Uji announce:umum coordinators:koor',
  '/digest schedule "0 8 1 1 *"',
  '/partner add BPBD sector:government',
  '/partner add Lumbung sector:ngo',
  '/partner assign ani partner:BPBD role:representative',
  '/partner assign budi partner:Lumbung role:representative',
  '@cici /me show',
  '@dodi /me timezone WIT',
] as const;

const headsTo = (posts: readonly { to: string; text: string }[], to: string): string[] =>
  posts.filter(post => post.to === to).map(post => post.text.split('\n')[0]!);

describe.each(databases)('reminders of a meeting on $name', ({ open }) => {
  it('wait for quiet hours, are in the zone that somebody has moved to, and are not said once it has begun', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@dodi /me quiet from:20.00 to:13.00',
      '@ani /activity plan Rapat date:"1/12/2026 09.00-11.00" partners:BPBD',
      '@ani /activity invite K-1 members:"cici, dodi"',
      '@cici /me timezone WITA',
    );
    const before = (await world.run(':skip 146h')).posts;
    // 09.00 WIB is 11.00 WIT, and dodi is not disturbed before 13.00 WIT.
    expect([headsTo(before, '@cici'), headsTo(before, '@dodi')]).toEqual([
      ['Besok, Selasa, 1 Desember 2026 09.00–11.00 WIB'],
      [],
    ]);
    expect(before.find(post => post.to === '@cici')?.text).toContain('(1 Des 2026 10.00 WITA)');
    const later = (await world.run(':skip 2h')).posts;
    expect([headsTo(later, '@dodi').length, headsTo(later, '@cici')]).toEqual([1, []]);
    const day = (await world.run(':skip 1d')).posts;
    expect([headsTo(day, '@cici').length, headsTo(day, '@ani').length, headsTo(day, '@dodi')]).toEqual([1, 1, []]);
    expect(world.logged).toEqual([]);
  });

  it('that came due while the bot was away are one, the latest; the answers given before count', async () => {
    const store = await open();
    const before = await aWorld({ store });
    await before.all(
      ...FORUM,
      '@ani /activity plan Rapat date:"1/12/2026 09.00-11.00" partners:"BPBD, Lumbung"',
      '@budi /activity attend K-1 no',
    );
    // Away from before the day before until half an hour past the second reminder.
    const up = await aWorld({ store, start: new Date('2026-12-01T07:30:00+07:00') });
    const { posts } = await up.run('#');
    expect([headsTo(posts, '@ani'), headsTo(posts, '@budi')]).toEqual([
      ['Sebentar lagi, Selasa, 1 Desember 2026 09.00–11.00 WIB'],
      [],
    ]);
    expect(headsTo((await up.run(':skip 1d')).posts, '@ani')).toEqual([]);
    expect([before.logged, up.logged]).toEqual([[], []]);
    await store.close();
  });
});

describe.each(databases)('what a newcomer tries with meetings and actions on $name', ({ open }) => {
  it('is understood or refused kindly, and changes nothing by accident', async () => {
    await using world = await aWorld({ store: await open() });
    const refused = async (line: string, code: string, says = '') => {
      const { ok, error, text } = await world.run(line);
      expect([line, ok, error?.code]).toEqual([line, false, code]);
      expect(text).toContain(says);
    };
    await world.all(
      ...FORUM,
      '@ani /activity plan Rapat repeat:"setiap Senin pertama 09.00-11.00" partners:"BPBD, Lumbung"',
      '@ani /activity invite K-1 members:"cici, dodi" seats:1',
    );
    // A yes that is said twice takes one seat; who waits keeps the place in the queue.
    for (const name of ['cici', 'cici', 'dodi', 'dodi'])
      await world.all(`@${name} /activity attend K-1 yes`, ':skip 1m');
    expect((await world.run('/activity show K-1')).text).toContain('Kursi: 1 dari 1, menunggu 1');
    // What was cancelled takes nothing more.
    await world.all('@ani /activity cancel K-2 reason:Libur');
    await refused('@ani /activity done K-2 participants:9', 'closed');
    await refused('@budi /activity attend K-2 yes', 'closed');
    await refused('@ani /activity minutes K-2 text:x', 'closed');
    await refused('@ani /activity agenda K-2 Pompa', 'closed');
    await refused('@ani /activity move K-2 date:11/1/2027', 'closed');
    // Somebody who types a code where a title is wanted means that thing.
    await refused('@ani /activity log K-1', 'invalid_option', '/kegiatan selesai');
    await refused('@ani /kegiatan catat k-1', 'invalid_option', '/kegiatan selesai');
    for (const title of ['K1 diklat', 'P-3']) expect((await world.run(`@ani /activity log "${title}"`)).ok).toBe(true);
    expect((await world.run('@ani /activity plan T-34')).ok).toBe(true);
    // A code of attendance counts around the meeting alone, and guesses note nobody.
    const sign = /\b[0-9A-Z]{6}\b/.exec((await world.run('@ani /activity code K-1')).text)![0];
    await refused(`@eka /activity attend K-1 code:${sign}`, 'closed');
    await refused('@ani /activity move K-1 date:"30/2/2027"', 'invalid_option');
    // From the first Monday onto a fifth Thursday at the end of the year: it stays monthly.
    const moved = await world.run('@ani /activity move K-1 date:31/12/2026 which:following');
    expect(moved.text).toContain('Berulang: setiap Kamis terakhir');
    const dates = (await world.store.read.select().from(world.store.tables.activities))
      .filter(one => one.series !== null && one.state === 'planned')
      .map(one => one.date)
      .sort();
    expect(dates.slice(0, 3)).toEqual(['2026-12-31', '2027-02-25', '2027-03-25']);
    await world.all(':skip 37d', ':skip 4h');
    for (const guess of ['AAAAAA', '000000', sign.slice(1)])
      await refused(`@eka /activity attend K-1 code:${guess}`, 'invalid_option');
    expect((await world.run(`@eka /activity attend K-1 code:${sign}`)).text).toContain('tercatat');
    // Handed to whoever has it already, an action tells them nothing new; an archived partner takes nothing on.
    await world.all('/action add Pompa who:budi');
    expect((await world.run('/action hand A-1 budi')).posts).toEqual([]);
    await world.all('/partner archive Lumbung');
    await refused('/action add Perahu who:M-2', 'closed');
    expect((await world.run('/action list')).text).toContain('A-1 Pompa');
    expect(world.logged).toEqual([]);
  });
});
