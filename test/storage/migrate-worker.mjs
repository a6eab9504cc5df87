// Opens and migrates the database that is named, with the compiled program. A number after it is that of the statement
// before which this process ends without warning, as in a power cut; with `wait` it says so and waits to be told to go on.
import { once } from 'node:events';
import Database from 'better-sqlite3';
import pg from 'pg';
import { openStore } from '../../dist/src/storage/open.js';

const [url, at, how] = process.argv.slice(2);
let statements = 0;
const isIt = () => ++statements === Number(at);

const { exec } = Database.prototype;
Database.prototype.exec = function (...statement) {
  if (isIt()) process.kill(process.pid, 'SIGKILL');
  return exec.apply(this, statement);
};

const { query } = pg.Client.prototype;
pg.Client.prototype.query = async function (...statement) {
  if (isIt()) {
    if (how !== 'wait') process.kill(process.pid, 'SIGKILL');
    process.send('there');
    await once(process, 'message');
    process.disconnect();
  }
  return await query.apply(this, statement);
};

await (await openStore(url)).close();
