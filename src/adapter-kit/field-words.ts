import type { Field } from '../contract/form.ts';

/** Maximum length of a field's label on either platform, characters. */
const LABEL = 45;

/** Returns what a form asks in a field: a few words that anybody understands, else the option's name. */
export const questionOf = ({ label, help }: Pick<Field, 'label' | 'help'>): string => {
  const asked = help.replace(/\.$/, '');
  return asked && asked.length <= LABEL ? asked : label;
};

/** Returns what stands beside a field; how a value is typed only where it is typed. */
export const hintOf = (field: Field, { isTyped }: { readonly isTyped: boolean }): string =>
  [field.beside, questionOf(field) === field.label ? field.help : '', isTyped ? field.accepts : '']
    .filter(Boolean)
    .join(' ');
