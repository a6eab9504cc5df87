// Sends what is due from one database with the compiled program, writing each message down before it answers, until
// nothing is left or, where it is told to, until it ends as in a power cut: so many turns of the event loop after it has
// sent so many. The file of what was sent stands for the chat platform.
import { appendFileSync } from 'node:fs';
import { createSender } from '../../dist/src/delivery/sender.js';
import { openStore } from '../../dist/src/storage/open.js';

const [url, sent, nowMs, most = Number.POSITIVE_INFINITY, turns = 0] = process.argv.slice(2);
let n = 0;

function endAfter(more) {
  if (more > 0) setImmediate(endAfter, more - 1);
  else process.kill(process.pid, 'SIGKILL');
}

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
    if (++n === Number(most)) endAfter(Number(turns));
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
