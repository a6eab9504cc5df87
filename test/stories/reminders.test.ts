import { expect, it } from 'vitest';
import { handlers } from '../../src/app/app.ts';
import { catalogue } from '../../src/language/messages.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

it('everything that falls due has its words, but for what is private', () => {
  const named = Object.keys(catalogue.id.reminder.kinds);
  expect(Object.keys(handlers).filter(kind => !named.includes(kind))).toEqual([
    'private_action_due',
    'private_action_snoozed',
    'actions_moved',
    'private_issue_due',
    // Cards that say from then on that it is over.
    'announcement_over',
    'alert_offer_over',
  ]);
});

it.each(databases)(
  'the list names each thing by its own code, and says nothing of a private talk ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Uji"',
      '/digest schedule "0 8 1 1 *"',
      '/partner add A sector:ngo',
      '/partner assign ani partner:A role:representative',
      '/activity plan Gladi date:27/11/2026',
      '/agreement record Nota partners:A expires:25/2/2027',
      '/agreement commit P-1 what:Pompa due:29/11/2026 partner:A',
      '/partnership review A',
      '/partnership step A what:Pelapor due:25/11/2026',
      '/partnership pulse',
    );
    const { text } = await world.run('/reminder list');
    for (const about of [
      'pengingat kegiatan K-1',
      'pengingat tindakan A-1',
      'survei ditutup',
      'pengingat masa berlaku P-1',
    ])
      expect(text).toContain(about);
    expect(text).not.toMatch(/A-2|N-1|_/);
    await world.run(':skip 2d');
    expect((await world.run('/reminder list')).text).not.toMatch(/A-2|_/);
  },
);

it.each(databases)('only a reminder of a report is put off; of others it is said why not ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all('/forum setup "Forum Uji"', '/activity plan Gladi date:27/11/2026');
  const refused = await world.run('/reminder snooze K-1 until:2d');
  expect(refused.error?.code).toBe('invalid_option');
  expect(refused.text).toContain('bukan K-1');
  await world.all('/indicator add Orang frequency:monthly', '/reminder snooze N-1 until:2d');
});

it.each(databases)(
  'the digest is scheduled in plain words, and the answer says when it comes ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji" coordinators:koor');
    const set = await world.run('/ringkasan jadwal rabu 07.30');
    expect(set.text).toContain('setiap Rabu pukul 07.30 WIB');
    expect(set.text).toContain('25 Nov 2026 07.30');
    expect((await world.run('/digest show')).text).toContain('30 7 * * 3');
    expect((await world.run('/digest schedule "every day 08:00"')).text).toContain('setiap hari pukul 08.00 WIB');
    const refused = await world.run('/digest schedule "kapan saja"');
    expect(refused.error?.code).toBe('invalid_option');
    expect(refused.text).toContain('senin 08.00');
  },
);
