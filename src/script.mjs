// Makes scripts of the modules that the build bundles.
/**
 * A file of the program as a function that a script gives: what V8 compiled of a script can be kept, on every Node. Signs
 * beyond Latin-1, of which esbuild leaves those in patterns and templates, become escapes: one of them doubles what a file
 * takes in memory.
 */
export async function scriptOf(esbuild, module, isLate) {
  const { code } = await esbuild.transform(module, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Libraries of the older kind are imported as Node does it.
    sourcefile: 'file.mjs',
    supported: { 'dynamic-import': false },
    legalComments: 'none',
  });
  const [raw] = /String\.raw`[^`]*[^\0-\x7f][^`]*`|\\[^\0-\x7f]/.exec(code) ?? [];
  if (raw !== undefined) throw new Error(`an escape would say something else: ${raw}`);
  const escaped = sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const narrow = whenFirstUsed(code, isLate).replace(/[^\0-\x7f]/g, escaped);
  return `(function (exports, require, module, $place) {${narrow}\n})`;
}

/** Lines that begin a library in CommonJS, and lines that begin a part of Node or another file. */
const BEGUN = [
  /^var (import_\w+) = ((?:\(0, \w+\.__toESM\)|__toESM)\((?:require_\w+|\(0, \w+\.require_\w+\))\(\)(?:, 1)?\));$/gm,
  /^var (import_\w+) = (require\("([^"]+)"\));$/gm,
];

/** Makes parts of Node, and libraries that most starts can do without, begin when they are first used. */
function whenFirstUsed(module, isLate) {
  let code = module;
  for (const begun of BEGUN)
    for (const [line, name, made, file] of [...code.matchAll(begun)]) {
      if (file && !file.startsWith('node:') && !isLate(file)) continue;
      const uses = code.match(new RegExp(`\\b${name}\\b`, 'g')).length;
      const members = code.match(new RegExp(`\\b${name}\\.(?=\\w)`, 'g'))?.length ?? 0;
      // Something else is done with it than to ask for what it holds.
      if (members !== uses - 1) continue;
      code = code
        .replace(line, () => '')
        .replace(new RegExp(`\\b${name}\\.(?=\\w)`, 'g'), () => `(${name}()).`)
        .concat(`function ${name}() {return ${name}.made ??= ${made};}\n`);
    }
  return code;
}

/** The compiled module lies where it was installed. Its own finder looks in a dozen places, from the file that asks. */
export const compiledOf = library => ({
  name: 'compiled',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^bindings$/ }, () => ({ path: library, namespace: 'compiled' }));
    onLoad({ filter: /.*/, namespace: 'compiled' }, () => ({
      contents: `module.exports = name => {
          let file;
          try {
            file = require.resolve('${library}/build/Release/' + name);
          } catch {
            throw new Error('Could not locate the bindings file.');
          }
          return require(file);
        };`,
    }));
  },
});
