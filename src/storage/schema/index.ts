import type { Kit } from '../kit.ts';
import { defineMachine } from './machine.ts';
import { definePeople } from './people.ts';
import { defineWork } from './work.ts';

/** Every table, for one kind of database. */
export function defineSchema(kit: Kit) {
  const people = definePeople(kit);
  return { ...people, ...defineWork(kit, people), ...defineMachine(kit, people) };
}

export type Tables = ReturnType<typeof defineSchema>;
