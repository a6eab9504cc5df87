// Builds the program into dist/: compiles the sources, then puts into them the parts of large libraries that they use,
// so that an installation to run it needs neither these libraries nor a compiler.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants as zlib } from 'node:zlib';
import { compiledOf, scriptOf } from './script.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const FOLDERS = ['src', 'commands', 'adapters'];
/**
 * Libraries that are installed beside the program: they hold compiled code, or parts that they look for by themselves.
 * All others are development dependencies: what is used of them stands in the build.
 */
const INSTALLED = ['@resvg/resvg-js', '@slack/bolt', 'better-sqlite3', 'discord.js', 'pg'];
/** Maximum time that the program may take to run once after the build, ms: without it a start is slower, and that is all. */
const KEEP_TIMEOUT_MS = 30_000;
/** Library whose own code stands in the build all the same: Node takes longer to find its files than to run them. */
const SQLITE = 'better-sqlite3';
const MIGRATIONS = join('migrations', 'sqlite');
/** Files that the program begins with: itself, and its threads. */
const ENTRIES = {
  main: 'src/main.ts',
  'reports-worker': 'src/reports/worker.ts',
  'charts-worker': 'src/charts/worker.ts',
  'imports-worker': 'src/imports/worker.ts',
  backup: 'src/storage/backup.ts',
};
/** Libraries that few starts need: each gets a file of its own, which is read when it is first used. */
const LATE = ['cron-parser', 'temporal-polyfill'];
/** The fonts of the charts, out of a package with many more. */
const FONTS = ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf'];

/** The levels of Indonesia's official areas, the widest first. */
const AREAS = ['provinces', 'regencies', 'districts', 'villages'];

/** All that the build is made of, in an order that every machine gives. */
function sources() {
  const files = FOLDERS.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => join(folder, file)),
  );
  const migrations = readdirSync(join(root, MIGRATIONS))
    .filter(file => file.endsWith('.sql'))
    .map(file => join(MIGRATIONS, file));
  return [
    ...files,
    ...migrations,
    'tsconfig.json',
    join('src', 'build.mjs'),
    join('src', 'run.cjs'),
    join('src', 'script.mjs'),
  ].sort();
}

/** The name of the sources' content. Dates do not tell: a copy or a checkout gives them anew. */
function contentOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file.split(sep).join('/'))
      .update('\0')
      .update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** The compiler's own notes of what it has written last. */
const NOTES = join(dist, '.tsbuildinfo');
const notes = () => createHash('sha256').update(readFileSync(NOTES)).digest('hex');

/** Tells whether the build was made of these sources. A source older than the build is not read again. */
export function isBuilt() {
  try {
    const { mtimeMs } = statSync(stamp);
    const isOlder = file => statSync(file).mtimeMs <= mtimeMs;
    const [content, noted] = readFileSync(stamp, 'utf8').split('\n');
    const files = sources();
    if (!files.every(file => isOlder(join(root, file))) && content !== contentOf(files)) return false;
    // The compiler may have been run by itself since, over other sources.
    return isOlder(NOTES) || noted === notes();
  } catch {
    return false;
  }
}

/** Compiles again over what was built. Ends with the compiler's own words where the sources are wrong. */
export async function build() {
  // All that it needs is looked for before anything is touched.
  const { resolve } = createRequire(import.meta.url);
  const compiler = join(dirname(resolve('typescript/package.json')), 'bin', 'tsc');
  const fonts = dirname(resolve('dejavu-fonts-ttf/package.json'));
  const esbuild = await import('esbuild');
  mkdirSync(dist, { recursive: true });
  accessSync(dist, constants.W_OK);
  // The name of what is compiled, not of what may be edited meanwhile.
  const content = contentOf(sources());
  rmSync(stamp, { force: true });
  execFileSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.json')], { stdio: ['ignore', 2, 2] });
  await writeNewDatabase();
  const packages = await bundle(esbuild);
  mkdirSync(join(dist, 'fonts'), { recursive: true });
  for (const font of FONTS) copyFileSync(join(fonts, 'ttf', font), join(dist, 'fonts', font));
  const areas = dirname(resolve('idn-area-data/package.json'));
  writeFileSync(join(dist, 'areas.br'), packedAreas(join(areas, 'data')));
  keepLicences([...packages, fonts, areas, join(areas, 'data')]);
  writeFileSync(stamp, `${content}\n${notes()}\n`);
  keepCompiled();
}

/**
 * Runs the program once, which keeps what V8 compiled of it: a start takes half as long with it. What is kept of older
 * builds goes. Where the program does not run, as without the compiled module of SQLite, nothing is kept.
 */
function keepCompiled() {
  const kept = join(dist, '.compiled');
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept);
  const env = { ...process.env, DATABASE_URL: 'file::memory:', LOG_LEVEL: 'error' };
  spawnSync(process.execPath, [join(dist, 'src', 'main.js'), 'console'], {
    env,
    input: '',
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: KEEP_TIMEOUT_MS,
  });
}

/**
 * Writes the statements that make a new database of SQLite at once. A machine that only builds may lack the compiled
 * module: then none are written, and the program runs all migrations.
 */
async function writeNewDatabase() {
  const file = join(dist, 'new-database.sql');
  rmSync(file, { force: true });
  const ofStorage = name => import(pathToFileURL(join(dist, 'src', 'storage', name)).href);
  const [{ migrationsOf, runSqlite }, { statementsOf }] = await Promise.all(
    ['migrate.js', 'new-database.js'].map(ofStorage),
  );
  const { default: Database } = await import('better-sqlite3');
  let db;
  try {
    db = new Database(':memory:');
  } catch (error) {
    process.stderr.write(`new databases are migrated step by step: ${error.message}\n`);
    return;
  }
  const all = migrationsOf('sqlite');
  runSqlite(db, all);
  writeFileSync(file, statementsOf(db, all));
  db.close();
}

/**
 * The official codes and names, a level a paragraph and an area a line. Packed they take a seventh of the package, which
 * also holds islands and code that nothing here uses.
 */
function packedAreas(folder) {
  const levels = AREAS.map(level => {
    const [, ...lines] = readFileSync(join(folder, `${level}.csv`), 'utf8')
      .replaceAll('\r', '')
      .trim()
      .split('\n');
    // The area that another one lies in stands in its code.
    return lines.map(line => `${line.slice(0, line.indexOf(','))},${line.slice(line.lastIndexOf(',') + 1)}`).join('\n');
  });
  const text = Buffer.from(levels.join('\n\n'));
  return brotliCompressSync(text, {
    params: { [zlib.BROTLI_PARAM_QUALITY]: 9, [zlib.BROTLI_PARAM_SIZE_HINT]: text.length },
  });
}

/** Keeps the licences of the libraries that are passed on within the build, as their authors ask. */
function keepLicences(folders) {
  mkdirSync(join(dist, 'licences'), { recursive: true });
  for (const folder of folders) {
    const name = folder.slice(folder.lastIndexOf('node_modules') + 'node_modules/'.length).replace(/[/\\]/g, '+');
    for (const file of readdirSync(folder).filter(one => /^(licen[cs]e|notice|copyright)/i.test(one)))
      if (statSync(join(folder, file)).isFile())
        copyFileSync(join(folder, file), join(dist, 'licences', `${name}.${file}`));
  }
}

/** The folder of the package that a file belongs to. */
function packageOf(file) {
  const [before, after] = [file.slice(0, file.lastIndexOf('node_modules/')), file.split('node_modules/').at(-1)];
  const parts = after.split('/').slice(0, after.startsWith('@') ? 2 : 1);
  return join(root, before, 'node_modules', ...parts);
}

/**
 * Puts the program, with the parts of libraries that it uses, into few files: Node takes longer to find and read nine
 * hundred than to run them. What is seldom wanted stays in files of its own, as it is imported. Where the program and its
 * threads begin, the compiled files lead to these. Returns the folders of the packages that are inside.
 */
async function bundle(esbuild) {
  const folder = join(dist, 'src', 'program');
  rmSync(folder, { recursive: true, force: true });
  /**
   * Returns the place from which a compiled file looks. The maker of backups starts itself as a thread, so it has its
   * own.
   */
  const placeOf = path =>
    path === join(root, ENTRIES.backup)
      ? './backup.js'
      : relative(folder, join(dist, relative(root, path)).replace(/\.ts$/, '.js')).replaceAll(sep, '/');
  const places = {
    name: 'places',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', `new URL('${placeOf(path)}', $place).href`),
        loader: 'ts',
      }));
    },
  };
  const { metafile, outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { ...ENTRIES, ...Object.fromEntries(LATE.map(name => [`late/${name}`, name])) },
    outdir: relative(root, folder),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    splitting: true,
    chunkNames: '[name]-[hash]',
    external: INSTALLED.filter(name => name !== SQLITE),
    define: { 'import.meta.url': '$place' },
    legalComments: 'none',
    metafile: true,
    plugins: [places, compiledOf(SQLITE)],
    write: false,
    logLevel: 'warning',
  });
  mkdirSync(folder);
  const hash = createHash('sha256');
  const inputsOf = path => Object.keys(metafile.outputs[path].inputs);
  const isLibrary = path => inputsOf(path).every(file => /node_modules\/(?!zod\/|drizzle-orm\/)/.test(file));
  const late = new Set(
    Object.keys(metafile.outputs)
      .filter(path => inputsOf(path).length > 0 && isLibrary(path))
      .map(path => `./${relative(folder, join(root, path)).replaceAll(sep, '/')}`),
  );
  for (const { path, text } of outputFiles) {
    // Nothing but a name for what stands in a file of its own.
    if (path.startsWith(join(folder, 'late', sep))) continue;
    const code = await scriptOf(esbuild, text, file => late.has(file));
    hash.update(code);
    writeFileSync(path.replace(/\.js$/, '.cjs'), code);
  }
  copyFileSync(join(root, 'src', 'run.cjs'), join(folder, 'run.cjs'));
  const content = hash.digest('hex').slice(0, 16);
  for (const [name, file] of Object.entries(ENTRIES)) {
    // Others import what makes backups, so it stays what was compiled.
    const begun = name === 'backup' ? join(folder, `${name}.js`) : join(dist, file).replace(/\.ts$/, '.js');
    const place = `./${relative(dirname(begun), join(folder, 'run.cjs')).replaceAll(sep, '/')}`;
    writeFileSync(
      begun,
      `import { createRequire } from 'node:module';
const place = new URL('${place}', import.meta.url);
createRequire(place)('./run.cjs').run('${name}', '${content}', place.href);
`,
    );
  }
  const parts = Object.keys(metafile.inputs).filter(file => file.includes('node_modules/'));
  return new Set(parts.map(packageOf));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--clean')) rmSync(dist, { recursive: true, force: true });
  try {
    await build();
  } catch (error) {
    // The compiler has said what is wrong.
    if (!('status' in error)) process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
