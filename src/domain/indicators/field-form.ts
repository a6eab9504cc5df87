/** Names of the fields of a form for enumerators, as submissions carry them. */
export const FIELDS = {
  form: 'rembug_form',
  date: 'date',
  partner: 'partner',
  value: 'value',
  numerator: 'numerator',
  denominator: 'denominator',
  hasConstraint: 'has_constraint',
  constrained: 'constrained',
  note: 'note',
} as const;

/** The field of the people of one group; names of a form hold letters, digits, `_`, `-` and `.` alone. */
export const groupField = (key: string): string => `group_${key.replace(/[^A-Za-z0-9_.-]/g, '_')}`;

/** The form's own id: each submission carries it, so that its figures find their forum and indicator. */
export const formIdOf = (forumId: string, indicator: number): string => `rembug_${forumId}_N${indicator}`;

/** The forum and indicator that a form's id tells; null: it is no id of a form. */
export function formIn(id: string): { readonly forumId: string; readonly indicator: number } | null {
  const [, forumId, number] = /^rembug_(.+)_N([1-9]\d{0,8})$/.exec(id.trim()) ?? [];
  return forumId === undefined ? null : { forumId, indicator: Number(number) };
}
