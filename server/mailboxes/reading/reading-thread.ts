import { Worker } from 'node:worker_threads'
import { type ReadMessage } from './message.ts'
import { problemList } from './problems.ts'
import { readHere } from './read-here.ts'
import { readLimits } from './read-limits.ts'

interface Waiting {
  raw: Uint8Array
  done: (message: ReadMessage) => void
}

const idleMs = 30_000

/** A thread that reads messages one after the other, so that the people of this process do not wait for them. It begins when it is needed. */
class ReadingThread {
  readonly #waiting: Waiting[] = []
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined
  #overdue: NodeJS.Timeout | undefined

  /** One that takes too long or too much memory is read by its head alone, and says so. */
  read(raw: Uint8Array): Promise<ReadMessage> {
    return new Promise((done) => {
      this.#waiting.push({ raw, done })
      if (this.#waiting.length === 1) this.#next()
    })
  }

  #next(): void {
    clearTimeout(this.#idle)
    const [first] = this.#waiting
    if (first === undefined) {
      this.#worker?.unref()
      this.#idle = setTimeout(() => this.#leave(), idleMs).unref()
      return
    }
    const worker = (this.#worker ??= this.#begin())
    worker.ref()
    this.#overdue = setTimeout(() => void worker.terminate(), readLimits.readMs)
    worker.postMessage(first.raw)
  }

  #begin(): Worker {
    const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: readLimits.threadMiB },
    })
    worker.on('message', (message: ReadMessage) => {
      clearTimeout(this.#overdue)
      for (const one of message.attachments) {
        const { buffer, byteOffset, byteLength } = one.content as Uint8Array
        one.content = Buffer.from(buffer, byteOffset, byteLength)
      }
      this.#waiting.shift()?.done(message)
      this.#next()
    })
    // its end is told by `exit`, whatever was the reason
    worker.on('error', () => undefined)
    worker.on('exit', () => {
      clearTimeout(this.#overdue)
      if (this.#worker !== worker) return
      this.#worker = null
      const failed = this.#waiting.shift()
      if (failed !== undefined) void headAlone(failed.raw).then(failed.done)
      this.#next()
    })
    return worker
  }

  /** Ends the thread while nothing is to be read. */
  #leave(): void {
    const worker = this.#worker
    if (worker === null || this.#waiting.length > 0) return
    this.#worker = null
    void worker.terminate()
  }
}

const usual = new ReadingThread()
const large = new ReadingThread()

/** Reads a message beside everything else that this process does. */
export const readOnThread = (raw: Uint8Array): Promise<ReadMessage> =>
  (raw.byteLength < readLimits.largeBytes ? usual : large).read(raw)

async function headAlone(raw: Uint8Array): Promise<ReadMessage> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, 256 * 1024))
  const ends = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')].filter((at) => at > 0)
  const message = await readHere(bytes.subarray(0, ends.length === 0 ? 64 * 1024 : Math.min(...ends)))
  const { problems, note } = problemList()
  note('too-costly')
  return { ...message, problems: [...message.problems, ...problems] }
}
