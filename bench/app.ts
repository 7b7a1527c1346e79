import { open } from '../server/main.ts'
import { loadConfig } from '../server/platform/config.ts'
import { createLog } from '../server/platform/log.ts'
import { giveBackMemory } from '../server/platform/memory.ts'

/** The app as a process of its own on a given database, as `linchpin serve` runs it. Prints its address, ends on SIGTERM. */
const opened = await open(loadConfig(), JSON.parse(process.argv[2]!), createLog({ level: 'warn' }))
const address = await opened.app.listen({ port: 0, host: '127.0.0.1' })
await opened.work()
giveBackMemory()
process.stdout.write(`${address}\n`)
process.on('SIGTERM', () => void opened.close().then(() => process.exit(0)))
