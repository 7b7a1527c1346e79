// Plain JavaScript for any Node from 20 on, without dependencies: this runs before there is anything else.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { constants } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..')

const inside = (...parts) => join(checkout, ...parts)

/** Everything is said on standard error: standard output belongs to the command that is being set up for. */
const say = (sentence) => process.stderr.write(`${sentence}\n`)

/** Answers the pinned runtime's path, after installing and building whatever is missing or stale. */
export async function setUp({ web = false } = {}) {
  refuseOldNode()
  if (!isInstalled()) await alone(async () => isInstalled() || (await install()))
  const runtime = pinnedRuntime()
  if (web && !webIsFresh()) await alone(async () => webIsFresh() || (await buildWeb(runtime)))
  return runtime
}

/**
 * For the server. A young generation of 16 MB costs no speed here and keeps the process at rest 10 MB smaller. Of an old generation that may have 2 GB and
 * more, V8 collects what is dead once it is four times as large as what lives, of one of 1 GB at 1.6 times (MemoryController::MaxGrowingFactor of V8): the
 * most it holds under load is 280 MB instead of 480, at the same speed.
 */
export const serverFlags = ['--max-semi-space-size=16', '--max-old-space-size=1024']
/** glibc opens eight arenas for each core; two hold the same in 20 MB less. Other C libraries do not know the variable. */
export const serverEnv = { MALLOC_ARENA_MAX: '2' }

/** Compiled code is kept between runs: half the start-up time. */
export const compiledEnv = { NODE_COMPILE_CACHE: inside('node_modules', '.cache', 'compiled') }

/** Runs a program to its end; answers its exit status. A signal to us is passed on once. */
export function run(file, args, { ipc = false, env = {}, stdio = 'inherit', cwd = process.cwd() } = {}) {
  return new Promise((done) => {
    // The same process group: Ctrl-C and a kill of the group reach both. The channel tells the child when we are gone.
    const child = spawn(file, args, {
      cwd,
      env: { ...compiledEnv, ...process.env, ...env },
      stdio: ipc ? ['inherit', 'inherit', 'inherit', 'ipc'] : stdio,
    })
    const passed = new Set()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (passed.has(signal)) return
        passed.add(signal)
        child.kill(signal)
      })
    }
    if (ipc) stopWithParent(child)
    child.once('error', (error) => {
      say(`${file} could not be started: ${error.message}`)
      done(127)
    })
    child.once('exit', (code, signal) => done(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

/** npm killed with -9 passes nothing on, but then we have another parent. */
function stopWithParent(child) {
  const parent = process.ppid
  if (process.env.npm_lifecycle_event == null) return
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 250).unref()
}

function refuseOldNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 20) return
  fail(`This is Node ${process.versions.node}. Linchpin needs Node 20 or newer to set itself up; see nodejs.org.`)
}

const stamp = inside('node_modules', '.linchpin-stamp')

const hash = (text) => createHash('sha256').update(text).digest('hex')

function isInstalled() {
  if (!existsSync(inside('node_modules', '.bin', 'node'))) return false
  const wanted = hash(readFileSync(inside('package-lock.json')))
  if (readOr(stamp, '') === wanted) return true
  if (!treeMatchesLock()) return false
  writeFileSync(stamp, wanted)
  return true
}

/** Somebody ran npm themselves: npm's own record of what it installed says whether that is what the lock file wants. */
function treeMatchesLock() {
  const record = readOr(inside('node_modules', '.package-lock.json'), null)
  if (record == null) return false
  const wanted = JSON.parse(readFileSync(inside('package-lock.json'), 'utf8')).packages
  const found = JSON.parse(record).packages
  for (const [path, { version, optional, peer }] of Object.entries(wanted)) {
    if (path === '') continue
    if (found[path] == null ? !optional && !peer : found[path].version !== version) return false
  }
  return Object.keys(found).every((path) => wanted[path] != null)
}

async function install() {
  say('Installing packages (npm ci) ...')
  const begun = Date.now()
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--prefix', checkout]
  const [file, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  // What npm prints goes to our standard error; it reads nothing.
  const status = await run(file, [...first, ...args], { stdio: ['ignore', 2, 2], env: { NODE_ENV: 'development' } })
  if (status !== 0) {
    fail(
      lacksLibatomic()
        ? 'The runtime that comes along needs libatomic of the system. On Debian and Ubuntu: apt-get install libatomic1'
        : 'The packages could not be installed; what npm said stands above.',
    )
  }
  if (!existsSync(inside('node_modules', '.bin', 'node'))) {
    fail('npm installed the packages without their install scripts, which bring the runtime: set ignore-scripts=false.')
  }
  writeFileSync(stamp, hash(readFileSync(inside('package-lock.json'))))
  say(`Packages installed in ${seconds(begun)}.`)
}

/** The library of the system that the pinned runtime needs and a minimal Linux lacks: npm, whose scripts run on that runtime, says so at length. */
function lacksLibatomic() {
  if (process.platform !== 'linux') return false
  try {
    process.dlopen({ exports: {} }, 'libatomic.so.1')
    return false
  } catch (error) {
    return /cannot open shared object/.test(error.message)
  }
}

function pinnedRuntime() {
  return realpathSync(inside('node_modules', '.bin', 'node'))
}

const webStamp = inside('dist', 'web', '.linchpin-stamp')

function webIsFresh() {
  if (!existsSync(inside('web', 'index.html'))) {
    say('There is no web app to build yet (web/index.html is missing); serving without it.')
    return true
  }
  return readOr(webStamp, '') === webSources()
}

/** Names, sizes and times, not contents: a thousand files in a few milliseconds. */
function webSources() {
  const facts = []
  const note = (path) => {
    const at = statSync(path, { throwIfNoEntry: false })
    if (at == null) return
    if (at.isDirectory()) for (const name of readdirSync(path).sort()) note(join(path, name))
    else facts.push(`${path.slice(checkout.length)} ${at.size} ${at.mtimeMs}`)
  }
  for (const part of ['web', 'contract', 'vite.config.ts', 'postcss.config.mjs', 'tsconfig.json']) note(inside(part))
  facts.push(hash(readFileSync(inside('package-lock.json'))))
  return hash(facts.join('\n'))
}

async function buildWeb(runtime) {
  say('Building the web app ...')
  const begun = Date.now()
  const sources = webSources()
  const vite = inside('node_modules', 'vite', 'bin', 'vite.js')
  const status = await run(runtime, [vite, 'build', '--logLevel', 'warn'], {
    cwd: checkout,
    stdio: ['ignore', 2, 2],
    env: { NODE_ENV: 'production' },
  })
  if (status !== 0) fail('The web app could not be built; the reason stands above.')
  mkdirSync(dirname(webStamp), { recursive: true })
  writeFileSync(webStamp, sources)
  say(`Web app built in ${seconds(begun)}.`)
}

/** Two starts at once: the second waits, then finds the work done. */
async function alone(work) {
  const lock = inside('.cache', 'setup.lock')
  mkdirSync(dirname(lock), { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const holder = Number(readOr(lock, '0'))
      if (holder !== 0 && !isAlive(holder)) rmSync(lock, { force: true })
      else await new Promise((later) => setTimeout(later, 200))
    }
  }
  const letGo = () => rmSync(lock, { force: true })
  process.once('exit', letGo)
  try {
    await work()
  } finally {
    letGo()
    process.off('exit', letGo)
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}

const seconds = (begun) => `${((Date.now() - begun) / 1000).toFixed(1)} s`

function fail(sentence) {
  say(sentence)
  process.exit(1)
}
