import { resolve } from 'node:path'
import { inspectWalls } from './walls.ts'

const { modules, violations } = inspectWalls(resolve(import.meta.dirname, '../..'))
for (const { rule, from, to } of violations) console.log(`${rule}: ${from} → ${to}`)
console.log(`${modules} modules read, ${violations.length} walls broken`)
process.exitCode = modules > 0 && violations.length === 0 ? 0 : 1
