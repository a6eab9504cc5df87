import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

type World = Awaited<ReturnType<typeof aWorld>>;

async function forumOf(world: World, zone = 'WIB'): Promise<void> {
  await world.all(
    `/forum setup "Forum Uji" announce:pengumuman coordinators:koor timezone:${zone}`,
    '/partner add A sector:government',
    '/partner add B sector:ngo',
    '/partner assign ani partner:A role:representative',
    '/partner assign andi partner:A role:alternate',
    '/partner assign budi partner:B role:representative',
  );
}

const indicator = (options: string): string =>
  `/indicator add "Gladi" unit:kali direction:up baseline:0 target:12 due:31/12/2026 ${options}`;

/** Lists what was sent to whom, in order, each with its first line. */
const sent = (posts: readonly { to: string; text: string }[]): string[] =>
  posts.map(post => `${post.to} ${post.text.split('\n')[0]}`);

describe.each(databases)('reports on $name', ({ open }) => {
  it('climb the ladder to reporter, deputy, coordinators and forum, and stop when the report is made', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all('/digest schedule "0 8 1 1 *"', indicator('frequency:monthly aggregate:sum partner:A'));
    const told: string[] = [];
    // November's report is due on Thursday 10 December 2026: T−7 working days is 1 December.
    for (const [day, wait] of [
      ['1 Dec', '7d 2h'],
      ['9 Dec', '8d'],
      ['10 Dec', '1d'],
      ['13 Dec', '3d'],
      ['17 Dec', '4d'],
      ['24 Dec', '7d'],
    ] as const) {
      const posts = [];
      for (const step of wait.split(' ')) posts.push(...(await world.run(`:skip ${step}`)).posts);
      told.push(`${day}: ${[...new Set(posts.map(post => post.to))].sort().join(' ')}`);
    }
    expect(told).toEqual([
      '1 Dec: @ani',
      '9 Dec: @ani',
      '10 Dec: @andi @ani',
      '13 Dec: @ani',
      // Overdue reports are told to the coordinators; the public reads of them in the digest, where the forum wants it.
      '17 Dec: #koor',
      '24 Dec: @andi @ani',
    ]);
  });

  it('that were made are not reminded of, and a correction is a new version', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(
      indicator('frequency:monthly aggregate:sum partner:A'),
      ':skip 2w',
      '@ani /indicator report N-1 value:3 note:"dua di sekolah"',
    );
    expect(sent((await world.run(':skip 1w')).posts).filter(line => line.startsWith('@'))).toEqual([]);
    await world.all('@ani /indicator correct N-1 period:nov value:4 reason:"satu terlewat"');
    const rows = await world.store.read.select().from(world.store.tables.reports);
    expect(rows.map(row => [row.value, row.inForce])).toEqual([
      ['3', false],
      ['4', true],
    ]);
    expect((await world.run('@budi /indicator report N-1 value:9')).error?.code).toBe('forbidden');
  });

  it('that surprise are asked about before they are saved', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(
      '/indicator add "Orang terjangkau" unit:orang direction:up baseline:1850 target:3000 frequency:quarterly aggregate:latest partner:A',
    );
    const asked = await world.run('@ani /indicator report N-1 value:1400');
    expect(asked.text).toContain('lebih buruk daripada nilai awal');
    expect(await world.store.read.select().from(world.store.tables.reports)).toEqual([]);
    expect((await world.run('@ani :click "Ya, simpan"')).text).toContain('tersimpan');
  });

  it('add percentages up by their parts, and show n of N partners', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(
      '/indicator add "Terjangkau peringatan dini" unit:% direction:up target:80 frequency:quarterly partner:"A, B"',
      '@ani /indicator report N-1 numerator:8900 denominator:15200 confirm:yes',
    );
    expect((await world.run('/indicator show N-1')).text).toContain('1 dari 2 mitra');
    await world.all('@budi /indicator report N-1 numerator:100 denominator:800 confirm:yes');
    expect((await world.run('/indicator show N-1')).text).toContain('56,25%');
  });

  it('can say that there is no data, can be returned, and are locked until an exception opens them', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(
      indicator('frequency:monthly aggregate:sum partner:A'),
      ':skip 2w',
      '@ani /indicator none N-1 reason:"alat rusak"',
    );
    const back = await world.run('/indicator return N-1 period:nov reason:"ada di buku piket"');
    expect(sent(back.posts)).toEqual(['@ani ! Laporan Anda N-1 untuk 2026-11 perlu diperbaiki']);
    await world.all(':skip 5w');
    expect((await world.run('@ani /indicator report N-1 value:2 period:nov')).error?.code).toBe('closed');
    await world.all('/indicator unlock N-1 period:nov until:1d', '@ani /indicator report N-1 value:2 period:nov');
    await world.all(':skip 2d');
    expect((await world.run('@ani /indicator correct N-1 value:3 period:nov reason:x')).error?.code).toBe('closed');
  });

  it('owed by one person at one time are one message', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    for (let n = 0; n < 3; n++) await world.all(indicator('frequency:monthly aggregate:sum partner:A'));
    const posts = (await world.run(':skip 8d')).posts.filter(post => post.to === '@ani');
    expect(sent(posts)).toEqual(['@ani 3 laporan menunggu Anda']);
  });

  it('snoozed, paused or handed over stay so over a restart', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await forumOf(world);
    await world.all(indicator('frequency:monthly aggregate:sum partner:A'), ':skip 8d', '@ani :click "Tunda 1 hari"');
    const after = new Date(world.clock.now());
    const again = await aWorld({ store, start: after });
    expect(sent((await again.run(':skip 26h')).posts)).toEqual(['@ani 1 laporan menunggu Anda']);
    await again.all('@ani /reminder pause');
    expect(sent((await again.run(':skip 9d')).posts).filter(line => line.includes('@ani'))).toEqual([]);
    await again.all('@ani /reminder resume', '/partner assign citra partner:A');
    await again.all('@ani /indicator handover N-1 member:citra');
    const later = (await again.run(':skip 10d')).posts.filter(post => post.to.startsWith('@'));
    expect([...new Set(later.map(post => post.to))]).toEqual(['@citra']);
  });
});

describe.each(databases)('time and outages on $name', ({ open }) => {
  it.each([
    ['WIB', '2026-12-01T02:00:00.000Z'],
    ['WITA', '2026-12-01T01:00:00.000Z'],
    ['WIT', '2026-12-01T00:00:00.000Z'],
  ])('a reminder at 09.00 %s is sent at %s', async (zone, instant) => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world, zone);
    await world.all(indicator('frequency:monthly aggregate:sum partner:A'), ':skip 8d');
    const { deliveries } = world.store.tables;
    const all = await world.store.read.select().from(deliveries);
    expect(all.filter(row => row.topic === 'reports_due').map(row => row.due.toISOString())).toEqual([instant]);
  });

  it('after an outage only the latest step is said, the digest covers all since the last and says how late it is, and a second start says nothing', async () => {
    await using world = await aWorld({ store: await open(), start: new Date('2026-11-24T01:00:00Z') });
    await forumOf(world);
    await world.all('/digest schedule "0 8 * * *"', indicator('frequency:monthly aggregate:sum partner:A'), ':skip 6d');
    // Down from 30 November until 10 December, 10.30 WIB: T−7, T−1 and T fell due, and ten digests.
    const up = await aWorld({ store: world.store, start: new Date('2026-12-10T03:30:00Z') });
    const posts = (await up.run('#')).posts;
    expect(
      sent(posts)
        .map(line => line.replace(/\d+ \w+ 2026.*/, '…'))
        .sort(),
    ).toEqual(['#koor Ringkasan …', '@andi 1 laporan menunggu Anda', '@ani 1 laporan menunggu Anda']);
    expect(posts.find(post => post.to === '#koor')!.text).toContain(
      'Terlambat 2 jam 30 menit (seharusnya 10 Des 2026 08.00 WIB)',
    );
    expect(posts.find(post => post.to === '@ani')!.text).toContain('Terlambat 1 jam 30 menit');
    const rows = await world.store.read.select().from(world.store.tables.occurrences);
    expect(rows.filter(row => row.kind === 'digest' && row.state === 'missed').length).toBe(9);
    expect(rows.filter(row => row.kind === 'report_due' && row.reason === 'a later step is due').length).toBe(2);
    const second = await aWorld({ store: world.store, start: new Date('2026-12-10T03:31:00Z') });
    expect((await second.run('#')).posts).toEqual([]);
    expect((await second.run('/reminder list')).text).toContain('terlewat 9');
  });

  it('a whole year sends what the calendar says: each month seven working days before, the day before, the day itself', async () => {
    await using world = await aWorld({ store: await open(), start: new Date('2026-01-02T01:00:00Z') });
    await forumOf(world);
    await world.all('/digest schedule "0 8 * * 1" empty:yes', indicator('frequency:monthly aggregate:sum partner:A'));
    await world.all(':skip 52w');
    const { deliveries } = world.store.tables;
    const all = (await world.store.read.select().from(deliveries)).filter(
      row => row.member !== null && row.topic === 'reports_due',
    );
    const firstDays = all
      .filter(row => row.member === 2)
      .map(row => new Date(row.due.getTime() + 7 * 3_600_000).toISOString().slice(0, 10));
    // Worked out by hand from the table of 2026: due on the 10th or the next working day, and seven working days back.
    const due = {
      jan: '2026-02-10',
      feb: '2026-03-10',
      mar: '2026-04-10',
      apr: '2026-05-11',
      may: '2026-06-10',
      jun: '2026-07-10',
      jul: '2026-08-10',
      aug: '2026-09-10',
      sep: '2026-10-12',
      oct: '2026-11-10',
      nov: '2026-12-10',
    };
    const weekBefore = {
      jan: '2026-01-30',
      feb: '2026-02-27',
      mar: '2026-03-31',
      apr: '2026-04-29',
      may: '2026-05-29',
      jun: '2026-07-01',
      jul: '2026-07-30',
      aug: '2026-09-01',
      sep: '2026-10-01',
      oct: '2026-10-30',
      nov: '2026-12-01',
    };
    for (const day of [...Object.values(due), ...Object.values(weekBefore)]) expect(firstDays).toContain(day);
    expect(new Set(firstDays.map((day, i) => `${day}:${all[i]?.seq}`)).size).toBe(firstDays.length);
    const digests = (await world.store.read.select().from(deliveries)).filter(row => row.topic === 'digest');
    expect(digests).toHaveLength(52);
    expect(world.logged).toEqual([]);
  });

  it('a red indicator leads to an issue, a proposal and a new target', async () => {
    await using world = await aWorld({ store: await open() });
    await forumOf(world);
    await world.all(
      '/indicator add "Terjangkau peringatan dini" unit:% direction:up baseline:41 target:80 due:31/12/2026 frequency:quarterly partner:A baseline_date:1/1/2026',
      '@ani /indicator report N-1 value:45 period:"Q3 2026" confirm:yes',
    );
    expect((await world.run('/indicator show N-1')).text).toContain('merah');
    await world.all('@ani /indicator show N-1', '@ani :click "Laporkan isu"');
    const issue = await world.run('/issue show I-1');
    expect(issue.text).toContain('N-1 Terjangkau peringatan dini');
  });
});
