// Casts two ballots for each of 300 voters through the compiled program, on a database that another process writes too.
import { openConsole } from '../../../dist/src/app/app.js';
import { openStore } from '../../../dist/src/storage/open.js';

const [url, half, vote = '/strategy vote S-1 choice:'] = process.argv.slice(2);
const store = await openStore(url);
const nothing = () => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: console.error };
const { session } = openConsole(
  { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } },
  { actor: 'sari', start: new Date('2026-11-24T02:00:00Z') },
);
for (let n = 1; n <= 300; n++) {
  const choice = half === 'a' ? 'agree' : 'disagree';
  const result = await session.run(`@r${n} ${vote}${choice}`);
  if (!result.ok) throw new Error(result.text);
  // A receipt is out: its number must be in the record, whatever happens to us now.
  const receipt = /(?:Nomor|Number): (\d+)/.exec(result.text)?.[1];
  if (receipt) process.send?.(receipt);
}
await store.close();
process.exit(0);
