import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';
import { sentIn } from './replay.ts';

const ZONE = 'Asia/Jakarta';
const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/digest schedule "0 8 1 1 *"',
  '/partner add A sector:government',
  '/partner add B sector:private',
  '/partner assign ani partner:A role:representative',
  '/partner assign budi partner:B role:representative',
] as const;

describe.each(databases)('a candidate partner on $name', ({ open }) => {
  it('is invited, followed up, and takes part once it has said yes', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const map = (await world.run('/partner map')).text;
    expect(map).toContain('Belum terwakili');
    expect(map).toContain('media');
    const invited = await world.run('/partner invite "Radio Kota" sector:media');
    expect(invited.text).toContain('Calon mitra M-3 tercatat; koordinator akan diingatkan pada 8 Desember 2026');
    expect((await world.run('/partner map')).text).toMatch(/Calon mitra yang diundang:[\s\S]*M-3 Radio Kota \(media\)/);
    expect((await world.run('/partner list')).text).not.toContain('Radio');
    expect((await world.run('/partner invite "radio kota"')).error?.code).toBe('conflict');
    const asked = await world.run(':skip 15d');
    expect(asked.posts.map(post => post.to)).toEqual(['#koor']);
    expect(asked.posts[0]!.text).toContain('Sudah ada jawaban dari Radio Kota?');
    // A candidate has no vote.
    await world.all('/strategy propose X rationale:y closes:3d');
    expect((await world.run('/strategy show S-1')).text).not.toContain('Radio');
    await world.all('/partner accept "Radio Kota"');
    expect((await world.run('/partner list')).text).toContain('Radio Kota');
    expect((await world.run('/partner accept "Radio Kota"')).error?.code).toBe('not_found');
  });

  it('that wants more time is asked again on that day and not before; one that declines stays in the record', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/partner invite Koran follow_up:1/12/2026',
      '/partner follow-up Koran follow_up:10/12/2026',
    );
    await world.all(':skip 30d');
    expect(await sentIn(world.store, ZONE, ['candidate'])).toEqual(['2026-12-10 09:00 #koor candidate']);
    expect((await world.run('/partner follow-up Koran follow_up:kemarin')).error?.code).toBe('invalid_option');
    expect((await world.run('@ani /partner decline Koran reason:x')).error?.code).toBe('forbidden');
    await world.all('/partner decline Koran reason:"Belum ada waktu"');
    expect((await world.run('/partner show M-3')).text).toContain('diarsipkan');
    await world.all('/partner invite Koran');
  });
});

describe.each(databases)('the partnership on $name', ({ open }) => {
  it('a partner sees its own figures first and may explain them; others may not', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@ani /partnership comment "Pelapor kami sakit"');
    expect((await world.run('@ani /partnership score')).text).toMatch(/Pelapor kami sakit[\s\S]*ani/);
    expect((await world.run('/partnership score partner:A')).text).toContain('Pelapor kami sakit');
    expect((await world.run('@budi /partnership comment x partner:A')).error?.code).toBe('forbidden');
    expect((await world.run('@cici /partnership comment x')).error?.code).toBe('forbidden');
  });

  it('holds what was given against what was promised, and tells what a partner led from what it joined', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/agreement record Hibah partners:"A, B"',
      '/agreement commit P-1 what:Hibah due:24/11/2026 partner:B amount:"Rp 60.000.000"',
      '@budi /finance record Hibah direction:in amount:"Rp 45.000.000" partner:B',
      '@budi /activity log Panen partners:"A, B"',
      '@ani /activity log Gladi partners:"A, B"',
      '@ani /activity log Rapat partners:"A, B"',
    );
    const { text } = await world.run('@budi /partnership score');
    expect(text).toMatch(/Dana diberikan\W+Rp 45\.000\.000 dari Rp 60\.000\.000 yang dijanjikan/);
    expect(text).toMatch(/Kegiatan diikuti\W+3, dicatat sendiri 1/);
    expect((await world.run('/agreement show P-1')).text).toContain('Hibah (Rp 60.000.000)');
  });

  it('shows how the forum comes on: goals, indicators and trust', async () => {
    await using world = await aWorld({ store: await open() });
    const names = ['c', 'd'];
    await world.all(
      ...FORUM,
      ...names.flatMap(name => [
        `/partner add ${name} sector:ngo`,
        `/partner assign w${name} partner:${name} role:representative`,
      ]),
      '/goal add T1',
      '/goal add T2',
      '/goal close T-1 outcome:tercapai',
      '/indicator add N1 target:10 due:31/12/2026 partner:A',
      '/indicator add N2 target:10 due:31/12/2026 partner:A',
      '/indicator target N-1 value:10 period:"Q3 2026"',
      '/indicator target N-2 value:10 period:"Q3 2026"',
      '@ani /indicator report N-1 value:10 period:"Q3 2026"',
      '@ani /indicator report N-2 value:1 period:"Q3 2026"',
      '/partnership pulse',
      ...['ani', 'budi', 'wc', 'wd'].map(name => `@${name} /partnership answer pulse:1 theme:1 score:4`),
      ':skip 15d',
    );
    const { text } = await world.run('/partnership score');
    expect(text).toMatch(/Tujuan selesai\W+1\/2/);
    expect(text).toMatch(/Indikator hijau atau tercapai\W+1\/2/);
    expect(text).toMatch(/Kepercayaan \(denyut terakhir\)\W+4 dari 5 \(n = 4\)/);
  });

  it('asks how it is each quarter where the forum wants that, on the first working day, until it does not', async () => {
    await using world = await aWorld({ store: await open(), start: new Date('2026-01-02T03:00:00Z') });
    await world.all(...FORUM, '/forum settings pulse:yes', ':skip 250d', '/forum settings pulse:no', ':skip 150d');
    const sent = await sentIn(world.store, ZONE, ['pulse']);
    // 1 April and 1 July 2026 are Wednesdays; the survey of October is switched off before.
    expect(sent).toEqual([
      '2026-04-01 09:00 @ani pulse',
      '2026-04-01 09:00 @budi pulse',
      '2026-07-01 09:00 @ani pulse',
      '2026-07-01 09:00 @budi pulse',
    ]);
  });

  it('in a year reminds of renewals and promises exactly as worked out by hand', async () => {
    await using world = await aWorld({ store: await open(), start: new Date('2026-01-02T03:00:00Z') });
    await world.all(
      ...FORUM,
      '/agreement record Nota partners:"A, B" expires:31/12/2026',
      '/agreement record Sewa partners:"A, B" expires:30/9/2026',
      '/agreement commit P-1 what:Pompa due:1/3/2026 partner:A',
      '/agreement commit P-1 what:Perahu due:15/6/2026 partner:B',
      ':skip 100d',
      '@budi /agreement kept P-1 item:2',
      ':skip 145d',
      '@budi /agreement renew P-2 expires:30/9/2028',
      ':skip 118d',
    );
    const sent = await sentIn(world.store, ZONE, ['agreement_ends', 'commitment', 'actions_due', 'actions_late']);
    const all = (date: string): string[] => ['#koor', '@ani', '@budi'].map(to => `${date} 09:00 ${to} agreement_ends`);
    expect(sent).toEqual([
      // The pump, promised for 1 March and never given: the day before, on the day and three days after, to whoever
      // speaks for A; a week after, to the coordinators.
      '2026-02-28 09:00 @ani actions_due',
      '2026-03-01 09:00 @ani actions_due',
      '2026-03-04 09:00 @ani actions_due',
      '2026-03-08 09:00 #koor actions_late',
      // The boat was kept in April, before its first reminder.
      // Sewa ends on 30 September: 90, 60 and 30 days before; then it is renewed.
      ...all('2026-07-02'),
      ...all('2026-08-01'),
      ...all('2026-08-31'),
      // Nota ends on 31 December: 90, 60 and 30 days before.
      ...all('2026-10-02'),
      ...all('2026-11-01'),
      ...all('2026-12-01'),
    ]);
  });
});
