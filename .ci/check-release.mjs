// Refuses to publish what is not ready: notes that stand under no version, or a version without notes or a day. Runs before
// `npm publish`.
import { readFileSync } from 'node:fs';

/** Returns what is missing in the notes for a version; nothing where all is there. */
export function missingFor(version, changelog) {
  const heads = [...changelog.matchAll(/^## (.+)$/gm)].map(([, head]) => head.trim());
  const own = heads.find(head => head === version || head.startsWith(`${version} `));
  const after = name => changelog.split(`## ${name}`)[1]?.split(/^## /m)[0]?.trim() ?? '';
  return [
    ...(heads.includes('Unreleased') && after('Unreleased') ? ['CHANGELOG.md still has notes under "Unreleased"'] : []),
    ...(own ? [] : [`CHANGELOG.md has no heading for ${version}`]),
    ...(own && !/ \d{4}-\d{2}-\d{2}$/.test(own) ? [`the heading for ${version} names no day (YYYY-MM-DD)`] : []),
    ...(own && !after(own) ? [`nothing stands under the heading for ${version}`] : []),
  ];
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const missing = missingFor(version, readFileSync('CHANGELOG.md', 'utf8'));
  for (const one of missing) console.error(one);
  process.exitCode = missing.length ? 1 : 0;
}
