import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { expect, test } from 'vitest'
import { giveBackMemory } from '../memory.ts'
import { writeArchive } from './archive.ts'

test('an archive holds no more than the entry it is at', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'linchpin-archive-'))
  try {
    const archive = await writeArchive(join(directory, 'a.backup'), await identityToRecipient(await generateIdentity()))
    giveBackMemory()
    const before = process.memoryUsage().arrayBuffers
    for (let n = 0; n < 300; n++) await archive.add(`piece-${n}`, 1 << 20, [Buffer.alloc(1 << 20, n)])
    giveBackMemory()
    const held = process.memoryUsage().arrayBuffers - before
    await archive.end()
    expect(held).toBeLessThan(30 << 20)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})
