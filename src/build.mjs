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
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants as zlib } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const FOLDERS = ['src', 'commands', 'adapters'];
/** Libraries of which little is used. They are development dependencies: what is used of them stands in the build. */
const BUNDLED = [
  'cron-parser',
  'csv-parse',
  'echarts',
  'fastest-levenshtein',
  'fflate',
  'prom-client',
  'read-excel-file',
  'saxen',
  'temporal-polyfill',
  'zod',
];
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
  return [...files, 'tsconfig.json', join('src', 'build.mjs')].sort();
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

/** Whether what was built is of these sources. What is older than the build is not read. */
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
  const packages = await bundle(esbuild);
  mkdirSync(join(dist, 'fonts'), { recursive: true });
  for (const font of FONTS) copyFileSync(join(fonts, 'ttf', font), join(dist, 'fonts', font));
  const areas = dirname(resolve('idn-area-data/package.json'));
  writeFileSync(join(dist, 'areas.br'), packedAreas(join(areas, 'data')));
  keepLicences([...packages, fonts, areas, join(areas, 'data')]);
  writeFileSync(stamp, `${content}\n${notes()}\n`);
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

/** What is passed on within the build keeps the words of those who wrote it. */
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
 * Each file that imports one of the libraries is written once more with the parts that it uses inside. Returns the
 * folders of the packages that these parts are of.
 */
async function bundle(esbuild) {
  const names = BUNDLED.join('|');
  const uses = new RegExp(`^import [^;]*from '(?:${names})(?:/[^']*)?';$`, 'm');
  const files = sources().filter(file => file.endsWith('.ts') && uses.test(readFileSync(join(root, file), 'utf8')));
  /** Our own files stay files of their own, and what is installed stays what is installed. */
  const inner = {
    name: 'only-these',
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ path, importer }) => {
        if (!files.some(file => importer === join(root, file))) return undefined;
        if (path.startsWith('.')) return { path: path.replace(/\.ts$/, '.js'), external: true };
        return BUNDLED.some(name => path === name || path.startsWith(`${name}/`))
          ? undefined
          : { path, external: true };
      });
    },
  };
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: files,
    outbase: '.',
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    splitting: true,
    chunkNames: 'libraries/[name]-[hash]',
    // What libraries of the older kind ask Node for.
    banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
    legalComments: 'none',
    metafile: true,
    plugins: [inner],
    logLevel: 'warning',
  });
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
