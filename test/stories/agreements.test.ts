import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/partner add A sector:government',
  '/partner add B sector:private',
  '/partner add C sector:ngo',
  '/partner assign ani partner:A role:representative',
  '/partner assign budi partner:B role:representative',
  '/partner assign cici partner:C role:representative',
  '/digest schedule "0 8 1 1 *"',
] as const;

const said = (posts: readonly { to: string; text: string }[]): string[] =>
  posts.map(post => `${post.to} ${post.text.split('\n')[0]}`).filter(line => /P-1|tindakan/.test(line));

describe.each(databases)('an agreement on $name', ({ open }) => {
  it('is recorded between its parties, asks gently for what it does not say, is renewed and ended with a reason', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const recorded = await world.run('@ani /kesepakatan catat Nota mitra:B');
    expect(recorded.text).toContain('Kesepakatan P-1 tercatat');
    expect(recorded.text).toMatch(/Para pihak:? A, B/);
    expect(recorded.text).toContain('Belum ada: maksud, janji tiap pihak, tanggal tanda tangan, masa berlaku, dokumen');
    expect(recorded.posts.map(post => post.to)).toEqual(['@budi', '#umum']);
    expect((await world.run('@cici /agreement renew P-1 expires:1/1/2028')).error?.code).toBe('forbidden');
    expect((await world.run('@budi /agreement renew P-1 expires:kemarin')).error?.code).toBe('invalid_option');
    await world.all('@budi /agreement renew P-1 expires:1/1/2028', '@ani /agreement end P-1 reason:"Tujuan tercapai"');
    expect((await world.run('@ani /agreement renew P-1 expires:1/1/2029')).error?.code).toBe('closed');
    const shown = (await world.run('/agreement show P-1')).text;
    expect(shown).toContain('Tujuan tercapai');
    for (const what of ['mencatat kesepakatan', 'memperpanjang', 'mengakhiri']) expect(shown).toContain(what);
    expect((await world.run('/agreement record X signed:2/1/2026 expires:1/1/2026')).error?.code).toBe(
      'invalid_option',
    );
  });

  it('R5: a formal one holds once each party has confirmed it, and awaits a party that comes later', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/partner assign dodi partner:B role:member');
    expect((await world.run('@dodi /agreement record Palsu partners:"A, B"')).error?.code).toBe('forbidden');
    const recorded = await world.run('@ani /agreement record Nota partners:B');
    expect(recorded.text).toContain('menunggu pengesahan');
    expect(recorded.text).toMatch(/Menunggu pengesahan:? B/);
    expect(recorded.posts.find(post => post.to === '@budi')?.text).toContain('Mohon sahkan kesepakatan P-1');
    for (const who of ['dodi', 'cici', 'tamu'])
      expect((await world.run(`@${who} /agreement confirm P-1`)).error?.code).toBe('forbidden');
    // A coordinator does not speak for a party that has somebody who does.
    expect((await world.run('/agreement confirm P-1 partner:B')).error?.code).toBe('forbidden');
    expect((await world.run('@budi :click Sahkan')).text).toContain('● berlaku');
    expect((await world.run('@budi /kesepakatan sahkan P-1')).error?.code).toBe('closed');
    expect((await world.run('@ani /agreement edit P-1 partners:C')).text).toContain('menunggu pengesahan');
    await world.all('/partner archive C');
    expect((await world.run('/agreement show P-1')).text).toContain('● berlaku');
    const informal = await world.run('@ani /agreement record Gotong kind:informal partners:B');
    expect(informal.text).toContain('● berlaku');
    await world.all('/partner add Baru', '@ani /agreement record Nota2 partners:Baru');
    expect((await world.run('/agreement confirm P-3')).text).toContain('● berlaku');
  });

  it('is completed and corrected afterwards by its parties, with another party, and keeps how it was', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@ani /agreement record Nota partners:B');
    expect((await world.run('@cici /agreement edit P-1 purpose:x')).error?.code).toBe('forbidden');
    expect((await world.run('@ani /agreement edit P-1')).error?.code).toBe('missing_option');
    const edited = await world.run(
      '@ani /kesepakatan ubah P-1 judul:"Nota siaga" maksud:"Siaga banjir" mitra:C ditandatangani:1/11/2026 tautan:https://contoh.id/nota',
    );
    expect(edited.text).toMatch(/Para pihak:? A, B, C/);
    expect(edited.text).toContain('P-1 Nota siaga');
    expect(edited.text).toContain('Belum ada: janji tiap pihak, masa berlaku.');
    await world.all('@cici /agreement edit P-1 title:"Nota siaga banjir"');
    expect((await world.run('/agreement show "siaga banjir"')).text).toContain('melengkapi atau membetulkan');
    await world.all('/partner add D', '/partner archive D');
    expect((await world.run('/agreement edit P-1 partners:M-4')).error?.code).toBe('closed');
    await world.all('@ani /agreement renew P-1 expires:1/12/2026');
    expect((await world.run('@ani /agreement edit P-1 signed:2/12/2026')).error?.code).toBe('invalid_option');
    await world.all('@ani /agreement end P-1 reason:selesai');
    expect((await world.run('@ani /agreement edit P-1 purpose:x')).error?.code).toBe('closed');
  });

  it('is to be renewed 90, 60 and 30 days before its end and once it is over, unless it was renewed', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani /agreement record Nota partners:B expires:1/4/2027',
      '@budi /agreement confirm P-1',
    );
    const days: string[] = [];
    let at = new Date('2026-11-24T01:00:00Z').getTime();
    for (let day = 0; day < 130; day++) {
      const { posts } = await world.run(':skip 1d');
      at += 86_400_000;
      for (const one of said(posts)) days.push(`${new Date(at).toISOString().slice(0, 10)} ${one}`);
    }
    const reminded = ['#koor', '@ani', '@budi'];
    // Each skip ends at 08.00 WIB, so that what is said at 09.00 shows the day after.
    const expected = [
      ['2027-01-02', 'Kesepakatan P-1 berakhir pada 1 April 2027: perpanjang atau akhiri?'],
      ['2027-02-01', 'Kesepakatan P-1 berakhir pada 1 April 2027: perpanjang atau akhiri?'],
      ['2027-03-03', 'Kesepakatan P-1 berakhir pada 1 April 2027: perpanjang atau akhiri?'],
      ['2027-04-03', 'Masa berlaku kesepakatan P-1 habis pada 1 April 2027'],
    ];
    const told = days.filter(line => !line.includes('#umum')).map(line => line.replace(/ [▲■●] /, ' '));
    expect(told).toHaveLength(expected.length * reminded.length);
    for (const [date, sentence] of expected)
      for (const to of reminded)
        expect(told.filter(line => line.startsWith(`${date} ${to}`)).join()).toContain(sentence);
    await world.all('@ani /agreement renew P-1 expires:1/4/2028');
    expect(said((await world.run(':skip 30d')).posts).filter(line => !line.startsWith('#umum'))).toEqual([]);
  });

  it('says only the latest of the reminders that fell due while the bot was away', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, '@ani /agreement record Nota partners:B expires:1/4/2027');
    const later = await aWorld({ store, start: new Date('2027-03-10T01:00:00Z') });
    const posts = said((await later.run(':skip 1m')).posts).filter(line => !line.startsWith('#umum'));
    expect(posts.map(line => line.split(' ')[0])).toEqual(['#koor', '@ani', '@budi']);
    const again = await aWorld({ store, start: new Date('2027-03-10T02:00:00Z') });
    expect(said((await again.run(':skip 1m')).posts)).toEqual([]);
  });

  it('holds promises as actions: reminded of by their ladder, kept by a button old or new, and late ones in the digest', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani /agreement record Nota partners:B',
      '@budi /agreement commit P-1 what:"Dua pompa" due:27/11/2026',
      '/agreement commit P-1 what:Perahu due:28/11/2026 partner:A',
    );
    expect((await world.run('/agreement commit P-1 what:x due:1/12/2026 partner:C')).error?.code).toBe(
      'invalid_option',
    );
    expect((await world.run('/agreement commit P-1 what:x due:1/12/2026')).error?.code).toBe('missing_option');
    const before = await world.run(':skip 3d');
    expect(said(before.posts)).toEqual(['@budi Pengingat: 1 tindakan menunggu Anda']);
    expect((await world.run('@budi :click "Tandai selesai"')).text).toContain('Tindakan A-1 selesai');
    expect((await world.run('@budi /agreement kept P-1 item:1')).error?.code).toBe('closed');
    expect((await world.run('@budi /agreement kept P-1 item:9')).error?.code).toBe('not_found');
    const after = await world.run(':skip 5d');
    expect(said(after.posts).map(line => line.split(' ')[0])).toEqual(['@ani', '@ani', '@ani']);
    const digest = (await world.run('/digest now')).text;
    expect(digest).toContain('Tindakan terlambat');
    expect(digest).toContain('A-2 Perahu · A');
    expect(digest).not.toContain('Dua pompa');
    expect(world.logged).toEqual([]);
  });
});
