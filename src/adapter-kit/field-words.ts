import type { Field } from '../contract/form.ts';

/** Maximum length of a field's label on either platform, characters. */
const LABEL = 45;

/** Returns what a form asks in a field: a few words that anybody understands, else the option's name. */
export const questionOf = ({ label, help }: Pick<Field, 'label' | 'help'>): string => {
  const asked = help.replace(/\.$/, '');
  return asked && asked.length <= LABEL ? asked : label;
};

/**
 * Returns what stands beside a field, as much of it as has room whole: the last value, what is asked where the question
 * does not say it, and how it is typed where it is typed.
 */
export function hintOf(field: Field, { isTyped, room }: { readonly isTyped: boolean; readonly room: number }): string {
  const parts = [field.beside, questionOf(field) === field.label ? field.help : '', isTyped ? field.accepts : ''];
  return parts.reduce<string>((hint, part) => {
    const longer = [hint, part].filter(Boolean).join(' ');
    return longer.length <= room ? longer : hint;
  }, '');
}
