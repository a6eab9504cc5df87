import { describe, expect, it } from 'vitest';
import { aWorld } from './world.ts';

/** A forum's life in which every command is used; each line must succeed. */
const LIFE = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/forum settings quiet_from:21.00 quiet_to:07.00',
  '/forum holiday 31/12/2026 name:Libur',
  '/forum coordinator ani action:add',
  '/partner add A sector:government focus:banjir influence:high interest:low contact:Sari',
  '/partner add B sector:ngo',
  '/partner edit B focus:pangan',
  '/partner assign sari partner:A role:representative',
  '/partner assign budi partner:B role:representative',
  '@cici /partner join A',
  '/partner list',
  '/partner show A',
  '/partner map',
  '/goal add T1 description:x due:31/12/2026',
  '/goal list',
  '/goal show T-1',
  '/activity log K1 kind:training participants:5 women:2 partners:"A, B" goal:T-1 result:baik evidence:https://contoh.id',
  '/activity plan K2 date:30/11/2026',
  '/activity edit K-1 participants:6',
  '/activity evidence K-1 evidence:foto kind:photo',
  '/activity done K-2 result:selesai',
  '/activity list',
  '/activity search k1',
  '/activity show K-1',
  '/activity log K3',
  '/activity undo K-3',
  '/activity plan K4 date:1/12/2026',
  '/activity cancel K-4 reason:hujan',
  '/issue raise I1 detail:x severity:high partner:A due:1/12/2026',
  '/issue raise I2 anonymous:yes',
  '/issue raise I3 private:yes mediator:ani',
  '/issue assign I-1 member:budi',
  '/issue comment I-1 text:halo',
  '/issue severity I-1 severity:critical',
  '/issue wait I-1 who:PLN until:30/11/2026',
  '/issue escalate I-1 reason:lama',
  '/issue resolve I-1 resolution:beres reason:handed_over',
  '/issue close I-1',
  '/issue reopen I-1 reason:lagi',
  '/issue show I-1',
  '/issue list status:all',
  '/indicator add N1 unit:orang baseline:10 target:20 due:31/12/2026 frequency:monthly partner:"A, B" goal:T-1',
  '/indicator report N-1 value:12 period:okt note:x constrained:y',
  '@budi /indicator none N-1 reason:rusak period:okt',
  '/indicator correct N-1 period:okt value:13 reason:salah',
  '/indicator return N-1 period:okt reason:periksa',
  '/indicator unlock N-1 period:okt until:2d',
  '/indicator target N-1 value:15 period:nov',
  '/indicator handover N-1 member:cici',
  '/indicator list',
  '/indicator show N-1',
  '/indicator due',
  '/strategy propose S1 change:x rationale:y goal:T-1 issue:I-1 indicator:N-1 target:25 closes:3d',
  '/strategy vote S-1 agree',
  '@budi /strategy object S-1 reason:berat',
  '/strategy override S-1 reason:dialog',
  '@budi /strategy recuse S-1 reason:penerima',
  '/strategy proxy S-1 partner:B',
  '/strategy amend S-1 change:z',
  '/strategy vote S-1 agree',
  '@budi /strategy vote S-1 agree',
  '/strategy extend S-1 closes:5d',
  '/strategy show S-1',
  '/strategy list',
  '/strategy close S-1 reason:semua',
  '/strategy history',
  '/strategy review S-1 verdict:keep',
  '/strategy export S-1 format:markdown',
  '/strategy export S-1',
  '/strategy propose S2 rationale:y secret:yes quorum:60% threshold:>1/2 sectors:1',
  '/strategy show S-2',
  '/strategy withdraw S-2 reason:batal',
  '/reminder list',
  '/reminder snooze N-1 until:2d',
  '/reminder pause',
  '/reminder resume',
  '/digest schedule "0 8 * * *"',
  '/digest show',
  ':skip 3w',
  '/digest now',
  '/agreement record Nota partners:"A, B" purpose:siaga signed:1/11/2026 expires:1/2/2027 link:https://contoh.id/nota',
  '/agreement commit P-1 what:"Dua pompa" due:1/12/2026 partner:B',
  '@budi /agreement commit P-1 what:Perahu due:30/12/2026',
  '@budi /agreement kept P-1 item:1 note:beres',
  '/agreement record "Gotong royong" kind:informal',
  '/agreement renew P-1 expires:1/2/2028',
  '/agreement list',
  '/agreement show P-1',
  '/agreement end P-2 reason:selesai',
  '/forum settings approval:1jt',
  '@budi /finance record Hibah direction:in amount:"Rp 5.000.000" partner:B evidence:https://contoh.id/k',
  '/finance approve U-1',
  '/finance record Sewa direction:out amount:750000 activity:K-1 date:kemarin',
  '/finance reverse U-2 reason:keliru',
  '/finance list',
  '/finance show U-2',
  '/finance summary',
  '/finance summary from:1/11/2026',
  '/goal close T-1 outcome:tercapai',
  '/me show',
  '/me timezone WITA',
  '/me language indonesia',
  '/partner archive B',
  '/forum show',
  '/help',
  '/help activity',
  '/help activity log',
] as const;

describe.each(['id', 'en'])('in %s', locale => {
  it('every command answers in whole sentences, and every action is used', async () => {
    await using world = await aWorld();
    const used = new Set<string>();
    const texts: string[] = [];
    for (const line of LIFE) {
      const typed = line.startsWith('/forum setup')
        ? `${line} locale:${locale === 'en' ? 'english' : 'indonesia'}`
        : line.replace('/me language indonesia', `/me language ${locale === 'en' ? 'english' : 'indonesia'}`);
      const result = await world.run(typed);
      expect([typed, result.ok, result.text]).toEqual([typed, true, result.text]);
      texts.push(result.text, ...result.posts.map(post => post.text));
      const words = /\/(\S+) ?(\S*)/.exec(line);
      const found = words && world.bot.registry.find([words[1]!, words[2]!]);
      if (found?.kind === 'action') used.add(found.action.id);
    }
    const all = world.bot.registry.commands.flatMap(command => command.actions.map(action => action.id));
    expect(all.filter(id => !used.has(id))).toEqual([]);
    for (const text of texts) expect(text).not.toMatch(/undefined|\[object|NaN|null|Invalid Date/);
    expect(world.logged).toEqual([]);
  });
});
