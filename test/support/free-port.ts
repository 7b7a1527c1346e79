import { once } from 'node:events'
import { createServer } from 'node:net'

/** Ports of each test worker: below those that a system gives to whoever asks for any (from 32768 on Linux, from 49152 by RFC 6335). */
const first = 20_000
const each = 1_000
const workers = 12

const mine = first + (Number(process.env['VITEST_POOL_ID'] ?? 0) % workers) * each
let last = Math.floor(Math.random() * each)

/** A port of this host that nobody listens on, and that no other test is given: still free when a process that was killed comes back to it. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < each; tries++) {
    last = (last + 1) % each
    const probe = createServer()
    const isFree = await once(probe.listen(mine + last, '127.0.0.1'), 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    probe.close()
    await once(probe, 'close')
    return mine + last
  }
  throw new Error(`no port from ${mine} to ${mine + each} is free`)
}
