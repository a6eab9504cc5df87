import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

/** The folder of schemas that others publish; they are no part of the project. */
const folder = process.env.SCHEMAS_DIR;

/**
 * Tells whether a published schema is at hand. Where it is not, that is said loudly, and the checks that need it do not
 * run.
 */
export function hasSchema(name: string): boolean {
  const found = folder !== undefined && existsSync(join(folder, name));
  if (!found) process.stderr.write(`\nNOT CHECKED against ${name}: SCHEMAS_DIR names no folder that has it.\n`);
  return found;
}

export const schemaText = (name: string): string => readFileSync(join(folder!, name), 'utf8');

const validators = new Map<string, XsdValidator>();

function validatorOf(name: string): XsdValidator {
  const known = validators.get(name);
  if (known) return known;
  xmlRegisterFsInputProviders();
  const path = join(folder!, name);
  using schema = XmlDocument.fromBuffer(readFileSync(path), { url: path || pathToFileURL(path).href });
  const made = XsdValidator.fromDoc(schema);
  validators.set(name, made);
  return made;
}

/** Lists what a document breaks of a schema; nothing where it is valid. */
export function faultsBySchema(xml: string, name: string): string[] {
  using document = XmlDocument.fromString(xml);
  try {
    validatorOf(name).validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(one => `${one.line}: ${one.message.trim()}`);
    throw error;
  }
}
