import { lstatSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installed, packed, runInstalled } from '../installing.ts';
import { buildsBeside } from './beside.ts';
import { row, section } from './page.ts';

/** The last commit before places had official areas: its databases lack the newest migrations by far. */
const OLDER = '34827a9';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rembug-install-'));

/** Weight of a folder as a file system keeps it, MiB. */
function weight(folder: string): string {
  const bytes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => lstatSync(join(folder, name)).blocks * 512)
    .reduce((sum, one) => sum + one, 0);
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}

/**
 * Installs an older package as npm does, its SQLite module compiled where none is ready made, works with it, and puts
 * this build's in its place. Ends with an error where the data are not there afterwards.
 */
export async function install(revision = OLDER): Promise<void> {
  section(
    'Installing',
    '| package | Node | `npm install --omit=dev` | weight |',
    'Written by `npm run bench -- install`: the packages of two builds, installed one over the other, and the data kept.',
  );
  const builds = buildsBeside(revision).reverse();
  const [app, home] = [newFolder(), newFolder()];
  const say = (input: string): string => {
    const { status, stdout, stderr } = runInstalled(app, ['console', '--json'], { cwd: home, env: {}, input });
    if (status !== 0 || stdout.includes('"ok":false')) throw new Error(`${status}: ${stdout}${stderr}`);
    return stdout;
  };
  try {
    for (const [n, build] of builds.entries()) {
      const file = packed(build.folder, newFolder());
      const since = performance.now();
      installed(app, file, { scripts: true });
      const seconds = ((performance.now() - since) / 1_000).toFixed(0);
      row(build.name, process.versions.node, `${seconds} s`, weight(join(app, 'node_modules')));
      if (n === 0) say('/forum setup Uji locale:english\n/goal add "Dry feet"\n');
    }
    const checked = runInstalled(app, ['doctor', '--check'], { cwd: home, env: {} });
    if (checked.status !== 0) throw new Error(`doctor --check: ${checked.stdout}${checked.stderr}`);
    if (!say('/goal show T-1\n').includes('Dry feet')) throw new Error('the goal is not there any more');
  } finally {
    for (const build of builds) build.remove();
  }
}
