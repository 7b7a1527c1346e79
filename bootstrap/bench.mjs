import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, run, setUp } from './setup.mjs'

const runtime = await setUp({ web: true })
const main = join(checkout, 'bench', 'main.ts')
if (!existsSync(main)) {
  console.error('There is nothing to measure yet (bench/main.ts is missing).')
  process.exit(1)
}
process.exit(await run(runtime, [main, ...process.argv.slice(2)]))
