import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { build, environment, newFolder, root } from '../program.ts';

const deploy = (file: string): string => readFileSync(join(root, 'docs', 'deploy', file), 'utf8');

/** Paths that the Dockerfile copies from the project itself, by stage; the last stage is the image. */
const stages = deploy('Dockerfile')
  .split(/^FROM /m)
  .slice(1)
  .map(stage =>
    [...stage.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words]) => words!.split(/\s+/).slice(0, -1)),
  );

it('the image is built from what is there and let in, and nothing secret is let in', () => {
  const wanted = stages.flat();
  expect(wanted.filter(path => !existsSync(join(root, path)))).toEqual([]);
  const allowed = deploy('Dockerfile.dockerignore')
    .split('\n')
    .filter(line => /^[!*]/.test(line));
  expect(allowed[0]).toBe('*');
  const letIn = allowed.slice(1).map(line => line.slice(1));
  expect(wanted.filter(path => !letIn.some(one => path === one || path.startsWith(`${one}/`)))).toEqual([]);
  expect(letIn.filter(path => /^\.|env|data|test/.test(path))).toEqual([]);
});

it('runs as nobody special, says how it is, and names no secret', () => {
  const last = deploy('Dockerfile')
    .split(/^FROM /m)
    .at(-1)!;
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^HEALTHCHECK /m);
  for (const file of ['Dockerfile', 'compose.yaml', 'rembug.service'])
    expect(deploy(file), file).not.toMatch(/xox[a-z]-|(TOKEN|SECRET|PASSWORD)=\S/);
});

it('nothing that only builds or tests is needed at run time', () => {
  build();
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const program = join(root, 'dist', 'src', 'program');
  const imported = readdirSync(program)
    .map(file => readFileSync(join(program, file), 'utf8'))
    .flatMap(text =>
      [...text.matchAll(/(?:^import(?: [^;'"]* from)?|^\} from|\bimport\(|\brequire\()\s*['"]([@\w][^'"]*)['"]/gm)].map(
        ([, name]) => name!,
      ),
    );
  const names = imported.map(name =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  );
  const others = [...new Set(names)].filter(name => !isBuiltin(name) && !(name in dependencies));
  expect(others).toEqual([]);
  expect(names).toContain('discord.js');
});

it('the program starts from what the image holds, without its sources', () => {
  build();
  const image = newFolder();
  for (const path of stages.at(-1)!) cpSync(join(root, path), join(image, path), { recursive: true });
  for (const part of ['src', 'fonts']) cpSync(join(root, 'dist', part), join(image, 'dist', part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(image, 'node_modules'));
  const data = newFolder();
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['src/launch.mjs', ...args], {
      cwd: image,
      encoding: 'utf8',
      env: environment({ DATABASE_URL: `file:${join(data, 'rembug.db')}` }),
      input: '/forum setup Uji\n/report 1/1/2026 format:xlsx\n',
    });
  expect(run('doctor', '--check')).toMatchObject({ status: 0, stderr: '' });
  expect(run('console', '--json').stdout.match(/"ok":true/g)).toHaveLength(2);
});
