import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

it.each(databases)(
  'an issue is reviewed: timeline from the record, four questions to those involved, lessons that are actions ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Kali" announce:umum coordinators:koor issues:isu',
      '/partner add BPBD',
      '/partner assign ani partner:BPBD role:representative',
      '/forum coordinator citra action:add',
      '@budi /me show',
      '@ani /issue raise "Banjir Kali" severity:critical',
      '/issue assign I-1 member:ani',
      '/forum announce "Air naik" urgency:early_warning',
      '@citra :click "Ya, kirim"',
      ':skip 9m',
      '@ani :click "Sudah saya baca"',
      '/activity log "Evakuasi" kind:response',
    );
    expect((await world.run('@budi /issue review I-1')).error?.code).toBe('forbidden');
    const drafted = await world.run('/isu evaluasi I-1');
    expect(drafted.posts.map(post => post.to)).toEqual(['@ani']);
    expect(drafted.text).toContain('peringatan dini: Air naik (dibaca 1 dari 4 orang dalam 9 menit)');
    expect(drafted.text).toContain('K-1 Evakuasi');
    expect(drafted.text).toContain('sari menugaskan ani');
    await world.run('@ani :click "Beri tanggapan"');
    await world.run('@ani :fill kenyataan="Sirene terlambat" lain-kali="Sirene kedua"');
    expect((await world.run('@budi /issue answer-review I-1 why:x')).error?.code).toBe('forbidden');
    await world.all('/action add "Beli sirene kedua" who:BPBD due:5/12/2026 from:I-1');
    const again = await world.run('/issue review I-1');
    expect(again.posts).toEqual([]);
    for (const said of ['Kenyataannya: Sirene terlambat', 'Lain kali: Sirene kedua', 'A-1 Beli sirene kedua · BPBD'])
      expect(again.text).toContain(said);
    // A private issue is reviewed among those who see it, and so are its actions.
    await world.all('@ani /issue raise Logo private:yes mediator:citra', '@citra /action add "Bicara" from:I-2');
    expect((await world.run('/issue review I-2')).error?.code).toBe('not_found');
    expect((await world.run('/action show A-2')).error?.code).toBe('not_found');
    expect((await world.run('@citra /action hand A-2 member:budi')).error?.code).toBe('invalid_option');
    expect((await world.run('@citra /issue review I-2')).ok).toBe(true);
    expect(world.logged).toEqual([]);
  },
);

it.each(databases)(
  'a warning leads to its actions, its update and its end, and once it is over to the review of what it was about ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Kali" announce:umum coordinators:koor',
      '@budi /me show',
      '/forum announce "Air naik" event:banjir level:siaga reason:sendiri',
    );
    const sent = await world.run(':click "Ya, kirim"');
    const labels = (text = ''): string[] => ['Evaluasi', 'Catat tindakan'].filter(one => text.includes(`[${one}]`));
    expect(labels(sent.posts.find(post => post.to === '#umum')?.text)).toEqual(['Catat tindakan']);
    // Coordinators go on from the answer, without knowing the number.
    await world.all(':click Perbarui', ':fill teks="Air naik lagi" alasan=sendiri', ':click "Ya, kirim"');
    await world.all('@budi :click "Catat tindakan"', '@budi :fill judul="Angkat karung"');
    expect((await world.run('/action show A-1')).text).toContain('Dari: peringatan 1');
    for (const n of [1, 2])
      expect((await world.run(`/action list from:"warning ${n}" status:all`)).text).toContain('A-1');
    for (const from of ['"peringatan 9"', 'W-2', 'peringatan'])
      expect((await world.run(`/action add X from:${from}`)).ok).toBe(false);
    await world.all('/forum allclear 2 text:Surut reason:sendiri');
    const over = await world.run(':click "Ya, kirim"');
    expect(labels(over.posts.find(post => post.to === '#umum')?.text)).toEqual(['Evaluasi', 'Catat tindakan']);
    expect(over.posts.find(post => post.to === '#umum')?.text).toContain('Nomor: 3');
    expect((await world.run('/action list from:"warning 3" status:all')).text).toContain('A-1');
    // A review is of an issue: without one the button leads to the form that raises it, critical already.
    const none = await world.run(':click Evaluasi');
    expect(none.text).toContain('laporkan isunya dahulu');
    await world.all(':click "Laporkan isu"', ':fill judul="Banjir Kali"');
    // One that is open for another reason would be asked about for good: a single one is chosen too.
    const one = await world.run('/issue review-event 3');
    expect([one.text, one.posts]).toEqual([expect.stringContaining('Laporkan isu'), []]);
    const review = await world.run(':click "I-1 Banjir Kali"');
    expect(review.text).toContain('I-1 Banjir Kali');
    expect(review.text).toContain('peringatan dini: Surut');
    await world.all('/issue raise "Tanggul retak"', '/activity log Evakuasi kind:response date:today');
    const which = await world.run(':click Evaluasi');
    expect(which.text).toContain('Isu mana yang dievaluasi?');
    expect((await world.run(':click "I-2 Tanggul retak"')).text).toContain('K-1 Evakuasi');
    for (const line of ['announcement:7', 'activity:K-9']) {
      expect((await world.run(`/issue review-event ${line}`)).error?.code).toBe('not_found');
    }
    expect(world.logged).toEqual([]);
  },
);

it.each(databases)(
  'a review offers what was resolved between a warning and its end, the newest where there are too many ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Kali" announce:umum coordinators:koor',
      '/issue raise "Jalan rusak"',
      '/issue resolve I-1 resolution:Ditambal',
      ':skip 1h',
      '/forum announce "Air naik" event:banjir level:siaga reason:sendiri',
      ':click "Ya, kirim"',
      ':skip 1h',
      '/issue raise "Banjir Kali" severity:critical',
      ':skip 1h',
      '/issue resolve I-2 resolution:Surut',
      ':skip 1h',
      '/forum allclear 1 text:Surut reason:sendiri',
      ':click "Ya, kirim"',
    );
    const { text, posts } = await world.run('/issue review-event 2');
    expect([text.includes('I-2 Banjir Kali'), text.includes('I-1'), posts]).toEqual([true, false, []]);
    for (let n = 3; n <= 27; n++) await world.run(`/issue raise "Isu ${n}"`);
    const many = (await world.run('/issue review-event 2')).text;
    expect(many).toContain('25 isu terbaru');
    expect([many.includes('I-27 Isu 27'), many.includes('I-3 Isu 3'), many.includes('I-2 ')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(world.logged).toEqual([]);
  },
);
