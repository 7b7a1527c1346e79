import { Worker } from 'node:worker_threads'
import { Problem } from '../platform/errors.ts'
import type { Violation } from './inventories-store.ts'
import type { Report } from './rules/read-report.ts'

export interface ReadReport {
  report: Report
  violations: Violation[]
  count: number
}

/** What reading one report may take; 64 MB of XML need about ten times as much. */
const mostMegabytes = 1500

/** Reads a large report in a thread of its own. Throws a 400 where it cannot be read, a 413 where reading takes more memory than there is for it. */
export function readApart(bytes: Buffer): Promise<ReadReport> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadReport>()
  const reader = new Worker(new URL('./report-reader.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  reader.once('message', (answer: ReadReport | { code: string }) => {
    if ('code' in answer) reject(new Problem(400, answer.code))
    else resolve(answer)
  })
  reader.once('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Problem(413, 'discovery.too-much') : error),
  )
  reader.once('exit', () => reject(new Error('the reader of a report ended without an answer')))
  return promise
}
