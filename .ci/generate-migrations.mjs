// npm run db:generate NAME: one schema, two migration histories. With --custom, an empty pair to write by hand.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const [name = 'change', ...flags] = process.argv.slice(2);
for (const dialect of ['sqlite', 'postgres']) {
  const options = ['generate', '--config', '.ci/drizzle.config.ts', '--name', name, ...flags];
  execFileSync('npx', ['drizzle-kit', ...options], {
    env: { ...process.env, DIALECT: dialect },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

// drizzle-kit knows no STRICT: without it SQLite would store text in a number's column.
for (const file of readdirSync('migrations/sqlite').filter(one => one.endsWith('.sql'))) {
  const path = `migrations/sqlite/${file}`;
  const before = readFileSync(path, 'utf8');
  const strict = before.replace(/(CREATE TABLE (?:(?!;)[\s\S])*?\n\));/g, '$1 STRICT;');
  if (strict !== before) writeFileSync(path, strict);
}

// drizzle-kit compares with the newest snapshot alone; the older ones are thousands of lines that nobody reads.
for (const dialect of ['sqlite', 'postgres']) {
  const meta = `migrations/${dialect}/meta`;
  const snapshots = readdirSync(meta).filter(one => one.endsWith('_snapshot.json'));
  for (const old of snapshots.sort().slice(0, -1)) rmSync(`${meta}/${old}`);
}
