import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A line of an anchor: which head stood at which number, and the signature that only the key can make. */
export interface Anchored {
  seq: number
  head: string
  signature: string
  sealedAt: string
  publicKey: string
}

/** Appends one line and waits until it is on the disk. */
export async function anchorTo(path: string, anchored: Anchored): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o711 })
  await appendFile(path, `${JSON.stringify(anchored)}\n`, { mode: 0o600, flush: true })
}

/** Lines of an anchor; null where there is no such file. A line that is none is left out. */
export async function anchoredIn(path: string): Promise<Anchored[] | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  return text.split('\n').flatMap((line) => {
    try {
      const value = JSON.parse(line) as Anchored
      return typeof value.seq === 'number' && typeof value.head === 'string' ? [value] : []
    } catch {
      return []
    }
  })
}
