import type { IncomingMessage } from 'node:http';
import { type Json, type JsonObject, objectOf } from '../discord/json.ts';

/** All bytes of a request. */
export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The arguments of a call: from the query, a form, or JSON. */
export async function argumentsOf(url: URL, bytes: Buffer, type: string): Promise<JsonObject> {
  const query = Object.fromEntries(url.searchParams);
  if (bytes.length === 0) return query;
  if (type.startsWith('application/json')) return { ...query, ...objectOf(JSON.parse(bytes.toString()) as Json) };
  if (type.startsWith('multipart/form-data')) return { ...query, ...(await formOf(bytes, type)).fields };
  return { ...query, ...Object.fromEntries(new URLSearchParams(bytes.toString())) };
}

/** The file in an upload: the body itself, or the first file of a form. */
export async function fileOf(bytes: Buffer, type: string): Promise<Uint8Array> {
  if (!type.startsWith('multipart/form-data')) return bytes;
  const { file, fields } = await formOf(bytes, type);
  return file ?? new TextEncoder().encode(String(fields.body ?? ''));
}

async function formOf(bytes: Buffer, type: string): Promise<{ fields: JsonObject; file: Uint8Array | null }> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const fields: JsonObject = {};
  let file: Uint8Array | null = null;
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') fields[name] = value;
    else file ??= new Uint8Array(await value.arrayBuffer());
  }
  return { fields, file };
}
