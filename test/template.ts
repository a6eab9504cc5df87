import { rmSync } from 'node:fs';
import { shareMigrated, templateOf } from './migrated.ts';
import { execute } from './postgres.ts';

/** Makes the place for the databases that are migrated once a run; they go with the run. */
export function setup(): () => Promise<void> {
  const folder = shareMigrated();
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    const server = process.env.TEST_DATABASE_URL;
    if (server) await execute(server, `DROP DATABASE IF EXISTS ${templateOf(folder)}`);
  };
}
