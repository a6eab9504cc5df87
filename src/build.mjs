// Builds the program into dist/: compiles the sources, then puts into them the parts of large libraries that they use,
// so that an installation to run it needs neither these libraries nor a compiler.
import { execFileSync } from 'node:child_process';
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

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const FOLDERS = ['src', 'commands', 'adapters'];
/**
 * Libraries that are installed beside the program: they hold compiled code, or parts that they look for by themselves.
 * All others are development dependencies: what is used of them stands in the build.
 */
const INSTALLED = ['@resvg/resvg-js', '@slack/bolt', 'better-sqlite3', 'discord.js', 'pg'];
const MIGRATIONS = join('migrations', 'sqlite');
/** Files that the program begins with: itself, and its threads. */
const ENTRIES = {
  main: 'src/main.ts',
  'reports-worker': 'src/reports/worker.ts',
  'charts-worker': 'src/charts/worker.ts',
  'imports-worker': 'src/imports/worker.ts',
  backup: 'src/storage/backup.ts',
};
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
  return [...files, ...migrations, 'tsconfig.json', join('src', 'build.mjs')].sort();
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
 * Writes signs beyond Latin-1, of which esbuild leaves those in patterns and templates, as escapes: one of them doubles what
 * a file takes in memory.
 */
function narrow(file) {
  const wide = readFileSync(file, 'utf8');
  const [raw] = /String\.raw`[^`]*[^\0-\xff][^`]*`|\\[^\0-\xff]/.exec(wide) ?? [];
  if (raw !== undefined) throw new Error(`an escape would say something else in ${file}: ${raw}`);
  const escaped = sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, wide.replace(/[^\0-\xff]/g, escaped));
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
        contents: readFileSync(path, 'utf8').replaceAll(
          'import.meta.url',
          `new URL('${placeOf(path)}', import.meta.url).href`,
        ),
        loader: 'ts',
      }));
    },
  };
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: relative(root, folder),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    splitting: true,
    chunkNames: '[name]-[hash]',
    external: INSTALLED,
    // Libraries in CommonJS need a `require`.
    banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
    legalComments: 'none',
    metafile: true,
    plugins: [places],
    logLevel: 'warning',
  });
  for (const file of readdirSync(folder)) narrow(join(folder, file));
  for (const [name, file] of Object.entries(ENTRIES)) {
    // Others import it, so it stays what was compiled.
    if (name === 'backup') continue;
    const compiled = join(dist, file).replace(/\.ts$/, '.js');
    writeFileSync(compiled, `import './${relative(dirname(compiled), join(folder, name)).replaceAll(sep, '/')}.js';\n`);
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
