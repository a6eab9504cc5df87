import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

it.each(databases)('what a card shows can be had as plain words, whichever thing it is ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all(
    '/forum setup "Forum Uji" announce:umum',
    '/partner add "BPBD *Kota*" sector:government',
    '/partner assign ani partner:M-1 role:representative',
    '/goal add "Desa siaga"',
    '/indicator add Relawan goal:T-1 frequency:monthly partner:M-1',
    '/activity log Gladi participants:12 partners:M-1',
    '/issue raise Saluran detail:"Air masuk ke rumah"',
    '/finance record Tenda direction:out amount:1jt',
    '/agreement record "Nota paham" kind:informal partners:M-1',
    '/strategy propose Usul change:x rationale:y closes:3d',
    '/poll create Warna options:"merah; biru" closes:3d',
    '/action add "Beli pompa"',
    '/assessment start object:M-1',
  );
  const roots = ['partner M-1', 'goal T-1', 'indicator N-1', 'activity K-1', 'issue I-1', 'finance U-1'];
  for (const one of [...roots, 'agreement P-1', 'strategy S-1', 'poll J-1', 'action A-1', 'assessment B-1']) {
    const [root, code] = one.split(' ');
    const shown = (await world.run(`/${root} show ${code}`)).text;
    const copied = await world.run(':click "Salin sebagai teks"');
    expect([one, copied.ok]).toEqual([one, true]);
    expect(shown).toContain(code);
    expect(copied.text).toContain(`${code} `);
    expect(copied.text).not.toMatch(/\[Salin|[░█]|<\/?\w+:\d/);
  }
  // Minutes, and a warning where it was told, which goes without who has seen it here.
  await world.all('/activity plan Rapat date:1/12/2026', '/activity minutes K-2 text:"Keputusan: beli pompa"');
  expect((await world.run(':click "Salin sebagai teks"')).text).toContain('beli pompa');
  await world.all('/forum announce "Air naik" urgency:early_warning reason:mendesak');
  const sent = await world.run(':click "Ya, kirim"');
  expect(sent.posts.find(post => post.to === '#umum')!.text).toContain('[Salin sebagai teks]');
  const warning = await world.run('/forum unseen announcement:1 plain:yes');
  expect(warning.text).toContain('Air naik');
  expect(warning.text).not.toMatch(/dibaca|\[Salin/i);
  expect((await world.run('@tamu /activity show K-1 plain:yes')).text).toContain('BPBD *Kota*');
  expect(world.logged).toEqual([]);
});
