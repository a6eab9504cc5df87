// Sends what is due from one database with the compiled program, writing each message down before it answers, until
// it is killed or nothing is left. The file of what was sent stands for the chat platform.
import { appendFileSync } from 'node:fs';
import { createSender } from '../../dist/src/delivery/sender.js';
import { openStore } from '../../dist/src/storage/open.js';

const [url, sent, nowMs] = process.argv.slice(2);
const store = await openStore(url);
const nothing = () => undefined;
const adapter = {
  platform: 'console',
  limits: {},
  start: async () => {},
  stop: async () => {},
  health: () => ({ well: true, detail: '' }),
  async send({ nonce }) {
    appendFileSync(sent, `${nonce}\n`);
    return { kind: 'sent', ref: nonce };
  },
};
const subject = { lasting: false, view: async () => ({ title: 'x', tone: 'plain', blocks: [], controls: [] }) };
const sender = createSender({
  store,
  clock: { now: () => new Date(Number(nowMs)) },
  log: { debug: nothing, info: nothing, warn: nothing, error: console.error },
  subjects: { probe: subject },
  adapters: [adapter],
});
await sender.deliver();
await store.close();
