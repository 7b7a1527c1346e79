import { Worker } from 'node:worker_threads'
import { problemList } from './problems.ts'
import { readHere } from './read-here.ts'
import { readLimits } from './read-limits.ts'
import { type ReadMessage } from './message.ts'

interface Waiting {
  raw: Uint8Array
  done: (message: ReadMessage) => void
}

/** One thread for all large messages, one after the other, so that the small ones and the people do not wait for them. */
let thread: Worker | null = null
let idle: NodeJS.Timeout | undefined
let overdue: NodeJS.Timeout | undefined
const waiting: Waiting[] = []

/** Reads a message on that thread. One that takes too long or too much memory is read by its head alone, and says so. */
export const readOnThread = (raw: Uint8Array): Promise<ReadMessage> =>
  new Promise((done) => {
    waiting.push({ raw, done })
    if (waiting.length === 1) next()
  })

function next(): void {
  clearTimeout(idle)
  const first = waiting[0]
  if (first === undefined) {
    thread?.unref()
    idle = setTimeout(leave, idleMs).unref()
    return
  }
  thread ??= begin()
  thread.ref()
  overdue = setTimeout(() => void thread?.terminate(), readLimits.readMs)
  thread.postMessage(first.raw)
}

const idleMs = 30_000

function begin(): Worker {
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: readLimits.threadMiB },
  })
  worker.on('message', (message: ReadMessage) => {
    clearTimeout(overdue)
    for (const one of message.attachments) {
      const { buffer, byteOffset, byteLength } = one.content as Uint8Array
      one.content = Buffer.from(buffer, byteOffset, byteLength)
    }
    waiting.shift()?.done(message)
    next()
  })
  // its end is told by `exit`, whatever was the reason
  worker.on('error', () => undefined)
  worker.on('exit', () => {
    clearTimeout(overdue)
    if (thread === worker) thread = null
    const failed = waiting.shift()
    if (failed !== undefined) void headAlone(failed.raw).then(failed.done)
    next()
  })
  return worker
}

/** Ends the thread while nothing is to be read. */
function leave(): void {
  const worker = thread
  if (worker === null || waiting.length > 0) return
  thread = null
  worker.removeAllListeners('exit')
  void worker.terminate()
}

async function headAlone(raw: Uint8Array): Promise<ReadMessage> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, readLimits.apartBytes))
  const end = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')].filter((at) => at > 0)
  const message = await readHere(bytes.subarray(0, end.length === 0 ? 64 * 1024 : Math.min(...end)))
  const { problems, note } = problemList()
  note('too-costly')
  return { ...message, problems: [...message.problems, ...problems] }
}
