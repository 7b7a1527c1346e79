import { z } from 'zod'
import { Problem } from '../errors.ts'

/**
 * The entries of a backup, in order: `linchpin-backup.json`, `secret`, `tables/<name>/<n>` in pieces, `files/<sha256>`,
 * `manifest.json`. The sums come last because they are known last; a file without them is a cut-off one.
 */
export const names = { head: 'linchpin-backup.json', secret: 'secret', manifest: 'manifest.json' }
export const tableEntry = (table: string, piece: number): string => `tables/${table}/${String(piece).padStart(6, '0')}`
export const fileEntry = (sha256: string): string => `files/${sha256}`

export const head = z.object({
  format: z.literal(1),
  linchpin: z.string(),
  postgres: z.string(),
  takenAt: z.string(),
  migrations: z.array(z.object({ name: z.string(), sha256: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), key: z.array(z.string()) })),
})
export type BackupHead = z.output<typeof head>

const sum = z.object({ rows: z.int(), sha256: z.string() })
export const manifest = z.object({
  tables: z.record(z.string(), sum),
  sequences: z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })),
  files: z.object({
    count: z.int(),
    bytes: z.int(),
    /** SHA-256 over the hashes of all contents in order, each as hex and a line end. */
    sha256: z.string(),
    /** Named by a row, but their content was not there. */
    missing: z.array(z.string()),
  }),
})
export type Manifest = z.output<typeof manifest>

/** Reads one of the JSON entries. */
export function understood<T extends z.ZodType>(shape: T, text: Buffer, path: string): z.output<T> {
  let value: unknown
  try {
    value = JSON.parse(text.toString())
  } catch {
    throw new Problem(409, 'backups.damaged', { path })
  }
  const { format } = (value ?? {}) as { format?: number }
  if (typeof format === 'number' && format !== 1) throw new Problem(409, 'backups.newer-format', { format })
  const parsed = shape.safeParse(value)
  if (!parsed.success) throw new Problem(409, 'backups.damaged', { path })
  return parsed.data
}
