import { join } from 'node:path'
import { checkout, run, setUp } from './setup.mjs'

const runtime = await setUp({ web: true })
process.exit(await run(runtime, [join(checkout, 'cli', 'main.ts'), 'serve', ...process.argv.slice(2)], { ipc: true }))
