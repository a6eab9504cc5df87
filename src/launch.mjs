#!/usr/bin/env node
// Starts the compiled program. In a checkout it builds first, where the sources are not those that were built. It uses
// nothing but Node, so that what is missing or too old is told in a sentence.
import { existsSync, readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist', 'src', 'main.js');
const CONFIG = 78;

const { REMBUG_LOCALE, LC_ALL, LC_MESSAGES, LANG } = process.env;
const language = REMBUG_LOCALE || (process.stderr.isTTY ? LC_ALL || LC_MESSAGES || LANG || 'id' : 'en');
const isEnglish = /^en/i.test(language);

function complain(english, indonesian) {
  process.stderr.write(`${isEnglish ? english : indonesian}\n`);
}

function refuse(english, indonesian) {
  complain(english, indonesian);
  process.exit(CONFIG);
}

// The oldest Node that all packages run on; package.json says the same.
const [major, minor, patch] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && (minor < 18 || (minor === 18 && patch < 1))))
  refuse(
    `Rembug needs Node 20.18.1 or newer, and this is ${process.versions.node}. Take Node 22 or 24: https://nodejs.org`,
    `Rembug memerlukan Node 20.18.1 atau lebih baru; yang ini ${process.versions.node}. Pakailah Node 22 atau 24: https://nodejs.org`,
  );

/**
 * The Node whose headers the SQLite module was compiled with here; null where it came ready-made or is not there.
 * node-gyp leaves its notes beside what it compiles, and nothing else does.
 */
function compiledWith() {
  try {
    const module = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
    const notes = readFileSync(join(module, 'build', 'config.gypi'), 'utf8');
    const headers = /"nodedir": "[^"]*?(\d+\.\d+\.\d+)"/.exec(notes) ?? /node\/v(\d+\.\d+\.\d+)/.exec(notes);
    return headers ? headers[1] : process.versions.node;
  } catch {
    return null;
  }
}

// https://github.com/nodejs/node/issues/65446: modules that were compiled with these headers end the process.
const headers = compiledWith();
if (headers && /^24\.(19|20|21)\./.test(headers) && major === 24)
  complain(
    `The SQLite module was compiled with Node ${headers}, which may end the program at any time (nodejs/node#65446). Take Node 22, or Node 24.18.1, and run: npm rebuild better-sqlite3`,
    `Modul SQLite dikompilasi dengan Node ${headers}, yang dapat menghentikan program sewaktu-waktu (nodejs/node#65446). Pakailah Node 22 atau Node 24.18.1, lalu jalankan: npm rebuild better-sqlite3`,
  );

// An installed package holds the compiled program and no sources; its folder is npm's, and nothing is written there.
if (existsSync(join(root, 'src', 'main.ts'))) {
  // From 22.8 on Node keeps what it has compiled, where this user may write: a start takes a quarter less.
  module.enableCompileCache?.(join(root, 'dist', '.compiled'));
  await keepBuilt();
}
if (!existsSync(main))
  refuse(
    'This copy of Rembug holds no program: install it again (npm pack builds it).',
    'Salinan Rembug ini tidak memuat programnya: pasanglah lagi (npm pack yang membangunnya).',
  );
await import('../dist/src/main.js');

async function keepBuilt() {
  const builder = await import('./build.mjs');
  if (builder.isBuilt()) return;
  try {
    await builder.build();
  } catch (error) {
    // The compiler has said what is wrong with the sources.
    if ('status' in error) process.exit(1);
    const noBuilder = error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND';
    if (noBuilder && existsSync(main))
      return complain(
        'The sources differ from what was built, and what builds is not installed: the older build runs. To build: npm ci && npm run build',
        'Sumbernya berbeda dari yang sudah dibangun, dan alat pembangunnya tidak terpasang: bangunan lama yang dijalankan. Untuk membangun: npm ci && npm run build',
      );
    if (noBuilder)
      refuse(
        'Rembug is not built yet, and what builds it is not installed. Run: npm ci && npm run build',
        'Rembug belum dibangun, dan alat pembangunnya tidak terpasang. Jalankan: npm ci && npm run build',
      );
    if (['EACCES', 'EPERM', 'EROFS'].includes(error.code))
      refuse(
        `The program must be built anew, and this user may not write in ${join(root, 'dist')}. Build it once as its owner: npm run build`,
        `Program perlu dibangun lagi, tetapi pengguna ini tidak boleh menulis di ${join(root, 'dist')}. Bangunlah sekali sebagai pemiliknya: npm run build`,
      );
    throw error;
  }
}
