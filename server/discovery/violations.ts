import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ValidateFunction } from 'ajv'
import type { Violation } from './inventories-store.ts'
import { cut } from '../platform/rules/storable-text.ts'
import { textOf } from './rules/values.ts'

/** The published form of inventories (glpi-project/inventory_format, MIT). It describes JSON: reports in XML have no such form. */
const path = join(import.meta.dirname, 'schema/inventory.schema.json')
const mostKept = 50

let compiling: Promise<ValidateFunction> | null = null
async function compile(): Promise<ValidateFunction> {
  const { Ajv } = await import('ajv')
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: true })
  return ajv.compile(JSON.parse(await readFile(path, 'utf8')) as object)
}

/**
 * Where a report departs from the published form; the first 50 of them in words. No reason to refuse it. Null, for a report in XML, departs
 * from nothing.
 */
export async function violationsOf(report: unknown): Promise<{ violations: Violation[]; count: number }> {
  if (report === null) return { violations: [], count: 0 }
  compiling ??= compile()
  const validate = await compiling
  if (validate(report)) return { violations: [], count: 0 }
  const errors = validate.errors ?? []
  return {
    count: errors.length,
    violations: errors.slice(0, mostKept).map((error) => ({
      path: cut(textOf(error.instancePath) ?? '', 200),
      message: cut(textOf([error.message ?? error.keyword, ...namedIn(error.params)].join(': ')) ?? '', 300),
    })),
  }
}

/** The property that is too much, where that is the violation. */
const namedIn = (params: Record<string, unknown>): string[] =>
  typeof params['additionalProperty'] === 'string' ? [params['additionalProperty']] : []
