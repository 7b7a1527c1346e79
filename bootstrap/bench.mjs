import { join } from 'node:path'
import { checkout, run, setUp } from './setup.mjs'

const runtime = await setUp({ web: true })
const [which, ...rest] = process.argv.slice(2)
// `npm run bench -- promises`: the figures of clocks and promises alone
const script =
  which === 'promises'
    ? [join(checkout, 'bench', 'promises.ts'), ...rest]
    : [join(checkout, 'bench', 'main.ts'), ...process.argv.slice(2)]
process.exit(await run(runtime, script))
