import { once } from 'node:events';
import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { holdDatabase } from '../../src/storage/lock.ts';
import { openStore } from '../../src/storage/open.ts';
import { newPostgresUrl } from '../databases.ts';
import { execute } from '../postgres.ts';
import { newFolder, runProgram } from '../program.ts';

it('Y15: a role that may not make tables is told so in a sentence, with the grant to type', async () => {
  const url = await newPostgresUrl();
  const role = `narrow-${new URL(url).pathname.slice(1)}`;
  await execute(url, `CREATE ROLE "${role}" LOGIN PASSWORD 'x'`);
  await execute(url, 'REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  const theirs = new URL(url);
  theirs.username = role;
  theirs.password = 'x';
  const grant = `GRANT USAGE, CREATE ON SCHEMA public TO "${role}";`;
  await expect(openStore(theirs.href)).rejects.toMatchObject({ code: 'forbidden', remedy: grant });
  const run = runProgram(['migrate'], { DATABASE_URL: theirs.href });
  expect([run.status, run.stderr.trim().split('\n')[1]]).toEqual([69, grant]);
  expect(run.stderr).not.toMatch(/\n\s+at /);
  await execute(url, grant);
  await (await openStore(theirs.href)).close();
  await execute(url, `DROP OWNED BY "${role}"`);
  await execute(inject('postgresUrl'), `DROP ROLE "${role}"`);
});

/** A pooler as PgBouncer is unless it is told otherwise: it takes no start parameters that it does not know. */
async function aPooler(url: string) {
  const to = new URL(url);
  const server = createServer(near => {
    const far = connect(Number(to.port), to.hostname);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('close', () => far.destroy());
    near.once('data', start => {
      const unknown = /\0(options|statement_timeout|lock_timeout)\0/.exec(start.toString('latin1'))?.[1];
      if (unknown) {
        const fields = `SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: ${unknown}\0\0`;
        const head = Buffer.alloc(5);
        head.write('E');
        head.writeInt32BE(fields.length + 4, 1);
        return near.end(Buffer.concat([head, Buffer.from(fields)]));
      }
      far.write(start);
      return near.pipe(far).pipe(near);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const there = new URL(url);
  there.hostname = '127.0.0.1';
  there.port = String((server.address() as AddressInfo).port);
  return { url: there.href, close: () => server.close() };
}

it('Y15: a pooler that refuses our start parameters is named, with the line for it', async () => {
  const pooler = await aPooler(await newPostgresUrl());
  await expect(openStore(pooler.url)).rejects.toMatchObject({
    code: 'pooler',
    remedy: expect.stringMatching(/^ignore_startup_parameters = .*options.*statement_timeout/),
  });
  pooler.close();
});

it('Y16: a file is held by whatever links it is reached, also where it is not made yet', () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'real'));
  symlinkSync('real', join(folder, 'linked'));
  symlinkSync('linked/x.db', join(folder, 'alias.db'));
  symlinkSync(join(folder, 'alias.db'), join(folder, 'again.db'));
  const names = ['real/x.db', 'linked/x.db', 'alias.db', 'again.db', 'real/../real/x.db'];
  for (const first of names) {
    const hold = holdDatabase(`file:${join(folder, first)}`);
    for (const second of names)
      expect(() => holdDatabase(`file:${folder}/${second}`), `${first}, ${second}`).toThrow(
        expect.objectContaining({ code: 'locked' }),
      );
    hold.release();
  }
  holdDatabase(`file:${join(folder, 'real/other.db')}`).release();
  // A hard link is another name of the same file, in whatever folder.
  mkdirSync(join(folder, 'far'));
  linkSync(join(folder, 'real/x.db'), join(folder, 'far/hard.db'));
  const hold = holdDatabase(`file:${join(folder, 'real/x.db')}`);
  expect(() => holdDatabase(`file:${join(folder, 'far/hard.db')}`)).toThrow(
    expect.objectContaining({ code: 'locked' }),
  );
  hold.release();
  holdDatabase(`file:${join(folder, 'far/hard.db')}`).release();
});
