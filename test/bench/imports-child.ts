// Started by the bench in a process of its own, so that its memory is that of an import alone.
import { readFileSync } from 'node:fs';
import { applyImport, planImport } from '../../src/imports/import.ts';
import { keepHeapSmall } from '../../src/runtime/heap.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Imported } from './imports.ts';

const START = new Date('2026-11-24T01:00:00Z');

keepHeapSmall();
const [database = '', name = ''] = process.argv.slice(2);
const store = await openStore(`file:${database}`);
const [forum] = await store.read.select().from(store.tables.forums);
const file = readFileSync(name);
const used = process.cpuUsage();
const begin = performance.now();
let judged = begin;
const n = await store.write(forum!.id, async tx => {
  const planned = await planImport(tx, forum!, 'activities', file, START);
  judged = performance.now();
  if ('why' in planned) throw new Error(planned.why);
  return (await applyImport(tx, forum!, planned, { file: 'x', by: { member: 1, partner: null }, now: START })).n;
});
const end = performance.now();
const { user, system } = process.cpuUsage(used);
const told: Imported = {
  n,
  judgedMs: judged - begin,
  writtenMs: end - judged,
  busyMs: (user + system) / 1_000,
  memoryMb: process.resourceUsage().maxRSS / 1_024,
};
await store.close();
process.stdout.write(JSON.stringify(told));
