import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';
import { endedIn, sentIn } from './replay.ts';

const ZONE = 'Asia/Jakarta';
const EVERYTHING = ['digest', 'reports_due', 'reports_overdue', 'vote_reminder', 'activity_tomorrow'];
const at = (local: string): Date => new Date(`${local}:00+07:00`);

/**
 * A forum in which, while the bot is down from Friday 20 November 16.00 to Monday 23 November 10.30, these fall due:
 * two activities' reminders (Saturday 09.00) and a vote's (Saturday 20.00), which are too late by Monday; a report's
 * day before and the day itself (Sunday and Monday 09.00); an escalation (Monday 09.00); the weekly digest (Monday 08.00).
 */
async function beforeTheOutage(open: () => Promise<Awaited<ReturnType<typeof aWorld>>['store']>) {
  const store = await open();
  const world = await aWorld({ store, start: at('2026-10-01T08:00') });
  await world.all(
    '/forum setup "Forum Uji" announce:pengumuman coordinators:koor',
    '/partner add A sector:government',
    '/partner add B sector:ngo',
    '/partner assign ani partner:A role:representative',
    '/partner assign budi partner:B role:representative',
    '/indicator add Gladi frequency:monthly partner:A due_days:23',
    '/indicator add Pompa frequency:monthly partner:B due_days:16',
    ':skip 48d',
    '/strategy propose Sensor rationale:x closes:"25/11/2026 08.00"',
    '/activity plan Apel date:22/11/2026',
    '/activity plan Bersih date:22/11/2026',
    ':skip 56h',
  );
  expect(world.clock.now()).toEqual(at('2026-11-20T16:00'));
  return { store, before: await sentIn(store, ZONE, EVERYTHING) };
}

describe.each(databases)('R3, Y7: an outage from Friday 16.00 to Monday 10.30 on $name', ({ open }) => {
  it('is made up for: one digest, the latest step, one escalation; what is too late is missed and shown', async () => {
    const { store, before } = await beforeTheOutage(open);
    const up = await aWorld({ store, start: at('2026-11-23T10:30') });
    const { posts } = await up.run('#');
    const sent = (await sentIn(store, ZONE, EVERYTHING)).slice(before.length);
    expect(sent).toEqual([
      '2026-11-23 08:00 #koor digest',
      '2026-11-23 09:00 @ani reports_due',
      '2026-11-23 09:00 #koor reports_overdue',
    ]);
    expect(posts).toHaveLength(3);
    const digest = posts.find(post => post.text.includes('Ringkasan'))!.text;
    expect(digest).toContain('Terlambat 2 jam 30 menit (seharusnya 23 Nov 2026 08.00 WIB)');
    expect(digest).toContain('3 terlewat');
    expect(posts.find(post => post.to === '@ani')!.text).toContain('Terlambat 1 jam 30 menit');
    const ended = await endedIn(store, ZONE, ['missed', 'suppressed']);
    expect(ended.filter(line => line >= '2026-11-20 16:00')).toEqual([
      '2026-11-21 09:00 activity_tomorrow missed',
      '2026-11-21 09:00 activity_tomorrow missed',
      '2026-11-21 20:00 vote_reminder missed',
      '2026-11-22 09:00 report_due suppressed',
    ]);
    expect((await up.run('/reminder list')).text).toContain('terlewat 3');
    const again = await aWorld({ store, start: at('2026-11-23T10:31') });
    expect((await again.run('#')).posts).toEqual([]);
    await store.close();
  });
});
