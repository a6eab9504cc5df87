import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Framework, faultsOf, frameworkShape } from './framework.ts';

/** The instruments that come with the program; the first is meant where none is named. */
const KEYS = ['readiness-10', 'undrr-preliminary', 'destana-2012'] as const;

/** Finds the folder beside the sources or, one folder further up, beside the compiled program. */
function pathOf(key: string): string {
  const beside = ['../../../frameworks', '../../../../frameworks'].map(up =>
    fileURLToPath(new URL(`${up}/${key}.json`, import.meta.url)),
  );
  return beside.find(existsSync) ?? beside[0]!;
}

/**
 * Reads an instrument out of its file.
 * @throws Error where the file is not as it has to be, with all that is wrong.
 */
export function readFramework(content: string): Framework {
  const framework = frameworkShape.parse(JSON.parse(content));
  const faults = faultsOf(framework);
  if (faults.length) throw new Error(`the instrument ${framework.key} cannot be used: ${JSON.stringify(faults)}`);
  return framework;
}

let shipped: readonly Framework[] | undefined;

/** The instruments that come with the program, read when they are first asked for. */
export function shippedFrameworks(): readonly Framework[] {
  shipped ??= KEYS.map(key => readFramework(readFileSync(pathOf(key), 'utf8')));
  return shipped;
}
