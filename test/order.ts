import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest: begun late, one of them would keep the run waiting with a processor idle. */
const LONG: readonly string[] = [
  'recipes',
  'replicas/storm',
  'storage/postgres',
  'ops/verbs',
  'ops/import',
  'platforms/every-view',
  'site/browser',
  'stories/played-year',
  'bot/permissions',
].map(name => `test/${name}.test.ts`);

/**
 * Sorts the files of each project from the longest to the shortest, by its last run or its size, and keeps a project
 * together in the order of the configuration: its files share processes only while they follow each other.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex(name => moduleId.endsWith(name));
      return at < 0 ? LONG.length : at;
    };
    const projects = this.ctx.projects.map(project => project.name);
    return sorted
      .map((file, at) => ({ file, keys: [projects.indexOf(file.project.name), place(file), at] }))
      .sort((a, b) => a.keys.reduce((found, key, n) => found || key - b.keys[n]!, 0))
      .map(({ file }) => file);
  }
}
