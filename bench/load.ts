import { Agent, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'

export interface Shot {
  method: string
  path: string
  body?: string | Buffer
  /** Media type of the body; JSON unless said. */
  type?: string
}

export interface Measured {
  count: number
  perSecond: number
  p50: number
  p95: number
  max: number
  bytes: number
}

/** Sends requests from `clients` connections for `seconds`; a status other than 2xx ends the measurement with an error. */
export async function load(
  base: string,
  headers: Record<string, string>,
  clients: number,
  seconds: number,
  shot: (n: number) => Shot,
): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const { hostname, port } = new URL(base)
  const times: number[] = []
  let n = 0
  let bytes = 0
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const { method, path, body, type = 'application/json' } = shot(n++)
      const start = performance.now()
      const sent = request(
        {
          agent,
          hostname,
          port,
          method,
          path,
          headers: {
            ...headers,
            ...(body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
          },
        },
        (response) => {
          let size = 0
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => {
            size += chunk.length
            if (response.statusCode! >= 300) chunks.push(chunk)
          })
          response.on('end', () => {
            times.push(performance.now() - start)
            bytes += size
            if (response.statusCode! >= 300)
              reject(
                new Error(
                  `${method} ${path} answered ${response.statusCode}: ${Buffer.concat(chunks).toString().slice(0, 300)}`,
                ),
              )
            else resolve()
          })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  for (let i = 0; i < 20; i++) await one()
  times.length = 0
  bytes = 0
  const begun = performance.now()
  const until = begun + seconds * 1000
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) await one()
    }),
  )
  const elapsed = (performance.now() - begun) / 1000
  agent.destroy()
  return { ...summary(times), perSecond: times.length / elapsed, bytes: Math.round(bytes / times.length) }
}

/** Asks twenty times a second until told to stop, as a team at work would; answers the times (milliseconds). */
export async function paced(ask: () => Promise<unknown>, until: () => boolean) {
  const times: number[] = []
  while (!until()) {
    const start = performance.now()
    await ask()
    times.push(performance.now() - start)
    await setTimeout(Math.max(0, 50 - (performance.now() - start)))
  }
  return summary(times)
}

export function summary(times: number[]): { count: number; p50: number; p95: number; max: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 }
}
