// For whoever works on Linchpin: the server restarts when its files change, and Vite serves the web app.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkout, setUp } from './setup.mjs'

const runtime = await setUp()
const programs = [
  [runtime, ['--watch', '--watch-preserve-output', join(checkout, 'cli', 'main.ts'), 'serve']],
  [runtime, [join(checkout, 'node_modules', 'vite', 'bin', 'vite.js')]],
]
const children = programs.map(([file, args]) => spawn(file, args, { cwd: checkout, stdio: 'inherit' }))
const end = () => children.forEach((child) => child.kill('SIGTERM'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
for (const child of children) child.once('exit', end)
