// Casts a ballot for each voter through the compiled program, on a database that another process writes too.
import { openConsole } from '../../../dist/src/app/app.js';
import { openStore } from '../../../dist/src/storage/open.js';

const [url, half, voters, vote = '/strategy vote S-1 choice:'] = process.argv.slice(2);
const MAXIMUM_TRIES = 20;
const store = await openStore(url);
const nothing = () => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: console.error };
const { session } = openConsole(
  { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } },
  { actor: 'sari', start: new Date('2026-11-24T02:00:00Z') },
);
for (let n = 1; n <= Number(voters); n++) {
  const choice = half === 'a' ? 'agree' : 'disagree';
  let result;
  // On a busy machine the other may hold the file for longer than an act waits. A voter then does as they are told.
  for (let tries = 0; tries < MAXIMUM_TRIES; tries++) {
    result = await session.run(`@r${n} ${vote}${choice}`);
    if (!result.text.includes('Tidak ada yang diubah. Silakan ulangi')) break;
  }
  if (!result.ok) throw new Error(result.text);
  // A receipt is out: its number must be in the record, whatever happens to us now.
  const receipt = /(?:Nomor|Number): (\d+)/.exec(result.text)?.[1];
  if (receipt) process.send?.(receipt);
}
await store.close();
process.exit(0);
