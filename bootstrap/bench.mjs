import { join } from 'node:path'
import { checkout, run, setUp } from './setup.mjs'

const runtime = await setUp({ web: true })
const [which, ...rest] = process.argv.slice(2)
// `npm run bench -- promises`: the figures of clocks and promises alone; `-- assets`: those of the register; `-- agents`: those of discovery; `-- mail`: those of mail that comes in; `-- desk`: those of a desk at work
const script = ['promises', 'assets', 'agents', 'mail', 'desk'].includes(which)
  ? [join(checkout, 'bench', `${which}.ts`), ...rest]
  : [join(checkout, 'bench', 'main.ts'), ...process.argv.slice(2)]
process.exit(await run(runtime, script))
