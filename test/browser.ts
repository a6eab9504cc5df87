import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { WAIT_TIMEOUT_MS } from './until.ts';

/** Paths at which a system keeps its Chromium; the first that exists is taken. */
const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Nothing but loopback is reachable, and the browser calls nobody of its own accord. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

interface Found {
  readonly path: string;
  /** Environment that it needs besides the test's own. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A real Chromium: the one `CHROME_PATH` names, else the system's, else the one that npm brought along. A test that
 * needs it is never skipped: where there is none, this throws and says what to install.
 */
export async function startBrowser(): Promise<Browser> {
  const { path, env } = findBrowser();
  const browser = await chromium.launch({
    executablePath: path,
    args: FLAGS,
    env: { ...process.env, ...env } as Record<string, string>,
    timeout: WAIT_TIMEOUT_MS,
  });
  browser.on('context', context => context.setDefaultTimeout(WAIT_TIMEOUT_MS));
  return browser;
}

function findBrowser(): Found {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which is not there`);
  const path = named ?? SYSTEM.find(existsSync);
  if (path) return { path, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return shipped();
  throw new Error(
    `No Chromium on this machine (${process.platform} ${process.arch}), and npm brings one for Linux on x64 only. ` +
      'Install Chromium or Chrome, or set CHROME_PATH to its program.',
  );
}

/**
 * The Chromium inside @sparticuz/chromium, unpacked once a machine. It unpacks beside its place and moves there whole,
 * so that two test files that start at once never see half a browser.
 */
function shipped(): Found {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', '..', 'package.json'), 'utf8'));
  const home = join(tmpdir(), `rembug-chromium-${version}`);
  if (!existsSync(home)) unpack(entry, home);
  const path = join(home, 'chromium');
  const env: Record<string, string> = {};
  // A bare machine lacks libraries (NSS and its kin) or fonts that a desktop has; the package brings both.
  if (/not found/.test(execFileSync('ldd', [path], { encoding: 'utf8' })))
    env.LD_LIBRARY_PATH = join(home, 'al2023', 'lib');
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(home, 'fonts');
  return { path, env };
}

function unpack(entry: string, home: string): void {
  const beside = mkdtempSync(`${home}-`);
  // The package unpacks into the temporary folder, and its libraries only where it believes itself on Amazon Linux.
  execFileSync(
    process.execPath,
    ['--input-type=module', '-e', `await (await import(${JSON.stringify(entry)})).default.executablePath()`],
    {
      env: { ...process.env, TMPDIR: beside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  try {
    renameSync(beside, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
    rmSync(beside, { recursive: true });
  }
}

/** The folder for screenshots of this run; it is not part of the project. */
export function artifacts(): string {
  const folder = fileURLToPath(new URL('artifacts/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  return folder;
}
