import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../platform/errors.ts'
import { readMessage } from './protocol/read-message.ts'
import { readReport } from './rules/read-report.ts'
import { violationsOf } from './violations.ts'

/** Runs in a thread of its own: reads a large report, so that nobody else waits for it. */
async function read(): Promise<object> {
  try {
    const message = readMessage(Buffer.from(workerData as Uint8Array))
    return { report: readReport(message.sent), ...(await violationsOf(message.json)) }
  } catch (error) {
    if (error instanceof Problem) return { code: error.code }
    throw error
  }
}

parentPort?.postMessage(await read())
