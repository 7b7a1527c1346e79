import { join } from 'node:path'
import { checkout, run, serverEnv, serverFlags, setUp } from './setup.mjs'

const runtime = await setUp({ web: true })
const serve = [...serverFlags, join(checkout, 'cli', 'main.ts'), 'serve']
process.exit(await run(runtime, [...serve, ...process.argv.slice(2)], { ipc: true, env: serverEnv }))
