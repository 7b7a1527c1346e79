import { join } from 'node:path'
import { checkout, run, serverEnv, serverFlags, setUp } from './setup.mjs'

// Any command: `npm run -s linchpin -- doctor`. Paths among the arguments are the caller's, not the checkout's.
const args = process.argv.slice(2)
if (process.env.INIT_CWD != null) process.chdir(process.env.INIT_CWD)
const runtime = await setUp({ web: args[0] === 'serve' })
const serves = args[0] === 'serve'
const [flags, env] = serves ? [serverFlags, serverEnv] : [[], {}]
process.exit(await run(runtime, [...flags, join(checkout, 'cli', 'main.ts'), ...args], { ipc: true, env }))
