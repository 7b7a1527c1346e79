import { parentPort } from 'node:worker_threads'
import { readHere } from './read-here.ts'

// the thread of `reading-thread.ts`
parentPort?.on('message', (raw: Uint8Array) => {
  void readHere(raw).then((message) => parentPort?.postMessage(message))
})
