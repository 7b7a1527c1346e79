import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Action } from '../../contract/action.ts'

const folder = join(import.meta.dirname, '../../contract')

const isAction = (value: unknown): value is Action =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'method' in value &&
  'path' in value &&
  'permission' in value

/** Every action that any file of the contract exports, alone or in an object, by name. */
export async function contractActions(): Promise<Map<string, Action>> {
  const found = new Map<string, Action>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
    const module = (await import(join(folder, file))) as Record<string, unknown>
    for (const value of Object.values(module)) {
      const parts = isAction(value) ? [value] : typeof value === 'object' && value !== null ? Object.values(value) : []
      for (const one of parts) if (isAction(one)) found.set(one.name, one)
    }
  }
  return found
}
