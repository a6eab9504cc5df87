// Started by the bench of several processes: performs acts for so long, or sends what is due until nothing is left.

import { createAppBot } from '../../src/app/app.ts';
import type { Adapter } from '../../src/contract/act.ts';
import { systemClock, systemIds } from '../../src/contract/clock.ts';
import { view } from '../../src/contract/view.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { openStore } from '../../src/storage/open.ts';
import { UNLIMITED } from '../unlimited.ts';
import type { ReplicaTask } from './replicas.ts';

const task = JSON.parse(process.argv[2]!) as ReplicaTask;
const log = { debug() {}, info() {}, warn() {}, error: console.error };
const store = await openStore(task.database);
const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
process.send!('ready');
await new Promise(done => process.once('message', done));

/** Does so many acts at a time, each in a forum of its own, until the time is over; returns their number. */
async function act(): Promise<number> {
  const bot = createAppBot(services, systemClock, systemIds, { fairUse: UNLIMITED });
  const until = performance.now() + task.ms;
  let done = 0;
  await Promise.all(
    task.workspaces.map(async workspace => {
      while (performance.now() < until) {
        const answer = await bot.perform({
          key: systemIds.next(),
          place: { platform: 'discord', workspace, channel: null },
          who: { account: 'sari', home: '', name: 'sari', admin: true },
          ask: { kind: 'typed', line: '/activity log Gladi' },
          memberOf: () => null,
          channelOf: () => null,
        });
        if (answer.kind !== 'view') throw new Error(JSON.stringify(answer));
        done++;
      }
    }),
  );
  return done;
}

/** Sends what is due, to a platform that answers at once. */
async function deliver(): Promise<number> {
  const adapter: Adapter = {
    platform: 'slack',
    limits: {} as Adapter['limits'],
    start: async () => {},
    stop: async () => {},
    health: () => ({ well: true, detail: '' }),
    send: async ({ nonce }) => ({ kind: 'sent', ref: nonce }),
  };
  const subjects = { probe: { keptCurrent: false, view: async () => view('x') } };
  return await createSender({ store, clock: systemClock, log, subjects, adapters: [adapter] }).deliver('slack');
}

process.send!(task.what === 'acts' ? await act() : await deliver());
await store.close();
process.disconnect();
