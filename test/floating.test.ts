import { fileURLToPath } from 'node:url';
import ts from 'typescript-api';
import { expect, it } from 'vitest';

/** Statements whose value could be awaited and is thrown away, not kept or marked with void: an unawaited query never runs at all. */
function floating(program: ts.Program, wanted: (file: string) => boolean): string[] {
  const checker = program.getTypeChecker();
  const faults: string[] = [];
  for (const file of program.getSourceFiles()) {
    if (!wanted(file.fileName)) continue;
    const visit = (node: ts.Node): void => {
      if (
        ts.isExpressionStatement(node) &&
        !ts.isVoidExpression(node.expression) &&
        !ts.isAwaitExpression(node.expression)
      ) {
        if (ts.isBinaryExpression(node.expression)) return;
        const type = checker.getTypeAtLocation(node.expression);
        if (checker.getPropertyOfType(type, 'then')) {
          const { line } = file.getLineAndCharacterOfPosition(node.getStart());
          faults.push(`${file.fileName}:${line + 1}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return faults;
}

const root = fileURLToPath(new URL('..', import.meta.url));

it('every query and promise is awaited', () => {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram(config.fileNames, { ...config.options, noEmit: true, incremental: false });
  expect(floating(program, file => !file.includes('node_modules') && !file.endsWith('.d.ts'))).toEqual([]);
});

it('one that floats is found', () => {
  const host = ts.createCompilerHost({});
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...rest) =>
    name === 'x.ts'
      ? ts.createSourceFile(name, 'declare const q: { then(f: () => void): void };\nq;', ts.ScriptTarget.ES2022)
      : read(name, ...rest);
  expect(floating(ts.createProgram(['x.ts'], { noEmit: true }, host), file => file === 'x.ts')).toEqual(['x.ts:2']);
});
