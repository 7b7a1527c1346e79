import type { FileContents } from '../files/public.ts'

/** A message as it came; null where its content is not to be found. */
export async function rawOf(
  contents: FileContents,
  mail: { body: Buffer | null; sha256: Buffer },
): Promise<Buffer | null> {
  if (mail.body !== null) return mail.body
  const stored = await contents.open(mail.sha256)
  if (stored === null) return null
  const parts: Buffer[] = []
  for await (const part of stored.body) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
