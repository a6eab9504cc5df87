import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

it.each(databases)(
  'a warning that has expired can still be ended, and only with a new end updated ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Uji announce:umum coordinators:koor',
      '/forum announce "Air naik" event:banjir level:siaga expires:"24/11/2026 10.00" reason:sendiri',
      ':click "Ya, kirim"',
      ':skip 1d',
    );
    const late = await world.run('/forum update 1 text:"Air naik lagi" reason:sendiri');
    expect([late.ok, late.error?.code]).toEqual([false, 'invalid_option']);
    await world.all(
      '/forum update 1 text:"Air naik lagi" reason:sendiri expires:"25/11/2026 20.00"',
      ':click "Ya, kirim"',
      ':skip 1d',
    );
    const over = await world.run('/forum allclear 1 text:Surut reason:sendiri');
    expect([over.ok, over.text.includes('Ya, kirim')]).toEqual([true, true]);
    const sent = await world.run(':click "Ya, kirim"');
    expect(sent.ok ? sent.posts.some(one => one.text.includes('Surut')) : sent.text).toBe(true);
  },
);

it.each(databases)(
  'what follows a warning asks a lone coordinator for the reason, and gives no button that refuses ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Uji announce:umum coordinators:koor',
      '/forum announce "Air naik" event:banjir level:siaga reason:sendiri',
      ':click "Ya, kirim"',
    );
    for (const line of ['/forum update 1 text:Naik', '/forum allclear 1 text:Surut']) {
      const alone = await world.run(line);
      expect([alone.ok, alone.error?.code]).toEqual([false, 'missing_option']);
    }
    await world.all('@budi /me show', '/forum coordinator budi action:add');
    const draft = await world.run('/forum allclear 1 text:Surut');
    expect([draft.ok, draft.text.includes('Ya, kirim')]).toEqual([true, false]);
    expect(draft.posts.map(one => [one.to, one.text.includes('Ya, kirim')])).toEqual([['#koor', true]]);
  },
);
