import { addGoal, changeGoal, type Goal, goalByNumber, listGoals } from '../domain/goals.ts';
import { nameKey } from '../domain/near.ts';
import { goalReminder } from '../schedule/deadlines.ts';
import type { Reader } from '../storage/store.ts';
import { asBefore, defined, differing, Judge, pairsOf } from './judge.ts';
import { Known } from './known.ts';
import type { KindOfImport, Written } from './plan.ts';

type Data = Pick<Goal, 'title' | 'description' | 'due'>;

export interface GoalWrite {
  readonly number: number | null;
  readonly set: Partial<Data>;
}

export const knownGoals = async (db: Reader, forumId: string): Promise<Known<Goal>> =>
  new Known('goal', await listGoals(db, forumId), one => one.title);

export const goals: KindOfImport<GoalWrite> = {
  needed: [['title']],
  numbers: [],
  dates: ['due'],
  async plan({ db, forumId }, rows) {
    const known = await knownGoals(db, forumId);
    const judge = new Judge<GoalWrite>();
    for (const row of rows) {
      const title = row.need('title', row.line('title', 200));
      const given = { description: row.text('description', 3000), due: row.date('due') };
      if (judge.wrong(row, title) || title === undefined) continue;
      if (judge.repeated(row, title, nameKey(title))) continue;
      const found = known.named(title);
      const near = found ? undefined : known.near(title);
      if (near) judge.doubtful(row, title, 'title', m => m.imports.why.near({ name: near.title }));
      else if (!found) judge.make(row, title, { number: null, set: { ...defined(given), title } });
      else {
        const set = differing<Data>(found, given);
        if (!Object.keys(set).length) judge.same(row, title);
        else if (found.closedAt) judge.doubtful(row, title, null, m => m.imports.why.closed({ name: found.title }));
        else judge.change(row, title, { number: found.number, set }, Object.keys(set));
      }
    }
    return judge.rows;
  },
  async apply({ tx, forumId, now, zone, by }, rows) {
    const written: Written[] = [];
    for (const { write } of rows) {
      const { number, set } = write!;
      if (number === null) {
        const { title = '', description = null, due = null } = set;
        const goal = await addGoal(tx, forumId, { title, description, due, createdBy: by.member }, now);
        const event = { kind: 'goal.added', data: { title } };
        const planned = goalReminder(goal, zone, now);
        const after = { title, description, due };
        written.push({ thing: 'goal', number: goal.number, before: null, after, event, planned });
      } else {
        const goal = (await goalByNumber(tx, forumId, number))!;
        const changed = await changeGoal(tx, goal, set);
        const event = { kind: 'goal.changed', data: { changed: pairsOf<Data>(goal, set) } };
        const planned = changed && set.due ? goalReminder(changed, zone, now) : [];
        written.push({ thing: 'goal', number, before: asBefore<Data>(goal, set), after: set, event, planned });
      }
    }
    return written;
  },
};
