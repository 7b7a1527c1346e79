import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseSync } from 'oxc-parser'
import { contractPackages, floors, purePackages, webFrame, webGround } from '../../architecture.mjs'

export type Violation = { rule: string; from: string; to: string }

/** `to` is a path from the root for a file of ours, else the name as it was written: `zod`, `node:fs`. */
type Import = { from: string; to: string; ours: boolean; typeOnly: boolean }

const roots = ['contract', 'server', 'web', 'cli']
const isSource = (path: string) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
const isTest = (path: string) => /\.test\.tsx?$/.test(path)

/** What modules import, by their path and text: whoever looks twice reads again only what changed. */
export type Known = Map<string, { source: string; imports: Import[] }>

/** Reads every module of the product and answers what breaks a wall. */
export function inspectWalls(root: string, known: Known = new Map()): { modules: number; violations: Violation[] } {
  const files = roots.flatMap((folder) => filesIn(root, folder)).filter(isSource)
  const imports = files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8')
    const before = known.get(file)
    if (before?.source === source) return before.imports
    const found = importsOf(file, source)
    known.set(file, { source, imports: found })
    return found
  })
  return {
    modules: files.length,
    violations: [...unknownFolders(root), ...imports.flatMap(brokenBy), ...circles(imports)],
  }
}

function filesIn(root: string, folder: string): string[] {
  if (statSync(join(root, folder), { throwIfNoEntry: false }) == null) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
}

function importsOf(from: string, source: string): Import[] {
  const { module, errors } = parseSync(from, source)
  if (errors.length > 0) return [{ from, to: 'unreadable', ours: false, typeOnly: false }]
  const found: { written: string; typeOnly: boolean }[] = []
  for (const { moduleRequest, entries } of module.staticImports) {
    found.push({ written: moduleRequest.value, typeOnly: entries.length > 0 && entries.every((entry) => entry.isType) })
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest != null) found.push({ written: moduleRequest.value, typeOnly: isType })
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const text = source.slice(moduleRequest.start, moduleRequest.end)
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(text)?.[2]
    if (literal != null) found.push({ written: literal, typeOnly: false })
  }
  return found.map(({ written, typeOnly }) => {
    const ours = written.startsWith('.')
    return { from, to: ours ? normalize(join(dirname(from), written)) : written, ours, typeOnly }
  })
}

type Place = {
  part: string
  /** The capability, or `platform` and the like; '' for a file directly in its part. */
  folder: string
  rest: string
}

function placeOf(path: string): Place {
  const [part = '', second = '', ...more] = path.split('/')
  return more.length === 0 ? { part, folder: '', rest: second } : { part, folder: second, rest: more.join('/') }
}

const floorOf = (capability: string) => floors.findIndex((floor) => floor.includes(capability))

function unknownFolders(root: string): Violation[] {
  const known = { server: [...floors.flat(), 'platform'], web: [...floors.flat(), ...webFrame, ...webGround] }
  return Object.entries(known).flatMap(([part, names]) =>
    readdirSync(join(root, part), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !names.includes(entry.name))
      .map((entry) => ({ rule: 'unknown-folder', from: `${part}/${entry.name}`, to: 'architecture.mjs' })),
  )
}

function brokenBy(edge: Import): Violation[] {
  const { from, to, ours } = edge
  if (to === 'unreadable') return [{ rule: 'unreadable-module', from, to }]
  const here = placeOf(from)
  const there = placeOf(to)
  const broken: string[] = []
  const sin = (rule: string, condition: boolean) => void (condition && broken.push(rule))
  const composes = from === 'server/main.ts'
  const packageName = to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')

  if (here.part === 'contract' && !isTest(from)) {
    sin('contract-imports-only-zod', ours ? there.part !== 'contract' : !contractPackages.includes(packageName))
  }
  if (here.part === 'web') {
    sin(
      'web-never-imports-server',
      ours ? ['server', 'cli'].includes(there.part) : to.startsWith('node:') && !isTest(from),
    )
    if (['platform', 'ui'].includes(here.folder)) {
      sin('ground-knows-no-capability', ours && there.part === 'web' && floorOf(there.folder) >= 0)
    }
  }
  if (here.part === 'server') {
    sin('server-never-imports-web', ours && ['web', 'cli'].includes(there.part))
    if (here.folder === 'platform' && !isTest(from)) {
      sin('ground-knows-no-capability', ours && there.part === 'server' && there.folder !== 'platform')
    }
    if (here.rest.startsWith('rules/') && !isTest(from)) {
      // A rule answers a refusal, whose type is the platform's: a type does nothing.
      const namesPlatformType = edge.typeOnly && there.part === 'server' && there.folder === 'platform'
      const pure = ours
        ? there.part === 'contract' || namesPlatformType || (there.part === 'server' && there.rest.startsWith('rules/'))
        : purePackages.includes(packageName)
      sin('rules-see-only-rules-and-contract', !pure)
    }
  }
  if (ours && there.part === 'server' && floorOf(there.folder) >= 0 && here.folder !== there.folder && !isTest(from)) {
    const isStore = /^(store|stores\/.+|.+-store)\.ts$/.test(there.rest)
    sin('store-only-from-its-own-folder', isStore)
    const rulesToRules = here.rest.startsWith('rules/') && there.rest.startsWith('rules/')
    sin('others-only-through-public', !composes && !rulesToRules && !isStore && there.rest !== 'public.ts')
  }
  if (ours && here.part === there.part && ['server', 'web'].includes(here.part) && here.folder !== there.folder) {
    const [mine, theirs] = [floorOf(here.folder), floorOf(there.folder)]
    sin('floors-look-down', mine >= 0 && theirs >= mine)
    sin('floors-look-down', mine >= 0 && here.part === 'web' && webFrame.includes(there.folder))
  }
  return broken.map((rule) => ({ rule, from, to }))
}

/** Circles of values; a circle of types alone does not exist when the program runs, yet binds two files all the same. */
function circles(imports: Import[]): Violation[] {
  const next = new Map<string, string[]>()
  for (const { from, to, ours } of imports) if (ours) next.set(from, [...(next.get(from) ?? []), to])
  const state = new Map<string, 'open' | 'done'>()
  const found: Violation[] = []
  function visit(file: string, path: string[]): void {
    state.set(file, 'open')
    for (const to of next.get(file) ?? []) {
      if (state.get(to) === 'open') {
        const circle = [...path.slice(path.indexOf(to)), to]
        found.push({ rule: 'no-circles', from: file, to: circle.join(' → ') })
      } else if (!state.has(to)) visit(to, [...path, to])
    }
    state.set(file, 'done')
  }
  for (const file of next.keys()) if (!state.has(file)) visit(file, [file])
  return found
}
