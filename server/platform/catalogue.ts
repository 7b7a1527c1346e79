import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderSentence } from './sentences.ts'

const folder = join(import.meta.dirname, '../../contract/messages/en')

/** Every sentence the server may say, by key; one file per capability, joined. A key that stands twice is an error. */
export const messages: Record<string, string> = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && !file.startsWith('web-'))
  .reduce<Record<string, string>>((all, file) => {
    for (const [key, text] of Object.entries(
      JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>,
    )) {
      if (key in all) throw new Error(`the sentence ${key} stands in two catalogue files`)
      all[key] = text
    }
    return all
  }, {})

/** A sentence of the catalogue, filled in. Moments are shown in `zone`. An unknown key is a bug and shows itself as the key. */
export function sentence(code: string, params: Record<string, unknown> = {}, zone = 'UTC'): string {
  return code in messages ? renderSentence(messages, { code, params }, { zone, locale: 'en' }) : code
}
